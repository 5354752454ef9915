import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { maySeeInternalOpinion, partiesOf, type Principal } from '@sajeon/access';
import { CONSULTATION, Decisions } from '@sajeon/decisions';
import type { RecordedEvent } from '@sajeon/event-store';
import type { FastifyReply } from 'fastify';
import { recomputeBases, type BasisRecomputation } from '@sajeon/read-models';
import { OverlapFeed, screeningsOf, type Divergence, type RecordedScreening } from '@sajeon/workflow';
import { answer } from './answer.js';
import { Who } from './asking.js';
import { Cases } from './cases.js';
import { NoSuchRecord } from './problem.js';
import { CaseRecomputationDto, DecisionRecomputationDto, ScreeningRecomputationDto } from './recomputation.dto.js';

/** Why a case was flagged and on what it was decided, computed again from the record: for its authority and for auditors. */
@ApiTags('consultations')
@ApiBearerAuth()
@Controller('v1/consultations')
export class RecomputationController {
  constructor(
    private readonly cases: Cases,
    private readonly decisions: Decisions,
    private readonly overlap: OverlapFeed,
  ) {}

  /** Every finding and every decision of the case. */
  @ApiOperation({ operationId: 'recomputeCase' })
  @Get(':id/recomputation')
  async all(
    @Param('id') id: string,
    @Who() principal: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CaseRecomputationDto> {
    const events = await this.events(id, principal, reply);
    const screenings: ScreeningRecomputationDto[] = [];
    for (const screening of screeningsOf(events)) screenings.push(await this.recomputed(screening));
    return answer<CaseRecomputationDto>({ screenings, decisions: recomputeBases(events).map(basisOf) });
  }

  /**
   * One finding, with the records, the thesaurus and the counts of that day.
   * @param screening from 1, oldest first
   */
  @ApiOperation({ operationId: 'recomputeScreening' })
  @Get(':id/screenings/:screening/recomputation')
  async screening(
    @Param('id') id: string,
    @Param('screening') screening: string,
    @Who() principal: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ScreeningRecomputationDto> {
    const found = screeningsOf(await this.events(id, principal, reply)).find(({ number }) => String(number) === screening);
    if (found === undefined) throw new NoSuchRecord();
    return this.recomputed(found);
  }

  /**
   * What the page showed on which a decision rests: the events up to then give it again, or not.
   * @param decision from 1, oldest first; proposals and approvals each count
   */
  @ApiOperation({ operationId: 'recomputeDecision' })
  @Get(':id/decisions/:decision/recomputation')
  async decision(
    @Param('id') id: string,
    @Param('decision') decision: string,
    @Who() principal: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DecisionRecomputationDto> {
    const found = recomputeBases(await this.events(id, principal, reply)).find(({ number }) => String(number) === decision);
    if (found === undefined) throw new NoSuchRecord();
    return basisOf(found);
  }

  private async events(id: string, principal: Principal, reply: FastifyReply): Promise<readonly RecordedEvent[]> {
    const the = await this.cases.visible(id, { principal });
    if (!maySeeInternalOpinion(principal, partiesOf(the))) throw new NoSuchRecord();
    const { events } = await this.decisions.load(CONSULTATION, id);
    const last = events.at(-1);
    void reply.headers({ etag: `"${last?.revision ?? 0}"`, 'x-position': String(last?.position ?? 0n) });
    return events;
  }

  private async recomputed({ number, at, finding, plan, own }: RecordedScreening): Promise<ScreeningRecomputationDto> {
    const { verdict, divergences, missing } =
      plan === null
        ? {
            verdict: 'DIVERGED' as const,
            divergences: [{ pointer: '/planHash', recorded: finding.planHash }] as readonly Divergence[],
            missing: [],
          }
        : await this.overlap.recompute(finding, plan, own);
    const { planVersion, inventoryPosition, engine } = finding;
    return answer<ScreeningRecomputationDto>({
      ...{ screening: number, verdict, screenedAt: at, planVersion, inventoryPosition, engine: { ...engine } },
      divergences: divergences.map(({ pointer, ...sides }) => ({
        pointer,
        ...('recorded' in sides && { recorded: JSON.stringify(sides.recorded) }),
        ...('recomputed' in sides && { recomputed: JSON.stringify(sides.recomputed) }),
      })),
      missing,
    });
  }
}

function basisOf({ number, verdict, act, at, basis, viewHash, ruleSet }: BasisRecomputation): DecisionRecomputationDto {
  const { position, viewHash: recordedViewHash, ruleSet: recordedRuleSet } = basis;
  return { decision: number, verdict, act, at, position, recordedViewHash, viewHash, recordedRuleSet, ruleSet };
}

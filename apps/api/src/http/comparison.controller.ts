import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { maySeeInternalOpinion, partiesOf, type Principal } from '@sajeon/access';
import { CONSULTATION, Decisions } from '@sajeon/decisions';
import { NotPermitted, readRecorded, type AgencyTier, type SystemLevel } from '@sajeon/domain';
import { circumstances } from '@sajeon/overlap';
import { OverlapFeed } from '@sajeon/workflow';
import type { FastifyReply } from 'fastify';
import { answer } from './answer.js';
import { Who } from './asking.js';
import { Cases } from './cases.js';
import { ComparisonDto } from './overlap.dto.js';
import { NoSuchRecord } from './problem.js';

/** The level that an agency builds for, in the words of the inventory. */
const LEVEL: Readonly<Record<AgencyTier, SystemLevel>> = {
  CENTRAL: 'central',
  METROPOLITAN: 'metropolitan',
  BASIC_LOCAL: 'local',
  PUBLIC_INSTITUTION: 'public',
  LOCAL_PUBLIC_CORP: 'public',
  EDUCATION_OFFICE: 'metropolitan',
};

/** A plan and one candidate side by side. Nothing is recorded. */
@ApiTags('consultations')
@ApiBearerAuth()
@Controller('v1/consultations')
export class ComparisonController {
  constructor(
    private readonly cases: Cases,
    private readonly decisions: Decisions,
    private readonly overlap: OverlapFeed,
  ) {}

  /**
   * Every function of the plan with every function of the candidate, and the same for data, on the records that the newest screening looked
   * at. Another agency's pending plan is laid open to those who review, not to those who compete with it.
   */
  @ApiOperation({ operationId: 'compareCandidate' })
  @Get(':id/overlaps/:candidate/comparison')
  async compare(
    @Param('id') id: string,
    @Param('candidate') candidate: string,
    @Who() principal: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ComparisonDto> {
    const the = await this.cases.visible(id, { principal });
    const { events } = await this.decisions.load(CONSULTATION, id);
    const screened = events
      .map(readRecorded)
      .reverse()
      .find((event) => event.type === 'overlap-screened');
    if (screened?.type !== 'overlap-screened') throw new NoSuchRecord();
    const { inventoryPosition } = screened.data.finding;
    const pair = await this.overlap.compare(the.plan.content, the.applicant.name, candidate, BigInt(inventoryPosition));
    if (pair === null) throw new NoSuchRecord();
    if (pair.candidate.kind === 'plan' && !maySeeInternalOpinion(principal, partiesOf(the))) {
      throw new NotPermitted('pending-plan-of-another-agency', {
        ko: '다른 기관이 협의 중인 계획입니다. 인용된 문장까지만 볼 수 있습니다.',
        en: 'This is a pending plan of another agency. Only the quoted passages are shown.',
      });
    }
    const [mine, other] = pair.sides;
    const peer = other.kind === 'plan' ? (await this.decisions.load(CONSULTATION, candidate)).state : null;
    const { level, region, channels } = circumstances(
      { ...mine, level: LEVEL[the.applicant.tier] },
      { ...other, ...(peer && { level: LEVEL[peer.applicant.tier] }) },
    );
    const last = events.at(-1);
    void reply.headers({ etag: `"${last?.revision}"`, 'x-position': String(last?.position) });
    return answer<ComparisonDto>({
      candidate,
      name: pair.candidate.name,
      planFunctions: the.plan.content.functions,
      candidateFunctions: pair.record.functions,
      functions: pair.functions,
      planData: the.plan.content.data,
      candidateData: pair.record.data,
      data: pair.data,
      level,
      region,
      channels,
      budget: { planKrw: the.plan.content.budgetKrw, candidateKrw: peer?.plan.content.budgetKrw ?? null },
      probability: pair.candidate.probability,
      signals: pair.signals,
      bias: pair.bias,
      inventoryPosition,
    });
  }
}

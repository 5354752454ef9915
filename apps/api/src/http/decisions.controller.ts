import { Body, Controller, Get, Param, ParseIntPipe, Post, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from '@sajeon/access';
import { CONSULTATION, Decisions, Rules, type DecisionRules } from '@sajeon/decisions';
import type { Basis, Condition } from '@sajeon/domain';
import { contentHash } from '@sajeon/event-store';
import { replayCase } from '@sajeon/read-models';
import type { FastifyReply } from 'fastify';
import { answer } from './answer.js';
import { Changing, Who, type Asking } from './asking.js';
import { Cases } from './cases.js';
import { DecisionRulesDto, NotifyResultDto, ProposeDecisionDto, type ConditionDto } from './decisions.dto.js';
import { ReasonDto } from './reason.dto.js';
import { ReceiptDto } from './receipt.dto.js';

/** How a decision is made: proposed on the whole checklist, approved by a second person, notified by letter. */
@ApiTags('consultations')
@ApiBearerAuth()
@Controller('v1/consultations/:id')
export class DecisionsController {
  constructor(
    private readonly cases: Cases,
    private readonly decisions: Decisions,
    private readonly rules: Rules,
  ) {}

  /** 검토항목 and the library of conditions, by the rules that the case froze at receipt. */
  @ApiOperation({ operationId: 'showDecisionRules' })
  @Get('decision-rules')
  async decisionRules(
    @Param('id') id: string,
    @Who() principal: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DecisionRulesDto> {
    await this.cases.shown(id, principal, reply);
    const receipt = await this.cases.received(id);
    return answer<DecisionRulesDto>({ ruleSet: receipt.ruleSet, ...(await this.rules.ofDecision(receipt)) });
  }

  /**
   * Proposes a decision: an opinion on every item of the checklist, the outcome, and its conditions. What was on screen at the revision in
   * `If-Match` is recorded as its basis.
   */
  @ApiOperation({ operationId: 'proposeDecision' })
  @Post('decisions')
  propose(@Param('id') id: string, @Body() body: ProposeDecisionDto, @Changing() asking: Asking): Promise<ReceiptDto> {
    return this.cases.act(id, asking, async (the) => {
      const { checklist, conditions: library } = await this.rules.ofDecision(await this.cases.received(id));
      return {
        type: 'propose-decision',
        data: {
          ...{ outcome: body.outcome, reasons: body.reasons, basis: await this.basis(id, asking), checklist },
          opinions: body.opinions.map(({ item, verdict, text }) => ({ item, verdict, text })),
          conditions: (body.conditions ?? []).map((condition) => asOrdered(condition, library, the.applicant.name)),
          library: library.map(({ code }) => code),
        },
      };
    });
  }

  /** The second pair of eyes approves, on what it saw. */
  @ApiOperation({ operationId: 'approveDecision' })
  @Post('decisions/:proposal/approval')
  approve(
    @Param('id') id: string,
    @Param('proposal', ParseIntPipe) proposal: number,
    @Changing() asking: Asking,
  ): Promise<ReceiptDto> {
    return this.cases.act(id, asking, async () => {
      return { type: 'approve-decision', data: { proposal, basis: await this.basis(id, asking) } };
    });
  }

  /** The second pair of eyes sends the proposal back. */
  @ApiOperation({ operationId: 'sendBackDecision' })
  @Post('decisions/:proposal/return')
  sendBack(
    @Param('id') id: string,
    @Param('proposal', ParseIntPipe) proposal: number,
    @Body() { reason }: ReasonDto,
    @Changing() asking: Asking,
  ): Promise<ReceiptDto> {
    return this.cases.act(id, asking, { type: 'send-back-decision', data: { proposal, reason } });
  }

  /** 검토결과 통보: the official letter, from which on the applicant knows. Its number must be unlike that of any other letter. */
  @ApiOperation({ operationId: 'notifyResult' })
  @Post('notification')
  notify(
    @Param('id') id: string,
    @Body() { proposal, documentNumber }: NotifyResultDto,
    @Changing() asking: Asking,
  ): Promise<ReceiptDto> {
    return this.cases.act(id, asking, { type: 'notify-result', data: { proposal, documentNumber } });
  }

  /** What the case showed at the revision the caller has seen: anybody can fold the same events and compare the hash. */
  private async basis(id: string, { envelope }: Asking): Promise<Basis> {
    const { events } = await this.decisions.load(CONSULTATION, id);
    const seen = events.filter((event) => envelope.expected === undefined || event.revision <= envelope.expected);
    const shown = replayCase(seen);
    const position = seen.at(-1)?.position ?? 0n;
    return {
      position: String(position),
      viewHash: contentHash(shown?.document ?? null),
      ruleSet: shown?.document.received?.ruleSet ?? '',
    };
  }
}

/** Letters are in Korean: a condition that is taken from the library reads as it stands there, unless the reviewer says it in other words. */
function asOrdered(condition: ConditionDto, library: DecisionRules['conditions'], applicant: string): Omit<Condition, 'number'> {
  const { code, ownWordingBecause, text, dueOn, candidate, owner, evidence } = condition;
  const standard = library.find((other) => other.code === code);
  const pieces = evidence ?? (standard === undefined ? null : [standard.evidence.ko]);
  return {
    ...{ text: text ?? standard?.text.ko ?? '', dueOn: dueOn ?? null, candidate: candidate ?? null, owner: owner ?? applicant },
    ...(code == null ? {} : { code }),
    ...(ownWordingBecause == null ? {} : { ownWordingBecause }),
    ...(pieces === null ? {} : { evidence: pieces }),
  };
}

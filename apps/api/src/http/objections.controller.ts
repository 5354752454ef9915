import { Body, Controller, Get, Param, ParseIntPipe, Post, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { maySeeCase, maySeeInternalOpinion, partiesOf, type Principal } from '@sajeon/access';
import { CONSULTATION, Decisions, planVersion, Rules } from '@sajeon/decisions';
import { roundOf, RuleViolated, type Consultation, type Phase } from '@sajeon/domain';
import type { FastifyReply } from 'fastify';
import { answer } from './answer.js';
import { Changing, Who, type Asking } from './asking.js';
import { Cases } from './cases.js';
import { RaiseObjectionDto, ReportChangeDto, ConsultationRoundsDto, type ConsultationRoundDto } from './objections.dto.js';
import { contentOf } from './plan.dto.js';
import { ReasonDto } from './reason.dto.js';
import { ReceiptDto } from './receipt.dto.js';

/** After the letter: what the applicant may do about the decision, and how the project goes on. */
@ApiTags('consultations')
@ApiBearerAuth()
@Controller('v1/consultations/:id')
export class ObjectionsController {
  constructor(
    private readonly cases: Cases,
    private readonly decisions: Decisions,
    private readonly rules: Rules,
  ) {}

  /** 이의 신청, within the days that the rules give from the letter on. */
  @ApiOperation({ operationId: 'raiseObjection' })
  @Post('objections')
  raise(@Param('id') id: string, @Body() { grounds }: RaiseObjectionDto, @Changing() asking: Asking): Promise<ReceiptDto> {
    return this.cases.act(id, asking, async (the) => {
      const raiseBy = await this.rules.objectionUntil(await this.cases.received(id), standingLetter(the).notifiedOn);
      return { type: 'raise-objection', data: { grounds, raiseBy } };
    });
  }

  /** 인용: the case is under review again, and the decision is made anew; until the new letter the first one stands. */
  @ApiOperation({ operationId: 'upholdObjection' })
  @Post('objections/:objection/upholding')
  uphold(
    @Param('id') id: string,
    @Param('objection', ParseIntPipe) objection: number,
    @Body() { reason }: ReasonDto,
    @Changing() asking: Asking,
  ): Promise<ReceiptDto> {
    return this.cases.act(id, asking, { type: 'uphold-objection', data: { objection, reason } });
  }

  /** 기각. */
  @ApiOperation({ operationId: 'dismissObjection' })
  @Post('objections/:objection/dismissal')
  dismiss(
    @Param('id') id: string,
    @Param('objection', ParseIntPipe) objection: number,
    @Body() { reason }: ReasonDto,
    @Changing() asking: Asking,
  ): Promise<ReceiptDto> {
    return this.cases.act(id, asking, { type: 'dismiss-objection', data: { objection, reason } });
  }

  /** 보류된 사업의 포기. The other way on is a new consultation on a revised plan. */
  @ApiOperation({ operationId: 'abandonHeldPlan' })
  @Post('abandonment')
  abandon(@Param('id') id: string, @Body() { reason }: ReasonDto, @Changing() asking: Asking): Promise<ReceiptDto> {
    return this.cases.act(id, asking, { type: 'abandon-held-plan', data: { reason } });
  }

  /** 변경 신고: the changed plan is held against the one that was decided upon; the rules say whether it has to be consulted again. */
  @ApiOperation({ operationId: 'reportMaterialChange' })
  @Post('changes')
  change(@Param('id') id: string, @Body() { plan, reason }: ReportChangeDto, @Changing() asking: Asking): Promise<ReceiptDto> {
    return this.cases.act(id, asking, async (the) => {
      const rules = await this.rules.materialChanges(await this.cases.received(id));
      const version = (the.changes.at(-1)?.version ?? the.plan.version) + 1;
      return { type: 'report-material-change', data: { plan: planVersion(version, contentOf(plan)), reason, rules } };
    });
  }

  /** The rounds of consultation up to this one, oldest first: each took up the one before again. */
  @ApiOperation({ operationId: 'listRounds' })
  @Get('rounds')
  async rounds(
    @Param('id') id: string,
    @Who() principal: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ConsultationRoundsDto> {
    const rounds: ConsultationRoundDto[] = [];
    let the: Consultation | null = await this.cases.shown(id, principal, reply);
    while (the !== null) {
      // A round that another authority reviewed is that authority's to show.
      if (maySeeCase(principal, partiesOf(the))) rounds.unshift(roundShownTo(principal, the));
      const { previousConsultation: previous }: Consultation = the;
      the = previous === null ? null : (await this.decisions.load(CONSULTATION, previous.consultation)).state;
    }
    return answer<ConsultationRoundsDto>({ rounds });
  }
}

function standingLetter({ letters }: Consultation): Consultation['letters'][number] {
  const letter = letters.at(-1);
  if (letter !== undefined) return letter;
  throw new RuleViolated('no-letter-yet', {
    ko: '아직 통보된 검토결과가 없어 이의를 낼 수 없습니다.',
    en: 'No result has been notified yet: there is nothing to object to.',
  });
}

function roundShownTo(principal: Principal, the: Consultation): ConsultationRoundDto {
  const inside: readonly Phase[] = ['pending-approval', 'approved'];
  const hidden = inside.includes(the.phase) && !maySeeInternalOpinion(principal, partiesOf(the));
  const letter = the.letters.at(-1);
  return {
    ...{ consultation: the.consultation, round: roundOf(the), status: hidden ? 'under-review' : the.phase },
    ...{ outcome: letter?.outcome ?? null, documentNumber: letter?.documentNumber ?? null },
    because: the.previousConsultation?.because ?? null,
  };
}

import { Body, Controller, Param, Post, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Decisions, planVersion, PRELIMINARY, PROJECT, Routing, Rules } from '@sajeon/decisions';
import { earlierRound, legalDateOf, newestOpinion } from '@sajeon/domain';
import { Changing, Creating, type Asking } from './asking.js';
import { Cases } from './cases.js';
import { ConfirmOverlapDto, DismissOverlapDto, DraftConsultationDto, ReceiveDto } from './consultations.dto.js';
import { newestPlan } from './newest-plan.js';
import { contentOf, PlanDto } from './plan.dto.js';
import { NoSuchRecord } from './problem.js';
import { ReasonDto } from './reason.dto.js';
import { ReceiptDto } from './receipt.dto.js';
import { Rounds } from './rounds.js';

/** What people do to a consultation, each in the words of the law. Reading is in `consultations.controller.ts`. */
@ApiTags('consultations')
@ApiBearerAuth()
@Controller('v1/consultations')
export class ConsultationActsController {
  constructor(
    private readonly cases: Cases,
    private readonly decisions: Decisions,
    private readonly routing: Routing,
    private readonly rules: Rules,
    private readonly rounds: Rounds,
  ) {}

  /**
   * Drafts a consultation on the newest plan of one's own project; the reviewing authority follows from the agency's tier. After a return, a
   * withdrawal, a hold or a material change it takes the earlier one up again (재신청, 재협의). Nothing is drafted while another consultation of the
   * project is under way or its decision stands. What was said at budget time is taken along.
   */
  @ApiOperation({ operationId: 'draftConsultation' })
  @Post()
  async draft(@Body() body: DraftConsultationDto, @Creating() asking: Asking): Promise<ReceiptDto> {
    const { principal, by, at, envelope } = asking;
    const project = await this.decisions.load(PROJECT, body.project);
    if (project.state === null || project.state.agency !== principal.agency) throw new NoSuchRecord();
    const plan = newestPlan(project.events);
    const [applicant, authority] = await Promise.all([
      this.routing.applicant(principal.agency),
      this.routing.authorityOf(principal.agency, legalDateOf(at)),
    ]);
    const { previousConsultation: previous } = body;
    const earlier = previous == null ? null : earlierRound(await this.cases.visible(previous, asking));
    const preliminaryReview = newestOpinion((await this.decisions.load(PRELIMINARY, body.project)).state);
    const links = {
      ...(earlier === null ? {} : { earlier }),
      ...(preliminaryReview === undefined ? {} : { preliminaryReview }),
    };
    return this.rounds.draftNext(body.project, envelope.commandId, ({ consultation, others, expected }) => {
      const data = { consultation, project: body.project, plan, applicant, authority, others, ...links, by, at };
      return this.cases.send(consultation, { envelope: { ...envelope, expected } }, { type: 'draft-consultation', data });
    });
  }

  /** Replaces the draft's plan. */
  @ApiOperation({ operationId: 'reviseDraft' })
  @Put(':id/draft')
  async revise(@Param('id') id: string, @Body() body: PlanDto, @Changing() asking: Asking): Promise<ReceiptDto> {
    const the = await this.cases.visible(id, asking);
    const plan = planVersion(the.plan.version + 1, contentOf(body));
    return this.cases.send(id, asking, { type: 'revise-draft', data: { plan, by: asking.by, at: asking.at } });
  }

  /** 결재 올리기: puts the draft before one's own agency's approver (정보화책임관). Revising it takes the request back. */
  @ApiOperation({ operationId: 'requestSubmission' })
  @Post(':id/submission-request')
  async requestSubmission(@Param('id') id: string, @Changing() asking: Asking): Promise<ReceiptDto> {
    return this.cases.act(id, asking, { type: 'request-submission', data: {} });
  }

  /** 돌려보내기: the approver does not file a draft that was put before them, and says why. */
  @ApiOperation({ operationId: 'returnDraft' })
  @Post(':id/submission-return')
  async returnDraft(@Param('id') id: string, @Body() { reason }: ReasonDto, @Changing() asking: Asking): Promise<ReceiptDto> {
    return this.cases.act(id, asking, { type: 'return-draft', data: { reason } });
  }

  /** 신청: the agency's approver files the draft, whether it was put before them or not (전결). Screening for overlaps starts by itself. */
  @ApiOperation({ operationId: 'submitConsultation' })
  @Post(':id/submission')
  async submit(@Param('id') id: string, @Changing() asking: Asking): Promise<ReceiptDto> {
    return this.cases.act(id, asking, { type: 'submit-consultation', data: {} });
  }

  /** 접수: the clock starts. Due date and rule set follow from the rules in force and the calendar known that day, and stay with the case. */
  @ApiOperation({ operationId: 'receiveConsultation' })
  @Post(':id/receipt')
  async receive(@Param('id') id: string, @Body() { track }: ReceiveDto, @Changing() asking: Asking): Promise<ReceiptDto> {
    const { dueOn, ruleSet } = await this.rules.atReceipt(track, asking.at);
    return this.cases.act(id, asking, async (the) => ({
      type: 'receive-consultation',
      data: { track, dueOn, ruleSet, disasterSafety: await this.cases.disasterSafety(the) },
    }));
  }

  /** 반려: sends the filing back without review. */
  @ApiOperation({ operationId: 'returnConsultation' })
  @Post(':id/return')
  async return(@Param('id') id: string, @Body() { reason }: ReasonDto, @Changing() asking: Asking): Promise<ReceiptDto> {
    return this.cases.act(id, asking, { type: 'return-consultation', data: { reason } });
  }

  /** A person finds that the candidate overlaps. */
  @ApiOperation({ operationId: 'confirmOverlap' })
  @Post(':id/overlaps/:candidate/confirmation')
  async confirm(
    @Param('id') id: string,
    @Param('candidate') candidate: string,
    @Body() { relation, reason }: ConfirmOverlapDto,
    @Changing() asking: Asking,
  ): Promise<ReceiptDto> {
    return this.cases.act(id, asking, { type: 'confirm-overlap', data: { candidate, relation, reason } });
  }

  /** A person finds that the candidate is no overlap that matters. */
  @ApiOperation({ operationId: 'dismissOverlap' })
  @Post(':id/overlaps/:candidate/dismissal')
  async dismiss(
    @Param('id') id: string,
    @Param('candidate') candidate: string,
    @Body() { relation, reason }: DismissOverlapDto,
    @Changing() asking: Asking,
  ): Promise<ReceiptDto> {
    return this.cases.act(id, asking, { type: 'dismiss-overlap', data: { candidate, relation, reason } });
  }

  /** 신청취하: the applicant takes the filing back. */
  @ApiOperation({ operationId: 'withdrawConsultation' })
  @Post(':id/withdrawal')
  async withdraw(@Param('id') id: string, @Body() { reason }: ReasonDto, @Changing() asking: Asking): Promise<ReceiptDto> {
    return this.cases.act(id, asking, { type: 'withdraw-consultation', data: { reason } });
  }
}

import { Body, Controller, Param, ParseIntPipe, Post, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CONSULTATION, Decisions, planVersion, PROJECT, Routing, Rules } from '@sajeon/decisions';
import { legalDateOf, readRecorded, type Basis, type PlanVersion } from '@sajeon/domain';
import { contentHash, type RecordedEvent } from '@sajeon/event-store';
import { replayCase } from '@sajeon/read-models';
import { Changing, Creating, type Asking } from './asking.js';
import { Cases } from './cases.js';
import {
  ConfirmOverlapDto,
  DismissOverlapDto,
  DraftConsultationDto,
  NotifyResultDto,
  ProposeDecisionDto,
  ReceiveDto,
  RequestCorrectionDto,
  RespondDto,
} from './consultations.dto.js';
import { contentOf, PlanDto } from './plan.dto.js';
import { NoSuchRecord } from './problem.js';
import { ReasonDto } from './reason.dto.js';
import { ReceiptDto } from './receipt.dto.js';

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
  ) {}

  /** Drafts a consultation on the newest plan of one's own project; the reviewing authority follows from the agency's tier. */
  @ApiOperation({ operationId: 'draftConsultation' })
  @Post()
  async draft(@Body() body: DraftConsultationDto, @Creating() asking: Asking): Promise<ReceiptDto> {
    const { principal, newId: consultation } = asking;
    const project = await this.decisions.load(PROJECT, body.project);
    if (project.state === null || project.state.agency !== principal.agency) throw new NoSuchRecord();
    const plan = newestPlan(project.events);
    const [applicant, authority] = await Promise.all([
      this.routing.applicant(principal.agency),
      this.routing.authorityOf(principal.agency, legalDateOf(asking.at)),
    ]);
    return this.cases.send(consultation, asking, {
      type: 'draft-consultation',
      data: { consultation, project: body.project, plan, applicant, authority, by: asking.by, at: asking.at },
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

  /** 신청: files the draft. Screening for overlaps starts by itself. */
  @ApiOperation({ operationId: 'submitConsultation' })
  @Post(':id/submission')
  async submit(@Param('id') id: string, @Changing() asking: Asking): Promise<ReceiptDto> {
    await this.cases.visible(id, asking);
    return this.cases.send(id, asking, { type: 'submit-consultation', data: { by: asking.by, at: asking.at } });
  }

  /** 접수: the clock starts. Due date and rule set follow from the rules in force and the calendar known that day, and stay with the case. */
  @ApiOperation({ operationId: 'receiveConsultation' })
  @Post(':id/receipt')
  async receive(@Param('id') id: string, @Body() { track }: ReceiveDto, @Changing() asking: Asking): Promise<ReceiptDto> {
    await this.cases.visible(id, asking);
    const { by, at } = asking;
    const { dueOn, ruleSet } = await this.rules.atReceipt(track, at);
    return this.cases.send(id, asking, { type: 'receive-consultation', data: { track, dueOn, ruleSet, by, at } });
  }

  /** 반려: sends the filing back without review. */
  @ApiOperation({ operationId: 'returnConsultation' })
  @Post(':id/return')
  async return(@Param('id') id: string, @Body() { reason }: ReasonDto, @Changing() asking: Asking): Promise<ReceiptDto> {
    await this.cases.visible(id, asking);
    return this.cases.send(id, asking, { type: 'return-consultation', data: { reason, by: asking.by, at: asking.at } });
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
    await this.cases.visible(id, asking);
    const { by, at } = asking;
    return this.cases.send(id, asking, { type: 'confirm-overlap', data: { candidate, relation, reason, by, at } });
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
    await this.cases.visible(id, asking);
    const { by, at } = asking;
    return this.cases.send(id, asking, { type: 'dismiss-overlap', data: { candidate, relation, reason, by, at } });
  }

  /** 보완·시정요청: numbered items, one open round at a time. */
  @ApiOperation({ operationId: 'requestCorrection' })
  @Post(':id/correction-requests')
  async requestCorrection(
    @Param('id') id: string,
    @Body() body: RequestCorrectionDto,
    @Changing() asking: Asking,
  ): Promise<ReceiptDto> {
    await this.cases.visible(id, asking);
    const { by, at } = asking;
    const items = body.items.map(({ pointer, text }) => ({ pointer, text }));
    return this.cases.send(id, asking, { type: 'request-correction', data: { items, respondBy: body.respondBy, by, at } });
  }

  /** 보완 제출: an answer to every item, with the plan as it now reads. */
  @ApiOperation({ operationId: 'respondToCorrection' })
  @Post(':id/correction-requests/:round/response')
  async respond(
    @Param('id') id: string,
    @Param('round', ParseIntPipe) round: number,
    @Body() body: RespondDto,
    @Changing() asking: Asking,
  ): Promise<ReceiptDto> {
    const the = await this.cases.visible(id, asking);
    const { by, at } = asking;
    const answers = body.answers.map(({ number, answer }) => ({ number, answer }));
    const revised = body.plan === undefined ? the.plan : planVersion(the.plan.version + 1, contentOf(body.plan));
    const plan = revised.hash === the.plan.hash ? the.plan : revised;
    return this.cases.send(id, asking, { type: 'respond-to-correction', data: { round, answers, plan, by, at } });
  }

  /** Proposes a decision. What was on screen at the revision in `If-Match` is recorded as its basis. */
  @ApiOperation({ operationId: 'proposeDecision' })
  @Post(':id/decisions')
  async propose(@Param('id') id: string, @Body() body: ProposeDecisionDto, @Changing() asking: Asking): Promise<ReceiptDto> {
    await this.cases.visible(id, asking);
    const { by, at } = asking;
    const conditions = (body.conditions ?? []).map(({ text, dueOn, candidate }) => ({
      text,
      dueOn: dueOn ?? null,
      candidate: candidate ?? null,
    }));
    const basis = await this.basis(id, asking);
    return this.cases.send(id, asking, {
      type: 'propose-decision',
      data: { outcome: body.outcome, reasons: body.reasons, conditions, basis, by, at },
    });
  }

  /** The second pair of eyes approves, on what it saw. */
  @ApiOperation({ operationId: 'approveDecision' })
  @Post(':id/decisions/:proposal/approval')
  async approve(
    @Param('id') id: string,
    @Param('proposal', ParseIntPipe) proposal: number,
    @Changing() asking: Asking,
  ): Promise<ReceiptDto> {
    await this.cases.visible(id, asking);
    const { by, at } = asking;
    return this.cases.send(id, asking, {
      type: 'approve-decision',
      data: { proposal, basis: await this.basis(id, asking), by, at },
    });
  }

  /** The second pair of eyes sends the proposal back. */
  @ApiOperation({ operationId: 'sendBackDecision' })
  @Post(':id/decisions/:proposal/return')
  async sendBack(
    @Param('id') id: string,
    @Param('proposal', ParseIntPipe) proposal: number,
    @Body() { reason }: ReasonDto,
    @Changing() asking: Asking,
  ): Promise<ReceiptDto> {
    await this.cases.visible(id, asking);
    return this.cases.send(id, asking, { type: 'send-back-decision', data: { proposal, reason, by: asking.by, at: asking.at } });
  }

  /** 검토결과 통보: the official letter, from which on the applicant knows. */
  @ApiOperation({ operationId: 'notifyResult' })
  @Post(':id/notification')
  async notify(@Param('id') id: string, @Body() body: NotifyResultDto, @Changing() asking: Asking): Promise<ReceiptDto> {
    await this.cases.visible(id, asking);
    const { proposal, documentNumber } = body;
    return this.cases.send(id, asking, {
      type: 'notify-result',
      data: { proposal, documentNumber, by: asking.by, at: asking.at },
    });
  }

  /** 신청취하: the applicant takes the filing back. */
  @ApiOperation({ operationId: 'withdrawConsultation' })
  @Post(':id/withdrawal')
  async withdraw(@Param('id') id: string, @Body() { reason }: ReasonDto, @Changing() asking: Asking): Promise<ReceiptDto> {
    await this.cases.visible(id, asking);
    return this.cases.send(id, asking, { type: 'withdraw-consultation', data: { reason, by: asking.by, at: asking.at } });
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

/** The decider keeps only the plan's hash; its text stands in the event that brought it. */
function newestPlan(events: readonly RecordedEvent[]): PlanVersion {
  for (const event of events.map(readRecorded).reverse()) {
    if (event.type === 'project-planned' || event.type === 'plan-revised') return event.data.plan;
  }
  throw new NoSuchRecord();
}

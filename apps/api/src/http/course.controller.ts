import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Conflicts, CONSULTATION, Decisions, Routing, Rules, SYSTEM_ENTRY } from '@sajeon/decisions';
import {
  clockOf,
  legalDateOf,
  readRecorded,
  RuleViolated,
  type Consultation,
  type ConsultationEvent,
  type NamedCandidate,
} from '@sajeon/domain';
import { Directory } from '@sajeon/identity';
import { Changing, type Asking } from './asking.js';
import { Cases } from './cases.js';
import {
  AddOverlapCandidateDto,
  AssignReviewerDto,
  DesignateFastTrackDto,
  EscalateReviewDto,
  NotifyDelayDto,
  ReassignReviewerDto,
} from './course.dto.js';
import { ReasonDto } from './reason.dto.js';
import { ReceiptDto } from './receipt.dto.js';

/** How the review runs: who leads it, on which track, what is announced, and what people find besides the screening. */
@ApiTags('consultations')
@ApiBearerAuth()
@Controller('v1/consultations/:id')
export class CourseController {
  constructor(
    private readonly cases: Cases,
    private readonly decisions: Decisions,
    private readonly rules: Rules,
    private readonly routing: Routing,
    private readonly directory: Directory,
    private readonly conflicts: Conflicts,
  ) {}

  /** 배정: names the lead reviewer, an official of the authority. */
  @ApiOperation({ operationId: 'assignReviewer' })
  @Post('reviewer')
  async assign(
    @Param('id') id: string,
    @Body() { person, agency }: AssignReviewerDto,
    @Changing() asking: Asking,
  ): Promise<ReceiptDto> {
    const { by, at } = asking;
    const lead = await this.lead(await this.cases.visible(id, asking), { person, agency }, at);
    return this.cases.send(id, asking, { type: 'assign-reviewer', data: { ...lead, by, at } });
  }

  /** 재배정: another lead reviewer, and why. */
  @ApiOperation({ operationId: 'reassignReviewer' })
  @Post('reviewer/reassignment')
  async reassign(
    @Param('id') id: string,
    @Body() { person, agency, reason }: ReassignReviewerDto,
    @Changing() asking: Asking,
  ): Promise<ReceiptDto> {
    const { by, at } = asking;
    const lead = await this.lead(await this.cases.visible(id, asking), { person, agency }, at);
    return this.cases.send(id, asking, { type: 'reassign-reviewer', data: { ...lead, reason, by, at } });
  }

  /** 신속처리제, for disaster safety: the days of the fast track count from then on. A confirmed overlap takes the case off it by itself. */
  @ApiOperation({ operationId: 'designateFastTrack' })
  @Post('fast-track')
  async designate(
    @Param('id') id: string,
    @Body() { ground }: DesignateFastTrackDto,
    @Changing() asking: Asking,
  ): Promise<ReceiptDto> {
    const disasterSafety = await this.cases.disasterSafety(await this.cases.visible(id, asking));
    const { by, at } = asking;
    const designated: ConsultationEvent = { type: 'fast-track-designated', data: { ground, by, at } };
    const dueOn = await this.dueOn(id, asking, designated);
    return this.cases.send(id, asking, { type: 'designate-fast-track', data: { ground, dueOn, disasterSafety, by, at } });
  }

  /** Takes the case off the fast track: the days of the standard review count again. */
  @ApiOperation({ operationId: 'revokeFastTrack' })
  @Post('fast-track/revocation')
  async revoke(@Param('id') id: string, @Body() { reason }: ReasonDto, @Changing() asking: Asking): Promise<ReceiptDto> {
    return this.cases.act(id, asking, { type: 'revoke-fast-track', data: { reason } });
  }

  /** 기한연장 통지: why the result will be late and when it is expected, before the due date has passed. Does not move the due date. */
  @ApiOperation({ operationId: 'notifyDelay' })
  @Post('delay-notice')
  async delay(
    @Param('id') id: string,
    @Body() { expectedNotificationOn, reason }: NotifyDelayDto,
    @Changing() asking: Asking,
  ): Promise<ReceiptDto> {
    await this.cases.visible(id, asking);
    const { by, at } = asking;
    const dueOn = await this.dueOn(id, asking);
    return this.cases.send(id, asking, { type: 'notify-delay', data: { dueOn, expectedNotificationOn, reason, by, at } });
  }

  /** Adds a candidate that the reviewer knows of, by its id; like any other it is settled before a decision. */
  @ApiOperation({ operationId: 'addOverlapCandidate' })
  @Post('overlaps')
  async add(
    @Param('id') id: string,
    @Body() { kind, id: candidateId, reason }: AddOverlapCandidateDto,
    @Changing() asking: Asking,
  ): Promise<ReceiptDto> {
    await this.cases.visible(id, asking);
    const { by, at } = asking;
    const candidate = kind === 'system' ? await this.system(candidateId) : await this.plan(candidateId);
    return this.cases.send(id, asking, { type: 'add-overlap-candidate', data: { candidate, reason, by, at } });
  }

  /** 이관: a 시·도 hands the review to the ministry, because of a confirmed overlap with a central system or because it has become one agency with the applicant. The ministry decides from then on. */
  @ApiOperation({ operationId: 'escalateReview' })
  @Post('escalation')
  async escalate(
    @Param('id') id: string,
    @Body() { candidate, reason }: EscalateReviewDto,
    @Changing() asking: Asking,
  ): Promise<ReceiptDto> {
    await this.cases.visible(id, asking);
    const { by, at } = asking;
    const [{ state }, to] = await Promise.all([
      candidate === null ? { state: null } : this.decisions.load(SYSTEM_ENTRY, candidate),
      this.routing.ministry(legalDateOf(at)),
    ]);
    const central = state?.entry.level === 'central';
    return this.cases.send(id, asking, { type: 'escalate-review', data: { candidate, central, to, reason, by, at } });
  }

  /** Who is to lead, with what the users and their roles say about them. */
  private async lead(
    { applicant, authority }: Consultation,
    { person, agency = authority.id }: { readonly person: string; readonly agency?: string | undefined },
    at: string,
  ) {
    const reviewer = { person, agency };
    const [found, worksForTheApplicant] = await Promise.all([
      this.directory.standing(person, agency, at),
      this.conflicts.worksFor(reviewer, applicant.id, legalDateOf(at)),
    ]);
    return { reviewer, standing: { ...found, worksForTheApplicant } };
  }

  /** The legal day to notify as it stands, or as it would stand after one more event. */
  private async dueOn(id: string, { at }: Asking, next?: ConsultationEvent): Promise<string> {
    const rules = await this.rules.clockOf(await this.cases.received(id));
    if (next?.type === 'fast-track-designated' && rules.reviewDays.fast === undefined) {
      throw new RuleViolated('no-fast-track', {
        ko: '이 사업이 접수될 때의 규칙에는 신속처리가 없습니다.',
        en: 'The rules by which the case was received have no fast track.',
      });
    }
    // A consultation stream holds consultation events: that is what the write side guarantees.
    const events = (await this.decisions.load(CONSULTATION, id)).events.map(readRecorded) as ConsultationEvent[];
    const clock = clockOf(next === undefined ? events : [...events, next], legalDateOf(at), rules);
    if (clock === null) throw new Error(`${id} was received, but has no clock`);
    return clock.dueOn;
  }

  private async system(id: string): Promise<NamedCandidate> {
    const { state } = await this.decisions.load(SYSTEM_ENTRY, id);
    if (state === null) throw unknownCandidate(id);
    const { title, agency } = state.entry;
    return { id, kind: 'system', name: title, agency };
  }

  /** A draft is private to the agency that writes it: as a candidate it does not exist. */
  private async plan(id: string): Promise<NamedCandidate> {
    const { state } = await this.decisions.load(CONSULTATION, id);
    if (state === null || state.phase === 'draft') throw unknownCandidate(id);
    return { id, kind: 'plan', name: state.plan.content.title, agency: state.applicant.name };
  }
}

function unknownCandidate(id: string): RuleViolated {
  return new RuleViolated(
    'unknown-candidate',
    {
      ko: `‘${id}’은(는) 등록된 정보시스템도 신청된 사업도 아닙니다. 번호를 확인하세요.`,
      en: `“${id}” is neither a registered system nor a filed plan. Check its id.`,
    },
    '/id',
  );
}

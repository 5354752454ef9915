import { AGENCY_TIERS } from '../agency/agency.js';
import { onlyAsTheApplicant, type ConflictFacts } from '../kernel/conflict.js';
import type { Decider, DomainCommand } from '../kernel/decider.js';
import { RuleViolated } from '../kernel/errors.js';
import type { PlanVersion } from '../kernel/plan.js';
import { same } from '../kernel/same.js';
import { checkChoice, checkDate, checkPlanVersion, checkStamp, checkText, LIMITS, checkId } from '../kernel/wellformed.js';
import type {
  AgencyAsNamed,
  ConsultationEvent,
  Finding,
  NamedCandidate,
  NonFaultRelation,
  OverlapRelation,
  PreliminaryOpinionAsGiven,
  ReviewTrack,
} from './events.js';
import { decideAssignment, evolveAssignment, type AssignmentCommand } from './assignment.js';
import { decideChange, evolveChange, type ChangeCommand } from './change.js';
import { decideDecision, evolveDecision, invalidatedBy, type DecisionCommand } from './decision.js';
import { decideEscalation, evolveEscalation, type EscalationCommand } from './escalation.js';
import { decideFollowUp, evolveFollowUp, type FollowUpCommand } from './follow-up.js';
import * as guard from './guards.js';
import { decideJointReview, evolveJointReview, type JointReviewCommand } from './joint-review.js';
import { decideObjection, evolveObjection, type ObjectionCommand } from './objection.js';
import { decideRequest, evolveRequest, type RequestCommand } from './requests.js';
import { linkTo, oneRoundAtATime, type EarlierRound } from './rounds.js';
import { decideSignOff, evolveSignOff, type SignOffCommand } from './sign-off.js';
import type { ConsultationState } from './state.js';
import { decideTrack, evolveTrack, leavesTheFastTrack, type TrackCommand } from './track.js';
import { checkFinding } from './wellformed.js';

export type FaultRelation = Exclude<OverlapRelation, NonFaultRelation>;

export const FAULT_RELATIONS: readonly FaultRelation[] = [
  'DUPLICATES',
  'PARTIAL_FUNCTION_OVERLAP',
  'SAME_DATA_COLLECTED',
  'SHOULD_LINK',
  'SHOULD_REUSE_COMMON_SYSTEM',
  'SIBLING_LOCAL_COPY',
  'PRIVATE_SERVICE_DUPLICATION',
  'RELAUNCH_OF_FAILED',
];
export const NON_FAULT_RELATIONS: readonly NonFaultRelation[] = [
  'DEPLOYMENT_OF_STANDARD',
  'SUCCESSOR_OF',
  'INTEGRATION_HUB',
  'PHASE_OF',
  'UNRELATED',
];
export const REVIEW_TRACKS: readonly ReviewTrack[] = ['standard', 'isp', 'fast'];

export type DraftConsultation = DomainCommand<
  'draft-consultation',
  {
    readonly consultation: string;
    readonly project: string;
    readonly plan: PlanVersion;
    readonly applicant: AgencyAsNamed;
    readonly authority: AgencyAsNamed;
    /** The round that this one takes up again, as the caller read it. */
    readonly earlier?: EarlierRound;
    /** Every other consultation of the project, oldest first, as the caller read them; absent where it is known to have none. */
    readonly others?: readonly EarlierRound[];
    /** What was said at budget time, as the caller read it. */
    readonly preliminaryReview?: PreliminaryOpinionAsGiven;
  }
>;
export type ReviseDraft = DomainCommand<'revise-draft', { readonly plan: PlanVersion }>;
/** 신청: files the draft as it stands. */
export type SubmitConsultation = DomainCommand<'submit-consultation', object>;
/**
 * 접수. Track, due date and rule set are computed by the caller from the dated rules in force that day; `disasterSafety` is what the project's
 * newest assessment says, null where there is none.
 */
export type ReceiveConsultation = DomainCommand<
  'receive-consultation',
  { readonly track: ReviewTrack; readonly dueOn: string; readonly ruleSet: string; readonly disasterSafety?: boolean | null }
>;
/** 반려. */
export type ReturnConsultation = DomainCommand<'return-consultation', { readonly reason: string }>;
export type RecordScreening = DomainCommand<'record-screening', { readonly finding: Finding }>;
export type ConfirmOverlap = DomainCommand<
  'confirm-overlap',
  { readonly candidate: string; readonly relation: FaultRelation; readonly reason: string }
>;
export type DismissOverlap = DomainCommand<
  'dismiss-overlap',
  { readonly candidate: string; readonly relation: NonFaultRelation; readonly reason: string }
>;
/** A candidate that the reviewer found without the engine; name and owner as the caller looked them up. */
export type AddOverlapCandidate = DomainCommand<
  'add-overlap-candidate',
  { readonly candidate: NamedCandidate; readonly reason: string }
>;
/** 신청취하. */
export type WithdrawConsultation = DomainCommand<'withdraw-consultation', { readonly reason: string }>;

export type ConsultationCommand = { readonly data: ConflictFacts } & ConsultationAct;
type ConsultationAct =
  | DraftConsultation
  | ReviseDraft
  | SignOffCommand
  | SubmitConsultation
  | ReceiveConsultation
  | ReturnConsultation
  | RecordScreening
  | ConfirmOverlap
  | DismissOverlap
  | AddOverlapCandidate
  | RequestCommand
  | TrackCommand
  | AssignmentCommand
  | EscalationCommand
  | DecisionCommand
  | ObjectionCommand
  | ChangeCommand
  | WithdrawConsultation
  | JointReviewCommand
  | FollowUpCommand;

function decide(command: ConsultationCommand, state: ConsultationState): readonly ConsultationEvent[] {
  const events = asked(command, state);
  return state === null ? events : [...invalidatedBy(state, events), ...events];
}

function asked(command: ConsultationCommand, state: ConsultationState): readonly ConsultationEvent[] {
  const { by, at } = command.data;
  checkStamp(command.data);
  if (command.type === 'draft-consultation') return draft(command, state);
  const the = guard.existing(state);
  // How a conflict ends: what is proposed goes back, and the case to another authority.
  if (command.type !== 'escalate-review' && command.type !== 'send-back-decision')
    onlyAsTheApplicant(the.applicant, command.data);

  switch (command.type) {
    case 'revise-draft': {
      const { plan } = command.data;
      checkPlanVersion(plan, '/plan');
      guard.byTheApplicant(the, by);
      guard.inPhase(the, 'draft');
      if (plan.hash === the.plan.hash) return [];
      guard.laterVersion(the, plan);
      return [{ type: 'draft-revised', data: { by, at, plan } }];
    }
    case 'request-submission':
    case 'return-draft':
      return decideSignOff(command, the);
    case 'submit-consultation': {
      guard.byTheApplicant(the, by);
      if (the.phase === 'submitted') return [];
      guard.inPhase(the, 'draft');
      return [{ type: 'consultation-submitted', data: { by, at, plan: the.plan } }];
    }
    case 'receive-consultation': {
      const { track, dueOn, ruleSet } = command.data;
      checkChoice(track, REVIEW_TRACKS, '/track');
      checkDate(dueOn, '/dueOn');
      checkText(ruleSet, '/ruleSet', LIMITS.name);
      guard.byTheAuthority(the, by);
      if (the.phase === 'received' && same(the.receipt, { track, dueOn, ruleSet })) return [];
      guard.inPhase(the, 'submitted');
      if (track === 'fast') guard.forDisasterSafety(command.data.disasterSafety);
      guard.dueAfterReceipt(dueOn, at);
      return [{ type: 'consultation-received', data: { by, at, track, dueOn, ruleSet } }];
    }
    case 'return-consultation': {
      const { reason } = command.data;
      checkText(reason, '/reason', LIMITS.reason);
      guard.byTheAuthority(the, by);
      if (the.phase === 'returned' && the.endedBecause === reason) return [];
      guard.inPhase(the, 'submitted', 'awaiting-applicant');
      guard.noLetterStands(the);
      guard.answerOverdue(the, at);
      return [{ type: 'consultation-returned', data: { by, at, reason } }];
    }
    case 'record-screening': {
      const { finding } = command.data;
      checkFinding(finding);
      guard.notOfTheApplicant(the, by);
      // Screening runs beside the case: a finding that comes after the letter changes nothing and harms nobody.
      if (guard.isToldOrOver(the)) return [];
      guard.submitted(the);
      guard.ofThePlanUnderReview(the, finding);
      if (guard.isRecorded(the, finding)) return [];
      return [{ type: 'overlap-screened', data: { by, at, finding } }];
    }
    case 'confirm-overlap':
    case 'dismiss-overlap': {
      const { candidate, relation, reason } = command.data;
      const confirmed = command.type === 'confirm-overlap';
      checkChoice(relation, confirmed ? FAULT_RELATIONS : NON_FAULT_RELATIONS, '/relation');
      checkText(reason, '/reason', LIMITS.reason);
      guard.byTheAuthority(the, by);
      guard.inPhase(the, 'received', 'under-review', 'awaiting-applicant', 'approved');
      guard.amongTheCandidates(the, candidate);
      const settled = guard.standingSettlement(the, candidate);
      if (settled?.confirmed === confirmed && settled.relation === relation && settled.reason === reason) return [];
      return command.type === 'confirm-overlap'
        ? [
            { type: 'overlap-confirmed', data: { by, at, candidate, relation: command.data.relation, reason } },
            ...leavesTheFastTrack(the, { by, at, candidate, reason }),
          ]
        : [{ type: 'overlap-dismissed', data: { by, at, candidate, relation: command.data.relation, reason } }];
    }
    case 'add-overlap-candidate': {
      const { reason } = command.data;
      const { id, kind, name, agency } = command.data.candidate;
      checkId(id, '/candidate/id');
      checkChoice(kind, ['system', 'plan'], '/candidate/kind');
      checkText(name, '/candidate/name', LIMITS.title);
      checkText(agency, '/candidate/agency', LIMITS.name, 'may-be-empty');
      checkText(reason, '/reason', LIMITS.reason);
      guard.byTheAuthority(the, by);
      const candidate = { id, kind, name, agency };
      if (the.added.some((other) => same(other, { ...candidate, reason }))) return [];
      // Known after the approval and before the letter, it makes the approval void.
      guard.inPhase(the, 'received', 'under-review', 'awaiting-applicant', 'approved');
      guard.anotherThanThisPlan(the, id);
      guard.notYetToBeSettled(the, id);
      return [{ type: 'overlap-candidate-added', data: { by, at, candidate, reason } }];
    }
    case 'withdraw-consultation': {
      const { reason } = command.data;
      checkText(reason, '/reason', LIMITS.reason);
      guard.byTheApplicant(the, by);
      if (the.phase === 'withdrawn' && the.endedBecause === reason) return [];
      guard.notOver(the);
      guard.noLetterStands(the);
      return [{ type: 'consultation-withdrawn', data: { by, at, reason } }];
    }
    case 'request-correction':
    case 'respond-to-correction':
    case 'accept-response':
    case 'reject-response':
    case 'request-response-extension':
    case 'extend-response':
    case 'decline-response-extension':
    case 'remind-applicant':
    case 'remind-before-the-day':
    case 'mark-response-overdue':
    case 'proceed-on-file':
    case 'record-meeting':
      return decideRequest(command, the);
    case 'designate-fast-track':
    case 'revoke-fast-track':
    case 'notify-delay':
    case 'raise-deadline-warning':
      return decideTrack(command, the);
    case 'assign-reviewer':
    case 'reassign-reviewer':
      return decideAssignment(command, the);
    case 'escalate-review':
      return decideEscalation(command, the);
    case 'propose-decision':
    case 'send-back-decision':
    case 'approve-decision':
    case 'notify-result':
      return decideDecision(command, the);
    case 'raise-objection':
    case 'uphold-objection':
    case 'dismiss-objection':
    case 'abandon-held-plan':
      return decideObjection(command, the);
    case 'report-material-change':
      return decideChange(command, the);
    case 'open-joint-review':
    case 'submit-owner-opinion':
    case 'propose-task-adjustment':
    case 'agree-task-adjustment':
    case 'close-joint-review':
    case 'state-difference':
      return decideJointReview(command, the);
    case 'submit-action-plan':
    case 'submit-action-result':
    case 'verify-condition':
    case 'reject-action-result':
    case 'extend-condition':
    case 'propose-waiver':
    case 'decline-waiver':
    case 'waive-condition':
    case 'mark-condition-overdue':
    case 'issue-improvement-recommendation':
    case 'answer-recommendation':
    case 'demand-correction':
    case 'answer-correction-demand':
      return decideFollowUp(command, the);
    default: {
      const never: never = command;
      return never;
    }
  }
}

function draft({ data }: DraftConsultation, state: ConsultationState): readonly ConsultationEvent[] {
  const { by, at, consultation, project, plan, applicant, authority, earlier, others = [], preliminaryReview } = data;
  checkId(consultation, '/consultation');
  checkId(project, '/project');
  checkPlanVersion(plan, '/plan');
  for (const [pointer, agency] of [['/applicant', applicant] as const, ['/authority', authority] as const]) {
    checkId(agency?.id, `${pointer}/id`);
    checkText(agency?.name, `${pointer}/name`, LIMITS.name);
    checkChoice(agency?.tier, AGENCY_TIERS, `${pointer}/tier`);
  }
  guard.byTheApplicant({ applicant }, by);
  guard.authorityIsAnotherAgency(applicant, authority);
  if (state !== null) {
    const { hash, version } = state.plan;
    const drafted = {
      consultation: state.consultation,
      project: state.project,
      applicant: state.applicant,
      authority: state.authority,
    };
    const repeated =
      same(drafted, { consultation, project, applicant, authority }) && hash === plan.hash && version === plan.version;
    if (repeated && state.phase === 'draft') return [];
    throw new RuleViolated('already-drafted', {
      ko: '이미 작성된 사전협의입니다. 초안을 고치거나 새 번호로 작성하세요.',
      en: 'This consultation is drafted already. Revise the draft or draft another one.',
    });
  }
  const link = earlier === undefined ? undefined : linkTo(earlier, { project, applicant: applicant.id });
  oneRoundAtATime(others, earlier);
  const links = {
    ...(link === undefined ? {} : { previousConsultation: link }),
    ...(preliminaryReview === undefined ? {} : { preliminaryReview }),
  };
  return [{ type: 'consultation-drafted', data: { by, at, consultation, project, plan, applicant, authority, ...links } }];
}

/** A case in which nothing has happened yet. */
const untouched = {
  receipt: null,
  screening: null,
  recorded: [],
  settlements: [],
  rounds: 0,
  openRound: null,
  lastResponse: null,
  looked: [],
  onFile: null,
  meetings: [],
  course: null,
  lead: null,
  escalated: null,
  added: [],
  proposals: 0,
  proposal: null,
  sentBack: null,
  documentNumber: null,
  letters: [],
  decided: null,
  objections: 0,
  objection: null,
  changes: [],
  endedBecause: null,
  jointReviews: [],
  differences: [],
  obligations: [],
  recommendations: [],
  demands: [],
};

function evolve(state: ConsultationState, event: ConsultationEvent): ConsultationState {
  if (event.type === 'consultation-drafted') {
    const { consultation, project, plan, applicant, authority, previousConsultation = null } = event.data;
    return { ...untouched, phase: 'draft', consultation, project, plan, applicant, authority, previousConsultation };
  }
  if (state === null) return state;
  switch (event.type) {
    case 'draft-revised':
      return { ...evolveSignOff(state, event), plan: event.data.plan };
    case 'submission-requested':
    case 'draft-sent-back':
      return evolveSignOff(state, event);
    case 'consultation-submitted':
      return { ...state, phase: 'submitted', plan: event.data.plan };
    case 'consultation-received': {
      const { track, dueOn, ruleSet } = event.data;
      const course = { track, turns: 1, warned: [], delayNotice: null, revokedBecause: null };
      return { ...state, phase: 'received', receipt: { track, dueOn, ruleSet }, course };
    }
    case 'consultation-returned':
      return { ...state, phase: 'returned', openRound: null, endedBecause: event.data.reason };
    case 'overlap-screened': {
      const { planVersion, planHash, engine, inventoryPosition, candidates } = event.data.finding;
      return {
        ...state,
        screening: {
          planVersion,
          planHash,
          candidates: candidates.map(({ id, name, probability, flagged }) => ({ id, name, probability, flagged })),
        },
        recorded: [...state.recorded, { engine, inventoryPosition, planHash }],
      };
    }
    case 'overlap-confirmed':
    case 'overlap-dismissed': {
      const { candidate, relation, reason } = event.data;
      const probability = state.screening?.candidates.find(({ id }) => id === candidate)?.probability ?? 0;
      const settlement = { candidate, confirmed: event.type === 'overlap-confirmed', relation, reason, probability };
      return {
        ...state,
        phase: state.phase === 'received' ? 'under-review' : state.phase,
        settlements: [...state.settlements.filter((other) => other.candidate !== candidate), settlement],
      };
    }
    case 'overlap-candidate-added': {
      const { candidate, reason } = event.data;
      const phase = state.phase === 'received' ? 'under-review' : state.phase;
      return { ...state, phase, added: [...state.added, { ...candidate, reason }] };
    }
    case 'correction-requested':
    case 'response-submitted':
    case 'response-accepted':
    case 'response-rejected':
    case 'response-extension-requested':
    case 'response-extended':
    case 'response-extension-declined':
    case 'applicant-reminded':
    case 'response-overdue':
    case 'proceeded-on-file':
    case 'meeting-held':
      return evolveRequest(state, event);
    case 'fast-track-designated':
    case 'fast-track-revoked':
    case 'delay-notified':
    case 'deadline-warning-raised':
      return evolveTrack(state, event);
    case 'reviewer-assigned':
    case 'reviewer-reassigned':
      return evolveAssignment(state, event);
    case 'review-escalated':
      return evolveEscalation(state, event);
    case 'decision-proposed':
    case 'decision-sent-back':
    case 'decision-approved':
    case 'approval-invalidated':
    case 'decision-amended':
    case 'result-notified':
      return evolveDecision(state, event);
    case 'objection-raised':
    case 'objection-upheld':
    case 'objection-dismissed':
    case 'held-plan-abandoned':
      return evolveObjection(state, event);
    case 'material-change-reported':
    case 're-consultation-required':
    case 'change-accepted-without-review':
      return evolveChange(state, event);
    case 'consultation-withdrawn':
      return { ...state, phase: 'withdrawn', openRound: null, endedBecause: event.data.reason };
    case 'joint-review-opened':
    case 'owner-opinion-submitted':
    case 'task-adjustment-proposed':
    case 'task-adjustment-agreed':
    case 'joint-review-closed':
    case 'difference-stated':
      return evolveJointReview(state, event);
    case 'action-plan-submitted':
    case 'action-result-submitted':
    case 'action-result-rejected':
    case 'condition-fulfilled':
    case 'condition-extended':
    case 'waiver-proposed':
    case 'waiver-declined':
    case 'condition-waived':
    case 'condition-overdue':
    case 'improvement-recommended':
    case 'recommendation-answered':
    case 'correction-demanded':
    case 'correction-demand-answered':
    case 'consultation-closed':
      return evolveFollowUp(state, event);
    default: {
      event satisfies never;
      return state;
    }
  }
}

/**
 * One round of pre-consultation (사전협의), from the draft to the letter, the return or the withdrawal; the decision is in `decision.ts`, what
 * the applicant may do about it in `objection.ts`, a plan that changes afterwards in `change.ts`, what becomes of the conditions in
 * `follow-up.ts`. The refusals of the review are in `guards.ts`, what makes a command malformed in `wellformed.ts`.
 */
export const consultationDecider: Decider<ConsultationCommand, ConsultationEvent, ConsultationState> = {
  initialState: null,
  decide,
  evolve,
};

import { AGENCY_TIERS } from '../agency/agency.js';
import type { Decider, DomainCommand } from '../kernel/decider.js';
import { RuleViolated } from '../kernel/errors.js';
import type { PlanVersion } from '../kernel/plan.js';
import { same } from '../kernel/same.js';
import { checkChoice, checkDate, checkPlanVersion, checkStamp, checkText, LIMITS, checkId } from '../kernel/wellformed.js';
import type {
  AgencyAsNamed,
  Basis,
  Condition,
  ConsultationEvent,
  CorrectionAnswer,
  CorrectionItem,
  Finding,
  NonFaultRelation,
  Outcome,
  OverlapRelation,
  ReviewTrack,
} from './events.js';
import { decideFollowUp, evolveFollowUp, obligationsOf, type FollowUpCommand } from './follow-up.js';
import * as guard from './guards.js';
import { decideJointReview, evolveJointReview, type JointReviewCommand } from './joint-review.js';
import type { ConsultationState } from './state.js';
import { checkAnswers, checkBasis, checkConditions, checkDocumentNumber, checkFinding, checkItems } from './wellformed.js';

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
export const OUTCOMES: readonly Outcome[] = ['PROCEED', 'PROCEED_CONDITIONALLY', 'HOLD'];
export const REVIEW_TRACKS: readonly ReviewTrack[] = ['standard', 'isp', 'fast'];

export type DraftConsultation = DomainCommand<
  'draft-consultation',
  {
    readonly consultation: string;
    readonly project: string;
    readonly plan: PlanVersion;
    readonly applicant: AgencyAsNamed;
    readonly authority: AgencyAsNamed;
  }
>;
export type ReviseDraft = DomainCommand<'revise-draft', { readonly plan: PlanVersion }>;
/** 신청: files the draft as it stands. */
export type SubmitConsultation = DomainCommand<'submit-consultation', object>;
/** 접수. Track, due date and rule set are computed by the caller from the dated rules in force that day. */
export type ReceiveConsultation = DomainCommand<
  'receive-consultation',
  { readonly track: ReviewTrack; readonly dueOn: string; readonly ruleSet: string }
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
/** 보완·시정요청. The items are numbered from 1 in the order given. */
export type RequestCorrection = DomainCommand<
  'request-correction',
  { readonly items: readonly Omit<CorrectionItem, 'number'>[]; readonly respondBy: string }
>;
export type RespondToCorrection = DomainCommand<
  'respond-to-correction',
  { readonly round: number; readonly answers: readonly CorrectionAnswer[]; readonly plan: PlanVersion }
>;
/** The conditions are numbered from 1 in the order given. */
export type ProposeDecision = DomainCommand<
  'propose-decision',
  {
    readonly outcome: Outcome;
    /** May be empty where the outcome needs no ground of its own. */
    readonly reasons: string;
    readonly conditions: readonly Omit<Condition, 'number'>[];
    readonly basis: Basis;
  }
>;
export type SendBackDecision = DomainCommand<'send-back-decision', { readonly proposal: number; readonly reason: string }>;
export type ApproveDecision = DomainCommand<'approve-decision', { readonly proposal: number; readonly basis: Basis }>;
/** 검토결과 통보. `documentNumber` is the letter's: `부서명-일련번호`, optionally with its date in brackets. */
export type NotifyResult = DomainCommand<'notify-result', { readonly proposal: number; readonly documentNumber: string }>;
/** 신청취하. */
export type WithdrawConsultation = DomainCommand<'withdraw-consultation', { readonly reason: string }>;

export type ConsultationCommand =
  | DraftConsultation
  | ReviseDraft
  | SubmitConsultation
  | ReceiveConsultation
  | ReturnConsultation
  | RecordScreening
  | ConfirmOverlap
  | DismissOverlap
  | RequestCorrection
  | RespondToCorrection
  | ProposeDecision
  | SendBackDecision
  | ApproveDecision
  | NotifyResult
  | WithdrawConsultation
  | JointReviewCommand
  | FollowUpCommand;

function decide(command: ConsultationCommand, state: ConsultationState): readonly ConsultationEvent[] {
  const { by, at } = command.data;
  checkStamp(command.data);
  if (command.type === 'draft-consultation') return draft(command, state);
  const the = guard.existing(state);

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
      guard.dueAfterReceipt(dueOn, at);
      return [{ type: 'consultation-received', data: { by, at, track, dueOn, ruleSet } }];
    }
    case 'return-consultation': {
      const { reason } = command.data;
      checkText(reason, '/reason', LIMITS.reason);
      guard.byTheAuthority(the, by);
      if (the.phase === 'returned' && the.endedBecause === reason) return [];
      guard.inPhase(the, 'submitted', 'awaiting-applicant');
      guard.answerOverdue(the, at);
      return [{ type: 'consultation-returned', data: { by, at, reason } }];
    }
    case 'record-screening': {
      const { finding } = command.data;
      checkFinding(finding);
      guard.notOfTheApplicant(the, by);
      // Screening runs beside the case: a finding that comes after the decision changes nothing and harms nobody.
      if (guard.isDecided(the)) return [];
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
      guard.inPhase(the, 'received', 'under-review', 'awaiting-applicant');
      guard.amongTheCandidates(the, candidate);
      const settled = guard.standingSettlement(the, candidate);
      if (settled?.confirmed === confirmed && settled.relation === relation && settled.reason === reason) return [];
      return command.type === 'confirm-overlap'
        ? [{ type: 'overlap-confirmed', data: { by, at, candidate, relation: command.data.relation, reason } }]
        : [{ type: 'overlap-dismissed', data: { by, at, candidate, relation: command.data.relation, reason } }];
    }
    case 'request-correction': {
      const { respondBy } = command.data;
      checkItems(command.data.items, the.plan.content);
      checkDate(respondBy, '/respondBy');
      guard.byTheAuthority(the, by);
      const items = command.data.items.map(({ pointer, text }, index) => ({ number: index + 1, pointer, text }));
      if (same(the.openRound, { items, respondBy })) return [];
      guard.noOpenRound(the);
      guard.inPhase(the, 'received', 'under-review');
      guard.leavesADay(respondBy, at);
      return [{ type: 'correction-requested', data: { by, at, round: the.rounds + 1, items, respondBy } }];
    }
    case 'respond-to-correction': {
      const { round, answers, plan } = command.data;
      checkAnswers(answers);
      checkPlanVersion(plan, '/plan');
      guard.byTheApplicant(the, by);
      const { version, hash } = plan;
      if (the.openRound === null && same(the.lastResponse, { round, answers, plan: { version, hash } })) return [];
      const open = guard.openRound(the, round);
      guard.everyItemAnswered(open.items, answers);
      guard.sameOrNextVersion(the, plan);
      return [{ type: 'response-submitted', data: { by, at, round, answers, plan } }];
    }
    case 'propose-decision': {
      const { outcome, reasons, basis } = command.data;
      checkChoice(outcome, OUTCOMES, '/outcome');
      checkText(reasons, '/reasons', LIMITS.reason, 'may-be-empty');
      checkConditions(command.data.conditions);
      checkBasis(basis);
      guard.byTheAuthority(the, by);
      const conditions = command.data.conditions.map(({ text, dueOn, candidate }, index) => ({
        number: index + 1,
        text,
        dueOn,
        candidate,
      }));
      const proposed = { outcome, reasons, conditions, basis };
      const { proposal } = the;
      if (the.phase === 'pending-approval' && proposal?.proposer === by.person) {
        const standing = {
          outcome: proposal.outcome,
          reasons: proposal.reasons,
          conditions: proposal.conditions,
          basis: proposal.basis,
        };
        if (same(standing, proposed)) return [];
      }
      guard.noOpenRound(the);
      guard.noOpenJointReview(the);
      guard.noProposalPending(the);
      guard.inPhase(the, 'received', 'under-review');
      guard.screened(the);
      guard.everyFlaggedCandidateSettled(the);
      guard.conditionsFitOutcome(the, outcome, conditions);
      guard.holdHasGround(the, outcome, reasons);
      return [{ type: 'decision-proposed', data: { by, at, proposal: the.proposals + 1, ...proposed } }];
    }
    case 'send-back-decision': {
      const { proposal, reason } = command.data;
      checkText(reason, '/reason', LIMITS.reason);
      guard.byTheAuthority(the, by);
      if (the.phase === 'under-review' && same(the.sentBack, { proposal, reason })) return [];
      guard.inPhase(the, 'pending-approval');
      guard.theCurrentProposal(the, proposal);
      return [{ type: 'decision-sent-back', data: { by, at, proposal, reason } }];
    }
    case 'approve-decision': {
      const { proposal, basis } = command.data;
      checkBasis(basis);
      guard.byTheAuthority(the, by);
      if (the.phase === 'approved' && the.proposal?.number === proposal && the.proposal.approver === by.person) return [];
      guard.inPhase(the, 'pending-approval');
      guard.theCurrentProposal(the, proposal);
      guard.byAnotherPersonThanTheProposer(the, by);
      // The inventory may have been screened again since the proposal.
      guard.everyFlaggedCandidateSettled(the);
      return [{ type: 'decision-approved', data: { by, at, proposal, basis } }];
    }
    case 'notify-result': {
      const { documentNumber } = command.data;
      checkDocumentNumber(documentNumber);
      guard.byTheAuthority(the, by);
      if (the.documentNumber === documentNumber && the.proposal?.number === command.data.proposal) return [];
      guard.inPhase(the, 'approved');
      const { outcome, reasons, conditions } = guard.theCurrentProposal(the, command.data.proposal);
      return [{ type: 'result-notified', data: { by, at, documentNumber, outcome, reasons, conditions } }];
    }
    case 'withdraw-consultation': {
      const { reason } = command.data;
      checkText(reason, '/reason', LIMITS.reason);
      guard.byTheApplicant(the, by);
      if (the.phase === 'withdrawn' && the.endedBecause === reason) return [];
      guard.notOver(the);
      return [{ type: 'consultation-withdrawn', data: { by, at, reason } }];
    }
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
      return decideFollowUp(command, the);
    default: {
      const never: never = command;
      return never;
    }
  }
}

function draft({ data }: DraftConsultation, state: ConsultationState): readonly ConsultationEvent[] {
  const { by, at, consultation, project, plan, applicant, authority } = data;
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
  return [{ type: 'consultation-drafted', data: { by, at, consultation, project, plan, applicant, authority } }];
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
  proposals: 0,
  proposal: null,
  sentBack: null,
  documentNumber: null,
  endedBecause: null,
  jointReviews: [],
  differences: [],
  obligations: [],
  recommendations: [],
};

function evolve(state: ConsultationState, event: ConsultationEvent): ConsultationState {
  if (event.type === 'consultation-drafted') {
    const { consultation, project, plan, applicant, authority } = event.data;
    return { ...untouched, phase: 'draft', consultation, project, plan, applicant, authority };
  }
  if (state === null) return state;
  switch (event.type) {
    case 'draft-revised':
      return { ...state, plan: event.data.plan };
    case 'consultation-submitted':
      return { ...state, phase: 'submitted', plan: event.data.plan };
    case 'consultation-received': {
      const { track, dueOn, ruleSet } = event.data;
      return { ...state, phase: 'received', receipt: { track, dueOn, ruleSet } };
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
    case 'correction-requested': {
      const { round, items, respondBy } = event.data;
      return { ...state, phase: 'awaiting-applicant', rounds: round, openRound: { items, respondBy } };
    }
    case 'response-submitted': {
      const { round, answers, plan } = event.data;
      const lastResponse = { round, answers, plan: { version: plan.version, hash: plan.hash } };
      return { ...state, phase: 'under-review', plan, openRound: null, lastResponse };
    }
    case 'decision-proposed': {
      const { by, proposal: number, outcome, reasons, conditions, basis } = event.data;
      const proposal = { number, proposer: by.person, outcome, reasons, conditions, basis, approver: null };
      return { ...state, phase: 'pending-approval', proposals: number, proposal };
    }
    case 'decision-sent-back': {
      const { proposal, reason } = event.data;
      return { ...state, phase: 'under-review', proposal: null, sentBack: { proposal, reason } };
    }
    case 'decision-approved': {
      const approver = event.data.by.person;
      return { ...state, phase: 'approved', proposal: state.proposal && { ...state.proposal, approver } };
    }
    case 'result-notified': {
      const { documentNumber, conditions } = event.data;
      const phase = conditions.length > 0 ? 'follow-up' : 'notified';
      return { ...state, phase, documentNumber, obligations: obligationsOf(conditions) };
    }
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
    case 'consultation-closed':
      return evolveFollowUp(state, event);
    default: {
      event satisfies never;
      return state;
    }
  }
}

/**
 * One round of pre-consultation (사전협의), from the draft to the letter, the return or the withdrawal; what becomes of the conditions
 * after the letter is in `follow-up.ts`. The refusals of the review are in `guards.ts`, what makes a command malformed in `wellformed.ts`.
 */
export const consultationDecider: Decider<ConsultationCommand, ConsultationEvent, ConsultationState> = {
  initialState: null,
  decide,
  evolve,
};

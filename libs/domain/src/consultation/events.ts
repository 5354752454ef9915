import type { AgencyTier } from '../agency/events.js';
import type { Actor, DomainEvent, Stamp } from '../kernel/decider.js';
import type { Message } from '../kernel/errors.js';
import type { PlanVersion } from '../kernel/plan.js';

/** 검토 결과: 추진, 조건부추진, 추진보류 (domain guideline a.9). 반려 is an act of intake, not an outcome of review. */
export type Outcome = 'PROCEED' | 'PROCEED_CONDITIONALLY' | 'HOLD';

/** What a person finds two systems to be to each other. The second group are not faults. */
export type OverlapRelation =
  | 'DUPLICATES'
  | 'PARTIAL_FUNCTION_OVERLAP'
  | 'SAME_DATA_COLLECTED'
  | 'SHOULD_LINK'
  | 'SHOULD_REUSE_COMMON_SYSTEM'
  | 'SIBLING_LOCAL_COPY'
  | 'PRIVATE_SERVICE_DUPLICATION'
  | 'RELAUNCH_OF_FAILED'
  | NonFaultRelation;
export type NonFaultRelation = 'DEPLOYMENT_OF_STANDARD' | 'SUCCESSOR_OF' | 'INTEGRATION_HUB' | 'PHASE_OF' | 'UNRELATED';

/** Names are copied as they were then: a later renaming must not change what the record says. */
export interface AgencyAsNamed {
  readonly id: string;
  readonly name: string;
  readonly tier: AgencyTier;
}

/** 처리 유형: standard 30 days, ISP 7, disaster-safety fast track 10 (지침 제16조; 신속처리제 2023). */
export type ReviewTrack = 'standard' | 'isp' | 'fast';

/** 보완요청 (something is missing), 시정요청 (the plan must change), 소명요청 (a finding needs an explanation). */
export type RequestType = 'supplement' | 'correction' | 'explanation';

export type Facet = 'title' | 'purpose' | 'function' | 'data' | 'users' | 'text';

/** A passage of one side: `field` and `index` name the string, `start`/`end` count UTF-16 units in it. */
export interface Passage {
  readonly field: string;
  readonly index: number;
  readonly start: number;
  readonly end: number;
  readonly quote: string;
}

/** One reason why a candidate is shown. `score` is 0…1; `terms` are what both sides share. */
export interface Evidence {
  readonly facet: Facet;
  readonly score: number;
  readonly plan: Passage;
  readonly candidate: Passage;
  readonly terms: readonly string[];
}

export interface OverlapCandidate {
  readonly id: string;
  /** `system`: an existing system. `plan`: a pending plan of another agency (its `id` is a consultation). */
  readonly kind: 'system' | 'plan';
  readonly name: string;
  readonly agency: string;
  /** 0…1, calibrated by the engine. A suggestion, never a verdict. */
  readonly probability: number;
  /** At or above the threshold: a person must settle it before a decision. */
  readonly flagged: boolean;
  /** Similarity by facet, 0…1. */
  readonly facets: Readonly<Partial<Record<Facet, number>>>;
  readonly evidence: readonly Evidence[];
  /** What the engine proposed that the two are to each other. The first engines proposed nothing. */
  readonly relation?: { readonly relation: OverlapRelation; readonly because: readonly SuggestionGround[] };
  /** Best agreement of each of the plan's functions, in the plan's order, 0…1. */
  readonly functionAgreement?: readonly number[];
  /** How many more records read the same and stand after others. */
  readonly alike?: number;
  /** By a learned model where one was in use, 0…1. Never part of the probability. */
  readonly closeness?: number;
}

/** Why the engine proposed a relation: a stable code, and the words that say so. */
export interface SuggestionGround {
  readonly ground: string;
  readonly quote?: string;
}

/** Functions of the plan, by their places from 0, that a candidate has already. `saving` in whole won is null when the plan does not say what they cost. */
export interface ReuseSuggestion {
  readonly candidate: string;
  readonly functions: readonly number[];
  readonly of: number;
  readonly saving: { readonly lowKrw: number; readonly highKrw: number } | null;
}

/** Everything needed to compute the finding again, years later. */
export interface Finding {
  readonly planVersion: number;
  readonly planHash: string;
  readonly engine: Readonly<Record<string, string>>;
  /** Decimal log position up to which inventory and pending plans were considered. */
  readonly inventoryPosition: string;
  /** Records compared. */
  readonly compared: number;
  readonly threshold: number;
  /** Best first. */
  readonly candidates: readonly OverlapCandidate[];
  /** What could be used from elsewhere; absent when nothing can, and in findings of the first engines. */
  readonly reuse?: readonly ReuseSuggestion[];
}

export interface CorrectionItem {
  /** From 1 within its round. */
  readonly number: number;
  /** JSON pointer into the plan content, e.g. `/functions/2`; empty for the whole plan. */
  readonly pointer: string;
  readonly text: string;
  /** 보완, 시정 or 소명. Requests of before there were kinds have none: they were 시정요청. */
  readonly kind?: RequestType;
  /** The passage meant, word for word as it stands at `pointer`. */
  readonly quote?: string;
  /** Why it is asked only now, although an earlier round looked at the same text. */
  readonly because?: string;
}

export interface CorrectionAnswer {
  readonly number: number;
  readonly answer: string;
}

export interface Condition {
  readonly number: number;
  readonly text: string;
  /** Legal date `YYYY-MM-DD`; null when the condition binds without a date. */
  readonly dueOn: string | null;
  /** The candidate it follows from, when there is one. */
  readonly candidate: string | null;
  /** Code of the condition library. Conditions of before there was one have none, as those have that none fitted. */
  readonly code?: string;
  /** Why no condition of the library fits. */
  readonly ownWordingBecause?: string;
  /** Who must act: an agency or a unit of it, never a person. */
  readonly owner?: string;
  /** What will show that it is met, piece by piece; a result gives every piece. */
  readonly evidence?: readonly string[];
}

/** 적합, 조건부 적합, 부적합, 해당 없음. */
export type ItemVerdict = 'SUITABLE' | 'SUITABLE_WITH_CONDITIONS' | 'UNSUITABLE' | 'NOT_APPLICABLE';

/** 검토의견 on one item of the checklist, whose name is copied as the rules of the case had it. */
export interface ItemOpinion {
  readonly item: number;
  readonly name: Message;
  readonly verdict: ItemVerdict;
  /** May be empty where the item is plainly suitable. */
  readonly text: string;
}

/** The round before this one, and why there is another. */
export interface PreviousConsultation {
  readonly consultation: string;
  /** Of the earlier one, from 1. */
  readonly round: number;
  readonly because: 'returned' | 'withdrawn' | 'held' | 'material-change';
}

/** What was said about the project at budget time (예비검토), as it stood when the consultation was drafted. */
export interface PreliminaryOpinionAsGiven {
  /** Number of the request on the project's preliminary stream. */
  readonly request: number;
  readonly fiscalYear: number;
  readonly verdict: PreliminaryVerdict;
  readonly text: string;
  /** Legal date. */
  readonly givenOn: string;
}

/** 예비검토 의견: may go into the budget, only after an adjustment, or better not. */
export type PreliminaryVerdict = 'NO_OBJECTION' | 'ADJUST' | 'RECONSIDER';

/** What shows that a condition is met: in words, and the SHA-256 of the attached document where there is one. */
export interface ActionEvidence {
  readonly text: string;
  readonly attachment: string | null;
  /** Which piece of required evidence this is, counted from 1; none when it is something besides. */
  readonly requirement?: number;
}

/** What the person was shown when deciding: log position, SHA-256 of the shown case, rule set in force. */
export interface Basis {
  readonly position: string;
  readonly viewHash: string;
  readonly ruleSet: string;
}

export type ConsultationDrafted = DomainEvent<
  'consultation-drafted',
  Stamp & {
    readonly consultation: string;
    readonly project: string;
    readonly plan: PlanVersion;
    readonly applicant: AgencyAsNamed;
    /** 협의기관: the agency that reviews and decides. */
    readonly authority: AgencyAsNamed;
    /** 재신청·재협의: which consultation this one takes up again. */
    readonly previousConsultation?: PreviousConsultation;
    readonly preliminaryReview?: PreliminaryOpinionAsGiven;
  }
>;
export type DraftRevised = DomainEvent<'draft-revised', Stamp & { readonly plan: PlanVersion }>;
/** 결재 올림: the draft, as it read then, was put before the agency's own approver. */
export type SubmissionRequested = DomainEvent<
  'submission-requested',
  Stamp & { readonly planVersion: number; readonly planHash: string }
>;
/** 돌려보냄: the agency's own approver did not file the draft. */
export type DraftSentBack = DomainEvent<'draft-sent-back', Stamp & { readonly reason: string }>;
/** 신청. The plan as filed stands in the event: what was filed never depends on another stream. */
export type ConsultationSubmitted = DomainEvent<'consultation-submitted', Stamp & { readonly plan: PlanVersion }>;
/** 접수: starts the clock. */
export type ConsultationReceived = DomainEvent<
  'consultation-received',
  Stamp & { readonly track: ReviewTrack; readonly dueOn: string; readonly ruleSet: string }
>;
/** 반려. */
export type ConsultationReturned = DomainEvent<'consultation-returned', Stamp & { readonly reason: string }>;
export type OverlapScreened = DomainEvent<'overlap-screened', Stamp & { readonly finding: Finding }>;
export type OverlapConfirmed = DomainEvent<
  'overlap-confirmed',
  Stamp & { readonly candidate: string; readonly relation: OverlapRelation; readonly reason: string }
>;
export type OverlapDismissed = DomainEvent<
  'overlap-dismissed',
  Stamp & { readonly candidate: string; readonly relation: NonFaultRelation; readonly reason: string }
>;
/**
 * 보완·시정·소명요청: the one bundle of a round, which may mix the kinds. Pauses the clock until the applicant answers. `planVersion` is the
 * plan that the pointers point into; the first requests did not say it, and meant the plan of that moment.
 */
export type CorrectionRequested = DomainEvent<
  'correction-requested',
  Stamp & {
    readonly round: number;
    readonly items: readonly CorrectionItem[];
    readonly respondBy: string;
    readonly planVersion?: number;
  }
>;
/** 조치계획·보완 제출, item by item, with the plan as it now reads. */
export type ResponseSubmitted = DomainEvent<
  'response-submitted',
  Stamp & { readonly round: number; readonly answers: readonly CorrectionAnswer[]; readonly plan: PlanVersion }
>;
/** The answer settles what was asked. */
export type ResponseAccepted = DomainEvent<'response-accepted', Stamp & { readonly round: number; readonly remarks: string }>;
/** The answer does not settle it. Does not stop the clock: only a new request does. */
export type ResponseRejected = DomainEvent<'response-rejected', Stamp & { readonly round: number; readonly reason: string }>;
/** 보완기간 연장 신청: the applicant asks for a later day. */
export type ResponseExtensionRequested = DomainEvent<
  'response-extension-requested',
  Stamp & { readonly round: number; readonly respondBy: string; readonly reason: string }
>;
export type ResponseExtended = DomainEvent<
  'response-extended',
  Stamp & { readonly round: number; readonly respondBy: string; readonly formerRespondBy: string; readonly reason: string }
>;
export type ResponseExtensionDeclined = DomainEvent<
  'response-extension-declined',
  Stamp & { readonly round: number; readonly reason: string }
>;
/** 독촉: so many days before the answer is due; null when a person reminds. */
export type ApplicantReminded = DomainEvent<
  'applicant-reminded',
  Stamp & { readonly round: number; readonly respondBy: string; readonly daysBefore: number | null }
>;
/** The day to answer has passed without an answer. The clock stays where it is: the applicant still holds the case. */
export type ResponseOverdue = DomainEvent<'response-overdue', Stamp & { readonly round: number; readonly respondBy: string }>;
/** The review goes on with what is on file, without the answer: closes the round and lets the clock run. */
export type ProceededOnFile = DomainEvent<'proceeded-on-file', Stamp & { readonly round: number; readonly reason: string }>;
/** 대면회의 with the applicant. */
export type MeetingHeld = DomainEvent<
  'meeting-held',
  Stamp & { readonly meeting: number; readonly heldOn: string; readonly minutes: string }
>;

/** What passes between the reviewer and the applicant while the review goes on. */
export type RequestEvent =
  | CorrectionRequested
  | ResponseSubmitted
  | ResponseAccepted
  | ResponseRejected
  | ResponseExtensionRequested
  | ResponseExtended
  | ResponseExtensionDeclined
  | ApplicantReminded
  | ResponseOverdue
  | ProceededOnFile
  | MeetingHeld;

/** 신속처리제: from then on the days of the fast track count. `ground`: why it is a disaster-safety project. */
export type FastTrackDesignated = DomainEvent<'fast-track-designated', Stamp & { readonly ground: string }>;
/** Off the fast track. `candidate`: the confirmed overlap that took it off by itself; null when a person did. */
export type FastTrackRevoked = DomainEvent<
  'fast-track-revoked',
  Stamp & { readonly reason: string; readonly candidate: string | null }
>;
/** 기한연장 통지, before the due date passes. `dueOn` is the legal day of that moment, which the notice does not move. */
export type DelayNotified = DomainEvent<
  'delay-notified',
  Stamp & { readonly dueOn: string; readonly expectedNotificationOn: string; readonly reason: string }
>;
/** So large a share of the `given` days is used on the day `on`. */
export type DeadlineWarningRaised = DomainEvent<
  'deadline-warning-raised',
  Stamp & { readonly share: number; readonly given: number; readonly on: string }
>;

/** What decides by when the authority has to notify, besides the requests. */
export type TrackEvent = FastTrackDesignated | FastTrackRevoked | DelayNotified | DeadlineWarningRaised;

/** 배정: the lead reviewer (주심). */
export type ReviewerAssigned = DomainEvent<'reviewer-assigned', Stamp & { readonly reviewer: Actor }>;
export type ReviewerReassigned = DomainEvent<
  'reviewer-reassigned',
  Stamp & { readonly reviewer: Actor; readonly former: Actor; readonly reason: string }
>;
export type AssignmentEvent = ReviewerAssigned | ReviewerReassigned;

/**
 * 이관: the ministry reviews and decides from now on, because of a confirmed overlap with a central system; without a candidate, because the
 * authority and the applicant have become one.
 */
export type ReviewEscalated = DomainEvent<
  'review-escalated',
  Stamp & {
    readonly candidate: string | null;
    readonly reason: string;
    readonly from: AgencyAsNamed;
    readonly to: AgencyAsNamed;
  }
>;

/** A candidate as far as its name goes: what a person adds has no similarity. */
export type NamedCandidate = Pick<OverlapCandidate, 'id' | 'kind' | 'name' | 'agency'>;
/** A person knows of an overlap that the screening did not find. From then on it has to be settled like any other. */
export type OverlapCandidateAdded = DomainEvent<
  'overlap-candidate-added',
  Stamp & { readonly candidate: NamedCandidate; readonly reason: string }
>;

export type DecisionProposed = DomainEvent<
  'decision-proposed',
  Stamp & {
    readonly proposal: number;
    readonly outcome: Outcome;
    readonly reasons: string;
    readonly conditions: readonly Condition[];
    readonly basis: Basis;
    /** One for each item of the checklist; the first decisions had none. */
    readonly opinions?: readonly ItemOpinion[];
  }
>;
export type DecisionSentBack = DomainEvent<'decision-sent-back', Stamp & { readonly proposal: number; readonly reason: string }>;
/** The second pair of eyes. */
export type DecisionApproved = DomainEvent<'decision-approved', Stamp & { readonly proposal: number; readonly basis: Basis }>;
/** The approved content is no longer what it was: the decision must be proposed and approved anew. The approval stays in the record. */
export type ApprovalInvalidated = DomainEvent<
  'approval-invalidated',
  Stamp & { readonly proposal: number; readonly because: InvalidationCause }
>;
export type InvalidationCause =
  'screened-anew' | 'candidate-added' | 'candidate-settled-anew' | 'asked-again' | 'proposal-replaced';
/** After an upheld objection: another decision takes the place of the first, which stays in the record. Comes with the letter that tells it. */
export type DecisionAmended = DomainEvent<
  'decision-amended',
  Stamp & {
    readonly objection: number;
    readonly proposal: number;
    readonly formerDocumentNumber: string;
    readonly documentNumber: string;
    readonly formerOutcome: Outcome;
    readonly outcome: Outcome;
  }
>;
/** 검토결과 통보: the official letter. */
export type ResultNotified = DomainEvent<
  'result-notified',
  Stamp & {
    readonly documentNumber: string;
    readonly outcome: Outcome;
    readonly reasons: string;
    readonly conditions: readonly Condition[];
    readonly opinions?: readonly ItemOpinion[];
    /** Number of the letter that this one takes the place of. */
    readonly amends?: string;
  }
>;

/** How a decision is made. */
export type DecisionEvent =
  DecisionProposed | DecisionSentBack | DecisionApproved | ApprovalInvalidated | DecisionAmended | ResultNotified;

/** 이의: against the letter named, until the day that the rules gave. */
export type ObjectionRaised = DomainEvent<
  'objection-raised',
  Stamp & { readonly objection: number; readonly letter: string; readonly grounds: string; readonly raiseBy: string }
>;
/** 인용: the contested decision is reviewed and made anew. Until then it stands. */
export type ObjectionUpheld = DomainEvent<'objection-upheld', Stamp & { readonly objection: number; readonly reason: string }>;
/** 기각. */
export type ObjectionDismissed = DomainEvent<
  'objection-dismissed',
  Stamp & { readonly objection: number; readonly reason: string }
>;
/** 보류된 사업의 포기: the applicant does not come back with a revised plan. */
export type HeldPlanAbandoned = DomainEvent<'held-plan-abandoned', Stamp & { readonly reason: string }>;

/** What the applicant does about a decision, and what becomes of it. */
export type ObjectionEvent = ObjectionRaised | ObjectionUpheld | ObjectionDismissed | HeldPlanAbandoned;

/** What is material about a change, and by which rule. */
export interface MaterialFinding {
  readonly rule: string;
  readonly kind: 'budget-changes-by' | 'new-function' | 'new-app';
  readonly before: string | number | null;
  readonly after: string | number | null;
}
/** 변경 신고: the plan as it is to be carried out now, beside the version that was decided upon. */
export type MaterialChangeReported = DomainEvent<
  'material-change-reported',
  Stamp & { readonly change: number; readonly decidedVersion: number; readonly plan: PlanVersion; readonly reason: string }
>;
/** 재협의 대상: the changed plan needs a consultation of its own before it is ordered. */
export type ReConsultationRequired = DomainEvent<
  're-consultation-required',
  Stamp & { readonly change: number; readonly because: readonly MaterialFinding[] }
>;
/** 경미한 변경: nothing in it is material by the rules named. */
export type ChangeAcceptedWithoutReview = DomainEvent<
  'change-accepted-without-review',
  Stamp & { readonly change: number; readonly rules: readonly string[] }
>;

/** What becomes of a decided plan that changes. */
export type ChangeEvent = MaterialChangeReported | ReConsultationRequired | ChangeAcceptedWithoutReview;
export type ConsultationWithdrawn = DomainEvent<'consultation-withdrawn', Stamp & { readonly reason: string }>;

/** 조치계획: how and by when a condition will be met. */
export type ActionPlanSubmitted = DomainEvent<
  'action-plan-submitted',
  Stamp & { readonly condition: number; readonly actionPlan: string; readonly completeBy: string }
>;
/** 조치결과. Submissions are numbered from 1 for each condition; a later one takes the place of the one before. */
export type ActionResultSubmitted = DomainEvent<
  'action-result-submitted',
  Stamp & {
    readonly condition: number;
    readonly submission: number;
    readonly result: string;
    readonly evidence: readonly ActionEvidence[];
  }
>;
/** 이행점검: the result does not show that the condition is met. */
export type ActionResultRejected = DomainEvent<
  'action-result-rejected',
  Stamp & { readonly condition: number; readonly submission: number; readonly reason: string }
>;
/** 이행완료, as the authority found. */
export type ConditionFulfilled = DomainEvent<
  'condition-fulfilled',
  Stamp & { readonly condition: number; readonly submission: number; readonly remarks: string }
>;
export type ConditionExtended = DomainEvent<
  'condition-extended',
  Stamp & { readonly condition: number; readonly dueOn: string; readonly formerDueOn: string; readonly reason: string }
>;
export type WaiverProposed = DomainEvent<'waiver-proposed', Stamp & { readonly condition: number; readonly reason: string }>;
export type WaiverDeclined = DomainEvent<'waiver-declined', Stamp & { readonly condition: number; readonly reason: string }>;
/** 조건 면제: by another person than the one who proposed it, for the reason proposed. */
export type ConditionWaived = DomainEvent<
  'condition-waived',
  Stamp & { readonly condition: number; readonly reason: string; readonly proposedBy: string }
>;
/** 미이행: the due date has passed without a result to look at. */
export type ConditionOverdue = DomainEvent<'condition-overdue', Stamp & { readonly condition: number; readonly dueOn: string }>;
/** 개선권고. */
export type ImprovementRecommended = DomainEvent<
  'improvement-recommended',
  Stamp & { readonly recommendation: number; readonly condition: number; readonly text: string; readonly answerBy: string }
>;
export type RecommendationAnswered = DomainEvent<
  'recommendation-answered',
  Stamp & { readonly recommendation: number; readonly answer: string }
>;
/** 시정요구, where a condition is overdue or its result did not do: the applicant says how and by when it puts that right. */
export type CorrectionDemanded = DomainEvent<
  'correction-demanded',
  Stamp & { readonly demand: number; readonly condition: number; readonly text: string; readonly answerBy: string }
>;
/** 시정계획. */
export type CorrectionDemandAnswered = DomainEvent<
  'correction-demand-answered',
  Stamp & { readonly demand: number; readonly remedy: string; readonly completeBy: string }
>;
/** 종결: every condition is fulfilled or waived. */
export type ConsultationClosed = DomainEvent<
  'consultation-closed',
  Stamp & { readonly fulfilled: readonly number[]; readonly waived: readonly number[] }
>;

/** What becomes of the conditions after the letter. */
export type FollowUpEvent =
  | ActionPlanSubmitted
  | ActionResultSubmitted
  | ActionResultRejected
  | ConditionFulfilled
  | ConditionExtended
  | WaiverProposed
  | WaiverDeclined
  | ConditionWaived
  | ConditionOverdue
  | ImprovementRecommended
  | RecommendationAnswered
  | CorrectionDemanded
  | CorrectionDemandAnswered
  | ConsultationClosed;

/** What the owner of the overlapping system says: it can be reused, should be linked, is something else, or the plan should not go on. */
export type OwnerOpinion = 'REUSE_POSSIBLE' | 'LINK' | 'DIFFERENT' | 'OBJECTION';
export type JointReviewConclusion = 'AGREEMENT' | 'NO_AGREEMENT' | 'SILENCE';

/** 공동검토: the agency that owns the overlapping system is asked for its opinion by a day. Does not stop the clock. */
export type JointReviewOpened = DomainEvent<
  'joint-review-opened',
  Stamp & { readonly review: number; readonly candidate: string; readonly owner: AgencyAsNamed; readonly dueOn: string }
>;
/** `terms`: on which reuse or linking is possible, or why not. */
export type OwnerOpinionSubmitted = DomainEvent<
  'owner-opinion-submitted',
  Stamp & { readonly review: number; readonly opinion: OwnerOpinion; readonly terms: string }
>;
/** 중복과업 조정안, by one of the two sides. */
export type TaskAdjustmentProposed = DomainEvent<
  'task-adjustment-proposed',
  Stamp & { readonly review: number; readonly adjustment: string }
>;
/** 중복과업 조정: the other side agrees to the very text proposed. */
export type TaskAdjustmentAgreed = DomainEvent<
  'task-adjustment-agreed',
  Stamp & { readonly review: number; readonly adjustment: string; readonly proposedBy: string }
>;
export type JointReviewClosed = DomainEvent<
  'joint-review-closed',
  Stamp & { readonly review: number; readonly conclusion: JointReviewConclusion; readonly remarks: string }
>;
/** 소명: why the applicant holds its plan to be different from the candidate. */
export type DifferenceStated = DomainEvent<
  'difference-stated',
  Stamp & { readonly candidate: string; readonly statement: string }
>;

/** What the agencies concerned say about an overlap. */
export type JointReviewEvent =
  | JointReviewOpened
  | OwnerOpinionSubmitted
  | TaskAdjustmentProposed
  | TaskAdjustmentAgreed
  | JointReviewClosed
  | DifferenceStated;

export type ConsultationEvent =
  | ConsultationDrafted
  | DraftRevised
  | SubmissionRequested
  | DraftSentBack
  | ConsultationSubmitted
  | ConsultationReceived
  | ConsultationReturned
  | OverlapScreened
  | OverlapConfirmed
  | OverlapDismissed
  | OverlapCandidateAdded
  | RequestEvent
  | TrackEvent
  | AssignmentEvent
  | ReviewEscalated
  | DecisionEvent
  | ObjectionEvent
  | ChangeEvent
  | ConsultationWithdrawn
  | JointReviewEvent
  | FollowUpEvent;

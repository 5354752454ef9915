import type { AgencyTier } from '../agency/events.js';
import type { DomainEvent, Stamp } from '../kernel/decider.js';
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
}

export interface CorrectionItem {
  /** From 1 within its round. */
  readonly number: number;
  /** JSON pointer into the plan content, e.g. `/functions/2`; empty for the whole plan. */
  readonly pointer: string;
  readonly text: string;
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
}

/** What shows that a condition is met: in words, and the SHA-256 of the attached document where there is one. */
export interface ActionEvidence {
  readonly text: string;
  readonly attachment: string | null;
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
  }
>;
export type DraftRevised = DomainEvent<'draft-revised', Stamp & { readonly plan: PlanVersion }>;
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
/** 시정요청: pauses the clock until the applicant answers. */
export type CorrectionRequested = DomainEvent<
  'correction-requested',
  Stamp & { readonly round: number; readonly items: readonly CorrectionItem[]; readonly respondBy: string }
>;
/** 조치계획·보완 제출, item by item, with the plan as it now reads. */
export type ResponseSubmitted = DomainEvent<
  'response-submitted',
  Stamp & { readonly round: number; readonly answers: readonly CorrectionAnswer[]; readonly plan: PlanVersion }
>;
export type DecisionProposed = DomainEvent<
  'decision-proposed',
  Stamp & {
    readonly proposal: number;
    readonly outcome: Outcome;
    readonly reasons: string;
    readonly conditions: readonly Condition[];
    readonly basis: Basis;
  }
>;
export type DecisionSentBack = DomainEvent<'decision-sent-back', Stamp & { readonly proposal: number; readonly reason: string }>;
/** The second pair of eyes. */
export type DecisionApproved = DomainEvent<'decision-approved', Stamp & { readonly proposal: number; readonly basis: Basis }>;
/** 검토결과 통보: the official letter. */
export type ResultNotified = DomainEvent<
  'result-notified',
  Stamp & {
    readonly documentNumber: string;
    readonly outcome: Outcome;
    readonly reasons: string;
    readonly conditions: readonly Condition[];
  }
>;
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
  | ConsultationSubmitted
  | ConsultationReceived
  | ConsultationReturned
  | OverlapScreened
  | OverlapConfirmed
  | OverlapDismissed
  | CorrectionRequested
  | ResponseSubmitted
  | DecisionProposed
  | DecisionSentBack
  | DecisionApproved
  | ResultNotified
  | ConsultationWithdrawn
  | JointReviewEvent
  | FollowUpEvent;

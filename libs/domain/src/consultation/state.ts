import type { Actor } from '../kernel/decider.js';
import type { PlanVersion } from '../kernel/plan.js';
import type {
  ActionEvidence,
  AgencyAsNamed,
  Basis,
  Condition,
  CorrectionAnswer,
  CorrectionItem,
  Finding,
  ItemOpinion,
  JointReviewConclusion,
  NamedCandidate,
  Outcome,
  OverlapRelation,
  OwnerOpinion,
  PreviousConsultation,
  ReviewTrack,
} from './events.js';

/**
 * `received` becomes `under-review` with the reviewer's first act. `approved` is decided inside the authority but not yet told to the
 * applicant. With `notified` the review is over; a conditional result goes on to `follow-up` until every condition is fulfilled or waived, and
 * is then `closed`. `objection`: the applicant contests the letter; when that is upheld the case is `under-review` again while the letter stands.
 */
export type Phase =
  | 'draft'
  | 'submitted'
  | 'received'
  | 'under-review'
  | 'awaiting-applicant'
  | 'pending-approval'
  | 'approved'
  | 'notified'
  | 'follow-up'
  | 'objection'
  | 'closed'
  | 'returned'
  | 'withdrawn';

/** What a person found about a candidate, and how probable the engine held it then. */
export interface Settlement {
  readonly candidate: string;
  readonly confirmed: boolean;
  readonly relation: OverlapRelation;
  readonly reason: string;
  readonly probability: number;
}

export interface Proposal {
  readonly number: number;
  readonly proposer: string;
  readonly outcome: Outcome;
  readonly reasons: string;
  readonly conditions: readonly Condition[];
  readonly basis: Basis;
  /** Person who approved it; null until then. */
  readonly approver: string | null;
  /** On each item of the checklist; absent where none were asked for. */
  readonly opinions?: readonly ItemOpinion[];
}

/** A letter that went out. The newest one stands. */
export interface Letter {
  readonly documentNumber: string;
  readonly outcome: Outcome;
  /** Legal date. */
  readonly notifiedOn: string;
}

/** 이의. Waits for the authority until it has a decision. */
export interface Objection {
  readonly number: number;
  /** The letter that it contests. */
  readonly letter: string;
  readonly grounds: string;
  readonly decision: 'upheld' | 'dismissed' | null;
  readonly reason: string;
}

/** A change of the decided plan, as it was reported. */
export interface ReportedChange {
  readonly number: number;
  readonly version: number;
  readonly hash: string;
  /** Whether the rules ask for another consultation about it. */
  readonly reConsultation: boolean;
}

/** 시정요구. */
export interface CorrectionDemand {
  readonly number: number;
  readonly condition: number;
  readonly text: string;
  readonly answerBy: string;
  readonly answer: { readonly remedy: string; readonly completeBy: string } | null;
}

/** What the newest screening says, as far as a rule reads it. */
export interface Screening {
  readonly planVersion: number;
  readonly planHash: string;
  readonly candidates: readonly {
    readonly id: string;
    readonly name: string;
    readonly probability: number;
    readonly flagged: boolean;
  }[];
}

/** A bundle of requests that waits for the applicant. */
export interface OpenRound {
  readonly items: readonly CorrectionItem[];
  readonly respondBy: string;
  /** A later day that the applicant has asked for and nobody has answered yet. */
  readonly extensionAsked: { readonly respondBy: string; readonly reason: string } | null;
  /** Why the newest wish for more time was not granted. */
  readonly extensionDeclined: string | null;
  readonly extension: { readonly respondBy: string; readonly reason: string } | null;
  /** Reminders by themselves, as `respondBy - days`. */
  readonly reminded: readonly string[];
  /** Legal date of the newest reminder by a person. */
  readonly remindedOn: string | null;
  /** Whether it was recorded as not answered by the day in force. */
  readonly overdue: boolean;
}

/** How the review runs, as far as a rule asks. The days themselves are counted by the clock. */
export interface ReviewCourse {
  readonly track: ReviewTrack;
  /** How often the clock has been started, stopped or put on another track. A timer that was set before the newest turn has nothing to say. */
  readonly turns: number;
  /** Warnings raised, as `share/given`. */
  readonly warned: readonly string[];
  readonly delayNotice: { readonly expectedNotificationOn: string; readonly reason: string } | null;
  /** Why it was taken off the fast track; the newest reason. */
  readonly revokedBecause: string | null;
}

/** A condition as something owed by the applicant. */
export interface Obligation extends Condition {
  /** `submitted`: a result waits for the authority. `lapsed`: an amended decision took its place. */
  readonly status: 'open' | 'submitted' | 'fulfilled' | 'waived' | 'lapsed';
  readonly plan: { readonly actionPlan: string; readonly completeBy: string } | null;
  /** Results submitted so far; the newest has this number. */
  readonly submissions: number;
  readonly result: { readonly result: string; readonly evidence: readonly ActionEvidence[] } | null;
  /** The newest rejection. */
  readonly rejection: { readonly submission: number; readonly reason: string } | null;
  /** The newest extension; `dueOn` is the date in force. */
  readonly extension: { readonly dueOn: string; readonly reason: string } | null;
  /** A waiver that waits for a second person. */
  readonly waiver: { readonly proposer: string; readonly reason: string } | null;
  readonly waiverDeclined: string | null;
  /** Whether it was found overdue at the date in force. */
  readonly overdue: boolean;
}

/** 공동검토 with the owner of one candidate. Open until it has a conclusion. */
export interface JointReview {
  readonly number: number;
  readonly candidate: string;
  readonly owner: AgencyAsNamed;
  readonly dueOn: string;
  /** The newest. */
  readonly opinion: { readonly opinion: OwnerOpinion; readonly terms: string } | null;
  /** The newest; `agency` proposed it. */
  readonly adjustment: { readonly adjustment: string; readonly agency: string; readonly agreed: boolean } | null;
  readonly conclusion: { readonly conclusion: JointReviewConclusion; readonly remarks: string } | null;
}

export interface Recommendation {
  readonly number: number;
  readonly condition: number;
  readonly text: string;
  readonly answerBy: string;
  readonly answer: string | null;
}

/** 기관 내 결재: how far a draft has come inside its own agency. */
export interface SignOff {
  /** Who put the draft before the approver, and when; null when it was sent back since or revised. */
  readonly requested: { readonly by: Actor; readonly at: string } | null;
  /** The newest; null once the draft is put before the approver again. */
  readonly sentBack: { readonly by: Actor; readonly at: string; readonly reason: string } | null;
}

export interface Consultation {
  readonly phase: Phase;
  readonly consultation: string;
  readonly project: string;
  readonly applicant: AgencyAsNamed;
  readonly authority: AgencyAsNamed;
  readonly plan: PlanVersion;
  /** Absent unless somebody put the draft before the agency's own approver. */
  readonly signOff?: SignOff;
  readonly receipt: { readonly track: ReviewTrack; readonly dueOn: string; readonly ruleSet: string } | null;
  readonly screening: Screening | null;
  /** Every finding recorded, by what makes it the same finding. */
  readonly recorded: readonly Pick<Finding, 'engine' | 'inventoryPosition' | 'planHash'>[];
  /** At most one for each candidate: the newest. */
  readonly settlements: readonly Settlement[];
  /** Correction rounds so far. */
  readonly rounds: number;
  readonly openRound: OpenRound | null;
  readonly lastResponse: {
    readonly round: number;
    readonly answers: readonly CorrectionAnswer[];
    readonly plan: Pick<PlanVersion, 'version' | 'hash'>;
    /** What the authority made of it; null until it says. */
    readonly verdict: { readonly accepted: boolean; readonly remarks: string } | null;
  } | null;
  /** The plans that the rounds so far looked at, one for each round. */
  readonly looked: readonly PlanVersion[];
  /** The round that was closed without an answer, and why; the newest. */
  readonly onFile: { readonly round: number; readonly reason: string } | null;
  readonly meetings: readonly { readonly heldOn: string; readonly minutes: string }[];
  /** Null until receipt. */
  readonly course: ReviewCourse | null;
  /** 주심; null while nobody is assigned. */
  readonly lead: Actor | null;
  /** The authority that handed the review to the present one, and why; null while it never changed. */
  readonly escalated: { readonly from: AgencyAsNamed; readonly candidate: string | null; readonly reason: string } | null;
  /** Candidates that people added, whatever a screening says. */
  readonly added: readonly (NamedCandidate & { readonly reason: string })[];
  /** Proposals so far. */
  readonly proposals: number;
  readonly proposal: Proposal | null;
  readonly sentBack: { readonly proposal: number; readonly reason: string } | null;
  /** Letter number once the result is notified: the newest. */
  readonly documentNumber: string | null;
  /** Oldest first. */
  readonly letters: readonly Letter[];
  /** What the standing letter tells: the decision in force, also while an amended one is prepared. */
  readonly decided: Proposal | null;
  /** Objections so far. */
  readonly objections: number;
  /** The newest. */
  readonly objection: Objection | null;
  readonly changes: readonly ReportedChange[];
  /** Which consultation this one takes up again. */
  readonly previousConsultation: PreviousConsultation | null;
  /** Reason of a return, withdrawal or abandonment. */
  readonly endedBecause: string | null;
  readonly jointReviews: readonly JointReview[];
  /** At most one statement of difference for each candidate: the newest. */
  readonly differences: readonly { readonly candidate: string; readonly statement: string }[];
  /** The conditions of the letters; none before the first. */
  readonly obligations: readonly Obligation[];
  readonly recommendations: readonly Recommendation[];
  readonly demands: readonly CorrectionDemand[];
}

/** Null until the consultation is drafted. */
export type ConsultationState = Consultation | null;

import type { PlanVersion } from '../kernel/plan.js';
import type {
  ActionEvidence,
  AgencyAsNamed,
  Basis,
  Condition,
  CorrectionAnswer,
  CorrectionItem,
  Finding,
  JointReviewConclusion,
  Outcome,
  OverlapRelation,
  OwnerOpinion,
  ReviewTrack,
} from './events.js';

/**
 * `received` becomes `under-review` with the reviewer's first act. `approved` is decided inside the authority but not yet told to the
 * applicant. With `notified` the review is over; a conditional result goes on to `follow-up` until every condition is fulfilled or waived, and
 * is then `closed`.
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

/** A condition as something owed by the applicant. */
export interface Obligation extends Condition {
  /** `submitted`: a result waits for the authority. */
  readonly status: 'open' | 'submitted' | 'fulfilled' | 'waived';
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

export interface Consultation {
  readonly phase: Phase;
  readonly consultation: string;
  readonly project: string;
  readonly applicant: AgencyAsNamed;
  readonly authority: AgencyAsNamed;
  readonly plan: PlanVersion;
  readonly receipt: { readonly track: ReviewTrack; readonly dueOn: string; readonly ruleSet: string } | null;
  readonly screening: Screening | null;
  /** Every finding recorded, by what makes it the same finding. */
  readonly recorded: readonly Pick<Finding, 'engine' | 'inventoryPosition' | 'planHash'>[];
  /** At most one for each candidate: the newest. */
  readonly settlements: readonly Settlement[];
  /** Correction rounds so far. */
  readonly rounds: number;
  readonly openRound: { readonly items: readonly CorrectionItem[]; readonly respondBy: string } | null;
  readonly lastResponse: {
    readonly round: number;
    readonly answers: readonly CorrectionAnswer[];
    readonly plan: Pick<PlanVersion, 'version' | 'hash'>;
  } | null;
  /** Proposals so far. */
  readonly proposals: number;
  readonly proposal: Proposal | null;
  readonly sentBack: { readonly proposal: number; readonly reason: string } | null;
  /** Letter number once the result is notified. */
  readonly documentNumber: string | null;
  /** Reason of a return or withdrawal. */
  readonly endedBecause: string | null;
  readonly jointReviews: readonly JointReview[];
  /** At most one statement of difference for each candidate: the newest. */
  readonly differences: readonly { readonly candidate: string; readonly statement: string }[];
  /** The conditions of the letter; none before it. */
  readonly obligations: readonly Obligation[];
  readonly recommendations: readonly Recommendation[];
}

/** Null until the consultation is drafted. */
export type ConsultationState = Consultation | null;

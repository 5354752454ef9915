import type { AgencyAsNamed, Finding, PreliminaryVerdict } from '../consultation/events.js';
import type { DomainEvent, Stamp } from '../kernel/decider.js';
import type { PlanVersion } from '../kernel/plan.js';

/** 예비검토 요청, at budget time: purpose, users, functions and cost of next year's project (지침 제12조). */
export type PreliminaryReviewRequested = DomainEvent<
  'preliminary-review-requested',
  Stamp & {
    readonly project: string;
    readonly request: number;
    /** The year whose budget it is for. */
    readonly fiscalYear: number;
    readonly outline: PlanVersion;
    readonly applicant: AgencyAsNamed;
    readonly authority: AgencyAsNamed;
  }
>;
export type PreliminaryReviewScreened = DomainEvent<
  'preliminary-review-screened',
  Stamp & { readonly request: number; readonly finding: Finding }
>;
/** 예비검토 의견. Binds nobody: the consultation before the order decides. */
export type PreliminaryOpinionGiven = DomainEvent<
  'preliminary-opinion-given',
  Stamp & { readonly request: number; readonly verdict: PreliminaryVerdict; readonly text: string }
>;
export type PreliminaryReviewWithdrawn = DomainEvent<
  'preliminary-review-withdrawn',
  Stamp & { readonly request: number; readonly reason: string }
>;

export type PreliminaryEvent =
  PreliminaryReviewRequested | PreliminaryReviewScreened | PreliminaryOpinionGiven | PreliminaryReviewWithdrawn;

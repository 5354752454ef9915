import type { DomainEvent, Stamp } from '../kernel/decider.js';
import type { ReviewTrack } from '../consultation/events.js';
import type { PlanVersion } from '../kernel/plan.js';
import type { ProjectFacts, TargetAnswer } from '../rules/target.js';

export type ProjectPlanned = DomainEvent<
  'project-planned',
  Stamp & { readonly project: string; readonly agency: string; readonly plan: PlanVersion }
>;
export type PlanRevised = DomainEvent<'plan-revised', Stamp & { readonly plan: PlanVersion }>;
export type ProjectAbandoned = DomainEvent<'project-abandoned', Stamp & { readonly reason: string }>;

/** What the rules of a day said about a project, from what its agency stated. */
export interface Assessment extends TargetAnswer {
  /** Legal date by whose rules it was judged. */
  readonly on: string;
  readonly facts: ProjectFacts;
  /** Disaster safety: on the fast track where the rules have one. */
  readonly isDisasterSafety: boolean;
  /** How it would be reviewed; null unless it is a target. */
  readonly track: ReviewTrack | null;
  readonly ruleSet: string;
}
/** 대상여부 판정. */
export type EligibilityAssessed = DomainEvent<'eligibility-assessed', Stamp & Assessment>;

export type ProjectEvent = ProjectPlanned | PlanRevised | ProjectAbandoned | EligibilityAssessed;

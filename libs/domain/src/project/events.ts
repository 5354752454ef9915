import type { DomainEvent, Stamp } from '../kernel/decider.js';
import type { AgencyAsNamed, Outcome, ReviewTrack } from '../consultation/events.js';
import type { PlanVersion } from '../kernel/plan.js';
import type { MeasuredKind, PerformanceFinding } from '../rules/rule-book.js';
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

/** What an order rests on: a letter, a project that need not consult, or nothing. */
export type OrderBasis =
  | {
      readonly kind: 'decision';
      readonly consultation: string;
      readonly outcome: Exclude<Outcome, 'HOLD'>;
      readonly documentNumber: string;
      readonly notifiedOn: string;
      /** Conditions still open when the order was recorded. */
      readonly openConditions: readonly number[];
    }
  | { readonly kind: 'exempt'; readonly assessedOn: string; readonly ruleSet: string }
  | { readonly kind: 'none' };

/** 발주. `feed`: reported by the procurement feed, not by the agency itself. */
export type ProcurementRecorded = DomainEvent<
  'procurement-recorded',
  Stamp & {
    /** 입찰공고번호 or contract number: unique within the project. */
    readonly order: string;
    readonly orderedOn: string;
    /** SHA-256 of the plan that was ordered. */
    readonly planHash: string;
    readonly amountKrw: number | null;
    readonly orderer: AgencyAsNamed;
    readonly source: 'owner' | 'feed';
    /** SHA-256 of the token that was shown; null when there was none. */
    readonly token: string | null;
    readonly basis: OrderBasis;
  }
>;

/** Why an order counts as not consulted. */
export type OmissionReason =
  'never-consulted' | 'ordered-before-decision' | 'ended-without-decision' | 'held' | 'other-plan-version';

/** 사전협의 미이행: found by comparing an order with the decisions; a person still has to say what follows from it. */
export type ConsultationOmissionDetected = DomainEvent<
  'consultation-omission-detected',
  Stamp & {
    /** From 1 within the project. */
    readonly omission: number;
    readonly order: string;
    readonly orderedOn: string;
    readonly planHash: string;
    readonly orderer: AgencyAsNamed;
    /** Who would have reviewed; null when the rules of that day do not say. */
    readonly authority: AgencyAsNamed | null;
    readonly reason: OmissionReason;
    /** The consultation that there is, decided or not; null when there is none. */
    readonly consultation: string | null;
    /** The plan that was decided upon, when another one was ordered or the decision was to hold. */
    readonly decidedPlan: { readonly version: number; readonly hash: string } | null;
  }
>;

/** 예산 반영. A later one for the same fiscal year takes the place of the one before. */
export type BudgetReflected = DomainEvent<
  'budget-reflected',
  Stamp & {
    readonly fiscalYear: number;
    readonly requestedKrw: number;
    readonly reflectedKrw: number;
    readonly remarks: string;
  }
>;

/** 진척률 of a quarter, planned and done, in percent. A later one for the same quarter corrects the one before. */
export type ProgressRecorded = DomainEvent<
  'progress-recorded',
  Stamp & {
    readonly year: number;
    readonly quarter: number;
    readonly plannedPercent: number;
    readonly donePercent: number;
    readonly remarks: string;
    /** Last day of reporting in time, by the rules of the quarter's end. */
    readonly dueOn: string;
    readonly ruleSet: string;
    /** Days after `dueOn` on which the quarter was first reported; 0 when in time. */
    readonly daysLate: number;
  }
>;

/** 진척 미보고: the day for reporting a quarter has passed and nothing was reported. A later report is late and takes this away from what is open. */
export type ProgressReportMissed = DomainEvent<
  'progress-report-missed',
  Stamp & {
    readonly year: number;
    readonly quarter: number;
    /** Last day of reporting in time, by the rules of the quarter's end. */
    readonly dueOn: string;
    readonly ruleSet: string;
  }
>;

/** 성과측정: the score of a day, and what the rules say follows from it. */
export type PerformanceMeasured = DomainEvent<
  'performance-measured',
  Stamp & {
    readonly measuredOn: string;
    readonly of: MeasuredKind;
    /** 0 to 100. */
    readonly score: number;
    readonly finding: PerformanceFinding;
    readonly rule: string;
    readonly ruleSet: string;
    readonly remarks: string;
  }
>;

/** 포상. */
export type AwardGranted = DomainEvent<
  'award-granted',
  Stamp & { readonly award: string; readonly awardedOn: string; readonly ground: string; readonly authority: AgencyAsNamed }
>;

/** What becomes of a project besides its plan and its consultations. */
export type ProjectLifeEvent =
  | ProcurementRecorded
  | ConsultationOmissionDetected
  | BudgetReflected
  | ProgressRecorded
  | ProgressReportMissed
  | PerformanceMeasured
  | AwardGranted;

export type ProjectEvent = ProjectPlanned | PlanRevised | ProjectAbandoned | EligibilityAssessed | ProjectLifeEvent;

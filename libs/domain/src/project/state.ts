import type { MeasuredKind } from '../rules/rule-book.js';
import type { Assessment } from './events.js';

/** What the rules read of a project's life after its plan. */
export interface ProjectLife {
  readonly orders: readonly {
    readonly order: string;
    readonly orderedOn: string;
    readonly planHash: string;
    readonly amountKrw: number | null;
  }[];
  /** Omissions found so far. */
  readonly omissions: number;
  /** At most one for each fiscal year: the newest. */
  readonly budgets: readonly {
    readonly fiscalYear: number;
    readonly requestedKrw: number;
    readonly reflectedKrw: number;
    readonly remarks: string;
  }[];
  /** At most one for each quarter: the newest. */
  readonly progress: readonly {
    readonly year: number;
    readonly quarter: number;
    readonly plannedPercent: number;
    readonly donePercent: number;
    readonly remarks: string;
    readonly daysLate: number;
  }[];
  /** Quarters that were not reported by their day and are not yet. */
  readonly missed: readonly { readonly year: number; readonly quarter: number }[];
  /** At most one for each day and kind: the newest. */
  readonly measurements: readonly {
    readonly measuredOn: string;
    readonly of: MeasuredKind;
    readonly score: number;
    readonly remarks: string;
  }[];
  readonly awards: readonly { readonly award: string; readonly awardedOn: string }[];
}

export interface PlannedProject {
  readonly project: string;
  readonly agency: string;
  readonly version: number;
  readonly hash: string;
  /** The reason given, null while the project is pursued. */
  readonly abandoned: string | null;
  /** The newest one. */
  readonly assessment: Assessment | null;
  /** From the budget to the award. */
  readonly life: ProjectLife;
}

/** Null until the project is planned. */
export type ProjectState = PlannedProject | null;

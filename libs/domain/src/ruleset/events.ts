import type { DomainEvent, Stamp } from '../kernel/decider.js';
import type { RuleTables } from '../rules/rule-book.js';

/** What one version of the rules says, from when, and on whose word. */
export interface RuleVersion {
  /** From 1, also counting versions that were withdrawn. */
  readonly version: number;
  /** Legal date from which this version is asked. It says the same as the version before it about every earlier day. */
  readonly effectiveFrom: string;
  /** The law, guideline or decision that it follows. */
  readonly source: string;
  /** Illustrative rules that no authority has confirmed. */
  readonly sample: boolean;
  /** Every table with its whole history: the event needs no other to be understood. */
  readonly content: RuleTables;
  /** Why it may take effect on a day that has passed; null when it takes effect later. */
  readonly correctionBecause: string | null;
  /** Why some day has no rule where it needs one; null when there is no such day. */
  readonly gapsBecause: string | null;
}

export type RuleSetAdopted = DomainEvent<'rule-set-adopted', Stamp & RuleVersion & { readonly ruleSet: string }>;
export type RuleSetAmended = DomainEvent<'rule-set-amended', Stamp & RuleVersion>;
/** Before it took effect: nobody was ever judged by it. */
export type RuleSetWithdrawn = DomainEvent<'rule-set-withdrawn', Stamp & { readonly version: number; readonly reason: string }>;

export type RuleSetEvent = RuleSetAdopted | RuleSetAmended | RuleSetWithdrawn;

import type { Features } from './comparison.js';
import { round4 } from './exact-math.js';
import type { OverlapPlan } from './finding.js';

/** All non-negative, so that more agreement never lowers a probability. Those of whole plans and of titles alone are fitted across 38
 * families, each read four times with none, a third, half and two thirds of the thesaurus hidden, and drawn towards the weights before: what
 * is known by heart must not count for more than it will. */
export interface Weights {
  readonly bias: number;
  readonly of: Readonly<Partial<Record<keyof Features, number>>>;
}

export const WEIGHTS_ID = 'w8';

/** For plans and records that both tell their functions. */
export const FULL: Weights = {
  bias: -9.18,
  of: {
    substance: 3.53,
    words: 2.47,
    meanings: 3.95,
    pairs: 4.72,
    topics: 1.41,
    covered: 2.15,
    functions: 0.57,
    titles: 3.23,
    data: 0.66,
    users: 1.56,
  },
};
/** When one side tells no functions: a title with a description. */
export const TEXT: Weights = {
  bias: -10.34,
  of: { substance: 2.9, words: 3, meanings: 5.5, pairs: 4.6, topics: 1, covered: 2.8, covers: 0.4, titles: 3.7 },
};
/** For a title alone. */
export const BRIEF: Weights = {
  bias: -7.36,
  of: { substance: 3.76, meanings: 1.9, pairs: 0.83, topics: 1.85, covers: 0.64, titles: 3.16 },
};
/** For two passages without a title: the wording decides. */
export const PASSAGE: Weights = { bias: -9.4, of: { letters: 13, wording: 1.5, covered: 0.5, meanings: 0.7 } };

/** Every kind of weights under one version. What `train` makes is one, so that a finding can name it and be computed again with it. */
export interface WeightSet {
  readonly id: string;
  readonly full: Weights;
  readonly text: Weights;
  readonly brief: Weights;
  readonly passage: Weights;
}

export type WeightKind = Exclude<keyof WeightSet, 'id'>;

/** The weights that are shipped. */
export const SHIPPED: WeightSet = { id: WEIGHTS_ID, full: FULL, text: TEXT, brief: BRIEF, passage: PASSAGE };

/** Which weights apply to a pair, by what both sides tell. */
export function weightsFor(plan: OverlapPlan, record: OverlapPlan, set: WeightSet = SHIPPED): Weights {
  return set[weightKindOf(plan, record)];
}

/** Which of the kinds applies to a pair. */
export function weightKindOf(plan: OverlapPlan, record: OverlapPlan): WeightKind {
  if (plan.functions.length > 0 && record.functions.length > 0) return 'full';
  if (plan.title === '' && record.title === '') return 'passage';
  return plan.functions.length === 0 && plan.purpose === '' && plan.text === '' ? 'brief' : 'text';
}

/** The evidence for an overlap in log-odds: unlike the rounded probability, it still tells two near-certain candidates apart. */
export function logOdds(features: Features, weights: Weights): number {
  let x = weights.bias;
  for (const key of Object.keys(weights.of) as (keyof Features)[]) x += (weights.of[key] ?? 0) * features[key]; // keys of `of` are features by its type
  return x;
}

/** The parts of the log-odds, largest first. */
export function contributions(features: Features, weights: Weights): { signal: string; value: number; logOdds: number }[] {
  const keys = Object.keys(weights.of) as (keyof Features)[]; // keys of `of` are features by its type
  return keys
    .map((key) => ({ signal: key, value: round4(features[key]), logOdds: round4((weights.of[key] ?? 0) * features[key]) }))
    .sort((a, b) => b.logOdds - a.logOdds || (a.signal < b.signal ? -1 : 1));
}

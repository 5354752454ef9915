import { logistic } from './exact-math.js';
import type { Features } from './comparison.js';

/** Fitted by cross-validation over families; all non-negative, so that more agreement never lowers a probability. */
export interface Weights {
  readonly bias: number;
  readonly of: Readonly<Partial<Record<keyof Features, number>>>;
}

export const WEIGHTS_ID = 'w1';

export const FULL: Weights = {
  bias: -6,
  of: { words: 2, meanings: 2, pairs: 2, topics: 2, covered: 2, functions: 2, titles: 1 },
};
export const BRIEF: Weights = { bias: -4.5, of: { words: 2, meanings: 2, pairs: 2, topics: 1, covered: 3, titles: 2 } };

export function probability(features: Features, weights: Weights): number {
  let x = weights.bias;
  for (const key of Object.keys(weights.of) as (keyof Features)[]) x += (weights.of[key] ?? 0) * features[key]; // keys of `of` are features by its type
  return logistic(x);
}

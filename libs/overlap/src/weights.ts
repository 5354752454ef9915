import type { Features } from './comparison.js';
import { logistic } from './exact-math.js';

/** All non-negative, so that more agreement never lowers a probability. Fitted across families, also with parts of the thesaurus taken away. */
export interface Weights {
  readonly bias: number;
  readonly of: Readonly<Partial<Record<keyof Features, number>>>;
}

export const WEIGHTS_ID = 'w1';

/** For plans that tell their functions. */
export const FULL: Weights = {
  bias: -10.3,
  of: { words: 1.8, meanings: 6, pairs: 3, topics: 4.7, covered: 2.4, functions: 3.2, titles: 4.6, data: 1.7, users: 2 },
};
/** For a title alone. */
export const BRIEF: Weights = { bias: -10.2, of: { words: 1, meanings: 4.2, pairs: 2.4, topics: 4.8, covers: 2.4, titles: 5.8 } };

export function probability(features: Features, weights: Weights): number {
  let x = weights.bias;
  for (const key of Object.keys(weights.of) as (keyof Features)[]) x += (weights.of[key] ?? 0) * features[key]; // keys of `of` are features by its type
  return logistic(x);
}

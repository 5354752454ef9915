import type { Features } from './comparison.js';
import { hashOf, logistic, round4 } from './exact-math.js';
import { logOdds, type WeightKind, type Weights, type WeightSet } from './weights.js';

/** A candidate that a person has settled, with the probability that the finding gave it; null when only the person found it. */
export interface JudgedPair {
  readonly probability: number | null;
  /** Confirmed as an overlap of any kind. */
  readonly confirmed: boolean;
  /** What the person found, and what the engine had proposed; null where it proposed nothing. */
  readonly relation: string;
  readonly suggested: string | null;
}

/** How well findings did by the judgment of people. Shares are null where there is nothing to divide by. */
export interface Judged {
  readonly labels: number;
  readonly confirmed: number;
  /** Of those flagged, confirmed. */
  readonly precision: number | null;
  /** Of those confirmed, flagged; what only people found counts as missed. */
  readonly recall: number | null;
  /** Mean distance between probability and outcome over the bins, weighted by their size. */
  readonly ece: number | null;
  /** Mean square error of the probability. */
  readonly brier: number | null;
  readonly bins: readonly { readonly from: number; readonly pairs: number; readonly said: number; readonly was: number }[];
  /** Of the pairs for which a relation was proposed, those in which the person found the same. */
  readonly relationAgreed: number | null;
  readonly relationsProposed: number;
}

const BINS = 10;

/** Precision, recall and calibration of recorded findings on what people made of them. */
export function judge(pairs: readonly JudgedPair[], threshold: number): Judged {
  const scored = pairs.flatMap(({ probability, confirmed }) => (probability === null ? [] : [{ probability, confirmed }]));
  const flagged = scored.filter(({ probability }) => probability >= threshold);
  const right = flagged.filter(({ confirmed }) => confirmed).length;
  const confirmed = pairs.filter((pair) => pair.confirmed).length;
  const bins = Array.from({ length: BINS }, (_, bin) => {
    const inside = scored.filter(({ probability }) => Math.min(BINS - 1, Math.floor(probability * BINS)) === bin);
    const said = mean(inside.map(({ probability }) => probability));
    const was = mean(inside.map((pair) => (pair.confirmed ? 1 : 0)));
    return { from: bin / BINS, pairs: inside.length, said: round4(said ?? 0), was: round4(was ?? 0) };
  }).filter((bin) => bin.pairs > 0);
  const proposed = pairs.filter(({ suggested }) => suggested !== null);
  return {
    labels: pairs.length,
    confirmed,
    precision: share(right, flagged.length),
    recall: share(right, confirmed),
    ece:
      scored.length === 0
        ? null
        : round4(bins.reduce((sum, { pairs: n, said, was }) => sum + (n * Math.abs(said - was)) / scored.length, 0)),
    brier: rounded(mean(scored.map((pair) => (pair.probability - (pair.confirmed ? 1 : 0)) ** 2))),
    bins,
    relationAgreed: share(proposed.filter(({ suggested, relation }) => suggested === relation).length, proposed.length),
    relationsProposed: proposed.length,
  };
}

/** A settled pair with what the engine saw in it. */
export interface Example {
  /** Case and candidate, for the report. */
  readonly name: string;
  /** Pairs of one case are learnt from together or not at all. */
  readonly group: string;
  readonly kind: WeightKind;
  readonly features: Features;
  readonly confirmed: boolean;
}

/** A pair that would have been told otherwise. */
export interface WouldChange {
  readonly name: string;
  readonly confirmed: boolean;
  readonly before: number;
  readonly after: number;
}

export interface Training {
  /** To be written to a file and named by whoever wants it in force. */
  readonly weights: WeightSet;
  readonly from: string;
  readonly examples: number;
  /** Kinds of weights with too few judgments to learn from: as they were. */
  readonly untouched: readonly WeightKind[];
  /** Mean log loss, before and after, each pair judged by weights that were fitted without its case. */
  readonly loss: { readonly before: number; readonly after: number };
  /** Largest change first. */
  readonly wouldChange: readonly WouldChange[];
}

/** Judgments of both kinds that a kind of weights needs before it is learnt. */
export const FEWEST_LABELS = 8;
/** How strongly the weights hold to what they were: as much as so many judgments. */
const INERTIA = 4;
const STEPS = 400;
const FOLDS = 5;

/**
 * New weights from the judgments of people: as near to the old ones as the judgments allow, none negative. Deterministic; changes nothing by
 * itself. Whoever puts them in force gives later findings another `weights`, and past ones stay computable with the old.
 */
export function train(examples: readonly Example[], from: WeightSet): Training {
  const ordered = [...examples].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const untouched = KINDS.filter((kind) => !enough(ordered, kind));
  const weights = fitAll(ordered, from);
  const before: number[] = [];
  const after: number[] = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    const isHeld = ({ group }: Example): boolean => hashOf(group) % FOLDS === fold;
    const held = ordered.filter(isHeld);
    if (held.length === 0) continue;
    const fitted = fitAll(
      ordered.filter((example) => !isHeld(example)),
      from,
    );
    for (const example of held) {
      before.push(lossOf(example, from));
      after.push(lossOf(example, fitted));
    }
  }
  const wouldChange = ordered
    .map((example) => ({
      name: example.name,
      confirmed: example.confirmed,
      before: round4(logistic(logOdds(example.features, from[example.kind]))),
      after: round4(logistic(logOdds(example.features, weights[example.kind]))),
    }))
    .filter((change) => change.before !== change.after)
    .sort((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before) || (a.name < b.name ? -1 : 1));
  return {
    weights,
    ...{ from: from.id, examples: ordered.length, untouched },
    loss: { before: round4(mean(before) ?? 0), after: round4(mean(after) ?? 0) },
    wouldChange,
  };
}

const KINDS: readonly WeightKind[] = ['full', 'text', 'brief', 'passage'];

function enough(examples: readonly Example[], kind: WeightKind): boolean {
  const mine = examples.filter((example) => example.kind === kind);
  const confirmed = mine.filter((example) => example.confirmed).length;
  return confirmed >= FEWEST_LABELS && mine.length - confirmed >= FEWEST_LABELS;
}

function fitAll(examples: readonly Example[], from: WeightSet): WeightSet {
  const fitted = Object.fromEntries(
    KINDS.map((kind) => [
      kind,
      enough(examples, kind)
        ? fit(
            examples.filter((e) => e.kind === kind),
            from[kind],
          )
        : from[kind],
    ]),
  ) as Record<WeightKind, Weights>; // one entry for each kind, by construction
  const content = JSON.stringify(KINDS.map((kind) => fitted[kind]));
  const same = content === JSON.stringify(KINDS.map((kind) => from[kind]));
  // Named by what it is: two trainings that come to the same are the same version.
  return { ...fitted, id: same ? from.id : `${from.id.split('~')[0]}~${hashOf(content).toString(16).padStart(8, '0')}` };
}

/** Projected gradient descent on the log loss with a pull towards the old weights. */
function fit(examples: readonly Example[], old: Weights): Weights {
  const keys = Object.keys(old.of) as (keyof Features)[]; // keys of `of` are features by its type
  const start = keys.map((key) => old.of[key] ?? 0);
  let bias = old.bias;
  let weights = [...start];
  const rate = 1 / (INERTIA + examples.length);
  for (let step = 0; step < STEPS; step++) {
    let biasSlope = INERTIA * (bias - old.bias);
    const slopes = weights.map((weight, i) => INERTIA * (weight - (start[i] ?? 0)));
    for (const { features, confirmed } of examples) {
      const odds = bias + keys.reduce((sum, key, i) => sum + (weights[i] ?? 0) * features[key], 0);
      const error = logistic(odds) - (confirmed ? 1 : 0);
      biasSlope += error;
      keys.forEach((key, i) => (slopes[i] = (slopes[i] ?? 0) + error * features[key]));
    }
    bias -= rate * biasSlope;
    weights = weights.map((weight, i) => Math.max(0, weight - rate * (slopes[i] ?? 0)));
  }
  return { bias: round4(bias), of: Object.fromEntries(keys.map((key, i) => [key, round4(weights[i] ?? 0)])) };
}

function lossOf({ features, kind, confirmed }: Example, weights: WeightSet): number {
  const p = Math.min(0.9999, Math.max(0.0001, logistic(logOdds(features, weights[kind]))));
  return -Math.log(confirmed ? p : 1 - p);
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : round4(part / whole);
}

function rounded(value: number | null): number | null {
  return value === null ? null : round4(value);
}

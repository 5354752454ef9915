import { log2 } from './exact-math.js';
import { BACKGROUND } from './thesaurus/background.js';

/** Plans whose worth of prior knowledge about common words stands beside the inventory's own counts. */
const BACKGROUND_PLANS = 200;

/** Counts as they stood at a log position, never changed afterwards: what makes an old score computable again. */
export interface Epoch {
  readonly ordinal: number;
  /** From the end of this position on it is in force. */
  readonly position: bigint;
  readonly plans: number;
  readonly df: Uint32Array;
  /** Three words in a row that records of different titles share: a form was filled in. By number, as `shingles` counts. */
  readonly templates: ReadonlySet<number>;
  /** Of everything above that a score depends on: two epochs of one digest give the same scores. */
  readonly digest: string;
}

export const NO_EPOCH: Epoch = {
  ordinal: 0,
  position: -1n,
  plans: 0,
  df: new Uint32Array(0),
  templates: new Set(),
  digest: '0'.repeat(16),
};

/** Records of different titles that must share three words in a row before these count as a template. */
export function fewestOfATemplate(plans: number): number {
  return Math.max(3, Math.round(log2(plans + 1) / 3));
}

/** Records changed since the counts of the last epoch were taken before they are taken anew: epochs are as many as the logarithm of the inventory. */
export function countsDue(plansAtLast: number): number {
  return Math.max(32, Math.ceil(plansAtLast / 2));
}

/** Changes below which counts are in force as soon as they are taken: to take them is the work of a millisecond. */
const COUNTED_AT_ONCE = 512;

/**
 * Further changes before an epoch comes into force after so many, when its counts were taken. In between its templates are counted, a
 * little with each record: at once they would hold everything up for seconds in an inventory of a million.
 */
export function forceAfter(due: number): number {
  return due < COUNTED_AT_ONCE ? 0 : due >>> 4;
}

/** Pairs of letters inside common words are common too. */
const PAIRS: ReadonlyMap<string, number> = (() => {
  const shares = new Map<string, number>();
  for (const [word, share] of BACKGROUND) {
    for (let i = 0; i + 2 <= word.length; i++) {
      const pair = word.slice(i, i + 2);
      shares.set(pair, Math.max(shares.get(pair) ?? 0, share));
    }
  }
  return shares;
})();

/**
 * How rare a term is in an epoch, in sixteenths of a bit.
 * @param meanings share of plans that a meaning is in: at least that of its most common word
 */
export function rarity(epoch: Epoch, term: number, space: string, key: string, meanings: ReadonlyMap<string, number>): number {
  const share = (space === 'w' ? BACKGROUND : space === 'p' ? PAIRS : meanings).get(key) ?? 0;
  // What is common in plans at large stays common, however seldom this inventory happens to say it.
  const df = Math.max(epoch.df[term] ?? 0, share * epoch.plans);
  return Math.round(16 * log2((epoch.plans + BACKGROUND_PLANS + 1) / (df + share * BACKGROUND_PLANS + 0.5)));
}

/** The rarity of a word that one record has. */
export function rarestOf(epoch: Epoch): number {
  return Math.round(16 * log2((epoch.plans + BACKGROUND_PLANS + 1) / 1.5));
}

import { log2 } from './exact-math.js';
import { BACKGROUND } from './thesaurus/background.js';

/** Plans whose worth of prior knowledge about common words stands beside the inventory's own counts. */
const BACKGROUND_PLANS = 200;

/** Counts as they stood at a log position, never changed afterwards: what makes an old score computable again. */
export interface Epoch {
  readonly ordinal: number;
  readonly position: bigint;
  readonly plans: number;
  readonly df: Uint32Array;
}

export const NO_EPOCH: Epoch = { ordinal: 0, position: -1n, plans: 0, df: new Uint32Array(0) };

/** Records changed since the last epoch before a new one is due: the number of epochs grows with the logarithm of the inventory. */
export function epochDue(changes: number, plansAtLast: number): boolean {
  return changes >= Math.max(32, Math.ceil(plansAtLast / 2));
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

/** How rare a term is in an epoch, in sixteenths of a bit. */
export function rarity(epoch: Epoch, term: number, space: string, key: string): number {
  const share = (space === 'w' ? BACKGROUND.get(key) : space === 'p' ? PAIRS.get(key) : undefined) ?? 0;
  // What is common in plans at large stays common, however seldom this inventory happens to say it.
  const df = Math.max(epoch.df[term] ?? 0, share * epoch.plans);
  return Math.round(16 * log2((epoch.plans + BACKGROUND_PLANS + 1) / (df + share * BACKGROUND_PLANS + 0.5)));
}

import { createHash } from 'node:crypto';

/** A record that may be drawn. */
export interface Drawable {
  readonly id: string;
  /** What it is like: an equal share is drawn of each stratum. */
  readonly stratum: string;
  /** How much there is at stake, above 0: twice the weight, twice the chance. */
  readonly weight: number;
}

export type SamplingMethod = 'random' | 'stratified' | 'risk';

/**
 * Draws a sample that anybody can draw again: by method, size, seed and the same records, in whatever order they come.
 * Each record gets a number in (0, 1) from SHA-256 of seed and id; nothing else is random.
 */
export function sample<Item extends Drawable>(
  items: readonly Item[],
  { method, size, seed }: { readonly method: SamplingMethod; readonly size: number; readonly seed: string },
): readonly Item[] {
  const dice = new Map(items.map((item) => [item.id, number(seed, item.id)]));
  const drawn = (item: Item) => dice.get(item.id) ?? 0;
  const byDice = (some: readonly Item[]) => some.toSorted((a, b) => drawn(a) - drawn(b) || (a.id < b.id ? -1 : 1));
  switch (method) {
    case 'random':
      return byDice(items).slice(0, size);
    case 'risk': {
      // Efraimidis and Spirakis: the largest u^(1/w) make a sample without replacement whose chances go by the weights.
      const key = (item: Item) => Math.log(drawn(item)) / Math.max(item.weight, Number.MIN_VALUE);
      return items.toSorted((a, b) => key(b) - key(a) || (a.id < b.id ? -1 : 1)).slice(0, size);
    }
    case 'stratified': {
      const strata = [...grouped(items)].sort(([a], [b]) => (a < b ? -1 : 1));
      const shares = apportioned(
        strata.map(([, members]) => members.length),
        Math.min(size, items.length),
      );
      return strata.flatMap(([, members], index) => byDice(members).slice(0, shares[index]));
    }
    default:
      throw new TypeError(`no such method: ${String(method satisfies never)}`);
  }
}

/** One of each while there are enough, the rest in proportion, by largest remainders. */
function apportioned(sizes: readonly number[], size: number): readonly number[] {
  const total = sizes.reduce((sum, each) => sum + each, 0);
  const shares = sizes.map((each, index): number => (index < size && each > 0 ? 1 : 0));
  for (let left = size - shares.reduce((sum: number, each) => sum + each, 0); left > 0; left--) {
    const lacks = sizes.map((each, index) =>
      (shares[index] ?? 0) < each ? (each * size) / total - (shares[index] ?? 0) : -Infinity,
    );
    const most = lacks.indexOf(Math.max(...lacks));
    shares[most] = (shares[most] ?? 0) + 1;
  }
  return shares;
}

/** In (0, 1), from 52 bits. */
function number(seed: string, id: string): number {
  const digest = createHash('sha256').update(`${seed}\0${id}`, 'utf8').digest();
  return (Number(digest.readBigUInt64BE() >> 12n) + 0.5) / 2 ** 52;
}

function grouped<Item extends Drawable>(items: readonly Item[]): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(item.stratum, [...(groups.get(item.stratum) ?? []), item]);
  return groups;
}

import { Uint32Column } from './columns.js';

/** Share of a template's records that may have a telling word of the title in common: more, and it is a subject, not a form. */
const ONE_SUBJECT = 0.4;
/** Buckets of the first count: powers of two, several for each shingle. */
const FEWEST_BUCKETS = 1 << 20;
const MOST_BUCKETS = 1 << 28;
const BUCKETS_FOR_A_SHINGLE = 1;

/** Records at a step of the count, and pairs of record and shingle: a step takes about a millisecond. */
const DOCS_AT_ONCE = 500;
const PAIRS_AT_ONCE = 1 << 16;
/** Shares of the work, by what they take at a hundred thousand records. */
const COARSE = 0.3;
const HELD = 0.7;
const GROUPED = 0.85;

/** Records with their shingles (three words in a row, by number), each once in a record. May grow while it is counted. */
export interface Filled {
  /** Records from 0 up to here are counted, */
  readonly docs: number;
  /** but for those that this says no to. */
  readonly counted: (doc: number) => boolean;
  /** Those of all records; of one they stand from `from[doc]` up to `from[doc + 1]`. */
  readonly shingles: Uint32Column;
  readonly from: Uint32Column;
  /** The terms of a record's title that say what it is about, each once. */
  readonly headsOf: (doc: number) => readonly number[];
  /** All terms are below. */
  readonly terms: number;
}

/**
 * The shingles that at least `fewest` of the records share whose titles speak of different things: a form was filled in.
 * In small steps, because all of them take seconds in a large inventory.
 * @returns yields how much is done, from 0 to 1
 */
export function* templatesAmong(filled: Filled, fewest: number): Generator<number, ReadonlySet<number>, void> {
  const { docs, counted, headsOf, terms } = filled;
  // Most shingles are in one record only. A coarse count first, so that the exact one is about few.
  const coarse = new Uint8Array(bucketsFor(filled.from.at(docs)));
  const mask = coarse.length - 1;
  for (let first = 0; first < docs; first += DOCS_AT_ONCE) {
    yield (COARSE * first) / docs;
    const [shingles, from] = [filled.shingles.view(), filled.from.view()];
    for (let doc = first; doc < Math.min(docs, first + DOCS_AT_ONCE); doc++) {
      if (!counted(doc)) continue;
      const end = from[doc + 1] as number; // the column ends with the end of the last record: undefined is no case here, nor below
      for (let i = from[doc] as number; i < end; i++) {
        const bucket = (shingles[i] as number) & mask;
        const count = coarse[bucket] as number;
        if (count < fewest) coarse[bucket] = count + 1;
      }
    }
  }
  // Then who holds the others: each by a number in order of first sight, with the record's heads by where they stand. A map finds
  // them quicker when they are signed: above 2³¹ they would be objects.
  const numbers = new Map<number, number>();
  const holdings = new Uint32Column();
  const holders = new Uint32Column();
  const heads = new Uint32Column();
  for (let first = 0; first < docs; first += DOCS_AT_ONCE) {
    yield COARSE + ((HELD - COARSE) * first) / docs;
    const [shingles, from] = [filled.shingles.view(), filled.from.view()];
    for (let doc = first; doc < Math.min(docs, first + DOCS_AT_ONCE); doc++) {
      if (!counted(doc)) continue;
      const end = from[doc + 1] as number;
      let at = -1;
      for (let i = from[doc] as number; i < end; i++) {
        const shingle = shingles[i] as number;
        if ((coarse[shingle & mask] as number) < fewest) continue;
        if (at < 0) {
          const own = headsOf(doc);
          // Without a title nobody can tell a form from a subject.
          if (own.length === 0) break;
          at = heads.length;
          heads.push(own.length);
          for (const head of own) heads.push(head);
        }
        let number = numbers.get(shingle | 0);
        if (number === undefined) numbers.set(shingle | 0, (number = numbers.size));
        holdings.push(number);
        holders.push(at);
      }
    }
  }
  const [starts, grouped] = yield* groupedBy(holdings.view(), holders.view(), numbers.size);
  const said = heads.view();
  const counts = new Uint32Array(terms);
  const found = new Set<number>();
  let pairs = 0;
  for (const [signed, number] of numbers) {
    const [start, end] = [starts[number] as number, starts[number + 1] as number];
    pairs += end - start + 1;
    if (pairs > PAIRS_AT_ONCE) {
      pairs = 0;
      yield GROUPED + ((1 - GROUPED) * end) / grouped.length;
    }
    const records = end - start;
    if (records < fewest) continue;
    let most = 0;
    for (let i = start; i < end; i++) {
      const at = grouped[i] as number;
      for (let k = at + (said[at] as number); k > at; k--) {
        const head = said[k] as number;
        const count = (counts[head] as number) + 1;
        counts[head] = count;
        if (count > most) most = count;
      }
    }
    for (let i = start; i < end; i++) {
      const at = grouped[i] as number;
      for (let k = at + (said[at] as number); k > at; k--) counts[said[k] as number] = 0;
    }
    if (most <= Math.max(1, ONE_SUBJECT * records)) found.add(signed >>> 0);
  }
  return found;
}

function bucketsFor(shingles: number): number {
  let buckets = FEWEST_BUCKETS;
  while (buckets < MOST_BUCKETS && buckets < BUCKETS_FOR_A_SHINGLE * shingles) buckets *= 2;
  return buckets;
}

/** The values in groups: those of group n stand from `starts[n]` up to `starts[n + 1]`, in the order in which they came. */
function* groupedBy(
  groups: Uint32Array,
  values: Uint32Array,
  many: number,
): Generator<number, [starts: Uint32Array, values: Uint32Array], void> {
  const starts = new Uint32Array(many + 2);
  const half = (GROUPED - HELD) / 2;
  // One further on than they belong, so that each is its group's next free place while the values are put there.
  for (let i = 0; i < groups.length; i++) {
    if (i % PAIRS_AT_ONCE === 0) yield HELD + (half * i) / groups.length;
    const after = (groups[i] as number) + 2; // i < length
    starts[after] = (starts[after] as number) + 1;
  }
  for (let n = 2; n < starts.length; n++) starts[n] = (starts[n] as number) + (starts[n - 1] as number);
  const sorted = new Uint32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    if (i % PAIRS_AT_ONCE === 0) yield HELD + half + (half * i) / values.length;
    const next = (groups[i] as number) + 1;
    const place = starts[next] as number;
    sorted[place] = values[i] as number;
    starts[next] = place + 1;
  }
  return [starts, sorted];
}

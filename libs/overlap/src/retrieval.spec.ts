import fc from 'fast-check';
import { Postings } from './columns.js';
import { strongest, type Field, type Sought } from './retrieval.js';

/** A term as somebody would write it down: the records that have it, with its weight in each. */
interface Term {
  readonly factor: number;
  readonly weights: ReadonlyMap<number, number>;
}

interface Corpus {
  readonly records: number;
  readonly terms: readonly Term[];
  readonly ranks: readonly number[];
  readonly norms: readonly number[] | null;
  readonly dead: ReadonlySet<number>;
}

/** Every posting added up, every record asked, everything sorted. */
function strongestOfAll({ records, terms, ranks, norms, dead }: Corpus, k: number): number[] {
  const found: { doc: number; value: number }[] = [];
  for (let doc = 0; doc < records; doc++) {
    const sum = terms.reduce((n, { factor, weights }) => n + factor * (weights.get(doc) ?? 0), 0);
    if (sum > 0 && !dead.has(doc)) found.push({ doc, value: norms ? sum / Math.sqrt(norms[doc] ?? 1) : sum });
  }
  const rank = (doc: number): number => ranks[doc] ?? 0;
  found.sort((a, b) => b.value - a.value || rank(a.doc) - rank(b.doc) || a.doc - b.doc);
  const best = found.slice(0, k);
  const edge = best.length < k ? 0 : best.at(-1)?.value;
  return [
    ...best
      .filter(({ value }) => value !== edge)
      .map(({ doc }) => doc)
      .sort((a, b) => a - b),
    ...best.filter(({ value }) => value === edge).map(({ doc }) => doc),
  ];
}

function soughtIn({ records, terms, ranks, norms, dead }: Corpus): [readonly Sought[], Field] {
  const sought = terms.map(({ factor, weights }) => {
    const postings = new Postings();
    for (const [doc, weight] of [...weights].sort(([a], [b]) => a - b)) postings.push(doc, weight);
    return { postings, factor };
  });
  return [
    sought,
    { records, alive: (doc) => !dead.has(doc), ranks: Uint32Array.from(ranks), norms: norms && Uint32Array.from(norms) },
  ];
}

/** Records of a corpus: some at random, and every so-many-th, so that common terms with one and the same weight are among them. */
const holders = (records: number): fc.Arbitrary<ReadonlyMap<number, number>> =>
  fc
    .tuple(
      fc.array(fc.tuple(fc.nat({ max: records - 1 }), fc.integer({ min: 1, max: 18 })), { maxLength: 60 }),
      fc.constantFrom(0, 1, 3, 5, 1000),
      fc.constantFrom(16, 18),
    )
    .map(([some, every, weight]) => {
      const weights = new Map<number, number>();
      if (every > 0) for (let doc = 0; doc < records; doc += every) weights.set(doc, weight);
      for (const [doc, other] of some) weights.set(doc, other);
      return weights;
    });

const numbersOf = (records: number, max: number): fc.Arbitrary<number[]> =>
  fc
    .array(fc.integer({ min: 1, max }), { minLength: 1, maxLength: 50 })
    .map((few) => Array.from({ length: records }, (_, doc) => few[(doc * 31) % few.length] ?? 1));

// One window, the seam between two, and several.
const corpus: fc.Arbitrary<Corpus> = fc.constantFrom(5, 300, 1000, 8193, 20_000).chain((records) =>
  fc.record({
    records: fc.constant(records),
    terms: fc.array(fc.record({ factor: fc.constantFrom(0, 18, 320 * 320 * 18), weights: holders(records) }), {
      minLength: 1,
      maxLength: 6,
    }),
    // Few different ones: of equal ranks the first record counts.
    ranks: fc.constantFrom(3, 0xffffffff).chain((max) => numbersOf(records, max)),
    norms: fc.option(numbersOf(records, 255 * 255 * 16)),
    dead: fc.array(fc.nat({ max: records - 1 }), { maxLength: 40 }).map((docs) => new Set(docs)),
  }),
);

describe('retrieval', () => {
  it('finds exactly what adding up and sorting everything finds, among equals too', () => {
    fc.assert(
      fc.property(corpus, fc.constantFrom(1, 3, 100, 400), (corpus, k) => {
        expect(strongest(...soughtIn(corpus), k)).toEqual(strongestOfAll(corpus, k));
      }),
      { numRuns: 500 },
    );
  });

  it('looks at few of a hundred thousand equals', () => {
    const records = 100_000;
    const equals: Corpus = {
      records,
      terms: [{ factor: 18, weights: new Map(Array.from({ length: records }, (_, doc) => [doc, 18])) }],
      ranks: Array.from({ length: records }, (_, doc) => Math.imul(doc, 0x9e3779b1) >>> 0),
      norms: null,
      dead: new Set(),
    };
    let asked = 0;
    const [sought, field] = soughtIn(equals);
    const found = strongest(sought, { ...field, alive: () => ++asked > 0 }, 400);
    expect(found).toEqual(strongestOfAll(equals, 400));
    // About k × ln(n ÷ k) get among the best on their way; who is no better than the last of them is passed by.
    expect(asked).toBeLessThan(6000);
  });
});

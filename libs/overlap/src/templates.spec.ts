import fc from 'fast-check';
import { Uint32Column } from './columns.js';
import { templatesAmong } from './templates.js';

/** A record by its shingles and the heads of its title. */
interface Form {
  readonly shingles: readonly number[];
  readonly heads: readonly number[];
}

const TERMS = 6;
// Some that share a bucket of the first count, and some above 2³¹.
const SHINGLES = [0, 1, 2, 1 << 20, (1 << 20) + 1, 0x80000000, 0x80000001, 0xffffffff];

const form: fc.Arbitrary<Form> = fc.record({
  shingles: fc.uniqueArray(fc.constantFrom(...SHINGLES), { maxLength: 5 }),
  heads: fc.uniqueArray(fc.nat({ max: TERMS - 1 }), { maxLength: 3 }),
});

function found(forms: readonly Form[], docs: readonly number[], fewest: number): number[] {
  const from = [0];
  for (const { shingles } of forms) from.push((from.at(-1) ?? 0) + shingles.length);
  const counting = templatesAmong(
    {
      docs: forms.length,
      counted: (doc) => docs.includes(doc),
      shingles: Uint32Column.of(Uint32Array.from(forms.flatMap(({ shingles }) => shingles))),
      from: Uint32Column.of(Uint32Array.from(from)),
      headsOf: (doc) => forms[doc]?.heads ?? [],
      terms: TERMS,
    },
    fewest,
  );
  let done = 0;
  let step = counting.next();
  for (; !step.done; step = counting.next()) {
    expect(step.value).toBeGreaterThanOrEqual(done);
    expect(step.value).toBeLessThan(1);
    done = step.value;
  }
  const templates = step.value;
  return [...templates].sort((a, b) => a - b);
}

describe('templates', () => {
  it('are the words that enough records with titles share of which no two fifths have a subject in common', () => {
    fc.assert(
      fc.property(fc.array(form, { maxLength: 25 }), fc.nat(), fc.integer({ min: 2, max: 4 }), (forms, skip, fewest) => {
        const docs = forms.map((_, doc) => doc).filter((doc) => doc % 7 !== skip % 7);
        const expected = SHINGLES.filter((shingle) => {
          const holders = docs
            .map((doc) => forms[doc] as Form) // docs are places in forms
            .filter(({ shingles, heads }) => heads.length > 0 && shingles.includes(shingle));
          const most = Math.max(0, ...Array.from({ length: TERMS }, (_, t) => holders.filter((f) => f.heads.includes(t)).length));
          return holders.length >= fewest && most <= Math.max(1, 0.4 * holders.length);
        });
        expect(found(forms, docs, fewest)).toEqual(expected);
      }),
      { numRuns: 1000 },
    );
  });
});

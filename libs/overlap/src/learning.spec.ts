import { FEWEST_LABELS, judge, SHIPPED, train, type Example, type JudgedPair } from './index.js';

const pair = (
  probability: number | null,
  confirmed: boolean,
  relation = 'DUPLICATES',
  suggested: string | null = null,
): JudgedPair => ({
  ...{ probability, confirmed, relation, suggested },
});

describe('the judgment of people on findings', () => {
  it('gives precision of what was flagged and recall of what was confirmed, also by a person alone', () => {
    const judged = judge([pair(0.9, true), pair(0.8, false), pair(0.2, true), pair(0.1, false), pair(null, true)], 0.5);
    expect(judged).toMatchObject({ labels: 5, confirmed: 3, precision: 0.5, recall: 0.3333 });
  });

  it('gives how far probabilities are from what came of them', () => {
    expect(judge([pair(0.95, true), pair(0.95, true), pair(0.05, false)], 0.5)).toMatchObject({ ece: 0.05, brier: 0.0025 });
    expect(judge([pair(0.95, false)], 0.5).ece).toBe(0.95);
    expect(judge([pair(1, true)], 0.5).bins).toEqual([{ from: 0.9, pairs: 1, said: 1, was: 1 }]);
  });

  it('gives how often the proposed relation was the one that was found', () => {
    const judged = judge(
      [
        pair(0.9, true, 'SIBLING_LOCAL_COPY', 'SIBLING_LOCAL_COPY'),
        pair(0.9, true, 'DUPLICATES', 'SHOULD_LINK'),
        pair(0.9, true),
      ],
      0.5,
    );
    expect(judged).toMatchObject({ relationsProposed: 2, relationAgreed: 0.5 });
  });

  it('says nothing where there is nothing to judge', () =>
    expect(judge([], 0.5)).toMatchObject({
      labels: 0,
      precision: null,
      recall: null,
      ece: null,
      brier: null,
      relationAgreed: null,
    }));
});

const none = {
  ...{ words: 0, meanings: 0, pairs: 0, topics: 0, covered: 0, covers: 0, functions: 0, titles: 0 },
  ...{ data: 0, users: 0, wording: 0, letters: 0, substance: 1 },
};
/** People find an overlap where the data agree, and none where only the titles do. */
const example = (i: number, confirmed: boolean): Example => ({
  ...{ name: `c-${i}/s-1`, group: `c-${i}`, kind: 'full', confirmed },
  features: {
    ...none,
    meanings: 0.6 + (i % 3) / 20,
    topics: 0.7,
    functions: 0.5,
    ...(confirmed ? { data: 0.9 } : { titles: 0.9 }),
  },
});
const examples = Array.from({ length: 40 }, (_, i) => example(i, i % 2 === 0));

describe('training', () => {
  it('learns what people confirm and dismiss, and says what would have been told otherwise', () => {
    const { weights, loss, wouldChange, untouched, from } = train(examples, SHIPPED);
    expect(from).toBe(SHIPPED.id);
    expect(weights.id).not.toBe(SHIPPED.id);
    expect(weights.full.of.data ?? 0).toBeGreaterThan(SHIPPED.full.of.data ?? 0);
    expect(weights.full.of.titles ?? 0).toBeLessThan(SHIPPED.full.of.titles ?? 0);
    expect(loss.after).toBeLessThan(loss.before);
    expect(untouched).toEqual(['text', 'brief', 'passage']);
    expect(wouldChange.length).toBeGreaterThan(0);
    for (const { confirmed, before, after } of wouldChange) expect(after > before).toBe(confirmed);
  });

  it('never makes a weight negative: more agreement never lowers a probability', () => {
    const contrary = examples.map((it) => ({ ...it, confirmed: !it.confirmed }));
    const { weights } = train([...contrary, ...contrary, ...contrary], SHIPPED);
    for (const weight of Object.values(weights.full.of)) expect(weight).toBeGreaterThanOrEqual(0);
  });

  it('leaves everything as it is when people have said too little', () => {
    const few = examples.slice(0, FEWEST_LABELS);
    expect(train(few, SHIPPED).weights).toEqual(SHIPPED);
    expect(train([], SHIPPED)).toMatchObject({ weights: SHIPPED, examples: 0, wouldChange: [] });
  });

  it('comes to the same weights whatever the order of the judgments', () =>
    expect(train([...examples].reverse(), SHIPPED)).toEqual(train(examples, SHIPPED)));
});

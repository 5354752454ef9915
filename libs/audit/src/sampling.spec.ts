import { sample, type Drawable } from './sampling.js';

const items: readonly Drawable[] = Array.from({ length: 200 }, (_, n) => ({
  id: `c-${n}`,
  stratum: n % 10 === 0 ? 'basic' : n === 1 ? 'alone' : 'metropolitan',
  weight: n < 20 ? 50 : 1,
}));
const ids = (drawn: readonly Drawable[]) => drawn.map(({ id }) => id);

it.each(['random', 'stratified', 'risk'] as const)(
  'draws the same %s sample for the same seed, in whatever order the records come',
  (method) => {
    const once = ids(sample(items, { method, size: 20, seed: '2026-audit' }));
    expect(ids(sample(items.toReversed(), { method, size: 20, seed: '2026-audit' }))).toEqual(once);
    expect(ids(sample(items, { method, size: 20, seed: 'another' }))).not.toEqual(once);
    expect(new Set(once).size).toBe(20);
  },
);

it('gives known records for a known seed, so that a later version draws no other', () => {
  expect(ids(sample(items, { method: 'random', size: 3, seed: 'seed' }))).toEqual(['c-71', 'c-74', 'c-162']);
});

it('draws of each stratum by its share, and at least one', () => {
  const drawn = sample(items, { method: 'stratified', size: 20, seed: 's' });
  const of = (stratum: string) => drawn.filter((item) => item.stratum === stratum).length;
  expect([of('alone'), of('basic'), of('metropolitan')]).toEqual([1, 2, 17]);
});

it('draws by weight: what weighs fifty times as much comes far more often', () => {
  const heavy = Array.from({ length: 50 }, (_, seed) => sample(items, { method: 'risk', size: 10, seed: String(seed) }))
    .flat()
    .filter(({ weight }) => weight === 50).length;
  expect(heavy).toBeGreaterThan(300);
});

it('draws all there are when there are fewer than asked for', () => {
  for (const method of ['random', 'stratified', 'risk'] as const)
    expect(sample(items, { method, size: 999, seed: 's' })).toHaveLength(200);
  expect(sample([], { method: 'stratified', size: 5, seed: 's' })).toEqual([]);
});

import fc from 'fast-check';
import { clusterPlans, type PlanPair } from './plan-clusters.js';

const pair = (a: string, b: string, probability: number): PlanPair => ({ a, b, probability });

describe('plans of one round that may be the same thing', () => {
  it('are one cluster with its members, named after the first', () => {
    expect(clusterPlans([pair('p3', 'p1', 0.9), pair('p1', 'p2', 0.5), pair('p2', 'p3', 0.4)])).toEqual([
      { id: 'cluster-p1', members: ['p1', 'p2', 'p3'], weakest: 0.4 },
    ]);
  });

  it('are not chained together through a sibling', () => {
    expect(clusterPlans([pair('p1', 'p2', 0.9), pair('p2', 'p3', 0.8), pair('p1', 'p3', 0.1)])).toEqual([
      { id: 'cluster-p1', members: ['p1', 'p2'], weakest: 0.9 },
    ]);
  });

  it('are left apart when no pair is likely', () => {
    expect(clusterPlans([pair('p1', 'p2', 0.29), pair('p1', 'p1', 1)])).toEqual([]);
  });

  it('count with the higher of both directions', () => {
    expect(clusterPlans([pair('p1', 'p2', 0.1), pair('p2', 'p1', 0.6)])[0]?.weakest).toBe(0.6);
  });

  it('keep the id of their cluster when another plan joins', () => {
    const before = clusterPlans([pair('p1', 'p2', 0.9)]);
    const after = clusterPlans([pair('p1', 'p2', 0.9), pair('p1', 'p3', 0.7), pair('p2', 'p3', 0.7)]);
    expect(after.map((c) => c.id)).toEqual(before.map((c) => c.id));
    expect(after[0]?.members).toHaveLength(3);
  });

  it('give the same clusters in whatever order the pairs come, every pair of a cluster likely, no plan in two', () => {
    const some = fc.uniqueArray(
      fc.record({ a: fc.nat({ max: 9 }), b: fc.nat({ max: 9 }), p: fc.constantFrom(0.1, 0.3, 0.5, 0.5, 0.9) }),
      { maxLength: 40, selector: ({ a, b }) => `${Math.min(a, b)} ${Math.max(a, b)}` },
    );
    fc.assert(
      fc.property(
        some.chain((s) => fc.tuple(fc.constant(s), fc.shuffledSubarray(s, { minLength: s.length }))),
        ([order, other]) => {
          const [one, two] = [order, other].map((l) => clusterPlans(l.map(({ a, b, p }) => pair(`p${a}`, `p${b}`, p))));
          expect(two).toEqual(one);
          const probability = (a: string, b: string): number =>
            order.find((x) => (`p${x.a}` === a && `p${x.b}` === b) || (`p${x.a}` === b && `p${x.b}` === a))?.p ?? 0;
          for (const { members, weakest } of one ?? []) {
            const pairs = members.flatMap((a, i) => members.slice(i + 1).map((b) => probability(a, b)));
            expect(Math.min(...pairs)).toBe(weakest);
            expect(weakest).toBeGreaterThanOrEqual(0.3);
          }
          const all = (one ?? []).flatMap((c) => c.members);
          expect(new Set(all).size).toBe(all.length);
        },
      ),
    );
  });
});

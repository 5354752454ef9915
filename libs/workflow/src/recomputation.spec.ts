import type { Finding } from '@sajeon/domain';
import type { OverlapFinding } from '@sajeon/overlap';
import { compareFindings } from './recomputation.js';

const computed: OverlapFinding = {
  engine: { engine: 'e3', analyzer: 'a1', thesaurus: 'ko-3+2', weights: 'w5', relations: 'r1', epoch: '1@40#ab' },
  ...{ inventoryPosition: '42', compared: 1, threshold: 0.5, judgeable: true },
  candidates: [
    {
      ...{ id: 's1', kind: 'system', name: '공유누리', agency: '행정안전부', probability: 0.91, flagged: true },
      ...{ facets: { title: 0.8 }, evidence: [], reasons: ['FUNCTION_SAME'], copied: 0.1 },
    },
  ],
};
const recorded: Finding = { ...computed, planVersion: 1, planHash: 'a'.repeat(64) };
const candidate = computed.candidates[0];

it('says REPRODUCED when every byte comes out again', () =>
  expect(compareFindings(recorded, computed)).toEqual({ verdict: 'REPRODUCED', divergences: [], missing: [] }));

it('says DIVERGED and where, when somebody has changed the record', () => {
  const tampered = { ...recorded, candidates: [{ ...recorded.candidates[0], probability: 0.19 }] } as Finding;
  expect(compareFindings(tampered, computed)).toEqual({
    verdict: 'DIVERGED',
    divergences: [{ pointer: '/candidates/0/probability', recorded: 0.19, recomputed: 0.91 }],
    missing: [],
  });
});

it('says DIVERGED when a candidate has been taken out of the record', () =>
  expect(compareFindings({ ...recorded, candidates: [] }, computed)).toEqual({
    verdict: 'DIVERGED',
    divergences: [{ pointer: '/candidates/0', recomputed: candidate }],
    missing: [],
  }));

it('says DIVERGED when the log counts other records, or another thesaurus of administrators, than the record says', () => {
  for (const engine of [{ epoch: '1@40#cd' }, { thesaurus: 'ko-3+1' }]) {
    const other = { ...recorded, engine: { ...recorded.engine, ...engine } };
    expect(compareFindings(other, computed).verdict).toBe('DIVERGED');
  }
});

it.each([
  ['the weights', { weights: 'w4' }, { part: 'weights', recorded: 'w4', available: 'w5' }],
  ['the shipped thesaurus', { thesaurus: 'ko-2+2' }, { part: 'thesaurus', recorded: 'ko-2+2', available: 'ko-3+2' }],
])('says CANNOT-RECOMPUTE, and not that something is wrong, when %s of that day are not at hand', (_, engine, missing) => {
  const old = { ...recorded, engine: { ...recorded.engine, ...engine }, candidates: [] };
  expect(compareFindings(old, computed)).toEqual({ verdict: 'CANNOT-RECOMPUTE', divergences: [], missing: [missing] });
});

it('says CANNOT-RECOMPUTE for a finding of before relations were proposed', () => {
  const { relations: _, ...engine } = computed.engine;
  expect(compareFindings({ ...recorded, engine } as Finding, computed)).toMatchObject({
    verdict: 'CANNOT-RECOMPUTE',
    missing: [{ part: 'relations', recorded: null, available: 'r1' }],
  });
});

import fc from 'fast-check';
import { planContent } from '../testing.js';
import { comparePlace, comparePlans } from './comparison.js';

const [map, count, permit] = planContent.functions as [string, string, string];

it('says nothing when both say the same', () => expect(comparePlans(planContent, structuredClone(planContent))).toEqual([]));

it('sets old and new beside each other, with the place on both sides', () => {
  const after = { ...planContent, budgetKrw: 142_000_000, functions: [count, '관정 대장을 연계한다', permit, '통계를 낸다'] };
  expect(comparePlans(planContent, after)).toEqual([
    { kind: 'changed', from: '/budgetKrw', to: '/budgetKrw', before: 180_000_000, after: 142_000_000 },
    { kind: 'removed', from: '/functions/0', to: null, before: map, after: null },
    { kind: 'added', from: null, to: '/functions/1', before: null, after: '관정 대장을 연계한다' },
    { kind: 'added', from: null, to: '/functions/3', before: null, after: '통계를 낸다' },
  ]);
});

it('takes what was rewritten in the same place for one change', () => {
  expect(comparePlans(planContent, { ...planContent, functions: [map, '이용량을 해마다 집계한다', permit] })).toEqual([
    { kind: 'changed', from: '/functions/1', to: '/functions/1', before: count, after: '이용량을 해마다 집계한다' },
  ]);
});

it('takes a date that was filled in for a change', () => {
  expect(comparePlans({ ...planContent, orderPlannedOn: null }, planContent)).toEqual([
    { kind: 'changed', from: '/orderPlannedOn', to: '/orderPlannedOn', before: null, after: '2026-12-21' },
  ]);
});

it('whatever was changed in a list, old list and differences give the new one, and the least is called different', () => {
  const list = fc.array(fc.constantFrom('가', '나', '다', '라'), { maxLength: 12 });
  fc.assert(
    fc.property(list, list, (before, after) => {
      const differences = comparePlans({ ...planContent, functions: before }, { ...planContent, functions: after });
      const index = (pointer: string | null) => Number(pointer?.split('/')[2] ?? NaN);
      const gone = new Set(differences.map(({ from }) => index(from)));
      const rebuilt: string[] = before.filter((_, place) => !gone.has(place));
      for (const { to, after: text } of differences) if (to !== null) rebuilt.splice(index(to), 0, String(text));
      expect(rebuilt).toEqual(after);
      for (const { before: was, after: is } of differences) expect(was).not.toBe(is);
      expect(differences.length).toBeLessThanOrEqual(
        Math.max(before.length, after.length) + Math.min(before.length, after.length),
      );
    }),
    { numRuns: 500, seed: 67 },
  );
});

describe('the place that a request was about', () => {
  const beside = (pointer: string, change: object) => comparePlace(planContent, { ...planContent, ...change }, pointer);

  it('is set beside what stands there now', () =>
    expect(beside('/functions/1', { functions: [map, '이용량을 해마다 집계한다', permit] })).toEqual({
      ...{ change: 'changed', from: '/functions/1', to: '/functions/1', before: count, after: '이용량을 해마다 집계한다' },
      differences: [
        { kind: 'changed', from: '/functions/1', to: '/functions/1', before: count, after: '이용량을 해마다 집계한다' },
      ],
    }));
  it('is found again where it stands after others were removed before it', () =>
    expect(beside('/functions/2', { functions: [count, permit] })).toMatchObject({
      ...{ change: 'unchanged', to: '/functions/1', before: permit, after: permit, differences: [] },
    }));
  it('is gone when it was removed', () =>
    expect(beside('/functions/0', { functions: [count, permit] })).toMatchObject({
      ...{ change: 'removed', to: null, before: map, after: null },
    }));
  it('may be a field, a whole list or the whole plan', () => {
    expect(beside('/budgetKrw', { budgetKrw: 1 })).toMatchObject({ change: 'changed', before: '180000000', after: '1' });
    expect(beside('/purpose', { budgetKrw: 1 })).toMatchObject({ change: 'unchanged', differences: [] });
    expect(beside('/functions', { functions: [map], budgetKrw: 1 })).toMatchObject({
      ...{ change: 'changed', after: map, differences: [{ from: '/functions/1' }, { from: '/functions/2' }] },
    });
    expect(beside('', { functions: [map, count], budgetKrw: 1 }).differences.map(({ from }) => from)).toEqual([
      ...['/budgetKrw', '/functions/2'],
    ]);
    expect(beside('', {}).change).toBe('unchanged');
  });
});

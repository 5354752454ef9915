import fc from 'fast-check';
import { changesBetween } from './changes.js';
import { same } from './same.js';

it('names each place that differs by its pointer, and nothing else', () => {
  const before = { a: 1, list: [{ x: 1 }, { x: 2 }], gone: true, 'a/b~c': null };
  const after = { a: 1, list: [{ x: 1 }, { x: 3 }, 'new'], 'a/b~c': 0 };
  expect(changesBetween(before, after)).toEqual([
    { pointer: '/list/1/x', before: 2, after: 3 },
    { pointer: '/list/2', after: 'new' },
    { pointer: '/a~1b~0c', before: null, after: 0 },
    { pointer: '/gone', before: true },
  ]);
});

it('says nothing of values that say the same in another order', () =>
  expect(changesBetween({ a: [1], b: 2 }, { b: 2, a: [1] })).toEqual([]));

it('gives the whole value where its kind has changed', () =>
  expect(changesBetween({ a: [1] }, { a: { 0: 1 } })).toEqual([{ pointer: '/a', before: [1], after: { 0: 1 } }]));

it('is empty exactly when nothing differs', () =>
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
      expect(changesBetween(a, b).length === 0).toBe(same(a, b));
    }),
  ));

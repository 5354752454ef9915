import { same } from './same.js';

it.each<[unknown, unknown]>([
  [
    { a: 1, b: [{ c: null }] },
    { b: [{ c: null }], a: 1 },
  ],
  [[], []],
  [{}, {}],
  [null, null],
  ['가', '가'],
])('%j is the same as %j', (a, b) => expect(same(a, b)).toBe(true));

it.each<[unknown, unknown]>([
  [{ a: 1 }, { a: 1, b: 2 }],
  [{ a: undefined }, { b: undefined }],
  [
    [1, 2],
    [2, 1],
  ],
  [[1], [1, 2]],
  [[], {}],
  [['가'], { 0: '가' }],
  [null, {}],
  [{}, null],
  [0, '0'],
  [null, undefined],
])('%j is not the same as %j', (a, b) => expect(same(a, b)).toBe(false));

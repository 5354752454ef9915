import { checkVector, MalformedVector } from './vector.js';

const ONE = 'bjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=';
const vector = (content: object): string => JSON.stringify(content);

it('accepts the tree of one leaf, whose root is the leaf', () => {
  expect(checkVector(vector({ leafIdx: 0, treeSize: 1, root: ONE, leafHash: ONE, proof: null, wantErr: true }))).toBe(true);
  expect(checkVector(vector({ leafIndex: 0, treeSize: 1, root: ONE, leafHash: ONE, proof: [] }))).toBe(true);
  expect(checkVector(vector({ size1: 1, size2: 1, root1: ONE, root2: ONE, proof: null }))).toBe(true);
});

it('asks of equal sizes only that the roots are equal, whatever they are', () => {
  const root = 'ZG9uJ3QgY2FyZSAx';
  expect(checkVector(vector({ size1: 0, size2: 0, root1: root, root2: root, proof: [] }))).toBe(true);
  expect(checkVector(vector({ size1: 0, size2: 0, root1: root, root2: ONE, proof: [] }))).toBe(false);
});

it.each([
  ['an index beyond the size', { leafIdx: 1, treeSize: 1, root: ONE, leafHash: ONE, proof: [] }],
  ['a size of 0', { leafIdx: 0, treeSize: 0, root: ONE, leafHash: ONE, proof: [] }],
  ['an empty leaf hash', { leafIdx: 0, treeSize: 1, root: ONE, leafHash: '', proof: [] }],
  ['garbage after the proof', { leafIdx: 0, treeSize: 1, root: ONE, leafHash: ONE, proof: [ONE] }],
  ['growth from nothing', { size1: 0, size2: 1, root1: ONE, root2: ONE, proof: [] }],
  ['growth without proof', { size1: 1, size2: 2, root1: ONE, root2: ONE, proof: [] }],
  ['growth backwards', { size1: 2, size2: 1, root1: ONE, root2: ONE, proof: [] }],
])('rejects %s', (_, content) => {
  expect(checkVector(vector(content))).toBe(false);
});

it('reads sizes that JSON numbers cannot hold exactly', () => {
  const text = `{"size1": 18446744073709551615, "size2": 18446744073709551615, "root1": "${ONE}", "root2": "${ONE}", "proof": []}`;
  expect(checkVector(text)).toBe(true);
  expect(checkVector(text.replace('615,', '614,'))).toBe(false);
});

it.each([
  '',
  '[]',
  '{}',
  '{"leafIdx":"x","treeSize":1}',
  '{"size1":1,"size2":1,"proof":{}}',
  '{"leafIdx":0,"treeSize":1,"proof":[1]}',
])('does not take %j for a vector', (text) => {
  expect(() => checkVector(text)).toThrow(MalformedVector);
});

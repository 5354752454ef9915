import { CompactRange } from './compact-range.js';
import { leafHash, nodeHash, type Hash } from './hashing.js';
import { consistencyProof, inclusionProof, type SubtreeHashes } from './proof.js';
import { checkVector } from './vector.js';

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

it.each(['', 'x', '[]', '{}', 'null', '{"proof":[]}'])('does not take %j for a vector', (text) => {
  expect(() => checkVector(text)).toThrow(expect.objectContaining({ name: 'MalformedVector', code: 'no-vector' }));
});

const INCLUSION = { leafIdx: 0, treeSize: 1, root: ONE, leafHash: ONE, proof: [] };
const CONSISTENCY = { size1: 1, size2: 1, root1: ONE, root2: ONE, proof: [] };

it.each<[string, object]>([
  ['leafIdx is not a whole number', { ...INCLUSION, leafIdx: 'x' }],
  ['leafIdx is not a whole number', { ...INCLUSION, leafIdx: 0.5 }],
  ['treeSize is missing', { leafIdx: 0, root: ONE, leafHash: ONE, proof: [] }],
  ['root is missing', { leafIdx: 0, treeSize: 1, leafHash: ONE, proof: [] }],
  ['size1 is missing', { size2: 1, root1: ONE, root2: ONE, proof: [] }],
  ['root2 is missing', { size1: 1, size2: 1, root1: ONE, proof: [] }],
  ['proof is not a list', { ...CONSISTENCY, proof: {} }],
  ['proof[1] is not text', { ...CONSISTENCY, proof: [ONE, 1] }],
  ['root is not base64', { ...INCLUSION, root: `!${ONE}` }],
  ['root is not base64', { ...INCLUSION, root: `${ONE}\n` }],
  ['leafHash is not base64', { ...INCLUSION, leafHash: ONE.replaceAll('+', '-').replaceAll('/', '_') }],
  ['leafHash is not base64', { ...INCLUSION, leafHash: ONE.replace('=', '') }],
  // The last letter carries two bits that are no part of the hash.
  ['root2 is not base64', { ...CONSISTENCY, root2: ONE.replace('B0=', 'B1=') }],
  ['proof[0] is not base64', { ...INCLUSION, proof: ['*'] }],
])('rejects a vector in words: %s', (words, content) => {
  expect(() => checkVector(vector(content))).toThrow(expect.objectContaining({ code: 'part', message: words }));
});

const base64 = (hash: Hash): string => hash.toString('base64');

describe('the example tree of RFC 6962, 2.1.3', () => {
  // Seven leaves d0 to d6; the nodes have the letters that the RFC gives them.
  const leaves = Array.from({ length: 7 }, (_, n) => leafHash(`d${n}`));
  const [a, b, c, d, e, f, j] = leaves as [Hash, Hash, Hash, Hash, Hash, Hash, Hash];
  const [g, h, i] = [nodeHash(a, b), nodeHash(c, d), nodeHash(e, f)];
  const [k, l] = [nodeHash(g, h), nodeHash(i, j)];
  const root = nodeHash(k, l);

  it.each([
    [0, [b, h, l]],
    [3, [c, g, l]],
    [4, [f, j, k]],
    [6, [i, k]],
  ])('has the audit path that the RFC names for d%i, and no other', (leafIdx, path) => {
    const of = { leafIdx, treeSize: 7, root: base64(root), leafHash: base64(leaves[leafIdx] ?? root) };
    expect(checkVector(vector({ ...of, proof: path.map(base64) }))).toBe(true);
    expect(checkVector(vector({ ...of, proof: path.toReversed().map(base64) }))).toBe(false);
    expect(checkVector(vector({ ...of, leafIdx: (leafIdx + 1) % 7, proof: path.map(base64) }))).toBe(false);
  });

  it.each([
    [3, nodeHash(g, c), [c, d, g, l]],
    [4, k, [l]],
    [6, nodeHash(k, i), [i, j, k]],
  ])('has the consistency proof that the RFC names from size %i, and no other', (size1, root1, proof) => {
    const of = { size1, size2: 7, root1: base64(root1), root2: base64(root) };
    expect(checkVector(vector({ ...of, proof: proof.map(base64) }))).toBe(true);
    expect(checkVector(vector({ ...of, proof: proof.slice(0, -1).map(base64) }))).toBe(false);
    expect(checkVector(vector({ ...of, root1: of.root2, root2: of.root1, proof: proof.map(base64) }))).toBe(false);
  });
});

describe('vectors in the public format, made for every leaf and every earlier size of trees up to 20 leaves', () => {
  const nodes = new Map<string, Hash>();
  const range = new CompactRange();
  const roots = [range.root()];
  for (let n = 0; n < 20; n++) {
    for (const { level, index, hash } of range.append(leafHash(`leaf ${n}`))) nodes.set(`${level}/${index}`, hash);
    roots.push(range.root());
  }
  const tree: SubtreeHashes = { subtree: async (level, index) => nodes.get(`${level}/${index}`) ?? Buffer.alloc(0) };
  const rootOf = (size: number): string => base64(roots[size] ?? Buffer.alloc(0));
  const wrong = base64(leafHash('wrong'));
  interface Change {
    readonly desc: string;
    readonly change: object;
  }
  /** Accepted as it is, and refused with any of the changes, as `wantErr` says. */
  const agree = (happy: object, changes: readonly Change[]) => {
    for (const { desc, change } of [{ desc: 'happy path', change: {} }, ...changes]) {
      const made = { ...happy, desc, ...change, wantErr: desc !== 'happy path' };
      expect({ made, accepted: checkVector(vector(made)) }).toEqual({ made, accepted: !made.wantErr });
    }
  };
  const damages = (proof: readonly string[]): Change[] => [
    { desc: 'trailing garbage', change: { proof: [...proof, ''] } },
    { desc: 'one hash too many', change: { proof: [...proof, wrong] } },
    { desc: 'preceding garbage', change: { proof: [wrong, ...proof] } },
    ...proof.map((_, at) => ({ desc: `hash ${at} modified`, change: { proof: proof.with(at, wrong) } })),
    ...proof.map((_, at) => ({ desc: `hash ${at} removed`, change: { proof: proof.toSpliced(at, 1) } })),
  ];

  it('are accepted or refused as they say: inclusion', async () => {
    for (let treeSize = 1; treeSize <= 20; treeSize++) {
      for (let leafIdx = 0; leafIdx < treeSize; leafIdx++) {
        const proof = (await inclusionProof(tree, BigInt(leafIdx), BigInt(treeSize))).map(base64);
        const happy = { leafIdx, treeSize, root: rootOf(treeSize), leafHash: base64(leafHash(`leaf ${leafIdx}`)), proof };
        agree(happy, [
          ...damages(proof),
          { desc: 'leaf index beyond the tree', change: { leafIdx: treeSize } },
          { desc: 'leaf index + 2^32', change: { leafIdx: leafIdx + 2 ** 32 } },
          { desc: 'tree of no leaves', change: { treeSize: 0 } },
          { desc: 'random root', change: { root: wrong } },
          { desc: 'empty root', change: { root: '' } },
          { desc: 'another leaf', change: { leafHash: wrong } },
          { desc: 'no leaf', change: { leafHash: '' } },
        ]);
      }
    }
  });

  it('are accepted or refused as they say: consistency', async () => {
    for (let size2 = 2; size2 <= 20; size2++) {
      for (let size1 = 1; size1 < size2; size1++) {
        const proof = (await consistencyProof(tree, BigInt(size1), BigInt(size2))).map(base64);
        agree({ size1, size2, root1: rootOf(size1), root2: rootOf(size2), proof }, [
          ...damages(proof),
          { desc: 'roots swapped', change: { root1: rootOf(size2), root2: rootOf(size1) } },
          { desc: 'sizes swapped', change: { size1: size2, size2: size1 } },
          { desc: 'from an empty tree', change: { size1: 0 } },
          { desc: 'no proof', change: { proof: [] } },
          { desc: 'random first root', change: { root1: wrong } },
          { desc: 'random second root', change: { root2: wrong } },
        ]);
      }
    }
  });
});

import fc from 'fast-check';
import { CompactRange } from './compact-range.js';
import { EMPTY_ROOT, HASH_BYTES, leafHash, nodeHash, sha256, type Hash } from './hashing.js';
import { consistencyProof, inclusionProof, rootAt, verifyConsistency, verifyInclusion, type SubtreeHashes } from './proof.js';

/** The entries and roots that Certificate Transparency implementations have compared themselves with since RFC 6962. */
const ENTRIES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const KNOWN = ENTRIES.map((hex) => leafHash(Buffer.from(hex, 'hex')));

/** The definitions of RFC 9162, word for word and without regard to cost. */
const mth = (leaves: readonly Hash[]): Hash => {
  if (leaves.length === 0) return EMPTY_ROOT;
  const [only] = leaves;
  if (leaves.length === 1 && only) return only;
  const split = largestPowerBelow(leaves.length);
  return nodeHash(mth(leaves.slice(0, split)), mth(leaves.slice(split)));
};
const path = (index: number, leaves: readonly Hash[]): Hash[] => {
  if (leaves.length === 1) return [];
  const split = largestPowerBelow(leaves.length);
  return index < split
    ? [...path(index, leaves.slice(0, split)), mth(leaves.slice(split))]
    : [...path(index - split, leaves.slice(split)), mth(leaves.slice(0, split))];
};
const subproof = (size: number, leaves: readonly Hash[], known: boolean): Hash[] => {
  if (size === leaves.length) return known ? [] : [mth(leaves)];
  const split = largestPowerBelow(leaves.length);
  return size <= split
    ? [...subproof(size, leaves.slice(0, split), known), mth(leaves.slice(split))]
    : [...subproof(size - split, leaves.slice(split), false), mth(leaves.slice(0, split))];
};
const largestPowerBelow = (n: number): number => 2 ** Math.floor(Math.log2(n - 1));

const kept = (leaves: readonly Hash[]): SubtreeHashes => {
  const nodes = new Map<string, Hash>();
  const range = new CompactRange();
  for (const leaf of leaves) for (const { level, index, hash } of range.append(leaf)) nodes.set(`${level}/${index}`, hash);
  return {
    subtree: async (level, index) => {
      const hash = nodes.get(`${level}/${index}`);
      if (!hash) throw new Error(`no subtree ${level}/${index}`);
      return hash;
    },
  };
};

const leavesOf = (count: number, seed = 0): Hash[] =>
  Array.from({ length: count }, (_, index) => sha256(Buffer.from(`${seed}/${index}`)));

describe('the Merkle tree of RFC 9162', () => {
  it('gives the known roots of the known entries', () => {
    const range = new CompactRange();
    expect(range.root().toString('hex')).toBe(ROOTS[0]);
    for (const [index, leaf] of KNOWN.entries()) {
      range.append(leaf);
      expect(range.root().toString('hex')).toBe(ROOTS[index + 1]);
    }
  });

  it('gives the known paths of the known entries', async () => {
    const hex = (proof: readonly Hash[]) => proof.map((hash) => hash.toString('hex'));
    expect(hex(await inclusionProof(kept(KNOWN), 5n, 8n))).toEqual([
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ]);
    expect(hex(await consistencyProof(kept(KNOWN), 6n, 8n))).toEqual([
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ]);
  });

  it('agrees with the definitions for every leaf and every earlier size of trees up to 40 leaves', async () => {
    const all = leavesOf(40);
    const tree = kept(all);
    for (let size = 1; size <= 40; size++) {
      const leaves = all.slice(0, size);
      const root = mth(leaves);
      expect(await rootAt(tree, BigInt(size))).toEqual(root);
      for (let at = 0; at < size; at++) {
        const inclusion = await inclusionProof(tree, BigInt(at), BigInt(size));
        expect(inclusion).toEqual(path(at, leaves));
        expect(verifyInclusion(BigInt(at), BigInt(size), all[at] ?? EMPTY_ROOT, inclusion, root)).toBe(true);
        const consistency = await consistencyProof(tree, BigInt(at + 1), BigInt(size));
        expect(consistency).toEqual(subproof(at + 1, leaves, true));
        expect(verifyConsistency(BigInt(at + 1), BigInt(size), consistency, mth(all.slice(0, at + 1)), root)).toBe(true);
      }
    }
  });

  it('goes on from stored peaks as if it had never stopped', () => {
    fc.assert(
      fc.property(fc.nat(200), fc.nat(200), (first, then) => {
        const leaves = leavesOf(first + then);
        const before = new CompactRange();
        for (const leaf of leaves.slice(0, first)) before.append(leaf);
        const after = new CompactRange(before.size, before.peaks);
        for (const leaf of leaves.slice(first)) after.append(leaf);
        expect(after.root()).toEqual(mth(leaves));
      }),
    );
  });

  it('refuses peaks that do not fit the size', () => {
    expect(() => new CompactRange(3n, [EMPTY_ROOT])).toThrow(RangeError);
    expect(() => new CompactRange(-1n, [])).toThrow(RangeError);
  });

  it('has no proof to give for a leaf or a size outside the tree, nor from the empty tree', async () => {
    const tree = kept(KNOWN);
    await expect(inclusionProof(tree, 8n, 8n)).rejects.toThrow(RangeError);
    await expect(inclusionProof(tree, -1n, 8n)).rejects.toThrow(RangeError);
    await expect(consistencyProof(tree, 0n, 8n)).rejects.toThrow(RangeError);
    await expect(consistencyProof(tree, 8n, 7n)).rejects.toThrow(RangeError);
    expect(verifyConsistency(0n, 8n, [], EMPTY_ROOT, mth(KNOWN))).toBe(false);
  });
});

/** Ways to damage a list of hashes so that it is another list. */
const damaged = (proof: readonly Hash[], pick: number, bit: number, others: readonly Hash[]): readonly (readonly Hash[])[] => {
  const at = proof.length === 0 ? 0 : pick % proof.length;
  const other = others[pick % others.length] ?? EMPTY_ROOT;
  const lists: (readonly Hash[])[] = [
    [...proof, other],
    [other, ...proof],
    [...proof.slice(0, at), other, ...proof.slice(at)],
    [...proof, Buffer.alloc(0)],
    proof.slice(1),
    proof.slice(0, -1),
    [],
    [...proof].reverse(),
    proof.toSpliced(at, 1),
    proof.map((hash, index) => (index === at ? flipped(hash, bit) : hash)),
    proof.map((hash, index) => (index === at ? hash.subarray(0, HASH_BYTES - 1) : hash)),
    proof.map((hash, index) => (index === at ? Buffer.concat([hash, Buffer.of(0)]) : hash)),
    proof.map((hash, index) => (index === at ? other : hash)),
    proof.length < 2 ? [...proof, ...proof, other] : proof.map((hash, index) => proof[index ^ 1] ?? hash),
  ];
  return lists.filter((list) => !same(list, proof));
};
const same = (a: readonly Hash[], b: readonly Hash[]) =>
  a.length === b.length && a.every((hash, index) => hash.equals(b[index] ?? Buffer.alloc(0)));
const flipped = (hash: Hash, bit: number): Hash => {
  const copy = Buffer.from(hash);
  const byte = (bit >> 3) % copy.length;
  copy[byte] = (copy[byte] ?? 0) ^ (1 << (bit & 7));
  return copy;
};
const otherNumbers = (number: bigint, width: number): bigint[] => [
  ...[number + 1n, number - 1n, number ^ 2n, number * 2n, number / 2n, number + 2n ** 32n, number + 2n ** 64n, -number - 1n],
  BigInt(width),
];

describe('a proof that was altered', () => {
  /** Some thirty mutations each; settable for a campaign: SAJEON_PROOF_RUNS, SAJEON_SEED. */
  const RUNS = Number(process.env['SAJEON_PROOF_RUNS'] ?? 400);
  const SEED = Number(process.env['SAJEON_SEED'] ?? Date.now() % 1_000_000_007);
  const all = leavesOf(300, 1);
  const tree = kept(all);
  const roots = all.reduce<[CompactRange, Hash[]]>(
    ([range, made], leaf) => {
      range.append(leaf);
      return [range, [...made, range.root()]];
    },
    [new CompactRange(), [EMPTY_ROOT]],
  )[1];
  const rootOf = (size: bigint): Hash => roots[Number(size)] ?? EMPTY_ROOT;

  /** Counts what was refused. A million calls of `expect` would take ten times as long as the proofs. */
  const counting = () => {
    const refuse = (accepted: boolean) => {
      if (accepted) throw new Error('an altered proof was accepted');
      refuse.count++;
    };
    refuse.count = 0;
    return refuse;
  };

  // The size is not among them: paths of neighbouring sizes can have one shape, and the signed checkpoint says which size is meant.
  it('shows no leaf: whatever is changed in index, leaf, root or path', () => {
    const refuse = counting();
    const tried = fc.asyncProperty(
      fc.integer({ min: 1, max: 300 }),
      fc.nat(),
      fc.nat(),
      fc.nat(255),
      async (size, a, pick, bit) => {
        const leaves = all.slice(0, size);
        const index = BigInt(a % size);
        const n = BigInt(size);
        const leaf = leaves[Number(index)] ?? EMPTY_ROOT;
        const root = rootOf(n);
        const proof = await inclusionProof(tree, index, n);
        expect(verifyInclusion(index, n, leaf, proof, root)).toBe(true);
        for (const list of damaged(proof, pick, bit, [root, leaf, ...leaves, EMPTY_ROOT])) {
          refuse(verifyInclusion(index, n, leaf, list, root));
        }
        for (const other of otherNumbers(index, pick)) {
          if (other === index) continue;
          refuse(verifyInclusion(other, n, leaf, proof, root));
        }
        for (const hash of [flipped(leaf, bit), root, leaf.subarray(1), EMPTY_ROOT, Buffer.alloc(0)]) {
          if (!hash.equals(leaf)) {
            refuse(verifyInclusion(index, n, hash, proof, root));
          }
          if (!hash.equals(root)) {
            refuse(verifyInclusion(index, n, leaf, proof, hash));
          }
        }
      },
    );
    return fc.assert(tried, { numRuns: RUNS, seed: SEED }).then(() => {
      process.stdout.write(`${refuse.count} altered proofs refused (seed ${SEED})\n`);
      expect(refuse.count).toBeGreaterThan(RUNS * 15);
    });
  });

  it('shows no growth: whatever is changed in the earlier size, the roots or the proof', () => {
    const refuse = counting();
    const tried = fc.asyncProperty(
      fc.integer({ min: 2, max: 300 }),
      fc.nat(),
      fc.nat(),
      fc.nat(255),
      async (size, a, pick, bit) => {
        const leaves = all.slice(0, size);
        const to = BigInt(size);
        const from = 1n + BigInt(a % (size - 1));
        const fromRoot = rootOf(from);
        const toRoot = rootOf(to);
        const proof = await consistencyProof(tree, from, to);
        expect(verifyConsistency(from, to, proof, fromRoot, toRoot)).toBe(true);
        for (const list of damaged(proof, pick, bit, [fromRoot, toRoot, ...leaves, EMPTY_ROOT])) {
          refuse(verifyConsistency(from, to, list, fromRoot, toRoot));
        }
        for (const other of otherNumbers(from, pick)) {
          if (other === from) continue;
          refuse(verifyConsistency(other, to, proof, fromRoot, toRoot));
        }
        for (const [one, two] of [
          [toRoot, fromRoot],
          [flipped(fromRoot, bit), toRoot],
          [fromRoot, flipped(toRoot, bit)],
          [fromRoot, fromRoot],
          [toRoot, toRoot],
          [EMPTY_ROOT, toRoot],
          [fromRoot.subarray(1), toRoot],
        ] as const) {
          refuse(verifyConsistency(from, to, proof, one, two));
        }
      },
    );
    return fc.assert(tried, { numRuns: RUNS, seed: SEED }).then(() => {
      process.stdout.write(`${refuse.count} altered proofs refused (seed ${SEED})\n`);
      expect(refuse.count).toBeGreaterThan(RUNS * 15);
    });
  });

  it('shows nothing of a size that does not hold the leaf', async () => {
    // A tree may look the same along one path at several sizes; the index must still be below the size.
    const leaves = leavesOf(16);
    const proof = await inclusionProof(kept(leaves), 3n, 16n);
    for (const size of [0n, 1n, 3n, -16n, 8n, 4n, 32n, 17n, 2n ** 64n]) {
      expect(verifyInclusion(3n, size, leaves[3] ?? EMPTY_ROOT, proof, mth(leaves))).toBe(false);
    }
  });
});

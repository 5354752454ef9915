import { foldPeaks } from './compact-range.js';
import { HASH_BYTES, nodeHash, type Hash } from './hashing.js';

/** Where hashes of full subtrees come from: 2^level leaves, the `index`-th of that size. Level 0 are leaf hashes. */
export interface SubtreeHashes {
  subtree(level: number, index: bigint): Promise<Hash>;
}

/** Leaves `from` to `to` (exclusive); `from` is a multiple of every full subtree inside. */
interface Span {
  readonly from: bigint;
  readonly to: bigint;
}

/** Largest size that a proof may speak of. Positions of both stores are below it. */
const LARGEST_SIZE = 2n ** 64n - 1n;

/** Root of the first `size` leaves. */
export async function rootAt(tree: SubtreeHashes, size: bigint): Promise<Hash> {
  return size === 0n ? foldPeaks([]) : spanHash(tree, { from: 0n, to: size });
}

/** The roots of the full subtrees that the first `size` leaves fall into, largest first, as a compact range goes on from. */
export async function peaksOf(tree: SubtreeHashes, size: bigint): Promise<readonly Hash[]> {
  const levels = Array.from({ length: size.toString(2).length }, (_, level) => level).reverse();
  return Promise.all(
    levels
      .filter((level) => ((size >> BigInt(level)) & 1n) === 1n)
      .map((level) => tree.subtree(level, (size >> BigInt(level)) - 1n)),
  );
}

/**
 * Shows that leaf `index` is in the tree of the first `size` leaves: RFC 9162, 2.1.3.1, from the leaf upwards.
 * @throws RangeError unless 0 <= index < size
 */
export async function inclusionProof(tree: SubtreeHashes, index: bigint, size: bigint): Promise<readonly Hash[]> {
  if (index < 0n || index >= size) throw new RangeError(`leaf ${index} is not in a tree of ${size}`);
  return Promise.all(inclusionSpans(index, { from: 0n, to: size }).map((span) => spanHash(tree, span)));
}

/**
 * Shows that the tree of `from` leaves is how the tree of `to` leaves began: RFC 9162, 2.1.4.1.
 * @throws RangeError unless 0 < from <= to; every tree begins with the empty one, so there is nothing to show for 0
 */
export async function consistencyProof(tree: SubtreeHashes, from: bigint, to: bigint): Promise<readonly Hash[]> {
  if (from <= 0n || from > to) throw new RangeError(`a tree of ${to} leaves did not begin as one of ${from}`);
  return Promise.all(consistencySpans(from, { from: 0n, to }, true).map((span) => spanHash(tree, span)));
}

/** False for anything but the one proof that RFC 9162, 2.1.3.2 accepts: exact length, 32 bytes each, root equal. */
export function verifyInclusion(index: bigint, size: bigint, leaf: Hash, proof: readonly Hash[], root: Hash): boolean {
  if (index < 0n || index >= size || size > LARGEST_SIZE) return false;
  if (![leaf, root, ...proof].every(isHash)) return false;
  const { inner, border } = proofShape(index, size);
  if (proof.length !== inner + border) return false;
  let hash = leaf;
  for (const [level, sibling] of proof.entries()) {
    const left = level >= inner || ((index >> BigInt(level)) & 1n) === 1n;
    hash = left ? nodeHash(sibling, hash) : nodeHash(hash, sibling);
  }
  return hash.equals(root);
}

/** False for anything but the one proof that RFC 9162, 2.1.4.2 accepts. Equal sizes need an empty proof and equal roots. */
export function verifyConsistency(from: bigint, to: bigint, proof: readonly Hash[], fromRoot: Hash, toRoot: Hash): boolean {
  if (from < 0n || from > to || to > LARGEST_SIZE) return false;
  if (from === to) return proof.length === 0 && fromRoot.equals(toRoot);
  if (from === 0n || ![fromRoot, toRoot, ...proof].every(isHash)) return false;
  const shift = trailingZeros(from);
  const { inner, border } = proofShape(from - 1n, to);
  const climbs = inner - shift;
  // When the old tree is one full subtree, its root is where both climbs begin and the proof leaves it out.
  const wholeOld = from === 1n << BigInt(shift);
  const path = wholeOld ? proof : proof.slice(1);
  if (proof.length !== climbs + border + (wholeOld ? 0 : 1)) return false;
  const seed = wholeOld ? fromRoot : proof[0];
  if (!seed) return false;
  const mask = (from - 1n) >> BigInt(shift);
  let before = seed;
  let after = seed;
  for (const [level, sibling] of path.entries()) {
    if (level >= climbs || ((mask >> BigInt(level)) & 1n) === 1n) {
      before = nodeHash(sibling, before);
      after = nodeHash(sibling, after);
    } else after = nodeHash(after, sibling);
  }
  return before.equals(fromRoot) && after.equals(toRoot);
}

function inclusionSpans(index: bigint, tree: Span): Span[] {
  if (tree.to - tree.from === 1n) return [];
  const split = splitOf(tree);
  return index < split
    ? [...inclusionSpans(index, { from: tree.from, to: split }), { from: split, to: tree.to }]
    : [...inclusionSpans(index, { from: split, to: tree.to }), { from: tree.from, to: split }];
}

function consistencySpans(size: bigint, tree: Span, known: boolean): Span[] {
  if (size === tree.to) return known ? [] : [tree];
  const split = splitOf(tree);
  return size <= split
    ? [...consistencySpans(size, { from: tree.from, to: split }, known), { from: split, to: tree.to }]
    : [...consistencySpans(size, { from: split, to: tree.to }, false), { from: tree.from, to: split }];
}

/** The left part is the largest full subtree that is smaller than the whole. */
function splitOf({ from, to }: Span): bigint {
  return from + (1n << BigInt(bitLength(to - from - 1n) - 1));
}

async function spanHash(tree: SubtreeHashes, { from, to }: Span): Promise<Hash> {
  const peaks: Promise<Hash>[] = [];
  for (let at = from, level = bitLength(to - from) - 1; at < to; level--) {
    const width = 1n << BigInt(level);
    if (to - at < width) continue;
    peaks.push(tree.subtree(level, at >> BigInt(level)));
    at += width;
  }
  return foldPeaks(await Promise.all(peaks));
}

/** `inner`: steps below the point where the paths to this leaf and to the last one part; `border`: steps along the right edge above it. */
function proofShape(index: bigint, size: bigint): { readonly inner: number; readonly border: number } {
  const inner = bitLength(index ^ (size - 1n));
  let border = 0;
  for (let rest = index >> BigInt(inner); rest > 0n; rest >>= 1n) if ((rest & 1n) === 1n) border++;
  return { inner, border };
}

const bitLength = (value: bigint): number => (value === 0n ? 0 : value.toString(2).length);

function trailingZeros(value: bigint): number {
  let zeros = 0;
  for (let rest = value; (rest & 1n) === 0n; rest >>= 1n) zeros++;
  return zeros;
}

const isHash = (hash: Hash): boolean => hash.length === HASH_BYTES;

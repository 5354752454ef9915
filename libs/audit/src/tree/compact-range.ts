import { EMPTY_ROOT, nodeHash, type Hash } from './hashing.js';

/** A full subtree of 2^level leaves, the `index`-th of its size. */
export interface Subtree {
  readonly level: number;
  readonly index: bigint;
  readonly hash: Hash;
}

/**
 * All that is needed to go on building a tree: the roots of the full subtrees that its leaves fall into, largest first,
 * one for each bit set in `size`. Appending costs O(log n) hashes at worst and less than one on average.
 */
export class CompactRange {
  readonly #peaks: Hash[];
  #size: bigint;

  /** @throws RangeError when the number of peaks does not fit the size */
  constructor(size = 0n, peaks: readonly Hash[] = []) {
    if (size < 0n || peaks.length !== bitsSet(size))
      throw new RangeError(`a tree of ${size} leaves has no ${peaks.length} peaks`);
    this.#size = size;
    this.#peaks = [...peaks];
  }

  get size(): bigint {
    return this.#size;
  }

  get peaks(): readonly Hash[] {
    return this.#peaks;
  }

  /** Adds a leaf and gives every full subtree that it completes, from the leaf itself upwards. */
  append(leaf: Hash): Subtree[] {
    const completed: Subtree[] = [{ level: 0, index: this.#size, hash: leaf }];
    let hash = leaf;
    let level = 0;
    for (let carry = this.#size; (carry & 1n) === 1n; carry >>= 1n) {
      const left = this.#peaks.pop();
      if (!left) throw new RangeError('a peak is missing'); // the constructor saw to it that none is
      hash = nodeHash(left, hash);
      level++;
      completed.push({ level, index: carry >> 1n, hash });
    }
    this.#peaks.push(hash);
    this.#size += 1n;
    return completed;
  }

  root(): Hash {
    return foldPeaks(this.#peaks);
  }

  copy(): CompactRange {
    return new CompactRange(this.#size, this.#peaks);
  }
}

/** Root over adjacent full subtrees, largest first. */
export function foldPeaks(peaks: readonly Hash[]): Hash {
  return peaks.length === 0 ? EMPTY_ROOT : peaks.reduceRight((right, left) => nodeHash(left, right));
}

function bitsSet(value: bigint): number {
  let count = 0;
  for (let rest = value; rest > 0n; rest >>= 1n) if ((rest & 1n) === 1n) count++;
  return count;
}

import type { Epoch } from './statistics.js';

/** Numbers kept of each record: see `Comparison`. */
export const LENGTHS = 4;
/** Room for what arrives next, so that not every record makes new tables. */
const AHEAD = 1.5;

/**
 * What was worked out about an epoch, shared between comparisons: it depends on the epoch's counts and on the records, never on a plan.
 * Also the room in which one comparison after another works.
 */
export class EpochTables {
  /** Rarity of each term; 0 for "not worked out yet". */
  readonly rarities: Int32Array;
  /** By record, what kind of system it is; 0 for "not worked out yet". */
  readonly kinds: Uint32Array;
  /** By record, what it is about; 0 for "not worked out yet". */
  readonly subjects: Uint32Array;
  readonly #kindNumbers = new Map<string, number>();
  /** By record, how much it says, `LENGTHS` numbers each; only where `measured` is 1. */
  readonly lengths: Float64Array;
  readonly measured: Uint8Array;
  /** For each term the number of the record that was last seen to have it. */
  readonly seen: Uint32Array;
  #serial = 0;

  constructor(
    readonly epoch: Epoch,
    terms: number,
    records: number,
  ) {
    this.rarities = new Int32Array(Math.ceil(terms * AHEAD));
    this.seen = new Uint32Array(this.rarities.length);
    const room = Math.ceil(records * AHEAD);
    this.lengths = new Float64Array(LENGTHS * room);
    this.measured = new Uint8Array(room);
    this.kinds = new Uint32Array(room);
    this.subjects = new Uint32Array(room);
  }

  /** Whether they are of this epoch and have room for so much. */
  fit(epoch: Epoch, terms: number, records: number): boolean {
    return this.epoch === epoch && terms <= this.rarities.length && records <= this.measured.length;
  }

  /** Takes over what others knew of the same epoch. */
  learn(from: EpochTables): void {
    this.rarities.set(from.rarities.subarray(0, this.rarities.length));
    this.lengths.set(from.lengths.subarray(0, this.lengths.length));
    this.measured.set(from.measured.subarray(0, this.measured.length));
    this.kinds.set(from.kinds.subarray(0, this.kinds.length));
    this.subjects.set(from.subjects.subarray(0, this.subjects.length));
    for (const [kind, number] of from.#kindNumbers) this.#kindNumbers.set(kind, number);
  }

  /** The number of a kind: above 0, in order of first sight. */
  numberOf(kind: string): number {
    let number = this.#kindNumbers.get(kind);
    if (number === undefined) this.#kindNumbers.set(kind, (number = this.#kindNumbers.size + 1));
    return number;
  }

  get serial(): number {
    return this.#serial;
  }

  /** A number that no term has in `seen`. */
  nextRecord(): number {
    if (this.#serial === 0xffffffff) {
      this.seen.fill(0);
      this.#serial = 0;
    }
    return ++this.#serial;
  }
}

import { kThHighest, Window, type Postings } from './columns.js';

/** Records whose sums are worked out together: few enough to stay in the processor's nearest memory. */
const WINDOW = 8192;
/** A comparison of squares lets through what is below by this share: a thousand times more than rounding could take away. */
const ROUNDING = 1e-9;

/** A term that is looked for. */
export interface Sought {
  readonly postings: Postings;
  /** What a record's sum grows by for each unit of the weight that the term has in it: a whole number. */
  readonly factor: number;
}

/** Among which records, and what is known about each. */
export interface Field {
  /** How many there are. */
  readonly records: number;
  /** Whether a record may be found. */
  readonly alive: (doc: number) => boolean;
  /** By record. Of equal values, that of lower rank goes before; of equal ranks, the first. */
  readonly ranks: Uint32Array;
  /** By record, if its value is its sum over the root of this: else the sum itself is the value. */
  readonly norms: Uint32Array | null;
}

/**
 * The `k` records of the highest values above 0, those above the lowest of these values first.
 *
 * Records go by in windows, so that the sums of all of them never stand in memory together, and only those that have a term are looked
 * at. Of a common word, most records have it with the same weight: a hundred thousand equal values must cost no more than different ones.
 */
export function strongest(sought: readonly Sought[], field: Field, k: number): number[] {
  const window = new Window(Math.min(WINDOW, field.records));
  // What adds nothing would leave no trace of whom it touched.
  const terms = sought.filter(({ factor }) => factor > 0);
  const places = new Uint32Array(terms.length);
  const best = new Best(k, field);
  for (; window.start < field.records; window.start += WINDOW) {
    for (let i = 0; i < terms.length; i++) {
      const { postings, factor } = terms[i] as Sought; // i < length
      places[i] = postings.addTo(window, places[i] ?? 0, factor);
    }
    best.take(window);
  }
  return best.found();
}

/** The best of the records that went by. */
class Best {
  readonly #k: number;
  readonly #field: Field;
  readonly #docs: number[] = [];
  readonly #values: number[] = [];
  #room: number;
  /** What a value must reach, and a rank must not pass when it just does: those of the last of the best, once there are enough. */
  #edge = Number.MIN_VALUE;
  #edgeRank = 0xffffffff;

  constructor(k: number, field: Field) {
    this.#k = k;
    this.#field = field;
    this.#room = 2 * k;
  }

  /** Empties the window. */
  take(window: Window): void {
    const { ranks, norms, alive } = this.#field;
    const { sums, touched, start, count } = window;
    let edge = this.#edge;
    let edgeRank = this.#edgeRank;
    for (let i = 0; i < count; i++) {
      const at = touched[i] as number; // i < count, and records are in their columns: noUncheckedIndexedAccess costs a branch for each
      const doc = start + at;
      let value = sums[at] as number;
      sums[at] = 0;
      if (norms) {
        const norm = norms[doc] as number;
        // Most are told by their squares, without a root.
        if (value * value < edge * edge * norm * (1 - ROUNDING)) continue;
        value /= Math.sqrt(norm);
      }
      if (value < edge || (value === edge && (ranks[doc] as number) > edgeRank) || !alive(doc)) continue;
      this.#docs.push(doc);
      this.#values.push(value);
      if (this.#docs.length < this.#room) continue;
      this.#cut();
      edge = this.#edge;
      edgeRank = this.#edgeRank;
    }
    window.count = 0;
  }

  /** Those above the edge in the order of the inventory, then those at the edge by rank. */
  found(): number[] {
    if (this.#docs.length >= this.#k) this.#cut();
    const { ranks } = this.#field;
    const above: number[] = [];
    const tied: number[] = [];
    this.#docs.forEach((doc, i) => (this.#values[i] === this.#edge ? tied : above).push(doc));
    above.sort((a, b) => a - b);
    tied.sort((a, b) => (ranks[a] ?? 0) - (ranks[b] ?? 0) || a - b);
    return [...above, ...tied].slice(0, this.#k);
  }

  /** Leaves the best `k` (and who has the last one's value and rank too) and raises the edge to the last of them. */
  #cut(): void {
    const { ranks } = this.#field;
    const [docs, values] = [this.#docs, this.#values];
    const edge = kThHighest(Float64Array.from(values), this.#k);
    let above = 0;
    const tied: number[] = [];
    for (let i = 0; i < docs.length; i++) {
      if (values[i] === edge) tied.push(-(ranks[docs[i] ?? 0] ?? 0));
      else if ((values[i] ?? 0) > edge) above++;
    }
    const edgeRank = -kThHighest(Float64Array.from(tied), this.#k - above);
    let kept = 0;
    for (let i = 0; i < docs.length; i++) {
      const [doc, value] = [docs[i] ?? 0, values[i] ?? 0];
      if (value < edge || (value === edge && (ranks[doc] ?? 0) > edgeRank)) continue;
      docs[kept] = doc;
      values[kept++] = value;
    }
    docs.length = values.length = kept;
    this.#edge = edge;
    this.#edgeRank = edgeRank;
    this.#room = kept + 3 * this.#k;
  }
}

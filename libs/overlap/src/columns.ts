/** Room for one more: twice as much while that is little, then a quarter more, or half of a large inventory's memory would be unused. */
function roomAfter(room: number): number {
  return room < 1 << 16 ? 2 * room : Math.ceil(1.25 * room);
}

/** What is used of WebAssembly, whose types come only with those of a browser. */
interface GrowingMemory {
  /** Another one after each growth. */
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}
declare const WebAssembly: {
  readonly Memory: new (pages: { readonly initial: number; readonly maximum: number }) => GrowingMemory;
};

/** Bytes above which a column grows in place, and what it grows by. */
const LARGE = 1 << 22;
const PAGE = 1 << 16;
const MOST_PAGES = 1 << 16;

/**
 * Append-only columns of numbers that grow as they fill: a hundred thousand records must not become millions of objects. A large one
 * lies in memory of WebAssembly, the only one that grows without being copied: to copy hundreds of megabytes for one record would hold
 * up everything else.
 */
export class Uint32Column {
  #values = new Uint32Array(1024);
  #memory: GrowingMemory | undefined;
  length = 0;

  static of(values: Uint32Array<ArrayBuffer>): Uint32Column {
    const column = new Uint32Column();
    if (values.byteLength >= LARGE) column.#moveToMemory(values);
    else if (values.length > 0) column.#values = values;
    column.length = values.length;
    return column;
  }

  push(value: number): void {
    if (this.length === this.#values.length) this.#grow();
    this.#values[this.length++] = value;
  }

  #grow(): void {
    if (this.#memory) {
      this.#memory.grow(Math.ceil(this.#values.byteLength / 4 / PAGE));
      this.#values = new Uint32Array(this.#memory.buffer);
    } else if (this.#values.byteLength >= LARGE) this.#moveToMemory(this.#values);
    else {
      const grown = new Uint32Array(roomAfter(this.length));
      grown.set(this.#values);
      this.#values = grown;
    }
  }

  #moveToMemory(values: Uint32Array): void {
    this.#memory = new WebAssembly.Memory({ initial: Math.ceil((1.25 * values.byteLength) / PAGE), maximum: MOST_PAGES });
    this.#values = new Uint32Array(this.#memory.buffer);
    this.#values.set(values);
  }

  at(i: number): number {
    return this.#values[i] ?? 0;
  }

  set(i: number, value: number): void {
    this.#values[i] = value;
  }

  /** The values now, not a copy. Valid until the next push. */
  view(): Uint32Array {
    return this.#values.subarray(0, this.length);
  }
}

/** Records that stand together from `start` on, and a sum for each: 0 but for those that are noted as touched. */
export class Window {
  readonly sums: Float64Array;
  /** Which have a sum, by their distance from the first; with room to write one more without asking. */
  readonly touched: Uint32Array;
  count = 0;
  start = 0;

  constructor(size: number) {
    this.sums = new Float64Array(size);
    this.touched = new Uint32Array(size + 1);
  }
}

/** Records that contain a term, each with a small weight, in order of arrival. */
export class Postings {
  #docs: Uint32Array;
  #weights: Uint8Array;
  length = 0;

  constructor(room = 4) {
    this.#docs = new Uint32Array(room);
    this.#weights = new Uint8Array(room);
  }

  push(doc: number, weight: number): void {
    if (this.length === this.#docs.length) {
      const room = roomAfter(this.length);
      const docs = new Uint32Array(room);
      docs.set(this.#docs);
      this.#docs = docs;
      const weights = new Uint8Array(room);
      weights.set(this.#weights);
      this.#weights = weights;
    }
    this.#docs[this.length] = doc;
    this.#weights[this.length++] = weight;
  }

  /**
   * Adds `factor` × weight to the sum of every record from place `at` on that stands in the window. Whole numbers: the order of
   * addition is immaterial.
   * @param factor above 0
   * @returns the place of the first record after the window
   */
  addTo(window: Window, at: number, factor: number): number {
    const docs = this.#docs;
    const weights = this.#weights;
    const { sums, touched, start } = window;
    const end = start + sums.length;
    let { count } = window;
    let i = at;
    for (; i < this.length; i++) {
      const doc = docs[i] as number; // i < length: noUncheckedIndexedAccess costs a branch per posting here, and below
      if (doc >= end) break;
      const sum = sums[doc - start] as number;
      // Without a branch, which nothing could foretell.
      touched[count] = doc - start;
      count += Number(sum === 0);
      sums[doc - start] = sum + factor * (weights[i] as number);
    }
    window.count = count;
    return i;
  }
}

/** The k-th largest of at least k values, which are put into another order. */
export function kThHighest(values: Float64Array, k: number): number {
  // Hoare's selection: what is larger than the pivot to the left, and on with the side that the k-th is in.
  let left = 0;
  let right = values.length - 1;
  const wanted = k - 1;
  while (left < right) {
    const pivot = values[(left + right) >>> 1] as number; // inside the array, as every index below
    let i = left;
    let j = right;
    while (i <= j) {
      while ((values[i] as number) > pivot) i++;
      while ((values[j] as number) < pivot) j--;
      if (i > j) break;
      const swap = values[i] as number;
      values[i++] = values[j] as number;
      values[j--] = swap;
    }
    if (wanted <= j) right = j;
    else if (wanted >= i) left = i;
    else break;
  }
  return values[wanted] ?? 0;
}

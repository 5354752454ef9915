/**
 * A file of sections: texts and columns of numbers, with a checksum over all. Texts are stored as UTF-16 units and numbers in the byte
 * order of the machine, which the magic number tells: a snapshot is a shortcut for one installation, not a document; the log is that.
 */

const MAGIC = 0x5a4a4f31;
/** Longest text put together at once: an engine's longest string is not much above this. */
const CHUNK = 1 << 13;

export class SnapshotWriter {
  readonly #parts: Uint8Array[] = [];

  text(text: string): void {
    const units = new Uint16Array(text.length);
    for (let i = 0; i < text.length; i++) units[i] = text.charCodeAt(i);
    this.#parts.push(new Uint8Array(units.buffer));
  }

  /** They must not change before `finish`: a copy of everything would be as much memory again. */
  numbers(values: Uint32Array): void {
    this.#parts.push(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  }

  finish(): Uint8Array {
    const head = new Uint32Array([MAGIC, this.#parts.length, ...this.#parts.map((p) => p.length)]);
    const padded = (n: number): number => (n + 3) & ~3;
    const body = this.#parts.reduce((n, p) => n + padded(p.length), head.byteLength);
    const bytes = new Uint8Array(body + 8);
    bytes.set(new Uint8Array(head.buffer));
    let at = head.byteLength;
    for (const part of this.#parts) {
      bytes.set(part, at);
      at += padded(part.length);
    }
    bytes.set(new Uint8Array(checksum(new Uint32Array(bytes.buffer, 0, body / 4)).buffer), body);
    return bytes;
  }
}

export class SnapshotReader {
  readonly #bytes: Uint8Array;
  readonly #lengths: Uint32Array;
  #section = 0;
  #at: number;

  /** Throws RangeError for anything that is not a whole, undamaged snapshot. */
  constructor(bytes: Uint8Array) {
    // Numbers must begin at a whole word of their memory, and a piece of a larger buffer may not. `slice` would not do: a Buffer's is no copy.
    this.#bytes = bytes.byteOffset % 4 === 0 ? bytes : new Uint8Array(bytes);
    if (bytes.length < 16 || bytes.length % 4 !== 0) throw new RangeError('not a snapshot of an overlap index');
    const words = new Uint32Array(this.#bytes.buffer, this.#bytes.byteOffset, bytes.length / 4);
    const sections = words[1] ?? 0;
    if (words[0] !== MAGIC || sections > words.length) throw new RangeError('not a snapshot of an overlap index');
    const [a, b] = checksum(words.subarray(0, words.length - 2));
    if (a !== words.at(-2) || b !== words.at(-1)) throw new RangeError('the snapshot of the overlap index is damaged');
    this.#lengths = words.slice(2, 2 + sections);
    this.#at = 4 * (2 + sections);
  }

  text(): string {
    const part = this.#next();
    const units = new Uint16Array(part.buffer, part.byteOffset, part.length / 2);
    const pieces: string[] = [];
    for (let i = 0; i < units.length; i += CHUNK) pieces.push(String.fromCharCode(...units.subarray(i, i + CHUNK)));
    return pieces.join('');
  }

  numbers(): Uint32Array<ArrayBuffer> {
    const part = this.#next();
    return new Uint32Array(part.buffer, part.byteOffset, part.length / 4).slice();
  }

  #next(): Uint8Array {
    const length = this.#lengths[this.#section++] ?? 0;
    const part = this.#bytes.subarray(this.#at, this.#at + length);
    this.#at += (length + 3) & ~3;
    return part;
  }
}

/** Sixty-four bits that change when any word does: against damage, not against malice. */
function checksum(words: Uint32Array): Uint32Array {
  let a = 0x811c9dc5;
  let b = 0x9e3779b9;
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? 0;
    a = Math.imul(a ^ word, 0x01000193);
    a ^= a >>> 15;
    b = Math.imul(b + word + i, 0x85ebca6b);
    b ^= b >>> 13;
  }
  return new Uint32Array([a >>> 0, b >>> 0]);
}

import { kThHighest, Postings, Uint32Column } from './columns.js';
import type { OverlapPlan, OverlapRecord } from './finding.js';
import type { Lexicon } from './lexicon.js';
import { hashOf } from './exact-math.js';
import { shingles, type Reader } from './reading.js';
import type { SnapshotReader, SnapshotWriter } from './snapshot.js';
import { countsDue, fewestOfATemplate, forceAfter, NO_EPOCH, type Epoch } from './statistics.js';
import { templatesAmong } from './templates.js';
import { BACKGROUND } from './thesaurus/background.js';

/** Parts of a record that are compared apart. From FIRST_FUNCTION on, one slot for each function. */
export const SLOT = { title: 0, purpose: 1, text: 2, data: 3, users: 4, technologies: 5 } as const;
export const FIRST_FUNCTION = 6;
const MOST_FUNCTIONS = 50;
/** Weight of a term by where it stands, in sixteenths; functions like the title. */
const SLOT_WEIGHT: readonly number[] = [18, 16, 16, 12, 6, 4];
const FUNCTION_WEIGHT = 18;

export function slotWeight(slot: number): number {
  return SLOT_WEIGHT[slot] ?? FUNCTION_WEIGHT;
}

/** `w` a word, `u` a unit of meaning, `p` a pair of letters, `t` a topic, `l` a piece of a sentence that has no title. */
export type Space = 'w' | 'u' | 'p' | 't' | 'l';

/** A passage: nothing says what it is about but its sentences. */
export function isPassage(r: OverlapPlan): boolean {
  return r.title === '' && r.functions.length === 0;
}

/** Terms get numbers in order of first sight. Nothing that leaves the engine may depend on these numbers. */
export class Vocabulary {
  // One map for each space: to put space and key together for every word of every record would be most of the work.
  readonly #ids: Readonly<Record<Space, Map<string, number>>> = {
    w: new Map(),
    u: new Map(),
    p: new Map(),
    t: new Map(),
    l: new Map(),
  };
  readonly keys: string[] = [];
  readonly spaces: Space[] = [];
  /** A number for each term that does not depend on when it was first seen. */
  readonly hashes: number[] = [];
  /** A second one, made of the first. */
  readonly otherHashes: number[] = [];

  find(space: Space, key: string): number {
    return this.#ids[space].get(key) ?? -1;
  }

  intern(space: Space, key: string): number {
    const known = this.#ids[space].get(key);
    if (known !== undefined) return known;
    const id = this.keys.length;
    this.#ids[space].set(key, id);
    this.keys.push(key);
    this.spaces.push(space);
    const hash = hashOf(space + key);
    this.hashes.push(hash);
    this.otherHashes.push(hashOf('', hash));
    return id;
  }

  get size(): number {
    return this.keys.length;
  }
}

/** A token of a slot: the word (−1 for none) and the units that cover it. */
export interface BagToken {
  readonly word: number;
  readonly units: ArrayLike<number>;
}

/** A record as sets of terms: per slot its tokens, and for the whole its weighted terms. */
export interface Bag {
  readonly slots: ReadonlyMap<number, readonly BagToken[]>;
  /** Term → weight of the best place it stands in (topics: strength). */
  readonly terms: ReadonlyMap<number, number>;
  /** Every three words in a row of its running text. */
  readonly shingles: readonly number[];
}

const MOST_TOPICS = 16;

export function stringsBySlot(r: OverlapPlan): (readonly [slot: number, text: string])[] {
  const strings: [number, string][] = [
    [SLOT.title, r.title],
    [SLOT.purpose, r.purpose],
    [SLOT.text, r.text],
    [SLOT.data, r.data.join('\n')],
    [SLOT.users, r.users.join('\n')],
    [SLOT.technologies, r.technologies.join('\n')],
  ];
  r.functions.forEach((f, i) => strings.push([FIRST_FUNCTION + Math.min(i, MOST_FUNCTIONS), f]));
  return strings.filter(([, s]) => s !== '');
}

/** Running text, where a form's own words stand among the answers. Titles and functions are too short to tell them apart. */
export const PROSE: ReadonlySet<number> = new Set([SLOT.purpose, SLOT.text]);

/**
 * Turns a record into a bag.
 * @param intern gives the number of a term
 * @param template as for `Reader.read`, for running text
 */
export function bagOf(
  r: OverlapPlan,
  reader: Reader,
  lexicon: Lexicon,
  intern: (space: Space, key: string) => number,
  template?: (shingle: number) => boolean,
): Bag {
  const slots = new Map<number, BagToken[]>();
  const terms = new Map<number, number>();
  const units = new Map<string, number>();
  const rows: number[] = [];
  const raise = (term: number, weight: number): void => {
    if ((terms.get(term) ?? 0) < weight) terms.set(term, weight);
  };
  for (const [slot, text] of stringsBySlot(r)) {
    const weight = slotWeight(slot);
    const reading = reader.read(text, r.agency, PROSE.has(slot) ? template : undefined);
    if (PROSE.has(slot)) shingles(reading.tokens, (shingle) => rows.push(shingle));
    const tokens = slots.get(slot) ?? [];
    const seen = new Set<string>();
    for (const t of reading.tokens) {
      const signature = `${t.word}|${t.units.join('|')}`;
      if (seen.has(signature)) continue;
      seen.add(signature);
      const word = t.word === '' ? -1 : intern('w', t.word);
      if (word >= 0) raise(word, weight);
      const ids = t.units.map((u) => intern('u', u));
      ids.forEach((u) => raise(u, weight));
      t.units.forEach((u) => units.set(u, Math.max(units.get(u) ?? 0, weight)));
      tokens.push({ word, units: ids });
    }
    if (tokens.length > 0) slots.set(slot, tokens);
    for (const p of reading.pairs) raise(intern('p', p), weight);
  }
  if (isPassage(r)) for (const term of reader.letters(`${r.purpose} ${r.text}`)) raise(intern('l', term), 1);
  for (const [topic, strength] of topicsOf(units, lexicon)) terms.set(intern('t', topic), strength);
  return { slots, terms, shingles: rows };
}

/** The topics a set of units speaks for, strongest 1…255; a property of the text alone, not of the inventory. */
function topicsOf(units: ReadonlyMap<string, number>, lexicon: Lexicon): [string, number][] {
  const sums = new Float64Array(lexicon.topics.length);
  const touched: number[] = [];
  for (const [unit, place] of units) {
    const weight = lexicon.weightOf(unit) * place;
    if (weight === 0) continue;
    for (const topic of lexicon.topicsOf(unit)) {
      if (sums[topic] === 0) touched.push(topic);
      sums[topic] = (sums[topic] ?? 0) + weight;
    }
  }
  const sumOf = (topic: number): number => sums[topic] ?? 0;
  let best = touched;
  if (touched.length > MOST_TOPICS) {
    const edge = kThHighest(Float64Array.from(touched, sumOf), MOST_TOPICS);
    best = touched.filter((topic) => sumOf(topic) >= edge);
  }
  best.sort((a, b) => sumOf(b) - sumOf(a) || a - b);
  return best
    .slice(0, MOST_TOPICS)
    .map((topic): [string, number] => [lexicon.topics[topic] ?? '', Math.max(1, Math.min(255, Math.round(sumOf(topic) / 64)))]);
}

/** Records in one section of a snapshot: all of a large inventory would not fit into one text. */
const RECORDS_OF_A_SECTION = 10_000;

interface SavedHead {
  readonly position: string;
  readonly lastChange: string;
  readonly changes: number;
  readonly records: number;
  /** Of the counts that were taken last, in force or not yet. */
  readonly taken: {
    readonly position: string;
    readonly changes: number;
    readonly records: number;
    readonly plans: number;
    readonly digest: [number, number];
    readonly inForce: boolean;
  } | null;
  readonly epochs: readonly {
    readonly ordinal: number;
    readonly position: string;
    readonly plans: number;
    readonly digest: string;
  }[];
}

interface Counts {
  df: Uint32Array;
}

/** Counts as they were at the end of a position, from which the next epoch is made. */
interface Taken {
  readonly position: bigint;
  /** Changes since the counts before them. */
  readonly changes: number;
  /** Versions of records that there were. */
  readonly records: number;
  readonly plans: number;
  readonly df: Uint32Array;
  readonly digest: readonly [number, number];
}

/** The templates of an epoch to come, while they are counted. */
class Count {
  readonly #steps: Generator<number, ReadonlySet<number>, void>;
  #done = 0;
  #found: ReadonlySet<number> | null = null;

  constructor(steps: Generator<number, ReadonlySet<number>, void>) {
    this.#steps = steps;
  }

  /** @returns whether something is left to do */
  step(): boolean {
    if (this.#found) return false;
    const step = this.#steps.next();
    if (step.done) this.#found = step.value;
    else this.#done = step.value;
    return !this.#found;
  }

  /** Goes on until this share of the work is done. */
  reach(share: number): void {
    while (this.#done < share && this.step());
  }

  /** Does what is left. */
  finish(): ReadonlySet<number> {
    while (this.#found === null) this.step();
    return this.#found;
  }
}

/**
 * Every version of every record with the positions between which it held, and the term counts frozen at epochs.
 *
 * The counts of an epoch are taken at the end of a position once enough records changed, and come into force at the end of one once
 * some more did; both depend on which records were put at which positions, never on their order inside a position, on when somebody
 * asked, or on what came later.
 */
export class Inventory {
  readonly vocabulary = new Vocabulary();
  readonly records: OverlapRecord[] = [];
  readonly #from: bigint[] = [];
  readonly #to: (bigint | null)[] = [];
  /** The positions at which versions ended, in order. */
  readonly #ends: bigint[] = [];
  /** The latest version of each record that there ever was. */
  readonly #latest = new Map<string, number>();
  /** By version, the one before it of the same record, plus 1; 0 for the first. */
  readonly #before = new Uint32Column();
  /** Records that are there now. */
  #live = 0;
  readonly #postings: Postings[] = [];
  /** Tokens of each record: per token `slot << 24 | number of units`, word + 1, units. */
  #tokens = new Uint32Column();
  #tokensFrom = new Uint32Column();
  /** Weighted terms of each record: `weight << 24 | term`. */
  #terms = new Uint32Column();
  #termsFrom = new Uint32Column();
  /** Shingles of each record, each once. */
  #shingles = new Uint32Column();
  #shinglesFrom = new Uint32Column();
  /** Squared length of each record's topics: they are few or many, and compared by their proportions. */
  #topicNorms = new Uint32Column();
  /** A number for each record's id: what decides between records that are equal in everything else, whenever they arrived. */
  readonly #ranks = new Uint32Column();
  /** Sum over all counted terms of their hash, in two halves: a digest that no order of arrival changes. */
  #digest: [number, number] = [0, 0];
  readonly #counts: Counts = { df: new Uint32Array(4096) };
  readonly #epochs: Epoch[] = [NO_EPOCH];
  /** Changes since the counts of the last epoch were taken. */
  #changes = 0;
  /** The counts that were taken last: those of the last epoch, or of the one to come when there is a `#count`. */
  #taken: Taken | null = null;
  #count: Count | null = null;
  /** Changes at which the count began, here or in another process. */
  #countBegan = 0;
  #position = 0n;
  /** Highest position at which a version begins or ends: from there on, the present is the past's end. */
  #lastChange = -1n;

  constructor(
    private readonly reader: Reader,
    private readonly lexicon: Lexicon,
  ) {
    this.#tokensFrom.push(0);
    this.#termsFrom.push(0);
    this.#shinglesFrom.push(0);
  }

  get position(): bigint {
    return this.#position;
  }

  put(record: OverlapRecord, position: bigint): void {
    this.#advance(position);
    const current = this.#currentOf(record.id);
    if (current >= 0) {
      const old = this.records[current];
      if (old && sameContent(old, record)) return;
      this.#end(current, position);
    }
    this.#change(position);
    // A copy: the caller may go on to change its arrays.
    const doc = this.#begin(position, {
      ...record,
      functions: [...record.functions],
      users: [...record.users],
      data: [...record.data],
      technologies: [...record.technologies],
    });
    const bag = bagOf(record, this.reader, this.lexicon, (space, key) => this.vocabulary.intern(space, key));
    this.#store(doc, bag);
    this.#keepUp();
  }

  remove(id: string, position: bigint): void {
    this.#advance(position);
    const doc = this.#currentOf(id);
    if (doc < 0) return;
    this.#change(position);
    this.#end(doc, position);
    this.#keepUp();
  }

  size(asOf: bigint): number {
    return asOf >= this.#lastChange ? this.#live : upTo(this.#from, asOf) - upTo(this.#ends, asOf);
  }

  isLive(doc: number, asOf: bigint): boolean {
    const from = this.#from[doc];
    const to = this.#to[doc];
    return from !== undefined && from <= asOf && (to === null || to === undefined || to > asOf);
  }

  /** As `isLive`, for asking about many records. */
  liveAt(asOf: bigint): (doc: number) => boolean {
    return asOf >= this.#lastChange ? (doc) => this.#to[doc] === null : (doc) => this.isLive(doc, asOf);
  }

  /** The version of a record that held at a position. */
  documentOf(id: string, asOf: bigint): number {
    let doc = this.#latest.get(id) ?? -1;
    while (doc >= 0 && !this.isLive(doc, asOf)) doc = this.#before.at(doc) - 1;
    return doc;
  }

  has(id: string, asOf: bigint): boolean {
    return this.documentOf(id, asOf) >= 0;
  }

  /** By record, the squared length of its topics. Valid until the next put, as `ranks`. */
  get topicNorms(): Uint32Array {
    return this.#topicNorms.view();
  }

  /** By record, a number of its id. */
  get ranks(): Uint32Array {
    return this.#ranks.view();
  }

  postings(term: number): Postings | undefined {
    return this.#postings[term];
  }

  /** Terms of a record as `weight << 24 | term`. */
  termsOf(doc: number): Uint32Array {
    return this.#terms.view().subarray(this.#termsFrom.at(doc), this.#termsFrom.at(doc + 1));
  }

  /**
   * The tokens of all records, those of a slot together: each `slot << 24 | number of meanings`, word + 1, meanings. Valid until the
   * next put; those of a record stand from `tokensStart` up to `tokensEnd`.
   */
  get tokens(): Uint32Array {
    return this.#tokens.view();
  }

  tokensStart(doc: number): number {
    return this.#tokensFrom.at(doc);
  }

  tokensEnd(doc: number): number {
    return this.#tokensFrom.at(doc + 1);
  }

  /** Calls `token` for every token of a record's title with its word (−1 for none) and its meanings, `from` up to `to` in `meanings`. */
  eachTitleToken(doc: number, token: (word: number, meanings: Uint32Array, from: number, to: number) => void): void {
    const all = this.#tokens.view();
    const end = this.#tokensFrom.at(doc + 1);
    for (let i = this.#tokensFrom.at(doc); i < end;) {
      const head = all[i] ?? 0;
      // The title is written first.
      if (head >>> 24 !== SLOT.title) return;
      const next = i + 2 + (head & 0xffffff);
      token((all[i + 1] ?? 0) - 1, all, i + 2, next);
      i = next;
    }
  }

  /** The counts that were in force at a position. */
  epochAt(asOf: bigint): Epoch {
    if (asOf >= this.#position) this.#closePosition();
    for (let i = this.#epochs.length - 1; i > 0; i--) {
      const epoch = this.#epochs[i];
      if (epoch && epoch.position <= asOf) return epoch;
    }
    return NO_EPOCH;
  }

  /**
   * Counts on for the epoch to come, for about a millisecond: what is done when there is time is not left to the records to come.
   * @returns whether something is left to count
   */
  countOn(): boolean {
    return this.#count?.step() ?? false;
  }

  /** Writes everything down that `restore` needs to go on from here. */
  save(to: SnapshotWriter): void {
    const { vocabulary } = this;
    to.text(
      JSON.stringify({
        position: String(this.#position),
        lastChange: String(this.#lastChange),
        changes: this.#changes,
        records: this.records.length,
        taken: this.#taken && {
          position: String(this.#taken.position),
          changes: this.#taken.changes,
          records: this.#taken.records,
          plans: this.#taken.plans,
          digest: this.#taken.digest,
          inForce: this.#count === null,
        },
        epochs: this.#epochs.map(({ ordinal, position, plans, digest }) => ({
          ordinal,
          position: String(position),
          plans,
          digest,
        })),
      }),
    );
    to.text(vocabulary.keys.map((key, term) => (vocabulary.spaces[term] ?? 'w') + key).join('\0'));
    for (let start = 0; start < this.records.length; start += RECORDS_OF_A_SECTION) {
      const rows = this.records
        .slice(start, start + RECORDS_OF_A_SECTION)
        .map((record, i) => [record, String(this.#from[start + i]), this.#to[start + i]?.toString() ?? null]);
      to.text(JSON.stringify(rows));
    }
    for (const column of this.#columns()) to.numbers(column.view());
    for (const { df, templates } of this.#epochs) {
      to.numbers(df);
      to.numbers(new Uint32Array(templates));
    }
    if (this.#taken && this.#count) to.numbers(this.#taken.df);
  }

  /** Takes over what `save` wrote, into an empty inventory. */
  restore(from: SnapshotReader): void {
    const head = JSON.parse(from.text()) as SavedHead; // the checksum vouches for the shape: only `save` writes it
    const vocabulary = from.text();
    if (vocabulary !== '') {
      for (const term of vocabulary.split('\0')) this.vocabulary.intern(term.charAt(0) as Space, term.slice(1)); // as `save` wrote it
    }
    for (let start = 0; start < head.records; start += RECORDS_OF_A_SECTION) {
      const rows = JSON.parse(from.text()) as [OverlapRecord, string, string | null][]; // as `save` wrote it
      for (const [record, since, until] of rows) {
        const doc = this.#begin(BigInt(since), record);
        if (until === null) continue;
        this.#to[doc] = BigInt(until);
        this.#ends.push(BigInt(until));
        this.#live--;
      }
    }
    this.#ends.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
    [this.#tokens, this.#tokensFrom, this.#terms, this.#termsFrom, this.#shingles, this.#shinglesFrom, this.#topicNorms] = [
      Uint32Column.of(from.numbers()),
      Uint32Column.of(from.numbers()),
      Uint32Column.of(from.numbers()),
      Uint32Column.of(from.numbers()),
      Uint32Column.of(from.numbers()),
      Uint32Column.of(from.numbers()),
      Uint32Column.of(from.numbers()),
    ];
    // First how many records have each term, so that its postings get just the room they need.
    const holders = new Uint32Array(this.vocabulary.size);
    const terms = this.#terms.view();
    for (let i = 0; i < terms.length; i++) raise(holders, (terms[i] ?? 0) & 0xffffff, 1);
    holders.forEach((n, term) => {
      if (n > 0) this.#postings[term] = new Postings(n);
    });
    for (let doc = 0; doc < this.records.length; doc++) {
      for (const entry of this.termsOf(doc)) this.#postings[entry & 0xffffff]?.push(doc, entry >>> 24);
      // Versions that ended are not counted.
      if (this.#to[doc] !== null) for (const entry of this.termsOf(doc)) raise(holders, entry & 0xffffff, -1);
    }
    holders.forEach((n, term) => {
      this.#countTerm(term, n);
    });
    this.#epochs.length = 0;
    for (const { ordinal, position, plans, digest } of head.epochs) {
      const df = from.numbers();
      this.#epochs.push({ ordinal, position: BigInt(position), plans, digest, df, templates: new Set(from.numbers()) });
    }
    this.#position = BigInt(head.position);
    this.#lastChange = BigInt(head.lastChange);
    this.#changes = head.changes;
    if (head.taken) {
      const { inForce, position, ...taken } = head.taken;
      const df = inForce ? (this.#epochs.at(-1) ?? NO_EPOCH).df : from.numbers();
      this.#taken = { ...taken, position: BigInt(position), df };
      if (!inForce) this.#beginCount(this.#taken);
    }
  }

  /** In the order in which `restore` reads them. */
  #columns(): readonly Uint32Column[] {
    return [this.#tokens, this.#tokensFrom, this.#terms, this.#termsFrom, this.#shingles, this.#shinglesFrom, this.#topicNorms];
  }

  #advance(position: bigint): void {
    if (position < this.#position) {
      throw new RangeError(`the index stands at position ${this.#position}; ${position} is in its past`);
    }
    if (position > this.#position) {
      this.#closePosition();
      this.#position = position;
    }
  }

  #change(position: bigint): void {
    // Somebody asked in the middle of this position: the counts that were taken then were not final.
    if (this.#taken?.position === position) {
      if (this.#count === null) {
        this.#epochs.pop();
        this.#changes += this.#taken.changes;
      }
      this.#taken = null;
      this.#count = null;
    }
    this.#changes++;
    this.#lastChange = position;
  }

  #closePosition(): void {
    for (;;) {
      const last = this.#epochs.at(-1) ?? NO_EPOCH;
      const due = countsDue(last.plans);
      if (this.#count === null) {
        if (this.#changes < due) return;
        this.#taken = {
          position: this.#position,
          changes: this.#changes,
          records: this.records.length,
          plans: this.#live,
          df: this.#counts.df.slice(0, this.vocabulary.size),
          digest: this.#digest,
        };
        this.#beginCount(this.#taken);
      }
      if (this.#changes < due + forceAfter(due)) return;
      this.#comeIntoForce(last.ordinal + 1);
    }
  }

  #beginCount(taken: Taken): void {
    this.#count = new Count(this.#templates(taken));
    this.#countBegan = this.#changes;
  }

  /** As much of the count as there are changes until its end: so none of them waits for much. */
  #keepUp(): void {
    if (this.#count === null) return;
    const due = countsDue(this.#epochs.at(-1)?.plans ?? 0);
    const end = due + forceAfter(due);
    this.#count.reach((this.#changes - this.#countBegan) / (end - this.#countBegan));
  }

  #comeIntoForce(ordinal: number): void {
    if (this.#taken === null || this.#count === null) return;
    const { changes, plans, df, digest } = this.#taken;
    const templates = this.#count.finish();
    let [a, b] = digest;
    for (const shingle of templates) {
      a = (a + hashOf('a', shingle)) | 0;
      b = (b + hashOf('b', shingle)) | 0;
    }
    const hex = (n: number): string => hashOf(String(plans), n).toString(16).padStart(8, '0');
    this.#epochs.push({ ordinal, position: this.#position, plans, df, templates, digest: hex(a) + hex(b) });
    this.#changes -= changes;
    this.#count = null;
  }

  #templates({ position, records, plans }: Taken): Generator<number, ReadonlySet<number>, void> {
    /** By term, whether it says in a title what that is about: 1 for no, 2 for yes, 0 while nobody asked. */
    const telling = new Uint8Array(this.vocabulary.size);
    const headsOf = (doc: number): readonly number[] => {
      const heads: number[] = [];
      const add = (term: number, common: ReadonlyMap<string, number>): void => {
        if (telling[term] === 0) telling[term] = common.has(this.vocabulary.keys[term] ?? '') ? 1 : 2;
        if (telling[term] === 2 && !heads.includes(term)) heads.push(term);
      };
      this.eachTitleToken(doc, (word, meanings, from, to) => {
        if (word >= 0) add(word, BACKGROUND);
        for (let i = from; i < to; i++) add(meanings[i] ?? 0, this.lexicon.commonness);
      });
      return heads;
    };
    return templatesAmong(
      {
        docs: records,
        // All of them began until then; those that ended since were there.
        counted: (doc) => {
          const to = this.#to[doc];
          return to === null || to === undefined || to > position;
        },
        shingles: this.#shingles,
        from: this.#shinglesFrom,
        headsOf,
        terms: telling.length,
      },
      fewestOfATemplate(plans),
    );
  }

  /** −1 when it is not there now. */
  #currentOf(id: string): number {
    const doc = this.#latest.get(id);
    return doc !== undefined && this.#to[doc] === null ? doc : -1;
  }

  /** A version of a record that holds from a position on. */
  #begin(position: bigint, record: OverlapRecord): number {
    const doc = this.records.length;
    this.records.push(record);
    this.#from.push(position);
    this.#to.push(null);
    this.#before.push((this.#latest.get(record.id) ?? -1) + 1);
    this.#latest.set(record.id, doc);
    this.#ranks.push(hashOf(record.id));
    this.#live++;
    return doc;
  }

  #end(doc: number, position: bigint): void {
    this.#to[doc] = position;
    this.#ends.push(position);
    this.#live--;
    for (const entry of this.termsOf(doc)) this.#countTerm(entry & 0xffffff, -1);
  }

  #countTerm(term: number, by: number): void {
    if (term >= this.#counts.df.length) {
      const grown = new Uint32Array(Math.max(term + 1, this.#counts.df.length * 2));
      grown.set(this.#counts.df);
      this.#counts.df = grown;
    }
    this.#counts.df[term] = (this.#counts.df[term] ?? 0) + by;
    const [a, b] = this.#digest;
    const hash = this.vocabulary.hashes[term] ?? 0;
    this.#digest = [(a + Math.imul(by, hash)) | 0, (b + Math.imul(by, this.vocabulary.otherHashes[term] ?? 0)) | 0];
  }

  #store(doc: number, bag: Bag): void {
    for (const [slot, tokens] of bag.slots) {
      for (const t of tokens) {
        this.#tokens.push(((slot << 24) | t.units.length) >>> 0);
        this.#tokens.push(t.word + 1);
        for (let i = 0; i < t.units.length; i++) this.#tokens.push(t.units[i] ?? 0);
      }
    }
    this.#tokensFrom.push(this.#tokens.length);
    let topics = 0;
    for (const [term, weight] of bag.terms) {
      if (this.vocabulary.spaces[term] === 't') topics += weight * weight;
      this.#terms.push(((weight << 24) | term) >>> 0);
      this.#countTerm(term, 1);
      (this.#postings[term] ??= new Postings()).push(doc, weight);
    }
    this.#termsFrom.push(this.#terms.length);
    this.#topicNorms.push(topics);
    for (const shingle of new Set(bag.shingles)) this.#shingles.push(shingle);
    this.#shinglesFrom.push(this.#shingles.length);
  }
}

/** How many of some ascending positions are not after one. */
function upTo(positions: readonly bigint[], asOf: bigint): number {
  let low = 0;
  let high = positions.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((positions[middle] ?? 0n) <= asOf) low = middle + 1;
    else high = middle;
  }
  return low;
}

function raise(counts: Uint32Array, at: number, by: number): void {
  counts[at] = (counts[at] ?? 0) + by;
}

function sameContent(a: OverlapRecord, b: OverlapRecord): boolean {
  const list = (x: readonly string[], y: readonly string[]): boolean => x.length === y.length && x.every((s, i) => s === y[i]);
  return (
    a.kind === b.kind &&
    a.agency === b.agency &&
    a.level === b.level &&
    a.title === b.title &&
    a.purpose === b.purpose &&
    a.text === b.text &&
    list(a.functions, b.functions) &&
    list(a.users, b.users) &&
    list(a.data, b.data) &&
    list(a.technologies, b.technologies)
  );
}

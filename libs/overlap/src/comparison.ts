import { kThHighest } from './columns.js';
import type { OverlapPlan } from './finding.js';
import { bagOf, FIRST_FUNCTION, SLOT, type Bag, type BagToken, type Inventory, type Space } from './inventory.js';
import { CUTS } from './letters.js';
import type { Lexicon } from './lexicon.js';
import { LENGTHS, type EpochTables } from './epoch-tables.js';
import type { Reader } from './reading.js';
import { strongest, type Sought } from './retrieval.js';
import { rarestOf, rarity, type Epoch } from './statistics.js';

/** What a plan and a record have in common, each 0…1. The probability is a function of these and of nothing else. */
export interface Features {
  /** Cosine of the rarity-weighted words. */
  readonly words: number;
  /** Cosine of the curated meanings. */
  readonly meanings: number;
  /** Cosine of letter pairs. */
  readonly pairs: number;
  /** Cosine of the pieces of administrative business both speak of. */
  readonly topics: number;
  /** Share of what the plan says that the record says too, by word or by meaning. */
  readonly covered: number;
  /** Share of what the record says that the plan says too. */
  readonly covers: number;
  /** Mean over the plan's functions of the best agreement with one of the record's. */
  readonly functions: number;
  /** Agreement of the titles. */
  readonly titles: number;
  /** Agreement of what data is held. */
  readonly data: number;
  /** Agreement of who uses it. */
  readonly users: number;
  /** Shared wording in proportion to both sides, every word and letter pair once by its rarity. */
  readonly wording: number;
  /** Of two passages: what they share of stems, threes of letters and syllables. 0 when one side has a title. */
  readonly letters: number;
  /** How much telling both say: 1 when what they share is worth a word that no other record has, 0 when it is boilerplate only. */
  readonly substance: number;
}

const SYNONYM = 0.8;
/** What a record leaves unsaid of a passage counts more than what it adds. */
const ADDED = 0.3;
/** Terms at most this rare (sixteenths of a bit) are said by most plans: agreeing in them is no evidence, however much of it. */
export const BOILERPLATE = 45;
/** Words of a title at least this rare, beside its rarest, say what it is about. */
const HEAD = 0.75;
/** What a title found in the other side's text is worth beside the same title. */
const TITLE_IN_TEXT = 0.6;
/** Retrieved by each space before the exact comparison. */
const RETRIEVED = 400;
/** Compared in full after a first look. */
const COMPARED = 200;
/** Of them, of one kind: a hundred towns with the same system must not keep out what they all double. */
const COMPARED_OF_A_KIND = 12;
/** A term in more than this share of a large inventory retrieves nothing that a rarer one does not. */
const COMMON_SHARE = 8;
const LARGE = 2000;

/** A token of the plan, as far as a record can have it: terms that the inventory has never seen are left out. */
interface PlanToken {
  /** −1 for none. */
  readonly word: number;
  readonly units: readonly number[];
  /** Rarity of each meaning. */
  readonly meant: readonly number[];
  readonly rarity: number;
}

/** One slot of the plan, or of the record that it is being compared with. */
interface PlanSlot {
  readonly slot: number;
  readonly tokens: readonly PlanToken[];
  /** Rarity of all its tokens. */
  readonly total: number;
  /** Its tokens that the record in hand has too. */
  readonly hits: PlanToken[];
  /** What these are worth. */
  matched: number;
}

interface RecordSlot {
  slot: number;
  total: number;
  matched: number;
  /** Where the tokens that the plan has too stand in the inventory's column, and their rarity. */
  readonly hits: { at: number; rarity: number }[];
  /** Whether any of its tokens has a meaning. */
  meant: boolean;
}

/** The kind and the subject of what has none. */
export const NOBODYS = 0;

/** A plan made ready to be compared with the inventory as it stood at a position. */
export class Comparison {
  readonly bag: Bag;
  readonly #inventory: Inventory;
  readonly #epoch: Epoch;
  readonly #tables: EpochTables;
  readonly #rarity: Int32Array;
  readonly #lexicon: Lexicon;
  /** Terms of the plan that the inventory has never seen: numbers after the vocabulary's. */
  readonly #unknown = new Map<string, number>();
  readonly #unknownKeys: { space: Space; key: string }[] = [];
  readonly #unknownRarity: number[] = [];
  readonly #norms: Record<Space, number>;
  readonly #known: number;
  readonly #slots: readonly PlanSlot[];
  readonly #self: number;
  /** The plan's distinct tokens that tell something, and how much: 1 for a word that no record has. */
  readonly #telling: { readonly token: PlanToken; readonly worth: number }[] = [];
  /** Its terms that the inventory knows, by space. */
  readonly #termsOf: Record<Space, (readonly [term: number, weight: number])[]> = { w: [], u: [], p: [], t: [], l: [] };
  /** The plan's weight of each term of the vocabulary. */
  readonly #mine: Uint8Array;
  /** Rarity of all its words and letter pairs. */
  readonly #wording: number;
  /** Rarity of all its words and meanings. */
  #saying = 0;
  /** Of a passage: rarity of its pieces, by cut. */
  readonly #letters: number[] = new Array<number>(CUTS).fill(0);

  constructor(plan: OverlapPlan, inventory: Inventory, epoch: Epoch, known: EpochTables, reader: Reader, lexicon: Lexicon) {
    this.#inventory = inventory;
    this.#epoch = epoch;
    this.#tables = known;
    this.#rarity = known.rarities;
    this.#lexicon = lexicon;
    this.#known = inventory.vocabulary.size;
    const numberOf = (space: Space, key: string): number => {
      const id = inventory.vocabulary.find(space, key);
      if (id >= 0) return id;
      const name = space + key;
      let unknown = this.#unknown.get(name);
      if (unknown === undefined) {
        unknown = this.#known + this.#unknownKeys.length;
        this.#unknown.set(name, unknown);
        this.#unknownKeys.push({ space, key });
        this.#unknownRarity.push(Math.max(1, rarity(epoch, unknown, space, key, lexicon.commonness)));
      }
      return unknown;
    };
    this.bag = bagOf(plan, reader, lexicon, numberOf, this.template);
    this.#norms = { w: 0, u: 0, p: 0, t: 0, l: 0 };
    this.#mine = new Uint8Array(this.#known);
    let wording = 0;
    for (const [term, weight] of this.bag.terms) {
      const space = this.#spaceOf(term);
      const x = space === 't' ? weight : this.rarityOf(term) * weight;
      this.#norms[space] += x * x;
      if (term < this.#known) {
        this.#mine[term] = weight;
        this.#termsOf[space].push([term, weight]);
      }
      if (space === 'l') {
        const cut = this.#cutOf(term);
        this.#letters[cut] = (this.#letters[cut] ?? 0) + this.rarityOf(term);
      }
      if (space === 'w' || space === 'p') wording += this.rarityOf(term);
      if (space === 'w' || space === 'u') this.#saying += this.rarityOf(term);
    }
    this.#wording = wording;
    let self = 0;
    const scale = rarestOf(epoch) - BOILERPLATE;
    const seen = new Set<string>();
    const slots: PlanSlot[] = [];
    for (const [slot, told] of this.bag.slots) {
      const tokens: PlanToken[] = [];
      let total = 0;
      for (const t of told) {
        const token = this.#planToken(t);
        tokens.push(token);
        total += token.rarity;
        const worth = (token.rarity - BOILERPLATE) / scale;
        if (worth <= 0) continue;
        const signature = `${t.word}|${Array.from(t.units).join('|')}`;
        if (seen.has(signature)) continue;
        seen.add(signature);
        this.#telling.push({ token, worth });
      }
      slots.push({ slot, tokens, total, hits: [], matched: 0 });
      self += total;
    }
    this.#slots = slots;
    this.#self = self;
  }

  /** Distinct words of the plan that tell something. */
  get telling(): number {
    return this.#telling.length;
  }

  /** Whether three words in a row are a template of this epoch. */
  readonly template = (shingle: number): boolean => this.#epoch.templates.has(shingle);

  /** Records worth a first look, by number. Ties at the edge are decided by id, so that arrival order decides nothing. */
  candidates(alive: (doc: number) => boolean): number[] {
    const inventory = this.#inventory;
    const chosen = new Set<number>();
    for (const space of ['w', 'u', 'p', 't', 'l'] as const) {
      const sought: Sought[] = [];
      for (const [term, weight] of this.#termsOf[space]) {
        const postings = inventory.postings(term);
        if (!postings) continue;
        // By the epoch's counts: records that came after the position asked for must not change what is retrieved.
        if (this.#epoch.plans > LARGE && (this.#epoch.df[term] ?? 0) > this.#epoch.plans / COMMON_SHARE) continue;
        sought.push({ postings, factor: this.#impact(term, space) * weight });
      }
      if (sought.length === 0) continue;
      const field = {
        records: inventory.records.length,
        alive,
        ranks: inventory.ranks,
        norms: space === 't' ? inventory.topicNorms : null,
      };
      for (const doc of strongest(sought, field, RETRIEVED)) chosen.add(doc);
    }
    return [...chosen];
  }

  /** What a shared term adds when records are retrieved: a whole number, so that the order of addition is immaterial. */
  #impact(term: number, space: Space): number {
    if (space === 't') return 256;
    const r = this.rarityOf(term);
    return space === 'l' ? Math.round((4096 * r) / (this.#letters[this.#cutOf(term)] ?? 1)) : r * r;
  }

  rarityOf(term: number): number {
    if (term >= this.#known) return this.#unknownRarity[term - this.#known] ?? 0;
    const known = this.#rarity[term];
    if (known !== undefined && known > 0) return known;
    const { keys, spaces } = this.#inventory.vocabulary;
    const r = Math.max(1, rarity(this.#epoch, term, spaces[term] ?? '', keys[term] ?? '', this.#lexicon.commonness));
    this.#rarity[term] = r;
    return r;
  }

  /** Rarity of a term by name, also one that neither side of the vocabulary knows. */
  rarityOfKey(space: Space, key: string, vocabulary: { find(space: Space, key: string): number }): number {
    const id = vocabulary.find(space, key);
    if (id >= 0) return this.rarityOf(id);
    const unknown = this.#unknown.get(space + key);
    return unknown === undefined
      ? Math.max(1, rarity(this.#epoch, this.#known, space, key, this.#lexicon.commonness))
      : this.rarityOf(unknown);
  }

  /** Works out what is the same for every plan while the epoch lasts. */
  prepare(doc: number): void {
    this.#lengthsOf(doc);
    this.kindOf(doc);
    this.subjectOf(doc);
  }

  /** The part of the features that needs only the terms of a record: cheap enough for every retrieved one. */
  #overview(doc: number): Overview {
    const lengths = this.#lengthsOf(doc);
    const terms = this.#inventory.termsOf(doc);
    const spaces = this.#inventory.vocabulary.spaces;
    const mine = this.#mine;
    let words = 0;
    let meanings = 0;
    let pairs = 0;
    let topics = 0;
    let shared = 0;
    let said = 0;
    // Whole numbers all of them: the order of addition is immaterial.
    for (let i = 0; i < terms.length; i++) {
      const entry = terms[i] as number; // i < length: noUncheckedIndexedAccess costs a branch per term here
      const term = entry & 0xffffff;
      const weight = mine[term] as number; // the inventory's terms are below `known`, the length of `mine`
      if (weight === 0) continue;
      const both = (entry >>> 24) * weight;
      const space = spaces[term];
      if (space === 't') {
        topics += both;
        continue;
      }
      if (space === 'l') continue;
      const r = this.rarityOf(term);
      const dot = r * r * both;
      if (space === 'u') {
        meanings += dot;
        said += r;
        continue;
      }
      shared += r;
      if (space === 'w') {
        words += dot;
        said += r;
      } else {
        pairs += dot;
      }
    }
    const { table, at } = lengths;
    return {
      words: cosine(words, table[at] ?? 0, this.#norms.w),
      meanings: cosine(meanings, table[at + 1] ?? 0, this.#norms.u),
      pairs: cosine(pairs, table[at + 2] ?? 0, this.#norms.p),
      topics: cosine(topics, this.#inventory.topicNorms[doc] ?? 0, this.#norms.t),
      wording: cosine(shared, this.#wording, table[at + 3] ?? 0),
      letters: this.#letters[0] === 0 ? 0 : this.#lettersOf(terms),
      said: this.#saying > 0 ? said / this.#saying : 0,
    };
  }

  /** Squared lengths of a record's words, meanings and pairs, and the rarity of its wording: the same for every plan while an epoch lasts. */
  #lengthsOf(doc: number): { readonly table: Float64Array; readonly at: number } {
    const { lengths, measured } = this.#tables;
    const at = LENGTHS * doc;
    if (measured[doc] === 1) return { table: lengths, at };
    const spaces = this.#inventory.vocabulary.spaces;
    let [words, meanings, pairs, wording] = [0, 0, 0, 0];
    for (const entry of this.#inventory.termsOf(doc)) {
      const term = entry & 0xffffff;
      const space = spaces[term];
      if (space === 't' || space === 'l') continue;
      const r = this.rarityOf(term);
      const x = r * (entry >>> 24);
      if (space === 'u') {
        meanings += x * x;
        continue;
      }
      wording += r;
      if (space === 'w') words += x * x;
      else pairs += x * x;
    }
    lengths[at] = words;
    lengths[at + 1] = meanings;
    lengths[at + 2] = pairs;
    lengths[at + 3] = wording;
    measured[doc] = 1;
    return { table: lengths, at };
  }

  #lettersOf(terms: Uint32Array): number {
    const ours = new Array<number>(CUTS).fill(0);
    const theirs = new Array<number>(CUTS).fill(0);
    const spaces = this.#inventory.vocabulary.spaces;
    for (const entry of terms) {
      const term = entry & 0xffffff;
      if (spaces[term] !== 'l') continue;
      const r = this.rarityOf(term);
      const cut = this.#cutOf(term);
      theirs[cut] = (theirs[cut] ?? 0) + r;
      if ((this.#mine[term] ?? 0) > 0) ours[cut] = (ours[cut] ?? 0) + r;
    }
    return this.#agreementOfLetters(ours, theirs);
  }

  /** Mean over the cuts of what both share. */
  #agreementOfLetters(shared: readonly number[], theirs: readonly number[]): number {
    let sum = 0;
    for (let cut = 0; cut < CUTS; cut++) {
      const both = shared[cut] ?? 0;
      if (both > 0) sum += (both / (this.#letters[cut] ?? 1) + (ADDED * both) / (theirs[cut] ?? 1)) / (1 + ADDED);
    }
    return sum / CUTS;
  }

  #cutOf(term: number): number {
    const key = term < this.#known ? this.#inventory.vocabulary.keys[term] : this.#unknownKeys[term - this.#known]?.key;
    return (key?.charCodeAt(0) ?? 0x30) - 0x30;
  }

  /** The retrieved records that agree best at first sight, compared in full. Ties at the edge are kept. */
  compareAll(alive: (doc: number) => boolean): { doc: number; features: Features }[] {
    const seen = this.candidates(alive).map((doc) => {
      const overview = this.#overview(doc);
      const { words, meanings, pairs, topics, letters, said } = overview;
      return {
        doc,
        kind: this.kindOf(doc),
        overview,
        sum: words + 3 * meanings + 2 * pairs + 3 * topics + 3 * said + 20 * letters,
      };
    });
    const kinds = new Map<number, number[]>();
    for (const { kind, sum } of seen) {
      if (kind === NOBODYS) continue;
      const of = kinds.get(kind);
      if (of) of.push(sum);
      else kinds.set(kind, [sum]);
    }
    // Whoever has the same sum as the last that is kept is kept too: arrival order decides nothing.
    const edges = new Map([...kinds].map(([kind, of]) => [kind, edgeOf(of, COMPARED_OF_A_KIND)]));
    const kept = seen.filter((c) => c.sum >= (edges.get(c.kind) ?? 0));
    const edge = edgeOf(
      kept.map((c) => c.sum),
      COMPARED,
    );
    const compared: { doc: number; features: Features }[] = [];
    for (const { doc, overview, sum } of kept) if (sum >= edge) compared.push({ doc, features: this.#inFull(doc, overview) });
    return compared;
  }

  /**
   * What a record is about by the rarest words of its title, as a number: the systems that many agencies have of one kind (관광안내
   * 시스템) share it. NOBODYS when nobody could tell: no title, or no agency whose own it would be.
   */
  kindOf(doc: number): number {
    const { kinds } = this.#tables;
    const known = kinds[doc] ?? 0;
    if (known > 0) return known - 1;
    const kind = this.#kindOf(doc);
    const number = kind === '' ? NOBODYS : this.#tables.numberOf(kind);
    kinds[doc] = number + 1;
    return number;
  }

  /** The rarest meaning in a record's title, as a number: travel apps and tourist guides share it. NOBODYS as for `kindOf`. */
  subjectOf(doc: number): number {
    const { subjects } = this.#tables;
    const known = subjects[doc] ?? 0;
    if (known > 0) return known - 1;
    const subject = this.#subjectOf(doc) + 1;
    subjects[doc] = subject + 1;
    return subject;
  }

  /** The term; −1 for none. */
  #subjectOf(doc: number): number {
    if ((this.#inventory.records[doc]?.agency ?? '') === '') return -1;
    let subject = -1;
    let rarest = BOILERPLATE;
    this.#inventory.eachTitleToken(doc, (_word, meanings, from, to) => {
      for (let i = from; i < to; i++) {
        const meaning = meanings[i] ?? 0;
        const r = this.rarityOf(meaning);
        if (r < rarest || (r === rarest && subject >= 0)) continue;
        rarest = r;
        subject = meaning;
      }
    });
    return subject;
  }

  #kindOf(doc: number): string {
    if ((this.#inventory.records[doc]?.agency ?? '') === '') return '';
    const { keys } = this.#inventory.vocabulary;
    const heads = new Map<string, number>();
    this.#inventory.eachTitleToken(doc, (word) => {
      if (word >= 0) heads.set(keys[word] ?? '', this.rarityOf(word));
    });
    let rarest = BOILERPLATE;
    for (const r of heads.values()) rarest = Math.max(rarest, r);
    return [...heads]
      .filter(([, r]) => r > BOILERPLATE && r >= HEAD * rarest)
      .map(([word]) => word)
      .sort()
      .join(' ');
  }

  features(doc: number): Features {
    return this.#inFull(doc, this.#overview(doc));
  }

  #inFull(doc: number, overview: Overview): Features {
    const theirs = this.#slotsOf(doc);
    let matched = 0;
    for (const mine of this.#slots) {
      this.#match(mine);
      matched += mine.matched;
    }
    let theirTotal = 0;
    let theirMatched = 0;
    for (const slot of theirs) {
      theirTotal += slot.total;
      theirMatched += slot.matched;
    }
    const covered = this.#self > 0 ? matched / this.#self : 0;
    let substance = 0;
    for (const { token, worth } of this.#telling) {
      if (substance >= 1) break;
      const weight = this.#has(token);
      if (weight > 0) substance += (weight / token.rarity) * worth;
    }
    const { words, meanings, pairs, topics, wording, letters } = overview;
    return {
      words,
      meanings,
      pairs,
      topics,
      wording,
      letters,
      covered,
      covers: theirTotal > 0 ? theirMatched / theirTotal : 0,
      functions: this.#functions(theirs),
      titles: this.#titles(slotOf(theirs, SLOT.title)),
      data: this.#agreement(slotOf(this.#slots, SLOT.data), slotOf(theirs, SLOT.data)),
      users: this.#agreement(slotOf(this.#slots, SLOT.users), slotOf(theirs, SLOT.users)),
      substance: Math.min(1, substance),
    };
  }

  /** The slots of a record with what the plan has of them. What terms the record has is noted until the next is read. */
  #slotsOf(doc: number): readonly RecordSlot[] {
    const { seen } = this.#tables;
    const serial = this.#tables.nextRecord();
    const all = this.#inventory.tokens;
    const end = this.#inventory.tokensEnd(doc);
    const slots: RecordSlot[] = [];
    for (let i = this.#inventory.tokensStart(doc); i < end;) {
      const head = all[i] as number; // i < end: noUncheckedIndexedAccess costs a branch per token here
      const slot = head >>> 24;
      const next = i + 2 + (head & 0xffffff);
      // Tokens of one slot stand together.
      let current = slots[slots.length - 1];
      if (current?.slot !== slot) slots.push((current = { slot, total: 0, matched: 0, hits: [], meant: false }));
      const word = (all[i + 1] as number) - 1;
      let shared = 0;
      let rarity = 0;
      for (let k = i + 2; k < next; k++) {
        const unit = all[k] as number;
        seen[unit] = serial;
        const r = this.rarityOf(unit);
        if (r > rarity) rarity = r;
        if (r > shared && (this.#mine[unit] as number) > 0) shared = r;
      }
      if (next > i + 2) current.meant = true;
      if (word >= 0) {
        seen[word] = serial;
        const r = this.rarityOf(word);
        if (rarity === 0 || r < rarity) rarity = r;
        if ((this.#mine[word] as number) > 0) shared = BY_WORD;
      }
      current.total += rarity;
      if (shared > 0) {
        current.matched += worthOf(rarity, shared);
        current.hits.push({ at: i, rarity });
      }
      i = next;
    }
    return slots;
  }

  /** What a token of the plan is worth that the record read last has, by its word or by a meaning; 0 when it has neither. */
  #has(token: PlanToken): number {
    const { seen, serial } = this.#tables;
    if (token.word >= 0 && seen[token.word] === serial) return token.rarity;
    let shared = 0;
    for (let i = 0; i < token.units.length; i++) {
      const r = token.meant[i] ?? 0;
      if (r > shared && seen[token.units[i] ?? 0] === serial) shared = r;
    }
    return shared > 0 ? worthOf(token.rarity, shared) : 0;
  }

  #match(mine: PlanSlot): void {
    mine.hits.length = 0;
    mine.matched = 0;
    for (const token of mine.tokens) {
      const worth = this.#has(token);
      if (worth === 0) continue;
      mine.hits.push(token);
      mine.matched += worth;
    }
  }

  /** Agreement of two slots, 0…1: the shared weight of both sides over the weight of both. */
  #agreement(mine: PlanSlot | undefined, theirs: RecordSlot | undefined): number {
    // What the other side has nowhere, it does not have in this slot.
    if (!mine || !theirs || mine.hits.length === 0 || theirs.hits.length === 0) return 0;
    const all = this.#inventory.tokens;
    let ours = 0;
    for (const token of mine.hits) {
      let best = 0;
      for (let k = 0; k < theirs.hits.length && best < BY_WORD; k++)
        best = Math.max(best, sharedBy(token, all, theirs.hits[k]?.at ?? 0));
      if (best > 0) ours += worthOf(token.rarity, best);
    }
    let other = 0;
    for (const { at, rarity } of theirs.hits) {
      let best = 0;
      for (let k = 0; k < mine.hits.length && best < BY_WORD; k++)
        best = Math.max(best, sharedBy(mine.hits[k] ?? NOTHING, all, at));
      if (best > 0) other += worthOf(rarity, best);
    }
    const total = mine.total + theirs.total;
    return total > 0 ? (ours + other) / total : 0;
  }

  /** A record that goes by a proper name (배달의명수) has nothing in its title to agree with: its text stands in. */
  #titles(theirTitle: RecordSlot | undefined): number {
    const mine = slotOf(this.#slots, SLOT.title);
    if (!mine) return 0;
    const agreement = this.#agreement(mine, theirTitle);
    if (agreement > 0 || theirTitle?.meant) return agreement;
    return mine.total > 0 ? (TITLE_IN_TEXT * mine.matched) / mine.total : 0;
  }

  #functions(theirs: readonly RecordSlot[]): number {
    let weight = 0;
    let sum = 0;
    for (const mine of this.#slots) {
      if (mine.slot < FIRST_FUNCTION) continue;
      let best = 0;
      for (const other of theirs) if (other.slot >= FIRST_FUNCTION) best = Math.max(best, this.#agreement(mine, other));
      weight += mine.total;
      sum += mine.total * best;
    }
    return weight > 0 ? sum / weight : 0;
  }

  #planToken(t: BagToken): PlanToken {
    const units = Array.from(t.units).filter((unit) => unit < this.#known);
    return {
      word: t.word < this.#known ? t.word : -1,
      units,
      meant: units.map((unit) => this.rarityOf(unit)),
      rarity: this.#tokenRarity(t),
    };
  }

  /** A rare word of a common meaning is as telling as the meaning. */
  #tokenRarity(t: BagToken): number {
    let unit = 0;
    for (let i = 0; i < t.units.length; i++) unit = Math.max(unit, this.rarityOf(t.units[i] ?? 0));
    if (t.word < 0) return unit;
    const word = this.rarityOf(t.word);
    return unit > 0 ? Math.min(word, unit) : word;
  }

  #spaceOf(term: number): Space {
    return (term < this.#known ? this.#inventory.vocabulary.spaces[term] : this.#unknownKeys[term - this.#known]?.space) ?? 'w';
  }
}

type Overview = Pick<Features, 'words' | 'meanings' | 'pairs' | 'topics' | 'wording' | 'letters'> & {
  /** Share of what the plan says, by words and meanings at first sight, that the record says too. */
  readonly said: number;
};

/** The k-th largest; 0 when there are fewer. */
function edgeOf(values: readonly number[], k: number): number {
  return values.length < k ? 0 : kThHighest(Float64Array.from(values), k);
}

function cosine(dot: number, a: number, b: number): number {
  return a > 0 && b > 0 ? dot / Math.sqrt(a * b) : 0;
}

const NOTHING: PlanToken = { word: -1, units: [], meant: [], rarity: 0 };

/** By which a token agrees: above the rarity of any meaning. */
const BY_WORD = 0x7fffffff;

/** What a token is worth that agrees by a meaning of some rarity, or by its word: agreeing in a common meaning is not worth the rare one. */
function worthOf(rarity: number, shared: number): number {
  return shared === BY_WORD ? rarity : SYNONYM * Math.min(rarity, shared);
}

/** By what a token of the plan and the one at a place of the inventory's column agree: the rarity of the rarest meaning, or BY_WORD. */
function sharedBy(token: PlanToken, all: Uint32Array, at: number): number {
  if (token.word >= 0 && token.word === (all[at + 1] as number) - 1) return BY_WORD;
  const end = at + 2 + ((all[at] as number) & 0xffffff);
  let shared = 0;
  for (let i = 0; i < token.units.length; i++) {
    const r = token.meant[i] ?? 0;
    if (r <= shared) continue;
    for (let k = at + 2; k < end; k++) if (all[k] === token.units[i]) shared = r;
  }
  return shared;
}

function slotOf<T extends { readonly slot: number }>(slots: readonly T[], slot: number): T | undefined {
  for (const s of slots) if (s.slot === slot) return s;
  return undefined;
}

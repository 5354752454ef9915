import type { OverlapPlan } from './finding.js';
import { bagOf, FIRST_FUNCTION, SLOT, type Bag, type BagToken, type Inventory, type Space } from './inventory.js';
import { CUTS } from './letters.js';
import type { Lexicon } from './lexicon.js';
import type { Reader } from './reading.js';
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

interface Side {
  readonly words: Set<number>;
  readonly units: Set<number>;
}

const NO_LETTERS: number[] = [];

/** What was worked out about an epoch, shared between comparisons. */
export interface EpochTables {
  /** Rarity of each term; 0 for "not worked out yet". */
  readonly rarities: Int32Array;
  /** By record, what kind of system it is. */
  readonly kinds: Map<number, string>;
}

/** A plan made ready to be compared with the inventory as it stood at a position. */
export class Comparison {
  readonly bag: Bag;
  readonly #inventory: Inventory;
  readonly #epoch: Epoch;
  readonly #rarity: Int32Array;
  readonly #lexicon: Lexicon;
  /** Terms of the plan that the inventory has never seen: numbers after the vocabulary's. */
  readonly #unknown = new Map<string, number>();
  readonly #unknownKeys: { space: Space; key: string }[] = [];
  readonly #unknownRarity: number[] = [];
  readonly #norms: Record<Space, number>;
  readonly #known: number;
  readonly #all: Side = { words: new Set(), units: new Set() };
  readonly #self: number;
  /** The plan's distinct tokens that tell something, and how much: 1 for a word that no record has. */
  readonly #telling: { readonly token: BagToken; readonly worth: number }[] = [];
  /** The plan's weight of each term of the vocabulary. */
  readonly #mine: Uint8Array;
  /** Rarity of all its words and letter pairs. */
  readonly #wording: number;
  /** Rarity of all its words and meanings. */
  #saying = 0;
  readonly #kinds: Map<number, string>;
  /** Of a passage: rarity of its pieces, by cut. */
  readonly #letters: number[] = new Array<number>(CUTS).fill(0);

  constructor(plan: OverlapPlan, inventory: Inventory, epoch: Epoch, known: EpochTables, reader: Reader, lexicon: Lexicon) {
    this.#inventory = inventory;
    this.#epoch = epoch;
    this.#rarity = known.rarities;
    this.#kinds = known.kinds;
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
      if (term < this.#known) this.#mine[term] = weight;
      if (space === 'l') {
        const cut = this.#cutOf(term);
        this.#letters[cut] = (this.#letters[cut] ?? 0) + this.rarityOf(term);
      }
      if (space === 'w' || space === 'p') wording += this.rarityOf(term);
      if (space === 'w' || space === 'u') this.#saying += this.rarityOf(term);
      if (space === 'w') this.#all.words.add(term);
      if (space === 'u') this.#all.units.add(term);
    }
    this.#wording = wording;
    let self = 0;
    const scale = rarestOf(epoch) - BOILERPLATE;
    const seen = new Set<string>();
    for (const tokens of this.bag.slots.values()) {
      self += this.#total(tokens);
      for (const token of tokens) {
        const signature = `${token.word}|${Array.from(token.units).join('|')}`;
        const worth = (this.#tokenRarity(token) - BOILERPLATE) / scale;
        if (worth <= 0 || seen.has(signature)) continue;
        seen.add(signature);
        this.#telling.push({ token, worth });
      }
    }
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
    const n = this.#inventory.records.length;
    const chosen = new Set<number>();
    const sums = new Float64Array(n);
    for (const space of ['w', 'u', 'p', 't', 'l'] as const) {
      sums.fill(0);
      let any = false;
      for (const [term, weight] of this.bag.terms) {
        if (term >= this.#known || this.#spaceOf(term) !== space) continue;
        const postings = this.#inventory.postings(term);
        if (!postings) continue;
        // By the epoch's counts: records that came after the position asked for must not change what is retrieved.
        if (this.#epoch.plans > LARGE && (this.#epoch.df[term] ?? 0) > this.#epoch.plans / COMMON_SHARE) continue;
        postings.addTo(sums, this.#impact(term, space) * weight);
        any = true;
      }
      if (any && space === 't') {
        for (let doc = 0; doc < n; doc++) {
          const sum = sums[doc] ?? 0;
          if (sum > 0) sums[doc] = sum / Math.sqrt(this.#inventory.topicNormOf(doc));
        }
      }
      if (any) for (const doc of strongest(sums, RETRIEVED, alive, (doc) => this.#inventory.rankOf(doc))) chosen.add(doc);
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

  /** The part of the features that needs only the terms of a record: cheap enough for every retrieved one. */
  #overview(doc: number): Overview {
    let words = 0;
    let meanings = 0;
    let pairs = 0;
    let topics = 0;
    let wordNorm = 0;
    let meaningNorm = 0;
    let pairNorm = 0;
    let topicNorm = 0;
    let shared = 0;
    let other = 0;
    let said = 0;
    const ours = this.#letters[0] === 0 ? null : new Array<number>(CUTS).fill(0);
    const theirs = ours ? new Array<number>(CUTS).fill(0) : NO_LETTERS;
    const spaces = this.#inventory.vocabulary.spaces;
    for (const entry of this.#inventory.termsOf(doc)) {
      const term = entry & 0xffffff;
      const weight = entry >>> 24;
      const mine = this.#mine[term] ?? 0;
      const space = spaces[term];
      if (space === 't') {
        topicNorm += weight * weight;
        topics += weight * mine;
        continue;
      }
      if (space === 'l') {
        if (!ours) continue;
        const r = this.rarityOf(term);
        const cut = this.#cutOf(term);
        theirs[cut] = (theirs[cut] ?? 0) + r;
        if (mine > 0) ours[cut] = (ours[cut] ?? 0) + r;
        continue;
      }
      const r = this.rarityOf(term);
      const x = r * weight;
      const dot = x * r * mine;
      if (mine > 0 && space !== 'p') said += r;
      if (space === 'u') {
        meaningNorm += x * x;
        meanings += dot;
        continue;
      }
      other += r;
      if (mine > 0) shared += r;
      if (space === 'w') {
        wordNorm += x * x;
        words += dot;
      } else {
        pairNorm += x * x;
        pairs += dot;
      }
    }
    return {
      words: cosine(words, wordNorm, this.#norms.w),
      meanings: cosine(meanings, meaningNorm, this.#norms.u),
      pairs: cosine(pairs, pairNorm, this.#norms.p),
      topics: cosine(topics, topicNorm, this.#norms.t),
      wording: cosine(shared, this.#wording, other),
      letters: ours ? this.#agreementOfLetters(ours, theirs) : 0,
      said: this.#saying > 0 ? said / this.#saying : 0,
    };
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
      return { doc, overview, sum: words + 3 * meanings + 2 * pairs + 3 * topics + 3 * said + 20 * letters };
    });
    const kinds = new Map<string, number[]>();
    for (const { doc, sum } of seen) {
      const kind = this.kindOf(doc);
      if (kind === '') continue;
      const of = kinds.get(kind);
      if (of) of.push(sum);
      else kinds.set(kind, [sum]);
    }
    // Whoever has the same sum as the last that is kept is kept too: arrival order decides nothing.
    const edges = new Map([...kinds].map(([kind, of]) => [kind, edgeOf(of, COMPARED_OF_A_KIND)]));
    const kept = seen.filter((c) => c.sum >= (edges.get(this.kindOf(c.doc)) ?? 0));
    const edge = edgeOf(
      kept.map((c) => c.sum),
      COMPARED,
    );
    return kept.filter((c) => c.sum >= edge).map((c) => ({ doc: c.doc, features: this.#inFull(c.doc, c.overview) }));
  }

  /**
   * What a record is about by the rarest words of its title: the systems that many agencies have of one kind (관광안내 시스템) share it.
   * Empty when nobody could tell: no title, or no agency whose own it would be.
   */
  kindOf(doc: number): string {
    let kind = this.#kinds.get(doc);
    if (kind === undefined) this.#kinds.set(doc, (kind = this.#kindOf(doc)));
    return kind;
  }

  /** The rarest meaning in a record's title: travel apps and tourist guides share it. Empty as for `kindOf`. */
  subjectOf(doc: number): string {
    if ((this.#inventory.records[doc]?.agency ?? '') === '') return '';
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
    return this.#inventory.vocabulary.keys[subject] ?? '';
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
    const theirs: Side = { words: new Set(), units: new Set() };
    const slots = new Map<number, BagToken[]>();
    this.#inventory.eachToken(doc, (slot, word, units) => {
      if (word >= 0) theirs.words.add(word);
      for (const u of units) theirs.units.add(u);
      const token = { word, units };
      const list = slots.get(slot);
      if (list) list.push(token);
      else slots.set(slot, [token]);
    });
    let matched = 0;
    for (const tokens of this.bag.slots.values()) matched += this.#matched(tokens, theirs);
    let theirTotal = 0;
    let theirMatched = 0;
    for (const tokens of slots.values()) {
      theirTotal += this.#total(tokens);
      theirMatched += this.#matched(tokens, this.#all);
    }
    const covered = this.#self > 0 ? matched / this.#self : 0;
    let substance = 0;
    for (const { token, worth } of this.#telling) {
      if (substance >= 1) break;
      if (token.word >= 0 && theirs.words.has(token.word)) substance += worth;
      else if (has(theirs.units, token.units)) substance += SYNONYM * worth;
    }
    const { said: _said, ...cosines } = overview;
    return {
      ...cosines,
      covered,
      covers: theirTotal > 0 ? theirMatched / theirTotal : 0,
      functions: this.#functions(slots),
      titles: this.#titles(slots.get(SLOT.title), theirs),
      data: this.#agreement(this.bag.slots.get(SLOT.data), slots.get(SLOT.data)),
      users: this.#agreement(this.bag.slots.get(SLOT.users), slots.get(SLOT.users)),
      substance: Math.min(1, substance),
    };
  }

  /** Agreement of two lists of tokens, 0…1: the shared weight of both sides over the weight of both. */
  #agreement(a: readonly BagToken[] | undefined, b: readonly BagToken[] | undefined): number {
    if (!a || !b) return 0;
    const total = this.#total(a) + this.#total(b);
    return total > 0 ? (this.#matchedIn(a, b) + this.#matchedIn(b, a)) / total : 0;
  }

  /** A record that goes by a proper name (배달의명수) has nothing in its title to agree with: its text stands in. */
  #titles(theirTitle: readonly BagToken[] | undefined, theirs: Side): number {
    const mine = this.bag.slots.get(SLOT.title);
    if (!mine) return 0;
    const agreement = this.#agreement(mine, theirTitle);
    if (agreement > 0 || (theirTitle ?? []).some((t) => t.units.length > 0)) return agreement;
    const total = this.#total(mine);
    return total > 0 ? (TITLE_IN_TEXT * this.#matched(mine, theirs)) / total : 0;
  }

  #functions(slots: ReadonlyMap<number, readonly BagToken[]>): number {
    let weight = 0;
    let sum = 0;
    for (const [slot, mine] of this.bag.slots) {
      if (slot < FIRST_FUNCTION) continue;
      let best = 0;
      for (const [other, tokens] of slots) {
        if (other >= FIRST_FUNCTION) best = Math.max(best, this.#agreement(mine, tokens));
      }
      const w = this.#total(mine);
      weight += w;
      sum += w * best;
    }
    return weight > 0 ? sum / weight : 0;
  }

  #total(tokens: readonly BagToken[]): number {
    let sum = 0;
    for (const t of tokens) sum += this.#tokenRarity(t);
    return sum;
  }

  #matched(tokens: readonly BagToken[], side: Side): number {
    let sum = 0;
    for (const t of tokens) {
      if (t.word >= 0 && side.words.has(t.word)) sum += this.#tokenRarity(t);
      else if (has(side.units, t.units)) sum += SYNONYM * this.#tokenRarity(t);
    }
    return sum;
  }

  /** As `#matched`, for lists so short that a set would cost more than it saves. */
  #matchedIn(tokens: readonly BagToken[], others: readonly BagToken[]): number {
    let sum = 0;
    for (const t of tokens) {
      let best = 0;
      for (const o of others) {
        if (t.word >= 0 && t.word === o.word) best = 1;
        else if (best === 0 && meet(t.units, o.units)) best = SYNONYM;
        if (best === 1) break;
      }
      if (best > 0) sum += best * this.#tokenRarity(t);
    }
    return sum;
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
  return values.length < k ? 0 : ([...values].sort((a, b) => b - a)[k - 1] ?? 0);
}

function cosine(dot: number, a: number, b: number): number {
  return a > 0 && b > 0 ? dot / Math.sqrt(a * b) : 0;
}

function has(side: ReadonlySet<number>, units: ArrayLike<number>): boolean {
  for (let i = 0; i < units.length; i++) if (side.has(units[i] ?? -1)) return true;
  return false;
}

function meet(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  for (let i = 0; i < a.length; i++) for (let j = 0; j < b.length; j++) if (a[i] === b[j]) return true;
  return false;
}

/** The records with the k highest sums; of equal sums those with the lowest rank. */
function strongest(sums: Float64Array, k: number, alive: (doc: number) => boolean, rankOf: (doc: number) => number): number[] {
  // Heap of the k best values seen, smallest first.
  const heap: number[] = [];
  for (let doc = 0; doc < sums.length; doc++) {
    const value = sums[doc] ?? 0;
    if (value <= 0 || (heap.length === k && value <= (heap[0] ?? 0)) || !alive(doc)) continue;
    if (heap.length < k) {
      heap.push(value);
      if (heap.length === k) heap.sort((a, b) => a - b);
      continue;
    }
    heap[0] = value;
    for (let i = 0; ;) {
      const left = 2 * i + 1;
      const right = left + 1;
      let least = i;
      if (left < k && (heap[left] ?? 0) < (heap[least] ?? 0)) least = left;
      if (right < k && (heap[right] ?? 0) < (heap[least] ?? 0)) least = right;
      if (least === i) break;
      const swap = heap[i] ?? 0;
      heap[i] = heap[least] ?? 0;
      heap[least] = swap;
      i = least;
    }
  }
  const edge = heap.length < k ? 0 : (heap[0] ?? 0);
  const found: number[] = [];
  const tied: number[] = [];
  for (let doc = 0; doc < sums.length; doc++) {
    const value = sums[doc] ?? 0;
    if (value <= 0 || value < edge || !alive(doc)) continue;
    (value > edge ? found : tied).push(doc);
  }
  tied.sort((a, b) => rankOf(a) - rankOf(b));
  for (let i = 0; i < tied.length && found.length < k; i++) found.push(tied[i] ?? 0);
  return found;
}

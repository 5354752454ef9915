import type { Analyzer } from './analyzer.js';
import { hashOf } from './exact-math.js';
import { ownNames } from './gazetteer.js';
import { lettersOf } from './letters.js';
import type { Lexicon } from './lexicon.js';
import { framesIn } from './thesaurus/frames.js';
import { LIGHT_WORDS } from './thesaurus/light-words.js';
import { wordsOf, type PlacedWord } from './words.js';

const LONGEST_PHRASE = 5;
/** Strings whose frames are remembered. */
const MOST_FRAMES = 100_000;
type Frames = readonly (readonly [start: number, end: number])[];
const NO_FRAMES: Frames = [];
const NO_UNITS: readonly string[] = [];

/** Where a term of a string stands, in UTF-16 units of it. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/** A content word with the meanings that the phrases covering it have. */
export interface Token extends Span {
  /** Empty for a word that matters only as part of a phrase. */
  readonly word: string;
  readonly units: readonly string[];
}

/** One string, read. */
export interface Reading {
  readonly tokens: readonly Token[];
  /** Letter pairs of the content words: a second opinion that needs no dictionary. */
  readonly pairs: readonly string[];
}

class ReadWords implements Reading {
  readonly #words: readonly PlacedWord[];

  constructor(
    words: readonly PlacedWord[],
    readonly tokens: readonly Token[],
  ) {
    this.#words = words;
  }

  // Only who stores a record asks for them, and not before its templates are out.
  get pairs(): readonly string[] {
    const words = this.#words;
    const pairs: string[] = [];
    for (let i = 0; i < words.length; i++) {
      const w = words[i];
      if (!w) continue;
      const light = LIGHT_WORDS.has(w.form) || (w.kind === 'noun' && w.form.length === 1);
      if (light || w.kind === 'number') continue;
      for (let k = 0; k + 2 <= w.form.length; k++) pairs.push(w.form.slice(k, k + 2));
      const next = words[i + 1];
      // Across the seam of a compound, so that another way to split it costs little.
      if (next && next.run === w.run && next.start === w.end && w.kind === 'noun' && next.kind === 'noun') {
        pairs.push(w.form.slice(-1) + next.form.slice(0, 1));
      }
    }
    return pairs;
  }
}

/** Reads strings of records. */
export class Reader {
  readonly #analyzer: Analyzer;
  readonly #lexicon: Lexicon;
  readonly #frames = new Map<string, Frames>();
  readonly #owners = new Map<string, ReadonlySet<string>>();

  constructor(analyzer: Analyzer, lexicon: Lexicon) {
    this.#analyzer = analyzer;
    this.#lexicon = lexicon;
  }

  /**
   * @param agency whose text it is: its own name is never a topic
   * @param template tells by its number whether three words in a row are a template; what they cover is left out
   */
  read(text: string, agency: string, template?: (shingle: number) => boolean): Reading {
    const words = withoutFrames(this.#framesIn(text), wordsOf(text, this.#analyzer, this.#ownNames(agency)));
    const reading = this.#read(words);
    if (!template) return reading;
    const covered: Span[] = [];
    shingles(reading.tokens, (shingle, first, last) => {
      if (template(shingle)) covered.push({ start: first.start, end: last.end });
    });
    return covered.length === 0 ? reading : this.#read(words.filter(outside(covered)));
  }

  /** The pieces of administrative business that the meanings of a token speak for. */
  topicsOf(token: Token): readonly number[] {
    return token.units.flatMap((unit) => this.#lexicon.topicsOf(unit));
  }

  /** The pieces of a passage: what paraphrases share. */
  letters(text: string): ReadonlySet<string> {
    return lettersOf(text, this.#analyzer);
  }

  #read(words: readonly PlacedWord[]): Reading {
    const units: (string[] | undefined)[] = new Array<undefined>(words.length);
    const tokens: Token[] = [];
    for (let i = 0; i < words.length; i++) {
      this.#lexicon.phrasesAt(words, i, LONGEST_PHRASE, (unit, length) => {
        for (let k = i; k < i + length; k++) {
          const meanings = (units[k] ??= []);
          if (!meanings.includes(unit)) meanings.push(unit);
        }
      });
    }
    for (let i = 0; i < words.length; i++) {
      const w = words[i];
      if (!w) continue;
      const meanings = units[i] ?? NO_UNITS;
      const word = this.#wordAt(words, i);
      if (word || meanings.length > 0) {
        tokens.push({ word: word?.form ?? '', units: meanings, start: word?.start ?? w.start, end: word?.end ?? w.end });
      }
    }
    return new ReadWords(words, tokens);
  }

  /** The word at a place, null when it carries no topic. One syllable says little alone, but 물+관리 and 통신+망 are words. */
  #wordAt(words: readonly PlacedWord[], i: number): Pick<PlacedWord, 'form' | 'start' | 'end'> | null {
    const w = words[i];
    if (!w || LIGHT_WORDS.has(w.form)) return null;
    if (w.kind !== 'noun' || w.form.length > 1) return w;
    const before = words[i - 1];
    if (before && before.run === w.run && before.end === w.start && before.kind === 'noun') {
      return { form: before.form + w.form, start: before.start, end: w.end };
    }
    const after = words[i + 1];
    if (after && after.run === w.run && after.start === w.end && after.kind === 'noun') {
      return { form: w.form + after.form, start: w.start, end: after.end };
    }
    return null;
  }

  /** Whoever explains a pair reads again what was read when the record arrived. */
  #framesIn(text: string): Frames {
    let frames = this.#frames.get(text);
    if (!frames) {
      frames = framesIn(text);
      if (this.#frames.size >= MOST_FRAMES) this.#frames.clear();
      this.#frames.set(text, frames.length === 0 ? NO_FRAMES : frames);
    }
    return frames;
  }

  #ownNames(agency: string): ReadonlySet<string> {
    let own = this.#owners.get(agency);
    if (!own) {
      own = ownNames(agency);
      this.#owners.set(agency, own);
    }
    return own;
  }
}

/** Calls `found` with a number for every three words in a row: the same words have the same number. */
export function shingles(tokens: readonly Token[], found: (shingle: number, first: Token, last: Token) => void): void {
  for (let i = 0; i + 2 < tokens.length; i++) {
    const [a, b, c] = [tokens[i], tokens[i + 1], tokens[i + 2]];
    if (a && b && c) found(hashOf(c.word, hashOf(b.word, hashOf(a.word))), a, c);
  }
}

/** Leaves out what is said of any project. */
function withoutFrames(frames: Frames, words: readonly PlacedWord[]): readonly PlacedWord[] {
  return frames.length === 0 ? words : words.filter(outside(frames.map(([start, end]) => ({ start, end }))));
}

/** Tells whether a word stands in none of the spans. To be asked about one word after another as they stand in the text. */
function outside(spans: readonly Span[]): (word: Span) => boolean {
  const ordered = spans.toSorted((a, b) => a.start - b.start);
  let next = 0;
  let reached = -1;
  return ({ start, end }) => {
    // Of the spans that begin before the word does, it is in one exactly if it is in none that ends before it does.
    for (let span = ordered[next]; span && span.start <= start; span = ordered[++next]) reached = Math.max(reached, span.end);
    return end > reached;
  };
}

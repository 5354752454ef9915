import type { Analyzer, Word } from './analyzer.js';
import { log2 } from './exact-math.js';
import { BACKGROUND } from './thesaurus/background.js';
import { LIGHT_WORDS } from './thesaurus/light-words.js';
import { wordsOf } from './words.js';

interface Node {
  readonly next: Map<string, Node>;
  readonly units: string[];
}

/**
 * The curated knowledge in a form that text can be matched with. A *unit* is a meaning: a concept with its synonyms, or a single
 * phrase that only topics mention. A *topic* is a piece of administrative business and the units that usually go with it.
 */
export class Lexicon {
  readonly #root: Node = { next: new Map(), units: [] };
  readonly #topicsOf = new Map<string, number[]>();
  readonly #weights = new Map<string, number>();
  readonly #commonness = new Map<string, number>();
  readonly topics: readonly string[];
  /** Share of plans at large that have a meaning: it is at least as common as the most common word for it. */
  readonly commonness: ReadonlyMap<string, number> = this.#commonness;

  /**
   * @param concepts one per line: `id: word word_with_several_words word`
   * @param topics one per line, in the same form
   */
  constructor(analyzer: Analyzer, concepts: string, topics: string) {
    const read = (phrase: string): readonly Word[] => phraseOf(phrase.split('_'), analyzer);
    for (const [id, phrases] of lines(concepts)) {
      for (const phrase of phrases) {
        const words = read(phrase);
        for (const reading of [words, ...otherReadings(phrase, analyzer)]) {
          const node = this.#nodeFor(reading);
          if (node && !node.units.includes(id)) node.units.push(id);
        }
        this.#notice(id, words);
      }
    }
    const names: string[] = [];
    for (const [id, phrases] of lines(topics)) {
      const topic = names.length;
      names.push(id);
      for (const phrase of phrases) {
        const words = read(phrase);
        const node = this.#nodeFor(words);
        if (!node) continue;
        if (node.units.length === 0) {
          node.units.push(`=${phrase}`);
          this.#notice(`=${phrase}`, words);
        }
        for (const unit of node.units) {
          const list = this.#topicsOf.get(unit) ?? [];
          if (!list.includes(topic)) list.push(topic);
          this.#topicsOf.set(unit, list);
        }
      }
    }
    this.topics = names;
    for (const [unit, list] of this.#topicsOf) {
      this.#weights.set(unit, Math.round(16 * log2(1 + names.length / list.length)));
    }
  }

  /** Calls `found` for every phrase that starts at word `i`. */
  phrasesAt(
    words: readonly { readonly form: string }[],
    i: number,
    longest: number,
    found: (unit: string, length: number) => void,
  ): void {
    let node: Node | undefined = this.#root;
    for (let n = 0; n < longest; n++) {
      const word = words[i + n];
      if (!word) return;
      node = node.next.get(word.form);
      if (!node) return;
      for (const unit of node.units) found(unit, n + 1);
    }
  }

  /** Topics a unit speaks for. */
  topicsOf(unit: string): readonly number[] {
    return this.#topicsOf.get(unit) ?? NONE;
  }

  /** How telling a unit is among topics, in sixteenths of a bit; 0 when no topic mentions it. */
  weightOf(unit: string): number {
    return this.#weights.get(unit) ?? 0;
  }

  #notice(unit: string, words: readonly Word[]): void {
    const share = words.length === 1 ? (BACKGROUND.get(words[0]?.form ?? '') ?? 0) : 0;
    if (share > (this.#commonness.get(unit) ?? 0)) this.#commonness.set(unit, share);
  }

  #nodeFor(words: readonly Word[]): Node | null {
    if (words.length === 0) return null;
    let node = this.#root;
    for (const w of words) {
      let next = node.next.get(w.form);
      if (!next) {
        next = { next: new Map(), units: [] };
        node.next.set(w.form, next);
      }
      node = next;
    }
    return node;
  }
}

const NONE: readonly number[] = [];
const NOBODY: ReadonlySet<string> = new Set();

/**
 * The words of a phrase; none when so little of it can be read that it would be found everywhere: 자기 정보 must not become 정보, 가볼
 * 만한 not 가.
 */
function phraseOf(parts: readonly string[], analyzer: Analyzer): readonly Word[] {
  const words = parts.map((part) => wordsOf(part, analyzer, NOBODY));
  const all = words.flat();
  const unread = parts.some((part, i) => words[i]?.length === 0 && !LIGHT_WORDS.has(part));
  if (parts.length > 1 && unread && all.length < 2) return [];
  // 함께 쓰다 would be found wherever anything is used.
  if (all.every((w) => LIGHT_WORDS.has(w.form))) return [];
  const [only] = all;
  if (!only || all.length > 1 || only.form.length > 1 || parts.join('').length === 1) return all;
  // One letter of a longer word: a stem with its ending is meant (잇다, 찾기), a piece of a noun is not.
  return only.kind === 'stem' && /[다기]$/u.test(parts.join('')) ? all : [];
}

/**
 * How the analyzer reads a phrase elsewhere: written together, or before a particle, it may cut the same letters in other places
 * (하수+관, 자연휴양림). Only readings that leave no letter out.
 */
function otherReadings(phrase: string, analyzer: Analyzer): readonly (readonly Word[])[] {
  const whole = phrase.replaceAll('_', '');
  if (whole.length < 3 || /[^가-힣]|다$/u.test(whole)) return [];
  const closed = (whole.charCodeAt(whole.length - 1) - 0xac00) % 28 > 0;
  const found: (readonly Word[])[] = [];
  for (const run of [whole, whole + (closed ? '을' : '를'), whole + (closed ? '이' : '가')]) {
    const words = wordsOf(run, analyzer, NOBODY);
    const said = words.map((w) => w.form).join('');
    if (said === whole || (said === run && words.length === 1)) found.push(words);
  }
  return found;
}

function* lines(source: string): Iterable<[id: string, phrases: string[]]> {
  for (const line of source.split('\n')) {
    const [id, rest] = line.split(':');
    if (!id || !rest || id.trim().startsWith('#')) continue;
    yield [id.trim(), rest.split(' ').filter((p) => p !== '')];
  }
}

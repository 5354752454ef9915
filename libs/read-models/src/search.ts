import { inKorean, inLatin, withoutDoubleFinals } from './keyboard.js';

/**
 * Search that suits Korean: words are run together and inflected by particles, and spacing is a matter of taste, so a word
 * is found anywhere inside another (`재정정보` in `지방재정정보시스템`) and across spaces. Bigrams narrow the rows by an
 * index; the text itself then decides. No extension of the database is needed.
 */
export interface Searchable {
  /** Fields without spaces, punctuation, case and width; one a line, so that nothing is found across fields. */
  readonly searchText: string;
  /** A tsvector of the bigrams of `searchText`. */
  readonly grams: string;
}

/** A tsvector holds at most 1 MB; longer texts are found by their beginning. */
const MAX_SEARCH_TEXT = 50_000;

const MAX_WORDS = 10;

/** What a row is found by. The first field is the title: it is also found by its initial consonants (`ㅈㅂㅈㅈ`). */
export function searchable([title, ...fields]: readonly [string, ...string[]]): Searchable {
  const lines = [title, ...fields].map(squeezed);
  const searchText = [...lines, initials(lines[0] ?? '')]
    .filter((line) => line !== '')
    .join('\n')
    .slice(0, MAX_SEARCH_TEXT);
  return { searchText, grams: [...new Set(bigrams(searchText))].map((gram) => `'${gram}'`).join(' ') };
}

/** The words to be found, as `searchText` writes them. Empty when nothing can be searched for. */
export function wordsOf(query: string): readonly string[] {
  return spellingsOf(query).map(([word = '']) => word);
}

/**
 * Each word to be found with the other ways in which a row may write it, first as it was typed: a keyboard may have stood on the other
 * language, and an input method draws two initial consonants into one letter.
 */
export function spellingsOf(query: string): readonly (readonly string[])[] {
  const found = new Map<string, readonly string[]>();
  for (const typed of query.slice(0, 400).split(/\s+/u)) {
    const plain = withoutDoubleFinals(typed);
    const meant = [plain, inKorean(plain), inLatin(plain)].map((text) => squeezed(text ?? ''));
    // A single letter by mistake would find nearly everything.
    const spellings = [...new Set(meant)].filter((word, i) => word !== '' && (i === 0 || word.length > 1));
    if (meant[0] !== '' && !found.has(meant[0] ?? '')) found.set(meant[0] ?? '', spellings);
  }
  return [...found.values()].slice(0, MAX_WORDS);
}

/** A tsquery that every row satisfies which contains each word in one of its spellings; null when they are single syllables. */
export function gramsOf(words: readonly (readonly string[])[]): string | null {
  const needed = words.flatMap((spellings) => {
    const grams = spellings.map((spelling) => [...new Set(bigrams(spelling))]);
    // A spelling without a bigram cannot be asked of the index, so the word as a whole cannot.
    if (grams.some((of) => of.length === 0)) return [];
    return [`(${grams.map((of) => of.map((gram) => `'${gram}'`).join(' & ')).join(' | ')})`];
  });
  return needed.length === 0 ? null : needed.join(' & ');
}

/** Letters and digits only, one case, one width: nothing in it means anything to LIKE or to tsquery. */
function squeezed(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

function bigrams(text: string): string[] {
  return text.split('\n').flatMap((line) => {
    const letters = [...line];
    return letters.slice(1).map((letter, index) => `${letters[index] ?? ''}${letter}`);
  });
}

const FIRST_SYLLABLE = 0xac00;
const LAST_SYLLABLE = 0xd7a3;
const SYLLABLES_PER_INITIAL = 588;
const FIRST_INITIAL = 0x1100;

/** NFKC turns the ㅈ of a keyboard into the initial consonant that this gives. Empty unless the text has a Korean syllable. */
function initials(text: string): string {
  let found = '';
  for (const letter of text) {
    const code = letter.codePointAt(0) ?? 0;
    if (code < FIRST_SYLLABLE || code > LAST_SYLLABLE) continue;
    found += String.fromCharCode(FIRST_INITIAL + Math.floor((code - FIRST_SYLLABLE) / SYLLABLES_PER_INITIAL));
  }
  return found;
}

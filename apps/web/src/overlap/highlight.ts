export interface Stretch {
  readonly text: string;
  readonly matched: boolean;
}

/** A syllable alone stands in half of all words: marking it would hide what matters. */
const SHORTEST = 2;

export function telling(terms: readonly string[]): readonly string[] {
  return [...new Set(terms)].filter((term) => term.length >= SHORTEST);
}

/** The quote cut into what both sides share and the rest; joined it is the quote again. */
export function highlight(quote: string, terms: readonly string[]): readonly Stretch[] {
  const shared = [...telling(terms)].sort((a, b) => b.length - a.length);
  if (shared.length === 0) return quote === '' ? [] : [{ text: quote, matched: false }];
  const pattern = new RegExp(`(${shared.map((term) => term.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})`, 'gi');
  return quote
    .split(pattern)
    .map((text, index) => ({ text, matched: index % 2 === 1 }))
    .filter(({ text }) => text !== '');
}

export interface InContext {
  readonly before: string;
  readonly quote: string;
  readonly after: string;
}

const AROUND = 60;

/** The passage with some of the text around it, when the text still reads as it did; the quote alone otherwise. */
export function inContext(
  text: string | undefined,
  { start, end, quote }: { start: number; end: number; quote: string },
): InContext {
  if (text === undefined || text.slice(start, end) !== quote) return { before: '', quote, after: '' };
  const from = Math.max(0, start - AROUND);
  return {
    before: `${from > 0 ? '…' : ''}${text.slice(from, start)}`,
    quote,
    after: `${text.slice(end, end + AROUND)}${end + AROUND < text.length ? '…' : ''}`,
  };
}

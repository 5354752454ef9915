export type TextLine =
  { readonly line: number; readonly text: string } | { readonly line: number; readonly fault: 'line-too-long' };

/** Characters of one line of JSONL, far above any plan; bounds the memory. */
const MAX_LINE = 1024 * 1024;

/** Lines that say something, numbered from 1. A line that is too long is passed over without being held. */
export async function* textLines(pieces: AsyncIterable<string>): AsyncGenerator<TextLine> {
  let rest = '';
  let line = 1;
  let tooLong = false;
  for await (const piece of pieces) {
    const text = rest + piece;
    let at = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', at)) {
      if (tooLong || end - at > MAX_LINE) yield { line, fault: 'line-too-long' };
      else if (/\S/.test(text.slice(at, end))) yield { line, text: text.slice(at, end) };
      tooLong = false;
      line++;
      at = end + 1;
    }
    rest = text.slice(at);
    if (rest.length > MAX_LINE) {
      tooLong = true;
      rest = '';
    }
  }
  if (tooLong) yield { line, fault: 'line-too-long' };
  else if (/\S/.test(rest)) yield { line, text: rest };
}

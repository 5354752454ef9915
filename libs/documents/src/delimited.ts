/**
 * Rows of delimited text (RFC 4180) that survive a broken row. A general CSV parser gives up the rest of the file at an unbalanced
 * quote; here the reading goes on with the next line, so that one bad row costs one row.
 */
export type DelimitedRecord =
  { readonly line: number; readonly cells: readonly string[] } | { readonly line: number; readonly fault: DelimitedFault };
/** `quote-not-closed` also stands for a quoted cell longer than `MAX_RECORD` characters: the two cannot be told apart in bounded memory. */
export type DelimitedFault = 'quote-not-closed' | 'text-after-quote' | 'record-too-long';

/** Characters of one record, far above any plan. Bounds the memory and how far a forgotten quote is followed. */
const MAX_RECORD = 256 * 1024;

/** `separator` is chosen by the caller once the first line is known. Lines that are blank are not records. */
export async function* delimitedRecords(
  pieces: AsyncIterable<string>,
  chooseSeparator: (firstLine: string) => string,
): AsyncGenerator<DelimitedRecord> {
  const source = pieces[Symbol.asyncIterator]();
  let buffer = '';
  let at = 0;
  let line = 1;
  let ended = false;
  let separator = '';
  const fill = async (): Promise<void> => {
    const next = await source.next();
    buffer = buffer.slice(at) + (next.done ? '' : next.value);
    at = 0;
    ended = next.done === true;
  };
  const lineEnd = async (): Promise<number> => {
    for (;;) {
      const newline = buffer.indexOf('\n', at);
      if (newline >= 0) return newline;
      if (ended) return buffer.length;
      if (buffer.length - at > MAX_RECORD) at = buffer.length;
      await fill();
    }
  };
  try {
    for (;;) {
      if (at >= buffer.length) {
        if (ended) return;
        await fill();
        continue;
      }
      if (separator === '') {
        const end = await lineEnd();
        if (!/\S/.test(buffer.slice(at, end))) {
          at = Math.min(end + 1, buffer.length);
          line++;
          continue;
        }
        separator = chooseSeparator(buffer.slice(at, end));
      }
      let step = oneRecord(buffer, at, separator, ended);
      while (step === 'more' || step === 'more-in-quotes') {
        if (buffer.length - at > MAX_RECORD) {
          step = { fault: step === 'more' ? 'record-too-long' : 'quote-not-closed' };
        } else {
          await fill();
          step = oneRecord(buffer, at, separator, ended);
        }
      }
      if ('fault' in step) {
        yield { line, fault: step.fault };
        at = Math.min((await lineEnd()) + 1, buffer.length);
        line++;
        continue;
      }
      if (step.cells.some((cell) => cell.trim() !== '')) yield { line, cells: step.cells };
      at = step.next;
      line += step.lines;
    }
  } finally {
    await source.return?.();
  }
}

/** The cells of one line, as a header is read. */
export function cellsOf(line: string, separator: string): readonly string[] {
  const step = oneRecord(line, 0, separator, true);
  return typeof step === 'object' && 'cells' in step ? step.cells : [];
}

/** `more`: the text so far ends inside the record. */
type Step = { cells: string[]; next: number; lines: number } | { fault: DelimitedFault } | 'more' | 'more-in-quotes';

function oneRecord(buffer: string, start: number, separator: string, ended: boolean): Step {
  const cells: string[] = [];
  let lines = 1;
  let at = start;
  for (;;) {
    if (buffer[at] === '"') {
      let value = '';
      let from = at + 1;
      for (;;) {
        const quote = buffer.indexOf('"', from);
        if (quote < 0) return ended ? { fault: 'quote-not-closed' } : 'more-in-quotes';
        // Whether this quote is doubled shows only in the next character.
        if (quote + 1 >= buffer.length && !ended) return 'more';
        value += buffer.slice(from, quote);
        if (buffer[quote + 1] !== '"') {
          at = quote + 1;
          break;
        }
        value += '"';
        from = quote + 2;
      }
      for (let n = value.indexOf('\n'); n >= 0; n = value.indexOf('\n', n + 1)) lines++;
      cells.push(value);
    } else {
      const newline = buffer.indexOf('\n', at);
      if (newline < 0 && !ended) return 'more';
      const end = newline < 0 ? buffer.length : newline;
      const mark = buffer.indexOf(separator, at);
      if (mark >= 0 && mark < end) {
        cells.push(buffer.slice(at, mark));
        at = mark;
      } else {
        const text = buffer.slice(at, end);
        cells.push(text.endsWith('\r') ? text.slice(0, -1) : text);
        at = end;
      }
    }
    if (at >= buffer.length) return ended ? { cells, next: at, lines } : 'more';
    if (buffer[at] === separator) {
      at++;
      if (at >= buffer.length) {
        if (!ended) return 'more';
        cells.push('');
        return { cells, next: at, lines };
      }
      continue;
    }
    if (buffer[at] === '\n') return { cells, next: at + 1, lines };
    if (buffer[at] === '\r') {
      if (at + 1 >= buffer.length) return ended ? { cells, next: at + 1, lines } : 'more';
      if (buffer[at + 1] === '\n') return { cells, next: at + 2, lines };
    }
    return { fault: 'text-after-quote' };
  }
}

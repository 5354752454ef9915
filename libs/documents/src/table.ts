import { cellsOf, delimitedRecords, type DelimitedFault } from './delimited.js';
import { fieldNamed, type Field, type Fields } from './fields.js';
import { textLines } from './lines.js';
import { decodedText, type FileSource } from './text-file.js';
import { unreadable, type RowProblem } from './unreadable-file.js';

export type TableFormat = 'jsonl' | 'csv';

/** One row under our field names, or why it cannot be read. */
export type TableRow = { readonly line: number } & ({ readonly fields: Fields } | { readonly problem: RowProblem });

/** Rows of a JSONL or CSV file. Which of the two it is shows in its first character unless it is given. */
export async function* tableRows(source: FileSource, format?: TableFormat): AsyncGenerator<TableRow> {
  const { first, pieces } = await peek(decodedText(source));
  const start = first.trimStart();
  const isJson = format === undefined ? start.startsWith('{') || start.startsWith('[') : format === 'jsonl';
  yield* isJson ? jsonRows(pieces) : csvRows(pieces);
}

async function* jsonRows(pieces: AsyncIterable<string>): AsyncGenerator<TableRow> {
  let first = true;
  for await (const row of textLines(pieces)) {
    const { line } = row;
    if ('fault' in row) {
      yield {
        line,
        problem: problem('line-too-long', '한 줄이 너무 깁니다(1 MiB 넘음).', 'The line is too long (above 1 MiB).'),
      };
      continue;
    }
    if (first && ['{', '[', '[{'].includes(row.text.trim())) {
      throw unreadable(
        'not-one-record-per-line',
        'JSON이 여러 줄에 걸쳐 있습니다. 한 줄에 레코드 하나씩 적은 JSONL 파일을 주십시오.',
        'The JSON spans several lines. Give a JSONL file with one record per line.',
      );
    }
    first = false;
    let value: unknown;
    try {
      value = JSON.parse(row.text);
    } catch (error) {
      const why = error instanceof Error ? error.message.slice(0, 120) : '';
      yield { line, problem: problem('json-invalid', `JSON이 아닙니다: ${why}`, `Not valid JSON: ${why}`) };
      continue;
    }
    const fields = fieldsOf(value);
    if (fields === null) {
      yield {
        line,
        problem: problem('not-an-object', '레코드는 JSON 객체({…})여야 합니다.', 'A record must be a JSON object ({…}).'),
      };
    } else yield { line, fields };
  }
}

/** A JSON object under our field names; null when it is not an object. */
export function fieldsOf(value: unknown): Fields | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const fields: Fields = {};
  for (const [key, said] of Object.entries(value)) {
    const field = fieldNamed(key);
    if (field !== null && (fields[field] ?? null) === null) fields[field] = said;
  }
  return fields;
}

export const SEPARATORS = [',', ';', '\t'] as const;

async function* csvRows(pieces: AsyncIterable<string>): AsyncGenerator<TableRow> {
  const separatorOf = (header: string): string => {
    const [best] = SEPARATORS.map((separator) => ({
      separator,
      known: cellsOf(header, separator).filter((heading) => fieldNamed(heading) !== null).length,
    })).sort((a, b) => b.known - a.known);
    return best?.separator ?? ',';
  };
  let columns: readonly (Field | null)[] | null = null;
  for await (const record of delimitedRecords(pieces, separatorOf)) {
    const { line } = record;
    if ('fault' in record) {
      if (columns === null) throw headerUnknown([]);
      yield { line, problem: brokenRow(record.fault) };
      continue;
    }
    if (columns === null) {
      columns = record.cells.map(fieldNamed);
      if (!columns.includes('title')) throw headerUnknown(record.cells);
      continue;
    }
    const { cells } = record;
    // Excel pads rows with empty cells when another row was once longer.
    const surplus = cells.slice(columns.length).some((cell) => cell.trim() !== '');
    if (cells.length < columns.length || surplus) {
      yield {
        line,
        problem: problem(
          'column-count',
          `열이 ${columns.length}개여야 하는데 ${cells.length}개입니다. 쉼표가 든 칸은 따옴표("…")로 감싸십시오.`,
          `The row has ${cells.length} columns instead of ${columns.length}. Put cells that contain the separator in quotes ("…").`,
        ),
      };
      continue;
    }
    const fields: Fields = {};
    columns.forEach((field, index) => {
      const cell = cells[index] ?? '';
      // Cells are text, whatever they look like: `=SUM(A1)` is a title if someone wrote it there.
      if (field !== null && cell.trim() !== '' && fields[field] === undefined) fields[field] = cell;
    });
    yield { line, fields };
  }
}

function headerUnknown(headings: readonly string[]) {
  const seen = headings
    .map((heading) => heading.trim().slice(0, 30))
    .slice(0, 12)
    .join(', ');
  return unreadable(
    'header-unknown',
    `첫 줄에서 열 이름을 찾을 수 없습니다. 첫 줄에 「시스템명, 기관, 기관구분, 목적, 기능, 이용자, 데이터, 기술」 같은 열 이름이 있어야 합니다. 읽은 첫 줄: ${seen}`,
    `The first line has no column names we know. It must hold names such as "title, agency, level, purpose, functions, users, data, tech". First line read: ${seen}`,
  );
}

export function brokenRow(fault: DelimitedFault): RowProblem {
  switch (fault) {
    case 'quote-not-closed':
      return problem(
        'quote-not-closed',
        '따옴표(")가 닫히지 않았습니다. 칸 안의 따옴표는 두 번("") 적으십시오.',
        'A quote (") is not closed. Write a quote inside a cell twice ("").',
      );
    case 'text-after-quote':
      return problem(
        'text-after-quote',
        '닫는 따옴표 뒤에 글자가 있습니다. 칸 안의 따옴표는 두 번("") 적으십시오.',
        'There is text after a closing quote. Write a quote inside a cell twice ("").',
      );
    case 'record-too-long':
      return problem('line-too-long', '한 줄이 너무 깁니다.', 'The line is too long.');
  }
}

function problem(code: string, ko: string, en: string): RowProblem {
  return { code, pointer: '', message: { ko, en } };
}

/** The first piece that says something, and all pieces as they came. */
async function peek(pieces: AsyncGenerator<string>): Promise<{ first: string; pieces: AsyncGenerator<string> }> {
  let first = '';
  while (first.trim() === '') {
    const next = await pieces.next();
    if (next.done) break;
    first += next.value;
  }
  async function* all() {
    try {
      yield first;
      yield* pieces;
    } finally {
      await pieces.return(undefined);
    }
  }
  return { first, pieces: all() };
}

import { cellsOf, delimitedRecords } from './delimited.js';
import { brokenRow, SEPARATORS } from './table.js';
import { decodedText, type FileSource } from './text-file.js';
import { unreadable, type RowProblem } from './unreadable-file.js';

/** What one row of the file came to. `line` is where the row starts, counted from 1. */
export type DocumentNumberRow = { readonly line: number } & (
  | {
      readonly documentNumber: string;
      /** As it is written in the file: whoever takes it says whether there is such a day. Null when the file does not say. */
      readonly sentOn: string | null;
      /** What the letter was about; may be empty. */
      readonly note: string;
    }
  | { readonly problem: RowProblem }
);

const HEADINGS: ReadonlyMap<string, 'documentNumber' | 'sentOn' | 'note'> = new Map([
  ...['문서번호', '번호', 'documentnumber', 'number'].map((name) => [name, 'documentNumber'] as const),
  ...['통보일', '시행일', '발송일', 'senton', 'date'].map((name) => [name, 'sentOn'] as const),
  ...['제목', '비고', '사업명', 'note', 'title'].map((name) => [name, 'note'] as const),
]);
const headingOf = (cell: string) => HEADINGS.get(cell.replace(/[\s_-]+/g, '').toLowerCase());

/**
 * Reads a register of letters that were sent before, CSV in UTF-8 or CP949: 문서번호, and where there are, 통보일 and 제목 or 비고. Other columns are
 * left out.
 * @throws UnreadableFile when the file as a whole cannot be read
 */
export async function* readDocumentNumbers(source: FileSource): AsyncGenerator<DocumentNumberRow> {
  const separatorOf = (header: string): string =>
    SEPARATORS.find((separator) => cellsOf(header, separator).some((cell) => headingOf(cell) === 'documentNumber')) ?? ',';
  let columns: readonly ReturnType<typeof headingOf>[] | null = null;
  for await (const record of delimitedRecords(decodedText(source), separatorOf)) {
    const { line } = record;
    if ('fault' in record) {
      if (columns === null) throw noHeading();
      yield { line, problem: brokenRow(record.fault) };
      continue;
    }
    if (columns === null) {
      columns = record.cells.map(headingOf);
      if (!columns.includes('documentNumber')) throw noHeading();
      continue;
    }
    const said = new Map(columns.map((column, index) => [column, record.cells[index]?.trim() ?? '']));
    const documentNumber = said.get('documentNumber') ?? '';
    if (documentNumber === '') {
      const message = { ko: '문서번호가 비어 있습니다.', en: 'The document number is missing.' };
      yield { line, problem: { code: 'document-number-missing', pointer: '/documentNumber', message } };
      continue;
    }
    yield { line, documentNumber, sentOn: dayIn(said.get('sentOn') ?? ''), note: said.get('note') ?? '' };
  }
}

/** `2024. 3. 5.` and `2024/03/05` as `2024-03-05`; whatever else as it stands. */
function dayIn(text: string): string | null {
  if (text === '') return null;
  const [, year, month, day] = /^(\d{4})\s*[./-]\s*(\d{1,2})\s*[./-]\s*(\d{1,2})\s*\.?$/.exec(text) ?? [];
  return year === undefined || month === undefined || day === undefined
    ? text
    : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

function noHeading() {
  return unreadable(
    'header-unknown',
    '첫 줄에 「문서번호」 열이 없습니다. 있으면 「통보일」과 「제목」도 읽습니다.',
    'The first line has no column "documentNumber". "sentOn" and "note" are read too where they are there.',
  );
}

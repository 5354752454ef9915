import type { PlanContent } from '@sajeon/domain';
import { inflateRawSync } from 'node:zlib';
import * as XLSX from '@e965/xlsx';
import { fieldNamed, type Field, type Fields } from './fields.js';
import { planOf } from './plan.js';
import { unreadable, type RowProblem } from './unreadable-file.js';

/** One row of a sheet of plans. `row` is its number as Excel shows it. */
export interface SheetRow {
  readonly row: number;
  /** As far as it can be read, also when something else is wrong. */
  readonly title: string;
  readonly plan: PlanContent | null;
  readonly problems: readonly RowProblem[];
}

/** Rows that one file may have: what an agency plans in a year, many times over. */
const MAX_ROWS = 500;
/** What the file may become when unpacked: several times what a full sheet needs. */
const MAX_UNPACKED = 16 * 1024 * 1024;
const SHEET = '사업계획';
const PROBLEMS = '고칠 점';

const COLUMNS: readonly (readonly [field: Field, heading: string, width: number, example: string])[] = [
  ['title', '사업명', 40, '수원시 전세피해 상담 예약 시스템 구축'],
  ['purpose', '목적', 50, '전세사기 피해자의 상담을 예약받아 법률 지원과 잇는다.'],
  ['functions', '기능', 40, '피해 상담 신청 접수\n처리 상황 문자 통보'],
  ['users', '이용자', 20, '시민\n담당 공무원'],
  ['data', '데이터', 30, '피해 신고서'],
  ['technologies', '기술', 20, '웹'],
  ['budgetKrw', '총사업비(원)', 16, '350000000'],
  ['orderPlannedOn', '발주예정일', 14, '2027-03-02'],
  ['text', '설명', 50, ''],
];

const HELP: readonly (readonly [string, string])[] = [
  ['사업명', '반드시 적습니다. 한 줄이 사업 하나입니다.'],
  ['목적', '무엇을 왜 하는지 한두 문장으로 적습니다.'],
  ['기능 · 이용자 · 데이터 · 기술', '여러 가지면 칸 안에서 줄을 바꾸어(Alt+Enter) 적습니다.'],
  ['총사업비(원)', '원 단위 숫자입니다. 정해지지 않았으면 비워 둡니다.'],
  ['발주예정일', '2027-03-02처럼 적습니다. 정해지지 않았으면 비워 둡니다.'],
  ['설명', '그 밖의 계획 내용을 적습니다. 비워도 됩니다.'],
  ['예시 줄', '둘째 줄은 예시입니다. 지우고 쓰십시오.'],
];

/** An Excel file (XLSX) to fill in: a sheet with our columns and an example, and a sheet that explains them. */
export function planTemplate(): Buffer {
  const sheet = XLSX.utils.aoa_to_sheet([COLUMNS.map(([, heading]) => heading), COLUMNS.map(([, , , example]) => example)]);
  sheet['!cols'] = COLUMNS.map(([, , wch]) => ({ wch }));
  const help = XLSX.utils.aoa_to_sheet([['열', '적는 법'], ...HELP.map((row) => [...row])]);
  help['!cols'] = [{ wch: 30 }, { wch: 70 }];
  return written([
    [SHEET, sheet],
    ['적는 법', help],
  ]);
}

/**
 * Reads the first sheet of an Excel file, one plan a row, columns in any order by their headings.
 * @throws UnreadableFile when the file as a whole cannot be read: not XLSX, too large unpacked, no heading that we know, no row, too many
 */
export function readPlanSheet(file: Uint8Array): readonly SheetRow[] {
  const { rows, columns } = tableOf(file);
  return rows.map(({ row, cells }) => {
    const fields: Fields = {};
    columns.forEach((field, index) => {
      const cell = cells[index] ?? '';
      if (field !== null && cell.trim() !== '' && fields[field] === undefined) fields[field] = cell;
    });
    const title = typeof fields.title === 'string' ? fields.title.trim().replace(/\s+/g, ' ').slice(0, 200) : '';
    const read = planOf({ ...fields, agency: '', id: '' });
    return 'problems' in read
      ? { row, title, plan: null, problems: read.problems }
      : { row, title, plan: read.plan, problems: [] };
  });
}

/**
 * The same rows back as an Excel file, with a first column that says in each row what is to be mended. Empty where nothing is.
 * @throws UnreadableFile as `readPlanSheet`
 */
export function markedPlanSheet(file: Uint8Array): Buffer {
  const { headings, rows } = tableOf(file);
  const wrong = new Map(readPlanSheet(file).map(({ row, problems }) => [row, problems]));
  const said = rows.map(({ row, cells }) => [
    (wrong.get(row) ?? []).map(({ pointer, message }) => `${columnOf(pointer)}${message.ko}`).join('\n'),
    ...headings.map((_, index) => cells[index] ?? ''),
  ]);
  const sheet = XLSX.utils.aoa_to_sheet([[PROBLEMS, ...headings], ...said]);
  sheet['!cols'] = [{ wch: 50 }, ...headings.map(() => ({ wch: 30 }))];
  return written([[SHEET, sheet]]);
}

function columnOf(pointer: string): string {
  const field = pointer.split('/')[1] ?? '';
  const heading = COLUMNS.find(([name]) => name === field)?.[1];
  return heading === undefined ? '' : `${heading}: `;
}

interface Table {
  readonly headings: readonly string[];
  /** Null: none of our columns, so left out. */
  readonly columns: readonly (Field | null)[];
  readonly rows: readonly { readonly row: number; readonly cells: readonly string[] }[];
}

function tableOf(file: Uint8Array): Table {
  mustUnpack(file);
  let sheet: XLSX.WorkSheet | undefined;
  try {
    // Dates are not made into numbers of days: a cell is what the person saw in it.
    const book = XLSX.read(file, {
      type: 'array',
      dense: true,
      sheetRows: MAX_ROWS + 2,
      cellFormula: false,
      cellHTML: false,
      dateNF: 'yyyy-mm-dd',
    });
    sheet = book.Sheets[book.SheetNames[0] ?? ''];
  } catch {
    throw notExcel();
  }
  if (sheet === undefined) throw notExcel();
  const lines: unknown[][] = XLSX.utils.sheet_to_json(sheet, {
    header: 1,
    raw: false,
    defval: '',
    blankrows: true,
    dateNF: 'yyyy-mm-dd',
  });
  const [head = [], ...body] = lines.map((line) => line.map(cellText));
  // A file that came back from us with the column of what to mend is as good as the first one.
  const headings = head.map((heading) => heading.trim());
  const columns = headings.map((heading) => (heading === PROBLEMS ? null : fieldNamed(heading)));
  if (!columns.includes('title')) {
    throw unreadable(
      'header-unknown',
      `첫 줄에서 「사업명」 열을 찾을 수 없습니다. 양식 파일을 내려받아 쓰십시오. 읽은 첫 줄: ${headings.slice(0, 8).join(', ').slice(0, 200)}`,
      `The first row has no column "사업명" (title). Download the template and use it. First row read: ${headings.slice(0, 8).join(', ').slice(0, 200)}`,
    );
  }
  const rows = body
    .map((cells, index) => ({ row: index + 2, cells }))
    .filter(({ cells }) => columns.some((column, index) => column !== null && (cells[index] ?? '').trim() !== ''));
  if (rows.length === 0) {
    throw unreadable('file-empty', '열 이름만 있고 사업이 없습니다.', 'There are headings but no plan below them.');
  }
  if (rows.length > MAX_ROWS) {
    throw unreadable(
      'too-many-rows',
      `한 파일에 사업은 ${MAX_ROWS}건까지입니다. 나누어 올리십시오.`,
      `A file may have ${MAX_ROWS} plans. Split it.`,
    );
  }
  const own = headings
    .map((heading, index) => ({ heading, index }))
    .filter(({ heading }) => heading !== PROBLEMS && heading !== '');
  return {
    headings: own.map(({ heading }) => heading),
    columns: own.map(({ index }) => columns[index] ?? null),
    rows: rows.map(({ row, cells }) => ({ row, cells: own.map(({ index }) => cells[index] ?? '') })),
  };
}

function cellText(cell: unknown): string {
  return typeof cell === 'string' ? cell : cell === null || cell === undefined ? '' : String(cell as number | boolean);
}

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_ENTRY = 0x04034b50;
const DEFLATED = 8;
const STORED = 0;

/**
 * Unpacks every part once, with a limit, before anything else looks at the file: what a ZIP says about its own sizes is no promise.
 * @throws UnreadableFile
 */
function mustUnpack(file: Uint8Array): void {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || end + 22 > bytes.length || bytes.readUInt32LE(end) !== END_OF_DIRECTORY) throw notExcel();
  const entries = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  let left = MAX_UNPACKED;
  try {
    for (let n = 0; n < entries; n += 1) {
      if (bytes.readUInt32LE(at) !== DIRECTORY_ENTRY) throw notExcel();
      const method = bytes.readUInt16LE(at + 10);
      const packed = bytes.readUInt32LE(at + 20);
      const local = bytes.readUInt32LE(at + 42);
      if (bytes.readUInt32LE(local) !== LOCAL_ENTRY) throw notExcel();
      const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
      const content = bytes.subarray(start, start + packed);
      if (method === DEFLATED) left -= inflateRawSync(content, { maxOutputLength: Math.max(1, left) }).length;
      else if (method === STORED) left -= content.length;
      else throw notExcel();
      if (left <= 0) throw tooLarge();
      at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
    }
  } catch (cause) {
    const code = typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : '';
    if (code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge();
    // What a part says of its place leads outside of the file, or does not unpack.
    if (/^(ERR_OUT_OF_RANGE|ERR_BUFFER_OUT_OF_BOUNDS|Z_)/.test(code)) throw notExcel();
    throw cause;
  }
}

function notExcel() {
  return unreadable(
    'not-xlsx',
    '엑셀 파일(.xlsx)로 읽을 수 없습니다. 엑셀에서 「Excel 통합 문서(.xlsx)」로 저장하고, 암호는 풀어 올리십시오.',
    'This cannot be read as an Excel file (.xlsx). Save it as "Excel Workbook (.xlsx)", without a password.',
  );
}

function tooLarge() {
  return unreadable(
    'file-too-large',
    '엑셀 파일을 풀면 너무 큽니다. 그림과 빈 줄을 지우고, 사업을 나누어 올리십시오.',
    'The Excel file is too large when unpacked. Remove pictures and empty rows, and split the plans.',
  );
}

function written(sheets: readonly (readonly [name: string, sheet: XLSX.WorkSheet])[]): Buffer {
  const book = XLSX.utils.book_new();
  for (const [name, sheet] of sheets) XLSX.utils.book_append_sheet(book, sheet, name);
  // Cells are strings (type "s"), so a text that begins with "=" stays a text.
  return Buffer.from(XLSX.write(book, { type: 'array', bookType: 'xlsx', compression: true }) as ArrayBuffer);
}

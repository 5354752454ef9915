import * as XLSX from '@e965/xlsx';
import { deflateRawSync } from 'node:zlib';
import { markedPlanSheet, planTemplate, readPlanSheet } from './plan-sheet.js';

const HEAD = ['사업명', '목적', '기능', '이용자', '데이터', '기술', '총사업비(원)', '발주예정일', '설명'];

function excel(rows: readonly (readonly unknown[])[]): Buffer {
  const book = XLSX.utils.book_new();
  XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet(rows.map((row) => [...row])), 'Sheet1');
  return Buffer.from(XLSX.write(book, { type: 'array', bookType: 'xlsx' }) as ArrayBuffer);
}
const cells = (file: Buffer): string[][] =>
  XLSX.utils.sheet_to_json(XLSX.read(file).Sheets['사업계획'] ?? {}, { header: 1, raw: false, defval: '' });

describe('a sheet of plans', () => {
  it('reads the template that we give out: its example is a plan', () => {
    const [first, ...rest] = readPlanSheet(planTemplate());
    expect(rest).toEqual([]);
    expect(first).toMatchObject({
      row: 2,
      title: '수원시 전세피해 상담 예약 시스템 구축',
      problems: [],
      plan: {
        functions: ['피해 상담 신청 접수', '처리 상황 문자 통보'],
        users: ['시민', '담당 공무원'],
        budgetKrw: 350_000_000,
        orderPlannedOn: '2027-03-02',
      },
    });
  });

  it('reads numbers and dates as Excel keeps them, columns in any order, and leaves foreign columns out', () => {
    const file = excel([
      ['비고', '총사업비(원)', '사업명', '발주예정일'],
      ['x', 120_000_000, '민원 예약', new Date(Date.UTC(2027, 2, 2))],
    ]);
    expect(readPlanSheet(file)).toEqual([
      expect.objectContaining({
        title: '민원 예약',
        plan: expect.objectContaining({ budgetKrw: 120_000_000, orderPlannedOn: '2027-03-02' }),
      }),
    ]);
  });

  it('tells every fault of every row by the number that Excel shows, and skips empty rows', () => {
    const file = excel([HEAD, ['', '목적만'], [], ['민원 예약', '', '', '', '', '', '3억', '2027-02-30'], ['복지 상담']]);
    expect(readPlanSheet(file).map(({ row, plan, problems }) => [row, plan !== null, problems.map(({ code }) => code)])).toEqual([
      [2, false, ['title-missing']],
      [4, false, ['budget-invalid', 'date-invalid']],
      [5, true, []],
    ]);
  });

  it('gives the file back with a column that says what to mend, which can be mended and read again', () => {
    const file = excel([HEAD, ['민원 예약', '', '', '', '', '', '3억'], ['복지 상담']]);
    const marked = markedPlanSheet(file);
    const [head, first, second] = cells(marked);
    expect(head).toEqual(['고칠 점', ...HEAD]);
    expect(first?.[0]).toBe('총사업비(원): 예산은 0 이상의 원 단위 정수여야 합니다.');
    expect(second?.[0]).toBe('');
    expect(readPlanSheet(marked).map(({ title, problems }) => [title, problems.length])).toEqual([
      ['민원 예약', 1],
      ['복지 상담', 0],
    ]);
    expect(cells(markedPlanSheet(marked))[0]).toEqual(['고칠 점', ...HEAD]);
  });

  it('keeps a title that looks like a formula a text, in and out', () => {
    const file = excel([HEAD, ['=1+1']]);
    expect(readPlanSheet(file)[0]?.title).toBe('=1+1');
    const sheet = XLSX.read(markedPlanSheet(file)).Sheets['사업계획'];
    expect(sheet?.['B2']).toMatchObject({ t: 's', v: '=1+1' });
    expect(sheet?.['B2']).not.toHaveProperty('f');
  });

  it.each([
    ['text', Buffer.from('사업명,목적')],
    ['nothing', Buffer.alloc(0)],
    ['an old binary workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex')],
    ['a cut file', excel([HEAD, ['민원']]).subarray(0, 900)],
  ])('refuses %s as no Excel file', (_, file) => {
    expect(() => readPlanSheet(file)).toThrow(expect.objectContaining({ code: 'not-xlsx' }));
  });

  it('refuses a file whose first row is no heading, one without plans and one with too many', () => {
    expect(() => readPlanSheet(excel([['a', 'b'], ['c']]))).toThrow(expect.objectContaining({ code: 'header-unknown' }));
    expect(() => readPlanSheet(excel([HEAD]))).toThrow(expect.objectContaining({ code: 'file-empty' }));
    const many = excel([HEAD, ...Array.from({ length: 501 }, (_, n) => [`사업 ${n}`])]);
    expect(() => readPlanSheet(many)).toThrow(expect.objectContaining({ code: 'too-many-rows' }));
  });

  it('refuses a bomb by what it becomes, whatever it says of its size', () => {
    expect(() => readPlanSheet(bomb(200 * 1024 * 1024))).toThrow(expect.objectContaining({ code: 'file-too-large' }));
  });
});

/** A ZIP of one part full of zeros that claims to hold one byte. */
function bomb(size: number): Buffer {
  const name = Buffer.from('xl/worksheets/sheet1.xml');
  const packed = deflateRawSync(Buffer.alloc(size));
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(8, 8);
  local.writeUInt32LE(packed.length, 18);
  local.writeUInt32LE(1, 22);
  local.writeUInt16LE(name.length, 26);
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(8, 10);
  entry.writeUInt32LE(packed.length, 20);
  entry.writeUInt32LE(1, 24);
  entry.writeUInt16LE(name.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(entry.length + name.length, 12);
  end.writeUInt32LE(local.length + name.length + packed.length, 16);
  return Buffer.concat([local, name, packed, entry, name, end]);
}

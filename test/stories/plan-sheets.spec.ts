import { EventStore } from '@sajeon/event-store';
import * as XLSX from '@e965/xlsx';
import { Service } from './service.js';

const APPLICANT = 'demo-suwon';

let service: Service;
beforeAll(async () => (service = await Service.start()));
afterAll(() => service.stop());

function sheet(rows: readonly (readonly unknown[])[]): string {
  const book = XLSX.utils.book_new();
  XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet(rows.map((row) => [...row])), '사업계획');
  return Buffer.from(XLSX.write(book, { type: 'array', bookType: 'xlsx' }) as ArrayBuffer).toString('base64');
}
const GOOD = sheet([
  ['사업명', '기능'],
  ['민원 예약 시스템', '예약\n알림'],
  ['복지 상담 시스템', '상담'],
]);
const WRONG = sheet([
  ['사업명', '총사업비(원)'],
  ['민원 예약 시스템', '3억'],
  ['복지 상담 시스템', '1000'],
]);

describe('the plans of a year in one Excel sheet', () => {
  it('starts from a template that can be sent back as it is', async () => {
    const { body } = await service.get('/v1/plan-sheets/template', APPLICANT);
    const checked = await service.post('/v1/plan-sheets/checks', APPLICANT, { xlsx: body.xlsx });
    expect(checked).toMatchObject({ status: 200, body: { good: 1, wrong: 0 } });
  });

  it('tells what is to be mended, in the answer and in a column of the sheet, and records nothing', async () => {
    const store = service.app.get(EventStore);
    const before = await store.head();
    const checked = await service.post('/v1/plan-sheets/checks', APPLICANT, { xlsx: WRONG });
    expect(checked.body).toMatchObject({
      good: 1,
      wrong: 1,
      rows: [
        { row: 2, problems: [{ code: 'budget-invalid', pointer: '/budgetKrw' }] },
        { row: 3, problems: [] },
      ],
    });
    const marked = await service.post('/v1/plan-sheets/marked', APPLICANT, { xlsx: WRONG });
    const first = XLSX.read(marked.body.xlsx, { type: 'base64' }).Sheets['사업계획'];
    expect(first?.['A2']?.v).toContain('총사업비(원)');
    const refused = await service.post('/v1/plan-sheets', APPLICANT, { xlsx: WRONG });
    expect(refused).toMatchObject({
      status: 422,
      body: { code: 'sheet-to-be-mended', errors: [{ pointer: '/rows/2/budgetKrw' }] },
    });
    expect(await store.head()).toBe(before);
  });

  it('plans every row, and the same sheet with the same key nothing twice', async () => {
    const key = { 'idempotency-key': 'year-2027' };
    const store = service.app.get(EventStore);
    const planned = await service.post('/v1/plan-sheets', APPLICANT, { xlsx: GOOD }, key);
    expect(planned).toMatchObject({
      status: 201,
      body: {
        rows: [
          { row: 2, title: '민원 예약 시스템' },
          { row: 3, title: '복지 상담 시스템' },
        ],
      },
    });
    const head = await store.head();
    expect((await service.post('/v1/plan-sheets', APPLICANT, { xlsx: GOOD }, key)).body).toEqual(planned.body);
    expect(await store.head()).toBe(head);
    const [{ project }] = planned.body.rows;
    const shown = await service.get(`/v1/projects/${project}`, APPLICANT, { 'x-after': String(head) });
    expect(shown.body).toMatchObject({ title: '민원 예약 시스템' });
  });

  it('is for applicants: who reviews plans nothing', async () => {
    expect(await service.post('/v1/plan-sheets', 'demo-gyeonggi-reviewer', { xlsx: GOOD })).toMatchObject({
      status: 403,
      body: { code: 'role-required' },
    });
  });

  it.each([
    ['no workbook', Buffer.from('hello').toString('base64'), 400, 'not-xlsx'],
    ['no base64', '!!', 400, 'invalid-request'],
  ])('refuses %s', async (_, xlsx, status, code) => {
    expect(await service.post('/v1/plan-sheets/checks', APPLICANT, { xlsx })).toMatchObject({ status, body: { code } });
  });
});

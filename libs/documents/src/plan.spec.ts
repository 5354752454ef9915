import iconv from 'iconv-lite';
import { readPlan } from './index.js';

async function* bytes(content: string | Uint8Array): AsyncGenerator<Uint8Array> {
  yield typeof content === 'string' ? Buffer.from(content) : content;
}
const read = (content: string | Uint8Array) => readPlan(bytes(content));

describe('a plan', () => {
  it('is read from a JSON object of either shape, also over several lines', async () => {
    const plan = {
      id: 'c9',
      title: '주차알림',
      agency: '성남시',
      functions: ['차량 인식'],
      users: '운전자, 시민',
      tech: null,
      budget: 150,
    };
    expect(await read(JSON.stringify(plan, null, 2))).toEqual({
      id: 'c9',
      agency: '성남시',
      plan: {
        title: '주차알림',
        purpose: '',
        functions: ['차량 인식'],
        users: ['운전자', '시민'],
        data: [],
        technologies: [],
        text: '',
        budgetKrw: null,
        orderPlannedOn: null,
      },
    });
    expect(await read('{"title":"a","text":"b","budget_krw":1752000,"orderPlannedOn":"2027-03-02"}')).toMatchObject({
      id: null,
      plan: { text: 'b', budgetKrw: 1752000, orderPlannedOn: '2027-03-02' },
    });
  });

  it('is read from the first row of a JSONL file', async () => {
    expect(await read('{"title":"first"}\n{"title":"second"}\n')).toMatchObject({ plan: { title: 'first' } });
  });

  it('never contains the labels of its row', async () => {
    const file = await read('{"title":"a","outcome":"LABEL","reason":"LABEL","overlaps":["LABEL"]}');
    expect(JSON.stringify(file)).not.toContain('LABEL');
  });

  it('is read from plain text: first line the title, known headings their fields, the rest the text', async () => {
    const text =
      '# 성남시 주차알림 구축\n\n머리말입니다.\n\n목적: 자진 이동을 유도한다\n\n## 주요 기능\n- 차량 인식\n- 문자 발송\n\n## 이용자\n운전자, 시민\n\n## 추진 일정\n내년 3월\n';
    const expected = {
      plan: {
        title: '성남시 주차알림 구축',
        purpose: '자진 이동을 유도한다',
        functions: ['차량 인식', '문자 발송'],
        users: ['운전자', '시민'],
      },
    };
    const file = await read(text);
    expect(file).toMatchObject(expected);
    expect(file).toMatchObject({ plan: { text: expect.stringMatching(/머리말입니다[^]*추진 일정[^]*내년 3월/) } });
    expect(await read(iconv.encode(text, 'cp949'))).toEqual(file);
  });

  it.each([
    ['{"title":"a","budget_krw":-1}', 'budget-invalid /budgetKrw'],
    ['{"title":"a","budget_krw":1.5}', 'budget-invalid /budgetKrw'],
    ['{"title":"a","orderPlannedOn":"2026-02-30"}', 'date-invalid /orderPlannedOn'],
    ['{"title":"a","orderPlannedOn":"soon"}', 'date-invalid /orderPlannedOn'],
    ['{"agency":"a"}', 'title-missing /title'],
    ['{"title":"a"', 'json-invalid '],
    ['[]', 'not-an-object '],
    ['{"title":"a\\u0000b"}', 'control-character /title'],
    ['{"title":"\\ud800"}', 'control-character /title'],
  ])('is refused where it says what cannot be: %s', async (content, expected) => {
    const file = await read(content);
    expect('problems' in file && file.problems.map((problem) => `${problem.code} ${problem.pointer}`)).toEqual([expected]);
  });

  it('that is no text at all, or far too long, is refused as a file', async () => {
    await expect(read(Buffer.from([0x50, 0x4b, 3, 4, 0, 0]))).rejects.toMatchObject({ code: 'file-is-zip' });
    await expect(read('')).rejects.toMatchObject({ code: 'file-empty' });
    await expect(read('가'.repeat(1_200_000))).rejects.toMatchObject({ code: 'file-too-large' });
  });
});

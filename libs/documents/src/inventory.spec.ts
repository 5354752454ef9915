import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { readInventory, UnreadableFile, type InventoryOptions, type InventoryRow } from './index.js';

async function* pieces(bytes: Uint8Array, size = bytes.length): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(file: string | Uint8Array, options?: InventoryOptions, size?: number): Promise<InventoryRow[]> {
  const bytes = typeof file === 'string' ? Buffer.from(file) : file;
  const rows: InventoryRow[] = [];
  for await (const row of readInventory(pieces(bytes, size), options)) rows.push(row);
  return rows;
}

const entries = (rows: readonly InventoryRow[]) => rows.flatMap((row) => ('entry' in row ? [row.entry] : []));
const problems = (rows: readonly InventoryRow[]) =>
  rows.flatMap((row) => ('problem' in row ? [`${row.line} ${row.problem.code} ${row.problem.pointer}`.trim()] : []));

async function refusal(file: Uint8Array | string): Promise<UnreadableFile> {
  try {
    await read(file);
  } catch (error) {
    if (error instanceof UnreadableFile) return error;
    throw error;
  }
  throw new Error('the file was read');
}

const PARKING = {
  id: 'c9',
  family: 'parking',
  agency: '성남시',
  level: 'local',
  title: '불법주정차 단속 사전알림 서비스',
  purpose: '자진 이동을 유도한다',
  functions: ['단속구역 진입 차량 인식', '운전자 문자 발송'],
  users: '운전자',
  data: '차량번호, 동의정보',
  tech: 'CCTV, 문자',
  budget: 150,
};
const CASE = {
  id: 'case-026',
  kind: 'system',
  title: '철도산업정보센터시스템',
  agency: '한국철도시설공단',
  level: 'public',
  year: 2006,
  budget_krw: null,
  text: '철도 통계정보 분석시스템을 포함.',
  outcome: 'OUTCOME-LABEL',
  overlaps: ['OVERLAP-LABEL'],
  reason: 'REASON-LABEL',
  source_url: 'https://example.go.kr/1',
};
const lines = (...rows: readonly object[]) => rows.map((row) => JSON.stringify(row)).join('\n');
const HEADER = '시스템명,기관,기관구분,목적,기능,이용자,데이터,기술';

describe('an inventory in JSONL', () => {
  it('takes a row with purpose, functions, users, data and tech, and splits what is written as one string', async () => {
    expect(await read(lines(PARKING))).toEqual([
      {
        line: 1,
        system: 'c9',
        entry: {
          title: '불법주정차 단속 사전알림 서비스',
          agency: '성남시',
          level: 'local',
          year: null,
          purpose: '자진 이동을 유도한다',
          functions: ['단속구역 진입 차량 인식', '운전자 문자 발송'],
          users: ['운전자'],
          data: ['차량번호', '동의정보'],
          technologies: ['CCTV', '문자'],
          text: '',
          source: '',
        },
      },
    ]);
  });

  it('takes a row with a text and never reads its labels', async () => {
    const rows = await read(lines(CASE));
    expect(entries(rows)).toMatchObject([{ year: 2006, level: 'public', text: CASE.text, source: 'https://example.go.kr/1' }]);
    expect(JSON.stringify(rows)).not.toMatch(/LABEL/);
  });

  it('passes over projects, visibly, unless every row is asked for', async () => {
    const file = lines({ ...CASE, kind: 'project' }, { ...CASE, id: 'x' });
    expect((await read(file)).map((row) => ('skipped' in row ? row.skipped : 'system' in row && row.system))).toEqual([
      'project',
      'x',
    ]);
    expect(entries(await read(file, { rows: 'all' }))).toHaveLength(2);
  });

  it('reads null as absent', async () => {
    const [entry] = entries(await read(lines({ ...CASE, agency: null, users: null, data: null, year: null, text: null })));
    expect(entry).toMatchObject({ agency: '', users: [], data: [], year: null, text: '' });
  });

  it('gives rows without an id the same key in every import, whatever the spacing, and another key to another system', async () => {
    const { id: _, ...row } = CASE;
    const key = async (change: object) => {
      const [first] = await read(lines({ ...row, ...change }));
      return first && 'system' in first ? first.system : null;
    };
    expect(await key({})).toMatch(/^h-[0-9a-f]{20}$/);
    expect(await key({ title: '철도산업 정보센터 시스템', text: 'other' })).toBe(await key({}));
    expect(await key({ agency: '국가철도공단' })).not.toBe(await key({}));
  });

  it('reports every fault of a row with line and pointer, and reads the rest', async () => {
    const file = [
      lines({ ...PARKING, title: '  ', functions: ['ok', 7], year: 'soon' }),
      '{"id": "broken"',
      '[1,2]',
      '',
      lines({ ...PARKING, id: 'bell', purpose: 'a\u0007b' }),
      lines({ ...PARKING, id: 'long', title: 'x'.repeat(201) }),
      lines({ ...PARKING, id: 'many', functions: Array.from({ length: 201 }, (_, n) => `기능 ${n}`) }),
      lines({ ...PARKING, id: '../etc', level: 'galactic' }),
      lines({ ...PARKING, id: 'types', title: 3, users: { a: 1 } }),
      lines({ ...PARKING, id: 'good' }),
    ].join('\n');
    const rows = await read(file);
    expect(problems(rows)).toEqual([
      '1 title-missing /title',
      '1 wrong-type /functions/1',
      '1 year-invalid /year',
      '2 json-invalid',
      '3 not-an-object',
      '5 control-character /purpose',
      '6 text-too-long /title',
      '7 too-many-items /functions',
      '8 level-unknown /level',
      '8 id-invalid /id',
      '9 wrong-type /title',
      '9 wrong-type /users',
    ]);
    expect(rows.at(-1)).toMatchObject({ line: 10, system: 'good' });
    for (const row of rows)
      if ('problem' in row) expect(row.problem.message).toEqual({ ko: expect.any(String), en: expect.any(String) });
  });

  it('reports the second row with the same id and says where the first is', async () => {
    const rows = await read(lines(PARKING, CASE, PARKING));
    expect(problems(rows)).toEqual(['3 id-duplicated /id']);
    expect(JSON.stringify(rows.at(-1))).toContain('1행');
  });

  it('passes over a line too long to hold and goes on', async () => {
    const rows = await read(`{"title":"${'가'.repeat(1_100_000)}"}\n${lines(PARKING)}`, {}, 50_000);
    expect(problems(rows)).toEqual(['1 line-too-long']);
    expect(rows.at(-1)).toMatchObject({ line: 2, system: 'c9' });
  });

  it('is read the same however the bytes arrive', async () => {
    const bytes = Buffer.from(`\uFEFF${lines(PARKING, CASE)}\r\n`);
    const whole = await read(bytes);
    expect(entries(whole)).toHaveLength(2);
    for (const size of [1, 2, 3, 7, 100]) expect(await read(bytes, {}, size)).toEqual(whole);
  });
});

describe('an inventory in CSV', () => {
  const row = '주차알림,성남시,기초,이동 유도,"차량 인식, 문자 발송",운전자,"차량번호, 동의정보","CCTV, 문자"';
  const expected = {
    title: '주차알림',
    agency: '성남시',
    level: 'local',
    purpose: '이동 유도',
    functions: ['차량 인식', '문자 발송'],
    users: ['운전자'],
    data: ['차량번호', '동의정보'],
    technologies: ['CCTV', '문자'],
  };

  it('is read in UTF-8 with and without byte order mark, in CP949 and in UTF-16', async () => {
    const text = `${HEADER}\r\n${row}\r\n`;
    for (const bytes of [
      Buffer.from(text),
      Buffer.from(`\uFEFF${text}`),
      iconv.encode(text, 'cp949'),
      iconv.encode(text, 'utf-16le', { addBOM: true }),
    ]) {
      expect(entries(await read(bytes))).toMatchObject([expected]);
      expect(entries(await read(bytes, {}, 3))).toMatchObject([expected]);
    }
  });

  it('tells CP949 from UTF-8 also when the first Korean letter comes late', async () => {
    const ascii = Array.from({ length: 3000 }, (_, n) => `system ${n},agency,public,,,,,`).join('\n');
    const text = `title,agency,level,purpose,functions,users,data,tech\n${ascii}\n뷁시스템,성남시,local,,,,,\n`;
    const rows = await read(iconv.encode(text, 'cp949'), {}, 10_000);
    expect(entries(rows).at(-1)).toMatchObject({ title: '뷁시스템' });
    expect(problems(rows)).toEqual([]);
  });

  it('finds the separator: comma, semicolon or tab', async () => {
    for (const separator of [',', ';', '\t']) {
      const file = [
        ['title', 'agency', 'level'],
        ['a', '성남시', 'local'],
      ]
        .map((cells) => cells.join(separator))
        .join('\n');
      expect(entries(await read(file))).toMatchObject([{ title: 'a', agency: '성남시', level: 'local' }]);
    }
  });

  it('keeps line breaks, separators and doubled quotes inside quoted cells, and counts lines rightly after them', async () => {
    const file = 'title,level,purpose\n"a ""b"", c",local,"첫 줄\n둘째 줄"\n,local,no title\n';
    const rows = await read(file);
    expect(entries(rows)).toMatchObject([{ title: 'a "b", c', purpose: '첫 줄\n둘째 줄' }]);
    expect(problems(rows)).toEqual(['4 title-missing /title']);
  });

  it('reports a broken row by its line and reads the rest', async () => {
    const file = [
      'id,title,level,purpose',
      '1,ok,local,p',
      '2,too,few',
      '3,too,many,cells,here',
      '4,"not closed,local,p',
      '5,"ok, again",local,p',
      '6,"text"after,local,p',
      '7,padded,local,p,,,',
      ',,,',
      '8,"never closed,local,p',
      '9,last,local,p',
    ].join('\n');
    const rows = await read(file);
    expect(problems(rows)).toEqual([
      '3 column-count',
      '4 column-count',
      '5 text-after-quote',
      '7 text-after-quote',
      '10 quote-not-closed',
    ]);
    expect(rows.flatMap((r) => ('system' in r ? [r.system] : []))).toEqual(['1', '5', '7', '9']);
    for (const size of [1, 5, 17]) expect(await read(file, {}, size)).toEqual(rows);
  });

  it('follows a forgotten quote only so far, in a file of any length', async () => {
    const rest = Array.from({ length: 20_000 }, (_, n) => `${n},system ${n},local,purpose of number ${n}`);
    const rows = await read(['id,title,level,purpose', 'x,"forgotten,local,p', ...rest].join('\n'), {}, 65_536);
    expect(problems(rows)).toEqual(['2 quote-not-closed']);
    expect(entries(rows)).toHaveLength(20_000);
  });

  it('keeps cells that look like formulas as text', async () => {
    const file = 'title,level,purpose\n"=HYPERLINK(""http://x"",""a"")",local,+1\n=1+1,local,@SUM(A1)\n';
    expect(entries(await read(file))).toMatchObject([
      { title: '=HYPERLINK("http://x","a")', purpose: '+1' },
      { title: '=1+1', purpose: '@SUM(A1)' },
    ]);
  });

  it('leaves out columns it does not know and never reads labels', async () => {
    const rows = await read('시스템명,기관구분,비고,outcome,reason,overlaps\na,기초,NOTE,L1,L2,L3\n');
    expect(entries(rows)).toMatchObject([{ title: 'a', level: 'local', text: '' }]);
    expect(JSON.stringify(rows)).not.toMatch(/NOTE|L1|L2|L3/);
  });

  it('takes the level from the name of the agency only where the name states it', async () => {
    const file = 'title,agency\na,성남시\nb,경기도\nc,행정안전부\nd,한국환경공단\ne,디지털플랫폼\nf,행정안전부·조달청\n';
    const rows = await read(file);
    expect(entries(rows).map((entry) => entry.level)).toEqual(['local', 'metropolitan', 'central', 'public']);
    expect(problems(rows)).toEqual(['6 level-missing /level', '7 level-missing /level']);
    expect(
      entries(await read(file, { level: 'joint' }))
        .map((entry) => entry.level)
        .slice(4),
    ).toEqual(['joint', 'joint']);
  });
});

describe('a file that cannot be read as a whole', () => {
  it.each([
    ['file-empty', Buffer.alloc(0)],
    ['file-empty', Buffer.from('\uFEFF \n\n')],
    ['file-is-zip', Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), Buffer.alloc(100)])],
    ['file-is-office-binary', Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), Buffer.alloc(100)])],
    ['file-is-pdf', Buffer.from('%PDF-1.7\n')],
    ['file-is-binary', Buffer.from([0x61, 0, 0x62])],
    ['header-unknown', Buffer.from('1,2,3\n4,5,6\n')],
    ['not-one-record-per-line', Buffer.from('[\n  {"title": "a"}\n]')],
    ['not-one-record-per-line', Buffer.from('{\n  "title": "a"\n}')],
    ['encoding-unknown', Buffer.concat([Buffer.from('title,level\n'), Buffer.from([0xff, 0xff, 0xff]), Buffer.from(',local\n')])],
    [
      'encoding-unknown',
      Buffer.concat([Buffer.from(`title,level\n${'가나다,local\n'.repeat(6000)}`), iconv.encode('라마바,local\n', 'cp949')]),
    ],
  ])('is refused with %s and a word on how to mend it', async (code, bytes) => {
    const error = await refusal(bytes);
    expect(error.code).toBe(code);
    expect(error.text.ko).toMatch(/[가-힣]/);
    expect(error.text.en).toMatch(/\w/);
  });

  it('is also one that is not there, or is a folder', async () => {
    const fails = async (path: string) => {
      for await (const _ of readInventory(path));
    };
    await expect(fails('/no/such/file.csv')).rejects.toMatchObject({ code: 'file-not-found' });
    await expect(fails(tmpdir())).rejects.toMatchObject({ code: 'file-is-folder' });
  });
});

describe('a large inventory', () => {
  it('of 50 MB is read from disk in bounded memory', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'inventory-'));
    try {
      const path = join(folder, 'large.csv');
      const filler = '도로 시설물 점검 결과를 현장에서 입력하고 지도에서 확인한다. '.repeat(30);
      const count = 22_000;
      const rows = Array.from({ length: count }, (_, n) => `s${n},시스템 ${n},성남시,기초,"${filler}"`);
      await writeFile(path, ['id,시스템명,기관,기관구분,목적', ...rows].join('\n'));
      rows.length = 0;
      let read = 0;
      let peak = 0;
      const before = process.memoryUsage().rss;
      for await (const row of readInventory(path)) {
        if ('entry' in row) read++;
        if (read % 1000 === 0) peak = Math.max(peak, process.memoryUsage().rss - before);
      }
      expect(read).toBe(count);
      // The file alone would take 50 MB of bytes and twice that as strings.
      expect(peak).toBeLessThan(150 * 1024 * 1024);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Decisions, LETTER, letterId } from '@sajeon/decisions';
import { legalDateOf } from '@sajeon/domain';
import { happened } from '@sajeon/domain/testing';
import { PostgresEventStore, type JsonObject } from '@sajeon/event-store';
import { freshDatabase, type FreshDatabase } from '@sajeon/event-store/testing';
import iconv from 'iconv-lite';
import { randomUUID } from 'node:crypto';
import { adoptSampleRules } from '../../apps/api/src/sample.js';

/** The built command, a process of its own for every call. Built once for the run, so that all calls are to the same program. */
const PREPARE = join(process.cwd(), 'scripts', 'prepare.mjs');
const COMMAND = join(process.cwd(), 'dist', 'apps', 'cli', 'src', 'main.js');

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

let folder: string;
let database: FreshDatabase;
let databaseUrl: string;

function sajeon(args: readonly string[], options: { input?: string; env?: NodeJS.ProcessEnv } = {}): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, ...args], {
    input: options.input ?? '',
    env: environment(options.env),
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return { code: status, out: stdout, err: stderr };
}

function environment(more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const { DEBUG: _, KURRENTDB_URL: __, ...inherited } = process.env;
  return { ...inherited, DATABASE_URL: databaseUrl, SAJEON_LANG: 'ko', ...more };
}

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const by = (agency: string) => ({ by: { person: 'p-1', agency }, at: new Date().toISOString() });

const PARKING = [
  {
    id: 'p1',
    title: '불법주정차 단속 사전알림 서비스',
    agency: '성남시',
    level: 'local',
    purpose: '주정차 단속구역에 들어온 운전자에게 문자로 미리 알려 자진 이동을 유도한다',
    functions: ['단속구역 진입 차량 인식', '운전자 문자 발송', '수신 동의 관리'],
    users: '운전자',
    data: '차량번호, 동의정보',
    tech: 'CCTV, 문자',
  },
  {
    id: 'p2',
    title: '주정차 단속 알림 문자 서비스',
    agency: '순천시',
    level: 'local',
    purpose: '단속 전에 운전자에게 문자로 알려 차를 스스로 옮기게 한다',
    functions: ['단속 차량 인식', '운전자 문자 발송'],
    users: '운전자',
    data: '차량번호',
    tech: '번호판 인식',
  },
  {
    id: 'p3',
    kind: 'project',
    title: '지진해일 대응시스템',
    agency: '소방방재청',
    level: 'central',
    text: '지진해일을 관측하고 경보를 보낸다.',
  },
];
const jsonl = (rows: readonly object[]) => rows.map((row) => JSON.stringify(row)).join('\n');

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sajeon-cli-'));
  database = await freshDatabase();
  const { host, port, user, password, database: name } = database.config;
  databaseUrl = `postgres://${user}:${password ?? ''}@/${name}?host=${encodeURIComponent(host ?? '')}&port=${port ?? 5432}`;
  expect(spawnSync(process.execPath, [PREPARE], { stdio: 'inherit' }).status).toBe(0);
}, 300_000);

afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

describe('sajeon screen', () => {
  it('ranks the inventory against a plan with evidence as JSON, leaves out the plan itself, and needs no database', () => {
    const plan = file('plan.json', JSON.stringify(PARKING[0], null, 2));
    const inventory = file('inventory.jsonl', jsonl(PARKING));
    const env = { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' };
    const { code, out } = sajeon(['screen', plan, '--inventory', inventory, '--json'], { env });
    expect(code).toBe(0);
    const found = JSON.parse(out);
    expect(found).toMatchObject({ engine: expect.any(Object), inventoryPosition: '3', compared: 2, unread: [] });
    expect(found.candidates[0]).toMatchObject({
      id: 'p2',
      name: PARKING[1]?.title,
      agency: '순천시',
      probability: expect.any(Number),
    });
    const passage = { field: expect.any(String), index: expect.any(Number), quote: expect.any(String) };
    expect(found.reuse[0]).toMatchObject({ candidate: 'p2', of: 3, saving: null });
    expect(found.candidates[0].evidence[0]).toMatchObject({ facet: expect.any(String), plan: passage, candidate: passage });
    expect(found.candidates.map((candidate: { id: string }) => candidate.id)).not.toContain('p1');
    expect(sajeon(['screen', plan, '--inventory', inventory, '--json'], { env }).out).toBe(out);
  });

  it('prints a table with quoted passages, reads the plan from standard input and the inventory in CP949', () => {
    const csv = `id,시스템명,기관,목적,기능\n1,${PARKING[1]?.title},순천시,${PARKING[1]?.purpose},"단속 차량 인식, 운전자 문자 발송"\n`;
    const inventory = file('cp949.csv', iconv.encode(csv, 'cp949'));
    const { code, out } = sajeon(['screen', '-', '-i', inventory], { input: JSON.stringify(PARKING[0]) });
    expect(code).toBe(0);
    expect(out).toMatch(/계획: 불법주정차 단속 사전알림 서비스 \(성남시\)/);
    expect(out).toMatch(/│ 1 .*%/);
    expect(out).toMatch(/「.*」/);
    expect(out).toMatch(/↔/);
    expect(out).toMatch(/이웃 지방자치단체가 만든|기능이 겹치는|같은 일을 하는/);
    expect(out).toMatch(/기능 3개 가운데 [\d, ]+번이 .*에 있습니다\. 절감액: 알 수 없음/);
  });

  it('says which rows of the inventory were not compared', () => {
    const inventory = file('bad-row.jsonl', `${jsonl(PARKING)}\n{"id":"x"\n`);
    const ran = sajeon(['screen', file('plan2.json', JSON.stringify(PARKING[0])), '-i', inventory, '--json']);
    expect(ran.code).toBe(0);
    expect(JSON.parse(ran.out).unread).toMatchObject([{ line: 4, code: 'json-invalid' }]);
    expect(ran.err).toContain('4행');
  });

  it('fails with one clear sentence: 1 for the input, 2 for the usage', () => {
    const plan = file('plan3.json', JSON.stringify(PARKING[0]));
    const inventory = file('ok.jsonl', jsonl(PARKING));
    const zip = file('book.xlsx', Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), Buffer.alloc(64)]));
    for (const [args, code, said] of [
      [['screen', plan, '-i', zip], 1, 'file-is-zip'],
      [['screen', plan, '-i', join(folder, 'none.csv')], 1, 'file-not-found'],
      [['screen', file('empty.json', ''), '-i', inventory], 1, 'file-empty'],
      [['screen', file('broken.json', '{"title":'), '-i', inventory], 1, 'JSON'],
      [['screen', file('untitled.json', '{"agency":"a","budget_krw":-5}'), '-i', inventory], 1, '/budgetKrw'],
      [['screen', plan], 2, '--inventory'],
      [['screen', plan, '-i', inventory, '--limit', '0'], 2, '1 이상'],
      [['screen', plan, '-i', inventory, '--as-of', '2026-11-30'], 2, '행 번호'],
      [['screen', '-', '-i', '-'], 2, '표준 입력'],
      [['no-such-command'], 2, 'no-such-command'],
    ] as const) {
      const ran = sajeon(args);
      expect([args, ran.code, ran.err]).toEqual([args, code, expect.stringContaining(said)]);
      expect(ran.err).not.toMatch(/^\s+at /m);
      expect(ran.out).toBe('');
    }
  });
});

describe('sajeon import systems', () => {
  const good = jsonl(PARKING);
  const counts = (ran: Ran) => {
    const { registered, corrected, unchanged, refused, projects } = JSON.parse(ran.out);
    return { registered, corrected, unchanged, refused, projects };
  };

  it('imports nothing at all when one row is bad, and says which', () => {
    const inventory = file('half.jsonl', `${good}\n{"id":"bad","title":"","level":"local"}\n`);
    const errors = join(folder, 'errors.csv');
    const refused = sajeon(['import', 'systems', inventory, '--errors', errors]);
    expect(refused.code).toBe(1);
    expect(refused.out).toContain('title-missing');
    expect(refused.err).toContain('아무것도 등록하지 않았습니다');
    expect(readFileSync(errors, 'utf8')).toMatch(/^\uFEFF행,칸,코드[^]*"4","\/title","title-missing"/);
    expect(sajeon(['replay', 'system-p1']).code).toBe(1);
  });

  it('checks without writing in a dry run', () => {
    const ran = sajeon(['import', 'systems', file('dry.jsonl', good), '--dry-run', '--json']);
    expect([ran.code, counts(ran)]).toEqual([0, { registered: 2, corrected: 0, unchanged: 0, refused: 0, projects: 1 }]);
    expect(sajeon(['replay', 'system-p1']).code).toBe(1);
  });

  it('registers, changes nothing the second time, and corrects what differs', () => {
    const inventory = file('good.jsonl', good);
    expect(counts(sajeon(['import', 'systems', inventory, '--json']))).toMatchObject({ registered: 2, unchanged: 0 });
    expect(counts(sajeon(['import', 'systems', inventory, '--json']))).toMatchObject({ registered: 0, unchanged: 2 });
    const corrected = file('corrected.jsonl', jsonl([{ ...PARKING[0], users: '운전자, 시민' }, PARKING[1] ?? {}]));
    expect(counts(sajeon(['import', 'systems', corrected, '--json']))).toMatchObject({
      registered: 0,
      corrected: 1,
      unchanged: 1,
    });
  });

  it('imports the good rows alone when asked to', () => {
    const inventory = file('skip.jsonl', `{"id":"new","title":"새 시스템","agency":"부여군"}\nnot json\n`);
    const ran = sajeon(['import', 'systems', inventory, '--skip-bad-rows', '--json']);
    expect([ran.code, counts(ran)]).toEqual([1, { registered: 1, corrected: 0, unchanged: 0, refused: 1, projects: 0 }]);
    expect(sajeon(['replay', 'system-new']).out).toContain('새 시스템');
  });

  it('ends with 3 when the store cannot be reached', () => {
    const env = { DATABASE_URL: 'postgres://nobody:secret@127.0.0.1:1/none' };
    const ran = sajeon(['import', 'systems', file('unreachable.jsonl', good)], { env });
    expect(ran.code).toBe(3);
    expect(ran.err).toMatch(/연결할 수 없습니다/);
    expect(ran.err).not.toContain('secret');
  });
});

describe('sajeon replay', () => {
  it('tells the history in words and shows the state, now and as of a position', () => {
    const { code, out } = sajeon(['replay', 'system-p1']);
    expect(code).toBe(0);
    expect(out).toMatch(/등록했습니다[^]*정정했습니다/);
    expect(out).toContain('시민');
    const told = JSON.parse(sajeon(['replay', 'system-p1', '--json']).out);
    expect(told).toMatchObject({
      stream: 'system-p1',
      revision: '1',
      later: 0,
      events: [{ type: 'system-registered' }, { revision: '1' }],
    });
    expect(told.state.entry.users).toEqual(['운전자', '시민']);

    const first = told.events[0].position;
    const then = JSON.parse(sajeon(['replay', 'system-p1', '--as-of', first, '--json']).out);
    expect(then).toMatchObject({ revision: '0', later: 1, state: { entry: { users: ['운전자'] } } });
    // A date means the end of that day in Seoul.
    const today = legalDateOf(told.events[1].recordedAt);
    expect(JSON.parse(sajeon(['replay', 'system-p1', '--as-of', today, '--json']).out).later).toBe(0);
  });

  it('refuses what is no moment or no record, and says when a record did not yet exist', () => {
    expect(sajeon(['replay', 'system-p1', '--as-of', 'yesterday']).code).toBe(2);
    expect(sajeon(['replay', 'system-p1', '--as-of', '2026-02-30']).code).toBe(2);
    expect(sajeon(['replay', 'system-p1', '--as-of', '2026-13-01']).code).toBe(2);
    // Whose ten o'clock? And what had happened by then is asked by time, not by position.
    expect(sajeon(['replay', 'system-p1', '--as-of', '2026-11-30T10:00']).code).toBe(2);
    expect(sajeon(['replay', 'system-p1', '--as-of', '2', '--axis', 'effective']).code).toBe(2);
    expect(sajeon(['replay', 'system-p1', '--as-of', '2999-01-01', '--axis', 'effective']).code).toBe(0);
    expect(sajeon(['replay', 'invoice-1']).code).toBe(2);
    expect(sajeon(['replay', 'consultation-none'])).toMatchObject({ code: 1, err: expect.stringContaining('consultation-none') });
    expect(sajeon(['replay', 'system-p1', '--as-of', '2001-01-01'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('그때는'),
    });
  });
});

describe('sajeon migrate and rebuild', () => {
  it('brings the tables up to date once, and again changes nothing', () => {
    expect(sajeon(['migrate']).code).toBe(0);
    expect(sajeon(['migrate'])).toMatchObject({ code: 0, out: '', err: expect.stringContaining('이미 최신') });
  });

  it('makes a view again from the first event and says how far it came', () => {
    const ran = sajeon(['rebuild', 'system-inventory']);
    expect(ran.code).toBe(0);
    expect(ran.out).toMatch(/^system-inventory: 사건 \d+건, 위치 \d+까지/);
    const [at] =
      /@(\d+)/.exec(
        sajeon(['rebuild'])
          .out.split('\n')
          .find((line) => line.startsWith('system-inventory')) ?? '',
      ) ?? [];
    expect(at).toBe('@4');
    expect(sajeon(['rebuild', 'no-such-view'])).toMatchObject({ code: 2, err: expect.stringContaining('reviewer-queue') });
  });
});

describe('sajeon serve', () => {
  let serving: ChildProcess | undefined;
  afterEach(() => serving?.kill('SIGKILL'));

  async function started(): Promise<{ process: ChildProcess; url: string; ended: Promise<number | null> }> {
    const child = spawn(process.execPath, [COMMAND, 'serve', '--no-sample', '--port', '0'], {
      env: environment({ SAJEON_LOG: 'silent' }),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    serving = child;
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    const url = await new Promise<string>((resolve, reject) => {
      let printed = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        const [found] = /http:\/\/[\w.]+:\d+/.exec((printed += text)) ?? [];
        if (found) resolve(found);
      });
      void ended.then((code) => reject(new Error(`ended with ${code} before it listened:\n${printed}`)));
    });
    return { process: child, url, ended };
  }

  it('answers, and ends in good order with 0 when asked to stop', async () => {
    const { process: child, url, ended } = await started();
    expect((await fetch(`${url}/livez`)).status).toBe(200);
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    await expect(fetch(`${url}/livez`)).rejects.toThrow();
  });

  it('leaves no server behind when the command is killed outright', async () => {
    const { process: child, url, ended } = await started();
    child.kill('SIGKILL');
    await ended;
    const deadline = Date.now() + 15_000;
    let answering = true;
    while (answering && Date.now() < deadline) {
      answering = await fetch(`${url}/livez`).then(
        () => true,
        () => false,
      );
    }
    expect(answering).toBe(false);
  });
});

describe('sajeon eligibility', () => {
  const city = ['eligibility', '--tier', 'BASIC_LOCAL', '--kind', 'enhancement', '--cost', '60000000'];

  it('answers by the rules of a day, with the rule, its dates and its source, and needs no database for the sample', () => {
    const { code, out } = sajeon([...city, '--on', '2017-12-31', '--sample'], {
      env: { DATABASE_URL: 'postgres://nowhere:1/none' },
    });
    expect(code).toBe(0);
    expect(out).toContain('2017-12-31: 대상');
    expect(out).toContain('2010-01-01 ~ 2018-02-07');
    expect(JSON.parse(sajeon([...city, '--on', '2017-12-31', '--sample', '--json']).out)).toMatchObject({
      ...{ target: 'target', reasons: [{ rule: 'threshold-basic-2010' }], ruleSet: 'sample@2017-03-29' },
    });
    const unknown = sajeon([...city, '--on', '2026-01-01', '--sample']);
    expect(unknown.out).toContain('알 수 없음');
    expect(unknown.err).toContain('softwareDevelopmentKrw');
  });

  it('fails with one clear sentence: 1 where no rule says anything, 2 for the usage', () => {
    expect(sajeon([...city]).err).toContain('no-rule-in-force');
    expect(sajeon([...city]).code).toBe(1);
    expect(sajeon([...city, '--on', '2026-02-30']).code).toBe(2);
    expect(sajeon(['eligibility', '--tier', 'VILLAGE', '--kind', 'build']).code).toBe(2);
    expect(sajeon([...city, '--own-income', 'maybe']).code).toBe(2);
  });
});

describe('sajeon clock', () => {
  beforeAll(async () => {
    const store = await PostgresEventStore.open(database.config);
    await adoptSampleRules(new Decisions(store));
    const events = [happened.drafted(), happened.submitted(), happened.received(), happened.correctionRequested()];
    await store.append(
      'consultation-clock',
      'none',
      // Domain events are plain JSON.
      events.map(({ type, data }) => ({
        id: randomUUID(),
        type,
        data: data as unknown as JsonObject,
        metadata: { schema: '1' },
      })),
    );
    await store.close();
  });

  it('explains every day as of a day', () => {
    const { code, out } = sajeon(['clock', 'consultation-clock', '--as-of', '2026-11-07']);
    expect(code).toBe(0);
    expect(out).toContain('30일 중 3일 사용, 보완 2일 정지');
    expect(out).toContain('1차 보완 기간(세지 않음)');
    expect(JSON.parse(sajeon(['clock', 'consultation-clock', '--as-of', '2026-11-07', '--json']).out)).toMatchObject({
      ...{ state: 'paused', authorityHeldDays: 3, applicantHeldDays: 2, days: { length: 6 } },
    });
  });

  it('fails with one clear sentence: 1 for the record, 2 for the usage', () => {
    expect(sajeon(['clock', 'consultation-clock', '--as-of', '2026-11-01'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('접수되지'),
    });
    expect(sajeon(['clock', 'consultation-nowhere']).code).toBe(1);
    expect(sajeon(['clock', 'system-p1']).code).toBe(2);
    expect(sajeon(['clock', 'consultation-clock', '--as-of', 'today']).code).toBe(2);
  });
});

describe('sajeon rules', () => {
  // On top of the sample rules that the clock needs.
  const amended = (
    change: (tables: Record<string, { id: string; from: string; to: string | null; value: object }[]>) => void,
  ) => {
    const tables = JSON.parse(sajeon(['rules', 'show', '--sample', '--json']).out);
    change(tables);
    return file(`rules-${randomUUID()}.json`, JSON.stringify(tables));
  };
  const who = ['--person', 'p-1001', '--agency', 'mois'];

  it('lists the versions with their day and source, and shows a table as of a day', () => {
    expect(JSON.parse(sajeon(['rules', 'list', '--json']).out)).toMatchObject([{ version: 1, sample: true }]);
    expect(sajeon(['rules', 'list']).out).toContain('표본');
    const shown = sajeon(['rules', 'show', '--table', 'thresholds', '--as-of', '2017-12-31']);
    expect(shown.code).toBe(0);
    expect(shown.out).toContain('2017-12-31');
    expect(shown.out).toContain('threshold-basic-2010');
    expect(shown.out).not.toContain('threshold-basic-2024');
    // Needs no store.
    const sample = sajeon(['rules', 'show', '--sample', '--json'], { env: { DATABASE_URL: 'postgres://nowhere:1/none' } });
    expect(Object.keys(JSON.parse(sample.out))).toContain('reviewDays');
  });

  it('tries a draft on past cases without writing, and amends by it', () => {
    const longer = amended((tables) => {
      const standing = tables['reviewDays']?.find(
        ({ to, value }) => to === null && 'track' in value && value.track === 'standard',
      );
      if (standing !== undefined) Object.assign(standing.value, { days: 45 });
    });
    const tried = JSON.parse(sajeon(['rules', 'simulate', longer, '--on', '2026-11-02', '--json']).out);
    expect(tried.cases).toMatchObject([{ id: 'clock' }]);
    expect(sajeon(['rules', 'simulate', longer, '--on', '2026-11-02']).out).toContain('clock');
    expect(JSON.parse(sajeon(['rules', 'list', '--json']).out)).toHaveLength(1);
    const source = ['--source', '고시 제2027-1호'];
    // What was in force stays as it was: the new days have a rule of their own.
    const from2099 = amended((tables) => {
      const standing = tables['reviewDays']?.find(({ id }) => id === 'days-standard');
      if (standing === undefined) return;
      tables['reviewDays']?.push({
        ...standing,
        id: 'days-standard-2099',
        from: '2099-01-01',
        value: { ...standing.value, days: 45 },
      });
      standing.to = '2098-12-31';
    });
    const late = ['--effective-from', '2099-01-01'];
    expect(sajeon(['rules', 'amend', longer, ...late, ...source, ...who]).err).toContain('changes-the-past');
    const done = sajeon(['rules', 'amend', from2099, ...late, ...source, ...who]);
    expect(done).toMatchObject({ code: 0, err: expect.stringContaining('개정했습니다') });
    expect(JSON.parse(sajeon(['rules', 'list', '--json']).out)).toMatchObject([
      { version: 1 },
      { version: 2, effectiveFrom: '2099-01-01', source: '고시 제2027-1호', sample: false },
    ]);
  });

  it('fails with one clear sentence: 1 for what the rules refuse, 2 for the usage', () => {
    expect(sajeon(['rules', 'show', '--table', 'thresholds', '--as-of', '2026-02-30']).code).toBe(2);
    expect(sajeon(['rules', 'show', '--table', 'nothing'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('thresholds'),
    });
    expect(sajeon(['rules', 'show', '--as-of', '1999-01-01'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('no-rule-in-force'),
    });
    expect(sajeon(['rules', 'simulate', join(folder, 'nowhere.json')]).code).toBe(2);
    expect(sajeon(['rules', 'simulate', file('half.json', '{')]).err).toContain('읽을 수 없는 규칙 파일');
    const broken = amended((tables) => {
      const [first] = tables['thresholds'] ?? [];
      if (first !== undefined) Object.assign(first.value, { krw: -1 });
    });
    const refused = sajeon(['rules', 'amend', broken, '--effective-from', '2099-01-01', '--source', 'x', ...who]);
    expect(refused.code).toBe(1);
    expect(refused.err).not.toContain('    at ');
    expect(sajeon(['rules', 'amend', broken]).code).toBe(2);
    expect(sajeon(['rules', 'simulate', broken, '--on', 'someday']).code).toBe(2);
  });
});

describe('sajeon import document-numbers', () => {
  const csv = (...rows: readonly string[]) => ['문서번호,통보일,제목,결재자', ...rows].join('\r\n');

  it('keeps the numbers of letters from before, so that nobody gets one again', async () => {
    const register = file(
      'numbers.csv',
      iconv.encode(csv('정보화담당관-101(2024. 3. 5.),2024. 3. 5.,관정 대장,', '정보화담당관-102,,,'), 'cp949'),
    );
    const counts = ({ code, out }: Ran) => {
      const { imported, registered, unchanged, refused } = JSON.parse(out);
      return { code, imported, registered, unchanged, refused };
    };
    const dry = { code: 0, imported: false, registered: 2, unchanged: 0, refused: 0 };
    expect(counts(sajeon(['import', 'document-numbers', register, '--dry-run', '--json']))).toEqual(dry);
    expect(counts(sajeon(['import', 'document-numbers', register, '--json']))).toEqual({ ...dry, imported: true });
    expect(counts(sajeon(['import', 'document-numbers', register, '--json']))).toMatchObject({ registered: 0, unchanged: 2 });
    const store = await PostgresEventStore.open(database.config);
    try {
      const decisions = new Decisions(store);
      const data = { ...by('gyeonggi'), documentNumber: '정보화 담당관-101', consultation: 'c-new' };
      const envelope = {
        commandId: randomUUID(),
        principal: { person: 'p-1', agency: 'gyeonggi', roles: ['reviewer' as const] },
      };
      const taken = decisions.execute(LETTER, letterId(data.documentNumber), { type: 'reserve-document-number', data }, envelope);
      await expect(taken).rejects.toMatchObject({ code: 'document-number-taken' });
      // A number that a case has is not one from before.
      const ours = { ...data, documentNumber: '정보화담당관-900' };
      await decisions.execute(
        LETTER,
        letterId(ours.documentNumber),
        { type: 'reserve-document-number', data: ours },
        { ...envelope, commandId: randomUUID() },
      );
    } finally {
      await store.close();
    }
    const refused = sajeon([
      'import',
      'document-numbers',
      file('taken.csv', csv('정보화담당관-900,2024-01-02,,', '정보화담당관-103,,,')),
    ]);
    expect(refused.code).toBe(1);
    expect(refused.out).toContain('document-number-taken');
    expect(refused.err).toContain('아무것도 등록하지 않았습니다');
  });

  it('says which rows are wrong, and takes the rest only when told to', () => {
    const rows = [
      '4821,2024-03-05,번호가 아님,',
      '정보화담당관-201,2024-02-30,,',
      '정보화담당관-202,,,',
      '정보화 담당관-202,,,',
      ',2024-03-05,,',
    ];
    const bad = file('bad-numbers.csv', csv(...rows, '정보화담당관-203,2099-01-01,,'));
    const { code, out } = sajeon(['import', 'document-numbers', bad, '--json']);
    const report = JSON.parse(out);
    expect([code, report.imported]).toEqual([1, false]);
    expect(report.faults.map((fault: { line: number; code: string }) => [fault.line, fault.code])).toEqual([
      [2, 'document-number'],
      [3, 'invalid-date'],
      [5, 'document-number-twice'],
      [6, 'document-number-missing'],
      [7, 'not-happened-yet'],
    ]);
    expect(JSON.parse(sajeon(['import', 'document-numbers', bad, '--skip-bad-rows', '--json']).out)).toMatchObject({
      ...{ imported: true, registered: 1, refused: 5 },
    });
    expect(sajeon(['import', 'document-numbers', file('other.csv', '번외\n1\n')]).err).toContain('문서번호');
    expect(sajeon(['import', 'document-numbers', join(folder, 'nowhere.csv')]).code).not.toBe(0);
  });
});

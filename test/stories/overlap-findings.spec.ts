import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, PLAN, seen, Service, SYSTEM, type Answer } from './service.js';

const APPLICANT = 'demo-suwon';
const REVIEWER = 'demo-gyeonggi-reviewer';
const AUDITOR = 'demo-auditor';
const ADMIN = 'demo-admin';

const PREPARE = join(process.cwd(), 'scripts', 'prepare.mjs');
const COMMAND = join(process.cwd(), 'dist', 'apps', 'cli', 'src', 'main.js');

let service: Service;
beforeAll(async () => {
  expect(spawnSync(process.execPath, [PREPARE], { stdio: 'inherit' }).status).toBe(0);
  service = await Service.start();
  const registered = await service.post('/v1/systems', ADMIN, SYSTEM);
  expect(registered.status).toBe(201);
}, 400_000);
afterAll(() => service.stop());

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}
const screen = (...args: readonly string[]): Promise<Ran> => sajeon(['screen', ...args]);

/** The command as a process of its own, on the database of the service. */
function sajeon(args: readonly string[], cwd = process.cwd()): Promise<Ran> {
  const { host = '', port = 5432, user = '', password, database = '' } = service.database().options;
  const pass = typeof password === 'string' ? password : '';
  const DATABASE_URL = `postgres://${user}:${pass}@/${database}?host=${encodeURIComponent(host)}&port=${port}`;
  const env = { ...process.env, SAJEON_LANG: 'en', DATABASE_URL, DEBUG: undefined, KURRENTDB_URL: undefined };
  const child = spawn(process.execPath, [COMMAND, ...args], { env, cwd });
  let [out, err] = ['', ''];
  child.stdout.on('data', (part: Buffer) => (out += part.toString()));
  child.stderr.on('data', (part: Buffer) => (err += part.toString()));
  return new Promise((done) => child.on('close', (code) => done({ code, out, err })));
}

async function filed(plan: object = PLAN): Promise<string> {
  const project = await service.post('/v1/projects', APPLICANT, { plan });
  const drafted = await service.post('/v1/consultations', APPLICANT, { project: project.body.id });
  await service.post(`/v1/consultations/${drafted.body.id}/submission`, APPLICANT, undefined, seen(drafted));
  return drafted.body.id as string;
}

/** The screening follows the filing by itself. */
async function screened(id: string): Promise<Answer> {
  for (let tries = 0; ; tries++) {
    const shown = await service.get(`/v1/consultations/${id}`, REVIEWER);
    if ((shown.status === 200 && shown.body.finding !== null) || tries === 400) return shown;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

describe('a finding', () => {
  let id: string;
  beforeAll(async () => {
    id = await filed({
      ...PLAN,
      costLines: [
        { label: '예약 기능 개발', krw: 300_000_000, functions: [0, 1] },
        { label: '장비', krw: 100_000_000, functions: [] },
      ],
    });
    expect((await screened(id)).status).toBe(200);
  });

  it('proposes what the two are to each other, with the words that say so, and what could be used from elsewhere', async () => {
    const { body } = await service.get(`/v1/consultations/${id}`, REVIEWER);
    const [best] = body.finding.candidates;
    expect(best).toMatchObject({ id: 'share-nuri', relation: { relation: 'SHOULD_REUSE_COMMON_SYSTEM' } });
    expect(best.relation.because.map(({ ground }: { ground: string }) => ground)).toContain('FUNCTIONS_ALL_FOUND');
    expect(best.functionAgreement).toHaveLength(PLAN.functions.length);
    const [reuse] = body.finding.reuse;
    expect(reuse).toMatchObject({ candidate: 'share-nuri', functions: [0, 1, 2], of: 3, saving: { highKrw: 300_000_000 } });
    expect(reuse.saving.lowKrw).toBeLessThanOrEqual(reuse.saving.highKrw);
  });

  it('comes out the same when auditor or authority have it computed again, and is nobody else’s to ask', async () => {
    const at = `/v1/consultations/${id}/screenings/1/recomputation`;
    for (const who of [AUDITOR, REVIEWER]) {
      expect(await service.get(at, who)).toMatchObject({
        status: 200,
        body: { screening: 1, verdict: 'REPRODUCED', divergences: [], missing: [] },
      });
    }
    for (const who of [APPLICANT, 'demo-seongnam']) expect((await service.get(at, who)).status).toBe(404);
    expect((await service.get(`/v1/consultations/${id}/screenings/2/recomputation`, AUDITOR)).status).toBe(404);
    expect((await service.get(`/v1/consultations/${id}/decisions/1/recomputation`, AUDITOR)).status).toBe(404);
    const all = await service.get(`/v1/consultations/${id}/recomputation`, AUDITOR);
    expect(all.body).toMatchObject({ screenings: [{ verdict: 'REPRODUCED' }], decisions: [] });
  });

  it('comes out the same on the command line, as it stood at any moment, with the key of all that it depends on', async () => {
    const { body } = await service.get(`/v1/consultations/${id}`, REVIEWER);
    const { rows } = await service
      .database()
      .query<{ position: string }>(
        `select position from event_store.event where type = 'overlap-screened' and stream = 'consultation-${id}'`,
      );
    const at = Number(rows[0]?.position);
    const now = await screen(id, '--as-of', '2999-12-31', '--json');
    expect(now.code).toBe(0);
    expect(JSON.parse(now.out)).toMatchObject({
      consultation: id,
      screening: 1,
      verdict: 'REPRODUCED',
      key: { ...body.finding.engine, inventoryPosition: body.finding.inventoryPosition, planHash: body.finding.planHash },
    });
    expect(await screen(`consultation-${id}`, '--as-of', String(at))).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^REPRODUCED {2}screening 1, /),
    });
    expect(await screen(id, '--as-of', String(at - 1))).toMatchObject({
      code: 1,
      err: expect.stringContaining('no finding then'),
    });
    expect(await screen('nobody', '--as-of', '1')).toMatchObject({ code: 1, err: expect.stringContaining('no such case') });
    for (const day of ['2026-02-30', '2026-13-01', 'yesterday'])
      expect(await screen(id, '--as-of', day)).toMatchObject({
        code: 2,
        out: '',
        err: expect.stringContaining('a day that exists'),
      });
  }, 120_000);

  it('is found out when somebody has changed it in the database', async () => {
    const pool = service.database();
    const data = async (change: string): Promise<void> => {
      await pool.query('alter table event_store.event disable trigger append_only');
      await pool.query(
        `update event_store.event set data = ${change} where type = 'overlap-screened' and stream = 'consultation-${id}'`,
      );
      await pool.query('alter table event_store.event enable trigger append_only');
    };
    await data(`replace(data::text, '"SHOULD_REUSE_COMMON_SYSTEM"', '"UNRELATED"')::json`);
    const { body } = await service.get(`/v1/consultations/${id}/screenings/1/recomputation`, AUDITOR);
    expect(body).toMatchObject({
      verdict: 'DIVERGED',
      divergences: [
        {
          pointer: '/candidates/0/relation/relation',
          recorded: '"UNRELATED"',
          recomputed: '"SHOULD_REUSE_COMMON_SYSTEM"',
        },
      ],
    });
    expect(await screen(id)).toMatchObject({
      code: 1,
      out: expect.stringMatching(/^DIVERGED .*\n[^]*candidates.0.relation.relation/),
    });
    await data(`replace(data::text, '"UNRELATED"', '"SHOULD_REUSE_COMMON_SYSTEM"')::json`);
  });
});

describe('what people made of it', () => {
  it('judges the engine, and makes a file of weights that the installation may choose', async () => {
    const id = await filed();
    const shown = await screened(id);
    const settled = { reason: '같은 시설의 예약을 이미 받는다.', relation: 'SHOULD_REUSE_COMMON_SYSTEM' };
    const received = await service.post(`/v1/consultations/${id}/receipt`, REVIEWER, { track: 'standard' }, seen(shown));
    expect(received.status).toBe(201);
    const confirmed = await service.post(
      `/v1/consultations/${id}/overlaps/share-nuri/confirmation`,
      REVIEWER,
      settled,
      seen(received),
    );
    expect(confirmed.status).toBe(201);
    const judged = await sajeon(['overlap', 'evaluate', '--json']);
    expect(JSON.parse(judged.out)).toMatchObject({ labels: 1, confirmed: 1, precision: 1, recall: 1, relationAgreed: 1 });
    const folder = mkdtempSync(join(tmpdir(), 'sajeon-weights-'));
    const trained = await sajeon(['overlap', 'train', '--json'], folder);
    const { id: version, from } = JSON.parse(trained.out) as { id: string; from: string };
    expect(version).toBe(from);
    expect(trained).toMatchObject({ code: 0, err: expect.stringContaining('too few judgments') });
    const written = JSON.parse(readFileSync(join(folder, `overlap-${version}.json`), 'utf8')) as object;
    rmSync(folder, { recursive: true });
    expect(written).toMatchObject({ weights: { id: version }, report: { examples: 1, wouldChange: [] } });
  }, 60_000);
});

describe('a self-check', () => {
  it('refuses to leave out a function that the plan does not have', async () => {
    const answered = await service.post('/v1/self-checks', APPLICANT, { ...PLAN, without: [0, PLAN.functions.length] });
    expect(answered.status).toBe(400);
    expect(answered.body).toMatchObject({ code: 'unknown-function', errors: [{ pointer: '/without/1' }] });
  });

  it('answers what would be found without some functions, and without each of them', async () => {
    const plan = { ...PLAN, functions: [...PLAN.functions, '드론 항공 촬영'] };
    const whole = await service.post('/v1/self-checks', APPLICANT, plan);
    const less = await service.post('/v1/self-checks', APPLICANT, { ...plan, without: [0, 1, 2] });
    const same = await service.post('/v1/self-checks', APPLICANT, { ...plan, functions: ['드론 항공 촬영'] });
    const found = ({ body }: Answer) => body.candidates.find(({ id }: { id: string }) => id === 'share-nuri');
    expect(found(less)).toEqual(found(same));
    expect(found(less).probability).toBeLessThan(found(whole).probability);
    const whatIf = await service.post('/v1/self-checks/what-if', APPLICANT, plan);
    expect(whatIf.status).toBe(200);
    expect(whatIf.body.functions.map((it: { function: number }) => it.function)).toEqual([0, 1, 2, 3]);
  });
});

describe('the thesaurus', () => {
  const concept = { concept: 'x-zentora', words: ['zentora', 'miravo'], source: '예시 지침 제1조' };
  const plan = {
    ...PLAN,
    ...{ title: 'miravo 창구', purpose: 'miravo 신청을 받는다.', functions: ['miravo 접수', 'miravo 조회'], data: [], users: [] },
  };

  it('is extended and cut back by administrators; screenings follow, and earlier findings stay what they were', async () => {
    const system = {
      ...SYSTEM,
      ...{ system: 'zentora', title: 'zentora 누리집', purpose: 'zentora 신청을 받는다.', data: [], users: [], text: '' },
      functions: ['zentora 접수', 'zentora 조회'],
    };
    expect((await service.post('/v1/systems', ADMIN, system)).status).toBe(201);
    const before = await filed(plan);
    const unknown = (await screened(before)).body.finding;

    expect(await service.post('/v1/thesaurus/concepts', REVIEWER, concept)).toMatchObject({
      status: 403,
      body: { code: 'role-required' },
    });
    const added = await service.post('/v1/thesaurus/concepts', ADMIN, concept);
    expect(added.status).toBe(201);
    expect((await service.get('/v1/thesaurus', APPLICANT)).body).toMatchObject({
      version: 1,
      concepts: [{ id: 'x-zentora', words: concept.words, source: concept.source }],
    });

    const later = await filed({ ...plan, title: 'miravo 창구 2' });
    const known = (await screened(later)).body.finding;
    const of = (finding: { candidates: { id: string; probability: number }[] }) =>
      finding.candidates.find(({ id }) => id === 'zentora')?.probability ?? 0;
    expect(of(known)).toBeGreaterThan(of(unknown));
    expect(known.engine.thesaurus).toBe(`${unknown.engine.thesaurus}+1`);

    const withdrawn = await service.post(
      '/v1/thesaurus/concepts/x-zentora/withdrawal',
      ADMIN,
      { reason: '다른 뜻으로도 쓰임' },
      seen(added),
    );
    expect(withdrawn.status).toBe(201);
    expect((await service.get('/v1/thesaurus', APPLICANT, after(withdrawn))).body).toMatchObject({ version: 2, concepts: [] });
    const then = await service.get(`/v1/thesaurus?asOf=${added.headers['x-position']}`, AUDITOR);
    expect(then.body.concepts).toHaveLength(1);
    for (const id of [before, later]) {
      const again = await service.get(`/v1/consultations/${id}/screenings/1/recomputation`, AUDITOR);
      expect(again.body).toMatchObject({ verdict: 'REPRODUCED', divergences: [] });
    }
  });
});

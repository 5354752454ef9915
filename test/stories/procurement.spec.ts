import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addDays, legalDateOf, schemaOf, type ConsultationEvent } from '@sajeon/domain';
import { happened } from '@sajeon/domain/testing';
import { EventStore, type JsonObject } from '@sajeon/event-store';
import { randomUUID } from 'node:crypto';
import { after, PLAN, seen, Service, type Answer } from './service.js';

const APPLICANT = 'demo-suwon';
const REVIEWER = 'demo-gyeonggi-reviewer';
const APPROVER = 'demo-gyeonggi-approver';
const ADMIN = 'demo-admin';
const AUDITOR = 'demo-auditor';
const NEIGHBOUR = 'demo-seongnam';
const today = legalDateOf(new Date().toISOString());
const suwon = { id: 'gyeonggi-suwon', name: '수원시', tier: 'BASIC_LOCAL' as const };
const gyeonggi = { id: 'gyeonggi', name: '경기도', tier: 'METROPOLITAN' as const };

let service: Service;
beforeAll(async () => {
  process.env['SAJEON_TOKEN_KEY'] = join(mkdtempSync(join(tmpdir(), 'sajeon-token-')), 'token-key');
  service = await Service.start();
});
afterAll(() => service.stop());

interface Project {
  readonly id: string;
  readonly at: string;
  /** The newest answer about it. */
  readonly last: Answer;
}

async function planned(title: string): Promise<Project> {
  const last = await service.post('/v1/projects', APPLICANT, { plan: { ...PLAN, title } });
  expect(last.status).toBe(201);
  return { id: last.body.id, at: `/v1/projects/${last.body.id}`, last };
}

const shown = (project: Project, as = APPLICANT) => service.get(project.at, as, after(project.last));

/** The case as it stands in the log, decided by the province for the very plan of the project. */
async function decided(project: Project, consultation: string): Promise<{ readonly hash: string }> {
  const [plan] = (await shown(project)).body.plans;
  const { version, hash, content } = plan;
  const drafted = happened.drafted();
  const own = (event: ConsultationEvent, agency: string): ConsultationEvent =>
    ({ ...event, data: { ...event.data, by: { ...event.data.by, agency } } }) as ConsultationEvent;
  const events: readonly ConsultationEvent[] = [
    {
      ...drafted,
      data: {
        ...drafted.data,
        ...{ consultation, project: project.id, plan: { version, hash, content }, applicant: suwon, authority: gyeonggi },
      },
    },
    happened.submitted({ version, hash, content }),
    happened.received(),
    happened.screened([], { version, hash, content }),
    happened.proposed(),
    happened.approved(),
    happened.notified(),
  ].map((event, index) => own(event, index < 2 ? suwon.id : gyeonggi.id));
  const recorded = events.map(({ type, data }) => ({
    ...{ id: randomUUID(), type, data: data as unknown as JsonObject },
    metadata: { schema: String(schemaOf(type)), actor: data.by.person, agency: data.by.agency },
  }));
  await service.app.get(EventStore).append(`consultation-${consultation}`, 'none', recorded);
  return { hash };
}

const order = { order: '20261128-00417', orderedOn: today, amountKrw: 700_000_000 };

describe('an order without a consultation', () => {
  it('is recorded, and raises an omission that the authority and the auditor find in the register', async () => {
    const project = await planned('수원시 도로굴착 복구 관리시스템 구축');
    const [{ hash }] = (await shown(project)).body.plans;
    expect(await service.post(`${project.at}/procurements`, APPLICANT, order, seen(project.last))).toMatchObject({
      ...{ status: 400, body: { errors: [{ pointer: '/planHash', code: 'plan-or-token-required' }] } },
    });
    const recorded = await service.post(
      `${project.at}/procurements`,
      APPLICANT,
      { ...order, planHash: hash },
      seen(project.last),
    );
    expect(recorded.status).toBe(201);

    for (const as of [REVIEWER, AUDITOR, APPLICANT]) {
      const { body } = await service.get('/v1/omissions?q=도로굴착', as, after(recorded));
      expect(body.rows).toEqual([
        expect.objectContaining({
          ...{ project: project.id, agencyName: '수원시', authority: 'gyeonggi', reason: 'never-consulted' },
          ...{ orderNumber: order.order, orderedOn: today, amountKrw: '700000000', consultation: null },
        }),
      ]);
    }
    expect((await service.get('/v1/omissions', NEIGHBOUR)).body.rows).toEqual([]);
    expect((await service.get('/v1/omissions?reason=held', AUDITOR)).body.rows).toEqual([]);
    expect((await service.get('/v1/omissions?sort=amount&direction=asc&limit=1', AUDITOR)).body.rows).toHaveLength(1);

    const again = await service.post(`${project.at}/procurements`, APPLICANT, { ...order, planHash: hash }, seen(recorded));
    expect(again.body.revision).toBe(recorded.body.revision);
    expect(
      await service.post(`${project.at}/procurements`, APPLICANT, { ...order, amountKrw: 1, planHash: hash }, seen(recorded)),
    ).toMatchObject({ status: 409, body: { code: 'order-already-recorded' } });
  });

  it('is found also when it is the feed that tells of it', async () => {
    const project = await planned('수원시 반려동물 등록 앱 개발');
    const [{ hash }] = (await shown(project)).body.plans;
    const report = `${project.at}/procurement-reports`;
    expect((await service.post(report, APPLICANT, { ...order, planHash: hash }, seen(project.last))).status).toBe(403);
    const told = await service.post(report, ADMIN, { ...order, planHash: hash }, seen(project.last));
    expect(told.status).toBe(201);
    const { body } = await service.get(`${project.at}/thread`, APPLICANT, after(told));
    expect(body.orders).toMatchObject([{ source: 'feed', orderer: suwon, basis: { kind: 'none' } }]);
    expect(body.omissions).toMatchObject([{ omission: 1, authority: gyeonggi }]);
  });
});

describe('an order with a token', () => {
  let project: Project;
  let hash: string;
  let token: string;

  it('has none before the letter', async () => {
    project = await planned('수원시 공공시설 통합예약 서비스 구축');
    expect(await service.get(`${project.at}/procurement-token`, APPLICANT)).toMatchObject({
      ...{ status: 409, body: { code: 'nothing-may-be-ordered' } },
    });
    expect((await service.get(`${project.at}/procurement-token`, NEIGHBOUR)).status).toBe(404);
  });

  it('says which plan may be ordered under which open conditions, as of a position of the log', async () => {
    ({ hash } = await decided(project, 'ordered'));
    const { status, body, headers } = await service.get(`${project.at}/procurement-token`, APPLICANT);
    expect(status).toBe(200);
    expect(body.says).toMatchObject({
      ...{ project: project.id, agency: suwon, consultation: 'ordered', authority: gyeonggi, outcome: 'PROCEED_CONDITIONALLY' },
      ...{ documentNumber: '정보화담당관-4821', notifiedOn: '2026-11-18', plans: [{ version: 1, hash }] },
      openConditions: [{ number: 1, text: '관정 대장을 도 시스템과 연계할 것', dueOn: '2027-03-31' }],
      asOf: headers['x-position'],
    });
    ({ token } = body);
    for (const as of [REVIEWER, AUDITOR]) expect((await service.get(`${project.at}/procurement-token`, as)).status).toBe(200);
    expect((await service.get(`${project.at}/procurement-token`, NEIGHBOUR)).status).toBe(404);
  });

  it('is verified by the service: genuine or not, and whether it still stands', async () => {
    const verify = (text: string) => service.post('/v1/procurement-tokens/verifications', NEIGHBOUR, { token: text });
    expect(await verify(token)).toMatchObject({
      status: 200,
      body: { genuine: true, stands: true, says: { project: project.id } },
    });
    const altered = token.replace('PROCEED_CONDITIONALLY', 'PROCEED');
    expect(await verify(altered)).toMatchObject({ status: 200, body: { genuine: false, stands: false, now: null } });
    expect(await verify('sajeon')).toMatchObject({ status: 400, body: { code: 'not-a-token' } });
  });

  it('is verified offline by one command, with exit codes 0, 1 and 2', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sajeon-token-'));
    const file = (name: string, content: string) => {
      writeFileSync(join(folder, name), content);
      return join(folder, name);
    };
    const keys = await service.get('/v1/procurement-tokens/keys', APPLICANT);
    expect(keys.body).toMatch(/\/procurement\+[0-9a-f]{8}\+/);
    const key = file('token-key.pub', keys.body);
    const genuine = file('token.txt', token);
    const run = (...args: readonly string[]) =>
      spawnSync(
        process.execPath,
        ['--import', './test/support/typescript.mjs', join('apps', 'cli', 'src', 'main.ts'), 'token', 'verify', ...args],
        { encoding: 'utf8', env: { ...process.env, SAJEON_LANG: 'en', DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' } },
      );
    const verified = run(genuine, '--key', key, '--plan', hash);
    expect({ status: verified.status, out: verified.stdout }).toEqual({
      status: 0,
      out: expect.stringContaining('genuine: signed by'),
    });
    expect(verified.stdout).toContain(hash);
    expect(verified.stdout).toContain('open condition 1');
    expect(JSON.parse(run(genuine, '--key', key, '--json').stdout)).toMatchObject({
      genuine: true,
      says: { project: project.id },
    });
    expect(run(genuine, '--key', key, '--plan', 'f'.repeat(64)).status).toBe(1);
    expect(run(file('altered.txt', token.replace(hash, 'f'.repeat(64))), '--key', key).status).toBe(1);
    expect(run(file('nothing.txt', 'nothing'), '--key', key).status).toBe(2);
    expect(run(genuine, '--key', join(folder, 'missing')).status).toBe(2);
  }, 60_000);

  it('raises no omission, and the record says which letter it rests on', async () => {
    const at = `${project.at}/procurements`;
    const before = await shown(project);
    expect(
      await service.post(at, APPLICANT, { ...order, token: token.replace(hash, 'f'.repeat(64)) }, seen(before)),
    ).toMatchObject({
      ...{ status: 409, body: { code: 'token-not-genuine' } },
    });
    const other = await planned('수원시 다른 사업');
    expect(await service.post(`${other.at}/procurements`, APPLICANT, { ...order, token }, seen(other.last))).toMatchObject({
      status: 409,
      body: { code: 'token-of-another-project' },
    });
    const recorded = await service.post(at, APPLICANT, { ...order, token }, seen(before));
    expect(recorded.status).toBe(201);
    const { body } = await service.get(`${project.at}/thread`, APPLICANT, after(recorded));
    expect(body.omissions).toEqual([]);
    expect(body.orders).toMatchObject([
      {
        ...{ planHash: hash, source: 'owner', token: expect.stringMatching(/^[0-9a-f]{64}$/) },
        basis: { kind: 'decision', consultation: 'ordered', documentNumber: '정보화담당관-4821', openConditions: [1] },
      },
    ]);
  });

  it('raises one when another plan version is ordered than the one decided upon', async () => {
    const revised = await service.post(
      `${project.at}/plan-versions`,
      APPLICANT,
      { plan: { ...PLAN, title: '수원시 공공시설 통합예약 서비스 구축', budgetKrw: 990_000_000 } },
      seen(await shown(project)),
    );
    const { body } = await service.get(project.at, APPLICANT, after(revised));
    const second = { ...order, order: '20261128-00500', planHash: body.plans[1].hash };
    const recorded = await service.post(`${project.at}/procurements`, APPLICANT, second, seen(revised));
    project = { ...project, last: recorded };
    const { rows } = (await service.get('/v1/omissions?reason=other-plan-version', REVIEWER, after(recorded))).body;
    expect(rows).toMatchObject([
      { project: project.id, consultation: 'ordered', decidedVersion: 1, orderNumber: '20261128-00500' },
    ]);
  });

  it('goes on to budget, progress, performance and award, told in one thread', async () => {
    const write = async (path: string, as: string, body: object): Promise<Answer> => {
      const answered = await service.post(`${project.at}/${path}`, as, body, seen(project.last));
      if (answered.status === 201) project = { ...project, last: answered };
      return answered;
    };
    const quarter = { year: 2026, quarter: 1, plannedPercent: 30, donePercent: 25 };
    const budget = { fiscalYear: 2027, requestedKrw: 780_000_000, reflectedKrw: 700_000_000 };
    expect((await write('budget-reflections', APPLICANT, budget)).status).toBe(201);
    expect((await write('budget-reflections', NEIGHBOUR, budget)).status).toBe(403);
    // Nothing had been ordered by the end of March.
    expect(await write('progress', APPLICANT, quarter)).toMatchObject({ status: 409, body: { code: 'not-ordered' } });
    const measured = { measuredOn: today, of: 'system', score: 55, remarks: '' };
    expect(await write('performance', NEIGHBOUR, measured)).toMatchObject({ status: 403, body: { code: 'not-the-authority' } });
    const award = { award: '우수 정보시스템', awardedOn: today, ground: '예산을 줄였다.' };
    const early = await write('awards', APPROVER, award);
    expect(early).toMatchObject({ status: 409, body: { code: 'not-measured' } });
    expect((await write('performance', REVIEWER, measured)).status).toBe(201);
    expect((await write('awards', APPROVER, award)).status).toBe(201);
    const { body } = await service.get(`${project.at}/thread`, REVIEWER, after(project.last));
    expect(body).toMatchObject({
      ...{ project: project.id, agency: 'gyeonggi-suwon', abandoned: null },
      budgets: [{ adjustedKrw: 80_000_000 }],
      performance: [{ score: 55, finding: 'consolidate', rule: 'performance-system-consolidate', of: 'system' }],
      awards: [{ award: '우수 정보시스템', authority: gyeonggi }],
      consultations: [{ consultation: 'ordered', phase: 'follow-up', openConditions: 1, letters: [{ conditions: 1 }] }],
    });
    expect(body.plans).toHaveLength(2);
    expect((await service.get(`${project.at}/thread`, NEIGHBOUR)).status).toBe(404);
    expect(await write('awards', APPROVER, { ...award, awardedOn: addDays(today, 1) })).toMatchObject({
      ...{ status: 409, body: { code: 'not-happened-yet' } },
    });
  });
});

describe('the progress of a project', () => {
  it('is missed when a quarter is not reported by its day: on the thread, and in the to-do list of its agency until it is reported', async () => {
    const project = await planned('수원시 하천 수위 알림 구축');
    const [{ hash }] = (await shown(project)).body.plans;
    // Of last year's last quarter but one: its day of reporting has passed, whenever this is read.
    const orderedOn = `${Number(today.slice(0, 4)) - 1}-08-03`;
    const order = { order: 'late-1', orderedOn, planHash: hash, amountKrw: null };
    const recorded = await service.post(`${project.at}/procurements`, APPLICANT, order, seen(project.last));
    expect(recorded.status).toBe(201);
    const thread = async () => service.get(`${project.at}/thread`, APPLICANT, await upToNow());
    const upToNow = async () => ({ 'x-after': String(await service.app.get(EventStore).head()) });
    const quarter = { year: Number(orderedOn.slice(0, 4)), quarter: 3 };
    let body = (await thread()).body;
    for (let tries = 0; body.missed.length < 2 && tries < 400; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      ({ body } = await thread());
    }
    expect(body.missed.slice(0, 2)).toMatchObject([
      { ...quarter, dueOn: `${quarter.year}-10-15` },
      { year: quarter.year, quarter: 4, dueOn: `${quarter.year + 1}-01-15` },
    ]);
    const waiting = async () => {
      const { rows } = (await service.get('/v1/to-do?kind=progress&state=open', APPLICANT, await upToNow())).body;
      return rows.filter((row: { project: string }) => row.project === project.id);
    };
    const number = quarter.year * 10 + 3;
    expect(await waiting()).toContainEqual(
      expect.objectContaining({
        number,
        late: true,
        consultation: null,
        applicantName: '수원시',
        dueOn: `${quarter.year}-10-15`,
      }),
    );
    for (let tries = 0; ; tries++) {
      const { revision } = (await thread()).body;
      const report = { ...quarter, plannedPercent: 20, donePercent: 15 };
      const answer = await service.post(`${project.at}/progress`, APPLICANT, report, { 'if-match': `"${revision}"` });
      // The next missed quarter may be recorded meanwhile.
      if (answer.status === 201) break;
      expect([answer.status, tries < 50]).toEqual([412, true]);
    }
    expect(JSON.stringify(await waiting())).not.toContain(`~${number}"`);
    expect((await thread()).body.progress).toMatchObject([{ ...quarter, daysLate: expect.any(Number) }]);
  });
});

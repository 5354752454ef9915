import { PostgresEventStore } from '@sajeon/event-store';
import { EventStore } from '@sajeon/event-store';
import { randomUUID } from 'node:crypto';
import { after, PLAN, seen, Service, SYSTEM, type Answer } from './service.js';

const APPLICANT = 'demo-suwon';
const REVIEWER = 'demo-gyeonggi-reviewer';
const ADMIN = 'demo-admin';

let service: Service;
beforeAll(async () => (service = await Service.start()));
afterAll(() => service.stop());

/** Refused with a problem document that says what is wrong in both languages; nothing is recorded. */
async function refused(
  request: () => Promise<Answer>,
  status: number,
  code: string,
  pointers: readonly string[] = [],
): Promise<Answer> {
  const store = service.app.get(EventStore);
  const before = await store.head();
  const answer = await request();
  expect(answer.body).toMatchObject({
    code,
    status,
    type: `urn:sajeon:problem:${code}`,
    messages: { ko: expect.any(String), en: expect.any(String) },
  });
  expect(answer.status).toBe(status);
  expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  expect(answer.body.messages.ko).toMatch(/[가-힣]/);
  if (pointers.length > 0) {
    const named = (answer.body.errors ?? []).map((error: { pointer: string }) => error.pointer);
    expect(named).toEqual(expect.arrayContaining([...pointers]));
    for (const { messages } of answer.body.errors) expect(messages.ko).toMatch(/[가-힣]/);
  }
  expect(await store.head()).toBe(before);
  return answer;
}

const plan = (change: object) => () => service.post('/v1/projects', APPLICANT, { plan: { ...PLAN, ...change } });

describe('a body that cannot be read', () => {
  it.each([
    ['malformed JSON', '{"plan": {"title": ', 400, 'malformed-request'],
    ['an empty body', '', 400, 'malformed-request'],
    ['a list instead of an object', '[1,2]', 400, 'invalid-request'],
    ['text instead of an object', '"plan"', 400, 'invalid-request'],
    ['null', 'null', 400, 'invalid-request'],
    ['a key that would poison prototypes', '{"plan": {"title": "a", "__proto__": {"x": 1}}}', 400, 'malformed-request'],
  ])('%s', async (_, body, status, code) => {
    await refused(() => service.post('/v1/projects', APPLICANT, body, { 'content-type': 'application/json' }), status, code);
  });

  it('of 50 MB', async () => {
    const body = JSON.stringify({ plan: { ...PLAN, text: 'ㄱ'.repeat(17_000_000) } });
    expect(Buffer.byteLength(body)).toBeGreaterThan(50_000_000);
    await refused(() => service.post('/v1/projects', APPLICANT, body), 413, 'body-too-large');
  });

  it('of a type that is not JSON', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    await refused(() => service.post('/v1/projects', APPLICANT, 'plan=x', headers), 415, 'unsupported-media-type');
  });

  it('nested a hundred thousand levels deep', async () => {
    const deep = `${'{"plan":'.repeat(100_000)}1${'}'.repeat(100_000)}`;
    await refused(() => service.post('/v1/projects', APPLICANT, deep), 400, 'too-deep');
  });
});

describe('fields', () => {
  it('that are missing are said to be missing, not to be of the wrong kind', async () => {
    const { body } = await refused(() => service.post('/v1/projects', APPLICANT, { plan: {} }), 400, 'invalid-request', [
      '/plan/title',
    ]);
    expect(new Set(body.errors.map(({ code }: { code: string }) => code))).toEqual(new Set(['required']));
    expect(body.errors[0].messages.ko).toBe('반드시 적어야 합니다.');
  });

  it('that do not exist are refused by name', () =>
    refused(plan({ budget: 1, titel: 'x' }), 400, 'invalid-request', ['/plan/budget', '/plan/titel']));
  it('that are missing', () => refused(() => service.post('/v1/projects', APPLICANT, {}), 400, 'invalid-request', ['/plan']));
  it('that are missing inside', () => refused(plan({ title: undefined }), 400, 'invalid-request', ['/plan/title']));
  it('of the wrong type, all at once', () =>
    refused(plan({ title: 7, functions: 'one', users: [1], budgetKrw: '3억' }), 400, 'invalid-request', [
      '/plan/title',
      '/plan/functions',
      '/plan/users',
      '/plan/budgetKrw',
    ]));
  it('with over-long text', () => refused(plan({ title: '가'.repeat(201) }), 400, 'invalid-request', ['/plan/title']));
  it('with too many items', () =>
    refused(plan({ functions: Array(201).fill('기능') }), 400, 'invalid-request', ['/plan/functions']));
  it('with a control character', () => refused(plan({ title: '가\u0000나' }), 400, 'control-character', ['/plan/content/title']));
  it('with half a surrogate pair', () =>
    refused(plan({ purpose: 'x\ud800' }), 400, 'control-character', ['/plan/content/purpose']));
  it('with nothing but spaces', () => refused(plan({ title: '   ' }), 400, 'required', ['/plan/content/title']));
  it('with a negative amount', () => refused(plan({ budgetKrw: -1 }), 400, 'invalid-request', ['/plan/budgetKrw']));
  it('with an amount that is not whole', () => refused(plan({ budgetKrw: 0.5 }), 400, 'invalid-request', ['/plan/budgetKrw']));
  it('with an amount beyond any budget', () =>
    refused(plan({ budgetKrw: 2 ** 60 }), 400, 'invalid-amount', ['/plan/content/budgetKrw']));
  it.each(['2026-02-30', '26-1-1', 'tomorrow', ''])('with the date %j, which does not exist', (orderPlannedOn) =>
    refused(plan({ orderPlannedOn }), 400, 'invalid-date', ['/plan/content/orderPlannedOn']),
  );

  it('name who acts in vain: actor, agency and time are never taken from the body', () =>
    refused(
      () =>
        service.post('/v1/projects', APPLICANT, {
          plan: PLAN,
          agency: 'gyeonggi-seongnam',
          by: { person: 'x' },
          at: '2020-01-01T00:00:00Z',
        }),
      400,
      'invalid-request',
      ['/agency', '/by', '/at'],
    ));

  it('are explained in English to who asks for English', async () => {
    const answer = await service.post(
      '/v1/projects',
      APPLICANT,
      { plan: { ...PLAN, title: 7 } },
      { 'accept-language': 'en-GB,en;q=0.9' },
    );
    expect(answer.body.title).toMatch(/^The request has 1 thing/);
    expect(answer.body.errors[0].detail).toMatch(/title must be/);
    expect(answer.headers['content-language']).toBe('en');
  });
});

describe('records that do not fit', () => {
  it('a plan of an agency that does not exist', async () => {
    // The auditor’s agency is not registered here.
    await refused(() => service.post('/v1/self-checks', 'demo-auditor', PLAN), 409, 'unknown-agency');
  });

  it('a parent that is the agency itself', () =>
    refused(
      () => service.post('/v1/agencies', ADMIN, { agency: 'loop', name: '순환시', tier: 'BASIC_LOCAL', parent: 'loop' }),
      409,
      'own-parent',
    ));

  it('a parent that does not exist', () =>
    refused(
      () => service.post('/v1/agencies', ADMIN, { agency: 'orphan', name: '고아시', tier: 'BASIC_LOCAL', parent: 'nowhere' }),
      409,
      'unknown-agency',
      ['/parent'],
    ));

  it('a project of somebody else', async () => {
    const project = await service.post('/v1/projects', 'demo-seongnam', { plan: PLAN });
    await refused(() => service.post('/v1/consultations', APPLICANT, { project: project.body.id }), 404, 'not-found');
  });

  it('an id that tries to leave its place', () =>
    refused(() => service.get('/v1/systems/..%2f..%2fetc%2fpasswd', APPLICANT), 404, 'not-found'));
  it('an address that does not exist', () => refused(() => service.get('/v1/nothing', APPLICANT), 404, 'no-such-address'));
  it('a page size beyond the limit', () =>
    refused(() => service.get('/v1/systems?limit=100000', APPLICANT), 400, 'invalid-request', ['/limit']));
  it('a cursor from elsewhere', () =>
    refused(() => service.get('/v1/systems?cursor=abc', APPLICANT), 400, 'invalid-cursor', ['/cursor']));
  it.each(['9999-99-99', '2026-02-30', '2026-13-01'])('for a day that there is not: %s', (day) =>
    refused(() => service.get(`/v1/audit/reads?day=${day}`, ADMIN), 400, 'invalid-request', ['/day']),
  );
  it('a parameter that does not exist', () =>
    refused(() => service.get('/v1/systems?pageSize=3', APPLICANT), 400, 'invalid-request', ['/pageSize']));
  it('a search in a history, which has none', async () => {
    const project = await service.post('/v1/projects', APPLICANT, { plan: PLAN });
    const drafted = await service.post('/v1/consultations', APPLICANT, { project: project.body.id });
    const timeline = `/v1/consultations/${drafted.body.id}/timeline`;
    await refused(() => service.get(`${timeline}?q=x`, APPLICANT), 400, 'invalid-request', ['/q']);
  });
  it('a search that looks like SQL finds nothing and breaks nothing', async () => {
    const answer = await service.get(
      `/v1/systems?q=${encodeURIComponent("'; drop table view_system_inventory; -- %_\\")}`,
      APPLICANT,
    );
    expect(answer).toMatchObject({ status: 200, body: { rows: [] } });
  });
});

describe('a role that may not', () => {
  it('is refused whatever the body says', async () => {
    const answer = await refused(() => service.post('/v1/systems', APPLICANT, SYSTEM), 403, 'role-required');
    expect(answer.body.messages.en).toContain('administrator');
  });
  it('an auditor changes nothing', () =>
    refused(
      () => service.post('/v1/agencies', 'demo-auditor', { agency: 'x', name: 'x', tier: 'CENTRAL' }),
      403,
      'role-required',
    ));
});

describe('revisions', () => {
  let drafted: Answer;
  beforeAll(async () => {
    const project = await service.post('/v1/projects', APPLICANT, { plan: PLAN });
    drafted = await service.post('/v1/consultations', APPLICANT, { project: project.body.id });
  });
  const submit = (headers: Record<string, string>) => () =>
    service.post(`/v1/consultations/${drafted.body.id}/submission`, APPLICANT, undefined, headers);

  it('must be named', () => refused(submit({}), 428, 'if-match-required'));
  it('must be an ETag as it was given', () => refused(submit({ 'if-match': '*' }), 400, 'invalid-if-match', ['If-Match']));

  it('that are stale are refused with the one that stands', async () => {
    const revised = await service.ask('PUT', `/v1/consultations/${drafted.body.id}/draft`, {
      as: APPLICANT,
      body: { ...PLAN, title: '둘째 판' },
      headers: seen(drafted),
    });
    expect(revised.status).toBe(200);
    const answer = await refused(submit(seen(drafted)), 412, 'stale-revision');
    expect(answer.headers['etag']).toBe(revised.headers['etag']);
    expect(answer.body.currentRevision).toBe('1');
    expect((await submit(seen(revised))()).status).toBe(201);
  });
});

describe('an Idempotency-Key', () => {
  it('asks for nothing new when it comes again, also at the same moment', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const answers = await Promise.all([1, 2, 3, 4].map(() => service.post('/v1/projects', APPLICANT, { plan: PLAN }, key)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    const list = await service.get('/v1/projects?limit=200', APPLICANT, after(answers[0] as Answer));
    expect(list.body.rows.filter((row: { project: string }) => row.project === answers[0]?.body.id)).toHaveLength(1);
  });

  it('with another body is refused', async () => {
    const key = { 'idempotency-key': randomUUID() };
    await service.post('/v1/projects', APPLICANT, { plan: PLAN }, key);
    await refused(
      () => service.post('/v1/projects', APPLICANT, { plan: { ...PLAN, title: '다른 사업' } }, key),
      422,
      'idempotency-key-reused',
    );
  });

  it('of another agency is another key', async () => {
    const key = { 'idempotency-key': 'shared-key' };
    const mine = await service.post('/v1/projects', APPLICANT, { plan: PLAN }, key);
    const theirs = await service.post('/v1/projects', 'demo-seongnam', { plan: PLAN }, key);
    expect(theirs.body.id).not.toBe(mine.body.id);
  });

  it('repeats a change of a record although the revision has moved on', async () => {
    const project = await service.post('/v1/projects', APPLICANT, { plan: PLAN });
    const key = { 'idempotency-key': randomUUID(), ...seen(project) };
    const once = await service.post(
      `/v1/projects/${project.body.id}/plan-versions`,
      APPLICANT,
      { plan: { ...PLAN, title: '2판' } },
      key,
    );
    const twice = await service.post(
      `/v1/projects/${project.body.id}/plan-versions`,
      APPLICANT,
      { plan: { ...PLAN, title: '2판' } },
      key,
    );
    expect(once.status).toBe(201);
    expect(twice.body).toEqual(once.body);
  });

  it('with spaces or of endless length is refused', () =>
    refused(
      () => service.post('/v1/projects', APPLICANT, { plan: PLAN }, { 'idempotency-key': 'x'.repeat(201) }),
      400,
      'invalid-idempotency-key',
    ));
});

describe('an X-After', () => {
  it('that is no position is refused', () =>
    refused(
      () => service.ask('GET', '/v1/systems', { as: APPLICANT, headers: { 'x-after': 'later' } }),
      400,
      'invalid-position',
      ['X-After'],
    ));

  it('lets a reader see what was just written, and the answer says how far the view is', async () => {
    const written = await service.post('/v1/systems', ADMIN, { ...SYSTEM, system: 'fresh-1', title: '방금 등록한 시스템' });
    const found = await service.get(`/v1/systems?q=${encodeURIComponent('방금등록')}`, APPLICANT, after(written));
    expect(found.body.rows.map((row: { system: string }) => row.system)).toEqual(['fresh-1']);
    expect(BigInt(found.headers['x-position'] ?? '0')).toBeGreaterThanOrEqual(BigInt(written.headers['x-position'] ?? '0'));
  });
});

describe('a stream written by a newer version', () => {
  it('is refused clearly, is not misread, and holds up nothing but the views that need it', async () => {
    const project = await service.post('/v1/projects', APPLICANT, { plan: PLAN });
    const drafted = await service.post('/v1/consultations', APPLICANT, { project: project.body.id });
    const store = service.app.get(EventStore) as PostgresEventStore;
    const event = { id: randomUUID(), type: 'consultation-teleported', data: { by: {}, at: '' }, metadata: { schema: '1' } };
    await store.append(`consultation-${drafted.body.id}`, BigInt(drafted.body.revision), [event]);
    const answer = await service.post(`/v1/consultations/${drafted.body.id}/submission`, APPLICANT, undefined, {
      'if-match': '"1"',
    });
    expect(answer).toMatchObject({ status: 409, body: { code: 'written-by-newer-version' } });
    expect((await service.get('/v1/systems', REVIEWER)).status).toBe(200);
    const written = await service.post('/v1/systems', ADMIN, { ...SYSTEM, system: 'fresh-2', title: '그 뒤에 등록한 시스템' });
    expect((await service.get('/v1/systems/fresh-2', REVIEWER, after(written))).status).toBe(200);
    const health = await service.ask('GET', '/readyz');
    const stalled = health.body.views.find((view: { view: string }) => view.view === 'case-page');
    expect(stalled).toMatchObject({
      status: 'stalled',
      stalled: { type: 'consultation-teleported', position: expect.any(String) },
    });
  });
});

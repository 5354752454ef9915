import { after, inDays, PLAN, seen, Service, SYSTEM, type Answer } from './service.js';

let service: Service;
let id: string;
let drafted: Answer;
let submitted: Answer;
let received: Answer;
let registered: Answer;
let corrected: Answer;

beforeAll(async () => {
  service = await Service.start();
  registered = await service.post('/v1/systems', 'demo-admin', SYSTEM);
  const { system: _, ...entry } = SYSTEM;
  corrected = await service.ask('PUT', '/v1/systems/share-nuri', {
    as: 'demo-admin',
    body: { ...entry, year: 2021 },
    headers: seen(registered),
  });
  const project = await service.post('/v1/projects', 'demo-suwon', { plan: PLAN });
  drafted = await service.post('/v1/consultations', 'demo-suwon', { project: project.body.id });
  id = drafted.body.id;
  submitted = await service.post(`/v1/consultations/${id}/submission`, 'demo-suwon', undefined, seen(drafted));
  const screened = await screening();
  const track = { track: 'standard' };
  received = await service.post(`/v1/consultations/${id}/receipt`, 'demo-gyeonggi-reviewer', track, seen(screened));
  expect(received.status).toBe(201);
});
afterAll(() => service.stop());

/** The screening is an event of its own, soon after the submission. */
async function screening(): Promise<Answer> {
  for (let position = BigInt(submitted.headers['x-position'] ?? 0); ; position++) {
    const answer = await service.get(`/v1/consultations/${id}`, 'demo-auditor', { 'x-after': String(position) });
    if (answer.body.finding !== null) return answer;
  }
}
const position = (answer: Answer): string => answer.headers['x-position'] ?? '';

it('shows the queue as it stood at a log position, and empty before the case was filed', async () => {
  const now = await service.get('/v1/consultations/queue', 'demo-gyeonggi-reviewer', after(received));
  expect(now.body.rows).toMatchObject([{ consultation: id, status: 'received' }]);
  const then = await service.get(`/v1/consultations/queue?asOf=${position(submitted)}`, 'demo-gyeonggi-reviewer');
  expect(then.body).toMatchObject({
    position: position(submitted),
    rows: [{ consultation: id, status: 'submitted', dueOn: null, revision: '1' }],
  });
  const before = await service.get(`/v1/consultations/queue?asOf=${position(drafted)}`, 'demo-gyeonggi-reviewer');
  expect(before.body.rows).toEqual([]);
});

it('shows the past of the queue to its own authority only', async () => {
  const other = await service.get(`/v1/consultations/queue?asOf=${position(submitted)}`, 'demo-mois-reviewer');
  expect(other.body.rows).toEqual([]);
  const auditor = await service.get(`/v1/consultations/queue?asOf=${position(submitted)}`, 'demo-auditor');
  expect(auditor.body.rows).toHaveLength(1);
});

it('shows an entry of the inventory as it stood before it was corrected, by position and by instant', async () => {
  const then = await service.get(`/v1/systems/share-nuri?asOf=${position(registered)}`, 'demo-suwon');
  expect(then.body).toMatchObject({ year: 2020, correctedAt: null });
  const now = await service.get(`/v1/systems/share-nuri?asOf=${encodeURIComponent(new Date().toISOString())}`, 'demo-suwon');
  expect(now.body).toMatchObject({ year: 2021 });
  const list = await service.get(`/v1/systems?asOf=${position(registered)}&q=${encodeURIComponent('공유누리')}`, 'demo-suwon');
  expect(list.body.rows).toMatchObject([{ system: 'share-nuri', year: 2020 }]);
  expect((await service.get('/v1/systems/share-nuri?asOf=2020-01-01', 'demo-suwon')).status).toBe(404);
});

it('keeps the day a rule is asked for apart from the moment at which it is asked', async () => {
  const now = await service.get('/v1/rule-sets/national?on=2026-11-21', 'demo-suwon');
  expect(now.status).toBe(200);
  const then = await service.get(`/v1/rule-sets/national?on=2026-11-21&asOf=${now.headers['x-position']}`, 'demo-suwon');
  expect(then.body).toEqual(now.body);
  // In force on that day by the rules of today, but on that day nobody had adopted them yet.
  expect((await service.get('/v1/rule-sets/national?on=2026-11-21&asOf=2026-01-01', 'demo-suwon')).status).toBe(404);
});

it('tells what happened to a case between two moments, and which fields it changed', async () => {
  const path = `/v1/differences/consultations/${id}?from=${position(submitted)}&to=${position(received)}`;
  const { body } = await service.get(path, 'demo-auditor');
  expect(body).toMatchObject({ stream: `consultation-${id}`, fromRevision: '1' });
  expect(body.steps.map(({ type }: { type: string }) => type)).toContain('consultation-received');
  expect(body.steps.map(({ type }: { type: string }) => type)).not.toContain('consultation-submitted');
  expect(body.changes).toContainEqual({ pointer: '/status', before: 'submitted', after: 'received' });
  expect(body.changes).toContainEqual(expect.objectContaining({ pointer: '/received', before: null }));
  expect((await service.get(path, 'demo-seongnam')).status).toBe(404);
  // For its authority the draft did not exist.
  const asDraft = `/v1/differences/consultations/${id}?from=1&to=${position(drafted)}`;
  expect((await service.get(asDraft, 'demo-gyeonggi-reviewer')).status).toBe(404);
  expect((await service.get(asDraft, 'demo-suwon')).body).toMatchObject({ fromRevision: null, toRevision: '0' });
});

it('tells what changed in the queue, in the inventory and in one entry between two moments', async () => {
  for (const backwards of [
    `consultations/${id}?from=${position(received)}&to=${position(submitted)}`,
    `queue?from=${position(received)}&to=${position(submitted)}`,
    'queue?from=2999-01-01&to=2000-01-01',
  ]) {
    const answer = await service.get(`/v1/differences/${backwards}`, 'demo-gyeonggi-reviewer');
    expect([backwards, answer.status, answer.body.code]).toEqual([backwards, 400, 'from-after-to']);
  }

  const queue = await service.get(`/v1/differences/queue?from=${position(submitted)}`, 'demo-gyeonggi-reviewer');
  expect(queue.body.rows).toMatchObject([{ key: id, before: { status: 'submitted' }, after: { status: 'received' } }]);
  // Before it was filed there was nothing in the queue, not a draft.
  const filed = await service.get(`/v1/differences/queue?from=${position(drafted)}`, 'demo-gyeonggi-reviewer');
  expect(filed.body.rows).toMatchObject([{ key: id, before: null, after: { status: 'received' } }]);
  const systems = await service.get(
    `/v1/differences/systems?from=${position(registered)}&to=${position(corrected)}`,
    'demo-suwon',
  );
  expect(systems.body.rows).toMatchObject([{ key: 'share-nuri', before: { year: 2020 }, after: { year: 2021 } }]);
  const entry = await service.get(`/v1/differences/systems/share-nuri?from=${position(registered)}`, 'demo-suwon');
  expect(entry.body.changes).toEqual([{ pointer: '/entry/year', before: 2020, after: 2021 }]);
  expect((await service.get('/v1/differences/rule-sets/national?from=0', 'demo-suwon')).body).toMatchObject({
    fromRevision: null,
  });
});

it('cuts by when things happened when it is asked for that, and takes no position then', async () => {
  const { body } = await service.get(`/v1/consultations/${id}?asOf=${inDays(1)}&axis=effective`, 'demo-suwon');
  expect(body.consultation).toBe(id);
  for (const query of ['asOf=3&axis=effective', 'asOf=2026-11-30&axis=sideways']) {
    const refused = await service.get(`/v1/consultations/${id}?${query}`, 'demo-suwon');
    expect([refused.status, refused.body.code]).toEqual([400, 'invalid-axis']);
  }
});

it.each(['yesterday', '2026-02-30', '2026-11-30T10:00:00', '-1'])('refuses %s as a moment', async (moment) => {
  for (const path of ['/v1/consultations/queue', '/v1/systems', `/v1/consultations/${id}`, '/v1/rule-sets/national']) {
    const refused = await service.get(`${path}?asOf=${encodeURIComponent(moment)}`, 'demo-auditor');
    expect([path, refused.status, refused.body.code]).toEqual([path, 400, 'invalid-moment']);
  }
});

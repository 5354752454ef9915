import { EventStore } from '@sajeon/event-store';
import { after, inDays, OPINIONS, PLAN, seen, Service, SYSTEM, type Answer } from './service.js';

const APPLICANT = 'demo-suwon';
const NEIGHBOUR = 'demo-seongnam';
const REVIEWER = 'demo-gyeonggi-reviewer';
const APPROVER = 'demo-gyeonggi-approver';
const AUDITOR = 'demo-auditor';

let service: Service;
beforeAll(async () => (service = await Service.start()));
afterAll(() => service.stop());

/** Until the page shows it; the wait is for the policy that screens, which no receipt covers. */
async function page(id: string, as: string, ready: (body: Answer['body']) => boolean = () => true): Promise<Answer> {
  for (let tries = 0; ; tries++) {
    const answer = await service.get(`/v1/consultations/${id}`, as);
    if ((answer.status === 200 && ready(answer.body)) || tries === 200) return answer;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

async function filed(plan = PLAN): Promise<string> {
  const project = await service.post('/v1/projects', APPLICANT, { plan });
  const drafted = await service.post('/v1/consultations', APPLICANT, { project: project.body.id });
  const at = `/v1/consultations/${drafted.body.id}`;
  const submitted = await service.post(`${at}/submission`, APPLICANT, undefined, seen(drafted));
  expect(submitted.status).toBe(201);
  return drafted.body.id;
}

describe('a consultation from plan to audit', () => {
  let id: string;
  let at: string;

  it('is screened by itself against the inventory, with evidence quoted from both sides', async () => {
    expect((await service.post('/v1/systems', 'demo-admin', SYSTEM)).status).toBe(201);
    id = await filed();
    at = `/v1/consultations/${id}`;
    const { body } = await page(id, REVIEWER, ({ finding }) => finding !== null);
    const [best] = body.finding.candidates;
    expect(best).toMatchObject({ id: 'share-nuri', kind: 'system', name: '공유누리', agency: '행정안전부', flagged: true });
    for (const { plan, candidate } of best.evidence) {
      const said = (side: Record<string, string | string[]>, { field, index }: { field: string; index: number }): string =>
        Array.isArray(side[field]) ? (side[field][index] ?? '') : (side[field] ?? '');
      expect(said(PLAN as never, plan).slice(plan.start, plan.end)).toBe(plan.quote);
      expect(said(SYSTEM as never, candidate).slice(candidate.start, candidate.end)).toBe(candidate.quote);
    }
    expect(body.finding.engine).toMatchObject({ engine: expect.any(String), analyzer: expect.any(String) });
    expect(body.unsettled).toEqual(['share-nuri']);
  });

  it('appears in the reviewer’s queue and the applicant’s list with who must act', async () => {
    // Each view follows the log by itself: what one shows, another shows when it is asked for that position.
    const screened = { 'x-after': (await page(id, REVIEWER, ({ finding }) => finding !== null)).body.position };
    const queue = await service.get('/v1/consultations/queue', REVIEWER, screened);
    expect(queue.body.rows).toEqual([
      expect.objectContaining({ consultation: id, status: 'submitted', holder: 'authority', flagged: 1 }),
    ]);
    const list = await service.get('/v1/consultations', APPLICANT, screened);
    expect(list.body.rows).toEqual([expect.objectContaining({ consultation: id, status: 'submitted' })]);
  });

  it('takes receipt, correction and answer, and screens the changed plan again', async () => {
    const shown = await page(id, REVIEWER);
    const received = await service.post(`${at}/receipt`, REVIEWER, { track: 'standard' }, seen(shown));
    expect(received.status).toBe(201);
    const items = [{ pointer: '/functions/1', text: '공유누리와 무엇이 다른지 밝히십시오.' }];
    const respondBy = new Date(Date.now() + 14 * 86_400_000).toISOString().slice(0, 10);
    const asked = await service.post(`${at}/correction-requests`, REVIEWER, { items, respondBy }, seen(received));
    expect(asked.status).toBe(201);
    const waiting = await service.get(at, APPLICANT, after(asked));
    expect(waiting.body).toMatchObject({ status: 'awaiting-applicant', holder: 'applicant' });

    const plan = {
      ...PLAN,
      title: '수원시 시설 대장 정비와 공유누리 연계',
      functions: ['시설 대장 정비', '공유누리 연계'],
      budgetKrw: 90_000_000,
    };
    const answers = [{ number: 1, answer: '예약과 결제를 빼고 공유누리를 씁니다.' }];
    const answered = await service.post(`${at}/correction-requests/1/response`, APPLICANT, { answers, plan }, seen(waiting));
    expect(answered.status).toBe(201);
    const { body } = await page(id, REVIEWER, ({ finding }) => finding?.planVersion === 2);
    expect(body.plan).toMatchObject({ version: 2, content: { budgetKrw: 90_000_000 } });
    expect(body.earlierPlans).toHaveLength(1);
    expect(body.corrections[0].items[0].answer).toBe('예약과 결제를 빼고 공유누리를 씁니다.');
  });

  it('is decided in two pairs of eyes on a recorded basis, and the applicant sees it from the letter on', async () => {
    let shown = await page(id, REVIEWER);
    for (const candidate of shown.body.unsettled) {
      const body = { relation: 'SHOULD_LINK', reason: '연계하기로 하였음.' };
      await service.post(`${at}/overlaps/${candidate}/confirmation`, REVIEWER, body, seen(shown));
      shown = await page(id, REVIEWER, ({ unsettled }) => !unsettled.includes(candidate));
    }
    const decision = {
      outcome: 'PROCEED_CONDITIONALLY',
      reasons: '연계하기로 하였으므로 조건부로 추진함.',
      opinions: OPINIONS,
      conditions: [{ code: 'link', dueOn: inDays(300), candidate: 'share-nuri' }],
    };
    const proposed = await service.post(`${at}/decisions`, REVIEWER, decision, seen(shown));
    expect(proposed.status).toBe(201);
    const hidden = await service.get(at, APPLICANT, after(proposed));
    expect(hidden.body).toMatchObject({ status: 'under-review', proposals: [], decision: null });
    expect(
      (await service.get(`${at}/timeline`, APPLICANT, after(proposed))).body.rows.map((row: { type: string }) => row.type),
    ).not.toContain('decision-proposed');

    const refused = await service.post(`${at}/decisions/1/approval`, REVIEWER, undefined, seen(proposed));
    expect(refused).toMatchObject({ status: 403, body: { code: 'role-required' } });
    const approved = await service.post(`${at}/decisions/1/approval`, APPROVER, undefined, seen(proposed));
    expect(approved.status).toBe(201);
    const letter = { proposal: 1, documentNumber: '디지털정책담당관-1234' };
    const notified = await service.post(`${at}/notification`, REVIEWER, letter, seen(approved));
    expect(notified.status).toBe(201);
    const told = await service.get(at, APPLICANT, after(notified));
    expect(told.body).toMatchObject({
      status: 'follow-up',
      letter: { documentNumber: '디지털정책담당관-1234', outcome: 'PROCEED_CONDITIONALLY' },
    });
    expect(told.body.proposals).toHaveLength(1);
  });

  it('can be replayed by an auditor: the page the decider saw has the recorded hash', async () => {
    const now = await service.get(at, AUDITOR);
    const { position, viewHash } = now.body.decision.basis;
    const then = await service.get(`${at}?asOf=${position}`, AUDITOR);
    expect(then.body.status).toBe('under-review');
    const { contentHash } = await import('@sajeon/event-store');
    const { revision: _, position: __, ...document } = then.body;
    expect(contentHash(document)).toBe(viewHash);

    const history = await service.get(`${at}/timeline`, AUDITOR);
    expect(history.body.rows.map((row: { type: string }) => row.type)).toEqual(
      expect.arrayContaining([
        'consultation-drafted',
        'overlap-screened',
        'correction-requested',
        'decision-approved',
        'result-notified',
      ]),
    );
    expect((await service.get(`${at}?asOf=2020-01-01`, AUDITOR)).status).toBe(404);
    expect(await service.get(`${at}?asOf=yesterday`, AUDITOR)).toMatchObject({ status: 400, body: { code: 'invalid-moment' } });
  });
});

describe('overlap among pending plans', () => {
  it('names a plan that another agency has filed, and not the plan’s own earlier filing', async () => {
    const mine = {
      ...PLAN,
      title: '전세피해 상담 예약 시스템',
      purpose: '전세사기 피해자의 상담을 예약받아 법률 지원과 잇는다',
      functions: ['피해 상담 예약', '법률 지원 연결'],
      data: ['피해 신고서'],
    };
    const first = await filed(mine);
    const project = await service.post('/v1/projects', NEIGHBOUR, { plan: { ...mine, title: '전세사기 피해 상담 예약 서비스' } });
    const drafted = await service.post('/v1/consultations', NEIGHBOUR, { project: project.body.id });
    await service.post(`/v1/consultations/${drafted.body.id}/submission`, NEIGHBOUR, undefined, seen(drafted));
    const { body } = await page(drafted.body.id, REVIEWER, ({ finding }) => finding !== null);
    expect(body.finding.candidates[0]).toMatchObject({ id: first, kind: 'plan', agency: '수원시' });
    expect(body.finding.candidates.map((candidate: { id: string }) => candidate.id)).not.toContain(drafted.body.id);
  });

  it('shows the same ranking privately before anything is filed, and records nothing', async () => {
    const store = service.app.get(EventStore);
    const before = await store.head();
    const check = await service.post('/v1/self-checks', APPLICANT, PLAN);
    expect(check).toMatchObject({
      status: 200,
      body: { candidates: expect.arrayContaining([expect.objectContaining({ id: 'share-nuri' })]) },
    });
    expect(await store.head()).toBe(before);
  });
});

describe('a plan beside a candidate', () => {
  it('is compared function by function, by those who may see the case; a pending plan of another agency is not laid open to its competitor', async () => {
    const first = await filed();
    await page(first, REVIEWER, ({ finding }) => finding !== null);
    const again = await filed({ ...PLAN, title: `${PLAN.title} 2단계` });
    const { body } = await page(again, REVIEWER, ({ finding }) => finding !== null);
    const at = `/v1/consultations/${again}/overlaps`;
    const compared = await service.get(`${at}/share-nuri/comparison`, APPLICANT);
    expect(compared).toMatchObject({
      status: 200,
      body: {
        name: '공유누리',
        planFunctions: PLAN.functions,
        candidateFunctions: SYSTEM.functions,
        inventoryPosition: body.finding.inventoryPosition,
        level: { plan: 'local', candidate: SYSTEM.level, relation: 'CANDIDATE_ABOVE' },
        region: { relation: 'NATIONWIDE' },
        channels: { plan: expect.arrayContaining(['WEB']) },
        budget: { planKrw: PLAN.budgetKrw, candidateKrw: null },
      },
    });
    expect(compared.body.functions).toHaveLength(PLAN.functions.length);
    for (const row of compared.body.functions) expect(row).toHaveLength(SYSTEM.functions.length);
    expect(Math.max(...compared.body.functions.flat())).toBeGreaterThan(0.5);
    // The log-odds that the signals add up to are the very ones that the probability tells.
    const odds = compared.body.signals.reduce(
      (sum: number, { logOdds }: { logOdds: number }) => sum + logOdds,
      compared.body.bias,
    );
    expect(1 / (1 + Math.exp(-odds))).toBeCloseTo(compared.body.probability, 3);
    expect(await service.get(`${at}/${first}/comparison`, REVIEWER)).toMatchObject({
      status: 200,
      body: { level: { relation: 'SAME_AGENCY' }, budget: { planKrw: PLAN.budgetKrw, candidateKrw: PLAN.budgetKrw } },
    });
    expect(await service.get(`${at}/${first}/comparison`, APPLICANT)).toMatchObject({
      status: 403,
      body: { code: 'pending-plan-of-another-agency' },
    });
    expect((await service.get(`${at}/share-nuri/comparison`, NEIGHBOUR)).status).toBe(404);
    expect((await service.get(`${at}/nobody/comparison`, REVIEWER)).status).toBe(404);
  });
});

describe('who may see a case', () => {
  it('answers the same for a case of another agency and a case that does not exist', async () => {
    const id = await filed();
    const foreign = await service.get(`/v1/consultations/${id}`, NEIGHBOUR);
    const missing = await service.get('/v1/consultations/0000000000', NEIGHBOUR);
    const { instance: a, requestId: b, ...one } = foreign.body;
    const { instance: c, requestId: d, ...other } = missing.body;
    expect([a, b, c, d].every(Boolean)).toBe(true);
    expect(one).toEqual(other);
    expect(foreign.status).toBe(404);
    for (const path of ['/timeline', '?asOf=1'])
      expect((await service.get(`/v1/consultations/${id}${path}`, NEIGHBOUR)).status).toBe(404);
    const act = await service.post(`/v1/consultations/${id}/withdrawal`, NEIGHBOUR, { reason: '남의 것' }, { 'if-match': '"1"' });
    expect(act.status).toBe(404);
  });

  it('keeps a draft from the authority until it is filed', async () => {
    const project = await service.post('/v1/projects', APPLICANT, { plan: PLAN });
    const drafted = await service.post('/v1/consultations', APPLICANT, { project: project.body.id });
    expect((await service.get(`/v1/consultations/${drafted.body.id}`, REVIEWER, after(drafted))).status).toBe(404);
    expect((await service.get(`/v1/consultations/${drafted.body.id}`, APPLICANT, after(drafted))).status).toBe(200);
    const queue = await service.get('/v1/consultations/queue', REVIEWER, after(drafted));
    expect(queue.body.rows.map((row: { consultation: string }) => row.consultation)).not.toContain(drafted.body.id);
  });

  it('asks who you are', async () => {
    const anonymous = await service.ask('GET', '/v1/consultations');
    expect(anonymous).toMatchObject({ status: 401, body: { code: 'not-identified' }, headers: { 'www-authenticate': 'Bearer' } });
    expect((await service.get('/v1/consultations', 'made-up')).status).toBe(401);
    for (const open of ['/livez', '/readyz', '/metrics']) expect((await service.ask('GET', open)).status).toBe(200);
  });
});

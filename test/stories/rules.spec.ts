import { addDays, legalDateOf, sampleRules } from '@sajeon/domain';
import { after, PLAN, seen, Service, type Answer } from './service.js';

const APPLICANT = 'demo-suwon';
const NEIGHBOUR = 'demo-seongnam';
const REVIEWER = 'demo-gyeonggi-reviewer';
const ADMIN = 'demo-admin';
const RULES = '/v1/rule-sets/national';
const today = legalDateOf(new Date().toISOString());
const { id: _, ...content } = sampleRules;

let service: Service;
beforeAll(async () => (service = await Service.start()));
afterAll(() => service.stop());

async function filed(plan = PLAN): Promise<{ at: string; submitted: Answer }> {
  const project = await service.post('/v1/projects', APPLICANT, { plan });
  const drafted = await service.post('/v1/consultations', APPLICANT, { project: project.body.id });
  const at = `/v1/consultations/${drafted.body.id}`;
  return { at, submitted: await service.post(`${at}/submission`, APPLICANT, undefined, seen(drafted)) };
}

/** The view follows the filing, and the revision moves when the screening policy records its finding. */
async function received(at: string): Promise<Answer> {
  for (let tries = 0; ; tries++) {
    const shown = await service.get(at, REVIEWER);
    const answer = await service.post(`${at}/receipt`, REVIEWER, { track: 'standard' }, seen(shown));
    if (answer.status === 201 || tries === 200) return answer;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

const asked = {
  kind: 'enhancement',
  isNew: false,
  hasNewFunctions: false,
  resultsFromIsp: false,
  ownIncomeOnly: false,
  softwareDevelopmentKrw: 0,
};

describe('the clock of a case', () => {
  let at: string;
  let receipt: Answer;
  beforeAll(async () => {
    ({ at } = await filed());
    expect(await service.get(`${at}/clock`, APPLICANT)).toMatchObject({ status: 409, body: { code: 'not-received' } });
    receipt = await received(at);
    expect(receipt.status).toBe(201);
  });

  it('starts at receipt by the rules in force, which stay with the case', async () => {
    const { body } = await service.get(at, REVIEWER, after(receipt));
    const { body: clock } = await service.get(`${at}/clock`, REVIEWER);
    expect(clock).toMatchObject({
      ...{
        state: 'running',
        receivedOn: today,
        given: 30,
        used: 0,
        severity: 'ample',
        authorityHeldDays: 0,
        applicantHeldDays: 0,
      },
      ...{ dueOn: body.received.dueOn, ruleSet: body.received.ruleSet },
    });
    expect(clock.ruleSet).toMatch(/^national-1-sample@/);
    expect(clock.dueOn >= addDays(today, 30)).toBe(true);
    expect(clock.days).toEqual([
      expect.objectContaining({ date: today, used: 0, why: expect.objectContaining({ ko: '접수일(첫날은 세지 않음)' }) }),
    ]);
  });

  it('is told as of any day, with every day explained, warnings and forecast', async () => {
    const { body } = await service.get(`${at}/clock?asOf=${addDays(today, 12)}`, APPLICANT);
    expect(body).toMatchObject({ used: 12, remaining: 18, severity: 'ample', overdueDays: 0 });
    expect(body.text.ko).toMatch(/^30일 중 12일 사용, 기한 /);
    expect(body.days).toHaveLength(13);
    expect(body.days.at(-1).used).toBe(12);
    expect(body.warnings).toEqual([
      { share: 0.5, on: addDays(today, 15) },
      { share: 0.8, on: addDays(today, 24) },
    ]);
    expect(body.forecast.breachOn).toBe(addDays(body.dueOn, 1));
    const late = await service.get(`${at}/clock?asOf=${addDays(body.dueOn, 2)}`, APPLICANT);
    expect(late.body).toMatchObject({ severity: 'overdue', overdueDays: 2 });
  });

  it('stops while the applicant has to answer, and keeps the days apart', async () => {
    const items = [{ pointer: '', text: '연계 계획을 더하십시오.' }];
    const respondBy = addDays(today, 14);
    let stopped: Answer;
    do {
      const shown = await service.get(at, REVIEWER);
      stopped = await service.post(`${at}/correction-requests`, REVIEWER, { items, respondBy }, seen(shown));
    } while (stopped.status === 412 || stopped.status === 400);
    expect(stopped.status).toBe(201);
    const { body } = await service.get(`${at}/clock?asOf=${addDays(today, 5)}`, APPLICANT);
    expect(body).toMatchObject({ state: 'paused', used: 0, applicantHeldDays: 5 });
    expect(body.text.ko).toContain('보완 5일 정지');
    expect(body.dueIfAnsweredInTime > body.dueOn).toBe(true);
    expect(body.days.at(-1)).toMatchObject({ holder: 'applicant', why: { ko: '1차 보완 기간(세지 않음)' } });
  });

  it('is for those who may see the case, and for days that exist', async () => {
    expect((await service.get(`${at}/clock`, 'demo-auditor')).status).toBe(200);
    for (const url of [`${at}/clock`, '/v1/consultations/0000000000/clock']) {
      expect(await service.get(url, NEIGHBOUR)).toMatchObject({ status: 404, body: { code: 'not-found' } });
    }
    expect(await service.get(`${at}/clock?asOf=2026-02-30`, APPLICANT)).toMatchObject({
      status: 400,
      body: { code: 'invalid-date' },
    });
    expect(await service.get(`${at}/clock?asOf=2020-01-01`, APPLICANT)).toMatchObject({
      status: 409,
      body: { code: 'not-received' },
    });
  });

  it('moves its last day when a temporary holiday is announced', async () => {
    const { at: other } = await filed({ ...PLAN, title: '수원시 도로대장 전산화' });
    await received(other);
    const { dueOn } = (await service.get(`${other}/clock`, REVIEWER)).body;
    const holiday = { date: dueOn, name: '임시공휴일', source: '관보 제20000호', announcedOn: today };
    expect((await service.post('/v1/holidays', REVIEWER, holiday)).status).toBe(403);
    const entered = await service.post('/v1/holidays', ADMIN, holiday);
    expect(entered.status).toBe(201);
    expect((await service.get(`${other}/clock`, REVIEWER)).body.dueOn > dueOn).toBe(true);
    const { body } = await service.get(`/v1/holidays?year=${dueOn.slice(0, 4)}`, APPLICANT);
    expect(body.gazetted).toEqual([holiday]);
    expect(body.holidays).toContainEqual({ date: dueOn, name: '임시공휴일', kind: 'gazetted' });

    expect(await service.post('/v1/holidays', ADMIN, { ...holiday, name: '선거일' })).toMatchObject({
      status: 409,
      body: { code: 'already-gazetted' },
    });
    const mistake = { holiday: null, reason: '다음 해의 날짜였다.' };
    expect((await service.post(`/v1/holidays/${dueOn}/correction`, ADMIN, mistake, seen(entered))).status).toBe(201);
    expect((await service.get(`${other}/clock`, REVIEWER)).body.dueOn).toBe(dueOn);
  });
});

describe('whether a project has to be consulted', () => {
  it('is answered for any day with the rule, its dates and its source', async () => {
    const ask = (more: object) => service.post('/v1/eligibility', APPLICANT, { ...asked, totalBudgetKrw: 60_000_000, ...more });
    const then = await ask({ on: '2017-12-31' });
    expect(then.body).toMatchObject({
      ...{ target: 'target', track: 'standard', facts: { tier: 'BASIC_LOCAL' } },
      reasons: [{ rule: 'threshold-basic-2010', from: '2010-01-01', to: '2018-02-07', source: expect.any(String) }],
    });
    expect((await ask({ on: '2024-01-01' })).body).toMatchObject({ target: 'exempt', track: null });
    expect((await ask({ isNew: true, isDisasterSafety: true })).body).toMatchObject({ target: 'target', track: 'fast' });
    expect((await ask({ totalBudgetKrw: null })).body).toMatchObject({ target: 'unknown', missing: ['totalBudgetKrw'] });
    expect((await ask({ agency: 'gyeonggi', totalBudgetKrw: 200_000_000 })).body.facts.tier).toBe('METROPOLITAN');
    expect(await ask({ on: '2009-01-01' })).toMatchObject({ status: 409, body: { code: 'no-rule-in-force' } });
    expect(await ask({ kind: 'game' })).toMatchObject({ status: 400, body: { code: 'invalid-request' } });
  });

  it('is recorded for one’s own project with what was stated and the rule set', async () => {
    const project = await service.post('/v1/projects', APPLICANT, { plan: PLAN });
    const at = `/v1/projects/${project.body.id}`;
    const question = { ...asked, totalBudgetKrw: 780_000_000 };
    const recorded = await service.post(`${at}/eligibility-assessments`, APPLICANT, question, seen(project));
    expect(recorded.status).toBe(201);
    const { body } = await service.get(`${at}/eligibility-assessments`, APPLICANT);
    expect(body.assessments).toEqual([
      expect.objectContaining({
        target: 'target',
        ruleSet: expect.stringMatching(/^national-1/),
        facts: expect.objectContaining(question),
      }),
    ]);
    // The list moves on with it: its ETag is good for the next change.
    const shown = await service.get(at, APPLICANT, after(recorded));
    expect(shown.headers['etag']).toBe(recorded.headers['etag']);
    expect((await service.post(`${at}/abandonment`, APPLICANT, { reason: '예산 미확보' }, seen(shown))).status).toBe(201);

    expect((await service.post(`${at}/eligibility-assessments`, NEIGHBOUR, question, seen(recorded))).status).toBe(404);
    expect((await service.get(`${at}/eligibility-assessments`, NEIGHBOUR)).status).toBe(404);
  });
});

describe('the questions of the wizard', () => {
  it('come from the rules of the day, with why each is asked and by which rule', async () => {
    const { body } = await service.get('/v1/eligibility/questions', APPLICANT);
    expect(body).toMatchObject({ on: today, tier: 'BASIC_LOCAL', ruleSet: expect.stringMatching(/^national-1-sample@/) });
    const facts = (questions: readonly { fact: string }[]) => questions.map(({ fact }) => fact);
    expect(facts(body.questions)).toEqual(expect.arrayContaining(['kind', 'isNew', 'totalBudgetKrw', 'isDisasterSafety']));
    expect(body.questions[0]).toMatchObject({
      fact: 'kind',
      answer: 'choice',
      why: { ko: expect.any(String), en: expect.any(String) },
    });
    expect(body.questions[0].choices).toContainEqual({
      value: 'isp',
      text: expect.objectContaining({ ko: '정보화전략계획(ISP)' }),
    });
    const before = (await service.get('/v1/eligibility/questions?on=2017-12-31', APPLICANT)).body;
    expect(facts(before.questions)).toEqual(['kind', 'totalBudgetKrw']);
    expect(before.questions[1].rules).toMatchObject([{ rule: 'threshold-basic-2010', to: '2018-02-07' }]);
    expect((await service.get('/v1/eligibility/questions?on=2026-02-30', APPLICANT)).status).toBe(400);
  });
});

describe('the rules', () => {
  const raised = {
    ...content,
    thresholds: content.thresholds.flatMap((rule) =>
      rule.id === 'threshold-basic-2024'
        ? [
            { ...rule, to: addDays(today, 9) },
            {
              ...rule,
              id: 'threshold-basic-next',
              from: addDays(today, 10),
              source: '지침 개정',
              value: { ...rule.value, krw: 1_000_000_000 },
            },
          ]
        : [rule],
    ),
  };

  it('are shown for a day, marked as a sample', async () => {
    const { body } = await service.get(RULES, APPLICANT);
    expect(body).toMatchObject({ on: today, versions: [{ version: 1, effectiveFrom: '2010-01-01', sample: true }] });
    expect(body.content.reviewDays).toEqual(content.reviewDays);
    expect((await service.get(`${RULES}?on=2018-02-08`, APPLICANT)).body.ruleSet).toBe('national-1-sample@2018-02-08');
    expect((await service.get(`${RULES}?on=2009-12-31`, APPLICANT)).status).toBe(404);
    expect((await service.get('/v1/rule-sets/other', APPLICANT)).status).toBe(404);
  });

  it('can be tried out before they are adopted, on what has been assessed', async () => {
    const project = await service.post('/v1/projects', APPLICANT, { plan: PLAN });
    const question = { ...asked, totalBudgetKrw: 780_000_000 };
    const at = `/v1/projects/${project.body.id}/eligibility-assessments`;
    const recorded = await service.post(at, APPLICANT, question, seen(project));
    await service.get(`/v1/projects/${project.body.id}`, APPLICANT, after(recorded));
    const draft = { content: raised, on: addDays(today, 10) };
    const { status, body } = await service.post('/v1/rule-sets/simulations', ADMIN, draft);
    expect(status).toBe(200);
    expect(body.changes).toContainEqual(
      expect.objectContaining({ project: project.body.id, was: expect.objectContaining({ target: 'target' }) }),
    );
    expect(body.changes.every(({ wouldBe }: Answer['body']) => wouldBe.target === 'exempt')).toBe(true);
    expect(body.judged).toBeGreaterThanOrEqual(body.changes.length);
    expect((await service.post('/v1/rule-sets/simulations', ADMIN, { ...draft, content })).body.changes).toEqual([]);
    expect((await service.post('/v1/rule-sets/simulations', APPLICANT, draft)).status).toBe(403);
    const broken = { ...draft, content: { ...raised, warnings: 3 } };
    expect(await service.post('/v1/rule-sets/simulations', ADMIN, broken)).toMatchObject({
      ...{ status: 400, body: { errors: [{ pointer: '/content/warnings' }] } },
    });
  });

  it('show what a draft would have changed for cases that were received: days, due date and what is asked', async () => {
    const { at } = await filed({ ...PLAN, title: '수원시 공유주차 안내 서비스' });
    const id = at.split('/').at(-1);
    const receipt = await received(at);
    const shorter = {
      ...content,
      reviewDays: content.reviewDays.map((rule) =>
        rule.id === 'days-standard' ? { ...rule, value: { ...rule.value, days: 20 } } : rule,
      ),
    };
    const draft = { content: shorter, on: today };
    const { body } = await service.post('/v1/rule-sets/simulations', ADMIN, draft, after(receipt));
    expect(body.casesJudged).toBeGreaterThan(0);
    expect(body.caseChanges).toContainEqual(
      expect.objectContaining({
        ...{ consultation: id, title: '수원시 공유주차 안내 서비스', changed: ['dueOn', 'days'] },
        ...{ was: expect.objectContaining({ days: 30 }), wouldBe: expect.objectContaining({ days: 20 }) },
      }),
    );
    expect((await service.post('/v1/rule-sets/simulations', ADMIN, { content, on: today })).body.caseChanges).toEqual([]);
  });

  it('are told version by version, also as they were on record before', async () => {
    const { body } = await service.get(`${RULES}/versions`, APPLICANT);
    expect(body.versions[0]).toMatchObject({
      ...{ version: 1, effectiveFrom: '2010-01-01', sample: true, withdrawnAt: null },
      by: { agency: 'mois' },
    });
    expect((await service.get(`${RULES}/versions?asOf=2009-12-31`, APPLICANT)).status).toBe(404);
  });

  it('change from a later day on, by an administrator, with a source, and can be taken back until then', async () => {
    const shown = await service.get(RULES, ADMIN);
    const change = { effectiveFrom: addDays(today, 10), source: '지침 개정', content: raised };
    const amend = (as: string, more: object) => service.post(`${RULES}/amendments`, as, { ...change, ...more }, seen(shown));
    expect((await amend(REVIEWER, {})).status).toBe(403);
    expect(await amend(ADMIN, { effectiveFrom: today })).toMatchObject({
      status: 409,
      body: { code: 'takes-effect-in-the-past' },
    });
    expect(await amend(ADMIN, { effectiveFrom: addDays(today, 11) })).toMatchObject({
      status: 409,
      body: { code: 'changes-the-past' },
    });
    expect(await amend(ADMIN, { source: '' })).toMatchObject({ status: 400, body: { code: 'required' } });
    const amended = await amend(ADMIN, {});
    expect(amended.status).toBe(201);
    const then = (await service.get(`${RULES}?on=${addDays(today, 10)}`, ADMIN)).body;
    expect(then).toMatchObject({ ruleSet: `national-2@${addDays(today, 10)}`, versions: [{ version: 1 }, { version: 2 }] });
    const question = { ...asked, totalBudgetKrw: 780_000_000 };
    const judged = async (on: string) => (await service.post('/v1/eligibility', APPLICANT, { ...question, on })).body.target;
    expect([await judged(addDays(today, 9)), await judged(addDays(today, 10))]).toEqual(['target', 'exempt']);

    const back = { version: 2, reason: '개정 시행이 미뤄졌다.' };
    const withdrawn = await service.post(`${RULES}/withdrawal`, ADMIN, back, seen(amended));
    expect(withdrawn.status).toBe(201);
    expect(await judged(addDays(today, 10))).toBe('target');
    const first = { version: 1, reason: '표본을 지운다.' };
    expect(await service.post(`${RULES}/withdrawal`, ADMIN, first, seen(withdrawn))).toMatchObject({
      ...{ status: 409, body: { code: 'already-in-effect' } },
    });
  });
});

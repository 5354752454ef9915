import { randomUUID } from 'node:crypto';
import { happened } from '@sajeon/domain/testing';
import { EventStore, type JsonObject } from '@sajeon/event-store';
import { after, OPINIONS, PLAN, seen, Service, type Answer } from './service.js';

const APPLICANT = 'demo-suwon';
const NEIGHBOUR = 'demo-seongnam';
const REVIEWER = 'demo-gyeonggi-reviewer';
const APPROVER = 'demo-gyeonggi-approver';
const DIRECTOR = 'demo-gyeonggi-director';
const AUDITOR = 'demo-auditor';

let service: Service;
let letters = 0;
beforeAll(async () => (service = await Service.start()));
afterAll(() => service.stop());

/** Until the page shows it; the wait is for the policy that screens, which no receipt covers. */
async function until(url: string, as: string, ready: (body: Answer['body']) => boolean = () => true): Promise<Answer> {
  for (let tries = 0; ; tries++) {
    const answer = await service.get(url, as);
    if ((answer.status === 200 && ready(answer.body)) || tries === 400) return answer;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
const at = (id: string, ...more: readonly string[]): string => ['/v1/consultations', id, ...more].join('/');
const page = (id: string, as = AUDITOR): Promise<Answer> => until(at(id), as);

/** Does it on what the case shows now, and expects it to be recorded. */
async function act(id: string, as: string, path: string, body?: unknown): Promise<Answer> {
  const answer = await service.post(at(id, path), as, body, seen(await page(id)));
  expect(answer).toMatchObject({ status: 201 });
  return service.get(at(id), AUDITOR, after(answer));
}

async function refused(id: string, as: string, path: string, body?: unknown): Promise<string> {
  const { status, body: problem } = await service.post(at(id, path), as, body, seen(await page(id)));
  expect([400, 403, 409]).toContain(status);
  return problem.code;
}

async function planned(plan = PLAN): Promise<string> {
  return (await service.post('/v1/projects', APPLICANT, { plan })).body.id;
}

/** Filed, screened and received. */
async function underReview(project: string, previousConsultation?: string): Promise<string> {
  const drafted = await service.post('/v1/consultations', APPLICANT, { project, previousConsultation });
  expect(drafted).toMatchObject({ status: 201 });
  const { id } = drafted.body;
  await until(at(id), APPLICANT);
  await act(id, APPLICANT, 'submission');
  const screened = await until(at(id), REVIEWER, ({ finding }) => finding !== null);
  await act(id, REVIEWER, 'receipt', { track: 'standard' });
  // The other stories' plans are pending too, and read alike.
  for (const candidate of screened.body.unsettled) {
    await act(id, REVIEWER, `overlaps/${candidate}/dismissal`, { relation: 'UNRELATED', reason: '다른 사업이다.' });
  }
  return id;
}

/** Proposed, approved and notified under a number of its own, which is returned. */
async function decided(id: string, decision: object, proposal = 1): Promise<string> {
  await act(id, REVIEWER, 'decisions', { reasons: '검토한 대로 결정함.', opinions: OPINIONS, ...decision });
  await act(id, APPROVER, `decisions/${proposal}/approval`);
  const documentNumber = `디지털정책담당관-${++letters}`;
  await act(id, REVIEWER, 'notification', { proposal, documentNumber });
  return documentNumber;
}

/** A letter that went out long ago: no day that has passed can be put into one of today. */
async function decidedInJanuary(id: string): Promise<void> {
  const [proposed, approved, notified] = [happened.proposed(), happened.approved(), happened.notified()];
  const on = (person: string, time: string) => ({ by: { person, agency: 'gyeonggi' }, at: `2026-01-02T${time}Z` });
  const decision = {
    outcome: 'PROCEED_CONDITIONALLY',
    conditions: [{ ...LINK, number: 1, text: '공유누리와 연계할 것', owner: '수원시', candidate: null, dueOn: '2026-01-05' }],
  };
  const letter = { ...decision, documentNumber: `디지털정책담당관-${++letters}` };
  for (const { type, data } of [
    { ...proposed, data: { ...proposed.data, ...on('p-1', '01:00:00'), ...decision } },
    { ...approved, data: { ...approved.data, ...on('p-2', '02:00:00') } },
    { ...notified, data: { ...notified.data, ...on('p-1', '03:00:00'), ...letter } },
  ]) {
    // Domain events are plain JSON.
    const event = { id: randomUUID(), type, data: data as unknown as JsonObject, metadata: { schema: '1', actor: 'p-1' } };
    await service.app.get(EventStore).append(`consultation-${id}`, 'any', [event]);
  }
}

const LINK = { code: 'link', dueOn: '2099-09-30', evidence: ['연계 협약', '연계 시험 결과서'] };
const conditional = { outcome: 'PROCEED_CONDITIONALLY', conditions: [LINK] };

describe('a decision', () => {
  it('is made on the whole checklist and in the words of the library, as the rules of the case have them', async () => {
    const id = await underReview(await planned());
    const rules = await service.get(at(id, 'decision-rules'), REVIEWER);
    expect(rules.body.checklist).toHaveLength(13);
    expect(rules.body.conditions.map(({ code }: { code: string }) => code)).toEqual(['link', 'refer', 'use-data']);

    const proposal = { outcome: 'PROCEED_CONDITIONALLY', reasons: '', opinions: OPINIONS, conditions: [{ code: 'link' }] };
    expect(await refused(id, REVIEWER, 'decisions', { ...proposal, opinions: OPINIONS.slice(1) })).toBe('checklist-incomplete');
    expect(await refused(id, REVIEWER, 'decisions', { ...proposal, outcome: 'PROCEED', conditions: [] })).toBe(
      'opinion-against-outcome',
    );
    expect(await refused(id, REVIEWER, 'decisions', { ...proposal, conditions: [{ text: '따로' }] })).toBe(
      'condition-without-code',
    );
    const { body } = await act(id, REVIEWER, 'decisions', proposal);
    expect(body.proposals[0]).toMatchObject({
      opinions: expect.arrayContaining([
        expect.objectContaining({ item: 2, name: { ko: '유사·중복성', en: expect.any(String) } }),
      ]),
      conditions: [
        { code: 'link', text: expect.stringContaining('연계'), owner: '수원시', evidence: ['연계 협약 또는 연계 설계서'] },
      ],
    });
  });

  it('loses its approval when the applicant is asked again before the letter, and is approved anew', async () => {
    const id = await underReview(await planned());
    await act(id, REVIEWER, 'decisions', { ...conditional, reasons: '', opinions: OPINIONS });
    await act(id, APPROVER, 'decisions/1/approval');
    const items = [{ pointer: '/budgetKrw', text: '예산의 근거를 적으십시오.' }];
    const asked = await act(id, REVIEWER, 'correction-requests', { items });
    expect(asked.body).toMatchObject({
      ...{ status: 'awaiting-applicant', decision: null },
      proposals: [{ approved: { by: { agency: 'gyeonggi' } }, invalidated: { because: 'asked-again' } }],
    });
    await act(id, APPLICANT, 'correction-requests/1/response', { answers: [{ number: 1, answer: '견적에 따름' }] });
    expect(await refused(id, REVIEWER, 'notification', { proposal: 1, documentNumber: '디지털정책담당관-9999' })).toBe(
      'wrong-phase',
    );
    await decided(id, conditional, 2);
    const told = (await service.get(at(id, 'timeline'), APPLICANT)).body.rows.map((row: { type: string }) => row.type);
    expect(told).toContain('approval-invalidated');
  });

  it('goes out under a number that no other letter has', async () => {
    const first = await underReview(await planned());
    const number = await decided(first, conditional);
    const second = await underReview(await planned());
    await act(second, REVIEWER, 'decisions', { ...conditional, reasons: '', opinions: OPINIONS });
    await act(second, APPROVER, 'decisions/1/approval');
    for (const documentNumber of [number, `${number}(2026.12.21.)`]) {
      expect(await refused(second, REVIEWER, 'notification', { proposal: 1, documentNumber })).toBe('document-number-taken');
    }
    const sent = await act(second, REVIEWER, 'notification', { proposal: 1, documentNumber: `디지털정책담당관-${++letters}` });
    expect(sent.body.letter).toMatchObject({ documentNumber: `디지털정책담당관-${letters}` });
  });
});

describe('an objection', () => {
  it('amends the decision by the same two pairs of eyes, erases nothing, and shows the applicant nothing before the new letter', async () => {
    const id = await underReview(await planned());
    const first = await decided(id, { outcome: 'HOLD', reasons: '공유누리와 중복됨' });
    const objected = await act(id, APPLICANT, 'objections', { grounds: '공유누리는 현장 결제를 다루지 않는다.' });
    expect(objected.body).toMatchObject({
      status: 'objection',
      holder: 'authority',
      objections: [{ letter: first, decided: null }],
    });
    expect(await refused(id, APPROVER, 'objections/1/upholding', { reason: '그렇다.' })).toBe('own-decision');
    await act(id, DIRECTOR, 'objections/1/upholding', { reason: '현장 결제가 없음을 확인하였다.' });

    await act(id, REVIEWER, 'decisions', { ...conditional, reasons: '연계하면 된다.', opinions: OPINIONS });
    expect(await refused(id, REVIEWER, 'decisions/2/approval')).toBe('role-required');
    const shown = await service.get(at(id), APPLICANT);
    expect(shown.body).toMatchObject({ status: 'under-review', letter: { documentNumber: first, outcome: 'HOLD' } });
    expect(shown.body.proposals.map(({ proposal }: { proposal: number }) => proposal)).toEqual([1]);
    const types = async (as: string): Promise<string[]> =>
      (await service.get(at(id, 'timeline'), as, after(shown))).body.rows.map(({ type }: { type: string }) => type);
    expect((await types(APPLICANT)).filter((type) => type === 'decision-proposed')).toHaveLength(1);
    expect((await types(REVIEWER)).filter((type) => type === 'decision-proposed')).toHaveLength(2);

    await act(id, APPROVER, 'decisions/2/approval');
    expect(await refused(id, REVIEWER, 'notification', { proposal: 2, documentNumber: first })).toBe('document-number-taken');
    const second = `디지털정책담당관-${++letters}`;
    const amended = await act(id, REVIEWER, 'notification', { proposal: 2, documentNumber: second });
    expect(amended.body).toMatchObject({
      ...{ status: 'follow-up', letter: { documentNumber: second, amends: first } },
      earlierLetters: [{ documentNumber: first, outcome: 'HOLD' }],
      objections: [{ decided: { upheld: true } }],
      obligations: [{ condition: 1, status: 'open', owner: '수원시' }],
    });
    expect((await service.get(at(id), APPLICANT)).body.proposals).toHaveLength(2);

    // Anybody who holds either letter can ask whether it is genuine, and which one is in force.
    const open = async (url: string, ready: (body: Answer['body']) => boolean): Promise<Answer> => {
      for (let tries = 0; ; tries++) {
        const answer = await service.ask('GET', url);
        if ((answer.status === 200 && ready(answer.body)) || tries === 400) return answer;
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
    };
    for (const number of [first, second]) {
      const verified = await open(`/v1/public/letters/verification?number=${encodeURIComponent(number)}`, () => true);
      expect(verified.body).toMatchObject({ documentNumber: number, standing: number === second, applicantName: '수원시' });
      expect(verified.body.proof).toMatch(/^c2sp\.org\/tlog-proof@v1\n/);
    }
    expect((await service.ask('GET', '/v1/public/letters/verification?number=nowhere-1')).status).toBe(404);
    const register = await open('/v1/public/decisions', ({ rows }) =>
      rows.some(({ documentNumber }: { documentNumber: string }) => documentNumber === second),
    );
    const row = register.body.rows.find(({ documentNumber }: { documentNumber: string }) => documentNumber === second);
    expect(row).toMatchObject({ title: PLAN.title, authorityName: '경기도', outcome: 'PROCEED_CONDITIONALLY', amends: first });
    expect(JSON.stringify(register.body)).not.toContain('person-');
  });

  it('is dismissed with a reason and the letter stands', async () => {
    const id = await underReview(await planned());
    const letter = await decided(id, conditional);
    await act(id, APPLICANT, 'objections', { grounds: '이미 연계하였다.' });
    const { body } = await act(id, DIRECTOR, 'objections/1/dismissal', { reason: '연계한 기록이 없다.' });
    expect(body).toMatchObject({
      ...{ status: 'follow-up', letter: { documentNumber: letter } },
      objections: [{ decided: { upheld: false, reason: '연계한 기록이 없다.' } }],
    });
    expect(await refused(id, APPLICANT, 'objections', { grounds: '다시' })).toBe('objection-decided');
  });
});

describe('another round', () => {
  it('follows a hold with a revised plan, linked to the first, with the opinion of budget time taken along', async () => {
    const project = await planned();
    const asked = await service.post(`/v1/projects/${project}/preliminary-reviews`, APPLICANT, { fiscalYear: 2027 });
    expect(asked.status).toBe(201);
    const reviews = `/v1/projects/${project}/preliminary-reviews`;
    const waiting = await until(reviews, REVIEWER, ({ requests }) => requests[0].finding !== null);
    expect((await service.get(reviews, NEIGHBOUR)).status).toBe(404);
    const opinion = { verdict: 'ADJUST', text: '공유누리 활용을 먼저 검토할 것' };
    expect((await service.post(`${reviews}/1/opinion`, APPLICANT, opinion, seen(waiting))).body.code).toBe('role-required');
    const given = await service.post(`${reviews}/1/opinion`, REVIEWER, opinion, seen(waiting));
    expect(given.status).toBe(201);
    const list = await service.get('/v1/preliminary-reviews?fiscalYear=2027', REVIEWER, after(given));
    expect(list.body.rows).toMatchObject([{ project, status: 'answered', verdict: 'ADJUST' }]);
    expect((await service.get('/v1/preliminary-reviews', NEIGHBOUR, after(given))).body.rows).toEqual([]);

    const first = await underReview(project);
    expect((await page(first)).body.preliminaryReview).toMatchObject({ fiscalYear: 2027, ...opinion });
    expect((await service.post('/v1/consultations', APPLICANT, { project, previousConsultation: first })).body.code).toBe(
      'previous-round-stands',
    );
    const unlinked = async (): Promise<string> => (await service.post('/v1/consultations', APPLICANT, { project })).body.code;
    const revised = async (): Promise<Answer> =>
      service.post(
        `/v1/projects/${project}/plan-versions`,
        APPLICANT,
        { plan: { ...PLAN, title: '심사 중에 고친 계획' } },
        seen(await service.get(`/v1/projects/${project}`, APPLICANT)),
      );
    expect(await unlinked()).toBe('round-under-way');
    expect(await revised()).toMatchObject({ status: 409, body: { code: 'plan-under-consultation' } });
    await decided(first, { outcome: 'HOLD', reasons: '공유누리와 중복됨' });
    expect(await unlinked()).toBe('earlier-round-unnamed');
    expect((await revised()).status).toBe(201);
    const second = await underReview(project, first);
    expect((await page(second)).body.previousConsultation).toEqual({ consultation: first, round: 1, because: 'held' });
    const other = await planned();
    expect((await service.post('/v1/consultations', APPLICANT, { project: other, previousConsultation: first })).body.code).toBe(
      'another-project',
    );
    await decided(second, { outcome: 'HOLD', reasons: '여전히 중복됨' });
    const rounds = await service.get(at(second, 'rounds'), APPLICANT);
    expect(rounds.body.rounds).toMatchObject([
      { consultation: first, round: 1, outcome: 'HOLD', because: null },
      { consultation: second, round: 2, outcome: 'HOLD', because: 'held' },
    ]);
    const abandoned = await act(second, APPLICANT, 'abandonment', { reason: '공유누리를 쓰기로 하였다.' });
    expect(abandoned.body).toMatchObject({ status: 'closed', abandoned: { reason: '공유누리를 쓰기로 하였다.' } });
  });

  it('is needed when the decided plan changes materially, and is not when it does not', async () => {
    const project = await planned();
    const id = await underReview(project);
    await decided(id, conditional);
    expect((await service.post('/v1/consultations', APPLICANT, { project })).body.code).toBe('decision-stands');
    const small = { ...PLAN, users: ['시민', '관광객'] };
    const { body } = await act(id, APPLICANT, 'changes', { plan: small, reason: '관광객도 쓰게 한다.' });
    expect(body.changes).toMatchObject([{ change: 1, decidedVersion: 1, material: [] }]);
    expect((await service.post('/v1/consultations', APPLICANT, { project, previousConsultation: id })).body.code).toBe(
      'previous-round-stands',
    );
    const big = { ...small, functions: [...PLAN.functions, '앱으로 알림을 보낸다'], budgetKrw: 990_000_000 };
    const changed = await act(id, APPLICANT, 'changes', { plan: big, reason: '모바일 앱을 더한다.' });
    expect(changed.body.changes[1].material.map(({ kind }: { kind: string }) => kind)).toEqual([
      'budget-changes-by',
      'new-function',
      'new-app',
    ]);
    const again = await service.post('/v1/consultations', APPLICANT, { project, previousConsultation: id });
    expect((await service.get(at(again.body.id), APPLICANT, after(again))).body.previousConsultation).toMatchObject({
      because: 'material-change',
    });
    expect(await refused(id, REVIEWER, 'changes', { plan: big, reason: '남의 것' })).toBe('role-required');
  });
});

describe('a condition that goes overdue', () => {
  it('is marked by itself on the day after, answered by a demand for correction, and met with every piece of evidence', async () => {
    const id = await underReview(await planned());
    await decidedInJanuary(id);
    const late = await until(at(id), REVIEWER, ({ obligations }) => obligations?.[0].overdue === true);
    expect(late.body.obligations).toMatchObject([{ overdue: true, status: 'open' }]);

    const demand = { condition: 1, text: '연계를 마치고 결과를 낼 것', answerBy: '2099-01-05' };
    await act(id, REVIEWER, 'correction-demands', demand);
    expect(await refused(id, REVIEWER, 'correction-demands', { ...demand, text: '다시' })).toBe('demand-open');
    await act(id, APPLICANT, 'correction-demands/1/answer', { remedy: '1월까지 연계한다.', completeBy: '2099-01-29' });

    const result = { result: '연계했다.', evidence: [{ text: '협약서', requirement: 1 }] };
    expect(await refused(id, APPLICANT, 'conditions/1/results', result)).toBe('required-evidence-missing');
    const whole = { ...result, evidence: [...result.evidence, { text: '시험 결과서', requirement: 2 }] };
    await act(id, APPLICANT, 'conditions/1/results', whole);
    const closed = await act(id, REVIEWER, 'conditions/1/results/1/verification', { remarks: '확인함' });
    expect(closed.body).toMatchObject({
      status: 'closed',
      obligations: [{ status: 'fulfilled', demands: [{ answered: { remedy: '1월까지 연계한다.' } }] }],
    });
  });
});

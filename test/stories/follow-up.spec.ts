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
    if ((answer.status === 200 && ready(answer.body)) || tries === 400) return answer;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** Filed, screened and received. */
async function underReview(plan = PLAN): Promise<string> {
  const project = await service.post('/v1/projects', APPLICANT, { plan });
  const { body } = await service.post('/v1/consultations', APPLICANT, { project: project.body.id });
  const at = `/v1/consultations/${body.id}`;
  await act(body.id, APPLICANT, `${at}/submission`);
  await page(body.id, REVIEWER, ({ finding }) => finding !== null);
  await act(body.id, REVIEWER, `${at}/receipt`, { track: 'standard' });
  return body.id;
}

/** Does it on what the case shows now, and expects it to be recorded. */
async function act(id: string, as: string, url: string, body?: unknown): Promise<Answer> {
  const answer = await service.post(url, as, body, seen(await page(id, as)));
  expect(answer).toMatchObject({ status: 201 });
  await service.get(`/v1/consultations/${id}`, as, after(answer));
  return answer;
}

async function refused(id: string, as: string, url: string, body?: unknown): Promise<{ status: number; code: string }> {
  const { status, body: problem } = await service.post(url, as, body, seen(await page(id, REVIEWER)));
  return { status, code: problem.code };
}

async function decided(id: string, conditions: readonly object[]): Promise<void> {
  const at = `/v1/consultations/${id}`;
  const decision = { outcome: 'PROCEED_CONDITIONALLY', reasons: '연계를 조건으로 추진함.', opinions: OPINIONS, conditions };
  await act(id, REVIEWER, `${at}/decisions`, decision);
  await act(id, APPROVER, `${at}/decisions/1/approval`);
  await act(id, REVIEWER, `${at}/notification`, { proposal: 1, documentNumber: '디지털정책담당관-1234' });
}

describe('the conditions of a letter', () => {
  it('are owed by the applicant until the authority finds them fulfilled or two of its people waive them', async () => {
    const id = await underReview();
    const at = `/v1/consultations/${id}`;
    await decided(id, [
      { code: 'link', text: '공유누리와 연계할 것', dueOn: inDays(300), evidence: ['연계 결과서'] },
      {
        ...{ text: '운영비 분담을 협의할 것', dueOn: null, evidence: ['협의 결과'], owner: '수원시 스마트도시과' },
        ownWordingBecause: '운영비를 정하는 표준 조건이 없다.',
      },
    ]);
    expect((await page(id, APPLICANT)).body).toMatchObject({ status: 'follow-up', holder: 'applicant' });
    expect((await service.get(at, NEIGHBOUR)).status).toBe(404);

    const board = async (as: string, query = '') => {
      const { status, body } = await service.get(`/v1/obligations${query}`, as, after(await service.get(at, AUDITOR)));
      expect(status).toBe(200);
      return body.rows.map(({ place }: { place: string }) => place);
    };
    expect(await board(APPLICANT, `?q=${encodeURIComponent(`공유누리 ${id}`)}`)).toEqual([`${id}#1`]);
    expect(await board(APPLICANT, `?q=${encodeURIComponent(`${id} 해수면`)}`)).toEqual([]);
    for (const as of [APPLICANT, REVIEWER, AUDITOR]) expect(await board(as)).toEqual([`${id}#1`, `${id}#2`]);
    expect(await board(NEIGHBOUR)).toEqual([]);
    expect(await board(REVIEWER, `?dueBefore=${inDays(301)}`)).toEqual([`${id}#1`]);
    const unit = encodeURIComponent('수원시 스마트도시과');
    expect(await board(APPLICANT, `?owner=${unit}`)).toEqual([`${id}#2`]);
    expect(await board(REVIEWER, `?owner=${encodeURIComponent('스마트도시과')}`)).toEqual([]);

    const plan = { actionPlan: '공유누리 API로 연계한다.', completeBy: inDays(270) };
    await act(id, APPLICANT, `${at}/conditions/1/action-plan`, plan);
    const result = {
      result: '시설 42곳을 연계했다.',
      evidence: [{ text: '연계 결과서', attachment: 'a'.repeat(64), requirement: 1 }],
    };
    expect(await refused(id, REVIEWER, `${at}/conditions/1/results`, result)).toEqual({ status: 403, code: 'role-required' });
    await act(id, APPLICANT, `${at}/conditions/1/results`, result);
    expect((await page(id, REVIEWER)).body.holder).toBe('authority');
    await act(id, REVIEWER, `${at}/conditions/1/results/1/rejection`, { reason: '10곳만 확인된다.' });
    await act(id, APPLICANT, `${at}/conditions/1/results`, {
      ...result,
      evidence: [{ text: '전량 연계 결과서', requirement: 1 }],
    });
    const stale = await refused(id, REVIEWER, `${at}/conditions/1/results/1/verification`, { remarks: '' });
    expect(stale).toEqual({ status: 409, code: 'not-the-newest-result' });
    await act(id, REVIEWER, `${at}/conditions/1/results/2/verification`, { remarks: '확인함' });

    await act(id, REVIEWER, `${at}/recommendations`, { condition: 2, text: '협의를 시작할 것', answerBy: '2099-01-04' });
    await act(id, APPLICANT, `${at}/recommendations/1/answer`, { answer: '도와 협의를 시작했다.' });
    await act(id, REVIEWER, `${at}/conditions/2/waiver-proposal`, { reason: '도가 운영비를 부담하기로 하였다.' });
    expect(await refused(id, REVIEWER, `${at}/conditions/2/waiver`)).toEqual({ status: 403, code: 'role-required' });
    await act(id, APPROVER, `${at}/conditions/2/waiver`);

    const closed = await page(id, AUDITOR);
    expect(closed.body).toMatchObject({
      status: 'closed',
      holder: null,
      obligations: [
        { condition: 1, status: 'fulfilled', results: [{ rejected: { reason: '10곳만 확인된다.' } }, { rejected: null }] },
        { condition: 2, status: 'waived', recommendations: [{ answered: { answer: '도와 협의를 시작했다.' } }] },
      ],
    });
    expect(await board(APPLICANT, '?dueBefore=2099-01-01')).toEqual([]);
    const told = (await service.get(`${at}/timeline`, APPLICANT)).body.rows.map((row: { type: string }) => row.type);
    expect(told.slice(-2)).toEqual(['condition-waived', 'consultation-closed']);
  });
});

describe('a joint review', () => {
  const OWNER = 'demo-mois-owner';

  it('shows the owner of the overlapping system the case while it is asked, and hears it before the decision', async () => {
    expect((await service.post('/v1/systems', 'demo-admin', SYSTEM)).status).toBe(201);
    const id = await underReview();
    const at = `/v1/consultations/${id}`;
    await act(id, APPLICANT, `${at}/overlaps/share-nuri/difference`, { statement: '현장 결제를 다루지 않는다.' });
    expect((await service.get(at, OWNER)).status).toBe(404);
    const opened = { candidate: 'share-nuri', owner: 'mois', dueOn: '2099-12-11' };
    await act(id, REVIEWER, `${at}/joint-reviews`, opened);

    const shown = await service.get(at, OWNER);
    expect(shown).toMatchObject({ status: 200, body: { jointReviews: [{ owner: { name: '행정안전부' }, closed: null }] } });
    expect((await service.get(`${at}/timeline`, OWNER)).status).toBe(200);
    expect((await service.get(at, 'demo-mois-reviewer')).status).toBe(404);

    const silence = { conclusion: 'SILENCE', remarks: '' };
    expect(await refused(id, REVIEWER, `${at}/joint-reviews/1/conclusion`, silence)).toEqual({
      status: 409,
      code: 'joint-review-not-due',
    });
    await act(id, OWNER, `${at}/joint-reviews/1/opinion`, { opinion: 'LINK', terms: '예약 API를 열어 준다.' });
    const adjustment = { adjustment: '예약과 결제는 공유누리가 맡는다.' };
    await act(id, OWNER, `${at}/joint-reviews/1/adjustment`, adjustment);
    expect(await refused(id, OWNER, `${at}/joint-reviews/1/adjustment/agreement`, adjustment)).toEqual({
      status: 403,
      code: 'own-adjustment',
    });
    await act(id, APPLICANT, `${at}/joint-reviews/1/adjustment/agreement`, adjustment);
    const conclusion = { conclusion: 'AGREEMENT', remarks: '조정한 대로 검토한다.' };
    await act(id, REVIEWER, `${at}/joint-reviews/1/conclusion`, conclusion);

    expect((await service.get(at, OWNER)).status).toBe(404);
    expect((await page(id, REVIEWER)).body).toMatchObject({
      differences: [{ candidate: 'share-nuri' }],
      jointReviews: [{ opinions: [{ opinion: 'LINK' }], adjustment: { agreed: {} }, closed: { conclusion: 'AGREEMENT' } }],
    });
  });
});

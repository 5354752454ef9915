import { CONSULTATION, Decisions } from '@sajeon/decisions';
import { addDays, legalDateOf, type ConsultationCommand } from '@sajeon/domain';
import { randomUUID } from 'node:crypto';
import { after, PLAN, seen, Service, SYSTEM, type Answer } from './service.js';

const APPLICANT = 'demo-suwon';
const NEIGHBOUR = 'demo-seongnam';
const REVIEWER = 'demo-gyeonggi-reviewer';
const APPROVER = 'demo-gyeonggi-approver';
const today = legalDateOf(new Date().toISOString());

let service: Service;
beforeAll(async () => (service = await Service.start()));
afterAll(() => service.stop());

/** Until the page shows it: the wait is for the policies, which no receipt covers. */
async function page(at: string, ready: (body: Answer['body']) => boolean): Promise<Answer> {
  for (let tries = 0; ; tries++) {
    const answer = await service.get(at, REVIEWER);
    if ((answer.status === 200 && ready(answer.body)) || tries === 400) return answer;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

async function filed(plan: object = PLAN): Promise<string> {
  const project = await service.post('/v1/projects', APPLICANT, { plan });
  const drafted = await service.post('/v1/consultations', APPLICANT, { project: project.body.id });
  const at = `/v1/consultations/${drafted.body.id}`;
  expect((await service.post(`${at}/submission`, APPLICANT, undefined, seen(drafted))).status).toBe(201);
  await page(at, ({ finding }) => finding !== null);
  return at;
}

/** Whoever acts has seen the newest revision; a policy may have spoken in between. */
async function act(at: string, path: string, as: string, body?: object): Promise<Answer> {
  for (let tries = 0; ; tries++) {
    const clock = await service.get(`${at}?asOf=9999999999`, as);
    const answer = await service.post(`${at}/${path}`, as, body, seen(clock));
    if (answer.status !== 412 || tries === 50) return answer;
  }
}

/** What was done on another day than today: over HTTP everything happens now. */
async function onDay(at: string, day: string, command: { type: string; data: object }): Promise<void> {
  const roles = command.type.startsWith('respond') ? (['applicant'] as const) : (['reviewer'] as const);
  const [person, agency] = roles[0] === 'applicant' ? ['person-demo-suwon', 'gyeonggi-suwon'] : ['person-r', 'gyeonggi'];
  const stamp = { by: { person, agency }, at: `${day}T01:00:00.000Z` };
  const sent = { type: command.type, data: { ...command.data, ...stamp } } as ConsultationCommand;
  const envelope = { commandId: randomUUID(), principal: { person, agency, roles } };
  await service.app.get(Decisions).execute(CONSULTATION, at.slice('/v1/consultations/'.length), sent, envelope);
}

describe('requests to the applicant', () => {
  let at: string;
  beforeAll(async () => {
    at = await filed();
    expect((await act(at, 'receipt', REVIEWER, { track: 'standard' })).status).toBe(201);
  });

  it('name their kind, passage and plan, and give the days of the rules', async () => {
    const items = [
      { kind: 'explanation', pointer: '/functions/1', text: '공유누리와 무엇이 다른지 소명하십시오.', quote: '온라인 예약' },
      { kind: 'supplement', pointer: '/budgetKrw', text: '산출 내역을 더하십시오.' },
    ];
    const wrong = [{ ...items[0], quote: '현장 예약' }];
    expect(await act(at, 'correction-requests', REVIEWER, { items: wrong })).toMatchObject({
      ...{ status: 400, body: { errors: [{ code: 'quote-not-found', pointer: '/items/0/quote' }] } },
    });
    const asked = await act(at, 'correction-requests', REVIEWER, { items });
    expect(asked.status).toBe(201);
    const { body } = await service.get(at, APPLICANT, after(asked));
    const [round] = body.corrections;
    expect(round).toMatchObject({ round: 1, planVersion: 1, items: [items[0], items[1]] });
    // Fourteen days for what is missing, seven for an explanation: the slower kind counts, and a closed day moves on.
    expect(round.respondBy >= addDays(today, 14) && round.respondBy <= addDays(today, 24)).toBe(true);
    expect((await service.get(`${at}/correction-requests/1`, APPLICANT)).body).toMatchObject({
      ...{ round: 1, planVersion: 1, answeredInVersion: null, differences: [] },
      items: [{ kind: 'explanation', quote: '온라인 예약', comparison: null }, { kind: 'supplement' }],
    });
  });

  it('may be extended when the applicant asks for it', async () => {
    const wish = { respondBy: addDays(today, 40), reason: '견적을 다시 받고 있다.' };
    expect((await act(at, 'correction-requests/1/extension-request', REVIEWER, wish)).status).toBe(403);
    expect((await act(at, 'correction-requests/1/extension-request', APPLICANT, wish)).status).toBe(201);
    const no = await act(at, 'correction-requests/1/extension-refusal', REVIEWER, { reason: '너무 길다.' });
    expect(no.status).toBe(201);
    expect((await service.get(at, APPLICANT, after(no))).body.corrections[0].extensionAsked).toMatchObject({
      ...{ respondBy: wish.respondBy, declined: { reason: '너무 길다.' } },
    });
    const granted = await act(at, 'correction-requests/1/extension', REVIEWER, { ...wish, respondBy: addDays(today, 30) });
    expect(granted.status).toBe(201);
    expect((await service.get(at, APPLICANT, after(granted))).body.corrections[0]).toMatchObject({
      ...{ respondBy: addDays(today, 30), extensions: [{ reason: wish.reason }] },
    });
    expect(await act(at, 'correction-requests/1/on-file', REVIEWER, { reason: '무응답' })).toMatchObject({
      ...{ status: 409, body: { code: 'answer-not-overdue' } },
    });
    const reminded = await act(at, 'correction-requests/1/reminder', REVIEWER);
    expect(reminded.status).toBe(201);
    expect((await service.get(at, APPLICANT, after(reminded))).body.corrections[0].reminders).toHaveLength(1);
  });

  it('are answered item by item, and each answer stands beside the words before and after', async () => {
    const plan = { ...PLAN, functions: ['공공시설 검색', '공유누리 예약 연계'], budgetKrw: 500_000_000 };
    const answers = [1, 2].map((number) => ({ number, answer: '고쳤습니다.' }));
    expect((await act(at, 'correction-requests/1/response', APPLICANT, { answers, plan })).status).toBe(201);
    const { body } = await service.get(`${at}/correction-requests/1`, REVIEWER);
    expect(body).toMatchObject({
      answeredInVersion: 2,
      items: [
        {
          ...{ number: 1, answer: '고쳤습니다.' },
          comparison: { change: 'changed', to: '/functions/1', before: '온라인 예약과 승인', after: '공유누리 예약 연계' },
        },
        { number: 2, comparison: { change: 'changed', before: '780000000', after: '500000000' } },
      ],
    });
    expect(body.differences).toHaveLength(3);
    expect((await service.get(`${at}/correction-requests/1`, NEIGHBOUR)).status).toBe(404);
    expect((await service.get(`${at}/correction-requests/2`, REVIEWER)).status).toBe(404);
  });

  it('are accepted or not, and what was seen before is taken up later only with a reason', async () => {
    expect((await act(at, 'correction-requests/1/rejection', APPLICANT, { reason: '아니다' })).status).toBe(403);
    expect((await act(at, 'correction-requests/1/rejection', REVIEWER, { reason: '산출 내역이 없다.' })).status).toBe(201);
    const accepted = await act(at, 'correction-requests/1/acceptance', REVIEWER, { remarks: '다시 보니 충분하다.' });
    expect((await service.get(at, APPLICANT, after(accepted))).body.corrections[0].verdict).toMatchObject({
      ...{ accepted: true, remarks: '다시 보니 충분하다.' },
    });
    const late = { kind: 'correction', pointer: '/purpose', text: '목적을 다시 쓰십시오.' };
    expect(await act(at, 'correction-requests', REVIEWER, { items: [late] })).toMatchObject({
      ...{ status: 409, body: { code: 'later-objection-without-reason' } },
    });
    const because = '회의에서 비로소 드러났다.';
    expect((await act(at, 'correction-requests', REVIEWER, { items: [{ ...late, because }] })).status).toBe(201);
  });

  it('go along with meetings, a lead reviewer and candidates that people know of', async () => {
    const met = await act(at, 'meetings', REVIEWER, { heldOn: today, minutes: '연계 방법을 정하였다.' });
    expect(met.status).toBe(201);
    const person = 'person-demo-gyeonggi-reviewer';
    expect(await act(at, 'reviewer', APPROVER, { person, agency: 'gyeonggi-suwon' })).toMatchObject({
      ...{ status: 409, body: { code: 'reviewer-of-the-applicant' } },
    });
    expect((await act(at, 'reviewer', APPROVER, { person })).status).toBe(201);
    expect(
      (await act(at, 'reviewer/reassignment', REVIEWER, { person: 'person-demo-gyeonggi-approver', reason: '전보' })).status,
    ).toBe(403);
    expect(
      (await act(at, 'reviewer/reassignment', APPROVER, { person: 'person-demo-gyeonggi-approver', reason: '업무 조정' })).status,
    ).toBe(201);

    expect((await service.post('/v1/systems', 'demo-admin', { ...SYSTEM, system: 'old-booking', title: '옛 예약' })).status).toBe(
      201,
    );
    const known = { kind: 'system', id: 'old-booking', reason: '같은 시설을 받는다고 들었다.' };
    expect(await act(at, 'overlaps', REVIEWER, { ...known, id: 'nothing' })).toMatchObject({
      ...{ status: 409, body: { code: 'unknown-candidate' } },
    });
    const added = await act(at, 'overlaps', REVIEWER, known);
    expect(added.status).toBe(201);
    const shown = (await service.get(at, REVIEWER, after(added))).body;
    expect(shown).toMatchObject({
      ...{
        meetings: [{ meeting: 1, heldOn: today }],
        assignments: [{ former: null }, { reviewer: { person: 'person-demo-gyeonggi-approver' } }],
      },
      addedCandidates: [{ id: 'old-booking', name: '옛 예약', agency: '행정안전부', settlement: null }],
    });
    expect(shown.unsettled).toContain('old-booking');
    const relation = { relation: 'UNRELATED', reason: '폐기 예정이다.' };
    const dismissed = await act(at, 'overlaps/old-booking/dismissal', REVIEWER, relation);
    expect(dismissed.status).toBe(201);
    const settled = (await service.get(at, REVIEWER, after(dismissed))).body;
    expect(settled.addedCandidates[0].settlement).toMatchObject({ verdict: 'dismissed' });
    expect(settled.unsettled).not.toContain('old-booking');
  });
});

it('a fast track is left by itself when an overlap is confirmed, and the thirty days count again', async () => {
  expect((await service.post('/v1/systems', 'demo-admin', SYSTEM)).status).toBe(201);
  const at = await filed({ ...PLAN, title: '수원시 재난 대피시설 예약' });
  expect((await act(at, 'receipt', REVIEWER, { track: 'standard' })).status).toBe(201);
  expect((await act(at, 'fast-track', APPLICANT, { ground: '재난' })).status).toBe(403);
  // What the applicant itself assessed as no matter of disaster safety is not hurried, until it assesses it anew.
  const url = `/v1/projects/${(await service.get(at, APPLICANT)).body.project}`;
  const assess = async (isDisasterSafety: boolean, last?: Answer): Promise<Answer> => {
    const question = { kind: 'build', isNew: true, totalBudgetKrw: 780_000_000, isDisasterSafety };
    return service.post(`${url}/eligibility-assessments`, APPLICANT, question, seen(last ?? (await service.get(url, APPLICANT))));
  };
  const otherwise = await assess(false);
  expect(otherwise.status).toBe(201);
  expect((await act(at, 'fast-track', REVIEWER, { ground: '재난' })).body.code).toBe('not-disaster-safety');
  expect((await assess(true, otherwise)).status).toBe(201);
  expect((await act(at, 'fast-track', REVIEWER, { ground: '재난 대피시설 사업이다.' })).status).toBe(201);
  expect((await service.get(`${at}/clock`, APPLICANT)).body).toMatchObject({ track: 'fast', given: 10 });
  expect(await act(at, 'fast-track', REVIEWER, { ground: '다시' })).toMatchObject({ status: 201 });

  const found = { relation: 'DUPLICATES', reason: '같은 시설의 예약을 이미 받고 있다.' };
  const confirmed = await act(at, 'overlaps/share-nuri/confirmation', REVIEWER, found);
  expect(confirmed.status).toBe(201);
  expect((await service.get(at, APPLICANT, after(confirmed))).body.trackChanges).toEqual([
    expect.objectContaining({ track: 'fast', candidate: null }),
    expect.objectContaining({ track: 'standard', candidate: 'share-nuri', reason: found.reason }),
  ]);
  expect((await service.get(`${at}/clock`, APPLICANT)).body).toMatchObject({ track: 'standard', given: 30 });
  expect(await act(at, 'fast-track', REVIEWER, { ground: '재난' })).toMatchObject({
    ...{ status: 409, body: { code: 'fast-track-with-overlap' } },
  });
  expect(await act(at, 'fast-track/revocation', REVIEWER, { reason: '취소' })).toMatchObject({
    ...{ status: 409, body: { code: 'not-on-fast-track' } },
  });
});

it('an answer that does not come is marked late by itself, and the case is decided on file', async () => {
  const at = await filed({ ...PLAN, title: '수원시 도로대장 전산화', functions: ['도로대장 조회'] });
  const received = addDays(today, -30);
  await onDay(at, received, {
    type: 'receive-consultation',
    data: { track: 'standard', dueOn: today, ruleSet: 'national-1-sample@2024-01-01' },
  });
  const items = [{ kind: 'supplement', pointer: '', text: '산출 내역을 더하십시오.' }];
  await onDay(at, addDays(today, -20), { type: 'request-correction', data: { items, respondBy: addDays(today, -1) } });

  const late = await page(at, ({ corrections }) => corrections[0]?.overdue !== undefined);
  expect(late.body.corrections[0].overdue).toMatchObject({ respondBy: addDays(today, -1), by: { person: 'system' } });
  const { body: paused } = await service.get(`${at}/clock`, APPLICANT);
  expect(paused).toMatchObject({ state: 'paused', authorityHeldDays: 10, applicantHeldDays: 20 });
  expect((await act(at, 'correction-requests/1/reminder', REVIEWER)).status).toBe(201);

  const gone = await act(at, 'correction-requests/1/on-file', REVIEWER, { reason: '제출된 자료로 판단할 수 있다.' });
  expect(gone.status).toBe(201);
  expect((await service.get(at, APPLICANT, after(gone))).body).toMatchObject({
    ...{ status: 'under-review', holder: 'authority' },
    corrections: [{ onFile: { reason: '제출된 자료로 판단할 수 있다.' }, responded: null }],
  });
  const { body: runs } = await service.get(`${at}/clock?asOf=${addDays(today, 3)}`, APPLICANT);
  expect(runs).toMatchObject({ state: 'running', authorityHeldDays: 13, applicantHeldDays: 20 });
  expect(
    await act(at, 'correction-requests/1/response', APPLICANT, { answers: [{ number: 1, answer: '늦었습니다.' }] }),
  ).toMatchObject({
    ...{ status: 409, body: { code: 'no-open-correction' } },
  });

  // There is still time: the notice of a delay says when, and moves no due date.
  const notice = { expectedNotificationOn: addDays(runs.dueOn, 14), reason: '관계기관과 조정하고 있다.' };
  expect((await act(at, 'delay-notice', APPLICANT, notice)).status).toBe(403);
  expect(await act(at, 'delay-notice', REVIEWER, { ...notice, expectedNotificationOn: today })).toMatchObject({
    ...{ status: 409, body: { code: 'not-after-due-date' } },
  });
  const delayed = await act(at, 'delay-notice', REVIEWER, notice);
  expect(delayed.status).toBe(201);
  expect((await service.get(at, APPLICANT, after(delayed))).body.delayNotices).toEqual([expect.objectContaining(notice)]);
  const then = (await service.get(`${at}/clock?asOf=${addDays(runs.dueOn, 2)}`, APPLICANT)).body;
  expect(then).toMatchObject({ dueOn: runs.dueOn, inTimeUntil: notice.expectedNotificationOn, beyondDueDays: 2, overdueDays: 0 });
});

it('the case of 93 days, with three rounds and two meetings, tells whose days they were', async () => {
  const at = await filed({ ...PLAN, title: '수원시 공연장 예매', functions: ['공연 예매'] });
  // It lies ahead, so that no timer of this service speaks in it.
  const start = addDays(today, 30);
  const day = (days: number) => addDays(start, days);
  const plan = (await service.get(at, REVIEWER)).body.plan;
  const ask = (days: number, because: object = {}) =>
    onDay(at, day(days), {
      type: 'request-correction',
      data: { respondBy: day(days + 15), items: [{ kind: 'supplement', pointer: '', text: '더하십시오.', ...because }] },
    });
  const respond = (days: number, round: number) =>
    onDay(at, day(days), {
      type: 'respond-to-correction',
      data: { round, plan, answers: [{ number: 1, answer: '더했습니다.' }] },
    });
  const because = { because: '답변으로는 모자란다.' };

  await onDay(at, start, {
    type: 'receive-consultation',
    data: { track: 'standard', dueOn: day(30), ruleSet: 'national-1-sample@2024-01-01' },
  });
  await ask(10);
  await respond(29, 1);
  await onDay(at, day(33), { type: 'record-meeting', data: { heldOn: day(33), minutes: '자료를 다시 나누기로 하였다.' } });
  await ask(35, because);
  await respond(57, 2);
  await onDay(at, day(60), { type: 'record-meeting', data: { heldOn: day(60), minutes: '연계를 정하였다.' } });
  await ask(63, because);
  await respond(84, 3);

  const { body } = await service.get(`${at}/clock?asOf=${day(93)}`, APPLICANT);
  expect(body).toMatchObject({ authorityHeldDays: 31, applicantHeldDays: 62, used: 31 });
  expect(body.days).toHaveLength(94);
  expect(body.intervals.map(({ holder, days, round }: Answer['body']) => [holder, days, round])).toEqual([
    ...[
      ['authority', 10, null],
      ['applicant', 19, 1],
      ['authority', 6, null],
      ['applicant', 22, 2],
    ],
    ...[
      ['authority', 6, null],
      ['applicant', 21, 3],
      ['authority', 9, null],
    ],
  ]);
  const live = (await service.get(`${at}/clock?asOf=${day(40)}`, APPLICANT)).body;
  expect(live).toMatchObject({ state: 'paused', authorityHeldDays: 16, applicantHeldDays: 24 });
  const shown = await page(at, ({ corrections }) => corrections.length === 3);
  expect(shown.body.meetings).toHaveLength(2);
});

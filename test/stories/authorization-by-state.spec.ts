import { DEMO_USERS } from '@sajeon/access';
import { EventStore, type JsonObject, type NewEvent } from '@sajeon/event-store';
import { PolicyHost, Timers } from '@sajeon/workflow';
import { randomUUID } from 'node:crypto';
import { Contract, type Json } from './contract.js';
import { after, OPINIONS, PLAN, seen, Service, SYSTEM, type Answer } from './service.js';

/**
 * Every operation on a case × everybody × every state of a case of 수원시 before 경기도. Who has nothing to do with the case is told the same as
 * of a case that does not exist; who has may take exactly the steps of `STEPS`, and whatever else is sent is refused and recorded nowhere.
 */

const contract = new Contract();
const CASE = '/v1/consultations/{id}';
const operations = [...contract.operations()].filter(({ path }) => path === CASE || path.startsWith(`${CASE}/`));
const acts = operations.filter(({ method }) => method !== 'get');
const reads = operations.filter(({ method }) => method === 'get');

const APPLICANT = 'demo-suwon';
/** Of the same agency, and drafts only. */
const CLERK = 'demo-suwon-clerk';
const REVIEWER = 'demo-gyeonggi-reviewer';
const APPROVER = 'demo-gyeonggi-approver';
const OWNER = 'demo-mois-owner';
const AUDITOR = 'demo-auditor';
const everybody = DEMO_USERS.map(({ token }) => token);

const today = new Date(Date.now() + 9 * 3_600_000).toISOString().slice(0, 10);
/** A Monday, so that it is a working day in any week but that of a holiday, which the rules do not mind. */
const ONE_MONTH_ON = monday(28);
const LINK = { code: 'link', dueOn: '2099-09-30', evidence: ['연계 협약', '연계 시험 결과서'] };
const OWN = {
  text: '운영비 분담을 협의할 것',
  dueOn: null,
  evidence: ['협의 결과'],
  ownWordingBecause: '정하는 표준 조건이 없다.',
};
/** Nobody outside the authority reads this before the letter. */
const INSIDE = '안에서만 하는 말 7q2';
const proposal = (outcome: string, conditions: readonly object[] = []): object => ({
  ...{ outcome, conditions, opinions: OPINIONS, reasons: INSIDE },
});

/** What each act is sent with, where the contract's example fits no state here. */
const BODIES: Readonly<Record<string, () => unknown>> = {
  receiveConsultation: () => ({ track: 'standard' }),
  requestCorrection: () => ({
    items: [{ pointer: '/budgetKrw', text: '예산의 근거를 적으십시오.', because: '답변에서 드러났다.' }],
  }),
  respondToCorrection: () => ({ answers: [{ number: 1, answer: '견적에 따름' }] }),
  recordMeeting: () => ({ heldOn: today, minutes: '예약은 공유누리로 넘기기로 하였다.' }),
  addOverlapCandidate: () => ({ id: 'safety-inspection', kind: 'system', reason: '같은 시설을 다룬다고 들었다.' }),
  openJointReview: () => ({ candidate: 'share-nuri', owner: 'mois', dueOn: '2099-12-11' }),
  escalateReview: () => ({ candidate: 'share-nuri', reason: '행정안전부의 공유누리와 기능이 중복된다.' }),
  closeJointReview: () => ({ conclusion: 'AGREEMENT', remarks: '조정한 대로 계속한다.' }),
  proposeDecision: () => proposal('PROCEED_CONDITIONALLY', [LINK, OWN]),
  notifyResult: () => ({ proposal: 1, documentNumber: `디지털정책담당관-${++numbers}` }),
  submitActionResult: () => ({
    result: '시설 42곳을 연계했다.',
    evidence: [
      { text: '연계 협약', requirement: 1 },
      { text: '연계 시험 결과서', requirement: 2 },
    ],
  }),
  extendCondition: () => ({ dueOn: '2099-12-31', reason: '공유누리의 개통이 늦어졌다.' }),
  issueImprovementRecommendation: () => ({ condition: 1, text: '일정을 다시 세울 것', answerBy: '2099-01-04' }),
  reportMaterialChange: () => ({ plan: { ...PLAN, functions: [...PLAN.functions, '좌석 지도'] }, reason: '시민이 요구하였다.' }),
  extendResponse: () => ({ respondBy: ONE_MONTH_ON, reason: '견적을 다시 받고 있다.' }),
  requestResponseExtension: () => ({ respondBy: ONE_MONTH_ON, reason: '견적이 늦는다.' }),
};

function monday(daysOn: number): string {
  const day = new Date(`${today}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + daysOn);
  while (day.getUTCDay() !== 1) day.setUTCDate(day.getUTCDate() + 1);
  return day.toISOString().slice(0, 10);
}

interface Operation {
  readonly path: string;
  readonly method: string;
  readonly operation: Json;
}

const STATES = [
  ...[
    'draft',
    'put-forward',
    'submitted',
    'received',
    'under-review',
    'awaiting-applicant',
    'answered',
    'joint-review',
    'pending-approval',
  ],
  ...['approved', 'on-hold', 'follow-up', 'reported', 'objection', 'closed', 'returned', 'withdrawn'],
] as const;
type State = (typeof STATES)[number];

let service: Service;
let numbers = 1_000;
/** The case in each state, as it was recorded. A copy of it takes its place once somebody has taken a step. */
const cases = new Map<
  State,
  { id: string; readonly original: string; readonly revision: number; readonly events: readonly NewEvent[] }
>();

async function until(url: string, as: string, ready: (body: Answer['body']) => boolean = () => true): Promise<Answer> {
  for (let tries = 0; ; tries++) {
    const answer = await service.get(url, as);
    if ((answer.status === 200 && ready(answer.body)) || tries === 800) return answer;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
const at = (id: string, ...more: readonly string[]): string => ['/v1/consultations', id, ...more].join('/');

async function act(id: string, as: string, path: string, body?: unknown): Promise<void> {
  const answer = await service.post(at(id, path), as, body, { 'if-match': `"${(await recorded(id)).length - 1}"` });
  expect({ path, status: answer.status, code: answer.body.code }).toEqual({ path, status: 201, code: undefined });
  await service.get(at(id), AUDITOR, after(answer));
}

/** Each state goes on from another one: a case is brought there by commands over HTTP, and copied for the states that follow. */
const HOW: Readonly<Record<State, { readonly from: State | null; readonly by: (id: string) => Promise<void> }>> = {
  draft: { from: null, by: async () => undefined },
  'put-forward': { from: 'draft', by: (id) => act(id, CLERK, 'submission-request') },
  submitted: {
    from: 'draft',
    by: async (id) => {
      await act(id, APPLICANT, 'submission');
      // The screening comes by itself; from then on nothing does, so that what moves was done by whoever sent something.
      await until(at(id), REVIEWER, ({ finding }) => finding !== null);
      await service.app.get(PolicyHost).stop();
      await service.app.get(Timers).stop();
    },
  },
  received: { from: 'submitted', by: (id) => act(id, REVIEWER, 'receipt', { track: 'standard' }) },
  'under-review': {
    from: 'received',
    by: async (id) => {
      await act(id, REVIEWER, 'reviewer', { agency: 'gyeonggi', person: `person-${REVIEWER}` });
      const { body } = await until(at(id), REVIEWER);
      for (const candidate of body.unsettled) {
        const how = candidate === 'share-nuri' ? 'confirmation' : 'dismissal';
        const relation = candidate === 'share-nuri' ? 'DUPLICATES' : 'UNRELATED';
        await act(id, REVIEWER, `overlaps/${candidate}/${how}`, { relation, reason: '견주어 보았다.' });
      }
    },
  },
  'awaiting-applicant': {
    from: 'under-review',
    by: async (id) => {
      await act(id, REVIEWER, 'correction-requests', { items: [{ pointer: '/budgetKrw', text: '근거를 적으십시오.' }] });
      await act(id, APPLICANT, 'correction-requests/1/extension-request', { respondBy: monday(21), reason: '견적이 늦는다.' });
    },
  },
  answered: {
    from: 'awaiting-applicant',
    by: (id) => act(id, APPLICANT, 'correction-requests/1/response', BODIES['respondToCorrection']?.()),
  },
  'joint-review': {
    from: 'under-review',
    by: async (id) => {
      await act(id, REVIEWER, 'joint-reviews', BODIES['openJointReview']?.());
      await act(id, OWNER, 'joint-reviews/1/opinion', { opinion: 'LINK', terms: '예약 API를 열어 준다.' });
      await act(id, OWNER, 'joint-reviews/1/adjustment', { adjustment: '예약과 결제는 공유누리가 맡는다.' });
    },
  },
  'pending-approval': {
    from: 'under-review',
    by: (id) => act(id, REVIEWER, 'decisions', proposal('PROCEED_CONDITIONALLY', [LINK, OWN])),
  },
  approved: { from: 'pending-approval', by: (id) => act(id, APPROVER, 'decisions/1/approval') },
  'on-hold': {
    from: 'under-review',
    by: async (id) => {
      await act(id, REVIEWER, 'decisions', proposal('HOLD'));
      await act(id, APPROVER, 'decisions/1/approval');
      await act(id, REVIEWER, 'notification', BODIES['notifyResult']?.());
    },
  },
  'follow-up': { from: 'approved', by: (id) => act(id, REVIEWER, 'notification', BODIES['notifyResult']?.()) },
  reported: {
    from: 'follow-up',
    by: async (id) => {
      await act(id, APPLICANT, 'conditions/1/results', BODIES['submitActionResult']?.());
      await act(id, REVIEWER, 'recommendations', { condition: 2, text: '협의를 시작할 것', answerBy: '2099-01-04' });
      await act(id, REVIEWER, 'conditions/2/waiver-proposal', { reason: '도가 운영비를 부담한다.' });
    },
  },
  objection: { from: 'follow-up', by: (id) => act(id, APPLICANT, 'objections', { grounds: '이미 연계하였다.' }) },
  closed: {
    from: 'reported',
    by: async (id) => {
      await act(id, REVIEWER, 'conditions/1/results/1/verification', { remarks: '확인함' });
      await act(id, APPROVER, 'conditions/2/waiver');
    },
  },
  returned: { from: 'submitted', by: (id) => act(id, REVIEWER, 'return', { reason: '협의 대상이 아니다.' }) },
  withdrawn: { from: 'under-review', by: (id) => act(id, APPLICANT, 'withdrawal', { reason: '사업을 접는다.' }) },
};

async function recorded(id: string): Promise<readonly NewEvent[]> {
  const events: NewEvent[] = [];
  for await (const { type, data, metadata } of service.app.get(EventStore).readStream(`consultation-${id}`)) {
    events.push({ id: randomUUID(), type, data, metadata });
  }
  return events;
}

/** The same case under another id and with letters of its own number. */
async function copy(id: string, events: readonly NewEvent[]): Promise<string> {
  const twin = `copy-${randomUUID().slice(0, 8)}`;
  const letter = `디지털정책담당관-${++numbers}`;
  const renamed = events.map(({ type, data, metadata }) => {
    const text = JSON.stringify({ data, metadata })
      .replaceAll(id, twin)
      .replace(/디지털정책담당관-\d+/g, letter);
    const { data: own, metadata: about } = JSON.parse(text) as { data: JsonObject; metadata: Record<string, string> };
    return { id: randomUUID(), type, data: own, metadata: { ...about, commandId: randomUUID() } };
  });
  await service.app.get(EventStore).append(`consultation-${twin}`, 'none', renamed);
  return twin;
}

let project: string;
beforeAll(async () => {
  service = await Service.start(undefined, { perMinute: null, signInsPerMinute: 1_000, atOnce: 256 });
  expect((await service.post('/v1/systems', 'demo-admin', SYSTEM)).status).toBe(201);
  const other = {
    ...SYSTEM,
    system: 'safety-inspection',
    title: '교량 안전점검',
    purpose: '교량의 균열을 잰다.',
    functions: ['균열 측정'],
    data: ['균열 사진'],
  };
  expect((await service.post('/v1/systems', 'demo-admin', other)).status).toBe(201);
  project = (await service.post('/v1/projects', APPLICANT, { plan: PLAN })).body.id;
  const { body } = await service.post('/v1/consultations', APPLICANT, { project });
  for (const state of STATES) {
    const { from, by } = HOW[state];
    const before = from === null ? undefined : cases.get(from);
    const id = before === undefined ? body.id : await copy(before.id, before.events);
    await until(at(id), AUDITOR);
    await by(id);
    const events = await recorded(id);
    cases.set(state, { id, original: id, events, revision: events.length - 1 });
  }
});
afterAll(() => service.stop());

/** The condition that is waived is the second one; everything else is the first of its kind. */
function address({ path, operation }: Operation, id: string): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => {
    if (name === 'id') return id;
    if (name === 'candidate') return 'share-nuri';
    return name === 'condition' && /waive/i.test(operation['operationId'] as string) ? '2' : '1';
  });
}

interface Beginner {
  readonly cookie: string;
  readonly csrf: string;
}
let begun: Promise<readonly Beginner[]> | undefined;

/** Sessions of people who could do nearly everything with the cases, had they a password of their own. */
function beginners(): Promise<readonly Beginner[]> {
  begun ??= Promise.all([
    beginner('p-new-applicant', 'gyeonggi-suwon', ['applicant', 'applicant-approver']),
    beginner('p-new-reviewer', 'gyeonggi', ['reviewer', 'approver']),
  ]);
  return begun;
}

async function beginner(user: string, agency: string, roles: readonly string[]): Promise<Beginner> {
  const made = await service.post('/v1/users', 'demo-admin', { user });
  const shown = await service.get(`/v1/users/${user}`, 'demo-admin', { 'x-after': made.body.position });
  const grant = { agency, roles, from: '2026-01-01' };
  expect((await service.post(`/v1/users/${user}/grants`, 'demo-admin', grant, seen(shown))).status).toBe(201);
  const { body } = await service.post(`/v1/users/${user}/account`, 'demo-admin', { login: user });
  const answer = await service.ask('POST', '/v1/sign-in', { body: { login: user, password: body.password }, headers: OURS });
  expect(answer.body.capacity).toBe(agency);
  return { cookie: String(answer.headers['set-cookie']).split(';')[0] ?? '', csrf: answer.body.csrfToken };
}
const OURS = { origin: 'http://localhost', host: 'localhost' };

/** @param as a token, or somebody with a session */
function send(each: Operation, id: string, revision: number, as: string | Beginner): Promise<Answer> {
  const { method, operation } = each;
  const name: string = operation['operationId'];
  const example: unknown = contract.resolve(operation)['requestBody']?.['content']?.['application/json']?.['example'];
  return service.ask(method.toUpperCase() as 'GET' | 'POST' | 'PUT', address(each, id), {
    as: typeof as === 'string' ? as : undefined,
    body: method === 'get' ? undefined : (BODIES[name]?.() ?? example),
    headers: {
      'if-match': `"${revision}"`,
      ...(typeof as === 'string' ? {} : { ...OURS, cookie: as.cookie, 'x-csrf-token': as.csrf }),
    },
  });
}

/** Whoever an answer was for: what differs from request to request is taken out. */
function comparable({ status, body, headers }: Answer, id: string): string {
  return JSON.stringify({ status, body, etag: headers['etag'] ?? null })
    .replaceAll(id, 'ID')
    .replace(/"requestId":"[^"]*"/g, '');
}

function strangersTo(state: State): readonly string[] {
  return everybody.filter((token) => {
    if (token === APPLICANT || token === CLERK || token === AUDITOR) return false;
    if (token.startsWith('demo-gyeonggi')) return state === 'draft' || state === 'put-forward';
    return !(token === OWNER && state === 'joint-review');
  });
}

const unknown = new Map<string, string>();
async function toldOfNone(each: Operation, as: string, revision: number): Promise<string> {
  const key = `${each.operation['operationId']} ${as}`;
  const before = unknown.get(key);
  if (before !== undefined) return before;
  const id = 'copy-00000000';
  const told = comparable(await send(each, id, revision, as), id);
  unknown.set(key, told);
  return told;
}

/** In the authority; nobody approves what they proposed themselves, which the reviewer did here. */
const AUTHORITY = 'gyeonggi-reviewer gyeonggi-approver gyeonggi-director';
const APPROVERS = 'gyeonggi-approver gyeonggi-director';
/** In the applicant's agency; one of them only drafts. */
const CITY = 'suwon suwon-clerk';
const OPEN = ['under-review', 'awaiting-applicant', 'answered', 'joint-review'] as const;
/** Which act, by whom, in which states: the whole of what can happen to a case from outside. */
const STEPS: readonly (readonly [act: string, by: string, ...states: readonly State[]])[] = [
  ['reviseDraft', CITY, 'draft', 'put-forward'],
  ['requestSubmission', CITY, 'draft'],
  ['returnDraft', 'suwon', 'put-forward'],
  ['submitConsultation', 'suwon', 'draft', 'put-forward'],
  ['withdrawConsultation', CITY, 'draft', 'put-forward', 'submitted', 'received', ...OPEN, 'pending-approval', 'approved'],
  ['receiveConsultation', AUTHORITY, 'submitted'],
  ['returnConsultation', AUTHORITY, 'submitted'],
  ['stateDifference', CITY, 'submitted', 'received', ...OPEN],
  ['addOverlapCandidate', AUTHORITY, 'received', ...OPEN, 'approved'],
  ['assignReviewer', AUTHORITY, 'received'],
  ['confirmOverlap', AUTHORITY, 'received', ...OPEN, 'approved'],
  ['designateFastTrack', AUTHORITY, 'received'],
  ['dismissOverlap', AUTHORITY, 'received', ...OPEN, 'approved'],
  ['openJointReview', AUTHORITY, 'received', 'under-review', 'awaiting-applicant', 'answered'],
  ['recordMeeting', AUTHORITY, 'received', ...OPEN],
  ['requestCorrection', AUTHORITY, 'received', 'under-review', 'answered', 'joint-review', 'approved'],
  ['escalateReview', APPROVERS, ...OPEN],
  ['proposeDecision', AUTHORITY, 'under-review', 'answered', 'approved'],
  ['declineResponseExtension', AUTHORITY, 'awaiting-applicant'],
  ['extendResponse', AUTHORITY, 'awaiting-applicant'],
  ['remindApplicant', AUTHORITY, 'awaiting-applicant'],
  ['requestResponseExtension', CITY, 'awaiting-applicant'],
  ['respondToCorrection', CITY, 'awaiting-applicant'],
  ['acceptResponse', AUTHORITY, 'answered'],
  ['rejectResponse', AUTHORITY, 'answered'],
  ['agreeTaskAdjustment', CITY, 'joint-review'],
  ['closeJointReview', AUTHORITY, 'joint-review'],
  ['proposeTaskAdjustment', CITY, 'joint-review'],
  ['submitOwnerOpinion', 'mois-owner', 'joint-review'],
  ['approveDecision', APPROVERS, 'pending-approval'],
  ['sendBackDecision', APPROVERS, 'pending-approval'],
  ['notifyResult', AUTHORITY, 'approved'],
  ['abandonHeldPlan', CITY, 'on-hold'],
  ['raiseObjection', CITY, 'on-hold', 'follow-up', 'reported'],
  ['extendCondition', AUTHORITY, 'follow-up', 'reported', 'objection'],
  ['proposeWaiver', AUTHORITY, 'follow-up', 'objection'],
  ['reportMaterialChange', CITY, 'follow-up', 'reported', 'closed'],
  ['submitActionPlan', CITY, 'follow-up', 'reported', 'objection'],
  ['submitActionResult', CITY, 'follow-up', 'objection'],
  ['answerRecommendation', CITY, 'reported'],
  ['declineWaiver', APPROVERS, 'reported'],
  ['rejectActionResult', AUTHORITY, 'reported'],
  ['verifyCondition', AUTHORITY, 'reported'],
  ['waiveCondition', APPROVERS, 'reported'],
  ['dismissObjection', 'gyeonggi-director', 'objection'],
  ['upholdObjection', 'gyeonggi-director', 'objection'],
];
/** What takes more than a case in one of these states: a day that has passed, a second reviewer, another track. Other stories tell of them. */
const ELSEWHERE = [
  ...['answerCorrectionDemand', 'demandCorrection', 'issueImprovementRecommendation', 'notifyDelay', 'proceedOnFile'],
  ...['reassignReviewer', 'revokeFastTrack'],
];

describe.each(STATES.map((state) => [state] as const))('a case that is %s', (state) => {
  it('is nothing to those who have nothing to do with it: each operation tells them the same as of a case that does not exist', async () => {
    const { id, revision } = cases.get(state) ?? { id: '', revision: 0 };
    const asked = operations.flatMap((each) => strangersTo(state).map((as) => ({ each, as })));
    const ask = async (): Promise<void> => {
      for (let next = asked.pop(); next !== undefined; next = asked.pop()) {
        const { each, as } = next;
        const answer = await send(each, id, revision, as);
        const operation = each.operation['operationId'];
        expect({ operation, as, told: comparable(answer, id) }).toEqual({
          operation,
          as,
          told: await toldOfNone(each, as, revision),
        });
        expect(answer.status).toBeGreaterThanOrEqual(400);
      }
    };
    await Promise.all(Array.from({ length: 8 }, ask));
    expect(await recorded(id)).toHaveLength(revision + 1);
  });

  it('lets those who have to do with it take the steps of its state and no other', async () => {
    const strangers = strangersTo(state);
    const taken: Record<string, string> = {};
    for (const each of acts) {
      const name: string = each.operation['operationId'];
      const by: string[] = [];
      for (const as of everybody.filter((token) => !strangers.includes(token))) {
        const the = cases.get(state);
        if (the === undefined) throw new Error(state);
        const { status, body } = await send(each, the.id, the.revision, as);
        if (![200, 201, 400, 403, 404, 409].includes(status)) throw new Error(`${name} by ${as}: ${status} ${String(body.code)}`);
        // What has been done already may be asked for again: it is answered like the first time and recorded once.
        if (status > 201 || (await recorded(the.id)).length - 1 === the.revision) continue;
        by.push(as.replace('demo-', ''));
        the.id = await copy(the.original, the.events);
      }
      if (by.length > 0) taken[name] = by.join(' ');
    }
    // Had a refusal recorded anything, the next request would have been stale.
    const { id, revision } = cases.get(state) ?? { id: '', revision: 0 };
    expect(await recorded(id)).toHaveLength(revision + 1);
    const steps = STEPS.filter(([, , ...states]) => states.includes(state)).map(([act, by]) => [act, by]);
    expect(taken).toEqual(Object.fromEntries(steps));
  });

  it('answers nobody who came with a password that somebody else gave, whatever their roles', async () => {
    const { id, revision } = cases.get(state) ?? { id: '', revision: 0 };
    for (const as of await beginners()) {
      for (const each of operations) {
        const { status, body } = await send(each, id, revision, as);
        const operation = each.operation['operationId'];
        expect({ operation, status, code: body.code }).toEqual({ operation, status: 403, code: 'password-change-required' });
      }
    }
    expect(await recorded(id)).toHaveLength(revision + 1);
  });

  it('shows nobody else what the authority says inside before the letter', async () => {
    const the = cases.get(state) ?? { id: '', revision: 0 };
    const ready = await until(at(the.id), AUDITOR);
    expect(ready.status).toBe(200);
    const told = ['on-hold', 'follow-up', 'reported', 'objection', 'closed'].includes(state);
    const outside = everybody.filter((token) => !token.startsWith('demo-gyeonggi') && token !== AUDITOR);
    for (const each of reads) {
      for (const as of told ? [] : outside) {
        const { body } = await send(each, the.id, the.revision, as);
        expect({ as, operation: each.operation['operationId'], leak: JSON.stringify(body).includes(INSIDE) }).toMatchObject({
          leak: false,
        });
      }
    }
    const { body } = await service.get(at(the.id), REVIEWER);
    if (['pending-approval', 'approved'].includes(state)) expect(JSON.stringify(body)).toContain(INSIDE);
  });
});

it('names every act of the contract: in a state above, or among those that other stories tell of', () => {
  const named = [...new Set(STEPS.map(([act]) => act)), ...ELSEWHERE].toSorted();
  expect(named).toEqual(acts.map(({ operation }) => operation['operationId'] as string).toSorted());
});

it('shows no list a case that its reader may not open', async () => {
  const hidden = (as: string): readonly string[] =>
    STATES.filter((state) => strangersTo(state).includes(as)).map((state) => cases.get(state)?.id ?? state);
  const open = (as: string): readonly string[] =>
    STATES.filter((state) => !strangersTo(state).includes(as)).map((state) => cases.get(state)?.id ?? state);
  for (const { id } of cases.values()) await until(at(id), AUDITOR);
  // What was decided is in the public register, where anybody finds it.
  const lists = [...contract.operations()].filter(
    ({ path, method, operation }) =>
      method === 'get' && /^\/v1\/(?!public)[^{]*$/.test(path) && operation['operationId'] !== 'followEvents',
  );
  let shown = 0;
  for (const { path } of lists) {
    for (const as of everybody) {
      const { status, body } = await service.get(path, as);
      const told = JSON.stringify(body);
      expect({ as, path, told: hidden(as).filter((id) => told.includes(id)) }).toEqual({ as, path, told: [] });
      if (status === 200 && open(as).some((id) => told.includes(id))) shown++;
    }
  }
  // Those who may open it do find it.
  expect(shown).toBeGreaterThan(3);
});

import { after, PLAN, seen, Service, type Answer } from './service.js';

/** 기관 내 결재: a draft goes from the clerk who writes it to the approver of the same agency, and by them to the authority. */
const CLERK = 'demo-suwon-clerk';
const APPROVER = 'demo-suwon';
const REVIEWER = 'demo-gyeonggi-reviewer';

let service: Service;
beforeAll(async () => (service = await Service.start()));
afterAll(() => service.stop());

let at: string;
let last: Answer;
beforeEach(async () => {
  const project = await service.post('/v1/projects', CLERK, { plan: PLAN });
  last = await service.post('/v1/consultations', CLERK, { project: project.body.id });
  at = `/v1/consultations/${last.body.id}`;
});

async function act(as: string, path: string, body?: unknown): Promise<Answer> {
  const answer = await service.post(`${at}/${path}`, as, body, seen(last));
  if (answer.status === 201) last = answer;
  return answer;
}
const page = async (as: string): Promise<Answer['body']> => (await service.get(at, as, after(last))).body;
async function tasks(as: string): Promise<readonly string[]> {
  const url = `/v1/to-do?state=open&consultation=${at.split('/').at(-1)}`;
  const { body } = await service.get(url, as, after(last));
  return body.rows.map(({ kind, role, text }: Record<string, string>) => [kind, role, text].join(' ').trim());
}

it('a clerk may not file what they have drafted, and is told whose act it is', async () => {
  const refused = await act(CLERK, 'submission');
  expect(refused).toMatchObject({ status: 403, body: { code: 'role-required' } });
  expect(JSON.stringify(refused.body)).toContain('신청기관 결재');
  expect(await act(CLERK, 'submission-return', { reason: '까닭' })).toMatchObject({ status: 403 });
});

it('goes to the approver, back with a reason, forward again and out', async () => {
  expect((await act(APPROVER, 'submission-return', { reason: '까닭' })).body.code).toBe('no-submission-request');
  expect(await tasks(CLERK)).toEqual(['draft applicant']);
  expect((await act(CLERK, 'submission-request')).status).toBe(201);
  expect((await page(APPROVER)).signOff).toMatchObject({ requested: { by: { person: `person-${CLERK}` } }, sentBack: null });
  expect([await tasks(CLERK), await tasks(APPROVER)]).toEqual([[], ['submission applicant-approver']]);

  const reason = '산출 근거를 덧붙일 것';
  expect((await act(APPROVER, 'submission-return', { reason })).status).toBe(201);
  expect((await page(CLERK)).signOff).toMatchObject({ requested: null, sentBack: { reason } });
  expect(await tasks(CLERK)).toEqual([`draft applicant ${reason}`]);

  expect((await act(CLERK, 'submission-request')).status).toBe(201);
  expect((await act(APPROVER, 'submission')).status).toBe(201);
  expect(await tasks(APPROVER)).toEqual([]);

  // What the agency said to itself stays with it; auditors read it all.
  const told = async (as: string) => JSON.stringify((await service.get(`${at}/timeline`, as, after(last))).body);
  for (const own of [CLERK, APPROVER, 'demo-auditor']) expect(await told(own)).toContain(reason);
  expect(await told(REVIEWER)).toContain('신청했습니다');
  expect(await told(REVIEWER)).not.toContain(reason);
  expect(await page(REVIEWER)).not.toHaveProperty('signOff');
});

it('a draft that is revised has to be put before the approver again, who may also file without being asked', async () => {
  await act(CLERK, 'submission-request');
  const revised = await service.ask('PUT', `${at}/draft`, {
    as: CLERK,
    body: { ...PLAN, purpose: '고친 목적' },
    headers: seen(last),
  });
  expect(revised.status).toBe(200);
  last = revised;
  expect((await page(APPROVER)).signOff).toEqual({ requested: null, sentBack: null });
  expect((await act(APPROVER, 'submission-return', { reason: '까닭' })).body.code).toBe('no-submission-request');
  expect((await act(APPROVER, 'submission')).status).toBe(201);
});

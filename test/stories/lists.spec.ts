import { after, PLAN, seen, Service, SYSTEM, type Answer } from './service.js';

const APPLICANT = 'demo-suwon';
const NEIGHBOUR = 'demo-seongnam';
const REVIEWER = 'demo-gyeonggi-reviewer';
const OWNER = 'demo-mois-owner';
const AUDITOR = 'demo-auditor';
const ADMIN = 'demo-admin';

let service: Service;
beforeAll(async () => (service = await Service.start()));
afterAll(() => service.stop());

/** Until it shows it; the wait is for the policy that screens, which no receipt covers. */
async function until(url: string, as: string, ready: (body: Answer['body']) => boolean): Promise<Answer> {
  for (let tries = 0; ; tries++) {
    const answer = await service.get(url, as);
    if ((answer.status === 200 && ready(answer.body)) || tries === 400) return answer;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

async function act(id: string, as: string, path: string, body?: unknown): Promise<Answer> {
  const at = `/v1/consultations/${id}`;
  const answer = await service.post(`${at}${path}`, as, body, seen(await service.get(at, as)));
  expect([path, answer.status, answer.body]).toEqual([path, 201, expect.anything()]);
  await service.get(at, as, after(answer));
  return answer;
}

async function filed(as: string, title = PLAN.title): Promise<string> {
  const project = await service.post('/v1/projects', as, { plan: { ...PLAN, title } });
  const { body } = await service.post('/v1/consultations', as, { project: project.body.id });
  await service.get(`/v1/consultations/${body.id}`, as, { 'x-after': body.position });
  await act(body.id, as, '/submission');
  await until(`/v1/consultations/${body.id}`, REVIEWER, ({ finding }) => finding !== null);
  return body.id;
}

describe('what each actor is shown', () => {
  let id: string;
  let last: Answer;
  beforeAll(async () => {
    const system = await service.post('/v1/systems', ADMIN, SYSTEM);
    expect(system.status).toBe(201);
    id = await filed(APPLICANT);
    last = await act(id, REVIEWER, '/receipt', { track: 'standard' });
  });

  it('the queue is graded by the legal clock, and its groups are counted', async () => {
    const queue = await service.get('/v1/consultations/queue?sort=severity', REVIEWER, after(last));
    expect(queue.body.rows).toMatchObject([{ consultation: id, severity: 'ample', clock: 'running', givenDays: 30, lead: null }]);
    const groups = await service.get('/v1/consultations/queue/groups', REVIEWER, after(last));
    expect(groups.body).toMatchObject({ severity: { ample: 1, overdue: 0 }, holder: { authority: 1 }, unassigned: 1, total: 1 });
    expect((await service.get('/v1/consultations/queue?lead=me', REVIEWER)).body.rows).toEqual([]);
    expect((await service.get('/v1/consultations/queue/groups', NEIGHBOUR)).body.total).toBe(0);
  });

  it('the applicant sees what waits for it, the owner what it is asked and what it said', async () => {
    const { body: page } = await service.get(`/v1/consultations/${id}`, REVIEWER);
    const [candidate] = page.finding.candidates;
    const opened = await act(id, REVIEWER, '/joint-reviews', { candidate: candidate.id, owner: 'mois', dueOn: '2030-12-02' });
    const inbox = await service.get('/v1/joint-reviews?state=open', OWNER, after(opened));
    expect(inbox.body.rows).toMatchObject([
      { consultation: id, kind: 'opinion', dueOn: '2030-12-02', text: SYSTEM.title, late: false },
    ]);
    expect((await service.get('/v1/joint-reviews', REVIEWER, after(opened))).body.rows).toEqual([]);
    const said = await act(id, OWNER, '/joint-reviews/1/opinion', { opinion: 'LINK', terms: '연계 API를 연다.' });
    expect((await service.get('/v1/joint-reviews?state=done', OWNER, after(said))).body.rows).toMatchObject([
      { done: 'answered', opinion: 'LINK' },
    ]);
    const project = await service.post('/v1/projects', APPLICANT, { plan: PLAN });
    const draft = await service.post('/v1/consultations', APPLICANT, { project: project.body.id });
    const toDo = await service.get('/v1/to-do?state=open', APPLICANT, after(draft));
    expect(toDo.body.rows).toMatchObject([{ kind: 'draft', consultation: draft.body.id }]);
    expect((await service.get('/v1/to-do?state=open', NEIGHBOUR, after(draft))).body.rows).toEqual([]);
  });

  it('figures are of the cases that one may see, and go into a spreadsheet', async () => {
    const counted = await service.get('/v1/statistics?table=outcomes&by=tier,band', REVIEWER, after(last));
    expect(counted.body).toMatchObject({
      table: 'outcomes',
      rows: [{ cut: { tier: 'BASIC_LOCAL', band: '200000000' }, values: { cases: 1, open: 1 } }],
    });
    expect((await service.get('/v1/statistics?table=outcomes', NEIGHBOUR)).body.rows[0].values.cases).toBe(0);
    for (const table of ['timeliness', 'backlog', 'overlaps', 'adjustments', 'conditions', 'objections', 'omissions'])
      expect((await service.get(`/v1/statistics?table=${table}&by=year,authority`, AUDITOR)).status).toBe(200);
    for (const [table, by] of [
      ['progress', 'quarter'],
      ['performance', 'half'],
      ['candidates', 'project'],
      ['consistency', 'lead'],
      ['functions', 'function,system'],
    ])
      expect((await service.get(`/v1/statistics?table=${table}&by=${by}`, REVIEWER)).status).toBe(200);
    expect((await service.get('/v1/statistics/csv?table=progress&by=quarter', APPLICANT)).body).toMatch(
      /^\uFEFF분기,보고 대상 분기,/,
    );
    expect((await service.get('/v1/statistics/csv?table=functions&by=function,system', APPLICANT)).body).toMatch(
      /^\uFEFF겹친 기능,시스템,겹친 사업,중복 인정,시스템\r\n/,
    );
    expect((await service.get('/v1/statistics?table=consistency', APPLICANT)).body.code).toBe('authority-only');
    expect((await service.get('/v1/statistics?table=backlog&by=lead', APPLICANT)).status).toBe(403);
    expect((await service.get('/v1/statistics?table=outcomes&by=system', AUDITOR)).status).toBe(400);
    const csv = await service.get('/v1/statistics/csv?table=outcomes&by=applicant', AUDITOR, after(last));
    expect(csv.headers['content-type']).toContain('text/csv');
    expect(csv.body).toMatch(/^\uFEFF신청기관,전체,추진,/);
    expect(csv.body).toContain('\r\n수원시,1,0,');
  });

  it('two agencies that plan the same thing are one cluster, shown to the authority with the evidence', async () => {
    const other = await filed(NEIGHBOUR, '성남시 공공시설 통합예약 서비스 구축');
    const shown = await until('/v1/plan-clusters', REVIEWER, ({ clusters }) => clusters.length > 0);
    expect(shown.body.clusters).toMatchObject([
      { id: `cluster-${[id, other].sort()[0]}`, suggestion: { kind: 'JOINT_BUILD', agencies: 2, totalKrw: '1560000000' } },
    ]);
    const [cluster] = shown.body.clusters;
    expect(cluster.members.map(({ consultation }: { consultation: string }) => consultation).sort()).toEqual([id, other].sort());
    expect(cluster.pairs[0].evidence.length).toBeGreaterThan(0);
    expect((await service.get('/v1/plan-clusters', AUDITOR)).body.clusters).toHaveLength(1);
    expect((await service.get('/v1/plan-clusters', APPLICANT)).status).toBe(403);
    const precedents = await service.get(`/v1/consultations/${id}/precedents`, REVIEWER);
    // The other is not decided yet.
    expect(precedents.body).toEqual({ precedents: [], outcomes: {} });
    expect((await service.get(`/v1/consultations/${id}/precedents`, NEIGHBOUR)).status).toBe(404);
  });
});

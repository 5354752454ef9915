import { CONSULTATION, Decisions, planVersion } from '@sajeon/decisions';
import { randomUUID } from 'node:crypto';
import { PLAN, seen, Service, type Answer } from './service.js';

const APPLICANT = 'demo-suwon';

let service: Service;
beforeAll(async () => (service = await Service.start()));
afterAll(() => service.stop());

describe('drafts of one project in the same instant', () => {
  let beside: Service;
  beforeAll(async () => (beside = await service.another()));
  afterAll(() => beside.stop());

  const planned = async (): Promise<string> => (await service.post('/v1/projects', APPLICANT, { plan: PLAN })).body.id;
  const draft = (at: Service, project: string, key?: string): Promise<Answer> =>
    at.post('/v1/consultations', APPLICANT, { project }, key === undefined ? {} : { 'idempotency-key': key });

  it('are one consultation: the others are told which, whichever process they asked', async () => {
    for (let round = 0; round < 12; round++) {
      const project = await planned();
      const answers = await Promise.all([service, beside, service, beside].map((at) => draft(at, project)));
      const [drafted, ...more] = answers.filter(({ status }) => status === 201);
      expect(more).toEqual([]);
      const refused = answers.filter(({ status }) => status !== 201);
      for (const { status, body } of refused) {
        expect({ status, code: body.code }).toEqual({ status: 409, code: 'round-under-way' });
        expect(body.title).toContain(drafted?.body.id);
      }
    }
  });

  it('are the same one when they are the same request, also later and beside others', async () => {
    const project = await planned();
    const answers = await Promise.all([service, beside, service, beside].map((at) => draft(at, project, 'sent-again')));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    const [first] = answers as [Answer];
    const withdraw = `/v1/consultations/${first.body.id}/withdrawal`;
    expect((await service.post(withdraw, APPLICANT, { reason: '다시 쓴다.' }, seen(first))).status).toBe(201);
    const next = await draft(beside, project, 'another');
    expect(next.status).toBe(201);
    expect(next.body.id).not.toBe(first.body.id);
    expect((await draft(beside, project, 'sent-again')).body).toEqual(first.body);
    expect((await draft(service, project, 'another')).body).toEqual(next.body);
    expect((await draft(service, project)).body.code).toBe('round-under-way');
  });

  it('know those from before they were numbered, by the thread of the project', async () => {
    const { id: project } = (await service.post('/v1/projects', APPLICANT, { plan: PLAN })).body;
    const at = new Date().toISOString();
    const [suwon, gyeonggi] = [
      { id: 'gyeonggi-suwon', name: '수원시', tier: 'BASIC_LOCAL' as const },
      { id: 'gyeonggi', name: '경기도', tier: 'METROPOLITAN' as const },
    ];
    const by = { person: 'person-suwon', agency: suwon.id };
    const data = {
      consultation: 'c-of-before',
      project,
      plan: planVersion(1, PLAN),
      applicant: suwon,
      authority: gyeonggi,
      by,
      at,
    };
    const principal = { ...by, roles: ['applicant' as const] };
    const envelope = { commandId: randomUUID(), principal };
    const { position } = await service.app
      .get(Decisions)
      .execute(CONSULTATION, 'c-of-before', { type: 'draft-consultation', data }, envelope);
    await service.get(`/v1/projects/${project}/thread`, APPLICANT, { 'x-after': String(position) });
    const later = await service.another();
    const refused = await draft(later, project);
    await later.stop();
    expect(refused).toMatchObject({ status: 409, body: { code: 'round-under-way' } });
    expect(refused.body.title).toContain('c-of-before');
  });
});

import { addDays, legalDateOf, schemaOf, type ConsultationEvent } from '@sajeon/domain';
import { groundwater, happened } from '@sajeon/domain/testing';
import { EventStore, type JsonObject } from '@sajeon/event-store';
import { randomUUID } from 'node:crypto';
import { after, OPINIONS, PLAN, seen, Service, SYSTEM, type Answer } from './service.js';

const ADMIN = 'demo-admin';
const today = legalDateOf(new Date().toISOString());
const gyeonggi = { id: 'gyeonggi', name: '경기도', tier: 'METROPOLITAN' as const };
const suwon = { id: 'gyeonggi-suwon', name: '수원시', tier: 'BASIC_LOCAL' as const };
const seongnam = { id: 'gyeonggi-seongnam', name: '성남시', tier: 'BASIC_LOCAL' as const };

let service: Service;
beforeAll(async () => {
  service = await Service.start();
});
afterAll(() => service.stop());

/** A case as far as the province has come with it: the overlap with a system is confirmed. */
async function reviewed(
  consultation: string,
  applicant = suwon,
  candidate = groundwater.id,
  authority = gyeonggi,
): Promise<string> {
  const drafted = happened.drafted();
  const events: readonly ConsultationEvent[] = [
    { ...drafted, data: { ...drafted.data, consultation, applicant, authority } },
    happened.submitted(),
    happened.received(),
    // A person knows of it: whatever the screening says, it stays.
    {
      type: 'overlap-candidate-added',
      data: {
        ...{ by: happened.confirmed().data.by, at: happened.confirmed().data.at, reason: '검토자가 아는 시스템이다.' },
        candidate: { id: candidate, kind: 'system', name: groundwater.name, agency: groundwater.agency },
      },
    },
    { ...happened.confirmed(), data: { ...happened.confirmed().data, candidate } },
  ];
  const recorded = events.map(({ type, data }, index) => {
    const by = { ...data.by, agency: index < 2 ? applicant.id : authority.id };
    return {
      ...{ id: randomUUID(), type, data: { ...data, by } as unknown as JsonObject },
      metadata: { schema: String(schemaOf(type)), actor: by.person, agency: by.agency },
    };
  });
  await service.app.get(EventStore).append(`consultation-${consultation}`, 'none', recorded);
  return `/v1/consultations/${consultation}`;
}

const head = async () => ({ 'x-after': String(await service.app.get(EventStore).head()) });

/** The screening policy may record its finding meanwhile. */
async function escalate(at: string, as: string, body: object): Promise<Answer> {
  for (let tries = 0; ; tries++) {
    const shown = await service.get(at, as, await head());
    const answer = await service.post(`${at}/escalation`, as, body, seen(shown));
    if (answer.status !== 412 || tries === 100) return answer;
  }
}

const page = async (at: string, as: string, acting: object) => service.get(at, as, { ...(await head()), ...acting });
/** On what the case shows to whoever does it. */
async function act(at: string, as: string, acting: object, url: string, body?: object): Promise<Answer> {
  for (let tries = 0; ; tries++) {
    const shown = await page(at, as, acting);
    const answer = await service.post(`${at}/${url}`, as, body, { ...seen(shown), ...acting });
    // The screening policy may record its finding meanwhile.
    if (answer.status !== 412 || tries === 100) return answer;
  }
}

describe('an agency that is merged', () => {
  it('is announced for a day, keeps its name in its old cases, and files nothing from that day on', async () => {
    const at = await reviewed('before-the-merger', seongnam);
    const merge = (effectiveOn: string, agency: Awaited<ReturnType<typeof service.get>>) =>
      service.post(
        '/v1/agencies/gyeonggi-seongnam/merger',
        ADMIN,
        { into: 'gyeonggi-suwon', effectiveOn, reason: '두 시의 통합' },
        seen(agency),
      );
    const announced = await merge(addDays(today, 30), await service.get('/v1/agencies/gyeonggi-seongnam', ADMIN, await head()));
    expect(announced.status).toBe(201);
    // Until then it goes on.
    const question = { kind: 'build', isNew: true, totalBudgetKrw: 1 };
    expect((await service.post('/v1/eligibility', 'demo-seongnam', question)).status).toBe(200);
    const merged = await merge(today, announced);
    expect(merged.status).toBe(201);
    expect((await service.get('/v1/agencies/gyeonggi-seongnam', ADMIN, after(merged))).body).toMatchObject({
      ...{ name: '성남시', endsOn: today, successors: ['gyeonggi-suwon'], dissolvedAt: null },
    });
    const { body } = await service.get(at, 'demo-gyeonggi-reviewer', after(merged));
    expect(body.applicant).toEqual(seongnam);
    expect(await service.post('/v1/projects', 'demo-seongnam', { plan: PLAN })).toMatchObject({
      ...{ status: 409, body: { code: 'agency-dissolved' } },
    });
    expect(await merge(addDays(today, 60), merged)).toMatchObject({ status: 409, body: { code: 'agency-dissolved' } });
  });
});

describe('the open cases of an agency that was merged', () => {
  const gwangju = { id: 'gyeonggi-gwangju', name: '광주시', tier: 'BASIC_LOCAL' as const };
  const north = { id: 'gyeonggi-north', name: '경기북도', tier: 'METROPOLITAN' as const };
  const asGwangju = { 'x-act-as': gwangju.id };
  const asNorth = { 'x-act-as': north.id };

  it('are answered, fulfilled, reviewed and decided by the people of its successor, who need no further grant', async () => {
    for (const { id, name, tier } of [gwangju, north]) {
      const parent = tier === 'METROPOLITAN' ? 'mois' : 'gyeonggi';
      expect((await service.post('/v1/agencies', ADMIN, { agency: id, name, tier, parent })).status).toBe(201);
    }
    const at = await reviewed('taken-over', gwangju, groundwater.id, north);
    const merge = async (agency: string, into: string) => {
      const now = await service.get(`/v1/agencies/${agency}`, ADMIN, await head());
      const body = { into, effectiveOn: today, reason: '통합' };
      expect((await service.post(`/v1/agencies/${agency}/merger`, ADMIN, body, seen(now))).status).toBe(201);
    };
    // Before the merger nobody else has to do with the case.
    expect((await page(at, 'demo-suwon', asGwangju)).body.code).toBe('no-role-granted');
    await merge(gwangju.id, suwon.id);
    await merge(north.id, gyeonggi.id);

    const capacities = (await service.get('/v1/session', 'demo-suwon')).body.capacities;
    expect(capacities).toContainEqual({
      ...{
        id: gwangju.id,
        agency: gwangju.id,
        agencyName: '광주시',
        roles: ['applicant', 'applicant-approver'],
        successor: suwon.id,
      },
    });
    // For its own agency the city sees only its own cases.
    expect((await service.get(at, 'demo-suwon')).status).toBe(404);
    const listed = await service.get('/v1/consultations', 'demo-suwon', { ...(await head()), ...asGwangju });
    expect(JSON.stringify(listed.body)).toContain('taken-over');

    const [review, approve] = ['demo-gyeonggi-reviewer', 'demo-gyeonggi-approver'];
    const request = { items: [{ pointer: '', text: '연계 계획을 더하십시오.' }], respondBy: addDays(today, 14) };
    expect((await act(at, review, asNorth, 'correction-requests', request)).status).toBe(201);
    const answers = { answers: [{ number: 1, answer: '7쪽에 더하였습니다.' }] };
    expect((await act(at, 'demo-suwon', asGwangju, 'correction-requests/1/response', answers)).status).toBe(201);
    expect((await act(at, review, asNorth, 'correction-requests/1/acceptance', { remarks: '' })).status).toBe(201);
    for (let tries = 0; (await page(at, review, asNorth)).body.finding === null && tries < 200; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    const decision = {
      ...{ outcome: 'PROCEED_CONDITIONALLY', reasons: '연계를 조건으로 한다.', opinions: OPINIONS },
      conditions: [{ code: 'link', text: '연계할 것', dueOn: '2099-09-30', evidence: ['연계 결과서'] }],
    };
    const proposed = await act(at, review, asNorth, 'decisions', decision);
    expect(proposed).toMatchObject({ status: 201 });
    expect((await act(at, approve, asNorth, 'decisions/1/approval')).status).toBe(201);
    const letter = { proposal: 1, documentNumber: '통합-1' };
    expect((await act(at, review, asNorth, 'notification', letter)).status).toBe(201);
    const plan = { actionPlan: '연계한다.', completeBy: '2099-08-31' };
    expect((await act(at, 'demo-suwon', asGwangju, 'conditions/1/action-plan', plan)).status).toBe(201);

    // The record says whom they acted for, and of which agency they are.
    const recorded = [];
    for await (const event of service.app.get(EventStore).readStream('consultation-taken-over')) recorded.push(event);
    const approved = recorded.find(({ type }) => type === 'decision-approved');
    expect(approved).toMatchObject({
      data: { by: { person: 'person-demo-gyeonggi-approver', agency: north.id, successor: gyeonggi.id } },
      metadata: { agency: north.id, successor: gyeonggi.id },
    });
    const told = await service.get(`${at}/timeline`, 'demo-suwon', { ...(await head()), ...asGwangju });
    expect(JSON.stringify(told.body)).toContain('광주시의 승계기관 gyeonggi-suwon의 person-demo-suwon');
    // An administrator of a successor inherits no such power over the old agency, and nothing new is filed for it.
    expect((await service.post('/v1/projects', 'demo-suwon', { plan: PLAN }, asGwangju)).body.code).toBe('agency-dissolved');
  });

  it('are reviewed by nobody of an authority that the applicant has become one with, which may only hand them on', async () => {
    const yangju = { id: 'gyeonggi-yangju', name: '양주시', tier: 'BASIC_LOCAL' as const };
    const agency = { agency: yangju.id, name: yangju.name, tier: yangju.tier, parent: 'gyeonggi' };
    expect((await service.post('/v1/agencies', ADMIN, agency)).status).toBe(201);
    const at = await reviewed('own-by-merger', yangju);
    const request = { items: [{ pointer: '', text: '연계 계획을 더하십시오.' }], respondBy: addDays(today, 14) };
    const unneeded = { candidate: null, reason: '이관한다.' };
    expect((await act(at, 'demo-gyeonggi-approver', {}, 'escalation', unneeded)).body.code).toBe('no-conflict-of-interest');
    const now = await service.get(`/v1/agencies/${yangju.id}`, ADMIN, await head());
    const body = { into: gyeonggi.id, effectiveOn: today, reason: '통합' };
    expect((await service.post(`/v1/agencies/${yangju.id}/merger`, ADMIN, body, seen(now))).status).toBe(201);
    expect(await act(at, 'demo-gyeonggi-reviewer', {}, 'correction-requests', request)).toMatchObject({
      ...{ status: 403, body: { code: 'own-submission' } },
    });
    const handed = await act(at, 'demo-gyeonggi-approver', {}, 'escalation', {
      candidate: null,
      reason: '신청기관과 통합되었다.',
    });
    expect(handed.status).toBe(201);
    expect((await page(at, 'demo-mois-reviewer', {})).body).toMatchObject({
      authority: { id: 'mois' },
      escalation: { candidate: null },
    });
    expect((await act(at, 'demo-mois-reviewer', {}, 'correction-requests', request)).status).toBe(201);
  });
});

describe('a review of a province', () => {
  it('goes to the ministry because of a confirmed overlap with a central system, and the ministry decides', async () => {
    const { system, ...entry } = SYSTEM;
    const registered = await service.post('/v1/systems', ADMIN, { system, ...entry });
    expect(registered.status).toBe(201);
    const at = await reviewed('escalated', suwon, system);
    const body = { candidate: system, reason: '행정안전부의 공유누리와 예약 기능이 중복된다.' };
    expect((await escalate(at, 'demo-gyeonggi-reviewer', body)).status).toBe(403);
    const escalated = await escalate(at, 'demo-gyeonggi-approver', body);
    expect(escalated.status).toBe(201);
    const told = await service.get(at, 'demo-mois-reviewer', after(escalated));
    expect(told.body).toMatchObject({ authority: { id: 'mois' }, escalation: { from: gyeonggi, candidate: system } });
    // The province may follow the case and acts on it no more.
    expect((await service.get(at, 'demo-gyeonggi-reviewer')).status).toBe(200);
    const request = { items: [{ pointer: '', text: '연계 계획을 더하십시오.' }], respondBy: addDays(today, 14) };
    expect(await act(at, 'demo-gyeonggi-reviewer', {}, 'correction-requests', request)).toMatchObject({
      ...{ status: 403, body: { code: 'not-the-authority' } },
    });
    const { rows } = (await service.get('/v1/consultations/queue', 'demo-mois-reviewer', after(escalated))).body;
    expect(rows.map(({ consultation }: { consultation: string }) => consultation)).toContain('escalated');
  });
  it('stays where it is when the overlap is with another local system', async () => {
    const { system: _, ...entry } = { ...SYSTEM, title: '수원시 공유누리', level: 'local' };
    const registered = await service.post('/v1/systems', ADMIN, { system: 'suwon-wells', ...entry });
    const at = await reviewed('stays', suwon, 'suwon-wells');
    expect(registered.status).toBe(201);
    const body = { candidate: 'suwon-wells', reason: '중복된다.' };
    expect(await escalate(at, 'demo-gyeonggi-approver', body)).toMatchObject({
      ...{ status: 409, body: { code: 'not-a-central-system' } },
    });
  });
});

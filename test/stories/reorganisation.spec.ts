import { addDays, legalDateOf, schemaOf, type ConsultationEvent } from '@sajeon/domain';
import { groundwater, happened } from '@sajeon/domain/testing';
import { EventStore, type JsonObject } from '@sajeon/event-store';
import { randomUUID } from 'node:crypto';
import { after, PLAN, seen, Service, SYSTEM, type Answer } from './service.js';

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
async function reviewed(consultation: string, applicant = suwon, candidate = groundwater.id): Promise<string> {
  const drafted = happened.drafted();
  const events: readonly ConsultationEvent[] = [
    { ...drafted, data: { ...drafted.data, consultation, applicant, authority: gyeonggi } },
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
    const by = { ...data.by, agency: index < 2 ? applicant.id : gyeonggi.id };
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
    expect(await service.post(`${at}/correction-requests`, 'demo-gyeonggi-reviewer', request, seen(told))).toMatchObject({
      ...{ status: 403, body: { code: 'not-the-authority' } },
    });
    const { rows } = (await service.get('/v1/consultations/queue', 'demo-mois-reviewer', after(escalated))).body;
    expect(rows.map(({ consultation }: { consultation: string }) => consultation)).toContain('escalated');
  });
  it('stays where it is when the overlap is with another local system', async () => {
    const { system: _, ...entry } = { ...SYSTEM, title: '수원시 관정 지도', level: 'local' };
    const registered = await service.post('/v1/systems', ADMIN, { system: 'suwon-wells', ...entry });
    const at = await reviewed('stays', suwon, 'suwon-wells');
    expect(registered.status).toBe(201);
    const body = { candidate: 'suwon-wells', reason: '중복된다.' };
    expect(await escalate(at, 'demo-gyeonggi-approver', body)).toMatchObject({
      ...{ status: 409, body: { code: 'not-a-central-system' } },
    });
  });
});

import { EventStore } from '@sajeon/event-store';
import { randomUUID } from 'node:crypto';
import { after, OPINIONS, PLAN, seen, Service, type Answer } from './service.js';

const APPLICANT = 'demo-suwon';
const REVIEWER = 'demo-gyeonggi-reviewer';
const APPROVER = 'demo-gyeonggi-approver';
const DIRECTOR = 'demo-gyeonggi-director';

let service: Service;
beforeAll(async () => (service = await Service.start()));
afterAll(() => service.stop());

const upToNow = async () => ({ 'x-after': String(await service.app.get(EventStore).head()) });
const page = async (at: string, as = REVIEWER) => service.get(at, as, await upToNow());

async function act(at: string, as: string, path: string, body?: object): Promise<Answer> {
  const answer = await service.post(`${at}/${path}`, as, body, seen(await page(at, as)));
  expect(answer).toMatchObject({ status: 201 });
  return answer;
}

const DECISION = {
  ...{ outcome: 'PROCEED_CONDITIONALLY', reasons: '연계를 조건으로 추진함.', opinions: OPINIONS },
  conditions: [{ code: 'link', text: '연계할 것', dueOn: '2099-09-30', evidence: ['연계 결과서'] }],
};

/** Filed, screened, received and settled. */
async function underReview(title: string): Promise<string> {
  const { body: project } = await service.post('/v1/projects', APPLICANT, { plan: { ...PLAN, title } });
  const { body: drafted } = await service.post('/v1/consultations', APPLICANT, { project: project.id });
  const at = `/v1/consultations/${drafted.id}`;
  await act(at, APPLICANT, 'submission');
  for (let tries = 0; (await page(at)).body.finding === null && tries < 400; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  await act(at, REVIEWER, 'receipt', { track: 'standard' });
  for (const candidate of (await page(at)).body.unsettled) {
    await act(at, REVIEWER, `overlaps/${candidate}/dismissal`, { relation: 'UNRELATED', reason: '다른 사업이다.' });
  }
  return at;
}

async function proposed(title: string): Promise<string> {
  const at = await underReview(title);
  await act(at, REVIEWER, 'decisions', DECISION);
  return at;
}

async function recorded(at: string, type: string): Promise<number> {
  let count = 0;
  const stream = at.replace('/v1/consultations/', 'consultation-');
  for await (const event of service.app.get(EventStore).readStream(stream)) if (event.type === type) count++;
  return count;
}

describe('whatever people press', () => {
  it('a double click on approve approves once, and both clicks get the same receipt', async () => {
    const at = await proposed('수원시 가로등 원격 제어 구축');
    const shown = seen(await page(at));
    const once = { ...shown, 'idempotency-key': randomUUID() };
    const [first, second] = await Promise.all(
      [1, 2].map(() => service.post(`${at}/decisions/1/approval`, APPROVER, undefined, once)),
    );
    expect([first?.status, second?.status]).toEqual([201, 201]);
    expect(second?.body.revision).toBe(first?.body.revision);
    expect(await recorded(at, 'decision-approved')).toBe(1);
    // Without a key the second one was looking at what is no longer so.
    expect((await service.post(`${at}/decisions/1/approval`, APPROVER, undefined, shown)).status).toBe(412);
  });

  it('of two approvers at once one approves, and the other is told what has happened', async () => {
    const at = await proposed('수원시 도로 굴착 허가 관리 구축');
    const shown = seen(await page(at));
    const answers = await Promise.all(
      [APPROVER, DIRECTOR].map((as) => service.post(`${at}/decisions/1/approval`, as, undefined, shown)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 412]);
    expect(answers.find(({ status }) => status === 412)?.body).toMatchObject({ code: 'stale-revision' });
    expect(await recorded(at, 'decision-approved')).toBe(1);
  });

  it('when one approves while the other sends back, only one of them has happened', async () => {
    const at = await proposed('수원시 공원 녹지 대장 구축');
    const shown = seen(await page(at));
    const answers = await Promise.all([
      service.post(`${at}/decisions/1/approval`, APPROVER, undefined, shown),
      service.post(`${at}/decisions/1/return`, DIRECTOR, { reason: '근거를 더 적을 것' }, shown),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 412]);
    expect((await recorded(at, 'decision-approved')) + (await recorded(at, 'decision-sent-back'))).toBe(1);
  });

  it('a stale tab decides nothing: what was found meanwhile has to be looked at first', async () => {
    const at = await underReview('수원시 반려동물 놀이터 예약 구축');
    const stale = seen(await page(at));
    const known = await service.post('/v1/systems', 'demo-admin', {
      ...{ system: `dogs-${randomUUID()}`, title: '반려동물 놀이터', purpose: PLAN.purpose, functions: PLAN.functions },
      ...{ users: [], data: [], technologies: [], text: '', agency: '화성시', level: 'local', year: 2020, source: '' },
    });
    expect(known.status).toBe(201);
    await act(at, REVIEWER, 'overlaps', { kind: 'system', id: known.body.id, reason: '검토자가 아는 시스템이다.' });
    const late = await service.post(`${at}/decisions`, REVIEWER, DECISION, stale);
    expect(late).toMatchObject({ status: 412, body: { code: 'stale-revision' } });
    // Loaded again, the page does not decide past it either.
    const fresh = await service.post(`${at}/decisions`, REVIEWER, DECISION, seen(await page(at)));
    expect(fresh).toMatchObject({ status: 409, body: { code: 'unsettled-overlap' } });
    expect(await recorded(at, 'decision-proposed')).toBe(0);
  });

  it('a letter that is sent twice at once goes out once, under one number', async () => {
    const at = await proposed('수원시 옥외광고물 관리 구축');
    await act(at, APPROVER, 'decisions/1/approval');
    const shown = seen(await page(at));
    const numbers = ['광고물팀-1', '광고물팀-2'];
    const answers = await Promise.all(
      numbers.map((documentNumber) => service.post(`${at}/notification`, REVIEWER, { proposal: 1, documentNumber }, shown)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 412]);
    expect(await recorded(at, 'result-notified')).toBe(1);
    // The number that lost is free for another letter.
    const lost = numbers[answers.findIndex(({ status }) => status === 412)] ?? '';
    const other = await proposed('수원시 불법 주정차 신고 구축');
    const approved = await act(other, APPROVER, 'decisions/1/approval');
    await service.get(other, REVIEWER, after(approved));
    await act(other, REVIEWER, 'notification', { proposal: 1, documentNumber: lost });
  });
});

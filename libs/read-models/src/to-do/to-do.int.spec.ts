import { consultation, drafted, followUp } from '../testing/story.js';
import type { ProjectEvent } from '@sajeon/domain';
import { groundwater, happened, planVersion } from '@sajeon/domain/testing';
import { Tables } from '../testing/tables.js';
import { ListToDo, ListToDoHandler, toDo, type TaskRow, type ToDoRequest } from './to-do.js';

describe('the to-do list', () => {
  let tables: Tables;
  beforeEach(async () => (tables = await Tables.make()));
  afterEach(() => tables.close());

  async function list(request: Partial<ToDoRequest> = {}): Promise<readonly TaskRow[]> {
    await tables.project(toDo);
    const asked = { agency: 'gongju-si', roles: ['applicant', 'owner'] as const, on: '2026-11-22', ...request };
    return (await new ListToDoHandler(tables.reader).execute(new ListToDo(asked))).rows;
  }
  const open = async (request: Partial<ToDoRequest> = {}) =>
    (await list({ open: true, ...request })).map(({ kind, number, dueOn }) => [kind, number, dueOn]);

  it('has what waits for the applicant: the draft, corrections, conditions and recommendations, with their due dates', async () => {
    const expected: Record<string, readonly (readonly [string, number, string | null])[]> = {
      'consultation-drafted': [['draft', 0, null]],
      'consultation-submitted': [],
      'correction-requested': [['correction', 1, '2026-11-19']],
      'response-submitted': [],
      'result-notified': [['condition', 1, '2027-03-31']],
      'action-plan-submitted': [['condition', 1, '2027-03-31']],
      'action-result-submitted': [],
      'action-result-rejected': [['condition', 1, '2027-03-31']],
      'waiver-proposed': [],
      'waiver-declined': [['condition', 1, '2027-03-31']],
      'improvement-recommended': [
        ['condition', 1, '2027-03-31'],
        ['recommendation', 1, '2027-04-16'],
      ],
      'recommendation-answered': [['condition', 1, '2027-03-31']],
      'condition-extended': [['condition', 1, '2027-06-30']],
      'condition-fulfilled': [],
    };
    for (const event of [...consultation, ...followUp]) {
      await tables.happen('consultation-c-1', event);
      const wanted = event.type === 'condition-extended' || event.type !== 'action-result-submitted' ? expected[event.type] : [];
      if (wanted !== undefined) expect([event.type, await open()]).toEqual([event.type, wanted]);
    }
    expect((await list({ open: false })).map(({ kind, done }) => [kind, done])).toEqual([
      ['recommendation', 'answered'],
      ['condition', 'answered'],
      ['correction', 'answered'],
      ['draft', 'answered'],
    ]);
    expect(await list({ agency: 'chungnam-do' })).toEqual([]);
  });

  it('passes a draft to the approver of its agency when it is put before them, and back with what they said', async () => {
    const { by } = happened.drafted().data;
    const stamp = { by, at: '2026-10-29T01:00:00Z' };
    const requested = {
      type: 'submission-requested',
      data: { ...stamp, planVersion: 1, planHash: planVersion(1).hash },
    } as const;
    const clerk = { roles: ['applicant'], open: true } as const;
    const boss = { roles: ['applicant-approver'], open: true } as const;
    const waits = async (who: Partial<ToDoRequest>) => (await list(who)).map(({ kind, text }) => [kind, text]);
    await tables.happen('consultation-c-1', happened.drafted(), requested);
    expect([await waits(clerk), await waits(boss)]).toEqual([[], [['submission', '']]]);
    await tables.happen('consultation-c-1', { type: 'draft-sent-back', data: { ...stamp, reason: '근거를 더할 것' } });
    expect([await waits(clerk), await waits(boss)]).toEqual([[['draft', '근거를 더할 것']], []]);
    await tables.happen('consultation-c-1', requested, { type: 'draft-revised', data: { ...stamp, plan: planVersion(2) } });
    expect([await waits(clerk), await waits(boss)]).toEqual([[['draft', '']], []]);
    expect((await list({ ...boss, open: false })).map(({ done }) => done)).toEqual(['lapsed']);
    await tables.happen('consultation-c-1', requested, happened.submitted(planVersion(2)));
    expect([await waits(clerk), await waits(boss)]).toEqual([[], []]);
    expect((await list({ ...boss, open: false })).map(({ done }) => done)).toEqual(['answered']);
  });

  it('says what is late on the day asked for', async () => {
    await tables.happen('consultation-c-1', ...consultation.slice(0, 7));
    expect(await list({ on: '2026-11-19' })).toMatchObject([{ kind: 'correction', late: false }, { kind: 'draft' }]);
    expect(await list({ on: '2026-11-20' })).toMatchObject([
      { kind: 'correction', late: true },
      { kind: 'draft', late: false },
    ]);
  });

  it('is the inbox of an owner who is asked for an opinion, and keeps what it said', async () => {
    const owner = { agency: 'k-water', roles: ['owner'] as const, kind: 'opinion' as const };
    const before = [drafted('c-5'), happened.submitted(), happened.screened(), happened.received()];
    await tables.happen('consultation-c-5', ...before, happened.jointReviewOpened());
    expect(await list(owner)).toMatchObject([
      { consultation: 'c-5', number: 1, dueOn: '2026-11-13', text: groundwater.name, late: true, done: null, opinion: null },
    ]);
    expect(await list({ ...owner, roles: ['applicant'] })).toEqual([]);
    await tables.happen('consultation-c-5', happened.opinionGiven(), happened.adjustmentProposed());
    expect(await list(owner)).toMatchObject([{ done: 'answered', opinion: 'LINK', late: false, doneAt: '2026-11-11T01:00:00Z' }]);
    // Whoever proposed the adjustment waits for the other side.
    expect(await open()).toEqual([['adjustment', 1, '2026-11-13']]);
    await tables.happen('consultation-c-5', happened.adjustmentAgreed());
    expect(await open()).toEqual([]);
  });

  it('notes an opinion that nobody gave before the case was over', async () => {
    const before = [drafted('c-5'), happened.submitted(), happened.screened(), happened.received()];
    await tables.happen('consultation-c-5', ...before, happened.jointReviewOpened(), happened.withdrawn());
    expect(await list({ agency: 'k-water' })).toMatchObject([{ kind: 'opinion', done: 'lapsed', opinion: null }]);
  });

  it('has the quarters of a project that were not reported in time, until they are or it is given up', async () => {
    const by = happened.received().data.by;
    const missed = (year: number, quarter: number, dueOn: string): ProjectEvent => ({
      type: 'progress-report-missed',
      data: { by, at: '2027-04-15T15:00:00Z', year, quarter, dueOn, ruleSet: 'sample' },
    });
    const plan = planVersion(1);
    await tables.happen(
      'project-p-9',
      { type: 'project-planned', data: { by, at: '2026-10-01T00:00:00Z', project: 'p-9', agency: 'gongju-si', plan } },
      missed(2027, 1, '2027-04-15'),
      missed(2027, 2, '2027-07-15'),
    );
    expect(await list({ open: true, on: '2027-07-16' })).toMatchObject([
      { kind: 'progress', number: 20271, consultation: null, project: 'p-9', title: plan.content.title, late: true },
      { kind: 'progress', number: 20272, dueOn: '2027-07-15', late: true },
    ]);
    const report = { year: 2027, quarter: 1, plannedPercent: 30, donePercent: 30, remarks: '', daysLate: 1 };
    await tables.happen(
      'project-p-9',
      {
        type: 'progress-recorded',
        data: { by, at: '2027-07-20T00:00:00Z', ...report, dueOn: '2027-04-15', ruleSet: 'sample' },
      },
      { type: 'project-abandoned', data: { by, at: '2027-07-21T00:00:00Z', reason: '예산' } },
    );
    expect(await open()).toEqual([]);
    expect((await list({ open: false })).map(({ number, done }) => [number, done])).toEqual([
      [20272, 'lapsed'],
      [20271, 'answered'],
    ]);
  });
});

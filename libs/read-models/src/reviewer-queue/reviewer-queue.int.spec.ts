import type { ConsultationEvent } from '@sajeon/domain';
import { groundwater, happened, planVersion } from '@sajeon/domain/testing';
import { consultation, drafted, followUp, rulesAdopted } from '../testing/story.js';
import { Tables } from '../testing/tables.js';
import {
  CountQueue,
  CountQueueHandler,
  type Graded,
  ListQueue,
  ListQueueHandler,
  reviewerQueue,
  type QueueRequest,
  type QueueRow,
} from './reviewer-queue.js';

describe('the reviewer’s queue', () => {
  let tables: Tables;
  beforeEach(async () => (tables = await Tables.make()));
  afterEach(() => tables.close());

  async function queue(request: Partial<QueueRequest> = {}): Promise<readonly QueueRow[]> {
    await tables.project(reviewerQueue);
    return (await new ListQueueHandler(tables.reader).execute(new ListQueue({ on: '2026-11-22', ...request }))).rows;
  }

  it('does not show drafts, also when they are withdrawn before they are filed', async () => {
    await tables.happen('consultation-c-1', happened.drafted());
    await tables.happen('consultation-c-2', drafted('c-2'), happened.withdrawn());
    expect(await queue()).toEqual([]);
  });

  it('follows a case from its filing to the letter', async () => {
    const expected: Record<string, Partial<QueueRow>> = {
      'consultation-submitted': {
        status: 'submitted',
        holder: 'authority',
        planVersion: 2,
        dueOn: null,
        submittedAt: '2026-10-30T02:00:00Z',
      },
      'consultation-received': { status: 'received', dueOn: '2026-12-02' },
      'overlap-screened': { flagged: 1, unsettled: [groundwater.id] },
      'overlap-dismissed': { status: 'under-review', unsettled: [] },
      'correction-requested': { status: 'awaiting-applicant', holder: 'applicant', openRound: 1, respondBy: '2026-11-19' },
      'response-submitted': { status: 'under-review', holder: 'authority', openRound: null, respondBy: null, planVersion: 3 },
      'decision-proposed': { status: 'pending-approval', unsettled: [] },
      'decision-sent-back': { status: 'under-review' },
      'decision-approved': { status: 'approved', holder: 'authority' },
      'result-notified': { status: 'follow-up', holder: 'applicant' },
      'consultation-closed': { status: 'closed', holder: null },
    };
    for (const [revision, event] of [...consultation, ...followUp].entries()) {
      await tables.happen('consultation-c-1', event);
      const [row] = await queue();
      const wanted = expected[event.type];
      if (wanted !== undefined) expect(row).toMatchObject({ ...wanted, revision: String(revision) });
      // Settled at 0.91, screened again at 0.95: the settlement no longer stands.
      if (revision === 8) expect(row).toMatchObject({ topProbability: 0.95, candidates: 1, unsettled: [groundwater.id] });
    }
  });

  it('tells a case that was screened and is like nothing from one that nobody has looked up yet', async () => {
    await tables.happen('consultation-c-1', drafted('c-1'), happened.submitted());
    const likeNothing = happened.screened([]);
    await tables.happen('consultation-c-2', drafted('c-2'), happened.submitted(), happened.received(), likeNothing);
    const shown = (await queue()).map(({ consultation, screened, topProbability }) => ({
      consultation,
      screened,
      topProbability,
    }));
    expect(shown).toEqual([
      { consultation: 'c-2', screened: true, topProbability: null },
      { consultation: 'c-1', screened: false, topProbability: null },
    ]);
  });

  it('is sorted by due date, those without one last, and filtered by status, turn, authority and words', async () => {
    const due = (dueOn: string) => ({ ...happened.received(), data: { ...happened.received().data, dueOn } });
    await tables.happen('consultation-c-1', drafted('c-1', '지하수 관정 관리'), happened.submitted(), due('2026-12-20'));
    await tables.happen('consultation-c-2', drafted('c-2', '도서관 예약'), happened.submitted(planVersion(1, undefined, '2')));
    await tables.happen(
      'consultation-c-3',
      drafted('c-3', '도로대장'),
      happened.submitted(),
      due('2026-12-01'),
      happened.correctionRequested(),
    );
    const ids = async (request: Partial<QueueRequest>) => (await queue(request)).map((row) => row.consultation);
    expect(await ids({})).toEqual(['c-3', 'c-1', 'c-2']);
    expect(await ids({ direction: 'desc' })).toEqual(['c-2', 'c-1', 'c-3']);
    expect(await ids({ status: ['received', 'submitted'] })).toEqual(['c-1', 'c-2']);
    expect(await ids({ holder: 'applicant' })).toEqual(['c-3']);
    expect(await ids({ authority: 'chungnam-do' })).toHaveLength(3);
    expect(await ids({ authority: 'seoul' })).toEqual([]);
    expect(await ids({ q: '공주시 c-3' })).toEqual(['c-3']);
  });

  it('is graded by the legal clock of the day asked for, and counted in the groups that a filter shows', async () => {
    await tables.happen('ruleset-national', rulesAdopted);
    const on = (day: string, event: ConsultationEvent) =>
      ({ ...event, data: { ...event.data, at: `${day}T01:00:00Z` } }) as ConsultationEvent;
    const filed = (id: string, day: string) => [drafted(id), happened.submitted(), on(day, happened.received())];
    const lead = { person: 'p-3001', agency: 'chungnam-do' };
    await tables.happen('consultation-c-1', ...filed('c-1', '2026-11-20'));
    await tables.happen('consultation-c-2', ...filed('c-2', '2026-10-12'));
    await tables.happen(
      'consultation-c-3',
      ...filed('c-3', '2026-11-02'),
      on('2026-11-03', { type: 'reviewer-assigned', data: { by: lead, at: '', reviewer: lead } }),
    );
    await tables.happen('consultation-c-4', ...filed('c-4', '2026-11-02'), happened.correctionRequested());
    await tables.happen('consultation-c-5', drafted('c-5'), happened.submitted());
    await tables.happen('consultation-c-6', ...filed('c-6', '2026-11-02'), happened.withdrawn());
    const graded = async (request: Partial<QueueRequest>) =>
      (await queue({ sort: 'severity', ...request })).map((row) => [row.consultation, (row as QueueRow & Graded).severity]);
    expect(await graded({})).toEqual([
      ...[
        ['c-2', 'overdue'],
        ['c-3', 'half'],
        ['c-4', 'ample'],
        ['c-1', 'ample'],
      ],
      ...[
        ['c-5', null],
        ['c-6', null],
      ],
    ]);
    // Nothing has happened since: only the day is another one. What waits for the applicant grows no more severe.
    expect(await graded({ on: '2026-12-05', severity: 'overdue' })).toEqual([
      ['c-2', 'overdue'],
      ['c-3', 'overdue'],
    ]);
    expect(await graded({ on: '2026-12-15', severity: 'ample' })).toEqual([['c-4', 'ample']]);
    expect(await graded({ lead: 'p-3001' })).toEqual([['c-3', 'half']]);
    const counts = async (request: Partial<QueueRequest>) =>
      (await new CountQueueHandler(tables.reader).execute(new CountQueue({ on: '2026-11-22', ...request }))).row;
    expect(await counts({})).toEqual({
      severity: { overdue: 1, urgent: 0, half: 1, ample: 2, unreceived: 1, over: 1 },
      ...{ holder: { applicant: 1, authority: 4 }, unassigned: 4, total: 6 },
    });
    expect(await counts({ on: '2026-12-15', holder: 'authority' })).toMatchObject({ severity: { overdue: 2, urgent: 1 } });
  });
});

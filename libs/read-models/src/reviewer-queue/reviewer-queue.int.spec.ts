import { groundwater, happened, planVersion } from '@sajeon/domain/testing';
import { consultation, drafted, followUp } from '../testing/story.js';
import { Tables } from '../testing/tables.js';
import { ListQueue, ListQueueHandler, reviewerQueue, type QueueRequest, type QueueRow } from './reviewer-queue.js';

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
});

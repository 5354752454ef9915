import type { PreliminaryReviews, ProjectThread } from '../contract.js';
import { nextRound, roundInTheWay, stepsOf } from './steps.js';

const THREAD: ProjectThread = {
  project: 'k3m9q2x7za',
  agency: 'gyeonggi-suwon',
  title: '상담 예약',
  plannedAt: '2026-05-01T01:00:00.000Z',
  abandoned: null,
  plans: [
    { version: 1, hash: 'a'.repeat(64), at: '2026-05-01T01:00:00.000Z' },
    { version: 2, hash: 'b'.repeat(64), at: '2026-06-01T01:00:00.000Z' },
  ],
  assessments: [],
  consultations: [],
  budgets: [],
  orders: [
    {
      ...{ at: '2027-01-05T01:00:00.000Z', order: '20270105-1', orderedOn: '2027-01-05', planHash: 'a'.repeat(64) },
      ...{ amountKrw: 142_000_000, source: 'owner', basis: { kind: 'none' } },
    },
  ],
  omissions: [],
  progress: [
    {
      ...{ at: '2027-04-20T01:00:00.000Z', year: 2027, quarter: 1, plannedPercent: 30, donePercent: 30, remarks: '' },
      ...{ dueOn: '2027-04-15', daysLate: 5 },
    },
  ],
  missed: [],
  performance: [],
  awards: [],
  revision: '5',
};

describe('the consultation that may be drafted', () => {
  const round = (phase: string, outcome?: string, submittedAt: string | null = '2026-06-02T01:00:00.000Z') =>
    ({
      consultation: 'c-1',
      phase,
      submittedAt,
      letters: outcome === undefined ? [] : [{ outcome }],
    }) as unknown as ProjectThread['consultations'][number];
  const next = (...consultations: ProjectThread['consultations']) => nextRound({ ...THREAD, consultations });

  it('is the first, or takes up the newest that did not go through', () => {
    expect(next()).toEqual({ previous: undefined });
    expect(next(round('withdrawn', undefined, null))).toEqual({ previous: undefined });
    for (const each of [round('returned'), round('withdrawn'), round('notified', 'HOLD')])
      expect(next(each)).toEqual({ previous: 'c-1' });
    expect(next(round('closed', 'HOLD'))).toEqual({ previous: undefined });
  });

  it('is none while one is under way or a decision stands', () => {
    for (const phase of ['draft', 'submitted', 'under-review', 'objection']) expect(next(round(phase))).toBe(null);
    for (const phase of ['notified', 'follow-up', 'closed', 'objection']) expect(next(round(phase, 'PROCEED'))).toBe(null);
    expect(next(round('follow-up', 'PROCEED_CONDITIONALLY'), round('returned'))).toBe(null);
  });
});

describe('the thread of a project', () => {
  it('puts what happened in the order in which it happened, a day without a time after its hours', () => {
    const preliminary = {
      requests: [{ number: 1, fiscalYear: 2027, requestedOn: '2026-06-01', finding: null, opinion: null, withdrawn: null }],
    } as unknown as PreliminaryReviews;
    expect(stepsOf(THREAD, preliminary).map(({ kind }) => kind)).toEqual(['plan', 'plan', 'preliminary', 'order', 'progress']);
  });

  it('marks an order that no decision covers', () => {
    expect(stepsOf(THREAD, undefined).find(({ kind }) => kind === 'order')).toMatchObject({ tone: 'danger' });
  });

  it('says how late a report was', () => {
    const step = stepsOf(THREAD, undefined).find(({ kind }) => kind === 'progress');
    expect(step?.text.ko).toContain('5일 늦게');
    expect(step?.tone).toBe('warning');
  });
});

it('lets a plan be revised outside of a consultation only while none of its rounds is under way', () => {
  const round = (phase: ProjectThread['consultations'][number]['phase']): ProjectThread['consultations'][number] => ({
    ...{ consultation: `c-${phase}`, applicant: { id: 'a', name: '가', tier: 'BASIC_LOCAL' as const } },
    ...{ authority: { id: 'b', name: '나', tier: 'METROPOLITAN' as const }, phase, planVersion: 1, planHash: 'a'.repeat(64) },
    ...{ draftedAt: '', submittedAt: null, receivedAt: null, letters: [], openConditions: 0 },
  });
  const inTheWay = (...phases: readonly Parameters<typeof round>[0][]) =>
    roundInTheWay({ ...THREAD, consultations: phases.map(round) })?.phase;
  expect(inTheWay()).toBeUndefined();
  expect(inTheWay('returned', 'withdrawn', 'notified', 'follow-up', 'closed')).toBeUndefined();
  for (const phase of ['draft', 'submitted', 'awaiting-applicant', 'approved', 'objection'] as const) {
    expect(inTheWay('returned', phase)).toBe(phase);
  }
});

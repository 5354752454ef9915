import { happened } from '../testing.js';
import type { ConsultationEvent } from '../consultation/events.js';
import type { ProjectEvent } from '../project/events.js';
import { SAVED_QUESTIONS, type RecordAsked } from './questions.js';

const ask = (id: string, record: Partial<RecordAsked>, days = 30) =>
  SAVED_QUESTIONS.find((question) => question.id === id)
    ?.answers({ cases: [], projects: [], ...record }, { days })
    .map(({ stream }) => stream);
const the = (id: string, ...events: readonly ConsultationEvent[]) => ({ cases: [{ id, events }] });
const changed = <Event extends ConsultationEvent>(event: Event, data: object): Event => ({
  ...event,
  data: { ...event.data, ...data },
});

const confirmed = changed(happened.confirmed(), { candidate: 's-1', relation: 'DUPLICATES' });
const dismissed = changed(happened.dismissed(), { candidate: 's-1' });
const proceed = changed(happened.notified(), { outcome: 'PROCEED' });
const hold = changed(happened.notified(), { outcome: 'HOLD' });

it('finds what was approved against a duplicate that stands confirmed, and nothing else', () => {
  const id = 'approved-against-duplicate';
  expect(ask(id, the('c', confirmed, proceed))).toEqual(['consultation-c']);
  expect(ask(id, the('c', confirmed, hold))).toEqual([]);
  expect(ask(id, the('c', confirmed, dismissed, proceed))).toEqual([]);
  expect(ask(id, the('c', changed(confirmed, { relation: 'SHOULD_LINK' }), proceed))).toEqual([]);
  expect(ask(id, the('c', confirmed))).toEqual([]);
});

it('finds decisions drafted and approved by one person', () => {
  const id = 'same-drafter-and-approver';
  const one = { person: 'p-1', agency: 'gyeonggi' };
  const proposed = changed(happened.proposed(1), { by: one });
  expect(ask(id, the('c', proposed, changed(happened.approved(1), { by: one })))).toEqual(['consultation-c']);
  expect(ask(id, the('c', proposed, changed(happened.approved(1), { by: { ...one, person: 'p-2' } })))).toEqual([]);
});

it('finds pauses longer than so many days, also one that still lasts', () => {
  const id = 'long-pauses';
  const asked = changed(happened.correctionRequested(), { at: '2026-01-01T00:00:00Z', round: 1 });
  const answered = changed(happened.responded(), { at: '2026-02-10T00:00:00Z', round: 1 });
  expect(ask(id, the('c', asked, answered), 30)).toEqual(['consultation-c']);
  expect(ask(id, the('c', asked, answered), 40)).toEqual([]);
  expect(ask(id, the('c', asked, changed(happened.withdrawn(), { at: '2026-06-01T00:00:00Z' })), 60)).toEqual(['consultation-c']);
});

it('finds like cases that were decided differently', () => {
  const id = 'like-cases-decided-differently';
  const two = (first: ConsultationEvent, second: ConsultationEvent) => ({
    cases: [
      { id: 'a', events: [confirmed, first] },
      { id: 'b', events: [confirmed, second] },
    ],
  });
  expect(ask(id, two(proceed, hold))).toEqual(['consultation-a', 'consultation-b']);
  expect(ask(id, two(hold, hold))).toEqual([]);
});

const omitted = {
  type: 'consultation-omission-detected',
  data: { at: '2026-03-01T00:00:00Z', order: 'o-1', orderedOn: '2026-02-20', reason: 'never-consulted' },
} as unknown as ProjectEvent;
const ordered = {
  type: 'procurement-recorded',
  data: { at: '2027-12-01T00:00:00Z', order: 'o-1', orderedOn: '2027-12-01' },
} as unknown as ProjectEvent;

it('finds what was ordered without a consultation', () => {
  expect(ask('ordered-without-consultation', { projects: [{ id: 'p', events: [omitted, ordered] }] })).toEqual(['project-p']);
  expect(ask('ordered-without-consultation', { projects: [{ id: 'p', events: [ordered] }] })).toEqual([]);
});

it('finds orders placed while a condition was overdue', () => {
  const drafted = changed(happened.drafted(), { project: 'p' });
  const projects = [{ id: 'p', events: [ordered] }];
  const record = (...events: readonly ConsultationEvent[]) => ({ ...the('c', drafted, ...events), projects });
  const id = 'overdue-while-ordered';
  expect(ask(id, record(happened.overdue()))).toEqual(['consultation-c']);
  expect(ask(id, record())).toEqual([]);
  const met = changed(happened.fulfilled(1), { condition: happened.overdue().data.condition, at: '2027-11-01T00:00:00Z' });
  expect(ask(id, record(happened.overdue(), met))).toEqual([]);
});

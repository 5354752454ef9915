import type { Case, Clock } from '../contract.js';
import { glanceOf, hang, shareOf } from './glance.js';

const on = (day: string) => ({ by: { person: 'p', agency: 'a' }, at: `${day}T01:00:00Z` });
const draft = { submitted: null, received: null, corrections: [], decision: null, letter: null, ended: null };
const open = {
  ...draft,
  ...{ submitted: on('2026-11-02'), received: on('2026-11-04') },
  corrections: [{ round: 1, requested: on('2026-11-10'), responded: on('2026-11-20') }],
  meetings: [{ ...on('2026-11-26'), meeting: 1, heldOn: '2026-11-25' }],
};
const clock = {
  dueOn: '2026-12-14',
  intervals: [
    { holder: 'authority', from: '2026-11-05', to: '2026-11-10' },
    { holder: 'applicant', from: '2026-11-11', to: '2026-11-20' },
    { holder: 'authority', from: '2026-11-21', to: '2026-11-30' },
  ],
};
// Only what the picture looks at.
const glance = (the: object, known: object = clock) =>
  glanceOf(the as Case, 'received' in the && the.received === null ? undefined : (known as Clock), '2026-11-30');
const stretches = (the: object) => glance(the)?.stretches.map(({ who, from, to }) => `${who} ${from.slice(5)} ${to.slice(5)}`);
const days = (the: object) =>
  glance(the)?.days.map(({ on: day, marks }) => `${day.slice(5)} ${marks.map(({ text }) => text.ko).join('·')}`);

describe('a case at a glance', () => {
  it('is cut without gaps into who held it, and what lies ahead', () => {
    expect(stretches(open)).toEqual([
      'unreceived 11-02 11-04',
      'authority 11-04 11-10',
      'applicant 11-10 11-20',
      'authority 11-20 11-30',
      'ahead 11-30 12-14',
    ]);
  });

  it('marks each day with what happened on it, in order, with the due date and today', () => {
    expect(days(open)).toEqual([
      ...['11-02 신청', '11-04 접수', '11-10 보완요청 1차', '11-20 보완제출 1차', '11-25 대면회의 1'],
      ...['11-30 오늘', '12-14 처리기한'],
    ]);
  });

  it('marks by when the applicant has to answer, as long as it has not', () => {
    const asked = { round: 1, requested: on('2026-11-10'), responded: null, respondBy: '2026-12-05' };
    expect(days({ ...open, corrections: [asked] })).toContain('12-05 보완기한');
    expect(days({ ...open, corrections: [{ ...asked, onFile: on('2026-11-20') }] })).toContain('11-20 1차 보완 없이 검토');
    expect(days({ ...open, corrections: [{ ...asked, onFile: on('2026-11-20') }] })).not.toContain('12-05 보완기한');
  });

  it('ends with the letter: nothing lies ahead, and today is not of it', () => {
    const told = { ...open, decision: { approved: on('2026-11-30') }, letter: { notified: on('2026-11-30') } };
    expect(days(told)?.slice(-2)).toEqual(['11-30 결정·결과 통보', '12-14 처리기한']);
    expect(stretches(told)?.at(-1)).toBe('authority 11-20 11-30');
  });

  it('waits until today where nobody has received it, and is nothing for a draft', () => {
    expect(stretches({ ...draft, submitted: on('2026-11-02') })).toEqual(['unreceived 11-02 11-30']);
    expect(glance(draft)).toBeNull();
  });

  it('takes the days as they are in Seoul', () => {
    expect(days({ ...draft, submitted: { ...on('2026-11-02'), at: '2026-11-02T15:30:00Z' } })?.[0]).toBe('11-03 신청');
  });

  it('knows how far along a day lies, and begins at the beginning when all is on one day', () => {
    expect(shareOf({ from: '2026-11-01', to: '2026-11-11' }, '2026-11-06')).toBe(0.5);
    expect(shareOf({ from: '2026-11-01', to: '2026-11-01' }, '2026-11-01')).toBe(0);
  });

  it('hangs a label deeper than those on its right that it would lie on, and no deeper', () => {
    const label = (at: number) => ({ at, width: 10, height: 4 });
    expect(hang([label(0), label(5), label(8), label(30)])).toEqual([8, 4, 0, 0]);
    expect(hang([])).toEqual([]);
  });
});

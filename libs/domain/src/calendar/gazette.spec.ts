import { given, reviewer } from '../testing.js';
import type { CalendarEvent, GazettedHolidayCorrected, TemporaryHolidayGazetted } from './events.js';
import { calendarDecider as decider, type CalendarCommand } from './gazette.js';

const stamp = { by: reviewer, at: '2026-11-20T01:00:00Z' };
const holiday = { date: '2026-12-02', name: '임시공휴일', source: '관보 제20000호', announcedOn: '2026-11-20' };
const moved = { ...holiday, date: '2026-12-03' };
const gazetted: TemporaryHolidayGazetted = { type: 'temporary-holiday-gazetted', data: { ...stamp, calendar: 'kr', holiday } };
const gazette = (more: object = {}, stamped: object = {}): CalendarCommand => ({
  type: 'gazette-temporary-holiday',
  data: { ...stamp, ...stamped, calendar: 'kr', holiday: { ...holiday, ...more } },
});
const corrected: GazettedHolidayCorrected = {
  type: 'gazetted-holiday-corrected',
  data: { ...stamp, date: '2026-12-02', holiday: moved, reason: '날짜를 잘못 옮겼다.' },
};
const correct = (more: object = {}): CalendarCommand => ({
  type: 'correct-gazetted-holiday',
  data: { ...corrected.data, ...more },
});
const days = (...events: CalendarEvent[]) =>
  events.reduce(decider.evolve, decider.initialState)?.gazetted.map(({ date }) => date);

it('enters a holiday with where it was announced', () => given(decider).when(gazette()).then(gazetted));
it('is satisfied when it is entered', () => given(decider, gazetted).when(gazette()).then());
it('has one holiday for each day', () =>
  given(decider, gazetted)
    .when(gazette({ name: '선거일' }))
    .refuses('already-gazetted', '임시공휴일'));
it('waits for the announcement', () => {
  given(decider)
    .when(gazette({ announcedOn: '2026-11-21' }))
    .refuses('not-announced-yet');
  // Already the 21st in Seoul.
  given(decider)
    .when(gazette({ announcedOn: '2026-11-21' }, { at: '2026-11-20T15:00:00Z' }))
    .then({
      ...gazetted,
      data: { ...gazetted.data, at: '2026-11-20T15:00:00Z', holiday: { ...holiday, announcedOn: '2026-11-21' } },
    });
});
it('cannot be announced after the day', () =>
  given(decider)
    .when(gazette({ date: '2026-11-19' }))
    .refuses('announced-too-late'));

it('is corrected with a reason', () => given(decider, gazetted).when(correct()).then(corrected));
it('is satisfied when it is corrected that way, or says so already', () => {
  given(decider, gazetted, corrected).when(correct()).then();
  given(decider, gazetted).when(correct({ holiday })).then();
});
it('is taken back when there is no such holiday', () => {
  const none = { ...corrected, data: { ...corrected.data, holiday: null } };
  given(decider, gazetted)
    .when(correct({ holiday: null }))
    .then(none);
  expect(days(gazetted, none)).toEqual([]);
});
it('corrects only what is entered, and onto a day that is free', () => {
  given(decider, gazetted)
    .when(correct({ date: '2026-12-24' }))
    .refuses('not-gazetted');
  const other = { ...gazetted, data: { ...gazetted.data, holiday: moved } };
  given(decider, gazetted, other).when(correct()).refuses('already-gazetted');
});
it('keeps the days in order', () => {
  const christmas = { ...gazetted, data: { ...gazetted.data, holiday: { ...holiday, date: '2026-12-24' } } };
  expect(days(christmas, gazetted, corrected)).toEqual(['2026-12-03', '2026-12-24']);
});

it.each<[string, CalendarCommand, string]>([
  ['without a calendar', { type: 'gazette-temporary-holiday', data: { ...stamp, calendar: '', holiday } }, 'required'],
  ['on a day that does not exist', gazette({ date: '2026-02-30' }), 'invalid-date'],
  ['without a name', gazette({ name: '' }), 'required'],
  ['without a source', gazette({ source: '' }), 'required'],
  ['without the day of the announcement', gazette({ announcedOn: '' }), 'invalid-date'],
  ['corrected without a reason', correct({ reason: '' }), 'required'],
  ['corrected on no day', correct({ date: '' }), 'invalid-date'],
  ['without when', gazette({}, { at: '' }), 'invalid-instant'],
])('is malformed %s', (_, command, code) => given(decider, gazetted).when(command).refuses(code));

it('evolve takes a correction before there is anything', () => expect(decider.evolve(null, corrected)).toBeNull());

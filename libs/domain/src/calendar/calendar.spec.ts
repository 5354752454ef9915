import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { weekdayOf } from '../kernel/date.js';
import { koreanCalendar } from './calendar.js';
import { holidaysOf, type GazettedHoliday } from './holidays.js';

/** Public facts, 2024 to 2027, with the days that were gazetted one by one. */
const golden: readonly { readonly date: string; readonly weekday: string; readonly name: string }[] = JSON.parse(
  readFileSync(join(__dirname, '../../../../test/fixtures/calendar/kr-holidays.json'), 'utf8'),
).holidays;

const gazettedNames = /^임시공휴일|선거일$/;
const gazetted: readonly GazettedHoliday[] = golden
  .filter(({ name }) => gazettedNames.test(name))
  .map(({ date, name }) => ({ date, name, source: '관보', announcedOn: '2024-01-01' }));

describe.each([2024, 2025, 2026, 2027])('%s', (year) => {
  const expected = golden.filter(({ date }) => date.startsWith(`${year}-`));

  it('has the public holidays of the record, by date and name', () => {
    expect(holidaysOf(year, gazetted).map(({ date, name }) => ({ date, name }))).toEqual(
      expected.map(({ date, name }) => ({ date, name })),
    );
  });
  it('has them on the weekdays of the record', () => {
    expect(expected.map(({ date }) => '일월화수목금토'[weekdayOf(date)])).toEqual(expected.map(({ weekday }) => weekday));
  });
});

const days = (year: number, name: string) =>
  holidaysOf(year)
    .filter((holiday) => holiday.name.includes(name))
    .map(({ date }) => date.slice(5));

it('follows the Korean new moon of 2027, not the Chinese one', () =>
  expect(days(2027, '설날')).toEqual(['02-06', '02-07', '02-08', '02-09']));

it('takes the lunar days from the lunisolar calendar, leap months apart', () => {
  // 2020 and 2023 have leap months (윤4월, 윤2월).
  expect([2020, 2023, 2028, 2030].map((year) => days(year, '부처님오신날')[0])).toEqual(['04-30', '05-27', '05-02', '05-09']);
  expect([2020, 2023, 2028, 2030].map((year) => days(year, '추석')[1])).toEqual(['10-01', '09-29', '10-03', '09-12']);
});

it('makes up for two holidays on one weekday once', () => {
  expect(holidaysOf(2028).filter(({ date }) => date >= '2028-10-01' && date <= '2028-10-08')).toEqual([
    { date: '2028-10-02', name: '추석 연휴', kind: 'statute' },
    { date: '2028-10-03', name: '개천절·추석', kind: 'statute' },
    { date: '2028-10-04', name: '추석 연휴', kind: 'statute' },
    { date: '2028-10-05', name: '대체공휴일(추석)', kind: 'substitute' },
  ]);
});

it('makes up for no Saturday in the blocks of 설날 and 추석, nor for 신정 and 현충일', () => {
  expect(days(2026, '대체공휴일(추석)')).toEqual([]);
  expect([days(2028, '대체공휴일(신정)'), days(2027, '대체공휴일(현충일)')]).toEqual([[], []]);
});

it('makes up only since the rule is in force', () => {
  expect(days(2020, '대체공휴일(광복절)')).toEqual([]);
  expect(days(2021, '대체공휴일(광복절)')).toEqual(['08-16']);
  expect(days(2022, '대체공휴일(기독탄신일)')).toEqual([]);
  expect(days(2022, '대체공휴일(추석)')).toEqual(['09-12']);
});

it('moves a substitute past a gazetted day, which itself is never made up for', () => {
  const monday: GazettedHoliday = { date: '2026-08-17', name: '임시공휴일', source: '관보', announcedOn: '2026-07-01' };
  const saturday: GazettedHoliday = { date: '2026-07-11', name: '임시공휴일', source: '관보', announcedOn: '2026-07-01' };
  const names = holidaysOf(2026, [monday, saturday]).filter(({ date }) => date >= '2026-07-01' && date <= '2026-08-31');
  expect(names.map(({ date, name }) => `${date} ${name}`)).toEqual([
    '2026-07-11 임시공휴일',
    '2026-08-15 광복절',
    '2026-08-17 임시공휴일',
    '2026-08-18 대체공휴일(광복절)',
  ]);
});

describe('working days', () => {
  const calendar = koreanCalendar(gazetted);

  it('says why offices are closed', () => {
    expect(['2026-02-13', '2026-02-14', '2026-02-15', '2026-02-16', '2026-06-03'].map(calendar.closedBecause)).toEqual([
      ...[null, '토요일', '일요일', '설날 연휴', '전국동시지방선거일'],
    ]);
  });
  it('moves on to the next working day', () => {
    expect(calendar.workingDayFrom('2026-02-13')).toBe('2026-02-13');
    expect(calendar.workingDayFrom('2026-02-14')).toBe('2026-02-19');
    expect(calendar.workingDayFrom('2027-12-31')).toBe('2027-12-31');
    expect(calendar.workingDayFrom('2028-01-01')).toBe('2028-01-03');
  });
  it('counts working days after one day up to another', () => {
    expect(calendar.workingDaysBetween('2026-02-13', '2026-02-20')).toBe(2);
    expect(calendar.workingDaysBetween('2026-02-13', '2026-02-13')).toBe(0);
  });
  it('does not know on a day what was announced later', () => {
    const day = { name: '임시공휴일', source: '관보' };
    const surprise = koreanCalendar([
      { ...day, date: '2026-11-20', announcedOn: '2026-11-10' },
      { ...day, date: '2026-12-21', announcedOn: '2026-12-01' },
    ]);
    expect(surprise.closedBecause('2026-11-20')).toBe('임시공휴일');
    expect(surprise.knownOn('2026-11-10').closedBecause('2026-11-20')).toBe('임시공휴일');
    expect(surprise.knownOn('2026-11-09').closedBecause('2026-11-20')).toBeNull();
    expect(['2026-11-30', '2026-12-01'].map((on) => surprise.knownOn(on).closedBecause('2026-12-21'))).toEqual([
      null,
      '임시공휴일',
    ]);
  });
});

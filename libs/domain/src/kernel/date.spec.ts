import { addDays, daysBetween, isInstant, isLegalDate, legalDateOf, officialDate, weekdayOf } from './date.js';

it('knows which days exist', () => {
  expect(['2028-02-29', '2026-12-31'].every(isLegalDate)).toBe(true);
  expect(['2027-02-29', '2026-13-01', '2026-00-10', '2026-1-1', '', '20261231'].some(isLegalDate)).toBe(false);
});
it('takes instants in UTC only', () => {
  expect(['2026-11-30T01:00:00Z', '2026-11-30T23:59:59.123456Z'].every(isInstant)).toBe(true);
  expect(['2026-11-30T01:00:00+09:00', '2026-11-30', '2026-11-31T01:00:00Z', '2026-11-30T24:00:00Z'].some(isInstant)).toBe(false);
});
it('takes the legal date from the clock in Seoul', () => {
  expect(legalDateOf('2026-11-29T14:59:59Z')).toBe('2026-11-29');
  expect(legalDateOf('2026-11-29T15:00:00Z')).toBe('2026-11-30');
});
it('counts days across months and leap years', () => {
  expect(addDays('2028-02-28', 2)).toBe('2028-03-01');
  expect(addDays('2027-01-01', -1)).toBe('2026-12-31');
  expect(daysBetween('2026-11-02', '2026-12-02')).toBe(30);
  expect(weekdayOf('2026-11-30')).toBe(1);
});
it('writes a date as official documents do', () => expect(officialDate('2026-03-05')).toBe('2026. 3. 5.'));

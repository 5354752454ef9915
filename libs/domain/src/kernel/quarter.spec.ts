import { lastDayOf, quarterAfter, quarterOf } from './quarter.js';

it.each([
  ['2027-01-01', 2027, 1, '2027-03-31'],
  ['2027-03-31', 2027, 1, '2027-03-31'],
  ['2027-04-01', 2027, 2, '2027-06-30'],
  ['2027-09-30', 2027, 3, '2027-09-30'],
  ['2027-12-31', 2027, 4, '2027-12-31'],
])('%s is of quarter %s/%s, which ends on %s', (day, year, quarter, end) => {
  expect(quarterOf(day)).toEqual({ year, quarter });
  expect(lastDayOf(year, quarter)).toBe(end);
});
it('the fourth quarter is followed by the first', () => {
  expect(quarterAfter({ year: 2027, quarter: 4 })).toEqual({ year: 2028, quarter: 1 });
  expect(quarterAfter({ year: 2027, quarter: 1 })).toEqual({ year: 2027, quarter: 2 });
});

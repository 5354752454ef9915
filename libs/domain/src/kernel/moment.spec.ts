import { eventsBy, momentIn } from './moment.js';

it('takes a position, a day as it ends in Seoul, and an instant with its offset', () => {
  expect(momentIn('0')).toBe(0n);
  expect(momentIn('999999999999999999')).toBe(999_999_999_999_999_999n);
  expect(momentIn('2026-11-30')).toBe(Date.UTC(2026, 10, 30, 14, 59, 59, 999));
  expect(momentIn('2026-11-30T10:00:00Z')).toBe(Date.UTC(2026, 10, 30, 10));
  expect(momentIn('2026-11-30T10:00+09:00')).toBe(Date.UTC(2026, 10, 30, 1));
  expect(momentIn('2026-11-30T10:00:00.123456-03:30')).toBe(Date.UTC(2026, 10, 30, 13, 30, 0, 123));
});

it.each([
  ...['', '-5', '1.5', '1e3', '0x10', '9999999999999999999', 'now', 'NaN'],
  ...['2026-13-01', '2026-02-31', '2026-11', '9999-99-99', '2026-11-30 (x)'],
  // Whose ten o'clock?
  ...['2026-11-30T10:00', '2026-11-30T10:00:00', '2026-11-30 10:00Z'],
  ...[
    '2026-02-31T10:00:00Z',
    '2026-11-30T25:00:00Z',
    '2026-11-30T23:60:00Z',
    '2026-11-30T10:00:00+25:00',
    '2026-11-30T10:00:00+0900',
  ],
])('takes no other text, lest it be another moment than was meant: %j', (text) => {
  expect(momentIn(text)).toBeUndefined();
});

it('counts what was recorded by then, or what had happened by then', () => {
  const event = (position: bigint, recordedAt: string, at?: string) => ({
    position,
    recordedAt,
    data: at === undefined ? {} : { at },
  });
  const events = [
    event(1n, '2026-11-01T00:00:00Z', '2026-11-01T00:00:00Z'),
    event(2n, '2026-11-05T00:00:00Z', '2026-11-02T00:00:00Z'),
    event(3n, '2026-11-06T00:00:00Z'),
  ];
  const then = Date.UTC(2026, 10, 3);
  expect(eventsBy(events, then, 'recorded')).toEqual(events.slice(0, 1));
  expect(eventsBy(events, then, 'effective')).toEqual(events.slice(0, 2));
  expect(eventsBy(events, 2n, 'effective')).toEqual(events.slice(0, 2));
  expect(eventsBy(events, Date.UTC(2026, 11, 1), 'recorded')).toEqual(events);
});

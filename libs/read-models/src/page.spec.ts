import { cursorAt, pageSize, placeOf } from './page.js';

describe('a cursor', () => {
  it('leads back to the place where the page ended', () => {
    const place = { value: '2026-12-02', key: 'c-1' };
    expect(placeOf('queue due asc', cursorAt('queue due asc', place))).toEqual(place);
  });

  it.each([
    ['of another order', cursorAt('queue title asc', { value: '가', key: 'c-1' })],
    ['that was tampered with', Buffer.from('["queue due asc", {"value": 1}, "c-1"]').toString('base64url')],
    ['that is not one', 'abc'],
    ['that is empty', ''],
  ])('%s is refused', (_, cursor) => {
    expect(() => placeOf('queue due asc', cursor)).toThrow(
      expect.objectContaining({ code: 'invalid-cursor', pointer: '/cursor' }),
    );
  });
});

describe('a page', () => {
  it('has 50 rows unless asked otherwise, and never more than 200', () => {
    expect(pageSize({})).toBe(50);
    expect(pageSize({ limit: 200 })).toBe(200);
    for (const limit of [0, 201, 1.5, Number.NaN])
      expect(() => pageSize({ limit })).toThrow(expect.objectContaining({ code: 'invalid-limit' }));
  });
});

import {
  daysUntil,
  deadline,
  exactWon,
  instant,
  josa,
  legalDate,
  todayInSeoul,
  urgency,
  won,
  workingDaysUntil,
} from './format.js';

describe('dates and amounts as officials write them', () => {
  it('a legal date carries its weekday', () => {
    expect(legalDate('2026-12-14', 'ko')).toBe('2026. 12. 14.(월)');
    expect(legalDate('2026-12-14', 'en')).toBe('2026-12-14 (Mon)');
  });

  it('a deadline says how many days are left, or how many it is late', () => {
    expect(deadline('2026-12-14', '2026-12-09', 'ko')).toBe('2026. 12. 14.(월)까지, 5일 남음');
    expect(deadline('2026-12-14', '2026-12-14', 'ko')).toBe('2026. 12. 14.(월)까지, 오늘까지');
    expect(deadline('2026-12-14', '2026-12-16', 'ko')).toBe('2026. 12. 14.(월)까지, 2일 지남');
    expect(deadline('2026-12-14', '2026-12-13', 'en')).toBe('by 2026-12-14 (Mon), 1 day left');
  });

  it('working days leave out weekends and holidays, and count the last day', () => {
    const holidays = new Set(['2026-12-25']);
    expect(workingDaysUntil('2026-12-28', '2026-12-23', holidays)).toBe(2);
    expect(workingDaysUntil('2026-12-23', '2026-12-23', holidays)).toBe(0);
    expect(deadline('2026-12-28', '2026-12-23', 'ko', 2)).toBe('2026. 12. 28.(월)까지, 5일 남음(근무일 2일)');
  });

  it('the legal day is Seoul’s, also when it is still yesterday in Greenwich', () => {
    expect(todayInSeoul(new Date('2026-11-21T15:00:00Z'))).toBe('2026-11-22');
    expect(instant('2026-11-21T22:16:43Z', 'ko')).toBe('2026. 11. 22. 07:16');
  });

  it('days are counted across a change of month', () => {
    expect(daysUntil('2026-12-01', '2026-11-28')).toBe(3);
  });

  it('large amounts are told in 억 and 조, and exactly on demand', () => {
    expect(won(350_000_000, 'ko')).toBe('3.5억 원');
    expect(won('1200000000000', 'ko')).toBe('1.2조 원');
    expect(won(18_000_000, 'ko')).toBe('1,800만 원');
    expect(exactWon('350000000', 'ko')).toBe('350,000,000원');
  });

  it('five days before the date a case becomes urgent, and without a date it has not begun', () => {
    expect(urgency('2026-11-27', '2026-11-22')).toBe('soon');
    expect(urgency('2026-11-28', '2026-11-22')).toBe('ample');
    expect(urgency('2026-11-21', '2026-11-22')).toBe('overdue');
    expect(urgency(null, '2026-11-22')).toBe('not-started');
  });

  it('a particle follows the last sound of the word', () => {
    expect(josa('수원시', '이', '가')).toBe('가');
    expect(josa('감사원', '이', '가')).toBe('이');
    expect(josa('서울', '으로', '로')).toBe('로');
    expect(josa('NAFIS', '을', '를')).toBe('을(를)');
  });
});

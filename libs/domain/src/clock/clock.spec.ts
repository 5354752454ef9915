import fc from 'fast-check';
import { koreanCalendar } from '../calendar/calendar.js';
import type { GazettedHoliday } from '../calendar/holidays.js';
import type { ConsultationEvent, ReviewTrack } from '../consultation/events.js';
import { addDays, daysBetween } from '../kernel/date.js';
import { happened, reviewer } from '../testing.js';
import { clockOf, explainDays, type Clock, type ClockRules } from './clock.js';

const rules: ClockRules = {
  calendar: koreanCalendar(),
  reviewDays: { standard: 30, isp: 7, fast: 10 },
  dayCounting: { countsFirstDay: false, closedLastDay: 'moves-to-working-day' },
  warningShares: [0.5, 0.8],
};

/** Ten in the morning in Seoul. */
const on = (date: string) => `${date}T01:00:00Z`;
const received = (date: string, track: ReviewTrack = 'standard'): ConsultationEvent => {
  const event = happened.received();
  return { ...event, data: { ...event.data, at: on(date), track } };
};
const asked = (date: string, respondBy: string, round = 1): ConsultationEvent => {
  const event = happened.correctionRequested(round);
  return { ...event, data: { ...event.data, at: on(date), respondBy } };
};
const answered = (date: string, round = 1): ConsultationEvent => {
  const event = happened.responded();
  return { ...event, data: { ...event.data, at: on(date), round } };
};
const notified = (date: string): ConsultationEvent => ({
  ...happened.notified(),
  data: { ...happened.notified().data, at: on(date) },
});

function clock(events: readonly ConsultationEvent[], asOf: string, with_ = rules): Clock {
  const result = clockOf(events, asOf, with_);
  if (result === null) throw new Error('not received');
  return result;
}

describe('the due date', () => {
  it('does not count the day of receipt', () =>
    expect(clock([received('2026-11-02')], '2026-11-02')).toMatchObject({ dueOn: '2026-12-02', used: 0 }));
  it('takes receipt by the calendar of Seoul', () => {
    const late = { ...happened.received(), data: { ...happened.received().data, at: '2026-11-01T15:30:00Z' } };
    expect(clock([late], '2026-11-02')).toMatchObject({ receivedOn: '2026-11-02', dueOn: '2026-12-02' });
  });
  it('moves from a Saturday to Monday', () => expect(clock([received('2026-11-05')], '2026-11-05').dueOn).toBe('2026-12-07'));
  it('gives an ISP seven days and the fast track ten', () => {
    expect(clock([received('2026-11-02', 'isp')], '2026-11-02').dueOn).toBe('2026-11-09');
    expect(clock([received('2026-11-02', 'fast')], '2026-11-02').dueOn).toBe('2026-11-12');
  });
  it('moves past the days of 설날', () => {
    // 2026-02-14 to 18 offices are closed.
    expect(clock([received('2026-02-09', 'isp')], '2026-02-09').dueOn).toBe('2026-02-19');
    expect(clock([received('2026-02-13', 'isp')], '2026-02-13').dueOn).toBe('2026-02-20');
    // 2027-02-06 to 09, by the Korean new moon.
    expect(clock([received('2027-02-01', 'isp')], '2027-02-01').dueOn).toBe('2027-02-10');
  });
  it('moves past the days of 추석, with 개천절 before and 한글날 after', () =>
    // 2025-10-03 to 09 offices are closed: 개천절, a weekend, 추석, its substitute and 한글날.
    expect(clock([received('2025-09-26', 'isp')], '2025-09-26').dueOn).toBe('2025-10-10'));
  it('moves past a substitute holiday', () =>
    // 광복절 2026 is a Saturday; the Monday makes up for it.
    expect(clock([received('2026-08-10', 'isp')], '2026-08-10').dueOn).toBe('2026-08-18'));
  it('moves past 설날 when the day before it is gazetted after submission', () => {
    const gazetted: GazettedHoliday[] = [{ date: '2025-01-27', name: '임시공휴일', source: '관보', announcedOn: '2025-01-23' }];
    const surprised = { ...rules, calendar: koreanCalendar(gazetted) };
    expect(clock([received('2025-01-20', 'isp')], '2025-01-22', surprised).dueOn).toBe('2025-01-27');
    expect(clock([received('2025-01-20', 'isp')], '2025-01-23', surprised).dueOn).toBe('2025-01-31');
  });
  it('moves when a temporary holiday is announced, and not before', () => {
    const gazetted: GazettedHoliday[] = [{ date: '2026-12-02', name: '임시공휴일', source: '관보', announcedOn: '2026-11-20' }];
    const surprised = { ...rules, calendar: koreanCalendar(gazetted) };
    expect(clock([received('2026-11-02')], '2026-11-19', surprised).dueOn).toBe('2026-12-02');
    expect(clock([received('2026-11-02')], '2026-11-20', surprised).dueOn).toBe('2026-12-03');
  });
});

describe('an open request to the applicant', () => {
  const events = [received('2026-11-02'), asked('2026-11-14', '2026-11-25'), answered('2026-11-19')];

  it('stops the clock from the next day to the day of the answer', () => {
    const stood = clock(events, '2026-11-19');
    expect(stood).toMatchObject({ state: 'running', used: 12, applicantHeldDays: 5, dueOn: '2026-12-07' });
    expect(stood.text).toEqual({
      ko: '30일 중 12일 사용, 보완 5일 정지, 기한 2026. 12. 7.',
      en: '12 of 30 days used, stopped 5 days for corrections, due 2026. 12. 7.',
    });
  });
  it('runs on after the answer', () => expect(clock(events, '2026-11-20').used).toBe(13));
  it('costs nothing when it is answered the same day', () => {
    const quick = [received('2026-11-02'), asked('2026-11-14', '2026-11-25'), answered('2026-11-14')];
    expect(clock(quick, '2026-11-20')).toMatchObject({ applicantHeldDays: 0, dueOn: '2026-12-02' });
    expect(clock(quick, '2026-11-20').intervals.map(({ holder, days }) => [holder, days])).toEqual([
      ['authority', 12],
      ['authority', 6],
    ]);
  });
  it('says while it is open what the due date would be', () => {
    expect(clock(events, '2026-11-16')).toMatchObject({
      ...{ state: 'paused', used: 12, applicantHeldDays: 2, dueOn: '2026-12-04', dueIfAnsweredInTime: '2026-12-14' },
      text: { ko: '30일 중 12일 사용, 보완 2일 정지, 신청기관의 답변을 기다리는 중, 기한 2026. 12. 4.' },
    });
  });
  it('stops also across holidays', () => {
    // 2026-10-03 to 05: 개천절 and its substitute.
    const autumn = [received('2026-09-14'), asked('2026-10-01', '2026-10-12'), answered('2026-10-06')];
    expect(clock(autumn, '2026-10-06')).toMatchObject({ used: 17, applicantHeldDays: 5, dueOn: '2026-10-19' });
  });
  it('stops across 설날: the days that nobody works are the applicant’s too', () => {
    const winter = [received('2026-01-20'), asked('2026-02-12', '2026-02-26'), answered('2026-02-20')];
    expect(clock(winter, '2026-02-20')).toMatchObject({ used: 23, applicantHeldDays: 8, dueOn: '2026-02-27' });
    const closed = explainDays(winter, '2026-02-20', rules).filter(({ date }) => date >= '2026-02-16' && date <= '2026-02-18');
    expect(closed.map(({ holder, used }) => [holder, used])).toEqual([
      ['applicant', 23],
      ['applicant', 23],
      ['applicant', 23],
    ]);
  });
  it('that goes out on a last day which had moved keeps the authority in time until the answer', () => {
    // Thirty days end on Saturday 2026-12-05, so the last day is Monday the 7th.
    const monday = [received('2026-11-05'), asked('2026-12-07', '2026-12-20')];
    expect(clock(monday, '2026-12-16')).toMatchObject({ overdueDays: 0, dueOn: '2026-12-16' });
    expect(clock([...monday, answered('2026-12-16')], '2026-12-17')).toMatchObject({ overdueDays: 1, dueOn: '2026-12-16' });
  });
  it('does not bring back a day that has passed', () => {
    const late = [received('2026-11-02'), asked('2026-12-03', '2026-12-20')];
    expect(clock(late, '2026-12-10')).toMatchObject({ dueOn: '2026-12-02', overdueDays: 8, severity: 'overdue' });
  });
});

const stamp = (date: string) => ({ by: reviewer, at: on(date) });
const extended = (date: string, respondBy: string, formerRespondBy: string): ConsultationEvent => ({
  type: 'response-extended',
  data: { ...stamp(date), round: 1, respondBy, formerRespondBy, reason: '견적' },
});
const proceeded = (date: string, round = 1): ConsultationEvent => ({
  type: 'proceeded-on-file',
  data: { ...stamp(date), round, reason: '무응답' },
});
const designated = (date: string): ConsultationEvent => ({
  type: 'fast-track-designated',
  data: { ...stamp(date), ground: '재난' },
});
const revoked = (date: string): ConsultationEvent => ({
  type: 'fast-track-revoked',
  data: { ...stamp(date), reason: '중복', candidate: null },
});
const delayed = (date: string, expectedNotificationOn: string, dueOn = '2026-12-02'): ConsultationEvent => ({
  type: 'delay-notified',
  data: { ...stamp(date), dueOn, expectedNotificationOn, reason: '과업 조정' },
});

describe('a request that is not answered', () => {
  const events = [received('2026-11-02'), asked('2026-11-14', '2026-11-25')];

  it('keeps the clock standing after its day, and is the applicant’s time', () =>
    expect(clock(events, '2026-12-10')).toMatchObject({ state: 'paused', used: 12, applicantHeldDays: 26, overdueDays: 0 }));
  it('lets the clock run again when the review goes on with what is on file', () => {
    const told = clock([...events, proceeded('2026-11-30')], '2026-12-02');
    expect(told).toMatchObject({ state: 'running', used: 14, applicantHeldDays: 16, dueOn: '2026-12-18' });
    expect(told.intervals.map(({ holder, days, round }) => [holder, days, round])).toEqual([
      ['authority', 12, null],
      ['applicant', 16, 1],
      ['authority', 2, null],
    ]);
  });
  it('moves the forecast with an extension, and not before it is given', () => {
    const longer = [...events, extended('2026-11-20', '2026-12-01', '2026-11-25')];
    expect(clock(longer, '2026-11-19').dueIfAnsweredInTime).toBe('2026-12-14');
    expect(clock(longer, '2026-11-20').dueIfAnsweredInTime).toBe('2026-12-21');
    expect(clock(longer, '2026-11-20').dueOn).toBe(clock(events, '2026-11-20').dueOn);
  });
});

describe('the fast track', () => {
  it('counts its own days from receipt on', () => {
    const events = [received('2026-11-02'), designated('2026-11-04')];
    expect(clock(events, '2026-11-03')).toMatchObject({ track: 'standard', given: 30, dueOn: '2026-12-02' });
    expect(clock(events, '2026-11-04')).toMatchObject({ track: 'fast', given: 10, used: 2, dueOn: '2026-11-12' });
  });
  it('gives the standard days back to a case that leaves it', () => {
    const events = [received('2026-11-02', 'fast'), revoked('2026-11-10')];
    expect(clock(events, '2026-11-09')).toMatchObject({ severity: 'half', given: 10, dueOn: '2026-11-12' });
    expect(clock(events, '2026-11-10')).toMatchObject({ track: 'standard', severity: 'ample', used: 8, dueOn: '2026-12-02' });
    expect(clock(events, '2026-11-10').warnings[0]).toEqual({ share: 0.5, on: '2026-11-17' });
  });
});

describe('the notice of a delay', () => {
  const events = [received('2026-11-02'), delayed('2026-11-30', '2026-12-16')];

  it('does not move the legal day, and extends what is in time', () => {
    expect(clock(events, '2026-11-29')).toMatchObject({ expectedNotificationOn: null, inTimeUntil: '2026-12-02' });
    expect(clock(events, '2026-12-05')).toMatchObject({
      ...{ dueOn: '2026-12-02', expectedNotificationOn: '2026-12-16', inTimeUntil: '2026-12-16' },
      ...{ beyondDueDays: 3, overdueDays: 0, severity: 'urgent', forecast: { breachOn: '2026-12-17' } },
      text: { ko: '30일 중 30일 사용, 처리기한 2026. 12. 2.을 3일 넘김, 지연 통지, 결과통보예정일 2026. 12. 16.' },
    });
    expect(clock(events, '2026-12-18')).toMatchObject({ overdueDays: 2, beyondDueDays: 16, severity: 'overdue' });
  });
  it('leaves the days beyond the legal one countable after the letter', () =>
    expect(clock([...events, notified('2026-12-10')], '2027-01-31')).toMatchObject({
      ...{ overdueDays: 0, beyondDueDays: 8 },
      text: { ko: '30일 중 30일 사용, 처리기한 2026. 12. 2.을 8일 넘김' },
    }));
  it('says no more once a stop has moved the due date past the announced day', () => {
    const stopped = [...events, asked('2026-12-01', '2026-12-31'), answered('2026-12-21')];
    const told = clock(stopped, '2026-12-22');
    expect(told.dueOn).toBe('2026-12-22');
    expect(told.inTimeUntil).toBe('2026-12-22');
    expect(told.text.ko).not.toContain('지연 통지');
  });
  it('is replaced by a newer one', () =>
    expect(clock([...events, delayed('2026-12-01', '2026-12-23')], '2026-12-01').inTimeUntil).toBe('2026-12-23'));
});

describe('how far it is', () => {
  it('warns at half and at four fifths, and says when', () => {
    expect(clock([received('2026-11-02')], '2026-11-02').warnings).toEqual([
      { share: 0.5, on: '2026-11-17' },
      { share: 0.8, on: '2026-11-26' },
    ]);
  });
  it('leaves open when the warning comes while the applicant holds the case', () => {
    const events = [received('2026-11-02'), asked('2026-11-20', '2026-11-30')];
    expect(clock(events, '2026-11-22').warnings).toEqual([
      { share: 0.5, on: '2026-11-17' },
      { share: 0.8, on: null },
    ]);
    expect(clock([...events, answered('2026-11-23')], '2026-11-23').warnings[1]).toEqual({ share: 0.8, on: '2026-11-29' });
  });
  it('has warned already when the request goes out on the very day', () => {
    const events = [received('2026-11-02'), asked('2026-11-17', '2026-11-30')];
    expect(clock(events, '2026-11-22').warnings[0]).toEqual({ share: 0.5, on: '2026-11-17' });
  });
  it.each([
    ['2026-11-16', 'ample'],
    ['2026-11-17', 'half'],
    ['2026-11-26', 'urgent'],
    ['2026-12-02', 'urgent'],
    ['2026-12-03', 'overdue'],
  ])('on %s it is %s', (asOf, severity) => expect(clock([received('2026-11-02')], asOf).severity).toBe(severity));
  it('stands still once the result is notified', () => {
    const events = [received('2026-11-02'), notified('2026-11-18')];
    expect(clock(events, '2027-11-18')).toMatchObject({
      state: 'stopped',
      used: 16,
      overdueDays: 0,
      text: { ko: '30일 중 16일 사용' },
    });
  });
  it('is not moved by what is asked after the letter, in the review of an objection', () => {
    const events = [received('2026-11-02'), notified('2026-11-18')];
    const asOf = '2027-02-01';
    const objected = [...events, asked('2026-12-10', '2026-12-20'), answered('2026-12-18'), notified('2026-12-28')];
    expect(clock(objected, asOf)).toEqual(clock(events, asOf));
  });
  it('says how late a late result was', () => {
    expect(clock([received('2026-11-02'), notified('2026-12-04')], '2027-01-01').text).toEqual({
      ko: '30일 중 30일 사용, 기한 2026. 12. 2.에서 2일 초과',
      en: '30 of 30 days used, 2 days past 2026. 12. 2.',
    });
  });
  it('does not run before receipt', () =>
    expect(clockOf([happened.drafted(), happened.submitted()], '2026-11-30', rules)).toBeNull());
});

it('tells the case of 93 days apart: three rounds, and who held it when', () => {
  const events = [
    received('2026-02-02'),
    ...[asked('2026-02-12', '2026-02-27'), answered('2026-03-03')],
    ...[asked('2026-03-09', '2026-03-23', 2), answered('2026-03-31', 2)],
    ...[asked('2026-04-06', '2026-04-20', 3), answered('2026-04-27', 3)],
    notified('2026-05-06'),
  ];
  const told = clock(events, '2026-05-31');
  expect(daysBetween('2026-02-02', '2026-05-06')).toBe(93);
  expect(told).toMatchObject({ authorityHeldDays: 31, applicantHeldDays: 62, dueOn: '2026-05-06', overdueDays: 0 });
  expect(told.intervals.map(({ holder, days, round }) => [holder, days, round])).toEqual([
    ...[
      ['authority', 10, null],
      ['applicant', 19, 1],
      ['authority', 6, null],
      ['applicant', 22, 2],
    ],
    ...[
      ['authority', 6, null],
      ['applicant', 21, 3],
      ['authority', 9, null],
    ],
  ]);
});

it('explains every day', () => {
  const events = [received('2026-11-12'), asked('2026-11-13', '2026-11-30'), answered('2026-11-14')];
  expect(explainDays(events, '2026-11-16', rules).map(({ date, holder, used, why }) => [date, holder, used, why.ko])).toEqual([
    ['2026-11-12', 'authority', 0, '접수일(첫날은 세지 않음)'],
    ['2026-11-13', 'authority', 1, '처리기간 1일째'],
    ['2026-11-14', 'applicant', 1, '1차 보완 기간(세지 않음)'],
    ['2026-11-15', 'authority', 2, '처리기간 2일째(일요일도 셈)'],
    ['2026-11-16', 'authority', 3, '처리기간 3일째'],
  ]);
  expect(explainDays(events, '2026-11-16', rules).map(({ why }) => why.en)).toEqual([
    'day of receipt (the first day does not count)',
    'day 1 of the review',
    'correction round 1 (does not count)',
    'day 2 of the review (closed days count too)',
    'day 3 of the review',
  ]);
  expect(explainDays([happened.drafted()], '2026-11-16', rules)).toEqual([]);
});

describe('the rules say how to count', () => {
  const counting = (dayCounting: ClockRules['dayCounting']) => ({ ...rules, dayCounting });

  it('the day of receipt as the first one', () => {
    const first = counting({ countsFirstDay: true, closedLastDay: 'moves-to-working-day' });
    expect(clock([received('2026-11-02', 'isp')], '2026-11-03', first)).toMatchObject({ used: 2, dueOn: '2026-11-09' });
    expect(explainDays([received('2026-11-02')], '2026-11-03', first).map(({ date, used }) => [date, used])).toEqual([
      ['2026-11-02', 1],
      ['2026-11-03', 2],
    ]);
  });
  it('a last day that stays where it falls', () => {
    const stays = counting({ countsFirstDay: false, closedLastDay: 'stays' });
    expect(clock([received('2026-11-05')], '2026-11-05', stays).dueOn).toBe('2026-12-05');
  });
  it('when to warn', () => {
    const once = { ...rules, warningShares: [0.9] };
    const events = [received('2026-11-02')];
    expect(clock(events, '2026-11-26', once)).toMatchObject({ severity: 'ample', warnings: [{ share: 0.9, on: '2026-11-29' }] });
    expect(clock(events, '2026-11-29', once).severity).toBe('urgent');
    expect(clock(events, '2026-12-01', { ...rules, warningShares: [] }).severity).toBe('ample');
  });
});

describe('the forecast', () => {
  it('says from which day the case is late, and how many working days are left', () => {
    expect(clock([received('2026-11-02')], '2026-11-20').forecast).toEqual({ breachOn: '2026-12-03', workingDaysLeft: 8 });
    expect(clock([received('2026-11-02')], '2026-12-04').forecast).toEqual({ breachOn: '2026-12-03', workingDaysLeft: 0 });
  });
  it('reckons with an answer on the last day given while the applicant holds the case', () => {
    const events = [received('2026-11-02'), asked('2026-11-14', '2026-11-25')];
    expect(clock(events, '2026-11-16').forecast.breachOn).toBe('2026-12-15');
  });
  it('is none once the case is over', () => {
    const events = [received('2026-11-02'), notified('2026-11-18')];
    expect(clock(events, '2026-11-20').forecast).toEqual({ breachOn: null, workingDaysLeft: 0 });
  });
});

describe('whatever happens', () => {
  /** Receipt and then alternating requests and answers, some days apart. */
  const course = fc
    .record({
      start: fc.integer({ min: 0, max: 700 }),
      gaps: fc.array(fc.integer({ min: 0, max: 25 }), { maxLength: 6 }),
      track: fc.constantFrom<ReviewTrack>('standard', 'isp', 'fast'),
      end: fc.boolean(),
      later: fc.integer({ min: 0, max: 60 }),
    })
    .map(({ start, gaps, track, end, later }) => {
      let day = addDays('2026-01-01', start);
      const events = [received(day, track)];
      gaps.forEach((gap, index) => {
        day = addDays(day, gap);
        const round = Math.floor(index / 2) + 1;
        events.push(index % 2 === 0 ? asked(day, addDays(day, 14), round) : answered(day, round));
      });
      if (end) events.push(notified(addDays(day, 3)));
      return { events, asOf: addDays(day, later) };
    });

  it('each day belongs to the side that held the case when it began', () =>
    fc.assert(
      fc.property(course, ({ events, asOf }) => {
        const told = clock(events, asOf);
        const dated = events.map(({ type, data }) => ({ type, on: data.at.slice(0, 10) })).filter((event) => event.on <= asOf);
        const end = dated.find(({ type }) => type === 'result-notified')?.on ?? asOf;
        const count = { authority: 0, applicant: 0 };
        for (let day = addDays(told.receivedOn, 1); day <= end; day = addDays(day, 1)) {
          const last = dated.filter((event) => event.on < day && event.type !== 'result-notified').at(-1);
          count[last?.type === 'correction-requested' ? 'applicant' : 'authority'] += 1;
        }
        expect({ authority: told.authorityHeldDays, applicant: told.applicantHeldDays }).toEqual(count);
        expect(explainDays(events, asOf, rules).length).toBe(count.authority + count.applicant + 1);
      }),
      { numRuns: 300, seed: 67 },
    ));

  it('a clock of the past is what it was then: later events do not reach back', () =>
    fc.assert(
      fc.property(course, fc.integer({ min: 0, max: 60 }), ({ events, asOf }, back) => {
        const then = addDays(asOf, -back);
        const known = events.filter(({ data }) => data.at.slice(0, 10) <= then);
        expect(clockOf(events, then, rules)).toEqual(clockOf(known, then, rules));
      }),
      { numRuns: 300, seed: 67 },
    ));

  it('stretches follow each other without gap, time never runs back, and the last day is one on which offices work', () =>
    fc.assert(
      fc.property(course, ({ events, asOf }) => {
        const told = clock(events, asOf);
        told.intervals.forEach(({ from, to, days }, index) => {
          expect(from).toBe(addDays(told.intervals[index - 1]?.to ?? told.receivedOn, 1));
          expect(days).toBe(daysBetween(from, to) + 1);
        });
        const next = clock(events, addDays(asOf, 1));
        expect(next.used).toBeGreaterThanOrEqual(told.used);
        expect(next.dueOn >= told.dueOn).toBe(true);
        expect(rules.calendar.closedBecause(told.dueOn)).toBeNull();
        // Never less than the days given, once the stops are taken out, and never overdue before they are used up.
        if (told.overdueDays > 0) expect(told.used).toBeGreaterThanOrEqual(told.given);
      }),
      { numRuns: 300, seed: 67 },
    ));
});

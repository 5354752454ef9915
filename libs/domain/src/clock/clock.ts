import type { BusinessCalendar } from '../calendar/calendar.js';
import type { ConsultationEvent, ReviewTrack } from '../consultation/events.js';
import { addDays, daysBetween, legalDateOf, officialDate } from '../kernel/date.js';
import type { Message } from '../kernel/errors.js';
import {
  dayCountingOn,
  reviewDaysOn,
  warningSharesOn,
  type DayCounting,
  type ReviewDays,
  type RuleBook,
} from '../rules/rule-book.js';

/** What the clock needs besides the events: the working days, and what the rules frozen at receipt say. */
export interface ClockRules {
  readonly calendar: BusinessCalendar;
  /** How many days each track has. */
  readonly reviewDays: ReviewDays;
  readonly dayCounting: DayCounting;
  /** Shares of the days at which a warning is due, smallest first. */
  readonly warningShares: readonly number[];
}

export type Holder = 'authority' | 'applicant';

/** A stretch of whole days, both ends included, during which one side held the case. */
export interface Interval {
  readonly holder: Holder;
  readonly from: string;
  readonly to: string;
  readonly days: number;
  /** The correction round during which the clock stood still; null while it ran. */
  readonly round: number | null;
}

/** 기한초과 / 임박 (the last warning is past) / 주의 (an earlier one is) / 여유. By the sample rules at 80 % and 50 %. */
export type Severity = 'overdue' | 'urgent' | 'half' | 'ample';

export interface Clock {
  readonly state: 'running' | 'paused' | 'stopped';
  readonly receivedOn: string;
  /** The track it is on, whose days count. */
  readonly track: ReviewTrack;
  /** Days that the rules give. */
  readonly given: number;
  /** Days that count against the authority; above `given` when it is late. */
  readonly used: number;
  readonly remaining: number;
  readonly authorityHeldDays: number;
  readonly applicantHeldDays: number;
  readonly intervals: readonly Interval[];
  /** Last legal day to notify, as far as the events up to now tell; while paused, as if the applicant answered today. */
  readonly dueOn: string;
  /** While paused: the due date if the applicant answers on the last day given for it. */
  readonly dueIfAnsweredInTime: string | null;
  /** 결과통보예정일, where the authority gave notice of a delay in time. It does not move the due date. */
  readonly expectedNotificationOn: string | null;
  /** The last day to be in time: the due date, or the announced one where that is later. */
  readonly inTimeUntil: string;
  /** Days after the legal due date, notice or not, up to now or to the end of the case. */
  readonly beyondDueDays: number;
  /** Days after the last day to be in time, up to now or to the end of the case. */
  readonly overdueDays: number;
  readonly severity: Severity;
  readonly forecast: {
    /**
     * First day on which the case would be late if nothing more happened (the day has passed when it is late already); while paused, if the
     * applicant answers on the last day given for it. Null once the case is over.
     */
    readonly breachOn: string | null;
    /** Days on which offices work until the due date, that day included. */
    readonly workingDaysLeft: number;
  };
  /** When each share of the days that the rules name is (or was) used; null while that hangs on the applicant's answer. */
  readonly warnings: readonly { readonly share: number; readonly on: string | null }[];
  readonly text: Message;
}

/** One day of the case and what it did to the clock. */
export interface ClockDay {
  readonly date: string;
  readonly holder: Holder;
  /** Days used by the end of this day. */
  readonly used: number;
  readonly why: Message;
}

interface Pause {
  readonly round: number;
  readonly from: string;
  /** Day of the answer (or of the end of the case); null while it is awaited. */
  readonly to: string | null;
  readonly respondBy: string;
}

interface Course {
  readonly receivedOn: string;
  /** The day before the first one that counts. */
  readonly dayZero: string;
  readonly track: ReviewTrack;
  readonly pauses: readonly Pause[];
  readonly endedOn: string | null;
  readonly expectedNotificationOn: string | null;
}

/**
 * Where the clock stands at the end of a legal day, from the events alone: null before receipt.
 *
 * Calendar days count; whether the day of receipt does (민법 제157조: no) and whether a last day on which offices are closed moves to the
 * next working day (제161조: yes) is for the rules to say. A day belongs to the side that held the case when the day began, so the day of a correction request still counts against the
 * authority and the day of the answer does not. Only an open request to the applicant stops the clock. Events after `asOf` are not looked at:
 * any earlier `asOf` gives what was known then.
 */
export function clockOf(events: readonly ConsultationEvent[], asOf: string, rules: ClockRules): Clock | null {
  const course = courseOf(events, asOf, rules.dayCounting);
  if (course === null) return null;
  const { receivedOn, dayZero, pauses, endedOn } = course;
  const given = rules.reviewDays[course.track] ?? rules.reviewDays.standard;
  const until = endedOn ?? asOf;
  const intervals = intervalsOf(course, until);
  const held = (holder: Holder) => intervals.reduce((sum, interval) => sum + (interval.holder === holder ? interval.days : 0), 0);
  const used = held('authority');
  const open = endedOn === null ? (pauses.find(({ to }) => to === null) ?? null) : null;
  const calendar = rules.calendar.knownOn(asOf);
  const lastDay = lastDayBy(rules.dayCounting, calendar);
  const dueOn = dueDate(dayZero, given, answeredOn(pauses, until), lastDay);
  const dueIfAnsweredInTime =
    open === null ? null : dueDate(dayZero, given, answeredOn(pauses, later(open.respondBy, until)), lastDay);
  const { track, expectedNotificationOn } = course;
  // The notice of a delay extends what is in time, not the due date: how often the legal days were kept stays countable.
  const inTimeUntil = later(dueOn, expectedNotificationOn ?? dueOn);
  const inTimeIfAnswered = dueIfAnsweredInTime && later(dueIfAnsweredInTime, expectedNotificationOn ?? dueIfAnsweredInTime);
  const overdueDays = Math.max(0, daysBetween(inTimeUntil, until));
  const clock = {
    state: endedOn !== null ? ('stopped' as const) : open === null ? ('running' as const) : ('paused' as const),
    receivedOn,
    track,
    given,
    used,
    remaining: Math.max(0, given - used),
    authorityHeldDays: used,
    applicantHeldDays: held('applicant'),
    intervals,
    dueOn,
    dueIfAnsweredInTime,
    expectedNotificationOn,
    inTimeUntil,
    beyondDueDays: Math.max(0, daysBetween(dueOn, until)),
    overdueDays,
    severity: severityOf(used / given, overdueDays, rules.warningShares),
    forecast: {
      breachOn: endedOn === null ? addDays(inTimeIfAnswered ?? inTimeUntil, 1) : null,
      workingDaysLeft: endedOn === null ? calendar.workingDaysBetween(until, dueOn) : 0,
    },
    warnings: rules.warningShares.map((part) => ({
      share: part,
      on: usedUpOn(course, until, Math.ceil(given * part), open !== null),
    })),
  };
  return { ...clock, text: told(clock) };
}

/**
 * Every day since receipt and why it counts or not.
 * Empty before receipt.
 */
export function explainDays(events: readonly ConsultationEvent[], asOf: string, rules: ClockRules): readonly ClockDay[] {
  const course = courseOf(events, asOf, rules.dayCounting);
  if (course === null) return [];
  const calendar = rules.calendar.knownOn(asOf);
  const dayOfReceipt: ClockDay = {
    date: course.receivedOn,
    holder: 'authority',
    used: 0,
    why: { ko: '접수일(첫날은 세지 않음)', en: 'day of receipt (the first day does not count)' },
  };
  const days: ClockDay[] = rules.dayCounting.countsFirstDay ? [] : [dayOfReceipt];
  let used = 0;
  for (const { holder, from, days: length, round } of intervalsOf(course, course.endedOn ?? asOf)) {
    for (let offset = 0; offset < length; offset += 1) {
      const date = addDays(from, offset);
      if (holder === 'authority') used += 1;
      const closed = calendar.closedBecause(date);
      const running = {
        ko: `처리기간 ${used}일째${closed === null ? '' : `(${closed}도 셈)`}`,
        en: `day ${used} of the review${closed === null ? '' : ' (closed days count too)'}`,
      };
      const paused = { ko: `${round}차 보완 기간(세지 않음)`, en: `correction round ${round} (does not count)` };
      days.push({ date, holder, used, why: holder === 'authority' ? running : paused });
    }
  }
  return days;
}

/**
 * What a clock of a case received on that day needs.
 * @throws RuleViolated `no-rule-in-force` when the book says nothing about that day
 */
export function clockRulesOn(book: RuleBook, on: string, calendar: BusinessCalendar): ClockRules {
  return {
    calendar,
    reviewDays: reviewDaysOn(book, on),
    dayCounting: dayCountingOn(book, on),
    warningShares: warningSharesOn(book, on),
  };
}

/** The last legal day of `given` days from receipt, without any stop. */
export function dueOnWithoutStops(
  receivedOn: string,
  given: number,
  calendar: BusinessCalendar,
  dayCounting: DayCounting,
): string {
  return dueDate(dayZeroOf(receivedOn, dayCounting), given, [], lastDayBy(dayCounting, calendar));
}

/** The day before the first one that counts. */
function dayZeroOf(receivedOn: string, { countsFirstDay }: DayCounting): string {
  return countsFirstDay ? addDays(receivedOn, -1) : receivedOn;
}

/** Where a term ends that would end on the given day. */
function lastDayBy({ closedLastDay }: DayCounting, calendar: BusinessCalendar): (date: string) => string {
  return closedLastDay === 'stays' ? (date) => date : (date) => calendar.workingDayFrom(date);
}

function courseOf(events: readonly ConsultationEvent[], asOf: string, dayCounting: DayCounting): Course | null {
  let course: Course | null = null;
  for (const event of events) {
    const on = legalDateOf(event.data.at);
    if (on > asOf) continue;
    if (event.type === 'consultation-received') {
      const { track } = event.data;
      course = {
        ...{ receivedOn: on, dayZero: dayZeroOf(on, dayCounting), track, pauses: [] },
        ...{ endedOn: null, expectedNotificationOn: null },
      };
      continue;
    }
    // What follows the first letter (an objection, an amended decision) is beyond the days that the law gives.
    if (course === null || course.endedOn !== null) continue;
    const { pauses }: Course = course;
    switch (event.type) {
      case 'correction-requested':
        course = {
          ...course,
          pauses: [...pauses, { round: event.data.round, from: on, to: null, respondBy: event.data.respondBy }],
        };
        break;
      case 'response-extended': {
        const { respondBy } = event.data;
        course = { ...course, pauses: pauses.map((pause) => (pause.to === null ? { ...pause, respondBy } : pause)) };
        break;
      }
      case 'response-submitted':
      case 'proceeded-on-file':
        course = { ...course, pauses: answered(pauses, on) };
        break;
      case 'fast-track-designated':
        course = { ...course, track: 'fast' };
        break;
      case 'fast-track-revoked':
        course = { ...course, track: 'standard' };
        break;
      case 'delay-notified':
        course = { ...course, expectedNotificationOn: event.data.expectedNotificationOn };
        break;
      case 'result-notified':
      case 'consultation-returned':
      case 'consultation-withdrawn':
        course = { ...course, pauses: answered(pauses, on), endedOn: on };
        break;
      default:
      // Other events do not move the clock.
    }
  }
  return course;
}

function answered(pauses: readonly Pause[], on: string): readonly Pause[] {
  return pauses.map((pause) => (pause.to === null ? { ...pause, to: on } : pause));
}

/** The pauses as they would be if what is open were answered on that day. */
function answeredOn(pauses: readonly Pause[], on: string): readonly (Pause & { readonly to: string })[] {
  return pauses.map((pause) => ({ ...pause, to: pause.to ?? on }));
}

/** From the first day that counts to `until`, without gaps; stretches of no day at all are left out. */
function intervalsOf({ dayZero, pauses }: Course, until: string): readonly Interval[] {
  const intervals: Interval[] = [];
  // Last day that is accounted for.
  let end = dayZero;
  const add = (holder: Holder, to: string, round: number | null) => {
    const days = daysBetween(end, to);
    if (days > 0) {
      intervals.push({ holder, from: addDays(end, 1), to, days, round });
      end = to;
    }
  };
  for (const { round, from, to } of answeredOn(pauses, until)) {
    add('authority', from, null);
    add('applicant', to, round);
  }
  add('authority', until, null);
  return intervals;
}

function dueDate(
  dayZero: string,
  given: number,
  pauses: readonly (Pause & { readonly to: string })[],
  lastDay: (date: string) => string,
): string {
  let due = lastDay(addDays(dayZero, given));
  let stopped = 0;
  for (const { from, to } of pauses) {
    // A request after the last day does not bring it back.
    if (from > due) break;
    stopped += daysBetween(from, to);
    // Nor may a request made on a last day that had moved to a working day leave the authority with a day that has passed.
    due = lastDay(later(addDays(dayZero, given + stopped), to));
  }
  return due;
}

function severityOf(share: number, overdueDays: number, warningShares: readonly number[]): Severity {
  if (overdueDays > 0) return 'overdue';
  const passed = warningShares.filter((warning) => share >= warning).length;
  if (passed === 0) return 'ample';
  return passed === warningShares.length ? 'urgent' : 'half';
}

function usedUpOn(course: Course, until: string, days: number, paused: boolean): string | null {
  let used = 0;
  for (const { holder, from, days: length } of intervalsOf(course, until)) {
    if (holder === 'applicant') continue;
    if (used + length >= days) return addDays(from, days - used - 1);
    used += length;
  }
  if (paused || course.endedOn !== null) return null;
  return addDays(until, days - used);
}

function told(clock: Omit<Clock, 'text'>): Message {
  const { state, given, used, applicantHeldDays, dueOn, overdueDays, beyondDueDays, intervals } = clock;
  const { inTimeUntil, expectedNotificationOn: announced } = clock;
  const stopped = intervals.some(({ holder }) => holder === 'applicant');
  const parts: readonly (readonly [shown: boolean, ko: string, en: string])[] = [
    [true, `${given}일 중 ${Math.min(used, given)}일 사용`, `${Math.min(used, given)} of ${given} days used`],
    [stopped, `보완 ${applicantHeldDays}일 정지`, `stopped ${applicantHeldDays} days for corrections`],
    [state === 'paused', '신청기관의 답변을 기다리는 중', 'waiting for the applicant'],
    [
      overdueDays > 0,
      `기한 ${officialDate(inTimeUntil)}에서 ${overdueDays}일 초과`,
      `${overdueDays} days past ${officialDate(inTimeUntil)}`,
    ],
    [
      overdueDays === 0 && beyondDueDays > 0,
      `처리기한 ${officialDate(dueOn)}을 ${beyondDueDays}일 넘김`,
      `${beyondDueDays} days beyond the legal day ${officialDate(dueOn)}`,
    ],
    [
      overdueDays === 0 && beyondDueDays === 0 && state !== 'stopped',
      `기한 ${officialDate(dueOn)}`,
      `due ${officialDate(dueOn)}`,
    ],
    [
      announced !== null && announced > dueOn && state !== 'stopped',
      `지연 통지, 결과통보예정일 ${officialDate(announced ?? dueOn)}`,
      `delay notified, expected on ${officialDate(announced ?? dueOn)}`,
    ],
  ];
  const shown = parts.filter(([show]) => show);
  return { ko: shown.map(([, ko]) => ko).join(', '), en: shown.map(([, , en]) => en).join(', ') };
}

function later(a: string, b: string): string {
  return a > b ? a : b;
}

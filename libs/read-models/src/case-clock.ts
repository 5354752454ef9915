import {
  addDays,
  calendarDecider,
  clockOf,
  clockRulesOn,
  koreanCalendar,
  legalDateOf,
  ruleSetDecider,
  rulesNamed,
  rulesOn,
  type BusinessCalendar,
  type CalendarEvent,
  type CalendarState,
  type Clock,
  type ClockRules,
  type ConsultationEvent,
  type DomainEvent,
  type RuleSetEvent,
  type RuleSetState,
  type Stamp,
} from '@sajeon/domain';
import { Column } from 'typeorm';
import type { Memory, Stored } from './host/view.js';

/** What the clock of every case goes by besides its own events. */
export interface RulesAndCalendar {
  readonly rules: RuleSetState;
  readonly calendar: CalendarState;
  /** Revision of the last event taken from each stream. */
  readonly upTo: Readonly<Record<string, string>>;
}

/** The streams by which the service goes: one set of rules, one calendar. */
const RULES = 'ruleset-national';
const CALENDAR = 'calendar-kr';

export const rulesAndCalendar: Omit<Memory<object, RulesAndCalendar>, 'touched' | 'again'> = {
  streams: [RULES, CALENDAR],
  initial: { rules: null, calendar: null, upTo: {} },
  evolve(known, event) {
    const { stream } = event;
    if (BigInt(known.upTo[stream] ?? -1) >= event.revision) return known;
    const upTo = { ...known.upTo, [stream]: event.revision.toString() };
    // Each stream holds events of its own kind only: no other decider writes to it.
    if (stream === RULES) return { ...known, upTo, rules: ruleSetDecider.evolve(known.rules, event as Stored<RuleSetEvent>) };
    if (stream === CALENDAR)
      return { ...known, upTo, calendar: calendarDecider.evolve(known.calendar, event as Stored<CalendarEvent>) };
    return known;
  },
};

/** Rows whose clock a change of the rules or the calendar can move: those that run, and those that had no rules to go by. */
export const CLOCK_MAY_MOVE = `received_on is not null and (clock in ('running', 'paused') or given_days is null)`;

/** The events of a case that move its clock, without their texts. The domain's clock makes of them what it makes of all events. */
export type Course = readonly ConsultationEvent[];

const MOVES_THE_CLOCK: ReadonlySet<string> = new Set<ConsultationEvent['type']>([
  'consultation-received',
  'correction-requested',
  'response-submitted',
  'response-extended',
  'proceeded-on-file',
  'fast-track-designated',
  'fast-track-revoked',
  'delay-notified',
  'result-notified',
  'consultation-returned',
  'consultation-withdrawn',
]);

export function courseAfter(before: Course, event: ConsultationEvent): Course {
  if (!MOVES_THE_CLOCK.has(event.type)) return before;
  const facts = Object.entries(event.data).filter(([, value]) => typeof value !== 'object');
  // What the clock reads of an event are dates and names of rules; the rest would make every row as long as its stream.
  return [...before, { type: event.type, data: Object.fromEntries(facts) } as unknown as ConsultationEvent];
}

/**
 * The clock of a case as dates, so that where it stands on any later day can be asked without reading the case again: a counter would be
 * wrong by tomorrow. All null before receipt.
 */
export abstract class ClockDates {
  /** Null before receipt; `stopped` with the letter, return or withdrawal. */
  @Column('text', { nullable: true })
  clock: Clock['state'] | null;

  @Column('text', { nullable: true })
  receivedOn: string | null;

  /** Days that the rules give; null where no rules were on record. */
  @Column('int', { nullable: true })
  givenDays: number | null;

  /** Last legal day to notify; while it waits for the applicant, if that answers on the last day given for it. Null before receipt. */
  @Column('text', { nullable: true })
  dueOn: string | null;

  /** First day on which the first share of the days is used up, the last one, and on which it is late; null while that hangs on the applicant. */
  @Column('text', { nullable: true })
  halfOn: string | null;

  @Column('text', { nullable: true })
  urgentOn: string | null;

  @Column('text', { nullable: true })
  overdueOn: string | null;

  /** Day of the letter, return or withdrawal. */
  @Column('text', { nullable: true })
  endedOn: string | null;

  /** Days held by each side up to the end of `countedOn`. From then on the days go to whoever holds the case. */
  @Column('int', { nullable: true, select: false })
  usedDays: number | null;

  @Column('int', { nullable: true, select: false })
  applicantDays: number | null;

  @Column('text', { nullable: true, select: false })
  countedOn: string | null;
}

/** As it stands at the end of the day `on`, on which something happened to the case, the rules or the calendar. */
export function clockDates(course: Course, on: string, known: RulesAndCalendar): ClockDates {
  const receipt = course.find((event) => event.type === 'consultation-received');
  const ended = course.find(({ type }) => ENDS.has(type));
  const endedOn = ended === undefined ? null : legalDateOf(ended.data.at);
  if (receipt === undefined) return { ...NOT_RECEIVED, endedOn };
  const rules = frozen(receipt.data, known);
  const clock = rules && clockOf(course, on, rules);
  if (clock === null) {
    const { dueOn } = receipt.data;
    return {
      ...NOT_RECEIVED,
      ...{ clock: endedOn === null ? 'running' : 'stopped', receivedOn: legalDateOf(receipt.data.at), endedOn },
      ...{ dueOn, overdueOn: addDays(dueOn, 1) },
    };
  }
  const late = clock.overdueDays > 0 || clock.state !== 'paused';
  const settled = clock.state === 'stopped';
  return {
    clock: clock.state,
    receivedOn: clock.receivedOn,
    givenDays: clock.given,
    usedDays: clock.authorityHeldDays,
    applicantDays: clock.applicantHeldDays,
    countedOn: settled ? endedOn : on,
    dueOn: clock.dueIfAnsweredInTime ?? clock.dueOn,
    halfOn: clock.warnings[0]?.on ?? null,
    urgentOn: clock.warnings.at(-1)?.on ?? null,
    overdueOn: late ? addDays(clock.dueOn, 1) : null,
    endedOn,
  };
}

const ENDS: ReadonlySet<string> = new Set<ConsultationEvent['type']>([
  'result-notified',
  'consultation-returned',
  'consultation-withdrawn',
]);

const NOT_RECEIVED: ClockDates = {
  ...{ clock: null, receivedOn: null, givenDays: null, usedDays: null, applicantDays: null, countedOn: null },
  ...{ dueOn: null, halfOn: null, urgentOn: null, overdueOn: null, endedOn: null },
};

/** Null where nothing says how to count: the case was received before rules were on record. */
function frozen(receipt: { readonly ruleSet: string; readonly at: string }, known: RulesAndCalendar): ClockRules | null {
  const on = legalDateOf(receipt.at);
  const book = rulesNamed(known.rules, receipt.ruleSet) ?? rulesOn(known.rules, on);
  if (book === null) return null;
  try {
    return clockRulesOn(book, on, calendarOf(known.calendar));
  } catch {
    // The book says nothing about that day. A view must not stop for it: the due date of the receipt stands.
    return null;
  }
}

/** Computing the lunar holidays of a year takes longer than everything else here; the answer only changes with what is gazetted. */
const calendars = new WeakMap<NonNullable<CalendarState>, BusinessCalendar>();
const withoutGazette = koreanCalendar();

function calendarOf(state: CalendarState): BusinessCalendar {
  if (state === null) return withoutGazette;
  const calendar = calendars.get(state) ?? koreanCalendar(state.gazetted);
  calendars.set(state, calendar);
  return calendar;
}

/** The row's clock once rules or calendar have changed; never as of a day before the row's own last event. */
export function clockAgain<Row extends ClockDates & { readonly course: Course; readonly updatedAt: string }>(
  row: Row,
  known: RulesAndCalendar,
  event: Stored<DomainEvent>,
): Row {
  // Every event of ours carries its moment.
  const { at } = event.data as Stamp;
  const [changed, happened] = [legalDateOf(at), legalDateOf(row.updatedAt)];
  return { ...row, ...clockDates(row.course, changed > happened ? changed : happened, known) };
}

/** 기한초과 / 임박 / 주의 / 여유 on the day `?` (given three times), of rows with `ClockDates`; null when no clock runs. */
export const SEVERITY = `case when clock is null or clock = 'stopped' then null
  when overdue_on <= ? then 'overdue' when urgent_on <= ? then 'urgent' when half_on <= ? then 'half' else 'ample' end`;

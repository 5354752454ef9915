import { addDays, weekdayOf } from '../kernel/date.js';

/** `statute`: listed in 관공서의 공휴일에 관한 규정. `substitute`: 대체공휴일. `gazetted`: announced one by one (임시공휴일, 선거일). */
export type HolidayKind = 'statute' | 'substitute' | 'gazetted';

export interface Holiday {
  readonly date: string;
  /** Joined by a middle dot where two fall on one day. */
  readonly name: string;
  readonly kind: HolidayKind;
}

/** A temporary holiday or an election day, with where and when it was announced: before that day nobody could reckon with it. */
export interface GazettedHoliday {
  readonly date: string;
  readonly name: string;
  /** The gazette or the law. */
  readonly source: string;
  /** Legal date. */
  readonly announcedOn: string;
}

/** When a holiday on a weekend, or two on one day, are made up for. Weekends count as the rule of each group says. */
interface Substitution {
  /** First day to which the rule applies. */
  readonly since: string;
  readonly forSaturday: boolean;
}

interface StatutoryHoliday {
  readonly name: string;
  readonly substitute: { readonly name: string; readonly rule: Substitution } | null;
  /** Legal dates in this year, in order. */
  daysIn(year: number): readonly string[];
}

/** 제3조: 2013-11-05 설날·추석·어린이날, 2021-08-04 국경일, 2023-05-04 부처님오신날·기독탄신일. */
const LUNAR_BLOCK: Substitution = { since: '2013-11-05', forSaturday: false };
const CHILDREN: Substitution = { since: '2013-11-05', forSaturday: true };
const NATIONAL: Substitution = { since: '2021-08-04', forSaturday: true };
const RELIGIOUS: Substitution = { since: '2023-05-04', forSaturday: true };

const STATUTE: readonly StatutoryHoliday[] = [
  fixed('신정', '01-01', null),
  fixed('삼일절', '03-01', NATIONAL),
  fixed('어린이날', '05-05', CHILDREN),
  fixed('현충일', '06-06', null),
  fixed('광복절', '08-15', NATIONAL),
  fixed('개천절', '10-03', NATIONAL),
  fixed('한글날', '10-09', NATIONAL),
  fixed('기독탄신일', '12-25', RELIGIOUS),
  ...lunarBlock('설날', 1, 1),
  {
    name: '부처님오신날',
    substitute: { name: '부처님오신날', rule: RELIGIOUS },
    daysIn: (year) => [lunarDay(year, 4, 8)],
  },
  ...lunarBlock('추석', 8, 15),
];

function fixed(name: string, day: string, rule: Substitution | null): StatutoryHoliday {
  return { name, substitute: rule && { name, rule }, daysIn: (year) => [`${year}-${day}`] };
}

/** The day itself, and the day before and after it. */
function lunarBlock(name: string, month: number, day: number): readonly StatutoryHoliday[] {
  const substitute = { name, rule: LUNAR_BLOCK };
  const around = (offset: number) => (year: number) => [addDays(lunarDay(year, month, day), offset)];
  return [
    { name: `${name} 연휴`, substitute, daysIn: around(-1) },
    { name, substitute, daysIn: around(0) },
    { name: `${name} 연휴`, substitute, daysIn: around(1) },
  ];
}

const lunisolar = new Intl.DateTimeFormat('en-u-ca-dangi', {
  timeZone: 'UTC',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
});

/**
 * The Gregorian date of a day of the Korean lunisolar calendar, by the platform's own tables (`dangi`): the Korean and the Chinese new moon
 * may fall on different days, as in February 2027.
 */
function lunarDay(year: number, month: number, day: number): string {
  // Without its data a platform falls back to another calendar in silence, and every deadline would be wrong.
  if (lunisolar.resolvedOptions().calendar !== 'dangi') {
    throw new Error('This platform has no Korean lunisolar calendar (Intl "dangi").');
  }
  // The lunisolar year begins on 20 January at the earliest, and its months have 29 days at least.
  const earliest = addDays(`${year}-01-20`, (month - 1) * 29 + day - 1);
  for (let date = earliest; date <= `${year}-12-31`; date = addDays(date, 1)) {
    const parts = new Map(lunisolar.formatToParts(new Date(`${date}T00:00:00Z`)).map(({ type, value }) => [String(type), value]));
    // A leap month is written `4bis`, so it does not match.
    if (parts.get('month') === String(month) && parts.get('day') === String(day)) return date;
  }
  throw new Error(`No day ${month}/${day} in the lunisolar year ${year}`);
}

/**
 * The public holidays of one year in order of date: those of the statute, their substitutes, and the gazetted days that fall in it.
 * Correct from 2014 (대체공휴일 as they have been in force); earlier years lack rules that have since been repealed.
 */
export function holidaysOf(year: number, gazetted: readonly GazettedHoliday[] = []): readonly Holiday[] {
  const days = STATUTE.flatMap((holiday) => holiday.daysIn(year).map((date) => ({ date, holiday })));
  const statute = new Map<string, string>();
  for (const { date, holiday } of days) statute.set(date, joined(statute.get(date), holiday.name));
  const announced = new Map<string, string>();
  for (const { date, name } of gazetted) if (date.startsWith(`${year}-`)) announced.set(date, joined(announced.get(date), name));

  const substitutes = new Map<string, string>();
  const isFree = (date: string) => statute.has(date) || announced.has(date) || substitutes.has(date) || weekdayOf(date) % 6 === 0;
  const seen = new Set<string>();
  for (const { date, holiday } of days) {
    const another = seen.has(date);
    seen.add(date);
    if (holiday.substitute === null || date < holiday.substitute.rule.since) continue;
    const weekday = weekdayOf(date);
    const onWeekend = weekday === 0 || (weekday === 6 && holiday.substitute.rule.forSaturday);
    // Two holidays on one weekday are made up for once; only those of the statute count, not elections and temporary ones (제3조제1항제3호).
    if (!onWeekend && !(another && weekday !== 6)) continue;
    let day = addDays(date, 1);
    while (isFree(day)) day = addDays(day, 1);
    substitutes.set(day, holiday.substitute.name);
  }

  return [
    ...[...statute].map(([date, name]): Holiday => ({ date, name, kind: 'statute' })),
    ...[...substitutes].map(([date, name]): Holiday => ({ date, name: `대체공휴일(${name})`, kind: 'substitute' })),
    ...[...announced].map(([date, name]): Holiday => ({ date, name, kind: 'gazetted' })),
  ].sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
}

function joined(first: string | undefined, second: string): string {
  return first === undefined ? second : `${first}·${second}`;
}

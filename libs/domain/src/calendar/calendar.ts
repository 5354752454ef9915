import { addDays, weekdayOf } from '../kernel/date.js';
import { holidaysOf, type GazettedHoliday, type Holiday } from './holidays.js';

/** The days on which government offices work. */
export interface BusinessCalendar {
  holidaysOf(year: number): readonly Holiday[];
  /** Why offices are closed: the holiday's name, `토요일` or `일요일`; null on a working day. */
  closedBecause(date: string): string | null;
  /** The date itself when offices work, else the next day on which they do (민법 제161조). */
  workingDayFrom(date: string): string;
  /** Working days after `from` up to and including `to`. */
  workingDaysBetween(from: string, to: string): number;
  /** The calendar as it was known on a day: without what was announced later. */
  knownOn(date: string): BusinessCalendar;
}

/** The calendar of Korean government offices. Temporary holidays and election days are gazetted one by one and therefore given. */
export function koreanCalendar(gazetted: readonly GazettedHoliday[] = []): BusinessCalendar {
  // A year is computed once: the answer for a year never changes while the gazetted days are the same.
  const years = new Map<number, ReadonlyMap<string, Holiday>>();

  function year(of: number): ReadonlyMap<string, Holiday> {
    const known = years.get(of) ?? new Map(holidaysOf(of, gazetted).map((holiday) => [holiday.date, holiday]));
    years.set(of, known);
    return known;
  }

  function closedBecause(date: string): string | null {
    const holiday = year(Number(date.slice(0, 4))).get(date);
    if (holiday !== undefined) return holiday.name;
    const weekday = weekdayOf(date);
    return weekday === 0 ? '일요일' : weekday === 6 ? '토요일' : null;
  }

  const calendar: BusinessCalendar = {
    holidaysOf: (of) => [...year(of).values()],
    closedBecause,
    workingDayFrom(date) {
      let day = date;
      while (closedBecause(day) !== null) day = addDays(day, 1);
      return day;
    },
    workingDaysBetween(from, to) {
      let count = 0;
      for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) if (closedBecause(day) === null) count += 1;
      return count;
    },
    knownOn: (date) =>
      gazetted.every(({ announcedOn }) => announcedOn <= date)
        ? calendar
        : koreanCalendar(gazetted.filter(({ announcedOn }) => announcedOn <= date)),
  };
  return calendar;
}

import type { Decider, DomainCommand } from '../kernel/decider.js';
import { legalDateOf, officialDate } from '../kernel/date.js';
import { NotFound, RuleViolated } from '../kernel/errors.js';
import { same } from '../kernel/same.js';
import { checkDate, checkId, checkStamp, checkText, LIMITS } from '../kernel/wellformed.js';
import type { CalendarEvent } from './events.js';
import type { GazettedHoliday } from './holidays.js';

export type GazetteTemporaryHoliday = DomainCommand<
  'gazette-temporary-holiday',
  { readonly calendar: string; readonly holiday: GazettedHoliday }
>;
export type CorrectGazettedHoliday = DomainCommand<
  'correct-gazetted-holiday',
  { readonly date: string; readonly holiday: GazettedHoliday | null; readonly reason: string }
>;

export type CalendarCommand = GazetteTemporaryHoliday | CorrectGazettedHoliday;

/** Null until the first day is gazetted. */
export type CalendarState = {
  readonly calendar: string;
  /** At most one for each date, in order of date. */
  readonly gazetted: readonly GazettedHoliday[];
  readonly corrected: { readonly date: string; readonly holiday: GazettedHoliday | null; readonly reason: string } | null;
} | null;

function decide(command: CalendarCommand, state: CalendarState): readonly CalendarEvent[] {
  const { by, at } = command.data;
  checkStamp(command.data);
  switch (command.type) {
    case 'gazette-temporary-holiday': {
      const { calendar } = command.data;
      checkId(calendar, '/calendar');
      const holiday = checked(command.data.holiday, at);
      const known = state?.gazetted.find(({ date }) => date === holiday.date);
      if (same(known, holiday)) return [];
      if (known !== undefined) throw alreadyGazetted(known);
      return [{ type: 'temporary-holiday-gazetted', data: { by, at, calendar, holiday } }];
    }
    case 'correct-gazetted-holiday': {
      const { date, reason } = command.data;
      checkDate(date, '/date');
      checkText(reason, '/reason', LIMITS.reason);
      const holiday = command.data.holiday === null ? null : checked(command.data.holiday, at);
      if (same(state?.corrected, { date, holiday, reason })) return [];
      const known = state?.gazetted.find((gazetted) => gazetted.date === date);
      if (known === undefined) {
        throw new NotFound('not-gazetted', {
          ko: `${officialDate(date)}은(는) 고시된 공휴일로 등록되어 있지 않습니다.`,
          en: `${officialDate(date)} is not on record as a gazetted holiday.`,
        });
      }
      if (same(known, holiday)) return [];
      const other = holiday?.date === date ? undefined : state?.gazetted.find((gazetted) => gazetted.date === holiday?.date);
      if (other !== undefined) throw alreadyGazetted(other);
      return [{ type: 'gazetted-holiday-corrected', data: { by, at, date, holiday, reason } }];
    }
    default: {
      const never: never = command;
      return never;
    }
  }
}

/** Only what is known of a holiday: nothing else that came with it is recorded. */
function checked(given: GazettedHoliday, at: string): GazettedHoliday {
  const { date, name, source, announcedOn } = given;
  checkDate(date, '/holiday/date');
  checkText(name, '/holiday/name', LIMITS.name);
  checkText(source, '/holiday/source', LIMITS.listItem);
  checkDate(announcedOn, '/holiday/announcedOn');
  if (announcedOn > legalDateOf(at)) {
    throw new RuleViolated(
      'not-announced-yet',
      {
        ko: '아직 고시되지 않은 공휴일입니다. 고시된 뒤에 등록하세요.',
        en: 'This has not been announced yet. Enter it once it has been.',
      },
      '/holiday/announcedOn',
    );
  }
  if (announcedOn > date) {
    throw new RuleViolated(
      'announced-too-late',
      {
        ko: '공휴일은 그날보다 늦게 고시될 수 없습니다. 날짜를 확인하세요.',
        en: 'A holiday cannot be announced after the day itself. Check the dates.',
      },
      '/holiday/announcedOn',
    );
  }
  return { date, name, source, announcedOn };
}

function alreadyGazetted({ date, name }: GazettedHoliday): RuleViolated {
  return new RuleViolated('already-gazetted', {
    ko: `${officialDate(date)}은(는) 이미 ‘${name}’(으)로 등록되어 있습니다. 잘못 적혔으면 정정하세요.`,
    en: `${officialDate(date)} is on record as “${name}” already. If that is wrong, correct it.`,
  });
}

function evolve(state: CalendarState, event: CalendarEvent): CalendarState {
  switch (event.type) {
    case 'temporary-holiday-gazetted': {
      const { calendar, holiday } = event.data;
      return { calendar, gazetted: inOrder([...(state?.gazetted ?? []), holiday]), corrected: null };
    }
    case 'gazetted-holiday-corrected': {
      if (state === null) return state;
      const { date, holiday, reason } = event.data;
      const others = state.gazetted.filter((gazetted) => gazetted.date !== date);
      const gazetted = holiday === null ? others : inOrder([...others, holiday]);
      return { ...state, gazetted, corrected: { date, holiday, reason } };
    }
    default: {
      event satisfies never;
      return state;
    }
  }
}

function inOrder(gazetted: readonly GazettedHoliday[]): readonly GazettedHoliday[] {
  return [...gazetted].sort((a, b) => (a.date < b.date ? -1 : 1));
}

/**
 * Holidays that are announced one by one (`calendar-` streams). Refuses with `already-gazetted`, `not-announced-yet`,
 * `announced-too-late`, `not-gazetted`.
 */
export const calendarDecider: Decider<CalendarCommand, CalendarEvent, CalendarState> = { initialState: null, decide, evolve };

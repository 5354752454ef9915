import type { DomainEvent, Stamp } from '../kernel/decider.js';
import type { GazettedHoliday } from './holidays.js';

/** 임시공휴일·선거일: announced one by one, with where it was announced. */
export type TemporaryHolidayGazetted = DomainEvent<
  'temporary-holiday-gazetted',
  Stamp & { readonly calendar: string; readonly holiday: GazettedHoliday }
>;
/** What was entered about that day was wrong. `holiday` is null when there is no such holiday at all. */
export type GazettedHolidayCorrected = DomainEvent<
  'gazetted-holiday-corrected',
  Stamp & { readonly date: string; readonly holiday: GazettedHoliday | null; readonly reason: string }
>;

export type CalendarEvent = TemporaryHolidayGazetted | GazettedHolidayCorrected;

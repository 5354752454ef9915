import type { History } from '../kernel/history.js';
import type { CalendarEvent } from './events.js';

export const calendarHistory: History<CalendarEvent> = {
  'temporary-holiday-gazetted': [],
  'gazetted-holiday-corrected': [],
};

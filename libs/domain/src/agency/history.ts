import type { History } from '../kernel/history.js';
import type { AgencyEvent } from './events.js';

export const agencyHistory: History<AgencyEvent> = {
  'agency-registered': [],
  'agency-renamed': [],
  'agency-dissolved': [],
  'agency-merged': [],
  'agency-split': [],
  'agency-moved': [],
};

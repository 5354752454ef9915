import type { History } from '../kernel/history.js';
import type { SystemEvent } from './events.js';

export const systemHistory: History<SystemEvent> = {
  'system-registered': [],
  'system-entry-corrected': [],
  'system-retired': [],
};

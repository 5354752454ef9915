import type { History } from '../kernel/history.js';
import type { UserEvent } from './events.js';

export const userHistory: History<UserEvent> = {
  'user-registered': [],
  'roles-granted': [],
  'grant-revoked': [],
  'user-suspended': [],
  'user-reinstated': [],
  'authority-delegated': [],
  'delegation-withdrawn': [],
};

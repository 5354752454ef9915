import type { History } from '../kernel/history.js';
import type { PersonalDataEvent } from './events.js';

export const personalDataHistory: History<PersonalDataEvent> = {
  'personal-data-deposited': [],
  'erasure-requested': [],
  'erasure-declined': [],
  'personal-data-erased': [],
  'retention-held': [],
  'retention-released': [],
};

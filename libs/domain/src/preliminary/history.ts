import type { History } from '../kernel/history.js';
import type { PreliminaryEvent } from './events.js';

export const preliminaryHistory: History<PreliminaryEvent> = {
  'preliminary-review-requested': [],
  'preliminary-review-screened': [],
  'preliminary-opinion-given': [],
  'preliminary-review-withdrawn': [],
};

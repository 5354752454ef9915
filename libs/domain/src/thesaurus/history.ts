import type { History } from '../kernel/history.js';
import type { ThesaurusEvent } from './events.js';

export const thesaurusHistory: History<ThesaurusEvent> = {
  'concept-added': [],
  'concept-withdrawn': [],
};

import type { History } from '../kernel/history.js';
import type { LetterEvent } from './events.js';

export const letterHistory: History<LetterEvent> = {
  'document-number-reserved': [],
  'document-number-released': [],
  'earlier-document-number-registered': [],
};

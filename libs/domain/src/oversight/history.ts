import type { History } from '../kernel/history.js';
import type { OversightEvent } from './events.js';

export const oversightHistory: History<OversightEvent> = {
  'finding-raised': [],
  'finding-answered': [],
  'finding-answer-rejected': [],
  'finding-resolved': [],
  'finding-withdrawn': [],
  'records-read': [],
};

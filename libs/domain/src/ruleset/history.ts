import type { History } from '../kernel/history.js';
import type { RuleSetEvent } from './events.js';

export const ruleSetHistory: History<RuleSetEvent> = {
  'rule-set-adopted': [],
  'rule-set-amended': [],
  'rule-set-withdrawn': [],
};

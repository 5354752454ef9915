import type { RecordedEvent } from '@sajeon/event-store';
import { NATIONAL_RULES } from './rules.js';
import { PROJECT, RULE_SET } from './kinds.js';

/**
 * The streams that show a case whole: its own, its project's with every version of the plan, and the rules that were applied to it.
 * @param events of the case itself, as stored
 */
export function streamsOfCase(events: readonly Pick<RecordedEvent, 'stream' | 'data'>[]): readonly string[] {
  const [first] = events;
  if (!first) return [];
  const project = first.data['project'];
  const names = (data: unknown): boolean => typeof data === 'object' && data !== null && 'ruleSet' in data;
  const isJudged = events.some(({ data }) => names(data) || names(data['basis']));
  return [
    first.stream,
    ...(typeof project === 'string' ? [`${PROJECT.prefix}-${project}`] : []),
    ...(isJudged ? [`${RULE_SET.prefix}-${NATIONAL_RULES}`] : []),
  ];
}

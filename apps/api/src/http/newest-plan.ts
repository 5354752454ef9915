import { readRecorded, type PlanVersion } from '@sajeon/domain';
import type { RecordedEvent } from '@sajeon/event-store';
import { NoSuchRecord } from './problem.js';

/** The decider keeps only the plan's hash; its text stands in the event that brought it. */
export function newestPlan(events: readonly RecordedEvent[]): PlanVersion {
  for (const event of events.map(readRecorded).reverse()) {
    if (event.type === 'project-planned' || event.type === 'plan-revised') return event.data.plan;
  }
  throw new NoSuchRecord();
}

import { readEvent, type ConsultationEvent } from '@sajeon/domain';
import type { RecordedEvent } from '@sajeon/event-store';
import type { Rows, Stored } from '../host/view.js';
import { casePage, type CaseRow } from './case-page.js';

/**
 * The case page as it read after these events (one consultation's, in order), made by the projection itself: what a decider was
 * shown then can be made again by anybody who has the events. Null for no events.
 */
export function replayCase(events: readonly RecordedEvent[]): CaseRow | null {
  let row: CaseRow | null = null;
  const rows: Rows<CaseRow> = {
    get: () => row ?? undefined,
    put: (next) => (row = next),
    delete: () => (row = null),
  };
  for (const recorded of events) {
    const event = readEvent({ type: recorded.type, schema: Number(recorded.metadata['schema'] ?? '1'), data: recorded.data });
    // A consultation's stream holds consultation events only: no other decider writes to it.
    casePage.apply({ ...recorded, ...event } as Stored<ConsultationEvent>, rows);
  }
  return row;
}

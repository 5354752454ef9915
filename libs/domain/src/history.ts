import type { AgencyEvent } from './agency/events.js';
import { agencyHistory } from './agency/history.js';
import type { CalendarEvent } from './calendar/events.js';
import { calendarHistory } from './calendar/history.js';
import type { ConsultationEvent } from './consultation/events.js';
import { consultationHistory } from './consultation/history.js';
import { upToDate, WrittenByNewerVersion, type History, type Step, type StoredEvent } from './kernel/history.js';
import type { LetterEvent } from './letter/events.js';
import { letterHistory } from './letter/history.js';
import type { PreliminaryEvent } from './preliminary/events.js';
import { preliminaryHistory } from './preliminary/history.js';
import type { OversightEvent } from './oversight/events.js';
import { oversightHistory } from './oversight/history.js';
import type { PersonalDataEvent } from './personal-data/events.js';
import { personalDataHistory } from './personal-data/history.js';
import type { ProjectEvent } from './project/events.js';
import { projectHistory } from './project/history.js';
import type { RuleSetEvent } from './ruleset/events.js';
import { ruleSetHistory } from './ruleset/history.js';
import type { SystemEvent } from './system/events.js';
import { systemHistory } from './system/history.js';
import type { ThesaurusEvent } from './thesaurus/events.js';
import { thesaurusHistory } from './thesaurus/history.js';
import type { UserEvent } from './user/events.js';
import { userHistory } from './user/history.js';

/** Every event that any stream can hold. */
export type SajeonEvent =
  | PersonalDataEvent
  | OversightEvent
  | AgencyEvent
  | SystemEvent
  | ProjectEvent
  | ConsultationEvent
  | RuleSetEvent
  | CalendarEvent
  | LetterEvent
  | PreliminaryEvent
  | UserEvent
  | ThesaurusEvent;

const histories: History<SajeonEvent> = {
  ...personalDataHistory,
  ...oversightHistory,
  ...agencyHistory,
  ...systemHistory,
  ...projectHistory,
  ...consultationHistory,
  ...ruleSetHistory,
  ...calendarHistory,
  ...letterHistory,
  ...preliminaryHistory,
  ...userHistory,
  ...thesaurusHistory,
};
const stepsOf: ReadonlyMap<string, readonly Step[]> = new Map(Object.entries(histories));

/** All registered event types. */
export const EVENT_TYPES: readonly string[] = [...stepsOf.keys()];

/**
 * The schema number to write beside an event of this type.
 * @throws WrittenByNewerVersion when the type is not registered
 */
export function schemaOf(type: string): number {
  const steps = stepsOf.get(type);
  if (steps === undefined) throw new WrittenByNewerVersion(type, 1, null);
  return steps.length + 1;
}

/**
 * A stored event in its newest shape, however long ago it was written.
 * @throws WrittenByNewerVersion (`written-by-newer-version`) for an unknown type or schema, so that nothing is misread or skipped
 * @throws Malformed `invalid-schema` when the schema number is damaged or missing
 */
export function readEvent(stored: StoredEvent): SajeonEvent {
  const data = upToDate(stored, stepsOf.get(stored.type));
  // The one place where stored JSON becomes typed: the type is registered and the steps lead to its newest shape.
  return { type: stored.type, data } as SajeonEvent;
}

/** The same for an event as a store gives it: the schema number stands in its metadata, the first events had none. */
export function readRecorded(recorded: {
  readonly type: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly data: object;
}): SajeonEvent {
  const { type, metadata, data } = recorded;
  return readEvent({ type, schema: Number(metadata['schema'] ?? '1'), data });
}

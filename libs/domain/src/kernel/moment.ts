import { isLegalDate } from './date.js';

/** A log position, or the last millisecond that counts. */
export type Moment = bigint | number;

/** `recorded`: what the record held then. `effective`: what had happened by then, also what was recorded later. */
export type TimeAxis = 'recorded' | 'effective';

/**
 * A moment as people write it: a log position (`1200`), a day (`2026-11-30`: all of it, as it is in Seoul) or an instant with its offset
 * (RFC 3339). Undefined for anything else, also for a day that there is not and a time whose offset is left to be guessed.
 */
export function momentIn(text: string): Moment | undefined {
  if (/^\d{1,18}$/.test(text)) return BigInt(text);
  if (isLegalDate(text)) return Date.parse(`${text}T23:59:59.999+09:00`);
  const instant = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/.exec(
    text,
  );
  return instant && isLegalDate(instant[1]) ? Date.parse(text) : undefined;
}

/** The events of one stream that count at this moment. A position is one of the record: with it the axis makes no difference. */
export function eventsBy<
  Event extends { readonly position: bigint; readonly recordedAt: string; readonly data: { readonly at?: unknown } },
>(events: readonly Event[], moment: Moment, axis: TimeAxis): readonly Event[] {
  if (typeof moment === 'bigint') return events.filter(({ position }) => position <= moment);
  const happened = ({ data, recordedAt }: Event) =>
    Date.parse(axis === 'effective' && typeof data.at === 'string' ? data.at : recordedAt);
  const after = events.findIndex((event) => happened(event) > moment);
  // A later event never counts without those before it: its stream makes sense in its own order only.
  return after < 0 ? events : events.slice(0, after);
}

import type { RecordedEvent } from '@sajeon/event-store';
import { CommandFailed, EXIT } from './terminal.js';

/** A log position, or the last millisecond that counts. */
export type Moment = bigint | number;

/** What `--as-of` takes: a log position, a day (its end in Seoul) or an instant. */
export function momentOf(text: string): Moment {
  if (/^\d{1,19}$/.test(text)) return BigInt(text);
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const time = Date.parse(day ? `${text}T23:59:59.999+09:00` : text);
  if (!Number.isNaN(time) && /^\d{4}-/.test(text)) {
    // A day that does not exist would otherwise become another one.
    if (!day || new Date(`${text}T00:00:00Z`).toISOString().startsWith(text)) return time;
  }
  throw new CommandFailed(EXIT.usage, {
    ko: `--as-of에는 로그 위치(숫자), 있는 날짜(YYYY-MM-DD) 또는 시각(RFC 3339)을 적으십시오: ${text}`,
    en: `--as-of takes a log position, a day that exists (YYYY-MM-DD) or an instant (RFC 3339): ${text}`,
  });
}

export function isBy({ position, recordedAt }: RecordedEvent, moment: Moment): boolean {
  return typeof moment === 'bigint' ? position <= moment : Date.parse(recordedAt) <= moment;
}

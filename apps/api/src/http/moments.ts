import { Injectable } from '@nestjs/common';
import { AuditLog } from '@sajeon/audit';
import { isLegalDate, legalDateOf } from '@sajeon/domain';
import { EventStore, type RecordedEvent } from '@sajeon/event-store';
import type { HttpProblem } from './problem.js';
import { malformed } from './problem.js';

/** `recorded`: what the record held then. `effective`: what had happened by then, also what was recorded later. */
export type TimeAxis = 'recorded' | 'effective';

/** A log position, or the last millisecond that counts. */
export type Moment = bigint | number;

/** A log position, an instant (RFC 3339), or a date, which means the end of that day in Seoul. */
export function momentOf(text: string, pointer = 'asOf'): Moment {
  if (/^\d{1,18}$/.test(text)) return BigInt(text);
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const written = day ? `${text}T23:59:59.999+09:00` : text;
  const time = Date.parse(written);
  // A day that does not exist would otherwise become another one; a time without an offset would depend on the server's.
  const usable = day ? isLegalDate(text) : /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/.test(text);
  if (Number.isNaN(time) || !usable) throw notAMoment(pointer);
  return time;
}

export function axisOf(text: string | undefined, moments: readonly Moment[]): TimeAxis {
  if (text === undefined || text === 'recorded') return 'recorded';
  if (text !== 'effective' || moments.some((moment) => typeof moment === 'bigint')) {
    throw malformed('axis', 'invalid-axis', {
      ko: 'axis는 recorded(그때의 기록) 또는 effective(그때까지 일어난 일)입니다. effective에는 로그 위치가 아니라 날짜나 시각을 쓰십시오.',
      en: 'The axis is recorded (what the record held then) or effective (what had happened by then). effective takes dates and instants, not positions.',
    });
  }
  return 'effective';
}

/** The events of one stream that count at this moment. */
export function eventsBy(events: readonly RecordedEvent[], moment: Moment, axis: TimeAxis): readonly RecordedEvent[] {
  if (typeof moment === 'bigint') return events.filter(({ position }) => position <= moment);
  const happened = ({ data, recordedAt }: RecordedEvent) =>
    Date.parse(axis === 'effective' && typeof data['at'] === 'string' ? data['at'] : recordedAt);
  const after = events.findIndex((event) => happened(event) > moment);
  // A later event never counts without those before it: its stream makes sense in its own order only.
  return after < 0 ? events : events.slice(0, after);
}

/** Turns moments into log positions. */
@Injectable()
export class Moments {
  constructor(
    private readonly log: AuditLog,
    private readonly store: EventStore,
  ) {}

  async positionAt(text: string, pointer = 'asOf'): Promise<bigint> {
    const moment = momentOf(text, pointer);
    const head = await this.store.head();
    if (typeof moment === 'bigint') return moment < head ? moment : head;
    return this.log.positionAt(new Date(moment));
  }

  /** The legal date of a moment; today when none is given. */
  async dayOf(text: string | undefined, pointer = 'asOf'): Promise<string> {
    const moment = text === undefined ? Date.now() : momentOf(text, pointer);
    if (typeof moment === 'number') return legalDateOf(new Date(moment).toISOString());
    for await (const { recordedAt } of this.store.readAll({ after: moment - 1n, limit: 1 })) return legalDateOf(recordedAt);
    return legalDateOf(new Date().toISOString());
  }
}

function notAMoment(pointer: string): HttpProblem {
  return malformed(pointer, 'invalid-moment', {
    ko: '로그 위치(숫자), 있는 날짜(YYYY-MM-DD) 또는 시각(RFC 3339)을 적으십시오.',
    en: 'Write a log position, a date that exists (YYYY-MM-DD) or an instant (RFC 3339).',
  });
}

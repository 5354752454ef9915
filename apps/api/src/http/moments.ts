import { Injectable } from '@nestjs/common';
import { AuditLog } from '@sajeon/audit';
import { legalDateOf, momentIn, type Moment, type TimeAxis } from '@sajeon/domain';
import { EventStore } from '@sajeon/event-store';
import type { HttpProblem } from './problem.js';
import { malformed } from './problem.js';

/** A log position, an instant (RFC 3339), or a date, which means the end of that day in Seoul. */
export function momentOf(text: string, pointer = 'asOf'): Moment {
  // An offset's plus sign that was not written as %2B arrives as a space; nothing else could be meant.
  const moment = momentIn(text.replace(/ (?=\d{2}:\d{2}$)/, '+'));
  if (moment === undefined) throw notAMoment(pointer);
  return moment;
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

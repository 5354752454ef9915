import { momentIn, type Moment } from '@sajeon/domain';
import { CommandFailed, EXIT } from './terminal.js';

/** What `--as-of` takes: a log position, a day (its end in Seoul) or an instant with its offset. */
export function momentOf(text: string): Moment {
  const moment = momentIn(text);
  if (moment !== undefined) return moment;
  throw new CommandFailed(EXIT.usage, {
    ko: `시점에는 로그 위치(숫자), 있는 날짜(YYYY-MM-DD) 또는 시간대가 붙은 시각(예: 2026-11-30T10:00+09:00)을 적으십시오: ${text}`,
    en: `A moment is a log position, a day that exists (YYYY-MM-DD) or an instant with its offset (as 2026-11-30T10:00+09:00): ${text}`,
  });
}

import type { Clock, ClockDay } from '@sajeon/domain';
import { Decimal, LegalDate, Share, Whole } from './fields.js';
import { MessageDto } from './problem.dto.js';

type Interval = Clock['intervals'][number];

/** A stretch of whole days, both ends included, during which one side held the case. */
export class ClockIntervalDto implements Interval {
  holder: Interval['holder'];

  @LegalDate('2026-11-17')
  from: string;

  @LegalDate('2026-11-28')
  to: string;

  @Whole(12)
  days: number;

  /** The correction round during which the clock stood still; null while it ran */
  @Whole()
  round: number | null;
}

/** When a share of the days is (or was) used. */
export class ClockWarningDto {
  @Share(0.5)
  share: number;

  /** Null while that hangs on the applicant’s answer */
  @LegalDate('2026-12-01')
  on: string | null;
}

export class ClockForecastDto {
  /** First day on which the case would be late if nothing more happened; null once it is over */
  @LegalDate('2026-12-17')
  breachOn: string | null;

  /** Days on which offices work until the due date, that day included */
  @Whole(12)
  workingDaysLeft: number;
}

/** One day of the case and what it did to the clock. */
export class ClockDayDto implements ClockDay {
  @LegalDate('2026-11-17')
  date: string;

  holder: ClockDay['holder'];

  /** Days used by the end of this day */
  @Whole()
  used: number;

  why: MessageDto;
}

/** Where the clock of a case stands at the end of a day, and why. */
export class ClockDto {
  /** The day at whose end it stands so */
  @LegalDate('2026-11-28')
  asOf: string;

  state: Clock['state'];

  /** Whose days count; it may have changed since receipt */
  track: Clock['track'];

  @LegalDate('2026-11-16')
  receivedOn: string;

  /** Days that the rules give */
  @Whole(30)
  given: number;

  /** Days that count against the authority; above `given` when it is late */
  @Whole(12)
  used: number;

  @Whole(18)
  remaining: number;

  @Whole(12)
  authorityHeldDays: number;

  @Whole(0)
  applicantHeldDays: number;

  intervals: ClockIntervalDto[];

  /** Last day to notify, computed from what happened; while paused, as if the applicant answered today */
  @LegalDate('2026-12-16')
  dueOn: string;

  /** While paused: the due date if the applicant answers on the last day given for it */
  @LegalDate('2026-12-30')
  dueIfAnsweredInTime: string | null;

  /** 결과통보예정일, where a delay was notified in time; it does not move the due date */
  @LegalDate('2026-12-23')
  expectedNotificationOn: string | null;

  /** The last day to be in time: the due date, or the announced day where that is later */
  @LegalDate('2026-12-16')
  inTimeUntil: string;

  /** Days after the legal due date, whether a delay was notified or not */
  @Whole(0)
  beyondDueDays: number;

  /** Days after the last day to be in time */
  @Whole(0)
  overdueDays: number;

  /** 기한초과 / 임박 / 주의 / 여유 */
  severity: Clock['severity'];

  forecast: ClockForecastDto;

  warnings: ClockWarningDto[];

  /** In words: 30일 중 12일 사용, 보완 5일 정지 */
  text: MessageDto;

  /** Every day since receipt, and why it counts or does not */
  days: ClockDayDto[];

  /**
   * The rules that the case froze at receipt
   * @example 'national-1-sample@2024-01-01'
   */
  ruleSet: string;

  @Decimal('3')
  revision: string;

  @Decimal()
  position: string;
}

import { ApiProperty } from '@nestjs/swagger';
import type { SealerHealth } from '@sajeon/audit';
import type { ViewHealth } from '@sajeon/read-models';
import type { PolicyHealth } from '@sajeon/workflow';

/** A 64-bit number as decimal text: JSON has no such numbers. */
const Decimal = (): PropertyDecorator => ApiProperty({ pattern: '^-?\\d{1,19}$', example: '42' });

export class LivenessDto {
  status: 'live';
}

/** Why a view stands still. */
export class StallDto {
  /** Of the event to blame; null when it is not one event */
  @Decimal()
  position: string | null;

  /** @example 'consultation-drafted' */
  type: string | null;

  /** @example 'written-by-newer-version' */
  cause: string;

  @ApiProperty({ type: 'integer', example: 3 })
  attempts: number;
}

export class ViewHealthDto implements Record<keyof ViewHealth, unknown> {
  /** @example 'case-page' */
  view: string;

  /** `waiting`: no worker holds it. `stalled`: it cannot go on, and tries again */
  status: ViewHealth['status'];

  @Decimal()
  position: string;

  /** How far the log is ahead */
  @Decimal()
  lag: string;

  /** Version of the projection that made the rows */
  @ApiProperty({ type: 'integer', example: 1 })
  version: number;

  /** Version that this program has */
  @ApiProperty({ type: 'integer', example: 1 })
  wantedVersion: number;

  /**
   * Worker that holds it
   * @example 'worker-1'
   */
  holder: string | null;

  stalled: StallDto | null;

  /** Position of the table that is being rebuilt beside it */
  @Decimal()
  rebuilding: string | null;
}

export class PolicyHealthDto implements Omit<PolicyHealth, 'cause'> {
  /** @example 'screen-when-submitted' */
  policy: string;

  @Decimal()
  position: string;

  status: PolicyHealth['status'];

  /**
   * Why it stands still
   * @example 'written-by-newer-version'
   */
  cause?: string | undefined;
}

export class OverlapHealthDto {
  @Decimal()
  position: string;

  /** Systems and pending plans that are compared */
  @ApiProperty({ type: 'integer', example: 412 })
  records: number;

  /**
   * Why it stands still
   * @example 'written-by-newer-version'
   */
  failure: string | null;
}

export class SealHealthDto implements Record<keyof Omit<SealerHealth, 'cause'>, unknown> {
  /** `refused`: record, log and checkpoints contradict one another, and a person must look. `stopped`: this process does not seal */
  status: SealerHealth['status'];

  /** Events sealed */
  @Decimal()
  size: string;

  @Decimal()
  position: string;

  /**
   * What is wrong
   * @example 'LogContradiction: the event at 42 is not what was sealed'
   */
  cause: string | null;
}

export class ReadinessDto {
  status: 'ready' | 'not-ready';

  /**
   * `ok`, or why the store cannot be reached
   * @example 'ok'
   */
  store: string;

  views: ViewHealthDto[];

  policies: PolicyHealthDto[];

  overlap: OverlapHealthDto;

  seal: SealHealthDto;
}

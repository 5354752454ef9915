import { ApiProperty } from '@nestjs/swagger';
import type { Change, Message } from '@sajeon/domain';
import { IsString, MaxLength } from 'class-validator';
import { QueueEntryDto } from './consultation-lists.dto.js';
import { Decimal, Instant, MayBeAbsent } from './fields.js';
import { PageDto } from './lists.dto.js';
import { SystemDto } from './systems.dto.js';

/** Any JSON at all. */
const AnyJson = (example: string): PropertyDecorator =>
  ApiProperty({
    required: false,
    example,
    anyOf: [
      { type: 'string' },
      { type: 'number' },
      { type: 'boolean' },
      {
        type: 'array',
        items: { anyOf: [{ type: 'string' }, { type: 'number' }, { type: 'object', additionalProperties: true }] },
      },
      { type: 'object', additionalProperties: true },
      { type: 'null' },
    ],
  });

const MOMENT = 'A log position, a date (the end of that day in Seoul) or an instant (RFC 3339)';

export class BetweenDto {
  /** The earlier moment */
  @ApiProperty({ description: MOMENT, example: '2026-11-01' })
  @IsString()
  @MaxLength(40)
  from: string;

  /** The later moment; now unless given */
  @ApiProperty({ description: `${MOMENT}; now unless given`, example: '2026-11-30' })
  @MayBeAbsent()
  @IsString()
  @MaxLength(40)
  to?: string;
}

export class RecordBetweenDto extends BetweenDto {
  /** What the record held then, or what had happened by then; `recorded` unless given */
  @ApiProperty({ enum: ['recorded', 'effective'], example: 'recorded' })
  @MayBeAbsent()
  @IsString()
  @MaxLength(20)
  axis?: string;
}

export class ListBetweenDto extends BetweenDto {
  /** `next` of the page before */
  @MayBeAbsent()
  @IsString()
  @MaxLength(2_000)
  cursor?: string;
}

export class ChangeDto implements Change {
  /**
   * JSON pointer
   * @example '/received/dueOn'
   */
  pointer: string;

  /** Absent where there was nothing */
  @AnyJson('2026-12-14')
  before?: unknown;

  /** Absent where there is nothing any more */
  @AnyJson('2026-12-18')
  after?: unknown;
}

class TextDto implements Message {
  /** @example '수원시가 협의를 신청했습니다.' */
  ko: string;

  /** @example 'Suwon filed the consultation.' */
  en: string;
}

/** One event between the two moments. */
export class StepDto {
  @Decimal()
  position: string;

  /** When it was recorded */
  @Instant()
  recordedAt: string;

  /** When it happened, by the event itself */
  @Instant()
  at: string;

  /** @example 'consultation-submitted' */
  type: string;

  told: TextDto;
}

/** How a record came from what it was at one moment to what it was at another. */
export class DifferenceDto {
  /** @example 'consultation-k3m9q2x7za' */
  stream: string;

  /** Revision of the record then; null when there was none yet */
  @ApiProperty({ pattern: '^\\d{1,19}$', example: '3', nullable: true, type: String })
  fromRevision: string | null;

  @ApiProperty({ pattern: '^\\d{1,19}$', example: '7', nullable: true, type: String })
  toRevision: string | null;

  steps: StepDto[];
  changes: ChangeDto[];
}

export class ChangedCaseDto {
  /** @example 'k3m9q2x7za' */
  key: string;

  before: QueueEntryDto | null;
  after: QueueEntryDto | null;
}

export class QueueDifferenceDto extends PageDto {
  rows: ChangedCaseDto[];
}

export class ChangedSystemDto {
  /** @example 'egov-001' */
  key: string;

  before: SystemDto | null;
  after: SystemDto | null;
}

export class InventoryDifferenceDto extends PageDto {
  rows: ChangedSystemDto[];
}

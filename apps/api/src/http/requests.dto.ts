import { ApiProperty } from '@nestjs/swagger';
import { REQUEST_TYPES, type PlaceComparison, type PlanDifference, type RequestType } from '@sajeon/domain';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsInt, IsString, MaxLength, Min } from 'class-validator';
import { An, Decimal, EachAn, LegalDate, MayBeAbsent, Whole } from './fields.js';
import { PlanDto } from './plan.dto.js';

export class CorrectionItemDto {
  /** 보완, 시정 or 소명; 시정 unless given */
  @MayBeAbsent()
  @IsIn(REQUEST_TYPES)
  kind?: RequestType;

  /**
   * JSON pointer into the plan; empty for the whole plan
   * @example '/functions/0'
   */
  @IsString()
  @MaxLength(200)
  pointer: string;

  /**
   * The passage meant, word for word as it stands there
   * @example '시설 예약'
   */
  @MayBeAbsent()
  @IsString()
  @MaxLength(10_000)
  quote?: string;

  /**
   * Why it is asked only now; required where an earlier round saw the same text
   * @example '1차 답변에서 비로소 드러났다.'
   */
  @MayBeAbsent()
  @IsString()
  @MaxLength(10_000)
  because?: string;

  /**
   * 보완·시정·소명할 내용
   * @example '공유누리와 무엇이 다른지 밝히십시오.'
   */
  @IsString()
  @MaxLength(10_000)
  text: string;
}

export class RequestCorrectionDto {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @EachAn(() => CorrectionItemDto)
  items: CorrectionItemDto[];

  /** 제출 기한 (Seoul); as long as the rules of the case give the slowest kind asked for, unless given */
  @LegalDate()
  @MayBeAbsent()
  @IsString()
  respondBy?: string;

  /** Version of the plan that was read; the one under review unless given */
  @ApiProperty({ type: 'integer', minimum: 1, example: 1 })
  @MayBeAbsent()
  @IsInt()
  @Min(1)
  planVersion?: number;
}

export class CorrectionAnswerDto {
  /** Number of the item answered */
  @ApiProperty({ type: 'integer', example: 1 })
  @IsInt()
  @Min(1)
  number: number;

  /**
   * 조치 내용
   * @example '예약과 결제를 빼고 공유누리를 씁니다.'
   */
  @IsString()
  @MaxLength(10_000)
  answer: string;
}

export class RespondDto {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @EachAn(() => CorrectionAnswerDto)
  answers: CorrectionAnswerDto[];

  /** The plan as it now reads; leave it out when it did not change */
  @MayBeAbsent()
  @An(() => PlanDto)
  plan?: PlanDto;
}

export class RemarksDto {
  /**
   * 의견, may be empty
   * @example '연계 계획이 충분하다.'
   */
  @IsString()
  @MaxLength(10_000)
  remarks: string;
}

export class ExtendResponseDto {
  /** 새 제출 기한 (Seoul) */
  @LegalDate('2026-12-28')
  @IsString()
  respondBy: string;

  /**
   * 사유
   * @example '견적을 다시 받고 있다.'
   */
  @IsString()
  @MaxLength(10_000)
  reason: string;
}

export class RecordMeetingDto {
  /** 회의한 날 (Seoul) */
  @LegalDate('2026-12-03')
  @IsString()
  heldOn: string;

  /**
   * 회의 내용, without names of people
   * @example '예약은 공유누리로 넘기기로 하였다.'
   */
  @IsString()
  @MaxLength(10_000)
  minutes: string;
}

/** One line of a 신구대조표 */
export class PlanDifferenceDto implements PlanDifference {
  kind: PlanDifference['kind'];

  /**
   * JSON pointer into the older plan; null for what was added
   * @example '/functions/0'
   */
  from: string | null;

  /**
   * JSON pointer into the newer plan; null for what was removed
   * @example '/functions/0'
   */
  to: string | null;

  @ApiProperty({ anyOf: [{ type: 'string' }, { type: 'number' }, { type: 'null' }], example: '시설을 예약한다' })
  before: string | number | null;

  @ApiProperty({ anyOf: [{ type: 'string' }, { type: 'number' }, { type: 'null' }], example: '공유누리의 예약을 보여 준다' })
  after: string | number | null;
}

/** The place that an item is about, before and after the answer */
export class PlaceComparisonDto implements PlaceComparison {
  change: PlaceComparison['change'];

  /**
   * JSON pointer into the plan that was read
   * @example '/functions/0'
   */
  from: string;

  /**
   * Where it stands in the plan that came with the answer; null when it was removed
   * @example '/functions/0'
   */
  to: string | null;

  /**
   * The words of the place, one line for each entry
   * @example '시설을 예약한다'
   */
  before: string;

  /** @example '공유누리의 예약을 보여 준다' */
  after: string | null;

  /** What is said otherwise within the place */
  differences: PlanDifferenceDto[];
}

export class AnsweredItemDto {
  @Whole()
  number: number;

  kind: RequestType;

  /**
   * JSON pointer into the plan that was read; empty for the whole plan
   * @example '/functions/0'
   */
  pointer: string;

  /** @example '공유누리와 무엇이 다른지 밝히십시오.' */
  text: string;

  /** @example '시설 예약' */
  quote?: string;

  /** @example '1차 답변에서 비로소 드러났다.' */
  because?: string;

  /** @example '예약과 결제를 빼고 공유누리를 씁니다.' */
  answer: string | null;

  /** Null while the round is open, and when the review went on without an answer */
  comparison: PlaceComparisonDto | null;
}

/** 신구대조: a round of requests, each item beside its answer and the words before and after */
export class RoundDto {
  @Whole()
  round: number;

  @LegalDate()
  respondBy: string;

  /** The plan that the items point into */
  @Whole()
  planVersion: number;

  /** The plan that came with the answers; null without one */
  @Whole(2)
  answeredInVersion: number | null;

  items: AnsweredItemDto[];

  /** Everything that the answered plan says otherwise, whether it was asked for or not */
  differences: PlanDifferenceDto[];

  @Decimal('3')
  revision: string;

  @Decimal()
  position: string;
}

import { ApiProperty } from '@nestjs/swagger';
import {
  FAULT_RELATIONS,
  NON_FAULT_RELATIONS,
  OUTCOMES,
  REVIEW_TRACKS,
  type FaultRelation,
  type NonFaultRelation,
  type Outcome,
  type ReviewTrack,
} from '@sajeon/domain';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { LegalDate } from './fields.js';
import { PlanDto } from './plan.dto.js';

export class DraftConsultationDto {
  /**
   * Project whose newest plan is filed
   * @example 'k3m9q2x7za'
   */
  @IsString()
  @MaxLength(200)
  project: string;
}

export class ReceiveDto {
  /** 처리 유형: standard 30일, isp 7일, fast 10일 */
  @IsIn(REVIEW_TRACKS)
  track: ReviewTrack;
}

export class ConfirmOverlapDto {
  /** 관계 유형 */
  @IsIn(FAULT_RELATIONS)
  relation: FaultRelation;

  /**
   * 판단 사유
   * @example '같은 시설의 예약을 이미 받고 있다.'
   */
  @IsString()
  @MaxLength(10_000)
  reason: string;
}

export class DismissOverlapDto {
  /** 중복이 아닌 관계 */
  @IsIn(NON_FAULT_RELATIONS)
  relation: NonFaultRelation;

  /**
   * 판단 사유
   * @example '예약이 아니라 시설 점검을 위한 시스템이다.'
   */
  @IsString()
  @MaxLength(10_000)
  reason: string;
}

export class CorrectionItemDto {
  /**
   * JSON pointer into the plan; empty for the whole plan
   * @example '/functions/0'
   */
  @IsString()
  @MaxLength(200)
  pointer: string;

  /**
   * 보완·시정할 내용
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
  @ValidateNested({ each: true })
  @Type(() => CorrectionItemDto)
  items: CorrectionItemDto[];

  /** 제출 기한 (Seoul) */
  @LegalDate()
  @IsString()
  respondBy: string;
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
  @ValidateNested({ each: true })
  @Type(() => CorrectionAnswerDto)
  answers: CorrectionAnswerDto[];

  /** The plan as it now reads; leave it out when it did not change */
  @IsOptional()
  @ValidateNested()
  @Type(() => PlanDto)
  plan?: PlanDto;
}

export class ConditionDto {
  /**
   * 조건
   * @example '공유누리와 연계할 것'
   */
  @IsString()
  @MaxLength(10_000)
  text: string;

  /** 이행 기한 (Seoul), or null */
  @LegalDate('2027-09-30')
  @IsOptional()
  @IsString()
  dueOn?: string | null;

  /**
   * Overlap candidate it follows from, or null
   * @example 'egov-001'
   */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  candidate?: string | null;
}

export class ProposeDecisionDto {
  /** 검토 결과 */
  @ApiProperty({ example: 'PROCEED_CONDITIONALLY' })
  @IsIn(OUTCOMES)
  outcome: Outcome;

  /**
   * 검토 의견
   * @example '연계하기로 하였으므로 조건부로 추진함.'
   */
  @IsString()
  @MaxLength(10_000)
  reasons: string;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => ConditionDto)
  conditions?: ConditionDto[];
}

export class NotifyResultDto {
  /** Number of the approved proposal */
  @ApiProperty({ type: 'integer', example: 1 })
  @IsInt()
  @Min(1)
  proposal: number;

  /**
   * 공문 번호
   * @example '디지털정책담당관-1234(2026.12.21.)'
   */
  @IsString()
  @MaxLength(200)
  documentNumber: string;
}

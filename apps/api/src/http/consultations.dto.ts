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

  /** 판단 사유 */
  @IsString()
  @MaxLength(10_000)
  reason: string;
}

export class DismissOverlapDto {
  /** 중복이 아닌 관계 */
  @IsIn(NON_FAULT_RELATIONS)
  relation: NonFaultRelation;

  /** 판단 사유 */
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

  /** 보완·시정할 내용 */
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

  /**
   * 제출 기한 (Seoul)
   * @example '2026-12-14'
   */
  @IsString()
  respondBy: string;
}

export class CorrectionAnswerDto {
  /** Number of the item answered */
  @IsInt()
  @Min(1)
  number: number;

  /** 조치 내용 */
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
  /** 조건 */
  @IsString()
  @MaxLength(10_000)
  text: string;

  /** 이행 기한 (Seoul), or null */
  @IsOptional()
  @IsString()
  dueOn?: string | null;

  /** Overlap candidate it follows from, or null */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  candidate?: string | null;
}

export class ProposeDecisionDto {
  /** 검토 결과 */
  @IsIn(OUTCOMES)
  outcome: Outcome;

  /** 검토 의견 */
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

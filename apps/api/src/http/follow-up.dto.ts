import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsInt, IsOptional, IsString, Matches, MaxLength, Min } from 'class-validator';
import { EachAn, LegalDate, Sha256 } from './fields.js';

export class SubmitActionPlanDto {
  /**
   * 조치계획
   * @example '공유누리의 예약 API로 시설과 예약을 연계한다.'
   */
  @IsString()
  @MaxLength(10_000)
  actionPlan: string;

  /** 완료 예정일 (Seoul) */
  @LegalDate('2027-08-31')
  @IsString()
  completeBy: string;
}

export class SubmittedEvidenceDto {
  /**
   * 증빙 내용
   * @example '연계 결과서'
   */
  @IsString()
  @MaxLength(10_000)
  text: string;

  /** SHA-256 of the attached document, or null */
  @Sha256()
  @IsOptional()
  @Matches(/^[0-9a-f]{64}$/)
  attachment?: string | null;

  /** Which piece of the evidence that the condition asks for this is, counted from 1; null when it is something besides */
  @ApiProperty({ type: 'integer', example: 1 })
  @IsOptional()
  @IsInt()
  @Min(1)
  requirement?: number | null;
}

export class SubmitActionResultDto {
  /**
   * 조치결과
   * @example '시설 42곳의 예약을 공유누리로 옮겼다.'
   */
  @IsString()
  @MaxLength(10_000)
  result: string;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @EachAn(() => SubmittedEvidenceDto)
  evidence: SubmittedEvidenceDto[];
}

export class VerifyConditionDto {
  /**
   * 점검 의견
   * @example '공유누리에서 확인함'
   */
  @IsString()
  @MaxLength(10_000)
  remarks: string;
}

export class ExtendConditionDto {
  /** 새 이행 기한 (Seoul) */
  @LegalDate('2027-12-31')
  @IsString()
  dueOn: string;

  /**
   * 사유
   * @example '공유누리의 API 개통이 늦어졌다.'
   */
  @IsString()
  @MaxLength(10_000)
  reason: string;
}

export class RecommendImprovementDto {
  /** Condition that is not reflected */
  @ApiProperty({ type: 'integer', example: 1 })
  @IsInt()
  @Min(1)
  condition: number;

  /**
   * 개선권고
   * @example '연계를 마칠 일정을 다시 세울 것'
   */
  @IsString()
  @MaxLength(10_000)
  text: string;

  /** 답변 기한 (Seoul) */
  @LegalDate('2027-10-15')
  @IsString()
  answerBy: string;
}

export class DemandCorrectionDto {
  /** Condition that is overdue, or whose result was rejected */
  @ApiProperty({ type: 'integer', example: 1 })
  @IsInt()
  @Min(1)
  condition: number;

  /**
   * 시정요구
   * @example '연계하지 않은 시설을 모두 연계하고 일정을 밝힐 것'
   */
  @IsString()
  @MaxLength(10_000)
  text: string;

  /** 시정계획 제출 기한 (Seoul) */
  @LegalDate('2027-10-15')
  @IsString()
  answerBy: string;
}

export class AnswerCorrectionDemandDto {
  /**
   * 시정계획
   * @example '남은 시설 12곳을 11월까지 연계한다.'
   */
  @IsString()
  @MaxLength(10_000)
  remedy: string;

  /** 완료 예정일 (Seoul) */
  @LegalDate('2027-11-30')
  @IsString()
  completeBy: string;
}

export class AnswerRecommendationDto {
  /**
   * 답변
   * @example '9월 안에 연계한다.'
   */
  @IsString()
  @MaxLength(10_000)
  answer: string;
}

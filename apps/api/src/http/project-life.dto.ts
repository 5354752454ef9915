import { ApiProperty } from '@nestjs/swagger';
import {
  MEASURED_KINDS,
  type Assessment,
  type MeasuredKind,
  type OmissionReason,
  type Outcome,
  type PerformanceFinding,
  type Phase,
} from '@sajeon/domain';
import { IsIn, IsInt, IsNumber, IsString, Max, MaxLength, Min } from 'class-validator';
import { Decimal, Instant, IsDay, LegalDate, MayBeAbsent, Sha256, Whole } from './fields.js';
import { NamedAgencyDto, NamedPlanDto, OrderBasisDto } from './procurement.dto.js';

const Won = (example: number): PropertyDecorator =>
  ApiProperty({ type: 'integer', minimum: 0, maximum: 1_000_000_000_000_000, example });
const Year = (): PropertyDecorator => ApiProperty({ type: 'integer', minimum: 2000, maximum: 2100, example: 2027 });
const Percent = (example: number): PropertyDecorator => ApiProperty({ type: 'number', minimum: 0, maximum: 100, example });

/** 예산 반영. A later one for the same year takes the place of the one before. */
export class BudgetReflectionDto {
  /** 회계연도 */
  @Year()
  @IsInt()
  @Min(2000)
  @Max(2100)
  fiscalYear: number;

  /** 요구액(원) */
  @Won(180_000_000)
  @IsInt()
  @Min(0)
  @Max(1_000_000_000_000_000)
  requestedKrw: number;

  /** 반영액(원) */
  @Won(142_000_000)
  @IsInt()
  @Min(0)
  @Max(1_000_000_000_000_000)
  reflectedKrw: number;

  /**
   * 비고
   * @example '이용량 집계를 연계로 바꾸어 줄였다.'
   */
  @MayBeAbsent()
  @IsString()
  @MaxLength(10_000)
  remarks?: string;
}

/** 분기 진척 보고. A later one for the same quarter corrects the one before. */
export class ProgressDto {
  @Year()
  @IsInt()
  @Min(2000)
  @Max(2100)
  year: number;

  /** 분기 */
  @ApiProperty({ type: 'integer', minimum: 1, maximum: 4, example: 1 })
  @IsInt()
  @Min(1)
  @Max(4)
  quarter: number;

  /** 계획 진척률(%) */
  @Percent(30)
  @IsNumber()
  @Min(0)
  @Max(100)
  plannedPercent: number;

  /** 실적 진척률(%) */
  @Percent(25)
  @IsNumber()
  @Min(0)
  @Max(100)
  donePercent: number;

  /**
   * 비고
   * @example '설계가 늦어졌다.'
   */
  @MayBeAbsent()
  @IsString()
  @MaxLength(10_000)
  remarks?: string;
}

/** 성과측정. What follows from the score is found by the rules of that day. */
export class PerformanceDto {
  /** 측정일 */
  @LegalDate('2028-11-30')
  @IsString()
  @IsDay()
  measuredOn: string;

  /** 측정 대상: a system in operation or a public app */
  @IsIn(MEASURED_KINDS)
  of: MeasuredKind;

  /** 점수 */
  @Percent(82.5)
  @IsNumber()
  @Min(0)
  @Max(100)
  score: number;

  /**
   * 비고
   * @example '비용 34점, 업무 48.5점'
   */
  @MayBeAbsent()
  @IsString()
  @MaxLength(10_000)
  remarks?: string;
}

/** 포상. */
export class AwardDto {
  /**
   * 포상 이름
   * @example '전자정부 우수 정보시스템'
   */
  @IsString()
  @MaxLength(200)
  award: string;

  /** 수여일 */
  @LegalDate('2028-12-20')
  @IsString()
  @IsDay()
  awardedOn: string;

  /**
   * 공적
   * @example '기존 시스템과 연계하여 예산을 줄이고 성과를 냈다.'
   */
  @IsString()
  @MaxLength(10_000)
  ground: string;
}

export class ThreadPlanDto extends NamedPlanDto {
  @Instant()
  at: string;
}

export class ThreadAssessmentDto {
  @LegalDate('2026-10-02')
  on: string;

  target: Assessment['target'];

  track: Assessment['track'];

  /** @example 'national-1-sample@2024-01-01' */
  ruleSet: string;

  @Instant()
  at: string;
}

export class ThreadLetterDto {
  @Instant()
  at: string;

  /** @example '디지털정책과-1234' */
  documentNumber: string;

  outcome: Outcome;

  /** How many it has */
  @Whole()
  conditions: number;
}

/** One round of review. */
export class ThreadConsultationDto {
  /** @example 'k3m9q2x7zb' */
  consultation: string;

  applicant: NamedAgencyDto;

  authority: NamedAgencyDto;

  phase: Phase;

  @Whole()
  planVersion: number;

  @Sha256()
  planHash: string;

  @Instant()
  draftedAt: string;

  @Instant()
  submittedAt: string | null;

  @Instant()
  receivedAt: string | null;

  /** Every letter: an amended decision has one of its own */
  letters: ThreadLetterDto[];

  /** Conditions that are neither fulfilled nor waived */
  @Whole()
  openConditions: number;
}

export class ThreadBudgetDto {
  @Instant()
  at: string;

  @Year()
  fiscalYear: number;

  @Won(180_000_000)
  requestedKrw: number;

  @Won(142_000_000)
  reflectedKrw: number;

  /** What was asked for less what was given; below 0 when more was given */
  @ApiProperty({ type: 'integer', example: 38_000_000 })
  adjustedKrw: number;

  /** @example '이용량 집계를 연계로 바꾸어 줄였다.' */
  remarks: string;
}

export class ThreadOrderDto {
  @Instant()
  at: string;

  /** @example '20261228-00417' */
  order: string;

  @LegalDate('2026-12-28')
  orderedOn: string;

  @Sha256()
  planHash: string;

  @Won(142_000_000)
  amountKrw: number | null;

  orderer: NamedAgencyDto;

  /** Told by the agency itself, or by the procurement feed */
  source: 'owner' | 'feed';

  /** SHA-256 of the token that was shown */
  @Sha256()
  token: string | null;

  basis: OrderBasisDto;
}

export class ThreadOmissionDto {
  @Instant()
  at: string;

  @Whole()
  omission: number;

  /** @example '20261228-00417' */
  order: string;

  @LegalDate('2026-12-28')
  orderedOn: string;

  @Sha256()
  planHash: string;

  orderer: NamedAgencyDto;

  /** Who would have reviewed */
  authority: NamedAgencyDto | null;

  reason: OmissionReason;

  /** @example 'k3m9q2x7zb' */
  consultation: string | null;

  /** The plan that was decided upon */
  decidedPlan: NamedPlanDto | null;
}

/** 진척 미보고 */
export class ThreadMissedDto {
  @Instant()
  at: string;

  @Year()
  year: number;

  @ApiProperty({ type: 'integer', minimum: 1, maximum: 4, example: 1 })
  quarter: number;

  /** Last day of reporting in time */
  @LegalDate('2027-04-15')
  dueOn: string;

  /** @example 'national-1-sample@2024-01-01' */
  ruleSet: string;
}

export class ThreadProgressDto {
  @Instant()
  at: string;

  @Year()
  year: number;

  @ApiProperty({ type: 'integer', minimum: 1, maximum: 4, example: 1 })
  quarter: number;

  @Percent(30)
  plannedPercent: number;

  @Percent(25)
  donePercent: number;

  /** @example '설계가 늦어졌다.' */
  remarks: string;

  /** Last day of reporting in time */
  @LegalDate('2027-04-15')
  dueOn: string;

  /** @example 'national-1-sample@2024-01-01' */
  ruleSet: string;

  @Whole(0)
  daysLate: number;
}

export class ThreadPerformanceDto {
  @Instant()
  at: string;

  @LegalDate('2028-11-30')
  measuredOn: string;

  of: MeasuredKind;

  @Percent(82.5)
  score: number;

  /** What follows by the rules of that day */
  finding: PerformanceFinding;

  /** @example 'performance-system-keep' */
  rule: string;

  /** @example 'national-1-sample@2024-01-01' */
  ruleSet: string;

  /** @example '비용 34점, 업무 48.5점' */
  remarks: string;
}

export class ThreadAwardDto {
  @Instant()
  at: string;

  /** @example '전자정부 우수 정보시스템' */
  award: string;

  @LegalDate('2028-12-20')
  awardedOn: string;

  /** @example '기존 시스템과 연계하여 예산을 줄이고 성과를 냈다.' */
  ground: string;

  authority: NamedAgencyDto;
}

export class ThreadAbandonmentDto {
  @Instant()
  at: string;

  /** @example '예산 삭감' */
  reason: string;
}

/** A project from its plan to its performance. */
export class ProjectThreadDto {
  /** @example 'k3m9q2x7za' */
  project: string;

  /**
   * Id of the agency whose project it is
   * @example 'gyeonggi-suwon'
   */
  agency: string;

  /** @example '수원시 전세피해 상담 예약 시스템 구축' */
  title: string;

  @Instant()
  plannedAt: string;

  /** Null while the project is pursued */
  abandoned: ThreadAbandonmentDto | null;

  plans: ThreadPlanDto[];

  assessments: ThreadAssessmentDto[];

  /** In the order in which they were drafted */
  consultations: ThreadConsultationDto[];

  budgets: ThreadBudgetDto[];

  orders: ThreadOrderDto[];

  /** Orders that no decision covers */
  omissions: ThreadOmissionDto[];

  progress: ThreadProgressDto[];

  /** Quarters that were not reported by their day, also those that were later */
  missed: ThreadMissedDto[];

  performance: ThreadPerformanceDto[];

  awards: ThreadAwardDto[];

  @Decimal('3')
  revision: string;
}

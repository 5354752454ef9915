import { ApiProperty } from '@nestjs/swagger';
import {
  PROJECT_KINDS,
  type EligibilityQuestion,
  type AgencyTier,
  type Assessment,
  type ProjectFacts,
  type ProjectKind,
  type TargetAnswer,
} from '@sajeon/domain';
import { IsBoolean, IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { ActorDto } from './actor.dto.js';
import { Decimal, Instant, IsDay, LegalDate, MayBeAbsent, Whole } from './fields.js';
import { MessageDto } from './problem.dto.js';

type Reason = TargetAnswer['reasons'][number];

const Won = (): PropertyDecorator =>
  ApiProperty({ type: 'integer', minimum: 0, maximum: 1_000_000_000_000_000, example: 180_000_000 });

/** The few questions. What is left out or null is not known. */
export class AskEligibilityDto {
  /** The day by whose rules it is judged; today unless given */
  @LegalDate('2026-11-16')
  @MayBeAbsent()
  @IsString()
  @IsDay()
  on?: string;

  /** 사업유형 */
  @IsIn(PROJECT_KINDS)
  kind: ProjectKind;

  /** 신규사업인가(계속사업이면 false) */
  @IsBoolean()
  isNew: boolean;

  /** 총사업비(원) */
  @Won()
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(1_000_000_000_000_000)
  totalBudgetKrw?: number | null;

  /** SW개발비(원) */
  @Won()
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(1_000_000_000_000_000)
  softwareDevelopmentKrw?: number | null;

  /** 신규 기능을 개발하는가 */
  @IsOptional()
  @IsBoolean()
  hasNewFunctions?: boolean | null;

  /** ISP 결과에 따른 구축인가 */
  @IsOptional()
  @IsBoolean()
  resultsFromIsp?: boolean | null;

  /** 출연금·보조금 없이 기관 자체 수입만으로 하는가 */
  @IsOptional()
  @IsBoolean()
  ownIncomeOnly?: boolean | null;

  /** 재난·안전 분야인가 */
  @MayBeAbsent()
  @IsBoolean()
  isDisasterSafety?: boolean;
}

export class AskAboutAgencyDto extends AskEligibilityDto {
  /**
   * Agency whose project it would be; one's own unless given
   * @example 'gyeonggi-suwon'
   */
  @MayBeAbsent()
  @IsString()
  @MaxLength(200)
  agency?: string;
}

/** A rule that the answer rests on, or that could not be applied. */
export class EligibilityReasonDto implements Reason {
  /** @example 'threshold-basic-2024' */
  rule: string;

  @LegalDate('2024-01-01')
  from: string;

  /** Last day; null while the rule goes on */
  @LegalDate('2026-12-31')
  to: string | null;

  /** @example '2024년 정보화사업 사전협의 안내자료(배포용) 28쪽' */
  source: string;

  certainty: Reason['certainty'];

  text: MessageDto;
}

export class ProjectFactsDto implements ProjectFacts {
  tier: AgencyTier;

  /** Of the agency that owns a local public corporation */
  ownerTier: AgencyTier | null;

  kind: ProjectKind;

  isNew: boolean;

  hasNewFunctions: boolean | null;

  resultsFromIsp: boolean | null;

  @Whole(180_000_000)
  totalBudgetKrw: number | null;

  @Whole(120_000_000)
  softwareDevelopmentKrw: number | null;

  ownIncomeOnly: boolean | null;
}

/** 대상여부 판정, with every rule that it rests on. */
export class EligibilityDto implements Assessment {
  /** The day by whose rules it was judged */
  @LegalDate('2026-11-16')
  on: string;

  facts: ProjectFactsDto;

  isDisasterSafety: boolean;

  target: Assessment['target'];

  /** How it would be reviewed; null unless it is a target */
  track: Assessment['track'];

  reasons: EligibilityReasonDto[];

  /**
   * Facts on which the answer hangs while it is unknown
   * @example ['totalBudgetKrw']
   */
  missing: (keyof ProjectFacts)[];

  /** @example 'national-1-sample@2024-01-01' */
  ruleSet: string;
}

export class RecordedEligibilityDto extends EligibilityDto {
  by: ActorDto;

  @Instant()
  at: string;
}

/** Every assessment of a project. */
export class EligibilityHistoryDto {
  /** Oldest first */
  assessments: RecordedEligibilityDto[];

  @Decimal('3')
  revision: string;

  @Decimal()
  position: string;
}

export class EligibilityQuestionsOfDto {
  /** The day by whose rules it is asked; today unless given */
  @LegalDate('2026-11-16')
  @MayBeAbsent()
  @IsDay()
  on?: string;

  /**
   * Agency whose project it would be; one's own unless given
   * @example 'gyeonggi-suwon'
   */
  @MayBeAbsent()
  @IsString()
  @MaxLength(200)
  agency?: string;
}

/** A rule that reads the answer. */
export class AskingRuleDto {
  /** @example 'threshold-basic-2024' */
  rule: string;

  @LegalDate('2024-01-01')
  from: string;

  /** Last day; null while the rule goes on */
  @LegalDate('2026-12-31')
  to: string | null;

  /** @example '2024년 정보화사업 사전협의 안내자료(배포용) 28쪽' */
  source: string;

  certainty: Reason['certainty'];
}

export class KindChoiceDto {
  value: ProjectKind;

  text: MessageDto;
}

/** One plain question. Its `fact` is the name under which the answer is sent. */
export class EligibilityQuestionDto implements EligibilityQuestion {
  fact: EligibilityQuestion['fact'];

  answer: EligibilityQuestion['answer'];

  text: MessageDto;

  /** Why it is asked */
  why: MessageDto;

  /** Of a choice only; empty otherwise */
  choices: KindChoiceDto[];

  /** By which rules of that day */
  rules: AskingRuleDto[];
}

export class EligibilityQuestionsDto {
  @LegalDate('2026-11-16')
  on: string;

  tier: AgencyTier;

  /** Of the agency that owns a local public corporation */
  ownerTier: AgencyTier | null;

  /** @example 'national-1-sample@2024-01-01' */
  ruleSet: string;

  /** In the order in which they are asked; none where nobody has to consult */
  questions: EligibilityQuestionDto[];
}

import { ApiProperty } from '@nestjs/swagger';
import type { CaseAspect, JudgedCase, JudgedProject, ProjectAspect, ProjectFacts, TargetAnswer } from '@sajeon/domain';
import { IsBoolean, IsInt, IsObject, IsOptional, IsString, MaxLength, Min } from 'class-validator';
import { EligibilityReasonDto } from './eligibility.dto.js';
import { ActorDto } from './actor.dto.js';
import { Decimal, Instant, IsDay, LegalDate, MayBeAbsent, Whole } from './fields.js';

/** The tables are long and checked one by one by the domain, which names each fault by its JSON pointer. */
const Tables = (): PropertyDecorator =>
  ApiProperty({
    type: 'object',
    additionalProperties: true,
    example: {
      reviewDays: [
        {
          ...{ id: 'days-standard', from: '2010-01-01', to: null, value: { track: 'standard', days: 30 } },
          ...{ source: '전자정부 성과관리 지침 제16조', certainty: 'certain' },
        },
      ],
    },
  });

/** A version of the rules. */
export class RuleVersionDto {
  /** From when on this version is asked. It must say the same as the version before about every earlier day */
  @LegalDate('2027-01-01')
  @IsString()
  @IsDay()
  effectiveFrom: string;

  /**
   * 근거
   * @example '전자정부 성과관리 지침 개정(2026. 12. 1.)'
   */
  @IsString()
  @MaxLength(10_000)
  source: string;

  /** Illustrative rules that no authority has confirmed */
  @MayBeAbsent()
  @IsBoolean()
  sample?: boolean;

  /** Every table with its whole history: GET gives them in the form that is wanted here */
  @Tables()
  @IsObject()
  content: Record<string, unknown>;

  /**
   * 정정 사유: only for a version that takes effect on a day that has passed
   * @example '고시의 금액을 잘못 옮겼다.'
   */
  @IsOptional()
  @IsString()
  @MaxLength(10_000)
  correctionBecause?: string | null;

  /**
   * Why some day is meant to have no rule where it needs one
   * @example '교육청의 기준은 따로 정할 때까지 비워 둔다.'
   */
  @IsOptional()
  @IsString()
  @MaxLength(10_000)
  gapsBecause?: string | null;
}

/** One version as it stands. */
export class StandingVersionDto {
  @Whole()
  version: number;

  @LegalDate('2010-01-01')
  effectiveFrom: string;

  /** @example '공개 자료에서 모은 표본 규칙' */
  source: string;

  sample: boolean;

  /** @example '지난 규칙을 처음 싣는다.' */
  correctionBecause: string | null;

  /** @example '교육청의 기준은 따로 정할 때까지 비워 둔다.' */
  gapsBecause: string | null;
}

/** One version as it was recorded. */
export class RecordedVersionDto extends StandingVersionDto {
  by: ActorDto;

  @Instant()
  at: string;

  /** When it was taken back, before it took effect; null while it stands */
  @Instant()
  withdrawnAt: string | null;

  /** @example '개정 시행이 미뤄졌다.' */
  withdrawnBecause: string | null;
}

export class RuleVersionsDto {
  /** Oldest first */
  versions: RecordedVersionDto[];

  @Decimal('3')
  revision: string;

  @Decimal()
  position: string;
}

/** The rules of a day, and the versions that stand. */
export class RulesDto {
  /** The day that was asked about */
  @LegalDate('2026-11-28')
  on: string;

  /**
   * What a case received on that day freezes
   * @example 'national-1-sample@2024-01-01'
   */
  ruleSet: string;

  /** Oldest first, without those withdrawn before they took effect */
  versions: StandingVersionDto[];

  /** Every table of the version that is asked on that day, each rule with its dates, source and certainty */
  @Tables()
  content: Record<string, unknown>;

  @Decimal('3')
  revision: string;

  @Decimal()
  position: string;
}

export class SimulateRulesDto {
  /** The draft, in the form that GET gives */
  @Tables()
  @IsObject()
  content: Record<string, unknown>;

  /** By the draft as it is on that day */
  @LegalDate('2027-01-01')
  @IsString()
  @IsDay()
  on: string;
}

export class WithdrawRulesDto {
  @ApiProperty({ type: 'integer', minimum: 1, example: 2 })
  @IsInt()
  @Min(1)
  version: number;

  /**
   * 사유
   * @example '개정 시행이 미뤄졌다.'
   */
  @IsString()
  @MaxLength(10_000)
  reason: string;
}

type Answer = TargetAnswer['target'];

export class JudgedDto implements JudgedProject {
  target: Answer;

  /** How it would be reviewed; null when it is exempt */
  track: JudgedProject['track'];

  /** Who would review; null when it is exempt, or nobody said who owns the corporation */
  reviewer: JudgedProject['reviewer'];

  reasons: EligibilityReasonDto[];

  /**
   * Facts on which the answer hangs
   * @example ['totalBudgetKrw']
   */
  missing: (keyof ProjectFacts)[];
}

/** A project that the draft would judge otherwise. */
export class SimulatedChangeDto {
  /** @example 'k3m9q2x7za' */
  project: string;

  /** @example '수원시 전세피해 상담 예약 시스템 구축' */
  title: string;

  /** The day by whose rules it was judged */
  @LegalDate('2026-11-16')
  on: string;

  /** In what the answer differs */
  changed: ProjectAspect[];

  was: JudgedDto;

  wouldBe: JudgedDto;
}

/** What the rules ask of a case. */
export class JudgedCaseDto implements JudgedCase {
  /** Without any stop */
  @LegalDate('2026-12-07')
  dueOn: string;

  @Whole(30)
  days: number;

  /**
   * What has to be attached; `?` where it may be left out
   * @example ['사업계획서', '제안요청서(안)']
   */
  attachments: string[];

  /**
   * What the review looks at
   * @example ['2. 유사·중복성']
   */
  checklist: string[];

  /**
   * Conditions that decisions can take over
   * @example ['link: 기존 시스템과 연계할 것']
   */
  conditions: string[];

  /**
   * Days to answer each kind of request
   * @example ['supplement: 14']
   */
  requests: string[];
}

/** A case that the draft would have treated otherwise. */
export class SimulatedCaseDto {
  /** @example 'k3m9q2x7zb' */
  consultation: string;

  /** @example '수원시 전세피해 상담 예약 시스템 구축' */
  title: string;

  @LegalDate('2026-11-16')
  receivedOn: string;

  /** In what it differs */
  changed: CaseAspect[];

  was: JudgedCaseDto;

  wouldBe: JudgedCaseDto;
}

/** What a draft would change. */
export class SimulationDto {
  /** Projects that were judged again */
  @Whole(120)
  judged: number;

  /** Projects that nobody has assessed, of which nothing can be said */
  @Whole(8)
  unassessed: number;

  changes: SimulatedChangeDto[];

  /** Cases that were received, and run again */
  @Whole(90)
  casesJudged: number;

  caseChanges: SimulatedCaseDto[];
}

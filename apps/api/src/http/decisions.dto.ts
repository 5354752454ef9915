import { ApiProperty } from '@nestjs/swagger';
import { ITEM_VERDICTS, OUTCOMES, type ItemVerdict, type Outcome } from '@sajeon/domain';
import { ArrayMaxSize, IsArray, IsIn, IsInt, IsOptional, IsString, MaxLength, Min } from 'class-validator';
import { EachAn, LegalDate, MayBeAbsent, Whole } from './fields.js';
import { MessageDto } from './problem.dto.js';

export class ConditionDto {
  /**
   * Code of the condition library in the rules of the case; leave it out only with `ownWordingBecause`
   * @example 'link'
   */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  code?: string | null;

  /**
   * Why no condition of the library fits
   * @example '이 사업에만 있는 사정이다.'
   */
  @IsOptional()
  @IsString()
  @MaxLength(10_000)
  ownWordingBecause?: string | null;

  /**
   * 조건. With a code it may be left out: the words of the library are taken over
   * @example '공유누리와 연계할 것'
   */
  @IsOptional()
  @IsString()
  @MaxLength(10_000)
  text?: string | null;

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

  /**
   * 이행 주체: an agency or a unit of it, never a person; the applicant agency when left out
   * @example '수원시 정보통신과'
   */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  owner?: string | null;

  /**
   * 요구 증빙, piece by piece; with a code it may be left out: that of the library is taken over
   * @example ['연계 결과서']
   */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @IsString({ each: true })
  @MaxLength(500, { each: true })
  evidence?: string[] | null;
}

/** 검토의견 */
export class OpinionDto {
  /** Number of the item in the checklist */
  @ApiProperty({ type: 'integer', example: 2 })
  @IsInt()
  @Min(1)
  item: number;

  /** 적합, 조건부 적합, 부적합, 해당 없음 */
  @ApiProperty({ example: 'SUITABLE_WITH_CONDITIONS' })
  @IsIn(ITEM_VERDICTS)
  verdict: ItemVerdict;

  /**
   * Needed unless the item is plainly suitable
   * @example '공유누리와 겹치는 기능을 연계하여야 한다.'
   */
  @IsString()
  @MaxLength(10_000)
  text: string;
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

  /** One for every item of the checklist in the rules of the case: see `showDecisionRules` */
  @IsArray()
  @ArrayMaxSize(100)
  @EachAn(() => OpinionDto)
  opinions: OpinionDto[];

  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(100)
  @EachAn(() => ConditionDto)
  conditions?: ConditionDto[];
}

export class NotifyResultDto {
  /** Number of the approved proposal */
  @ApiProperty({ type: 'integer', example: 1 })
  @IsInt()
  @Min(1)
  proposal: number;

  /**
   * 공문 번호, unlike that of any other letter
   * @example '디지털정책담당관-1234(2026.12.21.)'
   */
  @IsString()
  @MaxLength(200)
  documentNumber: string;
}

/** 검토항목 */
export class ReviewItemDto {
  @Whole(2)
  number: number;

  name: MessageDto;
}

/** A condition of the library */
export class LibraryConditionDto {
  /** @example 'link' */
  code: string;

  text: MessageDto;

  /** What shows that it is met */
  evidence: MessageDto;
}

/** What a decision of this case goes through, by the rules that it froze at receipt. */
export class DecisionRulesDto {
  /** @example 'national-1-sample@2024-01-01' */
  ruleSet: string;

  checklist: ReviewItemDto[];

  conditions: LibraryConditionDto[];
}

import { ApiProperty } from '@nestjs/swagger';
import type { CostLine, PlanContent, PlanVersion } from '@sajeon/domain';
import { ArrayMaxSize, IsArray, IsInt, IsOptional, IsString, MaxLength, Min } from 'class-validator';
import { EachAn, LegalDate, MayBeAbsent, Sha256, Whole } from './fields.js';

/** One line of the cost table. */
export class CostLineDto implements CostLine {
  /** @example '상담 신청 접수 개발' */
  @IsString()
  @MaxLength(500)
  label: string;

  /** Whole won */
  @Whole(120_000_000)
  @IsInt()
  @Min(0)
  krw: number;

  /**
   * The functions that it pays for, by their places in the plan's list from 0; none for what serves all
   * @example [0]
   */
  @ApiProperty({ type: 'array', items: { type: 'integer', minimum: 0 }, example: [0] })
  @IsArray()
  @ArrayMaxSize(200)
  @IsInt({ each: true })
  @Min(0, { each: true })
  functions: number[];
}

/** What a plan says. Lists may be left out; the better they are filled, the better overlaps are found. */
export class PlanDto {
  /**
   * 사업명
   * @example '수원시 전세피해 상담 예약 시스템 구축'
   */
  @IsString()
  @MaxLength(200)
  title: string;

  /**
   * 추진 목적
   * @example '전세사기 피해자의 상담을 예약받아 법률 지원과 잇는다.'
   */
  @MayBeAbsent()
  @IsString()
  @MaxLength(10_000)
  purpose?: string;

  /**
   * 구현 기능, one each
   * @example ['피해 상담 신청 접수', '처리 상황 문자 통보']
   */
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(200)
  @IsString({ each: true })
  @MaxLength(500, { each: true })
  functions?: string[];

  /**
   * 이용자
   * @example ['시민', '담당 공무원']
   */
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(200)
  @IsString({ each: true })
  @MaxLength(500, { each: true })
  users?: string[];

  /**
   * 보유·수집 데이터
   * @example ['피해 신고서']
   */
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(200)
  @IsString({ each: true })
  @MaxLength(500, { each: true })
  data?: string[];

  /**
   * 적용 기술
   * @example ['웹']
   */
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(200)
  @IsString({ each: true })
  @MaxLength(500, { each: true })
  technologies?: string[];

  /**
   * 그 밖의 계획 내용
   * @example '2027년 상반기에 발주한다.'
   */
  @MayBeAbsent()
  @IsString()
  @MaxLength(100_000)
  text?: string;

  /** 총사업비, whole won */
  @ApiProperty({ type: 'integer', example: 350_000_000 })
  @IsOptional()
  @IsInt()
  @Min(0)
  budgetKrw?: number | null;

  /** 발주 예정일 (Seoul) */
  @LegalDate('2027-03-02')
  @IsOptional()
  @IsString()
  orderPlannedOn?: string | null;

  /** 산출내역: what the parts cost. Without it the saving of a reuse is unknown */
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(200)
  @EachAn(() => CostLineDto)
  costLines?: CostLineDto[];
}

/** A draft to be checked, as if some of its functions were not in it. */
export class SelfCheckDto extends PlanDto {
  /**
   * Functions to leave out, by their places in the list from 0
   * @example [1]
   */
  @ApiProperty({ type: 'array', items: { type: 'integer', minimum: 0 }, example: [1] })
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(200)
  @IsInt({ each: true })
  @Min(0, { each: true })
  without?: number[];
}

/** A plan as it is on record: every field is there, empty where the plan says nothing. */
export class PlanContentDto implements PlanContent {
  /** @example '수원시 전세피해 상담 예약 시스템 구축' */
  title: string;

  /** @example '전세사기 피해자의 상담을 예약받아 법률 지원과 잇는다.' */
  purpose: string;

  /** @example ['피해 상담 신청 접수', '처리 상황 문자 통보'] */
  functions: string[];

  /** @example ['시민', '담당 공무원'] */
  users: string[];

  /** @example ['피해 신고서'] */
  data: string[];

  /** @example ['웹'] */
  technologies: string[];

  /** @example '2027년 상반기에 발주한다.' */
  text: string;

  /** Whole won; null when the plan does not say */
  @Whole(350_000_000)
  budgetKrw: number | null;

  /** Null while it is open */
  @LegalDate('2027-03-02')
  orderPlannedOn: string | null;

  /** Absent in a plan without a cost table */
  costLines?: CostLineDto[];
}

export class PlanVersionDto implements PlanVersion {
  @Whole()
  version: number;

  /** Of the content's canonical JSON: two parties can say which text they mean */
  @Sha256()
  hash: string;

  content: PlanContentDto;
}

/** Browsers send line ends as CR LF, and what is the same text must have the same hash. */
const oneLineEnd = (text: string): string => text.replaceAll('\r\n', '\n');

export function contentOf(plan: PlanDto): PlanContent {
  return {
    title: plan.title,
    purpose: oneLineEnd(plan.purpose ?? ''),
    functions: plan.functions ?? [],
    users: plan.users ?? [],
    data: plan.data ?? [],
    technologies: plan.technologies ?? [],
    text: oneLineEnd(plan.text ?? ''),
    budgetKrw: plan.budgetKrw ?? null,
    orderPlannedOn: plan.orderPlannedOn ?? null,
    // Absent, not empty: a plan without cost lines has the hash that it always had.
    ...(plan.costLines && plan.costLines.length > 0
      ? { costLines: plan.costLines.map(({ label, krw, functions }) => ({ label, krw, functions: [...functions] })) }
      : {}),
  };
}

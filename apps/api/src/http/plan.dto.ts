import type { PlanContent } from '@sajeon/domain';
import { ArrayMaxSize, IsArray, IsInt, IsOptional, IsString, MaxLength, Min } from 'class-validator';

/** What a plan says. Lists may be left out; the better they are filled, the better overlaps are found. */
export class PlanDto {
  /**
   * 사업명
   * @example '수원시 전세피해 상담 예약 시스템 구축'
   */
  @IsString()
  @MaxLength(200)
  title: string;

  /** 추진 목적 */
  @IsOptional()
  @IsString()
  @MaxLength(10_000)
  purpose?: string;

  /**
   * 구현 기능, one each
   * @example ['피해 상담 신청 접수', '처리 상황 문자 통보']
   */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(200)
  @IsString({ each: true })
  @MaxLength(500, { each: true })
  functions?: string[];

  /**
   * 이용자
   * @example ['시민', '담당 공무원']
   */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(200)
  @IsString({ each: true })
  @MaxLength(500, { each: true })
  users?: string[];

  /**
   * 보유·수집 데이터
   * @example ['피해 신고서']
   */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(200)
  @IsString({ each: true })
  @MaxLength(500, { each: true })
  data?: string[];

  /** 적용 기술 */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(200)
  @IsString({ each: true })
  @MaxLength(500, { each: true })
  technologies?: string[];

  /** 그 밖의 계획 내용 */
  @IsOptional()
  @IsString()
  @MaxLength(100_000)
  text?: string;

  /**
   * 총사업비, whole won
   * @example 350000000
   */
  @IsOptional()
  @IsInt()
  @Min(0)
  budgetKrw?: number | null;

  /**
   * 발주 예정일 (Seoul)
   * @example '2027-03-02'
   */
  @IsOptional()
  @IsString()
  orderPlannedOn?: string | null;
}

export function contentOf(plan: PlanDto): PlanContent {
  return {
    title: plan.title,
    purpose: plan.purpose ?? '',
    functions: plan.functions ?? [],
    users: plan.users ?? [],
    data: plan.data ?? [],
    technologies: plan.technologies ?? [],
    text: plan.text ?? '',
    budgetKrw: plan.budgetKrw ?? null,
    orderPlannedOn: plan.orderPlannedOn ?? null,
  };
}

import { SYSTEM_LEVELS, type SystemEntry, type SystemLevel } from '@sajeon/domain';
import { IsIn, IsInt, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { contentOf, PlanDto } from './plan.dto.js';
import { OmitType } from '@nestjs/swagger';

/** An entry of the system inventory. */
export class SystemEntryDto extends OmitType(PlanDto, ['budgetKrw', 'orderPlannedOn'] as const) {
  /**
   * 운영 기관, as the source names it
   * @example '행정안전부'
   */
  @IsString()
  @MaxLength(200)
  agency: string;

  /** 기관 구분 */
  @IsIn(SYSTEM_LEVELS)
  level: SystemLevel;

  /** 구축 연도 */
  @IsOptional()
  @IsInt()
  year?: number | null;

  /** 출처: a URL or a citation */
  @IsString()
  @MaxLength(2_000)
  source: string;
}

export class RegisterSystemDto extends SystemEntryDto {
  /**
   * 관리번호: letters, digits, `.`, `_`, `-`
   * @example 'egov-001'
   */
  @IsString()
  @Matches(/^[A-Za-z0-9._-]{1,100}$/)
  system: string;
}

export function entryOf(body: SystemEntryDto): SystemEntry {
  const { title, purpose, functions, users, data, technologies, text } = contentOf(body);
  const { agency, level, year, source } = body;
  return { title, purpose, functions, users, data, technologies, text, agency, level, year: year ?? null, source };
}

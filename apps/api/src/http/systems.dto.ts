import { ApiProperty, OmitType } from '@nestjs/swagger';
import { SYSTEM_LEVELS, type SystemEntry, type SystemLevel } from '@sajeon/domain';
import type { SystemRow, SystemSummary } from '@sajeon/read-models';
import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import type { Shown } from './answer.js';
import { Decimal, Instant, MayBeAbsent } from './fields.js';
import { ListDto, PageDto } from './lists.dto.js';
import { contentOf, PlanDto } from './plan.dto.js';

/** An entry of the system inventory. */
export class SystemEntryDto extends OmitType(PlanDto, ['budgetKrw', 'orderPlannedOn', 'costLines'] as const) {
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
  @ApiProperty({ type: 'integer', example: 2020 })
  @IsOptional()
  @IsInt()
  year?: number | null;

  /**
   * 출처: a URL or a citation
   * @example 'https://www.eshare.go.kr'
   */
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

export class ListSystemsDto extends ListDto {
  /** 기관 구분 */
  @MayBeAbsent()
  @IsIn(SYSTEM_LEVELS)
  level?: SystemLevel;

  /** true: retired systems only; false: systems in use only */
  @MayBeAbsent()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  retired?: boolean;

  /** `relevance` with a query, else `title`, unless given */
  @MayBeAbsent()
  @IsIn(['relevance', 'title', 'agency', 'year'])
  sort?: 'relevance' | 'title' | 'agency' | 'year';

  /**
   * The inventory as it stood then: a log position, a date (the end of that day in Seoul) or an instant (RFC 3339)
   * @example '2026-11-30'
   */
  @MayBeAbsent()
  @IsString()
  @MaxLength(40)
  asOf?: string;
}

/** A system of the inventory without its free text, which may be long. */
export class SystemSummaryDto implements Shown<SystemSummary> {
  /** @example 'egov-001' */
  system: string;

  /** @example '공유누리' */
  title: string;

  /**
   * Name of the owner as the source writes it
   * @example '행정안전부'
   */
  agency: string;

  level: SystemLevel;

  /** Null where the source does not say */
  @ApiProperty({ type: 'integer', example: 2020 })
  year: number | null;

  /** @example '공공자원을 국민이 온라인으로 검색·예약해 빌린다.' */
  purpose: string;

  /** @example ['공공시설 검색', '온라인 예약과 승인'] */
  functions: string[];

  /** @example ['국민'] */
  users: string[];

  /** @example ['공공시설 대장'] */
  data: string[];

  /** @example ['웹'] */
  technologies: string[];

  /**
   * Where the entry comes from: a URL or a citation
   * @example 'https://www.eshare.go.kr'
   */
  source: string;

  @Instant()
  registeredAt: string;

  /** When the entry was last corrected; null when it stands as registered */
  @Instant()
  correctedAt: string | null;

  /** Null while the system is in use */
  @Instant()
  retiredAt: string | null;

  /** @example '후속 시스템으로 대체' */
  retiredBecause: string | null;

  @Decimal('3')
  revision: string;

  @Decimal()
  position: string;
}

/** A system of the inventory. */
export class SystemDto extends SystemSummaryDto implements Shown<SystemRow> {
  /**
   * What the source says besides
   * @example '2020년부터 모든 지방자치단체가 쓴다.'
   */
  text: string;
}

export class SystemPageDto extends PageDto {
  rows: SystemSummaryDto[];
}

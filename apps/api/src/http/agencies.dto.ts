import { AGENCY_TIERS, type AgencyTier } from '@sajeon/domain';
import type { AgencyRow } from '@sajeon/read-models';
import { IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import type { Shown } from './answer.js';
import { Decimal, Instant } from './fields.js';
import { ListDto, PageDto } from './lists.dto.js';

export class RegisterAgencyDto {
  /**
   * 기관 코드
   * @example 'gyeonggi-suwon'
   */
  @IsString()
  @Matches(/^[a-z0-9-]{1,100}$/)
  agency: string;

  /**
   * 기관명
   * @example '수원시'
   */
  @IsString()
  @MaxLength(200)
  name: string;

  /** 기관 구분 */
  @IsIn(AGENCY_TIERS)
  tier: AgencyTier;

  /**
   * 상급 기관 코드, or null
   * @example 'gyeonggi'
   */
  @IsOptional()
  @IsString()
  @MaxLength(100)
  parent?: string | null;
}

export class RenameAgencyDto {
  /**
   * 새 기관명
   * @example '수원특례시'
   */
  @IsString()
  @MaxLength(200)
  name: string;
}

export class DissolveAgencyDto {
  /**
   * 승계 기관 코드, or null
   * @example 'gyeonggi-suwon'
   */
  @IsOptional()
  @IsString()
  @MaxLength(100)
  successor?: string | null;

  /**
   * 사유
   * @example '행정구역 통합'
   */
  @IsString()
  @MaxLength(10_000)
  reason: string;
}

export class ListAgenciesDto extends ListDto {
  /** 기관 구분 */
  @IsOptional()
  @IsIn(AGENCY_TIERS)
  tier?: AgencyTier;
}

/** An agency and the names it had. */
export class AgencyDto implements Shown<AgencyRow> {
  /** @example 'gyeonggi-suwon' */
  agency: string;

  /** @example '수원특례시' */
  name: string;

  /**
   * Oldest first
   * @example ['수원시']
   */
  formerNames: string[];

  tier: AgencyTier;

  /**
   * Id of the agency above it; null at the top
   * @example 'gyeonggi'
   */
  parent: string | null;

  /** Null while the agency exists */
  @Instant()
  dissolvedAt: string | null;

  /**
   * Id of the agency that takes over its cases
   * @example 'gyeonggi'
   */
  successor: string | null;

  @Decimal('3')
  revision: string;

  @Decimal()
  position: string;
}

export class AgencyPageDto extends PageDto {
  rows: AgencyDto[];
}

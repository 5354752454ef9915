import { AGENCY_TIERS, type AgencyTier } from '@sajeon/domain';
import type { AgencyRow } from '@sajeon/read-models';
import { ArrayMaxSize, IsArray, IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import type { Shown } from './answer.js';
import { Decimal, Instant, IsDay, LegalDate, MayBeAbsent } from './fields.js';
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

/** From when on, and on whose word. */
export class ReorganisationDto {
  /** 시행일 */
  @LegalDate('2027-07-01')
  @IsString()
  @IsDay()
  effectiveOn: string;

  /**
   * 사유 또는 근거 법률
   * @example '행정체제 개편에 관한 법률'
   */
  @IsString()
  @MaxLength(10_000)
  reason: string;
}

export class MergeAgencyDto extends ReorganisationDto {
  /**
   * 통합되어 들어가는 기관 코드
   * @example 'gyeonggi-suwon'
   */
  @IsString()
  @MaxLength(100)
  into: string;
}

export class SplitAgencyDto extends ReorganisationDto {
  /**
   * 나뉘어 생기는 기관 코드, two or more
   * @example ['gyeonggi-north', 'gyeonggi-south']
   */
  @IsArray()
  @ArrayMaxSize(200)
  @IsString({ each: true })
  @MaxLength(100, { each: true })
  successors: string[];
}

export class MoveAgencyDto extends ReorganisationDto {
  /**
   * 새 상급 기관 코드, or null at the top
   * @example 'gyeonggi'
   */
  @IsOptional()
  @IsString()
  @MaxLength(100)
  parent?: string | null;
}

/** 소속 변경. */
export class AgencyMoveDto {
  /** @example 'gyeonggi' */
  parent: string | null;

  @LegalDate('2027-07-01')
  effectiveOn: string;

  /** @example '관할 변경' */
  reason: string;
}

export class ListAgenciesDto extends ListDto {
  /** 기관 구분 */
  @MayBeAbsent()
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

  /** Day from which it is merged or split; null unless that is announced or done */
  @LegalDate('2027-07-01')
  endsOn: string | null;

  /**
   * Who stands in its place from that day on: one after a merger, several after a split
   * @example ['gyeonggi']
   */
  successors: string[];

  /** Moves under another agency, each from its day on; `parent` is what it was registered with */
  moves: AgencyMoveDto[];

  @Decimal('3')
  revision: string;

  @Decimal()
  position: string;
}

export class AgencyPageDto extends PageDto {
  rows: AgencyDto[];
}

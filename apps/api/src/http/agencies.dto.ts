import { AGENCY_TIERS, type AgencyTier } from '@sajeon/domain';
import { IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';

export class RegisterAgencyDto {
  /**
   * 기관 코드
   * @example 'gyeonggi-suwon'
   */
  @IsString()
  @Matches(/^[a-z0-9-]{1,100}$/)
  agency: string;

  /** 기관명 */
  @IsString()
  @MaxLength(200)
  name: string;

  /** 기관 구분 */
  @IsIn(AGENCY_TIERS)
  tier: AgencyTier;

  /** 상급 기관 코드, or null */
  @IsOptional()
  @IsString()
  @MaxLength(100)
  parent?: string | null;
}

export class RenameAgencyDto {
  /** 새 기관명 */
  @IsString()
  @MaxLength(200)
  name: string;
}

export class DissolveAgencyDto {
  /** 승계 기관 코드, or null */
  @IsOptional()
  @IsString()
  @MaxLength(100)
  successor?: string | null;

  /** 사유 */
  @IsString()
  @MaxLength(10_000)
  reason: string;
}

import { ApiProperty } from '@nestjs/swagger';
import type { AgencyAsNamed, AgencyTier, OmissionReason, OrderBasis, ProcurementAuthorization } from '@sajeon/domain';
import type { OmissionRow, OmissionSort } from '@sajeon/read-models';
import { IsIn, IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator';
import type { Shown } from './answer.js';
import { Decimal, Instant, IsDay, LegalDate, MayBeAbsent, Sha256, Whole } from './fields.js';
import { ListDto, PageDto } from './lists.dto.js';

export const OMISSION_REASONS: readonly OmissionReason[] = [
  'never-consulted',
  'ordered-before-decision',
  'ended-without-decision',
  'held',
  'other-plan-version',
];

/** 발주. Say which plan was ordered by its hash, or show the token. */
export class OrderDto {
  /**
   * 입찰공고번호 or contract number
   * @example '20261228-00417'
   */
  @IsString()
  @MaxLength(200)
  order: string;

  /** 발주일 */
  @LegalDate('2026-12-28')
  @IsString()
  @IsDay()
  orderedOn: string;

  /** Of the plan that was ordered; that of the token unless given */
  @Sha256()
  @MayBeAbsent()
  @IsString()
  @Matches(/^[0-9a-f]{64}$/)
  planHash?: string;

  /** 발주금액(원) */
  @ApiProperty({ type: 'integer', minimum: 0, maximum: 1_000_000_000_000_000, example: 142_000_000 })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(1_000_000_000_000_000)
  amountKrw?: number | null;

  /**
   * The token as it was issued, every line of it
   * @example 'sajeon-procurement-token@1\n{"project":"k3m9q2x7za",…}\n\n— sajeon.example/log/procurement a2sdLA…\n'
   */
  @IsOptional()
  @IsString()
  @MaxLength(100_000)
  token?: string | null;
}

export class NamedAgencyDto implements AgencyAsNamed {
  /** @example 'gyeonggi-suwon' */
  id: string;

  /**
   * As it was called then
   * @example '수원시'
   */
  name: string;

  tier: AgencyTier;
}

export class NamedPlanDto {
  @Whole()
  version: number;

  @Sha256()
  hash: string;
}

export class OpenConditionDto {
  @Whole()
  number: number;

  /** @example '공유누리와 연계할 것' */
  text: string;

  /** Null when it binds without a date */
  @LegalDate('2027-09-30')
  dueOn: string | null;
}

/** What may be ordered, and on whose word. */
export class ProcurementAuthorizationDto implements ProcurementAuthorization {
  /** @example 'k3m9q2x7za' */
  project: string;

  agency: NamedAgencyDto;

  /** @example 'k3m9q2x7zb' */
  consultation: string;

  authority: NamedAgencyDto;

  outcome: ProcurementAuthorization['outcome'];

  /** @example '디지털정책과-1234' */
  documentNumber: string;

  @LegalDate('2026-12-14')
  notifiedOn: string;

  /** The plan decided upon, and later ones that were accepted without another review */
  plans: NamedPlanDto[];

  /** What is still owed; none of it stands against ordering */
  openConditions: OpenConditionDto[];

  /** Log position: the token knows of nothing later */
  @Decimal()
  asOf: string;
}

export class ProcurementTokenDto {
  /**
   * A C2SP signed note: save it as it is. `sajeon token verify` checks it without any service
   * @example 'sajeon-procurement-token@1\n{"project":"k3m9q2x7za",…}\n\n— sajeon.example/log/procurement a2sdLA…\n'
   */
  token: string;

  says: ProcurementAuthorizationDto;

  /** Revision of the project */
  @Decimal('3')
  revision: string;
}

export class VerifyTokenDto {
  /**
   * Every line of the token
   * @example 'sajeon-procurement-token@1\n{"project":"k3m9q2x7za",…}\n\n— sajeon.example/log/procurement a2sdLA…\n'
   */
  @IsString()
  @MaxLength(100_000)
  token: string;
}

/** Whether a token is ours, and whether what it says still holds. */
export class TokenVerdictDto {
  /** Whether a key of this service signed it, word for word */
  genuine: boolean;

  /** What the token says; believe it only when it is genuine */
  says: ProcurementAuthorizationDto;

  /** Whether a token issued now would say the same, but for `asOf` */
  stands: boolean;

  /** What a token would say now; null when nothing may be ordered any more */
  now: ProcurementAuthorizationDto | null;
}

export class ListOmissionsDto extends ListDto {
  @MayBeAbsent()
  @IsIn(OMISSION_REASONS)
  reason?: OmissionReason;

  /** First day of the orders (Seoul) */
  @LegalDate('2026-01-01')
  @MayBeAbsent()
  @IsDay()
  orderedFrom?: string;

  /** Last day of the orders (Seoul) */
  @LegalDate('2026-12-31')
  @MayBeAbsent()
  @IsDay()
  orderedTo?: string;

  @MayBeAbsent()
  @IsIn(['detected', 'ordered', 'amount', 'agency'])
  sort?: OmissionSort;
}

/** 사전협의 미이행: an order that no decision covers. */
export class OmissionDto implements Shown<OmissionRow> {
  /**
   * `project#omission`
   * @example 'k3m9q2x7za#1'
   */
  place: string;

  /** @example 'k3m9q2x7za' */
  project: string;

  @Whole()
  omission: number;

  /** @example '수원시 전세피해 상담 예약 시스템 구축' */
  title: string;

  /**
   * The agency that ordered
   * @example 'gyeonggi-suwon'
   */
  agency: string;

  /** @example '수원시' */
  agencyName: string;

  /**
   * Who would have reviewed; null when the rules of that day did not say
   * @example 'gyeonggi'
   */
  authority: string | null;

  /** @example '경기도' */
  authorityName: string | null;

  /** @example '20261228-00417' */
  orderNumber: string;

  @LegalDate('2026-12-28')
  orderedOn: string;

  /** Whole won in decimal; null when it was not stated */
  @Decimal('142000000')
  amountKrw: string | null;

  @Sha256()
  planHash: string;

  reason: OmissionReason;

  /**
   * The consultation that there is, decided or not
   * @example 'k3m9q2x7zb'
   */
  consultation: string | null;

  /** Version of the plan that was decided upon */
  @Whole()
  decidedVersion: number | null;

  @Instant()
  detectedAt: string;

  /** Revision of the project when the omission was found */
  @Decimal('3')
  revision: string;

  @Decimal()
  position: string;
}

export class OmissionPageDto extends PageDto {
  rows: OmissionDto[];
}

/** What an order rests on; the fields that a kind does not have are absent. */
export class OrderBasisDto {
  kind: OrderBasis['kind'];

  /**
   * Of a decision
   * @example 'k3m9q2x7zb'
   */
  consultation?: string;

  /** Of a decision */
  outcome?: ProcurementAuthorization['outcome'];

  /**
   * Of a decision
   * @example '디지털정책과-1234'
   */
  documentNumber?: string;

  /** Of a decision */
  @LegalDate('2026-12-14')
  notifiedOn?: string;

  /**
   * Of a decision: numbers of the conditions that were open
   * @example [1]
   */
  @ApiProperty({ type: 'array', items: { type: 'integer', minimum: 1 } })
  openConditions?: number[];

  /** Of an exemption: when it was assessed */
  @LegalDate('2026-10-02')
  assessedOn?: string;

  /**
   * Of an exemption
   * @example 'national-1-sample@2024-01-01'
   */
  ruleSet?: string;
}

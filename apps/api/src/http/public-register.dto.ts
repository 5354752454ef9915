import { ApiProperty, OmitType } from '@nestjs/swagger';
import type { Outcome } from '@sajeon/domain';
import type { PublicCondition, PublicDecision } from '@sajeon/read-models';
import { IsIn } from 'class-validator';
import { LegalDate, MayBeAbsent, Sha256, Whole } from './fields.js';
import { ListDto, PageDto } from './lists.dto.js';

const OUTCOMES = ['PROCEED', 'PROCEED_CONDITIONALLY', 'HOLD'] as const satisfies readonly Outcome[];

export class PublicDecisionsDto extends OmitType(ListDto, ['direction'] as const) {
  /** 검토결과 */
  @MayBeAbsent()
  @IsIn(OUTCOMES)
  outcome?: Outcome;
}

export class PublicConditionDto implements PublicCondition {
  @Whole()
  number: number;

  /** @example '발주 전에 공유누리와의 연계 방안을 제출한다.' */
  text: string;

  @LegalDate('2027-03-31')
  dueOn: string | null;
}

/** What anybody may know of a decision. */
export class PublicDecisionDto implements PublicDecision {
  /** @example 'k3m9q2x7za' */
  consultation: string;

  /** @example '디지털정책담당관-1234' */
  documentNumber: string;

  /** @example '수원시 공공시설 통합예약 서비스 구축' */
  title: string;

  /** @example '수원시' */
  applicantName: string;

  /** @example '경기도' */
  authorityName: string;

  @ApiProperty({ enum: OUTCOMES, example: 'PROCEED_CONDITIONALLY' })
  outcome: Outcome;

  @LegalDate('2026-12-14')
  notifiedOn: string;

  /**
   * Number of the letter that this one takes the place of
   * @example '디지털정책담당관-1201'
   */
  amends: string | null;

  conditions: PublicConditionDto[];
}

export class PublicDecisionPageDto extends PageDto {
  rows: PublicDecisionDto[];
}

export class VerifiedLetterDto {
  /** @example '디지털정책담당관-1234' */
  documentNumber: string;

  /** Whether it is the letter in force: an amended one is genuine all the same */
  @ApiProperty({ example: true })
  standing: boolean;

  /** @example '수원시 공공시설 통합예약 서비스 구축' */
  title: string;

  /** @example '수원시' */
  applicantName: string;

  /** @example '경기도' */
  authorityName: string;

  @ApiProperty({ enum: OUTCOMES, example: 'PROCEED_CONDITIONALLY' })
  outcome: Outcome;

  @LegalDate('2026-12-14')
  notifiedOn: string;

  /** Id of the event by which the letter went out */
  @ApiProperty({ format: 'uuid', example: '2f1c3a52-6a55-4a5e-9f0d-0a3a5f4d3b11' })
  event: string;

  /** Of what the letter says: compare it with the paper you hold */
  @Sha256()
  contentHash: string;

  /**
   * A C2SP tlog-proof: the same that the QR code of the letter holds
   * @example 'c2sp.org/tlog-proof@v1\nextra …\nindex 41\n…'
   */
  proof: string;
}

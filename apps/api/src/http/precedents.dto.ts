import { ApiProperty } from '@nestjs/swagger';
import type { AgencyTier, Outcome } from '@sajeon/domain';
import type { ClusterMember, ClusterPair, DecidedCase, PlanClusterRow } from '@sajeon/read-models';
import { Decimal, LegalDate, Share, Whole } from './fields.js';

export class PrecedentConditionDto {
  @Whole()
  number: number;

  /** @example '예약 데이터를 공유누리와 연계할 것' */
  text: string;

  @LegalDate('2027-09-30')
  dueOn: string | null;
}

export class SharedTermsDto {
  /** @example 'function' */
  facet: string;

  /** @example ['예약', '결제'] */
  terms: string[];
}

/** An earlier decision about a like plan, as its letter tells it. */
export class PrecedentDto implements DecidedCase {
  /** @example 'k3m9q2x7za' */
  consultation: string;

  /** @example '성남시 공공시설 예약 시스템 구축' */
  title: string;

  /** @example 'gyeonggi-seongnam' */
  applicant: string;

  /** @example '성남시' */
  applicantName: string;

  /** @example 'gyeonggi' */
  authority: string;

  /** @example '경기도' */
  authorityName: string;

  @ApiProperty({ enum: ['PROCEED', 'PROCEED_CONDITIONALLY', 'HOLD'], example: 'PROCEED_CONDITIONALLY' })
  outcome: Outcome;

  @LegalDate('2026-12-14')
  notifiedOn: string;

  conditions: PrecedentConditionDto[];

  /** How probably it is about the same thing */
  @Share()
  probability: number;

  /** What both plans say, by facet */
  shared: SharedTermsDto[];

  /** Whether the case itself may be opened by who asks */
  mayOpen: boolean;
}

export class PrecedentsDto {
  /** Most alike first; 10 at most */
  precedents: PrecedentDto[];

  /** Of these, by outcome */
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'integer', minimum: 0 },
    example: { PROCEED: 1, PROCEED_CONDITIONALLY: 3, HOLD: 1 },
  })
  outcomes: Readonly<Record<string, number>>;
}

export class ClusterMemberDto implements ClusterMember {
  /** @example 'k3m9q2x7za' */
  consultation: string;

  /** @example '수원시 공공시설 통합예약 서비스 구축' */
  title: string;

  /** @example 'gyeonggi-suwon' */
  applicant: string;

  /** @example '수원시' */
  applicantName: string;

  @ApiProperty({ example: 'BASIC_LOCAL' })
  applicantTier: AgencyTier;

  /** @example 'gyeonggi' */
  authority: string;

  /** @example '경기도' */
  authorityName: string;

  @Decimal('780000000')
  requestedKrw: string | null;
}

export class ClusterEvidenceDto {
  /** @example 'function' */
  facet: string;

  /** @example ['예약', '승인'] */
  terms: string[];

  /** @example '온라인 예약과 승인' */
  quoteA: string;

  /** @example '시설 예약 신청과 승인' */
  quoteB: string;
}

/** Two plans of a cluster and why they may be the same. */
export class ClusterPairDto implements ClusterPair {
  /** @example 'k3m9q2x7za' */
  a: string;

  /** @example 'p8c2x4v6hd' */
  b: string;

  @Share()
  probability: number;

  evidence: ClusterEvidenceDto[];
}

export class ClusterSuggestionDto implements NonNullable<PlanClusterRow['suggestion']> {
  @ApiProperty({ enum: ['JOINT_BUILD'], example: 'JOINT_BUILD' })
  kind: 'JOINT_BUILD';

  @Whole(2)
  agencies: number;

  /** Of the plans that say it, whole won */
  @Decimal('1560000000')
  totalKrw: string;

  /**
   * Functions that the evidence quotes
   * @example ['온라인 예약과 승인']
   */
  functions: string[];

  @ApiProperty({
    type: 'object',
    properties: { ko: { type: 'string' }, en: { type: 'string' } },
    required: ['ko', 'en'],
    example: {
      ko: '2개 기관이 같은 것을 따로 계획하고 있을 수 있습니다.',
      en: '2 agencies may be planning the same thing separately.',
    },
  })
  text: NonNullable<PlanClusterRow['suggestion']>['text'];
}

/** Plans that are pending at the same time and may be the same thing, every two of them. */
export class PlanClusterDto implements PlanClusterRow {
  /**
   * Stays while its first plan stays, whoever joins
   * @example 'cluster-k3m9q2x7za'
   */
  id: string;

  members: ClusterMemberDto[];

  pairs: ClusterPairDto[];

  /** Probability of the least likely pair */
  @Share(0.62)
  weakest: number;

  /** A suggestion for people to decide on; null when all plans are of one agency */
  suggestion: ClusterSuggestionDto | null;
}

export class PlanClustersDto {
  clusters: PlanClusterDto[];

  /** Log position of the last event that they are made from; also X-Position */
  @Decimal()
  position: string;
}

import { ApiProperty } from '@nestjs/swagger';
import type {
  ActionEvidence,
  AgencyAsNamed,
  AgencyTier,
  Basis,
  Condition,
  JointReviewConclusion,
  Obligation,
  Outcome,
  OverlapRelation,
  OwnerOpinion,
  Phase,
  ReviewTrack,
} from '@sajeon/domain';
import type { ReasonCode } from '@sajeon/overlap';
import type {
  BallHolder,
  CaseActionResult,
  CaseCandidate,
  CaseDifference,
  CaseDocument,
  CaseFinding,
  CaseJointReview,
  CaseObligation,
  CaseProposal,
  CaseRecommendation,
  CorrectionRound,
  ResultLetter,
  Settlement,
} from '@sajeon/read-models';
import { ActDto } from './actor.dto.js';
import { Decimal, LegalDate, Sha256, Share, Whole } from './fields.js';
import { OverlapCandidateDto, RecordedEvidenceDto } from './overlap.dto.js';
import { PlanVersionDto } from './plan.dto.js';

/** An agency as it was named when the case was drafted. */
export class AgencyAsNamedDto implements AgencyAsNamed {
  /** @example 'gyeonggi-suwon' */
  id: string;

  /** @example '수원시' */
  name: string;

  @ApiProperty({ example: 'BASIC_LOCAL' })
  tier: AgencyTier;
}

/** 접수 */
export class CaseReceiptDto extends ActDto {
  track: ReviewTrack;

  /** 처리 기한 */
  @LegalDate('2026-12-16')
  dueOn: string;

  /**
   * Rules in force on receipt
   * @example 'sample-2024'
   */
  ruleSet: string;
}

export class EarlierPlanDto extends PlanVersionDto {
  brought: ActDto;
}

/** What a person found about a candidate. */
export class SettlementDto extends ActDto implements Settlement {
  /** @example 'egov-001' */
  candidate: string;

  verdict: 'confirmed' | 'dismissed';

  relation: OverlapRelation;

  /** @example '같은 시설의 예약을 이미 받고 있다.' */
  reason: string;

  /** What the engine gave it then */
  @Share()
  probability: number | null;
}

export class CaseCandidateDto extends OverlapCandidateDto implements CaseCandidate {
  evidence: RecordedEvidenceDto[];

  /** The newest one; null when nobody has settled it */
  settlement: SettlementDto | null;

  /** What the engine noticed about the pair, in stable codes; earlier engines recorded none */
  reasons?: ReasonCode[];

  /** Share of the shorter side's wording that the other repeats word by word; earlier engines recorded none */
  @Share(0.12)
  copied?: number;
}

/** The recorded ranking, and everything needed to compute it again. */
export class CaseFindingDto implements CaseFinding {
  @Whole()
  planVersion: number;

  @Sha256()
  planHash: string;

  /** Versions of everything that the result depends on besides the plan and the inventory */
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' }, example: { engine: '1', analyzer: 'garu-ko' } })
  engine: Record<string, string>;

  /** Log position up to which inventory and pending plans were considered */
  @Decimal()
  inventoryPosition: string;

  /** Records compared */
  @Whole(412)
  compared: number;

  @Share(0.5)
  threshold: number;

  /** False when the plan says too little to be judged, if the engine said so */
  judgeable?: boolean;

  screened: ActDto;

  /** Best first */
  candidates: CaseCandidateDto[];
}

export class CaseCorrectionItemDto {
  @Whole()
  number: number;

  /**
   * JSON pointer into the plan; empty for the whole plan
   * @example '/functions/0'
   */
  pointer: string;

  /** @example '공유누리와 무엇이 다른지 밝히십시오.' */
  text: string;

  /** @example '예약과 결제를 빼고 공유누리를 씁니다.' */
  answer: string | null;
}

export class CaseResponseDto extends ActDto {
  /** Of the plan that came with the answers */
  @Whole(2)
  planVersion: number;
}

/** 보완·시정요청 */
export class CorrectionRoundDto implements CorrectionRound {
  @Whole()
  round: number;

  requested: ActDto;

  @LegalDate()
  respondBy: string;

  items: CaseCorrectionItemDto[];

  /** Null while the round is open */
  responded: CaseResponseDto | null;
}

/** 조건 */
export class CaseConditionDto implements Condition {
  @Whole()
  number: number;

  /** @example '공유누리와 연계할 것' */
  text: string;

  /** Null when it binds without a date */
  @LegalDate('2027-09-30')
  dueOn: string | null;

  /**
   * The candidate it follows from
   * @example 'egov-001'
   */
  candidate: string | null;
}

/** What the person was shown when deciding. Read the case with `asOf` = `position`: its document has this hash. */
export class BasisDto implements Basis {
  @Decimal()
  position: string;

  @Sha256()
  viewHash: string;

  /** @example 'sample-2024' */
  ruleSet: string;
}

export class ApprovalDto extends ActDto {
  basis: BasisDto;
}

export class SendingBackDto extends ActDto {
  /** @example '조건의 이행 기한을 정하십시오.' */
  reason: string;
}

/** 검토 의견 */
export class CaseProposalDto implements CaseProposal {
  @Whole()
  proposal: number;

  proposed: ActDto;

  outcome: Outcome;

  /** @example '연계하기로 하였으므로 조건부로 추진함.' */
  reasons: string;

  conditions: CaseConditionDto[];

  basis: BasisDto;

  approved: ApprovalDto | null;

  sentBack: SendingBackDto | null;
}

/** 검토결과 통보 */
export class ResultLetterDto implements ResultLetter {
  /** @example '디지털정책담당관-1234' */
  documentNumber: string;

  notified: ActDto;

  outcome: Outcome;

  /** @example '연계하기로 하였으므로 조건부로 추진함.' */
  reasons: string;

  conditions: CaseConditionDto[];
}

export class CaseEndDto extends ActDto {
  how: 'returned' | 'withdrawn';

  /** @example '예산이 삭감되어 추진하지 않기로 하였음.' */
  reason: string;
}

export class OwnerOpinionDto extends ActDto {
  opinion: OwnerOpinion;

  /**
   * On which terms, or why not
   * @example '예약 API를 열어 줄 수 있다.'
   */
  terms: string;
}

/** 중복과업 조정 */
export class TaskAdjustmentDto extends ActDto {
  /** @example '예약과 결제는 공유누리가 맡는다.' */
  adjustment: string;

  /** By the other side */
  agreed: ActDto | null;
}

export class JointReviewEndDto extends ActDto {
  conclusion: JointReviewConclusion;

  /** @example '조정한 대로 검토를 계속한다.' */
  remarks: string;
}

/** 공동검토 with the owner of an overlapping system */
export class CaseJointReviewDto implements CaseJointReview {
  @Whole()
  review: number;

  /** @example 'egov-001' */
  candidate: string;

  owner: AgencyAsNamedDto;

  opened: ActDto;

  @LegalDate('2026-12-11')
  dueOn: string;

  /** Oldest first */
  opinions: OwnerOpinionDto[];

  /** The newest proposal */
  adjustment: TaskAdjustmentDto | null;

  /** Null while it is open */
  closed: JointReviewEndDto | null;
}

/** 소명: the applicant's newest word on a candidate */
export class CaseDifferenceDto extends ActDto implements CaseDifference {
  /** @example 'egov-001' */
  candidate: string;

  /** @example '공유누리는 시 직영 시설의 현장 결제를 다루지 않는다.' */
  statement: string;
}

/** 증빙 */
export class ActionEvidenceDto implements ActionEvidence {
  /** @example '연계 결과서' */
  text: string;

  /** SHA-256 of the attached document */
  @Sha256()
  attachment: string | null;
}

/** 조치계획 */
export class ActionPlanDto extends ActDto {
  /** @example '공유누리의 예약 API로 시설과 예약을 연계한다.' */
  actionPlan: string;

  @LegalDate('2027-08-31')
  completeBy: string;
}

/** 조치결과 */
export class ActionResultDto implements CaseActionResult {
  @Whole()
  submission: number;

  submitted: ActDto;

  /** @example '시설 42곳의 예약을 공유누리로 옮겼다.' */
  result: string;

  evidence: ActionEvidenceDto[];

  rejected: SendingBackDto | null;
}

export class ExtensionDto extends ActDto {
  @LegalDate('2027-12-31')
  dueOn: string;

  @LegalDate('2027-09-30')
  formerDueOn: string;

  /** @example '공유누리의 API 개통이 늦어졌다.' */
  reason: string;
}

/** 조건 면제: proposed by one person, granted or declined by another */
export class WaiverDto extends ActDto {
  /** @example '공유누리가 연계를 받지 않기로 하였다.' */
  reason: string;

  declined: SendingBackDto | null;
}

export class RecommendationAnswerDto extends ActDto {
  /** @example '9월 안에 연계한다.' */
  answer: string;
}

/** 개선권고 */
export class RecommendationDto implements CaseRecommendation {
  @Whole()
  recommendation: number;

  issued: ActDto;

  /** @example '연계를 마칠 일정을 다시 세울 것' */
  text: string;

  @LegalDate('2027-10-15')
  answerBy: string;

  answered: RecommendationAnswerDto | null;
}

export class SettledConditionDto extends ActDto {
  /**
   * What was said when it was found fulfilled, or why it was waived
   * @example '공유누리에서 확인함'
   */
  remarks: string;
}

/** A condition of the letter and what has become of it */
export class CaseObligationDto implements CaseObligation {
  @Whole()
  condition: number;

  /** @example '공유누리와 연계할 것' */
  text: string;

  /** The date in force, extensions included */
  @LegalDate('2027-09-30')
  dueOn: string | null;

  /**
   * The candidate it follows from
   * @example 'egov-001'
   */
  candidate: string | null;

  /** `submitted`: a result waits for the authority */
  status: Obligation['status'];

  /** Recorded as not met by the date in force */
  overdue: boolean;

  /** The newest */
  actionPlan: ActionPlanDto | null;

  results: ActionResultDto[];

  extensions: ExtensionDto[];

  /** The newest */
  waiver: WaiverDto | null;

  recommendations: RecommendationDto[];

  /** Fulfilled or waived */
  settled: SettledConditionDto | null;
}

/** One consultation with everything that belongs to it, as it reads after the event at `position`. */
export class CaseDto implements CaseDocument {
  /** @example 'k3m9q2x7za' */
  consultation: string;

  /** @example 'h8p2c4v6xd' */
  project: string;

  applicant: AgencyAsNamedDto;

  authority: AgencyAsNamedDto;

  /** As far as the reader may know: what the authority decides inside reads `under-review` for the applicant */
  @ApiProperty({ example: 'under-review' })
  status: Phase;

  /** Whose turn it is; null when the case is closed */
  holder: BallHolder | null;

  drafted: ActDto;

  submitted: ActDto | null;

  received: CaseReceiptDto | null;

  /** As it reads now */
  plan: PlanVersionDto;

  /** Oldest first; each with the act that brought it */
  earlierPlans: EarlierPlanDto[];

  planBrought: ActDto;

  /** The newest. Its `planVersion` may be behind the plan's while a new screening is awaited */
  finding: CaseFindingDto | null;

  /**
   * Candidates that must be settled before a decision
   * @example ['egov-001']
   */
  unsettled: string[];

  corrections: CorrectionRoundDto[];

  proposals: CaseProposalDto[];

  /** The approved proposal */
  decision: CaseProposalDto | null;

  letter: ResultLetterDto | null;

  /** How the case ended without a letter */
  ended: CaseEndDto | null;

  jointReviews?: CaseJointReviewDto[];

  /** At most one for each candidate */
  differences?: CaseDifferenceDto[];

  /** From a conditional letter on: its conditions and what became of them */
  obligations?: CaseObligationDto[];

  /** When the last of them was fulfilled or waived */
  closed?: ActDto;

  /** Of the last event; also the ETag */
  @Decimal('3')
  revision: string;

  /** Of the last event */
  @Decimal()
  position: string;
}

import { ApiProperty } from '@nestjs/swagger';
import type {
  ActionEvidence,
  AgencyAsNamed,
  AgencyTier,
  Basis,
  Condition,
  Finding,
  InvalidationCause,
  ItemOpinion,
  ItemVerdict,
  JointReviewConclusion,
  MaterialFinding,
  Obligation,
  Outcome,
  OverlapRelation,
  OwnerOpinion,
  Phase,
  PreliminaryOpinionAsGiven,
  PreliminaryVerdict,
  PreviousConsultation,
  RequestType,
  ReviewTrack,
  SignOff,
} from '@sajeon/domain';
import type { ReasonCode } from '@sajeon/overlap';
import type {
  BallHolder,
  CaseActionResult,
  CaseAddedCandidate,
  CaseAssignment,
  CaseCandidate,
  CaseChange,
  CaseCorrectionDemand,
  CaseDelayNotice,
  CaseDifference,
  CaseDocument,
  CaseFinding,
  CaseJointReview,
  CaseObjection,
  CaseMeeting,
  CaseObligation,
  CaseProposal,
  CaseRecommendation,
  CaseTrackChange,
  CaseWarning,
  CorrectionRound,
  ResultLetter,
  Settlement,
} from '@sajeon/read-models';
import { ActDto, ActorDto } from './actor.dto.js';
import { Decimal, LegalDate, Sha256, Share, Whole } from './fields.js';
import { OverlapCandidateDto, RecordedEvidenceDto, ReuseSuggestionDto } from './overlap.dto.js';
import { PlanVersionDto } from './plan.dto.js';
import { MessageDto } from './problem.dto.js';

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

/** A candidate as a screening recorded it. */
export class RecordedCandidateDto extends OverlapCandidateDto {
  evidence: RecordedEvidenceDto[];

  /** What the engine noticed about the pair, in stable codes; earlier engines recorded none */
  reasons?: ReasonCode[];

  /** Share of the shorter side's wording that the other repeats word by word; earlier engines recorded none */
  @Share(0.12)
  copied?: number;
}

export class CaseCandidateDto extends RecordedCandidateDto implements CaseCandidate {
  /** The newest one; null when nobody has settled it */
  settlement: SettlementDto | null;
}

/** A candidate that a person found */
export class CaseAddedCandidateDto implements CaseAddedCandidate {
  /** @example 'egov-001' */
  id: string;

  kind: 'system' | 'plan';

  /** @example '공유누리' */
  name: string;

  /** @example '행정안전부' */
  agency: string;

  added: ActDto;

  /** @example '같은 시설의 예약을 이미 받고 있다고 들었다.' */
  reason: string;

  /** The newest one; null when nobody has settled it */
  settlement: SettlementDto | null;
}

/** What a screening was made of: everything needed to compute it again. */
export abstract class ScreeningDto {
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

  /** What could be used from elsewhere; absent when nothing can, and in findings of earlier engines */
  reuse?: ReuseSuggestionDto[];
}

/** The recorded ranking */
export class RecordedFindingDto extends ScreeningDto implements Finding {
  /** Best first */
  candidates: RecordedCandidateDto[];
}

/** The recorded ranking, with what people found about each candidate */
export class CaseFindingDto extends ScreeningDto implements CaseFinding {
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

  /** 보완, 시정 or 소명; the first requests did not say */
  kind?: RequestType;

  /**
   * The passage meant
   * @example '시설 예약'
   */
  quote?: string;

  /**
   * Why it is asked only now, although an earlier round saw the same text
   * @example '1차 답변에서 비로소 드러났다.'
   */
  because?: string;
}

export class SendingBackDto extends ActDto {
  /** @example '조건의 이행 기한을 정하십시오.' */
  reason: string;
}

/** 수용 or 불수용 */
export class ResponseVerdictDto extends ActDto {
  accepted: boolean;

  /** @example '연계 계획이 충분하다.' */
  remarks: string;
}

/** 보완기간 연장 신청 */
export class ExtensionAskedDto extends ActDto {
  @LegalDate('2026-12-28')
  respondBy: string;

  /** @example '견적을 다시 받고 있다.' */
  reason: string;

  declined: SendingBackDto | null;
}

/** 보완기간 연장 */
export class ResponseExtensionDto extends ActDto {
  @LegalDate('2026-12-28')
  respondBy: string;

  @LegalDate()
  formerRespondBy: string;

  /** @example '견적을 다시 받고 있다.' */
  reason: string;
}

/** 독촉 */
export class ReminderDto extends ActDto {
  /** So many days before the answer was due; null when a person reminded */
  @Whole(3)
  daysBefore: number | null;
}

export class ResponseOverdueDto extends ActDto {
  @LegalDate()
  respondBy: string;
}

/** 대면회의 */
export class CaseMeetingDto extends ActDto implements CaseMeeting {
  @Whole()
  meeting: number;

  @LegalDate('2026-12-03')
  heldOn: string;

  /** @example '예약은 공유누리로 넘기기로 하였다.' */
  minutes: string;
}

/** Onto the fast track or off it */
export class CaseTrackChangeDto extends ActDto implements CaseTrackChange {
  track: ReviewTrack;

  /** @example '재난 예경보 사업이고 확정된 중복이 없다.' */
  reason: string;

  /**
   * The confirmed overlap that took it off by itself
   * @example 'egov-001'
   */
  candidate: string | null;
}

/** 기한연장 통지 */
export class CaseDelayNoticeDto extends ActDto implements CaseDelayNotice {
  /** The legal day when it was notified */
  @LegalDate('2026-12-16')
  dueOn: string;

  @LegalDate('2026-12-23')
  expectedNotificationOn: string;

  /** @example '관계기관의 과업 조정이 이어지고 있다.' */
  reason: string;
}

/** A share of the days is used */
export class CaseWarningDto extends ActDto implements CaseWarning {
  @Share(0.8)
  share: number;

  @Whole(30)
  given: number;

  @LegalDate('2026-12-10')
  on: string;
}

/** 배정 */
export class CaseAssignmentDto extends ActDto implements CaseAssignment {
  reviewer: ActorDto;

  /** Who led before; null at first */
  former: ActorDto | null;

  /** @example '담당자가 자리를 옮겼다.' */
  reason: string | null;
}

/** 이관: the review was handed to the present authority */
export class CaseEscalationDto extends ActDto {
  from: AgencyAsNamedDto;

  /**
   * The confirmed overlap; null when the authority had become one agency with the applicant
   * @example 'egov-001'
   */
  candidate: string | null;

  /** @example '중앙부처 시스템과 중복된다.' */
  reason: string;
}

export class CaseResponseDto extends ActDto {
  /** Of the plan that came with the answers */
  @Whole(2)
  planVersion: number;
}

export class DraftSentBackDto extends ActDto {
  /** @example '산출 근거를 덧붙여 다시 올릴 것' */
  reason: string;
}

/** 기관 내 결재 */
export class SignOffDto implements SignOff {
  /** Who put the draft before the agency's approver; null when it was sent back since or revised */
  requested: ActDto | null;

  /** The newest; null once the draft is put before the approver again */
  sentBack: DraftSentBackDto | null;
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

  /** The plan that the items point into; the first requests did not say */
  @Whole()
  planVersion?: number;

  /** What the authority made of the answer */
  verdict?: ResponseVerdictDto;

  /** The newest wish for more time */
  extensionAsked?: ExtensionAskedDto;

  extensions?: ResponseExtensionDto[];

  reminders?: ReminderDto[];

  /** Recorded as not answered by the day in force */
  overdue?: ResponseOverdueDto;

  /** The review went on without the answer */
  onFile?: SendingBackDto;
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

  /**
   * Code of the condition library
   * @example 'link'
   */
  code?: string;

  /**
   * Why no condition of the library fits
   * @example '이 사업에만 있는 사정이다.'
   */
  ownWordingBecause?: string;

  /**
   * Who must act
   * @example '수원시 정보통신과'
   */
  owner?: string;

  /**
   * What a result has to give
   * @example ['연계 결과서']
   */
  evidence?: string[];
}

/** 검토의견 on one item of the checklist */
export class ItemOpinionDto implements ItemOpinion {
  @Whole(2)
  item: number;

  /** As the rules of the case name it */
  name: MessageDto;

  verdict: ItemVerdict;

  /** @example '공유누리와 겹치는 기능을 연계하여야 한다.' */
  text: string;
}

/** The approval that the change of the content voided */
export class InvalidationDto extends ActDto {
  because: InvalidationCause;
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

  /** One for each item of the checklist */
  opinions?: ItemOpinionDto[];

  /** When the content changed after the approval */
  invalidated?: InvalidationDto;
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

  /** One for each item of the checklist */
  opinions?: ItemOpinionDto[];

  /**
   * Number of the letter that this one takes the place of
   * @example '디지털정책담당관-1234'
   */
  amends?: string;
}

export class ObjectionDecisionDto extends ActDto {
  upheld: boolean;

  /** @example '현장 결제는 연계로 대신할 수 없음이 확인된다.' */
  reason: string;
}

/** 이의 */
export class CaseObjectionDto implements CaseObjection {
  @Whole()
  objection: number;

  /**
   * Number of the letter that it contests
   * @example '디지털정책담당관-1234'
   */
  letter: string;

  raised: ActDto;

  /** @example '공유누리는 현장 결제를 다루지 않는다.' */
  grounds: string;

  /** The last day for it */
  @LegalDate('2027-02-19')
  raiseBy: string;

  /** Null while it is under review */
  decided: ObjectionDecisionDto | null;
}

/** What is material about a change, and by which rule */
export class MaterialFindingDto implements MaterialFinding {
  /** @example 'material-budget' */
  rule: string;

  kind: MaterialFinding['kind'];

  @ApiProperty({ anyOf: [{ type: 'string' }, { type: 'number' }, { type: 'null' }], example: 780000000 })
  before: string | number | null;

  @ApiProperty({ anyOf: [{ type: 'string' }, { type: 'number' }, { type: 'null' }], example: 990000000 })
  after: string | number | null;
}

/** 변경 신고 */
export class CaseChangeDto implements CaseChange {
  @Whole()
  change: number;

  reported: ActDto;

  plan: PlanVersionDto;

  /** The version that was decided upon */
  @Whole()
  decidedVersion: number;

  /** @example '시민 요구에 따라 모바일 앱을 더한다.' */
  reason: string;

  /** Empty when it needs no further consultation */
  material: MaterialFindingDto[];
}

/** The round before this one */
export class PreviousConsultationDto implements PreviousConsultation {
  /** @example 'h8p2c4v6xd' */
  consultation: string;

  @Whole()
  round: number;

  because: PreviousConsultation['because'];
}

/** 예비검토: what was said at budget time */
export class PreliminaryOpinionAsGivenDto implements PreliminaryOpinionAsGiven {
  @Whole()
  request: number;

  @Whole(2027)
  fiscalYear: number;

  verdict: PreliminaryVerdict;

  /** @example '공유누리 활용을 먼저 검토할 것' */
  text: string;

  @LegalDate('2026-05-29')
  givenOn: string;
}

export class AbandonmentDto extends ActDto {
  /** @example '공유누리를 쓰기로 하였다.' */
  reason: string;
}

export class CorrectionDemandAnswerDto extends ActDto {
  /** @example '남은 시설 12곳을 연계한다.' */
  remedy: string;

  @LegalDate('2027-11-30')
  completeBy: string;
}

/** 시정요구 */
export class CorrectionDemandDto implements CaseCorrectionDemand {
  @Whole()
  demand: number;

  demanded: ActDto;

  /** @example '연계하지 않은 시설을 모두 연계할 것' */
  text: string;

  @LegalDate('2027-10-15')
  answerBy: string;

  answered: CorrectionDemandAnswerDto | null;
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

  /** Which piece of the required evidence it is, counted from 1 */
  @Whole()
  requirement?: number;
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

  /** 시정요구 */
  demands?: CorrectionDemandDto[];

  /**
   * Code of the condition library
   * @example 'link'
   */
  code?: string;

  /**
   * Why no condition of the library fits
   * @example '이 사업에만 있는 사정이다.'
   */
  ownWordingBecause?: string;

  /**
   * Who must act
   * @example '수원시 정보통신과'
   */
  owner?: string;

  /**
   * What a result has to give, piece by piece
   * @example ['연계 결과서']
   */
  evidence?: string[];
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

  /** Of a draft: how far it has come inside its own agency; absent unless it was put before the approver */
  signOff?: SignOffDto;

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

  /** The newest approved proposal whose approval stands */
  decision: CaseProposalDto | null;

  /** The newest, which stands */
  letter: ResultLetterDto | null;

  /** Those that it took the place of, oldest first */
  earlierLetters?: ResultLetterDto[];

  /** Oldest first */
  objections?: CaseObjectionDto[];

  /** Changes of the decided plan, as reported, oldest first */
  changes?: CaseChangeDto[];

  /** When the applicant gave up a plan that was on hold */
  abandoned?: AbandonmentDto;

  /** Which consultation this one takes up again */
  previousConsultation?: PreviousConsultationDto;

  preliminaryReview?: PreliminaryOpinionAsGivenDto;

  /** How the case ended without a letter */
  ended: CaseEndDto | null;

  /** 대면회의 */
  meetings?: CaseMeetingDto[];

  /** Onto the fast track and off it, oldest first */
  trackChanges?: CaseTrackChangeDto[];

  /** Oldest first; the last one counts */
  delayNotices?: CaseDelayNoticeDto[];

  warnings?: CaseWarningDto[];

  /** Oldest first; the last one leads */
  assignments?: CaseAssignmentDto[];

  escalation?: CaseEscalationDto;

  /** Found by a person, whatever the screening says */
  addedCandidates?: CaseAddedCandidateDto[];

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

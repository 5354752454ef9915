import type { Message } from '../kernel/errors.js';
import type {
  InvalidationCause,
  ItemVerdict,
  JointReviewConclusion,
  Outcome,
  OverlapRelation,
  OwnerOpinion,
  PreliminaryVerdict,
  PreviousConsultation,
  RequestType,
  ReviewTrack,
} from './events.js';
import type { ConsultationState, Phase } from './state.js';

/** The official words for where a case stands. */
export const phaseNames: Readonly<Record<Phase, Message>> = {
  draft: { ko: '작성중', en: 'draft' },
  submitted: { ko: '신청', en: 'submitted' },
  received: { ko: '접수', en: 'received' },
  'under-review': { ko: '검토중', en: 'under review' },
  'awaiting-applicant': { ko: '보완요청', en: 'correction requested' },
  'pending-approval': { ko: '결재중', en: 'awaiting approval' },
  approved: { ko: '결재완료', en: 'approved' },
  notified: { ko: '통보', en: 'notified' },
  'follow-up': { ko: '조건 이행중', en: 'conditions being met' },
  objection: { ko: '이의 심사중', en: 'objection under review' },
  closed: { ko: '종결', en: 'closed' },
  returned: { ko: '반려', en: 'returned' },
  withdrawn: { ko: '취하', en: 'withdrawn' },
};

export const causeNames: Readonly<Record<InvalidationCause, Message>> = {
  'screened-anew': { ko: '유사·중복을 다시 검색함', en: 'the plan was screened anew' },
  'candidate-added': { ko: '중복 후보가 더해짐', en: 'a candidate was added' },
  'candidate-settled-anew': { ko: '후보의 판정이 바뀜', en: 'a candidate was settled anew' },
  'asked-again': { ko: '신청기관에 다시 요청함', en: 'the applicant was asked again' },
  'proposal-replaced': { ko: '결정안이 바뀜', en: 'the proposal was replaced' },
};

export const previousNames: Readonly<Record<PreviousConsultation['because'], Message>> = {
  returned: { ko: '반려 후 재신청', en: 'filed again after a return' },
  withdrawn: { ko: '취하 후 재신청', en: 'filed again after a withdrawal' },
  held: { ko: '보류 후 재신청', en: 'filed again after a hold' },
  'material-change': { ko: '중대한 변경에 따른 재협의', en: 're-consultation after a material change' },
};

export const preliminaryNames: Readonly<Record<PreliminaryVerdict, Message>> = {
  NO_OBJECTION: { ko: '이견 없음', en: 'no objection' },
  ADJUST: { ko: '조정 필요', en: 'to be adjusted' },
  RECONSIDER: { ko: '재검토 필요', en: 'to be reconsidered' },
};

export const verdictNames: Readonly<Record<ItemVerdict, Message>> = {
  SUITABLE: { ko: '적합', en: 'suitable' },
  SUITABLE_WITH_CONDITIONS: { ko: '조건부 적합', en: 'suitable with conditions' },
  UNSUITABLE: { ko: '부적합', en: 'unsuitable' },
  NOT_APPLICABLE: { ko: '해당 없음', en: 'not applicable' },
};

/** 전자정부 성과관리 지침: the results that are notified. */
export const outcomeNames: Readonly<Record<Outcome, Message>> = {
  PROCEED: { ko: '추진', en: 'proceed' },
  PROCEED_CONDITIONALLY: { ko: '조건부추진', en: 'proceed conditionally' },
  HOLD: { ko: '추진보류', en: 'hold' },
};

export const relationNames: Readonly<Record<OverlapRelation, Message>> = {
  DUPLICATES: { ko: '중복', en: 'duplicate' },
  PARTIAL_FUNCTION_OVERLAP: { ko: '일부 기능 중복', en: 'partial overlap of functions' },
  SAME_DATA_COLLECTED: { ko: '같은 데이터 수집', en: 'same data collected' },
  SHOULD_LINK: { ko: '연계 필요', en: 'should be linked' },
  SHOULD_REUSE_COMMON_SYSTEM: { ko: '공통시스템 활용 필요', en: 'should reuse a common system' },
  SIBLING_LOCAL_COPY: { ko: '다른 지방자치단체와 같은 시스템', en: 'copy of a neighbouring local system' },
  PRIVATE_SERVICE_DUPLICATION: { ko: '민간서비스 중복', en: 'duplicate of a private service' },
  RELAUNCH_OF_FAILED: { ko: '중단된 서비스의 재추진', en: 'relaunch of a discontinued service' },
  DEPLOYMENT_OF_STANDARD: { ko: '표준시스템 보급', en: 'deployment of a standard system' },
  SUCCESSOR_OF: { ko: '후속(차세대) 시스템', en: 'successor' },
  INTEGRATION_HUB: { ko: '통합·연계 거점', en: 'integration hub' },
  PHASE_OF: { ko: '같은 사업의 단계', en: 'phase of the same project' },
  UNRELATED: { ko: '관련 없음', en: 'unrelated' },
};

export const trackNames: Readonly<Record<ReviewTrack, Message>> = {
  standard: { ko: '일반', en: 'standard' },
  isp: { ko: '정보화전략계획(ISP)', en: 'information strategy plan (ISP)' },
  fast: { ko: '신속처리', en: 'fast track' },
};

export const requestNames: Readonly<Record<RequestType, Message>> = {
  supplement: { ko: '보완', en: 'supplement' },
  correction: { ko: '시정', en: 'correction' },
  explanation: { ko: '소명', en: 'explanation' },
};

export const opinionNames: Readonly<Record<OwnerOpinion, Message>> = {
  REUSE_POSSIBLE: { ko: '공동활용 가능', en: 'reuse is possible' },
  LINK: { ko: '연계', en: 'link' },
  DIFFERENT: { ko: '중복 아님', en: 'different' },
  OBJECTION: { ko: '추진 반대', en: 'objection' },
};

export const conclusionNames: Readonly<Record<JointReviewConclusion, Message>> = {
  AGREEMENT: { ko: '합의', en: 'agreement' },
  NO_AGREEMENT: { ko: '합의 없음', en: 'no agreement' },
  SILENCE: { ko: '무응답', en: 'silence' },
};

/** Where the case stands, in the word that officials use; the outcome once it is notified. */
export function statusOf(state: ConsultationState): Message {
  if (state === null) return { ko: '없음', en: 'none' };
  if ((state.phase === 'notified' || state.phase === 'follow-up') && state.decided !== null)
    return outcomeNames[state.decided.outcome];
  return phaseNames[state.phase];
}

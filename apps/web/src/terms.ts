import type {
  AuditFinding,
  Conclusion,
  Facet,
  ItemVerdict,
  Level,
  Message,
  Obligation,
  Outcome,
  OmissionReason,
  OwnerOpinion,
  PerformanceFinding,
  PreliminaryVerdict,
  RequestKind,
  Role,
  SamplingMethod,
  Severity,
  Status,
  Target,
  TaskKind,
  Tier,
  Track,
} from './contract.js';

/** The official words (전자정부 성과관리 지침), each in one place. */

const STATUS: Readonly<Record<Status, Message>> = {
  draft: { ko: '작성중', en: 'Draft' },
  submitted: { ko: '신청', en: 'Submitted' },
  received: { ko: '접수', en: 'Received' },
  'under-review': { ko: '검토중', en: 'Under review' },
  'awaiting-applicant': { ko: '보완요청', en: 'Correction requested' },
  'pending-approval': { ko: '결재중', en: 'Awaiting approval' },
  approved: { ko: '결재완료', en: 'Approved' },
  objection: { ko: '이의 검토중', en: 'Objection under review' },
  notified: { ko: '통보', en: 'Notified' },
  'follow-up': { ko: '조건 이행중', en: 'Conditions being met' },
  closed: { ko: '종결', en: 'Closed' },
  returned: { ko: '반려', en: 'Returned' },
  withdrawn: { ko: '취하', en: 'Withdrawn' },
};

/** The contract grows: a status that this build does not know yet is shown by its code rather than not at all. */
export function statusName(status: Status): Message {
  return (STATUS as Readonly<Record<string, Message>>)[status] ?? { ko: status, en: status };
}

/** Decided and told, or ended: the legal clock no longer runs. */
export const OVER: ReadonlySet<Status> = new Set(['notified', 'follow-up', 'closed', 'returned', 'withdrawn']);

export const OUTCOME: Readonly<Record<Outcome, Message>> = {
  PROCEED: { ko: '추진', en: 'Proceed' },
  PROCEED_CONDITIONALLY: { ko: '조건부추진', en: 'Proceed conditionally' },
  HOLD: { ko: '추진보류', en: 'Hold' },
};

/** Relations that are a fault of the plan: they confirm an overlap. */
export const FAULTS: Readonly<Record<string, Message>> = {
  DUPLICATES: { ko: '중복', en: 'Duplicate' },
  PARTIAL_FUNCTION_OVERLAP: { ko: '일부 기능 중복', en: 'Partial overlap of functions' },
  SAME_DATA_COLLECTED: { ko: '같은 데이터 수집', en: 'Same data collected' },
  SHOULD_LINK: { ko: '연계 필요', en: 'Should be linked' },
  SHOULD_REUSE_COMMON_SYSTEM: { ko: '공통시스템 활용 필요', en: 'Should reuse a common system' },
  SIBLING_LOCAL_COPY: { ko: '다른 지방자치단체와 같은 시스템', en: 'Copy of a neighbouring local system' },
  PRIVATE_SERVICE_DUPLICATION: { ko: '민간서비스 중복', en: 'Duplicate of a private service' },
  RELAUNCH_OF_FAILED: { ko: '중단된 서비스의 재추진', en: 'Relaunch of a discontinued service' },
};

/** Relations that are none: they dismiss the candidate. */
export const NON_FAULTS: Readonly<Record<string, Message>> = {
  UNRELATED: { ko: '관련 없음', en: 'Unrelated' },
  DEPLOYMENT_OF_STANDARD: { ko: '표준시스템 보급', en: 'Deployment of a standard system' },
  SUCCESSOR_OF: { ko: '후속(차세대) 시스템', en: 'Successor' },
  INTEGRATION_HUB: { ko: '통합·연계 거점', en: 'Integration hub' },
  PHASE_OF: { ko: '같은 사업의 단계', en: 'Phase of the same project' },
};

export function relationName(relation: string): Message {
  return FAULTS[relation] ?? NON_FAULTS[relation] ?? { ko: relation, en: relation };
}

/** Days from receipt to the due date; the service computes the date itself from the rules in force. */
export const TRACK: Readonly<Record<Track, Message>> = {
  standard: { ko: '일반 (30일)', en: 'Standard (30 days)' },
  isp: { ko: '정보화전략계획 ISP (7일)', en: 'Information strategy plan, ISP (7 days)' },
  fast: { ko: '신속처리 (10일)', en: 'Fast track (10 days)' },
};

export const FACET: Readonly<Record<Facet, Message>> = {
  title: { ko: '사업명', en: 'Title' },
  purpose: { ko: '목적', en: 'Purpose' },
  function: { ko: '기능', en: 'Functions' },
  data: { ko: '데이터', en: 'Data' },
  users: { ko: '이용자', en: 'Users' },
  text: { ko: '본문', en: 'Text' },
};

export const TIER: Readonly<Record<Tier, Message>> = {
  CENTRAL: { ko: '중앙행정기관', en: 'Central government' },
  METROPOLITAN: { ko: '시·도', en: 'Metropolitan city or province' },
  BASIC_LOCAL: { ko: '시·군·구', en: 'City, county or district' },
  PUBLIC_INSTITUTION: { ko: '공공기관', en: 'Public institution' },
  LOCAL_PUBLIC_CORP: { ko: '지방공기업', en: 'Local public corporation' },
  EDUCATION_OFFICE: { ko: '교육청', en: 'Office of education' },
};

/** How level and region of a candidate stand to those of a plan. */
export const RELATIVE: Readonly<Record<string, Message>> = {
  SAME_AGENCY: { ko: '같은 기관', en: 'Same agency' },
  SAME_LEVEL: { ko: '같은 단계', en: 'Same level' },
  CANDIDATE_ABOVE: { ko: '후보가 더 넓은 정부의 것', en: 'The candidate is of a wider government' },
  CANDIDATE_BELOW: { ko: '후보가 더 좁은 정부의 것', en: 'The candidate is of a narrower government' },
  OTHER: { ko: '단계가 다름', en: 'Another kind of body' },
  SAME_PLACE: { ko: '같은 곳', en: 'Same place' },
  SAME_PROVINCE: { ko: '같은 시·도', en: 'Same province' },
  DIFFERENT: { ko: '다른 곳', en: 'Different places' },
  NATIONWIDE: { ko: '한쪽이 전국', en: 'One of them is nationwide' },
  UNKNOWN: { ko: '알 수 없음', en: 'Not known' },
};

/** The ways in which people reach a system. */
export const CHANNEL: Readonly<Record<string, Message>> = {
  WEB: { ko: '누리집', en: 'Web' },
  APP: { ko: '앱', en: 'App' },
  MESSAGE: { ko: '문자·알림', en: 'Messages' },
  PHONE: { ko: '전화', en: 'Phone' },
  CHATBOT: { ko: '챗봇', en: 'Chatbot' },
  KIOSK: { ko: '무인 단말기', en: 'Kiosk' },
  COUNTER: { ko: '창구', en: 'Counter' },
};

export const LEVEL: Readonly<Record<Level, Message>> = {
  central: { ko: '중앙', en: 'Central' },
  metropolitan: { ko: '시·도', en: 'Province' },
  local: { ko: '시·군·구', en: 'Local' },
  public: { ko: '공공기관', en: 'Public institution' },
  joint: { ko: '공동', en: 'Joint' },
};

export const ROLE: Readonly<Record<Role, Message>> = {
  applicant: { ko: '신청', en: 'Applicant' },
  'applicant-approver': { ko: '신청기관 결재', en: 'Applicant’s approver' },
  reviewer: { ko: '검토', en: 'Reviewer' },
  approver: { ko: '결재', en: 'Approver' },
  owner: { ko: '시스템 운영', en: 'System owner' },
  auditor: { ko: '감사', en: 'Auditor' },
  administrator: { ko: '관리', en: 'Administrator' },
  system: { ko: '시스템', en: 'System' },
};

export const OBLIGATION: Readonly<Record<Obligation['status'], Message>> = {
  open: { ko: '이행 전', en: 'Open' },
  submitted: { ko: '점검 대기', en: 'To be verified' },
  fulfilled: { ko: '이행완료', en: 'Fulfilled' },
  waived: { ko: '면제', en: 'Waived' },
  lapsed: { ko: '소멸', en: 'Lapsed' },
};

export const OPINION: Readonly<Record<OwnerOpinion, Message>> = {
  REUSE_POSSIBLE: { ko: '공동활용 가능', en: 'Can be reused' },
  LINK: { ko: '연계', en: 'Should be linked' },
  DIFFERENT: { ko: '중복 아님', en: 'Is something else' },
  OBJECTION: { ko: '추진 반대', en: 'Objects to the plan' },
};

export const REQUEST: Readonly<Record<RequestKind, Message>> = {
  supplement: { ko: '보완', en: 'Supplement' },
  correction: { ko: '시정', en: 'Correction' },
  explanation: { ko: '소명', en: 'Explanation' },
};

/** Why a plan is consulted once more. */
export const AGAIN: Readonly<Record<string, Message>> = {
  returned: { ko: '반려된 신청을 다시 냄', en: 'Filed again after it was returned' },
  withdrawn: { ko: '취하한 신청을 다시 냄', en: 'Filed again after it was withdrawn' },
  held: { ko: '보류된 계획을 고쳐 냄', en: 'Revised after it was put on hold' },
  'material-change': { ko: '중대한 변경으로 다시 협의', en: 'Consulted again for a material change' },
};

/** What makes a change one that must be consulted again. */
export const MATERIAL: Readonly<Record<string, Message>> = {
  'budget-changes-by': { ko: '사업비가 크게 바뀜', en: 'the budget changes much' },
  'new-function': { ko: '새 기능', en: 'a new function' },
  'new-app': { ko: '새 앱', en: 'a new app' },
};

export const VERDICT: Readonly<Record<ItemVerdict, Message>> = {
  SUITABLE: { ko: '적합', en: 'Suitable' },
  SUITABLE_WITH_CONDITIONS: { ko: '조건부 적합', en: 'With conditions' },
  UNSUITABLE: { ko: '부적합', en: 'Unsuitable' },
  NOT_APPLICABLE: { ko: '해당 없음', en: 'Not applicable' },
};

export const CONCLUSION: Readonly<Record<Conclusion, Message>> = {
  AGREEMENT: { ko: '합의', en: 'Agreement' },
  NO_AGREEMENT: { ko: '합의 없음', en: 'No agreement' },
  SILENCE: { ko: '무응답', en: 'Silence' },
};

/** 기한초과 / 임박 / 주의 / 여유: by the warnings that the rules of the case name. */
export const SEVERITY: Readonly<Record<Severity, Message & { readonly tone: string }>> = {
  overdue: { ko: '기한초과', en: 'Overdue', tone: 'danger' },
  urgent: { ko: '임박', en: 'Due soon', tone: 'warning' },
  half: { ko: '주의', en: 'Half used', tone: 'information' },
  ample: { ko: '여유', en: 'In time', tone: 'success' },
};

/** Parts of a plan, by their name in JSON. */
export const PLAN_FIELD: Readonly<Record<string, Message>> = {
  title: { ko: '사업명', en: 'Title' },
  purpose: { ko: '추진 목적', en: 'Purpose' },
  functions: { ko: '구현 기능', en: 'Functions' },
  users: { ko: '이용자', en: 'Users' },
  data: { ko: '보유·수집 데이터', en: 'Data' },
  technologies: { ko: '적용 기술', en: 'Technologies' },
  text: { ko: '그 밖의 계획 내용', en: 'Further text' },
  budgetKrw: { ko: '총사업비', en: 'Budget' },
  costLines: { ko: '비용 내역', en: 'Cost table' },
  orderPlannedOn: { ko: '발주 예정일', en: 'Planned tender date' },
};

/** `/functions/2` → 구현 기능 3; the empty pointer is the whole plan. */
export function pointerName(pointer: string): Message {
  if (pointer === '') return { ko: '계획서 전체', en: 'The whole plan' };
  const [, field = '', index] = pointer.split('/');
  const name = PLAN_FIELD[field] ?? { ko: pointer, en: pointer };
  return index === undefined ? name : { ko: `${name.ko} ${Number(index) + 1}`, en: `${name.en} ${Number(index) + 1}` };
}

/** A calibrated probability, in the words a reviewer would use. Never a verdict. */
export function likelihood(probability: number): Message & { readonly step: 0 | 1 | 2 | 3 | 4 } {
  if (probability >= 0.9) return { ko: '거의 확실', en: 'Almost certain', step: 4 };
  if (probability >= 0.7) return { ko: '가능성 높음', en: 'Likely', step: 3 };
  if (probability >= 0.5) return { ko: '살펴볼 만함', en: 'Worth a look', step: 2 };
  if (probability >= 0.2) return { ko: '가능성 낮음', en: 'Unlikely', step: 1 };
  return { ko: '거의 없음', en: 'Very unlikely', step: 0 };
}

/** The engine is never certain, and neither should it look so. */
export function percentOf(probability: number): Message {
  const rounded = Math.round(probability * 100);
  if (rounded < 1) return { ko: '1% 미만', en: 'under 1%' };
  if (rounded > 99) return { ko: '99% 이상', en: 'over 99%' };
  return { ko: `${rounded}%`, en: `${rounded}%` };
}

/** What live events tell, of steps that matter to others. The history has whole sentences from the service. */
export const NEWS: Readonly<Record<string, Message>> = {
  'submission-requested': { ko: '결재할 신청이 올라왔습니다', en: 'A draft waits for approval' },
  'draft-sent-back': { ko: '초안이 결재에서 돌아왔습니다', en: 'A draft was sent back' },
  'consultation-submitted': { ko: '새 신청이 들어왔습니다', en: 'A new case was submitted' },
  'consultation-received': { ko: '접수되었습니다', en: 'The case was received' },
  'consultation-returned': { ko: '반려되었습니다', en: 'The case was returned' },
  'overlap-screened': { ko: '유사·중복 검색이 끝났습니다', en: 'Screening for overlaps is done' },
  'correction-requested': { ko: '보완요청이 왔습니다', en: 'A correction was requested' },
  'response-submitted': { ko: '보완 답변이 제출되었습니다', en: 'A correction was answered' },
  'decision-proposed': { ko: '결정안이 올라왔습니다', en: 'A decision was proposed' },
  'decision-sent-back': { ko: '결정안이 돌아왔습니다', en: 'A proposal was sent back' },
  'decision-approved': { ko: '결정안이 결재되었습니다', en: 'A decision was approved' },
  'result-notified': { ko: '검토결과가 통보되었습니다', en: 'The result was notified' },
  'consultation-withdrawn': { ko: '신청이 취하되었습니다', en: 'The case was withdrawn' },
};

/** Why the engine shows a candidate, beyond the numbers. */
export const REASON: Readonly<Record<string, Message>> = {
  COPIED_TEXT: { ko: '문장이 그대로 같음', en: 'Copied text' },
  TITLE_NEAR_COPY: { ko: '사업명이 거의 같음', en: 'Nearly the same title' },
  FUNCTION_SAME: { ko: '같은 기능', en: 'Same function' },
  DATA_SAME: { ko: '같은 데이터', en: 'Same data' },
  USERS_SAME: { ko: '같은 이용자', en: 'Same users' },
  SAME_AGENCY: { ko: '같은 기관', en: 'Same agency' },
  PENDING_PLAN: { ko: '협의 중인 다른 계획', en: 'A plan under consultation' },
  BOILERPLATE_ONLY: { ko: '상투적인 문구만 같음', en: 'Only boilerplate in common' },
};

/** What the engine weighs, in plain words. */
export const SIGNAL: Readonly<Record<string, Message>> = {
  words: { ko: '드문 말이 같음', en: 'Telling words in common' },
  meanings: { ko: '뜻이 같은 말', en: 'Words of one meaning' },
  pairs: { ko: '글자 짝이 같음', en: 'Letter pairs in common' },
  topics: { ko: '같은 행정 업무', en: 'The same administrative business' },
  covered: { ko: '계획이 말하는 것을 상대도 말함', en: 'The other side says what the plan says' },
  covers: { ko: '상대가 말하는 것을 계획도 말함', en: 'The plan says what the other side says' },
  functions: { ko: '기능의 일치', en: 'Functions agree' },
  titles: { ko: '이름의 일치', en: 'Titles agree' },
  data: { ko: '데이터의 일치', en: 'Data agree' },
  users: { ko: '이용자의 일치', en: 'Users agree' },
  wording: { ko: '같은 문장', en: 'The same wording' },
  letters: { ko: '말의 줄기와 글자 셋', en: 'Stems and threes of letters' },
  substance: { ko: '상투어가 아닌 내용', en: 'More than boilerplate in common' },
};

/** What a relation is suggested by. */
export const GROUND: Readonly<Record<string, Message>> = {
  PLAN_GATHERS_EXISTING: { ko: '여러 곳에 있는 것을 모으는 계획', en: 'the plan gathers what exists in many places' },
  CANDIDATE_GATHERS_EXISTING: { ko: '여러 곳의 것을 모으는 시스템', en: 'the candidate gathers what exists in many places' },
  PLAN_TAKES_OVER_STANDARD: { ko: '표준·보급 시스템을 도입하는 계획', en: 'the plan takes over a standard system' },
  PLAN_RENEWS: { ko: '기존 것을 새로 하거나 고치는 계획', en: 'the plan renews what exists' },
  PLAN_IS_A_PHASE: { ko: '사업의 한 단계라는 이름', en: 'its name is that of a phase' },
  SAME_AGENCY: { ko: '같은 기관의 것', en: 'both belong to the same agency' },
  CANDIDATE_NAMED: { ko: '계획이 그 이름을 말함', en: 'the plan names it' },
  CANDIDATE_IS_COMMON: { ko: '여러 기관에 열린 시스템', en: 'it is open to many' },
  CANDIDATE_FAILED: { ko: '실패했다는 기록', en: 'its record speaks of failure' },
  PRIVATE_SERVICE: { ko: '민간 서비스', en: 'a private service is spoken of' },
  BOTH_LOCAL: { ko: '서로 다른 지방자치단체의 것', en: 'they belong to two local governments' },
  COPIED: { ko: '거의 그대로 옮긴 글', en: 'the wording is nearly the same' },
  TITLE_ALIKE: { ko: '비슷한 이름', en: 'the names are alike' },
  FUNCTIONS_ALL_FOUND: { ko: '계획의 모든 기능이 이미 있음', en: 'it has every function of the plan' },
  FUNCTIONS_PARTLY_FOUND: { ko: '계획의 기능 가운데 일부가 이미 있음', en: 'it has some functions of the plan' },
  DATA_SAME: { ko: '같은 데이터', en: 'both hold the same data' },
  BOILERPLATE_ONLY: { ko: '어느 계획에나 있는 말만 같음', en: 'only what most plans say is common' },
};

/** 대상여부 판정. */
export const TARGET: Readonly<Record<Target, Message>> = {
  target: { ko: '사전협의 대상', en: 'Must be consulted' },
  exempt: { ko: '대상 아님', en: 'Need not be consulted' },
  unknown: { ko: '아직 알 수 없음', en: 'Not known yet' },
};

/** What an agency is to do, as the heading of a task. */
export const TASK: Readonly<Record<TaskKind, Message>> = {
  draft: { ko: '초안 마저 쓰기', en: 'Finish the draft' },
  submission: { ko: '결재할 신청', en: 'Submission to approve' },
  correction: { ko: '보완요청에 답하기', en: 'Answer corrections' },
  condition: { ko: '조건 이행하기', en: 'Meet the condition' },
  recommendation: { ko: '개선권고에 답하기', en: 'Answer the recommendation' },
  demand: { ko: '시정요구에 답하기', en: 'Answer the demand' },
  opinion: { ko: '공동검토 의견 내기', en: 'Give an opinion' },
  adjustment: { ko: '과업 조정안 살피기', en: 'Look at the adjustment' },
  progress: { ko: '분기 진척 보고하기', en: 'Report progress' },
};

export const OMISSION: Readonly<Record<OmissionReason, Message>> = {
  'never-consulted': { ko: '협의하지 않고 발주', en: 'ordered without a consultation' },
  'ordered-before-decision': { ko: '결과 통보 전에 발주', en: 'ordered before the decision' },
  'ended-without-decision': { ko: '결과 없이 끝난 협의', en: 'the consultation ended without a decision' },
  held: { ko: '추진보류된 사업을 발주', en: 'ordered although put on hold' },
  'other-plan-version': { ko: '협의한 것과 다른 계획으로 발주', en: 'another plan was ordered than was decided upon' },
};

export const PERFORMANCE: Readonly<Record<PerformanceFinding, Message>> = {
  keep: { ko: '유지', en: 'Keep' },
  improve: { ko: '개선', en: 'Improve' },
  consolidate: { ko: '통합', en: 'Consolidate' },
  retire: { ko: '폐기', en: 'Retire' },
};

export const PRELIMINARY: Readonly<Record<PreliminaryVerdict, Message>> = {
  NO_OBJECTION: { ko: '이견 없음', en: 'No objection' },
  ADJUST: { ko: '조정 필요', en: 'Adjust it' },
  RECONSIDER: { ko: '재검토 필요', en: 'Reconsider it' },
};

export const SAMPLING: Readonly<Record<SamplingMethod, Message>> = {
  stratified: { ko: '층화 (기관 유형·상태별로 고르게)', en: 'Stratified, by kind of agency and state' },
  random: { ko: '무작위', en: 'Random' },
  risk: { ko: '위험 (겹침·금액이 큰 것부터 많이)', en: 'By risk: overlap and cost' },
};

export const FINDING: Readonly<Record<AuditFinding['status'], Message & { readonly tone: string }>> = {
  open: { ko: '답변 기다림', en: 'Answer awaited', tone: 'warning' },
  answered: { ko: '답변 있음, 확인 필요', en: 'Answered, to be checked', tone: 'information' },
  resolved: { ko: '해소', en: 'Resolved', tone: 'success' },
  withdrawn: { ko: '철회', en: 'Withdrawn', tone: 'gray' },
};

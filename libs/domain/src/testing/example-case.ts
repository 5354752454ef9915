import type {
  ActionPlanSubmitted,
  ActionResultSubmitted,
  AgencyAsNamed,
  Basis,
  ConsultationDrafted,
  ConsultationReceived,
  ConsultationSubmitted,
  CorrectionRequested,
  DecisionApproved,
  DecisionProposed,
  Finding,
  InvalidationCause,
  ItemOpinion,
  JointReviewConclusion,
  OverlapCandidate,
  OverlapScreened,
  OwnerOpinion,
  ResponseSubmitted,
} from '../consultation/events.js';
import type { ReviewItem } from '../consultation/decision.js';
import type { PlanContent, PlanVersion } from '../kernel/plan.js';

/** An invented project of a real kind of agency: a city that plans a system which its province already runs. */
export const city: AgencyAsNamed = { id: 'gongju-si', name: '공주시', tier: 'BASIC_LOCAL' };
export const province: AgencyAsNamed = { id: 'chungnam-do', name: '충청남도', tier: 'METROPOLITAN' };

/** Runs the system that the plan overlaps. */
export const corporation: AgencyAsNamed = { id: 'k-water', name: '한국수자원공사', tier: 'PUBLIC_INSTITUTION' };

/** An official of the city, two of the province, the screening policy, and an outsider. */
export const applicant = { person: 'p-7001', agency: city.id };
export const reviewer = { person: 'p-3001', agency: province.id };
export const approver = { person: 'p-3002', agency: province.id };
/** Approves too, and has not approved the decision of the example. */
export const secondApprover = { person: 'p-3003', agency: province.id };
export const owner = { person: 'p-5001', agency: corporation.id };
export const machine = { person: 'screening', agency: 'sajeon' };
export const outsider = { person: 'p-9001', agency: 'asan-si' };

export const planContent: PlanContent = {
  title: '공주시 지하수 관정 관리시스템 구축',
  purpose: '지하수 관정의 위치와 이용량을 한곳에서 관리하여 무허가 이용과 수위 저하를 막는다.',
  functions: ['관정 위치를 지도에서 조회한다', '관정 이용량을 월별로 집계한다', '지하수 개발·이용 허가 신청을 접수한다'],
  users: ['시청 환경부서 담당자', '지하수 이용 신고자'],
  data: ['관정 대장', '월별 지하수 이용량'],
  technologies: ['전자정부 표준프레임워크', 'GIS'],
  text: '엑셀로 관리하던 관정 대장을 전산화한다.',
  budgetKrw: 180_000_000,
  orderPlannedOn: '2026-12-21',
};

/** The digest stands for the SHA-256 of the content: a pure library has no hash function. */
export function planVersion(version: number, content: PlanContent = planContent, digest = String(version)): PlanVersion {
  return { version, hash: digest.padStart(64, '0'), content };
}

export const basis: Basis = { position: '120', viewHash: 'b'.repeat(64), ruleSet: 'sample-2024' };

export function candidate(id: string, name: string, probability: number, flagged: boolean): OverlapCandidate {
  const quote = '관정 위치를 지도에서 조회한다';
  return {
    id,
    kind: 'system',
    name,
    agency: province.name,
    probability,
    flagged,
    facets: { function: probability },
    evidence: [
      {
        facet: 'function',
        score: probability,
        plan: { field: 'functions', index: 0, start: 0, end: quote.length, quote },
        candidate: { field: 'text', index: 0, start: 0, end: 6, quote: '지하수 관정' },
        terms: ['관정', '위치'],
      },
    ],
  };
}

export const groundwater = candidate('s-groundwater', '충청남도 지하수 통합정보시스템', 0.91, true);
export const waterworks = candidate('s-waterworks', '상수도 관망 관리시스템', 0.31, false);

export function finding(plan: PlanVersion, candidates: readonly OverlapCandidate[], inventoryPosition = '100'): Finding {
  return {
    planVersion: plan.version,
    planHash: plan.hash,
    engine: { name: 'overlap', version: '1.0.0' },
    inventoryPosition,
    compared: 269,
    threshold: 0.5,
    candidates,
  };
}

/** Two items of a checklist and two conditions of a library: what a caller reads from the rules of the case. */
export const checklist: readonly ReviewItem[] = [
  { number: 1, name: { ko: '유사·중복성', en: 'Similar or duplicate systems' } },
  { number: 2, name: { ko: '예산 적정성', en: 'The budget' } },
];
export const opinions = [
  { item: 1, verdict: 'SUITABLE_WITH_CONDITIONS' as const, text: '지도 조회는 도 시스템과 겹친다.' },
  { item: 2, verdict: 'SUITABLE' as const, text: '' },
];
/** What every proposal brings along besides its outcome, reasons and conditions. */
export const deciding = { checklist, opinions, library: ['link', 'refer'], basis };
/** The opinions as the event has them, with the names of the items. */
export const opinionsAsNamed: readonly ItemOpinion[] = opinions.map((opinion, index) => ({
  ...opinion,
  name: checklist[index]?.name ?? { ko: '', en: '' },
}));
/** A condition in the words of the library. */
export const libraryCondition = {
  ...{ text: '연계할 것', dueOn: null, candidate: null, code: 'link' },
  ...{ owner: '공주시 환경과', evidence: ['연계 설계서'] },
};

/** Events of the example, each with the usual content; a test says only what it is about. */
export const happened = {
  drafted: (): ConsultationDrafted => ({
    type: 'consultation-drafted',
    data: {
      ...{ by: applicant, at: '2026-10-28T01:00:00Z', consultation: 'c-1', project: 'p-1' },
      ...{ plan: planVersion(1), applicant: city, authority: province },
    },
  }),
  submitted: (plan = planVersion(1)): ConsultationSubmitted => ({
    type: 'consultation-submitted',
    data: { by: applicant, at: '2026-10-30T02:00:00Z', plan },
  }),
  received: (): ConsultationReceived => ({
    type: 'consultation-received',
    data: { by: reviewer, at: '2026-11-02T00:30:00Z', track: 'standard', dueOn: '2026-12-02', ruleSet: 'sample-2024' },
  }),
  screened: (
    candidates: readonly OverlapCandidate[] = [groundwater, waterworks],
    plan = planVersion(1),
    position = '100',
  ): OverlapScreened => ({
    type: 'overlap-screened',
    data: { by: machine, at: '2026-11-02T00:31:00Z', finding: finding(plan, candidates, position) },
  }),
  confirmed: () => ({
    type: 'overlap-confirmed' as const,
    data: {
      ...{ by: reviewer, at: '2026-11-04T05:00:00Z', candidate: groundwater.id },
      ...{ relation: 'PARTIAL_FUNCTION_OVERLAP' as const, reason: '관정 위치 조회가 도 시스템의 기능과 같다.' },
    },
  }),
  dismissed: () => ({
    type: 'overlap-dismissed' as const,
    data: {
      ...{ by: reviewer, at: '2026-11-04T05:00:00Z', candidate: groundwater.id },
      ...{ relation: 'INTEGRATION_HUB' as const, reason: '도 시스템은 시군 자료를 모으는 연계 거점이다.' },
    },
  }),
  correctionRequested: (round = 1): CorrectionRequested => ({
    type: 'correction-requested',
    data: {
      ...{ by: reviewer, at: '2026-11-05T01:00:00Z', round },
      items: [
        { number: 1, pointer: '/functions/0', text: '도 시스템의 지도 조회와 무엇이 다른지 적으세요.' },
        { number: 2, pointer: '', text: '도 시스템과의 연계 계획을 더하세요.' },
      ],
      respondBy: '2026-11-19',
    },
  }),
  responded: (plan = planVersion(2), round = 1): ResponseSubmitted => ({
    type: 'response-submitted',
    data: {
      ...{ by: applicant, at: '2026-11-12T07:00:00Z', round, plan },
      answers: [
        { number: 1, answer: '지도 조회는 빼고 도 시스템의 화면을 쓴다.' },
        { number: 2, answer: '관정 대장을 도 시스템과 매일 연계한다.' },
      ],
    },
  }),
  proposed: (proposal = 1): DecisionProposed => ({
    type: 'decision-proposed',
    data: {
      ...{ by: reviewer, at: '2026-11-16T01:00:00Z', proposal, outcome: 'PROCEED_CONDITIONALLY' },
      reasons: '허가 접수 기능은 새로 필요하나 지도 조회는 중복된다.',
      conditions: [{ number: 1, text: '관정 대장을 도 시스템과 연계할 것', dueOn: '2027-03-31', candidate: groundwater.id }],
      basis,
    },
  }),
  sentBack: (proposal = 1) => ({
    type: 'decision-sent-back' as const,
    data: { by: approver, at: '2026-11-16T08:00:00Z', proposal, reason: '조건의 기한을 앞당길 것' },
  }),
  approved: (proposal = 1): DecisionApproved => ({
    type: 'decision-approved',
    data: { by: approver, at: '2026-11-17T01:00:00Z', proposal, basis },
  }),
  notified: () => ({
    type: 'result-notified' as const,
    data: {
      ...{
        by: reviewer,
        at: '2026-11-18T01:00:00Z',
        documentNumber: '정보화담당관-4821',
        outcome: 'PROCEED_CONDITIONALLY' as const,
      },
      reasons: '허가 접수 기능은 새로 필요하나 지도 조회는 중복된다.',
      conditions: [{ number: 1, text: '관정 대장을 도 시스템과 연계할 것', dueOn: '2027-03-31', candidate: groundwater.id }],
    },
  }),
  withdrawn: () => ({
    type: 'consultation-withdrawn' as const,
    data: { by: applicant, at: '2026-11-10T01:00:00Z', reason: '예산이 삭감되었다.' },
  }),
  returned: () => ({
    type: 'consultation-returned' as const,
    data: { by: reviewer, at: '2026-11-02T00:30:00Z', reason: '제안요청서가 빠져 있다.' },
  }),
  jointReviewOpened: (review = 1) => ({
    type: 'joint-review-opened' as const,
    data: {
      ...{ by: reviewer, at: '2026-11-04T06:00:00Z', review, candidate: groundwater.id },
      ...{ owner: corporation, dueOn: '2026-11-13' },
    },
  }),
  opinionGiven: (opinion: OwnerOpinion = 'LINK') => ({
    type: 'owner-opinion-submitted' as const,
    data: { by: owner, at: '2026-11-11T01:00:00Z', review: 1, opinion, terms: '연계 API를 열어 준다.' },
  }),
  adjustmentProposed: (by = owner) => ({
    type: 'task-adjustment-proposed' as const,
    data: { by, at: '2026-11-11T02:00:00Z', review: 1, adjustment: '지도 조회는 도 시스템이 맡는다.' },
  }),
  adjustmentAgreed: (by = applicant, proposedBy = corporation.id) => ({
    type: 'task-adjustment-agreed' as const,
    data: { by, at: '2026-11-12T02:00:00Z', review: 1, adjustment: '지도 조회는 도 시스템이 맡는다.', proposedBy },
  }),
  jointReviewClosed: (conclusion: JointReviewConclusion = 'AGREEMENT') => ({
    type: 'joint-review-closed' as const,
    data: { by: reviewer, at: '2026-11-13T02:00:00Z', review: 1, conclusion, remarks: '' },
  }),
  differenceStated: () => ({
    type: 'difference-stated' as const,
    data: {
      ...{ by: applicant, at: '2026-11-04T03:00:00Z', candidate: groundwater.id },
      statement: '도 시스템은 허가 신청을 받지 않는다.',
    },
  }),
  actionPlanned: (): ActionPlanSubmitted => ({
    type: 'action-plan-submitted',
    data: {
      ...{ by: applicant, at: '2026-12-01T01:00:00Z', condition: 1 },
      ...{ actionPlan: '도 시스템의 연계 API로 관정 대장을 매일 보낸다.', completeBy: '2027-02-26' },
    },
  }),
  actionReported: (submission = 1, condition = 1): ActionResultSubmitted => ({
    type: 'action-result-submitted',
    data: {
      ...{ by: applicant, at: '2027-02-26T05:00:00Z', condition, submission },
      result: '관정 대장 4,210건을 매일 도 시스템으로 보낸다.',
      evidence: [
        { text: '연계 시험 결과서', attachment: 'e'.repeat(64) },
        { text: '도 시스템 담당자가 수신을 확인함', attachment: null },
      ],
    },
  }),
  actionRejected: (submission = 1) => ({
    type: 'action-result-rejected' as const,
    data: {
      ...{ by: reviewer, at: '2027-03-02T01:00:00Z', condition: 1, submission },
      reason: '시험 자료 10건만 보냈다.',
    },
  }),
  fulfilled: (submission = 1, condition = 1) => ({
    type: 'condition-fulfilled' as const,
    data: { by: reviewer, at: '2027-03-10T01:00:00Z', condition, submission, remarks: '도 시스템에서 확인함' },
  }),
  extended: (dueOn = '2027-06-30') => ({
    type: 'condition-extended' as const,
    data: {
      ...{ by: reviewer, at: '2027-03-20T01:00:00Z', condition: 1, dueOn, formerDueOn: '2027-03-31' },
      reason: '도 시스템의 연계 API 개통이 늦어졌다.',
    },
  }),
  waiverProposed: (condition = 1) => ({
    type: 'waiver-proposed' as const,
    data: { by: reviewer, at: '2027-04-05T01:00:00Z', condition, reason: '도 시스템이 연계를 받지 않기로 하였다.' },
  }),
  waiverDeclined: () => ({
    type: 'waiver-declined' as const,
    data: { by: approver, at: '2027-04-06T01:00:00Z', condition: 1, reason: '다른 연계 방법을 먼저 찾을 것' },
  }),
  waived: (condition = 1) => ({
    type: 'condition-waived' as const,
    data: {
      ...{ by: approver, at: '2027-04-06T01:00:00Z', condition },
      ...{ reason: '도 시스템이 연계를 받지 않기로 하였다.', proposedBy: reviewer.person },
    },
  }),
  overdue: (dueOn = '2027-03-31') => ({
    type: 'condition-overdue' as const,
    data: { by: machine, at: '2027-04-01T00:00:00Z', condition: 1, dueOn },
  }),
  recommended: () => ({
    type: 'improvement-recommended' as const,
    data: {
      ...{ by: reviewer, at: '2027-04-02T01:00:00Z', recommendation: 1, condition: 1 },
      ...{ text: '연계를 시작하고 결과를 제출할 것', answerBy: '2027-04-16' },
    },
  }),
  recommendationAnswered: () => ({
    type: 'recommendation-answered' as const,
    data: { by: applicant, at: '2027-04-12T01:00:00Z', recommendation: 1, answer: '4월 안에 연계를 시작한다.' },
  }),
  closed: (fulfilled: readonly number[] = [1], waived: readonly number[] = [], at = '2027-03-10T01:00:00Z', by = reviewer) => ({
    type: 'consultation-closed' as const,
    data: { by, at, fulfilled, waived },
  }),
  invalidated: (because: InvalidationCause = 'candidate-settled-anew', by = reviewer) => ({
    type: 'approval-invalidated' as const,
    data: { by, at: '2026-11-17T05:00:00Z', proposal: 1, because },
  }),
  objected: (objection = 1, letter = '정보화담당관-4821') => ({
    type: 'objection-raised' as const,
    data: {
      ...{ by: applicant, at: '2026-11-25T01:00:00Z', objection, letter },
      ...{ grounds: '도 시스템은 관정 대장을 받지 않는다.', raiseBy: '2027-01-18' },
    },
  }),
  upheld: (objection = 1) => ({
    type: 'objection-upheld' as const,
    data: { by: secondApprover, at: '2026-12-02T01:00:00Z', objection, reason: '도가 연계를 받지 않음을 확인하였다.' },
  }),
  objectionDismissed: (objection = 1) => ({
    type: 'objection-dismissed' as const,
    data: { by: secondApprover, at: '2026-12-02T01:00:00Z', objection, reason: '도가 연계를 받기로 하였다.' },
  }),
  abandoned: () => ({
    type: 'held-plan-abandoned' as const,
    data: { by: applicant, at: '2026-12-10T01:00:00Z', reason: '도 시스템을 쓰기로 하였다.' },
  }),
  correctionDemanded: () => ({
    type: 'correction-demanded' as const,
    data: {
      ...{ by: reviewer, at: '2027-04-20T01:00:00Z', demand: 1, condition: 1 },
      ...{ text: '연계하지 않은 관정 대장을 모두 연계할 것', answerBy: '2027-05-04' },
    },
  }),
  remedied: () => ({
    type: 'correction-demand-answered' as const,
    data: {
      by: applicant,
      at: '2027-04-28T01:00:00Z',
      demand: 1,
      remedy: '남은 대장을 5월에 연계한다.',
      completeBy: '2027-05-31',
    },
  }),
};

import type { Certainty, Dated, RuleBook } from './rule-book.js';

const GUIDE_2024 = '2024년 정보화사업 사전협의 안내자료(배포용) 28쪽';
const SEOUL_2018 = '서울특별시, 2018년 정보화사업 사전협의 운영 결과보고';
const NEWS_2017 = '행정자치부 보도(2017. 3. 29.)';
const NEWS_2023 = '전자신문 사설(2023. 7. 16.)';
const GUIDELINE_16 = '전자정부 성과관리 지침 제16조(전자신문 2023. 9. 18. 인용)';

const REVIEW_AREAS = '검토 분야가 13개라는 보도(전자신문 2023. 7. 16.); 목록은 공개되지 않음';
const OPERATION_MEASURE = '전자정부 성과관리 지침 제23조~제27조(인용)';
const APP_MEASURE = '공공앱 성과측정(뉴스1 2025; 기준 70점·60점)';
const RESPONSE_DAYS = '공개 자료에 없음; 민원 처리의 보완 기간을 참고';

/** 13 areas are certain, their list is not: only those that a source names are marked so. */
const CHECKLIST: readonly (readonly [ko: string, en: string, certainty: Certainty])[] = [
  ['대상 적격성·사업유형', 'Whether it is a target, and of which kind', 'inferred'],
  ['유사·중복성', 'Similar or duplicate systems', 'certain'],
  ['연계·통합 가능성', 'Whether it can be linked or merged', 'certain'],
  ['공동이용·기 구축 시스템 활용', 'Use of what is shared or exists', 'certain'],
  ['데이터 중복수집·타 시스템 보유데이터 활용', 'Data collected twice, data that others hold', 'certain'],
  ['공통기반·우수시스템 사용', 'Common platforms and model systems', 'certain'],
  ['표준·상호운용성', 'Standards and interoperability', 'inferred'],
  ['모바일 앱 필요성·민간 유사앱', 'Need for an app, similar private apps', 'certain'],
  ['클라우드·정보자원 통합', 'Cloud, shared resources', 'inferred'],
  ['보안성·개인정보', 'Security and personal data', 'inferred'],
  ['웹 접근성·호환성', 'Accessibility and compatibility', 'inferred'],
  ['운영·유지보수비 및 예산 적정성', 'Cost of running, and the budget', 'certain'],
  ['성과계획·선행절차 이행', 'Performance plan and earlier steps', 'inferred'],
];

/**
 * Sample rules, 2010 to 2024, as far as public sources tell them. Each says where it comes from and how well that is attested; an authority
 * replaces them by its own. Where a source gives only a year, the rule begins on its first day.
 */
export const sampleRules: RuleBook = {
  id: 'sample',
  subjects: [
    rule('subjects-2010', '2010-01-01', '2017-03-28', NEWS_2017, 'certain', {
      tiers: ['CENTRAL', 'METROPOLITAN', 'BASIC_LOCAL'],
    }),
    rule('subjects-2017', '2017-03-29', '2022-12-31', NEWS_2017, 'certain', {
      tiers: ['CENTRAL', 'METROPOLITAN', 'BASIC_LOCAL', 'PUBLIC_INSTITUTION', 'LOCAL_PUBLIC_CORP'],
    }),
    rule('subjects-2023', '2023-01-01', null, '행정안전부 설명(2023. 7. 17.)', 'certain', {
      tiers: ['CENTRAL', 'METROPOLITAN', 'BASIC_LOCAL', 'PUBLIC_INSTITUTION', 'LOCAL_PUBLIC_CORP', 'EDUCATION_OFFICE'],
    }),
  ],
  thresholds: [
    rule('threshold-central-2010', '2010-01-01', '2022-12-31', NEWS_2017, 'certain', { tiers: ['CENTRAL'], krw: 2_000_000_000 }),
    rule('threshold-public-2017', '2017-03-29', '2022-12-31', NEWS_2017, 'certain', {
      tiers: ['PUBLIC_INSTITUTION'],
      krw: 2_000_000_000,
    }),
    rule('threshold-central-2023', '2023-01-01', '2023-12-31', NEWS_2023, 'certain', {
      tiers: ['CENTRAL', 'PUBLIC_INSTITUTION'],
      krw: 1_000_000_000,
    }),
    rule('threshold-central-2024', '2024-01-01', null, GUIDE_2024, 'partly-supported', {
      tiers: ['CENTRAL', 'PUBLIC_INSTITUTION'],
      krw: 1_000_000_000,
    }),
    rule('threshold-metropolitan-2010', '2010-01-01', '2023-12-31', `${NEWS_2017}; ${SEOUL_2018}; ${NEWS_2023}`, 'certain', {
      tiers: ['METROPOLITAN'],
      krw: 100_000_000,
    }),
    rule('threshold-metropolitan-2024', '2024-01-01', null, GUIDE_2024, 'partly-supported', {
      tiers: ['METROPOLITAN'],
      krw: 200_000_000,
    }),
    rule('threshold-basic-2010', '2010-01-01', '2018-02-07', NEWS_2017, 'certain', { tiers: ['BASIC_LOCAL'], krw: 40_000_000 }),
    rule('threshold-basic-2018', '2018-02-08', '2023-12-31', `${SEOUL_2018}; ${NEWS_2023}`, 'certain', {
      tiers: ['BASIC_LOCAL'],
      krw: 50_000_000,
    }),
    rule('threshold-basic-2024', '2024-01-01', null, GUIDE_2024, 'partly-supported', {
      tiers: ['BASIC_LOCAL'],
      krw: 100_000_000,
    }),
    // No source states the amount for the education offices that joined in 2023; they rank with the 시·도.
    rule('threshold-education-2023', '2023-01-01', '2023-12-31', '시·도 기준을 준용', 'inferred', {
      tiers: ['EDUCATION_OFFICE'],
      krw: 100_000_000,
    }),
    rule('threshold-education-2024', '2024-01-01', null, '시·도 기준을 준용', 'inferred', {
      tiers: ['EDUCATION_OFFICE'],
      krw: 200_000_000,
    }),
  ],
  overrides: [
    rule('override-new-project', '2018-02-08', null, `${SEOUL_2018}; ${NEWS_2023}; ${GUIDE_2024}`, 'certain', {
      kind: 'new-project',
    }),
    rule('override-isp', '2018-02-08', null, `${SEOUL_2018}; ${NEWS_2023}; ${GUIDE_2024}`, 'certain', {
      kind: 'project-kind',
      kinds: ['isp'],
    }),
    rule('override-planning', '2024-01-01', null, GUIDE_2024, 'partly-supported', {
      kind: 'project-kind',
      kinds: ['bpr', 'ismp'],
    }),
    rule('override-results-from-isp', '2024-01-01', null, GUIDE_2024, 'partly-supported', { kind: 'results-from-isp' }),
    rule('override-homepage-or-app', '2024-01-01', null, GUIDE_2024, 'partly-supported', {
      kind: 'project-kind',
      kinds: ['homepage', 'mobile-app'],
    }),
    rule('override-software-development', '2024-01-01', null, GUIDE_2024, 'partly-supported', {
      kind: 'software-development-from',
      krw: 200_000_000,
    }),
    rule('override-cloud-with-new-functions', '2023-07-17', '2023-12-31', '행정안전부 설명(2023. 7. 17.)', 'certain', {
      kind: 'project-kind',
      kinds: ['cloud-migration'],
      onlyWithNewFunctions: true,
    }),
    rule('override-cloud', '2024-01-01', null, GUIDE_2024, 'partly-supported', {
      kind: 'project-kind',
      kinds: ['cloud-migration'],
    }),
  ],
  exclusions: [
    rule('exclusion-kinds-2018', '2018-02-08', null, SEOUL_2018, 'certain', {
      kind: 'project-kind',
      kinds: ['maintenance', 'hardware-replacement', 'commercial-software', 'web-accessibility', 'digital-divide'],
    }),
    rule('exclusion-own-income-2024', '2024-01-01', null, GUIDE_2024, 'partly-supported', { kind: 'own-income-only' }),
  ],
  reviewDays: [
    rule('days-standard', '2010-01-01', null, GUIDELINE_16, 'certain', { track: 'standard', days: 30 }),
    rule('days-isp', '2010-01-01', null, GUIDELINE_16, 'certain', { track: 'isp', days: 7 }),
    rule('days-fast', '2023-07-01', null, '신속처리제(일요신문 2023. 7.)', 'certain', { track: 'fast', days: 10 }),
  ],
  routing: [
    rule('routing-ministry', '2010-01-01', null, `${SEOUL_2018}; 행정안전부 설명(2023. 7. 17.)`, 'certain', {
      tiers: ['CENTRAL', 'PUBLIC_INSTITUTION', 'EDUCATION_OFFICE', 'METROPOLITAN'],
      reviewer: 'ministry',
    }),
    rule('routing-province', '2010-01-01', null, SEOUL_2018, 'certain', { tiers: ['BASIC_LOCAL'], reviewer: 'province' }),
  ],
  attachments: [
    rule('attachment-plan', '2010-01-01', null, '전자정부법 시행령(인용)', 'partly-supported', {
      name: '사업계획서',
      required: true,
    }),
    rule('attachment-rfp', '2010-01-01', null, '신속처리제(일요신문 2023. 7.)', 'certain', {
      name: '제안요청서(안)',
      required: true,
    }),
  ],
  ministry: [
    // No public source says who reviews the ministry's own projects.
    rule(
      'ministry-mois',
      '2010-01-01',
      null,
      '전자정부법 제67조; 행정안전부 자체 사업의 협의기관은 공개 자료에 없음',
      'inferred',
      {
        agency: 'mois',
        standIn: 'msit',
      },
    ),
  ],
  dayCounting: [
    rule('day-counting', '2010-01-01', null, '민법 제157조, 제161조', 'general-knowledge', {
      countsFirstDay: false,
      closedLastDay: 'moves-to-working-day',
    }),
  ],
  warnings: [
    rule('warning-half', '2010-01-01', null, '공개 자료에 없음', 'inferred', { share: 0.5 }),
    rule('warning-four-fifths', '2010-01-01', null, '공개 자료에 없음', 'inferred', { share: 0.8 }),
  ],
  checklist: CHECKLIST.map(([ko, en, certainty], index) =>
    rule(`checklist-${index + 1}`, '2010-01-01', null, REVIEW_AREAS, certainty, { number: index + 1, name: { ko, en } }),
  ),
  requests: [
    rule('request-supplement', '2010-01-01', null, RESPONSE_DAYS, 'inferred', {
      request: 'supplement',
      respondWithinDays: 14,
      remindDaysBefore: [3],
    }),
    rule('request-correction', '2010-01-01', null, RESPONSE_DAYS, 'inferred', {
      request: 'correction',
      respondWithinDays: 14,
      remindDaysBefore: [3],
    }),
    rule('request-explanation', '2010-01-01', null, RESPONSE_DAYS, 'inferred', {
      request: 'explanation',
      respondWithinDays: 7,
      remindDaysBefore: [2],
    }),
  ],
  conditions: [
    rule('condition-link', '2018-02-08', null, SEOUL_2018, 'certain', {
      code: 'link',
      text: {
        ko: '일부 중복되는 기능은 기존 시스템과 연계하거나 공유하여 쓸 것',
        en: 'Link with or share the existing system for the functions that partly overlap',
      },
      evidence: { ko: '연계 협약 또는 연계 설계서', en: 'Agreement on the link, or its design' },
    }),
    rule('condition-refer', '2018-02-08', null, SEOUL_2018, 'certain', {
      code: 'refer',
      text: { ko: '기존 유사시스템의 기능과 사례를 참고할 것', en: 'Refer to the functions of existing similar systems' },
      evidence: { ko: '비교 검토서', en: 'Comparison' },
    }),
    rule('condition-use-data', '2018-02-08', null, SEOUL_2018, 'certain', {
      code: 'use-data',
      text: { ko: '다른 정보시스템이 보유한 데이터를 활용할 것', en: 'Use the data that other systems hold' },
      evidence: { ko: '데이터 공동이용 신청 또는 승인 결과', en: 'Application for, or grant of, shared use' },
    }),
  ],
  materialChanges: [
    rule('material-budget', '2010-01-01', null, '공개 자료에 없음', 'inferred', { kind: 'budget-changes-by', share: 0.2 }),
    rule('material-new-function', '2010-01-01', null, '공개 자료에 없음', 'inferred', { kind: 'new-function' }),
    rule('material-new-app', '2010-01-01', null, '공개 자료에 없음', 'inferred', { kind: 'new-app' }),
  ],
  objections: [
    rule('objection-days', '2010-01-01', null, '공개 자료에 없음; 민원 처리에 관한 법률의 이의신청 기간을 참고', 'inferred', {
      withinDays: 60,
    }),
  ],
  progressReports: [
    rule('progress-quarterly', '2010-01-01', null, '전자신문(2005): 분기 종료 후 15일 이내 진척률 평가', 'certain', {
      withinDays: 15,
    }),
  ],
  performanceBands: [
    rule('performance-system-keep', '2010-01-01', null, OPERATION_MEASURE, 'partly-supported', {
      of: 'system',
      from: 60,
      finding: 'keep',
    }),
    rule('performance-system-consolidate', '2010-01-01', null, OPERATION_MEASURE, 'partly-supported', {
      of: 'system',
      from: 40,
      finding: 'consolidate',
    }),
    rule('performance-system-retire', '2010-01-01', null, OPERATION_MEASURE, 'partly-supported', {
      of: 'system',
      from: 0,
      finding: 'retire',
    }),
    rule('performance-app-keep', '2010-01-01', null, APP_MEASURE, 'certain', { of: 'public-app', from: 70, finding: 'keep' }),
    rule('performance-app-improve', '2010-01-01', null, APP_MEASURE, 'certain', {
      of: 'public-app',
      from: 60,
      finding: 'improve',
    }),
    rule('performance-app-retire', '2010-01-01', null, APP_MEASURE, 'certain', { of: 'public-app', from: 0, finding: 'retire' }),
  ],
};

function rule<Value>(
  id: string,
  from: string,
  to: string | null,
  source: string,
  certainty: Certainty,
  value: Value,
): Dated<Value> {
  return { id, from, to, source, certainty, value };
}

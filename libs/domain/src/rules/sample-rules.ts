import type { Certainty, Dated, RuleBook } from './rule-book.js';

const GUIDE_2024 = '2024년 정보화사업 사전협의 안내자료(배포용) 28쪽';
const SEOUL_2018 = '서울특별시, 2018년 정보화사업 사전협의 운영 결과보고';
const NEWS_2017 = '행정자치부 보도(2017. 3. 29.)';
const NEWS_2023 = '전자신문 사설(2023. 7. 16.)';
const GUIDELINE_16 = '전자정부 성과관리 지침 제16조(전자신문 2023. 9. 18. 인용)';

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

import type { RuleBook } from './rule-book.js';

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
    {
      ...{ id: 'subjects-2010', from: '2010-01-01', to: '2017-03-28', source: NEWS_2017, certainty: 'certain' },
      value: { tiers: ['CENTRAL', 'METROPOLITAN', 'BASIC_LOCAL'] },
    },
    {
      ...{ id: 'subjects-2017', from: '2017-03-29', to: '2022-12-31', source: NEWS_2017, certainty: 'certain' },
      value: { tiers: ['CENTRAL', 'METROPOLITAN', 'BASIC_LOCAL', 'PUBLIC_INSTITUTION', 'LOCAL_PUBLIC_CORP'] },
    },
    {
      ...{ id: 'subjects-2023', from: '2023-01-01', to: null, source: '행정안전부 설명(2023. 7. 17.)', certainty: 'certain' },
      value: { tiers: ['CENTRAL', 'METROPOLITAN', 'BASIC_LOCAL', 'PUBLIC_INSTITUTION', 'LOCAL_PUBLIC_CORP', 'EDUCATION_OFFICE'] },
    },
  ],
  thresholds: [
    {
      ...{ id: 'threshold-central-2010', from: '2010-01-01', to: '2022-12-31', source: NEWS_2017, certainty: 'certain' },
      value: { tiers: ['CENTRAL'], krw: 2_000_000_000 },
    },
    {
      ...{ id: 'threshold-public-2017', from: '2017-03-29', to: '2022-12-31', source: NEWS_2017, certainty: 'certain' },
      value: { tiers: ['PUBLIC_INSTITUTION'], krw: 2_000_000_000 },
    },
    {
      ...{ id: 'threshold-central-2023', from: '2023-01-01', to: '2023-12-31', source: NEWS_2023, certainty: 'certain' },
      value: { tiers: ['CENTRAL', 'PUBLIC_INSTITUTION'], krw: 1_000_000_000 },
    },
    {
      ...{ id: 'threshold-central-2024', from: '2024-01-01', to: null, source: GUIDE_2024, certainty: 'partly-supported' },
      value: { tiers: ['CENTRAL', 'PUBLIC_INSTITUTION'], krw: 1_000_000_000 },
    },
    {
      ...{
        id: 'threshold-metropolitan-2010',
        from: '2010-01-01',
        to: '2023-12-31',
        source: `${NEWS_2017}; ${SEOUL_2018}; ${NEWS_2023}`,
        certainty: 'certain',
      },
      value: { tiers: ['METROPOLITAN'], krw: 100_000_000 },
    },
    {
      ...{ id: 'threshold-metropolitan-2024', from: '2024-01-01', to: null, source: GUIDE_2024, certainty: 'partly-supported' },
      value: { tiers: ['METROPOLITAN'], krw: 200_000_000 },
    },
    {
      ...{ id: 'threshold-basic-2010', from: '2010-01-01', to: '2018-02-07', source: NEWS_2017, certainty: 'certain' },
      value: { tiers: ['BASIC_LOCAL'], krw: 40_000_000 },
    },
    {
      ...{
        id: 'threshold-basic-2018',
        from: '2018-02-08',
        to: '2023-12-31',
        source: `${SEOUL_2018}; ${NEWS_2023}`,
        certainty: 'certain',
      },
      value: { tiers: ['BASIC_LOCAL'], krw: 50_000_000 },
    },
    {
      ...{ id: 'threshold-basic-2024', from: '2024-01-01', to: null, source: GUIDE_2024, certainty: 'partly-supported' },
      value: { tiers: ['BASIC_LOCAL'], krw: 100_000_000 },
    },
    // No source states the amount for the education offices that joined in 2023; they rank with the 시·도.
    {
      ...{
        id: 'threshold-education-2023',
        from: '2023-01-01',
        to: '2023-12-31',
        source: '시·도 기준을 준용',
        certainty: 'inferred',
      },
      value: { tiers: ['EDUCATION_OFFICE'], krw: 100_000_000 },
    },
    {
      ...{ id: 'threshold-education-2024', from: '2024-01-01', to: null, source: '시·도 기준을 준용', certainty: 'inferred' },
      value: { tiers: ['EDUCATION_OFFICE'], krw: 200_000_000 },
    },
  ],
  overrides: [
    {
      ...{
        id: 'override-new-project',
        from: '2018-02-08',
        to: null,
        source: `${SEOUL_2018}; ${NEWS_2023}; ${GUIDE_2024}`,
        certainty: 'certain',
      },
      value: { kind: 'new-project' },
    },
    {
      ...{
        id: 'override-isp',
        from: '2018-02-08',
        to: null,
        source: `${SEOUL_2018}; ${NEWS_2023}; ${GUIDE_2024}`,
        certainty: 'certain',
      },
      value: { kind: 'project-kind', kinds: ['isp'] },
    },
    {
      ...{ id: 'override-planning', from: '2024-01-01', to: null, source: GUIDE_2024, certainty: 'partly-supported' },
      value: { kind: 'project-kind', kinds: ['bpr', 'ismp'] },
    },
    {
      ...{ id: 'override-results-from-isp', from: '2024-01-01', to: null, source: GUIDE_2024, certainty: 'partly-supported' },
      value: { kind: 'results-from-isp' },
    },
    {
      ...{ id: 'override-homepage-or-app', from: '2024-01-01', to: null, source: GUIDE_2024, certainty: 'partly-supported' },
      value: { kind: 'project-kind', kinds: ['homepage', 'mobile-app'] },
    },
    {
      ...{ id: 'override-software-development', from: '2024-01-01', to: null, source: GUIDE_2024, certainty: 'partly-supported' },
      value: { kind: 'software-development-from', krw: 200_000_000 },
    },
    {
      ...{
        id: 'override-cloud-with-new-functions',
        from: '2023-07-17',
        to: '2023-12-31',
        source: '행정안전부 설명(2023. 7. 17.)',
        certainty: 'certain',
      },
      value: { kind: 'project-kind', kinds: ['cloud-migration'], onlyWithNewFunctions: true },
    },
    {
      ...{ id: 'override-cloud', from: '2024-01-01', to: null, source: GUIDE_2024, certainty: 'partly-supported' },
      value: { kind: 'project-kind', kinds: ['cloud-migration'] },
    },
  ],
  exclusions: [
    {
      ...{ id: 'exclusion-kinds-2018', from: '2018-02-08', to: null, source: SEOUL_2018, certainty: 'certain' },
      value: {
        kind: 'project-kind',
        kinds: ['maintenance', 'hardware-replacement', 'commercial-software', 'web-accessibility', 'digital-divide'],
      },
    },
    {
      ...{ id: 'exclusion-own-income-2024', from: '2024-01-01', to: null, source: GUIDE_2024, certainty: 'partly-supported' },
      value: { kind: 'own-income-only' },
    },
  ],
  reviewDays: [
    {
      ...{ id: 'days-standard', from: '2010-01-01', to: null, source: GUIDELINE_16, certainty: 'certain' },
      value: { track: 'standard', days: 30 },
    },
    {
      ...{ id: 'days-isp', from: '2010-01-01', to: null, source: GUIDELINE_16, certainty: 'certain' },
      value: { track: 'isp', days: 7 },
    },
    {
      ...{ id: 'days-fast', from: '2023-07-01', to: null, source: '신속처리제(일요신문 2023. 7.)', certainty: 'certain' },
      value: { track: 'fast', days: 10 },
    },
  ],
  routing: [
    {
      ...{
        id: 'routing-ministry',
        from: '2010-01-01',
        to: null,
        source: `${SEOUL_2018}; 행정안전부 설명(2023. 7. 17.)`,
        certainty: 'certain',
      },
      value: { tiers: ['CENTRAL', 'PUBLIC_INSTITUTION', 'EDUCATION_OFFICE', 'METROPOLITAN'], reviewer: 'ministry' },
    },
    {
      ...{ id: 'routing-province', from: '2010-01-01', to: null, source: SEOUL_2018, certainty: 'certain' },
      value: { tiers: ['BASIC_LOCAL'], reviewer: 'province' },
    },
  ],
  attachments: [
    {
      ...{
        id: 'attachment-plan',
        from: '2010-01-01',
        to: null,
        source: '전자정부법 시행령(인용)',
        certainty: 'partly-supported',
      },
      value: { name: '사업계획서', required: true },
    },
    {
      ...{ id: 'attachment-rfp', from: '2010-01-01', to: null, source: '신속처리제(일요신문 2023. 7.)', certainty: 'certain' },
      value: { name: '제안요청서(안)', required: true },
    },
  ],
};

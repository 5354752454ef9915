import type { AgencyTier } from '../agency/events.js';
import type { Message } from '../kernel/errors.js';
import { inForce, PROJECT_KINDS, type Dated, type ProjectKind, type RuleBook } from './rule-book.js';
import type { ProjectFacts, Reason } from './target.js';

/** What an answer is about: a fact that the rules read, or whether the project is for disaster safety, which decides the track. */
export type AskedFact = Exclude<keyof ProjectFacts, 'tier' | 'ownerTier'> | 'isDisasterSafety';

/** One plain question of the wizard (대상여부 판정), asked because some rule of the day reads the answer. */
export interface EligibilityQuestion {
  readonly fact: AskedFact;
  readonly answer: 'choice' | 'yes-no' | 'won';
  readonly text: Message;
  readonly why: Message;
  /** Of a `choice` only; empty otherwise. */
  readonly choices: readonly { readonly value: ProjectKind; readonly text: Message }[];
  /** The rules that read the answer, with their dates and sources. */
  readonly rules: readonly Omit<Reason, 'text'>[];
}

/**
 * The questions that the rules of a day ask an agency of that tier, in the order in which they are asked. None when the tier need not consult
 * on that day at all.
 */
export function questionsOn(
  book: RuleBook,
  on: string,
  { tier, ownerTier }: { readonly tier: AgencyTier; readonly ownerTier: AgencyTier | null },
): readonly EligibilityQuestion[] {
  if (!inForce(book.subjects, on).some(({ value }) => value.tiers.includes(tier))) return [];
  const overrides = inForce(book.overrides, on);
  const exclusions = inForce(book.exclusions, on);
  const local = tier === 'LOCAL_PUBLIC_CORP' ? ownerTier : tier;
  const readers: Readonly<Record<AskedFact, readonly Dated<unknown>[]>> = {
    kind: [
      ...overrides.filter(({ value }) => value.kind === 'project-kind'),
      ...exclusions.filter(({ value }) => value.kind === 'project-kind'),
      ...inForce(book.reviewDays, on).filter(({ value }) => value.track === 'isp'),
    ],
    isNew: overrides.filter(({ value }) => value.kind === 'new-project'),
    hasNewFunctions: overrides.filter(({ value }) => value.kind === 'project-kind' && value.onlyWithNewFunctions === true),
    resultsFromIsp: overrides.filter(({ value }) => value.kind === 'results-from-isp'),
    totalBudgetKrw: inForce(book.thresholds, on).filter(({ value }) => local === null || value.tiers.includes(local)),
    softwareDevelopmentKrw: overrides.filter(({ value }) => value.kind === 'software-development-from'),
    ownIncomeOnly: exclusions.filter(({ value }) => value.kind === 'own-income-only'),
    isDisasterSafety: inForce(book.reviewDays, on).filter(({ value }) => value.track === 'fast'),
  };
  return QUESTIONS.flatMap(({ fact, answer, text, why }) => {
    const rules = readers[fact];
    if (rules.length === 0) return [];
    return [
      {
        ...{ fact, answer, text, why },
        choices: fact === 'kind' ? PROJECT_KINDS.map((value) => ({ value, text: projectKindNames[value] })) : [],
        rules: rules.map(({ id, from, to, source, certainty }) => ({ rule: id, from, to, source, certainty })),
      },
    ];
  });
}

const QUESTIONS: readonly Pick<EligibilityQuestion, 'fact' | 'answer' | 'text' | 'why'>[] = [
  {
    fact: 'kind',
    answer: 'choice',
    text: { ko: '어떤 사업입니까?', en: 'What kind of project is it?' },
    why: {
      ko: '유형에 따라 금액과 관계없이 대상이거나 제외대상이고, 처리기간이 다릅니다.',
      en: 'Some kinds are targets at any cost, some are excluded, and some have fewer days.',
    },
  },
  {
    fact: 'isNew',
    answer: 'yes-no',
    text: { ko: '올해 처음 하는 신규사업입니까?', en: 'Is it a new project, not the continuation of another?' },
    why: { ko: '신규사업은 금액과 관계없이 대상입니다.', en: 'A new project is a target at any cost.' },
  },
  {
    fact: 'hasNewFunctions',
    answer: 'yes-no',
    text: { ko: '새로운 기능을 개발합니까?', en: 'Does it develop new functions?' },
    why: {
      ko: '옮기기만 하는 사업은 새 기능을 개발할 때 대상이 됩니다.',
      en: 'A project that only moves a system is a target when it develops new functions.',
    },
  },
  {
    fact: 'resultsFromIsp',
    answer: 'yes-no',
    text: { ko: '정보화전략계획(ISP) 결과에 따라 구축합니까?', en: 'Does it build what an ISP has planned?' },
    why: { ko: 'ISP에 따른 구축사업은 금액과 관계없이 대상입니다.', en: 'What follows from an ISP is a target at any cost.' },
  },
  {
    fact: 'totalBudgetKrw',
    answer: 'won',
    text: { ko: '총사업비는 얼마입니까?', en: 'What does the whole project cost?' },
    why: { ko: '기관 구분별 기준금액 이상이면 대상입니다.', en: 'From the threshold of the agency’s tier on it is a target.' },
  },
  {
    fact: 'softwareDevelopmentKrw',
    answer: 'won',
    text: { ko: '그 가운데 SW개발비는 얼마입니까?', en: 'How much of that is software development?' },
    why: {
      ko: 'SW개발비가 일정 금액 이상이면 총사업비와 관계없이 대상입니다.',
      en: 'From a certain cost of software development on it is a target whatever the whole costs.',
    },
  },
  {
    fact: 'ownIncomeOnly',
    answer: 'yes-no',
    text: {
      ko: '출연금·보조금 없이 기관 자체 수입만으로 합니까?',
      en: 'Is it paid from the institution’s own income alone, without contributions or subsidies?',
    },
    why: { ko: '자체 수입만으로 하는 사업은 대상이 아닙니다.', en: 'Such a project is no target.' },
  },
  {
    fact: 'isDisasterSafety',
    answer: 'yes-no',
    text: { ko: '재난·안전 분야 사업입니까?', en: 'Is it a project for disaster safety?' },
    why: {
      ko: '중복이 없는 재난·안전 사업은 신속처리 대상입니다.',
      en: 'Such a project, without an overlap, is on the fast track.',
    },
  },
];

/** 사업유형, in words. */
export const projectKindNames: Readonly<Record<ProjectKind, Message>> = {
  isp: { ko: '정보화전략계획(ISP)', en: 'Information strategy plan (ISP)' },
  bpr: { ko: '업무재설계(BPR)', en: 'Process redesign (BPR)' },
  ismp: { ko: '정보시스템 마스터플랜(ISMP)', en: 'System master plan (ISMP)' },
  build: { ko: '시스템 구축', en: 'Building a system' },
  enhancement: { ko: '고도화·기능개선', en: 'Enhancing a system' },
  homepage: { ko: '홈페이지 구축·개편', en: 'Home page' },
  'mobile-app': { ko: '모바일 앱', en: 'Mobile app' },
  'cloud-migration': { ko: '클라우드 전환', en: 'Move to the cloud' },
  database: { ko: 'DB 구축', en: 'Building a database' },
  maintenance: { ko: '단순 유지관리·운영', en: 'Maintenance and operation' },
  'hardware-replacement': { ko: '노후장비 교체·단순 하드웨어 구매', en: 'Replacing hardware' },
  'commercial-software': { ko: '상용SW 구매', en: 'Buying commercial software' },
  'web-accessibility': { ko: '웹 접근성 향상', en: 'Improving accessibility' },
  'digital-divide': { ko: '정보격차 해소', en: 'Closing the digital divide' },
};

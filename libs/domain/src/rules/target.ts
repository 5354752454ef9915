import type { AgencyTier } from '../agency/events.js';
import { officialDate } from '../kernel/date.js';
import type { Message } from '../kernel/errors.js';
import { inForce, type Dated, type OverrideCriterion, type ProjectKind, type RuleBook } from './rule-book.js';

/** What the rules ask about a project. Null: not known. */
export interface ProjectFacts {
  readonly tier: AgencyTier;
  /** The tier of the agency that owns a local public corporation; null for others. */
  readonly ownerTier: AgencyTier | null;
  readonly kind: ProjectKind;
  /** 신규 (true) or 계속 (false). */
  readonly isNew: boolean;
  readonly hasNewFunctions: boolean | null;
  readonly resultsFromIsp: boolean | null;
  readonly totalBudgetKrw: number | null;
  readonly softwareDevelopmentKrw: number | null;
  /** Paid from the institution's own income alone, without 출연금 or 보조금. */
  readonly ownIncomeOnly: boolean | null;
}

/** A rule that the answer rests on, or that could not be applied. */
export interface Reason {
  readonly rule: string;
  readonly from: string;
  readonly to: string | null;
  readonly source: string;
  readonly certainty: Dated<unknown>['certainty'];
  readonly text: Message;
}

/** `unknown`: the answer hangs on facts that `missing` names; when it names none, the book has no amount for the tier on that day. */
export interface TargetAnswer {
  readonly target: 'target' | 'exempt' | 'unknown';
  readonly reasons: readonly Reason[];
  readonly missing: readonly (keyof ProjectFacts)[];
}

/**
 * Would this project have had to be consulted on that legal date, and by which rule (대상여부 판정)? Exclusions go first, then what is a target
 * at any cost, then the amount. Every rule that applies is given, with its dates and source; a missing fact leaves the answer open only when
 * it would decide.
 */
export function isTarget(project: ProjectFacts, on: string, book: RuleBook): TargetAnswer {
  const subject = inForce(book.subjects, on).find(({ value }) => value.tiers.includes(project.tier));
  if (subject === undefined) {
    return { target: 'exempt', missing: [], reasons: notSubject(on, book) };
  }

  const exclusions = inForce(book.exclusions, on).map((rule) => {
    const { value } = rule;
    switch (value.kind) {
      case 'project-kind':
        return { rule, holds: value.kinds.includes(project.kind), fact: 'kind' as const, text: EXCLUDED_KIND };
      case 'own-income-only':
        return { rule, holds: project.ownIncomeOnly, fact: 'ownIncomeOnly' as const, text: OWN_INCOME };
      default: {
        const never: never = value;
        return never;
      }
    }
  });
  const excluded = exclusions.filter(({ holds }) => holds === true);
  if (excluded.length > 0) {
    return { target: 'exempt', missing: [], reasons: excluded.map(({ rule, text }) => reason(rule, text)) };
  }

  const overrides = inForce(book.overrides, on).map((rule) => ({ rule, ...applied(rule.value, project) }));
  const threshold = thresholdOf(project, on, book);
  const applying = [
    ...overrides.filter(({ holds }) => holds === true).map(({ rule, text }) => reason(rule, text)),
    ...(threshold?.reached === true ? [reason(threshold.rule, threshold.text)] : []),
  ];
  const openExclusions = exclusions.filter(({ holds }) => holds === null);
  if (applying.length > 0) {
    return openExclusions.length === 0
      ? { target: 'target', missing: [], reasons: applying }
      : { target: 'unknown', missing: openExclusions.map(({ fact }) => fact), reasons: applying };
  }

  // A tier that has to consult, and no amount for it: the book is incomplete, and nobody should be let off by a gap.
  if (threshold === null) return { target: 'unknown', missing: [], reasons: [] };
  const reasons = [reason(threshold.rule, threshold.text)];
  const open = [
    ...overrides.filter(({ holds }) => holds === null).map(({ fact }) => fact),
    ...(threshold.reached === null ? [threshold.missing] : []),
  ];
  return open.length > 0
    ? { target: 'unknown', missing: [...new Set(open)], reasons }
    : { target: 'exempt', missing: [], reasons };
}

interface Applied {
  /** Null when the fact is not known. */
  readonly holds: boolean | null;
  readonly fact: keyof ProjectFacts;
  readonly text: Message;
}

function applied(criterion: OverrideCriterion, project: ProjectFacts): Applied {
  switch (criterion.kind) {
    case 'new-project':
      return {
        holds: project.isNew,
        fact: 'isNew',
        text: { ko: '신규사업은 금액과 관계없이 대상이다.', en: 'A new project is a target at any cost.' },
      };
    case 'project-kind': {
      const listed = criterion.kinds.includes(project.kind);
      const text = { ko: '이 유형의 사업은 금액과 관계없이 대상이다.', en: 'A project of this kind is a target at any cost.' };
      if (!listed || criterion.onlyWithNewFunctions !== true) return { holds: listed, fact: 'kind', text };
      return {
        ...{ holds: project.hasNewFunctions, fact: 'hasNewFunctions' },
        text: {
          ko: '이 유형의 사업에 신규 기능 개발이 있으면 대상이다.',
          en: 'A project of this kind is a target when it develops new functions.',
        },
      };
    }
    case 'results-from-isp':
      return {
        ...{ holds: project.resultsFromIsp, fact: 'resultsFromIsp' },
        text: {
          ko: '정보화전략계획(ISP)에 따른 구축사업은 금액과 관계없이 대상이다.',
          en: 'A build that follows from an ISP is a target at any cost.',
        },
      };
    case 'software-development-from': {
      const cost = project.softwareDevelopmentKrw;
      return {
        ...{ holds: cost === null ? null : cost >= criterion.krw, fact: 'softwareDevelopmentKrw' },
        text: {
          ko: `SW개발비가 ${won(criterion.krw)} 이상이면 대상이다.`,
          en: `Software development of ${won(criterion.krw)} or more makes it a target.`,
        },
      };
    }
    default: {
      const never: never = criterion;
      return never;
    }
  }
}

function thresholdOf(project: ProjectFacts, on: string, book: RuleBook) {
  const tier = project.tier === 'LOCAL_PUBLIC_CORP' ? project.ownerTier : project.tier;
  const tables = inForce(book.thresholds, on);
  const rule = tables.find(({ value }) => tier !== null && value.tiers.includes(tier));
  if (rule === undefined) {
    const [any] = tables;
    if (tier !== null || any === undefined) return null;
    const text = {
      ko: '지방공기업은 소속 지방자치단체의 기준을 따르는데 그 구분을 알 수 없다.',
      en: 'A local public corporation follows the tier that owns it, which is not given.',
    };
    return { rule: any, reached: null, missing: 'ownerTier' as const, text };
  }
  const { krw } = rule.value;
  const cost = project.totalBudgetKrw;
  if (cost === null) {
    const text = {
      ko: `기준금액은 ${won(krw)}인데 사업비를 알 수 없다.`,
      en: `The threshold is ${won(krw)}, but the cost is not known.`,
    };
    return { rule, reached: null, missing: 'totalBudgetKrw' as const, text };
  }
  const reached = cost >= krw;
  const text = reached
    ? {
        ko: `사업비 ${won(cost)}이 기준금액 ${won(krw)} 이상이다.`,
        en: `The cost of ${won(cost)} reaches the threshold of ${won(krw)}.`,
      }
    : {
        ko: `사업비 ${won(cost)}이 기준금액 ${won(krw)}에 못 미친다.`,
        en: `The cost of ${won(cost)} is below the threshold of ${won(krw)}.`,
      };
  return { rule, reached, missing: 'totalBudgetKrw' as const, text };
}

const EXCLUDED_KIND: Message = { ko: '이 유형의 사업은 사전협의 제외대상이다.', en: 'A project of this kind is excluded.' };
const OWN_INCOME: Message = {
  ko: '출연금·보조금 없이 기관 자체 수입만으로 하는 사업은 대상이 아니다.',
  en: 'A project paid from the institution’s own income alone is no target.',
};

/** The rules in force that do not name the tier; none when no rule was in force at all. */
function notSubject(on: string, book: RuleBook): readonly Reason[] {
  return inForce(book.subjects, on).map((rule) =>
    reason(rule, {
      ko: `${officialDate(on)} 현재 이 구분의 기관은 사전협의 대상기관이 아니다.`,
      en: `On ${officialDate(on)} agencies of this tier did not have to consult.`,
    }),
  );
}

function reason(rule: Dated<unknown>, text: Message): Reason {
  const { id, from, to, source, certainty } = rule;
  return { rule: id, from, to, source, certainty, text };
}

/** Whole won with thousands separators: `1,000,000,000원`. */
function won(krw: number): string {
  return `${String(krw).replace(/\B(?=(\d{3})+$)/g, ',')}원`;
}

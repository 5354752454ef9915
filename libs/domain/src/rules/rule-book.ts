import type { AgencyTier } from '../agency/events.js';
import type { ReviewTrack } from '../consultation/events.js';
import { addDays, officialDate } from '../kernel/date.js';
import { RuleViolated } from '../kernel/errors.js';

/**
 * How well a rule is attested: read in the text itself; read in one secondary source or a partial quotation; inferred where the sources are
 * silent; common knowledge of the law, not read again. Nothing but the first may be printed as the law.
 */
export type Certainty = 'certain' | 'partly-supported' | 'inferred' | 'general-knowledge';

/** A rule while it is in force: from the first day up to and including the last, which is null while it goes on. */
export interface Dated<Value> {
  /** Stable name within its table: what an assessment cites. */
  readonly id: string;
  readonly from: string;
  readonly to: string | null;
  readonly value: Value;
  readonly source: string;
  readonly certainty: Certainty;
}

/** What a project is, as far as the rules ask. */
export type ProjectKind =
  | 'isp'
  | 'bpr'
  | 'ismp'
  | 'build'
  | 'enhancement'
  | 'homepage'
  | 'mobile-app'
  | 'cloud-migration'
  | 'database'
  | 'maintenance'
  | 'hardware-replacement'
  | 'commercial-software'
  | 'web-accessibility'
  | 'digital-divide';

/** Targets whatever they cost. */
export type OverrideCriterion =
  | { readonly kind: 'new-project' }
  | { readonly kind: 'project-kind'; readonly kinds: readonly ProjectKind[]; readonly onlyWithNewFunctions?: boolean }
  | { readonly kind: 'results-from-isp' }
  | { readonly kind: 'software-development-from'; readonly krw: number };

/** Not targets. */
export type ExclusionCriterion =
  { readonly kind: 'project-kind'; readonly kinds: readonly ProjectKind[] } | { readonly kind: 'own-income-only' };

/**
 * The rules of the process with the dates on which each was in force. A rule is never edited when the law changes: it gets a last day,
 * and the new one follows.
 */
export interface RuleBook {
  readonly id: string;
  /** Which tiers have to consult at all. */
  readonly subjects: readonly Dated<{ readonly tiers: readonly AgencyTier[] }>[];
  /** From this total cost on a project is a target. Local public corporations stand with the tier that owns them. */
  readonly thresholds: readonly Dated<{ readonly tiers: readonly AgencyTier[]; readonly krw: number }>[];
  readonly overrides: readonly Dated<OverrideCriterion>[];
  readonly exclusions: readonly Dated<ExclusionCriterion>[];
  readonly reviewDays: readonly Dated<{ readonly track: ReviewTrack; readonly days: number }>[];
  /** Who reviews: the ministry, or the 시·도 above the applicant. */
  readonly routing: readonly Dated<{ readonly tiers: readonly AgencyTier[]; readonly reviewer: 'ministry' | 'province' }>[];
  readonly attachments: readonly Dated<{ readonly name: string; readonly required: boolean }>[];
}

/** The rules of a table that are in force on a legal date. */
export function inForce<Value>(table: readonly Dated<Value>[], on: string): readonly Dated<Value>[] {
  return table.filter(({ from, to }) => from <= on && (to === null || on <= to));
}

/**
 * Names the rules in force on a day, to be frozen into a case at receipt: the book and the day of the last change before it, so that two cases
 * with the same name were judged by the same rules.
 */
export function ruleSetOn(book: RuleBook, on: string): string {
  const tables: readonly (readonly Dated<unknown>[])[] = [
    ...[book.subjects, book.thresholds, book.overrides, book.exclusions],
    ...[book.reviewDays, book.routing, book.attachments],
  ];
  const changes = tables.flat().flatMap(({ from, to }) => (to === null ? [from] : [from, addDays(to, 1)]));
  const last = changes
    .filter((change) => change <= on)
    .sort()
    .at(-1);
  return `${book.id}@${last ?? 'before'}`;
}

/** Days from receipt that each track has; a track without days of its own has those of the standard review. */
export type ReviewDays = Readonly<Partial<Record<ReviewTrack, number>>> & { readonly standard: number };

/**
 * The review days in force on a day.
 * @throws RuleViolated `no-rule-in-force` when the book says nothing about that day
 */
export function reviewDaysOn(book: RuleBook, on: string): ReviewDays {
  const days = new Map(inForce(book.reviewDays, on).map(({ value }) => [value.track, value.days]));
  const standard = days.get('standard');
  if (standard === undefined) throw noRule(on);
  return { ...Object.fromEntries(days), standard };
}

/**
 * Who reviews an applicant of that tier on a day, and by which rule. A local public corporation goes where its owner goes.
 * @throws RuleViolated `no-rule-in-force` when the book names no reviewer
 */
export function reviewerOn(
  book: RuleBook,
  on: string,
  applicant: { readonly tier: AgencyTier; readonly ownerTier: AgencyTier | null },
): RuleBook['routing'][number] {
  const tier = applicant.tier === 'LOCAL_PUBLIC_CORP' ? applicant.ownerTier : applicant.tier;
  const rule = inForce(book.routing, on).find(({ value }) => tier !== null && value.tiers.includes(tier));
  if (rule === undefined) throw noRule(on);
  return rule;
}

function noRule(on: string): RuleViolated {
  return new RuleViolated('no-rule-in-force', {
    ko: `${officialDate(on)}에 적용할 규칙이 없습니다. 그날의 규칙을 먼저 등록하세요.`,
    en: `No rule is in force on ${officialDate(on)}. Enter the rule of that day first.`,
  });
}

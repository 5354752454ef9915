import type { AgencyTier } from '../agency/events.js';
import type { RequestType, ReviewTrack } from '../consultation/events.js';
import { addDays, officialDate } from '../kernel/date.js';
import { RuleViolated, type Message } from '../kernel/errors.js';
import { lastDayOf } from '../kernel/quarter.js';

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
export const PROJECT_KINDS = [
  'isp',
  'bpr',
  'ismp',
  'build',
  'enhancement',
  'homepage',
  'mobile-app',
  'cloud-migration',
  'database',
  'maintenance',
  'hardware-replacement',
  'commercial-software',
  'web-accessibility',
  'digital-divide',
] as const;
export type ProjectKind = (typeof PROJECT_KINDS)[number];

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
  /** Which agency `ministry` means, and which one reviews the ministry's own projects: nobody reviews their own. */
  readonly ministry: readonly Dated<{ readonly agency: string; readonly standIn: string }>[];
  readonly dayCounting: readonly Dated<DayCounting>[];
  /** Shares of the review days after which the authority is warned, above 0 and below 1. */
  readonly warnings: readonly Dated<{ readonly share: number }>[];
  /** What a review looks at (검토항목). */
  readonly checklist: readonly Dated<{ readonly number: number; readonly name: Message }>[];
  /** How many days the applicant has for each kind of request, and how many days before the end it is reminded. */
  readonly requests: readonly Dated<{
    readonly request: RequestType;
    readonly respondWithinDays: number;
    readonly remindDaysBefore: readonly number[];
  }>[];
  /** Conditions that decisions take over word by word. */
  readonly conditions: readonly Dated<{ readonly code: string; readonly text: Message; readonly evidence: Message }>[];
  /** From where on a change of a decided project has to be consulted again. */
  readonly materialChanges: readonly Dated<MaterialChange>[];
  /** Until how many days after the letter the applicant may object (이의). */
  readonly objections?: readonly Dated<{ readonly withinDays: number }>[];
  // Tables that the first rule sets on record do not have: absent there, never empty by decree.
  /** Within how many days after a quarter its progress is reported (분기 종료 후 15일). */
  readonly progressReports?: readonly Dated<{ readonly withinDays: number }>[];
  /** What follows from a measured performance: the band with the highest `from` that the score reaches. */
  readonly performanceBands?: readonly Dated<PerformanceBand>[];
}

/** What is measured: a system in operation, or a public app, each by its own bands. */
export type MeasuredKind = 'system' | 'public-app';
export const MEASURED_KINDS: readonly MeasuredKind[] = ['system', 'public-app'];

export interface PerformanceBand {
  readonly of: MeasuredKind;
  /** The least score of the band, 0 to 100. */
  readonly from: number;
  readonly finding: PerformanceFinding;
}

/** 유지, 개선권고, 통폐합·재구축 등 정비, 폐기. */
export type PerformanceFinding = 'keep' | 'improve' | 'consolidate' | 'retire';
export const PERFORMANCE_FINDINGS: readonly PerformanceFinding[] = ['keep', 'improve', 'consolidate', 'retire'];

/** The rules without the name of the version that holds them. */
export type RuleTables = Omit<RuleBook, 'id'>;

/** How the days of a review are counted (민법 제157조, 제161조). */
export interface DayCounting {
  /** Whether the day of receipt is the first day. */
  readonly countsFirstDay: boolean;
  /** What becomes of a last day on which offices are closed. */
  readonly closedLastDay: 'moves-to-working-day' | 'stays';
}

export type MaterialChange =
  | { readonly kind: 'budget-changes-by'; readonly share: number }
  | { readonly kind: 'new-function' }
  | { readonly kind: 'new-app' };

/** The rules of a table that are in force on a legal date. */
export function inForce<Value>(table: readonly Dated<Value>[], on: string): readonly Dated<Value>[] {
  return table.filter(({ from, to }) => from <= on && (to === null || on <= to));
}

/**
 * Names the rules in force on a day, to be frozen into a case at receipt: the book and the day of the last change before it, so that two cases
 * with the same name were judged by the same rules.
 */
export function ruleSetOn(book: RuleBook, on: string): string {
  const { id: _, ...tables } = book;
  const changes = changesOf(tables);
  const last = changes
    .filter((change) => change <= on)
    .sort()
    .at(-1);
  return `${book.id}@${last ?? 'before'}`;
}

/** The days on which some rule begins, or is in force no longer; not in order. */
export function changesOf(tables: RuleTables): readonly string[] {
  const rules = Object.values<readonly Dated<unknown>[] | undefined>(tables).flatMap((table) => table ?? []);
  return rules.flatMap(({ from, to }) => (to === null ? [from] : [from, addDays(to, 1)]));
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

/**
 * Which agency `ministry` means on a day, and who reviews that agency's own projects.
 * @throws RuleViolated `no-rule-in-force` when the book does not say
 */
export function ministryOn(book: RuleBook, on: string): RuleBook['ministry'][number] {
  const [rule] = inForce(book.ministry, on);
  if (rule === undefined) throw noRule(on);
  return rule;
}

/**
 * How days are counted on a day.
 * @throws RuleViolated `no-rule-in-force` when the book does not say
 */
export function dayCountingOn(book: RuleBook, on: string): DayCounting {
  const [rule] = inForce(book.dayCounting, on);
  if (rule === undefined) throw noRule(on);
  return rule.value;
}

/** How an applicant is asked: how many days it has to answer, and how many days before the last one it is reminded, longest first. */
export interface RequestTerms {
  readonly respondWithinDays: number;
  readonly remindDaysBefore: readonly number[];
}

/**
 * The terms of a bundle of requests on a day: the applicant has as long as the slowest kind in it gives, and is reminded as each kind says.
 * @throws RuleViolated `no-rule-in-force` when the book says nothing about one of the kinds
 */
export function requestTermsOn(book: RuleBook, on: string, kinds: readonly RequestType[]): RequestTerms {
  const terms = kinds.map((kind) => {
    const rule = inForce(book.requests, on).find(({ value }) => value.request === kind);
    if (rule === undefined) throw noRule(on);
    return rule.value;
  });
  return {
    respondWithinDays: Math.max(...terms.map(({ respondWithinDays }) => respondWithinDays)),
    remindDaysBefore: [...new Set(terms.flatMap(({ remindDaysBefore }) => remindDaysBefore))].sort((a, b) => b - a),
  };
}

/** Shares of the review days at which a warning is due, smallest first; none when the book has none. */
export function warningSharesOn(book: RuleBook, on: string): readonly number[] {
  return inForce(book.warnings, on)
    .map(({ value }) => value.share)
    .sort((a, b) => a - b);
}

/**
 * The last day on which the progress of a quarter (1 to 4) is reported in time, by the rules of the day on which the quarter ends.
 * @throws RuleViolated `no-rule-in-force` when the book does not say
 */
export function progressDueOn(book: RuleBook, year: number, quarter: number): string {
  const lastDay = lastDayOf(year, quarter);
  const [rule] = inForce(book.progressReports ?? [], lastDay);
  if (rule === undefined) throw noRule(lastDay);
  return addDays(lastDay, rule.value.withinDays);
}

/**
 * What a score means on a day, and by which rule.
 * @throws RuleViolated `no-rule-in-force` when no band of the day reaches down to the score
 */
export function performanceBandOn(book: RuleBook, on: string, of: MeasuredKind, score: number): Dated<PerformanceBand> {
  const bands = inForce(book.performanceBands ?? [], on).filter(({ value }) => value.of === of && value.from <= score);
  const [band] = [...bands].sort((a, b) => b.value.from - a.value.from);
  if (band === undefined) throw noRule(on);
  return band;
}

/**
 * Until how many days after a letter an objection may be raised by the rules of a day.
 * @throws RuleViolated `no-rule-in-force` when the book does not say
 */
export function objectionDaysOn(book: RuleBook, on: string): number {
  const [rule] = inForce(book.objections ?? [], on);
  if (rule === undefined) throw noRule(on);
  return rule.value.withinDays;
}

function noRule(on: string): RuleViolated {
  return new RuleViolated('no-rule-in-force', {
    ko: `${officialDate(on)}에 적용할 규칙이 없습니다. 그날의 규칙을 먼저 등록하세요.`,
    en: `No rule is in force on ${officialDate(on)}. Enter the rule of that day first.`,
  });
}

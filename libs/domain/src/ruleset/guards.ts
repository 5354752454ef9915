import { addDays, legalDateOf, officialDate } from '../kernel/date.js';
import { NotFound, RuleViolated } from '../kernel/errors.js';
import { same } from '../kernel/same.js';
import { changesOf, inForce, type Dated, type RuleTables } from '../rules/rule-book.js';
import type { RuleVersion } from './events.js';
import { TABLES } from './wellformed.js';

/** What no two rules of a table may say about the same day; tables that are not named may say several things. */
const SUBJECTS: {
  readonly [Table in keyof RuleTables]?: (value: NonNullable<RuleTables[Table]>[number]['value']) => readonly string[];
} = {
  subjects: ({ tiers }) => tiers,
  thresholds: ({ tiers }) => tiers,
  routing: ({ tiers }) => tiers,
  reviewDays: ({ track }) => [track],
  attachments: ({ name }) => [name],
  ministry: () => ['ministry'],
  dayCounting: () => ['day-counting'],
  warnings: ({ share }) => [String(share)],
  checklist: ({ number }) => [String(number)],
  requests: ({ request }) => [request],
  conditions: ({ code }) => [code],
  materialChanges: ({ kind }) => [kind],
  objections: () => ['objections'],
  progressReports: () => ['progress-reports'],
  performanceBands: ({ of, from }) => [`${of} from ${from}`],
};

export function noTwoRulesForTheSameDay(content: RuleTables): void {
  for (const table of TABLES) {
    // The table and its subject function belong together; the compiler loses that in the loop.
    const subjectsOf = SUBJECTS[table] as ((value: unknown) => readonly string[]) | undefined;
    const rules: readonly Dated<unknown>[] = content[table] ?? [];
    if (subjectsOf === undefined) continue;
    rules.forEach((rule, index) => {
      for (const other of rules.slice(0, index)) {
        const apart = (rule.to !== null && rule.to < other.from) || (other.to !== null && other.to < rule.from);
        const both = subjectsOf(rule.value).find((subject) => subjectsOf(other.value).includes(subject));
        if (apart || both === undefined) continue;
        throw new RuleViolated(
          'rules-overlap',
          {
            ko: `‘${other.id}’과(와) ‘${rule.id}’이(가) 같은 날 같은 것(${both})을 정합니다. 앞선 규칙의 마지막 날을 적으세요.`,
            en: `“${other.id}” and “${rule.id}” rule on the same thing (${both}) on the same day. Give the earlier one a last day.`,
          },
          `/content/${table}/${index}`,
        );
      }
    });
  }
}

/** From its first day on the rules must answer what every case asks; a gap has to be meant, and said to be. */
export function noGapUnlessMeant(content: RuleTables, effectiveFrom: string, gapsBecause: string | null): void {
  if (gapsBecause !== null) return;
  const days = [effectiveFrom, ...changesOf(content).filter((day) => day > effectiveFrom)].sort();
  for (const on of days) {
    const missing = missingOn(content, on);
    if (missing === undefined) continue;
    throw new RuleViolated(
      'rules-have-a-gap',
      {
        ko: `${officialDate(on)}에 적용할 규칙이 없습니다: ${missing}. 규칙을 더하거나, 비워 두는 까닭을 적으세요.`,
        en: `On ${officialDate(on)} there is no rule for ${missing}. Add one, or say why it is left open.`,
      },
      '/content',
    );
  }
}

function missingOn(content: RuleTables, on: string): string | undefined {
  if (inForce(content.dayCounting, on).length === 0) return 'dayCounting';
  if (inForce(content.ministry, on).length === 0) return 'ministry';
  if (!inForce(content.reviewDays, on).some(({ value }) => value.track === 'standard')) return 'reviewDays/standard';
  const has = (table: readonly Dated<{ readonly tiers: readonly string[] }>[], tier: string) =>
    inForce(table, on).some(({ value }) => value.tiers.includes(tier));
  for (const tier of inForce(content.subjects, on).flatMap(({ value }) => value.tiers)) {
    // It goes by the tier of the agency that owns it.
    if (tier === 'LOCAL_PUBLIC_CORP') continue;
    if (!has(content.thresholds, tier)) return `thresholds/${tier}`;
    if (!has(content.routing, tier)) return `routing/${tier}`;
  }
  return undefined;
}

export function ministryNeverReviewsItself(content: RuleTables): void {
  const index = content.ministry.findIndex(({ value }) => value.agency === value.standIn);
  if (index === -1) return;
  throw new RuleViolated(
    'own-stand-in',
    {
      ko: '자기 사업을 스스로 검토할 수 없습니다. 대신 검토할 다른 기관을 지정하세요.',
      en: 'Nobody reviews their own projects. Name another agency to stand in.',
    },
    `/content/ministry/${index}/value/standIn`,
  );
}

/** What was filed and received yesterday was judged by yesterday's rules, and stays so. */
export function notBackdatedUnlessCorrection(effectiveFrom: string, correctionBecause: string | null, at: string): void {
  const today = legalDateOf(at);
  if (effectiveFrom > today || correctionBecause !== null) return;
  throw new RuleViolated(
    'takes-effect-in-the-past',
    {
      ko: `규칙은 내일(${officialDate(addDays(today, 1))})부터 바꿀 수 있습니다. 지난 규칙이 잘못 적힌 것이면 정정 사유를 적으세요.`,
      en: `Rules may change from tomorrow (${officialDate(addDays(today, 1))}) on. If the past was entered wrongly, give the reason for the correction.`,
    },
    '/effectiveFrom',
  );
}

export function saysTheSameBefore(day: string, before: RuleTables, after: RuleTables): void {
  for (const table of TABLES) {
    const [was, is] = [upTo(day, before[table] ?? []), upTo(day, after[table] ?? [])];
    if (same(was, is)) continue;
    const changed = [...was, ...is].find((rule) => !was.some((one) => same(one, rule)) || !is.some((one) => same(one, rule)));
    throw new RuleViolated(
      'changes-the-past',
      {
        ko: `${officialDate(day)} 전의 규칙(${changed?.id ?? table})이 앞선 판과 다릅니다. 바뀌는 날부터의 규칙만 고치고, 앞의 것에는 마지막 날을 적으세요.`,
        en: `The rules before ${officialDate(day)} (${changed?.id ?? table}) are not those of the version before. Change what holds from that day on, and give what ends a last day.`,
      },
      `/content/${table}`,
    );
  }
}

/** The rules as far as they concern days before; a rule that goes on then has no end yet. Sorted by name: order means nothing. */
function upTo(day: string, rules: readonly Dated<unknown>[]): readonly Dated<unknown>[] {
  return rules
    .filter(({ from }) => from < day)
    .map((rule) => (rule.to !== null && rule.to >= addDays(day, -1) ? { ...rule, to: null } : rule))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

export function standing<Version>(newest: Version | undefined): Version {
  if (newest === undefined) {
    throw new NotFound('no-such-rule-set', {
      ko: '채택된 규칙이 없습니다. 먼저 규칙을 채택하세요.',
      en: 'No rules have been adopted. Adopt rules first.',
    });
  }
  return newest;
}

export function theNewest(newest: Pick<RuleVersion, 'version'>, version: number): void {
  if (newest.version === version) return;
  throw new RuleViolated(
    'later-version-stands',
    {
      ko: `${newest.version}판이 가장 새로운 판이어서 그것만 거둘 수 있습니다.`,
      en: `Version ${newest.version} is the newest one; only that one can be withdrawn.`,
    },
    '/version',
  );
}

export function notYetInEffect({ effectiveFrom }: Pick<RuleVersion, 'effectiveFrom'>, at: string): void {
  if (effectiveFrom > legalDateOf(at)) return;
  throw new RuleViolated('already-in-effect', {
    ko: `${officialDate(effectiveFrom)}부터 이미 시행 중인 규칙은 거둘 수 없습니다. 새 규칙으로 바꾸세요.`,
    en: `These rules have been in effect since ${officialDate(effectiveFrom)} and cannot be withdrawn. Amend them.`,
  });
}

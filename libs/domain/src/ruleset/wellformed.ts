import { AGENCY_TIERS } from '../agency/agency.js';
import { REVIEW_TRACKS } from '../consultation/consultation.js';
import { Malformed } from '../kernel/errors.js';
import { checkChoice, checkDate, checkId, checkList, checkText, LIMITS } from '../kernel/wellformed.js';
import { MEASURED_KINDS, PERFORMANCE_FINDINGS, PROJECT_KINDS, type RuleTables } from '../rules/rule-book.js';

const CERTAINTIES = ['certain', 'partly-supported', 'inferred', 'general-knowledge'];
const MAX_RULES = 1_000;
const MAX_DAYS = 3_650;

type Fields = Readonly<Record<string, unknown>>;
type Check = (value: unknown, pointer: string) => void;

/** What the value of a rule in each table has to look like. */
const VALUES: Readonly<Record<keyof RuleTables, Check>> = {
  subjects: object({ tiers }),
  thresholds: object({ tiers, krw: whole(0, LIMITS.budgetKrw) }),
  overrides: oneOf({
    'new-project': {},
    'project-kind': { kinds, onlyWithNewFunctions: optional(boolean) },
    'results-from-isp': {},
    'software-development-from': { krw: whole(0, LIMITS.budgetKrw) },
  }),
  exclusions: oneOf({ 'project-kind': { kinds }, 'own-income-only': {} }),
  reviewDays: object({ track: choice(REVIEW_TRACKS), days: whole(1, MAX_DAYS) }),
  routing: object({ tiers, reviewer: choice(['ministry', 'province']) }),
  attachments: object({ name: text, required: boolean }),
  ministry: object({ agency: checkId, standIn: checkId }),
  dayCounting: object({ countsFirstDay: boolean, closedLastDay: choice(['moves-to-working-day', 'stays']) }),
  warnings: object({ share }),
  checklist: object({ number: whole(1, 100), name: message }),
  requests: object({
    request: choice(['supplement', 'correction', 'explanation']),
    respondWithinDays: whole(1, MAX_DAYS),
    remindDaysBefore: list(whole(0, MAX_DAYS), 10),
  }),
  conditions: object({ code: checkId, text: message, evidence: message }),
  objections: object({ withinDays: whole(1, MAX_DAYS) }),
  materialChanges: oneOf({ 'budget-changes-by': { share }, 'new-function': {}, 'new-app': {} }),
  progressReports: object({ withinDays: whole(1, MAX_DAYS) }),
  performanceBands: object({ of: choice(MEASURED_KINDS), from: whole(0, 100), finding: choice(PERFORMANCE_FINDINGS) }),
};

export const TABLES = Object.keys(VALUES) as readonly (keyof RuleTables)[];

/** The first rule sets on record are without these. */
const OPTIONAL_TABLES: readonly (keyof RuleTables)[] = ['progressReports', 'performanceBands', 'objections'];

/**
 * Every table of the rules, each rule with a name of its own, its days, its source and how well that is attested.
 * @throws Malformed with a JSON pointer that starts with `pointer`
 */
export function checkRuleTables(content: unknown, pointer: string): asserts content is RuleTables {
  const tables = fields(content, pointer, TABLES);
  for (const table of TABLES) {
    const rules = tables[table];
    if (rules === undefined && OPTIONAL_TABLES.includes(table)) continue;
    checkList(rules, `${pointer}/${table}`, MAX_RULES);
    const ids = new Set<unknown>();
    rules.forEach((rule, index) => {
      const at = `${pointer}/${table}/${index}`;
      const { id, from, to, value, source, certainty } = fields(rule, at, ['id', 'from', 'to', 'value', 'source', 'certainty']);
      checkId(id, `${at}/id`);
      if (ids.has(id)) {
        throw new Malformed(
          'rule-named-twice',
          { ko: `같은 이름의 규칙이 이미 있습니다: ${String(id)}`, en: `Another rule has this name: ${String(id)}` },
          `${at}/id`,
        );
      }
      ids.add(id);
      checkDate(from, `${at}/from`);
      if (to !== null) checkDate(to, `${at}/to`);
      if (typeof to === 'string' && typeof from === 'string' && to < from) {
        throw new Malformed(
          'ends-before-it-begins',
          { ko: '규칙의 마지막 날이 첫날보다 앞섭니다.', en: 'The last day of the rule is before its first.' },
          `${at}/to`,
        );
      }
      checkText(source, `${at}/source`, LIMITS.listItem);
      checkChoice(certainty, CERTAINTIES, `${at}/certainty`);
      VALUES[table](value, `${at}/value`);
    });
  }
}

/** An object with these fields and no others: an unknown one was meant by somebody and would be lost. */
function fields(value: unknown, pointer: string, names: readonly string[]): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Malformed('wrong-type', { ko: '객체여야 합니다.', en: 'This must be an object.' }, pointer);
  }
  const unknown = Object.keys(value).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new Malformed(
      'unknown-field',
      { ko: `모르는 항목입니다: ${unknown}`, en: `There is no such field: ${unknown}` },
      `${pointer}/${unknown}`,
    );
  }
  return value as Fields;
}

function object(checks: Readonly<Record<string, Check>>): Check {
  return (value, pointer) => {
    const found = fields(value, pointer, Object.keys(checks));
    for (const [name, check] of Object.entries(checks)) check(found[name], `${pointer}/${name}`);
  };
}

/** Told apart by `kind`. */
function oneOf(kindsOfValue: Readonly<Record<string, Readonly<Record<string, Check>>>>): Check {
  return (value, pointer) => {
    const kind = typeof value === 'object' && value !== null && 'kind' in value ? value.kind : undefined;
    checkChoice(kind, Object.keys(kindsOfValue), `${pointer}/kind`);
    object({ kind: () => undefined, ...kindsOfValue[String(kind)] })(value, pointer);
  };
}

function list(check: Check, max: number): Check {
  return (values, pointer) => {
    checkList(values, pointer, max);
    values.forEach((value, index) => check(value, `${pointer}/${index}`));
  };
}

function optional(check: Check): Check {
  return (value, pointer) => (value === undefined ? undefined : check(value, pointer));
}

function choice(choices: readonly string[]): Check {
  return (value, pointer) => checkChoice(value, choices, pointer);
}

function tiers(value: unknown, pointer: string): void {
  list(choice(AGENCY_TIERS), AGENCY_TIERS.length)(value, pointer);
}

function kinds(value: unknown, pointer: string): void {
  list(choice(PROJECT_KINDS), PROJECT_KINDS.length)(value, pointer);
}

function text(value: unknown, pointer: string): void {
  checkText(value, pointer, LIMITS.listItem);
}

function message(value: unknown, pointer: string): void {
  object({ ko: text, en: text })(value, pointer);
}

function boolean(value: unknown, pointer: string): void {
  if (typeof value === 'boolean') return;
  throw new Malformed('wrong-type', { ko: 'true 또는 false여야 합니다.', en: 'This must be true or false.' }, pointer);
}

function whole(least: number, most: number): Check {
  return (value, pointer) => {
    if (Number.isSafeInteger(value) && Number(value) >= least && Number(value) <= most) return;
    throw new Malformed(
      'out-of-range',
      { ko: `${least}부터 ${most}까지의 정수여야 합니다.`, en: `This must be a whole number from ${least} to ${most}.` },
      pointer,
    );
  };
}

function share(value: unknown, pointer: string): void {
  if (typeof value === 'number' && value > 0 && value < 1) return;
  throw new Malformed(
    'out-of-range',
    { ko: '0보다 크고 1보다 작은 수여야 합니다.', en: 'This must be a number above 0 and below 1.' },
    pointer,
  );
}

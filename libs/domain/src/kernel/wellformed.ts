import type { Stamp } from './decider.js';
import { isInstant, isLegalDate } from './date.js';
import { Malformed } from './errors.js';
import type { CostLine, PlanContent, PlanVersion, SoftwareDescription } from './plan.js';

/** Limits of what a person may write. Generous for plans, small enough that one event always fits an append. */
export const LIMITS = {
  title: 200,
  name: 200,
  listItems: 200,
  listItem: 500,
  purpose: 10_000,
  text: 100_000,
  reason: 10_000,
  budgetKrw: 10 ** 15,
} as const;

const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]|\p{Surrogate}/u;

/**
 * Text that can be stored and shown everywhere: no control characters except line feed and tab, no broken surrogate.
 * @throws Malformed `wrong-type`, `required`, `too-long`, `control-character`
 */
export function checkText(
  value: unknown,
  pointer: string,
  max: number,
  required: 'required' | 'may-be-empty' = 'required',
): void {
  if (typeof value !== 'string') {
    throw new Malformed('wrong-type', { ko: '글자로 적어야 합니다.', en: 'This must be text.' }, pointer);
  }
  if (required === 'required' && value.trim() === '') {
    throw new Malformed(
      'required',
      { ko: '빈칸으로 둘 수 없습니다. 내용을 적으세요.', en: 'This may not be empty. Write something.' },
      pointer,
    );
  }
  if (value.length > max) {
    throw new Malformed(
      'too-long',
      {
        ko: `${max}자를 넘을 수 없습니다(현재 ${value.length}자). 줄여 주세요.`,
        en: `At most ${max} characters, this has ${value.length}. Shorten it.`,
      },
      pointer,
    );
  }
  if (CONTROL.test(value)) {
    throw new Malformed(
      'control-character',
      {
        ko: '보이지 않는 제어 문자가 들어 있습니다. 줄바꿈(LF)과 탭만 쓸 수 있습니다.',
        en: 'This contains control characters. Only line feed and tab are allowed.',
      },
      pointer,
    );
  }
}

/**
 * An id as it stands in stream names, addresses and official lists: letters of any script, digits and `. _ : -`.
 * @throws Malformed `invalid-id` and what `checkText` throws
 */
export function checkId(value: unknown, pointer: string): void {
  checkText(value, pointer, LIMITS.name);
  if (typeof value !== 'string' || !/^[\p{L}\p{N}][\p{L}\p{N}._:-]*$/u.test(value)) {
    throw new Malformed(
      'invalid-id',
      {
        ko: '번호에는 글자와 숫자, 그리고 . _ : - 만 쓸 수 있습니다.',
        en: 'An id may hold letters, digits and . _ : - only.',
      },
      pointer,
    );
  }
}

/** @throws Malformed `invalid-date` unless the value is a legal date that exists */
export function checkDate(value: unknown, pointer: string): void {
  if (!isLegalDate(value)) {
    throw new Malformed(
      'invalid-date',
      { ko: '달력에 있는 날짜를 YYYY-MM-DD로 적으세요.', en: 'Write a day that exists as YYYY-MM-DD.' },
      pointer,
    );
  }
}

/** @throws Malformed `invalid-hash` unless the value is a SHA-256 in lower-case hexadecimal */
export function checkHash(value: unknown, pointer: string): void {
  if (typeof value !== 'string' || !/^[0-9a-f]{64}$/.test(value)) {
    throw new Malformed(
      'invalid-hash',
      { ko: 'SHA-256 값(소문자 16진수 64자)이어야 합니다.', en: 'This must be a SHA-256 in 64 lower-case hexadecimal digits.' },
      pointer,
    );
  }
}

/** @throws Malformed `invalid-position` unless the value is a decimal log position */
export function checkPosition(value: unknown, pointer: string): void {
  if (typeof value !== 'string' || !/^\d{1,20}$/.test(value)) {
    throw new Malformed(
      'invalid-position',
      { ko: '기록 위치는 숫자로 적어야 합니다.', en: 'A log position is a decimal number.' },
      pointer,
    );
  }
}

/** @throws Malformed `invalid-share` unless the value is a share above 0 and below 1 */
export function checkShare(value: unknown, pointer: string): void {
  if (!(typeof value === 'number' && value > 0 && value < 1)) {
    throw new Malformed(
      'invalid-share',
      { ko: '비율은 0보다 크고 1보다 작아야 합니다.', en: 'A share is above 0 and below 1.' },
      pointer,
    );
  }
}

/** @throws Malformed `unknown-choice` unless the value is one of the choices */
export function checkChoice(value: unknown, choices: readonly string[], pointer: string): void {
  if (typeof value !== 'string' || !choices.includes(value)) {
    throw new Malformed(
      'unknown-choice',
      { ko: `다음 가운데 하나여야 합니다: ${choices.join(', ')}`, en: `This must be one of: ${choices.join(', ')}` },
      pointer,
    );
  }
}

/**
 * A list of non-empty texts.
 * @throws Malformed `wrong-type`, `too-many` and what `checkText` throws
 */
export function checkTexts(values: unknown, pointer: string): void {
  checkList(values, pointer, LIMITS.listItems);
  values.forEach((value, index) => checkText(value, `${pointer}/${index}`, LIMITS.listItem));
}

/** @throws Malformed `wrong-type`, `too-many` */
export function checkList(values: unknown, pointer: string, max: number): asserts values is readonly unknown[] {
  if (!Array.isArray(values)) {
    throw new Malformed('wrong-type', { ko: '목록이어야 합니다.', en: 'This must be a list.' }, pointer);
  }
  if (values.length > max) {
    throw new Malformed(
      'too-many',
      { ko: `${max}개를 넘을 수 없습니다(현재 ${values.length}개).`, en: `At most ${max} entries, this has ${values.length}.` },
      pointer,
    );
  }
}

/** @throws Malformed when who or when is missing */
export function checkStamp(stamp: Stamp): void {
  checkText(stamp.by?.person, '/by/person', LIMITS.name);
  checkText(stamp.by?.agency, '/by/agency', LIMITS.name);
  if (stamp.by.successor !== undefined) checkText(stamp.by.successor, '/by/successor', LIMITS.name);
  if (!isInstant(stamp.at)) {
    throw new Malformed(
      'invalid-instant',
      { ko: '시각은 UTC로 2026-11-30T01:00:00Z처럼 적어야 합니다.', en: 'Write the instant in UTC, like 2026-11-30T01:00:00Z.' },
      '/at',
    );
  }
}

/**
 * What a plan and an inventory entry have in common, within the limits.
 * @throws Malformed with a JSON pointer that starts with `pointer`
 */
export function checkSoftware(software: SoftwareDescription, pointer = ''): void {
  if (typeof software !== 'object' || software === null) {
    throw new Malformed('wrong-type', { ko: '내용이 없습니다.', en: 'There is no content.' }, pointer);
  }
  checkText(software.title, `${pointer}/title`, LIMITS.title);
  checkText(software.purpose, `${pointer}/purpose`, LIMITS.purpose, 'may-be-empty');
  checkTexts(software.functions, `${pointer}/functions`);
  checkTexts(software.users, `${pointer}/users`);
  checkTexts(software.data, `${pointer}/data`);
  checkTexts(software.technologies, `${pointer}/technologies`);
  checkText(software.text, `${pointer}/text`, LIMITS.text, 'may-be-empty');
}

/**
 * The content of a project plan, within the limits: title 1…200 characters, lists of at most 200 entries of at most 500 characters,
 * text of at most 100,000 characters, budget in whole won from 0 to 10^15, dates that exist.
 * @throws Malformed with a JSON pointer that starts with `pointer`
 */
export function checkPlan(content: PlanContent, pointer = ''): void {
  checkSoftware(content, pointer);
  const { budgetKrw, orderPlannedOn } = content;
  if (budgetKrw !== null && !(Number.isInteger(budgetKrw) && budgetKrw >= 0 && budgetKrw <= LIMITS.budgetKrw)) {
    throw new Malformed(
      'invalid-amount',
      { ko: '금액은 0원부터 1,000조 원까지 원 단위 정수로 적으세요.', en: 'Write a whole number of won from 0 to 10^15.' },
      `${pointer}/budgetKrw`,
    );
  }
  if (orderPlannedOn !== null) checkDate(orderPlannedOn, `${pointer}/orderPlannedOn`);
  if (content.costLines !== undefined) checkCostLines(content.costLines, content.functions.length, `${pointer}/costLines`);
}

function checkCostLines(lines: readonly CostLine[], functions: number, pointer: string): void {
  checkList(lines, pointer, LIMITS.listItems);
  lines.forEach((line, index) => {
    const at = `${pointer}/${index}`;
    checkText(line.label, `${at}/label`, LIMITS.listItem);
    if (!(Number.isInteger(line.krw) && line.krw >= 0 && line.krw <= LIMITS.budgetKrw)) {
      throw new Malformed(
        'invalid-amount',
        { ko: '금액은 0원부터 1,000조 원까지 원 단위 정수로 적으세요.', en: 'Write a whole number of won from 0 to 10^15.' },
        `${at}/krw`,
      );
    }
    checkList(line.functions, `${at}/functions`, LIMITS.listItems);
    const places = new Set(line.functions);
    if (places.size === line.functions.length && [...places].every((f) => Number.isInteger(f) && f >= 0 && f < functions)) return;
    throw new Malformed(
      'unknown-function',
      {
        ko: `비용 항목은 계획서의 기능을 0부터 센 번호로 한 번씩만 가리킵니다(기능 ${functions}개).`,
        en: `A cost line names functions of the plan by their places from 0, each once (the plan has ${functions}).`,
      },
      `${at}/functions`,
    );
  });
}

/** @throws Malformed when version, hash or content are not well formed */
export function checkPlanVersion(plan: PlanVersion, pointer: string): void {
  if (!Number.isSafeInteger(plan?.version) || plan.version < 1) {
    throw new Malformed(
      'invalid-version',
      { ko: '계획서 판 번호는 1부터 시작하는 정수입니다.', en: 'A plan version is a whole number from 1.' },
      `${pointer}/version`,
    );
  }
  checkHash(plan.hash, `${pointer}/hash`);
  checkPlan(plan.content, `${pointer}/content`);
}

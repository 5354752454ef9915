import { Malformed } from '../kernel/errors.js';
import type { PlanContent } from '../kernel/plan.js';
import { checkDate, checkHash, checkList, checkPosition, checkText, LIMITS } from '../kernel/wellformed.js';
import type { ActionEvidence, Basis, Condition, CorrectionAnswer, CorrectionItem, Finding } from './events.js';

const MOST_ITEMS = 100;

/** @throws Malformed unless the finding can be read and computed again later */
export function checkFinding(finding: Finding): void {
  checkHash(finding?.planHash, '/finding/planHash');
  checkPosition(finding.inventoryPosition, '/finding/inventoryPosition');
  checkList(finding.candidates, '/finding/candidates', 1000);
  const ids = new Set<string>();
  finding.candidates.forEach(({ id, probability, flagged }, index) => {
    const at = `/finding/candidates/${index}`;
    checkText(id, `${at}/id`, LIMITS.name);
    if (ids.has(id)) {
      throw new Malformed(
        'repeated-candidate',
        { ko: '같은 후보가 두 번 들어 있습니다.', en: 'A candidate is listed twice.' },
        `${at}/id`,
      );
    }
    ids.add(id);
    if (!(typeof probability === 'number' && probability >= 0 && probability <= 1)) {
      throw new Malformed(
        'invalid-probability',
        { ko: '확률은 0에서 1 사이여야 합니다.', en: 'A probability is between 0 and 1.' },
        `${at}/probability`,
      );
    }
    // Otherwise a candidate that a person must settle could slip through.
    if (!flagged && probability >= finding.threshold) {
      throw new Malformed(
        'unflagged-candidate',
        { ko: '기준 이상의 후보는 반드시 표시해야 합니다.', en: 'A candidate at or above the threshold must be flagged.' },
        `${at}/flagged`,
      );
    }
  });
}

/** @throws Malformed unless there is an item and each names a place that the plan has */
export function checkItems(items: readonly Omit<CorrectionItem, 'number'>[], plan: PlanContent): void {
  checkList(items, '/items', MOST_ITEMS);
  if (items.length === 0) {
    throw new Malformed('required', { ko: '보완할 항목을 하나 이상 적으세요.', en: 'Name at least one item.' }, '/items');
  }
  items.forEach(({ pointer, text }, index) => {
    checkText(pointer, `/items/${index}/pointer`, LIMITS.name, 'may-be-empty');
    checkText(text, `/items/${index}/text`, LIMITS.reason);
    if (!pointsInto(plan, pointer)) {
      throw new Malformed(
        'unknown-pointer',
        {
          ko: `계획서에 ‘${pointer}’ 자리가 없습니다. 계획서 전체를 가리키려면 비워 두세요.`,
          en: `The plan has no place “${pointer}”. Leave it empty for the whole plan.`,
        },
        `/items/${index}/pointer`,
      );
    }
  });
}

function pointsInto(content: unknown, pointer: string): boolean {
  if (pointer === '') return true;
  if (!pointer.startsWith('/')) return false;
  let place: unknown = content;
  for (const token of pointer.slice(1).split('/')) {
    const key = token.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof place !== 'object' || place === null || !Object.hasOwn(place, key)) return false;
    if (Array.isArray(place) && !/^(0|[1-9]\d*)$/.test(key)) return false;
    place = new Map(Object.entries(place)).get(key);
  }
  return true;
}

/** @throws Malformed unless every answer says something */
export function checkAnswers(answers: readonly CorrectionAnswer[]): void {
  checkList(answers, '/answers', MOST_ITEMS);
  answers.forEach(({ answer }, index) => checkText(answer, `/answers/${index}/answer`, LIMITS.reason));
}

/** @throws Malformed unless every condition says something and its date exists */
export function checkConditions(conditions: readonly Omit<Condition, 'number'>[]): void {
  checkList(conditions, '/conditions', MOST_ITEMS);
  conditions.forEach(({ text, dueOn }, index) => {
    checkText(text, `/conditions/${index}/text`, LIMITS.reason);
    if (dueOn !== null) checkDate(dueOn, `/conditions/${index}/dueOn`);
  });
}

/** @throws Malformed unless there is evidence, each piece says something and each attachment is named by its hash */
export function checkEvidence(evidence: readonly ActionEvidence[]): void {
  checkList(evidence, '/evidence', MOST_ITEMS);
  if (evidence.length === 0) {
    throw new Malformed(
      'required',
      { ko: '증빙을 하나 이상 적으세요.', en: 'Give at least one piece of evidence.' },
      '/evidence',
    );
  }
  evidence.forEach(({ text, attachment }, index) => {
    checkText(text, `/evidence/${index}/text`, LIMITS.reason);
    if (attachment !== null) checkHash(attachment, `/evidence/${index}/attachment`);
  });
}

/** @throws Malformed unless the basis says what was shown and which rules were in force */
export function checkBasis(basis: Basis): void {
  checkPosition(basis?.position, '/basis/position');
  checkHash(basis.viewHash, '/basis/viewHash');
  checkText(basis.ruleSet, '/basis/ruleSet', LIMITS.name);
}

/** `디지털정책과-1234` or `디지털정책과-1234(2026. 11. 30.)`: department, hyphen, serial number, and the date that people often add. */
const DOCUMENT_NUMBER = /^[\p{L}\p{N}][\p{L}\p{N}·() ]{0,59}-\d{1,8}(\(\d{4}\. ?\d{1,2}\. ?\d{1,2}\.\))?$/u;

/** @throws Malformed `document-number` unless it is written the way official letters are numbered */
export function checkDocumentNumber(documentNumber: string): void {
  if (typeof documentNumber !== 'string' || !DOCUMENT_NUMBER.test(documentNumber)) {
    throw new Malformed(
      'document-number',
      {
        ko: '문서번호를 ‘부서명-일련번호’로 적으세요. 예: 디지털정책과-1234',
        en: 'Write the document number as department, hyphen, serial number, e.g. 디지털정책과-1234.',
      },
      '/documentNumber',
    );
  }
}

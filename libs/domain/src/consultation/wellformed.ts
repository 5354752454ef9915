import { Malformed } from '../kernel/errors.js';
import type { PlanContent } from '../kernel/plan.js';
import { valueAt, wordingOf } from '../kernel/pointer.js';
import { checkChoice, checkDate, checkHash, checkId, checkList, checkPosition, checkText, LIMITS } from '../kernel/wellformed.js';
import type {
  ActionEvidence,
  Basis,
  Condition,
  CorrectionAnswer,
  CorrectionItem,
  Finding,
  ItemVerdict,
  RequestType,
} from './events.js';

const MOST_ITEMS = 100;
export const REQUEST_TYPES: readonly RequestType[] = ['supplement', 'correction', 'explanation'];

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
  items.forEach(({ pointer, text, kind, quote, because }, index) => {
    checkText(pointer, `/items/${index}/pointer`, LIMITS.name, 'may-be-empty');
    checkText(text, `/items/${index}/text`, LIMITS.reason);
    if (kind !== undefined) checkChoice(kind, REQUEST_TYPES, `/items/${index}/kind`);
    if (because !== undefined) checkText(because, `/items/${index}/because`, LIMITS.reason);
    if (quote !== undefined) checkText(quote, `/items/${index}/quote`, LIMITS.reason);
    const place = valueAt(plan, pointer);
    if (quote !== undefined && place !== undefined && !wordingOf(place).includes(quote)) {
      throw new Malformed(
        'quote-not-found',
        {
          ko: '계획서의 그 자리에 인용한 문구가 없습니다. 계획서에서 그대로 옮겨 적으세요.',
          en: 'The plan does not say this there. Quote it word for word.',
        },
        `/items/${index}/quote`,
      );
    }
    if (place === undefined) {
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

/** @throws Malformed unless every answer says something */
export function checkAnswers(answers: readonly CorrectionAnswer[]): void {
  checkList(answers, '/answers', MOST_ITEMS);
  answers.forEach(({ answer }, index) => checkText(answer, `/answers/${index}/answer`, LIMITS.reason));
}

/** @throws Malformed unless every condition says something and its date exists */
export function checkConditions(conditions: readonly Omit<Condition, 'number'>[]): void {
  checkList(conditions, '/conditions', MOST_ITEMS);
  conditions.forEach(({ text, dueOn, code, ownWordingBecause, owner, evidence }, index) => {
    checkText(text, `/conditions/${index}/text`, LIMITS.reason);
    if (dueOn !== null) checkDate(dueOn, `/conditions/${index}/dueOn`);
    if (code !== undefined) checkId(code, `/conditions/${index}/code`);
    if (ownWordingBecause !== undefined) checkText(ownWordingBecause, `/conditions/${index}/ownWordingBecause`, LIMITS.reason);
    if (owner !== undefined) checkText(owner, `/conditions/${index}/owner`, LIMITS.name);
    if (evidence === undefined) return;
    checkList(evidence, `/conditions/${index}/evidence`, MOST_ITEMS);
    evidence.forEach((piece, place) => checkText(piece, `/conditions/${index}/evidence/${place}`, LIMITS.listItem));
  });
}

/** @throws Malformed unless every opinion has a verdict and, where the item is not plainly suitable, says why */
export function checkOpinions(
  opinions: readonly { readonly verdict: ItemVerdict; readonly text: string }[],
  verdicts: readonly ItemVerdict[],
): void {
  checkList(opinions, '/opinions', MOST_ITEMS);
  opinions.forEach(({ verdict, text }, index) => {
    checkChoice(verdict, verdicts, `/opinions/${index}/verdict`);
    checkText(text, `/opinions/${index}/text`, LIMITS.reason, verdict === 'SUITABLE' ? 'may-be-empty' : 'required');
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

import { AGENCY_TIERS } from '../agency/agency.js';
import { REVIEW_TRACKS } from '../consultation/consultation.js';
import { Malformed } from '../kernel/errors.js';
import { checkChoice, checkDate, checkList, checkText, LIMITS } from '../kernel/wellformed.js';
import { PROJECT_KINDS, ruleSetOn, type RuleBook } from '../rules/rule-book.js';
import { isTarget, type ProjectFacts } from '../rules/target.js';
import { trackOn } from '../rules/track.js';
import type { Assessment } from './events.js';

/**
 * 대상여부 판정: what the rules of a legal date say about a project, with every rule that the answer rests on.
 * @throws Malformed when the facts are not
 */
export function assess(facts: ProjectFacts, isDisasterSafety: boolean, on: string, book: RuleBook): Assessment {
  checkDate(on, '/on');
  checkFacts(facts, '');
  const answer = isTarget(facts, on, book);
  const track =
    answer.target === 'target' ? trackOn(book, on, { kind: facts.kind, isDisasterSafety, hasConfirmedOverlap: false }) : null;
  return { on, facts, isDisasterSafety, ...answer, track, ruleSet: ruleSetOn(book, on) };
}

/** @throws Malformed */
export function checkAssessment({ on, facts, isDisasterSafety, target, reasons, missing, track, ruleSet }: Assessment): void {
  checkDate(on, '/on');
  checkFacts(facts, '/facts');
  checkBoolean(isDisasterSafety, '/isDisasterSafety');
  checkChoice(target, ['target', 'exempt', 'unknown'], '/target');
  checkList(reasons, '/reasons', LIMITS.listItems);
  checkList(missing, '/missing', LIMITS.listItems);
  if (track !== null) checkChoice(track, REVIEW_TRACKS, '/track');
  checkText(ruleSet, '/ruleSet', LIMITS.name);
}

function checkFacts(facts: ProjectFacts, pointer: string): void {
  checkChoice(facts?.tier, AGENCY_TIERS, `${pointer}/tier`);
  if (facts.ownerTier !== null) checkChoice(facts.ownerTier, AGENCY_TIERS, `${pointer}/ownerTier`);
  checkChoice(facts.kind, PROJECT_KINDS, `${pointer}/kind`);
  checkBoolean(facts.isNew, `${pointer}/isNew`);
  for (const fact of ['hasNewFunctions', 'resultsFromIsp', 'ownIncomeOnly'] as const) {
    if (facts[fact] !== null) checkBoolean(facts[fact], `${pointer}/${fact}`);
  }
  for (const fact of ['totalBudgetKrw', 'softwareDevelopmentKrw'] as const) {
    const krw = facts[fact];
    if (krw === null || (Number.isInteger(krw) && krw >= 0 && krw <= LIMITS.budgetKrw)) continue;
    throw new Malformed(
      'invalid-amount',
      { ko: '금액은 0원부터 1,000조 원까지 원 단위 정수로 적으세요.', en: 'Write a whole number of won from 0 to 10^15.' },
      `${pointer}/${fact}`,
    );
  }
}

function checkBoolean(value: unknown, pointer: string): void {
  if (typeof value === 'boolean') return;
  throw new Malformed('wrong-type', { ko: 'true 또는 false여야 합니다.', en: 'This must be true or false.' }, pointer);
}

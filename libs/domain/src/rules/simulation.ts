import type { RuleBook } from './rule-book.js';
import { isTarget, type ProjectFacts, type TargetAnswer } from './target.js';

/** A project as it was when it was judged. */
export interface PastProject {
  readonly id: string;
  /** Legal date of the assessment. */
  readonly on: string;
  readonly facts: ProjectFacts;
}

/** A project that the draft rules would have judged otherwise. */
export interface Difference {
  readonly id: string;
  readonly was: TargetAnswer;
  readonly wouldBe: TargetAnswer;
}

/**
 * Runs a draft of the rules over past projects: each is judged by the rules of its own day and by those that the draft has in force on
 * `draftOn`, as if they had been in force then. Gives only the projects whose answer differs.
 */
export function whatWouldChange(
  projects: readonly PastProject[],
  current: RuleBook,
  draft: RuleBook,
  draftOn: string,
): readonly Difference[] {
  return projects
    .map(({ id, on, facts }) => ({ id, was: isTarget(facts, on, current), wouldBe: isTarget(facts, draftOn, draft) }))
    .filter(({ was, wouldBe }) => was.target !== wouldBe.target);
}

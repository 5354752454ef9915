import type { PlanContent } from '../contract.js';
import { changedFields, type Field } from './fields.js';

export type Side = 'mine' | 'theirs';

/** A part of the plan that somebody else changed while one was writing, or that both changed. */
export interface Differing {
  readonly field: Field;
  /** Only one of the two changed it: then that one is proposed. Null: both did, and somebody has to choose. */
  readonly proposed: Side | null;
}

/** Parts in which two drafts of a plan differ, told by what both began with. */
export function differing(base: PlanContent, mine: PlanContent, theirs: PlanContent): readonly Differing[] {
  const [here, there] = [changedFields(base, mine), changedFields(base, theirs)];
  return changedFields(mine, theirs).map((field) => {
    const both = here.includes(field) && there.includes(field);
    return { field, proposed: both ? null : here.includes(field) ? 'mine' : 'theirs' };
  });
}

/** The plan with each differing part taken from the side that was chosen; everything else is the same on both. */
export function merged(mine: PlanContent, theirs: PlanContent, choice: Readonly<Partial<Record<Field, Side>>>): PlanContent {
  const fields = changedFields(mine, theirs).filter((field) => choice[field] === 'theirs');
  const taken: Record<string, unknown> = { ...mine };
  for (const field of fields) {
    if (theirs[field] === undefined) delete taken[field];
    else taken[field] = theirs[field];
  }
  // Every field of a plan came from one of two plans.
  const plan = taken as unknown as PlanContent;
  // Costs name functions by their place: those of another list would pay for the wrong ones.
  if (plan.costLines === undefined) return plan;
  const from = (choice.costLines === 'theirs' ? theirs : mine).functions;
  const costLines = plan.costLines.map((line) => ({
    ...line,
    functions: line.functions.map((place) => plan.functions.indexOf(from[place] ?? '')).filter((place) => place >= 0),
  }));
  return { ...plan, costLines };
}

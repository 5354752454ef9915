import type { PlanContent } from '../contract.js';

const LISTS = ['functions', 'data', 'users', 'technologies'] as const;
const TEXTS = ['title', 'purpose', 'text'] as const;
export const ORDER = [
  'title',
  'purpose',
  'functions',
  'data',
  'users',
  'technologies',
  'budgetKrw',
  'costLines',
  'orderPlannedOn',
  'text',
] as const;
export type Field = (typeof ORDER)[number];

export function isList(field: Field): field is (typeof LISTS)[number] {
  return (LISTS as readonly string[]).includes(field);
}
export function isText(field: Field): field is (typeof TEXTS)[number] {
  return (TEXTS as readonly string[]).includes(field);
}

/** Which parts of the plan differ. */
export function changedFields(before: PlanContent, after: PlanContent): readonly Field[] {
  return ORDER.filter((field) => asText(field, before) !== asText(field, after));
}

/** The service and this page write the names of a cost line in different orders: that is no difference. */
function asText(field: Field, plan: PlanContent): string {
  if (field !== 'costLines') return JSON.stringify(plan[field]);
  return JSON.stringify((plan.costLines ?? []).map(({ label, krw, functions }) => [label, krw, functions]));
}

/** Cost lines in words, one each, so that they are compared like other rows. */
export function costsInWords({ costLines = [], functions }: PlanContent): readonly string[] {
  return costLines.map(({ label, krw, functions: paid }) => {
    const named = paid.map((place) => functions[place] ?? '').join(', ');
    return `${label}: ${krw.toLocaleString('ko-KR')}원${named === '' ? '' : ` (${named})`}`;
  });
}

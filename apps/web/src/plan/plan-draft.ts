import type { PlanContent } from '../contract.js';

export const LISTED = ['functions', 'data', 'users', 'technologies'] as const;
export type Listed = (typeof LISTED)[number];

/** A plan as it is being typed: empty rows and half a number are allowed. */
export interface PlanDraft {
  readonly title: string;
  readonly purpose: string;
  readonly functions: readonly string[];
  readonly data: readonly string[];
  readonly users: readonly string[];
  readonly technologies: readonly string[];
  readonly text: string;
  readonly budget: string;
  readonly orderPlannedOn: string;
}

export const EMPTY_DRAFT: PlanDraft = {
  title: '',
  purpose: '',
  functions: [''],
  data: [''],
  users: [''],
  technologies: [''],
  text: '',
  budget: '',
  orderPlannedOn: '',
};

export function draftOf(plan: PlanContent): PlanDraft {
  const rows = (texts: readonly string[]): readonly string[] => (texts.length === 0 ? [''] : texts);
  return {
    title: plan.title,
    purpose: plan.purpose,
    functions: rows(plan.functions),
    data: rows(plan.data),
    users: rows(plan.users),
    technologies: rows(plan.technologies),
    text: plan.text,
    budget: plan.budgetKrw === null ? '' : plan.budgetKrw.toLocaleString('ko-KR'),
    orderPlannedOn: plan.orderPlannedOn ?? '',
  };
}

/** What is sent. A budget that is no number goes as it was typed, so that the service says what is wrong with it. */
export function contentOf(draft: PlanDraft): Omit<PlanContent, 'budgetKrw'> & { readonly budgetKrw: number | string | null } {
  const rows = (texts: readonly string[]): readonly string[] => texts.map((text) => text.trim()).filter((text) => text !== '');
  return {
    title: draft.title.trim(),
    purpose: draft.purpose.trim(),
    functions: rows(draft.functions),
    data: rows(draft.data),
    users: rows(draft.users),
    technologies: rows(draft.technologies),
    text: draft.text.trim(),
    budgetKrw: wonOf(draft.budget),
    orderPlannedOn: draft.orderPlannedOn === '' ? null : draft.orderPlannedOn,
  };
}

const UNITS: Readonly<Record<string, number>> = { 원: 1, 만원: 1e4, 백만원: 1e6, 억원: 1e8, 억: 1e8 };

/** `350,000,000`, `3.5억`, `350백만원` → whole won; null when empty; the text itself when it is no amount. */
export function wonOf(typed: string): number | string | null {
  const text = typed.replace(/[\s,]/g, '');
  if (text === '') return null;
  const [, number, unit = '원'] = /^(\d+(?:\.\d+)?)(원|만원|백만원|억원|억)?$/.exec(text) ?? [];
  if (number === undefined) return typed;
  return Math.round(Number(number) * (UNITS[unit] ?? 1));
}

/** Pointer of a row as the service will count it: empty rows are not sent. */
export function rowPointer(list: Listed, rows: readonly string[], index: number): string {
  return `/${list}/${rows.slice(0, index).filter((row) => row.trim() !== '').length}`;
}

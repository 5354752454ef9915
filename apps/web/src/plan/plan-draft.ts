import type { CostLine, PlanContent } from '../contract.js';

export const LISTED = ['functions', 'data', 'users', 'technologies'] as const;
export type Listed = (typeof LISTED)[number];

/** A line of the cost table as it is being typed; `functions` are rows of the draft. */
export interface CostDraft {
  readonly label: string;
  readonly won: string;
  readonly functions: readonly number[];
}

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
  /** Absent in what browsers kept before there was a cost table. */
  readonly costLines?: readonly CostDraft[];
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
    costLines: (plan.costLines ?? []).map(({ label, krw, functions }) => ({
      label,
      won: krw.toLocaleString('ko-KR'),
      functions,
    })),
  };
}

/** A plan as it is sent. An amount that is no number goes as it was typed, so that the service says what is wrong with it. */
export type SentPlan = Omit<PlanContent, 'budgetKrw' | 'costLines'> & {
  readonly budgetKrw: number | string | null;
  readonly costLines?: readonly (Omit<CostLine, 'krw'> & { readonly krw: number | string })[];
};

export function contentOf(draft: PlanDraft): SentPlan {
  const costLines = (draft.costLines ?? [])
    .filter(({ label, won }) => label.trim() !== '' || won.trim() !== '')
    .map(({ label, won, functions }) => ({
      label: label.trim(),
      krw: wonOf(won) ?? '',
      // Empty rows are not sent, so those after them move up.
      functions: functions
        .filter((row) => (draft.functions[row] ?? '').trim() !== '')
        .map((row) => draft.functions.slice(0, row).filter((text) => text.trim() !== '').length),
    }));
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
    ...(costLines.length === 0 ? {} : { costLines }),
  };
}

/** The plan as far as it can be read: an amount that is none yet is left out. */
export function readable(plan: SentPlan): PlanContent {
  const { budgetKrw, costLines, ...rest } = plan;
  const lines = costLines?.flatMap(({ krw, ...line }) => (typeof krw === 'number' ? [{ ...line, krw }] : []));
  return {
    ...rest,
    budgetKrw: typeof budgetKrw === 'number' ? budgetKrw : null,
    ...(lines === undefined || lines.length === 0 ? {} : { costLines: lines }),
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

/** The cost lines after rows of functions were taken out at a place and others put in: they go on meaning the same functions. */
export function costLinesAfter(lines: readonly CostDraft[], at: number, removed: number, added: number): readonly CostDraft[] {
  return lines.map((line) => ({
    ...line,
    functions: line.functions
      // A row whose text was replaced is still that function.
      .filter((row) => row < at || row >= at + removed || row < at + added)
      .map((row) => (row < at + removed ? row : row + added - removed)),
  }));
}

import type { DomainCommand } from '../kernel/decider.js';
import { RuleViolated } from '../kernel/errors.js';
import type { PlanContent, PlanVersion } from '../kernel/plan.js';
import { checkPlanVersion, checkText, LIMITS } from '../kernel/wellformed.js';
import { comparePlans } from '../project/comparison.js';
import type { MaterialChange } from '../rules/rule-book.js';
import type { ChangeEvent, ConsultationEvent, MaterialFinding } from './events.js';
import * as guard from './guards.js';
import type { Consultation } from './state.js';

/** A rule that says from where on a change has to be consulted again, with the name by which an event cites it. */
export interface MaterialChangeRule {
  readonly id: string;
  readonly value: MaterialChange;
}

/** 중대한 변경 신고. `rules`: those that the case froze at receipt, as the caller read them. */
export type ReportMaterialChange = DomainCommand<
  'report-material-change',
  { readonly plan: PlanVersion; readonly reason: string; readonly rules: readonly MaterialChangeRule[] }
>;

export type ChangeCommand = ReportMaterialChange;

/** After the decision: a changed plan is held against the one that was decided upon, and the rules say whether it has to be consulted again. */
export function decideChange(command: ChangeCommand, the: Consultation): readonly ConsultationEvent[] {
  const { by, at, plan, reason, rules } = command.data;
  checkPlanVersion(plan, '/plan');
  checkText(reason, '/reason', LIMITS.reason);
  guard.byTheApplicant(the, by);
  if (the.changes.at(-1)?.hash === plan.hash) return [];
  mayGoOn(the);
  anotherPlan(the, plan);
  const change = the.changes.length + 1;
  // Always against the plan that was decided upon: ten small changes are not smaller than one.
  const findings = materialChanges(the.plan.content, plan.content, rules);
  return [
    {
      type: 'material-change-reported',
      data: { by, at, change, decidedVersion: the.plan.version, plan, reason },
    },
    findings.length > 0
      ? { type: 're-consultation-required', data: { by, at, change, because: findings } }
      : { type: 'change-accepted-without-review', data: { by, at, change, rules: rules.map(({ id }) => id) } },
  ];
}

export function evolveChange(the: Consultation, event: ChangeEvent): Consultation {
  switch (event.type) {
    case 'material-change-reported': {
      const { change: number, plan } = event.data;
      const { version, hash } = plan;
      return { ...the, changes: [...the.changes, { number, version, hash, reConsultation: false }] };
    }
    case 're-consultation-required': {
      const { change } = event.data;
      const changes = the.changes.map((other) => (other.number === change ? { ...other, reConsultation: true } : other));
      return { ...the, changes };
    }
    case 'change-accepted-without-review':
      return the;
    default: {
      event satisfies never;
      return the;
    }
  }
}

/** Whether the applicant means to build something else than what was decided upon, by its newest report. */
export function awaitsReConsultation({ changes }: Consultation): boolean {
  return changes.at(-1)?.reConsultation === true;
}

/**
 * What about a changed plan is material by the rules: a function that the decided plan does not name (a rewritten one is another one until
 * somebody has looked at it), a first mention of an app, a budget that moved by the rule's share or that can no longer be compared.
 */
export function materialChanges(
  before: PlanContent,
  after: PlanContent,
  rules: readonly MaterialChangeRule[],
): readonly MaterialFinding[] {
  return rules.flatMap(({ id: rule, value }): readonly MaterialFinding[] => {
    switch (value.kind) {
      case 'budget-changes-by':
        return budgetMoved(before.budgetKrw, after.budgetKrw, value.share)
          ? [{ rule, kind: value.kind, before: before.budgetKrw, after: after.budgetKrw }]
          : [];
      case 'new-function':
        return comparePlans(before, after)
          .filter(({ kind, to }) => kind !== 'removed' && to?.startsWith('/functions/') === true)
          .map((difference) => ({ rule, kind: value.kind, before: difference.before, after: difference.after }));
      case 'new-app': {
        const mention = mentionsApp(before) === null ? mentionsApp(after) : null;
        return mention === null ? [] : [{ rule, kind: value.kind, before: null, after: mention }];
      }
    }
  });
}

function budgetMoved(before: number | null, after: number | null, share: number): boolean {
  if (before === after) return false;
  if (before === null || after === null || before === 0) return true;
  return Math.abs(after - before) >= before * share;
}

const APP = /앱|어플|\bapps?\b|android|안드로이드|\bios\b/i;

/** Where the plan first speaks of an app; null where it does not. */
function mentionsApp({ title, purpose, functions, technologies, text }: PlanContent): string | null {
  return [title, purpose, ...functions, ...technologies, text].find((part) => APP.test(part)) ?? null;
}

function mayGoOn(the: Consultation): void {
  const { decided } = the;
  if (decided === null || decided.outcome === 'HOLD') {
    throw new RuleViolated('no-plan-to-change', {
      ko: '추진하도록 통보된 사업이 아니어서 변경을 신고할 수 없습니다. 보류된 사업은 고친 계획으로 새로 신청하세요.',
      en: 'There is no decision to go on with this plan. After a hold, file the revised plan as a new consultation.',
    });
  }
  if (the.phase !== 'closed') guard.inPhase(the, 'notified', 'follow-up');
}

function anotherPlan({ plan, changes }: Consultation, next: PlanVersion): void {
  if (next.hash === plan.hash) {
    throw new RuleViolated(
      'nothing-changed',
      {
        ko: `결정된 계획서(${plan.version}판)와 같은 내용입니다. 달라진 계획을 적으세요.`,
        en: `This reads like the plan that was decided upon (version ${plan.version}). Give the plan as it is to be now.`,
      },
      '/plan',
    );
  }
  guard.laterVersion({ plan: { ...plan, version: changes.at(-1)?.version ?? plan.version } }, next);
}

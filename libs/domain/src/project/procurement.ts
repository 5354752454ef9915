import type { AgencyAsNamed, ConsultationEvent, Outcome } from '../consultation/events.js';
import { consultationDecider } from '../consultation/consultation.js';
import { legalDateOf } from '../kernel/date.js';
import type { Assessment, OmissionReason, OrderBasis } from './events.js';

/** What one consultation says about ordering, from its own events. */
export interface ConsultedPlan {
  readonly consultation: string;
  readonly authority: AgencyAsNamed;
  /** `pending` until the letter; `ended` by a return or a withdrawal. */
  readonly standing: 'pending' | 'decided' | 'ended';
  readonly plan: { readonly version: number; readonly hash: string };
  /** Null until the letter. */
  readonly letter: {
    readonly outcome: Outcome;
    readonly documentNumber: string;
    readonly notifiedOn: string;
    /** Conditions that are neither fulfilled nor waived. */
    readonly open: readonly { readonly number: number; readonly text: string; readonly dueOn: string | null }[];
  } | null;
}

/** Null for a consultation that was never filed. */
export function consultedPlanOf(events: readonly ConsultationEvent[]): ConsultedPlan | null {
  const state = events.reduce(consultationDecider.evolve, consultationDecider.initialState);
  if (state === null || state.phase === 'draft') return null;
  const { consultation, authority, phase, obligations } = state;
  const plan = { version: state.plan.version, hash: state.plan.hash };
  const letter = events.findLast((event) => event.type === 'result-notified');
  if (letter === undefined) {
    const ended = phase === 'returned' || phase === 'withdrawn';
    return { consultation, authority, plan, standing: ended ? 'ended' : 'pending', letter: null };
  }
  const { outcome, documentNumber, at } = letter.data;
  const open = obligations
    .filter(({ status }) => status === 'open' || status === 'submitted')
    .map(({ number, text, dueOn }) => ({ number, text, dueOn }));
  return {
    ...{ consultation, authority, plan, standing: 'decided' },
    letter: { outcome, documentNumber, notifiedOn: legalDateOf(at), open },
  };
}

/** What an order rests on, or why it rests on nothing. */
export type OrderFound =
  | { readonly basis: Exclude<OrderBasis, { readonly kind: 'none' }>; readonly omission: null }
  | {
      readonly basis: { readonly kind: 'none' };
      readonly omission: {
        readonly reason: OmissionReason;
        readonly consultation: string | null;
        readonly decidedPlan: { readonly version: number; readonly hash: string } | null;
      };
    };

/**
 * Whether an order was consulted before it went out (발주 전 사전협의): by the newest letter that had been notified by that day, for the very
 * plan that was ordered; or because the project had been assessed as exempt. A letter of a later day does not help.
 */
export function foundOrder(
  order: { readonly orderedOn: string; readonly planHash: string },
  consulted: readonly ConsultedPlan[],
  assessment: Assessment | null,
): OrderFound {
  const decided = consulted
    .filter(({ letter }) => letter !== null && letter.notifiedOn <= order.orderedOn)
    .sort((a, b) => ((a.letter?.notifiedOn ?? '') < (b.letter?.notifiedOn ?? '') ? -1 : 1));
  const newest = decided.at(-1);
  if (newest?.letter) {
    const { consultation, plan: decidedPlan, letter } = newest;
    const { outcome, documentNumber, notifiedOn, open } = letter;
    if (outcome === 'HOLD') return omitted('held', consultation, decidedPlan);
    if (decidedPlan.hash !== order.planHash) return omitted('other-plan-version', consultation, decidedPlan);
    const openConditions = open.map(({ number }) => number);
    return { omission: null, basis: { kind: 'decision', consultation, outcome, documentNumber, notifiedOn, openConditions } };
  }
  if (assessment?.target === 'exempt' && assessment.on <= order.orderedOn) {
    return { omission: null, basis: { kind: 'exempt', assessedOn: assessment.on, ruleSet: assessment.ruleSet } };
  }
  const waiting = consulted.find(({ standing }) => standing !== 'ended');
  if (waiting !== undefined) return omitted('ordered-before-decision', waiting.consultation, null);
  const ended = consulted.at(-1);
  return ended === undefined
    ? omitted('never-consulted', null, null)
    : omitted('ended-without-decision', ended.consultation, null);
}

function omitted(reason: OmissionReason, consultation: string | null, decidedPlan: ConsultedPlan['plan'] | null): OrderFound {
  return { basis: { kind: 'none' }, omission: { reason, consultation, decidedPlan } };
}

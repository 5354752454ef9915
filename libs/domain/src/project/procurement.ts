import type { AgencyAsNamed, ConsultationEvent, Outcome } from '../consultation/events.js';
import { consultationDecider } from '../consultation/consultation.js';
import { legalDateOf } from '../kernel/date.js';
import type { Assessment, OmissionReason, OrderBasis } from './events.js';

type NamedPlan = { readonly version: number; readonly hash: string };

/** What one letter allows to be ordered. */
export interface OrderLetter {
  readonly outcome: Outcome;
  readonly documentNumber: string;
  readonly notifiedOn: string;
  /** The plan that was decided upon. */
  readonly plan: NamedPlan;
  /** Later plans whose changes were accepted without another review, and from when on. */
  readonly accepted: readonly (NamedPlan & { readonly from: string })[];
  /** Conditions that are neither fulfilled nor waived. */
  readonly open: readonly { readonly number: number; readonly text: string; readonly dueOn: string | null }[];
}

/** What one consultation says about ordering, from its own events. */
export interface ConsultedPlan {
  readonly consultation: string;
  readonly authority: AgencyAsNamed;
  /** `pending` until the letter; `ended` by a return or a withdrawal. */
  readonly standing: 'pending' | 'decided' | 'ended';
  /** Oldest first: an amended decision has a letter of its own, and the first one stands until then. */
  readonly letters: readonly OrderLetter[];
}

/** Null for a consultation that was never filed. */
export function consultedPlanOf(events: readonly ConsultationEvent[]): ConsultedPlan | null {
  let state = consultationDecider.initialState;
  const letters: OrderLetter[] = [];
  let reported: NamedPlan | null = null;
  for (const event of events) {
    state = consultationDecider.evolve(state, event);
    if (state === null) continue;
    const last = letters.at(-1);
    if (event.type === 'result-notified') {
      const { outcome, documentNumber, at } = event.data;
      const plan = { version: state.plan.version, hash: state.plan.hash };
      letters.push({ outcome, documentNumber, notifiedOn: legalDateOf(at), plan, accepted: [], open: [] });
    } else if (event.type === 'material-change-reported') {
      const { version, hash } = event.data.plan;
      reported = { version, hash };
    } else if (event.type === 'change-accepted-without-review' && last !== undefined && reported !== null) {
      letters[letters.length - 1] = { ...last, accepted: [...last.accepted, { ...reported, from: legalDateOf(event.data.at) }] };
    }
  }
  if (state === null || state.phase === 'draft') return null;
  const { consultation, authority, phase, obligations } = state;
  const ended = phase === 'returned' || phase === 'withdrawn';
  const open = obligations
    .filter(({ status }) => status === 'open' || status === 'submitted')
    .map(({ number, text, dueOn }) => ({ number, text, dueOn }));
  const standing = letters.length > 0 ? 'decided' : ended ? 'ended' : 'pending';
  return {
    consultation,
    authority,
    standing,
    letters: letters.map((letter, n) => (n === letters.length - 1 ? { ...letter, open } : letter)),
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
        readonly decidedPlan: NamedPlan | null;
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
  const letter = letterInForce(consulted, order.orderedOn);
  if (letter !== null) {
    const { consultation, outcome, plan, documentNumber, notifiedOn, open } = letter;
    const decidedPlan = { version: plan.version, hash: plan.hash };
    if (outcome === 'HOLD') return omitted('held', consultation, decidedPlan);
    const covered = [plan, ...letter.accepted.filter(({ from }) => from <= order.orderedOn)];
    if (!covered.some(({ hash }) => hash === order.planHash)) return omitted('other-plan-version', consultation, decidedPlan);
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

/** Of all the letters about a project the newest that had been notified by the end of that day. */
export function letterInForce(
  consulted: readonly ConsultedPlan[],
  on: string,
): (OrderLetter & Pick<ConsultedPlan, 'consultation' | 'authority'>) | null {
  const notified = consulted
    .flatMap(({ consultation, authority, letters }) => letters.map((letter) => ({ ...letter, consultation, authority })))
    .filter(({ notifiedOn }) => notifiedOn <= on);
  // Of two letters of one day the later in the list: consultations come in the order in which they were drafted.
  return notified.reduce<(typeof notified)[number] | null>(
    (newest, letter) => (newest === null || letter.notifiedOn >= newest.notifiedOn ? letter : newest),
    null,
  );
}

function omitted(reason: OmissionReason, consultation: string | null, decidedPlan: NamedPlan | null): OrderFound {
  return { basis: { kind: 'none' }, omission: { reason, consultation, decidedPlan } };
}

import { AGENCY_TIERS } from '../agency/agency.js';
import type { ConflictFacts } from '../kernel/conflict.js';
import type { DomainCommand } from '../kernel/decider.js';
import { RuleViolated } from '../kernel/errors.js';
import { checkChoice, checkId, checkText, LIMITS } from '../kernel/wellformed.js';
import type { AgencyAsNamed, ConsultationEvent, ReviewEscalated } from './events.js';
import * as guard from './guards.js';
import type { Consultation } from './state.js';

/**
 * 이관: a 시·도 hands its review to the ministry, because the plan overlaps a system of the central government. `central`: whether the
 * inventory says so of the candidate, and `to` who the rules of the day mean by the ministry, both as the caller looked them up. Without a
 * candidate: because the authority and the applicant have become one agency, whoever of it acts.
 */
export type EscalateReview = DomainCommand<
  'escalate-review',
  { readonly candidate: string | null; readonly central: boolean; readonly to: AgencyAsNamed; readonly reason: string }
>;

export type EscalationCommand = EscalateReview & { readonly data: ConflictFacts };

/** From then on the ministry is the authority: it settles, decides and notifies. The clock and its due date stay as they are. */
export function decideEscalation({ data }: EscalationCommand, the: Consultation): readonly ConsultationEvent[] {
  const { by, at, candidate, central, to, reason, ofTheApplicant = false } = data;
  checkId(to?.id, '/to/id');
  checkText(to.name, '/to/name', LIMITS.name);
  checkChoice(to.tier, AGENCY_TIERS, '/to/tier');
  checkText(reason, '/reason', LIMITS.reason);
  const { escalated } = the;
  if (escalated?.from.id === by.agency && escalated.candidate === candidate && escalated.reason === reason) return [];
  guard.byTheAuthority(the, by);
  guard.authorityIsAnotherAgency(the.applicant, to);
  toAnotherAuthority(the, to);
  if (candidate === null) {
    onlyForAConflict(ofTheApplicant);
    guard.inPhase(the, ...WHILE_THE_AUTHORITY_IS_NEEDED);
  } else {
    guard.inPhase(the, 'received', 'under-review', 'awaiting-applicant');
    guard.amongTheCandidates(the, candidate);
    theOverlapIsConfirmed(the, candidate);
    withACentralSystem(candidate, central);
  }
  const { id, name, tier } = to;
  return [{ type: 'review-escalated', data: { by, at, candidate, reason, from: the.authority, to: { id, name, tier } } }];
}

/** Whoever led the review and whatever was proposed belonged to the former authority. */
export function evolveEscalation(the: Consultation, event: ReviewEscalated): Consultation {
  const { candidate, reason, from, to } = event.data;
  return { ...the, authority: to, lead: null, escalated: { from, candidate, reason } };
}

const WHILE_THE_AUTHORITY_IS_NEEDED = [
  ...(['submitted', 'received', 'under-review', 'awaiting-applicant', 'approved'] as const),
  ...(['notified', 'objection', 'follow-up'] as const),
];

function onlyForAConflict(ofTheApplicant: boolean): void {
  if (ofTheApplicant) return;
  throw new RuleViolated(
    'no-conflict-of-interest',
    {
      ko: '중복으로 확정한 중앙 시스템 없이는, 협의기관과 신청기관이 한 기관이 된 때에만 이관할 수 있습니다. 후보를 지정하세요.',
      en: 'Without an overlap with a central system a review is handed over only when authority and applicant have become one agency. Name the candidate.',
    },
    '/candidate',
  );
}

function toAnotherAuthority({ authority }: Consultation, to: AgencyAsNamed): void {
  if (authority.id !== to.id) return;
  throw new RuleViolated('reviewed-by-the-ministry', {
    ko: `이미 ${authority.name}이(가) 협의하는 사건이어서 이관할 곳이 없습니다.`,
    en: `${authority.name} reviews this case already; there is nobody to hand it to.`,
  });
}

function theOverlapIsConfirmed(the: Consultation, candidate: string): void {
  if (guard.standingSettlement(the, candidate)?.confirmed === true) return;
  throw new RuleViolated(
    'overlap-not-confirmed',
    {
      ko: '중복으로 확정한 시스템이 있어야 이관할 수 있습니다. 먼저 이 후보의 중복을 확정하세요.',
      en: 'A review is handed over because of a confirmed overlap. Confirm the overlap with this candidate first.',
    },
    '/candidate',
  );
}

function withACentralSystem(candidate: string, central: boolean): void {
  if (central) return;
  throw new RuleViolated(
    'not-a-central-system',
    {
      ko: `‘${candidate}’은(는) 중앙행정기관의 시스템이 아닙니다. 이관은 중앙 시스템과 중복될 때만 합니다.`,
      en: `“${candidate}” is not a system of the central government. Only an overlap with one is handed over.`,
    },
    '/candidate',
  );
}

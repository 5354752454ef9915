import type { Actor, DomainCommand } from '../kernel/decider.js';
import { RuleViolated } from '../kernel/errors.js';
import { same } from '../kernel/same.js';
import { checkId, checkText, LIMITS } from '../kernel/wellformed.js';
import type { AssignmentEvent, ConsultationEvent } from './events.js';
import * as guard from './guards.js';
import type { Consultation } from './state.js';

/** 배정: names the lead reviewer (주심). */
export type AssignReviewer = DomainCommand<'assign-reviewer', { readonly reviewer: Actor }>;
/** 재배정. */
export type ReassignReviewer = DomainCommand<'reassign-reviewer', { readonly reviewer: Actor; readonly reason: string }>;

export type AssignmentCommand = AssignReviewer | ReassignReviewer;

export function decideAssignment(command: AssignmentCommand, the: Consultation): readonly ConsultationEvent[] {
  const { by, at } = command.data;
  const { person, agency } = command.data.reviewer;
  checkId(person, '/reviewer/person');
  checkId(agency, '/reviewer/agency');
  const reviewer = { person, agency };
  switch (command.type) {
    case 'assign-reviewer': {
      guard.byTheAuthority(the, by);
      if (same(the.lead, reviewer)) return [];
      guard.inPhase(the, ...WHILE_REVIEWED);
      ofTheAuthority(the, reviewer);
      nobodyLeads(the);
      return [{ type: 'reviewer-assigned', data: { by, at, reviewer } }];
    }
    case 'reassign-reviewer': {
      const { reason } = command.data;
      checkText(reason, '/reason', LIMITS.reason);
      guard.byTheAuthority(the, by);
      if (same(the.lead, reviewer)) return [];
      guard.inPhase(the, ...WHILE_REVIEWED);
      ofTheAuthority(the, reviewer);
      return [{ type: 'reviewer-reassigned', data: { by, at, reviewer, former: lead(the), reason } }];
    }
    default: {
      const never: never = command;
      return never;
    }
  }
}

const WHILE_REVIEWED = ['received', 'under-review', 'awaiting-applicant', 'pending-approval', 'approved'] as const;

export function evolveAssignment(the: Consultation, event: AssignmentEvent): Consultation {
  return { ...the, phase: the.phase === 'received' ? 'under-review' : the.phase, lead: event.data.reviewer };
}

function ofTheAuthority({ applicant, authority }: Consultation, { agency }: Actor): void {
  if (agency === applicant.id) {
    throw new RuleViolated(
      'reviewer-of-the-applicant',
      {
        ko: `신청기관(${applicant.name}) 소속은 자기 기관의 사업을 검토할 수 없습니다. 다른 사람을 배정하세요.`,
        en: `Nobody of the applicant agency (${applicant.name}) may review its own plan. Assign somebody else.`,
      },
      '/reviewer/agency',
    );
  }
  if (agency !== authority.id) {
    throw new RuleViolated(
      'reviewer-of-another-agency',
      {
        ko: `협의기관(${authority.name})의 담당자만 배정할 수 있습니다.`,
        en: `Only an official of the authority (${authority.name}) may be assigned.`,
      },
      '/reviewer/agency',
    );
  }
}

function nobodyLeads({ lead: assigned }: Consultation): void {
  if (assigned !== null) {
    throw new RuleViolated('reviewer-assigned-already', {
      ko: `이미 ${assigned.person}에게 배정되었습니다. 바꾸려면 사유를 적어 재배정하세요.`,
      en: `The case is assigned to ${assigned.person}. To change that, reassign it and state why.`,
    });
  }
}

function lead({ lead: assigned }: Consultation): Actor {
  if (assigned === null) {
    throw new RuleViolated('no-reviewer-assigned', {
      ko: '아직 아무에게도 배정되지 않았습니다. 먼저 배정하세요.',
      en: 'The case is not assigned to anybody yet. Assign it first.',
    });
  }
  return assigned;
}

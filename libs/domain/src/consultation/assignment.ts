import type { Actor, DomainCommand } from '../kernel/decider.js';
import { RuleViolated } from '../kernel/errors.js';
import { same } from '../kernel/same.js';
import { checkId, checkText, LIMITS } from '../kernel/wellformed.js';
import type { UserRole } from '../user/events.js';
import type { AssignmentEvent, ConsultationEvent } from './events.js';
import * as guard from './guards.js';
import type { Consultation } from './state.js';

/** What the caller found about whoever is to lead, among the users and their roles. */
export interface ReviewerStanding {
  /** Whether anybody of that id may sign in at all. */
  readonly known: boolean;
  readonly suspended: boolean;
  /** For the agency that is named with the person, on the day of the assignment. */
  readonly roles: readonly UserRole[];
  /** Whether the person works for the applicant too, or for an agency that is one with it by now. */
  readonly worksForTheApplicant: boolean;
}

/** 배정: names the lead reviewer (주심). */
export type AssignReviewer = DomainCommand<'assign-reviewer', { readonly reviewer: Actor; readonly standing: ReviewerStanding }>;
/** 재배정. */
export type ReassignReviewer = DomainCommand<
  'reassign-reviewer',
  { readonly reviewer: Actor; readonly standing: ReviewerStanding; readonly reason: string }
>;

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
      mayReview(the, person, command.data.standing);
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
      mayReview(the, person, command.data.standing);
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

function mayReview({ applicant, authority }: Consultation, person: string, standing: ReviewerStanding): void {
  const { known, suspended, roles, worksForTheApplicant } = standing;
  if (worksForTheApplicant) {
    throw new RuleViolated(
      'reviewer-of-the-applicant',
      {
        ko: `${person}은(는) 신청기관(${applicant.name})에서도 일하므로 이 사건을 검토할 수 없습니다. 다른 사람을 배정하세요.`,
        en: `${person} works for the applicant agency (${applicant.name}) too and may not review its plan. Assign somebody else.`,
      },
      '/person',
    );
  }
  if (!known) {
    throw new RuleViolated(
      'no-such-reviewer',
      {
        ko: `${person}(이)라는 이용자가 없습니다. 이용자 목록에서 번호를 확인하세요.`,
        en: `There is no user ${person}. Look the id up in the list of users.`,
      },
      '/person',
    );
  }
  if (suspended) {
    throw new RuleViolated(
      'reviewer-suspended',
      {
        ko: `${person}은(는) 이용이 정지되어 사건을 맡을 수 없습니다. 다른 사람을 배정하세요.`,
        en: `${person} is suspended and cannot lead a case. Assign somebody else.`,
      },
      '/person',
    );
  }
  if (!roles.includes('reviewer') && !roles.includes('approver')) {
    throw new RuleViolated(
      'reviewer-without-role',
      {
        ko: `${person}은(는) ${authority.name}의 검토자 권한이 없습니다. 권한을 먼저 주거나 다른 사람을 배정하세요.`,
        en: `${person} holds no role of a reviewer for ${authority.name}. Grant it first, or assign somebody else.`,
      },
      '/person',
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

import { AGENCY_TIERS } from '../agency/agency.js';
import { legalDateOf, officialDate } from '../kernel/date.js';
import type { Actor, DomainCommand } from '../kernel/decider.js';
import { NotPermitted, RuleViolated } from '../kernel/errors.js';
import { same } from '../kernel/same.js';
import { checkChoice, checkDate, checkId, checkText, LIMITS } from '../kernel/wellformed.js';
import type { AgencyAsNamed, ConsultationEvent, JointReviewConclusion, JointReviewEvent, OwnerOpinion } from './events.js';
import * as guard from './guards.js';
import type { Consultation, JointReview } from './state.js';

export const OWNER_OPINIONS: readonly OwnerOpinion[] = ['REUSE_POSSIBLE', 'LINK', 'DIFFERENT', 'OBJECTION'];
export const JOINT_REVIEW_CONCLUSIONS: readonly JointReviewConclusion[] = ['AGREEMENT', 'NO_AGREEMENT', 'SILENCE'];

/** 공동검토 개시: `owner` is the agency that runs the candidate, as it is named now. */
export type OpenJointReview = DomainCommand<
  'open-joint-review',
  { readonly candidate: string; readonly owner: AgencyAsNamed; readonly dueOn: string }
>;
export type SubmitOwnerOpinion = DomainCommand<
  'submit-owner-opinion',
  { readonly review: number; readonly opinion: OwnerOpinion; readonly terms: string }
>;
/** 중복과업 조정 takes both sides, applicant and owner: one proposes a text, the other agrees to it. */
export type ProposeTaskAdjustment = DomainCommand<
  'propose-task-adjustment',
  { readonly review: number; readonly adjustment: string }
>;
/** `adjustment` repeats the text agreed to: nobody agrees to one that was replaced while they were reading. */
export type AgreeTaskAdjustment = DomainCommand<
  'agree-task-adjustment',
  { readonly review: number; readonly adjustment: string }
>;
export type CloseJointReview = DomainCommand<
  'close-joint-review',
  { readonly review: number; readonly conclusion: JointReviewConclusion; readonly remarks: string }
>;
/** 소명. */
export type StateDifference = DomainCommand<'state-difference', { readonly candidate: string; readonly statement: string }>;

export type JointReviewCommand =
  OpenJointReview | SubmitOwnerOpinion | ProposeTaskAdjustment | AgreeTaskAdjustment | CloseJointReview | StateDifference;

/** The owner of an overlapping system is heard before the authority decides. */
export function decideJointReview(command: JointReviewCommand, the: Consultation): readonly ConsultationEvent[] {
  const { by, at } = command.data;
  switch (command.type) {
    case 'open-joint-review': {
      const { candidate, dueOn } = command.data;
      const { id, name, tier } = command.data.owner;
      checkDate(dueOn, '/dueOn');
      checkId(id, '/owner/id');
      checkText(name, '/owner/name', LIMITS.name);
      checkChoice(tier, AGENCY_TIERS, '/owner/tier');
      guard.byTheAuthority(the, by);
      const owner = { id, name, tier };
      const open = the.jointReviews.find((other) => other.candidate === candidate && other.conclusion === null);
      if (open !== undefined && open.dueOn === dueOn && same(open.owner, owner)) return [];
      guard.inPhase(the, 'received', 'under-review', 'awaiting-applicant');
      guard.amongTheCandidates(the, candidate);
      anotherThanTheApplicant(the, owner);
      if (open !== undefined) guard.noOpenJointReview(the);
      guard.leavesADay(dueOn, at, '/dueOn');
      return [{ type: 'joint-review-opened', data: { by, at, review: the.jointReviews.length + 1, candidate, owner, dueOn } }];
    }
    case 'submit-owner-opinion': {
      const { review, opinion, terms } = command.data;
      checkChoice(opinion, OWNER_OPINIONS, '/opinion');
      checkText(terms, '/terms', LIMITS.reason);
      const joint = jointReview(the, review);
      byTheOwner(joint, by);
      if (same(joint.opinion, { opinion, terms })) return [];
      stillOpen(the, joint);
      return [{ type: 'owner-opinion-submitted', data: { by, at, review, opinion, terms } }];
    }
    case 'propose-task-adjustment': {
      const { review, adjustment } = command.data;
      checkText(adjustment, '/adjustment', LIMITS.reason);
      const joint = jointReview(the, review);
      byOneOfTheSides(the, joint, by);
      if (joint.adjustment?.adjustment === adjustment && joint.adjustment.agency === by.agency) return [];
      stillOpen(the, joint);
      return [{ type: 'task-adjustment-proposed', data: { by, at, review, adjustment } }];
    }
    case 'agree-task-adjustment': {
      const { review, adjustment } = command.data;
      checkText(adjustment, '/adjustment', LIMITS.reason);
      const joint = jointReview(the, review);
      byOneOfTheSides(the, joint, by);
      const proposed = proposedAdjustment(joint, adjustment);
      byTheOtherSide(proposed.agency, by);
      if (proposed.agreed) return [];
      stillOpen(the, joint);
      return [{ type: 'task-adjustment-agreed', data: { by, at, review, adjustment, proposedBy: proposed.agency } }];
    }
    case 'close-joint-review': {
      const { review, conclusion, remarks } = command.data;
      checkChoice(conclusion, JOINT_REVIEW_CONCLUSIONS, '/conclusion');
      checkText(remarks, '/remarks', LIMITS.reason, 'may-be-empty');
      guard.byTheAuthority(the, by);
      const joint = jointReview(the, review);
      if (same(joint.conclusion, { conclusion, remarks })) return [];
      stillOpen(the, joint);
      if (conclusion === 'SILENCE') ownerWasSilent(joint, at);
      else ownerWasHeard(joint);
      if (conclusion === 'AGREEMENT') objectionIsMet(joint);
      return [{ type: 'joint-review-closed', data: { by, at, review, conclusion, remarks } }];
    }
    case 'state-difference': {
      const { candidate, statement } = command.data;
      checkText(statement, '/statement', LIMITS.reason);
      guard.byTheApplicant(the, by);
      if (the.differences.some((other) => other.candidate === candidate && other.statement === statement)) return [];
      guard.inPhase(the, 'submitted', 'received', 'under-review', 'awaiting-applicant');
      guard.amongTheCandidates(the, candidate);
      return [{ type: 'difference-stated', data: { by, at, candidate, statement } }];
    }
    default: {
      const never: never = command;
      return never;
    }
  }
}

export function evolveJointReview(the: Consultation, event: JointReviewEvent): Consultation {
  switch (event.type) {
    case 'joint-review-opened': {
      const { review: number, candidate, owner, dueOn } = event.data;
      const joint = { number, candidate, owner, dueOn, opinion: null, adjustment: null, conclusion: null };
      const phase = the.phase === 'received' ? 'under-review' : the.phase;
      return { ...the, phase, jointReviews: [...the.jointReviews, joint] };
    }
    case 'owner-opinion-submitted': {
      const { review, opinion, terms } = event.data;
      return changed(the, review, { opinion: { opinion, terms } });
    }
    case 'task-adjustment-proposed': {
      const { by, review, adjustment } = event.data;
      return changed(the, review, { adjustment: { adjustment, agency: by.agency, agreed: false } });
    }
    case 'task-adjustment-agreed': {
      const { review, adjustment, proposedBy: agency } = event.data;
      return changed(the, review, { adjustment: { adjustment, agency, agreed: true } });
    }
    case 'joint-review-closed': {
      const { review, conclusion, remarks } = event.data;
      return changed(the, review, { conclusion: { conclusion, remarks } });
    }
    case 'difference-stated': {
      const { candidate, statement } = event.data;
      const others = the.differences.filter((other) => other.candidate !== candidate);
      return { ...the, differences: [...others, { candidate, statement }] };
    }
    default: {
      event satisfies never;
      return the;
    }
  }
}

/** The agencies that may look at the case because they are asked: owners whose joint review is open while the case is under review. */
export function invitedAgencies(the: Consultation): readonly string[] {
  if (guard.isDecided(the)) return [];
  return the.jointReviews.filter(({ conclusion }) => conclusion === null).map(({ owner }) => owner.id);
}

function changed(the: Consultation, review: number, change: Partial<JointReview>): Consultation {
  const jointReviews = the.jointReviews.map((joint) => (joint.number === review ? { ...joint, ...change } : joint));
  return { ...the, jointReviews };
}

function jointReview({ jointReviews }: Consultation, review: number): JointReview {
  const joint = jointReviews.find(({ number }) => number === review);
  if (joint === undefined) {
    throw new RuleViolated(
      'no-such-joint-review',
      { ko: `${review}번 공동검토는 없습니다.`, en: `There is no joint review ${review}.` },
      '/review',
    );
  }
  return joint;
}

function anotherThanTheApplicant({ applicant }: Consultation, owner: AgencyAsNamed): void {
  if (owner.id === applicant.id) {
    throw new RuleViolated(
      'owner-is-the-applicant',
      {
        ko: `신청기관(${applicant.name})의 시스템은 공동검토 대상이 아닙니다. 소명을 요청하세요.`,
        en: `The system belongs to the applicant (${applicant.name}) itself. Ask it for an explanation instead.`,
      },
      '/owner/id',
    );
  }
}

function byTheOwner({ owner }: JointReview, by: Actor): void {
  if (by.agency !== owner.id) {
    throw new NotPermitted('not-the-owner', {
      ko: `의견을 요청받은 기관(${owner.name})만 할 수 있는 일입니다.`,
      en: `Only the agency that was asked (${owner.name}) may do this.`,
    });
  }
}

function byOneOfTheSides({ applicant }: Consultation, { owner }: JointReview, by: Actor): void {
  if (by.agency !== applicant.id && by.agency !== owner.id) {
    throw new NotPermitted('not-a-side', {
      ko: `과업 조정은 신청기관(${applicant.name})과 소유기관(${owner.name})만 할 수 있습니다.`,
      en: `Only the two sides, ${applicant.name} and ${owner.name}, adjust the tasks.`,
    });
  }
}

function byTheOtherSide(proposer: string, by: Actor): void {
  if (proposer === by.agency) {
    throw new NotPermitted('own-adjustment', {
      ko: '조정안을 낸 기관은 스스로 동의할 수 없습니다. 상대 기관이 동의해야 합니다.',
      en: 'Who proposed the adjustment cannot agree to it. The other side must.',
    });
  }
}

function stillOpen(the: Consultation, { number, conclusion }: JointReview): void {
  guard.notOver(the);
  if (conclusion !== null) {
    throw new RuleViolated('joint-review-closed', {
      ko: `${number}번 공동검토는 이미 끝났습니다.`,
      en: `Joint review ${number} is closed already.`,
    });
  }
}

function proposedAdjustment({ number, adjustment }: JointReview, text: string): NonNullable<JointReview['adjustment']> {
  if (adjustment?.adjustment !== text) {
    throw new RuleViolated(
      'not-the-proposed-adjustment',
      {
        ko: `${number}번 공동검토에 올라온 조정안이 아닙니다. 최신 조정안을 확인하세요.`,
        en: `This is not the adjustment proposed in joint review ${number}. Read the newest one.`,
      },
      '/adjustment',
    );
  }
  return adjustment;
}

function ownerWasHeard({ number, owner, opinion }: JointReview): void {
  if (opinion === null) {
    throw new RuleViolated('owner-not-heard', {
      ko: `${owner.name}이(가) ${number}번 공동검토에 의견을 내지 않았습니다. 기한이 지나면 무응답으로 종료할 수 있습니다.`,
      en: `${owner.name} has given no opinion in joint review ${number}. Record its silence once the due date has passed.`,
    });
  }
}

function ownerWasSilent({ owner, opinion, dueOn }: JointReview, at: string): void {
  if (opinion !== null) {
    throw new RuleViolated('owner-was-heard', {
      ko: `${owner.name}이(가) 의견을 냈으므로 무응답이 아닙니다.`,
      en: `${owner.name} has given its opinion: that is no silence.`,
    });
  }
  if (legalDateOf(at) <= dueOn) {
    throw new RuleViolated('joint-review-not-due', {
      ko: `${owner.name}은(는) ${officialDate(dueOn)}까지 의견을 낼 수 있습니다. 그 뒤에 무응답으로 종료하세요.`,
      en: `${owner.name} may give its opinion until ${officialDate(dueOn)}. Record its silence after that.`,
    });
  }
}

/** An objection is overcome by what both sides agree upon, not by calling it an agreement. */
function objectionIsMet({ owner, opinion, adjustment }: JointReview): void {
  if (opinion?.opinion === 'OBJECTION' && adjustment?.agreed !== true) {
    throw new RuleViolated(
      'objection-not-met',
      {
        ko: `${owner.name}이(가) 반대하였고 합의된 과업 조정이 없습니다. 합의 없음으로 종료하거나 조정을 먼저 합의하세요.`,
        en: `${owner.name} objects and no adjustment is agreed. Close without agreement, or agree on an adjustment first.`,
      },
      '/conclusion',
    );
  }
}

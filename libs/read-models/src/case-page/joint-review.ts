import type { AgencyAsNamed, JointReviewConclusion, JointReviewEvent, OwnerOpinion } from '@sajeon/domain';
import type { Act } from './act.js';

export interface CaseJointReview {
  readonly review: number;
  readonly candidate: string;
  readonly owner: AgencyAsNamed;
  readonly opened: Act;
  readonly dueOn: string;
  /** Oldest first: an owner may change its mind while the review is open. */
  readonly opinions: readonly (Act & { readonly opinion: OwnerOpinion; readonly terms: string })[];
  /** The newest proposal. */
  readonly adjustment: (Act & { readonly adjustment: string; readonly agreed: Act | null }) | null;
  /** Null while it is open. */
  readonly closed: (Act & { readonly conclusion: JointReviewConclusion; readonly remarks: string }) | null;
}

/** 소명: the applicant's newest word on a candidate. */
export interface CaseDifference extends Act {
  readonly candidate: string;
  readonly statement: string;
}

/** What the page says of the other side of an overlap. */
export interface JointReviews {
  readonly jointReviews?: readonly CaseJointReview[];
  /** At most one for each candidate. */
  readonly differences?: readonly CaseDifference[];
}

export function heard<Document extends JointReviews>(before: Document, event: JointReviewEvent): Document {
  const act: Act = { by: event.data.by, at: event.data.at };
  if (event.type === 'difference-stated') {
    const { candidate, statement } = event.data;
    const others = (before.differences ?? []).filter((other) => other.candidate !== candidate);
    return { ...before, differences: [...others, { ...act, candidate, statement }] };
  }
  const jointReviews = before.jointReviews ?? [];
  if (event.type === 'joint-review-opened') {
    const { review, candidate, owner, dueOn } = event.data;
    const joint = { review, candidate, owner, opened: act, dueOn, opinions: [], adjustment: null, closed: null };
    return { ...before, jointReviews: [...jointReviews, joint] };
  }
  const told = jointReviews.map((joint) => (joint.review === event.data.review ? after(joint, event, act) : joint));
  return { ...before, jointReviews: told };
}

type Within = Exclude<JointReviewEvent, { readonly type: 'difference-stated' | 'joint-review-opened' }>;

function after(joint: CaseJointReview, event: Within, act: Act): CaseJointReview {
  switch (event.type) {
    case 'owner-opinion-submitted': {
      const { opinion, terms } = event.data;
      return { ...joint, opinions: [...joint.opinions, { ...act, opinion, terms }] };
    }
    case 'task-adjustment-proposed':
      return { ...joint, adjustment: { ...act, adjustment: event.data.adjustment, agreed: null } };
    case 'task-adjustment-agreed':
      return { ...joint, adjustment: joint.adjustment && { ...joint.adjustment, agreed: act } };
    case 'joint-review-closed': {
      const { conclusion, remarks } = event.data;
      return { ...joint, closed: { ...act, conclusion, remarks } };
    }
  }
}

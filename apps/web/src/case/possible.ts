import type { Case, Me, Status } from '../contract.js';
import { todayInSeoul } from '../format.js';
import { OVER } from '../terms.js';

/** Which acts this person may try now. The service has the last word; this only keeps buttons away that could never work. */
export interface Possible {
  readonly revise: boolean;
  readonly submit: boolean;
  /** 결재 올리기: by whoever may not submit themselves. */
  readonly requestSubmission: boolean;
  readonly respond: boolean;
  readonly withdraw: boolean;
  readonly receive: boolean;
  readonly giveBack: boolean;
  readonly settle: boolean;
  readonly requestCorrection: boolean;
  readonly propose: boolean;
  readonly approve: boolean;
  readonly notify: boolean;
}

export function possible(the: Case, me: Me): Possible {
  const within = (...statuses: readonly Status[]): boolean => statuses.includes(the.status);
  const applicant = me.agency === the.applicant.id && me.roles.includes('applicant');
  const ownApprover = me.agency === the.applicant.id && me.roles.includes('applicant-approver');
  const reviewer = me.agency === the.authority.id && (me.roles.includes('reviewer') || me.roles.includes('approver'));
  const open = the.corrections.find(({ responded, onFile }) => responded === null && onFile === undefined);
  return {
    revise: applicant && within('draft'),
    submit: ownApprover && within('draft'),
    requestSubmission: applicant && !ownApprover && within('draft'),
    respond: applicant && within('awaiting-applicant'),
    withdraw: applicant && !OVER.has(the.status),
    receive: reviewer && within('submitted'),
    giveBack:
      reviewer &&
      (within('submitted') || (within('awaiting-applicant') && open !== undefined && open.respondBy < todayInSeoul())),
    settle: reviewer && within('received', 'under-review', 'awaiting-applicant'),
    requestCorrection: reviewer && within('received', 'under-review'),
    propose: reviewer && within('received', 'under-review'),
    approve: me.agency === the.authority.id && me.roles.includes('approver') && within('pending-approval'),
    notify: reviewer && within('approved'),
  };
}

/** Whether the newest finding is about the plan as it reads now. */
export function screenedNow({ finding, plan }: Case): boolean {
  return finding !== null && finding.planVersion === plan.version;
}

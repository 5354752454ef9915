import { invitedAgencies, type Consultation } from '@sajeon/domain';
import type { Principal } from './principal.js';

export interface CaseParties {
  readonly applicantAgency: string;
  readonly authorityAgency: string;
  /** Not yet filed: private to the agency that writes it. */
  readonly draft: boolean;
  /** Owners of overlapping systems while their opinion is asked; nobody unless given. */
  readonly invitedAgencies?: readonly string[];
  /** The authority that handed the review on: it may follow the case, and no longer sees what is said inside the new one. */
  readonly formerAuthority?: string | undefined;
}

/** Whether the principal may know that the case exists. A case that may not be seen answers like one that does not exist. */
export function maySeeCase(principal: Principal, parties: CaseParties): boolean {
  if (principal.roles.includes('auditor')) return true;
  if (principal.agency === parties.applicantAgency) return true;
  if (parties.draft) return false;
  if (principal.agency === parties.authorityAgency || principal.agency === parties.formerAuthority) return true;
  return principal.roles.includes('owner') && parties.invitedAgencies?.includes(principal.agency) === true;
}

/** Proposals and sent-back reasons are the authority's internal opinion until the result is notified. */
export function maySeeInternalOpinion(principal: Principal, parties: CaseParties): boolean {
  return principal.roles.includes('auditor') || principal.agency === parties.authorityAgency;
}

/**
 * 이름은 동료끼리: the name of whoever acted for an agency is for people of that agency, for administrators and for themselves. Everybody else, auditors
 * too, has the pseudonym that is on record.
 */
export function maySeeName(principal: Principal, acted: { readonly person: string; readonly agency: string }): boolean {
  return principal.person === acted.person || principal.agency === acted.agency || principal.roles.includes('administrator');
}

/** Which cases a list shows: all of them, or those of one agency on one side. */
export function caseScope(principal: Principal): 'all' | { readonly agency: string } {
  return principal.roles.includes('auditor') ? 'all' : { agency: principal.agency };
}

/** What happens inside the authority before the letter. */
export const INTERNAL_ACTS: ReadonlySet<string> = new Set([
  ...['decision-proposed', 'decision-sent-back', 'decision-approved', 'approval-invalidated'],
]);

/** What an agency says to itself about its draft: nobody outside reads it, not even once the draft is filed. */
export const APPLICANT_ACTS: ReadonlySet<string> = new Set(['submission-requested', 'draft-sent-back']);

/** Who has to do with a case as it stands. */
export function partiesOf(the: Consultation): CaseParties {
  const { applicant, authority, phase } = the;
  return {
    applicantAgency: applicant.id,
    authorityAgency: authority.id,
    draft: phase === 'draft',
    invitedAgencies: invitedAgencies(the),
    formerAuthority: the.escalated?.from.id,
  };
}

/**
 * What a person may be for an agency. `approver` is the second pair of eyes; `owner` speaks for an existing system;
 * an `auditor` reads everything and changes nothing; `system` is the service itself, and no token carries it.
 */
export type Role = 'applicant' | 'reviewer' | 'approver' | 'owner' | 'auditor' | 'administrator' | 'system';

/** Who is acting, and for which agency. `person` is a pseudonymous id: names never reach the record. */
export interface Principal {
  readonly person: string;
  readonly agency: string;
  readonly roles: readonly Role[];
}

/** The service acting by a policy. */
export const SYSTEM: Principal = { person: 'system', agency: 'sajeon', roles: ['system'] };

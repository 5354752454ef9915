import type { DelegationKind, UserRole } from '@sajeon/domain';

/**
 * What a person may be for an agency. `applicant-approver` (정보화책임관) files what applicants draft; `approver` is the authority's second pair of eyes; `owner` speaks for an existing system;
 * an `auditor` reads everything and changes nothing; `system` is the service itself, and no token carries it.
 */
export type Role = UserRole | 'system';

const ROLE_NAME: Readonly<Record<Role, string>> = {
  applicant: '신청',
  'applicant-approver': '신청기관 결재',
  reviewer: '검토',
  approver: '결재',
  owner: '시스템 운영',
  auditor: '감사',
  administrator: '관리',
  system: '시스템',
};

/** As people read them: `검토 또는 결재`. */
export function roleNames(roles: readonly Role[]): string {
  return roles.map((role) => ROLE_NAME[role]).join(' 또는 ');
}

/** Who is acting, and for which agency. `person` is a pseudonymous id: names never reach the record. */
export interface Principal {
  readonly person: string;
  readonly agency: string;
  readonly roles: readonly Role[];
  /** The agency that the person holds the roles for, when `agency` is one that was merged or split and this one took over. */
  readonly successor?: string;
  /** Whose authority it is, when the person acts by 대결 or 전결. */
  readonly delegation?: { readonly id: string; readonly delegator: string; readonly kind: DelegationKind };
  /** What an API key may be used for: `<part of the service>:read` or `:write`, `*` for every part. Absent: everything the roles allow. */
  readonly scopes?: readonly string[];
}

/** The service acting by a policy. */
export const SYSTEM: Principal = { person: 'system', agency: 'sajeon', roles: ['system'] };

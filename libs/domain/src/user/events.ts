import type { DomainEvent, Stamp } from '../kernel/decider.js';

/** What a person may be for an agency. The service itself has a role of its own, which nobody can be granted. */
export type UserRole = 'applicant' | 'applicant-approver' | 'reviewer' | 'approver' | 'owner' | 'auditor' | 'administrator';

/** `acting` is 대결: in somebody's absence. `standing` is 전결: authority passed down by the agency's own rules. */
export type DelegationKind = 'acting' | 'standing';

/** Dates are legal dates; the last day counts. */
interface Term {
  readonly from: string;
  /** Null: until revoked. */
  readonly until: string | null;
}

/** A pseudonymous id and nothing else: whose it is stands outside the record. */
export type UserRegistered = DomainEvent<'user-registered', Stamp & { readonly user: string }>;
export type RolesGranted = DomainEvent<
  'roles-granted',
  Stamp & Term & { readonly grant: string; readonly agency: string; readonly roles: readonly UserRole[] }
>;
export type GrantRevoked = DomainEvent<'grant-revoked', Stamp & { readonly grant: string; readonly reason: string }>;
export type UserSuspended = DomainEvent<'user-suspended', Stamp & { readonly reason: string }>;
export type UserReinstated = DomainEvent<'user-reinstated', Stamp & { readonly reason: string }>;
/** On the stream of the one who receives it. It holds only as long as the delegator holds the roles. */
export type AuthorityDelegated = DomainEvent<
  'authority-delegated',
  Stamp & {
    readonly delegation: string;
    readonly delegator: string;
    readonly agency: string;
    readonly roles: readonly UserRole[];
    readonly kind: DelegationKind;
    readonly from: string;
    readonly until: string;
  }
>;
export type DelegationWithdrawn = DomainEvent<
  'delegation-withdrawn',
  Stamp & { readonly delegation: string; readonly reason: string }
>;

export type UserEvent =
  UserRegistered | RolesGranted | GrantRevoked | UserSuspended | UserReinstated | AuthorityDelegated | DelegationWithdrawn;

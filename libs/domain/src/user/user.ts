import type { Actor, Decider, DomainCommand } from '../kernel/decider.js';
import { NotFound, RuleViolated } from '../kernel/errors.js';
import { same } from '../kernel/same.js';
import { checkChoice, checkDate, checkId, checkList, checkStamp, checkText, LIMITS } from '../kernel/wellformed.js';
import type { DelegationKind, UserEvent, UserRole } from './events.js';

export const USER_ROLES: readonly UserRole[] = [
  'applicant',
  'applicant-approver',
  'reviewer',
  'approver',
  'owner',
  'auditor',
  'administrator',
];
/** An auditor's independence and an administrator's power are given by name to a person, never passed on. */
export const DELEGABLE_ROLES: readonly UserRole[] = ['applicant', 'applicant-approver', 'reviewer', 'approver', 'owner'];
export const DELEGATION_KINDS: readonly DelegationKind[] = ['acting', 'standing'];

export type RegisterUser = DomainCommand<'register-user', { readonly user: string }>;
export type GrantRoles = DomainCommand<
  'grant-roles',
  {
    readonly grant: string;
    readonly agency: string;
    readonly roles: readonly UserRole[];
    readonly from: string;
    readonly until: string | null;
  }
>;
export type RevokeGrant = DomainCommand<'revoke-grant', { readonly grant: string; readonly reason: string }>;
export type SuspendUser = DomainCommand<'suspend-user', { readonly reason: string }>;
export type ReinstateUser = DomainCommand<'reinstate-user', { readonly reason: string }>;
export type DelegateAuthority = DomainCommand<
  'delegate-authority',
  {
    readonly delegation: string;
    readonly delegator: string;
    readonly agency: string;
    readonly roles: readonly UserRole[];
    readonly kind: DelegationKind;
    readonly from: string;
    readonly until: string;
    /** What the delegator holds for that agency by grants of their own, looked up by the caller. */
    readonly held: readonly UserRole[];
  }
>;
export type WithdrawDelegation = DomainCommand<'withdraw-delegation', { readonly delegation: string; readonly reason: string }>;

export type UserCommand =
  RegisterUser | GrantRoles | RevokeGrant | SuspendUser | ReinstateUser | DelegateAuthority | WithdrawDelegation;

/** Roles for an agency, from one legal date to another. */
export interface Grant {
  readonly grant: string;
  readonly agency: string;
  readonly roles: readonly UserRole[];
  readonly from: string;
  readonly until: string | null;
  readonly revoked: boolean;
}

/** Somebody else's roles, for a time. */
export interface Delegation {
  readonly delegation: string;
  readonly delegator: string;
  readonly agency: string;
  readonly roles: readonly UserRole[];
  readonly kind: DelegationKind;
  readonly from: string;
  readonly until: string;
  readonly withdrawn: boolean;
}

export interface User {
  readonly user: string;
  readonly suspended: boolean;
  readonly grants: readonly Grant[];
  readonly delegations: readonly Delegation[];
}

/** Null until the user is registered. */
export type UserState = User | null;

/** Grants that hold on that legal date: none while the user is suspended. */
export function grantsOn(user: UserState, date: string): readonly Grant[] {
  if (user === null || user.suspended) return [];
  return user.grants.filter(({ revoked, from, until }) => !revoked && from <= date && (until === null || date <= until));
}

/** Delegations that hold on that legal date, as far as the one who received them is concerned. */
export function delegationsOn(user: UserState, date: string): readonly Delegation[] {
  if (user === null || user.suspended) return [];
  return user.delegations.filter(({ withdrawn, from, until }) => !withdrawn && from <= date && date <= until);
}

function decide(command: UserCommand, state: UserState): readonly UserEvent[] {
  const { by, at } = command.data;
  checkStamp(command.data);
  switch (command.type) {
    case 'register-user': {
      const { user } = command.data;
      checkId(user, '/user');
      return state === null ? [{ type: 'user-registered', data: { by, at, user } }] : [];
    }
    case 'grant-roles': {
      const { grant, agency, roles, from, until } = command.data;
      checkId(grant, '/grant');
      checkId(agency, '/agency');
      checkRoles(roles, USER_ROLES);
      checkTerm(from, until);
      const user = registered(state);
      const earlier = user.grants.find((each) => each.grant === grant);
      if (earlier !== undefined) {
        if (same(earlier, { grant, agency, roles, from, until, revoked: false })) return [];
        throw new RuleViolated('grant-already-made', {
          ko: '같은 번호의 권한 부여가 이미 있습니다. 새 번호로 부여하세요.',
          en: 'A grant of this id has been made already. Use a new id.',
        });
      }
      if (by.person === user.user) {
        throw new RuleViolated('own-grant', {
          ko: '자기 자신에게 권한을 줄 수 없습니다. 다른 관리자에게 요청하세요.',
          en: 'Nobody grants roles to themselves. Ask another administrator.',
        });
      }
      if (roles.includes('auditor') && roles.length > 1) {
        throw new RuleViolated(
          'auditor-alone',
          {
            ko: '감사 권한은 다른 권한과 함께 줄 수 없습니다. 감사자는 읽기만 합니다.',
            en: 'The role of auditor goes with no other: an auditor changes nothing.',
          },
          '/roles',
        );
      }
      if (user.suspended) throw suspended();
      return [{ type: 'roles-granted', data: { by, at, grant, agency, roles, from, until } }];
    }
    case 'revoke-grant': {
      const { grant, reason } = command.data;
      checkId(grant, '/grant');
      checkText(reason, '/reason', LIMITS.reason);
      const found = registered(state).grants.find((each) => each.grant === grant);
      if (found === undefined) {
        throw new NotFound('no-such-grant', { ko: '그런 권한 부여가 없습니다.', en: 'There is no such grant.' });
      }
      return found.revoked ? [] : [{ type: 'grant-revoked', data: { by, at, grant, reason } }];
    }
    case 'suspend-user': {
      const { reason } = command.data;
      checkText(reason, '/reason', LIMITS.reason);
      const user = registered(state);
      if (by.person === user.user) {
        throw new RuleViolated('own-suspension', {
          ko: '자기 자신을 정지할 수 없습니다. 마지막 관리자가 스스로를 막는 일을 피하려는 것입니다.',
          en: 'Nobody suspends themselves: the last administrator would lock everybody out.',
        });
      }
      return user.suspended ? [] : [{ type: 'user-suspended', data: { by, at, reason } }];
    }
    case 'reinstate-user': {
      const { reason } = command.data;
      checkText(reason, '/reason', LIMITS.reason);
      const user = registered(state);
      return user.suspended ? [{ type: 'user-reinstated', data: { by, at, reason } }] : [];
    }
    case 'delegate-authority': {
      const { delegation, delegator, agency, roles, kind, from, until, held } = command.data;
      checkId(delegation, '/delegation');
      checkId(delegator, '/delegator');
      checkId(agency, '/agency');
      checkRoles(roles, DELEGABLE_ROLES);
      checkChoice(kind, DELEGATION_KINDS, '/kind');
      checkTerm(from, until);
      const user = registered(state);
      const wanted = { delegation, delegator, agency, roles, kind, from, until, withdrawn: false };
      const earlier = user.delegations.find((each) => each.delegation === delegation);
      if (earlier !== undefined) {
        if (same(earlier, wanted)) return [];
        throw new RuleViolated('delegation-already-made', {
          ko: '같은 번호의 위임이 이미 있습니다. 새 번호로 위임하세요.',
          en: 'A delegation of this id has been made already. Use a new id.',
        });
      }
      if (delegator === user.user) {
        throw new RuleViolated('own-delegation', {
          ko: '자기 자신에게 위임할 수 없습니다.',
          en: 'Nobody delegates to themselves.',
        });
      }
      mayDispose(by, delegator);
      if (roles.some((role) => !held.includes(role))) {
        throw new RuleViolated(
          'role-not-held',
          {
            ko: `스스로 가진 권한만 위임할 수 있습니다(가진 권한: ${held.join(', ') || '없음'}).`,
            en: `Only roles of one’s own can be delegated (held: ${held.join(', ') || 'none'}).`,
          },
          '/roles',
        );
      }
      if (user.suspended) throw suspended();
      return [{ type: 'authority-delegated', data: { by, at, delegation, delegator, agency, roles, kind, from, until } }];
    }
    case 'withdraw-delegation': {
      const { delegation, reason } = command.data;
      checkId(delegation, '/delegation');
      checkText(reason, '/reason', LIMITS.reason);
      const user = registered(state);
      const found = user.delegations.find((each) => each.delegation === delegation);
      if (found === undefined) {
        throw new NotFound('no-such-delegation', { ko: '그런 위임이 없습니다.', en: 'There is no such delegation.' });
      }
      // Whoever received it may lay it down.
      if (by.person !== user.user) mayDispose(by, found.delegator);
      return found.withdrawn ? [] : [{ type: 'delegation-withdrawn', data: { by, at, delegation, reason } }];
    }
    default: {
      const never: never = command;
      return never;
    }
  }
}

function checkRoles(roles: readonly UserRole[], choices: readonly UserRole[]): void {
  checkList(roles, '/roles', choices.length);
  if (roles.length === 0) checkText('', '/roles', LIMITS.name);
  roles.forEach((role, index) => checkChoice(role, choices, `/roles/${index}`));
}

function checkTerm(from: string, until: string | null): void {
  checkDate(from, '/from');
  if (until === null) return;
  checkDate(until, '/until');
  if (until < from) {
    throw new RuleViolated(
      'ends-before-it-begins',
      { ko: '끝나는 날이 시작하는 날보다 빠릅니다.', en: 'It ends before it begins.' },
      '/until',
    );
  }
}

function registered(state: UserState): User {
  if (state !== null) return state;
  throw new NotFound('no-such-user', {
    ko: '등록되지 않은 이용자입니다. 먼저 이용자를 등록하세요.',
    en: 'There is no such user. Register the user first.',
  });
}

function suspended(): RuleViolated {
  return new RuleViolated('user-is-suspended', {
    ko: '정지된 이용자입니다. 정지를 먼저 푸세요.',
    en: 'This user is suspended. Reinstate the user first.',
  });
}

function mayDispose(by: Actor, delegator: string): void {
  if (by.person === delegator) return;
  throw new RuleViolated('another-persons-authority', {
    ko: '위임은 그 권한을 가진 본인만 하거나 거둘 수 있습니다.',
    en: 'Only the person who holds the authority delegates it or takes it back.',
  });
}

function evolve(state: UserState, event: UserEvent): UserState {
  if (event.type === 'user-registered') return { user: event.data.user, suspended: false, grants: [], delegations: [] };
  if (state === null) return state;
  switch (event.type) {
    case 'roles-granted': {
      const { grant, agency, roles, from, until } = event.data;
      return { ...state, grants: [...state.grants, { grant, agency, roles, from, until, revoked: false }] };
    }
    case 'grant-revoked': {
      const { grant } = event.data;
      return { ...state, grants: state.grants.map((each) => (each.grant === grant ? { ...each, revoked: true } : each)) };
    }
    case 'user-suspended':
      return { ...state, suspended: true };
    case 'user-reinstated':
      return { ...state, suspended: false };
    case 'authority-delegated': {
      const { delegation, delegator, agency, roles, kind, from, until } = event.data;
      const made = { delegation, delegator, agency, roles, kind, from, until, withdrawn: false };
      return { ...state, delegations: [...state.delegations, made] };
    }
    case 'delegation-withdrawn': {
      const { delegation } = event.data;
      const delegations = state.delegations.map((each) => (each.delegation === delegation ? { ...each, withdrawn: true } : each));
      return { ...state, delegations };
    }
    default: {
      event satisfies never;
      return state;
    }
  }
}

/** Who may be what for which agency, from when to when. Refuses with `own-grant`, `auditor-alone`, `own-suspension`, `role-not-held`, `another-persons-authority` and what the names of its guards say. */
export const userDecider: Decider<UserCommand, UserEvent, UserState> = { initialState: null, decide, evolve };

import { given } from '../testing.js';
import type {
  AuthorityDelegated,
  DelegationWithdrawn,
  GrantRevoked,
  RolesGranted,
  UserRegistered,
  UserReinstated,
  UserSuspended,
} from './events.js';
import { delegationsOn, grantsOn, userDecider as decider, type UserCommand } from './user.js';

const admin = { by: { person: 'p-admin', agency: 'mois' }, at: '2026-07-01T00:00:00Z' };
const boss = { by: { person: 'p-boss', agency: 'gyeonggi' }, at: '2026-07-02T00:00:00Z' };
const self = { by: { person: 'p-1', agency: 'gyeonggi' }, at: '2026-07-02T00:00:00Z' };

const registered: UserRegistered = { type: 'user-registered', data: { ...admin, user: 'p-1' } };
const granted: RolesGranted = {
  type: 'roles-granted',
  data: { ...admin, grant: 'g-1', agency: 'gyeonggi', roles: ['reviewer'], from: '2026-07-01', until: '2026-12-31' },
};
const revoked: GrantRevoked = { type: 'grant-revoked', data: { ...admin, grant: 'g-1', reason: '전보' } };
const suspended: UserSuspended = { type: 'user-suspended', data: { ...admin, reason: '조사 중' } };
const reinstated: UserReinstated = { type: 'user-reinstated', data: { ...admin, reason: '조사 종결' } };
const delegated: AuthorityDelegated = {
  type: 'authority-delegated',
  data: {
    ...boss,
    ...{ delegation: 'd-1', delegator: 'p-boss', agency: 'gyeonggi', roles: ['approver'], kind: 'acting' },
    ...{ from: '2026-07-06', until: '2026-07-10' },
  },
};
const withdrawn: DelegationWithdrawn = { type: 'delegation-withdrawn', data: { ...boss, delegation: 'd-1', reason: '복귀' } };

const register = (more: object = {}): UserCommand => ({ type: 'register-user', data: { ...registered.data, ...more } });
const grant = (more: object = {}): UserCommand => ({ type: 'grant-roles', data: { ...granted.data, ...more } });
const revoke = (more: object = {}): UserCommand => ({ type: 'revoke-grant', data: { ...revoked.data, ...more } });
const suspend = (more: object = {}): UserCommand => ({ type: 'suspend-user', data: { ...suspended.data, ...more } });
const reinstate = (more: object = {}): UserCommand => ({ type: 'reinstate-user', data: { ...reinstated.data, ...more } });
const delegate = (more: object = {}): UserCommand => ({
  type: 'delegate-authority',
  data: { ...delegated.data, held: ['approver'], ...more },
});
const withdraw = (more: object = {}): UserCommand => ({ type: 'withdraw-delegation', data: { ...withdrawn.data, ...more } });

it('registers a user once', () => {
  given(decider).when(register()).then(registered);
  given(decider, registered).when(register()).then();
});
it('grants roles for an agency and a term', () => given(decider, registered).when(grant()).then(granted));
it('is satisfied when the very same grant stands', () => given(decider, registered, granted).when(grant()).then());
it('does not make another grant of the same id', () =>
  given(decider, registered, granted)
    .when(grant({ roles: ['approver'] }))
    .refuses('grant-already-made'));
it('does not make a revoked grant again', () =>
  given(decider, registered, granted, revoked).when(grant()).refuses('grant-already-made'));
it('lets nobody grant roles to themselves', () => given(decider, registered).when(grant(self)).refuses('own-grant'));
it('gives the role of auditor with no other', () => {
  given(decider, registered)
    .when(grant({ roles: ['auditor', 'reviewer'] }))
    .refuses('auditor-alone');
  given(decider, registered)
    .when(grant({ roles: ['auditor'] }))
    .then({ type: 'roles-granted', data: { ...granted.data, roles: ['auditor'] } });
});
it('grants nothing to a suspended user', () => given(decider, registered, suspended).when(grant()).refuses('user-is-suspended'));
it('grants no term that ends before it begins', () =>
  given(decider, registered)
    .when(grant({ until: '2026-06-30' }))
    .refuses('ends-before-it-begins'));

it('revokes a grant once', () => {
  given(decider, registered, granted).when(revoke()).then(revoked);
  given(decider, registered, granted, revoked).when(revoke()).then();
  given(decider, registered).when(revoke()).refuses('no-such-grant');
});

it('suspends and reinstates', () => {
  given(decider, registered).when(suspend()).then(suspended);
  given(decider, registered, suspended).when(suspend()).then();
  given(decider, registered, suspended).when(reinstate()).then(reinstated);
  given(decider, registered).when(reinstate()).then();
});
it('lets nobody suspend themselves', () => given(decider, registered).when(suspend(self)).refuses('own-suspension'));

it('receives authority of somebody who holds it', () => {
  given(decider, registered).when(delegate()).then(delegated);
  given(decider, registered, delegated).when(delegate()).then();
});
it('receives no authority that the delegator does not hold', () =>
  given(decider, registered)
    .when(delegate({ held: ['reviewer'] }))
    .refuses('role-not-held', 'reviewer'));
it('receives no authority from somebody who speaks for another', () =>
  given(decider, registered).when(delegate(admin)).refuses('another-persons-authority'));
it('receives no authority from itself', () =>
  given(decider, registered)
    .when(delegate({ ...self, delegator: 'p-1' }))
    .refuses('own-delegation'));
it('receives nothing twice under one id', () =>
  given(decider, registered, delegated)
    .when(delegate({ until: '2026-08-10' }))
    .refuses('delegation-already-made'));
it('receives nothing while suspended', () => given(decider, registered, suspended).when(delegate()).refuses('user-is-suspended'));
it('receives neither the auditor’s nor the administrator’s role', () => {
  given(decider, registered)
    .when(delegate({ roles: ['administrator'], held: ['administrator'] }))
    .refuses('unknown-choice');
  given(decider, registered)
    .when(delegate({ roles: ['auditor'], held: ['auditor'] }))
    .refuses('unknown-choice');
});
it('gives it back, or has it taken back by the delegator and by nobody else', () => {
  given(decider, registered, delegated).when(withdraw()).then(withdrawn);
  given(decider, registered, delegated)
    .when(withdraw(self))
    .then({ type: 'delegation-withdrawn', data: { ...withdrawn.data, ...self } });
  given(decider, registered, delegated).when(withdraw(admin)).refuses('another-persons-authority');
  given(decider, registered, delegated, withdrawn).when(withdraw()).then();
  given(decider, registered).when(withdraw()).refuses('no-such-delegation');
});

it('knows no user before it is registered', () => {
  for (const command of [grant(), revoke(), suspend(), reinstate(), delegate(), withdraw()]) {
    given(decider).when(command).refuses('no-such-user');
  }
});

it('holds grants from their first to their last day, unless revoked or suspended', () => {
  const fold = (...events: Parameters<typeof decider.evolve>[1][]) => events.reduce(decider.evolve, decider.initialState);
  const ids = (state: ReturnType<typeof fold>, date: string) => grantsOn(state, date).map((each) => each.grant);
  expect(ids(fold(registered, granted), '2026-06-30')).toEqual([]);
  expect(ids(fold(registered, granted), '2026-07-01')).toEqual(['g-1']);
  expect(ids(fold(registered, granted), '2026-12-31')).toEqual(['g-1']);
  expect(ids(fold(registered, granted), '2027-01-01')).toEqual([]);
  expect(ids(fold(registered, granted, revoked), '2026-07-01')).toEqual([]);
  expect(ids(fold(registered, granted, suspended), '2026-07-01')).toEqual([]);
  expect(ids(fold(registered, granted, suspended, reinstated), '2026-07-01')).toEqual(['g-1']);
  expect(grantsOn(null, '2026-07-01')).toEqual([]);
});
it('holds delegations from their first to their last day, unless withdrawn or suspended', () => {
  const fold = (...events: Parameters<typeof decider.evolve>[1][]) => events.reduce(decider.evolve, decider.initialState);
  const ids = (state: ReturnType<typeof fold>, date: string) => delegationsOn(state, date).map((each) => each.delegation);
  expect(['2026-07-05', '2026-07-06', '2026-07-10', '2026-07-11'].map((date) => ids(fold(registered, delegated), date))).toEqual([
    [],
    ['d-1'],
    ['d-1'],
    [],
  ]);
  expect(ids(fold(registered, delegated, withdrawn), '2026-07-06')).toEqual([]);
  expect(ids(fold(registered, delegated, suspended), '2026-07-06')).toEqual([]);
  expect(delegationsOn(null, '2026-07-06')).toEqual([]);
});

it.each<[string, UserCommand, string]>([
  ['without an id', register({ user: '' }), 'required'],
  ['with an id that is none', register({ user: 'a b' }), 'invalid-id'],
  ['without a grant', grant({ grant: '' }), 'required'],
  ['for no agency', grant({ agency: '$all' }), 'invalid-id'],
  ['without roles', grant({ roles: [] }), 'required'],
  ['with a role that nobody can be granted', grant({ roles: ['system'] }), 'unknown-choice'],
  ['with more roles than there are', grant({ roles: Array(8).fill('reviewer') }), 'too-many'],
  ['from no day', grant({ from: '2026-02-30' }), 'invalid-date'],
  ['until no day', grant({ until: 'later' }), 'invalid-date'],
  ['revoked without a reason', revoke({ reason: '' }), 'required'],
  ['revoked without an id', revoke({ grant: '' }), 'required'],
  ['suspended without a reason', suspend({ reason: '' }), 'required'],
  ['reinstated without a reason', reinstate({ reason: '' }), 'required'],
  ['delegated without an id', delegate({ delegation: '' }), 'required'],
  ['delegated by nobody', delegate({ delegator: '' }), 'required'],
  ['delegated for no agency', delegate({ agency: '' }), 'required'],
  ['delegated in no known way', delegate({ kind: 'forever' }), 'unknown-choice'],
  ['delegated without an end', delegate({ until: '' }), 'invalid-date'],
  ['withdrawn without an id', withdraw({ delegation: '' }), 'required'],
  ['withdrawn without a reason', withdraw({ reason: '' }), 'required'],
  ['without who', register({ by: { person: '', agency: '' } }), 'required'],
])('is malformed %s', (_, command, code) => given(decider, registered).when(command).refuses(code));

it('evolve takes an event before there is anything', () => expect(decider.evolve(null, granted)).toBeNull());

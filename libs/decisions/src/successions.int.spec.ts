import type { Principal } from '@sajeon/access';
import type { AgencyCommand } from '@sajeon/domain';
import { PostgresEventStore } from '@sajeon/event-store';
import { freshDatabase, type FreshDatabase } from '@sajeon/event-store/testing';
import { randomUUID } from 'node:crypto';
import { Conflicts } from './conflicts.js';
import { Decisions } from './decisions.js';
import { AGENCY, USER } from './kinds.js';
import { Successions } from './successions.js';

const ADMIN: Principal = { person: 'person-1', agency: 'mois', roles: ['administrator'] };
const stamp = { by: { person: ADMIN.person, agency: ADMIN.agency }, at: '2026-11-02T00:00:00Z' };
const DAY = '2027-07-01';
const BEFORE = '2027-06-30';

let database: FreshDatabase;
let store: PostgresEventStore;
let decisions: Decisions;
let successions: Successions;
beforeEach(async () => {
  database = await freshDatabase();
  store = await PostgresEventStore.open(database.config);
  decisions = new Decisions(store);
  successions = new Successions(store);
  for (const agency of ['a', 'b', 'c', 'd']) {
    await ask(agency, { type: 'register-agency', data: { ...stamp, agency, name: agency, tier: 'BASIC_LOCAL', parent: null } });
  }
});
afterEach(async () => {
  await store.close();
  await database.drop();
});

const envelope = () => ({ commandId: randomUUID(), principal: ADMIN });
const ask = (agency: string, command: AgencyCommand) => decisions.execute(AGENCY, agency, command, envelope());
const merge = (agency: string, into: string) =>
  ask(agency, { type: 'merge-agency', data: { ...stamp, into, effectiveOn: DAY, reason: '통합' } });

it('an agency stands in the place of those that were merged into it, through any number of them, from the day on', async () => {
  await merge('a', 'b');
  await merge('b', 'c');
  expect(await successions.predecessors('c', DAY)).toEqual(['a', 'b']);
  // Merged itself, it stands in nobody's place any more.
  expect(await successions.predecessors('b', DAY)).toEqual([]);
  expect(await successions.predecessors('c', BEFORE)).toEqual([]);
  expect(await successions.line('a', DAY)).toEqual(['a', 'b', 'c']);
  expect(await successions.areOne('a', 'c', DAY)).toBe(true);
  expect(await successions.areOne('a', 'c', BEFORE)).toBe(false);
});

it('an announcement that is replaced counts as it was made last, for whoever asks next', async () => {
  await merge('a', 'b');
  expect(await successions.predecessors('b', DAY)).toEqual(['a']);
  await merge('a', 'c');
  expect(await successions.predecessors('b', DAY)).toEqual([]);
  expect(await successions.predecessors('c', DAY)).toEqual(['a']);
});

it('both parts of a split agency stand in its place, and are not one with each other', async () => {
  await ask('a', { type: 'split-agency', data: { ...stamp, successors: ['b', 'c'], effectiveOn: DAY, reason: '분리' } });
  expect([await successions.predecessors('b', DAY), await successions.predecessors('c', DAY)]).toEqual([['a'], ['a']]);
  expect(await successions.areOne('b', 'c', DAY)).toBe(false);
  expect(await successions.areOne('a', 'c', DAY)).toBe(true);
});

it('a circle of errors ends', async () => {
  await merge('a', 'b');
  await merge('b', 'a');
  expect(await successions.line('a', DAY)).toEqual(['a', 'b']);
  expect(await successions.predecessors('a', DAY)).toEqual([]);
});

it('asked many times at once, it tells everybody the same', async () => {
  await merge('a', 'b');
  const answers = await Promise.all(Array.from({ length: 20 }, () => successions.predecessors('b', DAY)));
  expect(new Set(answers.map(String))).toEqual(new Set(['a']));
});

it('somebody works for an agency by a grant of their own, or when theirs has become one with it', async () => {
  const conflicts = new Conflicts(decisions, successions);
  const user = 'p-1';
  const grant = { grant: 'g-1', agency: 'd', roles: ['applicant' as const], from: '2026-01-01', until: BEFORE };
  await decisions.execute(USER, user, { type: 'register-user', data: { ...stamp, user } }, envelope());
  await decisions.execute(USER, user, { type: 'grant-roles', data: { ...stamp, ...grant } }, envelope());
  await merge('a', 'b');
  const reviewer = { person: user, agency: 'b' };
  expect(await conflicts.worksFor(reviewer, 'd', BEFORE)).toBe(true);
  // The grant has ended, and the merger has begun.
  expect(await conflicts.worksFor(reviewer, 'd', DAY)).toBe(false);
  expect(await conflicts.worksFor(reviewer, 'a', BEFORE)).toBe(false);
  expect(await conflicts.worksFor(reviewer, 'a', DAY)).toBe(true);
});

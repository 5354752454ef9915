import { CONSULTATION, Decisions } from '@sajeon/decisions';
import { schemaOf, type ConsultationEvent } from '@sajeon/domain';
import { happened } from '@sajeon/domain/testing';
import { PostgresEventStore, type JsonObject } from '@sajeon/event-store';
import { freshDatabase, type FreshDatabase } from '@sajeon/event-store/testing';
import { randomUUID } from 'node:crypto';
import { Pool } from 'pg';
import { MarkConditionsOverdueWhenTheirDayHasPassed } from '../policies/mark-conditions-overdue-when-their-day-has-passed.js';
import { PolicyHost } from './policy-host.js';
import { Timers } from './timers.js';

/** The example's one condition is due on 31 March 2027; the next day begins in Seoul at 15:00 UTC. */
const LAST_MOMENT = '2027-03-31T14:59:59.999Z';
const NEXT_DAY = '2027-03-31T15:00:00.000Z';
const { drafted, submitted, screened, received, confirmed, proposed, approved, notified } = happened;
const decided = [drafted(), submitted(), screened(), received(), confirmed(), proposed(), approved(), notified()];

let database: FreshDatabase;
let store: PostgresEventStore;
let pool: Pool;
let decisions: Decisions;
let now: Date;
const hosts: PolicyHost[] = [];

beforeEach(async () => {
  database = await freshDatabase();
  store = await PostgresEventStore.open(database.config);
  pool = new Pool(database.config);
  pool.on('error', () => undefined);
  decisions = new Decisions(store);
  now = new Date('2026-11-18T02:00:00Z');
});
afterEach(async () => {
  await Promise.all(hosts.splice(0).map((host) => host.stop()));
  await pool.end();
  await store.close();
  await database.drop();
});

/** As a process has them; another call is another process. */
const timers = () => new Timers(pool, () => now, decisions);

async function happen(id: string, ...events: readonly ConsultationEvent[]): Promise<void> {
  const recordable = events.map(({ type, data }) => ({
    // Domain events are plain JSON.
    ...{ id: randomUUID(), type, data: data as unknown as JsonObject, metadata: { schema: String(schemaOf(type)) } },
  }));
  await store.append(`consultation-${id}`, 'any', recordable);
}

async function follow(): Promise<PolicyHost> {
  const policy = new MarkConditionsOverdueWhenTheirDayHasPassed(decisions);
  const host = new PolicyHost(store, pool, [policy], decisions, timers());
  hosts.push(host);
  await host.start();
  const head = await store.head();
  await until(() => BigInt(host.health()[0]?.position ?? '0') >= head);
  return host;
}

async function until(holds: () => boolean | Promise<boolean>, ms = 10_000): Promise<void> {
  for (const end = Date.now() + ms; !(await holds()); await new Promise((resolve) => setTimeout(resolve, 20))) {
    if (Date.now() > end) throw new Error('not within the time');
  }
}

const overdues = async (id: string): Promise<readonly JsonObject[]> =>
  (await decisions.load(CONSULTATION, id)).events.filter(({ type }) => type === 'condition-overdue').map(({ data }) => data);

it('fires when the day has passed, not before, and says that moment', async () => {
  await happen('c-1', ...decided);
  await follow();
  expect(await timers().waiting()).toEqual({ count: 1, next: NEXT_DAY });
  now = new Date(LAST_MOMENT);
  expect(await timers().fireDue()).toBe(0);
  now = new Date(NEXT_DAY);
  expect(await timers().fireDue()).toBe(1);
  expect(await overdues('c-1')).toEqual([expect.objectContaining({ condition: 1, dueOn: '2027-03-31', at: NEXT_DAY })]);
  expect(await timers().waiting()).toEqual({ count: 0, next: null });
});

it('fires after a restart what fell due while nobody ran', async () => {
  await happen('c-1', ...decided);
  await (await follow()).stop();
  now = new Date('2027-06-01T00:00:00Z');
  const again = timers();
  await again.start();
  await until(async () => (await overdues('c-1')).length === 1);
  await again.stop();
});

it('fires once in effect however the clock jumps', async () => {
  await happen('c-1', ...decided);
  await follow();
  now = new Date('2030-01-01T00:00:00Z');
  await timers().fireDue();
  now = new Date('2026-11-18T02:00:00Z');
  expect(await timers().fireDue()).toBe(0);
  // The policy reads its events again and asks for the same again.
  await Promise.all(hosts.splice(0).map((host) => host.stop()));
  await pool.query('update workflow_checkpoint set position = 0');
  await follow();
  expect((await timers().waiting()).count).toBe(1);
  now = new Date('2031-01-01T00:00:00Z');
  await timers().fireDue();
  expect(await overdues('c-1')).toEqual([expect.objectContaining({ at: '2030-01-01T00:00:00.000Z' })]);
});

it('fires once in effect when the process dies between the command and taking the timer away', async () => {
  await happen('c-1', ...decided);
  await follow();
  now = new Date(NEXT_DAY);
  const blocker = await pool.connect();
  // Lets a timer be taken up and its command be sent, but not be taken away.
  await blocker.query('begin');
  await blocker.query('lock table workflow_due in share mode');
  const dying = timers().fireDue();
  const failed = expect(dying).rejects.toThrow();
  await until(async () => (await overdues('c-1')).length === 1);
  const kill = `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like 'delete from workflow_due%'`;
  await until(async () => (await blocker.query(kill)).rowCount === 1);
  await failed;
  await blocker.query('rollback');
  blocker.release();
  expect((await timers().waiting()).count).toBe(1);
  now = new Date('2027-04-02T00:00:00Z');
  expect(await timers().fireDue()).toBe(1);
  expect(await overdues('c-1')).toEqual([expect.objectContaining({ at: NEXT_DAY })]);
  expect((await timers().waiting()).count).toBe(0);
});

it('fires each timer once although two processes look', async () => {
  const ids = Array.from({ length: 12 }, (_, index) => `c-${index}`);
  for (const id of ids) await happen(id, ...decided);
  await follow();
  now = new Date(NEXT_DAY);
  const fired = await Promise.all([timers().fireDue(), timers().fireDue()]);
  expect(fired[0] + fired[1]).toBe(ids.length);
  for (const id of ids) expect(await overdues(id)).toHaveLength(1);
});

it('says nothing of a condition that was extended meanwhile, and looks at it on its new day', async () => {
  const extended = { ...happened.extended(), data: { ...happened.extended().data, dueOn: '2027-06-30' } };
  await happen('c-1', ...decided, extended);
  await follow();
  now = new Date(NEXT_DAY);
  expect(await timers().fireDue()).toBe(1);
  expect(await overdues('c-1')).toEqual([]);
  now = new Date('2027-07-01T00:00:00Z');
  await timers().fireDue();
  expect(await overdues('c-1')).toEqual([expect.objectContaining({ dueOn: '2027-06-30' })]);
});

it('looks again at a condition whose result is rejected after its day', async () => {
  await happen('c-1', ...decided, happened.actionReported());
  await follow();
  now = new Date(NEXT_DAY);
  await timers().fireDue();
  expect(await overdues('c-1')).toEqual([]);
  const rejected = { ...happened.actionRejected(), data: { ...happened.actionRejected().data, at: '2027-04-05T01:00:00Z' } };
  await happen('c-1', rejected);
  await until(async () => (await timers().waiting()).count === 1);
  now = new Date('2027-04-05T02:00:00Z');
  await timers().fireDue();
  expect(await overdues('c-1')).toEqual([expect.objectContaining({ dueOn: '2027-03-31', at: '2027-04-05T02:00:00.000Z' })]);
});

it('keeps what fails, tries it again later, and lets the others go on', async () => {
  await happen('c-1', ...decided);
  await follow();
  const by = { person: 'system', agency: 'sajeon' };
  const command = { type: 'mark-condition-overdue', data: { condition: 1, dueOn: '2027-01-31', by, at: LAST_MOMENT } } as const;
  // No such case has been recorded yet.
  const timer = {
    consultation: 'c-2',
    command,
    notBefore: '2027-02-01T00:00:00Z',
    commandId: randomUUID(),
    causationId: 'event',
  };
  await timers().set(timer);
  now = new Date(NEXT_DAY);
  expect(await timers().fireDue()).toBe(2);
  expect(await overdues('c-1')).toHaveLength(1);
  expect(await timers().waiting()).toEqual({ count: 1, next: new Date(now.getTime() + 1_000).toISOString() });
});

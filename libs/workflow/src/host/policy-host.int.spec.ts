import { SYSTEM, type Principal } from '@sajeon/access';
import { CONSULTATION, Decisions } from '@sajeon/decisions';
import { Lease, PostgresEventStore } from '@sajeon/event-store';
import { freshDatabase, type FreshDatabase } from '@sajeon/event-store/testing';
import { randomUUID } from 'node:crypto';
import { Pool } from 'pg';
import { PolicyHost } from './policy-host.js';
import type { Happened, Policy, Reaction } from './policy.js';
import { Timers } from './timers.js';

let database: FreshDatabase;
let store: PostgresEventStore;
let pool: Pool;
let decisions: Decisions;
const hosts: PolicyHost[] = [];

beforeEach(async () => {
  database = await freshDatabase();
  store = await PostgresEventStore.open(database.config);
  pool = new Pool(database.config);
  decisions = new Decisions(store);
});
afterEach(async () => {
  await Promise.all(hosts.splice(0).map((host) => host.stop()));
  await pool.end();
  await store.close();
  await database.drop();
});

const host = (...policies: Policy[]): PolicyHost => {
  const made = new PolicyHost(store, pool, policies, decisions, new Timers(pool, () => new Date(), decisions));
  hosts.push(made);
  return made;
};

const applicant: Principal = { person: 'person-1', agency: 'gyeonggi-suwon', roles: ['applicant', 'applicant-approver'] };
const plan = {
  version: 1,
  hash: 'a'.repeat(64),
  content: {
    title: '계획',
    purpose: '',
    functions: [],
    users: [],
    data: [],
    technologies: [],
    text: '',
    budgetKrw: null,
    orderPlannedOn: null,
  },
};
async function file(id: string): Promise<bigint> {
  const stamp = { by: { person: 'person-1', agency: 'gyeonggi-suwon' }, at: '2026-11-02T00:00:00Z' };
  const parties = {
    applicant: { id: 'gyeonggi-suwon', name: '수원시', tier: 'BASIC_LOCAL' },
    authority: { id: 'gyeonggi', name: '경기도', tier: 'METROPOLITAN' },
  } as const;
  const draft = { type: 'draft-consultation', data: { ...stamp, consultation: id, project: 'p', plan, ...parties } } as const;
  await decisions.execute(CONSULTATION, id, draft, { commandId: randomUUID(), principal: applicant });
  const submit = { type: 'submit-consultation', data: stamp } as const;
  return (await decisions.execute(CONSULTATION, id, submit, { commandId: randomUUID(), principal: applicant })).position;
}

/** Records an empty finding for every filing, and remembers what it was asked. */
class Screening implements Policy {
  readonly seen: string[] = [];
  failing: Error | undefined;
  constructor(readonly name = 'screening') {}
  async react({ event, recorded, id }: Happened): Promise<readonly Reaction[]> {
    if (event.type !== 'consultation-submitted') return [];
    if (this.failing) throw this.failing;
    this.seen.push(id);
    const engine = { engine: this.name };
    const finding = {
      planVersion: 1,
      planHash: plan.hash,
      engine,
      inventoryPosition: String(recorded.position),
      compared: 0,
      threshold: 0.5,
      candidates: [],
    };
    const by = { person: SYSTEM.person, agency: SYSTEM.agency };
    return [{ consultation: id, command: { type: 'record-screening', data: { by, at: recorded.recordedAt, finding } } }];
  }
}

async function until(true_: () => boolean | Promise<boolean>, ms = 10_000): Promise<void> {
  for (const end = Date.now() + ms; !(await true_()); await new Promise((resolve) => setTimeout(resolve, 20))) {
    if (Date.now() > end) throw new Error('not within the time');
  }
}
const screenings = async (id: string): Promise<number> =>
  (await decisions.load(CONSULTATION, id)).events.filter(({ type }) => type === 'overlap-screened').length;

it('does what its policies ask, for what happened before and after it started', async () => {
  await file('c1');
  await host(new Screening()).start();
  await file('c2');
  await until(async () => (await screenings('c1')) === 1 && (await screenings('c2')) === 1);
});

it('asks for nothing new when it reads an event again', async () => {
  await file('c1');
  const first = host(new Screening());
  await first.start();
  await until(async () => (await screenings('c1')) === 1);
  await first.stop();
  // As if it had died between the command and the checkpoint.
  await pool.query('update workflow_checkpoint set position = 0');
  const again = new Screening();
  await host(again).start();
  await file('c2');
  await until(async () => (await screenings('c2')) === 1);
  expect(again.seen).toEqual(['c1', 'c2']);
  expect(await screenings('c1')).toBe(1);
});

it('leaves a policy to one worker, and another takes over within seconds when that one dies', async () => {
  await Lease.prepare(pool);
  // A worker that died: it holds the lease and does not renew it.
  await new Lease(pool, 'policy:screening', 'dead worker', 2).hold();
  const standby = host(new Screening());
  await standby.start();
  await file('c1');
  await until(() => standby.health()[0]?.status === 'standby');
  expect(await screenings('c1')).toBe(0);
  await until(async () => (await screenings('c1')) === 1, 6_000);
  expect(standby.health()[0]?.status).toBe('running');
});

it('does each thing once although two workers run', async () => {
  const policies = [new Screening(), new Screening()];
  await Promise.all(policies.map((policy) => host(policy).start()));
  for (const id of ['c1', 'c2', 'c3']) await file(id);
  await until(async () => (await screenings('c3')) === 1);
  expect(policies.flatMap(({ seen }) => seen).sort()).toEqual(['c1', 'c2', 'c3']);
});

it('stops at an event that it cannot handle, says so, lets the others go on, and resumes', async () => {
  const broken = new Screening('broken');
  broken.failing = new Error('thesaurus file is damaged');
  const both = host(broken, new Screening('sound'));
  await both.start();
  await file('c1');
  await until(() => both.health().some(({ policy, status }) => policy === 'broken' && status === 'stalled'));
  await until(async () => (await screenings('c1')) === 1);
  expect(both.health().find(({ policy }) => policy === 'broken')).toMatchObject({
    status: 'stalled',
    cause: 'thesaurus file is damaged',
  });
  broken.failing = undefined;
  await until(async () => (await screenings('c1')) === 2);
  expect(both.health().find(({ policy }) => policy === 'broken')).toMatchObject({ status: 'running', cause: undefined });
});

it('takes a refusal by a rule as an outcome, not as a fault', async () => {
  class Mistaken extends Screening {
    override async react(happened: Happened): Promise<readonly Reaction[]> {
      const [reaction] = await super.react(happened);
      if (reaction === undefined || !('consultation' in reaction) || reaction.command.type !== 'record-screening') return [];
      const { data } = reaction.command;
      return [
        {
          ...reaction,
          command: { type: 'record-screening', data: { ...data, finding: { ...data.finding, planHash: 'b'.repeat(64) } } },
        },
      ];
    }
  }
  const made = host(new Mistaken());
  await made.start();
  const position = await file('c1');
  await until(() => BigInt(made.health()[0]?.position ?? '0') >= position);
  expect(made.health()[0]?.status).toBe('running');
  expect(await screenings('c1')).toBe(0);
});

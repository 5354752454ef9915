import { Decisions, NATIONAL_RULES, PROJECT, RULE_SET, Rules } from '@sajeon/decisions';
import { sampleRules, schemaOf, type ProjectEvent } from '@sajeon/domain';
import { applicant, city, planVersion } from '@sajeon/domain/testing';
import { PostgresEventStore, type JsonObject } from '@sajeon/event-store';
import { freshDatabase, type FreshDatabase } from '@sajeon/event-store/testing';
import { randomUUID } from 'node:crypto';
import { Pool } from 'pg';
import { PolicyHost } from '../host/policy-host.js';
import { Timers } from '../host/timers.js';
import { MarkProgressMissedWhenAQuarterIsNotReported } from './mark-progress-missed-when-a-quarter-is-not-reported.js';

const dayBegins = (date: string) => new Date(`${date}T00:00:00+09:00`);
const stamp = { by: applicant, at: '2026-12-28T01:00:00Z' };
const planned: ProjectEvent = {
  type: 'project-planned',
  data: { ...stamp, at: '2026-10-01T00:00:00Z', project: 'p-1', agency: city.id, plan: planVersion(1) },
};
const ordered: ProjectEvent = {
  type: 'procurement-recorded',
  data: {
    ...{ ...stamp, order: 'o-1', orderedOn: '2026-12-28', planHash: planVersion(1).hash, amountKrw: null, orderer: city },
    ...{ source: 'owner', token: null, basis: { kind: 'none' } },
  },
};
const reported = (year: number, quarter: number, donePercent: number): ProjectEvent => ({
  type: 'progress-recorded',
  data: {
    ...{ ...stamp, year, quarter, donePercent, plannedPercent: 30, remarks: '', daysLate: 0 },
    ...{ dueOn: '2027-01-15', ruleSet: 'sample' },
  },
});

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
  now = dayBegins('2026-12-28');
  const { id: _, ...content } = sampleRules;
  const principal = { person: 'p-1001', agency: 'mois', roles: ['administrator' as const] };
  const data = {
    ...{ by: { person: 'p-1001', agency: 'mois' }, at: '2026-01-05T00:00:00Z', ruleSet: NATIONAL_RULES, source: '표본' },
    ...{ effectiveFrom: '2010-01-01', sample: true, content, correctionBecause: '처음 싣는다.', gapsBecause: null },
  };
  await decisions.execute(RULE_SET, NATIONAL_RULES, { type: 'adopt-rule-set', data }, { commandId: randomUUID(), principal });
});
afterEach(async () => {
  await Promise.all(hosts.splice(0).map((host) => host.stop()));
  await pool.end();
  await store.close();
  await database.drop();
});

const timers = () => new Timers(pool, () => now, decisions);

async function happen(...events: readonly ProjectEvent[]): Promise<void> {
  const recordable = events.map(({ type, data }) => ({
    ...{ id: randomUUID(), type, data: data as unknown as JsonObject, metadata: { schema: String(schemaOf(type)) } },
  }));
  await store.append('project-p-1', 'any', recordable);
}

/** The policy as a process has it, until it has read everything. */
async function follow(): Promise<void> {
  const host = new PolicyHost(
    store,
    pool,
    [new MarkProgressMissedWhenAQuarterIsNotReported(new Rules(decisions))],
    decisions,
    timers(),
  );
  hosts.push(host);
  await host.start();
  await caughtUp(host);
}

async function caughtUp(host = hosts.at(-1)): Promise<void> {
  const head = await store.head();
  for (const end = Date.now() + 10_000; ; await new Promise((resolve) => setTimeout(resolve, 20))) {
    if (host?.health().some(({ position }) => BigInt(position) >= head)) return;
    if (Date.now() > end) throw new Error(`not within the time: ${JSON.stringify(host?.health())}`);
  }
}

/** Fires what is due at the beginning of that day, whatever asks for more by that included. */
async function missedUntil(date: string): Promise<readonly string[]> {
  now = dayBegins(date);
  while ((await timers().fireDue()) > 0) await caughtUp();
  const { state } = await decisions.load(PROJECT, 'p-1');
  return (state?.life.missed ?? []).map(({ year, quarter }) => `${year}-${quarter}`);
}

describe('the progress of a quarter', () => {
  it('is found missing on the day after the day to report it, and each quarter after it', async () => {
    await happen(planned, ordered);
    await follow();
    expect(await missedUntil('2027-01-15')).toEqual([]);
    expect(await missedUntil('2027-01-16')).toEqual(['2026-4']);
    expect(await missedUntil('2027-04-15')).toEqual(['2026-4']);
    expect(await missedUntil('2027-04-16')).toEqual(['2026-4', '2027-1']);
    const { events } = await decisions.load(PROJECT, 'p-1');
    expect(events.at(-1)?.data).toMatchObject({ dueOn: '2027-04-15', at: '2027-04-15T15:00:00.000Z', by: { person: 'system' } });
  });

  it('is not looked for any more once the project is finished', async () => {
    await happen(planned, ordered, reported(2026, 4, 100));
    await follow();
    expect(await missedUntil('2029-01-01')).toEqual([]);
    expect((await timers().waiting()).count).toBe(0);
  });

  it('is found missing once when the clock jumps forwards and back, and when another process asks again', async () => {
    await happen(planned, ordered);
    await follow();
    // Jumped over two days of reporting, and back again.
    expect(await missedUntil('2027-05-01')).toEqual(['2026-4', '2027-1']);
    expect(await missedUntil('2027-01-10')).toEqual(['2026-4', '2027-1']);
    // A late report of one sets the timer of the next one a second time.
    await happen({ ...reported(2026, 4, 40) });
    await pool.query('update workflow_checkpoint set position = 0');
    await Promise.all(hosts.splice(0).map((host) => host.stop()));
    await follow();
    expect(await missedUntil('2027-05-01')).toEqual(['2027-1']);
    const { events } = await decisions.load(PROJECT, 'p-1');
    expect(events.filter(({ type }) => type === 'progress-report-missed')).toHaveLength(2);
  });
});

import { CONSULTATION, Decisions, NATIONAL_RULES, RULE_SET, Rules } from '@sajeon/decisions';
import { sampleRules, schemaOf, type ConsultationEvent } from '@sajeon/domain';
import { happened } from '@sajeon/domain/testing';
import { PostgresEventStore, type JsonObject } from '@sajeon/event-store';
import { freshDatabase, type FreshDatabase } from '@sajeon/event-store/testing';
import { randomUUID } from 'node:crypto';
import { Pool } from 'pg';
import { PolicyHost } from '../host/policy-host.js';
import { Timers } from '../host/timers.js';
import { RemindApplicantsAndMarkResponsesOverdue } from './remind-applicants-and-mark-responses-overdue.js';
import { WarnWhenAShareOfTheDaysIsUsed } from './warn-when-a-share-of-the-days-is-used.js';

const { drafted, submitted, screened, received, correctionRequested, responded } = happened;
const inReview = [drafted(), submitted(), screened(), received()];
/** The day in Seoul begins at 15:00 UTC of the day before. */
const dayBegins = (date: string) => new Date(`${date}T00:00:00+09:00`);

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
  now = new Date('2026-11-02T02:00:00Z');
});
afterEach(async () => {
  await Promise.all(hosts.splice(0).map((host) => host.stop()));
  await pool.end();
  await store.close();
  await database.drop();
});

const timers = () => new Timers(pool, () => now, decisions);

async function adoptRules(): Promise<void> {
  const { id: _, ...content } = sampleRules;
  const principal = { person: 'p-1001', agency: 'mois', roles: ['administrator' as const] };
  const by = { person: principal.person, agency: principal.agency };
  const data = {
    ...{ by, at: '2026-01-05T00:00:00Z', ruleSet: NATIONAL_RULES, effectiveFrom: '2010-01-01', source: '표본', sample: true },
    ...{ content, correctionBecause: '처음 싣는다.', gapsBecause: null },
  };
  await decisions.execute(RULE_SET, NATIONAL_RULES, { type: 'adopt-rule-set', data }, { commandId: randomUUID(), principal });
}

async function happen(...events: readonly ConsultationEvent[]): Promise<void> {
  const recordable = events.map(({ type, data }) => ({
    // Domain events are plain JSON.
    ...{ id: randomUUID(), type, data: data as unknown as JsonObject, metadata: { schema: String(schemaOf(type)) } },
  }));
  await store.append('consultation-c-1', 'any', recordable);
}

/** The policies as a process has them, until they have read everything. */
async function follow(): Promise<void> {
  const rules = new Rules(decisions);
  const policies = [
    new RemindApplicantsAndMarkResponsesOverdue(decisions, rules),
    new WarnWhenAShareOfTheDaysIsUsed(decisions, rules),
  ];
  const host = new PolicyHost(store, pool, policies, decisions, timers());
  hosts.push(host);
  await host.start();
  await caughtUp(host);
}

async function caughtUp(host = hosts.at(-1)): Promise<void> {
  const head = await store.head();
  for (const end = Date.now() + 10_000; ; await new Promise((resolve) => setTimeout(resolve, 20))) {
    const reached = host?.health().length === 2 && host.health().every(({ position }) => BigInt(position) >= head);
    if (reached) return;
    if (Date.now() > end) throw new Error(`not within the time: ${JSON.stringify(host?.health())}`);
  }
}

async function onTheDay(date: string): Promise<readonly (readonly [string, unknown])[]> {
  const before = (await decisions.load(CONSULTATION, 'c-1')).events.length;
  now = dayBegins(date);
  await timers().fireDue();
  const { events } = await decisions.load(CONSULTATION, 'c-1');
  return events.slice(before).map(({ type, data }) => [type, data] as const);
}

describe('while the applicant is asked', () => {
  it('it is reminded as the rules of its case say, and the answer is late when its day has passed', async () => {
    await adoptRules();
    await happen(...inReview, correctionRequested());
    await follow();
    expect(await onTheDay('2026-11-15')).toEqual([]);
    expect(await onTheDay('2026-11-16')).toEqual([
      ['applicant-reminded', expect.objectContaining({ round: 1, respondBy: '2026-11-19', daysBefore: 3 })],
    ]);
    expect(await onTheDay('2026-11-19')).toEqual([]);
    expect(await onTheDay('2026-11-20')).toEqual([
      ['response-overdue', expect.objectContaining({ round: 1, respondBy: '2026-11-19', at: '2026-11-19T15:00:00.000Z' })],
    ]);
  });

  it('an extension moves reminder and lateness to its day', async () => {
    await adoptRules();
    await happen(...inReview, correctionRequested(), {
      type: 'response-extended',
      data: {
        ...{ by: received().data.by, at: '2026-11-06T01:00:00Z', round: 1, reason: '견적' },
        ...{ respondBy: '2026-11-30', formerRespondBy: '2026-11-19' },
      },
    });
    await follow();
    expect(await onTheDay('2026-11-20')).toEqual([]);
    expect((await onTheDay('2026-11-27')).map(([type]) => type)).toEqual(['applicant-reminded']);
    expect((await onTheDay('2026-12-01')).map(([type]) => type)).toEqual(['response-overdue']);
  });

  it('a clock that jumps a month over the day and back says once that the answer is late, and nothing of a day that has passed', async () => {
    await adoptRules();
    await happen(...inReview, correctionRequested());
    await follow();
    const said = async (day: string) =>
      (await onTheDay(day)).map(([type]) => type).filter((type) => type !== 'deadline-warning-raised');
    expect(await said('2026-12-19')).toEqual(['response-overdue']);
    expect(await said('2026-11-10')).toEqual([]);
    expect(await said('2026-11-20')).toEqual([]);
    // Extended and set right, the new day counts again, and only that.
    await happen({
      type: 'response-extended',
      data: {
        ...{ by: received().data.by, at: '2026-11-20T01:00:00Z', round: 1, reason: '견적' },
        ...{ respondBy: '2026-12-30', formerRespondBy: '2026-11-19' },
      },
    });
    await caughtUp();
    expect(await said('2026-12-19')).toEqual([]);
    expect(await said('2027-01-31')).toEqual(['response-overdue']);
    expect(await said('2026-12-01')).toEqual([]);
  });

  it('an answered round is not spoken of again', async () => {
    await adoptRules();
    await happen(...inReview, correctionRequested(), responded());
    await follow();
    expect((await onTheDay('2026-11-25')).filter(([type]) => type !== 'deadline-warning-raised')).toEqual([]);
  });

  it('in a case from before there were rules nobody is reminded, and late is late', async () => {
    await happen(...inReview, correctionRequested());
    await follow();
    expect(await onTheDay('2026-11-16')).toEqual([]);
    expect((await onTheDay('2026-11-20')).map(([type]) => type)).toEqual(['response-overdue']);
  });
});

describe('when a share of the days is used', () => {
  beforeEach(adoptRules);

  it('a warning is raised on that day, and once', async () => {
    await happen(...inReview);
    await follow();
    expect(await onTheDay('2026-11-16')).toEqual([]);
    expect(await onTheDay('2026-11-17')).toEqual([
      ['deadline-warning-raised', expect.objectContaining({ share: 0.5, given: 30, on: '2026-11-17' })],
    ]);
    expect(await onTheDay('2026-11-26')).toEqual([
      ['deadline-warning-raised', expect.objectContaining({ share: 0.8, given: 30, on: '2026-11-26' })],
    ]);
    // Everything is read again, on a clock that has jumped: nothing new comes of it.
    await Promise.all(hosts.splice(0).map((host) => host.stop()));
    await pool.query('update workflow_checkpoint set position = 0');
    await follow();
    expect(await onTheDay('2027-06-01')).toEqual([]);
  });

  it('the day moves with a stop: the first timer has nothing to say, the one of the answer has', async () => {
    await happen(...inReview, correctionRequested(), responded());
    await follow();
    // Received on the 2nd, asked on the 5th, answered on the 12th: seven days stood still.
    expect(await onTheDay('2026-11-17')).toEqual([]);
    expect((await onTheDay('2026-11-24')).map(([, data]) => data)).toEqual([expect.objectContaining({ share: 0.5 })]);
  });

  it('a case on the fast track is warned by its ten days, and again by the thirty when it leaves', async () => {
    const stamp = { by: received().data.by, at: '2026-11-02T02:00:00Z' };
    await happen(...inReview, { type: 'fast-track-designated', data: { ...stamp, ground: '재난' } });
    await follow();
    expect((await onTheDay('2026-11-07')).map(([, data]) => data)).toEqual([expect.objectContaining({ share: 0.5, given: 10 })]);
    await happen({
      type: 'fast-track-revoked',
      data: { ...stamp, at: '2026-11-08T02:00:00Z', reason: '중복', candidate: null },
    });
    await caughtUp();
    expect(await onTheDay('2026-11-10')).toEqual([]);
    expect((await onTheDay('2026-11-17')).map(([, data]) => data)).toEqual([expect.objectContaining({ share: 0.5, given: 30 })]);
  });
});

import { Logger } from '@nestjs/common';
import { CONSULTATION, Decisions, SYSTEM_ENTRY, THESAURUS } from '@sajeon/decisions';
import { SYSTEM, type Principal } from '@sajeon/access';
import type { Finding, PlanContent, SystemEntry } from '@sajeon/domain';
import { contentHash, PostgresEventStore, type NewEvent } from '@sajeon/event-store';
import { freshDatabase, type FreshDatabase } from '@sajeon/event-store/testing';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { NATIONAL_THESAURUS, OverlapFeed } from './overlap-feed.js';
import { OverlapSnapshots } from './overlap-snapshots.js';
import { screeningsOf } from './screenings.js';

let database: FreshDatabase;
let store: PostgresEventStore;
let decisions: Decisions;
const feeds: OverlapFeed[] = [];

beforeEach(async () => {
  database = await freshDatabase();
  store = await PostgresEventStore.open(database.config);
  decisions = new Decisions(store);
});
afterEach(async () => {
  await Promise.all(feeds.splice(0).map((feed) => feed.stop()));
  await store.close();
  await database.drop();
});

const query = async (statement: string): Promise<void> => {
  const client = new Client(database.config);
  await client.connect();
  await client.query(statement).finally(() => client.end());
};

const replica = (): OverlapFeed => {
  const feed = new OverlapFeed(store);
  feeds.push(feed);
  feed.start();
  return feed;
};

const admin: Principal = { person: 'person-1', agency: 'mois', roles: ['administrator'] };
const stamp = { by: { person: 'person-1', agency: 'mois' }, at: '2026-07-01T00:00:00Z' };
const nothing = { purpose: '', functions: [], users: [], data: [], technologies: [], text: '' };
const entry = (content: Partial<SystemEntry>): SystemEntry => ({
  ...nothing,
  ...{ title: '', agency: '행정안전부', level: 'central', year: null, source: '' },
  ...content,
});
const plan = (content: Partial<PlanContent>): PlanContent => ({
  ...nothing,
  ...{ title: '', budgetKrw: null, orderPlannedOn: null },
  ...content,
});
const own = { project: 'p-1', agency: '원주시' };

const register = async (system: string, content: Partial<SystemEntry>): Promise<bigint> => {
  const command = { type: 'register-system', data: { ...stamp, system, entry: entry(content) } } as const;
  return (await decisions.execute(SYSTEM_ENTRY, system, command, { commandId: randomUUID(), principal: admin })).position;
};
const addConcept = async (concept: string, words: readonly string[]): Promise<bigint> => {
  const command = { type: 'add-concept', data: { ...stamp, concept, words, source: '예시' } } as const;
  return (await decisions.execute(THESAURUS, NATIONAL_THESAURUS, command, { commandId: randomUUID(), principal: admin }))
    .position;
};
const withdrawConcept = async (concept: string): Promise<bigint> => {
  const command = { type: 'withdraw-concept', data: { ...stamp, concept, reason: '다른 뜻' } } as const;
  return (await decisions.execute(THESAURUS, NATIONAL_THESAURUS, command, { commandId: randomUUID(), principal: admin }))
    .position;
};

/** A word that no thesaurus knows, and one that administrators say means the same. */
const known = {
  title: 'zentora 누리집',
  purpose: 'zentora 신청을 받는다.',
  functions: ['zentora 신청 접수', 'zentora 처리 조회'],
};
const asked = plan({
  title: 'miravo 창구 구축',
  purpose: 'miravo 신청을 받는다.',
  functions: ['miravo 신청 접수', 'miravo 처리 조회'],
});

it('an addition is found by who asks after its position', async () => {
  const feed = replica();
  const before = await register('s-1', known);
  expect((await feed.screen(plan(known), own, before)).candidates.map(({ id }) => id)).toEqual(['s-1']);
  const after = await register('s-2', { ...known, title: 'zentora 창구' });
  expect((await feed.screen(plan(known), own, after)).candidates.map(({ id }) => id).sort()).toEqual(['s-1', 's-2']);
  expect((await feed.screen(plan(known), own, before)).candidates.map(({ id }) => id)).toEqual(['s-1']);
});

it('a concept counts from its position on, and a finding of before comes out as it was', async () => {
  const feed = replica();
  const before = await register('s-1', known);
  const first = await feed.screen(asked, own, before);
  const added = await addConcept('x-ttobagi', ['zentora', 'miravo']);
  const second = await feed.screen(asked, own, added);
  const withdrawn = await withdrawConcept('x-ttobagi');
  const third = await feed.screen(asked, own, withdrawn);

  expect(second.candidates[0]?.probability ?? 0).toBeGreaterThan(first.candidates[0]?.probability ?? 0);
  expect(second.candidates[0]?.evidence.flatMap(({ matches }) => matches)).toContainEqual({
    ...{ kind: 'synonym', plan: 'miravo', candidate: 'zentora' },
  });
  expect(second.engine['thesaurus']).toBe(`${first.engine['thesaurus']}+1`);
  expect(third.candidates).toEqual(first.candidates);
  expect(third.engine['thesaurus']).toBe(`${first.engine['thesaurus']}+2`);

  const recorded = { ...first, planVersion: 1, planHash: contentHash(asked) } as Finding;
  expect(await feed.recompute(recorded, asked, own)).toMatchObject({ verdict: 'REPRODUCED' });
  expect(await feed.recompute({ ...second, planVersion: 1, planHash: '' } as Finding, asked, own)).toMatchObject({
    verdict: 'REPRODUCED',
  });
});

it('goes on answering while an index with the new thesaurus is built', async () => {
  const feed = replica();
  await register('s-1', known);
  const added = await addConcept('x-ttobagi', ['zentora', 'miravo']);
  const [now, then] = await Promise.all([feed.screen(plan(known), own), feed.screen(asked, own, added)]);
  expect(now.candidates.map(({ id }) => id).slice(0, 1)).toEqual(now.compared === 0 ? [] : ['s-1']);
  expect(then.engine['thesaurus']).toMatch(/\+1$/);
});

it('every replica computes the same bytes: one that followed, one that starts late, one that starts in the middle', async () => {
  const early = replica();
  await Promise.all(
    Array.from({ length: 40 }, (_, i) => register(`s-${i}`, { ...known, title: `zentora 누리집 ${i}`, text: `${i}번째 시설` })),
  );
  const middle = replica();
  await middle.screen(asked, own, await addConcept('x-ttobagi', ['zentora', 'miravo']));
  const end = await register('s-last', { ...known, title: 'zentora 포털' });
  const late = replica();
  const answers = await Promise.all([early, middle, late].map((feed) => feed.screen(asked, own, end)));
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
});

it('the order in which an import brought its records does not change the answer', async () => {
  const events = Array.from({ length: 40 }, (_, i): NewEvent => ({
    ...{ id: randomUUID(), type: 'system-registered', metadata: { schema: '1' } },
    data: JSON.parse(JSON.stringify({ ...stamp, system: `s-${i}`, entry: entry({ ...known, title: `zentora 누리집 ${i}` }) })),
  }));
  const other = await freshDatabase();
  const elsewhere = await PostgresEventStore.open(other.config);
  try {
    for (const [i, event] of events.entries()) await store.append(`system-s-${i}`, 'none', [event]);
    // The counts freeze after 32 changes: these come in another order among themselves, and so does the rest.
    const numbered = [...events.entries()];
    const reordered = [...numbered.slice(0, 32).reverse(), ...numbered.slice(32).reverse()];
    for (const [i, event] of reordered) await elsewhere.append(`system-s-${i}`, 'none', [event]);
    const there = new OverlapFeed(elsewhere);
    feeds.push(there);
    const [a, b] = await Promise.all([replica(), there].map(async (feed) => feed.screen(asked, own, 40n)));
    expect(JSON.stringify(b)).toBe(JSON.stringify(a));
  } finally {
    await feeds.pop()?.stop();
    await elsewhere.close();
    await other.drop();
  }
});

it('a restart goes on from the snapshot with the same bytes, and reads the log anew when the snapshot is damaged or of another log', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'sajeon-snapshots-'));
  const snapshots = new OverlapSnapshots(directory);
  const started = (): OverlapFeed => {
    const feed = new OverlapFeed(store, { snapshots });
    feeds.push(feed);
    feed.start();
    return feed;
  };
  try {
    for (let i = 0; i < 40; i++) await register(`s-${i}`, { ...known, title: `zentora 누리집 ${i}` });
    const before = await addConcept('x-zentora', ['zentora', 'miravo']);
    const first = started();
    const answer = JSON.stringify(await first.screen(asked, own, before));
    await first.stop();
    const after = await register('s-last', { ...known, title: 'zentora 포털' });
    const rebuilt = JSON.stringify(await replica().screen(asked, own, after));

    const [file = ''] = readdirSync(directory);
    const warned = jest.spyOn(Logger.prototype, 'warn').mockImplementation();
    const restarted = started();
    expect(JSON.stringify(await restarted.screen(asked, own, before))).toBe(answer);
    expect(JSON.stringify(await restarted.screen(asked, own, after))).toBe(rebuilt);
    await restarted.stop();
    expect(warned).not.toHaveBeenCalled();

    const path = join(directory, file);
    const bytes = readFileSync(path);
    bytes[bytes.length - 100] = (bytes[bytes.length - 100] ?? 0) ^ 1;
    writeFileSync(path, bytes);
    expect(JSON.stringify(await started().screen(asked, own, after))).toBe(rebuilt);
    expect(warned).toHaveBeenCalledTimes(1);
    warned.mockRestore();
  } finally {
    await Promise.all(feeds.splice(0).map((feed) => feed.stop()));
    rmSync(directory, { recursive: true });
  }
});

it('a finding that was tampered with in the log is found out, and an honest one is not', async () => {
  const feed = replica();
  const position = await register('s-1', known);
  const content = plan(known);
  const version = { version: 1, hash: contentHash(content), content };
  const applicant: Principal = { person: 'person-2', agency: 'wonju', roles: ['applicant', 'applicant-approver'] };
  const by = { person: 'person-2', agency: 'wonju' };
  const parties = {
    applicant: { id: 'wonju', name: '원주시', tier: 'BASIC_LOCAL' },
    authority: { id: 'gangwon', name: '강원특별자치도', tier: 'METROPOLITAN' },
  } as const;
  const draft = {
    type: 'draft-consultation',
    data: { by, at: stamp.at, consultation: 'c-1', project: 'p-1', plan: version, ...parties },
  } as const;
  await decisions.execute(CONSULTATION, 'c-1', draft, { commandId: randomUUID(), principal: applicant });
  await decisions.execute(
    CONSULTATION,
    'c-1',
    { type: 'submit-consultation', data: { by, at: stamp.at } },
    { commandId: randomUUID(), principal: applicant },
  );
  const computed = await feed.screen(content, own, position);
  const finding = { ...computed, planVersion: 1, planHash: version.hash } as Finding;
  const screening = {
    type: 'record-screening',
    data: { by: { person: SYSTEM.person, agency: SYSTEM.agency }, at: stamp.at, finding },
  } as const;
  await decisions.execute(CONSULTATION, 'c-1', screening, { commandId: randomUUID(), principal: SYSTEM });

  const recomputed = async () => {
    const { events } = await decisions.load(CONSULTATION, 'c-1');
    return Promise.all(
      screeningsOf(events).map(async (it) => (it.plan === null ? null : feed.recompute(it.finding, it.plan, it.own))),
    );
  };
  expect(await recomputed()).toMatchObject([{ verdict: 'REPRODUCED', divergences: [] }]);

  // As whoever runs the database could: the most likely candidate becomes an unlikely one.
  const [first] = computed.candidates;
  await query('alter table event_store.event disable trigger append_only');
  await query(
    `update event_store.event set data = replace(data::text, '"probability":${first?.probability}', '"probability":0.01')::json where type = 'overlap-screened'`,
  );
  expect(await recomputed()).toMatchObject([
    { verdict: 'DIVERGED', divergences: [{ pointer: '/candidates/0/probability', recorded: 0.01 }] },
  ]);
});

import fc from 'fast-check';
import type { SajeonEvent } from '@sajeon/domain';
import type { RecordedEvent } from '@sajeon/event-store';
import { reviewerQueue } from '../reviewer-queue/reviewer-queue.js';
import { systemInventory } from '../system-inventory/system-inventory.js';
import { consultation, drafted, followUp, registered, entry } from '../testing/story.js';
import { QUICK, Tables } from '../testing/tables.js';
import { migrate } from './database.js';
import type { Condition } from '../reading.js';
import { stored, type AnyView, type Rows } from './view.js';

const SEED = Number(process.env['SAJEON_SEED'] ?? Date.now() % 1_000_000_007);
const RUNS = Number(process.env['SAJEON_RUNS'] ?? 12);

/** What the projection makes of these events without any database: the full replay that a past must equal. */
function replayed(view: AnyView, events: readonly RecordedEvent[], key: string): Map<string, Record<string, unknown>> {
  const all = new Map<string, Record<string, unknown>>();
  const rows: Rows<Record<string, unknown>> = {
    get: (name) => all.get(name),
    put: (row) => all.set(String(row[key]), row),
    delete: (name) => all.delete(name),
  };
  for (const event of events)
    if (view.streams.some((prefix) => event.stream.startsWith(prefix))) view.apply(stored(event) as never, rows);
  return all;
}

const HIDDEN = new Set(['state', 'searchText', 'grams', 'course', 'usedDays', 'applicantDays', 'countedOn']);
const shown = (row: object) => Object.fromEntries(Object.entries(row).filter(([name]) => !HIDDEN.has(name)));

/** The same case under another number, as far as the dice let it come. */
const caseOf = (id: string, length: number): readonly SajeonEvent[] =>
  [drafted(id, `사업 ${id}`), ...consultation.slice(1), ...followUp].slice(0, length);
const systemOf = (id: string, length: number): readonly SajeonEvent[] =>
  [
    registered(id, { title: `시스템 ${id}` }),
    { type: 'system-entry-corrected', data: { by: { person: 'p', agency: 'a' }, at: '2026-10-02T00:00:00Z', entry } } as const,
    { type: 'system-retired', data: { by: { person: 'p', agency: 'a' }, at: '2026-10-03T00:00:00Z', reason: '폐기' } } as const,
  ].slice(0, length);

let tables: Tables;
beforeEach(async () => (tables = await Tables.make()));
afterEach(() => tables.close());

/** Every stream in its own order, the streams mixed. */
async function record(lengths: readonly (readonly [cases: number, systems: number])[], order: readonly number[]): Promise<void> {
  const streams = lengths.flatMap(([cases, systems], n) => [
    { name: `consultation-c${n}`, events: [...caseOf(`c${n}`, cases)] },
    { name: `system-s${n}`, events: [...systemOf(`s${n}`, systems)] },
  ]);
  for (let turn = 0; streams.some(({ events }) => events.length > 0); turn++) {
    const left = streams.filter(({ events }) => events.length > 0);
    const stream = left[(order[turn % order.length] ?? 0) % left.length];
    const event = stream?.events.shift();
    if (stream && event) await tables.happen(stream.name, event);
  }
}

async function asOf(view: AnyView, position: bigint): Promise<unknown[]> {
  const order = { name: 'key', by: `'x'::text`, direction: 'asc' } as const;
  return [...(await tables.reader.list(view, { where: [], order, limit: 200, asOf: position })).rows].map((row) =>
    shown(row as object),
  );
}

it(`is, as of any position, what a full replay up to there gives (seed ${SEED})`, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.integer({ min: 1, max: 27 }), fc.integer({ min: 1, max: 3 })), { minLength: 1, maxLength: 4 }),
      fc.array(fc.nat(9), { minLength: 5, maxLength: 40 }),
      fc.array(fc.nat(10_000), { minLength: 8, maxLength: 8 }),
      async (lengths, order, dice) => {
        await tables.close();
        tables = await Tables.make();
        await record(lengths, order);
        for (const view of [reviewerQueue, systemInventory]) await tables.project(view);
        const log = await tables.log();
        for (const [view, key] of [
          [reviewerQueue, 'consultation'],
          [systemInventory, 'system'],
        ] as const) {
          for (const die of dice) {
            const position = BigInt(die % (log.length + 2));
            const events = log.filter((event) => event.position <= position);
            const expected = [...replayed(view, events, key)].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => shown(row));
            expect(JSON.parse(JSON.stringify(await asOf(view, position)))).toEqual(JSON.parse(JSON.stringify(expected)));
          }
        }
      },
    ),
    { seed: SEED, numRuns: RUNS },
  );
}, 300_000);

it('is the same whether the view followed event by event, in one batch, or was rebuilt', async () => {
  for (const event of caseOf('c1', 20)) {
    await tables.happen('consultation-c1', event);
    await tables.project(reviewerQueue);
  }
  const stepwise = await tables.database.query('select * from view_reviewer_queue_past order by from_position');
  expect(stepwise).toHaveLength(20);
  const worker = tables.worker([reviewerQueue]);
  await worker.rebuild('reviewer-queue');
  expect(await tables.database.query('select * from view_reviewer_queue_past order by from_position')).toEqual(stepwise);
  const indexesOf = async (table: string) => {
    const found = await tables.database.query<{ name: string }[]>(
      'select indexname as name from pg_indexes where tablename = $1',
      [table],
    );
    return found.map(({ name }) => name);
  };
  // What serves an order or a search of the present serves it in the past.
  const served = (await indexesOf('view_reviewer_queue')).filter((name) => !name.endsWith('_pkey')).map((name) => `${name}_past`);
  expect(served.length).toBeGreaterThan(1);
  const own = ['pkey', 'since', 'stood'].map((name) => `view_reviewer_queue_past_${name}`);
  expect((await indexesOf('view_reviewer_queue_past')).sort()).toEqual([...own, ...served].sort());
});

it('tells what changed between two positions, and only among the rows that are asked for', async () => {
  for (const event of caseOf('c1', 6)) await tables.happen('consultation-c1', event);
  for (const event of caseOf('c2', 2)) await tables.happen('consultation-c2', event);
  await tables.project(reviewerQueue);
  const between = async (from: bigint, to: bigint, where: readonly Condition[] = [], cursor?: string) => {
    const page = await tables.reader.changed(reviewerQueue, from, to, { where, limit: 1, cursor });
    return { rows: page.rows.map(({ key, before, after }) => [key, before?.revision, after?.revision]), next: page.next };
  };
  const first = await between(3n, 8n);
  expect(first.rows).toEqual([['c2', undefined, '1']]);
  expect((await between(3n, 8n, [], first.next ?? '')).rows).toEqual([['c1', '2', '5']]);
  expect(await between(3n, 8n, [['authority = ?', 'nowhere']])).toEqual({ rows: [], next: null });
  expect((await between(6n, 6n)).rows).toEqual([]);

  // Recorded while somebody reads page after page: the list goes on as it began.
  for (const event of caseOf('c1', 8).slice(6)) await tables.happen('consultation-c1', event);
  await tables.project(reviewerQueue);
  expect((await between(3n, 10n, [], first.next ?? '')).rows).toEqual([['c1', '2', '5']]);
  expect((await between(3n, 10n)).rows).toEqual([['c1', '2', '7']]);
  await expect(between(4n, 10n, [], first.next ?? '')).rejects.toThrow('not a cursor of this list');
});

it('is made again from the log when a migration has changed the table that it is of', async () => {
  for (const event of caseOf('c1', 5)) await tables.happen('consultation-c1', event);
  await tables.project(reviewerQueue);
  await tables.database.query('alter table view_reviewer_queue_past drop column title');
  await migrate(tables.config);
  expect(await asOf(reviewerQueue, 5n)).toEqual([]);
  const worker = tables.worker([reviewerQueue]);
  worker.start(QUICK);
  for (let tries = 0; tries < 200 && (await asOf(reviewerQueue, 5n)).length === 0; tries++)
    await worker.waitFor('reviewer-queue', 6n, 50);
  expect(await asOf(reviewerQueue, 5n)).toMatchObject([{ consultation: 'c1', revision: '4' }]);
});

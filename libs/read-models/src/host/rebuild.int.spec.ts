import { happened } from '@sajeon/domain/testing';
import { agencyDirectory } from '../agency-directory/agency-directory.js';
import { reviewerQueue, type QueueRow } from '../reviewer-queue/reviewer-queue.js';
import { drafted, registered, story } from '../testing/story.js';
import { systemInventory, type SystemRow } from '../system-inventory/system-inventory.js';
import { QUICK, Tables } from '../testing/tables.js';
import { timeline } from '../timeline/timeline.js';
import { views } from '../views.js';
import { Projector } from './projector.js';
import { Rebuild } from './rebuild.js';
import type { AnyView } from './view.js';

const LONG = 20_000;
const never = new AbortController().signal;
const quietly = () => undefined;

describe('a rebuild', () => {
  let tables: Tables;
  beforeEach(async () => (tables = await Tables.make()));
  afterEach(() => tables.close());

  /** The rows that the whole log gives in an empty database. */
  async function projectedAfresh(view: AnyView): Promise<readonly unknown[]> {
    const other = await Tables.make();
    try {
      await other.begin(view);
      await Projector.at(other.database, view, 'live', 0n).advance(await tables.log());
      return await other.rows(view);
    } finally {
      await other.close();
    }
  }

  async function indexes(view: AnyView): Promise<readonly string[]> {
    const rows = await tables.database.query<{ indexdef: string }[]>(
      'select indexdef from pg_indexes where schemaname = current_schema() and tablename = $1 order by 1',
      [tables.database.getMetadata(view.row).tableName],
    );
    return rows.map(({ indexdef }) => indexdef);
  }

  it('of every view gives the rows that following gave, under the same indexes', async () => {
    for (const [stream, event] of story) await tables.happen(stream, event);
    const worker = tables.worker();
    worker.start(QUICK);
    const head = await tables.store.head();
    for (const view of views) {
      await worker.waitFor(view.name, head, LONG);
      const [rows, made] = [await tables.rows(view), await indexes(view)];
      const prefixes = [...view.streams, ...(view.memory?.streams ?? [])];
      const concerned = story.filter(([stream]) => prefixes.some((prefix) => stream.startsWith(prefix)));
      expect(await worker.rebuild(view.name)).toMatchObject({ events: concerned.length, position: head });
      expect(await tables.rows(view)).toEqual(rows);
      expect(await indexes(view)).toEqual(made);
    }
    expect(await worker.health()).toEqual(views.map(() => expect.objectContaining({ position: head, rebuilding: null })));
  });

  it('while events arrive equals a fresh projection, and no reader sees rows and position apart', async () => {
    const worker = tables.worker([systemInventory]);
    worker.start(QUICK);
    let done = false;
    let number = 0;
    const writing = (async () => {
      while (!done) await tables.happen(`system-s-${++number}`, registered(`s-${number}`, { year: number }));
    })();
    // System n is registered at position n, so the newest row says what position the rows are of.
    let last = 0n;
    let reads = 0;
    const reading = (async () => {
      while (!done) {
        const { rows, position } = await tables.reader.list<SystemRow>(systemInventory, {
          where: [],
          order: { name: 'newest', by: 'position', direction: 'desc' },
          limit: 1,
        });
        expect(BigInt(rows[0]?.position ?? 0)).toBe(position);
        expect(position >= last).toBe(true);
        last = position;
        reads++;
      }
    })();
    for (let round = 0; round < 5; round++) await worker.rebuild('system-inventory');
    done = true;
    await Promise.all([writing, reading]);
    const head = await tables.store.head();
    expect(await worker.waitFor('system-inventory', head, LONG)).toBe(head);
    expect(reads).toBeGreaterThan(20);
    expect(await tables.rows(systemInventory)).toEqual(await projectedAfresh(systemInventory));
  });

  it('that was killed halfway goes on from there, and the table in use is untouched meanwhile', async () => {
    for (let number = 1; number <= 100; number++)
      await tables.happen(`consultation-c-${number}`, drafted(`c-${number}`), happened.submitted());
    const worker = tables.worker([reviewerQueue]);
    worker.start(QUICK);
    const head = await tables.store.head();
    await worker.waitFor('reviewer-queue', head, LONG);
    const rows = await tables.rows(reviewerQueue);

    const killed = new AbortController();
    const first = new Rebuild(tables.database, tables.store, reviewerQueue, 20);
    const half = first.run(killed.signal, ({ events }) => void (events >= 120 && killed.abort(new Error('killed'))));
    await expect(half).rejects.toThrow('killed');
    expect(await tables.rows(reviewerQueue)).toEqual(rows);
    expect(await worker.health()).toEqual([expect.objectContaining({ status: 'following', position: head, rebuilding: 120n })]);

    const second = await new Rebuild(tables.database, tables.store, reviewerQueue, 20).run(never, quietly);
    expect(second).toMatchObject({ events: 80, position: head });
    expect(await tables.rows(reviewerQueue)).toEqual(rows);
  });

  it('begins anew when a migration has changed the table since it was killed', async () => {
    for (let number = 1; number <= 10; number++)
      await tables.happen(`consultation-c-${number}`, drafted(`c-${number}`), happened.submitted());
    const killed = new AbortController();
    const half = new Rebuild(tables.database, tables.store, reviewerQueue, 4).run(killed.signal, () =>
      killed.abort(new Error('killed')),
    );
    await expect(half).rejects.toThrow('killed');
    await tables.database.query('alter table view_reviewer_queue add column note text');
    expect(await new Rebuild(tables.database, tables.store, reviewerQueue, 4).run(never, quietly)).toMatchObject({ events: 20 });
    expect(await tables.rows(reviewerQueue)).toHaveLength(10);
  });

  it('starts by itself when the projection has a new version, and the old rows serve until the switch', async () => {
    for (const [stream, event] of story) await tables.happen(stream, event);
    const head = await tables.store.head();
    const before = tables.worker([reviewerQueue]);
    before.start(QUICK);
    await before.waitFor('reviewer-queue', head, LONG);
    const louder: AnyView = {
      ...reviewerQueue,
      version: reviewerQueue.version + 1,
      apply: (event, rows) =>
        reviewerQueue.apply(event, {
          ...rows,
          get: (key) => rows.get(key),
          put: (row) => rows.put({ ...row, title: `${row.title}!`.replace(/!+$/, '!') }),
        }),
    };
    const after = tables.worker([louder]);
    after.start(QUICK);
    for (;;) {
      const { row, position } = await tables.reader.find<QueueRow>(reviewerQueue, 'c-1');
      expect(position).toBe(head);
      expect(row).not.toBeNull();
      if (row?.title.endsWith('!')) break;
    }
    // The worker of the old version has stepped back; the new one goes on.
    const end = await tables.happen('consultation-c-9', drafted('c-9'));
    expect(await after.waitFor('reviewer-queue', end, LONG)).toBe(end);
    expect((await tables.reader.find<QueueRow>(reviewerQueue, 'c-9')).row?.title).toMatch(/!$/);
  });

  it('that meets an event it cannot apply leaves the table in use as it is', async () => {
    for (const [stream, event] of story) await tables.happen(stream, event);
    const broken: AnyView = {
      ...timeline,
      apply: (event, rows) => (event.type === 'result-notified' ? JSON.parse('{') : timeline.apply(event, rows)),
    };
    const worker = tables.worker([timeline]);
    worker.start(QUICK);
    const head = await tables.store.head();
    await worker.waitFor('timeline', head, LONG);
    await expect(tables.worker([broken]).rebuild('timeline')).rejects.toMatchObject({
      name: 'Poison',
      event: { type: 'result-notified' },
    });
    const told = story.filter(([stream]) => timeline.streams.some((prefix) => stream.startsWith(prefix)));
    expect(await tables.rows(timeline)).toHaveLength(told.length);
    expect(await worker.rebuild('timeline')).toMatchObject({ position: head });
  });

  it('of one view is done by one process at a time', async () => {
    for (let number = 1; number <= 50; number++) await tables.happen(`agency-a-${number}`, ...[registeredAgency(number)]);
    const [first, second] = [tables.worker([agencyDirectory]), tables.worker([agencyDirectory])];
    const results = await Promise.allSettled([first.rebuild('agency-directory'), second.rebuild('agency-directory')]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(results.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { name: 'RebuildRunning' } });
    expect(await tables.rows(agencyDirectory)).toHaveLength(50);
  });
});

function registeredAgency(number: number) {
  return {
    type: 'agency-registered' as const,
    data: {
      by: { person: 'p', agency: 'a' },
      at: '2026-01-01T00:00:00Z',
      agency: `a-${number}`,
      name: `기관 ${number}`,
      tier: 'BASIC_LOCAL' as const,
      parent: null,
    },
  };
}

import { Lease, PostgresEventStore } from '@sajeon/event-store';
import { happened } from '@sajeon/domain/testing';
import { Pool } from 'pg';
import { reviewerQueue } from '../reviewer-queue/reviewer-queue.js';
import { systemInventory } from '../system-inventory/system-inventory.js';
import { registered } from '../testing/story.js';
import { QUICK, Tables } from '../testing/tables.js';
import { timeline } from '../timeline/timeline.js';
import { views } from '../views.js';
import type { ProjectionHost } from './projection-host.js';
import type { AnyView } from './view.js';

const LONG = 10_000;

describe('a worker', () => {
  let tables: Tables;
  beforeEach(async () => (tables = await Tables.make()));
  afterEach(() => tables.close());

  /** Until health says so, or the test's time is up. */
  async function until(
    host: ProjectionHost,
    view: AnyView,
    holds: (health: Awaited<ReturnType<ProjectionHost['health']>>[number]) => boolean,
  ) {
    for (;;) {
      const health = (await host.health()).find((one) => one.view === view.name);
      if (health !== undefined && holds(health)) return health;
    }
  }

  it('brings every view to every event, and what another process wrote too', async () => {
    const worker = tables.worker();
    worker.start(QUICK);
    const first = await tables.happen('consultation-c-1', happened.drafted(), happened.submitted());
    for (const view of views) expect(await worker.waitFor(view.name, first, LONG)).toBe(first);
    const elsewhere = await PostgresEventStore.open(tables.config);
    await elsewhere.append('calendar-kr', 'any', []);
    const { position } = await elsewhere.append('system-s-1', 'none', [
      {
        id: 'a2b44e1c-5ff2-4f3b-9a10-39c9fdbb7b0c',
        metadata: { schema: '1' },
        ...(registered('s-1') as { type: string; data: never }),
      },
    ]);
    for (const view of views) expect(await worker.waitFor(view.name, position, LONG)).toBe(position);
    await elsewhere.close();
    expect(await worker.health()).toEqual(
      views.map((view) => expect.objectContaining({ view: view.name, status: 'following', position, lag: 0n, stalled: null })),
    );
  });

  it('writes a position that only passes over foreign events when somebody waits for it, and else not one by one', async () => {
    const worker = tables.worker([systemInventory, reviewerQueue]);
    await tables.database.query(`
      create table moves (view text);
      create function note_move() returns trigger language plpgsql as 'begin insert into moves values (new.view); return new; end';
      create trigger moved after update on view_checkpoint for each row execute function note_move()`);
    worker.start(QUICK);
    const systems = Array.from({ length: 40 }, (_, index) => `s-${index}`);
    let position = 0n;
    for (const system of systems) {
      position = await tables.happen(`system-${system}`, registered(system));
      expect(await worker.waitFor('system-inventory', position, LONG)).toBe(position);
    }
    expect(await worker.waitFor('reviewer-queue', position, LONG)).toBe(position);
    expect((await tables.checkpoint(reviewerQueue))?.position).toBe(`${position}`);
    const moves = await tables.database.query<{ view: string; times: string }[]>(
      `select view, count(*) as times from moves group by view`,
    );
    const times = Object.fromEntries(moves.map((move) => [move.view, Number(move.times)]));
    expect(times['system-inventory']).toBe(systems.length);
    expect(times['reviewer-queue']).toBeLessThan(systems.length);
  });

  it('answers those who wait for another process’s view, and tells them where it is when their time is up', async () => {
    const worker = tables.worker();
    const reader = tables.worker();
    const position = await tables.happen('consultation-c-1', happened.drafted());
    expect(await reader.waitFor('timeline', position, 60)).toBe(0n);
    const waiting = reader.waitFor('timeline', position, LONG);
    worker.start(QUICK);
    expect(await waiting).toBe(position);
    expect(await reader.waitFor('timeline', position + 7n, 60)).toBe(position);
    await expect(reader.waitFor('no-such-view', 1n, 0)).rejects.toMatchObject({ name: 'UnknownView', view: 'no-such-view' });
  });

  it('is the only one: a second takes the views over when the first stops', async () => {
    const [first, second] = [tables.worker(), tables.worker()];
    first.start(QUICK);
    await first.waitFor('timeline', await tables.happen('consultation-c-1', happened.drafted()), LONG);
    const { holder } = await until(first, timeline, ({ holder }) => holder !== null);
    second.start(QUICK);
    const end = await tables.happen('consultation-c-1', happened.submitted());
    await second.waitFor('timeline', end, LONG);
    expect((await until(second, timeline, () => true)).holder).toBe(holder);
    await first.stop();
    const last = await tables.happen('consultation-c-1', happened.received());
    for (const view of views) expect(await second.waitFor(view.name, last, LONG)).toBe(last);
    expect((await until(second, timeline, ({ holder }) => holder !== null)).holder).not.toBe(holder);
  });

  it('takes a view over within seconds from one that died without a word', async () => {
    const dead = new Pool(tables.config);
    expect(await new Lease(dead, 'view:timeline', 'killed').hold()).toBe(true);
    await dead.end();
    const died = Date.now();
    const worker = tables.worker();
    worker.start(QUICK);
    const position = await tables.happen('consultation-c-1', happened.drafted());
    expect(await worker.waitFor('reviewer-queue', position, LONG)).toBe(position);
    expect((await until(worker, timeline, () => true)).holder).toBe('killed');
    expect(await worker.waitFor('timeline', position, LONG)).toBe(position);
    expect(Date.now() - died).toBeLessThan(6_000);
  });

  it('stops only the view that cannot apply an event, says where and why, and goes on once it can', async () => {
    let broken = true;
    const fragile: AnyView = {
      ...reviewerQueue,
      apply(event, rows) {
        if (broken && event.type === 'consultation-received') throw new Error('no such track');
        reviewerQueue.apply(event, rows);
      },
    };
    const worker = tables.worker([fragile, timeline]);
    worker.start(QUICK);
    const before = await tables.happen('consultation-c-1', happened.drafted(), happened.submitted());
    const poison = await tables.happen('consultation-c-1', happened.received());
    const after = await tables.happen('consultation-c-1', happened.screened());
    expect(await worker.waitFor('timeline', after, LONG)).toBe(after);
    const stalled = await until(worker, fragile, ({ stalled }) => (stalled?.attempts ?? 0) > 1);
    expect(stalled).toMatchObject({
      status: 'stalled',
      position: before,
      lag: 2n,
      stalled: { position: poison, type: 'consultation-received', cause: 'no such track' },
    });
    expect(await tables.rows(fragile)).toEqual([expect.objectContaining({ status: 'submitted' })]);
    broken = false;
    expect(await worker.waitFor(fragile.name, after, LONG)).toBe(after);
    expect(await until(worker, fragile, () => true)).toMatchObject({ status: 'following', stalled: null });
    expect(await tables.rows(fragile)).toEqual([expect.objectContaining({ status: 'received', flagged: 1 })]);
  });

  it('stops a view at an event of a newer version, which the deployed newer version then applies', async () => {
    const worker = tables.worker([systemInventory, reviewerQueue]);
    worker.start(QUICK);
    const event = { id: 'a2b44e1c-5ff2-4f3b-9a10-39c9fdbb7b0d', type: 'system-sold', data: {}, metadata: { schema: '1' } };
    const { position } = await tables.store.append('system-s-1', 'any', [event]);
    expect(await worker.waitFor('reviewer-queue', position, LONG)).toBe(position);
    const stalled = await until(worker, systemInventory, ({ status }) => status === 'stalled');
    expect(stalled.stalled).toMatchObject({ position, type: 'system-sold', cause: expect.stringContaining('newer version') });
  });

  it('stands aside while a newer version of the view is in the table', async () => {
    const worker = tables.worker([timeline]);
    await tables.begin({ ...timeline, version: timeline.version + 1 });
    const position = await tables.happen('consultation-c-1', happened.drafted());
    worker.start(QUICK);
    expect(await worker.waitFor('timeline', position, 500)).toBe(0n);
    expect(await until(worker, timeline, () => true)).toMatchObject({
      status: 'waiting',
      version: timeline.version + 1,
      wantedVersion: timeline.version,
      holder: null,
    });
  });
});

import type { RecordedEvent } from '@sajeon/event-store';
import { reviewerQueue } from '../reviewer-queue/reviewer-queue.js';
import { systemInventory, type SystemRow } from '../system-inventory/system-inventory.js';
import { registered, story } from '../testing/story.js';
import { Tables } from '../testing/tables.js';
import { views } from '../views.js';
import { pastOf } from './past.js';
import { Poison, Projector, Superseded } from './projector.js';
import type { AnyView } from './view.js';

describe('a projector', () => {
  let tables: Tables;
  let log: RecordedEvent[];

  beforeAll(async () => {
    tables = await Tables.make();
    for (const [stream, event] of story) await tables.happen(stream, event);
    log = await tables.log();
  });
  afterAll(() => tables.close());

  /** An empty table with its checkpoint at the beginning. */
  async function fresh(view: AnyView): Promise<Projector> {
    const table = tables.database.getMetadata(view.row).tableName;
    await tables.database.query(`truncate ${[table, ...(view.past === true ? [pastOf(table)] : [])].join(', ')}`);
    await tables.database.query(`delete from view_checkpoint where view = $1`, [view.name]);
    return resumed(view);
  }

  /** What a new process does: go on from the checkpoint in the database. */
  async function resumed(view: AnyView): Promise<Projector> {
    await tables.begin(view);
    return Projector.at(tables.database, view, 'live', BigInt((await tables.checkpoint(view))?.position ?? 0));
  }

  describe.each(views.map((view) => [view.name, view] as const))('of the view %s', (_, view) => {
    let once: readonly unknown[];
    /** The rows, and those of the past where the view keeps one. */
    const rowsOf = async (): Promise<readonly unknown[]> => {
      const past = `select * from ${pastOf(tables.database.getMetadata(view.row).tableName)} order by 1, from_position`;
      return [...(await tables.rows(view)), ...(view.past === true ? await tables.database.query<unknown[]>(past) : [])];
    };
    beforeAll(async () => {
      await (await fresh(view)).advance(log);
      once = await rowsOf();
    });

    it('makes rows of the story', () => expect(once.length).toBeGreaterThan(0));

    it('leaves the same rows when every event is delivered twice', async () => {
      let projector = await fresh(view);
      for (const event of log) {
        await projector.advance([event]);
        await tables.database.query(`update view_checkpoint set position = $2 where view = $1`, [
          view.name,
          `${event.position - 1n}`,
        ]);
        projector = await resumed(view);
        await projector.advance([event]);
      }
      expect(await rowsOf()).toEqual(once);
    });

    it('leaves the same rows when the whole log is delivered twice', async () => {
      await (await fresh(view)).advance(log);
      await tables.database.query(`update view_checkpoint set position = 0 where view = $1`, [view.name]);
      await (await resumed(view)).advance(log);
      expect(await rowsOf()).toEqual(once);
    });

    it('leaves the same rows when it dies in and between batches', async () => {
      await fresh(view);
      for (let at = 0; at < log.length; at += 4) {
        const dying = await resumed(view);
        const batch = log.slice(at, at + 4);
        const death = tables.database.transaction(async (manager) => {
          await dying.advance(batch, { within: manager });
          throw new Error('killed before the commit');
        });
        await expect(death).rejects.toThrow('killed');
        await (await resumed(view)).advance(batch);
      }
      expect(await rowsOf()).toEqual(once);
      expect((await tables.checkpoint(view))?.position).toBe(`${log.at(-1)?.position}`);
    });
  });

  it('writes nothing when another worker has moved the checkpoint', async () => {
    const stale = await fresh(reviewerQueue);
    const other = await resumed(reviewerQueue);
    await other.advance(log);
    const rows = await tables.rows(reviewerQueue);
    await expect(stale.advance(log.slice(0, 5))).rejects.toThrow(Superseded);
    expect(await tables.rows(reviewerQueue)).toEqual(rows);
    expect((await tables.checkpoint(reviewerQueue))?.position).toBe(`${log.at(-1)?.position}`);
  });

  it('writes nothing once a newer version of the view has taken over', async () => {
    const old = await fresh(reviewerQueue);
    await tables.database.query(`update view_checkpoint set version = version + 1 where view = $1`, [reviewerQueue.name]);
    await expect(old.advance(log)).rejects.toThrow(Superseded);
    expect(await tables.rows(reviewerQueue)).toEqual([]);
  });

  it('stops at the event it cannot apply, with everything before it and nothing of it', async () => {
    const broken: AnyView = {
      ...reviewerQueue,
      apply(event, rows) {
        reviewerQueue.apply(event, rows);
        if (event.type === 'overlap-screened') throw new Error('a candidate without a name');
      },
    };
    const projector = await fresh(broken);
    const screening = log.find(({ type }) => type === 'overlap-screened') as RecordedEvent;
    const refused = await projector.advance(log).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(Poison);
    expect(refused).toMatchObject({
      event: { position: screening.position, type: 'overlap-screened' },
      cause: { message: 'a candidate without a name' },
    });
    expect(projector.position).toBe(screening.position - 1n);
    const expected = log.filter(({ position }) => position < screening.position);
    const rows = await tables.rows(broken);
    await (await fresh(reviewerQueue)).advance(expected);
    expect(await tables.rows(reviewerQueue)).toEqual(rows);
  });

  it('stops at the event of a newer version in its own streams and passes over all that is foreign to it', async () => {
    const newer = (event: RecordedEvent, stream: string): RecordedEvent => ({ ...event, stream, metadata: { schema: '99' } });
    const [first] = log as [RecordedEvent];
    const foreign = await fresh(systemInventory);
    await foreign.advance([newer(first, 'consultation-c-9')]);
    expect(foreign.position).toBe(first.position);
    const own = await fresh(systemInventory);
    await expect(own.advance([newer(first, 'system-s-9')])).rejects.toMatchObject({
      name: 'Poison',
      cause: { name: 'WrittenByNewerVersion' },
    });
  });

  it('names the one event whose values the database refuses, among many', async () => {
    const projector = await fresh(systemInventory);
    const events = Array.from({ length: 9 }, (_, index) => ({
      ...(log[0] as RecordedEvent),
      ...(registered(`s-${index}`, { year: index === 6 ? 99_999_999_999 : 2020 }) as unknown as Pick<
        RecordedEvent,
        'type' | 'data'
      >),
      stream: `system-s-${index}`,
      revision: 0n,
      position: BigInt(index + 1),
    }));
    await expect(projector.advance(events)).rejects.toMatchObject({ name: 'Poison', event: { position: 7n } });
    expect(projector.position).toBe(6n);
    expect(await tables.rows(systemInventory)).toHaveLength(6);
  });

  it('shows as � what PostgreSQL cannot store, and leaves a backslash alone', async () => {
    const projector = await fresh(systemInventory);
    const title = 'a\u0000b \ud800 c\\u0000 \\\u0000 😀';
    const event = registered('s-1', { title }) as unknown as Pick<RecordedEvent, 'type' | 'data'>;
    await projector.advance([{ ...(log[0] as RecordedEvent), ...event, stream: 'system-s-1', revision: 0n }]);
    const { row } = await tables.reader.find<SystemRow>(systemInventory, 's-1');
    expect(row?.title).toBe('a\ufffdb \ufffd c\\u0000 \\\ufffd 😀');
  });

  it('refuses a projection that reads a row it has not named', async () => {
    const careless: AnyView = { ...reviewerQueue, keysOf: () => [] };
    const projector = await fresh(careless);
    await expect(projector.advance(log)).rejects.toMatchObject({
      name: 'Poison',
      cause: { message: expect.stringContaining('keysOf') },
    });
  });
});

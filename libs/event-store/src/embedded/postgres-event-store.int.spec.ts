import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import pg from 'pg';
import { canonicalJson } from '../canonical-json.js';
import { describeEventStoreContract } from '../contract.js';
import { StoreUnavailable, type NewEvent, type RecordedEvent } from '../port.js';
import { StorageUnusable } from '../storage-unusable.js';
import { freshDatabase, type FreshDatabase } from '../testing.js';
import { PostgresEventStore } from './postgres-event-store.js';

describeEventStoreContract('PostgreSQL', async () => {
  const database = await freshDatabase();
  return {
    store: await PostgresEventStore.open(database.config),
    another: () => PostgresEventStore.open(database.config),
    plantRevision: async (stream, revision) => {
      await query(
        database,
        `with head as (update event_store.head set position = position + 1 returning position, recorded_at)
         insert into event_store.event select position, '${stream}', ${revision}, gen_random_uuid(), 'planted', '{}', '{}', recorded_at from head`,
      );
    },
    textOf: canonicalJson,
    release: () => database.drop(),
  };
});

describe('event store on PostgreSQL', () => {
  let database: FreshDatabase;
  const opened: PostgresEventStore[] = [];
  const openStore = async (): Promise<PostgresEventStore> => {
    const store = await PostgresEventStore.open(database.config);
    opened.push(store);
    return store;
  };

  beforeEach(async () => {
    database = await freshDatabase();
  });
  afterEach(async () => {
    for (const store of opened.splice(0)) await store.close();
    await database.drop();
  });

  it('tells the planner of a log that grows fast, so that a filtered page reads along the index instead of sorting the log', async () => {
    const store = await openStore();
    for (let n = 0; n < 4; n += 1) {
      await store.append(
        `stream-${n}`,
        'none',
        Array.from({ length: 500 }, () => event()),
      );
    }
    await store.close(); // ends when the statistics are made
    const rows = await query(database, `select reltuples::int as events from pg_class where oid = 'event_store.event'::regclass`);
    expect(Number(rows[0]?.['events'])).toBeGreaterThanOrEqual(1_000);
  });

  it('gives positions without a gap, from 1, to several processes that write at once', async () => {
    const store = await openStore();
    const writers = ['one', 'two'].map((name) =>
      spawn(process.execPath, ['test/fault/append-until-killed.mjs', name, '4', '40'], {
        env: { ...process.env, SAJEON_DATABASE: JSON.stringify(database.config) },
        stdio: ['ignore', 'ignore', 'inherit'],
      }),
    );
    const followed: RecordedEvent[] = [];
    const stop = new AbortController();
    const following = (async () => {
      for await (const batch of store.subscribe({ after: 0n, signal: stop.signal })) followed.push(...batch);
    })();
    const ends = Promise.all(writers.map((writer) => once(writer, 'exit')));
    let ended = false;
    void ends.then(() => (ended = true));
    let own = 0;
    for (; !ended; own++) await store.append('three', 'any', [event()]);
    for (const [code] of await ends) expect(code).toBe(0);

    const all = await collect(store.readAll());
    const eventsOf = (writer: number) =>
      Array.from({ length: 40 }, (_, count) => 1 + ((count + writer) % 3)).reduce((sum, n) => sum + n);
    expect(all).toHaveLength(own + 2 * [0, 1, 2, 3].map(eventsOf).reduce((sum, n) => sum + n));
    const turns = all.filter(({ stream }, index) => stream.split('-')[0] !== all[index - 1]?.stream.split('-')[0]);
    expect(turns.length).toBeGreaterThan(10); // they did write at the same time
    expect(all.map(({ position }) => position)).toEqual(all.map((_, index) => BigInt(index + 1)));
    const streams = new Set(all.map(({ stream }) => stream));
    expect(streams.size).toBe(9);
    for (const stream of streams) {
      const revisions = all.filter((recorded) => recorded.stream === stream).map(({ revision }) => revision);
      expect(revisions).toEqual(revisions.map((_, index) => BigInt(index)));
    }
    while (followed.length < all.length) await pause(20);
    stop.abort();
    await following;
    expect(followed).toEqual(all);
  });

  it('never shows an event before one with a lower position, however long an append stays open', async () => {
    const [writer, rival, reader] = [await openStore(), await openStore(), await openStore()];
    await query(
      database,
      `create function dawdle() returns trigger language plpgsql as $$ begin perform pg_sleep(0.4); return new; end $$;
       create trigger dawdle before insert on event_store.event for each row when (new.type = 'slow') execute function dawdle();`,
    );
    const followed: string[] = [];
    const stop = new AbortController();
    const following = (async () => {
      for await (const batch of reader.subscribe({ after: 0n, signal: stop.signal }))
        followed.push(...batch.map(({ type }) => type));
    })();
    const slow = writer.append('slow', 'none', [event('slow')]);
    await pause(100); // the slow one has its position and is not committed
    const quick = [];
    for (let index = 0; index < 5; index++) quick.push(rival.append(`quick-${index}`, 'none', [event('quick')]));
    const receipts = await Promise.all([slow, ...quick]);
    expect(receipts.map(({ position }) => position).sort()).toEqual([1n, 2n, 3n, 4n, 5n, 6n]);
    expect(receipts[0]?.position).toBe(1n);
    while (followed.length < 6) await pause(10);
    stop.abort();
    await following;
    expect(followed).toEqual(['slow', 'quick', 'quick', 'quick', 'quick', 'quick']);
  });

  it('uses up no position when a transaction fails', async () => {
    const store = await openStore();
    await refuse(database, 'poison', '23514');
    await store.append('s', 'none', [event()]);
    await expect(store.append('s', 0n, [event('poison')])).rejects.toThrow('refused by a trigger');
    expect(await store.append('s', 0n, [event()])).toEqual({ stream: 's', revision: 1n, position: 2n });
  });

  it('keeps an append that the database refuses from harming those that are written with it', async () => {
    const store = await openStore();
    await refuse(database, 'poison', '23514');
    const outcomes = await Promise.allSettled(
      Array.from({ length: 30 }, (_, index) => store.append(`s-${index}`, 'none', [event(index === 13 ? 'poison' : 'fine')])),
    );
    expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(1);
    expect(outcomes[13]?.status).toBe('rejected');
    expect((await collect(store.readAll())).map(({ position }) => position)).toEqual(
      Array.from({ length: 29 }, (_, index) => BigInt(index + 1)),
    );
  });

  it('writes appends that arrive together in few transactions', async () => {
    const store = await openStore();
    await Promise.all(Array.from({ length: 200 }, (_, index) => store.append(`s-${index}`, 'none', [event()])));
    const [row] = await query(database, 'select count(distinct xmin::text)::int as transactions from event_store.event');
    expect(row?.['transactions']).toBeLessThanOrEqual(3);
  });

  it('records strictly increasing times, also when the clock stands still or goes back', async () => {
    const store = await openStore();
    await store.append('s', 'none', [event(), event(), event()]);
    await query(database, `update event_store.head set recorded_at = '2100-01-01T00:00:00.5Z'`);
    await store.append('s', 2n, [event(), event()]);
    await store.append('t', 'none', [event()]);
    const times = (await collect(store.readAll())).map(({ recordedAt }) => recordedAt);
    expect(new Set(times).size).toBe(6);
    expect(times).toEqual([...times].sort());
    expect(times.slice(3)).toEqual(['2100-01-01T00:00:00.500001Z', '2100-01-01T00:00:00.500002Z', '2100-01-01T00:00:00.500003Z']);
  });

  it('lets nobody change, remove or truncate what was recorded', async () => {
    const store = await openStore();
    await store.append('s', 'none', [event()]);
    for (const statement of [
      `update event_store.event set data = '{}'`,
      'delete from event_store.event',
      'truncate event_store.event',
    ]) {
      await expect(query(database, statement)).rejects.toThrow('append-only');
    }
    expect(await collect(store.readAll())).toHaveLength(1);
  });

  it('stores the text that is hashed: the form of RFC 8785', async () => {
    const store = await openStore();
    const data = { b: 'U+0000: \u0000', a: [1.5, { z: '가' }] };
    await store.append('s', 'none', [{ ...event(), data, metadata: { z: '1', a: '2' } }]);
    expect(await query(database, 'select data::text as data, metadata::text as metadata from event_store.event')).toEqual([
      { data: canonicalJson(data), metadata: '{"a":"2","z":"1"}' },
    ]);
  });

  it('says that it is unavailable when the connection is lost, and works again afterwards with nothing lost or doubled', async () => {
    const store = await openStore();
    const followed: RecordedEvent[] = [];
    const stop = new AbortController();
    const following = (async () => {
      for await (const batch of store.subscribe({ after: 0n, signal: stop.signal })) followed.push(...batch);
    })();
    let unavailable = 0;
    for (let index = 0; index < 200; index++) {
      if (index % 40 === 20) {
        void query(
          database,
          `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'sajeon-events' and datname = current_database()`,
        );
      }
      const append = { id: randomUUID(), type: 'note-taken', data: { index }, metadata: {} };
      for (;;) {
        try {
          await store.append('s', index === 0 ? 'none' : BigInt(index - 1), [append]);
          break;
        } catch (error) {
          if (!(error instanceof StoreUnavailable)) throw error;
          expect(error).toBeInstanceOf(StoreUnavailable); // and the same ids are sent again
          unavailable++;
        }
      }
    }
    const all = await collect(store.readAll());
    expect(all.map(({ data }) => data['index'])).toEqual(Array.from({ length: 200 }, (_, index) => index));
    while (followed.length < 200) await pause(20);
    stop.abort();
    await following;
    expect(followed).toEqual(all);
    expect(unavailable).toBeGreaterThan(0);
  });

  it('says that it is unavailable when the disk is full, and works again when there is room', async () => {
    const store = await openStore();
    await refuse(database, 'note-taken', '53100');
    const outcomes = await Promise.allSettled([store.append('s', 'none', [event()]), store.append('t', 'none', [event()])]);
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { name: 'StoreUnavailable' } });
    }
    await query(database, 'drop trigger refuse on event_store.event');
    expect(await store.append('s', 'none', [event()])).toEqual({ stream: 's', revision: 0n, position: 1n });
  });

  it('refuses a ping while no append can go through', async () => {
    const store = await openStore();
    const blocker = new pg.Client(database.config);
    await blocker.connect();
    await blocker.query('begin; select * from event_store.head for update');
    await expect(store.ping()).rejects.toBeInstanceOf(StoreUnavailable);
    await blocker.end();
    await store.ping();
  });

  it('is set up once when many processes start at the same time', async () => {
    const stores = await Promise.all(Array.from({ length: 8 }, () => openStore()));
    const receipts = await Promise.all(stores.map((store, index) => store.append(`s-${index}`, 'none', [event()])));
    expect(new Set(receipts.map(({ position }) => position)).size).toBe(8);
    expect(await query(database, 'select step from event_store.schema_step')).toEqual([{ step: 1 }, { step: 2 }]);
  });

  it('refuses a database that a newer program has changed', async () => {
    await openStore();
    await query(database, 'insert into event_store.schema_step (step) values (99)');
    const refused = PostgresEventStore.open(database.config);
    await expect(refused).rejects.toBeInstanceOf(StorageUnusable);
    await expect(refused).rejects.toMatchObject({ code: 'database-of-newer-version' });
  });

  it('is durable when it answers, although the server would rather answer early', async () => {
    const lax = { ...database.config, options: '-c synchronous_commit=off' };
    const store = await PostgresEventStore.open(lax);
    opened.push(store);
    await query(
      database,
      `create table seen (mode text);
       create function look() returns trigger language plpgsql as $$ begin insert into seen values (current_setting('synchronous_commit')); return new; end $$;
       create trigger look before insert on event_store.event for each row execute function look();`,
    );
    await store.append('s', 'none', [event()]);
    expect(await query(database, 'select mode from seen')).toEqual([{ mode: 'local' }]);
  });
});

function event(type = 'note-taken'): NewEvent {
  return { id: randomUUID(), type, data: { note: '내용' }, metadata: {} };
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** Makes the database refuse events of one type, with this SQLSTATE. */
async function refuse(database: FreshDatabase, type: string, state: string): Promise<void> {
  await query(
    database,
    `create function refuse() returns trigger language plpgsql as $$ begin raise exception 'refused by a trigger' using errcode = '${state}'; end $$;
     create trigger refuse before insert on event_store.event for each row when (new.type = '${type}') execute function refuse();`,
  );
}

async function query(database: FreshDatabase, text: string): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client(database.config);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

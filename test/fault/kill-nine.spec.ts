import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedPostgres, PostgresEventStore, type RecordedEvent } from '@sajeon/event-store';
import pg from 'pg';
import { randomFrom } from './seeded.js';
import { Victim } from './victim.js';

/** Rounds, each ended by SIGKILL at a random instant; every third time the database server is killed together with the process. */
const ROUNDS = 24;
const SERVER_EVERY = 3;

/** A kind of process that is killed while it works, and what must hold afterwards, whenever that was. */
interface Casualty {
  /** Starts a process that works on this database until it is killed, and answers when it is under way. */
  start(database: pg.PoolConfig, round: number): Promise<Victim>;
  /** @param events all that the log holds after this round, in order */
  verify(database: pg.PoolConfig, events: readonly RecordedEvent[]): Promise<void>;
}

interface Acknowledgement {
  readonly stream: string;
  readonly revision: string;
  readonly position: string;
  readonly ids: readonly string[];
}

/** Appends batches from eight writers and notes what was acknowledged. */
class Appender implements Casualty {
  readonly acknowledged: Acknowledgement[] = [];

  start(database: pg.PoolConfig, round: number): Promise<Victim> {
    const environment = { SAJEON_DATABASE: JSON.stringify(database) };
    return Victim.start('test/fault/append-until-killed.mjs', [`round-${round}`, '8'], environment, (line) => {
      this.acknowledged.push(line as Acknowledgement); // written by append-until-killed.mjs
    });
  }

  async verify(_database: pg.PoolConfig, events: readonly RecordedEvent[]): Promise<void> {
    const byId = new Map(events.map((event) => [event.id, event]));
    expect(byId.size).toBe(events.length); // nothing twice
    for (const { stream, revision, position, ids } of this.acknowledged) {
      const recorded = ids.map((id) => byId.get(id));
      const last = ids.length - 1;
      const expected = ids.map((_, index) => [
        stream,
        BigInt(revision) - BigInt(last - index),
        BigInt(position) - BigInt(last - index),
      ]);
      const found = recorded.map((event) => [event?.stream, event?.revision, event?.position]);
      // compared by hand, because a matcher for each of some ten thousand acknowledgements takes longer than the kills
      if (String(found) !== String(expected)) expect(found).toEqual(expected);
    }
    const batches = new Map<string, number>();
    for (const { stream, data } of events) {
      const batch = `${stream}/${String(data['append'])}/${String(data['of'])}`;
      batches.set(batch, (batches.get(batch) ?? 0) + 1);
    }
    const torn = [...batches].filter(([batch, count]) => batch.split('/').at(-1) !== String(count));
    expect(torn).toEqual([]);
  }
}

/** The server may still be at the last statement of a process that is dead, and commit it: only then is the log at rest. */
async function orphansAreGone(database: pg.PoolConfig): Promise<void> {
  const client = new pg.Client(database);
  await client.connect();
  try {
    for (;;) {
      const { rows } = await client.query(
        `select pid, query from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()`,
      );
      if (rows.length === 0) return;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  } finally {
    await client.end();
  }
}

describe('SIGKILL in the middle of the work', () => {
  const appender = new Appender();
  const casualties: readonly Casualty[] = [appender];
  const seed = Number(process.env['SAJEON_FAULT_SEED'] ?? Date.now() % 1_000_000);
  const directory = mkdtempSync(join(tmpdir(), 'sajeon-fault-'));
  let server: EmbeddedPostgres | undefined;

  afterAll(async () => {
    server ??= await EmbeddedPostgres.open({ directory });
    await server.destroy();
  });

  it(`loses and doubles nothing in ${ROUNDS} kills (repeat with SAJEON_FAULT_SEED=${seed})`, async () => {
    const random = randomFrom(seed);
    const events: RecordedEvent[] = [];
    let killedWhileWriting = 0;
    for (let round = 0; round < ROUNDS; round++) {
      server ??= await EmbeddedPostgres.open({ directory });
      const { config } = server;
      const victims = await Promise.all(casualties.map((casualty) => casualty.start(config, round)));
      await new Promise((resolve) => setTimeout(resolve, random() * 500));
      expect(victims.filter(({ hasEnded }) => hasEnded).map(({ complaints }) => complaints)).toEqual([]);
      if (round % SERVER_EVERY === SERVER_EVERY - 1) {
        const postmaster = Number(readFileSync(join(directory, 'data', 'postmaster.pid'), 'utf8').split('\n')[0]);
        process.kill(postmaster, 'SIGKILL');
        await server.close();
        server = undefined;
      }
      await Promise.all(victims.map((victim) => victim.kill())); // and all that they said before has been read

      server ??= await EmbeddedPostgres.open({ directory });
      await orphansAreGone(server.config);
      const store = await PostgresEventStore.open(server.config);
      const before = events.length;
      for await (const event of store.readAll({ after: BigInt(events.length) })) events.push(event);
      if (events.length > before) killedWhileWriting++;
      expect(events.slice(before).map(({ position }) => position)).toEqual(
        events.slice(before).map((_, index) => BigInt(before + index + 1)),
      );
      expect(await store.head()).toBe(BigInt(events.length));
      for (const casualty of casualties) await casualty.verify(server.config, events);
      await store.close();
    }
    // and all that was there after an early round is there, unchanged, after the last one
    const store = await PostgresEventStore.open((server as EmbeddedPostgres).config);
    const all: RecordedEvent[] = [];
    for await (const event of store.readAll()) all.push(event);
    await store.close();
    expect(all.length).toBe(events.length);
    expect(all.every((event, index) => JSON.stringify(event, bigints) === JSON.stringify(events[index], bigints))).toBe(true);
    expect(killedWhileWriting).toBeGreaterThan(ROUNDS / 2);
    expect(appender.acknowledged.length).toBeGreaterThan(ROUNDS * 10);
    console.log(`seed ${seed}: ${ROUNDS} kills, ${appender.acknowledged.length} acknowledged appends, ${all.length} events`);
  }, 180_000);
});

const bigints = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value);

import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PostgresEventStore, type EventStore, type NewEvent } from '@sajeon/event-store';
import { freshDatabase } from '@sajeon/event-store/testing';
import { Pool, type PoolConfig } from 'pg';
import { AuditLog } from './audit-log.js';
import { LogKey } from './log-key.js';
import { prepareLog } from './schema.js';
import { Sealer, type SealerOptions } from './sealer.js';

/** A store, its log and a key, in a database of their own. */
export interface TestLog {
  readonly store: EventStore;
  readonly pool: Pool;
  readonly database: PoolConfig;
  readonly key: LogKey;
  readonly log: AuditLog;
  /** A sealer on the log that lets appends seal nothing unless told so; stopped when the log is closed. */
  sealer(options?: Partial<SealerOptions>): Sealer;
  /** Appends one event to each of these streams and gives the last position. */
  record(streams: readonly string[]): Promise<bigint>;
  /** Seals all there is, signs a checkpoint over it, and stops. */
  sealAll(): Promise<void>;
  close(): Promise<void>;
}

/** @param on another event store than PostgreSQL, whose positions have gaps; closed with the log */
export async function openTestLog(on?: EventStore): Promise<TestLog> {
  const database = await freshDatabase();
  const store = on ?? (await PostgresEventStore.open(database.config));
  const pool = new Pool({ ...database.config, max: 4 });
  pool.on('error', () => undefined);
  const directory = mkdtempSync(join(tmpdir(), 'sajeon-key-'));
  const origin = await prepareLog(pool, 'log.example/test');
  const key = LogKey.open(join(directory, 'key'), origin);
  const sealers: Sealer[] = [];
  const sealer = (options: Partial<SealerOptions> = {}): Sealer => {
    const made = new Sealer({ store, pool, key, dense: on === undefined, withAppend: 0, checkpointMs: 20, ...options });
    sealers.push(made);
    return made;
  };
  return {
    store,
    pool,
    database: database.config,
    key,
    log: new AuditLog(store, pool, origin),
    sealer,
    record: async (streams) => {
      let position = 0n;
      for (const stream of streams) ({ position } = await store.append(stream, 'any', [anyEvent(stream)]));
      return position;
    },
    sealAll: async () => {
      const once = sealer();
      once.start();
      await once.covered(await store.head());
      await once.stop();
    },
    close: async () => {
      for (const each of sealers) await each.stop();
      await store.close();
      await pool.end();
      await database.drop();
      rmSync(directory, { recursive: true });
    },
  };
}

export function anyEvent(about: string, data: NewEvent['data'] = {}): NewEvent {
  return {
    id: randomUUID(),
    type: 'plan-drafted',
    data: { about, title: '재난 안전 정보 통합 포털', amount: 1.5e9, ...data },
    metadata: { schema: '1', commandId: randomUUID(), actor: 'person-7', agency: 'agency-suwon' },
  };
}

/** mulberry32: the same tamperings for the same seed. */
export class Dice {
  constructor(private state: number) {}
  below(limit: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * limit);
  }
  among<Item>(items: readonly Item[]): Item {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new RangeError('nothing to choose from');
    return item;
  }
}

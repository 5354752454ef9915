import { StorageUnusable, type EventStore, type RecordedEvent } from '@sajeon/event-store';
import type { DataSource, EntityManager } from 'typeorm';
import { Projector, REBUILD_SCHEMA, Superseded } from './projector.js';
import { pastOf } from './past.js';
import { ViewTable } from './table.js';
import type { AnyView } from './view.js';

export interface RebuildProgress {
  /** Events applied so far in this run. */
  readonly events: number;
  readonly position: bigint;
  /** End of the log when last looked at. */
  readonly head: bigint;
}

const BATCH = 2_000;

/** Waiting longer for readers of the old table to finish would hold up all readers that come after. */
const SWITCH_LOCK_TIMEOUT = '2s';
const SWITCH_ATTEMPTS = 10;

/**
 * Makes a view's table again beside the one in use, in a schema of its own, with a checkpoint of its own. The table in use
 * serves and follows all the while. Dying at any point leaves it as it was; the next run goes on from the checkpoint.
 */
export class Rebuild {
  private events = 0;
  /** The view's table, and the one of its past where it keeps one. */
  private readonly tables: readonly { readonly live: string; readonly beside: string }[];

  constructor(
    private readonly database: DataSource,
    private readonly store: EventStore,
    private readonly view: AnyView,
    private readonly batchSize = BATCH,
  ) {
    const live = new ViewTable(database, view).name;
    const beside = new ViewTable(database, view, REBUILD_SCHEMA).name;
    const past = view.past === true ? [{ live: pastOf(live), beside: pastOf(beside) }] : [];
    this.tables = [{ live, beside }, ...past];
  }

  /** @throws the signal's reason when it is aborted */
  async run(signal: AbortSignal, onProgress: (progress: RebuildProgress) => void): Promise<RebuildProgress> {
    const projector = Projector.at(this.database, this.view, 'rebuild', await this.prepare());
    const catchUp = async () => {
      const head = await this.store.head();
      for await (const batch of ahead(this.batches(projector.position, head))) {
        signal.throwIfAborted();
        await projector.advance(batch);
        this.events += batch.length;
        onProgress({ events: this.events, position: projector.position, head });
      }
      signal.throwIfAborted();
      if (projector.position < head) await projector.advance([], { through: head });
    };
    await catchUp();
    // Far quicker on the whole table than row by row.
    for (const { live, beside } of this.tables) {
      await this.createIndexes(live, beside);
      await this.database.query(`analyze ${beside}`);
    }
    await catchUp();
    const position = await this.switchOver(projector.position);
    const done = { events: this.events, position, head: position };
    onProgress(done);
    return done;
  }

  /** The table beside, begun or as an earlier run has left it, and how far it is. */
  private async prepare(): Promise<bigint> {
    try {
      return await this.begin();
    } catch (error) {
      // 42501: the role that the service runs as in production makes no tables.
      if ((error as { driverError?: { code?: unknown } }).driverError?.code !== '42501') throw error;
      const { name } = this.view;
      throw new StorageUnusable(
        'rebuild-takes-owner',
        `The view ${name} has to be made again, which takes the owner of the tables: run \`sajeon rebuild ${name}\` with the owner's DATABASE_URL.`,
        `조회 ${name}을(를) 다시 만들어야 합니다. 표의 소유자만 할 수 있으므로, 소유자의 DATABASE_URL로 \`sajeon rebuild ${name}\`을 실행하십시오.`,
        { cause: error },
      );
    }
  }

  private async begin(): Promise<bigint> {
    return this.database.transaction(async (manager) => {
      const [begun] = await manager.query<{ position: string; version: number }[]>(
        `select position::text as position, version from view_checkpoint where view = $1 and slot = 'rebuild' for update`,
        [this.view.name],
      );
      if (begun !== undefined && begun.version === this.view.version && (await this.sameColumns(manager)))
        return BigInt(begun.position);
      await manager.query(`create schema if not exists ${REBUILD_SCHEMA}`);
      for (const { live, beside } of this.tables) {
        await manager.query(`drop table if exists ${beside}`);
        await manager.query(`create table ${beside} (like ${live} including all excluding indexes)`);
        for (const { name, definition } of await this.primaryKey(manager, live)) {
          await manager.query(`alter table ${beside} add constraint ${name} ${definition}`);
        }
      }
      await manager.query(
        `insert into view_checkpoint (view, slot, version, position, status, attempts, updated_at)
         values ($1, 'rebuild', $2, 0, 'following', 0, clock_timestamp())
         on conflict (view, slot) do update set version = excluded.version, position = 0, memory = null, updated_at = clock_timestamp()`,
        [this.view.name, this.view.version],
      );
      return 0n;
    });
  }

  /** A migration between two runs makes what the first has done useless. */
  private async sameColumns(manager: EntityManager): Promise<boolean> {
    const columns = (table: string) =>
      manager.query<unknown[]>(
        `select attname, atttypid::regtype::text, attnotnull from pg_attribute
          where attrelid = to_regclass($1) and attnum > 0 and not attisdropped order by attname`,
        [table],
      );
    for (const { live, beside } of this.tables) {
      if (JSON.stringify(await columns(live)) !== JSON.stringify(await columns(beside))) return false;
    }
    return true;
  }

  private primaryKey(manager: EntityManager, live: string): Promise<{ name: string; definition: string }[]> {
    return manager.query(
      `select quote_ident(conname) as name, pg_get_constraintdef(oid) as definition
         from pg_constraint where conrelid = $1::regclass and contype = 'p'`,
      [live],
    );
  }

  /** Under the names they have: migrations of later versions must find them. */
  private async createIndexes(live: string, beside: string): Promise<void> {
    const missing = await this.database.query<{ definition: string }[]>(
      `select indexdef as definition from pg_indexes
        where schemaname = current_schema() and tablename = $1
          and indexname not in (select indexname from pg_indexes where schemaname = $2 and tablename = $1)`,
      [live, REBUILD_SCHEMA],
    );
    for (const { definition } of missing) {
      await this.database.query(definition.replace(/ ON (ONLY )?\S+ USING /, ` ON ${beside} USING `));
    }
  }

  /** One moment: readers see the old table with its position, or the new one with a position that is not behind it. */
  private async switchOver(position: bigint): Promise<bigint> {
    for (let attempt = 1; ; attempt++) {
      const projector = Projector.at(this.database, this.view, 'rebuild', position);
      let events = 0;
      try {
        await this.database.transaction(async (manager) => {
          await manager.query(`set local lock_timeout = '${SWITCH_LOCK_TIMEOUT}'`);
          // The worker that follows takes this row first, too: from here on the table in use stands still.
          const slots = await manager.query<{ slot: string; position: string }[]>(
            `select slot, position::text as position from view_checkpoint where view = $1 order by slot for update`,
            [this.view.name],
          );
          const beside = slots.find(({ slot }) => slot === 'rebuild');
          if (beside?.position !== position.toString()) throw new Superseded(`${this.view.name}: another process rebuilds it`);
          const head = await this.store.head();
          for await (const batch of this.batches(position, head)) {
            await projector.advance(batch, { within: manager });
            events += batch.length;
          }
          if (projector.position < head) await projector.advance([], { within: manager, through: head });
          const [{ schema } = { schema: 'public' }] = await manager.query<{ schema: string }[]>(
            `select quote_ident(nspname) as schema from pg_class join pg_namespace n on n.oid = relnamespace
              where pg_class.oid = $1::regclass`,
            [this.tables[0]?.live],
          );
          for (const { live, beside } of this.tables) {
            await manager.query(`drop table ${live}`);
            await manager.query(`alter table ${beside} set schema ${schema}`);
          }
          await manager.query(`delete from view_checkpoint where view = $1 and slot = 'live'`, [this.view.name]);
          await manager.query(`update view_checkpoint set slot = 'live' where view = $1 and slot = 'rebuild'`, [this.view.name]);
        });
        this.events += events;
        return projector.position;
      } catch (error) {
        // 55P03: a long read of the old table. Let the readers behind it pass, then try again.
        if (attempt >= SWITCH_ATTEMPTS || (error as { driverError?: { code?: unknown } }).driverError?.code !== '55P03')
          throw error;
      }
    }
  }

  /** Only events that concern the view: the others would be read for nothing. */
  private async *batches(after: bigint, upTo: bigint): AsyncIterable<readonly RecordedEvent[]> {
    let batch: RecordedEvent[] = [];
    if (after >= upTo) return;
    for await (const event of this.store.readAll({
      after,
      filter: { streamPrefixes: [...this.view.streams, ...(this.view.memory?.streams ?? [])] },
    })) {
      if (event.position > upTo) break;
      batch.push(event);
      if (batch.length < this.batchSize) continue;
      yield batch;
      batch = [];
    }
    if (batch.length > 0) yield batch;
  }
}

/** Reads the next batch while the present one is being written. */
async function* ahead<Item>(source: AsyncIterable<Item>): AsyncIterable<Item> {
  const items = source[Symbol.asyncIterator]();
  let next = items.next();
  try {
    for (;;) {
      const item = await next;
      if (item.done) return;
      next = items.next();
      // Awaited in the next round, if there is one.
      next.catch(() => undefined);
      yield item.value;
    }
  } finally {
    await items.return?.();
  }
}

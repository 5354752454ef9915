import type { DataSource, EntityManager, EntityMetadata } from 'typeorm';
import { storable, type AnyRow } from './table.js';
import type { AnyView } from './view.js';

/** What an event made of one row. Null: the row went. */
export interface RowVersion {
  readonly key: string;
  readonly position: bigint;
  readonly row: AnyRow | null;
}

/** Name of the table that keeps the earlier rows of a view's table. */
export const pastOf = (table: string): string => `${table}_past`;

/** Rows that stood at a position; `?` is the position. */
export const STOOD_AT = 'int8range(from_position, until_position) @> ?::bigint';

/**
 * Every version of a view's rows with the positions between which it stood, so that the list as of any position is one indexed query.
 * Written in the transaction that moves the view: the past can no more differ from the log than the present can.
 */
export class PastTable {
  private readonly meta: EntityMetadata;
  private readonly key: string;
  private readonly name: string;

  constructor(database: DataSource, view: AnyView, schema?: string) {
    this.meta = database.getMetadata(view.row);
    this.key = this.meta.primaryColumns[0]?.databaseName ?? '';
    const table = pastOf(this.meta.tableName);
    this.name = schema === undefined ? table : `${schema}.${table}`;
  }

  /** @param versions in the order of their events */
  async write(versions: readonly RowVersion[], manager: EntityManager): Promise<void> {
    if (versions.length === 0) return;
    const first = new Map<string, bigint>();
    const until = new Map<string, bigint>();
    const records: Record<string, unknown>[] = [];
    for (const { key, position } of versions) if (!first.has(key)) first.set(key, position);
    for (const { key, position, row } of [...versions].reverse()) {
      const next = until.get(key);
      until.set(key, position);
      if (row === null || next === position) continue; // one event that puts a row twice leaves the last
      const columns = this.meta.columns.map(({ databaseName, propertyName, type, isSelect }) => [
        databaseName,
        // What a projection keeps for itself nobody asks of the past.
        type === 'json' && !isSelect ? 'null' : row[propertyName],
      ]);
      records.push({
        ...Object.fromEntries(columns),
        ...{ from_position: position.toString(), until_position: next?.toString() ?? null },
      });
    }
    await manager.query(
      `update ${this.name} past set until_position = ended.position
         from unnest($1::text[], $2::bigint[]) ended (key, position)
        where past.${this.key} = ended.key and past.until_position is null`,
      [[...first.keys()], [...first.values()].map(String)],
    );
    if (records.length === 0) return;
    const names = [...this.meta.columns.map(({ databaseName }) => databaseName), 'from_position', 'until_position'].join(', ');
    await manager.query(
      `insert into ${this.name} (${names}) select ${names} from json_populate_recordset(null::${this.name}, $1::json)`,
      [storable(JSON.stringify(records))],
    );
  }
}

/**
 * Makes the tables of the past as the tables of the present are, whatever migrations have made of those. Where one had to be made
 * anew, its view is projected again from the first event: the log has it all.
 */
export async function preparePast(database: DataSource, views: readonly AnyView[]): Promise<void> {
  for (const view of views) {
    if (view.past !== true) continue;
    const live = database.getMetadata(view.row).tableName;
    const key = database.getMetadata(view.row).primaryColumns[0]?.databaseName;
    const past = pastOf(live);
    const columns = `select string_agg(attname || ' ' || format_type(atttypid, atttypmod), ', ' order by attname)
                       from pg_attribute where attnum > 0 and not attisdropped and attname not in ('from_position', 'until_position')`;
    const [same] = await database.query<{ same: boolean | null }[]>(
      `select (${columns} and attrelid = to_regclass($1)) = (${columns} and attrelid = to_regclass($2)) as same`,
      [live, past],
    );
    if (same?.same === true) {
      await indexPast(database, live);
      continue;
    }
    await database.transaction(async (manager) => {
      await manager.query(`drop table if exists ${past}`);
      await manager.query(`create table ${past} (like ${live}, from_position bigint not null, until_position bigint)`);
      await manager.query(`alter table ${past} add primary key (${key}, from_position)`);
      await manager.query(`create index ${past}_stood on ${past} using gist (int8range(from_position, until_position))`);
      await manager.query(`create index ${past}_since on ${past} (from_position)`);
      // Below any version that a view has: workers rebuild it.
      await manager.query(`update view_checkpoint set version = 0 where view = $1 and slot = 'live' and position > 0`, [
        view.name,
      ]);
      await manager.query(`delete from view_checkpoint where view = $1 and slot = 'rebuild'`, [view.name]);
    });
    await indexPast(database, live);
  }
}

/**
 * What serves an order or a search of the present serves it in the past, too: every index of the table, with the positions added where
 * an index can carry them, so that rows that did not stand then are passed over without being read.
 */
async function indexPast(database: DataSource, live: string): Promise<void> {
  const past = pastOf(live);
  const indexes = await database.query<{ name: string; definition: string }[]>(
    `select quote_ident(indexname || '_past') as name, indexdef as definition from pg_indexes
      where schemaname = current_schema() and tablename = $1 and indexdef not like 'CREATE UNIQUE %'
        and indexname || '_past' not in (select indexname from pg_indexes where schemaname = current_schema() and tablename = $2)`,
    [live, past],
  );
  for (const { name, definition } of indexes) {
    const [, method, columns, rest] = / USING (\w+) (\(.*?\))( WHERE .*)?$/.exec(definition) ?? [];
    const carried = method === 'btree' ? ' include (from_position, until_position)' : '';
    await database.query(`create index ${name} on ${past} using ${method} ${columns}${carried}${rest ?? ''}`);
  }
}

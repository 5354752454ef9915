import type { DataSource, EntityManager, EntityMetadata } from 'typeorm';
import type { AnyView } from './view.js';

/** A row as the projections see it. */
export type AnyRow = Readonly<Record<string, unknown>>;

/** A view's table, live or in the making. One statement for any number of rows: that is what makes a rebuild fast. */
export class ViewTable {
  private readonly meta: EntityMetadata;
  private readonly key: { readonly property: string; readonly column: string };

  constructor(
    private readonly database: DataSource,
    view: AnyView,
    /** Of the table; the connection's own when absent. */
    private readonly schema?: string,
  ) {
    this.meta = database.getMetadata(view.row);
    const [key] = this.meta.primaryColumns;
    if (key === undefined || this.meta.primaryColumns.length !== 1)
      throw new Error(`${this.meta.tableName} needs one primary column`);
    this.key = { property: key.propertyName, column: key.databaseName };
  }

  get name(): string {
    return this.schema === undefined ? this.meta.tableName : `${this.schema}.${this.meta.tableName}`;
  }

  keyOf(row: AnyRow): string {
    const key = row[this.key.property];
    if (typeof key !== 'string' || key === '') throw new Error(`a row of ${this.name} needs text in ${this.key.property}`);
    return key;
  }

  async load(keys: readonly string[], manager: EntityManager = this.database.manager): Promise<Map<string, AnyRow>> {
    return keys.length === 0 ? new Map() : this.loadWhere(`${this.key.column} = any($1)`, manager, [keys]);
  }

  async loadWhere(
    condition: string,
    manager: EntityManager = this.database.manager,
    values: readonly unknown[] = [],
  ): Promise<Map<string, AnyRow>> {
    // As JSON, so that a date or a 64-bit number comes back as the text that was put.
    const [read] = await manager.query<{ rows: AnyRow[] }[]>(
      `select coalesce(json_agg(r), '[]'::json) as rows
         from (select ${this.meta.columns
           .map(
             ({ databaseName, propertyName, type }) => `${databaseName}${type === 'bigint' ? '::text' : ''} as "${propertyName}"`,
           )
           .join(', ')}
                 from ${this.name} where ${condition}) r`,
      [...values],
    );
    return new Map((read?.rows ?? []).map((row) => [this.keyOf(row), row]));
  }

  async put(rows: readonly AnyRow[], manager: EntityManager): Promise<void> {
    if (rows.length === 0) return;
    const columns = this.meta.columns;
    const records = rows.map((row) =>
      Object.fromEntries(columns.map(({ databaseName, propertyName }) => [databaseName, row[propertyName]])),
    );
    const names = columns.map(({ databaseName }) => databaseName).join(', ');
    const changes = columns
      .filter(({ isPrimary }) => !isPrimary)
      .map(({ databaseName }) => `${databaseName} = excluded.${databaseName}`)
      .join(', ');
    await manager.query(
      `insert into ${this.name} (${names}) select ${names} from json_populate_recordset(null::${this.name}, $1::json)
       on conflict (${this.key.column}) do update set ${changes}`,
      [storable(JSON.stringify(records))],
    );
  }

  async delete(keys: readonly string[], manager: EntityManager): Promise<void> {
    if (keys.length > 0) await manager.query(`delete from ${this.name} where ${this.key.column} = any($1)`, [keys]);
  }
}

/** PostgreSQL stores neither NUL nor half a surrogate pair. What the log holds of them is shown as � rather than stopping the view. */
export function storable(json: string): string {
  return json.replace(/(?<!\\)((?:\\\\)*)\\u(?:0000|d[89a-f][0-9a-f]{2})/g, '$1\\ufffd');
}

import { Injectable } from '@nestjs/common';
import { DataSource, type EntityMetadata } from 'typeorm';
import { pastOf, STOOD_AT } from './host/past.js';
import type { View } from './host/view.js';
import { cursorAt, notThisList, pageSize, placeOf, type Direction, type Found, type Page, type PageRequest } from './page.js';
import { gramsOf, spellingsOf } from './search.js';

/** A condition with `?` for each value. */
export type Condition = readonly [sql: string, ...values: readonly unknown[]];

/** `by` is an SQL expression, never null; rows with the same value follow their key. */
export interface Order {
  readonly name: string;
  readonly by: string;
  readonly values?: readonly unknown[];
  readonly direction: Direction;
}

export interface ListRequest<Left extends string> extends PageRequest {
  readonly where: readonly (Condition | null)[];
  readonly order: Order;
  /** The list as it stood at this log position; as it stands now unless given. Of views that keep their past. */
  readonly asOf?: bigint | undefined;
  /** Long columns that only the row itself shows. */
  readonly leaveOut?: readonly Left[];
  /** What is computed for each row when it is asked for, by name: an expression with `?` for each value. */
  readonly also?: Readonly<Record<string, Condition>>;
}

/** A row as it stood at two moments. */
export interface ChangedRow<Row> {
  readonly key: string;
  readonly before: Row | null;
  readonly after: Row | null;
}

/** Reads views. Rows and position come from one statement, hence one snapshot: also across the switch of a rebuild. */
@Injectable()
export class ViewReader {
  constructor(private readonly database: DataSource) {}

  /** The rows that meet every condition, from the cursor on. */
  async list<Row extends object, Left extends keyof Row & string = never>(
    view: View<Row, never>,
    request: ListRequest<Left>,
  ): Promise<Page<Omit<Row, Left>>> {
    const size = pageSize(request);
    const { order } = request;
    const meta = this.database.getMetadata(view.row);
    const key = keyColumn(meta);
    const orderName = `${view.name} ${order.name} ${order.direction}`;

    const values: unknown[] = [view.name];
    const bind = (sql: string, given: readonly unknown[]) => {
      let next = 0;
      return sql.replace(/\?/g, () => `$${values.push(given[next++])}`);
    };
    const by = bind(order.by, order.values ?? []);
    const where = request.where.flatMap((condition) => (condition === null ? [] : [bind(condition[0], condition.slice(1))]));
    if (request.cursor !== undefined) {
      const place = placeOf(orderName, request.cursor);
      where.push(bind(`(${by}, ${key}) ${order.direction === 'asc' ? '>' : '<'} (?, ?)`, [place.value, place.key]));
    }
    if (request.asOf !== undefined) where.push(bind(STOOD_AT, [String(request.asOf)]));
    const table = request.asOf === undefined ? meta.tableName : pastOf(meta.tableName);
    const also = Object.entries(request.also ?? {}).map(([name, [sql, ...given]]) => `'${name}', ${bind(sql, given)}`);
    const sorted = `order by ${by} ${order.direction}, ${key} ${order.direction}`;
    // Chosen first, written as JSON then: the other way about every row that meets the conditions would be written, to be sorted and dropped.
    const { position, rows } = await this.snapshot<Row & { $place: [string | number, string] }>(
      `select ${rowOf(meta, request.leaveOut, ...also, `'$place', json_build_array(${by}, ${key})`)} as shown
         from (select * from ${table} ${where.length === 0 ? '' : `where ${where.join(' and ')}`} ${sorted} limit ${size + 1}) chosen
        ${sorted}`,
      values,
      request.asOf,
    );
    const shown = rows.slice(0, size);
    const last = shown.at(-1);
    const more = rows.length > size && last !== undefined;
    return {
      rows: shown.map(({ $place: _, ...row }) => row as unknown as Omit<Row, Left>),
      next: more ? cursorAt(orderName, { value: last.$place[0], key: last.$place[1] }) : null,
      position,
    };
  }

  /** The row with this key, as it stood at `asOf` where that is given. */
  async find<Row extends object>(view: View<Row, never>, key: string, asOf?: bigint): Promise<Found<Row>> {
    const meta = this.database.getMetadata(view.row);
    const [table, then] =
      asOf === undefined ? [meta.tableName, ''] : [pastOf(meta.tableName), `and ${STOOD_AT.replace('?', '$3')}`];
    const { position, rows } = await this.snapshot<Row>(
      `select ${rowOf(meta)} as shown from ${table} where ${keyColumn(meta)} = $2 ${then}`,
      [view.name, key, ...(asOf === undefined ? [] : [String(asOf)])],
      asOf,
    );
    return { row: rows[0] ?? null, position };
  }

  /**
   * Rows that changed after position `from`, up to `to`, as they stood at either; those that changed last come first. Null: it was not there.
   * A cursor goes on up to the position of its first page, so that what is recorded meanwhile neither shifts the pages nor ends them.
   */
  async changed<Row extends object>(
    view: View<Row, never>,
    from: bigint,
    to: bigint,
    request: PageRequest & { readonly where: readonly (Condition | null)[] },
  ): Promise<Page<ChangedRow<Row>>> {
    const size = pageSize(request);
    const meta = this.database.getMetadata(view.row);
    const [past, key] = [pastOf(meta.tableName), keyColumn(meta)];
    const orderName = `${view.name} changed ${from}`;
    const ended = request.cursor === undefined ? null : changePlaceOf(orderName, request.cursor);
    const until = ended?.to ?? to;
    const values: unknown[] = [view.name, String(from), String(until)];
    const where = request.where.flatMap((condition) => {
      if (condition === null) return [];
      const [sql, ...given] = condition;
      let next = 0;
      return [sql.replace(/\?/g, () => `$${values.push(given[next++])}`)];
    });
    const after =
      ended === null
        ? ''
        : `having (-max(from_position), ${key}) > ($${values.push(String(-ended.last))}::bigint, $${values.push(ended.key)})`;
    const standing = (position: string) =>
      `(select ${rowOf(meta)} from ${past} where ${key} = changed.key and ${STOOD_AT.replace('?', position)})`;
    const { position, rows } = await this.snapshot<ChangedRow<Row> & { $last: string }>(
      `select json_build_object('key', changed.key, '$last', changed.last::text, 'before', ${standing('$2')}, 'after', ${standing('$3')}) as shown
         from (select ${key} as key, max(from_position) as last from ${past}
                where ${['from_position > $2::bigint', 'from_position <= $3::bigint', ...where].join(' and ')}
                group by ${key} ${after} order by 2 desc, 1 limit ${size + 1}) changed order by changed.last desc, changed.key`,
      values,
      until,
    );
    const shown = rows.slice(0, size);
    const last = shown.at(-1);
    const more = rows.length > size && last !== undefined;
    return {
      rows: shown.map(({ key, before, after }) => ({ key, before, after })),
      next: more ? cursorAt(orderName, { value: `${until} ${last.$last}`, key: last.key }) : null,
      position,
    };
  }

  /** Whatever else can be asked of a view's rows: a select that gives one JSON value in `shown`, with `?` for each value. */
  async ask<Row>(
    view: { readonly name: string },
    [sql, ...given]: Condition,
  ): Promise<{ readonly rows: Row[]; readonly position: bigint }> {
    let next = 1;
    return this.snapshot<Row>(
      sql.replace(/\?/g, () => `$${++next}`),
      [view.name, ...given],
    );
  }

  private async snapshot<Row>(
    rows: string,
    values: readonly unknown[],
    asOf?: bigint,
  ): Promise<{ position: bigint; rows: Row[] }> {
    const [read] = await this.database.query<{ position: string; rows: Row[] }[]>(
      `select coalesce((select position from view_checkpoint where view = $1 and slot = 'live'), 0)::text as position,
              (select coalesce(json_agg(r.shown), '[]'::json) from (${rows}) r) as rows`,
      [...values],
    );
    if (read === undefined) throw new Error('a select without from gives one row');
    const position = BigInt(read.position);
    return { position: asOf !== undefined && asOf < position ? asOf : position, rows: read.rows };
  }
}

/** Rows that contain every word of the query, anywhere: see `search.ts`. */
export function containing(query: string | undefined): readonly Condition[] {
  const words = spellingsOf(query ?? '');
  const grams = gramsOf(words);
  return [
    ...(grams === null ? [] : [['grams @@ ?::tsquery', grams] as const]),
    ...words.map((spellings): Condition => {
      const any = spellings.map(() => 'search_text like ?').join(' or ');
      return [`(${any})`, ...spellings.map((spelling) => `%${spelling}%`)];
    }),
  ];
}

/** The condition, unless no value is asked for. */
export function when(sql: string, value: unknown): Condition | null {
  return value === undefined ? null : [sql, value];
}

/** Where a page of changes ended, and up to which position its list goes. @throws Malformed for a cursor of another list */
function changePlaceOf(orderName: string, cursor: string): { to: bigint; last: bigint; key: string } {
  const { value, key } = placeOf(orderName, cursor);
  const [, to, last] = /^(\d{1,18}) (\d{1,18})$/.exec(String(value)) ?? [];
  if (to === undefined || last === undefined) throw notThisList();
  return { to: BigInt(to), last: BigInt(last), key };
}

function keyColumn(meta: EntityMetadata): string {
  const key = meta.primaryColumns[0];
  if (key === undefined) throw new Error(`${meta.tableName} has no primary column`);
  return key.databaseName;
}

/**
 * The row as one JSON value: 64-bit numbers as text, because JSON would round them. Not as columns, for `order by revision`
 * would then mean the text that is shown, where 10 comes before 9.
 */
function rowOf(meta: EntityMetadata, leaveOut: readonly string[] = [], ...more: readonly string[]): string {
  const fields = meta.columns
    .filter((column) => column.isSelect && !leaveOut.includes(column.propertyName))
    .map((column) => `'${column.propertyName}', ${column.databaseName}${column.type === 'bigint' ? '::text' : ''}`);
  return `json_build_object(${[...fields, ...more].join(', ')})`;
}

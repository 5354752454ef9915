import { Pool, type PoolConfig } from 'pg';
import { sealedUnder } from './vault.js';

/** A column of what lies sealed under the master key. Who seals knows how; this library only walks. */
export interface SealedColumn {
  /** What it holds, for whoever watches. */
  readonly what: string;
  readonly table: string;
  readonly id: string;
  readonly column: string;
  /** Seals anew what was sealed under `from`; undefined when it was sealed under another key. */
  readonly reseal: (id: string, sealed: Buffer, from: Buffer, to: Buffer) => Buffer | undefined;
}

/** The keys of all subjects, and with them every value of the vault. */
export const SEALED_SUBJECTS: SealedColumn = {
  what: 'personal-data',
  ...{ table: 'vault.subject', id: 'subject', column: 'wrapped_key' },
  reseal: sealedUnder,
};

/** The former key opens nothing of what is there: it is another one, and nothing was changed. */
export class FormerKeyWrong extends Error {
  override readonly name = 'FormerKeyWrong';
}

export interface Resealed {
  /** Sealed anew now. */
  readonly done: number;
  /** Were under the new key already, as after a run that was interrupted. */
  readonly before: number;
  /** Open under neither key; left as they are. Table and id of each. */
  readonly unreadable: readonly string[];
}

type OnRow = (what: string, done: number) => void | Promise<void>;

const PAGE = 500;
/** A process that goes on writing under the former key must be stopped some time. */
const PASSES = 10;

/**
 * 열쇠 교체: seals everything under the new key that lies under the former one. Each row changes in one statement and only if it is still what was
 * read, so that it can be stopped, also by force, and begun again at any time.
 * @throws FormerKeyWrong before anything is changed
 */
export async function reseal(
  database: PoolConfig,
  columns: readonly SealedColumn[],
  from: Buffer,
  to: Buffer,
  onRow: OnRow = () => undefined,
): Promise<Resealed> {
  const pool = new Pool({ application_name: 'sajeon-reseal', ...database, max: 1 });
  try {
    return await resealOn(pool, columns, from, to, onRow);
  } finally {
    await pool.end();
  }
}

async function resealOn(pool: Pool, columns: readonly SealedColumn[], from: Buffer, to: Buffer, onRow: OnRow): Promise<Resealed> {
  const present: SealedColumn[] = [];
  for (const column of columns) {
    // What was never used has no table yet.
    const { rows } = await pool.query<{ there: boolean }>('select to_regclass($1) is not null as there', [column.table]);
    if (rows[0]?.there === true) present.push(column);
  }
  const first = await look(pool, present, from, to);
  if (first.former === 0 && first.unreadable.length > 0 && first.renewed === 0)
    throw new FormerKeyWrong('the former key opens nothing of what is there');
  let done = 0;
  let left = first;
  for (let pass = 0; pass < PASSES && left.former > 0; pass++) {
    for (const column of present) {
      for await (const { id, sealed } of rowsOf(pool, column)) {
        if (isUnder(column, id, sealed, to)) continue;
        const anew = column.reseal(id, sealed, from, to);
        if (anew === undefined) continue;
        const { table, id: name, column: field } = column;
        const sql = `update ${table} set ${field} = $3 where ${name} = $1 and ${field} = $2`;
        if ((await pool.query(sql, [id, sealed, anew])).rowCount === 1) await onRow(column.what, ++done);
      }
    }
    left = await look(pool, present, from, to);
  }
  if (left.former > 0) throw new Error('something goes on sealing under the former key: stop every process of the service first');
  return { done, before: first.renewed, unreadable: left.unreadable };
}

async function look(
  pool: Pool,
  columns: readonly SealedColumn[],
  from: Buffer,
  to: Buffer,
): Promise<{ readonly former: number; readonly renewed: number; readonly unreadable: readonly string[] }> {
  let former = 0;
  let renewed = 0;
  const unreadable: string[] = [];
  for (const column of columns) {
    for await (const { id, sealed } of rowsOf(pool, column)) {
      if (isUnder(column, id, sealed, to)) renewed++;
      else if (isUnder(column, id, sealed, from)) former++;
      else unreadable.push(`${column.table} ${id}`);
    }
  }
  return { former, renewed, unreadable };
}

function isUnder(column: SealedColumn, id: string, sealed: Buffer, key: Buffer): boolean {
  return column.reseal(id, sealed, key, key) !== undefined;
}

async function* rowsOf(
  pool: Pool,
  { table, id, column }: SealedColumn,
): AsyncIterable<{ readonly id: string; readonly sealed: Buffer }> {
  for (let after = ''; ;) {
    const { rows } = await pool.query<{ id: string; sealed: Buffer }>(
      `select ${id} as id, ${column} as sealed from ${table} where ${column} is not null and ${id} collate "C" > $1
       order by ${id} collate "C" limit ${PAGE}`,
      [after],
    );
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return;
    after = last.id;
  }
}

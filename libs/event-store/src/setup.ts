import { createHash } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import { StorageUnusable } from './storage-unusable.js';

const SETUP_LOCK = 7_235_964;

/**
 * Brings the tables of one part up to date by a script that may run any number of times. Run once for each wording of the script: a
 * role that may not change tables starts where the owner has already run it. Safe when several processes start at once.
 * @throws StorageUnusable `database-not-migrated` when there is something to do that this role may not do
 */
export async function setUpTables(pool: Pool, part: string, script: string): Promise<void> {
  const digest = createHash('sha256').update(script).digest('hex');
  const client = await pool.connect();
  try {
    if (await isSetUp(client, part, digest)) return;
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock($1)', [SETUP_LOCK]);
    await client.query(
      'create table if not exists sajeon_setup (part text primary key, digest text not null, at timestamptz not null default now())',
    );
    await client.query(script);
    await client.query(
      `insert into sajeon_setup (part, digest) values ($1, $2)
       on conflict (part) do update set digest = excluded.digest, at = now()`,
      [part, digest],
    );
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined); // the first error is the one that says something
    throw asNotMigrated(error);
  } finally {
    client.release();
  }
}

type Asking = Pick<Pool, 'query'>;

async function isSetUp(client: Asking, part: string, digest: string): Promise<boolean> {
  if (!(await isThere(client, 'sajeon_setup'))) return false;
  const { rowCount } = await client.query('select from sajeon_setup where part = $1 and digest = $2', [part, digest]);
  return rowCount === 1;
}

/** How many steps of a schema with a table `schema_step` have been taken; 0 when there is no such schema. Asks only. */
async function stepsTaken(client: Asking, schema: string): Promise<number> {
  if (!(await isThere(client, `${schema}.schema_step`))) return 0;
  const { rows } = await client.query<{ version: number }>(`select coalesce(max(step), 0) as version from ${schema}.schema_step`);
  return rows[0]?.version ?? 0;
}

/**
 * Brings a schema to the newest of its steps, each of which is taken once and never changed afterwards. A role that may not change tables starts
 * where the owner has taken them. Safe when several processes start at once.
 * @param lock a number that no other schema locks
 * @param fill puts in what the tables must not be without, in the same transaction; also after a later step: it may find it there
 * @throws StorageUnusable `database-of-newer-version`, `database-not-migrated`
 */
export async function takeSteps(
  pool: Pool,
  schema: string,
  lock: number,
  steps: readonly string[],
  fill: (client: PoolClient) => Promise<unknown> = async () => undefined,
): Promise<void> {
  const client = await pool.connect();
  try {
    if ((await stepsTaken(client, schema)) === steps.length) return;
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock($1)', [lock]);
    await client.query(`create schema if not exists ${schema}`);
    await client.query(
      `create table if not exists ${schema}.schema_step (step int primary key, at timestamptz not null default now())`,
    );
    const taken = await stepsTaken(client, schema);
    if (taken > steps.length) {
      throw new StorageUnusable(
        'database-of-newer-version',
        `The schema ${schema} in this database has version ${taken}; this program knows ${steps.length}. Start the newer program.`,
        `이 데이터베이스의 ${schema} 스키마는 버전 ${taken}이며 이 프로그램은 ${steps.length}까지 압니다. 더 새로운 프로그램으로 실행하세요.`,
      );
    }
    for (const [index, step] of steps.entries()) {
      if (index < taken) continue;
      await client.query(step);
      await client.query(`insert into ${schema}.schema_step (step) values ($1)`, [index + 1]);
    }
    await fill(client);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined); // the first error is the one that says something
    throw asNotMigrated(error);
  } finally {
    client.release();
  }
}

async function isThere(client: Asking, table: string): Promise<boolean> {
  const { rows } = await client.query<{ there: boolean }>('select to_regclass($1) is not null as there', [table]);
  return rows[0]?.there === true;
}

/** What a refusal of the database for want of rights means while tables are brought up to date; any other error as it is. */
export function asNotMigrated(error: unknown): unknown {
  // TypeORM keeps the driver's error inside its own.
  const { code, driverError } = (error ?? {}) as { readonly code?: unknown; readonly driverError?: { readonly code?: unknown } };
  if (code !== '42501' && driverError?.code !== '42501') return error;
  return new StorageUnusable(
    'database-not-migrated',
    'The tables in this database are not those of this version, and the role that the service runs as may not change them. Run `sajeon migrate` with DATABASE_URL of the owner.',
    '이 데이터베이스의 표가 이 버전의 것이 아니고, 서비스가 쓰는 역할은 표를 바꿀 수 없습니다. 소유자의 DATABASE_URL로 `sajeon migrate`를 실행하십시오.',
    { cause: error },
  );
}

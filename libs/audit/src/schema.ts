import { asNotMigrated, stepsTaken } from '@sajeon/event-store';
import { randomBytes } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';

/**
 * One step per version, never edited once released: add a step instead.
 *
 * `log` is one row: how far the store has been sealed, and the peaks of the tree over it. It moves in the statement that writes the
 * leaves, and only from the value that the sealer saw, so that a position is sealed once whoever seals and whenever one dies.
 * `node` holds the hashes of the tree at the levels 8, 16, 24 …: the tiles of C2SP tlog-tiles above the leaves. What lies between
 * is made from at most 256 hashes when it is asked for.
 */
const STEPS: readonly string[] = [
  `
  create table audit.log (
    only_row boolean primary key default true check (only_row),
    origin text not null,
    size bigint not null,
    position bigint not null,
    peaks bytea not null
  );
  create table audit.leaf (
    seq bigint primary key,
    position bigint not null unique,
    event_id uuid not null,
    stream text collate "C" not null,
    revision bigint not null,
    recorded_at timestamptz not null,
    hash bytea not null check (length(hash) = 32),
    unique (stream, revision)
  );
  create index leaf_event on audit.leaf (event_id);
  create table audit.node (
    level smallint not null,
    index bigint not null,
    hash bytea not null check (length(hash) = 32),
    primary key (level, index)
  );
  create table audit.checkpoint (
    size bigint primary key,
    root bytea not null check (length(root) = 32),
    note text not null,
    signed_at timestamptz not null default clock_timestamp()
  );
  create table audit.key (
    verifier text primary key,
    since timestamptz not null default clock_timestamp()
  );
  create table audit.closing (
    day date primary key,
    size bigint not null references audit.checkpoint (size)
  );
  `,
  // Positions rise with the index: nothing is looked up by them, and every event would pay for the index.
  'alter table audit.leaf drop constraint leaf_position_key',
];

const SETUP_LOCK = 7_235_962;

/**
 * Brings the tables of the log up to date, and names the log when it is new. Safe when several processes start at once.
 * @returns the origin: the name given here counts only for a new log
 */
export async function prepareLog(pool: Pool, origin = `sajeon/${randomBytes(6).toString('hex')}`): Promise<string> {
  const client = await pool.connect();
  try {
    if ((await stepsTaken(client, 'audit')) === STEPS.length) return await originOf(client);
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock($1)', [SETUP_LOCK]);
    await client.query('create schema if not exists audit');
    await client.query(
      'create table if not exists audit.schema_step (step int primary key, at timestamptz not null default now())',
    );
    const version = await stepsTaken(client, 'audit');
    if (version > STEPS.length) {
      throw new Error(`the log in this database has schema version ${version}; this program knows ${STEPS.length}`);
    }
    for (const [index, step] of STEPS.entries()) {
      if (index < version) continue;
      await client.query(step);
      await client.query('insert into audit.schema_step (step) values ($1)', [index + 1]);
    }
    await client.query(`insert into audit.log (origin, size, position, peaks) values ($1, 0, 0, '') on conflict do nothing`, [
      origin,
    ]);
    const named = await originOf(client);
    await client.query('commit');
    return named;
  } catch (error) {
    await client.query('rollback').catch(() => undefined); // the first error is the one that says something
    throw asNotMigrated(error);
  } finally {
    client.release();
  }
}

async function originOf(client: PoolClient): Promise<string> {
  const { rows } = await client.query<{ origin: string }>('select origin from audit.log');
  const [row] = rows;
  if (!row) throw new Error('audit.log has no row');
  return row.origin;
}

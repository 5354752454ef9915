import { asNotMigrated, stepsTaken } from '@sajeon/event-store';
import type { Pool } from 'pg';

/** One step per version, never edited once released: add a step instead. */
const STEPS: readonly string[] = [
  `
  create table vault.subject (
    subject text collate "C" primary key,
    wrapped_key bytea not null,
    fingerprint text not null,
    since timestamptz not null default clock_timestamp()
  );
  create table vault.deposit (
    ref uuid primary key,
    subject text collate "C" not null references vault.subject (subject) on delete cascade,
    path text not null,
    sealed bytea not null
  );
  create index deposit_subject on vault.deposit (subject);
  `,
];

const SETUP_LOCK = 7_235_963;

/** Brings the tables of the vault up to date. Safe when several processes start at once. */
export async function prepareVault(pool: Pool): Promise<void> {
  const client = await pool.connect();
  try {
    if ((await stepsTaken(client, 'vault')) === STEPS.length) return;
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock($1)', [SETUP_LOCK]);
    await client.query('create schema if not exists vault');
    await client.query(
      'create table if not exists vault.schema_step (step int primary key, at timestamptz not null default now())',
    );
    const version = await stepsTaken(client, 'vault');
    if (version > STEPS.length) throw new Error(`the vault has schema version ${version}; this program knows ${STEPS.length}`);
    for (const [index, step] of STEPS.entries()) {
      if (index < version) continue;
      await client.query(step);
      await client.query('insert into vault.schema_step (step) values ($1)', [index + 1]);
    }
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined); // the first error is the one that says something
    throw asNotMigrated(error);
  } finally {
    client.release();
  }
}

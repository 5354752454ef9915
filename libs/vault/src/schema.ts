import { takeSteps } from '@sajeon/event-store';
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
export const prepareVault = (pool: Pool): Promise<void> => takeSteps(pool, 'vault', SETUP_LOCK, STEPS);

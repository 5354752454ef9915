import { setUpTables } from '@sajeon/event-store';
import type { Pool } from 'pg';

export const WEBHOOK_DATABASE = Symbol('webhook database');
export const WEBHOOK_SETTINGS = Symbol('webhook settings');

/**
 * Subscriptions, and what is to be sent to each. Not events: secrets must be forgettable, and whether somebody's machine answered is no
 * part of the record. `webhook_feed` says how far the log has been looked through, in one row.
 */
export async function prepareWebhooks(pool: Pool): Promise<void> {
  await setUpTables(pool, 'webhooks', TABLES);
}

const TABLES = `
  create table if not exists webhook_feed (one boolean primary key default true check (one), position numeric(20) not null);
  create table if not exists webhook_subscription (
    id text primary key,
    agency text not null,
    url text not null,
    types text[] not null,
    note text not null,
    secret bytea not null,
    former bytea,
    former_until timestamptz,
    since numeric(20) not null,
    created_by text not null,
    created_at timestamptz not null,
    ended_at timestamptz
  );
  create table if not exists webhook_delivery (
    subscription text not null references webhook_subscription (id),
    position numeric(20) not null,
    event text not null,
    type text not null,
    consultation text not null,
    revision numeric(20) not null,
    recorded_at text not null,
    state text not null default 'waiting' check (state in ('waiting', 'delivered', 'dead')),
    attempts int not null default 0,
    next_at timestamptz not null,
    tried_at timestamptz,
    outcome text,
    primary key (subscription, position)
  );
  create index if not exists webhook_delivery_waiting on webhook_delivery (next_at) where state = 'waiting';
`;

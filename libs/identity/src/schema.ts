import { setUpTables } from '@sajeon/event-store';
import type { Pool } from 'pg';

export const IDENTITY_DATABASE = Symbol('identity database');

/**
 * The tables of what must be forgettable or secret, and therefore never stands in an event: password hashes, second factors, sessions, API keys, and the
 * record of sign-ins, which only grows: the database itself refuses to change a row of it, or to delete one before a year has passed.
 */
export async function prepareIdentity(pool: Pool): Promise<void> {
  await setUpTables(pool, 'identity', TABLES);
}

const TABLES = `do $$ begin
    create table if not exists identity_account (
      person text primary key,
      login text not null unique,
      password_hash text not null,
      must_change boolean not null default false,
      demo boolean not null default false,
      failures int not null default 0,
      locked_until timestamptz,
      changed_at timestamptz not null
    );
    create table if not exists identity_session (
      id_hash bytea primary key,
      session uuid not null unique,
      person text not null,
      method text not null,
      demo boolean not null default false,
      capacity text,
      opened_at timestamptz not null,
      seen_at timestamptz not null,
      ends_at timestamptz not null,
      ended_at timestamptz,
      agent text not null,
      address text not null,
      provider_tokens bytea,
      check_at timestamptz
    );
    alter table identity_session add column if not exists second_factor text;
    alter table identity_session add column if not exists proved_at timestamptz;
    alter table identity_session add column if not exists proved_from text;
    create index if not exists identity_session_person on identity_session (person, opened_at);
    create table if not exists identity_unknown_login (
      login_hash bytea primary key,
      failures int not null,
      locked_until timestamptz,
      failed_at timestamptz not null
    );
    create table if not exists identity_second_factor (
      person text primary key,
      secret bytea not null,
      last_step bigint not null,
      confirmed_at timestamptz
    );
    create table if not exists identity_recovery_code (
      person text not null,
      code_hash bytea not null,
      used_at timestamptz,
      primary key (person, code_hash)
    );
    create table if not exists identity_api_key (
      key text primary key,
      secret_hash bytea not null unique,
      name text not null,
      agency text not null,
      roles text[] not null,
      scopes text[] not null,
      created_by text not null,
      created_at timestamptz not null,
      expires_at timestamptz not null,
      revoked_at timestamptz,
      used_at timestamptz
    );
    create table if not exists identity_sign_in (
      state_hash bytea primary key,
      verifier text not null,
      nonce text not null,
      return_to text not null,
      expires_at timestamptz not null
    );
    alter table identity_sign_in add column if not exists asked_at timestamptz not null default now();
    alter table identity_sign_in add column if not exists again boolean not null default false;
    alter table identity_sign_in add column if not exists browser_hash bytea;
    create table if not exists identity_security_event (
      id bigint generated always as identity primary key,
      at timestamptz not null,
      kind text not null,
      person text,
      agency text,
      address text not null,
      detail jsonb not null
    );
    create or replace function identity_only_grows() returns trigger language plpgsql as $f$
      begin raise exception 'security events are neither changed nor deleted'; end $f$;
    create or replace function identity_kept_for_a_year() returns trigger language plpgsql as $f$
      begin
        if old.at < now() - interval '1 year' then return old; end if;
        raise exception 'security events are neither changed nor deleted before a year has passed';
      end $f$;
    drop trigger if exists identity_security_event_only_grows on identity_security_event;
    create trigger identity_security_event_only_grows before update or truncate on identity_security_event
      for each statement execute function identity_only_grows();
    drop trigger if exists identity_security_event_kept on identity_security_event;
    create trigger identity_security_event_kept before delete on identity_security_event
      for each row execute function identity_kept_for_a_year();
    -- With the rights of the owner: the service may have old ones forgotten, and delete none itself.
    create or replace function identity_forget(p_before timestamptz) returns bigint language sql
      security definer set search_path = pg_catalog, pg_temp as $f$
        with gone as (
          delete from public.identity_security_event where at < least(p_before, now() - interval '1 year') returning 1
        ) select count(*) from gone
      $f$;
  end $$`;

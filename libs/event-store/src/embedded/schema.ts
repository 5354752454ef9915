import type pg from 'pg';
import { StorageUnusable } from '../storage-unusable.js';

/**
 * One step per version, never edited once released: add a step instead.
 *
 * Positions: `head` is one row that every append locks, so appends of all processes follow one another; a position is taken and
 * committed under that lock. A reader that sees position n therefore sees all below it: there is no gap to wait for, and
 * none to step over. A SQL sequence could not give this: it hands out numbers before the commit and burns them on rollback.
 *
 * `json`, not `jsonb`: what was appended is kept as the very text (the audit log hashes it), and \\u0000 in a string survives.
 */
const STEPS: readonly string[] = [
  `
  create table event_store.head (
    only_row boolean primary key default true check (only_row),
    position bigint not null,
    recorded_at timestamptz not null
  );
  insert into event_store.head (position, recorded_at) values (0, '-infinity');

  create table event_store.event (
    position bigint primary key,
    stream text collate "C" not null,
    revision bigint not null,
    id uuid not null,
    type text collate "C" not null,
    data json not null,
    metadata json not null,
    recorded_at timestamptz not null,
    unique (stream, revision),
    unique (stream, id)
  );

  create function event_store.refuse_change() returns trigger language plpgsql as $$
  begin
    raise exception 'event_store.event is append-only';
  end $$;
  create trigger append_only before update or delete on event_store.event for each row execute function event_store.refuse_change();
  create trigger no_truncate before truncate on event_store.event for each statement execute function event_store.refuse_change();

  -- Writes a group of appends in one transaction and says of each what became of it. A refused append leaves the others alone.
  -- p_expected: -1 the stream must not exist, -2 any. p_counts: how many of the events, in order, belong to each append.
  create function event_store.append(
    p_streams text[], p_expected bigint[], p_counts int[], p_ids uuid[], p_types text[], p_data json[], p_metadata json[]
  ) returns table (outcome text, revision bigint, "position" bigint) language plpgsql as $$
  #variable_conflict use_column
  declare
    v_head bigint;
    v_first bigint;
    v_at timestamptz;
    v_last bigint;
    v_from int := 1;
    v_to int;
    v_known bigint[];
    v_known_ids uuid[];
  begin
    -- a receipt is a promise, whatever the server's default is
    if current_setting('synchronous_commit') = 'off' then
      perform set_config('synchronous_commit', 'local', true);
    end if;
    select h.position, h.recorded_at into strict v_head, v_at from event_store.head h for update;
    v_first := v_head;
    v_at := greatest(clock_timestamp(), v_at + interval '1 microsecond');

    for i in 1 .. cardinality(p_streams) loop
      v_to := v_from + p_counts[i] - 1;
      select coalesce(max(e.revision), -1) into v_last from event_store.event e where e.stream = p_streams[i];
      select array_agg(e.revision order by e.revision), array_agg(e.id order by e.revision) into v_known, v_known_ids
        from event_store.event e where e.stream = p_streams[i] and e.id = any (p_ids[v_from:v_to]);

      if v_known is not null then
        -- A retry: all of these ids, in this order, right where this append would have put them.
        if v_known_ids = p_ids[v_from:v_to]
           and v_known[cardinality(v_known)] - v_known[1] = cardinality(v_known) - 1
           and (p_expected[i] = -2 or v_known[1] = p_expected[i] + 1) then
          outcome := 'recorded';
          revision := v_known[cardinality(v_known)];
          select e.position into strict position from event_store.event e where e.stream = p_streams[i] and e.revision = v_known[cardinality(v_known)];
        else
          outcome := 'conflict';
          revision := v_last;
          position := null;
        end if;
      elsif p_expected[i] <> -2 and p_expected[i] <> v_last then
        outcome := 'conflict';
        revision := v_last;
        position := null;
      elsif p_counts[i] = 0 then
        outcome := 'recorded';
        revision := v_last;
        select coalesce(max(e.position), 0) into position from event_store.event e where e.stream = p_streams[i] and e.revision = v_last;
      else
        insert into event_store.event (position, stream, revision, id, type, data, metadata, recorded_at)
          select v_head + n, p_streams[i], v_last + n, p_ids[v_from + n - 1], p_types[v_from + n - 1], p_data[v_from + n - 1],
                 p_metadata[v_from + n - 1], v_at + (v_head - v_first + n - 1) * interval '1 microsecond'
            from generate_series(1, p_counts[i]) n;
        v_head := v_head + p_counts[i];
        outcome := 'recorded';
        revision := v_last + p_counts[i];
        position := v_head;
      end if;
      v_from := v_to + 1;
      return next;
    end loop;

    if v_head > v_first then
      update event_store.head set position = v_head, recorded_at = v_at + (v_head - v_first - 1) * interval '1 microsecond';
    end if;
  end $$;
  `,
];

/** "sajeon" in a form that no other program is likely to lock. */
const SETUP_LOCK = 7235961;

/** Brings the store's schema to the present version. Safe when several processes start at once. */
export async function setUpSchema(pool: pg.Pool): Promise<void> {
  const client = await pool.connect();
  try {
    if ((await versionOf(client)) === STEPS.length) return;
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock($1)', [SETUP_LOCK]);
    await client.query('create schema if not exists event_store');
    await client.query(
      'create table if not exists event_store.schema_step (step int primary key, at timestamptz not null default now())',
    );
    const version = await versionOf(client);
    if (version > STEPS.length) {
      throw new StorageUnusable(
        'database-of-newer-version',
        `The event store in this database has schema version ${version}; this program knows ${STEPS.length}. Start the newer program.`,
        `이 데이터베이스의 이벤트 저장소는 스키마 버전 ${version}이며 이 프로그램은 ${STEPS.length}까지 압니다. 더 새로운 프로그램으로 실행하세요.`,
      );
    }
    for (const [index, step] of STEPS.entries()) {
      if (index < version) continue;
      await client.query(step);
      await client.query('insert into event_store.schema_step (step) values ($1)', [index + 1]);
    }
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined); // the first error is the one that says something
    throw error;
  } finally {
    client.release();
  }
}

async function versionOf(client: pg.PoolClient): Promise<number> {
  const there = await client.query<{ there: boolean }>(`select to_regclass('event_store.schema_step') is not null as there`);
  if (!there.rows[0]?.there) return 0;
  const { rows } = await client.query<{ version: number }>(
    'select coalesce(max(step), 0) as version from event_store.schema_step',
  );
  return rows[0]?.version ?? 0;
}

import type pg from 'pg';
import { takeSteps } from '../setup.js';

const DURABLE = `-- a receipt is a promise, whatever the server's default is
    if current_setting('synchronous_commit') = 'off' then
      perform set_config('synchronous_commit', 'local', true);
    end if;`;

/** With the head locked in `v_head`, and `v_at` from it. Text of a released step: a change here is a new function of a new step. */
const WRITE = `v_at := greatest(clock_timestamp(), v_at + interval '1 microsecond');

    -- One statement, which begins after the lock was granted and so sees all that was committed under it before.
    return query
    with request as (
      select r.n, r.stream, r.expected, r.count, sum(r.count) over (order by r.n) - r.count as before
        from unnest(p_streams, p_expected, p_counts) with ordinality r (stream, expected, count, n)
    ), found as (
      select r.*, known.*, p_ids[r.before + 1 : r.before + r.count] as ids,
             coalesce((select max(e.revision) from event_store.event e where e.stream = r.stream), -1) as last_revision
        from request r cross join lateral (
          select array_agg(e.id order by e.revision) as known_ids, min(e.revision) as known_first, max(e.revision) as known_last,
                 max(e.position) as known_position
            from event_store.event e
           where e.stream = r.stream and e.id = any (p_ids[r.before + 1 : r.before + r.count])
        ) known
    ), judged as (
      select f.*, case
          -- a retry: all of these ids, in this order, right where this append would have put them
          when f.known_ids = f.ids and f.known_last - f.known_first = f.count - 1 and f.expected in (-2, f.known_first - 1) then 'known'
          when f.known_ids is not null or f.expected not in (-2, f.last_revision) then 'conflict'
          when f.count = 0 then 'empty'
          else 'new'
        end as verdict
        from found f
    ), placed as (
      select j.*, sum(case when j.verdict = 'new' then j.count else 0 end) over (order by j.n) as upto from judged j
    ), written as (
      insert into event_store.event (position, stream, revision, id, type, data, metadata, recorded_at)
      select v_head + p.upto - p.count + i, p.stream, p.last_revision + i, p_ids[p.before + i], p_types[p.before + i],
             p_data[p.before + i], p_metadata[p.before + i], v_at + (p.upto - p.count + i - 1) * interval '1 microsecond'
        from placed p cross join lateral generate_series(1, p.count) i
       where p.verdict = 'new'
    ), risen as (
      update event_store.head h
         set position = v_head + t.total, recorded_at = v_at + (t.total - 1) * interval '1 microsecond'
        from (select max(upto) as total from placed) t
       where t.total > 0
    )
    select case when p.verdict = 'conflict' then 'conflict' else 'recorded' end,
           case p.verdict when 'known' then p.known_last when 'new' then p.last_revision + p.count else p.last_revision end,
           case p.verdict
             when 'known' then p.known_position
             when 'new' then v_head + p.upto::bigint
             when 'empty' then coalesce((select max(e.position) from event_store.event e where e.stream = p.stream and e.revision = p.last_revision), 0)
           end
      from placed p order by p.n;`;

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
  -- Streams should differ within a group; if they do not, the unique keys refuse the whole group, and nothing is written.
  -- Planned once and by index whatever the statistics say: a plan made while the log is empty stays in use when it is long.
  create function event_store.append(
    p_streams text[], p_expected bigint[], p_counts int[], p_ids uuid[], p_types text[], p_data json[], p_metadata json[]
  ) returns table (outcome text, revision bigint, "position" bigint) language plpgsql
    set enable_seqscan = off set plan_cache_mode = force_generic_plan
  as $$
  declare
    v_head bigint;
    v_at timestamptz;
  begin
    ${DURABLE}
    select h.position, h.recorded_at into strict v_head, v_at from event_store.head h for update;
    ${WRITE}
  end $$;
  `,
  `
  -- The most events of one commit that a log in this database (libs/audit) seals in the append's own transaction; 0: none.
  alter table event_store.head add column seal_at_most integer not null default 0;

  -- What programs call that write data and metadata in the one form of RFC 8785, so that a hash of the stored text is the hash of the
  -- content; an older program goes on calling append() beside them. The log is told, under the head's lock, which positions were
  -- written. It never refuses an append: what it fails to seal here is sealed or found out by who follows the log.
  create function event_store.record(
    p_streams text[], p_expected bigint[], p_counts int[], p_ids uuid[], p_types text[], p_data json[], p_metadata json[]
  ) returns table (outcome text, revision bigint, "position" bigint) language plpgsql
    set enable_seqscan = off set plan_cache_mode = force_generic_plan
  as $$
  declare
    v_head bigint;
    v_at timestamptz;
    v_seal_at_most int;
    v_upto bigint;
  begin
    ${DURABLE}
    select h.position, h.recorded_at, h.seal_at_most into strict v_head, v_at, v_seal_at_most from event_store.head h for update;
    ${WRITE}
    if v_seal_at_most > 0 then
      select h.position into strict v_upto from event_store.head h;
      if v_upto > v_head and v_upto - v_head <= v_seal_at_most then
        begin
          perform audit.seal(v_head, v_upto);
        exception when others then
          raise warning 'the events after position % are not sealed with their append: %', v_head, sqlerrm;
        end;
      end if;
    end if;
  end $$;
  `,
];

/** "sajeon" in a form that no other program is likely to lock. */
const SETUP_LOCK = 7235961;

/** Brings the store's schema to the present version. Safe when several processes start at once. */
export const setUpSchema = (pool: pg.Pool): Promise<void> => takeSteps(pool, 'event_store', SETUP_LOCK, STEPS);

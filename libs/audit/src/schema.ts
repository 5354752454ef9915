import { takeSteps } from '@sajeon/event-store';
import { randomBytes } from 'node:crypto';
import type { Pool } from 'pg';

/**
 * One step per version, never edited once released: add a step instead.
 *
 * `log` is one row: how far the store has been sealed, and the peaks of the tree over it. It moves in the transaction that writes the
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
  // Sealing in the append's own transaction. The text of a leaf is that of `coreText`; what it takes out of the metadata it takes as the
  // literals that are stored there.
  String.raw`
  -- "name":"value", as a member of a core, out of flat metadata in the form of RFC 8785; nothing when it is not there. What PostgreSQL
  -- reads as JSON must have no escapes like \u0000. In the text no string can hold what is looked for: a quote within one has a
  -- backslash before it, and one that ends it has no letter after it.
  create function audit.member(p_text text, p_json json, p_key text, p_name text) returns text language sql stable as $$
    select case
      when strpos(p_text, '"' || p_key || '":') = 0 then ''
      when strpos(p_text, '\u') = 0 then coalesce('"' || p_name || '":' || (p_json -> p_key)::text || ',', '')
      else coalesce('"' || p_name || '":' || substring(p_text from '[{,]"' || p_key || '":("(?:[^"\\]|\\.)*")') || ',', '')
    end
  $$;

  -- Called by event_store.record under the lock of the store's head, with the positions that it has just written. Seals them when the
  -- log reaches right up to them, and leaves them to a sealer otherwise: the log has no gaps, whoever writes it.
  create function audit.seal(p_after bigint, p_upto bigint) returns void language plpgsql
    set enable_seqscan = off set plan_cache_mode = force_generic_plan
  as $$
  declare
    v_log audit.log;
    v_origin text;
    v_event record;
    v_stream text;
    v_last record;
    v_leaf bytea;
    v_peaks bytea[] := '{}';
    v_top int;
    v_size bigint;
    v_hash bytea;
    v_carry bigint;
    v_level int;
    v_leaves bytea[] := '{}';
    v_levels smallint[] := '{}';
    v_indexes bigint[] := '{}';
    v_nodes bytea[] := '{}';
  begin
    select * into v_log from audit.log where "position" = p_after;
    if not found then return; end if;
    v_origin := to_json(v_log.origin)::text;
    v_size := v_log.size;
    v_top := length(v_log.peaks) / 32;
    for at in 1..v_top loop v_peaks[at] := substr(v_log.peaks, at * 32 - 31, 32); end loop;

    for v_event in
      select e.stream, e.revision,
             '{' || audit.member(m, e.metadata, 'actor', 'actor') || audit.member(m, e.metadata, 'agency', 'agency')
               || audit.member(m, e.metadata, 'causationId', 'cause') || audit.member(m, e.metadata, 'commandId', 'command')
               || audit.member(m, e.metadata, 'correlationId', 'corr')
               || '"data":"' || encode(sha256(convert_to(e.data::text, 'UTF8')), 'hex') || '","id":"' || e.id || '","log":' || v_origin
               || ',"meta":"' || encode(sha256(convert_to(m, 'UTF8')), 'hex') || '","prev":' as head,
             ',"rec":"' || to_char(e.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || '","rev":"' || e.revision || '",'
               || audit.member(m, e.metadata, 'schema', 'schema')
               || '"seq":"' || v_log.size + e."position" - p_after - 1 || '","stream":' || to_json(e.stream)
               || ',"type":' || to_json(e.type) || ',"v":1}' as tail
        from event_store.event e cross join lateral (select e.metadata::text as m offset 0) t
       where e."position" > p_after and e."position" <= p_upto order by e."position"
    loop
      -- Those of one append follow one another.
      if v_event.stream is distinct from v_stream then
        v_stream := v_event.stream;
        select l.revision, l.hash into v_last from audit.leaf l where l.stream = v_stream order by l.revision desc limit 1;
        if coalesce(v_last.revision, -1) <> v_event.revision - 1 then
          raise exception 'stream % goes on at revision %, its last leaf is of %', v_stream, v_event.revision, v_last.revision;
        end if;
        v_leaf := v_last.hash;
      end if;
      v_leaf := sha256('\x00'::bytea || convert_to(
        v_event.head || coalesce('"' || encode(v_leaf, 'base64') || '"', 'null') || v_event.tail, 'UTF8'));
      v_leaves[v_size - v_log.size + 1] := v_leaf;

      v_hash := v_leaf;
      v_carry := v_size;
      v_level := 0;
      while v_carry & 1 = 1 loop
        v_hash := sha256('\x01'::bytea || v_peaks[v_top] || v_hash);
        v_top := v_top - 1;
        v_carry := v_carry >> 1;
        v_level := v_level + 1;
        if v_level % 8 = 0 then
          v_levels := v_levels || v_level::smallint;
          v_indexes := v_indexes || v_carry;
          v_nodes := v_nodes || v_hash;
        end if;
      end loop;
      v_top := v_top + 1;
      v_peaks[v_top] := v_hash;
      v_size := v_size + 1;
    end loop;

    insert into audit.leaf (seq, "position", event_id, stream, revision, recorded_at, hash)
    select v_log.size + e."position" - p_after - 1, e."position", e.id, e.stream, e.revision, e.recorded_at, v_leaves[e."position" - p_after]
      from event_store.event e where e."position" > p_after and e."position" <= p_upto;
    if v_nodes <> '{}' then
      insert into audit.node (level, index, hash) select * from unnest(v_levels, v_indexes, v_nodes);
    end if;
    update audit.log set size = v_size, "position" = p_upto, peaks = (select string_agg(peak, '' order by n)
      from unnest(v_peaks[1:v_top]) with ordinality p (peak, n)) where size = v_log.size and "position" = p_after;
    if not found then raise exception 'the log moved while it was held'; end if;
  end $$;
  `,
];

const SETUP_LOCK = 7_235_962;

/**
 * Brings the tables of the log up to date, and names the log when it is new. Safe when several processes start at once.
 * @returns the origin: the name given here counts only for a new log
 */
export async function prepareLog(pool: Pool, origin = `sajeon/${randomBytes(6).toString('hex')}`): Promise<string> {
  await takeSteps(pool, 'audit', SETUP_LOCK, STEPS, (client) =>
    client.query(`insert into audit.log (origin, size, position, peaks) values ($1, 0, 0, '') on conflict do nothing`, [origin]),
  );
  const { rows } = await pool.query<{ origin: string }>('select origin from audit.log');
  const [row] = rows;
  if (!row) throw new Error('audit.log has no row');
  return row.origin;
}

import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Lease, type EventStore, type RecordedEvent, type RecordedText } from '@sajeon/event-store';
import type { Pool, PoolClient } from 'pg';
import { coreOf, leafOf } from './core.js';
import { LogContradiction } from './log-contradiction.js';
import type { LogKey } from './log-key.js';
import { StoredTree, TILE_HEIGHT } from './stored-tree.js';
import { CompactRange, type Subtree } from './tree/compact-range.js';
import { HASH_BYTES, type Hash } from './tree/hashing.js';
import { peaksOf } from './tree/proof.js';

/** All that comes in while events are gathered, in a flood: each batch costs as much as twenty events, however many it holds. */
const BATCH = 4_000;
/** Characters. A batch of large events is full, too: there is more to come. */
const HEAVY = 1_000_000;
/** Most that a sealer that is told to seal whatever comes with its append catches up with while appends wait. */
const LEVEL_EVER = 1_000;
/** Events that come in meanwhile are sealed together: a commit for each would cost the appends a good part of their throughput. */
const GATHER_MS = 150;
/** Appends wait while the log is brought level with the store: only for this many events. */
const LEVEL_AT_MOST = 100;
/** Events that are hashed in one go: appends of the same process do not wait longer than for these. */
const AT_ONCE = 64;
/** A sealer that is stopped in the middle of it must not keep appends waiting. */
const LOCK_MS = 5_000;
const RENEW_MS = 1_000;
const STANDBY_MS = 500;
const CLOSING_MS = 5_000;
const LONGEST_RETRY_MS = 5_000;
const DAY_MS = 86_400_000;
/** Korea has had no summer time since 1988; a closing day ends at midnight there. */
const KST_MS = 9 * 3_600_000;

/**
 * What any commit holds that people make. Sealing in the transaction takes time while other appends wait for the lock, which nobody notices
 * below some hundred appends a second; a flood is sealed right afterwards instead (measured: docs/adr/0061).
 */
export const SEAL_WITH_APPEND = 4;

export interface SealerOptions {
  readonly store: EventStore;
  readonly pool: Pool;
  readonly key: LogKey;
  /** Positions without gaps, as PostgreSQL gives them: a gap is then an event that vanished before it was sealed. False on KurrentDB. */
  readonly dense: boolean;
  /**
   * The most events of one commit that PostgreSQL seals in the append's own transaction; 0: none, all are sealed right afterwards. Without
   * meaning on KurrentDB. `SEAL_WITH_APPEND` unless given.
   */
  readonly withAppend?: number;
  /** Most often that a checkpoint is signed while events come in. */
  readonly checkpointMs?: number;
  readonly now?: () => Date;
  /** Told of each failure; also kept in `health()`. */
  readonly onFailure?: (error: unknown) => void;
}

export interface SealerHealth {
  /** `refused`: record, log and checkpoints contradict one another; nothing is sealed or signed until a person has looked. */
  readonly status: 'stopped' | 'standby' | 'sealing' | 'stalled' | 'refused';
  readonly size: bigint;
  readonly position: bigint;
  readonly cause?: string;
}

/** How far the store is sealed, and what is sealed was found to be what the store holds. */
interface Sealed {
  readonly size: bigint;
  readonly position: bigint;
  readonly range: CompactRange;
}

interface LogRow {
  readonly size: bigint;
  readonly position: bigint;
  readonly peaks: readonly Hash[];
}

interface StoredLeaf {
  readonly seq: string;
  readonly position: string;
  readonly event_id: string;
  readonly stream: string;
  readonly revision: string;
  readonly hash: Hash;
}

interface LastLeaf {
  readonly revision: bigint;
  readonly hash: Hash;
}

type AnyRecorded = RecordedEvent | RecordedText;

interface NewLeaf {
  readonly event: AnyRecorded;
  readonly hash: Hash;
  /** Of the levels that are stored, which this leaf completes. */
  readonly nodes: readonly Subtree[];
}

/**
 * Follows the event store, and signs. What PostgreSQL sealed in the append's own transaction (`audit.seal` in schema.ts) is read back from
 * the store and compared with its leaf before a checkpoint covers it. What nobody has sealed is sealed here: leaf, tree and how far it
 * came, in one statement. That is every event of KurrentDB, and on PostgreSQL what was there before, what older programs append, and
 * groups above `withAppend`. Once the log has caught up it is brought level with the store under the lock that appends take, and from
 * then on they seal what they write.
 *
 * Several may run; a lease saves them double work, and the guard on the earlier value keeps a position from being sealed twice or
 * passed over.
 */
export class Sealer {
  readonly #tree: StoredTree;
  readonly #holder = randomUUID();
  readonly #waiting = new Set<{ readonly position: bigint; readonly resolve: () => void }>();
  #stopping = new AbortController();
  #running: Promise<void> | undefined;
  #health: SealerHealth = { status: 'stopped', size: 0n, position: 0n };
  #publishedSize = -1n;

  constructor(private readonly options: SealerOptions) {
    this.#tree = new StoredTree(options.pool);
  }

  start(): void {
    if (this.#running) return;
    this.#stopping = new AbortController();
    this.#running = this.keepRunning(this.#stopping.signal);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
    this.#running = undefined;
    if (this.#health.status !== 'refused') this.report({ status: 'stopped' });
  }

  health(): SealerHealth {
    return this.#health;
  }

  /** Resolves when a signed checkpoint made by this sealer covers the position. */
  async covered(position: bigint): Promise<void> {
    if (this.#publishedSize >= 0n && this.#health.position >= position && this.#publishedSize >= this.#health.size) return;
    await new Promise<void>((resolve) => this.#waiting.add({ position, resolve }));
  }

  private async keepRunning(signal: AbortSignal): Promise<void> {
    const { pool } = this.options;
    const lease = new Lease(pool, 'audit:sealer', this.#holder);
    let wait = 100;
    while (!signal.aborted) {
      try {
        await Lease.prepare(pool);
        if (await lease.hold()) {
          await this.run(lease, signal, () => (wait = 100));
        } else {
          this.report({ status: 'standby' });
          await pause(STANDBY_MS, signal);
        }
      } catch (error) {
        this.options.onFailure?.(error);
        const cause = error instanceof Error ? error.message : String(error);
        if (error instanceof LogContradiction) {
          // Nothing more is sealed, by appends neither, which go on as they are.
          await this.sealWithAppends(pool, 0).catch(this.options.onFailure ?? (() => undefined));
          this.report({ status: 'refused', cause });
          break;
        }
        this.report({ status: 'stalled', cause });
        await pause(wait, signal);
        wait = Math.min(wait * 2, LONGEST_RETRY_MS);
      }
    }
    await lease.release().catch(() => undefined); // it runs out by itself
  }

  /** Until the lease is lost, another sealer was faster, or something fails. */
  private async run(lease: Lease, signal: AbortSignal, succeeded: () => void): Promise<void> {
    await this.checkLastSealed(await this.load());
    let sealed = await this.lastSigned();
    await this.options.pool.query('insert into audit.key (verifier) select unnest($1::text[]) on conflict do nothing', [
      this.options.key.verifiers.map(({ text }) => text),
    ]);
    this.report({ status: 'sealing', size: sealed.size, position: sealed.position });
    const lost = new AbortController();
    const failed: unknown[] = [];
    const fail = (error: unknown) => {
      failed.push(error);
      lost.abort();
    };
    const renewing = setInterval(() => void lease.hold().then((held) => held || lost.abort(), fail), RENEW_MS);
    const publisher = new Publisher(this.options.checkpointMs ?? 200, () => this.publish(sealed), fail);
    publisher.ask();
    const closing = setInterval(() => publisher.afterwards(() => this.closeDay(sealed)), CLOSING_MS);
    publisher.afterwards(() => this.closeDay(sealed));
    try {
      // Whether appends seal what they write. Unknown at first: an earlier run may have ended in a flood.
      let handedOver: boolean | undefined;
      const handOver = async (): Promise<void> => {
        const level = await this.level(sealed);
        if (level) [sealed, handedOver] = [level, true];
      };
      if (this.#withAppend === 0) await this.sealWithAppends(this.options.pool, 0);
      else if ((await this.options.store.head()) === sealed.position) await handOver();
      const until = AbortSignal.any([signal, lost.signal]);
      let gathered = 0;
      for await (const batch of this.options.store.subscribeToText({ after: sealed.position, signal: until, batchSize: BATCH })) {
        const begun = Date.now();
        const fresh = batch.filter(({ position }) => position > sealed.position);
        if (fresh.length === 0) continue;
        const next = await this.follow(sealed, fresh);
        if (!next || until.aborted) break;
        sealed = next.sealed;
        gathered += fresh.length;
        const caughtUp = batch.length < BATCH && weightOf(batch) < HEAVY;
        if (this.#withAppend > 0) {
          if (gathered >= this.#flood) {
            if (handedOver !== false) await this.sealWithAppends(this.options.pool, 0);
            handedOver = false;
          } else if (caughtUp && (handedOver !== true || next.added > 0)) await handOver();
        }
        if (caughtUp) gathered = 0;
        this.report({ status: 'sealing', size: sealed.size, position: sealed.position });
        publisher.ask();
        succeeded();
        if (caughtUp) await pause(begun + GATHER_MS - Date.now(), until);
      }
    } finally {
      clearInterval(renewing);
      clearInterval(closing);
      await publisher.finish();
    }
    if (failed.length > 0) throw failed[0];
  }

  get #withAppend(): number {
    return this.options.dense ? (this.options.withAppend ?? SEAL_WITH_APPEND) : 0;
  }

  /** Events that come in while others are gathered, from which on they are a flood: sealed in their transactions they would hold one another up. */
  get #flood(): number {
    return this.#withAppend > LEVEL_EVER ? Number.POSITIVE_INFINITY : LEVEL_AT_MOST;
  }

  get #mostToLevel(): number {
    return Math.min(LEVEL_EVER, Math.max(LEVEL_AT_MOST, this.#withAppend));
  }

  private async load(): Promise<LogRow> {
    const { rows } = await this.options.pool.query<{
      origin: string;
      size: string;
      position: string;
      peaks: Buffer;
    }>('select origin, size::text, position::text, peaks from audit.log');
    const [row] = rows;
    if (!row) throw new LogContradiction('log-damaged', { detail: 'audit.log has no row' });
    if (row.origin !== this.options.key.origin) {
      throw new LogContradiction('log-damaged', {
        detail: `the log is ${row.origin}, the key is for ${this.options.key.origin}`,
      });
    }
    const peaks = Array.from({ length: Math.floor(row.peaks.length / HASH_BYTES) }, (_, index) =>
      row.peaks.subarray(index * HASH_BYTES, (index + 1) * HASH_BYTES),
    );
    const size = BigInt(row.size);
    rangeOf(size, peaks);
    return { size, position: BigInt(row.position), peaks };
  }

  /** Where the last checkpoint ends: whatever was sealed behind it nobody has compared with the store yet. */
  private async lastSigned(): Promise<Sealed> {
    const { pool } = this.options;
    const log = await this.load();
    const { rows } = await pool.query<{ size: string; position: string | null }>(
      `select c.size::text, (select l.position::text from audit.leaf l where l.seq = c.size - 1) as position
         from audit.checkpoint c where c.size <= $1 order by c.size desc limit 1`,
      [String(log.size)],
    );
    const [signed] = rows;
    if (!signed) return { size: 0n, position: 0n, range: new CompactRange() };
    const size = BigInt(signed.size);
    if (signed.position === null) throw new LogContradiction('log-damaged', { seq: size - 1n, detail: 'a leaf is missing' });
    const peaks = await peaksOf(this.#tree.at(log.size), size).catch((cause: unknown) => {
      if (!(cause instanceof RangeError)) throw cause;
      throw new LogContradiction('log-damaged', { detail: cause.message });
    });
    const range = rangeOf(size, peaks);
    return { size, position: BigInt(signed.position), range };
  }

  /** A store that was put back to an older state, or whose end was cut off or rewritten, is found out before anything is added. */
  private async checkLastSealed({ size, position }: LogRow): Promise<void> {
    if (size === 0n) return;
    const head = await this.options.store.head();
    if (head < position) {
      throw new LogContradiction('store-behind-log', { position, detail: `the event store ends at ${head}` });
    }
    const { rows } = await this.options.pool.query<{ stream: string; revision: string; hash: Buffer; prev: Buffer | null }>(
      `select l.stream, l.revision::text, l.hash,
              (select p.hash from audit.leaf p where p.stream = l.stream and p.revision = l.revision - 1) as prev
         from audit.leaf l where l.seq = $1`,
      [String(size - 1n)],
    );
    const [leaf] = rows;
    if (!leaf) throw new LogContradiction('log-damaged', { seq: size - 1n, detail: 'the last leaf is missing' });
    const revision = BigInt(leaf.revision);
    const where = { seq: size - 1n, position, stream: leaf.stream, revision };
    for await (const event of this.options.store.readStream(leaf.stream, { from: revision, limit: 1 })) {
      if (event.revision !== revision || event.position !== position) break;
      if (leafOf(coreOf(this.options.key.origin, size - 1n, event, leaf.prev)).equals(leaf.hash)) return;
      throw new LogContradiction('event-altered', where);
    }
    throw new LogContradiction('event-missing', where);
  }

  /**
   * Holds these events against their leaves, and seals those that have none yet. Undefined when another sealer was faster.
   * @param on the connection that holds the store's head
   */
  private async follow(
    sealed: Sealed,
    events: readonly AnyRecorded[],
    on: Pool | PoolClient = this.options.pool,
  ): Promise<{ readonly sealed: Sealed; readonly added: number } | undefined> {
    const lastLeaves = await this.lastLeaves(new Set(events.map((event) => event.stream)), sealed.size);
    const there = await this.leavesFrom(sealed.size, events.length);
    const range = sealed.range.copy();
    const leaves: NewLeaf[] = [];
    let position = sealed.position;
    for (const [index, event] of events.entries()) {
      if (index % AT_ONCE === AT_ONCE - 1) await new Promise(setImmediate);
      const last = lastLeaves.get(event.stream);
      const leaf = there[index];
      const hash = leafOf(coreOf(this.options.key.origin, range.size, event, last?.hash ?? null));
      const broken = leaf ? contradictionOf(leaf, range.size, event, hash) : this.breach(event, position, last);
      if (broken) {
        // Unless another sealer has moved on meanwhile: then what was read here is from two different moments.
        if (!leaf && (await this.leavesFrom(range.size, 1)).length > 0) return undefined;
        throw broken;
      }
      lastLeaves.set(event.stream, { revision: event.revision, hash });
      const nodes = range.append(hash).filter(({ level }) => level > 0 && level % TILE_HEIGHT === 0);
      if (!leaf) leaves.push({ event, hash, nodes });
      position = event.position;
    }
    const next = { size: range.size, position, range };
    if (leaves.length > 0) {
      const before = {
        size: range.size - BigInt(leaves.length),
        position: events[events.length - leaves.length - 1]?.position ?? sealed.position,
      };
      if (!(await this.write(on, before, next, leaves))) {
        const now = await this.load();
        if (now.size <= before.size || (await this.leavesFrom(before.size, 1)).length === 0)
          throw new LogContradiction('log-damaged', { seq: before.size, detail: 'the log does not end where its leaves do' });
        return undefined;
      }
    }
    return { sealed: next, added: leaves.length };
  }

  /**
   * Seals the last events while no append can come between, and lets appends seal what they write from there. Undefined when there are too
   * many for that, or another sealer was faster.
   */
  private async level(sealed: Sealed): Promise<Sealed | undefined> {
    const client = await this.options.pool.connect();
    try {
      await client.query(`begin; set local idle_in_transaction_session_timeout = ${LOCK_MS}`);
      await client.query('select from event_store.head for update');
      const events: RecordedEvent[] = [];
      for await (const event of this.options.store.readAll({ after: sealed.position, limit: this.#mostToLevel }))
        events.push(event);
      const next =
        events.length === 0
          ? { sealed }
          : events.length < this.#mostToLevel
            ? await this.follow(sealed, events, client)
            : undefined;
      if (next) await this.sealWithAppends(client, this.#withAppend);
      await client.query(next ? 'commit' : 'rollback');
      return next?.sealed;
    } catch (error) {
      await client.query('rollback').catch(() => undefined); // the first error is the one that says something
      throw error;
    } finally {
      client.release();
    }
  }

  private async sealWithAppends(on: Pool | PoolClient, most: number): Promise<void> {
    if (this.options.dense) await on.query('update event_store.head set seal_at_most = $1 where seal_at_most <> $1', [most]);
  }

  private breach(event: AnyRecorded, after: bigint, last: LastLeaf | undefined): LogContradiction | undefined {
    const where = { position: event.position, stream: event.stream, revision: event.revision };
    if (this.options.dense && event.position !== after + 1n) {
      return new LogContradiction('position-missing', { position: after + 1n, detail: `the next event is at ${event.position}` });
    }
    const expected = last === undefined ? 0n : last.revision + 1n;
    return event.revision === expected
      ? undefined
      : new LogContradiction('stream-broken', { ...where, detail: `revision ${expected} was to come` });
  }

  /** The last leaf of each stream below this index. */
  private async lastLeaves(streams: ReadonlySet<string>, below: bigint): Promise<Map<string, LastLeaf>> {
    const { rows } = await this.options.pool.query<{ stream: string; revision: string; hash: Buffer }>({
      name: 'audit.last_leaves',
      text: `select s.stream, l.revision::text, l.hash from unnest($1::text[]) s (stream)
              cross join lateral (select revision, hash from audit.leaf
                                   where leaf.stream = s.stream and leaf.seq < $2 order by revision desc limit 1) l`,
      values: [arrayOf([...streams].map(quoted)), String(below)],
    });
    return new Map(rows.map((row) => [row.stream, { revision: BigInt(row.revision), hash: row.hash }]));
  }

  private async leavesFrom(seq: bigint, limit: number): Promise<readonly StoredLeaf[]> {
    const { rows } = await this.options.pool.query<StoredLeaf>({
      name: 'audit.leaves_from',
      text: `select seq::text, position::text, event_id::text, stream, revision::text, hash from audit.leaf
              where seq >= $1 order by leaf.seq limit $2`,
      values: [String(seq), limit],
    });
    return rows;
  }

  private async write(
    on: Pool | PoolClient,
    before: Pick<Sealed, 'size' | 'position'>,
    after: Sealed,
    leaves: readonly NewLeaf[],
  ): Promise<boolean> {
    const nodes = leaves.flatMap((leaf) => leaf.nodes);
    const { rows } = await on.query<{ moved: boolean }>({
      name: 'audit.seal',
      text: `with moved as (
               update audit.log set size = $3, position = $4, peaks = $5 where size = $1 and position = $2 returning true as moved
             ), leaves as (
               insert into audit.leaf (seq, position, event_id, stream, revision, recorded_at, hash)
               select $1 + n - 1, position, event_id, stream, revision, recorded_at, substring($11::bytea from 32 * n::int - 31 for 32)
                 from unnest($6::bigint[], $7::uuid[], $8::text[], $9::bigint[], $10::timestamptz[])
                      with ordinality as leaf (position, event_id, stream, revision, recorded_at, n)
                where exists (select from moved)
             ), nodes as (
               insert into audit.node (level, index, hash)
               select * from unnest($12::smallint[], $13::bigint[], $14::bytea[]) where exists (select from moved)
             )
             select exists (select from moved) as moved`,
      values: [
        String(before.size),
        String(before.position),
        String(after.size),
        String(after.position),
        Buffer.concat(after.range.peaks),
        arrayOf(leaves.map(({ event }) => event.position)),
        arrayOf(leaves.map(({ event }) => event.id)),
        arrayOf(leaves.map(({ event }) => quoted(event.stream))),
        arrayOf(leaves.map(({ event }) => event.revision)),
        arrayOf(leaves.map(({ event }) => event.recordedAt)),
        Buffer.concat(leaves.map(({ hash }) => hash)),
        nodes.map(({ level }) => level),
        nodes.map(({ index }) => String(index)),
        nodes.map(({ hash }) => hash),
      ],
    });
    return rows[0]?.moved === true;
  }

  /** Signs the head as it is now. An empty log has nothing to say yet. */
  private async publish({ size, position, range }: Sealed): Promise<void> {
    if (size === 0n || size === this.#publishedSize) return;
    const { note, root } = await this.sign(size);
    // The tree as the tables have it and the one in memory were made from the same leaves, or the tables were changed behind our back.
    if (!root.equals(range.root()))
      throw new LogContradiction('log-damaged', { detail: `the tables give another root at size ${size}` });
    const log = await this.load();
    if (log.size === size && !Buffer.concat(log.peaks).equals(Buffer.concat(range.peaks)))
      throw new LogContradiction('log-damaged', { detail: `the peaks are not those of the ${size} leaves` });
    await this.keep(size, root, note);
    this.#publishedSize = size;
    for (const waiting of this.#waiting) {
      if (waiting.position > position) continue;
      this.#waiting.delete(waiting);
      waiting.resolve();
    }
  }

  private async sign(size: bigint): Promise<{ readonly note: string; readonly root: Hash }> {
    // Another sealer may have gone on, and signed more, since this one wrote its last leaf.
    const now = (await this.load()).size;
    return this.options.key.sign(this.#tree.at(now), size, now);
  }

  /** A note that is there already stays: witnesses may have added to it. */
  private async keep(size: bigint, root: Hash, note: string): Promise<void> {
    const { pool } = this.options;
    const kept = await pool.query(
      'insert into audit.checkpoint (size, root, note) values ($1, $2, $3) on conflict (size) do nothing',
      [String(size), root, note],
    );
    if (kept.rowCount === 1) return;
    const same = await pool.query('select from audit.checkpoint where size = $1 and root = $2', [String(size), root]);
    if (same.rowCount === 0) {
      throw new LogContradiction('forked', { detail: `a checkpoint of size ${size} was signed before, with another root` });
    }
  }

  /**
   * The closing checkpoint of the day that ended last in Korea: exactly the events recorded before midnight, so that anybody can say
   * later "this was the record at the end of that day". Days on which no sealer ran are covered by the next one.
   */
  private async closeDay(sealed: Sealed): Promise<void> {
    const now = (this.options.now?.() ?? new Date()).getTime();
    const midnight = Math.floor((now + KST_MS) / DAY_MS) * DAY_MS - KST_MS;
    const day = new Date(midnight + KST_MS - DAY_MS).toISOString().slice(0, 10);
    const { pool, store } = this.options;
    if ((await pool.query('select from audit.closing where day >= $1', [day])).rowCount !== 0) return;
    // What was recorded before midnight must all be sealed by now.
    if ((await store.head()) > sealed.position) return;
    const size = await firstLeafSince(pool, new Date(midnight), sealed.size);
    if (size === 0n) return;
    const { note, root } = await this.sign(size);
    await this.keep(size, root, note);
    await pool.query('insert into audit.closing (day, size) values ($1, $2) on conflict do nothing', [day, String(size)]);
  }

  private report(change: Partial<SealerHealth> & Pick<SealerHealth, 'status'>): void {
    this.#health = { size: this.#health.size, position: this.#health.position, ...change };
  }
}

function weightOf(batch: readonly RecordedText[]): number {
  return batch.reduce((sum, { text }) => sum + text.data.length + text.metadata.length, 0);
}

/** How a leaf and the event that it should be of contradict one another. */
function contradictionOf(leaf: StoredLeaf, seq: bigint, event: AnyRecorded, hash: Hash): LogContradiction | undefined {
  const where = { seq, position: BigInt(leaf.position), stream: leaf.stream, revision: BigInt(leaf.revision) };
  if (BigInt(leaf.seq) !== seq) return new LogContradiction('log-damaged', { seq, detail: 'a leaf is missing' });
  if (event.position > where.position) return new LogContradiction('event-missing', where);
  if (event.position < where.position) return new LogContradiction('event-inserted', { position: event.position });
  if (!leaf.hash.equals(hash)) return new LogContradiction('event-altered', where);
  // What the leaf does not hash, and is looked up by.
  return leaf.stream === event.stream && where.revision === event.revision && leaf.event_id === event.id
    ? undefined
    : new LogContradiction('log-damaged', { ...where, detail: 'the leaf names another event than it hashes' });
}

/** @throws LogContradiction when the number of peaks does not fit the size */
function rangeOf(size: bigint, peaks: readonly Hash[]): CompactRange {
  try {
    return new CompactRange(size, peaks);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new LogContradiction('log-damaged', { detail: cause.message });
  }
}

/** Index of the first leaf recorded at this instant or later; `size` when there is none. Recording times grow with the index. */
export async function firstLeafSince(pool: Pool, instant: Date, size: bigint): Promise<bigint> {
  let [from, to] = [0n, size];
  while (from < to) {
    const middle = (from + to) / 2n;
    const { rows } = await pool.query<{ before: boolean }>('select recorded_at < $2 as before from audit.leaf where seq = $1', [
      String(middle),
      instant.toISOString(),
    ]);
    if (rows[0]?.before) from = middle + 1n;
    else to = middle;
  }
  return from;
}

/** Does one piece of work at a time, the frequent one no more often than every so many milliseconds. */
class Publisher {
  #work: Promise<void> = Promise.resolve();
  #asked: NodeJS.Timeout | undefined;
  #last = 0;

  constructor(
    private readonly everyMs: number,
    private readonly publish: () => Promise<void>,
    private readonly fail: (error: unknown) => void,
  ) {}

  ask(): void {
    this.#asked ??= setTimeout(
      () => {
        this.#asked = undefined;
        this.#last = Date.now();
        this.afterwards(this.publish);
      },
      Math.max(0, this.#last + this.everyMs - Date.now()),
    );
  }

  afterwards(work: () => Promise<void>): void {
    this.#work = this.#work.then(work).catch(this.fail);
  }

  /** What was asked for is still done: events that were sealed should not wait for the next start to be signed. */
  async finish(): Promise<void> {
    if (this.#asked) {
      clearTimeout(this.#asked);
      this.afterwards(this.publish);
    }
    await this.#work;
  }
}

/** An array as PostgreSQL writes it. Numbers, ids and times need none of the quoting on which the driver spends most of a seal. */
const arrayOf = (values: readonly (bigint | string)[]): string => `{${values.join(',')}}`;
const quoted = (name: string): string => `"${name.replace(/["\\]/g, '\\$&')}"`;

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (ms > 0) await sleep(ms, undefined, { signal }).catch(() => undefined); // aborted: over early
}

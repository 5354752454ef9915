import { isNativeError } from 'node:util/types';
import pg from 'pg';
import { decodeData, decodeMetadata, encodeAppend, prefixesOf, type EncodedEvent } from '../codec.js';
import {
  EventStore,
  StoreUnavailable,
  WrongExpectedRevision,
  type EventFilter,
  type ExpectedRevision,
  type NewEvent,
  type ReadAllOptions,
  type ReadStreamOptions,
  type Receipt,
  type RecordedEvent,
  type RecordedText,
  type SubscribeOptions,
} from '../port.js';
import { setUpSchema } from './schema.js';

/** How often a process looks for events of other processes. Its own wake its subscriptions at once. */
const POLL_MS = 100;
const LONGEST_RETRY_MS = 2_000;
const PING_TIMEOUT_MS = 2_000;
const MAX_GROUP_EVENTS = 500;
const MAX_GROUP_BYTES = 4_000_000;
const DEFAULT_BATCH = 500;
const FIRST_PAGE = 64;
const LARGEST_PAGE = 1_000;
/** What a page of a read should weigh, so that memory stays bounded with large events too. */
const PAGE_BYTES = 4_000_000;
const LARGEST_BIGINT = 2n ** 63n - 1n;

interface PendingAppend {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly events: readonly EncodedEvent[];
  readonly bytes: number;
  readonly resolve: (receipt: Receipt) => void;
  readonly reject: (error: unknown) => void;
}

/** Events written by this process after which the planner's statistics are made anew: this many, then whenever the log it wrote has grown so many times. */
const FIRST_MEASURED = 1_000;
const MEASURED_AGAIN_AFTER = 4;

interface EventRow {
  readonly position: string;
  readonly stream: string;
  readonly revision: string;
  readonly id: string;
  readonly type: string;
  readonly data: string;
  readonly metadata: string;
  readonly recordedAt: string;
}

interface AppendedRow {
  readonly outcome: 'recorded' | 'conflict';
  readonly revision: string;
  readonly position: string | null;
}

const COLUMNS = `position::text as position, stream, revision::text as revision, id::text as id, type, data::text as data,
  metadata::text as metadata, to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "recordedAt"`;

/**
 * The event store on PostgreSQL, embedded or not. Positions are dense from 1, in the order of commits, across any number of
 * processes (see schema.ts). Appends that arrive while a commit is under way are written together in the next one, so throughput
 * grows with the load although commits follow one another.
 */
export class PostgresEventStore extends EventStore {
  readonly #pool: pg.Pool;
  #queue: PendingAppend[] = [];
  readonly #tide: Tide;
  #writing: Promise<void> | undefined;
  #closing: Promise<void> | undefined;
  #written = 0;
  #measureAt = FIRST_MEASURED;

  private constructor(pool: pg.Pool) {
    super();
    this.#pool = pool;
    this.#tide = new Tide(() => this.#headOf());
  }

  /** Connects, and sets the schema `event_store` up when it is missing or older. */
  static async open(config: pg.PoolConfig): Promise<PostgresEventStore> {
    const pool = new pg.Pool({ application_name: 'sajeon-events', connectionTimeoutMillis: 10_000, max: 8, ...config });
    // without a listener an idle connection that the server closes would end the process; the next query reports it properly
    pool.on('error', () => undefined);
    try {
      await setUpSchema(pool);
    } catch (error) {
      await pool.end();
      throw asPortError(error);
    }
    return new PostgresEventStore(pool);
  }

  override async append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<Receipt> {
    const encoded = encodeAppend(stream, events);
    if (this.#closing) throw new StoreUnavailable('the event store is closed');
    return new Promise((resolve, reject) => {
      this.#queue.push({ stream, expected, ...encoded, resolve, reject });
      this.#writing ??= this.#write();
    });
  }

  override async *readStream(stream: string, options: ReadStreamOptions = {}): AsyncIterable<RecordedEvent> {
    const backwards = options.direction === 'backwards';
    const bounds = (from: bigint | undefined): Clause[] => [
      { text: 'stream = ?', value: stream },
      ...(from === undefined ? [] : [{ text: `revision ${backwards ? '<=' : '>='} ?`, value: clamped(from) }]),
    ];
    if (stream.includes('\0')) return; // no stream has such a name, and PostgreSQL takes no such text
    yield* this.#pages(
      (from, size) => this.#select(bounds(from), `revision ${backwards ? 'desc' : 'asc'}`, size),
      options.from,
      (last) => (backwards ? last.revision - 1n : last.revision + 1n),
      options.limit,
    );
  }

  override async *readAll(options: ReadAllOptions = {}): AsyncIterable<RecordedEvent> {
    const backwards = options.direction === 'backwards';
    yield* this.#pages(
      (after, size) =>
        this.#select(
          [
            ...(after === undefined ? [] : [{ text: `position ${backwards ? '<' : '>'} ?`, value: clamped(after) }]),
            ...filterClause(options.filter),
          ],
          `position ${backwards ? 'desc' : 'asc'}`,
          size,
        ),
      options.after,
      (last) => last.position,
      options.limit,
    );
  }

  override async *subscribe(options: SubscribeOptions): AsyncIterable<readonly RecordedEvent[]> {
    for await (const rows of this.#follow(options)) yield rows.map(recordedEvent);
  }

  override async *subscribeToText(options: SubscribeOptions): AsyncIterable<readonly RecordedText[]> {
    for await (const rows of this.#follow(options)) yield rows.map(recordedText);
  }

  async *#follow(options: SubscribeOptions): AsyncGenerator<readonly EventRow[]> {
    const { filter, signal, batchSize = DEFAULT_BATCH } = options;
    const pages = new PageSize(batchSize);
    // Everything up to here was handed out, or does not pass the filter. The consumer's own checkpoint is an event it handled.
    let cursor = options.after;
    let retryMs = POLL_MS;
    const leave = this.#tide.enter();
    try {
      while (!signal?.aborted && !this.#closing) {
        // Committed before the read below begins, so a short page has seen all that passes the filter up to here.
        const head = this.#tide.head;
        try {
          const size = pages.next(batchSize);
          const rows = await this.#select(
            [{ text: 'position > ?', value: clamped(cursor) }, ...filterClause(filter)],
            'position asc',
            size,
          );
          retryMs = POLL_MS;
          pages.saw(rows);
          const last = rows.at(-1);
          if (last && !signal?.aborted) {
            cursor = BigInt(last.position);
            yield rows;
          } else if (head > cursor) cursor = head;
          if (rows.length < size) await this.#tide.above(cursor, signal);
        } catch (error) {
          if (!(error instanceof StoreUnavailable)) throw error;
          if (this.#closing) return;
          // the database is away: nothing is lost by waiting for it
          await sleep(retryMs, signal);
          retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS);
        }
      }
    } finally {
      leave();
    }
  }

  override async head(): Promise<bigint> {
    return this.#headOf();
  }

  override async ping(): Promise<void> {
    if (this.#closing) throw new StoreUnavailable('the event store is closed');
    try {
      // An append of nothing takes the lock that every append takes: refused by a standby, and by a server that cannot write.
      await this.#pool.query(
        `set local statement_timeout = ${PING_TIMEOUT_MS}; select from event_store.append('{}', '{}', '{}', '{}', '{}', '{}', '{}')`,
      );
    } catch (error) {
      throw asPortError(error);
    }
  }

  override close(): Promise<void> {
    this.#closing ??= (async () => {
      this.#tide.close();
      await this.#writing;
      await this.#pool.end();
    })();
    return this.#closing;
  }

  async #write(): Promise<void> {
    while (this.#queue.length > 0) {
      // Those who were just answered go first: what they append next belongs into this group, not into a commit of its own.
      await new Promise(setImmediate);
      await this.#writeGroup(this.#nextGroup());
    }
    this.#writing = undefined;
  }

  /** The longest waiting appends, one for each stream: a second one to the same stream has to see what became of the first. */
  #nextGroup(): PendingAppend[] {
    const streams = new Set<string>();
    const group: PendingAppend[] = [];
    const rest: PendingAppend[] = [];
    let events = 0;
    let bytes = 0;
    for (const append of this.#queue) {
      const fits =
        group.length === 0 || (events + append.events.length <= MAX_GROUP_EVENTS && bytes + append.bytes <= MAX_GROUP_BYTES);
      if (!fits || streams.has(append.stream)) {
        streams.add(append.stream); // what comes later to this stream stays behind this one
        rest.push(append);
        continue;
      }
      streams.add(append.stream);
      group.push(append);
      events += append.events.length;
      bytes += append.bytes;
    }
    this.#queue = rest;
    return group;
  }

  async #writeGroup(group: readonly PendingAppend[]): Promise<void> {
    const events = group.flatMap((append) => append.events);
    let rows: readonly AppendedRow[];
    try {
      ({ rows } = await this.#pool.query({
        name: 'event_store.record',
        text: 'select outcome, revision::text, position::text from event_store.record($1, $2, $3, $4, $5, $6, $7)',
        values: [
          group.map((append) => append.stream),
          group.map((append) => expectedNumber(append.expected)),
          group.map((append) => append.events.length),
          events.map((event) => event.id),
          events.map((event) => event.type),
          events.map((event) => event.data),
          events.map((event) => event.metadata),
        ],
      }));
    } catch (cause) {
      const error = asPortError(cause);
      // An append that the database refuses must not take others with it. While the store is away, though, all wait in vain.
      if (group.length > 1 && !(error instanceof StoreUnavailable)) for (const append of group) await this.#writeGroup([append]);
      else for (const append of group) append.reject(error);
      return;
    }
    this.#settle(group, rows);
    if (this.#written >= this.#measureAt) await this.#measure();
  }

  /**
   * While a log grows fast the server's own statistics lag by a minute, and a filtered read that believes the log to be short sorts all of it
   * for every page.
   */
  async #measure(): Promise<void> {
    this.#measureAt = this.#written * MEASURED_AGAIN_AFTER;
    // Only an estimate: without it everything still works, more slowly.
    await this.#pool.query('analyze event_store.event').catch(() => undefined);
  }

  #settle(group: readonly PendingAppend[], rows: readonly AppendedRow[]): void {
    for (const [index, append] of group.entries()) {
      const row = rows[index];
      if (!row) append.reject(new Error('event_store.record answered for fewer appends than it was given'));
      else if (row.outcome === 'recorded') {
        const receipt = { stream: append.stream, revision: BigInt(row.revision), position: BigInt(row.position ?? 0) };
        this.#tide.rise(receipt.position);
        this.#written += append.events.length;
        append.resolve(receipt);
      } else {
        const actual = BigInt(row.revision);
        append.reject(new WrongExpectedRevision(append.stream, append.expected, actual < 0n ? 'none' : actual));
      }
    }
  }

  async *#pages(
    select: (from: bigint | undefined, size: number) => Promise<readonly EventRow[]>,
    from: bigint | undefined,
    next: (last: RecordedEvent) => bigint,
    limit = Number.POSITIVE_INFINITY,
  ): AsyncGenerator<RecordedEvent> {
    const pages = new PageSize(LARGEST_PAGE);
    for (let left = limit, at = from; left > 0;) {
      const size = pages.next(left);
      const page = await select(at, size);
      pages.saw(page);
      let last: RecordedEvent | undefined;
      for (const row of page) yield (last = recordedEvent(row));
      if (!last || page.length < size) return;
      left -= page.length;
      at = next(last);
    }
  }

  async #select(clauses: readonly Clause[], order: string, limit: number): Promise<readonly EventRow[]> {
    const where = clauses.map(({ text }, index) => text.replace('?', `$${index + 1}`)).join(' and ');
    try {
      const { rows } = await this.#pool.query<EventRow>(
        `select ${COLUMNS} from event_store.event ${where && `where ${where}`} order by event.${order} limit ${limit}`,
        clauses.map(({ value }) => value),
      );
      return rows;
    } catch (error) {
      throw asPortError(error);
    }
  }

  async #headOf(): Promise<bigint> {
    try {
      const { rows } = await this.#pool.query<{ position: string }>('select position::text as position from event_store.head');
      return BigInt(rows[0]?.position ?? 0);
    } catch (error) {
      throw asPortError(error);
    }
  }
}

interface Clause {
  /** With one `?` for the value. */
  readonly text: string;
  readonly value: string | readonly string[];
}

function filterClause(filter: EventFilter | undefined): Clause[] {
  if (!filter) return [];
  const { field, prefixes } = prefixesOf(filter);
  return [{ text: `${field} ^@ any (?::text[])`, value: prefixes }];
}

/** The members are written out in both: a copy of one for the other would take a sealer as long as hashing the event does. */
const recordedEvent = (row: EventRow): RecordedEvent => ({
  id: row.id,
  type: row.type,
  data: decodeData(row.data),
  metadata: decodeMetadata(row.metadata),
  stream: row.stream,
  revision: BigInt(row.revision),
  position: BigInt(row.position),
  recordedAt: row.recordedAt,
});

const recordedText = (row: EventRow): RecordedText => ({
  id: row.id,
  type: row.type,
  text: { data: row.data, metadata: row.metadata },
  metadata: decodeMetadata(row.metadata),
  stream: row.stream,
  revision: BigInt(row.revision),
  position: BigInt(row.position),
  recordedAt: row.recordedAt,
});

const expectedNumber = (expected: ExpectedRevision): string =>
  expected === 'none' ? '-1' : expected === 'any' ? '-2' : clamped(expected < 0n ? LARGEST_BIGINT : expected);

/** Decimal text for SQL: values that no bigint column can hold compare like the nearest that it can. */
const clamped = (value: bigint): string => String(value > LARGEST_BIGINT ? LARGEST_BIGINT : value < -1n ? -1n : value);

/** Chooses how many events to ask for: as many as weigh about `PAGE_BYTES`, going by those seen so far. */
class PageSize {
  #next: number;
  constructor(private readonly largest: number) {
    this.#next = Math.min(FIRST_PAGE, largest);
  }
  next(wanted: number): number {
    return Math.max(1, Math.min(this.#next, wanted));
  }
  saw(page: readonly EventRow[]): void {
    if (page.length === 0) return;
    const bytes = page.reduce((sum, { data, metadata }) => sum + data.length + metadata.length, 0);
    this.#next = Math.max(1, Math.min(this.largest, Math.floor((PAGE_BYTES * page.length) / Math.max(bytes, 1))));
  }
}

/**
 * How high the log has risen, as far as this process knows: at once for its own appends, by one shared poll for those of others.
 * However many subscriptions wait, the database is asked once per interval, and not at all while there is none.
 */
class Tide {
  head = 0n;
  #entered = 0;
  #closed = false;
  #timer: NodeJS.Timeout | undefined;
  readonly #waiting = new Set<() => void>();

  constructor(private readonly look: () => Promise<bigint>) {}

  enter(): () => void {
    if (this.#entered++ === 0) this.#poll();
    return () => {
      if (--this.#entered === 0) clearTimeout(this.#timer);
    };
  }

  rise(position: bigint): void {
    if (position <= this.head) return;
    this.head = position;
    for (const wake of [...this.#waiting]) wake();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    for (const wake of [...this.#waiting]) wake();
  }

  /** Resolves when the log is known to be above `position`, when `signal` aborts, or when the store closes. */
  async above(position: bigint, signal: AbortSignal | undefined): Promise<void> {
    while (this.head <= position && !signal?.aborted && !this.#closed) {
      await new Promise<void>((resolve) => {
        const wake = () => {
          this.#waiting.delete(wake);
          signal?.removeEventListener('abort', wake);
          resolve();
        };
        this.#waiting.add(wake);
        signal?.addEventListener('abort', wake);
      });
    }
  }

  #poll(): void {
    const timer = setTimeout(() => {
      this.look()
        .then((head) => this.rise(head))
        // a database that is away is looked for again; who reads or appends meanwhile is told
        .catch(() => undefined)
        .finally(() => {
          // another poll has begun when all left and one came back while this one was looking
          if (this.#timer === timer && this.#entered > 0 && !this.#closed) this.#poll();
        });
    }, POLL_MS);
    this.#timer = timer;
  }
}

function sleep(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal?.addEventListener('abort', done);
  });
}

/** Connection failure, resources (disk full, too many connections), operator intervention, system error, standby. */
const UNAVAILABLE_SQLSTATE = /^(08|53|57|58|25006)/;
const UNAVAILABLE_SYSTEM = /^(ECONN|ENOENT|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|EACCES)/;

function asPortError(error: unknown): unknown {
  if (!isNativeError(error)) return error; // unlike instanceof, it knows the errors of another realm, as in jest
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const lost =
    error.name === 'AggregateError' ||
    UNAVAILABLE_SYSTEM.test(code) ||
    (error instanceof pg.DatabaseError && UNAVAILABLE_SQLSTATE.test(code)) ||
    /^Connection terminated|^timeout exceeded when trying to connect|^Client has encountered a connection error|not queryable|^Cannot use a pool after/.test(
      error.message,
    );
  return lost ? new StoreUnavailable(error.message || code, { cause: error }) : error;
}

import { once, type EventEmitter } from 'node:events';
import { isNativeError } from 'node:util/types';
import {
  AccessDeniedError,
  BACKWARDS,
  CancelledError,
  DeadlineExceededError,
  END,
  FORWARDS,
  KurrentDBClient,
  MaxAppendSizeExceededError,
  NotLeaderError,
  StreamDeletedError,
  StreamNotFoundError,
  TimeoutError,
  UnavailableError,
  UnknownError,
  WrongExpectedVersionError,
  eventTypeFilter,
  excludeSystemEvents,
  jsonEvent,
  streamNameFilter,
  type AllStreamResolvedEvent,
  type AppendStreamState,
  type Filter,
  type RecordedEvent as KurrentEvent,
} from '@kurrent/kurrentdb-client';
import { canonicalJson } from '../canonical-json.js';
import { encodeAppend, isUsableName, prefixesOf } from '../codec.js';
import {
  AppendTooLarge,
  EventStore,
  StoreUnavailable,
  WrongExpectedRevision,
  type EventFilter,
  type ExpectedRevision,
  type JsonObject,
  type Metadata,
  type NewEvent,
  type ReadAllOptions,
  type ReadStreamOptions,
  type Receipt,
  type RecordedEvent,
  type RecordedText,
  type SubscribeOptions,
} from '../port.js';
import { StorageUnusable } from '../storage-unusable.js';

const DEADLINE_MS = 10_000;
const DEFAULT_BATCH = 500;
const LEADER_ATTEMPTS = 5;
const SHORTEST_RETRY_MS = 100;
const LONGEST_RETRY_MS = 5_000;
const LARGEST_REVISION = 2n ** 63n - 1n;

/**
 * The event store on a KurrentDB node or cluster (server 21.10 or newer).
 *
 * A position is KurrentDB's *commit* position alone. KurrentDB's own is a pair (commit, prepare), because several events of
 * one explicit transaction, such as an append to several streams, share one commit. We only ever append to one stream at a
 * time; each event of such an append is its own committed record, whose commit and prepare positions are the same number. So one
 * bigint names one event, it rises strictly, and { commit: p, prepare: p } resumes right after it.
 */
export class KurrentEventStore extends EventStore {
  readonly #client: KurrentDBClient;
  readonly #closing = new AbortController();
  readonly #pending = new Set<Promise<unknown>>();

  private constructor(client: KurrentDBClient) {
    super();
    this.#client = client;
  }

  /**
   * @param url connection string, e.g. `kurrentdb://user:password@node1:2113,node2:2113,node3:2113?tls=true&tlsCaFile=ca.crt`: it alone
   *   says which nodes, whether TLS and whose certificates, and the credentials
   * @throws StorageUnusable when the string is not one, or the server refuses the credentials; StoreUnavailable when nothing answers
   */
  static async open(url: string): Promise<KurrentEventStore> {
    let client: KurrentDBClient;
    try {
      client = KurrentDBClient.connectionString(url);
    } catch (cause) {
      const why = isNativeError(cause) ? cause.message.replaceAll(url, '…') : '';
      throw new StorageUnusable(
        'kurrentdb-url-invalid',
        `KURRENTDB_URL is not a usable connection string: ${why}`,
        `KURRENTDB_URL이 올바른 연결 문자열이 아닙니다: ${why}`,
        { cause },
      );
    }
    const store = new KurrentEventStore(client);
    try {
      await store.ping();
      return store;
    } catch (error) {
      await store.close();
      if (!(isNativeError(error) && error.cause instanceof AccessDeniedError)) throw error;
      throw new StorageUnusable(
        'kurrentdb-access-denied',
        'KurrentDB refuses the credentials in KURRENTDB_URL.',
        'KurrentDB가 KURRENTDB_URL의 계정을 거부했습니다.',
        { cause: error },
      );
    }
  }

  override async append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<Receipt> {
    const { events: encoded, bytes } = encodeAppend(stream, events);
    this.#refuseWhenClosed();
    const work = encoded.length === 0 ? this.#endOf(stream, expected) : this.#append(stream, expected, events, bytes);
    this.#pending.add(work);
    try {
      return await work;
    } finally {
      this.#pending.delete(work);
    }
  }

  override async *readStream(stream: string, options: ReadStreamOptions = {}): AsyncIterable<RecordedEvent> {
    const backwards = options.direction === 'backwards';
    const { from, limit } = options;
    if (!isUsableName(stream) || (limit !== undefined && limit <= 0)) return;
    if (from !== undefined && (backwards ? from < 0n : from > LARGEST_REVISION)) return;
    const fromRevision =
      from === undefined || (backwards && from > LARGEST_REVISION) ? (backwards ? END : 'start') : from < 0n ? 'start' : from;
    const read = this.#client.readStream(stream, {
      direction: backwards ? BACKWARDS : FORWARDS,
      fromRevision,
      requiresLeader: true, // an append must be seen by whoever reads after its acknowledgement
      ...(limit === undefined ? {} : { maxCount: limit }),
    });
    for await (const { event } of this.#answers(read)) {
      if (event && !isSystem(event)) yield recordedEvent(event);
    }
  }

  override async *readAll(options: ReadAllOptions = {}): AsyncIterable<RecordedEvent> {
    const backwards = options.direction === 'backwards';
    const { after, limit, filter } = options;
    if (limit !== undefined && limit <= 0) return;
    if (letsNothingPass(filter)) return;
    if (backwards && after !== undefined && after <= 0n) return;
    const fromStart = !backwards && (after === undefined || after <= 0n);
    const read = this.#client.readAll({
      direction: backwards ? BACKWARDS : FORWARDS,
      fromPosition: fromStart ? 'start' : after === undefined ? END : { commit: after, prepare: after },
      filter: serverFilter(filter),
      requiresLeader: true,
      // one more, because the server begins with the event at the position when it reads forwards
      ...(limit === undefined ? {} : { maxCount: limit + 1 }),
    });
    let left = limit ?? Number.POSITIVE_INFINITY;
    for await (const { event } of this.#answers(read)) {
      if (!event || isSystem(event)) continue;
      const recorded = recordedEvent(event);
      if (after !== undefined && (backwards ? recorded.position >= after : recorded.position <= after)) continue;
      yield recorded;
      if (--left === 0) return;
    }
  }

  override async *subscribeToText(options: SubscribeOptions): AsyncIterable<readonly RecordedText[]> {
    for await (const batch of this.subscribe(options))
      yield batch.map(({ data, ...event }) => ({
        ...event,
        text: { data: canonicalJson(data), metadata: canonicalJson(event.metadata) },
      }));
  }

  override async *subscribe(options: SubscribeOptions): AsyncIterable<readonly RecordedEvent[]> {
    const { filter } = options;
    const batchSize = Math.max(1, options.batchSize ?? DEFAULT_BATCH);
    const stop = anyOf([this.#closing.signal, ...(options.signal ? [options.signal] : [])]);
    try {
      // Only ever the position of an event that was given out. The server also reports checkpoints of its own, which may lie
      // past the last event, where a later event can still be written (kurrent-io/KurrentDB#4970).
      let cursor = options.after;
      let retryMs = SHORTEST_RETRY_MS;
      if (letsNothingPass(filter)) await aborted(stop.signal);
      while (!stop.signal.aborted) {
        try {
          for await (const batch of this.#follow(cursor, filter, batchSize, stop.signal)) {
            retryMs = SHORTEST_RETRY_MS;
            const last = batch.at(-1);
            if (!last) continue;
            cursor = last.position;
            yield batch;
            if (stop.signal.aborted) return;
          }
        } catch (error) {
          if (!(asPortError(error) instanceof StoreUnavailable)) throw error;
        }
        // The connection ended: a node stopped, another was elected, or the server ended a call. Go on where it broke off.
        await sleep(retryMs, stop.signal);
        retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS);
      }
    } finally {
      stop.release();
    }
  }

  override async head(): Promise<bigint> {
    for await (const { position } of this.readAll({ direction: 'backwards', limit: 1 })) return position;
    return 0n;
  }

  override async ping(): Promise<void> {
    this.#refuseWhenClosed();
    await this.head(); // from the leader, which is the one that takes appends
  }

  override async close(): Promise<void> {
    if (this.#closing.signal.aborted) return;
    this.#closing.abort();
    await Promise.allSettled(this.#pending);
    await this.#client.dispose();
  }

  async #append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[], bytes: number): Promise<Receipt> {
    const proposed = events.map(({ id, type, data, metadata }) =>
      jsonEvent({ id: id.toLowerCase(), type, data: { ...data }, metadata }),
    );
    for (let attempt = 1; ; attempt++) {
      try {
        // `streamState`: the older name `expectedRevision` is silently ignored, and nothing would be checked.
        const { nextExpectedRevision: revision, position } = await withDeadline(
          this.#client.appendToStream(stream, proposed, {
            streamState: streamState(expected),
            requiresLeader: true,
            deadline: DEADLINE_MS,
          }),
        );
        return { stream, revision, position: position?.commit ?? (await this.#positionOf(stream, revision)) };
      } catch (error) {
        if (error instanceof WrongExpectedVersionError) {
          const actual = error.actualState;
          throw new WrongExpectedRevision(stream, expected, typeof actual === 'bigint' ? actual : 'none');
        }
        if (error instanceof MaxAppendSizeExceededError) throw new AppendTooLarge(stream, bytes, error.maxAppendSize);
        // After an election the client knows the new leader and connects to it next time. The ids make the repetition harmless.
        if (error instanceof NotLeaderError && attempt < LEADER_ATTEMPTS)
          await sleep(SHORTEST_RETRY_MS * attempt, this.#closing.signal);
        else throw asPortError(error);
      }
    }
  }

  /** What an empty append answers: KurrentDB is not asked to write, because an empty write would revive a deleted stream. */
  async #endOf(stream: string, expected: ExpectedRevision): Promise<Receipt> {
    let end: Receipt = { stream, revision: -1n, position: 0n };
    for await (const { revision, position } of this.readStream(stream, { direction: 'backwards', limit: 1 })) {
      end = { stream, revision, position };
    }
    const actual = end.revision < 0n ? 'none' : end.revision;
    if (expected !== 'any' && expected !== actual) throw new WrongExpectedRevision(stream, expected, actual);
    return end;
  }

  async #positionOf(stream: string, revision: bigint): Promise<bigint> {
    for await (const { position } of this.readStream(stream, { from: revision, limit: 1 })) return position;
    throw new StoreUnavailable(`${stream}: revision ${revision} was acknowledged and cannot be read`);
  }

  /** One connection's worth of a subscription; ends, or throws, when the connection does. */
  async *#follow(
    after: bigint,
    filter: EventFilter | undefined,
    batchSize: number,
    signal: AbortSignal,
  ): AsyncGenerator<readonly RecordedEvent[]> {
    const subscription = this.#client.subscribeToAll(
      {
        fromPosition: after <= 0n ? 'start' : { commit: after, prepare: after },
        filter: serverFilter(filter),
        requiresLeader: false,
      },
      { highWaterMark: batchSize },
    );
    let failure: unknown;
    let over = false;
    subscription.on('error', (error) => {
      failure = error;
      over = true;
    });
    subscription.on('end', () => (over = true));
    subscription.on('close', () => (over = true));
    try {
      for (let cursor = after; !signal.aborted;) {
        const batch: RecordedEvent[] = [];
        while (batch.length < batchSize) {
          const resolved = subscription.read() as AllStreamResolvedEvent | null; // an untyped stream of these by its documentation
          if (resolved === null) break;
          if (!resolved.event || isSystem(resolved.event)) continue;
          const recorded = recordedEvent(resolved.event);
          if (recorded.position <= cursor) continue;
          cursor = recorded.position;
          batch.push(recorded);
        }
        if (batch.length > 0) yield batch;
        else if (over) {
          if (failure !== undefined) throw failure;
          return;
        } else await nextEventOf(subscription, signal);
      }
    } finally {
      await subscription.unsubscribe().catch(() => undefined); // it may never have been connected
    }
  }

  /** The answers of one read, each within the deadline: the client's own reads would wait for ever on a silent connection. */
  async *#answers<T>(read: AsyncIterableIterator<T>): AsyncGenerator<T> {
    try {
      for (;;) {
        const { done, value } = await withDeadline(read.next());
        if (done) return;
        yield value;
      }
    } catch (error) {
      if (error instanceof StreamNotFoundError || error instanceof StreamDeletedError) return;
      throw asPortError(error);
    } finally {
      // not awaited: a read that hangs would hang here as well
      void read.return?.().catch(() => undefined);
    }
  }

  #refuseWhenClosed(): void {
    if (this.#closing.signal.aborted) throw new StoreUnavailable('the event store is closed');
  }
}

function streamState(expected: ExpectedRevision): AppendStreamState {
  if (expected === 'none') return 'no_stream';
  if (expected === 'any') return 'any';
  // no stream is ever there, so what cannot be a revision is refused like any other that is wrong
  return expected < 0n || expected > LARGEST_REVISION ? LARGEST_REVISION : expected;
}

const letsNothingPass = (filter: EventFilter | undefined): boolean =>
  filter !== undefined && prefixesOf(filter).prefixes.length === 0;

function serverFilter(filter: EventFilter | undefined): Filter {
  if (!filter) return excludeSystemEvents();
  const { field, prefixes } = prefixesOf(filter);
  return field === 'stream' ? streamNameFilter({ prefixes: [...prefixes] }) : eventTypeFilter({ prefixes: [...prefixes] });
}

/** Links, metadata, projections and statistics that KurrentDB keeps in the same log. */
const isSystem = ({ streamId, type }: KurrentEvent): boolean => streamId.startsWith('$') || type.startsWith('$');

function recordedEvent(event: KurrentEvent): RecordedEvent {
  if (!event.isJson || event.position === undefined)
    throw new Error(`${event.streamId}@${event.revision} is not an event of ours`);
  return {
    id: event.id,
    type: event.type,
    // what `encodeAppend` let through; the client has parsed it
    data: event.data as JsonObject,
    metadata: (event.metadata ?? {}) as Metadata,
    stream: event.streamId,
    revision: event.revision,
    position: event.position.commit,
    // The client's reads drop the fraction of the second and its subscriptions do not: an event must look the same either way.
    recordedAt: new Date(Math.floor(event.created.getTime() / 1_000) * 1_000).toISOString(),
  };
}

function asPortError(error: unknown): unknown {
  // Waiting does not help: the caller asked from a place where no event is.
  if (isNativeError(error) && /invalid position/i.test(error.message)) return error;
  const unavailable =
    error instanceof UnavailableError ||
    error instanceof DeadlineExceededError ||
    error instanceof TimeoutError ||
    error instanceof CancelledError ||
    error instanceof NotLeaderError ||
    error instanceof AccessDeniedError ||
    // what the client cannot name is a server that is not ready or too busy
    error instanceof UnknownError ||
    (isNativeError(error) && /Failed to discover|no connection|not leader/i.test(error.message));
  return unavailable && isNativeError(error) ? new StoreUnavailable(error.message || error.name, { cause: error }) : error;
}

async function withDeadline<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new StoreUnavailable(`KurrentDB did not answer within ${DEADLINE_MS} ms`)), DEADLINE_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Waits until the subscription has something to read, has ended or failed, or `signal` aborts. */
async function nextEventOf(subscription: EventEmitter, signal: AbortSignal): Promise<void> {
  const done = new AbortController();
  const stop = anyOf([signal, done.signal]);
  const waits = ['readable', 'end', 'close'].map((name) => once(subscription, name, { signal: stop.signal }));
  try {
    await Promise.race(waits);
  } catch {
    // aborted, or failed: the listeners on the subscription know which
  } finally {
    done.abort();
    stop.release();
    await Promise.allSettled(waits);
  }
}

/** Like AbortSignal.any, which on Node 20 keeps every signal it ever made for as long as a source lives. */
function anyOf(sources: readonly AbortSignal[]): { readonly signal: AbortSignal; release(): void } {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  for (const source of sources) {
    if (source.aborted) abort();
    source.addEventListener('abort', abort);
  }
  return {
    signal: controller.signal,
    release: () => {
      for (const source of sources) source.removeEventListener('abort', abort);
    },
  };
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
    if (signal.aborted) done();
  });
}

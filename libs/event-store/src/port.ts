/**
 * The event store as the rest of the system sees it: append, read one stream, read everything, follow.
 * Two adapters (`embedded/` on PostgreSQL, `kurrent/` on KurrentDB) pass the one contract suite in `contract.ts`.
 */

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** Flat string to string, because KurrentDB's multi-stream append accepts nothing else. Keys starting with `$` are reserved. */
export type Metadata = Readonly<Record<string, string>>;

export interface NewEvent {
  /**
   * UUID. Sending the same append again (same stream, ids in the same order, same `expected`) is a retry: it gives the first receipt
   * and writes nothing. An append of which only a part is recorded, or recorded elsewhere in the stream, is refused. Never send known
   * ids with a later `expected`: who read that far can see them, and KurrentDB does not look for them there.
   */
  readonly id: string;
  /** Registered kebab-case name, e.g. `consultation-submitted`. */
  readonly type: string;
  readonly data: JsonObject;
  readonly metadata: Metadata;
}

export interface RecordedEvent extends NewEvent {
  readonly stream: string;
  /** Place in its stream, counted from 0. */
  readonly revision: bigint;
  /** Place in the whole log: strictly increasing, above 0; dense on PostgreSQL, sparse on KurrentDB. */
  readonly position: bigint;
  /** When the store recorded it: UTC, RFC 3339. Never falls along the log; on PostgreSQL it strictly rises, on KurrentDB it is a whole second. */
  readonly recordedAt: string;
}

/** A recorded event as it is stored, for whoever hashes its content and reads nothing in it. */
export interface RecordedText extends Omit<RecordedEvent, 'data'> {
  /** JSON, in whatever form it was written. */
  readonly text: { readonly data: string; readonly metadata: string };
}

/** `none`: the stream must not exist. A bigint: its last event must have this revision. `any`: no check. */
export type ExpectedRevision = 'none' | 'any' | bigint;

/** Where the *last* event of an append landed. An empty append gives the stream's present end (`revision` -1n and `position` 0n when it has none). */
export interface Receipt {
  readonly stream: string;
  readonly revision: bigint;
  readonly position: bigint;
}

/** Evaluated by the server. Prefixes are alternatives: an event passes when one of them fits. */
export type EventFilter = { readonly streamPrefixes: readonly string[] } | { readonly typePrefixes: readonly string[] };

export interface ReadStreamOptions {
  /** First revision to read (inclusive). Forwards from 0, backwards from the end, unless given. */
  readonly from?: bigint;
  readonly limit?: number;
  readonly direction?: 'forwards' | 'backwards';
}

export interface ReadAllOptions {
  /**
   * Exclusive. Forwards: events after this position (0n: from the start). Backwards: events before it (absent: from the end). The position of an
   * event, of whatever stream, and nothing computed from one: KurrentDB refuses to read from where no record begins.
   */
  readonly after?: bigint;
  readonly limit?: number;
  readonly direction?: 'forwards' | 'backwards';
  readonly filter?: EventFilter;
}

export interface SubscribeOptions {
  /** Exclusive. Checkpoints are positions of events that were handled, never of anything else. */
  readonly after: bigint;
  readonly filter?: EventFilter;
  /** Ends the iteration quietly, also while it waits. */
  readonly signal?: AbortSignal;
  /** Most events in one batch. Default 500. */
  readonly batchSize?: number;
}

export abstract class EventStore {
  /**
   * Appends all events or none. Durable when it returns.
   * @throws WrongExpectedRevision when the stream is not where `expected` says
   * @throws AppendTooLarge above `MAX_APPEND_BYTES`
   * @throws InvalidAppend for a reserved or empty stream name, a bad id or type, metadata that is not flat strings
   */
  abstract append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<Receipt>;

  /** Events of one stream in order; nothing at all when it does not exist. System events are hidden. */
  abstract readStream(stream: string, options?: ReadStreamOptions): AsyncIterable<RecordedEvent>;

  /** Events of all streams in the order of their positions. System events are hidden. */
  abstract readAll(options?: ReadAllOptions): AsyncIterable<RecordedEvent>;

  /**
   * Catches up, then follows live, in non-empty batches; no event is lost or repeated across the switch. Waits while the store is
   * away and goes on afterwards; ends quietly when the signal aborts or the store is closed.
   */
  abstract subscribe(options: SubscribeOptions): AsyncIterable<readonly RecordedEvent[]>;

  /** As `subscribe`. */
  abstract subscribeToText(options: SubscribeOptions): AsyncIterable<readonly RecordedText[]>;

  /** Position of the newest event, 0n when there is none. */
  abstract head(): Promise<bigint>;

  /** Rejects when the store cannot take an append now; for readiness probes. */
  abstract ping(): Promise<void>;

  abstract close(): Promise<void>;
}

/** Sum of data and metadata bytes of one append; KurrentDB's default limit is 1 MiB with framing. */
export const MAX_APPEND_BYTES = 1_000_000;

export class WrongExpectedRevision extends Error {
  override readonly name = 'WrongExpectedRevision';
  constructor(
    readonly stream: string,
    readonly expected: ExpectedRevision,
    /** Revision of the stream's last event, or `none`. */
    readonly actual: 'none' | bigint,
  ) {
    super(`${stream}: expected revision ${expected}, is ${actual}`);
  }
}

export class AppendTooLarge extends Error {
  override readonly name = 'AppendTooLarge';
  constructor(
    readonly stream: string,
    readonly bytes: number,
    readonly limit: number = MAX_APPEND_BYTES,
  ) {
    super(`${stream}: an append of ${bytes} bytes is above the limit of ${limit}`);
  }
}

export class InvalidAppend extends Error {
  override readonly name = 'InvalidAppend';
}

/** The store cannot be reached or cannot write now (server down, disk full). The caller may try again with the same event ids. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}

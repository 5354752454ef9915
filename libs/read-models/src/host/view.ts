import { readRecorded, type DomainEvent } from '@sajeon/domain';
import type { RecordedEvent } from '@sajeon/event-store';

/** An event as projections read it: in today's shape, with the facts about its recording. */
export type Stored<Event extends DomainEvent> = Event extends DomainEvent
  ? Event & Omit<RecordedEvent, 'type' | 'data'> & { readonly id: string }
  : never;

/** In today's shape. @throws WrittenByNewerVersion for an event that this version of the program does not know */
export function stored(recorded: RecordedEvent): Stored<DomainEvent> {
  return { ...recorded, ...readRecorded(recorded) };
}

/** The rows one event may read and write. Nothing reaches the database before the whole event is applied. */
export interface Rows<Row> {
  /** Only keys that `keysOf` named for this event, or that it has put itself. */
  get(key: string): Row | undefined;
  /** Inserts or replaces; the key is the row's primary column. */
  put(row: Row): void;
  delete(key: string): void;
}

/**
 * How one table follows the log. Pure: no clock, no look-up but `rows`, nothing that is not in the event. So that
 * applying an event again to the rows it has left gives the same rows, and a rebuild gives what following gave.
 */
export interface View<Row extends object = object, Event extends DomainEvent = DomainEvent, Known = unknown> {
  /** Kebab-case; names the checkpoint, the lease and what `sajeon rebuild` takes. */
  readonly name: string;
  /** Raise it when the same events give other rows: workers then rebuild the table beside the one in use. */
  readonly version: number;
  /** The TypeORM entity: one text primary column. */
  readonly row: new () => Row;
  /** Prefixes of the streams it reads. All others only move its checkpoint, whatever is in them. */
  readonly streams: readonly string[];
  /** Rows that `apply` will ask for. */
  keysOf(event: Stored<Event>): readonly string[];
  /** `known`: what `memory` has come to before this event; the host always gives it to a view that has one. */
  apply(event: Stored<Event>, rows: Rows<Row>, known?: Known): void;
  readonly memory?: Memory<Row, Known>;
  /** Keeps every version of its rows, so that its list can be asked as of any position. Costs a second table. */
  readonly past?: true;
}

/**
 * What all rows of a view depend on besides their own streams: few streams with few events, such as the rules and the calendar. Kept with the
 * checkpoint, moved in the same transaction as the rows.
 */
export interface Memory<Row extends object, Known> {
  /** Whole names. */
  readonly streams: readonly string[];
  readonly initial: Known;
  /** Pure; for an event delivered again it gives `known` itself. */
  evolve(known: Known, event: Stored<DomainEvent>): Known;
  /** SQL condition of the rows that an event of these streams can change. */
  readonly touched: string;
  /** Such a row once the event is known. */
  again(row: Row, known: Known, event: Stored<DomainEvent>): Row;
}

/** What follows the first dash of a stream's name: `consultation-2026-1` → `2026-1`. */
export function subjectOf(stream: string): string {
  return stream.slice(stream.indexOf('-') + 1);
}

/** Whether the row already has this event of its stream: delivered again, it changes nothing. */
export function has(row: { readonly revision: string } | undefined, event: { readonly revision: bigint }): boolean {
  return row !== undefined && BigInt(row.revision) >= event.revision;
}

/** A row that an earlier event of the stream must have made. Its absence means the log or this projection is wrong: the view stops here. */
export function existing<Row>(rows: Rows<Row>, key: string): Row {
  const row = rows.get(key);
  if (row === undefined) throw new Error(`no row ${key}: the event that creates it has not been applied`);
  return row;
}

/** Of any rows and events: the host hands a view only rows of its own table and events of its own streams. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- rows and events are contravariant here; the host keeps them apart
export type AnyView = View<any, any, any>;

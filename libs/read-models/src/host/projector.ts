import type { DomainEvent } from '@sajeon/domain';
import type { RecordedEvent } from '@sajeon/event-store';
import { QueryFailedError, type DataSource, type EntityManager } from 'typeorm';
import type { Slot } from './checkpoint.js';
import { PastTable, type RowVersion } from './past.js';
import { storable, ViewTable, type AnyRow } from './table.js';
import { stored, type AnyView, type Rows, type Stored } from './view.js';

/** An event that cannot be read or applied. The view has everything before it. */
export class Poison extends Error {
  override readonly name = 'Poison';
  constructor(
    readonly view: string,
    readonly event: RecordedEvent,
    override readonly cause: unknown,
  ) {
    super(`${view} cannot apply ${event.type} at ${event.position}: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

/** The checkpoint is no longer where this projector left it: another worker, or a rebuild, has taken over. */
export class Superseded extends Error {
  override readonly name = 'Superseded';
}

/** Schema in which a table is rebuilt beside the one in use. */
export const REBUILD_SCHEMA = 'view_rebuild';

/** Moves one view's rows and checkpoint along the log, both in one transaction, and only from where it left them. */
export class Projector {
  private constructor(
    private readonly database: DataSource,
    private readonly view: AnyView,
    private readonly slot: Slot,
    private readonly table: ViewTable,
    private readonly past: PastTable | undefined,
    private at: bigint,
  ) {
    this.over = at;
  }

  /** Events up to here do not concern the view beyond its position: nothing of them has been written yet. */
  private over: bigint;
  /** What the view's memory has come to; undefined until it is first needed. */
  private known: unknown;

  /** At the checkpoint, which must exist with this version of the view. */
  static at(database: DataSource, view: AnyView, slot: Slot, position: bigint): Projector {
    const schema = slot === 'rebuild' ? REBUILD_SCHEMA : undefined;
    const past = view.past === true ? new PastTable(database, view, schema) : undefined;
    return new Projector(database, view, slot, new ViewTable(database, view, schema), past, position);
  }

  /** Position of the last event in the rows. */
  get position(): bigint {
    return this.at;
  }

  /** Whether any of these events can change a row. */
  concernedBy(events: readonly RecordedEvent[]): boolean {
    const { streams, memory } = this.view;
    return events.some(
      ({ stream }) => streams.some((prefix) => stream.startsWith(prefix)) || memory?.streams.includes(stream) === true,
    );
  }

  /** Position that has been reached without writing it, because nothing since the checkpoint concerns the view. */
  get passed(): bigint {
    return this.over;
  }

  /** Notes that these events, which do not concern the view, need not be looked at again. The next `advance` writes it. */
  passOver(events: readonly RecordedEvent[]): void {
    this.over = events.at(-1)?.position ?? this.over;
  }

  /**
   * Applies events that follow the position, all or as far as they can be applied. `through` is the position that is reached with
   * them, when events that do not concern the view have been left out.
   * @throws Poison with everything before the event applied
   * @throws Superseded with nothing applied
   */
  async advance(
    events: readonly RecordedEvent[],
    { within, through }: { readonly within?: EntityManager; readonly through?: bigint } = {},
  ): Promise<void> {
    const { memory } = this.view;
    const at = memory === undefined || events.length < 2 ? -1 : events.findIndex(({ stream }) => memory.streams.includes(stream));
    if (at >= 0) {
      // By itself, when all rows before it are in the table: it may change any of them.
      const inside = within === undefined ? {} : { within };
      if (at > 0) await this.advance(events.slice(0, at), inside);
      await this.advance(events.slice(at, at + 1), inside);
      const rest = events.slice(at + 1);
      if (rest.length > 0 || through !== undefined)
        await this.advance(rest, through === undefined ? inside : { ...inside, through });
      return;
    }
    const work = await this.work(events, within, through);
    if (work.upTo !== undefined) {
      try {
        await this.commit(work, work.upTo, within);
      } catch (error) {
        // The database refuses a value. By halves, so that it is one event that is named and all before it are applied.
        if (within !== undefined || !isRefusedValue(error)) throw error;
        const [only] = events;
        if (only !== undefined && events.length === 1) throw new Poison(this.view.name, only, error);
        const half = Math.ceil(events.length / 2);
        await this.advance(events.slice(0, half));
        await this.advance(events.slice(half), through === undefined ? {} : { through });
        return;
      }
    }
    if (work.poison !== undefined) throw work.poison;
  }

  private async work(
    events: readonly RecordedEvent[],
    within: EntityManager | undefined,
    through: bigint | undefined,
  ): Promise<Work> {
    const { view } = this;
    let poison: Poison | undefined;
    const readable: { readonly recorded: RecordedEvent; readonly event: Stored<DomainEvent> }[] = [];
    for (const recorded of events) {
      if (!this.concernedBy([recorded])) continue;
      try {
        readable.push({ recorded, event: stored(recorded) });
      } catch (error) {
        poison = new Poison(view.name, recorded, error);
        break;
      }
    }
    const { memory } = view;
    const known: unknown = memory === undefined ? undefined : await this.remembered(memory.initial, within);
    const remembers = ({ stream }: RecordedEvent) => memory?.streams.includes(stream) === true;
    const wanted = new Set(readable.flatMap(({ recorded, event }) => (remembers(recorded) ? [] : view.keysOf(event))));
    // Outside the transaction on purpose: while the checkpoint is ours, nobody else changes these rows.
    const rows = new BatchRows(this.table, wanted, await this.table.load([...wanted], within));
    let learnt = known;
    for (const { recorded, event } of readable) {
      try {
        if (memory !== undefined && remembers(recorded)) {
          const before = learnt;
          learnt = memory.evolve(before, event);
          // What it knows already it has told its rows in the same transaction.
          if (learnt === before) continue;
          for (const row of (await this.table.loadWhere(memory.touched, within)).values())
            rows.put(memory.again(row, learnt, event));
        } else view.apply(event, rows, learnt);
        rows.keep(event.position);
      } catch (error) {
        poison = new Poison(view.name, recorded, error);
        break;
      }
    }
    const learning = learnt === known ? undefined : { known: learnt };
    if (poison === undefined) return { rows, learning, upTo: through ?? events.at(-1)?.position, poison };
    const { position: stop } = poison.event;
    return { rows, learning, upTo: events.findLast(({ position }) => position < stop)?.position, poison };
  }

  private async remembered(initial: unknown, manager: EntityManager = this.database.manager): Promise<unknown> {
    if (this.known !== undefined) return this.known;
    const [kept] = await manager.query<{ memory: unknown }[]>(
      `select memory from view_checkpoint where view = $1 and slot = $2 and version = $3`,
      [this.view.name, this.slot, this.view.version],
    );
    return (this.known = kept?.memory ?? initial);
  }

  private async commit({ rows, learning }: Work, upTo: bigint, within: EntityManager | undefined): Promise<void> {
    const write = async (manager: EntityManager) => {
      // First, so that a projector whose time is over waits for nothing and writes nothing. Losing the last commits in a power
      // cut does no harm, for rows and checkpoint go back together; waiting for the disk at each would make views ten times slower.
      const [moved] = await manager.query<[unknown[], number]>(
        `update view_checkpoint
            set position = $4, status = 'following', stalled_position = null, stalled_type = null, cause = null, attempts = 0,
                memory = coalesce($6::json, memory), updated_at = clock_timestamp()
          where view = $1 and slot = $2 and version = $3 and position = $5
      returning set_config('synchronous_commit', 'off', true)`,
        [
          ...[this.view.name, this.slot, this.view.version, upTo.toString(), this.at.toString()],
          learning === undefined ? null : storable(JSON.stringify(learning.known)),
        ],
      );
      if (moved.length !== 1)
        throw new Superseded(
          `${this.view.name}: the checkpoint is no longer at ${this.at}, a rebuild or another worker has moved it`,
        );
      await this.table.delete(rows.deleted(), manager);
      await this.table.put(rows.changed(), manager);
      await this.past?.write(rows.versions, manager);
    };
    await (within === undefined ? this.database.transaction(write) : write(within));
    this.at = upTo;
    this.over = upTo > this.over ? upTo : this.over;
    if (learning !== undefined) this.known = learning.known;
  }
}

interface Work {
  readonly rows: BatchRows;
  /** What the view's memory is from now on, when it has changed. */
  readonly learning: { readonly known: unknown } | undefined;
  /** Position of the last event that was applied or passed over; absent when not even the first could be. */
  readonly upTo: bigint | undefined;
  readonly poison: Poison | undefined;
}

/** The rows of a batch in memory. What an event does counts only when the whole event could be applied. */
class BatchRows implements Rows<AnyRow> {
  /** Null: deleted. */
  private readonly kept = new Map<string, AnyRow | null>();
  private readonly tried = new Map<string, AnyRow | null>();
  /** What each event made of each row, in order. */
  readonly versions: RowVersion[] = [];

  constructor(
    private readonly table: ViewTable,
    private readonly asked: ReadonlySet<string>,
    private readonly loaded: ReadonlyMap<string, AnyRow>,
  ) {}

  get(key: string): AnyRow | undefined {
    const changed = this.tried.has(key) ? this.tried.get(key) : this.kept.get(key);
    if (changed !== undefined) return changed ?? undefined;
    // Not loaded is not the same as not there.
    if (!this.asked.has(key)) throw new Error(`keysOf does not name ${key}`);
    return this.loaded.get(key);
  }

  put(row: AnyRow): void {
    this.tried.set(this.table.keyOf(row), row);
  }

  delete(key: string): void {
    this.tried.set(key, null);
  }

  keep(position: bigint): void {
    for (const [key, row] of this.tried) {
      this.kept.set(key, row);
      this.versions.push({ key, position, row });
    }
    this.tried.clear();
  }

  changed(): readonly AnyRow[] {
    return [...this.kept.values()].filter((row) => row !== null);
  }

  deleted(): readonly string[] {
    return [...this.kept].filter(([, row]) => row === null).map(([key]) => key);
  }
}

/** SQLSTATE classes that blame the data, not the server: wrong value, broken constraint, too large. */
function isRefusedValue(error: unknown): boolean {
  if (!(error instanceof QueryFailedError)) return false;
  const { code } = error.driverError as { code?: unknown };
  return typeof code === 'string' && /^(22|23|54)/.test(code);
}

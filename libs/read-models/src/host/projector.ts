import type { DomainEvent } from '@sajeon/domain';
import type { RecordedEvent } from '@sajeon/event-store';
import { QueryFailedError, type DataSource, type EntityManager } from 'typeorm';
import type { Slot } from './checkpoint.js';
import { PastTable, type RowVersion } from './past.js';
import { ViewTable, type AnyRow } from './table.js';
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
  ) {}

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
      if (!view.streams.some((prefix) => recorded.stream.startsWith(prefix))) continue;
      try {
        readable.push({ recorded, event: stored(recorded) });
      } catch (error) {
        poison = new Poison(view.name, recorded, error);
        break;
      }
    }
    const wanted = new Set(readable.flatMap(({ event }) => view.keysOf(event)));
    // Outside the transaction on purpose: while the checkpoint is ours, nobody else changes these rows.
    const rows = new BatchRows(this.table, wanted, await this.table.load([...wanted], within));
    for (const { recorded, event } of readable) {
      try {
        view.apply(event, rows);
        rows.keep(event.position);
      } catch (error) {
        poison = new Poison(view.name, recorded, error);
        break;
      }
    }
    if (poison === undefined) return { rows, upTo: through ?? events.at(-1)?.position, poison };
    const { position: stop } = poison.event;
    return { rows, upTo: events.findLast(({ position }) => position < stop)?.position, poison };
  }

  private async commit({ rows }: Work, upTo: bigint, within: EntityManager | undefined): Promise<void> {
    const write = async (manager: EntityManager) => {
      // First, so that a projector whose time is over waits for nothing and writes nothing. Losing the last commits in a power
      // cut does no harm, for rows and checkpoint go back together; waiting for the disk at each would make views ten times slower.
      const [moved] = await manager.query<[unknown[], number]>(
        `update view_checkpoint
            set position = $4, status = 'following', stalled_position = null, stalled_type = null, cause = null, attempts = 0,
                updated_at = clock_timestamp()
          where view = $1 and slot = $2 and version = $3 and position = $5
      returning set_config('synchronous_commit', 'off', true)`,
        [this.view.name, this.slot, this.view.version, upTo.toString(), this.at.toString()],
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
  }
}

interface Work {
  readonly rows: BatchRows;
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

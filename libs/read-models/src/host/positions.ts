import type { DataSource } from 'typeorm';
import type { Checkpoint } from './checkpoint.js';
import { Poison } from './projector.js';
import type { AnyView } from './view.js';

/** How often the database is asked about views that another process moves, while somebody waits. */
const POLL_MS = 30;

interface Waiting {
  readonly view: string;
  readonly position: bigint;
  readonly resolve: (position: bigint) => void;
}

/** Where every view is. Those moved in this process are known at once, the others by asking, once for all who wait. */
export class Positions {
  private readonly known = new Map<string, bigint>();
  private readonly waiting = new Set<Waiting>();
  /** Where views of this process are that have not written it yet. */
  private readonly unwritten = new Map<string, { readonly position: bigint; readonly write: () => void }>();
  private polling: NodeJS.Timeout | undefined;

  constructor(private readonly database: DataSource) {}

  async waitFor(view: string, position: bigint, timeoutMs: number): Promise<bigint> {
    const known = this.known.get(view) ?? 0n;
    if (known >= position) return known;
    const now = await this.of(view);
    this.announce(view, now);
    if (now >= position || timeoutMs <= 0) return now;
    return new Promise((resolve) => {
      const waiting: Waiting = {
        view,
        position,
        resolve: (reached) => {
          clearTimeout(late);
          this.waiting.delete(waiting);
          resolve(reached);
        },
      };
      const late = setTimeout(() => waiting.resolve(this.known.get(view) ?? now), timeoutMs);
      this.waiting.add(waiting);
      const unwritten = this.unwritten.get(view);
      if (unwritten !== undefined && unwritten.position >= position) unwritten.write();
      this.poll();
    });
  }

  /** Tells those who wait. A position once reached is never taken back, also not by a rebuild. */
  announce(view: string, position: bigint): void {
    if (position <= (this.known.get(view) ?? 0n)) return;
    this.known.set(view, position);
    for (const waiting of this.waiting) if (waiting.view === view && waiting.position <= position) waiting.resolve(position);
  }

  /** The view has passed over foreign events; `write` brings its checkpoint there, and is called at once when somebody waits for it. */
  passed(view: string, position: bigint, write: () => void): void {
    this.unwritten.set(view, { position, write });
    for (const waiting of this.waiting) {
      if (waiting.view !== view || waiting.position > position) continue;
      write();
      return;
    }
  }

  /** Gives those who wait what is known. */
  close(): void {
    for (const waiting of this.waiting) waiting.resolve(this.known.get(waiting.view) ?? 0n);
  }

  /** Of the live table. */
  async of(view: string): Promise<bigint> {
    const [row] = await this.database.query<{ position: string }[]>(
      `select position::text as position from view_checkpoint where view = $1 and slot = 'live'`,
      [view],
    );
    return BigInt(row?.position ?? 0);
  }

  /** Makes the checkpoint of a view that has none yet, and gives the version that its rows have. */
  async begin(view: AnyView): Promise<number> {
    const read = async () => {
      const [row] = await this.database.query<{ version: number }[]>(
        `select version from view_checkpoint where view = $1 and slot = 'live'`,
        [view.name],
      );
      return row?.version;
    };
    const present = await read();
    if (present !== undefined) return present;
    await this.database.query(
      `insert into view_checkpoint (view, slot, version, position, status, attempts, updated_at)
       values ($1, 'live', $2, 0, 'following', 0, clock_timestamp()) on conflict (view, slot) do nothing`,
      [view.name, view.version],
    );
    return (await read()) ?? view.version;
  }

  /** Leaves in the checkpoint what holds the view up, for health and for whoever looks. */
  async stall(view: AnyView, error: unknown): Promise<void> {
    const event = error instanceof Poison ? error.event : undefined;
    const cause = error instanceof Poison ? error.cause : error;
    await this.database.query(
      `update view_checkpoint
          set status = 'stalled', stalled_type = $3, cause = $4, stalled_position = $2::bigint, updated_at = clock_timestamp(),
              attempts = case when status = 'stalled' and stalled_position is not distinct from $2::bigint then attempts + 1 else 1 end
        where view = $1 and slot = 'live' and ($2::bigint is null or position < $2::bigint)`,
      [
        view.name,
        event?.position.toString() ?? null,
        event?.type ?? null,
        cause instanceof Error ? cause.message : String(cause),
      ],
    );
  }

  async checkpoints(): Promise<readonly (Checkpoint & { readonly holder: string | null })[]> {
    return this.database.query(
      `select c.view, slot, version, position::text as position, status, stalled_position::text as "stalledPosition",
              stalled_type as "stalledType", cause, attempts, updated_at as "updatedAt", l.holder
         from view_checkpoint c
         left join lease l on slot = 'live' and l.name = 'view:' || c.view and l.until >= clock_timestamp()`,
    );
  }

  private poll(): void {
    this.polling ??= setTimeout(async () => {
      try {
        const rows = await this.database.query<{ view: string; position: string }[]>(
          `select view, position::text as position from view_checkpoint where slot = 'live'`,
        );
        for (const row of rows) this.announce(row.view, BigInt(row.position));
      } catch {
        // Who waits gets its answer when the time is up; what is wrong with the database shows in the read that follows.
      } finally {
        this.polling = undefined;
        if (this.waiting.size > 0) this.poll();
      }
    }, POLL_MS);
  }
}

import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { EventStore, Lease, type RecordedEvent } from '@sajeon/event-store';
import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool, type PoolConfig } from 'pg';
import { DataSource } from 'typeorm';
import type { Progress } from './checkpoint.js';
import { Projector, Superseded } from './projector.js';
import { Positions } from './positions.js';
import { Rebuild, type RebuildProgress } from './rebuild.js';
import type { AnyView } from './view.js';

/** DI token of the `PoolConfig` of the views' database. */
export const VIEW_DATABASE = Symbol('database of the views');
/** DI token of the views a host runs. */
export const VIEWS = Symbol('views');

export interface HostTimes {
  /** How often a lease is renewed; it runs out after three seconds. */
  readonly renewMs: number;
  /** How often a worker without the lease looks whether it is free. */
  readonly standbyMs: number;
  /** Waits after the first, second, … failure of a view; the last repeats. */
  readonly retryMs: readonly number[];
}

const TIMES: HostTimes = { renewMs: 1_000, standbyMs: 1_000, retryMs: [250, 1_000, 5_000, 15_000, 60_000] };
const BATCH = 1_000;

/** How far a view is, and what holds it up. */
export interface ViewHealth {
  readonly view: string;
  /** `waiting`: no worker holds it. `stalled`: an event cannot be applied, or something else fails; it is tried again. */
  readonly status: Progress | 'waiting';
  readonly position: bigint;
  /** The log's head less the position. On KurrentDB positions are sparse, so this is not a number of events. */
  readonly lag: bigint;
  /** Version of the projection that made the rows, and the one this program has. They differ while a rebuild is due. */
  readonly version: number;
  readonly wantedVersion: number;
  /** Worker that holds it. */
  readonly holder: string | null;
  /** Why it stalled. `position` and `type` are null when it is not one event that is to blame. */
  readonly stalled: {
    readonly position: bigint | null;
    readonly type: string | null;
    readonly cause: string;
    readonly attempts: number;
  } | null;
  /** Position of the table that is being rebuilt beside it; null when none is. */
  readonly rebuilding: bigint | null;
}

/**
 * Keeps the views up with the log. Any number of processes may run one: each view has one worker at a time. Reading (`waitFor`,
 * `health`) and `rebuild` need no `start`.
 */
@Injectable()
export class ProjectionHost implements OnModuleDestroy {
  private readonly logger = new Logger(ProjectionHost.name);
  private readonly holder = randomUUID();
  private readonly positions: Positions;
  /** Its own connections: a lease must not wait for the work it protects. */
  private readonly leases: Pool;
  private stopping = new AbortController();
  private running: Promise<unknown> | undefined;
  private times: HostTimes = TIMES;

  constructor(
    private readonly store: EventStore,
    private readonly database: DataSource,
    @Inject(VIEW_DATABASE) config: PoolConfig,
    @Inject(VIEWS) private readonly views: readonly AnyView[],
  ) {
    this.positions = new Positions(database);
    this.leases = new Pool({ application_name: 'sajeon-view-leases', ...config, max: 2 });
    // Without a listener an idle connection that the server closes would end the process.
    this.leases.on('error', () => undefined);
  }

  /** Begins to follow the log with every view whose lease is free, now and later. The tables must exist: see `migrate`. */
  start(times: Partial<HostTimes> = {}): void {
    if (this.running) return;
    this.times = { ...TIMES, ...times };
    this.stopping = new AbortController();
    // Every view listens, and none for ever.
    setMaxListeners(0, this.stopping.signal);
    this.running = Promise.all(this.views.map((view) => this.keepFollowing(view, this.stopping.signal)));
  }

  /** Finishes the batches under way and gives the leases up. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
    this.running = undefined;
  }

  async onModuleDestroy(): Promise<void> {
    await this.stop();
    this.positions.close();
    await this.leases.end();
  }

  /**
   * Projects the view again from the first event, beside the table in use, and switches when it has caught up. Interrupted, it
   * goes on from where it was when it is called again.
   * @throws RebuildRunning when another process rebuilds this view
   * @throws Poison when an event cannot be applied: the table in use stays
   */
  async rebuild(
    view: string,
    options: { readonly onProgress?: (progress: RebuildProgress) => void; readonly signal?: AbortSignal } = {},
  ): Promise<RebuildProgress> {
    const signals = [options.signal, this.running && this.stopping.signal].filter((signal) => signal !== undefined);
    return this.rebuildView(this.named(view), AbortSignal.any(signals), options.onProgress);
  }

  /** The view's position once it has reached this one, or wherever it is when the time is up. */
  async waitFor(view: string, position: bigint, timeoutMs: number): Promise<bigint> {
    return this.positions.waitFor(this.named(view).name, position, timeoutMs);
  }

  /** Every view, as the database knows it: the same answer in every process. */
  async health(): Promise<readonly ViewHealth[]> {
    const head = await this.store.head();
    const rows = await this.positions.checkpoints();
    return this.views.map((view) => {
      const live = rows.find((row) => row.view === view.name && row.slot === 'live');
      const beside = rows.find((row) => row.view === view.name && row.slot === 'rebuild');
      const position = BigInt(live?.position ?? 0);
      return {
        view: view.name,
        status: live?.status === 'stalled' ? 'stalled' : live?.holder ? 'following' : 'waiting',
        position,
        lag: head > position ? head - position : 0n,
        version: live?.version ?? view.version,
        wantedVersion: view.version,
        holder: live?.holder ?? null,
        stalled:
          live?.status === 'stalled'
            ? {
                position: live.stalledPosition === null ? null : BigInt(live.stalledPosition),
                type: live.stalledType,
                cause: live.cause ?? '',
                attempts: live.attempts,
              }
            : null,
        rebuilding: beside === undefined ? null : BigInt(beside.position),
      };
    });
  }

  private named(name: string): AnyView {
    const view = this.views.find((candidate) => candidate.name === name);
    if (view === undefined)
      throw new UnknownView(
        name,
        this.views.map((candidate) => candidate.name),
      );
    return view;
  }

  private async keepFollowing(view: AnyView, signal: AbortSignal): Promise<void> {
    const lease = new Lease(this.leases, `view:${view.name}`, this.holder);
    let failures = 0;
    while (!signal.aborted) {
      try {
        const version = await this.positions.begin(view);
        if (version < view.version) {
          // Whoever still runs the older version goes on following with it until the switch.
          await this.rebuildView(view, signal);
        } else if (version > view.version || !(await lease.hold())) {
          await pause(this.times.standbyMs, signal);
        } else {
          await this.holding(lease, signal, (until) => this.follow(view, until, () => (failures = 0)));
        }
      } catch (error) {
        if (signal.aborted) break;
        if (error instanceof Superseded) {
          // Another worker has the lease, or a rebuild has switched the table, perhaps to a newer version, whose worker must not
          // wait for our lease to run out. The next round sees which.
          this.logger.log(error.message);
          await lease.release().catch(() => undefined);
          continue;
        }
        if (error instanceof RebuildRunning) {
          await pause(this.times.standbyMs, signal);
          continue;
        }
        const { retryMs } = this.times;
        const wait = retryMs[Math.min(failures++, retryMs.length - 1)] ?? 0;
        this.logger.error(`${error instanceof Error ? error.message : String(error)}; ${view.name} tries again in ${wait} ms`);
        await this.positions.stall(view, error).catch(() => undefined);
        await pause(wait, signal);
      }
    }
    await lease.release().catch(() => undefined);
  }

  private async follow(view: AnyView, until: AbortSignal, succeeded: () => void): Promise<void> {
    const { name } = view;
    const projector = Projector.at(this.database, view, 'live', await this.positions.of(name));
    this.positions.announce(name, projector.position);
    const following = new Following(projector, until, () => this.positions.announce(name, projector.position));
    const { after, signal } = { after: projector.position, signal: AbortSignal.any([until, following.failed]) };
    try {
      for await (const batch of this.store.subscribe({ after, signal, batchSize: BATCH })) {
        if (signal.aborted) break;
        if (projector.concernedBy(batch)) await following.advance(batch);
        else {
          following.passOver(batch);
          // Whoever has written something that another view shows may wait for this one all the same.
          this.positions.passed(name, projector.passed, () => following.settle());
        }
        succeeded();
      }
    } finally {
      this.positions.passed(name, 0n, () => undefined);
      await following.end();
    }
  }

  private async rebuildView(
    view: AnyView,
    signal: AbortSignal,
    onProgress?: (progress: RebuildProgress) => void,
  ): Promise<RebuildProgress> {
    const lease = new Lease(this.leases, `rebuild:${view.name}`, randomUUID());
    if (!(await lease.hold())) throw new RebuildRunning(`another process rebuilds ${view.name}`);
    try {
      return await this.holding(lease, signal, (until) =>
        new Rebuild(this.database, this.store, view).run(until, onProgress ?? (() => undefined)),
      );
    } finally {
      await lease.release().catch(() => undefined);
    }
  }

  /** Renews the lease while the work goes on; `until` tells the work that it no longer has it. */
  private async holding<Result>(
    lease: Lease,
    signal: AbortSignal,
    work: (until: AbortSignal) => Promise<Result>,
  ): Promise<Result> {
    const lost = new AbortController();
    const renewing = setInterval(() => {
      lease.hold().then(
        (held) => held || lost.abort(),
        () => lost.abort(),
      );
    }, this.times.renewMs);
    try {
      return await work(AbortSignal.any([signal, lost.signal]));
    } finally {
      clearInterval(renewing);
    }
  }
}

/** How long a position that only passes over foreign events may stay unwritten. Other processes see it no earlier. */
const SETTLE_MS = 200;

/**
 * A projector at work, one step at a time. Most batches do not concern a view, and a checkpoint for each of them costs a transaction that
 * changes no row: these positions are written together, soon, or at once when somebody waits. A crash before that loses nothing, for the next
 * worker looks at the same foreign events again.
 */
class Following {
  private step: Promise<void> = Promise.resolve();
  private soon: NodeJS.Timeout | undefined;
  private readonly failure = new AbortController();

  constructor(
    private readonly projector: Projector,
    private readonly until: AbortSignal,
    private readonly moved: () => void,
  ) {}

  /** Aborted when a position could not be written: there is nobody who waits for that to be told. */
  get failed(): AbortSignal {
    return this.failure.signal;
  }

  /** @throws Poison, Superseded */
  async advance(batch: readonly RecordedEvent[]): Promise<void> {
    clearTimeout(this.soon);
    this.soon = undefined;
    await this.next(() => this.projector.advance(batch));
  }

  passOver(batch: readonly RecordedEvent[]): void {
    this.projector.passOver(batch);
    this.soon ??= setTimeout(() => this.settle(), SETTLE_MS);
  }

  /** Writes the position passed, after what is under way. */
  settle(): void {
    clearTimeout(this.soon);
    this.soon = undefined;
    this.next(async () => {
      const { passed, position } = this.projector;
      if (passed > position && !this.until.aborted) await this.projector.advance([], { through: passed });
    }).catch((error: unknown) => this.failure.abort(error));
  }

  /** @throws what could not be written */
  async end(): Promise<void> {
    if (this.soon !== undefined) this.settle();
    await this.step;
    if (this.failure.signal.aborted) throw this.failure.signal.reason as Error;
  }

  private next(work: () => Promise<void>): Promise<void> {
    const done = this.step.then(work).finally(this.moved);
    this.step = done.catch(() => undefined);
    return done;
  }
}

/** There is no view of this name. */
export class UnknownView extends Error {
  override readonly name = 'UnknownView';
  constructor(
    readonly view: string,
    readonly known: readonly string[],
  ) {
    super(`there is no view ${view}; there are ${known.join(', ')}`);
  }
}

/** Another process rebuilds this view now. */
export class RebuildRunning extends Error {
  override readonly name = 'RebuildRunning';
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}

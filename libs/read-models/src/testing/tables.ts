import { EventStore, PostgresEventStore, type JsonObject, type NewEvent, type RecordedEvent } from '@sajeon/event-store';
import { freshDatabase, type FreshDatabase } from '@sajeon/event-store/testing';
import { schemaOf, type SajeonEvent } from '@sajeon/domain';
import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { migrate, readModelsDatabase } from '../host/database.js';
import { Positions } from '../host/positions.js';
import { ProjectionHost, type HostTimes } from '../host/projection-host.js';
import { Projector } from '../host/projector.js';
import type { AnyView } from '../host/view.js';
import { ViewReader } from '../reading.js';
import { views as allViews } from '../views.js';

/** Quick enough for tests, with the same lease as in production. */
export const QUICK: Partial<HostTimes> = { renewMs: 500, standbyMs: 100, retryMs: [50] };

/** A store and the tables of the views in a database of their own, and workers on them. */
export class Tables {
  private readonly hosts: ProjectionHost[] = [];

  private constructor(
    private readonly fresh: FreshDatabase,
    readonly store: EventStore,
    readonly database: DataSource,
  ) {}

  static async make(): Promise<Tables> {
    const fresh = await freshDatabase();
    await migrate(fresh.config);
    const store = await PostgresEventStore.open(fresh.config);
    const database = await new DataSource(readModelsDatabase(fresh.config)).initialize();
    return new Tables(fresh, store, database);
  }

  get config() {
    return this.fresh.config;
  }

  get reader(): ViewReader {
    return new ViewReader(this.database);
  }

  /** A process that runs these views; not started. */
  worker(views: readonly AnyView[] = allViews, store: EventStore = this.store): ProjectionHost {
    const host = new ProjectionHost(store, this.database, this.fresh.config, views);
    this.hosts.push(host);
    return host;
  }

  /** Appends to the end of a stream. */
  async happen(stream: string, ...events: readonly SajeonEvent[]): Promise<bigint> {
    return (await this.store.append(stream, 'any', events.map(recordable))).position;
  }

  /** Brings a view to the end of the log. */
  async project(view: AnyView): Promise<void> {
    await this.begin(view);
    const after = BigInt((await this.checkpoint(view))?.position ?? 0);
    const projector = Projector.at(this.database, view, 'live', after);
    await projector.advance((await this.log()).filter(({ position }) => position > after));
  }

  /** A view's rows as they are stored, hidden columns included. */
  async rows(view: AnyView, schema?: string): Promise<readonly unknown[]> {
    const meta = this.database.getMetadata(view.row);
    const table = schema === undefined ? meta.tableName : `${schema}.${meta.tableName}`;
    return this.database.query(`select * from ${table} order by ${meta.primaryColumns[0]?.databaseName}`);
  }

  /** Makes the view's checkpoint, as a host does before it follows. */
  async begin(view: AnyView): Promise<void> {
    await new Positions(this.database).begin(view);
  }

  async checkpoint(view: AnyView): Promise<{ position: string; status: string; cause: string | null } | undefined> {
    const [row] = await this.database.query<{ position: string; status: string; cause: string | null }[]>(
      `select position, status, cause from view_checkpoint where view = $1 and slot = 'live'`,
      [view.name],
    );
    return row;
  }

  /** Every event so far. */
  async log(): Promise<RecordedEvent[]> {
    const events: RecordedEvent[] = [];
    for await (const event of this.store.readAll()) events.push(event);
    return events;
  }

  async close(): Promise<void> {
    await Promise.all(this.hosts.map((host) => host.onModuleDestroy()));
    await this.database.destroy();
    await this.store.close();
    await this.fresh.drop();
  }
}

export function recordable({ type, data }: SajeonEvent): NewEvent {
  // Domain events are plain JSON.
  return { id: randomUUID(), type, data: data as unknown as JsonObject, metadata: { schema: String(schemaOf(type)) } };
}

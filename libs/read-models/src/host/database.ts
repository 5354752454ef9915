import { asNotMigrated, Lease } from '@sajeon/event-store';
import { Pool, type PoolConfig } from 'pg';
import { DataSource, DefaultNamingStrategy, type DataSourceOptions } from 'typeorm';
import { Checkpoint } from './checkpoint.js';
import { preparePast } from './past.js';
import { migrations } from '../migrations/migrations.js';
import { views } from '../views.js';

/** `dueOn` in the rows is `due_on` in the tables. */
class SnakeCaseColumns extends DefaultNamingStrategy {
  override columnName(property: string, given: string | undefined): string {
    return given ?? property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  }
}

/** TypeORM on the database of the views. */
export function readModelsDatabase(database: PoolConfig): DataSourceOptions {
  return {
    type: 'postgres',
    // pg's own configuration, as the event store takes it: it wins over whatever TypeORM would put together.
    extra: { ...database },
    entities: [Checkpoint, ...views.map((view) => view.row)],
    migrations: [...migrations],
    migrationsTableName: 'view_migration',
    namingStrategy: new SnakeCaseColumns(),
    // Ids are the domain's; without this TypeORM would create an extension that production may not have.
    installExtensions: false,
  };
}

const MIGRATION_LOCK = 5_471_920_031;

/** Brings the tables of the views up to date. Safe when several processes start at once: one works, the others wait. */
export async function migrate(database: PoolConfig): Promise<readonly string[]> {
  // One connection keeps the lock, another runs the migrations.
  // No limit of time: one waits for the other process, and a step on a large table takes what it takes.
  const source = await new DataSource(readModelsDatabase({ ...database, max: 2, statement_timeout: 0 })).initialize();
  try {
    const lock = source.createQueryRunner();
    try {
      await lock.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
      const leases = new Pool({ ...database, max: 1 });
      await Lease.prepare(leases).finally(() => leases.end());
      const done = await source.runMigrations({ transaction: 'each' });
      await preparePast(source, views);
      return done.map((migration) => migration.name);
    } catch (error) {
      throw asNotMigrated(error);
    } finally {
      await lock.query('select pg_advisory_unlock_all()').catch(() => undefined);
      await lock.release();
    }
  } finally {
    await source.destroy();
  }
}

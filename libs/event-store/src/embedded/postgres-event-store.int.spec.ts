import pg from 'pg';
import { describeEventStoreContract } from '../contract.js';
import { freshDatabase, type FreshDatabase } from '../testing.js';
import { PostgresEventStore } from './postgres-event-store.js';

describeEventStoreContract('PostgreSQL', async () => {
  const database = await freshDatabase();
  return {
    store: await PostgresEventStore.open(database.config),
    another: () => PostgresEventStore.open(database.config),
    plantRevision: async (stream, revision) => {
      await query(
        database,
        `with head as (update event_store.head set position = position + 1 returning position, recorded_at)
         insert into event_store.event select position, '${stream}', ${revision}, gen_random_uuid(), 'planted', '{}', '{}', recorded_at from head`,
      );
    },
    release: () => database.drop(),
  };
});

async function query(database: FreshDatabase, text: string): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client(database.config);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

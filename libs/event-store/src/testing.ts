import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { EventStore } from './port.js';
import type { KurrentStandIn } from './kurrent/stand-in/kurrent-stand-in.js';

export { freePort, TlsServer } from './testing/tls-server.js';

/** A database of its own for one test file. */
export interface FreshDatabase {
  readonly config: pg.PoolConfig;
  /** Removes it, together with connections that are still open. */
  drop(): Promise<void>;
}

/** Makes an empty database in the throw-away server of this jest run (test/support/global-setup.mjs), in some 30 ms. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const server = process.env['SAJEON_TEST_POSTGRES'];
  if (!server) throw new Error('freshDatabase() needs the server of the jest project "int": run this spec there (*.int.spec.ts)');
  const config = JSON.parse(server) as pg.PoolConfig; // written by global-setup.mjs from EmbeddedPostgres.config
  await execute(config, A_RUNTIME_ROLE);
  const name = `test_${randomBytes(8).toString('hex')}`;
  await execute(config, `create database ${name} template template0 strategy file_copy`);
  return { config: { ...config, database: name }, drop: () => dropped(config, name) };
}

/** A role of that server without any rights, for what production runs as. */
export const RUNTIME_ROLE = 'sajeon_runtime';
const A_RUNTIME_ROLE = `do $$ begin create role ${RUNTIME_ROLE} login; exception when duplicate_object or unique_violation then null; end $$`;

const FAREWELL_MS = 5_000;

/** A pool that has ended has only told the server so: forced out meanwhile, its clients would fail with nobody left to listen to them. */
async function dropped(config: pg.PoolConfig, name: string): Promise<void> {
  for (const patience = Date.now() + FAREWELL_MS; Date.now() < patience;) {
    const { rows } = await execute(config, `select 1 from pg_stat_activity where datname = '${name}' limit 1`);
    if (rows.length === 0) break;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await execute(config, `drop database ${name} with (force)`);
}

export type { KurrentStandIn };

/** The KurrentDB adapter on the stand-in. Loaded only here: the client costs half a second, which other specs need not pay. */
export async function openOnStandIn(): Promise<{ readonly standIn: KurrentStandIn; readonly store: EventStore }> {
  const [{ KurrentStandIn }, { KurrentEventStore }] = await Promise.all([
    import('./kurrent/stand-in/kurrent-stand-in.js'),
    import('./kurrent/kurrent-event-store.js'),
  ]);
  const standIn = await KurrentStandIn.start();
  return { standIn, store: await KurrentEventStore.open(standIn.url) };
}

async function execute(config: pg.PoolConfig, statement: string): Promise<pg.QueryResult> {
  const client = new pg.Client(config);
  await client.connect();
  try {
    return await client.query(statement);
  } finally {
    await client.end();
  }
}

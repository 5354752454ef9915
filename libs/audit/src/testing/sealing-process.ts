import { PostgresEventStore } from '@sajeon/event-store';
import pg from 'pg';
import { LogKey } from '../log-key.js';
import { Sealer } from '../sealer.js';

/** A sealer as a process of its own, for tests that kill it. Arguments: the database as JSON, the key file, the origin. */
const [, , database = '{}', keyFile = '', origin = ''] = process.argv;
const config = JSON.parse(database) as pg.PoolConfig; // written by the test that starts this
const store = await PostgresEventStore.open(config);
const pool = new pg.Pool(config);
pool.on('error', () => undefined);
new Sealer({ store, pool, key: LogKey.open(keyFile, origin), dense: true, checkpointMs: 5 }).start();
process.stdout.write('sealing\n');

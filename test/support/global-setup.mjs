import './typescript.mjs';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One PostgreSQL without durability for the whole run; `freshDatabase()` makes a database in it for each test file. */
export default async function setUp() {
  const { EmbeddedPostgres } = await import('../../libs/event-store/src/index.ts');
  const server = await EmbeddedPostgres.open({
    directory: mkdtempSync(join(tmpdir(), 'sajeon-test-')),
    durable: false,
    settings: { max_connections: 300 },
  });
  globalThis.sajeonTestServer = server;
  process.env.SAJEON_TEST_POSTGRES = JSON.stringify(server.config);
}

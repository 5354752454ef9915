import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { EmbeddedPostgres } from './embedded/embedded-postgres.js';
import { KurrentStandIn } from './kurrent/stand-in/kurrent-stand-in.js';
import { openStorage } from './storage.js';
import { freshDatabase, type FreshDatabase } from './testing.js';

describe('storage by environment', () => {
  const home = mkdtempSync(join(tmpdir(), 'sajeon-home-'));
  let database: FreshDatabase;
  let databaseUrl: string;

  beforeAll(async () => {
    database = await freshDatabase();
    databaseUrl = urlOf(database.config);
  });
  afterAll(async () => {
    await database.drop();
    await (await EmbeddedPostgres.open({ directory: join(home, 'postgres') })).destroy();
    rmSync(home, { recursive: true, force: true });
  });

  it('is embedded below SAJEON_HOME when nothing else is set', async () => {
    const storage = await openStorage({ SAJEON_HOME: home });
    expect(storage.mode).toBe('embedded');
    expect(storage.describe()).toBe(`events and views in embedded PostgreSQL in ${home}`);
    expect(await storage.events.append('s-1', 'none', [event])).toEqual({ stream: 's-1', revision: 0n, position: 1n });
    expect(await answerOf(storage.database)).toBe(1);
    await storage.close();
    const again = await openStorage({ SAJEON_HOME: home, DATABASE_URL: ' ', KURRENTDB_URL: '' });
    expect(again.mode).toBe('embedded');
    expect(await again.events.head()).toBe(1n);
    await again.close();
  });

  it('gives up a statement that takes longer than SAJEON_STATEMENT_TIMEOUT_SECONDS', async () => {
    const storage = await openStorage({ DATABASE_URL: databaseUrl, SAJEON_STATEMENT_TIMEOUT_SECONDS: '1' });
    const pool = new pg.Pool(storage.database);
    await expect(pool.query('select pg_sleep(30)')).rejects.toMatchObject({ code: '57014' });
    await pool.end();
    await storage.close();
    await expect(openStorage({ DATABASE_URL: databaseUrl, SAJEON_STATEMENT_TIMEOUT_SECONDS: 'long' })).rejects.toThrow(
      'SAJEON_STATEMENT_TIMEOUT_SECONDS',
    );
  });

  it('is the PostgreSQL of DATABASE_URL when that is set', async () => {
    const storage = await openStorage({ DATABASE_URL: databaseUrl });
    expect(storage.mode).toBe('postgres');
    expect(await storage.events.append('s-1', 'none', [event])).toEqual({ stream: 's-1', revision: 0n, position: 1n });
    expect(await answerOf(storage.database)).toBe(1);
    await storage.close();
  });

  it('keeps events in KurrentDB (STAND-IN) and views in PostgreSQL when KURRENTDB_URL is set too', async () => {
    const standIn = await KurrentStandIn.start();
    const storage = await openStorage({ DATABASE_URL: databaseUrl, KURRENTDB_URL: standIn.url });
    expect(storage.mode).toBe('kurrent');
    expect(storage.describe()).toMatch(/^events in KurrentDB kurrentdb:\/\/127.0.0.1:\d+, views in PostgreSQL /);
    const receipt = await storage.events.append('in-kurrent', 'none', [event]);
    expect(receipt.position).toBeGreaterThan(1n);
    expect(await answerOf(storage.database)).toBe(1);
    await storage.close();
    standIn.stop();
  });

  it('refuses a database whose LC_CTYPE is C, because Korean could not be searched, and says how to make another', async () => {
    const client = new pg.Client(database.config);
    await client.connect();
    await client.query(`create database plain_c template template0 encoding 'UTF8' lc_ctype 'C' lc_collate 'C'`);
    const opening = openStorage({ DATABASE_URL: urlOf({ ...database.config, database: 'plain_c' }) });
    await expect(opening).rejects.toMatchObject({ name: 'StorageUnusable', code: 'database-ctype' });
    await expect(opening).rejects.toThrow(/한글/);
    await client.query('drop database plain_c');
    await client.end();
  });

  it('refuses a database that is not UTF-8', async () => {
    const client = new pg.Client(database.config);
    await client.connect();
    await client.query(`create database latin template template0 encoding 'SQL_ASCII' lc_ctype 'C' lc_collate 'C'`);
    await expect(openStorage({ DATABASE_URL: urlOf({ ...database.config, database: 'latin' }) })).rejects.toMatchObject({
      code: 'database-encoding',
    });
    await client.query('drop database latin');
    await client.end();
  });

  it('says that a database is not reachable, without its password', async () => {
    const opening = openStorage({ DATABASE_URL: 'postgres://sajeon:secret@127.0.0.1:1/sajeon' });
    await expect(opening).rejects.toMatchObject({ code: 'database-not-reachable' });
    await expect(opening).rejects.not.toThrow(/secret/);
    await expect(opening).rejects.toThrow(/연결할 수 없습니다/);
  });
});

const event = { id: '6f1b1d5e-4f3c-4a51-9d0b-3a1f7f6f0c11', type: 'note-taken', data: {}, metadata: {} };

/** The test server listens on a socket only. */
function urlOf(config: pg.PoolConfig): string {
  return `postgres://${config.user}@/${config.database}?host=${encodeURIComponent(config.host ?? '')}`;
}

async function answerOf(config: pg.PoolConfig): Promise<unknown> {
  const pool = new pg.Pool(config);
  try {
    return (await pool.query<{ answer: number }>('select 1 as answer')).rows[0]?.answer;
  } finally {
    await pool.end();
  }
}

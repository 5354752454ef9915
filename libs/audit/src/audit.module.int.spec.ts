import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Global, Module, type ArgumentsHost, type INestApplication } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { EventStore, PostgresEventStore } from '@sajeon/event-store';
import { freshDatabase, type FreshDatabase } from '@sajeon/event-store/testing';
import { AuditLog, NotInLog } from './audit-log.js';
import { AuditModule, Sealing } from './audit.module.js';
import { UnclearLogRequest } from './log.controller.js';
import { parseCheckpoint, parseNote, parseVerifierKey, signersOf } from './note.js';
import { anyEvent } from './testing.js';
import { verifyConsistency, verifyInclusion } from './tree/proof.js';

let database: FreshDatabase;
let store: PostgresEventStore;
let app: INestApplication & NestFastifyApplication;
let directory: string;
const get = async (url: string) => {
  const { statusCode, payload, rawPayload, headers } = await app.inject({ method: 'GET', url });
  return { statusCode, payload, rawPayload, type: headers['content-type'] };
};
const hashes = (list: readonly string[]) => list.map((hash) => Buffer.from(hash, 'base64'));

beforeAll(async () => {
  database = await freshDatabase();
  store = await PostgresEventStore.open(database.config);
  directory = mkdtempSync(join(tmpdir(), 'sajeon-log-'));
  @Global()
  @Module({ providers: [{ provide: EventStore, useValue: store }], exports: [EventStore] })
  class StoreModule {}
  const keyFile = join(directory, 'key');
  const options = { database: database.config, dense: true, origin: 'log.example/http', keyFile, http: true };
  const module = await Test.createTestingModule({ imports: [StoreModule, AuditModule.forRoot(options)] }).compile();
  app = module.createNestApplication<INestApplication & NestFastifyApplication>(new FastifyAdapter());
  // As the service's own filter, which puts words to it.
  app.useGlobalFilters({
    catch: (error: unknown, host: ArgumentsHost) => {
      const status = error instanceof NotInLog ? 404 : error instanceof UnclearLogRequest ? 400 : 500;
      host.switchToHttp().getResponse<{ code: (status: number) => { send: () => void } }>().code(status).send();
    },
  });
  app.enableShutdownHooks();
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
});
afterAll(async () => {
  await app.close();
  await store.close();
  await database.drop();
  rmSync(directory, { recursive: true });
});

it('seals in the process that starts it, and shows checkpoints and proofs to anybody', async () => {
  expect((await get('/v1/log/checkpoint')).statusCode).toBe(404);
  const events = Array.from({ length: 300 }, (_, index) => anyEvent(`e${index}`));
  await store.append('system-1', 'none', events);
  app.get(Sealing).start();
  const sealed = async () => (await app.get(AuditLog).checkpoint().catch(() => undefined))?.size; // prettier-ignore
  // The first page of so many is sealed, and may be signed, on its own.
  while ((await sealed()) !== 300n) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(app.get(Sealing).health()).toEqual({ status: 'sealing', size: 300n, position: 300n });

  const { payload, type } = await get('/v1/log/checkpoint');
  expect(type).toBe('text/plain; charset=utf-8');
  const note = parseNote(payload);
  const { size, root } = parseCheckpoint(note.text);
  expect(size).toBe(300n);
  expect(signersOf(note, (await get('/v1/log/keys')).payload.trim().split('\n').map(parseVerifierKey))).toHaveLength(1);

  const inclusion = JSON.parse((await get('/v1/log/proof/inclusion?seq=7&size=200')).payload);
  const consistency = JSON.parse((await get('/v1/log/proof/consistency?from=200')).payload);
  expect(inclusion).toMatchObject({ seq: '7', size: '200' });
  expect(consistency).toMatchObject({ from: '200', to: '300' });
  const full = JSON.parse((await get('/v1/log/proof/inclusion?seq=7')).payload);
  expect(verifyInclusion(7n, 300n, Buffer.from(full.leafHash, 'base64'), hashes(full.proof), root)).toBe(true);
  expect(verifyConsistency(200n, 300n, hashes(consistency.proof), Buffer.alloc(32), root)).toBe(false);

  const tile = await get('/v1/log/tile/0/000');
  expect(tile.type).toBe('application/octet-stream');
  expect(tile.rawPayload).toHaveLength(256 * 32);
  expect(tile.rawPayload.subarray(7 * 32, 8 * 32).toString('base64')).toBe(full.leafHash);
  expect((await get('/v1/log/tile/0/001.p/44')).rawPayload).toHaveLength(44 * 32);
  expect((await get(`/v1/log/receipts/${events[9]?.id}`)).payload).toMatch(/^c2sp\.org\/tlog-proof@v1\nextra \S+\nindex 9\n/);
});

it.each([
  ['/v1/log/proof/inclusion?seq=300', 404],
  ['/v1/log/proof/inclusion?seq=-1', 400],
  ['/v1/log/proof/inclusion?seq=1&size=301', 404],
  ['/v1/log/proof/inclusion?seq=99999999999999999999', 400],
  ['/v1/log/proof/inclusion', 400],
  ['/v1/log/proof/consistency?from=301', 404],
  ['/v1/log/proof/consistency?from=x', 400],
  ['/v1/log/tile/0/001', 404],
  ['/v1/log/tile/0/001.p/45', 404],
  ['/v1/log/tile/9/000', 404],
  ['/v1/log/tile/0/x001/000', 404],
  ['/v1/log/receipts/00000000-0000-0000-0000-000000000000', 404],
  ['/v1/log/receipts/1', 400],
  ['/v1/log/closings/2026-01-01', 404],
  ['/v1/log/closings/2026-13-41', 400],
])('answers %s with %i', async (url, status) => {
  expect((await get(url)).statusCode).toBe(status);
});

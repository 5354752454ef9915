import {
  AuditLog,
  cosign,
  Cosigning,
  generateKey,
  LogKey,
  NotCosigned,
  parseNote,
  parseVerifierKey,
  prepareLog,
  readWitnesses,
  Sealer,
  signersOf,
} from '@sajeon/audit';
import { PostgresEventStore } from '@sajeon/event-store';
import { freshDatabase } from '@sajeon/event-store/testing';
import { randomUUID } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'pg';
import { witnessServer } from './server.js';
import { Witness } from './witness.js';

const ORIGIN = 'log.example/split';
const closing: (() => Promise<unknown>)[] = [];
let directory: string;
let server: Server;
let address: { readonly url: string; readonly key: string };

/** A log of one operator, on a database of its own. */
async function openLog(keyFile: string, origin = ORIGIN) {
  const database = await freshDatabase();
  const store = await PostgresEventStore.open(database.config);
  const pool = new Pool(database.config);
  pool.on('error', () => undefined);
  closing.unshift(
    () => store.close(),
    () => pool.end(),
    () => database.drop(),
  );
  await prepareLog(pool, origin);
  return {
    pool,
    log: new AuditLog(store, pool, origin),
    record: async (count: number) => {
      for (let made = 0; made < count; made++) {
        const data = { title: randomUUID() };
        await store.append('system-1', 'any', [{ id: randomUUID(), type: 'system-registered', data, metadata: {} }]);
      }
      const sealer = new Sealer({ store, pool, key: LogKey.open(keyFile, origin), dense: true });
      sealer.start();
      await sealer.covered(await store.head());
      await sealer.stop();
    },
  };
}

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'sajeon-witness-'));
  LogKey.open(join(directory, 'key'), ORIGIN);
  const logs = readFileSync(join(directory, 'key.pub'), 'utf8').trim().split('\n').map(parseVerifierKey);
  const key = generateKey('witness.example/suwon', 'witness');
  server = witnessServer(new Witness(key, logs, join(directory, 'seen')));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, key: key.verifier.text };
});
afterAll(async () => {
  for (const close of closing) await close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(directory, { recursive: true });
});

it('follows one log as it grows, and cosigns no second history of it, though the operator’s own key signed both', async () => {
  // The operator shows one history to the witness and another, signed with the same key, to somebody else.
  copyFileSync(join(directory, 'key'), join(directory, 'key-elsewhere'));
  const shown = await openLog(join(directory, 'key'));
  const hidden = await openLog(join(directory, 'key-elsewhere'));
  const witnessKey = parseVerifierKey(address.key);

  for (const count of [5, 1, 300]) {
    await shown.record(count);
    const { note } = await cosign(shown.log, address);
    expect(signersOf(parseNote(note), [witnessKey])).toHaveLength(1);
  }
  for (const count of [306, 100]) {
    await hidden.record(count);
    await expect(cosign(hidden.log, address)).rejects.toMatchObject({ name: 'NotCosigned', code: 'conflict' });
  }
  // And a history that is shorter than the one seen is another one, too.
  const restored = await openLog(join(directory, 'key-elsewhere-2'));
  copyFileSync(join(directory, 'key'), join(directory, 'key-elsewhere-2'));
  await restored.record(3);
  await expect(cosign(restored.log, address)).rejects.toMatchObject({ code: 'conflict' });
});

it('is asked by the log itself, and its line stays with the checkpoint', async () => {
  const name = 'log.example/asked';
  const keyFile = join(directory, 'key-asked');
  const { log, record, pool } = await openLog(keyFile, name);
  await record(3);
  const key = generateKey('witness.example/gyeonggi', 'witness');
  const own = witnessServer(
    new Witness(key, [parseVerifierKey(readFileSync(`${keyFile}.pub`, 'utf8').trim())], join(directory, 'seen-2')),
  );
  await new Promise<void>((resolve) => own.listen(0, '127.0.0.1', resolve));
  const file = join(directory, 'witnesses');
  writeFileSync(
    file,
    `# ours\nhttp://127.0.0.1:${(own.address() as AddressInfo).port}/ ${key.verifier.text}\nhttp://127.0.0.1:9 ${address.key}\n`,
  );
  const failures: string[] = [];
  const cosigning = new Cosigning(log, pool, readWitnesses(file), 20, ({ code }) => failures.push(code));
  cosigning.start();
  const cosigned = async () => signersOf(parseNote((await log.checkpoint()).note), [key.verifier]).length === 1;
  while (!(await cosigned())) await new Promise((resolve) => setTimeout(resolve, 10));
  await record(2);
  while (!(await cosigned())) await new Promise((resolve) => setTimeout(resolve, 10));
  await cosigning.stop();
  expect(cosigning.health()).toMatchObject([
    { size: 5n, failure: undefined },
    { size: undefined, failure: { code: 'unreachable' } },
  ]);
  expect(failures).toEqual(['unreachable']);
  expect(await log.verifyAll()).toMatchObject({ size: 5n, sound: true });
  own.closeAllConnections();
  await new Promise((resolve) => own.close(resolve));
});

it('says who cannot be reached', async () => {
  const { log, record } = await openLog(join(directory, 'key-alone'));
  copyFileSync(join(directory, 'key'), join(directory, 'key-alone'));
  await record(1);
  await expect(cosign(log, { ...address, url: 'http://127.0.0.1:9' })).rejects.toThrow(NotCosigned);
});

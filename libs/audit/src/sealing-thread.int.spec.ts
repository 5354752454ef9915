import { chmodSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { SealingThread } from './sealing-thread.js';
import { openTestLog, type TestLog } from './testing.js';

let log: TestLog;
const failures: string[] = [];
let thread: SealingThread;
beforeEach(async () => {
  log = await openTestLog();
  failures.length = 0;
  thread = new SealingThread({
    database: log.database,
    keyFile: log.key.file,
    origin: log.key.origin,
    dense: true,
    onFailure: (message) => failures.push(message),
    execArgv: ['--import', './test/support/typescript.mjs'],
  });
});
afterEach(async () => {
  await thread.stop();
  await log.close();
});

const until = async (holds: () => boolean | Promise<boolean>) => {
  while (!(await holds())) await sleep(20);
};
const signed = async (size: bigint) => (await log.log.checkpoint().catch(() => undefined))?.size === size;

it('seals and signs what other threads append, says how far it is, and ends when it is asked to', async () => {
  await log.record(['system-1', 'system-"2\\', 'system-1']);
  thread.start();
  await until(() => signed(3n));
  await log.record(['system-1', 'system-"2\\']);
  await until(() => signed(5n));
  await until(() => thread.health().position === 5n);
  expect(thread.health()).toEqual({ status: 'sealing', size: 5n, position: 5n });
  await thread.stop();
  expect(thread.health()).toMatchObject({ status: 'stopped', size: 5n });
  // Sealed by the append itself, with nobody there to sign it.
  await log.record(['system-1']);
  expect(await log.log.verifyAll()).toEqual({ size: 6n, sound: true, contradictions: [], unsealed: 0n });
  expect((await log.log.checkpoint()).size).toBe(5n);
  expect(failures).toEqual([]);
});

it('is started anew after it ended by itself, and says meanwhile why', async () => {
  await log.record(['system-1']);
  chmodSync(log.key.file, 0o644);
  thread.start();
  await until(() => thread.health().status === 'stalled');
  expect(thread.health().cause).toMatch(/^LogKeyUnusable: .*chmod 600/);
  chmodSync(log.key.file, 0o600);
  await until(() => signed(1n));
  await until(() => thread.health().status === 'sealing');
  expect(failures[0]).toMatch(/^LogKeyUnusable/);
});

it('says that it refused, when the record contradicts the log', async () => {
  await log.record(['system-1', 'system-1']);
  await log.sealAll();
  await log.pool.query('alter table event_store.event disable trigger user');
  await log.pool.query(`update event_store.event set data = '{}' where position = 2`);
  thread.start();
  await until(() => thread.health().status === 'refused');
  expect(thread.health().cause).toMatch(/^event-altered/);
});

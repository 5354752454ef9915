import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { openOnStandIn, type KurrentStandIn } from '@sajeon/event-store/testing';
import { evidence, type EvidenceScope } from './evidence.js';
import { parseCheckpoint, parseNote } from './note.js';
import type { Sealer } from './sealer.js';
import { SealingThread } from './sealing-thread.js';
import { Dice, openTestLog, type TestLog } from './testing.js';

/** The log over KurrentDB, of which the STAND-IN takes the place: positions have gaps, and events of the server's own lie between ours. */
let log: TestLog;
let standIn: KurrentStandIn;
beforeEach(async () => {
  const opened = await openOnStandIn();
  standIn = opened.standIn;
  log = await openTestLog(opened.store);
});
afterEach(async () => {
  await log.close();
  standIn.stop();
});

const STREAMS = ['consultation-1', 'project-1', 'consultation-2', 'system-1'];
const many = (count: number) => Array.from({ length: count }, (_, at) => STREAMS[(at * 7) % STREAMS.length] ?? 'system-1');
const leaves = async () =>
  (await log.pool.query<{ seq: string; position: string }>('select seq::text, position::text from audit.leaf order by leaf.seq'))
    .rows;
const positions = async () => {
  const all: string[] = [];
  for await (const { position } of log.store.readAll()) all.push(String(position));
  return all;
};
const until = async (holds: () => boolean | Promise<boolean>) => {
  while (!(await holds())) await sleep(10);
};
const refusalOf = async (sealer: Sealer): Promise<string | undefined> => {
  sealer.start();
  await until(() => sealer.health().status === 'refused');
  return sealer.health().cause;
};

it('has one dense leaf for each event of ours, in the order of the store, and none for what the server writes for itself', async () => {
  await log.record(many(25));
  await log.sealAll();
  await log.record(many(25));
  await log.sealAll();
  const sealed = await leaves();
  expect(sealed.map(({ seq }) => seq)).toEqual(Array.from({ length: 50 }, (_, at) => String(at)));
  expect(sealed.map(({ position }) => position)).toEqual(await positions());
  expect(parseCheckpoint(parseNote((await log.log.checkpoint()).note).text).size).toBe(50n);
  expect(await log.log.verifyAll()).toEqual({ size: 50n, sound: true, contradictions: [], unsealed: 0n });
});

it('proves streams, any stretch and the whole to both verifiers, although most positions are no place to read from', async () => {
  await log.record(many(30));
  await log.sealAll();
  const key = `${log.key.file}.public`;
  writeFileSync(key, `${log.key.verifiers[0]?.text}\n`);
  const scopes: EvidenceScope[] = [
    { kind: 'log' },
    { kind: 'streams', streams: ['consultation-1', 'system-1'] },
    { kind: 'range', from: 0n, to: 1n },
    { kind: 'range', from: 11n, to: 23n },
  ];
  for (const [at, scope] of scopes.entries()) {
    const file = `${log.key.file}.${at}`;
    let text = '';
    for await (const line of evidence(log.log, { scope, at: '2026-11-30T00:00:00Z' })) text += line;
    writeFileSync(file, text);
    for (const [program, script] of [
      [process.execPath, 'tools/verify.mjs'],
      ['python3', 'tools/verify.py'],
    ] as const) {
      const { status, stdout } = spawnSync(program, [script, file, '--key', key, '--json'], { encoding: 'utf8' });
      expect([script, scope.kind, status, JSON.parse(stdout).result]).toEqual([script, scope.kind, 0, 'verified']);
    }
  }
});

it('seals each event once, however often the server drops the subscription and however many sealers run without a lease', async () => {
  const dice = new Dice(7);
  const sealers = Array.from({ length: 3 }, () => log.sealer());
  const stealing = setInterval(() => void log.pool.query('delete from lease').catch(() => undefined), 3);
  for (const sealer of sealers) sealer.start();
  let dropped = 0;
  for (let round = 0; round < 12; round++) {
    await log.record(many(1 + dice.below(9)));
    await sleep(dice.below(40));
    dropped += standIn.dropSubscriptions();
  }
  const expected = await positions();
  await until(async () => (await leaves()).length >= expected.length);
  clearInterval(stealing);
  expect(dropped).toBeGreaterThan(0);
  expect((await leaves()).map(({ position }) => position)).toEqual(expected);
  for (const sealer of sealers) await sealer.stop();
  await log.pool.query('delete from lease');
  await log.sealAll();
  expect(await log.log.verifyAll()).toMatchObject({ size: BigInt(expected.length), sound: true });
});

it('names the place of what was altered, dropped or put back to an older state, and signs nothing more', async () => {
  await log.record(many(20));
  await log.sealAll();
  const [altered, dropped] = [(await leaves())[4]?.position, (await leaves())[9]?.position];
  standIn.tamper((event) => {
    if (String(event.position) === dropped) return undefined;
    return String(event.position) === altered ? { ...event, data: Buffer.from('{"amount":1}') } : event;
  });
  const found = await log.log.verifyAll();
  expect(found.contradictions.map(({ code, seq }) => [code, seq])).toEqual([
    ['event-altered', 4n],
    ['event-missing', 9n],
  ]);

  const last = BigInt((await leaves()).at(-1)?.position ?? 0);
  standIn.tamper((event) => (event.position >= last ? undefined : event));
  expect(await refusalOf(log.sealer())).toMatch(/^store-behind-log/);
});

it('notices an event that vanished before it was sealed by the revision that is missing in its stream', async () => {
  await log.record(['consultation-1', 'consultation-1']);
  await log.sealAll();
  await log.record(['consultation-1', 'system-1', 'consultation-1']);
  let seen = 0;
  standIn.tamper((event) => (event.stream === 'consultation-1' && ++seen === 3 ? undefined : event));
  expect(await refusalOf(log.sealer())).toMatch(/^stream-broken.*consultation-1.*revision 2 was to come/);
  // What lies before the gap may be sealed by then: it comes in one piece or in several.
  expect((await log.log.checkpoint()).size).toBeLessThanOrEqual(3n);
});

it('is sealed by a thread of its own as well, which opens KurrentDB for itself', async () => {
  await log.record(many(5));
  process.env['KURRENTDB_URL'] = standIn.url;
  const thread = new SealingThread({
    database: log.database,
    keyFile: log.key.file,
    origin: log.key.origin,
    dense: false,
    execArgv: ['--import', './test/support/typescript.mjs'],
  });
  try {
    thread.start();
    await until(async () => (await log.log.checkpoint().catch(() => undefined))?.size === 5n);
    await log.record(many(3));
    await until(async () => (await log.log.checkpoint()).size === 8n);
  } finally {
    delete process.env['KURRENTDB_URL'];
    await thread.stop();
  }
  expect(await log.log.verifyAll()).toMatchObject({ size: 8n, sound: true });
});

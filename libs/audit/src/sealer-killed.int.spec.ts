import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Lease } from '@sajeon/event-store';
import { anyEvent, Dice, openTestLog, type TestLog } from './testing.js';

const KILLS = Number(process.env['SAJEON_KILLS'] ?? 6);
const SEED = Number(process.env['SAJEON_SEED'] ?? Date.now() % 1_000_000_007);

let log: TestLog;
beforeAll(async () => {
  log = await openTestLog();
  await Lease.prepare(log.pool);
});
afterAll(async () => log.close());

it(`leaves a log without gap, repetition or contradiction, however often a sealer is killed at its work (${KILLS} times)`, async () => {
  process.stdout.write(`killed sealers: seed ${SEED}, ${KILLS} times (SAJEON_SEED, SAJEON_KILLS)\n`);
  const dice = new Dice(SEED);
  let appending = true;
  const appends = (async () => {
    for (let at = 0; appending; at++) {
      const events = Array.from({ length: 1 + dice.below(20) }, () => anyEvent(String(at)));
      await log.store.append(`system-${dice.below(9)}`, 'any', events);
      await sleep(5);
    }
  })();
  try {
    await killAndCheck(dice);
  } finally {
    appending = false;
    await appends;
  }
  await log.pool.query('delete from lease');
  await log.sealAll();
  const whole = await log.log.verifyAll();
  expect(whole).toEqual({ size: await log.store.head(), sound: true, contradictions: [], unsealed: 0n });
});

async function killAndCheck(dice: Dice): Promise<void> {
  const notes: string[] = [];
  for (let kill = 0; kill < KILLS; kill++) {
    const before = (await log.log.verifyAll()).size;
    const child = spawn(
      process.execPath,
      [
        '--import',
        './test/support/typescript.mjs',
        'libs/audit/src/testing/sealing-process.ts',
        JSON.stringify(log.database),
        log.key.file,
        log.key.origin,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const exited = once(child, 'exit');
    try {
      await once(child.stdout, 'data');
      await log.pool.query('delete from lease'); // of the one that was killed, which would last some seconds
      while (BigInt((await log.pool.query<{ size: string }>('select size::text from audit.log')).rows[0]?.size ?? 0) === before) {
        await sleep(5);
      }
      await sleep(dice.below(120));
    } finally {
      child.kill('SIGKILL');
      await exited;
    }
    const { sound, contradictions } = await log.log.verifyAll({ trusted: notes });
    expect({ kill, sound, contradictions }).toEqual({ kill, sound: true, contradictions: [] });
    const signed = await log.log.checkpoint().catch(() => undefined);
    if (signed) notes.push(signed.note);
  }
}

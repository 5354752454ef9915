import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { canonicalJson, PostgresEventStore, WrongExpectedRevision, type Metadata, type RecordedEvent } from '@sajeon/event-store';
import fc from 'fast-check';
import { Victim } from '../../../test/fault/victim.js';
import { NotInLog } from './audit-log.js';
import { coreOf, leafOf } from './core.js';
import type { Sealer } from './sealer.js';
import { anyEvent, Dice, openTestLog, type TestLog } from './testing.js';
import { CompactRange } from './tree/compact-range.js';
import type { Hash } from './tree/hashing.js';

const SEED = Number(process.env['SAJEON_SEED'] ?? Date.now() % 1_000_000_007);
const KILLS = Number(process.env['SAJEON_KILLS'] ?? 5);
/** All that one commit can hold. */
const ALWAYS = 2 ** 31 - 1;

/** No sealer runs in these tests unless they start one: what is in the log, the append itself has put there. */
let log: TestLog;
beforeEach(async () => {
  log = await openTestLog();
});
afterEach(async () => log.close());

interface Row {
  readonly seq: string;
  readonly position: string;
  readonly hash: Buffer;
}
const leaves = async () =>
  (await log.pool.query<Row>('select seq::text, position::text, hash from audit.leaf order by leaf.seq')).rows;
const switchedOn = async () =>
  ((await log.pool.query<{ most: number }>('select seal_at_most as most from event_store.head')).rows[0]?.most ?? 0) > 0;
const until = async (holds: () => boolean | Promise<boolean>) => {
  while (!(await holds())) await sleep(5);
};
/** As a worker does when it starts: catches up, hands the sealing over to the appends, and may end then. */
const switchOn = async (withAppend = ALWAYS) => {
  const sealer = log.sealer({ withAppend });
  sealer.start();
  await until(switchedOn);
  await sealer.stop();
};
const refusalOf = async (sealer: Sealer): Promise<string | undefined> => {
  sealer.start();
  await until(() => sealer.health().status === 'refused');
  return sealer.health().cause;
};
const events = async () => {
  const all: RecordedEvent[] = [];
  for await (const event of log.store.readAll()) all.push(event);
  return all;
};

/** Every event has its leaf, as a verifier makes it from the event alone, and tables and log row are those of the tree over them. */
async function expectAllSealed(): Promise<void> {
  const recorded = await events();
  const range = new CompactRange();
  const last = new Map<string, Hash>();
  const expected = recorded.map((event) => {
    const hash = leafOf(coreOf('log.example/test', range.size, event, last.get(event.stream) ?? null));
    last.set(event.stream, hash);
    const row = { seq: String(range.size), position: String(event.position), hash };
    range.append(hash);
    return row;
  });
  expect(await leaves()).toEqual(expected);
  const { rows } = await log.pool.query('select size::text, position::text, peaks from audit.log');
  expect(rows).toEqual([
    { size: String(recorded.length), position: String(recorded.at(-1)?.position ?? 0), peaks: Buffer.concat(range.peaks) },
  ]);
  expect(await log.log.verifyAll()).toEqual({ size: range.size, sound: true, contradictions: [], unsealed: 0n });
}

it('is there when the append returns, in the transaction that wrote the event, across the borders of tiles', async () => {
  await switchOn();
  for (const count of [1, 3, 250, 5, 300]) {
    const many = Array.from({ length: count }, (_, index) => anyEvent(String(index)));
    const { position } = await log.store.append(`system-${count}`, 'none', many);
    expect(String((await leaves()).length)).toBe(String(position));
  }
  // Seen by that transaction before anybody else can see the event, and gone with it.
  const before = await leaves();
  const client = await log.pool.connect();
  try {
    await client.query('begin');
    await client.query(
      `select from event_store.record('{system-9}', '{-1}', '{1}', array[gen_random_uuid()], '{plan-drafted}', array['{"a":1}'::json], array['{"actor":"x"}'::json])`,
    );
    const { rows } = await client.query('select (select count(*)::int from audit.leaf) as leaves, size::int from audit.log');
    expect(rows).toEqual([{ leaves: before.length + 1, size: before.length + 1 }]);
    expect(await leaves()).toEqual(before);
    await client.query('rollback');
  } finally {
    client.release();
  }
  expect(await leaves()).toEqual(before);
  await expectAllSealed();
});

it('gives dense leaves and one tree, however many processes append at once, to the same streams and to others', async () => {
  await switchOn();
  const stores = [log.store, await PostgresEventStore.open(log.database), await PostgresEventStore.open(log.database)];
  const dice = new Dice(SEED);
  await Promise.all(
    stores.flatMap((store, process) =>
      Array.from({ length: 6 }, async (_, writer) => {
        for (let round = 0; round < 12; round++) {
          const stream = writer < 3 ? `shared-${writer}` : `own-${process}-${writer}`;
          const many = Array.from({ length: 1 + dice.below(4) }, () => anyEvent(stream));
          await store.append(stream, 'any', many);
        }
      }),
    ),
  );
  await Promise.all(stores.slice(1).map((store) => store.close()));
  await expectAllSealed();
});

it('seals nothing for a retry, for a refused append or for an empty one, and what stood beside them in the group', async () => {
  await switchOn();
  const first = [anyEvent('a'), anyEvent('b')];
  const receipt = await log.store.append('system-1', 'none', first);
  const outcomes = await Promise.allSettled([
    log.store.append('system-1', 'none', first),
    log.store.append('system-2', 5n, [anyEvent('x')]),
    log.store.append('system-3', 'any', []),
    log.store.append('system-4', 'none', [anyEvent('c'), anyEvent('d')]),
    log.store.append('system-5', 'none', [anyEvent('e')]),
  ]);
  expect(outcomes[0]).toEqual({ status: 'fulfilled', value: receipt });
  expect(outcomes[1]).toMatchObject({ status: 'rejected', reason: expect.any(WrongExpectedRevision) });
  expect((await events()).length).toBe(5);
  await expectAllSealed();
});

it.each(['the append', 'the sealer'])(
  'comes out of %s as a verifier makes it, whatever texts and numbers an event is made of',
  async (by) => {
    if (by === 'the append') await switchOn();
    const name = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
      .map((text) => text.replace(/[\s\p{Control}\p{Surrogate}]/gu, '_').replace(/^\$/, '_'))
      .map((text) => `s"\\/${text}`);
    const hostile = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom(
        '\u0000',
        '\ud800',
        '\udfff\ud800',
        '\u007f\u2028\u2029',
        '\b\f\n\r\t\u001f',
        '"',
        '\\',
        '\\"',
        ',"actor":"x"',
        '{"schema":"1"',
      ),
    );
    const keys = ['actor', 'agency', 'causationId', 'commandId', 'correlationId', 'schema'];
    const metadata = fc.dictionary(
      fc.oneof(
        fc.constantFrom(...keys, ',"actor', '{"actor', 'a,"actor":', 'Actor', 'actor2', '__proto__'),
        hostile.map((key) => key.replace(/^\$+/, '')),
      ),
      hostile,
    ) as fc.Arbitrary<Metadata>;
    const data = fc.record({
      any: fc.jsonValue(),
      text: hostile,
      numbers: fc.array(fc.double({ noNaN: true, noDefaultInfinity: true })),
      wide: fc.dictionary(hostile, fc.integer()),
    });
    const event = fc.record({ id: fc.uuid(), type: name, data, metadata });
    await fc.assert(
      fc.asyncProperty(name, fc.array(event, { minLength: 1, maxLength: 4 }), async (stream, some) => {
        await log.store.append(stream, 'any', some.map((each) => ({ ...each, id: randomUUID() })) as never);
      }),
      { numRuns: 300, seed: SEED },
    );
    for (const { data: read } of await events()) expect(JSON.parse(canonicalJson(read))).toEqual(read);
    if (by === 'the sealer') await log.sealAll();
    await expectAllSealed();
  },
  60_000,
);

it('begins over a store that was never sealed, while others append, once a sealer has caught up', async () => {
  await log.record(Array.from({ length: 700 }, (_, index) => `system-${index % 50}`));
  let appending = true;
  const appends = (async () => {
    while (appending) {
      await log.store.append('system-7', 'any', [anyEvent('7')]);
      await sleep(3);
    }
  })();
  await switchOn();
  const from = (await events()).length;
  await until(async () => (await events()).length > from + 20);
  appending = false;
  await appends;
  await expectAllSealed();
});

it('leaves to the sealer what older programs append, and goes on when it has caught up', async () => {
  await switchOn();
  await log.record(['system-1', 'system-2']);
  // By the function that they know, in the order in which they wrote members.
  await log.pool.query(
    `select * from event_store.append('{system-1}', '{-2}', '{1}', array[gen_random_uuid()], '{plan-drafted}', array['{"b":1,"a":2}'::json], array['{"schema":"1","actor":"x"}'::json])`,
  );
  await log.record(['system-1']);
  expect(await log.log.verifyAll()).toMatchObject({ size: 2n, sound: true, unsealed: 2n });
  const sealer = log.sealer({ withAppend: ALWAYS });
  sealer.start();
  await until(async () => (await leaves()).length === 4);
  await sealer.covered(4n);
  await sealer.stop();
  await log.record(['system-1', 'system-2']);
  await expectAllSealed();
});

it('leaves larger commits than it is told to the sealer, and seals none when it is switched off', async () => {
  await switchOn(2);
  await log.store.append('system-1', 'none', [anyEvent('1'), anyEvent('2')]);
  expect(await leaves()).toHaveLength(2);
  await log.store.append('system-2', 'none', [anyEvent('1'), anyEvent('2'), anyEvent('3')]);
  expect(await leaves()).toHaveLength(2);
  await log.sealAll(); // by a sealer that lets appends seal nothing
  await log.record(['system-1']);
  expect(await leaves()).toHaveLength(5);
  expect(await switchedOn()).toBe(false);
});

it('leaves a flood to the sealer, and is there with each append again once it is over', async () => {
  const sealer = log.sealer({ withAppend: 64 });
  sealer.start();
  await until(switchedOn);
  let flooding = true;
  const writer = async (n: number) => {
    for (let i = 0; flooding; i++) await log.store.append(`system-${n}-${i}`, 'none', [anyEvent(`${n} ${i}`)]);
  };
  const writers = Promise.all(Array.from({ length: 8 }, (_, n) => writer(n)));
  try {
    await until(async () => !(await switchedOn()));
  } finally {
    flooding = false;
  }
  await writers;
  // It is seen to be over by what comes after it: one event that still falls among the last of the flood does not show it yet.
  while (!(await switchedOn())) {
    await log.record(['system-after']);
    await sleep(200);
  }
  await sealer.stop();
  const { length } = await leaves();
  await log.record(['system-after']);
  expect(await leaves()).toHaveLength(length + 1);
  await expectAllSealed();
}, 30_000);

it('is handed over again by the next sealer, whatever was left unsigned when one ended in the middle of a flood', async () => {
  await switchOn();
  await log.record(['system-1', 'system-2']); // sealed, and signed by nobody
  await log.pool.query('update event_store.head set seal_at_most = 0');
  await switchOn();
  await log.record(['system-1']);
  expect(await leaves()).toHaveLength(3);
  await expectAllSealed();
}, 30_000);

describe('a sealer that signs what appends have sealed', () => {
  const tamper = async (...statements: string[]) => {
    await log.pool.query('alter table event_store.event disable trigger user');
    for (const statement of statements) await log.pool.query(statement);
  };
  beforeEach(async () => {
    await switchOn();
    await log.record(['system-1', 'system-2', 'system-1', 'system-3', 'system-2']);
  });

  it.each([
    [
      'an event was changed right after its append',
      `update event_store.event set data = '{}' where position = 3`,
      'event-altered, seq 2, position 3, stream system-1, revision 1',
    ],
    [
      'its metadata were',
      `update event_store.event set metadata = '{"actor":"x"}' where position = 5`,
      'event-altered, seq 4, position 5',
    ],
    [
      'only the order of its text was, so that it still says the same',
      `update event_store.event set data = '{"x":1}' where position = 1`,
      'event-altered, seq 0',
    ],
    ['an event is gone', 'delete from event_store.event where position = 2', 'event-missing, seq 1, position 2, stream system-2'],
    [
      'an event is of another stream',
      `update event_store.event set stream = 'system-9', revision = 0 where position = 4`,
      'event-altered, seq 3, position 4, stream system-3',
    ],
    ['a leaf was changed', `update audit.leaf set hash = sha256('x') where seq = 3`, 'event-altered, seq 3'],
    ['a leaf is gone', 'delete from audit.leaf where seq = 3', 'log-damaged, seq 3'],
    ['the last leaves are gone', 'delete from audit.leaf where seq >= 3', 'log-damaged'],
    [
      'a leaf is found under another name',
      `update audit.leaf set event_id = gen_random_uuid() where seq = 2`,
      'log-damaged, seq 2',
    ],
    ['the peaks were changed', `update audit.log set peaks = decode('00', 'hex') || substr(peaks, 2)`, 'log-damaged'],
  ])('refuses before it signs when %s, and lets appends go on unsealed', async (_, statement, refusal) => {
    await tamper(statement);
    expect(await refusalOf(log.sealer({ withAppend: ALWAYS }))).toContain(refusal);
    await expect(log.log.checkpoint()).rejects.toThrow(NotInLog);
    const before = (await leaves()).length;
    expect((await log.store.append('system-8', 'any', [anyEvent('8')])).revision).toBe(0n);
    expect(await leaves()).toHaveLength(before);
  });

  it('never makes the log a reason to refuse an append', async () => {
    await tamper(`update audit.leaf set stream = 'system-8' where seq = 0`);
    await log.record(['system-8', 'system-1']);
    await log.pool.query('alter table audit.leaf rename to leaf_gone');
    await log.record(['system-4']);
    await log.pool.query('alter table audit.leaf_gone rename to leaf');
    await log.pool.query('delete from audit.log');
    expect(await log.record(['system-4'])).toBe(9n);
  });
});

it(`leaves neither an event without leaf nor a leaf without event, however often an appending process is killed (${KILLS} times)`, async () => {
  await switchOn();
  const dice = new Dice(SEED);
  process.stdout.write(`killed appends: seed ${SEED}, ${KILLS} times (SAJEON_SEED, SAJEON_KILLS)\n`);
  for (let kill = 0; kill < KILLS; kill++) {
    const victim = await Victim.start('test/fault/append-until-killed.mjs', [`kill-${kill}`, '6'], {
      SAJEON_DATABASE: JSON.stringify(log.database),
    });
    await sleep(100 + dice.below(150));
    await victim.kill();
  }
  // What was under way when the process died is over, one way or the other, when the head can be locked.
  await log.store.ping();
  expect((await events()).length).toBeGreaterThan(KILLS);
  await expectAllSealed();
}, 60_000);

import { rmSync } from 'node:fs';
import { coreOf, leafOf } from './core.js';
import { Dice, openTestLog, type TestLog } from './testing.js';

/** Printed, and settable, so that a campaign can be repeated: SAJEON_SEED, SAJEON_ROWS_TAMPERED. */
const SEED = Number(process.env['SAJEON_SEED'] ?? Date.now() % 1_000_000_007);
const TAMPERINGS = Number(process.env['SAJEON_ROWS_TAMPERED'] ?? 300);
const SIZE = 60;
const TABLES = [
  'event_store.event',
  'event_store.head',
  'audit.log',
  'audit.leaf',
  'audit.node',
  'audit.checkpoint',
  'audit.closing',
];
const STREAMS = Array.from({ length: 7 }, (_, index) => `consultation-${index}`);

let log: TestLog;
/** As an auditor keeps it, away from the database. */
let kept: string;
const sql = async (...statements: string[]) => {
  for (const statement of statements) await log.pool.query(statement);
};
const save = (as: string) =>
  sql(...TABLES.map((table) => `create table saved.${as}_${table.replace('.', '_')} as table ${table}`));
const restore = async (from: string) => {
  await sql(
    `truncate ${TABLES.join(', ')}`,
    ...TABLES.map((table) => `insert into ${table} select * from saved.${from}_${table.replace('.', '_')}`),
  );
};

beforeAll(async () => {
  log = await openTestLog();
  // As somebody with the database password could; the store itself refuses.
  await sql('alter table event_store.event disable trigger user', 'create schema saved');
  const dice = new Dice(1);
  for (let made = 0; made < SIZE / 2; made++) await log.record([dice.among(STREAMS)]);
  await log.sealAll();
  await save('half');
  for (let made = 0; made < SIZE / 2; made++) await log.record([dice.among(STREAMS)]);
  await log.sealAll();
  await save('whole');
  kept = (await log.log.checkpoint()).note;
});
afterAll(async () => log.close());
afterEach(() => restore('whole'));

it('finds nothing wrong with a record that is as it was sealed', async () => {
  expect(await log.log.verifyAll({ trusted: [kept] })).toEqual({ size: 60n, sound: true, contradictions: [], unsealed: 0n });
});

it('never calls an empty log sound', async () => {
  const empty = await openTestLog();
  expect(await empty.log.verifyAll()).toMatchObject({ size: 0n, sound: false });
  await empty.close();
});

it('counts events that are not sealed yet, without complaint', async () => {
  await log.record(['system-1', 'system-1']);
  expect(await log.log.verifyAll()).toMatchObject({ sound: true, unsealed: 2n });
});

it(`names the first place where the stored events were changed, whatever was done to them (${TAMPERINGS} times)`, async () => {
  process.stdout.write(`tampered rows: seed ${SEED}, ${TAMPERINGS} times (SAJEON_SEED, SAJEON_ROWS_TAMPERED)\n`);
  const dice = new Dice(SEED);
  const kinds = new Set<string>();
  for (let done = 0; done < TAMPERINGS; done++) {
    const { how, first, code } = await tamper(dice);
    kinds.add(how);
    const about = `${how} at ${first} (seed ${SEED}, ${done})`;
    const { sound, contradictions } = await log.log.verifyAll();
    const [found] = contradictions;
    expect({ about, sound, code: found?.code, position: found?.position, seq: found?.seq }).toEqual({
      about,
      sound: false,
      code,
      position: first,
      seq: code === 'event-inserted' ? undefined : first - 1n,
    });
    await restore('whole');
  }
  if (TAMPERINGS >= 200) expect(kinds.size).toBe(15);
});

/** Changes the event table. `first`: the lowest position that is no longer what it was. */
async function tamper(dice: Dice): Promise<{ readonly how: string; readonly first: bigint; readonly code: string }> {
  const at = 1 + dice.below(SIZE);
  const later = at === SIZE ? at - 1 : at + 1 + dice.below(SIZE - at);
  const [low, high] = at < later ? [at, later] : [later, at];
  const altered = (how: string, first = at) => ({ how, first: BigInt(first), code: 'event-altered' });
  const missing = (how: string, first = at) => ({ how, first: BigInt(first), code: 'event-missing' });
  const set = (assignment: string) => sql(`update event_store.event set ${assignment} where position = ${at}`);
  switch (dice.below(15)) {
    case 0: {
      const { rows } = await log.pool.query<{ data: string }>(`select data::text from event_store.event where position = ${at}`);
      const text = rows[0]?.data ?? '';
      const letters = [...text.matchAll(/[a-z가-힣](?=[^":]*",)/g)].map((match) => match.index);
      const index = dice.among(letters);
      const flipped = String.fromCharCode(text.charCodeAt(index) ^ 1);
      await log.pool.query('update event_store.event set data = $1 where position = $2', [
        `${text.slice(0, index)}${flipped}${text.slice(index + 1)}`,
        at,
      ]);
      return altered('one letter');
    }
    case 1:
      await set(`data = jsonb_set(data::jsonb, '{amount}', '${dice.below(1_000_000)}')::json`);
      return altered('an amount');
    case 2:
      await set(`metadata = jsonb_set(metadata::jsonb, '{actor}', '"person-8"')::json`);
      return altered('who did it');
    case 3:
      await set(`recorded_at = recorded_at - interval '1 microsecond'`);
      return altered('when it was recorded');
    case 4:
      await set(`type = 'plan-approved'`);
      return altered('its type');
    case 5:
      await set(`id = gen_random_uuid()`);
      return altered('its id');
    case 6:
      await set(`stream = 'consultation-99'`);
      return altered('its stream');
    case 7:
      await set(`revision = revision + 100`);
      return altered('its revision');
    case 8:
      await sql(`delete from event_store.event where position = ${at}`);
      return missing('one row deleted');
    case 9:
      await sql(`delete from event_store.event where position between ${low} and ${high}`);
      return missing('several rows deleted', low);
    case 10:
      await sql(`delete from event_store.event where position >= ${at}`, `update event_store.head set position = ${at - 1}`);
      return missing('the end cut off');
    case 11:
      await sql(
        `update event_store.event set position = -1 where position = ${low}`,
        `update event_store.event set position = ${low} where position = ${high}`,
        `update event_store.event set position = ${high} where position = -1`,
      );
      return altered('two rows swapped', low);
    case 12:
      await sql(`update event_store.event set position = ${SIZE + 5} where position = ${at}`);
      return missing('one row moved to the end');
    case 13:
      await sql(
        `update event_store.event set position = -position where position >= ${at}`,
        `update event_store.event set position = 1 - position where position < 0`,
        `insert into event_store.event select ${at}, 'consultation-98', 0, gen_random_uuid(), type, data, metadata, recorded_at
           from event_store.event where position = ${at + 1}`,
      );
      return altered('a row pushed in between');
    case 14:
      await sql(
        `insert into event_store.event select -${at}, 'consultation-97', 0, gen_random_uuid(), type, data, metadata, recorded_at
           from event_store.event where position = ${at}`,
      );
      return { how: 'a row before all others', first: BigInt(-at), code: 'event-inserted' };
    default:
      throw new RangeError('no such kind');
  }
}

describe('finds out whoever changes the log together with the events', () => {
  const codesOf = async (trusted: readonly string[] = []) => {
    const { sound, contradictions } = await log.log.verifyAll({ trusted });
    expect(sound).toBe(false);
    return contradictions.map(({ code, seq }) => `${code} ${seq}`);
  };

  it('a truncated table: every event is missing', async () => {
    await sql('truncate event_store.event');
    expect(await codesOf()).toHaveLength(60);
  });

  it('an altered leaf: it, and the tree from there on', async () => {
    await sql(`update audit.leaf set hash = sha256('x') where seq = 33`);
    expect((await codesOf())[0]).toBe('event-altered 33');
  });

  it('an event and its leaf: the next event of the stream still speaks of the old one', async () => {
    const { rows } = await log.pool.query<{ seq: string; next: string }>(
      `select l.seq::text, n.seq::text as next from audit.leaf l join audit.leaf n on n.stream = l.stream and n.revision = l.revision + 1
        order by l.seq limit 1 offset 5`,
    );
    const [{ seq, next } = { seq: '', next: '' }] = rows;
    await reseal(Number(seq));
    expect(await codesOf()).toEqual([`event-altered ${next}`, 'forked 30', 'forked 60', 'log-damaged 60']);
  });

  it('the last event of a stream and its leaf: the signed checkpoints speak of the old one', async () => {
    await reseal(59);
    expect(await codesOf()).toEqual(['forked 60', 'log-damaged 60']);
  });

  it('a missing leaf, a missing event with its leaf', async () => {
    await sql('delete from audit.leaf where seq = 12');
    expect((await codesOf()).slice(0, 2)).toEqual(['log-damaged 12', 'event-inserted undefined']);
    await sql('delete from event_store.event where position = 13');
    expect((await codesOf())[0]).toBe('log-damaged 12');
  });

  it('peaks, and checkpoints that are forged or not ours', async () => {
    await sql(`update audit.log set peaks = decode(repeat('00', 32 * 4), 'hex')`);
    expect(await codesOf()).toEqual(['log-damaged 60']);
    await restore('whole');
    await sql(`update audit.checkpoint set note = replace(note, E'\\n60\\n', E'\\n59\\n') where size = 60`);
    expect(await codesOf()).toEqual(['log-damaged 59']);
    await restore('whole');
    await sql(`update audit.checkpoint set root = sha256('x') where size = 60`);
    expect(await codesOf()).toEqual(['log-damaged 60']);
  });

  it('a database put back to an older state: only a checkpoint kept elsewhere can tell, and it does', async () => {
    await restore('half');
    expect(await log.log.verifyAll()).toMatchObject({ size: 30n, sound: true });
    expect(await codesOf([kept])).toEqual(['rolled-back 30']);
    // An operator who also makes the key forget can go on and sign another history; what was handed out before contradicts it.
    rmSync(`${log.key.file}.last`);
    await log.record(Array.from({ length: 40 }, () => 'consultation-0'));
    await log.sealAll();
    expect(await log.log.verifyAll()).toMatchObject({ size: 70n, sound: true });
    expect(await codesOf([kept])).toEqual(['forked 60']);
  });

  /** Alters an event and makes its leaf fit. */
  async function reseal(seq: number): Promise<void> {
    await sql(`update event_store.event set type = 'plan-approved' where position = ${seq + 1}`);
    const { rows } = await log.pool.query<{ prev: Buffer | null }>(
      `select (select hash from audit.leaf p where p.stream = l.stream and p.revision = l.revision - 1) as prev from audit.leaf l where seq = ${seq}`,
    );
    for await (const event of log.store.readAll({ after: BigInt(seq), limit: 1 })) {
      const leaf = leafOf(coreOf(log.log.origin, BigInt(seq), event, rows[0]?.prev ?? null));
      await log.pool.query('update audit.leaf set hash = $1 where seq = $2', [leaf, seq]);
    }
  }
});

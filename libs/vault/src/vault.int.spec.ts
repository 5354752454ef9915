import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PostgresEventStore, type JsonObject } from '@sajeon/event-store';
import { freshDatabase, type FreshDatabase } from '@sajeon/event-store/testing';
import { Pool } from 'pg';
import { commitmentOf, FormerKeyWrong, masterKey, MasterKeyUnusable, reseal, SEALED_SUBJECTS, Vault } from './index.js';

const MASTER = randomBytes(32);
const VALUES = { name: '김철수', phone: '010-1234-5678', email: 'kim@example.go.kr' };

let database: FreshDatabase;
let store: PostgresEventStore;
let pool: Pool;
beforeEach(async () => {
  database = await freshDatabase();
  store = await PostgresEventStore.open(database.config);
  pool = new Pool({ ...database.config, max: 4 });
});
afterEach(async () => {
  await pool.end();
  await store.close();
  await database.drop();
});

const open = () => Vault.open(pool, store, MASTER);

/** What the second person's approval records. */
async function erased(vault: Vault, subject: string, refs: readonly string[]): Promise<void> {
  const data = {
    ...{ by: { person: 'p-2', agency: 'mois' }, at: '2026-11-20T00:00:00Z', subject, legalBasis: '보유기간 경과' },
    ...{ requestedBy: 'p-1', keyFingerprint: (await vault.fingerprint(subject)) ?? '' },
    fields: refs.map((ref) => ({ ref, path: 'phone' })),
  } satisfies JsonObject;
  await store.append(`subject-${subject}`, 'any', [
    { id: randomUUID(), type: 'personal-data-erased', data, metadata: { schema: '1' } },
  ]);
}

async function dumped(): Promise<string> {
  const tables = ['vault.subject', 'vault.deposit'].map((table) => `select json_agg(t)::text as dump from ${table} t`);
  const dumps = await Promise.all(tables.map((table) => pool.query<{ dump: string }>(table)));
  return dumps.map(({ rows }) => rows[0]?.dump).join('\n');
}

it('gives back what was put in, with what it takes to check it against the record', async () => {
  const vault = await open();
  const deposited = await vault.deposit('p-7', VALUES);
  expect(deposited.map(({ path }) => path)).toEqual(['name', 'phone', 'email']);
  const disclosed = await vault.disclose(
    'p-7',
    deposited.map(({ $pii }) => $pii),
  );
  expect(Object.fromEntries(disclosed.map(({ path, value }) => [path, value]))).toEqual(VALUES);
  for (const { ref, path, value, salt } of disclosed) {
    const commitment = deposited.find(({ $pii }) => $pii === ref)?.c;
    expect(commitmentOf(Buffer.from(salt, 'base64'), path, value)).toBe(commitment);
  }
});

it('gives a person only what is theirs', async () => {
  const vault = await open();
  const [mine] = await vault.deposit('p-7', { name: '김철수' });
  await vault.deposit('p-8', { name: '이영희' });
  expect(await vault.disclose('p-8', [mine?.$pii ?? ''])).toEqual([]);
});

it('commits to the same value twice with nothing in common, so that nobody can compare or guess', async () => {
  const vault = await open();
  const [once] = await vault.deposit('p-7', { phone: VALUES.phone });
  const [again] = await vault.deposit('p-8', { phone: VALUES.phone });
  expect(once?.c).not.toBe(again?.c);
});

it('keeps nothing legible in its tables', async () => {
  const vault = await open();
  await vault.deposit('p-7', VALUES);
  const dump = await dumped();
  for (const value of Object.values(VALUES)) {
    expect(dump).not.toContain(value);
    expect(dump).not.toContain(Buffer.from(value).toString('hex'));
  }
});

it('cannot be read with another master key, nor when a row was moved to another person', async () => {
  const vault = await open();
  const [name] = await vault.deposit('p-7', { name: '김철수' });
  await vault.deposit('p-8', { name: '이영희' });
  const stranger = await Vault.open(pool, store, randomBytes(32));
  await expect(stranger.disclose('p-7', [name?.$pii ?? ''])).rejects.toThrow();
  await pool.query(`update vault.deposit set subject = 'p-8' where ref = $1`, [name?.$pii]);
  await expect(vault.disclose('p-8', [name?.$pii ?? ''])).rejects.toThrow();
});

it('destroys values and key once the erasure is on record, and does it again after a restore before anybody reads', async () => {
  const vault = await open();
  const refs = (await vault.deposit('p-7', VALUES)).map(({ $pii }) => $pii);
  const others = (await vault.deposit('p-8', { name: '이영희' })).map(({ $pii }) => $pii);
  const backup = {
    subjects: (await pool.query('select * from vault.subject')).rows,
    deposits: (await pool.query('select * from vault.deposit')).rows,
  };
  await erased(vault, 'p-7', refs);
  expect(await vault.applyErasures()).toBe(3);
  expect(await vault.disclose('p-7', refs)).toEqual([]);
  expect(await vault.fingerprint('p-7')).toBeUndefined();
  expect(await vault.disclose('p-8', others)).toHaveLength(1);
  expect(await vault.applyErasures()).toBe(0);

  // Somebody puts last month's tables back.
  await pool.query('delete from vault.subject');
  for (const { subject, wrapped_key, fingerprint } of backup.subjects)
    await pool.query('insert into vault.subject values ($1, $2, $3)', [subject, wrapped_key, fingerprint]);
  for (const { ref, subject, path, sealed } of backup.deposits)
    await pool.query('insert into vault.deposit values ($1, $2, $3, $4)', [ref, subject, path, sealed]);
  const restored = await open();
  expect(await restored.disclose('p-7', refs)).toEqual([]);
  expect(await restored.disclose('p-8', others)).toHaveLength(1);
  expect(await dumped()).not.toContain('p-7');
});

it('keeps what was deposited after an erasure', async () => {
  const vault = await open();
  const before = (await vault.deposit('p-7', { name: '김철수' })).map(({ $pii }) => $pii);
  await erased(vault, 'p-7', before);
  await vault.applyErasures();
  const after = (await vault.deposit('p-7', { name: '김철수' })).map(({ $pii }) => $pii);
  await vault.applyErasures();
  expect(await vault.disclose('p-7', [...before, ...after])).toHaveLength(1);
});

it.each([
  ['900101-1234567', 'resident-number'],
  ['번호는 9001011234567', 'resident-number'],
  ['', 'required'],
  ['x'.repeat(201), 'too-long'],
  ['a\u0007b', 'control-character'],
])('does not take %s', async (name, code) => {
  await expect((await open()).deposit('p-7', { name })).rejects.toMatchObject({ code });
});

describe('the exchange of the master key', () => {
  const NEXT = randomBytes(32);
  const PEOPLE = Array.from({ length: 12 }, (_, index) => `p-${index}`);
  const everything = async (): Promise<string> =>
    JSON.stringify((await pool.query('select subject, wrapped_key from vault.subject order by subject')).rows);

  async function filled(): Promise<Map<string, readonly string[]>> {
    const vault = await open();
    const refs = new Map<string, readonly string[]>();
    for (const person of PEOPLE)
      refs.set(
        person,
        (await vault.deposit(person, VALUES)).map(({ $pii }) => $pii),
      );
    return refs;
  }
  const readableUnder = async (key: Buffer, refs: Map<string, readonly string[]>): Promise<number> => {
    const vault = await Vault.open(pool, store, key);
    const read = await Promise.allSettled([...refs].map(([person, named]) => vault.disclose(person, named)));
    return read.filter((each) => each.status === 'fulfilled' && each.value.length === 3).length;
  };

  it('seals everything anew, so that the new key opens it and the former one nothing', async () => {
    const refs = await filled();
    const rows: string[] = [];
    const told = (what: string, done: number): void => void rows.push(`${what} ${done}`);
    expect(await reseal(database.config, [SEALED_SUBJECTS], MASTER, NEXT, told)).toEqual({ done: 12, before: 0, unreadable: [] });
    expect(rows.at(-1)).toBe('personal-data 12');
    expect(await readableUnder(NEXT, refs)).toBe(12);
    expect(await readableUnder(MASTER, refs)).toBe(0);
    await expect((await open()).disclose('p-0', refs.get('p-0') ?? [])).rejects.toThrow(MasterKeyUnusable);
  });

  it('goes on where it was after it died in the middle, and every row opens under one of the two keys meanwhile', async () => {
    const refs = await filled();
    const dies = (_: string, done: number): void => {
      if (done === 5) throw new Error('the machine lost power');
    };
    await expect(reseal(database.config, [SEALED_SUBJECTS], MASTER, NEXT, dies)).rejects.toThrow('lost power');
    expect([await readableUnder(NEXT, refs), await readableUnder(MASTER, refs)]).toEqual([5, 7]);
    expect(await reseal(database.config, [SEALED_SUBJECTS], MASTER, NEXT)).toEqual({ done: 7, before: 5, unreadable: [] });
    expect(await readableUnder(NEXT, refs)).toBe(12);
    expect(await reseal(database.config, [SEALED_SUBJECTS], MASTER, NEXT)).toEqual({ done: 0, before: 12, unreadable: [] });
  });

  it('changes nothing with a former key that is another one, also when half is done', async () => {
    const refs = await filled();
    const before = await everything();
    await expect(reseal(database.config, [SEALED_SUBJECTS], randomBytes(32), NEXT)).rejects.toThrow(FormerKeyWrong);
    expect(await everything()).toBe(before);
    const dies = (): void => {
      throw new Error('stopped');
    };
    await expect(reseal(database.config, [SEALED_SUBJECTS], MASTER, NEXT, dies)).rejects.toThrow('stopped');
    const half = await everything();
    const told = await reseal(database.config, [SEALED_SUBJECTS], randomBytes(32), NEXT);
    expect([told.done, told.before, told.unreadable.length]).toEqual([0, 1, 11]);
    expect(told.unreadable[0]).toMatch(/^vault\.subject p-/);
    expect(await everything()).toBe(half);
    expect((await reseal(database.config, [SEALED_SUBJECTS], MASTER, NEXT)).done).toBe(11);
    expect(await readableUnder(NEXT, refs)).toBe(12);
  });

  it('leaves a row that somebody moved as it is, and names it', async () => {
    await filled();
    await pool.query(
      `update vault.subject set wrapped_key = (select wrapped_key from vault.subject where subject = 'p-1') where subject = 'p-2'`,
    );
    expect(await reseal(database.config, [SEALED_SUBJECTS], MASTER, NEXT)).toEqual({
      ...{ done: 11, before: 0 },
      unreadable: ['vault.subject p-2'],
    });
  });

  it('takes what changes or comes while it runs as it is then', async () => {
    const refs = await filled();
    const put = async (vault: Vault, person: string): Promise<void> => {
      refs.set(
        person,
        (await vault.deposit(person, VALUES)).map(({ $pii }) => $pii),
      );
    };
    // A process that was not stopped goes on under the key that it has: one more person, and another key for one whose row was read already.
    const told = await reseal(database.config, [SEALED_SUBJECTS], MASTER, NEXT, async (_, done) => {
      if (done !== 1) return;
      const vault = await open();
      await put(vault, 'p-late');
      await pool.query(`delete from vault.subject where subject = 'p-9'`);
      await put(vault, 'p-9');
    });
    expect(told).toEqual({ done: 13, before: 0, unreadable: [] });
    expect(await readableUnder(NEXT, refs)).toBe(13);
  });
});

describe('the master key', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sajeon-vault-'));
  it('is made once for a home, for its owner only', () => {
    const env = { SAJEON_HOME: folder };
    const key = masterKey(env);
    expect(masterKey(env)).toEqual(key);
    expect(statSync(join(folder, 'vault-key')).mode & 0o077).toBe(0);
    expect(readFileSync(join(folder, 'vault-key'), 'utf8').trim()).toBe(key.toString('base64'));
  });
  it('is never made up in production, nor where a file was named', () => {
    expect(() => masterKey({ SAJEON_HOME: join(folder, 'none'), NODE_ENV: 'production' })).toThrow(MasterKeyUnusable);
    expect(() => masterKey({ SAJEON_VAULT_KEY_FILE: join(folder, 'nowhere') })).toThrow(MasterKeyUnusable);
  });
  it('is 32 bytes, from the environment or a file', () => {
    expect(masterKey({ SAJEON_VAULT_KEY: MASTER.toString('base64') })).toEqual(MASTER);
    writeFileSync(join(folder, 'short'), 'c2hvcnQ=');
    expect(() => masterKey({ SAJEON_VAULT_KEY_FILE: join(folder, 'short') })).toThrow(MasterKeyUnusable);
    expect(() => masterKey({ SAJEON_VAULT_KEY: 'secret' })).toThrow(MasterKeyUnusable);
  });
});

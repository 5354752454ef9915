import { createCipheriv, createDecipheriv, createHash, randomBytes, randomUUID } from 'node:crypto';
import { Malformed, PERSONAL_FIELDS, readRecorded, type Deposited, type PersonalField } from '@sajeon/domain';
import type { EventStore } from '@sajeon/event-store';
import type { Pool, PoolClient } from 'pg';
import { commitmentOf } from './commitment.js';
import { MasterKeyUnusable } from './master-key.js';
import { prepareVault } from './schema.js';

export type PersonalValues = Readonly<Partial<Record<PersonalField, string>>>;

/** A value with what it takes to check it against the record. */
export interface Disclosure {
  readonly ref: string;
  readonly path: PersonalField;
  readonly value: string;
  /** Base64. */
  readonly salt: string;
}

/** Nothing is given out before every erasure on record has been applied. */
export class VaultClosed extends Error {
  override readonly name = 'VaultClosed';
}

const LONGEST_VALUE = 200;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const ERASED = 'personal-data-erased';

/**
 * Names, telephone numbers and e-mail addresses by person, outside the log: AES-256-GCM under a key for each subject, which is wrapped by
 * a master key. Events hold commitments only. Whoever destroys a subject's key has destroyed the values, also in every backup of the tables.
 */
export class Vault {
  #open = false;

  private constructor(
    private readonly pool: Pool,
    private readonly store: EventStore,
    private readonly master: Buffer,
  ) {}

  /**
   * Opens the vault: first every erasure on record is applied again, because the tables may come from a backup that is older.
   * @param master 32 bytes
   */
  static async open(pool: Pool, store: EventStore, master: Buffer): Promise<Vault> {
    await prepareVault(pool);
    const vault = new Vault(pool, store, master);
    await vault.applyErasures();
    vault.#open = true;
    return vault;
  }

  /**
   * Puts values in, and gives what the event is to say of them. Deposits that never make it into an event are destroyed with the rest.
   * @throws Malformed `resident-number`, `too-long`, `required`, `control-character`
   */
  async deposit(subject: string, values: PersonalValues): Promise<readonly Deposited[]> {
    this.mustBeOpen();
    const given = PERSONAL_FIELDS.flatMap((path) => {
      const value = values[path];
      return value === undefined ? [] : [{ path, value: checked(path, value) }];
    });
    return this.transaction(async (client) => {
      const key = (await this.keyOf(subject, client)) ?? (await this.newKey(subject, client));
      const deposited: Deposited[] = [];
      for (const { path, value } of given) {
        const ref = randomUUID();
        const salt = randomBytes(32);
        const sealed = seal(key, JSON.stringify({ salt: salt.toString('base64'), value }), about(subject, path, ref));
        await client.query('insert into vault.deposit (ref, subject, path, sealed) values ($1, $2, $3, $4)', [
          ref,
          subject,
          path,
          sealed,
        ]);
        deposited.push({ $pii: ref, path, c: commitmentOf(salt, path, value) });
      }
      return deposited;
    });
  }

  /** What the vault holds of a person under these references; nothing for what has been erased. */
  async disclose(subject: string, refs: readonly string[]): Promise<readonly Disclosure[]> {
    this.mustBeOpen();
    const key = await this.keyOf(subject, this.pool);
    if (key === undefined) return [];
    const { rows } = await this.pool.query<{ ref: string; path: PersonalField; sealed: Buffer }>(
      'select ref, path, sealed from vault.deposit where subject = $1 and ref = any($2) order by path, ref',
      [subject, refs],
    );
    return rows.map(({ ref, path, sealed }) => {
      const { salt, value } = JSON.parse(unseal(key, sealed, about(subject, path, ref))) as { salt: string; value: string };
      return { ref, path, value, salt };
    });
  }

  /** Fingerprint of the subject's key, to be named by the event that says it was destroyed; undefined when there is none. */
  async fingerprint(subject: string): Promise<string | undefined> {
    this.mustBeOpen();
    const { rows } = await this.pool.query<{ fingerprint: string }>('select fingerprint from vault.subject where subject = $1', [
      subject,
    ]);
    return rows[0]?.fingerprint;
  }

  /**
   * Destroys what the record says is erased: after an erasure was recorded, and when the vault is opened. Doing it again changes nothing.
   * @returns how many values it found and destroyed
   */
  async applyErasures(): Promise<number> {
    let destroyed = 0;
    for await (const recorded of this.store.readAll({ filter: { typePrefixes: [ERASED] } })) {
      const event = readRecorded(recorded);
      if (event.type !== ERASED) continue;
      const { subject, fields, keyFingerprint } = event.data;
      destroyed += await this.transaction(async (client) => {
        const { rowCount } = await client.query('delete from vault.deposit where subject = $1 and ref = any($2)', [
          subject,
          fields.map(({ ref }) => ref),
        ]);
        // Deposits that no event has named go with the key; a key made for later deposits has another fingerprint.
        await client.query('delete from vault.subject where subject = $1 and fingerprint = $2', [subject, keyFingerprint]);
        return rowCount ?? 0;
      });
    }
    return destroyed;
  }

  private async keyOf(subject: string, on: Pool | PoolClient): Promise<Buffer | undefined> {
    const { rows } = await on.query<{ wrapped: Buffer }>('select wrapped_key as wrapped from vault.subject where subject = $1', [
      subject,
    ]);
    const [row] = rows;
    if (row === undefined) return undefined;
    try {
      return Buffer.from(unseal(this.master, row.wrapped, aboutKey(subject)), 'base64');
    } catch (error) {
      throw new MasterKeyUnusable(
        `the key of ${subject} was sealed under another key of the vault than this process has (SAJEON_VAULT_KEY): give that one back, or seal ` +
          'what lies under it anew with `sajeon vault reseal`',
        { cause: error },
      );
    }
  }

  private async newKey(subject: string, client: PoolClient): Promise<Buffer> {
    const key = randomBytes(32);
    await client.query(
      'insert into vault.subject (subject, wrapped_key, fingerprint) values ($1, $2, $3) on conflict do nothing',
      [subject, seal(this.master, key.toString('base64'), aboutKey(subject)), createHash('sha256').update(key).digest('hex')],
    );
    // Another process may have been faster: its key is the one.
    const kept = await this.keyOf(subject, client);
    if (kept === undefined) throw new Error('a key that was just written is not there');
    return kept;
  }

  private async transaction<Result>(work: (client: PoolClient) => Promise<Result>): Promise<Result> {
    const client = await this.pool.connect();
    try {
      await client.query('begin');
      const result = await work(client);
      await client.query('commit');
      return result;
    } catch (error) {
      await client.query('rollback').catch(() => undefined);
      throw error;
    } finally {
      client.release();
    }
  }

  private mustBeOpen(): void {
    if (!this.#open) throw new VaultClosed('the vault has not been opened');
  }
}

/** The subject's key under another master key; undefined when it does not lie under `from`, or belongs to somebody else. */
export function sealedUnder(subject: string, wrapped: Buffer, from: Buffer, to: Buffer): Buffer | undefined {
  try {
    return seal(to, unseal(from, wrapped, aboutKey(subject)), aboutKey(subject));
  } catch {
    return undefined;
  }
}

const aboutKey = (subject: string): string => `key of ${subject}`;
const about = (subject: string, path: string, ref: string): string => `${subject}|${path}|${ref}`;

function seal(key: Buffer, text: string, associated: string): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(associated, 'utf8'));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]);
}

function unseal(key: Buffer, sealed: Buffer, associated: string): string {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(associated, 'utf8')).setAuthTag(sealed.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  return Buffer.concat([decipher.update(sealed.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8');
}

/** Six digits of a birthday and seven more: whatever else it is, it may not be kept (개인정보 보호법 제24조의2). */
const RESIDENT_NUMBER = /(?<!\d)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])[-\s]?[1-8]\d{6}(?!\d)/;

function checked(path: PersonalField, value: string): string {
  const trimmed = value.trim();
  if (RESIDENT_NUMBER.test(trimmed)) {
    throw new Malformed(
      'resident-number',
      { ko: '주민등록번호는 보관할 수 없습니다.', en: 'A resident registration number may not be kept.' },
      `/${path}`,
    );
  }
  if (trimmed === '') throw new Malformed('required', { ko: '내용을 적으세요.', en: 'This may not be empty.' }, `/${path}`);
  if (trimmed.length > LONGEST_VALUE) {
    throw new Malformed(
      'too-long',
      { ko: `${LONGEST_VALUE}자를 넘을 수 없습니다.`, en: `At most ${LONGEST_VALUE} characters.` },
      `/${path}`,
    );
  }
  if (/[\p{Control}\p{Surrogate}]/u.test(trimmed)) {
    throw new Malformed(
      'control-character',
      { ko: '제어 문자가 들어 있습니다.', en: 'It contains control characters.' },
      `/${path}`,
    );
  }
  return trimmed;
}

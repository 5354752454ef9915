import { Inject, Injectable } from '@nestjs/common';
import { RuleViolated } from '@sajeon/domain';
import { masterKey, type SealedColumn } from '@sajeon/vault';
import { randomBytes } from 'node:crypto';
import type { Pool } from 'pg';
import { IDENTITY_DATABASE } from './schema.js';
import { openUnder, sealUnder, sha256 } from './secrets.js';
import { base32, enrolmentUri, stepOf } from './totp.js';

/** As RFC 4226 recommends for SHA-1. */
const SECRET_BYTES = 20;
const RECOVERY_CODES = 10;
/** 120 bits: nobody finds a code from its hash, so no slow hash is needed. */
const RECOVERY_BYTES = 15;

/** By what somebody showed that they have their second factor; `provider`: its ID token says what the installation asks for. */
export type SecondFactor = 'totp' | 'recovery-code' | 'provider';

/** What is sealed under the key of the vault opens no more: the key is another one, or the row was changed. */
export class SecondFactorUnreadable extends Error {
  override readonly name = 'SecondFactorUnreadable';
}

export interface SecondFactorState {
  readonly enrolledAt: string | null;
  readonly recoveryCodesLeft: number;
}

/** What an authenticator app takes, told once. */
export interface Enrolment {
  readonly secret: string;
  readonly uri: string;
}

/**
 * One-time codes (RFC 6238) beside the password of an account of this installation (docs/adr/0048-one-time-codes-of-our-own.md). Secrets lie here
 * sealed under the master key of the vault, recovery codes as hashes: the database alone gives neither.
 */
@Injectable()
export class SecondFactors {
  constructor(@Inject(IDENTITY_DATABASE) private readonly pool: Pool) {}

  async stateOf(person: string): Promise<SecondFactorState> {
    const { rows } = await this.pool.query<{ confirmed_at: Date; left: number }>(
      `select confirmed_at, (select count(*)::int from identity_recovery_code c where c.person = f.person and used_at is null) as left
       from identity_second_factor f where person = $1 and confirmed_at is not null`,
      [person],
    );
    const [row] = rows;
    return { enrolledAt: row?.confirmed_at.toISOString() ?? null, recoveryCodesLeft: row?.left ?? 0 };
  }

  /**
   * A new secret, which counts once a code of it was shown.
   * @throws RuleViolated `second-factor-enrolled` while there is one; MasterKeyUnusable
   */
  async begin(person: string, login: string): Promise<Enrolment> {
    const secret = randomBytes(SECRET_BYTES);
    const { rowCount } = await this.pool.query(
      `insert into identity_second_factor (person, secret, last_step) values ($1, $2, 0)
       on conflict (person) do update set secret = $2, last_step = 0 where identity_second_factor.confirmed_at is null`,
      [person, sealUnder(keyOf(masterKey(), person), secret.toString('base64'), PURPOSE)],
    );
    if (rowCount === 0) {
      throw new RuleViolated('second-factor-enrolled', {
        ko: '이미 인증 앱을 등록했습니다. 바꾸려면 먼저 해제하십시오.',
        en: 'You have enrolled an app already. To change it, remove it first.',
      });
    }
    return { secret: base32(secret), uri: enrolmentUri(secret, login) };
  }

  /** From now on it takes codes. @returns the recovery codes, told once; undefined when the code is wrong or nothing was begun */
  async confirm(person: string, code: string): Promise<readonly string[] | undefined> {
    if (!(await this.takesCode(person, code, false))) return undefined;
    await this.pool.query('update identity_second_factor set confirmed_at = now() where person = $1', [person]);
    return this.newRecoveryCodes(person);
  }

  /**
   * By what the code shows the second factor; undefined when it does not. A recovery code is used up by it, and takes no key of the vault.
   * @throws SecondFactorUnreadable for a code of the app
   */
  async check(person: string, code: string): Promise<SecondFactor | undefined> {
    const plain = code.replace(/[\s-]/g, '');
    if (/^\d{6}$/.test(plain)) return (await this.takesCode(person, plain, true)) ? 'totp' : undefined;
    const { rowCount } = await this.pool.query(
      'update identity_recovery_code set used_at = now() where person = $1 and code_hash = $2 and used_at is null',
      [person, sha256(plain.toUpperCase())],
    );
    return rowCount === 1 ? 'recovery-code' : undefined;
  }

  /** Ten new ones; the former count no more. */
  async newRecoveryCodes(person: string): Promise<readonly string[]> {
    const codes = Array.from({ length: RECOVERY_CODES }, () => base32(randomBytes(RECOVERY_BYTES)));
    await this.pool.query(
      `with former as (delete from identity_recovery_code where person = $1)
       insert into identity_recovery_code (person, code_hash) select $1, unnest($2::bytea[])`,
      [person, codes.map(sha256)],
    );
    return codes.map((code) => code.replace(/(.{6})(?!$)/g, '$1-'));
  }

  /** @returns whether there was one */
  async remove(person: string): Promise<boolean> {
    const { rows } = await this.pool.query<{ confirmed_at: Date | null }>(
      `with codes as (delete from identity_recovery_code where person = $1)
       delete from identity_second_factor where person = $1 returning confirmed_at`,
      [person],
    );
    return rows.some(({ confirmed_at }) => confirmed_at !== null);
  }

  private async takesCode(person: string, code: string, confirmed: boolean): Promise<boolean> {
    const { rows } = await this.pool.query<{ secret: Buffer; last_step: string }>(
      'select secret, last_step::text from identity_second_factor where person = $1 and (confirmed_at is not null) = $2',
      [person, confirmed],
    );
    const [row] = rows;
    if (row === undefined) return false;
    const secret = readable(row.secret, person);
    const step = stepOf(secret, code, Date.now(), Number(row.last_step));
    if (step === undefined) return false;
    // Of two requests with one code only the first finds an older step.
    const { rowCount } = await this.pool.query(
      'update identity_second_factor set last_step = $2 where person = $1 and last_step < $2',
      [person, step],
    );
    return rowCount === 1;
  }
}

const PURPOSE = 'sajeon second factors';

/** Bound to the person: moved into another row a secret opens no more. */
function keyOf(master: Buffer, person: string): string {
  return `${master.toString('base64')} ${person}`;
}

/** @throws SecondFactorUnreadable that tells the operator why, also where this process has no key at all */
function readable(sealed: Buffer, person: string): Buffer {
  let master: Buffer;
  try {
    master = masterKey();
  } catch (error) {
    throw new SecondFactorUnreadable(`the second factor of ${person} takes the key of the vault`, { cause: error });
  }
  const secret = secretIn(sealed, master, person);
  if (secret !== undefined) return secret;
  throw new SecondFactorUnreadable(
    `the second factor of ${person} was sealed under another key of the vault than this process has (SAJEON_VAULT_KEY): give that one back, ` +
      'or seal what lies under it anew with `sajeon vault reseal`',
  );
}

/** Undefined when it was sealed under another key, or for somebody else. */
function secretIn(sealed: Buffer, master: Buffer, person: string): Buffer | undefined {
  try {
    return Buffer.from(openUnder(keyOf(master, person), sealed, PURPOSE), 'base64');
  } catch {
    return undefined;
  }
}

/** Where the apps' secrets lie under the key of the vault, for `sajeon vault reseal`. */
export const SEALED_SECOND_FACTORS: SealedColumn = {
  what: 'second-factors',
  ...{ table: 'identity_second_factor', id: 'person', column: 'secret' },
  reseal: (person, sealed, from, to) => {
    const secret = secretIn(sealed, from, person);
    return secret && sealUnder(keyOf(to, person), secret.toString('base64'), PURPOSE);
  },
};

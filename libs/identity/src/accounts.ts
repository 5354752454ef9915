import { Inject, Injectable } from '@nestjs/common';
import { Malformed, RuleViolated } from '@sajeon/domain';
import type { Pool } from 'pg';
import { BreachedPasswords } from './breached-passwords.js';
import { checkPassword, hashPassword, isPassword, pretendToCheck } from './passwords.js';
import { IDENTITY_DATABASE } from './schema.js';
import { SecondFactors, type SecondFactor } from './second-factor.js';
import { newSecret, sha256 } from './secrets.js';
import type { IdentitySettings } from './settings.js';
import { IDENTITY_SETTINGS } from './sessions.js';

/** Mistakes that anybody may make before it takes patience. */
const FREE_FAILURES = 5;
const LONGEST_LOCK_SECONDS = 3_600;

export type SignInAttempt =
  | { readonly outcome: 'welcome'; readonly person: string; readonly demo: boolean; readonly secondFactor: SecondFactor | null }
  /** The password is right, and a code must come with it. */
  | { readonly outcome: 'code-needed'; readonly person: string }
  /** The password is right, was given by somebody else, and was not changed in time. */
  | { readonly outcome: 'expired'; readonly person: string }
  | { readonly outcome: 'refused'; readonly person: string | null; readonly wrong: 'password' | 'code' }
  | { readonly outcome: 'locked'; readonly person: string | null; readonly seconds: number };

/** How a change of the password went. `unchecked`: it is changed, and nobody could be asked whether the new one is known from a break-in. */
export type PasswordChange = 'changed' | 'unchecked' | 'wrong-password';

interface Row {
  readonly person: string;
  readonly login: string;
  readonly password_hash: string;
  readonly must_change: boolean;
  readonly demo: boolean;
  readonly failures: number;
  readonly locked_for: number | null;
  readonly age_hours: number;
}

/** Logins and passwords of the installation itself, for where there is no identity provider. */
@Injectable()
export class Accounts {
  constructor(
    @Inject(IDENTITY_DATABASE) private readonly pool: Pool,
    @Inject(IDENTITY_SETTINGS) private readonly settings: IdentitySettings,
    private readonly factors: SecondFactors,
    private readonly breached: BreachedPasswords,
  ) {}

  /**
   * Gives the person a login, or a new password for it. @returns the password, to be told once, changed at the first sign-in, and good until then
   * @throws RuleViolated `login-taken` when it is somebody else's
   */
  async make(person: string, login: string): Promise<{ readonly password: string; readonly until: string }> {
    const password = newSecret().slice(0, 20);
    await this.put(person, login, password, { mustChange: true, demo: false });
    return { password, until: new Date(Date.now() + this.settings.firstPasswordHours * 3_600_000).toISOString() };
  }

  /** A demonstration account, whose password is known to everybody: never lets anybody in in production. */
  async makeDemo(person: string, login: string, password: string): Promise<void> {
    const { rows } = await this.pool.query('select 1 from identity_account where person = $1', [person]);
    if (rows.length === 0) await this.put(person, login, password, { mustChange: false, demo: true });
  }

  /** @param code of the second factor, or a recovery code; needed where the person has enrolled one */
  async attempt(login: string, password: string, code: string | null): Promise<SignInAttempt> {
    const account = await this.byLogin(login);
    // A demonstration account does not exist in production, also where the database was used for a demonstration before.
    if (account === undefined || (account.demo && this.settings.production)) return this.unknown(login.toLowerCase(), password);
    const { person, demo } = account;
    if (account.locked_for !== null) return { outcome: 'locked', person, seconds: account.locked_for };
    if (!(await isPassword(password, account.password_hash))) return this.refused(person, 'password');
    if (this.isExpired(account)) return { outcome: 'expired', person };
    let secondFactor: SecondFactor | null = null;
    if ((await this.factors.stateOf(person)).enrolledAt !== null) {
      // Mistakes are not forgotten yet: whoever has the password alone would otherwise have five codes again and again.
      if (code === null) return { outcome: 'code-needed', person };
      secondFactor = (await this.factors.check(person, code)) ?? null;
      if (secondFactor === null) return this.refused(person, 'code');
    }
    await this.forgetMistakes(person);
    return { outcome: 'welcome', person, demo, secondFactor };
  }

  /** Whether somebody who is signed in is still the one: by the password, and by a code where one is enrolled. A mistake counts. */
  async isStill(person: string, password: string, code: string | null): Promise<SignInAttempt> {
    const { rows } = await this.pool.query<Row>(`${SELECT} where person = $1`, [person]);
    const [account] = rows;
    if (account === undefined) return { outcome: 'refused', person, wrong: 'password' };
    return this.attempt(account.login, password, code);
  }

  /** The login of an account that may have a second factor: a demonstration account, which many people share, may not. */
  async loginOf(person: string): Promise<string | undefined> {
    const { rows } = await this.pool.query<Row>(`${SELECT} where person = $1 and not demo`, [person]);
    return rows[0]?.login;
  }

  /** Nobody: it takes as long, counts mistakes and locks as an account does, or the lock would tell which logins there are. */
  private async unknown(login: string, password: string): Promise<SignInAttempt> {
    const key = [sha256(login)];
    const { rows } = await this.pool.query<Pick<Row, 'locked_for'>>(
      `select ${LOCKED_FOR} from identity_unknown_login where login_hash = $1`,
      key,
    );
    const lockedFor = rows[0]?.locked_for ?? null;
    if (lockedFor !== null) return { outcome: 'locked', person: null, seconds: lockedFor };
    await pretendToCheck(password);
    const counted = await this.pool.query<Pick<Row, 'failures'>>(
      `insert into identity_unknown_login as known (login_hash, failures, failed_at) values ($1, 1, now())
       on conflict (login_hash) do update set failures = known.failures + 1, failed_at = now() returning failures`,
      key,
    );
    const seconds = lockAfter(counted.rows[0]?.failures ?? 0);
    if (seconds === 0) return { outcome: 'refused', person: null, wrong: 'password' };
    await this.pool.query(
      'update identity_unknown_login set locked_until = now() + make_interval(secs => $2) where login_hash = $1',
      [...key, seconds],
    );
    return { outcome: 'locked', person: null, seconds };
  }

  private async refused(person: string, wrong: 'password' | 'code'): Promise<SignInAttempt> {
    const seconds = await this.failed(person);
    return seconds === 0 ? { outcome: 'refused', person, wrong } : { outcome: 'locked', person, seconds };
  }

  private async forgetMistakes(person: string): Promise<void> {
    await this.pool.query('update identity_account set failures = 0, locked_until = null where person = $1', [person]);
  }

  /**
   * A wrong current password counts as a failed sign-in.
   * @throws Malformed `password-too-short`, `password-too-common`, `password-breached` …; RuleViolated `same-password`, `first-password-expired`;
   *   BreachedPasswordsUnreachable where the installation wants every password looked up
   */
  async change(person: string, current: string, next: string): Promise<PasswordChange> {
    const { rows } = await this.pool.query<Row>(`${SELECT} where person = $1`, [person]);
    const [account] = rows;
    if (account === undefined || account.locked_for !== null) return 'wrong-password';
    checkPassword(next, account.login);
    if (!(await isPassword(current, account.password_hash))) {
      await this.failed(person);
      return 'wrong-password';
    }
    if (this.isExpired(account)) throw new RuleViolated('first-password-expired', FIRST_PASSWORD_EXPIRED, '/current');
    if (current.normalize('NFC') === next.normalize('NFC')) {
      throw new RuleViolated(
        'same-password',
        { ko: '지금 쓰는 비밀번호와 같습니다. 다른 것을 적으십시오.', en: 'This is the present password. Choose another one.' },
        '/next',
      );
    }
    const known = await this.breached.look(next);
    if (known === 'breached') {
      throw new Malformed(
        'password-breached',
        {
          ko: '다른 곳에서 새어 나간 적이 있는 비밀번호입니다. 여기서도 먼저 넣어 볼 것이니 다른 것을 적으십시오.',
          en: 'This password is known from a break-in elsewhere and would be tried first. Choose another one.',
        },
        '/next',
      );
    }
    await this.pool.query(
      'update identity_account set password_hash = $2, must_change = false, failures = 0, locked_until = null, changed_at = now() where person = $1',
      [person, await hashPassword(next)],
    );
    return known === 'unreachable' ? 'unchecked' : 'changed';
  }

  private isExpired({ must_change, age_hours }: Row): boolean {
    return must_change && age_hours >= this.settings.firstPasswordHours;
  }

  /** Whether anybody but demonstration users could sign in. */
  async any(): Promise<boolean> {
    const { rows } = await this.pool.query('select 1 from identity_account where not demo limit 1');
    return rows.length > 0;
  }

  private async put(
    person: string,
    login: string,
    password: string,
    { mustChange, demo }: { readonly mustChange: boolean; readonly demo: boolean },
  ): Promise<void> {
    try {
      await this.pool.query(
        `insert into identity_account (person, login, password_hash, must_change, demo, changed_at) values ($1, $2, $3, $4, $5, now())
         on conflict (person) do update set login = $2, password_hash = $3, must_change = $4, demo = identity_account.demo, failures = 0,
           locked_until = null, changed_at = now()`,
        [person, login.toLowerCase(), await hashPassword(password), mustChange, demo],
      );
    } catch (error) {
      if ((error as { readonly code?: unknown }).code !== '23505') throw error;
      throw new RuleViolated(
        'login-taken',
        { ko: '다른 사람이 쓰고 있는 아이디입니다.', en: 'Somebody else has this login.' },
        '/login',
      );
    }
  }

  /** One more failure. @returns seconds for which the account is locked now; each further one doubles them */
  private async failed(person: string): Promise<number> {
    const { rows } = await this.pool.query<{ failures: number }>(
      'update identity_account set failures = failures + 1 where person = $1 returning failures',
      [person],
    );
    const seconds = lockAfter(rows[0]?.failures ?? 0);
    if (seconds === 0) return 0;
    await this.pool.query(`update identity_account set locked_until = now() + make_interval(secs => $2) where person = $1`, [
      person,
      seconds,
    ]);
    return seconds;
  }

  private async byLogin(login: string): Promise<Row | undefined> {
    const { rows } = await this.pool.query<Row>(`${SELECT} where login = $1`, [login.toLowerCase()]);
    return rows[0];
  }
}

/** Seconds for which so many mistakes lock a login; each further one doubles them. */
function lockAfter(failures: number): number {
  return failures < FREE_FAILURES ? 0 : Math.min(LONGEST_LOCK_SECONDS, 30 * 2 ** Math.min(10, failures - FREE_FAILURES));
}

/** To whoever has shown the password: nobody else learns that there is one. */
export const FIRST_PASSWORD_EXPIRED = {
  ko: '처음 받은 비밀번호를 정해진 시간 안에 바꾸지 않아 더는 쓸 수 없습니다. 관리자에게 새 비밀번호를 요청하십시오.',
  en: 'This first password was not changed in time and counts no more. Ask an administrator for a new one.',
};

const LOCKED_FOR = `case when locked_until > now() then ceil(extract(epoch from locked_until - now()))::int end as locked_for`;
const SELECT = `select person, login, password_hash, must_change, demo, failures, extract(epoch from now() - changed_at)::float8 / 3600 as age_hours,
  ${LOCKED_FOR} from identity_account`;

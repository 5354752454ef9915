import { Inject, Injectable } from '@nestjs/common';
import type { Role } from '@sajeon/access';
import { createHash, randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { IDENTITY_DATABASE } from './schema.js';
import type { SecondFactor } from './second-factor.js';
import { newSecret, openUnder, sealUnder, sha256 } from './secrets.js';
import type { IdentitySettings } from './settings.js';

export const IDENTITY_SETTINGS = Symbol('identity settings');

/** How often `seen_at` is written: a page asks many times a minute. */
const SEEN_EVERY_SECONDS = 30;

export interface ProviderTokens {
  readonly idToken: string;
  readonly refreshToken: string | null;
  /** When the provider is to be asked again whether it still vouches for the person. */
  readonly checkAt: string;
}

export interface Session {
  /** Names it in lists; not what the browser holds. */
  readonly session: string;
  readonly person: string;
  readonly method: 'password' | 'provider';
  /** What was shown beside the password, or that the provider's word says enough; null for none. */
  readonly secondFactor: SecondFactor | null;
  /** What the person acts as, if that was chosen. */
  readonly capacity: string | null;
  readonly openedAt: string;
  readonly seenAt: string;
  readonly endsAt: string;
  readonly agent: string;
  readonly address: string;
}

export interface OpenSession extends Session {
  /** The person proved who they are a short while ago, by signing in or once more since. */
  readonly recent: boolean;
  /** The password was given by somebody else, and nothing goes before one's own. */
  readonly mustChangePassword: boolean;
  /** Of a demonstration account, whose password everybody knows anyway. */
  readonly demo: boolean;
  readonly checkAt: string | null;
}

interface Row {
  readonly session: string;
  readonly person: string;
  readonly method: Session['method'];
  readonly second_factor: SecondFactor | null;
  readonly demo: boolean;
  readonly capacity: string | null;
  readonly opened_at: Date;
  readonly seen_at: Date;
  readonly ends_at: Date;
  readonly agent: string;
  readonly address: string;
  readonly check_at: Date | null;
}

interface FoundRow extends Row {
  readonly recent: boolean;
  readonly must_change: boolean;
}

/**
 * Sign-ins of browsers. The browser holds 256 random bits, the database their hash: whoever reads the table cannot sign in. They end when
 * idle, after a time in any case, when signed out, and when somebody ends them from another session.
 */
@Injectable()
export class Sessions {
  constructor(
    @Inject(IDENTITY_DATABASE) private readonly pool: Pool,
    @Inject(IDENTITY_SETTINGS) private readonly settings: IdentitySettings,
  ) {}

  /**
   * @param from.provedAt when the person proved who they are: now with a password; at the provider as its ID token says, null when it does not
   * @returns what the browser is to hold
   */
  async open(
    person: string,
    method: Session['method'],
    from: {
      readonly agent: string;
      readonly address: string;
      readonly provedAt: Date | null;
      readonly demo?: boolean;
      readonly secondFactor?: SecondFactor | null;
      readonly capacity?: string | null;
    },
    tokens: ProviderTokens | null = null,
  ): Promise<string> {
    const id = newSecret();
    await this.pool.query(
      `insert into identity_session (id_hash, session, person, method, demo, opened_at, seen_at, ends_at, agent, address, provider_tokens, check_at,
         second_factor, proved_at, capacity, proved_from)
       values ($1, $2, $3, $4, $5, now(), now(), now() + make_interval(hours => $6), $7, $8, $9, $10, $11, $12, $13, $8)`,
      [
        ...[sha256(id), randomUUID(), person, method, from.demo ?? false, this.settings.sessionHours],
        ...[from.agent.slice(0, 200), from.address, tokens === null ? null : sealUnder(id, JSON.stringify(tokens))],
        tokens?.checkAt ?? null,
        ...[from.secondFactor ?? null, from.provedAt, from.capacity ?? null],
      ],
    );
    return id;
  }

  /** The session that the browser holds, unless it has ended. @param address from where it is used: a proof from elsewhere is none here */
  async find(id: string, address: string): Promise<OpenSession | undefined> {
    const { rows } = await this.pool.query<FoundRow>(
      `select session, person, method, second_factor, demo, capacity, opened_at, seen_at, ends_at, agent, address, check_at,
         coalesce(proved_at > now() - make_interval(mins => $4) and proved_from = $5, false) as recent,
         method = 'password' and exists (select from identity_account a where a.person = s.person and must_change) as must_change
       from identity_session s
       where id_hash = $1 and ended_at is null and ends_at > now() and seen_at > now() - make_interval(mins => $2)
         and not (demo and $3)`,
      [sha256(id), this.settings.idleMinutes, this.settings.production, this.settings.recentMinutes, address],
    );
    const [row] = rows;
    if (row === undefined) return undefined;
    if (Date.now() - row.seen_at.getTime() > SEEN_EVERY_SECONDS * 1_000) {
      await this.pool.query('update identity_session set seen_at = now() where id_hash = $1', [sha256(id)]);
    }
    const { demo, recent, must_change: mustChangePassword } = row;
    return { ...shown(row), demo, recent, mustChangePassword, checkAt: row.check_at?.toISOString() ?? null };
  }

  /** What must come with every change: a page of another site does not know it, and it says nothing about the cookie. */
  csrfToken(id: string): string {
    return createHash('sha256').update(`csrf ${id}`).digest('base64url');
  }

  /** That the person has shown the second factor in this session too. */
  async showed(session: string, secondFactor: SecondFactor): Promise<void> {
    await this.pool.query('update identity_session set second_factor = $2 where session = $1', [session, secondFactor]);
  }

  /** That the person has proved once more who they are. */
  async proved(session: string, address: string): Promise<void> {
    await this.pool.query('update identity_session set proved_at = now(), proved_from = $2 where session = $1', [
      session,
      address,
    ]);
  }

  async actAs(session: string, capacity: string): Promise<void> {
    await this.pool.query('update identity_session set capacity = $2 where session = $1', [session, capacity]);
  }

  /** The person's sessions that have not ended, newest first. */
  async of(person: string): Promise<readonly Session[]> {
    const { rows } = await this.pool.query<Row>(
      `select session, person, method, second_factor, demo, capacity, opened_at, seen_at, ends_at, agent, address, check_at from identity_session
       where person = $1 and ended_at is null and ends_at > now() and seen_at > now() - make_interval(mins => $2)
       order by opened_at desc limit 100`,
      [person, this.settings.idleMinutes],
    );
    return rows.map(shown);
  }

  /** Ends one session of the person. @returns false when there is none */
  async end(person: string, session: string): Promise<boolean> {
    const { rowCount } = await this.pool.query(
      `update identity_session set ended_at = now(), provider_tokens = null where person = $1 and session = $2 and ended_at is null`,
      [person, session],
    );
    return rowCount === 1;
  }

  /** @param except a session that goes on, such as the one in which the password was changed */
  async endAll(person: string, except: string | null = null): Promise<void> {
    await this.pool.query(
      `update identity_session set ended_at = now(), provider_tokens = null
       where person = $1 and ended_at is null and session is distinct from $2::uuid`,
      [person, except],
    );
  }

  async tokens(id: string): Promise<ProviderTokens | null> {
    const { rows } = await this.pool.query<{ provider_tokens: Buffer | null }>(
      'select provider_tokens from identity_session where id_hash = $1',
      [sha256(id)],
    );
    const sealed = rows[0]?.provider_tokens;
    // Sealed by `open` and `keepTokens`, so it is what they wrote.
    return sealed ? (JSON.parse(openUnder(id, sealed)) as ProviderTokens) : null;
  }

  async keepTokens(id: string, tokens: ProviderTokens): Promise<void> {
    await this.pool.query('update identity_session set provider_tokens = $2, check_at = $3 where id_hash = $1', [
      sha256(id),
      sealUnder(id, JSON.stringify(tokens)),
      tokens.checkAt,
    ]);
  }
}

/** Whether the session may not be used for these roles before the person has shown a second factor, here or at the provider. */
export function lacksSecondFactor(
  { secondFactorFor }: IdentitySettings,
  { demo, secondFactor }: Pick<OpenSession, 'demo' | 'secondFactor'>,
  roles: readonly Role[],
): boolean {
  if (demo || secondFactor !== null) return false;
  return roles.some((role) => secondFactorFor.includes(role));
}

function shown({ opened_at, seen_at, ends_at, ...row }: Row): Session {
  const { session, person, method, capacity, agent, address } = row;
  return {
    ...{ session, person, method, secondFactor: row.second_factor, capacity, agent, address },
    ...{ openedAt: opened_at.toISOString(), seenAt: seen_at.toISOString(), endsAt: ends_at.toISOString() },
  };
}

import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '@sajeon/access';
import type { UserRole } from '@sajeon/domain';
import { randomBytes } from 'node:crypto';
import type { Pool } from 'pg';
import { IDENTITY_DATABASE } from './schema.js';
import { newSecret, sha256 } from './secrets.js';

/** What a machine may be. It never approves and never administers: those are acts of people. */
export const KEY_ROLES: readonly UserRole[] = ['applicant', 'reviewer', 'owner', 'auditor'];
/** A key is written with this in front, so that scanners of repositories and logs know one when they see it. */
const PREFIX = 'sajeon_';

export interface ApiKey {
  readonly key: string;
  readonly name: string;
  readonly agency: string;
  readonly roles: readonly UserRole[];
  readonly scopes: readonly string[];
  readonly createdBy: string;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly revokedAt: string | null;
  readonly usedAt: string | null;
}

interface Row {
  readonly key: string;
  readonly name: string;
  readonly agency: string;
  readonly roles: readonly UserRole[];
  readonly scopes: readonly string[];
  readonly created_by: string;
  readonly created_at: Date;
  readonly expires_at: Date;
  readonly revoked_at: Date | null;
  readonly used_at: Date | null;
}

/** Keys of machines: scopes, an end, and only their hash in the database. */
@Injectable()
export class ApiKeys {
  constructor(@Inject(IDENTITY_DATABASE) private readonly pool: Pool) {}

  /** @returns the secret, which is told once and never again */
  async make(
    wanted: Pick<ApiKey, 'name' | 'agency' | 'roles' | 'scopes' | 'expiresAt'>,
    by: string,
  ): Promise<{ readonly key: string; readonly secret: string }> {
    const key = randomBytes(8).toString('hex');
    const secret = `${PREFIX}${key}_${newSecret()}`;
    await this.pool.query(
      `insert into identity_api_key (key, secret_hash, name, agency, roles, scopes, created_by, created_at, expires_at)
       values ($1, $2, $3, $4, $5, $6, $7, now(), $8)`,
      [key, sha256(secret), wanted.name, wanted.agency, wanted.roles, wanted.scopes, by, wanted.expiresAt],
    );
    return { key, secret };
  }

  static looksLikeOne(token: string): boolean {
    return token.startsWith(PREFIX);
  }

  /** Who the key stands for; undefined when it is unknown, revoked or expired. */
  async find(secret: string): Promise<Principal | undefined> {
    const { rows } = await this.pool.query<Row>(
      'select * from identity_api_key where secret_hash = $1 and revoked_at is null and expires_at > now()',
      [sha256(secret)],
    );
    const [row] = rows;
    if (row === undefined) return undefined;
    if (row.used_at === null || Date.now() - row.used_at.getTime() > 60_000) {
      await this.pool.query('update identity_api_key set used_at = now() where key = $1', [row.key]);
    }
    return { person: `key-${row.key}`, agency: row.agency, roles: row.roles, scopes: row.scopes };
  }

  async list(): Promise<readonly ApiKey[]> {
    const { rows } = await this.pool.query<Row>('select * from identity_api_key order by created_at desc limit 1000');
    return rows.map(({ key, name, agency, roles, scopes, created_by, created_at, expires_at, revoked_at, used_at }) => ({
      ...{ key, name, agency, roles, scopes, createdBy: created_by, createdAt: created_at.toISOString() },
      ...{ expiresAt: expires_at.toISOString(), revokedAt: revoked_at?.toISOString() ?? null },
      usedAt: used_at?.toISOString() ?? null,
    }));
  }

  /** At once, in every process. @returns false when there is no such key */
  async revoke(key: string): Promise<boolean> {
    const { rowCount } = await this.pool.query(
      'update identity_api_key set revoked_at = coalesce(revoked_at, now()) where key = $1',
      [key],
    );
    return rowCount === 1;
  }
}

/** Whether the scopes reach that part of the service. Absent scopes reach everything that the roles allow. */
export function inScope(scopes: readonly string[] | undefined, part: string, act: 'read' | 'write'): boolean {
  if (scopes === undefined) return true;
  return scopes.some((scope) => scope === `${part}:${act}` || scope === `*:${act}`);
}

export const SCOPE = /^(\*|[a-z]+(-[a-z]+)*):(read|write)$/;

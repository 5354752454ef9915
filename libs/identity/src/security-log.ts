import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Pool } from 'pg';
import { IDENTITY_DATABASE } from './schema.js';

export type SecurityEventKind =
  | 'signed-in'
  | 'sign-in-refused'
  | 'account-locked'
  | 'signed-out'
  | 'proved-again'
  | 'session-ended'
  | 'capacity-switched'
  | 'password-changed'
  | 'breached-passwords-unreachable'
  | 'account-made'
  | 'second-factor-enrolled'
  | 'second-factor-removed'
  | 'second-factor-reset'
  | 'recovery-codes-made'
  | 'api-key-made'
  | 'api-key-revoked'
  | 'webhook-made'
  | 'webhook-secret-changed'
  | 'webhook-ended'
  | 'webhook-replayed'
  | 'credentials-refused'
  | 'access-denied';

export interface SecurityEvent {
  readonly kind: SecurityEventKind;
  /** Null when nobody was identified. */
  readonly person: string | null;
  readonly agency: string | null;
  /** Where the request came from. */
  readonly address: string;
  /** Never a secret, never what somebody wrote. */
  readonly detail: Readonly<Record<string, string>>;
}

export interface RecordedSecurityEvent extends SecurityEvent {
  readonly id: string;
  readonly at: string;
}

/**
 * Every sign-in, sign-out and refused access: in a table that only grows, and as a line of the service's log, which a collector may keep on
 * another machine. Not events of the record: a stranger could fill that, and by law these are kept for years, not for ever (docs/adr/0030-sign-ins-are-not-events.md).
 */
@Injectable()
export class SecurityLog {
  private readonly logger = new Logger('security');

  constructor(@Inject(IDENTITY_DATABASE) private readonly pool: Pool) {}

  async record({ kind, person, agency, address, detail }: SecurityEvent): Promise<void> {
    this.logger.log({ event: kind, person, agency, address, ...detail });
    await this.pool.query(
      `insert into identity_security_event (at, kind, person, agency, address, detail) values (now(), $1, $2, $3, $4, $5)`,
      [kind, person, agency, address, JSON.stringify(detail)],
    );
  }

  /** Newest first. @param before id of the last one seen */
  async list(filter: {
    readonly person?: string | undefined;
    readonly kind?: string | undefined;
    readonly before?: string | undefined;
    readonly limit: number;
  }): Promise<readonly RecordedSecurityEvent[]> {
    const { rows } = await this.pool.query<{ id: string; at: Date } & SecurityEvent>(
      `select id::text, at, kind, person, agency, address, detail from identity_security_event
       where ($1::text is null or person = $1) and ($2::text is null or kind = $2) and ($3::bigint is null or id < $3)
       order by identity_security_event.id desc limit $4`,
      [filter.person ?? null, filter.kind ?? null, filter.before ?? null, filter.limit],
    );
    return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
  }
}

import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Pool } from 'pg';
import { IDENTITY_DATABASE } from './schema.js';
import { IDENTITY_SETTINGS } from './sessions.js';
import type { IdentitySettings } from './settings.js';

const DAY_MS = 86_400_000;
/** Mistakes at logins that there are not: long enough that nobody waits to see which lock lasts. */
const UNKNOWN_DAYS = 90;

/**
 * Forgets records of access when their time is over (개인정보의 안전성 확보조치 기준 제8조: at least one year, two years for systems of 50,000 people or
 * with sensitive or unique identifiers): who signed in, who was refused, and the sign-ins that ended. Once when the service starts, then
 * every day, in whichever processes run.
 */
@Injectable()
export class Retention implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('security');
  private every: NodeJS.Timeout | undefined;

  constructor(
    @Inject(IDENTITY_DATABASE) private readonly pool: Pool,
    @Inject(IDENTITY_SETTINGS) private readonly settings: IdentitySettings,
  ) {}

  onApplicationBootstrap(): void {
    const tidy = (): void => {
      this.forget(new Date()).catch((error: unknown) =>
        this.logger.error(`old records of access are still there: ${String(error)}`),
      );
    };
    tidy();
    this.every = setInterval(tidy, DAY_MS);
    this.every.unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.every);
  }

  /** @returns how many security events and sign-ins went */
  async forget(now: Date): Promise<{ readonly events: number; readonly sessions: number }> {
    const before = new Date(now.getTime() - this.settings.accessRecordDays * DAY_MS);
    const events = await this.pool.query<{ gone: string }>('select identity_forget($1)::text as gone', [before]);
    await this.pool.query('delete from identity_unknown_login where failed_at < $1', [
      new Date(now.getTime() - UNKNOWN_DAYS * DAY_MS),
    ]);
    const sessions = await this.pool.query('delete from identity_session where ends_at < $1', [before]);
    const gone = { events: Number(events.rows[0]?.gone ?? 0), sessions: sessions.rowCount ?? 0 };
    if (gone.events > 0 || gone.sessions > 0) this.logger.log({ event: 'forgotten', before: before.toISOString(), ...gone });
    return gone;
  }
}

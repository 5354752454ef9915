import { Injectable } from '@nestjs/common';
import { DEMO_USERS, type Principal } from '@sajeon/access';
import { Decisions, USER } from '@sajeon/decisions';
import type { UserRole } from '@sajeon/domain';
import { v5 as uuidv5 } from 'uuid';
import type { EventStore } from '@sajeon/event-store';
import { Pool, type PoolConfig } from 'pg';
import { Accounts } from './accounts.js';
import { BreachedPasswords } from './breached-passwords.js';
import { prepareIdentity } from './schema.js';
import { SecondFactors } from './second-factor.js';
import { firstPasswordHours, identitySettings } from './settings.js';

const DEMO = '2a6f0a57-1f57-5f0b-8c0e-0c6f2f0f9c11';

/** Registers people through the front door where nobody is there yet to do it: demonstration users, and the first administrator. */
@Injectable()
export class FirstUsers {
  constructor(
    private readonly decisions: Decisions,
    private readonly accounts: Accounts,
  ) {}

  /** Everybody in `DEMO_USERS`, each with an account whose login and password are the demo token. Never called in production. */
  async demo(): Promise<void> {
    const at = new Date().toISOString();
    for (const { token, principal } of DEMO_USERS) {
      const { person, agency } = principal;
      // Demonstration users carry only roles that can be granted.
      await this.register('sample', person, agency, principal.roles as readonly UserRole[], at, (step) =>
        uuidv5(`${token} ${step}`, DEMO),
      );
      await this.accounts.makeDemo(person, token, token);
    }
  }

  /** @returns the password to tell once, with which the first administrator signs in and then chooses another, and until when it lets them in */
  async administrator(
    person: string,
    login: string,
    agency: string,
  ): Promise<{ readonly password: string; readonly until: string }> {
    const at = new Date().toISOString();
    await this.register('installation', person, agency, ['administrator'], at, (step) => uuidv5(`${person} ${step} ${at}`, DEMO));
    return this.accounts.make(person, login);
  }

  private async register(
    who: string,
    person: string,
    agency: string,
    roles: readonly UserRole[],
    at: string,
    id: (step: string) => string,
  ): Promise<void> {
    const principal: Principal = { person: who, agency, roles: ['administrator'] };
    const stamp = { by: { person: who, agency }, at };
    const registered = { type: 'register-user', data: { ...stamp, user: person } } as const;
    await this.decisions.execute(USER, person, registered, { commandId: id('registered'), principal });
    const { state } = await this.decisions.load(USER, person);
    // Granted once: what an administrator has revoked since is not given back at the next start.
    if (state === null || state.grants.some(({ grant }) => grant === 'first')) return;
    const granted = { ...stamp, grant: 'first', agency, roles, from: '2026-01-01', until: null };
    await this.decisions.execute(USER, person, { type: 'grant-roles', data: granted }, { commandId: id('granted'), principal });
  }
}

/** For the command line, which has no service running. */
export async function createFirstUsers(storage: {
  readonly events: EventStore;
  readonly database: PoolConfig;
}): Promise<{ readonly users: FirstUsers; readonly close: () => Promise<void> }> {
  const pool = new Pool({ ...storage.database, max: 1 });
  await prepareIdentity(pool);
  const settings = { ...identitySettings({}), firstPasswordHours: firstPasswordHours() };
  const accounts = new Accounts(pool, settings, new SecondFactors(pool), new BreachedPasswords(settings));
  const users = new FirstUsers(new Decisions(storage.events), accounts);
  return { users, close: () => pool.end() };
}

import { Global, Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { TokenBook } from '@sajeon/access';
import { Pool, type PoolConfig } from 'pg';
import { Accounts } from './accounts.js';
import { ApiKeys } from './api-keys.js';
import { BreachedPasswords } from './breached-passwords.js';
import { Directory } from './directory.js';
import { FirstUsers } from './first-users.js';
import { Identities } from './identities.js';
import { Provider } from './provider.js';
import { Retention } from './retention.js';
import { IDENTITY_DATABASE, prepareIdentity } from './schema.js';
import { SecondFactors } from './second-factor.js';
import { SecurityLog } from './security-log.js';
import { IDENTITY_SETTINGS, Sessions } from './sessions.js';
import { identitySettings, type IdentitySettings } from './settings.js';

/** No statement here takes longer, unless something is wrong. */
const STATEMENT_TIMEOUT_MS = 10_000;
const parts = [
  Directory,
  SecondFactors,
  BreachedPasswords,
  Accounts,
  Sessions,
  ApiKeys,
  Provider,
  SecurityLog,
  Identities,
  FirstUsers,
  Retention,
];

/** Accounts, sessions, API keys and the provider, on the database of the views. Needs `DecisionsModule`. */
@Global()
@Module({})
export class IdentityModule implements OnApplicationShutdown {
  constructor(@Inject(IDENTITY_DATABASE) private readonly pool: Pool) {}

  static forRoot(database: PoolConfig, tokens: TokenBook, settings?: IdentitySettings): DynamicModule {
    return {
      module: IdentityModule,
      providers: [
        { provide: TokenBook, useValue: tokens },
        { provide: IDENTITY_SETTINGS, useFactory: () => settings ?? identitySettings() },
        {
          provide: IDENTITY_DATABASE,
          useFactory: async () => {
            const pool = new Pool({ ...database, max: 5, statement_timeout: STATEMENT_TIMEOUT_MS });
            pool.on('error', () => undefined); // a failure shows in the query
            await prepareIdentity(pool);
            return pool;
          },
        },
        ...parts,
      ],
      exports: [TokenBook, IDENTITY_SETTINGS, ...parts],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.end();
  }
}

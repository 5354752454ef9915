import { Module, type DynamicModule } from '@nestjs/common';
import { EventStore } from '@sajeon/event-store';
import { Pool, type PoolConfig } from 'pg';
import { masterKey } from './master-key.js';
import { Vault } from './vault.js';

/** Opens the vault when it is first asked for, so that a process without the master key serves everything else. */
export class LazyVault {
  #vault: Promise<Vault> | undefined;
  readonly #pool: Pool;

  constructor(
    private readonly store: EventStore,
    database: PoolConfig,
  ) {
    this.#pool = new Pool({ application_name: 'sajeon-vault', ...database, max: 2 });
    this.#pool.on('error', () => undefined);
  }

  /** @throws MasterKeyUnusable */
  async open(): Promise<Vault> {
    this.#vault ??= Promise.resolve().then(() => Vault.open(this.#pool, this.store, masterKey()));
    try {
      return await this.#vault;
    } catch (error) {
      this.#vault = undefined; // the next one to ask tries again
      throw error;
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#pool.end();
  }
}

/** The vault on the event store that the application provides. */
@Module({})
export class VaultModule {
  static forRoot(database: PoolConfig): DynamicModule {
    return {
      module: VaultModule,
      providers: [
        { provide: LazyVault, useFactory: (store: EventStore) => new LazyVault(store, database), inject: [EventStore] },
      ],
      exports: [LazyVault],
    };
  }
}

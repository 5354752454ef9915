import { Injectable, Logger, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { EventStore } from '@sajeon/event-store';
import { Pool, type PoolConfig } from 'pg';
import { AuditLog } from './audit-log.js';
import { Cosigning, readWitnesses, type WitnessHealth } from './cosigning.js';
import { LogController } from './log.controller.js';
import { LogKey, logKeyFile } from './log-key.js';
import { prepareLog } from './schema.js';
import { Sealer, type SealerHealth } from './sealer.js';
import { SealingThread } from './sealing-thread.js';

const POOL = Symbol('database of the log');

export interface AuditOptions {
  readonly database: PoolConfig;
  /** Whether positions of the event store have no gaps: true on PostgreSQL, false on KurrentDB (`storage.mode === 'kurrent'`). */
  readonly dense: boolean;
  /** Name of the log when this database has none yet; made up unless given (`SAJEON_LOG_ORIGIN`). Never changes afterwards. */
  readonly origin?: string;
  /** Of the signing key; `logKeyFile(origin)` unless given. Read by the process that seals, and by no other. */
  readonly keyFile?: string;
  /** File that names the witnesses (see `readWitnesses`); `SAJEON_WITNESSES` unless given. None: nobody is asked. */
  readonly witnessesFile?: string;
  /** `GET /v1/log/…`. Off unless true. */
  readonly http?: boolean;
}

/** Seals the log in this process, once it is started. Any number of processes may. */
@Injectable()
export class Sealing implements OnApplicationShutdown {
  private readonly logger = new Logger('log');
  private sealer: Pick<Sealer, 'start' | 'stop' | 'health'> | undefined;
  private cosigning: Cosigning | undefined;

  constructor(
    private readonly store: EventStore,
    private readonly pool: Pool,
    private readonly log: AuditLog,
    private readonly options: AuditOptions,
  ) {}

  /**
   * @param inThread in a thread of its own, so that appends and answers of this process do not wait for it
   * @throws LogKeyUnusable
   */
  start({ inThread = false }: { readonly inThread?: boolean } = {}): void {
    const { origin } = this.log;
    const { dense, database } = this.options;
    const key = LogKey.open(this.options.keyFile ?? logKeyFile(origin), origin);
    const onFailure = (error: unknown) =>
      this.logger.error(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
    this.sealer ??= inThread
      ? new SealingThread({ database, keyFile: key.file, origin, dense, onFailure })
      : new Sealer({ store: this.store, pool: this.pool, key, dense, onFailure });
    this.sealer.start();
    const witnesses = this.options.witnessesFile ?? process.env['SAJEON_WITNESSES']?.trim();
    if (witnesses) {
      this.cosigning ??= new Cosigning(this.log, this.pool, readWitnesses(witnesses), undefined, ({ code, message }) =>
        this.logger.error(`${code === 'conflict' ? 'ALARM: ' : ''}not cosigned: ${message}`),
      );
      this.cosigning.start();
    }
    this.logger.log(`sealing ${this.log.origin} with ${key.file}`);
  }

  /** Undefined in a process that does not seal. */
  health(): SealerHealth | undefined {
    return this.sealer?.health();
  }

  /** Of the witnesses that this process asks. */
  witnesses(): readonly WitnessHealth[] {
    return this.cosigning?.health() ?? [];
  }

  async onApplicationShutdown(): Promise<void> {
    await this.cosigning?.stop();
    await this.sealer?.stop();
    await this.pool.end();
  }
}

/** The transparency log on the event store that the application provides. Importing it seals nothing: start `Sealing` for that. */
@Module({})
export class AuditModule {
  static forRoot(options: AuditOptions): DynamicModule {
    return {
      module: AuditModule,
      controllers: options.http ? [LogController] : [],
      providers: [
        {
          provide: POOL,
          useFactory: () => {
            const pool = new Pool({ application_name: 'sajeon-log', ...options.database, max: 4 });
            // Without a listener an idle connection that the server closes would end the process.
            pool.on('error', () => undefined);
            return pool;
          },
        },
        {
          provide: AuditLog,
          useFactory: async (store: EventStore, pool: Pool) => {
            const origin = options.origin ?? process.env['SAJEON_LOG_ORIGIN']?.trim();
            return new AuditLog(store, pool, await prepareLog(pool, origin || undefined));
          },
          inject: [EventStore, POOL],
        },
        {
          provide: Sealing,
          useFactory: (store: EventStore, pool: Pool, log: AuditLog) => new Sealing(store, pool, log, options),
          inject: [EventStore, POOL, AuditLog],
        },
      ],
      exports: [AuditLog, Sealing],
    };
  }
}

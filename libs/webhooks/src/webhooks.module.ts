import { Global, Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { Pool, type PoolConfig } from 'pg';
import { Deliveries } from './deliveries.js';
import { prepareWebhooks, WEBHOOK_DATABASE, WEBHOOK_SETTINGS } from './schema.js';
import { webhookSettings } from './settings.js';
import { Subscriptions } from './subscriptions.js';

/** Webhooks on the database of the views. Importing it sends nothing: a process that should calls `Deliveries.start()`. Needs `DecisionsModule`. */
@Global()
@Module({})
export class WebhooksModule implements OnApplicationShutdown {
  constructor(
    @Inject(WEBHOOK_DATABASE) private readonly pool: Pool,
    private readonly deliveries: Deliveries,
  ) {}

  static forRoot(database: PoolConfig): DynamicModule {
    return {
      module: WebhooksModule,
      providers: [
        { provide: WEBHOOK_SETTINGS, useFactory: () => webhookSettings() },
        {
          provide: WEBHOOK_DATABASE,
          useFactory: async () => {
            const pool = new Pool({ application_name: 'sajeon-webhooks', ...database, max: 4 });
            pool.on('error', () => undefined); // a failure shows in the query
            await prepareWebhooks(pool);
            return pool;
          },
        },
        Subscriptions,
        Deliveries,
      ],
      exports: [Subscriptions, Deliveries],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.deliveries.stop();
    await this.pool.end();
  }
}

import { Module, type DynamicModule } from '@nestjs/common';
import { AuditModule } from '@sajeon/audit';
import { DecisionsModule } from '@sajeon/decisions';
import type { Storage } from '@sajeon/event-store';
import { ReadModelsModule } from '@sajeon/read-models';
import { VaultModule } from '@sajeon/vault';
import { WorkflowModule } from '@sajeon/workflow';
import { WebhooksModule } from '@sajeon/webhooks';
import { HealthController } from './health.controller.js';
import { Metrics } from './metrics.js';

/** An open storage as far as the parts need it. */
export type OpenStorage = Pick<Storage, 'events' | 'database'> & Partial<Pick<Storage, 'mode'>>;

/** What every process of the service is made of: write side, views, policies, the sealed log, and `/livez`, `/readyz`, `/metrics`. */
@Module({})
export class OperationsModule {
  /** @param http whether this process answers `/v1/log` */
  static on({ events, database, mode }: OpenStorage, http = false): DynamicModule {
    const parts = [
      DecisionsModule.forRoot(events),
      ReadModelsModule.forRoot({ database }),
      WorkflowModule.forRoot(database),
      VaultModule.forRoot(database),
      WebhooksModule.forRoot(database),
      AuditModule.forRoot({ database, dense: mode !== 'kurrent', http }),
    ];
    return {
      module: OperationsModule,
      imports: parts,
      controllers: [HealthController],
      providers: [Metrics],
      exports: [Metrics, ...parts],
    };
  }
}

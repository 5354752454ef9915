import { Module, type DynamicModule } from '@nestjs/common';
import { DecisionsModule } from '@sajeon/decisions';
import type { Storage } from '@sajeon/event-store';
import { ReadModelsModule } from '@sajeon/read-models';
import { WorkflowModule } from '@sajeon/workflow';
import { HealthController } from './health.controller.js';
import { Metrics } from './metrics.js';

/** What every process of the service is made of: write side, views, policies, and `/livez`, `/readyz`, `/metrics`. */
@Module({})
export class OperationsModule {
  static on({ events, database }: Pick<Storage, 'events' | 'database'>): DynamicModule {
    const parts = [DecisionsModule.forRoot(events), ReadModelsModule.forRoot({ database }), WorkflowModule.forRoot(database)];
    return {
      module: OperationsModule,
      imports: parts,
      controllers: [HealthController],
      providers: [Metrics],
      exports: [Metrics, ...parts],
    };
  }
}

import { Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DecisionsModule } from '@sajeon/decisions';
import type { Storage } from '@sajeon/event-store';
import { followTheLog, OperationsModule } from '@sajeon/operations';
import { migrate, ReadModelsModule } from '@sajeon/read-models';
import { WorkflowModule } from '@sajeon/workflow';

@Module({})
export class WorkerModule {
  static on(storage: Pick<Storage, 'events' | 'database'>): DynamicModule {
    return {
      module: WorkerModule,
      imports: [
        DecisionsModule.forRoot(storage.events),
        ReadModelsModule.forRoot({ database: storage.database }),
        WorkflowModule.forRoot(storage.database),
        OperationsModule,
      ],
    };
  }
}

/** A worker that already follows the log. Several may run: they share views and policies by leases. */
export async function createWorker(storage: Pick<Storage, 'events' | 'database'>): Promise<NestFastifyApplication> {
  await migrate(storage.database);
  const worker = await NestFactory.create<NestFastifyApplication>(WorkerModule.on(storage), new FastifyAdapter(), {
    abortOnError: false,
  });
  worker.enableShutdownHooks(['SIGINT', 'SIGTERM']);
  await followTheLog(worker);
  return worker;
}

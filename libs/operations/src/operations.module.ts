import { Module } from '@nestjs/common';
import { HealthController } from './health.controller.js';
import { Metrics } from './metrics.js';

/** `/livez`, `/readyz` and `/metrics` of any process that has views and policies. */
@Module({ controllers: [HealthController], providers: [Metrics], exports: [Metrics] })
export class OperationsModule {}

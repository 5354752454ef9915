import { Inject, Injectable } from '@nestjs/common';
import { EventStore } from '@sajeon/event-store';
import { ProjectionHost } from '@sajeon/read-models';
import { OverlapFeed } from '@sajeon/workflow';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What Prometheus reads. A registry of its own, so that several apps in one process do not share counters. */
@Injectable()
export class Metrics {
  private readonly registry = new Registry();
  private readonly requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time to answer, by route (not by address), method and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [this.registry],
  });

  constructor(@Inject(EventStore) store: EventStore, projections: ProjectionHost, overlap: OverlapFeed) {
    collectDefaultMetrics({ register: this.registry });
    new Gauge({
      name: 'sajeon_log_position',
      help: 'Position of the newest event',
      registers: [this.registry],
      async collect() {
        this.set(Number(await store.head()));
      },
    });
    new Gauge({
      name: 'sajeon_view_position',
      help: 'Position up to which each view has read the log; compare with sajeon_log_position',
      labelNames: ['view'],
      registers: [this.registry],
      async collect() {
        for (const { view, position } of await projections.health()) this.set({ view }, Number(position));
      },
    });
    new Gauge({
      name: 'sajeon_view_stalled',
      help: '1 when a view has stopped at an event it cannot apply',
      labelNames: ['view'],
      registers: [this.registry],
      async collect() {
        for (const { view, status } of await projections.health()) this.set({ view }, status === 'stalled' ? 1 : 0);
      },
    });
    new Gauge({
      name: 'sajeon_overlap_records',
      help: 'Records in this process’s overlap index',
      registers: [this.registry],
      collect() {
        this.set(overlap.health().records);
      },
    });
  }

  observe(method: string, route: string, status: number, seconds: number): void {
    this.requests.observe({ method, route, status: String(status) }, seconds);
  }

  text(): Promise<string> {
    return this.registry.metrics();
  }
}

import { Controller, Get, Header, HttpCode, Inject, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Sealing } from '@sajeon/audit';
import { EventStore } from '@sajeon/event-store';
import { ProjectionHost, type ViewHealth } from '@sajeon/read-models';
import { OverlapFeed, PolicyHost } from '@sajeon/workflow';
import type { FastifyReply } from 'fastify';
import { LivenessDto, ReadinessDto, type ViewHealthDto } from './health.dto.js';
import { Metrics } from './metrics.js';

/** For whoever runs the service: orchestrators, monitoring, and the page that shows an administrator what is stuck. */
@ApiTags('operations')
@Controller()
export class HealthController {
  constructor(
    @Inject(EventStore) private readonly store: EventStore,
    private readonly projections: ProjectionHost,
    private readonly policies: PolicyHost,
    private readonly overlap: OverlapFeed,
    private readonly sealing: Sealing,
    private readonly metrics: Metrics,
  ) {}

  /** The process runs. Restart it when this does not answer. */
  @ApiOperation({ operationId: 'showLiveness' })
  @Get('livez')
  live(): LivenessDto {
    return { status: 'live' };
  }

  /** The store takes writes; 503 otherwise. A stalled view or policy is listed, and the rest goes on. */
  @ApiOperation({ operationId: 'showReadiness' })
  @ApiResponse({ status: 503, description: 'The store does not take writes', type: ReadinessDto })
  @Get('readyz')
  @HttpCode(200)
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<ReadinessDto> {
    const unreachable = await this.store.ping().then(
      () => undefined,
      (error: unknown) => String(error),
    );
    if (unreachable !== undefined) void reply.status(503);
    const { position, records, failure } = this.overlap.health();
    const seal = this.sealing.health();
    return {
      status: unreachable === undefined ? 'ready' : 'not-ready',
      store: unreachable ?? 'ok',
      views: (await this.projections.health().catch(() => [])).map((view) => ({ ...view, ...decimal(view) })),
      policies: [...this.policies.health()],
      overlap: { position: String(position), records, failure: failure ?? null },
      seal: {
        status: seal?.status ?? 'stopped',
        size: String(seal?.size ?? 0),
        position: String(seal?.position ?? 0),
        cause: seal?.cause ?? null,
      },
    };
  }

  /** Prometheus text format. */
  @ApiOperation({ operationId: 'showMetrics' })
  @ApiProduces('text/plain')
  @Get('metrics')
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  scrape(): Promise<string> {
    return this.metrics.text();
  }
}

/** 64-bit positions as decimal text: JSON has no such numbers. */
function decimal({
  position,
  lag,
  rebuilding,
  stalled,
}: ViewHealth): Pick<ViewHealthDto, 'position' | 'lag' | 'rebuilding' | 'stalled'> {
  return {
    position: String(position),
    lag: String(lag),
    rebuilding: rebuilding === null ? null : String(rebuilding),
    stalled: stalled === null ? null : { ...stalled, position: stalled.position === null ? null : String(stalled.position) },
  };
}

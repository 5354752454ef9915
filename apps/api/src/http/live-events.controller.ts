import { Controller, Inject, Query, Req, Sse, type MessageEvent } from '@nestjs/common';
import { ApiBearerAuth, ApiExtraModels, ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Principal } from '@sajeon/access';
import { Hearing } from '@sajeon/decisions';
import { EventStore } from '@sajeon/event-store';
import type { FastifyRequest } from 'fastify';
import { Observable } from 'rxjs';
import { Who } from './asking.js';
import { LiveEventDto } from './live-events.dto.js';
import { malformed } from './problem.js';

const HEARTBEAT_MS = 15_000;

/** Tells a page that something it may show has changed. It carries what happened to which case, never the content: that is read as usual. */
@ApiTags('live')
@ApiBearerAuth()
@Controller('v1/events')
export class LiveEventsController {
  constructor(
    @Inject(EventStore) private readonly store: EventStore,
    private readonly hearing: Hearing,
  ) {}

  /**
   * Server-sent events from now on, or from `Last-Event-ID` / `after` on: `id` is the log position.
   * @param after like `Last-Event-ID`, for a first connection; a browser sends the header by itself when it connects again
   */
  @ApiOperation({ operationId: 'followEvents' })
  @ApiExtraModels(LiveEventDto)
  @ApiProduces('text/event-stream')
  @ApiResponse({ status: 200, schema: { type: 'string' } })
  @Sse()
  follow(@Who() principal: Principal, @Req() request: FastifyRequest, @Query('after') after?: string): Observable<MessageEvent> {
    const from = request.headers['last-event-id'] ?? after;
    if (from !== undefined && (typeof from !== 'string' || !/^\d{1,19}$/.test(from))) {
      throw malformed('Last-Event-ID', 'invalid-position', {
        ko: 'Last-Event-ID는 앞서 받은 이벤트의 id여야 합니다.',
        en: 'Last-Event-ID must be the id of an event received earlier.',
      });
    }
    return new Observable((subscriber) => {
      const stopping = new AbortController();
      // Who listens is asked again and again: a revoked role or an ended session hears no more.
      const hearing = async (): Promise<Principal | undefined> => {
        const now = await (request.principalNow?.() ?? principal);
        if (now === undefined) subscriber.complete();
        return now;
      };
      const beat = async (): Promise<void> => {
        if ((await hearing()) !== undefined) subscriber.next({ type: 'heartbeat', data: {} });
      };
      const heartbeat = setInterval(() => void beat().catch((error: unknown) => subscriber.error(error)), HEARTBEAT_MS);
      const run = async (): Promise<void> => {
        const start = from === undefined ? await this.store.head() : BigInt(from);
        const filter = { streamPrefixes: ['consultation-'] };
        for await (const batch of this.store.subscribe({ after: start, filter, signal: stopping.signal })) {
          const listener = await hearing();
          if (listener === undefined) return;
          for (const event of batch) {
            if (!(await this.hearing.mayHear(listener, event))) continue;
            subscriber.next({
              id: String(event.position),
              type: event.type,
              data: {
                consultation: event.stream.slice('consultation-'.length),
                revision: String(event.revision),
                position: String(event.position),
                at: event.recordedAt,
              },
            });
          }
        }
      };
      run().catch((error: unknown) => subscriber.error(error));
      return () => {
        clearInterval(heartbeat);
        stopping.abort();
      };
    });
  }
}

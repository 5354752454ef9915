import { Controller, Inject, Query, Req, Sse, type MessageEvent } from '@nestjs/common';
import { ApiBearerAuth, ApiExtraModels, ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import { maySeeCase, maySeeInternalOpinion, type CaseParties, type Principal } from '@sajeon/access';
import { CONSULTATION, Decisions } from '@sajeon/decisions';
import { consultationDecider, readRecorded, type ConsultationEvent, type ConsultationState } from '@sajeon/domain';
import { EventStore, type RecordedEvent } from '@sajeon/event-store';
import type { FastifyRequest } from 'fastify';
import { Observable } from 'rxjs';
import { Who } from './asking.js';
import { INTERNAL_ACTS, partiesOf } from './cases.js';
import { LiveEventDto } from './live-events.dto.js';
import { malformed } from './problem.js';

const HEARTBEAT_MS = 15_000;
/** Events whose parties are kept for those who listen at the same time. */
const REMEMBERED = 1_000;

/** Tells a page that something it may show has changed. It carries what happened to which case, never the content: that is read as usual. */
@ApiTags('live')
@ApiBearerAuth()
@Controller('v1/events')
export class LiveEventsController {
  /** Of the newest events heard, for all who listen. */
  private readonly parties = new Map<string, readonly CaseParties[]>();

  constructor(
    @Inject(EventStore) private readonly store: EventStore,
    private readonly decisions: Decisions,
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
            if (!(await this.mayHear(listener, event))) continue;
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

  /** Whoever might see the case before or after it happened: also who is asked by it, and who is asked no longer. */
  private async mayHear(principal: Principal, event: RecordedEvent): Promise<boolean> {
    for (const parties of await this.partiesAt(event)) {
      if (!maySeeCase(principal, parties)) continue;
      if (!INTERNAL_ACTS.has(event.type) || maySeeInternalOpinion(principal, parties)) return true;
    }
    return false;
  }

  private async partiesAt(event: RecordedEvent): Promise<readonly CaseParties[]> {
    const known = this.parties.get(event.id);
    if (known) return known;
    const { events } = await this.decisions.load(CONSULTATION, event.stream.slice('consultation-'.length));
    let [before, after]: [ConsultationState, ConsultationState] = [null, null];
    for (const recorded of events) {
      if (recorded.revision > event.revision) break;
      before = after;
      // A consultation stream holds consultation events: that is what the write side guarantees.
      after = consultationDecider.evolve(before, readRecorded(recorded) as ConsultationEvent);
    }
    // What happens to a draft stays with the agency that writes it, to the last.
    const draft = before?.phase === 'draft' && event.type !== 'consultation-submitted';
    const parties = [before, after].flatMap((state) =>
      state === null ? [] : [{ ...partiesOf(state), ...(draft ? { draft } : {}) }],
    );
    this.parties.set(event.id, parties);
    for (const oldest of this.parties.keys()) {
      if (this.parties.size <= REMEMBERED) break;
      this.parties.delete(oldest);
    }
    return parties;
  }
}

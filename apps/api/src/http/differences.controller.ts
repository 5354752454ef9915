import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { caseScope, maySeeCase, partiesOf, type Principal } from '@sajeon/access';
import { CONSULTATION, Decisions, RULE_SET, SYSTEM_ENTRY, type Loaded, type StreamKind } from '@sajeon/decisions';
import { changesBetween, readRecorded, tellAll, type DomainEvent, eventsBy, type Moment, type TimeAxis } from '@sajeon/domain';
import type { RecordedEvent } from '@sajeon/event-store';
import { CompareQueue, CompareSystems, replayCase } from '@sajeon/read-models';
import type { FastifyReply } from 'fastify';
import { answer } from './answer.js';
import { Who } from './asking.js';
import { partiesIn, shownTo, toldTo } from './cases.js';
import {
  DifferenceDto,
  InventoryDifferenceDto,
  ListBetweenDto,
  QueueDifferenceDto,
  RecordBetweenDto,
} from './differences.dto.js';
import { Lists, pageBody } from './lists.js';
import { axisOf, momentOf, Moments } from './moments.js';
import { malformed, NoSuchRecord } from './problem.js';

/** Two moments of one stream. */
interface Between {
  readonly before: readonly RecordedEvent[];
  readonly after: readonly RecordedEvent[];
}

/** What changed between two moments: in one record, told and by its fields; in a list, by its rows. */
@ApiTags('differences')
@ApiBearerAuth()
@Controller('v1/differences')
export class DifferencesController {
  constructor(
    private readonly lists: Lists,
    private readonly decisions: Decisions,
    private readonly moments: Moments,
  ) {}

  /** Cases that came to one's authority's queue, or read otherwise, after the one moment up to the other (auditors: all authorities). */
  @ApiOperation({ operationId: 'compareQueue' })
  @Get('queue')
  async queue(
    @Query() { from, to, cursor }: ListBetweenDto,
    @Who() principal: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<QueueDifferenceDto> {
    const scope = caseScope(principal);
    const [since, until] = await this.positions(from, to);
    const request = { cursor, authority: scope === 'all' ? undefined : scope.agency };
    const query = new CompareQueue(since, until, request);
    return answer(pageBody(await this.lists.page('reviewer-queue', query, until, reply)));
  }

  /** Entries of the inventory that came, or read otherwise, after the one moment up to the other. */
  @ApiOperation({ operationId: 'compareSystems' })
  @Get('systems')
  async systems(
    @Query() { from, to, cursor }: ListBetweenDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<InventoryDifferenceDto> {
    const [since, until] = await this.positions(from, to);
    const query = new CompareSystems(since, until, { cursor });
    return answer(pageBody(await this.lists.page('system-inventory', query, until, reply)));
  }

  /** How a case came from what it was to what it was later. */
  @ApiOperation({ operationId: 'compareCase' })
  @Get('consultations/:id')
  async consultation(
    @Param('id') id: string,
    @Query() asked: RecordBetweenDto,
    @Who() principal: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DifferenceDto> {
    const { state, events } = await this.decisions.load(CONSULTATION, id);
    if (state === null || !maySeeCase(principal, partiesOf(state))) throw new NoSuchRecord();
    const between = sides(events, asked);
    const documentAt = (until: readonly RecordedEvent[]) => {
      const row = replayCase(until);
      return row !== null && maySeeCase(principal, partiesIn(row.document)) ? shownTo(principal, row.document) : undefined;
    };
    const [before, after] = [documentAt(between.before), documentAt(between.after)];
    // While it was a draft, it was its agency's own affair.
    if (after === undefined) throw new NoSuchRecord();
    return difference(`consultation-${id}`, between, before, after, reply, toldTo(principal, state, events));
  }

  /** How an entry of the inventory came from what it was to what it was later. */
  @ApiOperation({ operationId: 'compareSystem' })
  @Get('systems/:id')
  system(
    @Param('id') id: string,
    @Query() asked: RecordBetweenDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DifferenceDto> {
    return this.folded(SYSTEM_ENTRY, id, asked, reply);
  }

  /** How the rules came from what they were to what they were later. */
  @ApiOperation({ operationId: 'compareRules' })
  @Get('rule-sets/:id')
  rules(
    @Param('id') id: string,
    @Query() asked: RecordBetweenDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DifferenceDto> {
    return this.folded(RULE_SET, id, asked, reply);
  }

  private async folded<C, E extends DomainEvent, S>(
    kind: StreamKind<C, E, S>,
    id: string,
    asked: RecordBetweenDto,
    reply: FastifyReply,
  ): Promise<DifferenceDto> {
    const { events }: Loaded<S> = await this.decisions.load(kind, id);
    const between = sides(events, asked);
    if (between.after.length === 0) throw new NoSuchRecord();
    const [before, after] = [between.before, between.after].map((until) => this.decisions.fold(kind, until));
    return difference(`${kind.prefix}-${id}`, between, before ?? undefined, after, reply);
  }

  private async positions(from: string, to: string | undefined): Promise<readonly [bigint, bigint]> {
    const since = await this.moments.positionAt(from, 'from');
    const until = await this.moments.positionAt(to ?? new Date().toISOString(), 'to');
    if (since > until) throw fromAfterTo();
    return [since, until];
  }
}

function sides(events: readonly RecordedEvent[], { from, to, axis }: RecordBetweenDto): Between {
  const [since, until]: [Moment, Moment] = [momentOf(from, 'from'), to === undefined ? Date.now() : momentOf(to, 'to')];
  const by: TimeAxis = axisOf(axis, to === undefined ? [since] : [since, until]);
  const between = { before: eventsBy(events, since, by), after: eventsBy(events, until, by) };
  if (between.before.length > between.after.length) throw fromAfterTo();
  return between;
}

/** Nothing would be said to have changed, which is not what was asked. */
const fromAfterTo = () =>
  malformed('from', 'from-after-to', {
    ko: 'from은 to보다 앞선 때여야 합니다. 둘을 바꾸어 적으십시오.',
    en: 'from has to be before to. Write them the other way round.',
  });

function difference(
  stream: string,
  { before, after }: Between,
  was: unknown,
  is: unknown,
  reply: FastifyReply,
  shown: (event: RecordedEvent) => boolean = () => true,
): DifferenceDto {
  const told = tellAll(after.map(readRecorded));
  const last = after.at(-1);
  if (last !== undefined) void reply.headers({ 'x-position': String(last.position), etag: `"${last.revision}"` });
  return answer<DifferenceDto>({
    stream,
    fromRevision: before.length === 0 ? null : String(before.at(-1)?.revision),
    toRevision: last === undefined ? null : String(last.revision),
    steps: after.flatMap((event, n) => {
      const sentence = told[n];
      if (n < before.length || sentence === undefined || !shown(event)) return [];
      const { at } = event.data;
      return [
        {
          ...{ position: String(event.position), recordedAt: event.recordedAt, type: event.type, told: sentence },
          at: typeof at === 'string' ? at : event.recordedAt,
        },
      ];
    }),
    changes: [...changesBetween(was, is)],
  });
}

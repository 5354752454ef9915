import { eventsBy } from '@sajeon/domain';
import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { caseScope, maySeeCase, partiesOf, type Principal } from '@sajeon/access';
import { CONSULTATION, Decisions } from '@sajeon/decisions';
import type { Phase } from '@sajeon/domain';
import {
  CountQueue,
  ListApplications,
  ListQueue,
  replayCase,
  ShowCase,
  ShowTimeline,
  type CaseDocument,
  type TimelineRow,
} from '@sajeon/read-models';
import type { FastifyReply } from 'fastify';
import { answer } from './answer.js';
import { After, Who } from './asking.js';
import { CaseDto } from './case.dto.js';
import { partiesIn, shownTo, toldTo } from './cases.js';
import {
  ApplicationPageDto,
  ApplicationsDto,
  QueueCountsDto,
  QueueDto,
  QueueFilterDto,
  QueuePageDto,
  TimelinePageDto,
  TimelineRequestDto,
} from './consultation-lists.dto.js';
import { Lists, pageBody } from './lists.js';
import { axisOf, momentOf, Moments } from './moments.js';
import { NoSuchRecord } from './problem.js';

/** Reading consultations: the reviewer's queue, the applicant's list, the case, its history and its past. */
@ApiTags('consultations')
@ApiBearerAuth()
@Controller('v1/consultations')
export class ConsultationsController {
  constructor(
    private readonly lists: Lists,
    private readonly decisions: Decisions,
    private readonly moments: Moments,
  ) {}

  /** 검토 대기열: cases that one's own authority reviews (auditors: all authorities), earliest due first; with `asOf`, as it stood then. */
  @ApiOperation({ operationId: 'listQueue' })
  @Get('queue')
  async queue(
    @Query() { status, asOf, lead, ...request }: QueueDto,
    @Who() principal: Principal,
    @After() after: bigint | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<QueuePageDto> {
    const scope = caseScope(principal);
    const position = asOf === undefined ? undefined : await this.moments.positionAt(asOf);
    const query = new ListQueue({
      ...request,
      ...statuses(status),
      lead: lead === 'me' ? principal.person : lead,
      authority: scope === 'all' ? undefined : scope.agency,
      asOf: position,
      on: await this.moments.dayOf(asOf),
    });
    return answer(pageBody(await this.lists.page('reviewer-queue', query, after ?? position, reply)));
  }

  /** The sizes of the queue's groups (기한초과, 임박, 주의, 여유, 접수 전, 종결; whose turn; without a lead), with the queue's filters. */
  @ApiOperation({ operationId: 'countQueue' })
  @Get('queue/groups')
  async groups(
    @Query() { status, lead, ...request }: QueueFilterDto,
    @Who() principal: Principal,
    @After() after: bigint | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<QueueCountsDto> {
    const scope = caseScope(principal);
    const on = await this.moments.dayOf(undefined);
    const query = new CountQueue({
      ...request,
      ...statuses(status),
      lead: lead === 'me' ? principal.person : lead,
      authority: scope === 'all' ? undefined : scope.agency,
      on,
    });
    return answer({ ...(await this.lists.whole('reviewer-queue', query, after, reply)), on });
  }

  /** 신청 현황: one's own agency's cases, drafts included (auditors: all agencies'). */
  @ApiOperation({ operationId: 'listApplications' })
  @Get()
  async applications(
    @Query() { status, ...request }: ApplicationsDto,
    @Who() principal: Principal,
    @After() after: bigint | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ApplicationPageDto> {
    const scope = caseScope(principal);
    const query = new ListApplications({
      ...request,
      ...statuses(status),
      applicant: scope === 'all' ? undefined : scope.agency,
    });
    return answer(pageBody(await this.lists.page('applicant-list', query, after, reply)));
  }

  /**
   * The case as it reads now, or, with `asOf`, as it read then.
   * @param asOf a log position, an instant (RFC 3339), or a date, which means the end of that day in Seoul
   * @param axis `recorded` (unless given): what the record held then; `effective`: what had happened by then, also if recorded later
   */
  @ApiOperation({ operationId: 'showCase' })
  @Get(':id')
  async show(
    @Param('id') id: string,
    @Who() principal: Principal,
    @After() after: bigint | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Query('asOf') asOf?: string,
    @Query('axis') axis?: string,
  ): Promise<CaseDto> {
    if (asOf !== undefined) return this.past(id, principal, asOf, axis, reply);
    const visible = (row: { document: CaseDocument }): boolean => maySeeCase(principal, partiesIn(row.document));
    const row = await this.lists.one('case-page', new ShowCase(id), after, reply, visible);
    return answer({ ...shownTo(principal, row.document), revision: row.revision, position: row.position });
  }

  /** What happened, in words, oldest first. */
  @ApiOperation({ operationId: 'showTimeline' })
  @Get(':id/timeline')
  async timeline(
    @Param('id') id: string,
    @Query() request: TimelineRequestDto,
    @Who() principal: Principal,
    @After() after: bigint | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TimelinePageDto> {
    const { state, events } = await this.decisions.load(CONSULTATION, id);
    if (state === null || !maySeeCase(principal, partiesOf(state))) throw new NoSuchRecord();
    const query = new ShowTimeline({ ...request, stream: `consultation-${id}` });
    const page = await this.lists.page('timeline', query, after, reply);
    const told = toldTo(principal, state, events);
    return answer(pageBody({ ...page, rows: page.rows.filter((row: TimelineRow) => told(row)) }));
  }

  /** Folds the record again up to then: no view is asked, so this is what an auditor can check. */
  private async past(
    id: string,
    principal: Principal,
    asOf: string,
    axis: string | undefined,
    reply: FastifyReply,
  ): Promise<CaseDto> {
    const { state, events } = await this.decisions.load(CONSULTATION, id);
    if (state === null) throw new NoSuchRecord();
    const parties = partiesOf(state);
    if (!maySeeCase(principal, parties)) throw new NoSuchRecord();
    const moment = momentOf(asOf);
    const row = replayCase(eventsBy(events, moment, axisOf(axis, [moment])));
    if (row === null || !maySeeCase(principal, partiesIn(row.document))) throw new NoSuchRecord();
    void reply.headers({ 'x-position': row.position, etag: `"${row.revision}"` });
    return answer({ ...shownTo(principal, row.document), revision: row.revision, position: row.position });
  }
}

function statuses(status: Phase | undefined): { status?: readonly Phase[] } {
  return status === undefined ? {} : { status: [status] };
}

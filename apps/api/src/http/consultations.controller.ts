import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { caseScope, maySeeCase, maySeeInternalOpinion, type CaseParties, type Principal } from '@sajeon/access';
import { CONSULTATION, Decisions } from '@sajeon/decisions';
import type { Phase } from '@sajeon/domain';
import {
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
import { partiesOf } from './cases.js';
import {
  ApplicationPageDto,
  ApplicationsDto,
  QueueDto,
  QueuePageDto,
  TimelinePageDto,
  TimelineRequestDto,
} from './consultation-lists.dto.js';
import { Lists, pageBody } from './lists.js';
import { malformed, NoSuchRecord } from './problem.js';

const INTERNAL: ReadonlySet<string> = new Set(['decision-proposed', 'decision-sent-back', 'decision-approved']);

/** Reading consultations: the reviewer's queue, the applicant's list, the case, its history and its past. */
@ApiTags('consultations')
@ApiBearerAuth()
@Controller('v1/consultations')
export class ConsultationsController {
  constructor(
    private readonly lists: Lists,
    private readonly decisions: Decisions,
  ) {}

  /** 검토 대기열: cases that one's own authority reviews (auditors: all authorities), earliest due first. */
  @ApiOperation({ operationId: 'listQueue' })
  @Get('queue')
  async queue(
    @Query() { status, ...request }: QueueDto,
    @Who() principal: Principal,
    @After() after: bigint | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<QueuePageDto> {
    const scope = caseScope(principal);
    const query = new ListQueue({ ...request, ...statuses(status), authority: scope === 'all' ? undefined : scope.agency });
    return answer(pageBody(await this.lists.page('reviewer-queue', query, after, reply)));
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
   */
  @ApiOperation({ operationId: 'showCase' })
  @Get(':id')
  async show(
    @Param('id') id: string,
    @Who() principal: Principal,
    @After() after: bigint | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Query('asOf') asOf?: string,
  ): Promise<CaseDto> {
    if (asOf !== undefined) return this.past(id, principal, asOf, reply);
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
    const { state } = await this.decisions.load(CONSULTATION, id);
    if (state === null) throw new NoSuchRecord();
    const parties = partiesOf(state);
    if (!maySeeCase(principal, parties)) throw new NoSuchRecord();
    const query = new ShowTimeline({ ...request, stream: `consultation-${id}` });
    const page = await this.lists.page('timeline', query, after, reply);
    const told = state.documentNumber !== null || maySeeInternalOpinion(principal, parties);
    const rows = page.rows.filter((row: TimelineRow) => told || !INTERNAL.has(row.type));
    return answer(pageBody({ ...page, rows }));
  }

  /** Folds the record again up to then: no view is asked, so this is what an auditor can check. */
  private async past(id: string, principal: Principal, asOf: string, reply: FastifyReply): Promise<CaseDto> {
    const { state, events } = await this.decisions.load(CONSULTATION, id);
    if (state === null) throw new NoSuchRecord();
    const parties = partiesOf(state);
    if (!maySeeCase(principal, parties)) throw new NoSuchRecord();
    const until = momentOf(asOf);
    const row = replayCase(
      events.filter((event) => (typeof until === 'bigint' ? event.position <= until : Date.parse(event.recordedAt) <= until)),
    );
    if (row === null || !maySeeCase(principal, partiesIn(row.document))) throw new NoSuchRecord();
    void reply.headers({ 'x-position': row.position, etag: `"${row.revision}"` });
    return answer({ ...shownTo(principal, row.document), revision: row.revision, position: row.position });
  }
}

/** A log position, or an instant; a bare date means the end of that day in Seoul. */
function momentOf(asOf: string): bigint | number {
  if (/^\d{1,19}$/.test(asOf)) return BigInt(asOf);
  const time = Date.parse(/^\d{4}-\d{2}-\d{2}$/.test(asOf) ? `${asOf}T23:59:59.999+09:00` : asOf);
  if (Number.isNaN(time)) {
    throw malformed('asOf', 'invalid-moment', {
      ko: 'asOf에는 로그 위치(숫자), 날짜(YYYY-MM-DD) 또는 시각(RFC 3339)을 적으십시오.',
      en: 'asOf takes a log position, a date (YYYY-MM-DD) or an instant (RFC 3339).',
    });
  }
  return time;
}

function statuses(status: Phase | undefined): { status?: readonly Phase[] } {
  return status === undefined ? {} : { status: [status] };
}

function partiesIn(document: CaseDocument): CaseParties {
  const over = document.decision !== null || document.ended !== null;
  const asked = over ? [] : (document.jointReviews ?? []).filter(({ closed }) => closed === null);
  return {
    applicantAgency: document.applicant.id,
    authorityAgency: document.authority.id,
    draft: document.submitted === null,
    invitedAgencies: asked.map(({ owner }) => owner.id),
  };
}

/** The authority's internal opinion is left out for the applicant until the letter goes out. */
function shownTo(principal: Principal, document: CaseDocument): CaseDocument {
  if (document.letter !== null || maySeeInternalOpinion(principal, partiesIn(document))) return document;
  const internal = document.status === 'pending-approval' || document.status === 'approved';
  return { ...document, status: internal ? 'under-review' : document.status, proposals: [], decision: null };
}

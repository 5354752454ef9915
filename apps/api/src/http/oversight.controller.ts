import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from '@sajeon/access';
import { sample } from '@sajeon/audit';
import { AUDIT_FINDING, ToAuditFinding } from '@sajeon/decisions';
import {
  auditFindingDecider,
  legalDateOf,
  readRecorded,
  SAVED_QUESTIONS,
  type AuditFinding,
  type AuditFindingCommand,
  type AuditFindingEvent,
  type ConsultationEvent,
  type ProjectEvent,
} from '@sajeon/domain';
import { EventStore, type RecordedEvent } from '@sajeon/event-store';
import { ListQueue, MAX_PAGE, type QueueRow } from '@sajeon/read-models';
import type { FastifyReply } from 'fastify';
import { Changing, Creating, Who, type Asking } from './asking.js';
import { Lists } from './lists.js';
import { Moments } from './moments.js';
import { onlyFor } from './only-for.js';
import {
  AnswerFindingDto,
  AskQuestionDto,
  AskReadsDto,
  AuditFindingDto,
  AuditFindingsDto,
  DrawnSampleDto,
  QuestionAnswerDto,
  RaiseFindingDto,
  ReadsDto,
  RejectAnswerDto,
  RemarksDto,
  SampleDto,
  SavedQuestionDto,
} from './oversight.dto.js';
import { NoSuchRecord } from './problem.js';
import { ReasonDto } from './reason.dto.js';
import { ReceiptDto } from './receipt.dto.js';

const LONG_PAUSE_DAYS = 30;
const DAY_MS = 86_400_000;

/** 감사: samples, saved questions, findings with their follow-up, and who read what. */
@ApiTags('audit')
@ApiBearerAuth()
@Controller('v1/audit')
export class OversightController {
  constructor(
    private readonly commands: CommandBus,
    private readonly store: EventStore,
    private readonly lists: Lists,
    private readonly moments: Moments,
  ) {}

  /** A sample of the cases that have been filed: anybody who asks again with the same seed, as of the same position, gets the same. */
  @ApiOperation({ operationId: 'drawSample' })
  @Get('samples')
  async sample(
    @Query() { method, size, seed, asOf }: SampleDto,
    @Who() principal: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DrawnSampleDto> {
    onlyFor(principal, 'auditor');
    const position = await this.moments.positionAt(asOf ?? new Date().toISOString());
    const rows: QueueRow[] = [];
    for (let cursor: string | undefined; ;) {
      const query = new ListQueue({
        limit: MAX_PAGE,
        cursor,
        asOf: position,
        sort: 'title',
        on: legalDateOf(new Date().toISOString()),
      });
      const page = await this.lists.page('reviewer-queue', query, position, reply);
      rows.push(...page.rows);
      if (page.next === null) break;
      cursor = page.next;
    }
    void reply.removeHeader('link').header('x-position', String(position));
    const drawable = rows.map((row) => ({
      ...{ id: row.consultation, consultation: row.consultation, title: row.title },
      stratum: `${row.applicantTier} ${row.status}`,
      weight: weightOf(row),
    }));
    const drawn = sample(drawable, { method, size, seed });
    return {
      position: String(position),
      population: rows.length,
      rows: drawn.map(({ consultation, title, stratum, weight }) => ({ consultation, title, stratum, weight })),
    };
  }

  /** What auditors ask of every case. */
  @ApiOperation({ operationId: 'listSavedQuestions' })
  @Get('questions')
  questions(@Who() principal: Principal): SavedQuestionDto[] {
    onlyFor(principal, 'auditor');
    return SAVED_QUESTIONS.map(({ id, text }) => ({ id, text }));
  }

  /** Puts a saved question to the whole record, as of any moment. Reads all cases and projects: it may take a while. */
  @ApiOperation({ operationId: 'askSavedQuestion' })
  @Get('answers')
  async ask(
    @Query() { question, days, asOf }: AskQuestionDto,
    @Who() principal: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<QuestionAnswerDto> {
    onlyFor(principal, 'auditor');
    const position = await this.moments.positionAt(asOf ?? new Date().toISOString());
    const streams = new Map<string, RecordedEvent[]>();
    const prefixes = ['consultation-', 'project-'];
    for await (const event of this.store.readAll({ filter: { streamPrefixes: prefixes } })) {
      if (event.position > position) break;
      streams.set(event.stream, [...(streams.get(event.stream) ?? []), event]);
    }
    const recordsOf = (prefix: string) =>
      [...streams]
        .filter(([stream]) => stream.startsWith(prefix))
        .map(([stream, events]) => ({ id: stream.slice(prefix.length), events: events.map(readRecorded) }));
    const asked = SAVED_QUESTIONS.find(({ id }) => id === question);
    // A stream holds its own kind's events: that is what the write side guarantees.
    const record = { cases: recordsOf('consultation-'), projects: recordsOf('project-') } as {
      cases: { id: string; events: ConsultationEvent[] }[];
      projects: { id: string; events: ProjectEvent[] }[];
    };
    const rows = asked?.answers(record, { days: days ?? LONG_PAUSE_DAYS }) ?? [];
    void reply.header('x-position', String(position));
    return { question, position: String(position), rows: rows.map((row) => ({ ...row, when: [...row.when] })) };
  }

  /** 열람 기록 of a day in Korea: which auditor asked for what, for auditors and administrators. */
  @ApiOperation({ operationId: 'listReads' })
  @Get('reads')
  async reads(@Query() { day, person }: AskReadsDto, @Who() principal: Principal): Promise<ReadsDto> {
    onlyFor(principal, 'auditor', 'administrator');
    // A day in Korea lies in two days of UTC, by which the streams are named.
    const days = [new Date(Date.parse(day) - DAY_MS).toISOString().slice(0, 10), day];
    const rows: ReadsDto['rows'] = [];
    for await (const recorded of this.store.readAll({ filter: { streamPrefixes: days.map((date) => `reads-${date}`) } })) {
      const event = readRecorded(recorded);
      if (event.type !== 'records-read') continue;
      rows.push(
        ...event.data.reads
          .filter((read) => legalDateOf(read.at) === day && (person === undefined || read.person === person))
          .map((read) => ({ ...read })),
      );
    }
    return { rows };
  }

  /** 지적: about a record, to be answered by an agency. */
  @ApiOperation({ operationId: 'raiseFinding' })
  @Post('findings')
  raise(@Body() { question, ...raised }: RaiseFindingDto, @Creating() asking: Asking): Promise<ReceiptDto> {
    const { newId: finding, by, at } = asking;
    const data = { ...raised, finding, question: question ?? null, by, at };
    return this.send(finding, asking, { type: 'raise-finding', data });
  }

  /** Findings: all for auditors, those addressed to one's own agency for others. */
  @ApiOperation({ operationId: 'listFindings' })
  @Get('findings')
  async findings(@Who() principal: Principal): Promise<AuditFindingsDto> {
    const streams = new Map<string, RecordedEvent[]>();
    for await (const event of this.store.readAll({ filter: { streamPrefixes: [`${AUDIT_FINDING.prefix}-`] } }))
      streams.set(event.stream, [...(streams.get(event.stream) ?? []), event]);
    const rows = [...streams.values()].flatMap((events) => shown(events, principal) ?? []);
    return { rows };
  }

  /** One finding with its answers and how it ended. */
  @ApiOperation({ operationId: 'showFinding' })
  @Get('findings/:id')
  async finding(
    @Param('id') id: string,
    @Who() principal: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AuditFindingDto> {
    const events: RecordedEvent[] = [];
    for await (const event of this.store.readStream(`${AUDIT_FINDING.prefix}-${id}`)) events.push(event);
    const found = shown(events, principal);
    if (found === undefined) throw new NoSuchRecord();
    void reply.headers({ etag: `"${found.revision}"`, 'x-position': found.position });
    return found;
  }

  /** 답변 by the agency that the finding is addressed to. */
  @ApiOperation({ operationId: 'answerFinding' })
  @Post('findings/:id/answer')
  answer(@Param('id') id: string, @Body() body: AnswerFindingDto, @Changing() asking: Asking): Promise<ReceiptDto> {
    return this.send(id, asking, { type: 'answer-finding', data: { ...body, by: asking.by, at: asking.at } });
  }

  /** The answer will not do: another one is due. */
  @ApiOperation({ operationId: 'rejectFindingAnswer' })
  @Post('findings/:id/rejection')
  reject(@Param('id') id: string, @Body() body: RejectAnswerDto, @Changing() asking: Asking): Promise<ReceiptDto> {
    return this.send(id, asking, { type: 'reject-finding-answer', data: { ...body, by: asking.by, at: asking.at } });
  }

  /** 해소 */
  @ApiOperation({ operationId: 'resolveFinding' })
  @Post('findings/:id/resolution')
  resolve(@Param('id') id: string, @Body() { remarks }: RemarksDto, @Changing() asking: Asking): Promise<ReceiptDto> {
    return this.send(id, asking, { type: 'resolve-finding', data: { remarks, by: asking.by, at: asking.at } });
  }

  /** 철회 */
  @ApiOperation({ operationId: 'withdrawFinding' })
  @Post('findings/:id/withdrawal')
  withdraw(@Param('id') id: string, @Body() { reason }: ReasonDto, @Changing() asking: Asking): Promise<ReceiptDto> {
    return this.send(id, asking, { type: 'withdraw-finding', data: { reason, by: asking.by, at: asking.at } });
  }

  private async send(id: string, { envelope }: Asking, command: AuditFindingCommand): Promise<ReceiptDto> {
    return ReceiptDto.of(id, await this.commands.execute(new ToAuditFinding(id, command, envelope)));
  }
}

/** The finding as its events leave it, for whom it concerns. */
function shown(events: readonly RecordedEvent[], principal: Principal): AuditFindingDto | undefined {
  const last = events.at(-1);
  const state = events.reduce<AuditFinding | null>(
    (before, event) => auditFindingDecider.evolve(before, readRecorded(event) as AuditFindingEvent),
    auditFindingDecider.initialState,
  );
  if (state === null || last === undefined) return undefined;
  if (!principal.roles.includes('auditor') && state.agency !== principal.agency) return undefined;
  const { auditor: _, answer, ...finding } = state;
  return {
    ...finding,
    answer: answer && { ...answer, measures: [...answer.measures] },
    revision: String(last.revision),
    position: String(last.position),
  };
}

/** What is at stake: one, more for what is flagged, not settled, sent back for correction, and for what it costs (each tenfold counts one). */
function weightOf({ flagged, unsettled, topProbability, openRound, budgetKrw }: QueueRow): number {
  const cost = budgetKrw === null ? 0 : Math.max(0, Math.log10(Number(budgetKrw) + 1) - 7);
  return 1 + 2 * Math.min(flagged, 3) + unsettled.length + (topProbability ?? 0) + (openRound === null ? 0 : 1) + cost;
}

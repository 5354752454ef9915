import { Body, Controller, Get, Param, Post, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { caseScope, type Principal } from '@sajeon/access';
import { Decisions, PROJECT, Routing, Rules, ToProject } from '@sajeon/decisions';
import { legalDateOf, performanceBandOn, progressDueOn, ruleSetOn, type ProjectCommand } from '@sajeon/domain';
import { ShowProjectThread, type ProjectThread } from '@sajeon/read-models';
import type { FastifyReply } from 'fastify';
import { answer } from './answer.js';
import { After, Changing, Who, type Asking } from './asking.js';
import { Lists } from './lists.js';
import { NoSuchRecord } from './problem.js';
import { AwardDto, BudgetReflectionDto, PerformanceDto, ProgressDto, ProjectThreadDto } from './project-life.dto.js';
import { ReceiptDto } from './receipt.dto.js';

/** What becomes of a project: budget, progress, performance, award, and the thread of it all. */
@ApiTags('projects')
@ApiBearerAuth()
@Controller('v1/projects')
export class ProjectLifeController {
  constructor(
    private readonly commands: CommandBus,
    private readonly decisions: Decisions,
    private readonly routing: Routing,
    private readonly rules: Rules,
    private readonly lists: Lists,
  ) {}

  /** A project from its plan to its performance, for its agency, for whoever reviews it, and for auditors. */
  @ApiOperation({ operationId: 'showProjectThread' })
  @Get(':id/thread')
  async thread(
    @Param('id') id: string,
    @Who() principal: Principal,
    @After() after: bigint | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ProjectThreadDto> {
    const scope = caseScope(principal);
    const own = (row: ProjectThread) => scope === 'all' || row.agency === scope.agency;
    const reviewed = (row: ProjectThread) =>
      row.consultations.some(({ authority, phase }) => phase !== 'draft' && authority.id === principal.agency);
    const thread = await this.lists.one(
      'project-thread',
      new ShowProjectThread(id),
      after,
      reply,
      (row) => own(row) || reviewed(row),
    );
    // A draft is private to the agency that writes it.
    const consultations = own(thread) ? thread.consultations : thread.consultations.filter(({ phase }) => phase !== 'draft');
    return answer({ ...thread, consultations });
  }

  /** 예산 반영: what was asked for and what went into the budget. */
  @ApiOperation({ operationId: 'recordBudgetReflection' })
  @Post(':id/budget-reflections')
  budget(@Param('id') id: string, @Body() body: BudgetReflectionDto, @Changing() asking: Asking): Promise<ReceiptDto> {
    const { by, at } = asking;
    const { fiscalYear, requestedKrw, reflectedKrw, remarks } = body;
    const data = { by, at, fiscalYear, requestedKrw, reflectedKrw, remarks: remarks ?? '' };
    return this.send(id, asking, { type: 'record-budget-reflection', data });
  }

  /** 진척 보고: of a quarter, within the days that the rules give after its end. */
  @ApiOperation({ operationId: 'recordProgress' })
  @Post(':id/progress')
  async progress(@Param('id') id: string, @Body() body: ProgressDto, @Changing() asking: Asking): Promise<ReceiptDto> {
    const { by, at } = asking;
    const { year, quarter, plannedPercent, donePercent, remarks } = body;
    // A day at the end of the quarter: its rules say by when.
    const on = `${year}-${String(quarter * 3).padStart(2, '0')}-30`.replace('-03-30', '-03-31').replace('-12-30', '-12-31');
    const book = await this.rules.on(on);
    const due = { dueOn: progressDueOn(book, year, quarter), ruleSet: ruleSetOn(book, on) };
    const data = { by, at, year, quarter, plannedPercent, donePercent, remarks: remarks ?? '', ...due };
    return this.send(id, asking, { type: 'record-progress', data });
  }

  /** 성과측정: by the agency itself or by whoever reviews it. */
  @ApiOperation({ operationId: 'recordPerformance' })
  @Post(':id/performance')
  async performance(@Param('id') id: string, @Body() body: PerformanceDto, @Changing() asking: Asking): Promise<ReceiptDto> {
    const { by, at } = asking;
    const { measuredOn, of, score, remarks } = body;
    const agency = await this.agencyOf(id);
    const [authority, book] = await Promise.all([this.routing.authorityOf(agency, legalDateOf(at)), this.rules.on(measuredOn)]);
    const band = performanceBandOn(book, measuredOn, of, score);
    const judged = { finding: band.value.finding, rule: band.id, ruleSet: ruleSetOn(book, measuredOn) };
    const data = { by, at, measuredOn, of, score, ...judged, remarks: remarks ?? '', authority };
    return this.send(id, asking, { type: 'record-performance', data });
  }

  /** 포상: by whoever reviews the agency. */
  @ApiOperation({ operationId: 'giveAward' })
  @Post(':id/awards')
  async award(@Param('id') id: string, @Body() body: AwardDto, @Changing() asking: Asking): Promise<ReceiptDto> {
    const { by, at } = asking;
    const { award, awardedOn, ground } = body;
    const authority = await this.routing.authorityOf(await this.agencyOf(id), legalDateOf(at));
    return this.send(id, asking, { type: 'give-award', data: { by, at, award, awardedOn, ground, authority } });
  }

  private async agencyOf(project: string): Promise<string> {
    const { state } = await this.decisions.load(PROJECT, project);
    if (state === null) throw new NoSuchRecord();
    return state.agency;
  }

  private async send(id: string, { envelope }: Asking, command: ProjectCommand): Promise<ReceiptDto> {
    return ReceiptDto.of(id, await this.commands.execute(new ToProject(id, command, envelope)));
  }
}

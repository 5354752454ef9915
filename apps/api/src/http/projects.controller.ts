import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { caseScope, type Principal } from '@sajeon/access';
import { Decisions, planVersion, PROJECT, Routing, ToProject } from '@sajeon/decisions';
import { ListProjects, ShowProject, type ProjectRow } from '@sajeon/read-models';
import type { FastifyReply } from 'fastify';
import { answer } from './answer.js';
import { After, Changing, Creating, Who, type Asking } from './asking.js';
import { ListDto } from './lists.dto.js';
import { Lists, pageBody } from './lists.js';
import { contentOf } from './plan.dto.js';
import { NoSuchRecord } from './problem.js';
import { PlanProjectDto, ProjectDto, ProjectPageDto } from './projects.dto.js';
import { ReasonDto } from './reason.dto.js';
import { ReceiptDto } from './receipt.dto.js';
import { Rounds } from './rounds.js';

/** 정보화사업: a project and the versions of its plan. */
@ApiTags('projects')
@ApiBearerAuth()
@Controller('v1/projects')
export class ProjectsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly decisions: Decisions,
    private readonly routing: Routing,
    private readonly lists: Lists,
    private readonly rounds: Rounds,
  ) {}

  /** One's own agency's projects (auditors: everybody's). */
  @ApiOperation({ operationId: 'listProjects' })
  @Get()
  async list(
    @Query() request: ListDto,
    @Who() principal: Principal,
    @After() after: bigint | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ProjectPageDto> {
    const scope = caseScope(principal);
    const query = new ListProjects({ ...request, agency: scope === 'all' ? undefined : scope.agency });
    return answer(pageBody(await this.lists.page('project-list', query, after, reply)));
  }

  /** One project with every version of its plan. */
  @ApiOperation({ operationId: 'showProject' })
  @Get(':id')
  async show(
    @Param('id') id: string,
    @Who() principal: Principal,
    @After() after: bigint | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ProjectDto> {
    const scope = caseScope(principal);
    const visible = (row: ProjectRow): boolean => scope === 'all' || row.agency === scope.agency;
    return answer(await this.lists.one('project-list', new ShowProject(id), after, reply, visible));
  }

  /** Plans a project for the agency one acts for. */
  @ApiOperation({ operationId: 'planProject' })
  @Post()
  async plan(@Body() body: PlanProjectDto, @Creating() asking: Asking): Promise<ReceiptDto> {
    const { principal, by, at, newId: project } = asking;
    const { id: agency } = await this.routing.applicant(principal.agency);
    const plan = planVersion(1, contentOf(body.plan));
    const receipt = await this.commands.execute(
      new ToProject(project, { type: 'plan-project', data: { by, at, project, agency, plan } }, asking.envelope),
    );
    return ReceiptDto.of(project, receipt);
  }

  /**
   * Files the next version of the plan. An unchanged plan changes nothing. While a consultation is being written or reviewed the plan is revised
   * there: in the draft, or in the answer to a request for correction.
   */
  @ApiOperation({ operationId: 'revisePlan' })
  @Post(':id/plan-versions')
  async revise(@Param('id') id: string, @Body() body: PlanProjectDto, @Changing() asking: Asking): Promise<ReceiptDto> {
    const { by, at } = asking;
    const { state } = await this.decisions.load(PROJECT, id);
    if (state === null || state.agency !== asking.principal.agency) throw new NoSuchRecord();
    const plan = planVersion(state.version + 1, contentOf(body.plan));
    const rounds = await this.rounds.of(id);
    const receipt = await this.commands.execute(
      new ToProject(id, { type: 'revise-plan', data: { by, at, plan, rounds } }, asking.envelope),
    );
    return ReceiptDto.of(id, receipt);
  }

  /** Gives the project up. */
  @ApiOperation({ operationId: 'abandonProject' })
  @Post(':id/abandonment')
  async abandon(@Param('id') id: string, @Body() { reason }: ReasonDto, @Changing() asking: Asking): Promise<ReceiptDto> {
    const { by, at } = asking;
    const receipt = await this.commands.execute(
      new ToProject(id, { type: 'abandon-project', data: { by, at, reason } }, asking.envelope),
    );
    return ReceiptDto.of(id, receipt);
  }
}

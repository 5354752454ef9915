import { Body, Controller, Get, Param, ParseIntPipe, Post, Query, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { caseScope, maySeeCase, type Principal } from '@sajeon/access';
import { Decisions, PRELIMINARY, PROJECT, Routing, ToPreliminary, type Loaded } from '@sajeon/decisions';
import { legalDateOf, type PreliminaryCommand, type PreliminaryState } from '@sajeon/domain';
import { ListPreliminaryReviews } from '@sajeon/read-models';
import type { FastifyReply } from 'fastify';
import { answer } from './answer.js';
import { After, Changing, Creating, Who, type Asking } from './asking.js';
import { Lists, pageBody } from './lists.js';
import { newestPlan } from './newest-plan.js';
import {
  GivePreliminaryOpinionDto,
  PreliminaryReviewPageDto,
  PreliminaryReviewsDto,
  ProjectPreliminaryReviewsDto,
  RequestPreliminaryReviewDto,
} from './preliminary-reviews.dto.js';
import { NoSuchRecord } from './problem.js';
import { ReasonDto } from './reason.dto.js';
import { ReceiptDto } from './receipt.dto.js';

/** 예비검토: what the authority thinks of next year's project at budget time. */
@ApiTags('projects')
@ApiBearerAuth()
@Controller('v1')
export class PreliminaryReviewsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly decisions: Decisions,
    private readonly routing: Routing,
    private readonly lists: Lists,
  ) {}

  /** 예비검토 현황: those of one's own agency, as applicant or as authority (auditors: all). */
  @ApiOperation({ operationId: 'listPreliminaryReviews' })
  @Get('preliminary-reviews')
  async list(
    @Query() request: PreliminaryReviewsDto,
    @Who() principal: Principal,
    @After() after: bigint | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PreliminaryReviewPageDto> {
    const scope = caseScope(principal);
    const query = new ListPreliminaryReviews({ ...request, agency: scope === 'all' ? undefined : scope.agency });
    return answer(pageBody(await this.lists.page('preliminary-reviews', query, after, reply)));
  }

  /** 예비검토 요청 on the newest plan of one's own project: purpose, users, functions and cost. Screening starts by itself. */
  @ApiOperation({ operationId: 'requestPreliminaryReview' })
  @Post('projects/:id/preliminary-reviews')
  async ask(
    @Param('id') id: string,
    @Body() { fiscalYear }: RequestPreliminaryReviewDto,
    @Creating() asking: Asking,
  ): Promise<ReceiptDto> {
    const { agency } = asking.principal;
    const project = await this.decisions.load(PROJECT, id);
    if (project.state?.agency !== agency) throw new NoSuchRecord(project.state !== null);
    const [applicant, authority] = await Promise.all([
      this.routing.applicant(agency),
      this.routing.authorityOf(agency, legalDateOf(asking.at)),
    ]);
    const data = { project: id, fiscalYear, outline: newestPlan(project.events), applicant, authority };
    return this.send(id, asking, { type: 'request-preliminary-review', data: { ...data, by: asking.by, at: asking.at } });
  }

  /** The preliminary reviews of one project with their findings and opinions. */
  @ApiOperation({ operationId: 'showPreliminaryReviews' })
  @Get('projects/:id/preliminary-reviews')
  async show(
    @Param('id') id: string,
    @Who() principal: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ProjectPreliminaryReviewsDto> {
    const { state, events } = await this.visible(id, principal);
    const last = events.at(-1);
    const [revision, position] = [String(last?.revision), String(last?.position)];
    void reply.headers({ etag: `"${revision}"`, 'x-position': position });
    return answer<ProjectPreliminaryReviewsDto>({ ...state, revision, position });
  }

  /** 예비검토 의견. Binds nobody; a later consultation of the project takes it along. */
  @ApiOperation({ operationId: 'givePreliminaryOpinion' })
  @Post('projects/:id/preliminary-reviews/:request/opinion')
  async opine(
    @Param('id') id: string,
    @Param('request', ParseIntPipe) request: number,
    @Body() { verdict, text }: GivePreliminaryOpinionDto,
    @Changing() asking: Asking,
  ): Promise<ReceiptDto> {
    await this.visible(id, asking.principal);
    const { by, at } = asking;
    return this.send(id, asking, { type: 'give-preliminary-opinion', data: { request, verdict, text, by, at } });
  }

  /** The applicant takes the request back. */
  @ApiOperation({ operationId: 'withdrawPreliminaryReview' })
  @Post('projects/:id/preliminary-reviews/:request/withdrawal')
  async withdraw(
    @Param('id') id: string,
    @Param('request', ParseIntPipe) request: number,
    @Body() { reason }: ReasonDto,
    @Changing() asking: Asking,
  ): Promise<ReceiptDto> {
    await this.visible(id, asking.principal);
    const { by, at } = asking;
    return this.send(id, asking, { type: 'withdraw-preliminary-review', data: { request, reason, by, at } });
  }

  private async visible(
    id: string,
    principal: Principal,
  ): Promise<Loaded<PreliminaryState> & { readonly state: NonNullable<PreliminaryState> }> {
    const { state, revision, events } = await this.decisions.load(PRELIMINARY, id);
    if (state === null) throw new NoSuchRecord();
    const parties = { applicantAgency: state.applicant.id, authorityAgency: state.authority.id, draft: false };
    if (!maySeeCase(principal, parties)) throw new NoSuchRecord(true);
    return { state, revision, events };
  }

  private async send(id: string, { envelope }: Asking, command: PreliminaryCommand): Promise<ReceiptDto> {
    return ReceiptDto.of(id, await this.commands.execute(new ToPreliminary(id, command, envelope)));
  }
}

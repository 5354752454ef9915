import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { caseScope, type Principal } from '@sajeon/access';
import { Decisions, PROJECT, Routing, Rules, ToProject } from '@sajeon/decisions';
import { assess, legalDateOf, questionsOn, readRecorded, ruleSetOn, type Assessment } from '@sajeon/domain';
import type { FastifyReply } from 'fastify';
import { answer } from './answer.js';
import { Changing, Who, type Asking } from './asking.js';
import {
  AskAboutAgencyDto,
  AskEligibilityDto,
  EligibilityDto,
  EligibilityHistoryDto,
  EligibilityQuestionsDto,
  EligibilityQuestionsOfDto,
} from './eligibility.dto.js';
import { NoSuchRecord } from './problem.js';
import { ReceiptDto } from './receipt.dto.js';

/** 대상여부 판정: does a project have to be consulted, and by which rule? */
@ApiTags('eligibility')
@ApiBearerAuth()
@Controller('v1')
export class EligibilityController {
  constructor(
    private readonly commands: CommandBus,
    private readonly decisions: Decisions,
    private readonly routing: Routing,
    private readonly rules: Rules,
  ) {}

  /**
   * The few plain questions that the rules of a day ask one's own agency, each with why it is asked and by which rule. None: nobody of that
   * tier has to consult on that day.
   */
  @ApiOperation({ operationId: 'listEligibilityQuestions' })
  @Get('eligibility/questions')
  async questions(
    @Query() { on, agency }: EligibilityQuestionsOfDto,
    @Who() principal: Principal,
  ): Promise<EligibilityQuestionsDto> {
    const day = on ?? legalDateOf(new Date().toISOString());
    const [owner, book] = await Promise.all([this.routing.tierOf(agency ?? principal.agency), this.rules.on(day)]);
    return answer<EligibilityQuestionsDto>({
      ...{ on: day, ...owner, ruleSet: ruleSetOn(book, day) },
      questions: questionsOn(book, day, owner),
    });
  }

  /** Answers a few questions by the rules of a day. */
  @ApiOperation({ operationId: 'checkEligibility' })
  @Post('eligibility')
  @HttpCode(200)
  async check(@Body() body: AskAboutAgencyDto, @Who() principal: Principal): Promise<EligibilityDto> {
    return answer(await this.assessed(body, body.agency ?? principal.agency, new Date().toISOString()));
  }

  /** Records the answer for one's own project, with what was stated and the rules that say so. */
  @ApiOperation({ operationId: 'assessEligibility' })
  @Post('projects/:id/eligibility-assessments')
  async assess(@Param('id') id: string, @Body() body: AskEligibilityDto, @Changing() asking: Asking): Promise<ReceiptDto> {
    const { by, at, principal } = asking;
    const { state } = await this.decisions.load(PROJECT, id);
    if (state === null || state.agency !== principal.agency) throw new NoSuchRecord();
    const data = { ...(await this.assessed(body, state.agency, at)), by, at };
    return ReceiptDto.of(
      id,
      await this.commands.execute(new ToProject(id, { type: 'assess-eligibility', data }, asking.envelope)),
    );
  }

  /** What was recorded about a project. */
  @ApiOperation({ operationId: 'showEligibility' })
  @Get('projects/:id/eligibility-assessments')
  async show(
    @Param('id') id: string,
    @Who() principal: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<EligibilityHistoryDto> {
    const scope = caseScope(principal);
    const { state, events } = await this.decisions.load(PROJECT, id);
    const last = events.at(-1);
    if (state === null || last === undefined || (scope !== 'all' && state.agency !== scope.agency)) throw new NoSuchRecord();
    void reply.headers({ etag: `"${last.revision}"`, 'x-position': String(last.position) });
    const assessments = events.map(readRecorded).flatMap((event) => (event.type === 'eligibility-assessed' ? [event.data] : []));
    return answer<EligibilityHistoryDto>({
      assessments,
      revision: String(last.revision),
      position: String(last.position),
    });
  }

  private async assessed(asked: AskEligibilityDto, agency: string, at: string): Promise<Assessment> {
    const on = asked.on ?? legalDateOf(at);
    const { tier, ownerTier } = await this.routing.tierOf(agency);
    const facts = {
      ...{ tier, ownerTier, kind: asked.kind, isNew: asked.isNew },
      ...{ hasNewFunctions: asked.hasNewFunctions ?? null, resultsFromIsp: asked.resultsFromIsp ?? null },
      ...{ totalBudgetKrw: asked.totalBudgetKrw ?? null, softwareDevelopmentKrw: asked.softwareDevelopmentKrw ?? null },
      ownIncomeOnly: asked.ownIncomeOnly ?? null,
    };
    return assess(facts, asked.isDisasterSafety ?? false, on, await this.rules.on(on));
  }
}

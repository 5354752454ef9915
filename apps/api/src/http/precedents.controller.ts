import { Controller, Get, Param, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { maySeeCase, partiesOf, type Principal } from '@sajeon/access';
import { CONSULTATION, Decisions } from '@sajeon/decisions';
import { NotPermitted } from '@sajeon/domain';
import { ListDecidedCases, ListPlanClusters, ProjectionHost } from '@sajeon/read-models';
import { Precedents } from '@sajeon/workflow';
import type { FastifyReply } from 'fastify';
import { answer } from './answer.js';
import { After, Who } from './asking.js';
import { Lists, PATIENCE_MS } from './lists.js';
import { PlanClustersDto, PrecedentsDto } from './precedents.dto.js';
import { NoSuchRecord } from './problem.js';

const MOST = 10;

/** What was decided about like plans before, and which plans of the same round are alike. */
@ApiTags('consultations')
@ApiBearerAuth()
@Controller('v1')
export class PrecedentsController {
  constructor(
    private readonly lists: Lists,
    private readonly queries: QueryBus,
    private readonly projections: ProjectionHost,
    private readonly decisions: Decisions,
    private readonly precedents: Precedents,
  ) {}

  /** 선례: decided cases with like plans, of any authority, as far as their letters tell: outcome and conditions. For whoever may see the case. */
  @ApiOperation({ operationId: 'listPrecedents' })
  @Get('consultations/:id/precedents')
  async list(
    @Param('id') id: string,
    @Who() principal: Principal,
    @After() after: bigint | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PrecedentsDto> {
    const { state, events } = await this.decisions.load(CONSULTATION, id);
    const last = events.at(-1);
    if (state === null || last === undefined) throw new NoSuchRecord();
    if (!maySeeCase(principal, partiesOf(state))) throw new NoSuchRecord(true);
    const own = { project: state.project, agency: state.applicant.name };
    const like = await this.precedents.like(state.plan.content, own, MOST);
    const query = new ListDecidedCases(like.map((plan) => plan.id));
    const { rows } = await this.lists.page('case-page', query, after ?? last.position, reply);
    void reply.header('etag', `"${last.revision}"`);
    const precedents = like.flatMap(({ id: found, probability, shared }) => {
      const decided = rows.find(({ consultation }) => consultation === found);
      if (decided === undefined) return [];
      const parties = { applicantAgency: decided.applicant, authorityAgency: decided.authority, draft: false };
      return [{ ...decided, probability, shared, mayOpen: maySeeCase(principal, parties) }];
    });
    const outcomes: Record<string, number> = {};
    for (const { outcome } of precedents) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    return answer<PrecedentsDto>({ precedents, outcomes });
  }

  /**
   * 같은 회차의 유사 계획: groups of pending plans that may be the same thing, with the evidence and a suggestion to build it once. For the
   * authorities that review one of them, and for auditors.
   */
  @ApiOperation({ operationId: 'listPlanClusters' })
  @Get('plan-clusters')
  async clusters(
    @Who() { agency, roles }: Principal,
    @After() after: bigint | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PlanClustersDto> {
    const auditor = roles.includes('auditor');
    if (!auditor && !roles.includes('reviewer') && !roles.includes('approver')) {
      throw new NotPermitted('authority-only', {
        ko: '심사 중인 다른 기관의 계획은 협의기관과 감사관만 볼 수 있습니다.',
        en: 'Only authorities and auditors see other agencies’ pending plans.',
      });
    }
    if (after !== undefined) {
      await this.projections.waitFor('statistics', after, PATIENCE_MS);
      await this.projections.waitFor('case-page', after, PATIENCE_MS);
    }
    const { clusters, position } = await this.queries.execute(new ListPlanClusters(auditor ? undefined : agency));
    void reply.header('x-position', String(position));
    return answer({ clusters, position: String(position) });
  }
}

import { Body, Controller, Get, Header, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { caseScope, type Principal } from '@sajeon/access';
import { Decisions, PROJECT, ToProject } from '@sajeon/decisions';
import { RuleViolated, type ProcurementAuthorization, type ProjectCommand } from '@sajeon/domain';
import { sha256 } from '@sajeon/audit';
import { ListOmissions } from '@sajeon/read-models';
import type { FastifyReply } from 'fastify';
import { isDeepStrictEqual } from 'node:util';
import { answer } from './answer.js';
import { After, Changing, Who, type Asking } from './asking.js';
import { Lists, pageBody } from './lists.js';
import { malformed, NoSuchRecord } from './problem.js';
import {
  ListOmissionsDto,
  OmissionPageDto,
  OrderDto,
  ProcurementTokenDto,
  TokenVerdictDto,
  VerifyTokenDto,
} from './procurement.dto.js';
import { Procurement } from './procurement.js';
import { ReceiptDto } from './receipt.dto.js';

/** 발주: what may be ordered, what was ordered, and what was ordered without a decision. */
@ApiTags('procurement')
@ApiBearerAuth()
@Controller('v1')
export class ProcurementController {
  constructor(
    private readonly commands: CommandBus,
    private readonly decisions: Decisions,
    private readonly procurement: Procurement,
    private readonly lists: Lists,
  ) {}

  /** 발주 확인 토큰: a signed note that says which plan may be ordered under which open conditions, for the agency itself, its authority and auditors. */
  @ApiOperation({ operationId: 'issueProcurementToken' })
  @Get('projects/:id/procurement-token')
  async issue(
    @Param('id') id: string,
    @Who() principal: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ProcurementTokenDto> {
    const { state, revision } = await this.decisions.load(PROJECT, id);
    const scope = caseScope(principal);
    if (state === null) throw new NoSuchRecord();
    const owner = scope === 'all' || scope.agency === state.agency;
    const says = await this.procurement.authorization(id).catch((error: unknown) => {
      // Who is no party learns nothing from a refusal either.
      throw owner || !(error instanceof RuleViolated) ? error : new NoSuchRecord();
    });
    if (!owner && scope.agency !== says.authority.id) throw new NoSuchRecord();
    void reply.headers({ etag: `"${revision}"`, 'x-position': says.asOf });
    return answer<ProcurementTokenDto>({ token: this.procurement.sign(says), says, revision: String(revision) });
  }

  /** Public keys that tokens are verified with, one a line. Compare them with what you were given elsewhere. */
  @ApiOperation({ operationId: 'listTokenKeys' })
  @ApiProduces('text/plain')
  @ApiOkResponse({ schema: { type: 'string', example: 'sajeon.example/log/procurement+6b6b1d2c+AV3…\n' } })
  @Get('procurement-tokens/keys')
  @Header('Content-Type', 'text/plain; charset=utf-8')
  keys(): string {
    return this.procurement.keys();
  }

  /** Whether a token is genuine, and whether what it says still holds. */
  @ApiOperation({ operationId: 'verifyProcurementToken' })
  @Post('procurement-tokens/verifications')
  @HttpCode(200)
  async verify(@Body() { token }: VerifyTokenDto): Promise<TokenVerdictDto> {
    const { genuine, says } = this.procurement.read(token);
    // A token that is not ours may name anything: nothing is looked up for it.
    const now = genuine ? await this.nowOf(says.project) : null;
    return answer<TokenVerdictDto>({
      genuine,
      says,
      now,
      stands: now !== null && isDeepStrictEqual(timeless(now), timeless(says)),
    });
  }

  /** 발주 등록. An order is never refused for want of a consultation: the omission is recorded beside it. */
  @ApiOperation({ operationId: 'recordProcurement' })
  @Post('projects/:id/procurements')
  async record(@Param('id') id: string, @Body() body: OrderDto, @Changing() asking: Asking): Promise<ReceiptDto> {
    const { state } = await this.decisions.load(PROJECT, id);
    if (state === null || state.agency !== asking.principal.agency) throw new NoSuchRecord();
    const data = await this.ordered(id, state.agency, body, asking);
    return this.send(id, asking, { type: 'record-procurement', data });
  }

  /** 발주 통보: the same from the procurement feed, whoever ordered. */
  @ApiOperation({ operationId: 'reportProcurement' })
  @Post('projects/:id/procurement-reports')
  async report(@Param('id') id: string, @Body() body: OrderDto, @Changing() asking: Asking): Promise<ReceiptDto> {
    const { state } = await this.decisions.load(PROJECT, id);
    if (state === null) throw new NoSuchRecord();
    const data = await this.ordered(id, state.agency, body, asking);
    return this.send(id, asking, { type: 'report-procurement', data });
  }

  /** 미이행 대장: orders that no decision covers, of one's own agency and of those that it reviews (auditors: all). */
  @ApiOperation({ operationId: 'listOmissions' })
  @Get('omissions')
  async omissions(
    @Query() request: ListOmissionsDto,
    @Who() principal: Principal,
    @After() after: bigint | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OmissionPageDto> {
    const scope = caseScope(principal);
    const query = new ListOmissions({ ...request, agency: scope === 'all' ? undefined : scope.agency });
    return answer(pageBody(await this.lists.page('omissions', query, after, reply)));
  }

  private async ordered(project: string, agency: string, body: OrderDto, { by, at }: Asking) {
    const { order, orderedOn, amountKrw, token } = body;
    const shown = token === undefined || token === null ? null : this.shown(project, token);
    const planHash = body.planHash ?? shown?.plans.at(-1)?.hash;
    if (planHash === undefined) {
      throw malformed('/planHash', 'plan-or-token-required', {
        ko: '어느 계획서로 발주했는지 planHash를 적거나 토큰을 보이십시오.',
        en: 'Say by planHash which plan was ordered, or show the token.',
      });
    }
    const [orderer, authority, { plans: consulted }] = await Promise.all([
      this.procurement.agencyAsNamed(agency),
      this.procurement.authorityOf(agency, orderedOn),
      this.procurement.consulted(project),
    ]);
    return {
      ...{ by, at, order, orderedOn, planHash, amountKrw: amountKrw ?? null, orderer, authority, consulted },
      token: shown === null ? null : sha256(Buffer.from(token ?? '', 'utf8')).toString('hex'),
    };
  }

  private shown(project: string, token: string): ProcurementAuthorization {
    const { genuine, says } = this.procurement.read(token);
    if (!genuine) {
      throw new RuleViolated(
        'token-not-genuine',
        {
          ko: '이 서비스가 발급한 토큰이 아니거나 내용이 바뀌었습니다.',
          en: 'This service did not issue the token, or it was altered.',
        },
        '/token',
      );
    }
    if (says.project !== project) {
      throw new RuleViolated(
        'token-of-another-project',
        { ko: `다른 사업(${says.project})의 토큰입니다.`, en: `The token is that of another project (${says.project}).` },
        '/token',
      );
    }
    return says;
  }

  private async nowOf(project: string): Promise<ProcurementAuthorization | null> {
    try {
      return await this.procurement.authorization(project);
    } catch (error) {
      if (error instanceof RuleViolated && error.code === 'nothing-may-be-ordered') return null;
      throw error;
    }
  }

  private async send(id: string, { envelope }: Asking, command: ProjectCommand): Promise<ReceiptDto> {
    return ReceiptDto.of(id, await this.commands.execute(new ToProject(id, command, envelope)));
  }
}

function timeless({ asOf: _, ...rest }: ProcurementAuthorization): Omit<ProcurementAuthorization, 'asOf'> {
  return rest;
}

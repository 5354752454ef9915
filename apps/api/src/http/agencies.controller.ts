import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Routing, ToAgency } from '@sajeon/decisions';
import type { AgencyCommand } from '@sajeon/domain';
import { ListAgencies, ShowAgency } from '@sajeon/read-models';
import type { FastifyReply } from 'fastify';
import {
  AgencyDto,
  AgencyPageDto,
  DissolveAgencyDto,
  ListAgenciesDto,
  MergeAgencyDto,
  MoveAgencyDto,
  RegisterAgencyDto,
  RenameAgencyDto,
  SplitAgencyDto,
} from './agencies.dto.js';
import { answer } from './answer.js';
import { After, Changing, Creating, type Asking } from './asking.js';
import { Lists, pageBody } from './lists.js';
import { ReceiptDto } from './receipt.dto.js';

/** 기관: who files and who reviews. */
@ApiTags('agencies')
@ApiBearerAuth()
@Controller('v1/agencies')
export class AgenciesController {
  constructor(
    private readonly commands: CommandBus,
    private readonly routing: Routing,
    private readonly lists: Lists,
  ) {}

  /** Agencies by name, present and former. */
  @ApiOperation({ operationId: 'listAgencies' })
  @Get()
  async list(
    @Query() request: ListAgenciesDto,
    @After() after: bigint | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AgencyPageDto> {
    return answer(pageBody(await this.lists.page('agency-directory', new ListAgencies(request), after, reply)));
  }

  /** One agency. */
  @ApiOperation({ operationId: 'showAgency' })
  @Get(':id')
  async show(
    @Param('id') id: string,
    @After() after: bigint | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AgencyDto> {
    return answer(await this.lists.one('agency-directory', new ShowAgency(id), after, reply));
  }

  /** 등록: an agency that files or reviews. */
  @ApiOperation({ operationId: 'registerAgency' })
  @Post()
  async register(@Body() body: RegisterAgencyDto, @Creating() asking: Asking): Promise<ReceiptDto> {
    const { by, at } = asking;
    const { agency, name, tier, parent } = body;
    // Its own parent is for the domain to refuse.
    if (parent !== undefined && parent !== null && parent !== agency) await this.routing.agency(parent, '/parent');
    const data = { agency, name, tier, parent: parent ?? null, by, at };
    return this.send(agency, asking, { type: 'register-agency', data });
  }

  /** 기관명 변경: the record keeps the names of its time. */
  @ApiOperation({ operationId: 'renameAgency' })
  @Post(':id/name')
  rename(@Param('id') id: string, @Body() { name }: RenameAgencyDto, @Changing() asking: Asking): Promise<ReceiptDto> {
    return this.send(id, asking, { type: 'rename-agency', data: { name, by: asking.by, at: asking.at } });
  }

  /** 폐지·통합: another agency may succeed it. */
  @ApiOperation({ operationId: 'dissolveAgency' })
  @Post(':id/dissolution')
  dissolve(@Param('id') id: string, @Body() body: DissolveAgencyDto, @Changing() asking: Asking): Promise<ReceiptDto> {
    const { by, at } = asking;
    const { successor, reason } = body;
    return this.send(id, asking, { type: 'dissolve-agency', data: { successor: successor ?? null, reason, by, at } });
  }

  /** 통합: from a day on another agency is meant wherever this one is. The cases of before keep its name. */
  @ApiOperation({ operationId: 'mergeAgency' })
  @Post(':id/merger')
  async merge(@Param('id') id: string, @Body() body: MergeAgencyDto, @Changing() asking: Asking): Promise<ReceiptDto> {
    const { by, at } = asking;
    const { into, effectiveOn, reason } = body;
    if (into !== id) await this.routing.agency(into, '/into');
    return this.send(id, asking, { type: 'merge-agency', data: { into, effectiveOn, reason, by, at } });
  }

  /** 분리: from a day on there are several agencies in its place. */
  @ApiOperation({ operationId: 'splitAgency' })
  @Post(':id/split')
  async split(@Param('id') id: string, @Body() body: SplitAgencyDto, @Changing() asking: Asking): Promise<ReceiptDto> {
    const { by, at } = asking;
    const { successors, effectiveOn, reason } = body;
    for (const [index, successor] of successors.entries()) {
      if (successor !== id) await this.routing.agency(successor, `/successors/${index}`);
    }
    return this.send(id, asking, { type: 'split-agency', data: { successors, effectiveOn, reason, by, at } });
  }

  /** 소속 변경: from a day on it stands under another agency. */
  @ApiOperation({ operationId: 'moveAgency' })
  @Post(':id/parent')
  async move(@Param('id') id: string, @Body() body: MoveAgencyDto, @Changing() asking: Asking): Promise<ReceiptDto> {
    const { by, at } = asking;
    const { effectiveOn, reason } = body;
    const parent = body.parent ?? null;
    if (parent !== null && parent !== id) await this.routing.agency(parent, '/parent');
    return this.send(id, asking, { type: 'move-agency', data: { parent, effectiveOn, reason, by, at } });
  }

  private async send(id: string, { envelope }: Asking, command: AgencyCommand): Promise<ReceiptDto> {
    return ReceiptDto.of(id, await this.commands.execute(new ToAgency(id, command, envelope)));
  }
}

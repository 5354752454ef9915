import { Body, Controller, Get, Param, Post, Put, Query, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ToSystem } from '@sajeon/decisions';
import type { SystemCommand } from '@sajeon/domain';
import { ListSystems, ShowSystem } from '@sajeon/read-models';
import type { FastifyReply } from 'fastify';
import { answer } from './answer.js';
import { After, Changing, Creating, type Asking } from './asking.js';
import { Lists, pageBody } from './lists.js';
import { Moments } from './moments.js';
import { ReasonDto } from './reason.dto.js';
import { ReceiptDto } from './receipt.dto.js';
import { entryOf, ListSystemsDto, RegisterSystemDto, SystemDto, SystemEntryDto, SystemPageDto } from './systems.dto.js';

/** 정보시스템: the inventory of what exists. */
@ApiTags('systems')
@ApiBearerAuth()
@Controller('v1/systems')
export class SystemsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly lists: Lists,
    private readonly moments: Moments,
  ) {}

  /** The inventory. Full-text search, also inside unspaced compounds. */
  @ApiOperation({ operationId: 'listSystems' })
  @Get()
  async list(
    @Query() { asOf, ...request }: ListSystemsDto,
    @After() after: bigint | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SystemPageDto> {
    const position = asOf === undefined ? undefined : await this.moments.positionAt(asOf);
    const query = new ListSystems({ ...request, asOf: position });
    return answer(pageBody(await this.lists.page('system-inventory', query, after ?? position, reply)));
  }

  /**
   * One system with all that its source says.
   * @param asOf the entry as it stood then: a log position, a date (the end of that day in Seoul) or an instant (RFC 3339)
   */
  @ApiOperation({ operationId: 'showSystem' })
  @Get(':id')
  async show(
    @Param('id') id: string,
    @After() after: bigint | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Query('asOf') asOf?: string,
  ): Promise<SystemDto> {
    const position = asOf === undefined ? undefined : await this.moments.positionAt(asOf);
    return answer(await this.lists.one('system-inventory', new ShowSystem(id, position), after ?? position, reply));
  }

  /** 등록: a system that exists. */
  @ApiOperation({ operationId: 'registerSystem' })
  @Post()
  register(@Body() body: RegisterSystemDto, @Creating() asking: Asking): Promise<ReceiptDto> {
    const { system } = body;
    const data = { system, entry: entryOf(body), by: asking.by, at: asking.at };
    return this.send(system, asking, { type: 'register-system', data });
  }

  /** 정정: replaces the entry. The earlier one stays in the record. */
  @ApiOperation({ operationId: 'correctSystemEntry' })
  @Put(':id')
  correct(@Param('id') id: string, @Body() body: SystemEntryDto, @Changing() asking: Asking): Promise<ReceiptDto> {
    return this.send(id, asking, { type: 'correct-system-entry', data: { entry: entryOf(body), by: asking.by, at: asking.at } });
  }

  /** 폐기: the system is no longer in use, and no longer a candidate. */
  @ApiOperation({ operationId: 'retireSystem' })
  @Post(':id/retirement')
  retire(@Param('id') id: string, @Body() { reason }: ReasonDto, @Changing() asking: Asking): Promise<ReceiptDto> {
    return this.send(id, asking, { type: 'retire-system', data: { reason, by: asking.by, at: asking.at } });
  }

  private async send(id: string, { envelope }: Asking, command: SystemCommand): Promise<ReceiptDto> {
    return ReceiptDto.of(id, await this.commands.execute(new ToSystem(id, command, envelope)));
  }
}

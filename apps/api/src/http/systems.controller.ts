import { Body, Controller, Get, Param, Post, Put, Query, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { ToSystem } from '@sajeon/decisions';
import { SYSTEM_LEVELS, type SystemCommand, type SystemLevel } from '@sajeon/domain';
import { ListSystems, ShowSystem } from '@sajeon/read-models';
import { IsBoolean, IsIn, IsOptional } from 'class-validator';
import { Transform } from 'class-transformer';
import type { FastifyReply } from 'fastify';
import { After, Changing, Creating, type Asking } from './asking.js';
import { ListDto, Lists, pageBody } from './lists.js';
import { ReasonDto } from './projects.controller.js';
import { ReceiptDto } from './receipt.js';
import { entryOf, RegisterSystemDto, SystemEntryDto } from './systems.dto.js';

export class ListSystemsDto extends ListDto {
  @IsOptional()
  @IsIn(SYSTEM_LEVELS)
  level?: SystemLevel;

  /** true: retired systems only; false: systems in use only */
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  retired?: boolean;

  @IsOptional()
  @IsIn(['relevance', 'title', 'agency', 'year'])
  sort?: 'relevance' | 'title' | 'agency' | 'year';
}

/** 정보시스템: the inventory of what exists. */
@ApiTags('systems')
@ApiBearerAuth()
@Controller('v1/systems')
export class SystemsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly lists: Lists,
  ) {}

  /** Full-text search, also inside unspaced compounds. */
  @Get()
  async list(
    @Query() request: ListSystemsDto,
    @After() after: bigint | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    return pageBody(await this.lists.page('system-inventory', new ListSystems(request), after, reply));
  }

  @Get(':id')
  show(
    @Param('id') id: string,
    @After() after: bigint | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    return this.lists.one('system-inventory', new ShowSystem(id), after, reply);
  }

  @Post()
  register(@Body() body: RegisterSystemDto, @Creating() asking: Asking): Promise<ReceiptDto> {
    const { system } = body;
    const data = { system, entry: entryOf(body), by: asking.by, at: asking.at };
    return this.send(system, asking, { type: 'register-system', data });
  }

  @Put(':id')
  correct(@Param('id') id: string, @Body() body: SystemEntryDto, @Changing() asking: Asking): Promise<ReceiptDto> {
    return this.send(id, asking, { type: 'correct-system-entry', data: { entry: entryOf(body), by: asking.by, at: asking.at } });
  }

  /** 폐기 */
  @Post(':id/retirement')
  retire(@Param('id') id: string, @Body() { reason }: ReasonDto, @Changing() asking: Asking): Promise<ReceiptDto> {
    return this.send(id, asking, { type: 'retire-system', data: { reason, by: asking.by, at: asking.at } });
  }

  private async send(id: string, { envelope }: Asking, command: SystemCommand): Promise<ReceiptDto> {
    return ReceiptDto.of(id, await this.commands.execute(new ToSystem(id, command, envelope)));
  }
}

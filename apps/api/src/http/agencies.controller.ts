import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { ToAgency } from '@sajeon/decisions';
import { AGENCY_TIERS, type AgencyCommand, type AgencyTier } from '@sajeon/domain';
import { ListAgencies, ShowAgency } from '@sajeon/read-models';
import { IsIn, IsOptional } from 'class-validator';
import type { FastifyReply } from 'fastify';
import { DissolveAgencyDto, RegisterAgencyDto, RenameAgencyDto } from './agencies.dto.js';
import { After, Changing, Creating, type Asking } from './asking.js';
import { ListDto, Lists, pageBody } from './lists.js';
import { ReceiptDto } from './receipt.js';

export class ListAgenciesDto extends ListDto {
  @IsOptional()
  @IsIn(AGENCY_TIERS)
  tier?: AgencyTier;
}

/** 기관: who files and who reviews. */
@ApiTags('agencies')
@ApiBearerAuth()
@Controller('v1/agencies')
export class AgenciesController {
  constructor(
    private readonly commands: CommandBus,
    private readonly lists: Lists,
  ) {}

  @Get()
  async list(
    @Query() request: ListAgenciesDto,
    @After() after: bigint | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    return pageBody(await this.lists.page('agency-directory', new ListAgencies(request), after, reply));
  }

  @Get(':id')
  show(
    @Param('id') id: string,
    @After() after: bigint | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    return this.lists.one('agency-directory', new ShowAgency(id), after, reply);
  }

  @Post()
  register(@Body() body: RegisterAgencyDto, @Creating() asking: Asking): Promise<ReceiptDto> {
    const { by, at } = asking;
    const { agency, name, tier, parent } = body;
    const data = { agency, name, tier, parent: parent ?? null, by, at };
    return this.send(agency, asking, { type: 'register-agency', data });
  }

  @Post(':id/name')
  rename(@Param('id') id: string, @Body() { name }: RenameAgencyDto, @Changing() asking: Asking): Promise<ReceiptDto> {
    return this.send(id, asking, { type: 'rename-agency', data: { name, by: asking.by, at: asking.at } });
  }

  /** 폐지·통합: another agency may succeed it. */
  @Post(':id/dissolution')
  dissolve(@Param('id') id: string, @Body() body: DissolveAgencyDto, @Changing() asking: Asking): Promise<ReceiptDto> {
    const { by, at } = asking;
    const { successor, reason } = body;
    return this.send(id, asking, { type: 'dissolve-agency', data: { successor: successor ?? null, reason, by, at } });
  }

  private async send(id: string, { envelope }: Asking, command: AgencyCommand): Promise<ReceiptDto> {
    return ReceiptDto.of(id, await this.commands.execute(new ToAgency(id, command, envelope)));
  }
}

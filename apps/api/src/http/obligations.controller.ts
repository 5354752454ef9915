import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { caseScope, type Principal } from '@sajeon/access';
import { ListObligations } from '@sajeon/read-models';
import type { FastifyReply } from 'fastify';
import { answer } from './answer.js';
import { After, Who } from './asking.js';
import { Lists, pageBody } from './lists.js';
import { ObligationPageDto, ObligationsDto } from './obligations.dto.js';

@ApiTags('consultations')
@ApiBearerAuth()
@Controller('v1/obligations')
export class ObligationsController {
  constructor(private readonly lists: Lists) {}

  /**
   * 이행 현황: the conditions of one's own cases, as applicant or as authority (auditors: all). Earliest due first, so that what is overdue
   * leads; then those without a date, then those settled.
   */
  @ApiOperation({ operationId: 'listObligations' })
  @Get()
  async list(
    @Query() request: ObligationsDto,
    @Who() principal: Principal,
    @After() after: bigint | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ObligationPageDto> {
    const scope = caseScope(principal);
    const query = new ListObligations({ ...request, agency: scope === 'all' ? undefined : scope.agency });
    return answer(pageBody(await this.lists.page('obligations', query, after, reply)));
  }
}

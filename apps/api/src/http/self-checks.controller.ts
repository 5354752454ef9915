import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from '@sajeon/access';
import { Routing } from '@sajeon/decisions';
import { checkPlan } from '@sajeon/domain';
import { OverlapFeed } from '@sajeon/workflow';
import { answer } from './answer.js';
import { Who } from './asking.js';
import { SelfCheckAnswerDto } from './overlap.dto.js';
import { contentOf, PlanDto } from './plan.dto.js';

/** 중복 자가점검: the same ranking that a filing gets, before filing. Nothing is recorded and nobody else sees it. */
@ApiTags('self-checks')
@ApiBearerAuth()
@Controller('v1/self-checks')
export class SelfChecksController {
  constructor(
    private readonly overlap: OverlapFeed,
    private readonly routing: Routing,
  ) {}

  /** Compares a plan with the inventory and the other pending plans as they are now. */
  @ApiOperation({ operationId: 'checkPlan' })
  @Post()
  @HttpCode(200)
  async check(@Body() body: PlanDto, @Who() { agency }: Principal): Promise<SelfCheckAnswerDto> {
    const plan = contentOf(body);
    checkPlan(plan, '');
    const { name } = await this.routing.applicant(agency);
    return answer(await this.overlap.screen(plan, { project: '', agency: name }));
  }
}

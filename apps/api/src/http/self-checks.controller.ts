import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from '@sajeon/access';
import { Routing } from '@sajeon/decisions';
import { checkPlan, Malformed } from '@sajeon/domain';
import { OverlapFeed, withoutFunctions } from '@sajeon/workflow';
import { answer } from './answer.js';
import { Who } from './asking.js';
import { SelfCheckAnswerDto, WhatIfDto } from './overlap.dto.js';
import { contentOf, PlanDto, SelfCheckDto } from './plan.dto.js';

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
  async check(@Body() { without, ...body }: SelfCheckDto, @Who() { agency }: Principal): Promise<SelfCheckAnswerDto> {
    const plan = contentOf(body);
    checkPlan(plan, '');
    const stranger = without?.findIndex((place) => !Number.isInteger(place) || place >= plan.functions.length) ?? -1;
    if (stranger >= 0) {
      throw new Malformed(
        'unknown-function',
        {
          ko: `빼고 볼 기능은 계획서의 기능을 0부터 센 번호로 적으세요(기능 ${plan.functions.length}개).`,
          en: `Name the functions to leave out by their places in the plan, from 0 (the plan has ${plan.functions.length}).`,
        },
        `/without/${stranger}`,
      );
    }
    const { name } = await this.routing.applicant(agency);
    const asked = withoutFunctions(plan, new Set(without));
    return answer(await this.overlap.screen(asked, { project: '', agency: name }));
  }

  /** For each function of the plan: what would still be found if it were dropped. */
  @ApiOperation({ operationId: 'whatIfDropped' })
  @Post('what-if')
  @HttpCode(200)
  async whatIf(@Body() body: PlanDto, @Who() { agency }: Principal): Promise<WhatIfDto> {
    const plan = contentOf(body);
    checkPlan(plan, '');
    const { name } = await this.routing.applicant(agency);
    return answer<WhatIfDto>({ functions: await this.overlap.withoutEach(plan, { project: '', agency: name }) });
  }
}

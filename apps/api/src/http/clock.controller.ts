import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { maySeeCase, type Principal } from '@sajeon/access';
import { CONSULTATION, Decisions, Rules } from '@sajeon/decisions';
import {
  clockOf,
  explainDays,
  isLegalDate,
  legalDateOf,
  readRecorded,
  RuleViolated,
  type ConsultationEvent,
} from '@sajeon/domain';
import type { FastifyReply } from 'fastify';
import { answer } from './answer.js';
import { Who } from './asking.js';
import { ClockDto } from './clock.dto.js';
import { NoSuchRecord, notADay } from './problem.js';

/** 처리기한: the clock of a case, computed from its events each time it is asked. */
@ApiTags('consultations')
@ApiBearerAuth()
@Controller('v1/consultations')
export class ClockController {
  constructor(
    private readonly decisions: Decisions,
    private readonly rules: Rules,
  ) {}

  /**
   * Where the clock stands at the end of a day, with every day explained; today unless asked otherwise.
   * @param asOf a day by the calendar of Seoul (YYYY-MM-DD): what was known then
   */
  @ApiOperation({ operationId: 'showClock' })
  @Get(':id/clock')
  async show(
    @Param('id') id: string,
    @Who() principal: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Query('asOf') asOf?: string,
  ): Promise<ClockDto> {
    if (asOf !== undefined && !isLegalDate(asOf)) throw notADay('asOf');
    const { state, events: recorded } = await this.decisions.load(CONSULTATION, id);
    const last = recorded.at(-1);
    if (state === null || last === undefined) throw new NoSuchRecord();
    const parties = { applicantAgency: state.applicant.id, authorityAgency: state.authority.id, draft: state.phase === 'draft' };
    if (!maySeeCase(principal, parties)) throw new NoSuchRecord();

    const on = asOf ?? legalDateOf(new Date().toISOString());
    // A consultation stream holds consultation events: that is what the write side guarantees.
    const events = recorded.map(readRecorded) as ConsultationEvent[];
    const receipt = events.find((event) => event.type === 'consultation-received');
    const rules = receipt && (await this.rules.clockOf(receipt.data));
    const clock = rules ? clockOf(events, on, rules) : null;
    if (receipt === undefined || rules === undefined || clock === null) {
      throw new RuleViolated('not-received', {
        ko: '아직 접수되지 않아 처리기간이 흐르지 않습니다.',
        en: 'The case has not been received by then, so no clock runs.',
      });
    }
    void reply.headers({ etag: `"${last.revision}"`, 'x-position': String(last.position) });
    return answer<ClockDto>({
      ...clock,
      asOf: on,
      days: explainDays(events, on, rules),
      ruleSet: receipt.data.ruleSet,
      revision: String(last.revision),
      position: String(last.position),
    });
  }
}

import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CALENDAR, Decisions, KOREAN_CALENDAR, Rules, ToCalendar } from '@sajeon/decisions';
import type { CalendarCommand } from '@sajeon/domain';
import { answer } from './answer.js';
import { Changing, Creating, type Asking } from './asking.js';
import { CorrectHolidayDto, GazettedHolidayDto, HolidaysDto, HolidaysOfDto } from './calendar.dto.js';
import { ReceiptDto } from './receipt.dto.js';

/** 공휴일: on which days offices work, from the statute and what has been gazetted. */
@ApiTags('calendar')
@ApiBearerAuth()
@Controller('v1/holidays')
export class CalendarController {
  constructor(
    private readonly commands: CommandBus,
    private readonly decisions: Decisions,
    private readonly rules: Rules,
  ) {}

  /** The holidays of a year. */
  @ApiOperation({ operationId: 'listHolidays' })
  @Get()
  async list(@Query() { year }: HolidaysOfDto): Promise<HolidaysDto> {
    const [{ state, revision }, calendar] = await Promise.all([
      this.decisions.load(CALENDAR, KOREAN_CALENDAR),
      this.rules.calendar(),
    ]);
    return answer<HolidaysDto>({
      holidays: calendar.holidaysOf(year),
      gazetted: (state?.gazetted ?? []).filter(({ date }) => date.startsWith(`${year}-`)),
      revision: revision === 'none' ? null : String(revision),
    });
  }

  /** 임시공휴일·선거일 등록: a holiday that has been announced, with where. */
  @ApiOperation({ operationId: 'gazetteHoliday' })
  @Post()
  gazette(@Body() { date, name, source, announcedOn }: GazettedHolidayDto, @Creating() asking: Asking): Promise<ReceiptDto> {
    const holiday = { date, name, source, announcedOn };
    const { by, at } = asking;
    return this.send(asking, { type: 'gazette-temporary-holiday', data: { calendar: KOREAN_CALENDAR, holiday, by, at } });
  }

  /** 정정: what was entered about a day was wrong. */
  @ApiOperation({ operationId: 'correctHoliday' })
  @Post(':date/correction')
  correct(@Param('date') date: string, @Body() body: CorrectHolidayDto, @Changing() asking: Asking): Promise<ReceiptDto> {
    const { by, at } = asking;
    const holiday = body.holiday ? { ...body.holiday } : null;
    return this.send(asking, { type: 'correct-gazetted-holiday', data: { date, holiday, reason: body.reason, by, at } });
  }

  private async send({ envelope }: Asking, command: CalendarCommand): Promise<ReceiptDto> {
    return ReceiptDto.of(KOREAN_CALENDAR, await this.commands.execute(new ToCalendar(KOREAN_CALENDAR, command, envelope)));
  }
}

import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CALENDAR, Decisions, KOREAN_CALENDAR, Rules, ToCalendar } from '@sajeon/decisions';
import { isLegalDate, type CalendarCommand } from '@sajeon/domain';
import { answer } from './answer.js';
import { Changing, Creating, type Asking } from './asking.js';
import { CorrectHolidayDto, GazettedHolidayDto, HolidaysDto, HolidaysOfDto } from './calendar.dto.js';
import { malformed } from './problem.js';
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

  /** The holidays of a year, as far as they are known or were known on a day. */
  @ApiOperation({ operationId: 'listHolidays' })
  @Get()
  async list(@Query() { year, known }: HolidaysOfDto): Promise<HolidaysDto> {
    const [{ state, revision }, calendar] = await Promise.all([
      this.decisions.load(CALENDAR, KOREAN_CALENDAR),
      this.rules.calendar(),
    ]);
    if (known !== undefined && !isLegalDate(known)) {
      throw malformed('known', 'invalid-date', {
        ko: '달력에 있는 날짜를 YYYY-MM-DD로 적으십시오.',
        en: 'Write a day that exists as YYYY-MM-DD.',
      });
    }
    const then = known === undefined ? calendar : calendar.knownOn(known);
    const announced = (state?.gazetted ?? []).filter(({ announcedOn }) => known === undefined || announcedOn <= known);
    return answer<HolidaysDto>({
      holidays: then.holidaysOf(year),
      gazetted: announced.filter(({ date }) => date.startsWith(`${year}-`)),
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

import type { GazettedHoliday, Holiday } from '@sajeon/domain';
import { Type } from 'class-transformer';
import { IsDefined, IsOptional, IsString, MaxLength } from 'class-validator';
import { ApiProperty } from '@nestjs/swagger';
import { IsInt, Max, Min } from 'class-validator';
import { An, Decimal, IsDay, LegalDate, MayBeAbsent } from './fields.js';

/** A holiday that was announced one by one. */
export class GazettedHolidayDto implements GazettedHoliday {
  @LegalDate('2026-06-03')
  @IsString()
  @IsDay()
  date: string;

  /**
   * 공휴일 이름
   * @example '제9회 전국동시지방선거일'
   */
  @IsString()
  @MaxLength(200)
  name: string;

  /**
   * 고시 또는 법률
   * @example '공직선거법 제34조'
   */
  @IsString()
  @MaxLength(500)
  source: string;

  /** 고시한 날 */
  @LegalDate('2026-01-02')
  @IsString()
  @IsDay()
  announcedOn: string;
}

export class CorrectHolidayDto {
  /** What should stand there; null when there is no such holiday */
  @IsOptional()
  @An(() => GazettedHolidayDto)
  holiday?: GazettedHolidayDto | null;

  /**
   * 정정 사유
   * @example '날짜를 잘못 옮겼다.'
   */
  @IsDefined()
  @IsString()
  @MaxLength(10_000)
  reason: string;
}

export class HolidaysOfDto {
  /** 연도 */
  @ApiProperty({ type: 'integer', minimum: 2014, maximum: 2100, example: 2026 })
  @Type(() => Number)
  @IsInt()
  @Min(2014)
  @Max(2100)
  year: number;

  /** What had been announced by the end of this day (Seoul); all that is known unless given */
  @LegalDate('2026-05-01')
  @MayBeAbsent()
  @IsDay()
  known?: string;
}

/** A day on which government offices are closed. */
export class HolidayDto implements Holiday {
  @LegalDate('2026-06-03')
  date: string;

  /** @example '제9회 전국동시지방선거일' */
  name: string;

  kind: Holiday['kind'];
}

export class HolidaysDto {
  /** In order of date */
  holidays: HolidayDto[];

  /** Those of the year that were announced one by one, with their source */
  gazetted: GazettedHolidayDto[];

  /** Revision of the calendar: send it in quotes as If-Match to correct it; null while nothing has been gazetted */
  @Decimal('3')
  revision: string | null;
}

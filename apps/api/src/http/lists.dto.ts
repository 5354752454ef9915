import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsString, Max, MaxLength, Min } from 'class-validator';
import { Decimal, MayBeAbsent } from './fields.js';

/** Which part of a list. */
export class PagingDto {
  /** Rows in a page */
  @ApiProperty({ type: 'integer', default: 50, example: 20 })
  @MayBeAbsent()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit?: number;

  /** `next` of the page before, asked with the same order */
  @MayBeAbsent()
  @IsString()
  @MaxLength(2_000)
  cursor?: string;
}

/** What every list takes that can be searched and ordered. */
export class ListDto extends PagingDto {
  /** 검색어: every word must occur, also inside another word */
  @MayBeAbsent()
  @IsString()
  @MaxLength(200)
  q?: string;

  @MayBeAbsent()
  @IsIn(['asc', 'desc'])
  direction?: 'asc' | 'desc';
}

/** What every page tells about itself. */
export abstract class PageDto {
  /**
   * Send it as `cursor` for the rows after these; null on the last page. Also in `Link`
   * @example 'WyJ0aXRsZSIsImEiLCJiIl0'
   */
  next: string | null;

  /** Log position of the last event that the rows contain; also X-Position */
  @Decimal()
  position: string;
}

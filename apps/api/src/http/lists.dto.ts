import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { Decimal } from './fields.js';

/** Which part of a list. */
export class PagingDto {
  /** Rows in a page */
  @ApiProperty({ type: 'integer', default: 50, example: 20 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit?: number;

  /** `next` of the page before, asked with the same order */
  @IsOptional()
  @IsString()
  @MaxLength(2_000)
  cursor?: string;
}

/** What every list takes that can be searched and ordered. */
export class ListDto extends PagingDto {
  /** 검색어: every word must occur, also inside another word */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  q?: string;

  @IsOptional()
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

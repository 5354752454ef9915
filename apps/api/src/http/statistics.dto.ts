import { ApiProperty } from '@nestjs/swagger';
import { AGENCY_TIERS, type AgencyTier } from '@sajeon/domain';
import { CUTS, STATISTICS, type Cut, type StatisticsColumn, type StatisticsRow, type StatisticsTable } from '@sajeon/read-models';
import { Transform, Type } from 'class-transformer';
import { ArrayMaxSize, ArrayUnique, IsArray, IsIn, IsInt, IsString, Max, MaxLength, Min } from 'class-validator';
import { Decimal, IsDay, LegalDate, MayBeAbsent } from './fields.js';

export class StatisticsRequestDto {
  /**
   * `outcomes` 결과, `timeliness` 처리기간, `backlog` 진행중과 경과(`by=lead`: 검토자별), `overlaps` 유사·중복(`by=system`: 많이 겹친 시스템),
   * `functions` 기존 시스템과 겹친 기능(`by=function,system`),
   * `adjustments` 조정액, `conditions` 조건 이행, `objections` 이의와 변경, `omissions` 사전협의 미이행,
   * `consistency` 닮은 사건의 결과(`by=lead`: 검토자별; 협의기관과 감사만), `progress` 분기별 진척(`by=quarter`), `performance` 반기별 성과(`by=half`),
   * `candidates` 포상·시정요구 후보(`by=project`: 사업별)
   */
  @ApiProperty({ enum: STATISTICS, example: 'outcomes' })
  @IsIn(STATISTICS)
  table: StatisticsTable;

  /** What to divide by, separated by commas: year, tier, outcome, authority, applicant, track, kind, novelty, band, lead; system, relation, chance (tenths, by the lower bound in percent) for overlaps and consistency; function (a word that the functions of both have), system, relation for functions; quarter, half, project for progress and performance, project for candidates */
  @ApiProperty({ type: 'string', example: 'year,tier' })
  @MayBeAbsent()
  @Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' ? value.split(',').filter((cut) => cut !== '') : value,
  )
  @IsArray()
  @ArrayMaxSize(4)
  @ArrayUnique()
  @IsIn(CUTS, { each: true })
  by?: Cut[];

  /** Year of receipt (of the order for omissions, of the quarter for progress, of the newest measurement for performance and candidates) */
  @ApiProperty({ type: 'integer', example: 2026 })
  @MayBeAbsent()
  @Type(() => Number)
  @IsInt()
  @Min(1990)
  @Max(2999)
  year?: number;

  @ApiProperty({ enum: AGENCY_TIERS, example: 'BASIC_LOCAL' })
  @MayBeAbsent()
  @IsIn(AGENCY_TIERS)
  tier?: AgencyTier;

  /** Auditors: cases of this authority only */
  @ApiProperty({ example: 'gyeonggi' })
  @MayBeAbsent()
  @IsString()
  @MaxLength(200)
  authority?: string;

  /** Cases of this applicant only */
  @ApiProperty({ example: 'gyeonggi-suwon' })
  @MayBeAbsent()
  @IsString()
  @MaxLength(200)
  applicant?: string;

  /** Day (Seoul) by which ages and overdue are judged; today unless given */
  @LegalDate('2026-11-22')
  @MayBeAbsent()
  @IsDay()
  on?: string;
}

export class StatisticsColumnDto implements StatisticsColumn {
  /** @example 'cases' */
  name: string;

  @ApiProperty({
    type: 'object',
    properties: { ko: { type: 'string' }, en: { type: 'string' } },
    required: ['ko', 'en'],
    example: { ko: '전체', en: 'all' },
  })
  label: StatisticsColumn['label'];

  /** `krw`: whole won. `share`: 0 to 1. `days`: calendar days */
  @ApiProperty({ enum: ['cases', 'count', 'krw', 'share', 'days'], example: 'cases' })
  unit: StatisticsColumn['unit'];
}

export class StatisticsRowDto implements StatisticsRow {
  /** The value of each cut; null where the record does not say. A band is named by its lower bound in won */
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: ['string', 'null'] },
    example: { year: '2026', tier: 'BASIC_LOCAL' },
  } as object)
  cut: StatisticsRow['cut'];

  /** What to call it, where that is not the value itself */
  @ApiProperty({ type: 'object', additionalProperties: { type: ['string', 'null'] }, example: {} } as object)
  names: StatisticsRow['names'];

  /** By the name of the column; null where there is nothing to measure */
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: ['number', 'null'] },
    example: { cases: 12, proceed: 2, conditional: 8 },
  } as object)
  values: StatisticsRow['values'];
}

export class StatisticsDto {
  @ApiProperty({ enum: STATISTICS, example: 'outcomes' })
  table: StatisticsTable;

  @LegalDate('2026-11-22')
  on: string;

  columns: StatisticsColumnDto[];

  /** Most first; 1,000 at most */
  rows: StatisticsRowDto[];

  /** Log position of the last event that the figures contain; also X-Position */
  @Decimal()
  position: string;
}

import { ApiProperty } from '@nestjs/swagger';
import { PRELIMINARY_VERDICTS, type PreliminaryVerdict } from '@sajeon/domain';
import type { PreliminaryReviewRow, PreliminaryStatus } from '@sajeon/read-models';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsString, Max, MaxLength, Min } from 'class-validator';
import type { Shown } from './answer.js';
import { AgencyAsNamedDto, RecordedFindingDto } from './case.dto.js';
import { Decimal, LegalDate, MayBeAbsent, Whole } from './fields.js';
import { PageDto, PagingDto } from './lists.dto.js';
import { PlanVersionDto } from './plan.dto.js';

const STATUSES: readonly PreliminaryStatus[] = ['requested', 'answered', 'withdrawn'];

export class RequestPreliminaryReviewDto {
  /** 회계연도: the year whose budget it is for */
  @ApiProperty({ type: 'integer', example: 2027 })
  @IsInt()
  @Min(2000)
  @Max(2200)
  fiscalYear: number;
}

export class GivePreliminaryOpinionDto {
  /** 이견 없음, 조정 필요, 재검토 필요 */
  @ApiProperty({ example: 'ADJUST' })
  @IsIn(PRELIMINARY_VERDICTS)
  verdict: PreliminaryVerdict;

  /**
   * 의견
   * @example '공유누리 활용을 먼저 검토할 것'
   */
  @IsString()
  @MaxLength(10_000)
  text: string;
}

export class PreliminaryReviewsDto extends PagingDto {
  @MayBeAbsent()
  @IsIn(STATUSES)
  status?: PreliminaryStatus;

  /** 회계연도 */
  @ApiProperty({ type: 'integer', example: 2027 })
  @MayBeAbsent()
  @Type(() => Number)
  @IsInt()
  @Min(2000)
  @Max(2200)
  fiscalYear?: number;
}

/** 예비검토 as a row of the list. */
export class PreliminaryReviewRowDto implements Shown<PreliminaryReviewRow> {
  /**
   * `project#request`
   * @example 'h8p2c4v6xd#1'
   */
  place: string;

  /** @example 'h8p2c4v6xd' */
  project: string;

  @Whole()
  request: number;

  @Whole(2027)
  fiscalYear: number;

  /** @example '수원시 공공시설 통합예약 서비스 구축' */
  title: string;

  /** @example 'gyeonggi-suwon' */
  applicant: string;

  /** @example '수원시' */
  applicantName: string;

  /** @example 'gyeonggi' */
  authority: string;

  /** @example '경기도' */
  authorityName: string;

  /** Whole won */
  @Decimal('780000000')
  budgetKrw: string | null;

  status: PreliminaryStatus;

  /** Flagged candidates; null until the screening is recorded */
  @Whole(2)
  flagged: number | null;

  verdict: PreliminaryVerdict | null;

  /** @example '2026-05-11T01:00:00.000Z' */
  requestedAt: string;

  @Decimal('3')
  revision: string;

  @Decimal()
  position: string;
}

export class PreliminaryReviewPageDto extends PageDto {
  rows: PreliminaryReviewRowDto[];
}

export class PreliminaryOpinionDto {
  verdict: PreliminaryVerdict;

  /** @example '공유누리 활용을 먼저 검토할 것' */
  text: string;

  @LegalDate('2026-05-29')
  givenOn: string;
}

/** One request and what has come of it. */
export class PreliminaryRequestDto {
  @Whole()
  number: number;

  @Whole(2027)
  fiscalYear: number;

  /** Purpose, users, functions and cost as they were asked about */
  outline: PlanVersionDto;

  @LegalDate('2026-05-11')
  requestedOn: string;

  /** Null until the screening is recorded */
  finding: RecordedFindingDto | null;

  opinion: PreliminaryOpinionDto | null;

  /**
   * Why it was withdrawn
   * @example '사업을 접었다.'
   */
  withdrawn: string | null;
}

/** 예비검토 of one project, oldest first. */
export class ProjectPreliminaryReviewsDto {
  /** @example 'h8p2c4v6xd' */
  project: string;

  applicant: AgencyAsNamedDto;

  authority: AgencyAsNamedDto;

  requests: PreliminaryRequestDto[];

  /** Of the last event; also the ETag */
  @Decimal('3')
  revision: string;

  @Decimal()
  position: string;
}

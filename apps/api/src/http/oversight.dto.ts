import { ApiProperty } from '@nestjs/swagger';
import type { SamplingMethod } from '@sajeon/audit';
import { SAVED_QUESTIONS, type Message } from '@sajeon/domain';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, IsInt, IsString, Matches, Max, MaxLength, Min } from 'class-validator';
import { Decimal, Instant, IsDay, LegalDate, MayBeAbsent, Whole } from './fields.js';

const QUESTION_IDS = SAVED_QUESTIONS.map(({ id }) => id);

class TextDto implements Message {
  /** @example '중복으로 확정된 시스템이 있는데 추진으로 결정된 사전협의' */
  ko: string;

  /** @example 'Cases that were told to proceed although a duplicate stands confirmed' */
  en: string;
}

export class SampleDto {
  @ApiProperty({ enum: ['random', 'stratified', 'risk'], example: 'stratified' })
  @IsIn(['random', 'stratified', 'risk'])
  method: SamplingMethod;

  @ApiProperty({ type: 'integer', example: 10 })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  size: number;

  /**
   * Whatever identifies the audit: the same seed over the same record draws the same sample
   * @example '2026-감사-03'
   */
  @IsString()
  @MaxLength(200)
  seed: string;

  /**
   * The record as it stood then: a log position, a date or an instant; now unless given
   * @example '2026-11-30'
   */
  @MayBeAbsent()
  @IsString()
  @MaxLength(40)
  asOf?: string;
}

class DrawnDto {
  /** @example 'k3m9q2x7za' */
  consultation: string;

  /** @example '수원시 공공시설 통합예약 서비스 구축' */
  title: string;

  /**
   * Tier of the applicant and state of the case
   * @example 'BASIC_LOCAL notified'
   */
  stratum: string;

  /** What is at stake, by what is flagged and what it costs */
  @ApiProperty({ example: 3.5 })
  weight: number;
}

export class DrawnSampleDto {
  /** Log position as of which it was drawn: ask with it as `asOf` to draw it again */
  @Decimal()
  position: string;

  /** Cases that could have been drawn */
  @Whole(120)
  population: number;

  rows: DrawnDto[];
}

export class SavedQuestionDto {
  @ApiProperty({ enum: QUESTION_IDS, example: 'approved-against-duplicate' })
  id: string;

  text: TextDto;
}

export class AskQuestionDto {
  @ApiProperty({ enum: QUESTION_IDS, example: 'long-pauses' })
  @IsIn(QUESTION_IDS)
  question: string;

  /** For `long-pauses`: how long is too long */
  @ApiProperty({ type: 'integer', default: 30, example: 60 })
  @MayBeAbsent()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(3650)
  days?: number;

  /**
   * The record as it stood then: a log position, a date or an instant; now unless given
   * @example '2026-11-30'
   */
  @MayBeAbsent()
  @IsString()
  @MaxLength(40)
  asOf?: string;
}

class AnsweredDto {
  /** @example 'consultation-k3m9q2x7za' */
  stream: string;

  why: TextDto;

  /** When the events happened that make it so */
  @ApiProperty({ type: [String], example: ['2026-11-16T01:00:00.000Z'] })
  when: string[];
}

export class QuestionAnswerDto {
  /** @example 'long-pauses' */
  question: string;

  @Decimal()
  position: string;

  rows: AnsweredDto[];
}

export class AskReadsDto {
  @LegalDate('2026-11-22')
  @IsString()
  @IsDay()
  day: string;

  /** @example 'person-demo-auditor' */
  @MayBeAbsent()
  @IsString()
  @MaxLength(200)
  person?: string;
}

export class ReadDto {
  @Instant()
  at: string;

  /** @example 'person-demo-auditor' */
  person: string;

  /** @example 'bai' */
  agency: string;

  /** @example 'Consultations.show' */
  operation: string;

  /** @example '/v1/consultations/k3m9q2x7za' */
  asked: string;
}

export class ReadsDto {
  rows: ReadDto[];
}

export class RaiseFindingDto {
  /**
   * Stream that it is about
   * @example 'consultation-k3m9q2x7za'
   */
  @IsString()
  @MaxLength(256)
  about: string;

  /** Log position as of which it was seen */
  @Decimal('120')
  @Matches(/^\d{1,18}$/)
  seenAt: string;

  /**
   * Agency that has to answer
   * @example 'gyeonggi'
   */
  @IsString()
  @MaxLength(200)
  agency: string;

  /** Saved question that brought it up */
  @ApiProperty({ enum: QUESTION_IDS, example: 'same-drafter-and-approver' })
  @MayBeAbsent()
  @IsIn(QUESTION_IDS)
  question?: string;

  /** @example '제안과 승인이 같은 사람' */
  @IsString()
  @MaxLength(200)
  title: string;

  /** @example '결정안을 낸 사람이 승인도 하였음.' */
  @IsString()
  @MaxLength(100_000)
  text: string;

  @LegalDate('2026-12-20')
  @IsString()
  answerBy: string;
}

export class AnswerFindingDto {
  /** @example '담당자를 나누었음.' */
  @IsString()
  @MaxLength(100_000)
  answer: string;

  /**
   * 조치사항
   * @example ['업무분장 변경']
   */
  @IsArray()
  @ArrayMaxSize(200)
  @IsString({ each: true })
  @MaxLength(500, { each: true })
  measures: string[];
}

export class RejectAnswerDto {
  /** @example '증빙이 없음' */
  @IsString()
  @MaxLength(10_000)
  reason: string;

  @LegalDate('2027-01-10')
  @IsString()
  answerBy: string;
}

export class RemarksDto {
  /** @example '조치를 확인함' */
  @IsString()
  @MaxLength(10_000)
  remarks: string;
}

class FindingAnswerDto {
  /** @example '담당자를 나누었음.' */
  answer: string;

  /** @example ['업무분장 변경'] */
  measures: string[];
}

class FindingRejectionDto {
  /** @example '증빙이 없음' */
  reason: string;

  @LegalDate('2027-01-10')
  answerBy: string;
}

export class AuditFindingDto {
  /** @example 'h8p2c4v6xd' */
  finding: string;

  /** @example 'consultation-k3m9q2x7za' */
  about: string;

  @Decimal('120')
  seenAt: string;

  /** @example 'gyeonggi' */
  agency: string;

  @ApiProperty({ type: String, nullable: true, example: 'same-drafter-and-approver' })
  question: string | null;

  /** @example '제안과 승인이 같은 사람' */
  title: string;

  /** @example '결정안을 낸 사람이 승인도 하였음.' */
  text: string;

  @LegalDate('2026-12-20')
  answerBy: string;

  @ApiProperty({ enum: ['open', 'answered', 'resolved', 'withdrawn'], example: 'open' })
  status: 'open' | 'answered' | 'resolved' | 'withdrawn';

  answer: FindingAnswerDto | null;
  rejection: FindingRejectionDto | null;

  @ApiProperty({ type: String, nullable: true, example: '조치를 확인함' })
  closedBecause: string | null;

  @Decimal('2')
  revision: string;

  @Decimal()
  position: string;
}

export class AuditFindingsDto {
  rows: AuditFindingDto[];
}

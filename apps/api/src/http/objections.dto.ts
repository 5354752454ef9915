import { ApiProperty } from '@nestjs/swagger';
import type { Outcome, Phase, PreviousConsultation } from '@sajeon/domain';
import { IsString, MaxLength } from 'class-validator';
import { An, Whole } from './fields.js';
import { PlanDto } from './plan.dto.js';

export class RaiseObjectionDto {
  /**
   * 이의 이유
   * @example '공유누리는 현장 결제를 다루지 않아 연계로 대신할 수 없다.'
   */
  @IsString()
  @MaxLength(10_000)
  grounds: string;
}

export class ReportChangeDto {
  /** The plan as it is to be carried out now */
  @An(() => PlanDto)
  plan: PlanDto;

  /**
   * 변경 사유
   * @example '시민 요구에 따라 모바일 앱을 더한다.'
   */
  @IsString()
  @MaxLength(10_000)
  reason: string;
}

/** One round of the consultation of a project. */
export class ConsultationRoundDto {
  /** @example 'h8p2c4v6xd' */
  consultation: string;

  @Whole()
  round: number;

  /** As far as the reader may know */
  @ApiProperty({ example: 'notified' })
  status: Phase;

  /** Of the letter that stands; null without one */
  @ApiProperty({ example: 'HOLD' })
  outcome: Outcome | null;

  /** @example '디지털정책담당관-1234' */
  documentNumber: string | null;

  /** Why there was another round after the one before; null for the first */
  @ApiProperty({ example: 'held' })
  because: PreviousConsultation['because'] | null;
}

/** Oldest first. */
export class ConsultationRoundsDto {
  rounds: ConsultationRoundDto[];
}

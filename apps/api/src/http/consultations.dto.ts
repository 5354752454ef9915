import {
  FAULT_RELATIONS,
  NON_FAULT_RELATIONS,
  REVIEW_TRACKS,
  type FaultRelation,
  type NonFaultRelation,
  type ReviewTrack,
} from '@sajeon/domain';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';

export class DraftConsultationDto {
  /**
   * Project whose newest plan is filed
   * @example 'k3m9q2x7za'
   */
  @IsString()
  @MaxLength(200)
  project: string;

  /**
   * Consultation that this one takes up again: returned, withdrawn, put on hold or overtaken by a material change
   * @example 'h8p2c4v6xd'
   */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  previousConsultation?: string | null;
}

export class ReceiveDto {
  /** 처리 유형: standard 30일, isp 7일, fast 10일 */
  @IsIn(REVIEW_TRACKS)
  track: ReviewTrack;
}

export class ConfirmOverlapDto {
  /** 관계 유형 */
  @IsIn(FAULT_RELATIONS)
  relation: FaultRelation;

  /**
   * 판단 사유
   * @example '같은 시설의 예약을 이미 받고 있다.'
   */
  @IsString()
  @MaxLength(10_000)
  reason: string;
}

export class DismissOverlapDto {
  /** 중복이 아닌 관계 */
  @IsIn(NON_FAULT_RELATIONS)
  relation: NonFaultRelation;

  /**
   * 판단 사유
   * @example '예약이 아니라 시설 점검을 위한 시스템이다.'
   */
  @IsString()
  @MaxLength(10_000)
  reason: string;
}

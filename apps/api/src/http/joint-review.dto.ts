import { JOINT_REVIEW_CONCLUSIONS, OWNER_OPINIONS, type JointReviewConclusion, type OwnerOpinion } from '@sajeon/domain';
import { IsIn, IsString, MaxLength } from 'class-validator';
import { LegalDate } from './fields.js';

export class OpenJointReviewDto {
  /**
   * Candidate of the newest finding
   * @example 'egov-001'
   */
  @IsString()
  @MaxLength(200)
  candidate: string;

  /**
   * Agency that owns it
   * @example 'mois'
   */
  @IsString()
  @MaxLength(200)
  owner: string;

  /** 의견 제출 기한 (Seoul) */
  @LegalDate('2026-12-11')
  @IsString()
  dueOn: string;
}

export class SubmitOwnerOpinionDto {
  /** 의견 */
  @IsIn(OWNER_OPINIONS)
  opinion: OwnerOpinion;

  /**
   * On which terms, or why not
   * @example '예약 API를 열어 줄 수 있다.'
   */
  @IsString()
  @MaxLength(10_000)
  terms: string;
}

export class AdjustTasksDto {
  /**
   * 과업 조정
   * @example '예약과 결제는 공유누리가 맡는다.'
   */
  @IsString()
  @MaxLength(10_000)
  adjustment: string;
}

export class CloseJointReviewDto {
  @IsIn(JOINT_REVIEW_CONCLUSIONS)
  conclusion: JointReviewConclusion;

  /**
   * 의견, may be empty
   * @example '조정한 대로 검토를 계속한다.'
   */
  @IsString()
  @MaxLength(10_000)
  remarks: string;
}

export class StateDifferenceDto {
  /**
   * 소명
   * @example '공유누리는 시 직영 시설의 현장 결제를 다루지 않는다.'
   */
  @IsString()
  @MaxLength(10_000)
  statement: string;
}

import { IsIn, IsString, MaxLength, ValidateIf } from 'class-validator';
import { LegalDate, MayBeAbsent } from './fields.js';

export class DesignateFastTrackDto {
  /**
   * 재난·안전 사업인 근거
   * @example '재난 예경보 사업이고 확정된 중복이 없다.'
   */
  @IsString()
  @MaxLength(10_000)
  ground: string;
}

export class NotifyDelayDto {
  /** 결과통보예정일 (Seoul) */
  @LegalDate('2026-12-23')
  @IsString()
  expectedNotificationOn: string;

  /**
   * 사유
   * @example '관계기관의 과업 조정이 이어지고 있다.'
   */
  @IsString()
  @MaxLength(10_000)
  reason: string;
}

export class EscalateReviewDto {
  /**
   * The confirmed overlap with a system of the central government; null when authority and applicant have become one agency
   * @example 'egov-001'
   */
  @ValidateIf(({ candidate }: EscalateReviewDto) => candidate !== null)
  @IsString()
  @MaxLength(200)
  candidate: string | null;

  /**
   * 사유
   * @example '행정안전부의 공유누리와 기능이 중복되어 조정이 필요하다.'
   */
  @IsString()
  @MaxLength(10_000)
  reason: string;
}

export class AssignReviewerDto {
  /**
   * 주심: pseudonymous id of the person
   * @example 'person-demo-gyeonggi-reviewer'
   */
  @IsString()
  @MaxLength(200)
  person: string;

  /**
   * Agency of that person; the authority unless given
   * @example 'gyeonggi'
   */
  @MayBeAbsent()
  @IsString()
  @MaxLength(200)
  agency?: string;
}

export class ReassignReviewerDto extends AssignReviewerDto {
  /**
   * 사유
   * @example '담당자가 자리를 옮겼다.'
   */
  @IsString()
  @MaxLength(10_000)
  reason: string;
}

export class AddOverlapCandidateDto {
  /** An existing system, or the pending plan of another case */
  @IsIn(['system', 'plan'])
  kind: 'system' | 'plan';

  /**
   * Id of the system or of the other consultation
   * @example 'egov-001'
   */
  @IsString()
  @MaxLength(200)
  id: string;

  /**
   * 사유
   * @example '같은 시설의 예약을 이미 받고 있다고 들었다.'
   */
  @IsString()
  @MaxLength(10_000)
  reason: string;
}

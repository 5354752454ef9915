import { ApiProperty } from '@nestjs/swagger';
import { OWNER_OPINIONS, type OwnerOpinion } from '@sajeon/domain';
import { TASK_KINDS, TASK_ROLES, type Dated, type TaskKind, type TaskRole, type TaskRow } from '@sajeon/read-models';
import { IsIn, IsString, MaxLength } from 'class-validator';
import type { Shown } from './answer.js';
import { Decimal, Instant, LegalDate, MayBeAbsent, Whole } from './fields.js';
import { PageDto, PagingDto } from './lists.dto.js';

export class JointReviewsDto extends PagingDto {
  /** `open`: what is still to be done; `done`: what was done, or need not be done any more; both unless given */
  @MayBeAbsent()
  @IsIn(['open', 'done'])
  state?: 'open' | 'done';
}

export class ToDoDto extends JointReviewsDto {
  @MayBeAbsent()
  @IsIn(TASK_KINDS)
  kind?: TaskKind;

  /** Of this case only */
  @ApiProperty({ example: 'k3m9q2x7za' })
  @MayBeAbsent()
  @IsString()
  @MaxLength(200)
  consultation?: string;
}

/** What an agency is to do about one case or project. */
export class TaskDto implements Shown<TaskRow & Dated> {
  /**
   * `consultation~kind~number`, or `project~id~progress~number`
   * @example 'k3m9q2x7za~correction~1'
   */
  place: string;

  /** 작성 중, 결재할 신청, 보완, 조건, 개선권고, 시정요구, 공동검토 의견, 과업 조정안, 분기 진척 보고 */
  @ApiProperty({ enum: TASK_KINDS, example: 'correction' })
  kind: TaskKind | 'case';

  /**
   * Whose it is
   * @example 'gyeonggi-suwon'
   */
  agency: string;

  @ApiProperty({ enum: TASK_ROLES, example: 'applicant' })
  role: TaskRole;

  /**
   * Null for what is to be done about a project as such
   * @example 'k3m9q2x7za'
   */
  consultation: string | null;

  /** @example 'k3m9q2x7zb' */
  project: string;

  /** Of the round, condition, recommendation, demand or joint review; 0 for a draft and for its filing; year and quarter of a progress report, as 20271 */
  @Whole()
  number: number;

  /** @example '수원시 전세피해 상담 예약 시스템 구축' */
  title: string;

  /** @example '수원시' */
  applicantName: string;

  /** @example '경기도' */
  authorityName: string;

  /**
   * What is asked, in the words of who asks; the system's name for an opinion
   * @example '공유누리와 무엇이 다른지 적으십시오.'
   */
  text: string;

  /** Null when nothing binds it */
  @LegalDate()
  dueOn: string | null;

  /** Open, and its day has passed */
  late: boolean;

  @Instant()
  askedAt: string;

  /** When it was done, or need not be done any more */
  @Instant('2026-11-20T01:00:00.000Z')
  doneAt: string | null;

  @ApiProperty({ enum: ['answered', 'lapsed'], example: 'answered' })
  done: 'answered' | 'lapsed' | null;

  /** What the owner said */
  @ApiProperty({ enum: OWNER_OPINIONS, example: 'LINK' })
  opinion: OwnerOpinion | null;

  @Decimal('3')
  revision: string;

  @Decimal()
  position: string;
}

export class TaskPageDto extends PageDto {
  rows: TaskDto[];
}

import type { Obligation } from '@sajeon/domain';
import type { BallHolder, ObligationRow } from '@sajeon/read-models';
import { IsIn, IsString, MaxLength } from 'class-validator';
import type { Shown } from './answer.js';
import { Decimal, IsDay, LegalDate, MayBeAbsent, Whole } from './fields.js';
import { PageDto, PagingDto } from './lists.dto.js';

const STATUSES: readonly Obligation['status'][] = ['open', 'submitted', 'fulfilled', 'waived', 'lapsed'];

export class ObligationsDto extends PagingDto {
  /** 검색어: every word must occur in the project's title, the condition, the case's number, the unit or an agency's name */
  @MayBeAbsent()
  @IsString()
  @MaxLength(200)
  q?: string;

  @MayBeAbsent()
  @IsIn(STATUSES)
  status?: Obligation['status'];

  /**
   * 이행 담당: exactly this unit of the applicant, as the letter names it
   * @example '스마트도시과'
   */
  @MayBeAbsent()
  @IsString()
  @MaxLength(200)
  owner?: string;

  /** Who must act next */
  @MayBeAbsent()
  @IsIn(['applicant', 'authority'])
  holder?: BallHolder;

  /** Only what is still owed and was due before this day (Seoul): with today, what is overdue */
  @LegalDate('2027-10-01')
  @MayBeAbsent()
  @IsDay()
  dueBefore?: string;
}

/** A condition of a letter as something owed. */
export class ObligationRowDto implements Shown<ObligationRow> {
  /**
   * `consultation#condition`
   * @example 'k3m9q2x7za#1'
   */
  place: string;

  /** @example 'k3m9q2x7za' */
  consultation: string;

  @Whole()
  condition: number;

  /** @example '수원시 전세피해 상담 예약 시스템 구축' */
  title: string;

  /**
   * The agency that owes it
   * @example 'gyeonggi-suwon'
   */
  applicant: string;

  /** @example '수원시' */
  applicantName: string;

  /** @example 'gyeonggi' */
  authority: string;

  /** @example '경기도' */
  authorityName: string;

  /** @example '공유누리와 연계할 것' */
  text: string;

  /**
   * 이행 담당: the unit of the applicant that the letter names; null where it names none
   * @example '스마트도시과'
   */
  owner: string | null;

  /** The date in force; null when it binds without one */
  @LegalDate('2027-09-30')
  dueOn: string | null;

  status: Obligation['status'];

  /** Who must act next; null once it is settled */
  holder: BallHolder | null;

  /** When the applicant means to be done */
  @LegalDate('2027-08-31')
  completeBy: string | null;

  /** Results submitted so far */
  @Whole()
  submissions: number;

  /** Whether a recommendation waits for its answer */
  recommended: boolean;

  /** Of the case: the ETag to act on */
  @Decimal('3')
  revision: string;

  @Decimal()
  position: string;
}

export class ObligationPageDto extends PageDto {
  rows: ObligationRowDto[];
}

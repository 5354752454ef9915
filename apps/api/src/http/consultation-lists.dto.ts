import { ApiProperty, OmitType, PickType } from '@nestjs/swagger';
import { phaseNames, type AgencyTier, type Outcome, type Phase, type Severity } from '@sajeon/domain';
import type { ApplicationRow, BallHolder, ConsultationSummary, Graded, QueueRow, TimelineRow } from '@sajeon/read-models';
import { IsIn, IsString, MaxLength } from 'class-validator';
import type { Shown } from './answer.js';
import { Decimal, Instant, LegalDate, MayBeAbsent, Share, Whole } from './fields.js';
import { ListDto, PageDto } from './lists.dto.js';

// The domain has a name for every phase and for nothing else.
const STATUSES = Object.keys(phaseNames) as Phase[];

const SEVERITIES = ['overdue', 'urgent', 'half', 'ample'] as const satisfies readonly Severity[];

export class SeverityCountsDto {
  @Whole(1)
  overdue: number;

  @Whole(3)
  urgent: number;

  @Whole(8)
  half: number;

  @Whole(20)
  ample: number;

  @Whole(4)
  unreceived: number;

  @Whole(4)
  over: number;
}

export class HolderCountsDto {
  @Whole(12)
  applicant: number;

  @Whole(24)
  authority: number;
}

export class ListConsultationsDto extends ListDto {
  /** 상태 */
  @ApiProperty({ example: 'under-review' })
  @MayBeAbsent()
  @IsIn(STATUSES)
  status?: Phase;

  /** Who must act next */
  @MayBeAbsent()
  @IsIn(['applicant', 'authority'])
  holder?: 'applicant' | 'authority';
}

/** How many cases of the queue there are in each group. */
export class QueueCountsDto {
  /** By severity; `unreceived`: no clock runs yet; `over`: the letter, return or withdrawal is out */
  severity: SeverityCountsDto;

  /** By who must act next */
  holder: HolderCountsDto;

  /** Open cases that nobody leads */
  @Whole(2)
  unassigned: number;

  @Whole(40)
  total: number;

  /** The day on which severity was judged */
  @LegalDate('2026-11-22')
  on: string;
}

export class QueueDto extends ListConsultationsDto {
  /** 기한초과, 임박, 주의, 여유: today, or on the day of `asOf` */
  @MayBeAbsent()
  @IsIn(SEVERITIES)
  severity?: Severity;

  /** 주심: the id of a person, or `me` */
  @ApiProperty({ example: 'me' })
  @MayBeAbsent()
  @IsString()
  @MaxLength(200)
  lead?: string;

  /** Most severe, earliest due, newest submission, first title, highest probability; `due` unless given */
  @MayBeAbsent()
  @IsIn(['severity', 'due', 'submitted', 'title', 'probability'])
  sort?: 'severity' | 'due' | 'submitted' | 'title' | 'probability';

  /**
   * The queue as it stood then: a log position, a date (the end of that day in Seoul) or an instant (RFC 3339)
   * @example '2026-11-30'
   */
  @MayBeAbsent()
  @IsString()
  @MaxLength(40)
  asOf?: string;
}

/** The same filters, for the sizes of the groups. */
export class QueueFilterDto extends PickType(QueueDto, ['status', 'holder', 'severity', 'lead', 'q'] as const) {}

export class ApplicationsDto extends ListConsultationsDto {
  /** Latest news, earliest due, first title; `updated` unless given */
  @MayBeAbsent()
  @IsIn(['updated', 'due', 'title'])
  sort?: 'updated' | 'due' | 'title';

  /** Cases of this project only */
  @MayBeAbsent()
  @IsString()
  @MaxLength(200)
  project?: string;
}

/** What every list of consultations shows. Names are as they were when the case was drafted. */
export abstract class ConsultationSummaryDto implements Shown<ConsultationSummary> {
  /** @example 'k3m9q2x7za' */
  consultation: string;

  /** @example 'h8p2c4v6xd' */
  project: string;

  /** @example '수원시 전세피해 상담 예약 시스템 구축' */
  title: string;

  /** @example 'gyeonggi-suwon' */
  applicant: string;

  /** @example '수원시' */
  applicantName: string;

  @ApiProperty({ example: 'BASIC_LOCAL' })
  applicantTier: AgencyTier;

  /** @example 'gyeonggi' */
  authority: string;

  /** @example '경기도' */
  authorityName: string;

  @ApiProperty({ example: 'under-review' })
  status: Phase;

  /** Whose turn it is; null when the case is closed */
  holder: BallHolder | null;

  /** Whole won in decimal; null when the plan does not say */
  @Decimal('350000000')
  budgetKrw: string | null;

  @Whole()
  planVersion: number;

  /** Null for a draft */
  @Instant()
  submittedAt: string | null;

  /** Null until the case is received; stopped with the letter, return or withdrawal */
  @ApiProperty({ enum: ['running', 'paused', 'stopped'], example: 'running' })
  clock: 'running' | 'paused' | 'stopped' | null;

  @LegalDate('2026-11-16')
  receivedOn: string | null;

  /** Days that the rules give; null where no rules were on record */
  @Whole(30)
  givenDays: number | null;

  /** 처리 기한; while the applicant holds the case, if it answers on the last day given for it; null until the case is received */
  @LegalDate('2026-12-16')
  dueOn: string | null;

  /** From this day on the first warning is due; null while that hangs on the applicant's answer */
  @LegalDate('2026-12-01')
  halfOn: string | null;

  /** From this day on the last warning is due; null while that hangs on the applicant's answer */
  @LegalDate('2026-12-10')
  urgentOn: string | null;

  /** From this day on it is late; null while that hangs on the applicant's answer */
  @LegalDate('2026-12-17')
  overdueOn: string | null;

  /** Day of the letter, return or withdrawal */
  @LegalDate('2026-12-14')
  endedOn: string | null;

  /**
   * 주심: pseudonymous id of the person
   * @example 'person-demo-gyeonggi-reviewer'
   */
  lead: string | null;

  /** The correction round that waits for an answer */
  @Whole()
  openRound: number | null;

  /** Day by which the open round is to be answered */
  @LegalDate()
  respondBy: string | null;

  /** When the last event happened */
  @Instant()
  updatedAt: string;

  /** Of the last event: the ETag to act on */
  @Decimal('3')
  revision: string;

  /** Of the last event */
  @Decimal()
  position: string;
}

export class QueueEntryDto extends ConsultationSummaryDto implements Shown<QueueRow> {
  /** Whether the plan has been looked up at all: without it, no candidates says nothing */
  screened: boolean;

  /** Candidates of the newest finding */
  @Whole(3)
  candidates: number;

  /** Those at or above the threshold */
  @Whole(1)
  flagged: number;

  /**
   * Flagged ones that nobody has settled yet: a decision must wait for them
   * @example ['egov-001']
   */
  unsettled: string[];

  /** Of the best candidate; null until screened, and afterwards when nothing is alike: `screened` tells which */
  @Share()
  topProbability: number | null;
}

export class QueueRowDto extends QueueEntryDto implements Shown<QueueRow & Graded> {
  /** 기한초과, 임박, 주의, 여유 today, or on the day of `asOf`; null where no clock runs: not received yet, or over */
  @ApiProperty({ enum: SEVERITIES, example: 'ample' })
  severity: Severity | null;
}

export class QueuePageDto extends PageDto {
  rows: QueueRowDto[];
}

export class ApplicationRowDto extends ConsultationSummaryDto implements Shown<ApplicationRow> {
  /** Known to the applicant from the official letter on */
  outcome: Outcome | null;

  /** @example '디지털정책담당관-1234' */
  documentNumber: string | null;
}

export class ApplicationPageDto extends PageDto {
  rows: ApplicationRowDto[];
}

/** What happened, in words. */
export class TimelineRowDto implements Shown<TimelineRow> {
  /**
   * `stream@revision`
   * @example 'consultation-k3m9q2x7za@1'
   */
  place: string;

  /** UUID of the event */
  @ApiProperty({ format: 'uuid', example: '2f1c3a52-6a55-4a5e-9f0d-0a3a5f4d3b11' })
  event: string;

  /** @example 'consultation-k3m9q2x7za' */
  stream: string;

  @Decimal('1')
  revision: string;

  @Decimal()
  position: string;

  /** @example 'consultation-received' */
  type: string;

  /** @example '경기도가 사전협의 신청을 접수하였습니다.' */
  ko: string;

  /** @example 'Gyeonggi received the filing.' */
  en: string;

  /**
   * Pseudonymous id of the person who acted
   * @example 'person-demo-gyeonggi-reviewer'
   */
  person: string;

  /**
   * Agency that the person acted for
   * @example 'gyeonggi'
   */
  agency: string;

  /** When it happened */
  @Instant()
  at: string;

  /** When the store recorded it */
  @Instant('2026-11-16T01:00:00.012Z')
  recordedAt: string;

  /** The event itself, in the newest shape of its `type` */
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    example: {
      track: 'standard',
      dueOn: '2026-12-16',
      ruleSet: 'sample-2024',
      by: { person: 'person-demo-gyeonggi-reviewer', agency: 'gyeonggi' },
      at: '2026-11-16T01:00:00.000Z',
    },
  })
  data: TimelineRow['data'];
}

/** A history is read in order; it has no search. */
export class TimelineRequestDto extends OmitType(ListDto, ['q'] as const) {}

export class TimelinePageDto extends PageDto {
  rows: TimelineRowDto[];
}

import type { ProjectRow, ProjectSummary } from '@sajeon/read-models';
import { IsDefined } from 'class-validator';
import { ActorDto } from './actor.dto.js';
import type { Shown } from './answer.js';
import { An, Decimal, Instant, LegalDate, Whole } from './fields.js';
import { PageDto } from './lists.dto.js';
import { PlanDto, PlanVersionDto } from './plan.dto.js';

export class PlanProjectDto {
  @IsDefined()
  @An(() => PlanDto)
  plan: PlanDto;
}

type RecordedPlan = ProjectRow['plans'][number];

/** One version of the plan and who brought it. */
export class RecordedPlanDto extends PlanVersionDto implements RecordedPlan {
  by: ActorDto;

  @Instant()
  at: string;
}

/** A project without what its plans say in full. */
export class ProjectSummaryDto implements Shown<ProjectSummary> {
  /** @example 'k3m9q2x7za' */
  project: string;

  /**
   * Id of the agency whose project it is
   * @example 'gyeonggi-suwon'
   */
  agency: string;

  /** @example '수원시 전세피해 상담 예약 시스템 구축' */
  title: string;

  /** Whole won in decimal; null when the plan does not say */
  @Decimal('350000000')
  budgetKrw: string | null;

  /** Day on which the tender is planned; null while it is open */
  @LegalDate('2027-03-02')
  orderPlannedOn: string | null;

  @Whole()
  planVersion: number;

  @Instant()
  plannedAt: string;

  @Instant()
  updatedAt: string;

  /** Null while the project is pursued */
  @Instant()
  abandonedAt: string | null;

  /** @example '예산 삭감' */
  abandonedBecause: string | null;

  @Decimal('3')
  revision: string;

  @Decimal()
  position: string;
}

/** A project and every version of its plan. */
export class ProjectDto extends ProjectSummaryDto implements Shown<ProjectRow> {
  /** Oldest first; the last is the plan as it reads now */
  plans: RecordedPlanDto[];
}

export class ProjectPageDto extends PageDto {
  rows: ProjectSummaryDto[];
}

import type { Actor, PlanVersion, ProjectEvent } from '@sajeon/domain';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { existing, has, subjectOf, type View } from '../host/view.js';
import type { Direction, Found, Page, PageRequest } from '../page.js';
import { containing, ViewReader, when, type Order } from '../reading.js';
import { searchable } from '../search.js';

/** One version of the plan and who brought it. */
export interface RecordedPlan extends PlanVersion {
  readonly by: Actor;
  readonly at: string;
}

@Entity('view_project_list')
export class ProjectRow {
  @PrimaryColumn('text')
  project: string;

  @Column('text')
  agency: string;

  @Column('text')
  title: string;

  /** Whole won in decimal; null when the plan does not say. */
  @Column('bigint', { nullable: true })
  budgetKrw: string | null;

  /** Legal date on which the tender is planned. */
  @Column('text', { nullable: true })
  orderPlannedOn: string | null;

  @Column('int')
  planVersion: number;

  /** Every version, oldest first; the last is the plan as it reads now. */
  @Column('json')
  plans: readonly RecordedPlan[];

  @Column('text')
  plannedAt: string;

  @Column('text')
  updatedAt: string;

  /** Null while the project is pursued. */
  @Column('text', { nullable: true })
  abandonedAt: string | null;

  @Column('text', { nullable: true })
  abandonedBecause: string | null;

  @Column('bigint')
  revision: string;

  @Column('bigint')
  position: string;

  @Column('text', { select: false })
  searchText: string;

  @Column('tsvector', { select: false })
  grams: string;
}

export const projectList: View<ProjectRow, ProjectEvent> = {
  name: 'project-list',
  version: 1,
  row: ProjectRow,
  streams: ['project-'],
  keysOf: (event) => [subjectOf(event.stream)],
  apply(event, rows) {
    const project = subjectOf(event.stream);
    if (has(rows.get(project), event)) return;
    const { at, by } = event.data;
    const place = { updatedAt: at, revision: event.revision.toString(), position: event.position.toString() };
    switch (event.type) {
      case 'project-planned': {
        const { agency, plan } = event.data;
        const plans = [{ ...plan, by, at }];
        rows.put({
          ...{ project, agency, plans, ...current(plan, project) },
          ...{ plannedAt: at, abandonedAt: null, abandonedBecause: null, ...place },
        });
        return;
      }
      case 'plan-revised': {
        const row = existing(rows, project);
        const { plan } = event.data;
        const plans = [...row.plans, { ...plan, by, at }];
        rows.put({ ...row, plans, ...current(plan, project), ...place });
        return;
      }
      case 'project-abandoned':
        rows.put({ ...existing(rows, project), abandonedAt: at, abandonedBecause: event.data.reason, ...place });
        return;
      case 'eligibility-assessed':
      case 'procurement-recorded':
      case 'consultation-omission-detected':
      case 'budget-reflected':
      case 'progress-recorded':
      case 'progress-report-missed':
      case 'performance-measured':
      case 'award-granted':
        rows.put({ ...existing(rows, project), ...place });
        return;
    }
  },
};

function current({ version, content }: PlanVersion, project: string) {
  return {
    title: content.title,
    budgetKrw: content.budgetKrw === null ? null : content.budgetKrw.toString(),
    orderPlannedOn: content.orderPlannedOn,
    planVersion: version,
    ...searchable([content.title, project, content.purpose, ...content.functions]),
  };
}

export type ProjectSort = 'updated' | 'title' | 'budget';

export interface ProjectsRequest extends PageRequest {
  readonly agency?: string | undefined;
  readonly abandoned?: boolean | undefined;
  readonly q?: string | undefined;
  /** `updated` unless given. */
  readonly sort?: ProjectSort | undefined;
  /** Latest, first title, largest budget first unless given. */
  readonly direction?: Direction | undefined;
}

/** Without what the plans say in full: `ShowProject` has that. */
export type ProjectSummary = Omit<ProjectRow, 'plans'>;

/** The projects of an agency. */
export class ListProjects extends Query<Page<ProjectSummary>> {
  constructor(readonly request: ProjectsRequest) {
    super();
  }
}

/** One project with every version of its plan. */
export class ShowProject extends Query<Found<ProjectRow>> {
  constructor(readonly project: string) {
    super();
  }
}

const ORDERS: Readonly<Record<ProjectSort, Order>> = {
  updated: { name: 'updated', by: 'updated_at', direction: 'desc' },
  title: { name: 'title', by: 'title', direction: 'asc' },
  budget: { name: 'budget', by: 'coalesce(budget_krw, -1)', direction: 'desc' },
};

@QueryHandler(ListProjects)
export class ListProjectsHandler implements IQueryHandler<ListProjects> {
  constructor(private readonly reader: ViewReader) {}

  execute({ request }: ListProjects): Promise<Page<ProjectSummary>> {
    const order = ORDERS[request.sort ?? 'updated'];
    const { abandoned } = request;
    return this.reader.list(projectList, {
      ...request,
      where: [
        when('agency = ?', request.agency),
        abandoned === undefined ? null : [abandoned ? 'abandoned_at is not null' : 'abandoned_at is null'],
        ...containing(request.q),
      ],
      order: { ...order, direction: request.direction ?? order.direction },
      leaveOut: ['plans'],
    });
  }
}

@QueryHandler(ShowProject)
export class ShowProjectHandler implements IQueryHandler<ShowProject> {
  constructor(private readonly reader: ViewReader) {}

  execute({ project }: ShowProject): Promise<Found<ProjectRow>> {
    return this.reader.find(projectList, project);
  }
}

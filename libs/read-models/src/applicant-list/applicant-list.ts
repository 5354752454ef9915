import type { ConsultationEvent, Outcome, Phase } from '@sajeon/domain';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Column, Entity } from 'typeorm';
import { ConsultationSummary, followingTheClock, summaryAfter, type BallHolder } from '../consultation-summary.js';
import type { RulesAndCalendar } from '../case-clock.js';
import { has, subjectOf, type View } from '../host/view.js';
import type { Direction, Page, PageRequest } from '../page.js';
import { containing, ViewReader, when, type Order } from '../reading.js';

@Entity('view_applicant_list')
export class ApplicationRow extends ConsultationSummary {
  /** Known to the applicant from the official letter on. */
  @Column('text', { nullable: true })
  outcome: Outcome | null;

  @Column('text', { nullable: true })
  documentNumber: string | null;
}

export const applicantList: View<ApplicationRow, ConsultationEvent, RulesAndCalendar> = {
  name: 'applicant-list',
  version: 5,
  row: ApplicationRow,
  streams: ['consultation-'],
  keysOf: (event) => [subjectOf(event.stream)],
  memory: followingTheClock(),
  apply(event, rows, known) {
    const before = rows.get(subjectOf(event.stream));
    if (has(before, event)) return;
    const summary = summaryAfter(before, event, known);
    const letter = event.type === 'result-notified' ? event.data : before;
    rows.put({
      ...summary,
      status: asTheApplicantSees(summary.status),
      outcome: letter?.outcome ?? null,
      documentNumber: letter?.documentNumber ?? null,
    });
  },
};

/** A proposal and its approval are the authority's internal opinion until the letter goes out. */
function asTheApplicantSees(phase: Phase): Phase {
  return phase === 'pending-approval' || phase === 'approved' ? 'under-review' : phase;
}

export type ApplicationSort = 'updated' | 'due' | 'title';

export interface ApplicationsRequest extends PageRequest {
  /** The agency whose cases are listed; all agencies' when absent. */
  readonly applicant?: string | undefined;
  readonly status?: readonly Phase[] | undefined;
  readonly holder?: BallHolder | undefined;
  readonly project?: string | undefined;
  readonly q?: string | undefined;
  /** `updated` unless given. */
  readonly sort?: ApplicationSort | undefined;
  /** Latest news, earliest due, first title first unless given. */
  readonly direction?: Direction | undefined;
}

/** An agency's own consultations, drafts included. */
export class ListApplications extends Query<Page<ApplicationRow>> {
  constructor(readonly request: ApplicationsRequest) {
    super();
  }
}

const ORDERS: Readonly<Record<ApplicationSort, Order>> = {
  updated: { name: 'updated', by: 'updated_at', direction: 'desc' },
  due: { name: 'due', by: "coalesce(due_on, '9999-12-31')", direction: 'asc' },
  title: { name: 'title', by: 'title', direction: 'asc' },
};

@QueryHandler(ListApplications)
export class ListApplicationsHandler implements IQueryHandler<ListApplications> {
  constructor(private readonly reader: ViewReader) {}

  execute({ request }: ListApplications): Promise<Page<ApplicationRow>> {
    const order = ORDERS[request.sort ?? 'updated'];
    return this.reader.list(applicantList, {
      ...request,
      where: [
        when('applicant = ?', request.applicant),
        when('status = any(?)', request.status),
        when('holder = ?', request.holder),
        when('project = ?', request.project),
        ...containing(request.q),
      ],
      order: { ...order, direction: request.direction ?? order.direction },
    });
  }
}

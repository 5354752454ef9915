import { unsettledCandidates, type ConsultationEvent, type Phase } from '@sajeon/domain';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Column, Entity } from 'typeorm';
import { ConsultationSummary, summaryAfter, type BallHolder } from '../consultation-summary.js';
import { has, subjectOf, type View } from '../host/view.js';
import type { Direction, Page, PageRequest } from '../page.js';
import { containing, ViewReader, when, type ChangedRow, type Order } from '../reading.js';

@Entity('view_reviewer_queue')
export class QueueRow extends ConsultationSummary {
  /** Candidates of the newest finding. */
  @Column('int')
  candidates: number;

  /** Those at or above the threshold. */
  @Column('int')
  flagged: number;

  /** Flagged ones that nobody has confirmed or dismissed yet: a decision must wait for them. */
  @Column('text', { array: true })
  unsettled: string[];

  /** Of the best candidate, 0…1; null until screened and when nothing is alike. */
  @Column('double precision', { nullable: true })
  topProbability: number | null;
}

export const reviewerQueue: View<QueueRow, ConsultationEvent> = {
  name: 'reviewer-queue',
  version: 4,
  row: QueueRow,
  streams: ['consultation-'],
  past: true,
  keysOf: (event) => [subjectOf(event.stream)],
  apply(event, rows) {
    const before = rows.get(subjectOf(event.stream));
    if (has(before, event)) return;
    const summary = summaryAfter(before, event);
    const candidates = summary.state.screening?.candidates ?? [];
    rows.put({
      ...summary,
      candidates: candidates.length,
      flagged: candidates.filter(({ flagged }) => flagged).length,
      unsettled: unsettledCandidates(summary.state).map(({ id }) => id),
      topProbability: candidates[0]?.probability ?? null,
    });
  },
};

export type QueueSort = 'due' | 'submitted' | 'title' | 'probability';

export interface QueueRequest extends PageRequest {
  /** The reviewing agency; all agencies' cases when absent. */
  readonly authority?: string | undefined;
  readonly status?: readonly Phase[] | undefined;
  readonly holder?: BallHolder | undefined;
  /** Every word must occur in title, applicant, number or purpose. */
  readonly q?: string | undefined;
  /** `due` unless given. */
  readonly sort?: QueueSort | undefined;
  /** Earliest due, newest submission, first title, highest probability first unless given. */
  readonly direction?: Direction | undefined;
  /** The queue as it stood at this log position. */
  readonly asOf?: bigint | undefined;
}

/** The reviewer's queue: cases that have been filed. Drafts are the applicant's own. */
export class ListQueue extends Query<Page<QueueRow>> {
  constructor(readonly request: QueueRequest) {
    super();
  }
}

const ORDERS: Readonly<Record<QueueSort, Order>> = {
  // A case without a due date has not been received: it comes after those whose clock runs.
  due: { name: 'due', by: "coalesce(due_on, '9999-12-31')", direction: 'asc' },
  submitted: { name: 'submitted', by: "coalesce(submitted_at, '')", direction: 'desc' },
  title: { name: 'title', by: 'title', direction: 'asc' },
  probability: { name: 'probability', by: 'coalesce(top_probability, -1)', direction: 'desc' },
};

@QueryHandler(ListQueue)
export class ListQueueHandler implements IQueryHandler<ListQueue> {
  constructor(private readonly reader: ViewReader) {}

  execute({ request }: ListQueue): Promise<Page<QueueRow>> {
    const order = ORDERS[request.sort ?? 'due'];
    return this.reader.list(reviewerQueue, {
      ...request,
      where: [
        // Withdrawn before it was filed, a draft stays private too.
        ['submitted_at is not null'],
        when('authority = ?', request.authority),
        when('status = any(?)', request.status),
        when('holder = ?', request.holder),
        ...containing(request.q),
      ],
      order: { ...order, direction: request.direction ?? order.direction },
    });
  }
}

/** What changed in the queue after one log position, up to another: cases that came, and cases that read otherwise. */
export class CompareQueue extends Query<Page<ChangedRow<QueueRow>>> {
  constructor(
    readonly from: bigint,
    readonly to: bigint,
    readonly request: PageRequest & Pick<QueueRequest, 'authority'>,
  ) {
    super();
  }
}

@QueryHandler(CompareQueue)
export class CompareQueueHandler implements IQueryHandler<CompareQueue> {
  constructor(private readonly reader: ViewReader) {}

  execute({ from, to, request }: CompareQueue): Promise<Page<ChangedRow<QueueRow>>> {
    const where = [['submitted_at is not null'] as const, when('authority = ?', request.authority)];
    return this.reader.changed(reviewerQueue, from, to, { ...request, where });
  }
}

import { unsettledCandidates, type ConsultationEvent, type Phase, type Severity } from '@sajeon/domain';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Column, Entity } from 'typeorm';
import { SEVERITY, type RulesAndCalendar } from '../case-clock.js';
import { ConsultationSummary, followingTheClock, summaryAfter, type BallHolder } from '../consultation-summary.js';
import { has, subjectOf, type View } from '../host/view.js';
import type { Direction, Found, Page, PageRequest } from '../page.js';
import { containing, ViewReader, when, type ChangedRow, type Condition, type Order } from '../reading.js';

@Entity('view_reviewer_queue')
export class QueueRow extends ConsultationSummary {
  /** Whether the plan has been looked up at all: without it, no candidates says nothing. */
  @Column('boolean')
  screened: boolean;

  /** Candidates of the newest finding. */
  @Column('int')
  candidates: number;

  /** Those at or above the threshold. */
  @Column('int')
  flagged: number;

  /** Flagged ones that nobody has confirmed or dismissed yet: a decision must wait for them. */
  @Column('text', { array: true })
  unsettled: string[];

  /** Of the best candidate, 0…1; null until screened, and also afterwards when nothing is alike: `screened` tells which. */
  @Column('double precision', { nullable: true })
  topProbability: number | null;
}

export const reviewerQueue: View<QueueRow, ConsultationEvent, RulesAndCalendar> = {
  name: 'reviewer-queue',
  version: 6,
  row: QueueRow,
  streams: ['consultation-'],
  past: true,
  keysOf: (event) => [subjectOf(event.stream)],
  memory: followingTheClock(),
  apply(event, rows, known) {
    const before = rows.get(subjectOf(event.stream));
    if (has(before, event)) return;
    const summary = summaryAfter(before, event, known);
    const candidates = summary.state.screening?.candidates ?? [];
    rows.put({
      ...summary,
      screened: summary.state.screening !== null,
      candidates: candidates.length,
      flagged: candidates.filter(({ flagged }) => flagged).length,
      unsettled: unsettledCandidates(summary.state).map(({ id }) => id),
      topProbability: candidates[0]?.probability ?? null,
    });
  },
};

/** 기한초과 / 임박 / 주의 / 여유 on the day asked for; null where no clock runs: not received yet, or over. */
export type Graded = { readonly severity: Severity | null };

export type QueueSort = 'severity' | 'due' | 'submitted' | 'title' | 'probability';

export interface QueueRequest extends PageRequest {
  /** The reviewing agency; all agencies' cases when absent. */
  readonly authority?: string | undefined;
  readonly status?: readonly Phase[] | undefined;
  readonly holder?: BallHolder | undefined;
  /** On `on`. */
  readonly severity?: Severity | undefined;
  /** 주심: the person's id. */
  readonly lead?: string | undefined;
  /** Legal date on which the severity is judged. */
  readonly on: string;
  /** Every word must occur in title, applicant, number or purpose. */
  readonly q?: string | undefined;
  /** `due` unless given. */
  readonly sort?: QueueSort | undefined;
  /** Most severe (and earliest due within), earliest due, newest submission, first title, highest probability first unless given. */
  readonly direction?: Direction | undefined;
  /** The queue as it stood at this log position. */
  readonly asOf?: bigint | undefined;
}

/** The reviewer's queue: cases that have been filed. Drafts are the applicant's own. */
export class ListQueue extends Query<Page<QueueRow & Graded>> {
  constructor(readonly request: QueueRequest) {
    super();
  }
}

const ORDERS: Readonly<Record<QueueSort, Order>> = {
  // Those whose clock does not run come last: nothing is due there.
  severity: {
    name: 'severity',
    by: `case when clock is null or clock = 'stopped' then '9' when overdue_on <= ? then '1' when urgent_on <= ? then '2'
      when half_on <= ? then '3' else '4' end || coalesce(due_on, '')`,
    direction: 'asc',
  },
  // A case without a due date has not been received: it comes after those whose clock runs.
  due: { name: 'due', by: "coalesce(due_on, '9999-12-31')", direction: 'asc' },
  submitted: { name: 'submitted', by: "coalesce(submitted_at, '')", direction: 'desc' },
  title: { name: 'title', by: 'title', direction: 'asc' },
  probability: { name: 'probability', by: 'coalesce(top_probability, -1)', direction: 'desc' },
};

@QueryHandler(ListQueue)
export class ListQueueHandler implements IQueryHandler<ListQueue> {
  constructor(private readonly reader: ViewReader) {}

  async execute({ request }: ListQueue): Promise<Page<QueueRow & Graded>> {
    const { on, sort = 'due' } = request;
    const order = ORDERS[sort];
    const page = await this.reader.list(reviewerQueue, {
      ...request,
      where: conditionsOf(request),
      also: { severity: [SEVERITY, on, on, on] },
      order: {
        ...order,
        ...(sort === 'severity' ? { name: `severity ${on}`, values: [on, on, on] } : {}),
        direction: request.direction ?? order.direction,
      },
    });
    // What `also` has computed for every row.
    return page as Page<QueueRow & Graded>;
  }
}

function conditionsOf(request: Omit<QueueRequest, 'sort' | 'direction'>): readonly (Condition | null)[] {
  const { on, severity } = request;
  return [
    // Withdrawn before it was filed, a draft stays private too.
    ['submitted_at is not null'],
    when('authority = ?', request.authority),
    when('status = any(?)', request.status),
    when('holder = ?', request.holder),
    when('lead = ?', request.lead),
    severity === undefined ? null : [`(${SEVERITY}) = ?`, on, on, on, severity],
    ...containing(request.q),
  ];
}

/** How many cases of the queue are in each group. Groups are what a filter of `ListQueue` shows. */
export interface QueueCounts {
  /** By severity; `unreceived`: no clock runs yet; `over`: the letter, return or withdrawal is out. */
  readonly severity: Readonly<Record<Severity | 'unreceived' | 'over', number>>;
  readonly holder: Readonly<Record<BallHolder, number>>;
  /** Open cases that nobody leads. */
  readonly unassigned: number;
  readonly total: number;
}

/** The sizes of the queue's groups, with the same filters. */
export class CountQueue extends Query<Found<QueueCounts>> {
  constructor(readonly request: Omit<QueueRequest, 'sort' | 'direction' | 'asOf' | keyof PageRequest>) {
    super();
  }
}

@QueryHandler(CountQueue)
export class CountQueueHandler implements IQueryHandler<CountQueue> {
  constructor(private readonly reader: ViewReader) {}

  async execute({ request }: CountQueue): Promise<Found<QueueCounts>> {
    const { on } = request;
    const where = conditionsOf(request).filter((condition) => condition !== null);
    const { rows, position } = await this.reader.ask<QueueCounts>(reviewerQueue, [
      `select json_build_object(
         'severity', json_build_object(
           ${['overdue', 'urgent', 'half', 'ample'].map((one) => `'${one}', count(*) filter (where severity = '${one}')`).join(', ')},
           'unreceived', count(*) filter (where severity is null and ended_on is null),
           'over', count(*) filter (where severity is null and ended_on is not null)),
         'holder', json_build_object(
           'applicant', count(*) filter (where holder = 'applicant'), 'authority', count(*) filter (where holder = 'authority')),
         'unassigned', count(*) filter (where lead is null and ended_on is null),
         'total', count(*)) as shown
       from (select ${SEVERITY} as severity, holder, lead, ended_on from view_reviewer_queue
              where ${where.map(([sql]) => sql).join(' and ')}) graded`,
      ...[on, on, on],
      ...where.flatMap(([, ...values]) => values),
    ]);
    return { row: rows[0] ?? null, position };
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

  async execute({ from, to, request }: CompareQueue): Promise<Page<ChangedRow<QueueRow>>> {
    const where = [['submitted_at is not null'] as const, when('authority = ?', request.authority)];
    const page = await this.reader.changed(reviewerQueue, from, to, { ...request, where });
    // What it was as a draft is its agency's own affair.
    const filed = (row: QueueRow | null) => (row?.submittedAt == null ? null : row);
    return { ...page, rows: page.rows.map(({ key, before, after }) => ({ key, before: filed(before), after: filed(after) })) };
  }
}

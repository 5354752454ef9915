import type { Consultation, ConsultationEvent, Obligation } from '@sajeon/domain';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { heldBy, stateAfter, type BallHolder } from '../consultation-summary.js';
import { has, subjectOf, type View } from '../host/view.js';
import type { Page, PageRequest } from '../page.js';
import { containing, ViewReader, when } from '../reading.js';
import { searchable } from '../search.js';

/** One condition of one letter. Row 0 of a consultation is what its conditions are made from, and no list shows it. */
@Entity('view_obligations')
export class ObligationRow {
  /** `consultation#condition`. */
  @PrimaryColumn('text')
  place: string;

  @Column('text')
  consultation: string;

  @Column('int')
  condition: number;

  /** Of the plan as it was decided upon. */
  @Column('text')
  title: string;

  /** The agency that owes it. */
  @Column('text')
  applicant: string;

  @Column('text')
  applicantName: string;

  @Column('text')
  authority: string;

  @Column('text')
  authorityName: string;

  @Column('text')
  text: string;

  /** 이행 담당: the unit of the applicant that the letter names; null in letters from before units were named. */
  @Column('text', { nullable: true })
  owner: string | null;

  /** The date in force; null when the condition binds without one. */
  @Column('text', { nullable: true })
  dueOn: string | null;

  @Column('text')
  status: Obligation['status'];

  /** Who must act next on this condition; null once it is settled. */
  @Column('text', { nullable: true })
  holder: BallHolder | null;

  /** When the applicant means to be done. */
  @Column('text', { nullable: true })
  completeBy: string | null;

  /** Results submitted so far. */
  @Column('int')
  submissions: number;

  /** Whether a recommendation waits for its answer. */
  @Column('boolean')
  recommended: boolean;

  /** Revision of the stream's last event: the ETag to act on. */
  @Column('bigint')
  revision: string;

  @Column('bigint')
  position: string;

  @Column('text', { select: false })
  searchText: string;

  @Column('tsvector', { select: false })
  grams: string;

  @Column('json', { select: false, nullable: true })
  state: Consultation | null;
}

export const obligations: View<ObligationRow, ConsultationEvent> = {
  name: 'obligations',
  version: 4,
  row: ObligationRow,
  streams: ['consultation-'],
  keysOf: (event) => [placeOf(subjectOf(event.stream), 0)],
  apply(event, rows) {
    const id = subjectOf(event.stream);
    const before = rows.get(placeOf(id, 0));
    if (has(before, event)) return;
    const state = stateAfter(before?.state ?? undefined, event);
    const shared = {
      consultation: id,
      // A change that is reported after the decision is not yet what was decided upon.
      title:
        'plan' in event.data && event.type !== 'material-change-reported' ? event.data.plan.content.title : (before?.title ?? ''),
      applicant: state.applicant.id,
      applicantName: state.applicant.name,
      authority: state.authority.id,
      authorityName: state.authority.name,
      revision: event.revision.toString(),
      position: event.position.toString(),
    };
    rows.put({
      ...shared,
      ...{ place: placeOf(id, 0), condition: 0, text: '', owner: null, dueOn: null, status: 'open', holder: heldBy(state) },
      ...{ completeBy: null, submissions: 0, recommended: false, searchText: '', grams: '', state },
    });
    for (const owed of state.obligations) {
      const { number: condition, text, dueOn, status, plan, submissions } = owed;
      rows.put({
        ...shared,
        ...{ place: placeOf(id, condition), condition, text, dueOn, status, submissions, holder: turnOf(owed) },
        ...{ owner: owed.owner ?? null, completeBy: plan?.completeBy ?? null },
        recommended: state.recommendations.some((other) => other.condition === condition && other.answer === null),
        ...searchable([shared.title, text, id, owed.owner ?? '', shared.applicantName, shared.authorityName]),
        state: null,
      });
    }
  },
};

function placeOf(consultation: string, condition: number): string {
  return `${consultation}#${condition}`;
}

function turnOf({ status, waiver }: Obligation): BallHolder | null {
  if (status === 'fulfilled' || status === 'waived' || status === 'lapsed') return null;
  return status === 'submitted' || waiver !== null ? 'authority' : 'applicant';
}

export interface ObligationsRequest extends PageRequest {
  /** Conditions of cases to which this agency is a party, as applicant or as authority; all when absent. */
  readonly agency?: string | undefined;
  readonly status?: Obligation['status'] | undefined;
  /** Exactly this unit. */
  readonly owner?: string | undefined;
  readonly holder?: BallHolder | undefined;
  /** Only what is still owed and was due before this day: with today, what is overdue. */
  readonly dueBefore?: string | undefined;
  /** Every word must occur in the project's title, the condition, the case's number, the unit or an agency's name. */
  readonly q?: string | undefined;
}

/** 이행 현황: what is owed, earliest due first, so that what is overdue leads; conditions without a date after those, settled ones last. */
export class ListObligations extends Query<Page<ObligationRow>> {
  constructor(readonly request: ObligationsRequest) {
    super();
  }
}

/** Settled conditions sort after everything that is still owed. */
const DUE = `case when status in ('fulfilled', 'waived', 'lapsed') then '9999-12-31 settled' else coalesce(due_on, '9999-12-31') end`;

@QueryHandler(ListObligations)
export class ListObligationsHandler implements IQueryHandler<ListObligations> {
  constructor(private readonly reader: ViewReader) {}

  execute({ request }: ListObligations): Promise<Page<ObligationRow>> {
    const { agency, status, owner, holder, dueBefore, q } = request;
    return this.reader.list(obligations, {
      ...request,
      where: [
        ['condition > 0'],
        agency === undefined ? null : ['(applicant = ? or authority = ?)', agency, agency],
        when('status = ?', status),
        when('owner = ?', owner),
        when('holder = ?', holder),
        when("due_on < ? and status not in ('fulfilled', 'waived', 'lapsed')", dueBefore),
        ...containing(q),
      ],
      order: { name: 'due', by: DUE, direction: 'asc' },
    });
  }
}

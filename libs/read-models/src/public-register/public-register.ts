import { legalDateOf, masked, type ConsultationEvent, type Outcome } from '@sajeon/domain';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { existing, has, subjectOf, type View } from '../host/view.js';
import type { Page, PageRequest } from '../page.js';
import { containing, ViewReader, when } from '../reading.js';
import { searchable } from '../search.js';

/** A condition as the public reads it. */
export interface PublicCondition {
  readonly number: number;
  readonly text: string;
  readonly dueOn: string | null;
}

/**
 * What anybody may know of a decision: what its letter told, and nobody's name. A row stands from the draft on, for the letter does not
 * repeat whose plan it decides upon; no list shows it before the letter.
 */
@Entity('view_public_register')
export class PublicDecisionRow {
  @PrimaryColumn('text')
  consultation: string;

  /** Of the standing letter; null until there is one. */
  @Column('text', { nullable: true })
  documentNumber: string | null;

  /** Of the plan as it was decided upon. What the applicant writes before the letter stays in `planTitle`. */
  @Column('text')
  title: string;

  @Column('text')
  applicantName: string;

  @Column('text')
  authorityName: string;

  @Column('text', { nullable: true })
  outcome: Outcome | null;

  /** Legal date. */
  @Column('text', { nullable: true })
  notifiedOn: string | null;

  /** Number of the letter that this one takes the place of. */
  @Column('text', { nullable: true })
  amends: string | null;

  @Column('json')
  conditions: readonly PublicCondition[];

  @Column('text', { select: false })
  planTitle: string;

  @Column('bigint', { select: false })
  revision: string;

  @Column('bigint', { select: false })
  position: string;

  @Column('text', { select: false })
  searchText: string;

  @Column('tsvector', { select: false })
  grams: string;
}

/** What the public is shown: a letter that is out. */
export type PublicDecision = Pick<
  PublicDecisionRow,
  'consultation' | 'title' | 'applicantName' | 'authorityName' | 'amends' | 'conditions'
> & { readonly documentNumber: string; readonly outcome: Outcome; readonly notifiedOn: string };

export const publicRegister: View<PublicDecisionRow, ConsultationEvent> = {
  name: 'public-register',
  version: 1,
  row: PublicDecisionRow,
  streams: ['consultation-'],
  keysOf: (event) => [subjectOf(event.stream)],
  apply(event, rows) {
    const consultation = subjectOf(event.stream);
    if (has(rows.get(consultation), event)) return;
    const place = { revision: event.revision.toString(), position: event.position.toString() };
    if (event.type === 'consultation-drafted') {
      const { applicant, authority, plan } = event.data;
      rows.put({
        ...{ consultation, ...place, planTitle: plan.content.title, title: '', searchText: '', grams: '' },
        ...{ applicantName: applicant.name, authorityName: authority.name },
        ...{ documentNumber: null, outcome: null, notifiedOn: null, amends: null, conditions: [] },
      });
      return;
    }
    const row = { ...existing(rows, consultation), ...place };
    if (event.type === 'result-notified') {
      const { documentNumber, outcome, conditions, amends = null, at } = event.data;
      const title = masked(row.planTitle);
      const told = conditions.map(({ number, text, dueOn }) => ({ number, text: masked(text), dueOn }));
      rows.put({
        ...{ ...row, documentNumber, outcome, amends, title, conditions: told, notifiedOn: legalDateOf(at) },
        ...searchable([
          ...([title, documentNumber, row.applicantName, row.authorityName] as const),
          ...told.map(({ text }) => text),
        ]),
      });
    } else if (event.type === 'review-escalated') {
      rows.put({ ...row, authorityName: event.data.to.name });
    } else if ('plan' in event.data && event.type !== 'material-change-reported') {
      // A change that is reported after the decision is not what was decided upon.
      rows.put({ ...row, planTitle: event.data.plan.content.title });
    } else {
      rows.put(row);
    }
  },
};

export interface PublicDecisionsRequest extends PageRequest {
  readonly q?: string | undefined;
  readonly outcome?: Outcome | undefined;
}

/** 공개 대장: decisions that have been notified, the newest first. */
export class ListPublicDecisions extends Query<Page<PublicDecision>> {
  constructor(readonly request: PublicDecisionsRequest) {
    super();
  }
}

@QueryHandler(ListPublicDecisions)
export class ListPublicDecisionsHandler implements IQueryHandler<ListPublicDecisions> {
  constructor(private readonly reader: ViewReader) {}

  async execute({ request }: ListPublicDecisions): Promise<Page<PublicDecision>> {
    const page = await this.reader.list(publicRegister, {
      ...request,
      where: [['document_number is not null'], when('outcome = ?', request.outcome), ...containing(request.q)],
      order: { name: 'notified', by: 'notified_on', direction: 'desc' },
    });
    // What the first condition says: these have a letter.
    return page as Page<PublicDecision>;
  }
}

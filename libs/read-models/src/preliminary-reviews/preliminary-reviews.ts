import type { PreliminaryEvent, PreliminaryVerdict } from '@sajeon/domain';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { existing, has, subjectOf, type View } from '../host/view.js';
import type { Page, PageRequest } from '../page.js';
import { ViewReader, when } from '../reading.js';

export type PreliminaryStatus = 'requested' | 'answered' | 'withdrawn';

/** One request for a preliminary review. */
@Entity('view_preliminary_reviews')
export class PreliminaryReviewRow {
  /** `project#request`. */
  @PrimaryColumn('text')
  place: string;

  @Column('text')
  project: string;

  @Column('int')
  request: number;

  @Column('int')
  fiscalYear: number;

  @Column('text')
  title: string;

  @Column('text')
  applicant: string;

  @Column('text')
  applicantName: string;

  @Column('text')
  authority: string;

  @Column('text')
  authorityName: string;

  /** Whole won in decimal. */
  @Column('bigint', { nullable: true })
  budgetKrw: string | null;

  @Column('text')
  status: PreliminaryStatus;

  /** Candidates of the screening that are flagged; null until it is recorded. */
  @Column('int', { nullable: true })
  flagged: number | null;

  @Column('text', { nullable: true })
  verdict: PreliminaryVerdict | null;

  @Column('text')
  requestedAt: string;

  /** Revision of the stream's last event about this request. */
  @Column('bigint')
  revision: string;

  @Column('bigint')
  position: string;
}

export const preliminaryReviews: View<PreliminaryReviewRow, PreliminaryEvent> = {
  name: 'preliminary-reviews',
  version: 1,
  row: PreliminaryReviewRow,
  streams: ['preliminary-'],
  keysOf: (event) => [placeOf(event.stream, event.data.request)],
  apply(event, rows) {
    const place = placeOf(event.stream, event.data.request);
    if (has(rows.get(place), event)) return;
    const now = { revision: event.revision.toString(), position: event.position.toString() };
    switch (event.type) {
      case 'preliminary-review-requested': {
        const { at, project, request, fiscalYear, outline, applicant, authority } = event.data;
        const { title, budgetKrw } = outline.content;
        rows.put({
          ...{ ...now, place, project, request, fiscalYear, title, budgetKrw: budgetKrw === null ? null : String(budgetKrw) },
          ...{ applicant: applicant.id, applicantName: applicant.name },
          ...{ authority: authority.id, authorityName: authority.name },
          ...{ status: 'requested', flagged: null, verdict: null, requestedAt: at },
        });
        return;
      }
      case 'preliminary-review-screened': {
        const flagged = event.data.finding.candidates.filter((candidate) => candidate.flagged).length;
        rows.put({ ...existing(rows, place), ...now, flagged });
        return;
      }
      case 'preliminary-opinion-given':
        rows.put({ ...existing(rows, place), ...now, status: 'answered', verdict: event.data.verdict });
        return;
      case 'preliminary-review-withdrawn':
        rows.put({ ...existing(rows, place), ...now, status: 'withdrawn' });
        return;
    }
  },
};

function placeOf(stream: string, request: number): string {
  return `${subjectOf(stream)}#${request}`;
}

export interface PreliminaryReviewsRequest extends PageRequest {
  /** Those to which this agency is a party, as applicant or as authority; all when absent. */
  readonly agency?: string | undefined;
  readonly status?: PreliminaryStatus | undefined;
  readonly fiscalYear?: number | undefined;
}

/** 예비검토 현황: what was asked for first is on top. */
export class ListPreliminaryReviews extends Query<Page<PreliminaryReviewRow>> {
  constructor(readonly request: PreliminaryReviewsRequest) {
    super();
  }
}

@QueryHandler(ListPreliminaryReviews)
export class ListPreliminaryReviewsHandler implements IQueryHandler<ListPreliminaryReviews> {
  constructor(private readonly reader: ViewReader) {}

  execute({ request }: ListPreliminaryReviews): Promise<Page<PreliminaryReviewRow>> {
    const { agency, status, fiscalYear } = request;
    return this.reader.list(preliminaryReviews, {
      ...request,
      where: [
        agency === undefined ? null : ['(applicant = ? or authority = ?)', agency, agency],
        when('status = ?', status),
        when('fiscal_year = ?', fiscalYear),
      ],
      order: { name: 'requested', by: 'requested_at', direction: 'asc' },
    });
  }
}

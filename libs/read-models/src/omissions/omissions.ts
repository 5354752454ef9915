import type { OmissionReason, ProjectEvent } from '@sajeon/domain';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { has, subjectOf, type View } from '../host/view.js';
import type { Direction, Page, PageRequest } from '../page.js';
import { containing, ViewReader, when, type Order } from '../reading.js';
import { searchable } from '../search.js';

/** One order that no decision covers. Row 0 of a project is what its omissions are told with, and no list shows it. */
@Entity('view_omissions')
export class OmissionRow {
  /** `project#omission`. */
  @PrimaryColumn('text')
  place: string;

  @Column('text')
  project: string;

  @Column('int')
  omission: number;

  /** Of the plan as it read when the omission was found. */
  @Column('text')
  title: string;

  @Column('text')
  agency: string;

  /** As the agency was called when it ordered. */
  @Column('text')
  agencyName: string;

  /** Who would have reviewed; null when the rules of that day did not say. */
  @Column('text', { nullable: true })
  authority: string | null;

  @Column('text', { nullable: true })
  authorityName: string | null;

  @Column('text')
  orderNumber: string;

  @Column('text')
  orderedOn: string;

  /** Whole won in decimal; null when it was not stated. */
  @Column('bigint', { nullable: true })
  amountKrw: string | null;

  @Column('text')
  planHash: string;

  @Column('text')
  reason: OmissionReason;

  /** The consultation that there is. */
  @Column('text', { nullable: true })
  consultation: string | null;

  /** Version of the plan that was decided upon. */
  @Column('int', { nullable: true })
  decidedVersion: number | null;

  @Column('text')
  detectedAt: string;

  /** Revision of the project's last event. */
  @Column('bigint')
  revision: string;

  @Column('bigint')
  position: string;

  @Column('text', { select: false })
  searchText: string;

  @Column('tsvector', { select: false })
  grams: string;
}

export const omissions: View<OmissionRow, ProjectEvent> = {
  name: 'omissions',
  version: 1,
  row: OmissionRow,
  streams: ['project-'],
  keysOf: (event) => [placeOf(subjectOf(event.stream), 0)],
  apply(event, rows) {
    const project = subjectOf(event.stream);
    const before = rows.get(placeOf(project, 0));
    if (has(before, event)) return;
    const place = { revision: event.revision.toString(), position: event.position.toString() };
    const known = { ...(before ?? unknown(project)), ...place };
    switch (event.type) {
      case 'project-planned':
      case 'plan-revised':
        rows.put({ ...known, title: event.data.plan.content.title });
        return;
      case 'procurement-recorded': {
        const { order, amountKrw } = event.data;
        rows.put({ ...known, orderNumber: order, amountKrw: amountKrw === null ? null : amountKrw.toString() });
        return;
      }
      case 'consultation-omission-detected': {
        const { omission, order, orderedOn, planHash, orderer, authority, reason, consultation, decidedPlan, at } = event.data;
        rows.put(known);
        rows.put({
          ...{ ...known, place: placeOf(project, omission), omission, orderNumber: order, orderedOn, planHash, reason },
          ...{ agency: orderer.id, agencyName: orderer.name, consultation, detectedAt: at },
          ...{ authority: authority?.id ?? null, authorityName: authority?.name ?? null },
          decidedVersion: decidedPlan?.version ?? null,
          // The order was recorded in the same breath, just before.
          amountKrw: known.orderNumber === order ? known.amountKrw : null,
          ...searchable([known.title, project, orderer.name, order, authority?.name ?? '']),
        });
        return;
      }
      default:
        rows.put(known);
    }
  },
};

function unknown(project: string): OmissionRow {
  return {
    ...{ place: placeOf(project, 0), project, omission: 0, title: '', agency: '', agencyName: '', authority: null },
    ...{ authorityName: null, orderNumber: '', orderedOn: '', amountKrw: null, planHash: '', reason: 'never-consulted' },
    ...{ consultation: null, decidedVersion: null, detectedAt: '', revision: '0', position: '0', searchText: '', grams: '' },
  };
}

function placeOf(project: string, omission: number): string {
  return `${project}#${omission}`;
}

export type OmissionSort = 'detected' | 'ordered' | 'amount' | 'agency';

export interface OmissionsRequest extends PageRequest {
  /** Orders of this agency, or of agencies that it reviews; all when absent. */
  readonly agency?: string | undefined;
  readonly reason?: OmissionReason | undefined;
  /** Legal days of the order, both included. */
  readonly orderedFrom?: string | undefined;
  readonly orderedTo?: string | undefined;
  /** Found by title, project, agency, order number and authority. */
  readonly q?: string | undefined;
  /** `detected` unless given. */
  readonly sort?: OmissionSort | undefined;
  /** Latest, largest, first name first unless given. */
  readonly direction?: Direction | undefined;
}

/** 미이행 대장: orders without a valid decision. */
export class ListOmissions extends Query<Page<OmissionRow>> {
  constructor(readonly request: OmissionsRequest) {
    super();
  }
}

const ORDERS: Readonly<Record<OmissionSort, Order>> = {
  detected: { name: 'detected', by: 'detected_at', direction: 'desc' },
  ordered: { name: 'ordered', by: 'ordered_on', direction: 'desc' },
  amount: { name: 'amount', by: 'coalesce(amount_krw, -1)', direction: 'desc' },
  agency: { name: 'agency', by: 'agency_name', direction: 'asc' },
};

@QueryHandler(ListOmissions)
export class ListOmissionsHandler implements IQueryHandler<ListOmissions> {
  constructor(private readonly reader: ViewReader) {}

  execute({ request }: ListOmissions): Promise<Page<OmissionRow>> {
    const { agency, reason, orderedFrom, orderedTo } = request;
    const order = ORDERS[request.sort ?? 'detected'];
    return this.reader.list(omissions, {
      ...request,
      where: [
        ['omission > 0'],
        agency === undefined ? null : ['(agency = ? or authority = ?)', agency, agency],
        when('reason = ?', reason),
        when('ordered_on >= ?', orderedFrom),
        when('ordered_on <= ?', orderedTo),
        ...containing(request.q),
      ],
      order: { ...order, direction: request.direction ?? order.direction },
    });
  }
}

import type { AgencyEvent, AgencyTier } from '@sajeon/domain';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { existing, has, subjectOf, type View } from '../host/view.js';
import type { Direction, Found, Page, PageRequest } from '../page.js';
import { containing, ViewReader, when } from '../reading.js';
import { searchable } from '../search.js';

@Entity('view_agency_directory')
export class AgencyRow {
  @PrimaryColumn('text')
  agency: string;

  @Column('text')
  name: string;

  /** Oldest first. */
  @Column('text', { array: true })
  formerNames: readonly string[];

  @Column('text')
  tier: AgencyTier;

  /** Id of the agency above it; null at the top. */
  @Column('text', { nullable: true })
  parent: string | null;

  /** Null while the agency exists. */
  @Column('text', { nullable: true })
  dissolvedAt: string | null;

  /** Id of the agency that takes over its cases. */
  @Column('text', { nullable: true })
  successor: string | null;

  /** Day from which it is merged into, or split into, `successors`; also while that is still to come. */
  @Column('text', { nullable: true })
  endsOn: string | null;

  /** Oldest announcement is not kept: the newest one counts. */
  @Column('text', { array: true })
  successors: readonly string[];

  /** Moves under another agency, in the order in which they were recorded. */
  @Column('json')
  moves: readonly { readonly parent: string | null; readonly effectiveOn: string; readonly reason: string }[];

  @Column('bigint')
  revision: string;

  @Column('bigint')
  position: string;

  @Column('text', { select: false })
  searchText: string;

  @Column('tsvector', { select: false })
  grams: string;
}

export const agencyDirectory: View<AgencyRow, AgencyEvent> = {
  name: 'agency-directory',
  version: 2,
  row: AgencyRow,
  streams: ['agency-'],
  keysOf: (event) => [subjectOf(event.stream)],
  apply(event, rows) {
    const agency = subjectOf(event.stream);
    if (has(rows.get(agency), event)) return;
    const place = { revision: event.revision.toString(), position: event.position.toString() };
    switch (event.type) {
      case 'agency-registered': {
        const { tier, parent } = event.data;
        const standing = { dissolvedAt: null, successor: null, endsOn: null, successors: [], moves: [] };
        rows.put({ agency, ...named(event.data.name, []), tier, parent, ...standing, ...place });
        return;
      }
      case 'agency-renamed': {
        const row = existing(rows, agency);
        rows.put({ ...row, ...named(event.data.name, [...row.formerNames, event.data.formerName]), ...place });
        return;
      }
      case 'agency-dissolved': {
        const { at, successor } = event.data;
        rows.put({ ...existing(rows, agency), dissolvedAt: at, successor, ...place });
        return;
      }
      case 'agency-merged': {
        const { into, effectiveOn } = event.data;
        rows.put({ ...existing(rows, agency), endsOn: effectiveOn, successors: [into], ...place });
        return;
      }
      case 'agency-split': {
        const { successors, effectiveOn } = event.data;
        rows.put({ ...existing(rows, agency), endsOn: effectiveOn, successors, ...place });
        return;
      }
      case 'agency-moved': {
        const { parent, effectiveOn, reason } = event.data;
        const row = existing(rows, agency);
        rows.put({ ...row, moves: [...row.moves, { parent, effectiveOn, reason }], ...place });
        return;
      }
    }
  },
};

function named(name: string, formerNames: readonly string[]) {
  return { name, formerNames, ...searchable([name, ...formerNames]) };
}

export interface AgenciesRequest extends PageRequest {
  /** Found by its present and its former names. */
  readonly q?: string | undefined;
  /** Exactly this name, present or former. */
  readonly name?: string | undefined;
  readonly tier?: AgencyTier | undefined;
  readonly parent?: string | undefined;
  readonly dissolved?: boolean | undefined;
  readonly direction?: Direction | undefined;
}

/** Agencies by name. */
export class ListAgencies extends Query<Page<AgencyRow>> {
  constructor(readonly request: AgenciesRequest) {
    super();
  }
}

export class ShowAgency extends Query<Found<AgencyRow>> {
  constructor(readonly agency: string) {
    super();
  }
}

@QueryHandler(ListAgencies)
export class ListAgenciesHandler implements IQueryHandler<ListAgencies> {
  constructor(private readonly reader: ViewReader) {}

  execute({ request }: ListAgencies): Promise<Page<AgencyRow>> {
    const { name, dissolved } = request;
    return this.reader.list(agencyDirectory, {
      ...request,
      where: [
        name === undefined ? null : ['(name = ? or former_names @> array[?])', name, name],
        when('tier = ?', request.tier),
        when('parent = ?', request.parent),
        dissolved === undefined ? null : [dissolved ? 'dissolved_at is not null' : 'dissolved_at is null'],
        ...containing(request.q),
      ],
      order: { name: 'name', by: 'name', direction: request.direction ?? 'asc' },
    });
  }
}

@QueryHandler(ShowAgency)
export class ShowAgencyHandler implements IQueryHandler<ShowAgency> {
  constructor(private readonly reader: ViewReader) {}

  execute({ agency }: ShowAgency): Promise<Found<AgencyRow>> {
    return this.reader.find(agencyDirectory, agency);
  }
}

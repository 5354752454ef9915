import type { SystemEntry, SystemEvent, SystemLevel } from '@sajeon/domain';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { existing, has, subjectOf, type View } from '../host/view.js';
import type { Direction, Found, Page, PageRequest } from '../page.js';
import { containing, ViewReader, when, type ChangedRow, type Order } from '../reading.js';
import { searchable, wordsOf } from '../search.js';

@Entity('view_system_inventory')
export class SystemRow {
  @PrimaryColumn('text')
  system: string;

  @Column('text')
  title: string;

  /** Name of the owner as the source writes it. */
  @Column('text')
  agency: string;

  @Column('text')
  level: SystemLevel;

  @Column('int', { nullable: true })
  year: number | null;

  @Column('text')
  purpose: string;

  @Column('text', { array: true })
  functions: readonly string[];

  @Column('text', { array: true })
  users: readonly string[];

  @Column('text', { array: true })
  data: readonly string[];

  @Column('text', { array: true })
  technologies: readonly string[];

  @Column('text')
  text: string;

  /** Where the entry comes from: a URL or a citation. */
  @Column('text')
  source: string;

  @Column('text')
  registeredAt: string;

  /** When the entry was last corrected; null when it stands as registered. */
  @Column('text', { nullable: true })
  correctedAt: string | null;

  /** Null while the system is in use. */
  @Column('text', { nullable: true })
  retiredAt: string | null;

  @Column('text', { nullable: true })
  retiredBecause: string | null;

  @Column('bigint')
  revision: string;

  @Column('bigint')
  position: string;

  @Column('text', { select: false })
  searchText: string;

  @Column('tsvector', { select: false })
  grams: string;
}

export const systemInventory: View<SystemRow, SystemEvent> = {
  name: 'system-inventory',
  version: 1,
  row: SystemRow,
  streams: ['system-'],
  past: true,
  keysOf: (event) => [subjectOf(event.stream)],
  apply(event, rows) {
    const system = subjectOf(event.stream);
    if (has(rows.get(system), event)) return;
    const place = { revision: event.revision.toString(), position: event.position.toString() };
    const { at } = event.data;
    switch (event.type) {
      case 'system-registered':
        rows.put({
          system,
          ...entered(event.data.entry),
          registeredAt: at,
          correctedAt: null,
          retiredAt: null,
          retiredBecause: null,
          ...place,
        });
        return;
      case 'system-entry-corrected':
        rows.put({ ...existing(rows, system), ...entered(event.data.entry), correctedAt: at, ...place });
        return;
      case 'system-retired':
        rows.put({ ...existing(rows, system), retiredAt: at, retiredBecause: event.data.reason, ...place });
        return;
    }
  },
};

function entered({ title, agency, level, year, purpose, functions, users, data, technologies, text, source }: SystemEntry) {
  return {
    ...{ title, agency, level, year, purpose, functions, users, data, technologies, text, source },
    ...searchable([title, agency, purpose, ...functions, ...users, ...data, ...technologies, text]),
  };
}

export type SystemSort = 'relevance' | 'title' | 'agency' | 'year';

export interface SystemsRequest extends PageRequest {
  /** Every word must occur somewhere in the entry, also inside another word and across spaces; initial consonants find titles. */
  readonly q?: string | undefined;
  readonly level?: SystemLevel | undefined;
  /** True: retired systems only. False: systems in use only. */
  readonly retired?: boolean | undefined;
  /** `relevance` with a query, else `title`. Relevance: the title begins with the first word, contains it, or another field does. */
  readonly sort?: SystemSort | undefined;
  /** Best, first title and agency, newest year first unless given. */
  readonly direction?: Direction | undefined;
  /** The inventory as it stood at this log position. */
  readonly asOf?: bigint | undefined;
}

/** Without the free text, which may be long: `ShowSystem` has that. */
export type SystemSummary = Omit<SystemRow, 'text'>;

/** The inventory of existing systems. */
export class ListSystems extends Query<Page<SystemSummary>> {
  constructor(readonly request: SystemsRequest) {
    super();
  }
}

/** One system of the inventory. */
export class ShowSystem extends Query<Found<SystemRow>> {
  /** @param asOf the entry as it stood at this log position */
  constructor(
    readonly system: string,
    readonly asOf?: bigint,
  ) {
    super();
  }
}

const ORDERS: Readonly<Record<Exclude<SystemSort, 'relevance'>, Order>> = {
  title: { name: 'title', by: 'title', direction: 'asc' },
  agency: { name: 'agency', by: 'agency', direction: 'asc' },
  year: { name: 'year', by: 'coalesce(year, 0)', direction: 'desc' },
};

function orderOf({ sort, q }: SystemsRequest): Order {
  const [first] = wordsOf(q ?? '');
  if (first === undefined) return ORDERS[sort === undefined || sort === 'relevance' ? 'title' : sort];
  if (sort !== undefined && sort !== 'relevance') return ORDERS[sort];
  // The title is the first line of what is searched.
  return {
    name: `relevance ${first}`,
    by: "case when search_text like ? then 0 when split_part(search_text, E'\\n', 1) like ? then 1 else 2 end",
    values: [`${first}%`, `%${first}%`],
    direction: 'asc',
  };
}

@QueryHandler(ListSystems)
export class ListSystemsHandler implements IQueryHandler<ListSystems> {
  constructor(private readonly reader: ViewReader) {}

  execute({ request }: ListSystems): Promise<Page<SystemSummary>> {
    const order = orderOf(request);
    return this.reader.list(systemInventory, {
      ...request,
      where: [
        when('level = ?', request.level),
        request.retired === undefined ? null : [request.retired ? 'retired_at is not null' : 'retired_at is null'],
        ...containing(request.q),
      ],
      order: { ...order, direction: request.direction ?? order.direction },
      leaveOut: ['text'],
    });
  }
}

@QueryHandler(ShowSystem)
export class ShowSystemHandler implements IQueryHandler<ShowSystem> {
  constructor(private readonly reader: ViewReader) {}

  execute({ system, asOf }: ShowSystem): Promise<Found<SystemRow>> {
    return this.reader.find(systemInventory, system, asOf);
  }
}

/** What changed in the inventory after one log position, up to another. */
export class CompareSystems extends Query<Page<ChangedRow<SystemRow>>> {
  constructor(
    readonly from: bigint,
    readonly to: bigint,
    readonly request: PageRequest,
  ) {
    super();
  }
}

@QueryHandler(CompareSystems)
export class CompareSystemsHandler implements IQueryHandler<CompareSystems> {
  constructor(private readonly reader: ViewReader) {}

  execute({ from, to, request }: CompareSystems): Promise<Page<ChangedRow<SystemRow>>> {
    return this.reader.changed(systemInventory, from, to, { ...request, where: [] });
  }
}

import { userDecider, type Delegation, type Grant, type UserEvent, type UserRole } from '@sajeon/domain';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { has, subjectOf, type View } from '../host/view.js';
import type { Direction, Found, Page, PageRequest } from '../page.js';
import { ViewReader } from '../reading.js';

/** Somebody who may act, with every grant and delegation there ever was. */
@Entity('view_user_directory')
export class UserRow {
  @PrimaryColumn('text')
  person: string;

  @Column('boolean')
  suspended: boolean;

  /** Agencies for which roles were ever granted or delegated. */
  @Column('text', { array: true })
  agencies: readonly string[];

  @Column('json')
  grants: readonly Grant[];

  @Column('json')
  delegations: readonly Delegation[];

  @Column('bigint')
  revision: string;

  @Column('bigint')
  position: string;
}

export const userDirectory: View<UserRow, UserEvent> = {
  name: 'user-directory',
  version: 1,
  row: UserRow,
  streams: ['user-'],
  keysOf: (event) => [subjectOf(event.stream)],
  apply(event, rows) {
    const key = subjectOf(event.stream);
    const before = rows.get(key);
    if (has(before, event)) return;
    const after = userDecider.evolve(before ? { ...before, user: key } : null, event);
    if (after === null) return;
    const { suspended, grants, delegations } = after;
    const agencies = [...new Set([...grants, ...delegations].map(({ agency }) => agency))];
    const place = { revision: event.revision.toString(), position: event.position.toString() };
    rows.put({ person: key, suspended, agencies, grants, delegations, ...place });
  },
};

export interface UsersRequest extends PageRequest {
  /** Part of the id. */
  readonly q?: string | undefined;
  readonly agency?: string | undefined;
  readonly suspended?: boolean | undefined;
  readonly direction?: Direction | undefined;
}

/** Users by their ids. */
export class ListUsers extends Query<Page<UserRow>> {
  constructor(readonly request: UsersRequest) {
    super();
  }
}

export class ShowUser extends Query<Found<UserRow>> {
  constructor(readonly person: string) {
    super();
  }
}

/** What somebody has passed on, and to whom of the same agency more could be passed on. */
export interface GivenDelegations {
  /** Latest first, ended ones too; `receiver` exercises it, `revision` is that of the receiver's record. */
  readonly given: readonly (Delegation & { readonly receiver: string; readonly revision: string })[];
  /** Who holds roles for the agency on that day by grants of their own. Empty where no agency was asked for. */
  readonly colleagues: readonly Colleague[];
}

export interface Colleague {
  readonly person: string;
  readonly roles: readonly UserRole[];
  readonly revision: string;
}

export class ShowGivenDelegations extends Query<Found<GivenDelegations>> {
  constructor(
    readonly delegator: string,
    /** Whose people the colleagues are. */
    readonly agency: string | null,
    readonly on: string,
  ) {
    super();
  }
}

@QueryHandler(ListUsers)
export class ListUsersHandler implements IQueryHandler<ListUsers> {
  constructor(private readonly reader: ViewReader) {}

  execute({ request }: ListUsers): Promise<Page<UserRow>> {
    const { q, agency, suspended } = request;
    return this.reader.list(userDirectory, {
      ...request,
      where: [
        q === undefined ? null : ['position(lower(?) in lower(person)) > 0', q],
        agency === undefined ? null : ['agencies @> array[?]', agency],
        suspended === undefined ? null : [suspended ? 'suspended' : 'not suspended'],
      ],
      order: { name: 'person', by: 'person', direction: request.direction ?? 'asc' },
    });
  }
}

@QueryHandler(ShowUser)
export class ShowUserHandler implements IQueryHandler<ShowUser> {
  constructor(private readonly reader: ViewReader) {}

  execute({ person }: ShowUser): Promise<Found<UserRow>> {
    return this.reader.find(userDirectory, person);
  }
}

@QueryHandler(ShowGivenDelegations)
export class ShowGivenDelegationsHandler implements IQueryHandler<ShowGivenDelegations> {
  constructor(private readonly reader: ViewReader) {}

  async execute({ delegator, agency, on }: ShowGivenDelegations): Promise<Found<GivenDelegations>> {
    const { rows, position } = await this.reader.ask<GivenDelegations>(userDirectory, [
      `select json_build_object(
         'given', (select coalesce(json_agg(given.shown order by given.shown ->> 'from' desc, given.shown ->> 'delegation'), '[]')
           from (select one.value::jsonb || jsonb_build_object('receiver', person, 'revision', revision::text) as shown
                   from view_user_directory, json_array_elements(delegations) one
                  where one.value ->> 'delegator' = ?) given),
         'colleagues', (select coalesce(json_agg(json_build_object('person', person, 'roles', roles, 'revision', revision::text)
             order by person), '[]')
           from (select person, revision, (select json_agg(distinct role)
                   from json_array_elements(grants) held, json_array_elements_text(held.value -> 'roles') role
                  where held.value ->> 'agency' = ? and not (held.value ->> 'revoked')::boolean
                    and held.value ->> 'from' <= ? and coalesce(held.value ->> 'until', '9999-12-31') >= ?) as roles
                   from view_user_directory where not suspended and person <> ? and agencies @> array[?]) colleague
          where roles is not null)) as shown`,
      ...[delegator, agency, on, on, delegator, agency],
    ]);
    return { row: rows[0] ?? null, position };
  }
}

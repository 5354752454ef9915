import { userDecider, type Delegation, type Grant, type UserEvent } from '@sajeon/domain';
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

import { learnNames, nothingKnown, tell, type KnownNames, type SajeonEvent } from '@sajeon/domain';
import type { JsonObject } from '@sajeon/event-store';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { existing, type View } from '../host/view.js';
import type { Direction, Page, PageRequest } from '../page.js';
import { ViewReader } from '../reading.js';

@Entity('view_timeline')
export class TimelineRow {
  /** `stream@revision`. */
  @PrimaryColumn('text')
  place: string;

  /** UUID of the event. */
  @Column('text')
  event: string;

  @Column('text')
  stream: string;

  @Column('bigint')
  revision: string;

  @Column('bigint')
  position: string;

  @Column('text')
  type: string;

  /** What happened, in a sentence. */
  @Column('text')
  ko: string;

  @Column('text')
  en: string;

  /** Pseudonymous id of the person who acted. */
  @Column('text')
  person: string;

  /** Id of the agency the person acted for. */
  @Column('text')
  agency: string;

  /** When it happened, as the command said. */
  @Column('text')
  at: string;

  /** When the store recorded it. */
  @Column('text')
  recordedAt: string;

  /** In today's shape of the event. */
  @Column('json')
  data: JsonObject;

  /** On the first event of a stream: the names that the stream has given so far, for telling the next one. */
  @Column('json', { select: false, nullable: true })
  names: Names | null;
}

interface Names {
  readonly agencies: readonly (readonly [id: string, name: string])[];
  readonly candidates: readonly (readonly [id: string, name: string])[];
}

export const timeline: View<TimelineRow, SajeonEvent> = {
  name: 'timeline',
  version: 2,
  row: TimelineRow,
  streams: ['consultation-', 'project-', 'system-', 'agency-'],
  keysOf: ({ stream, revision }) => (revision === 0n ? [] : [firstOf(stream)]),
  apply(event, rows) {
    const first = event.revision === 0n ? undefined : existing(rows, firstOf(event.stream));
    const before = knownFrom(first?.names);
    const known = learnNames(before, event);
    const { ko, en } = tell(event, known);
    const place = `${event.stream}@${event.revision}`;
    rows.put({
      place,
      event: event.id,
      stream: event.stream,
      revision: event.revision.toString(),
      position: event.position.toString(),
      type: event.type,
      ko,
      en,
      person: event.data.by.person,
      agency: event.data.by.agency,
      at: event.data.at,
      recordedAt: event.recordedAt,
      // Events are JSON: they came from the store as such.
      data: event.data as unknown as JsonObject,
      names: first === undefined ? namesOf(known) : null,
    });
    if (first !== undefined && known !== before) rows.put({ ...first, names: namesOf(known) });
  },
};

function firstOf(stream: string): string {
  return `${stream}@0`;
}

function knownFrom(names: Names | null | undefined): KnownNames {
  return names ? { agencies: new Map(names.agencies), candidates: new Map(names.candidates) } : nothingKnown;
}

function namesOf({ agencies, candidates }: KnownNames): Names {
  return { agencies: [...agencies], candidates: [...candidates] };
}

export interface TimelineRequest extends PageRequest {
  /** Name of the stream, e.g. `consultation-2026-1`. */
  readonly stream: string;
  /** Oldest first unless given. */
  readonly direction?: Direction | undefined;
}

/** What happened to one consultation, project, system or agency, in words. */
export class ShowTimeline extends Query<Page<TimelineRow>> {
  constructor(readonly request: TimelineRequest) {
    super();
  }
}

@QueryHandler(ShowTimeline)
export class ShowTimelineHandler implements IQueryHandler<ShowTimeline> {
  constructor(private readonly reader: ViewReader) {}

  execute({ request }: ShowTimeline): Promise<Page<TimelineRow>> {
    return this.reader.list(timeline, {
      ...request,
      where: [['stream = ?', request.stream]],
      order: { name: 'revision', by: 'revision', direction: request.direction ?? 'asc' },
    });
  }
}

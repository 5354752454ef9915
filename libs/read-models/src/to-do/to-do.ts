import type { Consultation, ConsultationEvent, OwnerOpinion, ProjectEvent } from '@sajeon/domain';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { stateAfter } from '../consultation-summary.js';
import { existing, has, subjectOf, type Rows, type Stored, type View } from '../host/view.js';
import type { Page, PageRequest } from '../page.js';
import { ViewReader, when } from '../reading.js';

/**
 * What an agency is to do: finish a draft, file or send back one that was put before it, answer a correction request, meet a condition, answer a recommendation or a correction demand, give
 * an opinion on an overlap, agree to an adjustment or refuse it, report the progress of a quarter that has not been reported in time. Rows of
 * kind `case` are what the others are made from, and no list shows them.
 */
export const TASK_KINDS = [
  ...(['draft', 'submission', 'correction', 'condition', 'recommendation', 'demand', 'opinion', 'adjustment'] as const),
  'progress',
] as const;
export type TaskKind = (typeof TASK_KINDS)[number];

/** As what an agency is to do it. */
export const TASK_ROLES = ['applicant', 'applicant-approver', 'owner'] as const;
export type TaskRole = (typeof TASK_ROLES)[number];

@Entity('view_to_do')
export class TaskRow {
  /** `consultation~kind~number`, `project~id~progress~number`. */
  @PrimaryColumn('text')
  place: string;

  @Column('text')
  kind: TaskKind | 'case';

  /** The agency that is to do it, and as what. */
  @Column('text')
  agency: string;

  @Column('text')
  role: TaskRole;

  /** Null for what is to be done about a project as such. */
  @Column('text', { nullable: true })
  consultation: string | null;

  @Column('text')
  project: string;

  /** Of the round, condition, recommendation, demand or joint review; 0 for a draft and for its filing; year and quarter of a progress report, as 20271. */
  @Column('int')
  number: number;

  @Column('text')
  title: string;

  @Column('text')
  applicantName: string;

  @Column('text')
  authorityName: string;

  /** What is asked, in the words of who asks; the system's name for an opinion. */
  @Column('text')
  text: string;

  /** Legal date; null when nothing binds it. */
  @Column('text', { nullable: true })
  dueOn: string | null;

  @Column('text')
  askedAt: string;

  /** When it was done, or need not be done any more. */
  @Column('text', { nullable: true })
  doneAt: string | null;

  @Column('text', { nullable: true })
  done: 'answered' | 'lapsed' | null;

  /** What the owner said. */
  @Column('text', { nullable: true })
  opinion: OwnerOpinion | null;

  /** Revision of the stream's last event that concerns it. */
  @Column('bigint')
  revision: string;

  @Column('bigint')
  position: string;

  @Column('json', { select: false, nullable: true })
  state: Consultation | null;

  /** Of a `case`: the tasks that are open. */
  @Column('json', { select: false, nullable: true })
  open: readonly TaskRow[] | null;
}

/** Acts that do a task; a task that goes with any other has lapsed. */
const DOES: ReadonlySet<ConsultationEvent['type']> = new Set<ConsultationEvent['type']>([
  'submission-requested',
  'draft-sent-back',
  'consultation-submitted',
  'response-submitted',
  'owner-opinion-submitted',
  'task-adjustment-agreed',
  'task-adjustment-proposed',
  'action-result-submitted',
  'condition-fulfilled',
  'recommendation-answered',
  'correction-demand-answered',
]);

export const toDo: View<TaskRow, ConsultationEvent | ProjectEvent> = {
  name: 'to-do',
  version: 2,
  row: TaskRow,
  streams: ['consultation-', 'project-'],
  keysOf: (event) => [isOfProject(event) ? `project~${subjectOf(event.stream)}` : subjectOf(event.stream)],
  apply(event, rows) {
    if (isOfProject(event)) {
      reportProgress(event, rows);
      return;
    }
    const id = subjectOf(event.stream);
    const before = rows.get(id);
    if (has(before, event)) return;
    const state = stateAfter(before?.state ?? undefined, event);
    const base = {
      ...{ consultation: id, project: state.project },
      // A change that is reported after the decision was not what was decided upon.
      title: 'plan' in event.data && state.letters.length === 0 ? event.data.plan.content.title : (before?.title ?? ''),
      applicantName: state.applicant.name,
      authorityName: state.authority.name,
      revision: event.revision.toString(),
      position: event.position.toString(),
    };
    const waited = before?.open ?? [];
    const open = tasksOf(state).map((task): TaskRow => {
      const place = `${id}~${task.kind}~${task.number}`;
      const earlier = waited.find((other) => other.place === place);
      const now = { ...task, place, title: base.title, authorityName: base.authorityName };
      if (earlier !== undefined && sameTask(earlier, now)) return earlier;
      return {
        ...base,
        ...now,
        askedAt: earlier?.askedAt ?? event.data.at,
        ...{ doneAt: null, done: null, opinion: null, state: null, open: null },
      };
    });
    rows.put({
      ...base,
      ...{ place: id, kind: 'case', agency: '', role: 'applicant', number: 0, text: '', dueOn: null },
      ...{ askedAt: event.data.at, doneAt: null, done: null, opinion: null, state, open },
    });
    for (const task of open) if (!waited.includes(task)) rows.put(task);
    for (const task of waited) {
      if (open.some(({ place }) => place === task.place)) continue;
      const review = task.kind === 'opinion' ? state.jointReviews.find(({ number }) => number === task.number) : undefined;
      rows.put({
        ...task,
        ...{ revision: base.revision, position: base.position, doneAt: event.data.at },
        done: DOES.has(event.type) ? 'answered' : 'lapsed',
        opinion: review?.opinion?.opinion ?? null,
      });
    }
  },
};

function isOfProject(event: Stored<ConsultationEvent | ProjectEvent>): event is Stored<ProjectEvent> {
  return event.stream.startsWith('project-');
}

/** A quarter that was missed waits for its agency until it is reported or the project is given up. */
function reportProgress(event: Stored<ProjectEvent>, rows: Rows<TaskRow>): void {
  const id = subjectOf(event.stream);
  const place = `project~${id}`;
  const before = event.type === 'project-planned' ? undefined : existing(rows, place);
  if (has(before ?? rows.get(place), event)) return;
  const { at } = event.data;
  const now = { revision: event.revision.toString(), position: event.position.toString() };
  const none = { doneAt: null, done: null, opinion: null, state: null, open: null };
  if (before === undefined) {
    if (event.type !== 'project-planned') return;
    const { agency, plan } = event.data;
    rows.put({
      ...{ place, kind: 'case', agency, role: 'applicant', consultation: null, project: id, number: 0 },
      ...{ title: plan.content.title, applicantName: agency, authorityName: '', text: '', dueOn: null, askedAt: at },
      ...{ ...none, open: [], ...now },
    });
    return;
  }
  const { agency, title, open } = before;
  const waiting = open ?? [];
  const close = (done: readonly TaskRow[], how: TaskRow['done']): void => {
    for (const task of done) rows.put({ ...task, ...now, doneAt: at, done: how });
    rows.put({ ...before, ...now, open: waiting.filter((task) => !done.includes(task)) });
  };
  switch (event.type) {
    case 'progress-report-missed': {
      const { year, quarter, dueOn } = event.data;
      const number = year * 10 + quarter;
      const task: TaskRow = {
        ...{
          place: `${place}~progress~${number}`,
          kind: 'progress',
          agency,
          role: 'applicant',
          consultation: null,
          project: id,
          number,
        },
        ...{
          title,
          applicantName: before.applicantName,
          authorityName: '',
          text: `${year}년 ${quarter}분기`,
          dueOn,
          askedAt: at,
        },
        ...{ ...none, ...now },
      };
      rows.put(task);
      rows.put({ ...before, ...now, open: [...waiting, task] });
      return;
    }
    case 'progress-recorded':
      close(
        waiting.filter(({ number }) => number === event.data.year * 10 + event.data.quarter),
        'answered',
      );
      return;
    case 'project-abandoned':
      close(waiting, 'lapsed');
      return;
    case 'plan-revised':
      rows.put({ ...before, ...now, title: event.data.plan.content.title });
      return;
    case 'procurement-recorded':
      rows.put({ ...before, ...now, applicantName: event.data.orderer.name });
      return;
    default:
      rows.put({ ...before, ...now });
  }
}

type Task = Pick<TaskRow, 'kind' | 'agency' | 'role' | 'number' | 'text' | 'dueOn'>;

function tasksOf(state: Consultation): readonly Task[] {
  const applicant = { agency: state.applicant.id, role: 'applicant' as const };
  if (state.phase === 'draft') return [draftOf(state, applicant)];
  const round = state.openRound;
  const corrections: Task[] =
    round === null
      ? []
      : [
          {
            ...applicant,
            ...{ kind: 'correction', number: state.rounds, dueOn: round.respondBy },
            text: round.items.map(({ text }) => text).join('\n'),
          },
        ];
  const conditions = state.obligations
    .filter(({ status, waiver }) => status === 'open' && waiver === null)
    .map(({ number, text, dueOn }): Task => ({ ...applicant, kind: 'condition', number, text, dueOn }));
  const recommendations = state.recommendations
    .filter(({ answer }) => answer === null)
    .map(({ number, text, answerBy }): Task => ({ ...applicant, kind: 'recommendation', number, text, dueOn: answerBy }));
  const demands = state.demands
    .filter(({ answer }) => answer === null)
    .map(({ number, text, answerBy }): Task => ({ ...applicant, kind: 'demand', number, text, dueOn: answerBy }));
  const over = state.documentNumber !== null || state.endedBecause !== null;
  const reviews = over ? [] : state.jointReviews.filter(({ conclusion }) => conclusion === null);
  const opinions = reviews
    .filter(({ opinion }) => opinion === null)
    .map(({ number, owner, candidate, dueOn }): Task => {
      const named = [...(state.screening?.candidates ?? []), ...state.added].find(({ id }) => id === candidate);
      return { agency: owner.id, role: 'owner', kind: 'opinion', number, text: named?.name ?? candidate, dueOn };
    });
  const adjustments = reviews.flatMap(({ number, owner, adjustment, dueOn }): Task[] => {
    if (adjustment === null || adjustment.agreed) return [];
    // Whoever proposed it waits for the other.
    const other = adjustment.agency === state.applicant.id ? { agency: owner.id, role: 'owner' as const } : applicant;
    return [{ ...other, kind: 'adjustment', number, text: adjustment.adjustment, dueOn }];
  });
  return [...corrections, ...conditions, ...recommendations, ...demands, ...opinions, ...adjustments];
}

/** A draft waits for whoever writes it, with what the approver said about it, or for the approver once it was put before them. */
function draftOf({ signOff }: Consultation, applicant: Pick<Task, 'agency' | 'role'>): Task {
  const one = { ...applicant, number: 0, dueOn: null };
  if (signOff != null && signOff.requested !== null) return { ...one, role: 'applicant-approver', kind: 'submission', text: '' };
  return { ...one, kind: 'draft', text: signOff?.sentBack?.reason ?? '' };
}

function sameTask(a: TaskRow, b: Task & { readonly title: string; readonly authorityName: string }): boolean {
  const said = ({ agency, text, dueOn, title, authorityName }: typeof b) =>
    [agency, text, dueOn, title, authorityName].join('\n');
  return said(a as typeof b) === said(b);
}

export interface ToDoRequest extends PageRequest {
  /** Whose tasks, and in which roles the person may act for it. */
  readonly agency: string;
  readonly roles: readonly TaskRow['role'][];
  readonly kind?: TaskKind | undefined;
  /** Only open ones, only those done or lapsed; both when absent. */
  readonly open?: boolean | undefined;
  readonly consultation?: string | undefined;
  /** Legal date by which `late` is judged. */
  readonly on: string;
}

export type Dated = { readonly late: boolean };

/** 할 일: what waits for an agency, earliest due first; then what has no date, then what is done, newest first. */
export class ListToDo extends Query<Page<TaskRow & Dated>> {
  constructor(readonly request: ToDoRequest) {
    super();
  }
}

@QueryHandler(ListToDo)
export class ListToDoHandler implements IQueryHandler<ListToDo> {
  constructor(private readonly reader: ViewReader) {}

  async execute({ request }: ListToDo): Promise<Page<TaskRow & Dated>> {
    const { agency, roles, kind, open, consultation, on } = request;
    const page = await this.reader.list(toDo, {
      ...request,
      where: [
        [`kind <> 'case'`],
        ['agency = ?', agency],
        ['role = any(?)', roles],
        when('kind = ?', kind),
        when('consultation = ?', consultation),
        open === undefined ? null : [open ? 'done_at is null' : 'done_at is not null'],
      ],
      also: { late: ['coalesce(done_at is null and due_on < ?, false)', on] },
      order: {
        name: 'due',
        // Done tasks after all others, the newest first: digits of the moment taken from nine.
        by: `case when done_at is null then '1' || coalesce(due_on, '9999-12-31') else '2' || translate(done_at, '0123456789', '9876543210') end`,
        direction: 'asc',
      },
    });
    // What `also` has computed for every row.
    return page as Page<TaskRow & Dated>;
  }
}

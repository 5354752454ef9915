import type {
  AgencyAsNamed,
  Assessment,
  AwardGranted,
  BudgetReflected,
  Consultation,
  ConsultationEvent,
  ConsultationOmissionDetected,
  Outcome,
  PerformanceMeasured,
  Phase,
  ProcurementRecorded,
  ProgressRecorded,
  ProgressReportMissed,
  ProjectEvent,
} from '@sajeon/domain';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { stateAfter } from '../consultation-summary.js';
import { existing, has, subjectOf, type Stored, type View } from '../host/view.js';
import { MAX_PAGE, type Found } from '../page.js';
import { ViewReader } from '../reading.js';

/** What an event says without who acted for which agency: the thread tells what happened, the timeline who did it. */
type Said<Event extends { readonly data: object }> = Omit<Event['data'], 'by'>;

/** The life of one project beside its consultations. Every list is in the order in which it was recorded. */
export interface ProjectDocument {
  readonly agency: string;
  readonly title: string;
  readonly plannedAt: string;
  readonly abandoned: { readonly at: string; readonly reason: string } | null;
  readonly plans: readonly { readonly version: number; readonly hash: string; readonly at: string }[];
  readonly assessments: readonly (Pick<Assessment, 'on' | 'target' | 'track' | 'ruleSet'> & { readonly at: string })[];
  /** `adjustedKrw`: what was asked for less what was given. */
  readonly budgets: readonly (Said<BudgetReflected> & { readonly adjustedKrw: number })[];
  readonly orders: readonly Said<ProcurementRecorded>[];
  readonly omissions: readonly Said<ConsultationOmissionDetected>[];
  readonly progress: readonly Said<ProgressRecorded>[];
  /** Quarters that were not reported by their day, also those that were later. */
  readonly missed: readonly Said<ProgressReportMissed>[];
  readonly performance: readonly Said<PerformanceMeasured>[];
  readonly awards: readonly Said<AwardGranted>[];
}

/** One round of review as a step of the thread. */
export interface ThreadConsultation {
  readonly consultation: string;
  readonly applicant: AgencyAsNamed;
  readonly authority: AgencyAsNamed;
  readonly phase: Phase;
  readonly planVersion: number;
  readonly planHash: string;
  readonly draftedAt: string;
  readonly submittedAt: string | null;
  readonly receivedAt: string | null;
  /** Every letter: an amended decision has one of its own. */
  readonly letters: readonly {
    readonly at: string;
    readonly documentNumber: string;
    readonly outcome: Outcome;
    readonly conditions: number;
  }[];
  /** Conditions that are neither fulfilled nor waived. */
  readonly openConditions: number;
}

/** A project, or one consultation of it. */
@Entity('view_project_thread')
export class ThreadRow {
  /** `project:id` or `consultation:id`. */
  @PrimaryColumn('text')
  place: string;

  @Column('text')
  project: string;

  @Column('json')
  document: ProjectDocument | ThreadConsultation;

  /** What a consultation's document is made from. */
  @Column('json', { select: false, nullable: true })
  state: Consultation | null;

  @Column('bigint')
  revision: string;

  @Column('bigint')
  position: string;
}

export const projectThread: View<ThreadRow, ProjectEvent | ConsultationEvent> = {
  name: 'project-thread',
  version: 2,
  row: ThreadRow,
  streams: ['project-', 'consultation-'],
  keysOf: (event) => [placeOf(event.stream)],
  apply(event, rows) {
    const key = placeOf(event.stream);
    const before = rows.get(key);
    if (has(before, event)) return;
    const place = { place: key, revision: event.revision.toString(), position: event.position.toString() };
    if (isOfProject(event)) {
      const document = event.type === 'project-planned' ? undefined : existing(rows, key).document;
      // The row's key says which of the two documents it holds.
      const next = projectAfter(document as ProjectDocument | undefined, event);
      rows.put({ ...place, project: subjectOf(event.stream), document: next, state: null });
      return;
    }
    const state = stateAfter(before?.state ?? undefined, event);
    const document = consultationAfter(before?.document as ThreadConsultation | undefined, state, event);
    rows.put({ ...place, project: state.project, document, state });
  },
};

function isOfProject(event: Stored<ProjectEvent | ConsultationEvent>): event is Stored<ProjectEvent> {
  return event.stream.startsWith('project-');
}

function placeOf(stream: string): string {
  return stream.replace('-', ':');
}

function projectAfter(before: ProjectDocument | undefined, event: Stored<ProjectEvent>): ProjectDocument {
  if (event.type === 'project-planned') {
    const { agency, plan, at } = event.data;
    return {
      ...{ agency, title: plan.content.title, plannedAt: at, abandoned: null },
      plans: [{ version: plan.version, hash: plan.hash, at }],
      ...{ assessments: [], budgets: [], orders: [], omissions: [], progress: [], missed: [], performance: [], awards: [] },
    };
  }
  if (before === undefined) throw new Error(`${event.stream} does not begin with its plan`);
  switch (event.type) {
    case 'plan-revised': {
      const { plan, at } = event.data;
      const plans = [...before.plans, { version: plan.version, hash: plan.hash, at }];
      return { ...before, title: plan.content.title, plans };
    }
    case 'project-abandoned':
      return { ...before, abandoned: { at: event.data.at, reason: event.data.reason } };
    case 'eligibility-assessed': {
      const { on, target, track, ruleSet, at } = event.data;
      return { ...before, assessments: [...before.assessments, { on, target, track, ruleSet, at }] };
    }
    case 'budget-reflected': {
      const { by: _, ...said } = event.data;
      const adjustedKrw = said.requestedKrw - said.reflectedKrw;
      return { ...before, budgets: [...before.budgets, { ...said, adjustedKrw }] };
    }
    case 'procurement-recorded': {
      const { by: _, ...said } = event.data;
      return { ...before, orders: [...before.orders, said] };
    }
    case 'consultation-omission-detected': {
      const { by: _, ...said } = event.data;
      return { ...before, omissions: [...before.omissions, said] };
    }
    case 'progress-recorded': {
      const { by: _, ...said } = event.data;
      return { ...before, progress: [...before.progress, said] };
    }
    case 'progress-report-missed': {
      const { by: _, ...said } = event.data;
      return { ...before, missed: [...before.missed, said] };
    }
    case 'performance-measured': {
      const { by: _, ...said } = event.data;
      return { ...before, performance: [...before.performance, said] };
    }
    case 'award-granted': {
      const { by: _, ...said } = event.data;
      return { ...before, awards: [...before.awards, said] };
    }
    default:
      return event satisfies never;
  }
}

function consultationAfter(
  before: ThreadConsultation | undefined,
  state: Consultation,
  event: Stored<ConsultationEvent>,
): ThreadConsultation {
  const { consultation, applicant, authority, phase, plan, obligations } = state;
  const dates = before ?? { draftedAt: event.data.at, submittedAt: null, receivedAt: null, letters: [] };
  return {
    ...{ consultation, applicant, authority, phase, planVersion: plan.version, planHash: plan.hash },
    draftedAt: dates.draftedAt,
    submittedAt: event.type === 'consultation-submitted' ? event.data.at : dates.submittedAt,
    receivedAt: event.type === 'consultation-received' ? event.data.at : dates.receivedAt,
    letters: event.type === 'result-notified' ? [...dates.letters, letterOf(event)] : dates.letters,
    openConditions: obligations.filter(({ status }) => status === 'open' || status === 'submitted').length,
  };
}

function letterOf({ data }: Extract<Stored<ConsultationEvent>, { readonly type: 'result-notified' }>) {
  const { at, documentNumber, outcome, conditions } = data;
  return { at, documentNumber, outcome, conditions: conditions.length };
}

/** A project from its plan to its performance, with every consultation about it in the order in which they were drafted. */
export interface ProjectThread extends ProjectDocument {
  readonly project: string;
  readonly consultations: readonly ThreadConsultation[];
  readonly revision: string;
}

export class ShowProjectThread extends Query<Found<ProjectThread>> {
  constructor(readonly project: string) {
    super();
  }
}

@QueryHandler(ShowProjectThread)
export class ShowProjectThreadHandler implements IQueryHandler<ShowProjectThread> {
  constructor(private readonly reader: ViewReader) {}

  async execute({ project }: ShowProjectThread): Promise<Found<ProjectThread>> {
    const { rows, position } = await this.reader.list(projectThread, {
      limit: MAX_PAGE,
      where: [['project = ?', project]],
      order: { name: 'thread', by: "coalesce(document->>'draftedAt', '')", direction: 'asc' },
    });
    const own = rows.find(({ place }) => place === `project:${project}`);
    if (own === undefined) return { row: null, position };
    const consultations = rows.filter(({ place }) => place.startsWith('consultation:'));
    return {
      position,
      row: {
        ...(own.document as ProjectDocument),
        ...{ project, revision: own.revision },
        consultations: consultations.map(({ document }) => document as ThreadConsultation),
      },
    };
  }
}

import {
  consultationDecider,
  legalDateOf,
  type AgencyTier,
  type Consultation,
  type ConsultationEvent,
  type Phase,
  type PlanContent,
  type PlanVersion,
} from '@sajeon/domain';
import { Column, PrimaryColumn } from 'typeorm';
import {
  CLOCK_MAY_MOVE,
  clockAgain,
  ClockDates,
  clockDates,
  courseAfter,
  rulesAndCalendar,
  type Course,
  type RulesAndCalendar,
} from './case-clock.js';
import type { Memory, Stored } from './host/view.js';
import { searchable } from './search.js';

/** Whose turn it is. */
export type BallHolder = 'applicant' | 'authority';

/** Null when the case is closed and nobody need act. */
export function heldBy({ phase, obligations }: Consultation): BallHolder | null {
  switch (phase) {
    case 'draft':
    case 'awaiting-applicant':
      return 'applicant';
    case 'submitted':
    case 'received':
    case 'under-review':
    case 'pending-approval':
    case 'approved':
    case 'objection':
      return 'authority';
    case 'follow-up':
      // Several conditions may wait for both sides; what has been handed in goes first.
      return obligations.some(({ status, waiver }) => status === 'submitted' || waiver !== null) ? 'authority' : 'applicant';
    case 'notified':
    case 'closed':
    case 'returned':
    case 'withdrawn':
      return null;
  }
}

/** How a list of consultations follows the rules and the calendar, which may move the clock of every open case. */
export function followingTheClock<Row extends ConsultationSummary>(): Memory<Row, RulesAndCalendar> {
  return { ...rulesAndCalendar, touched: CLOCK_MAY_MOVE, again: clockAgain };
}

/** What every list of consultations shows. Names are those of the events: as they were when the case was drafted. */
export abstract class ConsultationSummary extends ClockDates {
  @PrimaryColumn('text')
  consultation: string;

  @Column('text')
  project: string;

  @Column('text')
  title: string;

  @Column('text')
  applicant: string;

  @Column('text')
  applicantName: string;

  @Column('text')
  applicantTier: AgencyTier;

  @Column('text')
  authority: string;

  @Column('text')
  authorityName: string;

  @Column('text')
  status: Phase;

  /** Whose turn it is; null when the case is closed. */
  @Column('text', { nullable: true })
  holder: BallHolder | null;

  /** 주심: pseudonymous id of the person; null while nobody is assigned. */
  @Column('text', { nullable: true })
  lead: string | null;

  /** Whole won in decimal; null when the plan does not say. */
  @Column('bigint', { nullable: true })
  budgetKrw: string | null;

  /** Version of the plan as it reads now. */
  @Column('int')
  planVersion: number;

  @Column('text', { nullable: true })
  submittedAt: string | null;

  /** The correction round that waits for an answer. */
  @Column('int', { nullable: true })
  openRound: number | null;

  /** Legal date by which the open round is to be answered. */
  @Column('text', { nullable: true })
  respondBy: string | null;

  /** When the last event happened. */
  @Column('text')
  updatedAt: string;

  /** Revision of the stream's last event. */
  @Column('bigint')
  revision: string;

  /** Position of the stream's last event. */
  @Column('bigint')
  position: string;

  /** What the domain's own fold makes of the events: the rules about phases and settlements are written there only. */
  @Column('json', { select: false })
  state: Consultation;

  /** The events that move the clock. */
  @Column('json', { select: false })
  course: Course;

  @Column('text', { select: false })
  searchText: string;

  @Column('tsvector', { select: false })
  grams: string;
}

/** The case after one more event of its stream. `before` is undefined for the first. */
export function summaryAfter(
  before: ConsultationSummary | undefined,
  event: Stored<ConsultationEvent>,
  known: RulesAndCalendar = rulesAndCalendar.initial,
): ConsultationSummary {
  const state = stateAfter(before?.state, event);
  const course = courseAfter(before?.course ?? [], event);
  const now = {
    ...clockDates(course, legalDateOf(event.data.at), known),
    course,
    status: state.phase,
    holder: heldBy(state),
    planVersion: state.plan.version,
    lead: state.lead?.person ?? null,
    authority: state.authority.id,
    authorityName: state.authority.name,
    openRound: state.openRound === null ? null : state.rounds,
    respondBy: state.openRound?.respondBy ?? null,
    updatedAt: event.data.at,
    revision: event.revision.toString(),
    position: event.position.toString(),
    state,
  };
  switch (event.type) {
    case 'consultation-drafted': {
      const { consultation, project, plan, applicant, authority } = event.data;
      return {
        ...now,
        consultation,
        project,
        applicant: applicant.id,
        applicantName: applicant.name,
        applicantTier: applicant.tier,
        authority: authority.id,
        authorityName: authority.name,
        submittedAt: null,
        ...planned(plan.content, consultation, applicant.name),
      };
    }
    case 'draft-revised':
    case 'consultation-submitted':
    case 'response-submitted': {
      const row = existingRow(before);
      return {
        ...row,
        ...now,
        submittedAt: event.type === 'consultation-submitted' ? event.data.at : row.submittedAt,
        // Filing a plan as it stands says nothing new.
        ...(event.data.plan.hash === row.state.plan.hash
          ? {}
          : planned(event.data.plan.content, row.consultation, row.applicantName)),
      };
    }
    default:
      return { ...existingRow(before), ...now };
  }
}

/** The domain's fold, without the text of the plan, which no rule reads and every row would carry. */
export function stateAfter(before: Consultation | undefined, event: Stored<ConsultationEvent>): Consultation {
  const state = consultationDecider.evolve(before ?? consultationDecider.initialState, event);
  if (state === null) throw new Error(`${event.stream} begins with ${event.type}`);
  const withoutText = (plan: PlanVersion) => ({ ...plan, content: NO_CONTENT });
  return { ...state, plan: withoutText(state.plan), looked: state.looked.map(withoutText) };
}

const NO_CONTENT: PlanContent = {
  title: '',
  purpose: '',
  functions: [],
  users: [],
  data: [],
  technologies: [],
  text: '',
  budgetKrw: null,
  orderPlannedOn: null,
};

function existingRow<Row>(row: Row | undefined): Row {
  if (row === undefined) throw new Error('the event that creates the row has not been applied');
  return row;
}

function planned(content: PlanContent, consultation: string, applicantName: string) {
  return {
    title: content.title,
    budgetKrw: content.budgetKrw === null ? null : content.budgetKrw.toString(),
    ...searchable([content.title, applicantName, consultation, content.purpose]),
  };
}

import {
  lastDayOf,
  legalDateOf,
  standingSettlement,
  type AgencyTier,
  type Consultation,
  type ConsultationEvent,
  type NamedCandidate,
  type Obligation,
  type Outcome,
  type PerformanceFinding,
  type OverlapRelation,
  type ProjectEvent,
  type ProjectKind,
  type ReviewTrack,
} from '@sajeon/domain';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import {
  CLOCK_MAY_MOVE,
  clockAgain,
  ClockDates,
  clockDates,
  courseAfter,
  rulesAndCalendar,
  type Course,
  type RulesAndCalendar,
} from '../case-clock.js';
import { stateAfter } from '../consultation-summary.js';
import { existing, has, subjectOf, type Rows, type Stored, type View } from '../host/view.js';

/** What a row is about. The others name their case (or project) and are counted with what its row says. */
export type Grain = 'case' | 'overlap' | 'condition' | 'project' | 'omission' | 'progress' | 'performance';

/**
 * One fact. A `case` row carries what cases are divided by and every date of its course, so that any number of any day is counted from it;
 * `overlap` and `condition` rows are parts of a case; a `project` row says of which kind a project is, an `omission` row that it was ordered
 * without a decision that covers the order, a `progress` row what was reported of a quarter or that nothing was, a `performance` row what was
 * measured.
 */
@Entity('view_statistics')
export class FactRow extends ClockDates {
  /** The consultation's id; `id~overlap~candidate`, `id~condition~number`, `~project~id`, `~project~id~omission~number`, `~project~id~progress~quarter`, `~project~id~performance~day~of` for the others. */
  @PrimaryColumn('text')
  place: string;

  @Column('text')
  grain: Grain;

  @Column('text')
  consultation: string;

  @Column('text')
  project: string;

  @Column('text', { nullable: true })
  title: string | null;

  @Column('text', { nullable: true })
  applicant: string | null;

  @Column('text', { nullable: true })
  applicantName: string | null;

  @Column('text', { nullable: true })
  tier: AgencyTier | null;

  @Column('text', { nullable: true })
  authority: string | null;

  @Column('text', { nullable: true })
  authorityName: string | null;

  @Column('text', { nullable: true })
  lead: string | null;

  @Column('text', { nullable: true })
  track: ReviewTrack | null;

  /** Of an omission: when it was ordered. Of progress: the last day of the quarter. Of performance: when it was measured. */
  @Column('text', { nullable: true })
  filedOn: string | null;

  /** Of the standing letter, or how it ended without one; null while it is open. */
  @Column('text', { nullable: true })
  outcome: Outcome | 'RETURNED' | 'WITHDRAWN' | null;

  /** As first filed. Whole won. */
  @Column('bigint', { nullable: true })
  requestedKrw: string | null;

  /** Of the plan that the standing letter decided upon. */
  @Column('bigint', { nullable: true })
  agreedKrw: string | null;

  @Column('int', { nullable: true })
  rounds: number | null;

  @Column('int', { nullable: true })
  delayNotices: number | null;

  @Column('int', { nullable: true })
  objections: number | null;

  /** Objections that led to an amended decision. */
  @Column('int', { nullable: true })
  reversals: number | null;

  /** Material changes after the decision that need another consultation. */
  @Column('int', { nullable: true })
  materialChanges: number | null;

  // Of an overlap.
  @Column('text', { nullable: true })
  candidate: string | null;

  @Column('text', { nullable: true })
  candidateName: string | null;

  @Column('text', { nullable: true })
  candidateAgency: string | null;

  @Column('text', { nullable: true })
  candidateKind: 'system' | 'plan' | null;

  @Column('double precision', { nullable: true })
  probability: number | null;

  @Column('boolean', { nullable: true })
  flagged: boolean | null;

  @Column('text', { nullable: true })
  settled: 'confirmed' | 'dismissed' | null;

  @Column('text', { nullable: true })
  relation: OverlapRelation | null;

  /** Words that the functions of both have in common, as the evidence tells them; each once. */
  @Column('text', { array: true, nullable: true })
  functionTerms: string[] | null;

  // Of a condition.
  @Column('text', { nullable: true })
  status: Obligation['status'] | null;

  @Column('text', { nullable: true })
  conditionDueOn: string | null;

  @Column('boolean', { nullable: true })
  planned: boolean | null;

  /** Day on which it was found fulfilled, waived or lapsed. */
  @Column('text', { nullable: true })
  settledOn: string | null;

  @Column('int', { nullable: true })
  recommendations: number | null;

  @Column('int', { nullable: true })
  recommendationsAnswered: number | null;

  // Of a project.
  @Column('text', { nullable: true })
  projectKind: ProjectKind | null;

  /** 신규 (true) or 계속 (false). */
  @Column('boolean', { nullable: true })
  isNew: boolean | null;

  @Column('int', { nullable: true })
  awards: number | null;

  // Of the progress of a quarter; the first two are null where nothing was reported by the day of the rules.
  @Column('double precision', { nullable: true })
  plannedPercent: number | null;

  @Column('double precision', { nullable: true })
  donePercent: number | null;

  @Column('int', { nullable: true })
  daysLate: number | null;

  // Of a measurement.
  @Column('double precision', { nullable: true })
  score: number | null;

  @Column('text', { nullable: true })
  performance: PerformanceFinding | null;

  @Column('text')
  updatedAt: string;

  @Column('bigint')
  revision: string;

  @Column('bigint')
  position: string;

  @Column('json', { nullable: true, select: false })
  state: Consultation | null;

  @Column('json', { select: false })
  course: Course;
}

export const statistics: View<FactRow, ConsultationEvent | ProjectEvent, RulesAndCalendar> = {
  name: 'statistics',
  version: 3,
  row: FactRow,
  streams: ['consultation-', 'project-'],
  memory: { ...rulesAndCalendar, touched: `grain = 'case' and ${CLOCK_MAY_MOVE}`, again: clockAgain },
  keysOf: (event) => {
    const subject = subjectOf(event.stream);
    if (event.stream.startsWith('project-')) return [projectPlace(subject)];
    return SETTLES.has(event.type) && 'candidate' in event.data
      ? [subject, overlapPlace(subject, String(event.data.candidate))]
      : [subject];
  },
  apply(event, rows, known = rulesAndCalendar.initial) {
    // A stream holds events of its own kind only: no other decider writes to it.
    if (event.stream.startsWith('project-')) applyToProject(event as Stored<ProjectEvent>, rows);
    else applyToCase(event as Stored<ConsultationEvent>, rows, known);
  },
};

function applyToProject(event: Stored<ProjectEvent>, rows: Rows<FactRow>): void {
  const project = subjectOf(event.stream);
  const before = rows.get(projectPlace(project));
  if (has(before, event)) return;
  const row: FactRow = { ...NOTHING, ...before, ...partOf('', project, event), place: projectPlace(project), grain: 'project' };
  switch (event.type) {
    case 'project-planned':
      return rows.put({ ...row, applicant: event.data.agency, title: event.data.plan.content.title });
    case 'eligibility-assessed':
      return rows.put({ ...row, projectKind: event.data.facts.kind, isNew: event.data.facts.isNew });
    case 'consultation-omission-detected': {
      const { omission, orderer, authority, orderedOn, consultation } = event.data;
      rows.put({
        ...NOTHING,
        ...partOf(consultation ?? '', project, event),
        ...{ place: `${projectPlace(project)}~omission~${omission}`, grain: 'omission', title: row.title },
        ...{ applicant: orderer.id, applicantName: orderer.name, tier: orderer.tier },
        ...{ authority: authority?.id ?? null, authorityName: authority?.name ?? null },
        filedOn: orderedOn,
      });
      return rows.put(row);
    }
    case 'procurement-recorded':
      return rows.put({ ...row, applicantName: event.data.orderer.name, tier: event.data.orderer.tier });
    case 'award-granted':
      return rows.put({ ...row, awards: (row.awards ?? 0) + 1 });
    case 'progress-report-missed':
    case 'progress-recorded': {
      const { year, quarter } = event.data;
      const said = event.type === 'progress-recorded' ? event.data : { plannedPercent: null, donePercent: null, daysLate: null };
      const { plannedPercent, donePercent, daysLate } = said;
      rows.put({
        ...partOfProject(row, project, event),
        ...{ place: `${projectPlace(project)}~progress~${year}-${quarter}`, grain: 'progress' },
        ...{ filedOn: lastDayOf(year, quarter), plannedPercent, donePercent, daysLate },
      });
      return rows.put(row);
    }
    case 'performance-measured': {
      const { measuredOn, of, score, finding } = event.data;
      rows.put({
        ...partOfProject(row, project, event),
        ...{ place: `${projectPlace(project)}~performance~${measuredOn}~${of}`, grain: 'performance' },
        ...{ filedOn: measuredOn, score, performance: finding },
      });
      return rows.put(row);
    }
    default:
      return rows.put(row);
  }
}

function partOfProject({ title, applicant, applicantName, tier }: FactRow, project: string, event: Stored<ProjectEvent>) {
  return { ...NOTHING, ...partOf('', project, event), title, applicant, applicantName, tier };
}

function applyToCase(event: Stored<ConsultationEvent>, rows: Rows<FactRow>, known: RulesAndCalendar): void {
  const id = subjectOf(event.stream);
  const before = rows.get(id);
  if (has(before, event)) return;
  const state = stateAfter(before?.state ?? undefined, event);
  const course = courseAfter(before?.course ?? [], event);
  const on = legalDateOf(event.data.at);
  const dates = clockDates(course, on, known);
  // What is reported after the letter was not decided upon.
  const plan = 'plan' in event.data && state.letters.length === 0 ? event.data.plan.content : null;
  const planned = plan === null ? (before?.agreedKrw ?? null) : won(plan.budgetKrw);
  const row: FactRow = {
    ...NOTHING,
    ...dates,
    ...partOf(id, state.project, event),
    ...{ place: id, grain: 'case' as const, state, course },
    title: plan?.title ?? before?.title ?? null,
    applicant: state.applicant.id,
    applicantName: state.applicant.name,
    tier: state.applicant.tier,
    authority: state.authority.id,
    authorityName: state.authority.name,
    lead: state.lead?.person ?? null,
    track: state.course?.track ?? null,
    filedOn: before?.filedOn ?? (event.type === 'consultation-submitted' ? on : null),
    outcome: outcomeOf(state),
    requestedKrw: event.type === 'consultation-submitted' ? planned : (before?.requestedKrw ?? null),
    agreedKrw: planned,
    rounds: state.rounds,
    delayNotices: (before?.delayNotices ?? 0) + (event.type === 'delay-notified' ? 1 : 0),
    objections: state.objections,
    reversals: (before?.reversals ?? 0) + (event.type === 'objection-upheld' ? 1 : 0),
    materialChanges: state.changes.filter(({ reConsultation }) => reConsultation).length,
  };
  rows.put(row);
  applyToOverlaps(event, state, before?.state ?? null, rows);
  for (const obligation of state.obligations) {
    const earlier = before?.state?.obligations.find(({ number }) => number === obligation.number);
    const recommended = state.recommendations.filter(({ condition }) => condition === obligation.number);
    const asked = before?.state?.recommendations.filter(({ condition }) => condition === obligation.number);
    if (same(earlier, obligation) && same(asked, recommended)) continue;
    rows.put({
      ...NOTHING,
      ...partOf(id, state.project, event),
      ...{ place: `${id}~condition~${obligation.number}`, grain: 'condition' },
      status: obligation.status,
      conditionDueOn: obligation.dueOn,
      planned: obligation.plan !== null,
      settledOn: SETTLED.has(obligation.status) ? on : null,
      recommendations: recommended.length,
      recommendationsAnswered: recommended.filter(({ answer }) => answer !== null).length,
    });
  }
}

/** Candidates come with a screening or by hand, and are confirmed or dismissed one by one. */
function applyToOverlaps(
  event: Stored<ConsultationEvent>,
  state: Consultation,
  before: Consultation | null,
  rows: Rows<FactRow>,
): void {
  const { consultation, project } = state;
  const overlap = (candidate: NamedCandidate, more: Partial<FactRow>): FactRow => {
    const settlement = standingSettlement(state, candidate.id);
    return {
      ...NOTHING,
      ...partOf(consultation, project, event),
      ...{ place: overlapPlace(consultation, candidate.id), grain: 'overlap' },
      ...{ candidate: candidate.id, candidateName: candidate.name },
      ...{ candidateAgency: candidate.agency, candidateKind: candidate.kind },
      settled: settlement === undefined ? null : settlement.confirmed ? 'confirmed' : 'dismissed',
      relation: settlement?.relation ?? null,
      ...more,
    };
  };
  switch (event.type) {
    case 'overlap-screened': {
      const { candidates } = event.data.finding;
      const kept = new Set([...candidates, ...state.added].map(({ id }) => id));
      for (const { id } of before?.screening?.candidates ?? []) if (!kept.has(id)) rows.delete(overlapPlace(consultation, id));
      for (const candidate of candidates) {
        const { probability, flagged } = candidate;
        const functionTerms = candidate.evidence.flatMap(({ facet, terms }) => (facet === 'function' ? terms : []));
        rows.put(
          overlap(candidate, {
            probability,
            flagged: flagged || state.added.some(({ id }) => id === candidate.id),
            functionTerms: [...new Set(functionTerms)],
          }),
        );
      }
      return;
    }
    case 'overlap-candidate-added':
      return rows.put(overlap(event.data.candidate, { flagged: true }));
    case 'overlap-confirmed':
    case 'overlap-dismissed': {
      const place = overlapPlace(consultation, event.data.candidate);
      const row = existing(rows, place);
      const settled = event.type === 'overlap-confirmed' ? 'confirmed' : 'dismissed';
      return rows.put({ ...row, ...partOf(consultation, project, event), settled, relation: event.data.relation });
    }
    default:
  }
}

const SETTLES: ReadonlySet<string> = new Set<ConsultationEvent['type']>(['overlap-confirmed', 'overlap-dismissed']);

const SETTLED: ReadonlySet<Obligation['status']> = new Set(['fulfilled', 'waived', 'lapsed']);

function outcomeOf(state: Consultation): FactRow['outcome'] {
  const letter = state.letters.at(-1);
  if (letter !== undefined) return letter.outcome;
  if (state.phase === 'returned') return 'RETURNED';
  return state.phase === 'withdrawn' ? 'WITHDRAWN' : null;
}

function partOf(consultation: string, project: string, event: Stored<ConsultationEvent> | Stored<ProjectEvent>) {
  return {
    ...{ consultation, project, updatedAt: event.data.at },
    ...{ revision: event.revision.toString(), position: event.position.toString() },
  };
}

function projectPlace(project: string): string {
  return `~project~${project}`;
}

function overlapPlace(consultation: string, candidate: string): string {
  return `${consultation}~overlap~${candidate}`;
}

function won(krw: number | null): string | null {
  return krw === null ? null : krw.toString();
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** What a row says that is about something else. */
const NOTHING = {
  ...{ clock: null, receivedOn: null, givenDays: null, usedDays: null, applicantDays: null, countedOn: null, dueOn: null },
  ...{ halfOn: null, urgentOn: null, overdueOn: null, endedOn: null, title: null, applicant: null, applicantName: null },
  ...{ tier: null, authority: null, authorityName: null, lead: null, track: null, filedOn: null, outcome: null },
  ...{ requestedKrw: null, agreedKrw: null, rounds: null, delayNotices: null, objections: null, reversals: null },
  ...{ materialChanges: null, candidate: null, candidateName: null, candidateAgency: null, candidateKind: null },
  ...{
    probability: null,
    flagged: null,
    settled: null,
    relation: null,
    functionTerms: null,
    status: null,
    conditionDueOn: null,
    planned: null,
  },
  ...{ settledOn: null, recommendations: null, recommendationsAnswered: null, projectKind: null, isNew: null },
  ...{ awards: null, plannedPercent: null, donePercent: null, daysLate: null, score: null, performance: null },
  ...{ state: null, course: [] as Course },
};

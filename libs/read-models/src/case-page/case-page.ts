import {
  unsettledCandidates,
  type AgencyAsNamed,
  type Consultation,
  type ConsultationEvent,
  type Finding,
  type OverlapCandidate,
  type Phase,
  type PlanVersion,
  type ReviewTrack,
  type SignOff,
} from '@sajeon/domain';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Act } from './act.js';
import { ran, type Course } from './course.js';
import { changed, contested, decided, type Decisions } from './decision.js';
import { followedUp, type FollowUp } from './follow-up.js';
import { heard, type JointReviews } from './joint-review.js';
import { requested, type Requests } from './requests.js';
import type { Settlement } from './settlement.js';
import { heldBy, stateAfter, type BallHolder } from '../consultation-summary.js';
import type { RecordedEvent } from '@sajeon/event-store';
import { has, stored, subjectOf, type Rows, type Stored, type View } from '../host/view.js';
import type { Found } from '../page.js';
import { ViewReader } from '../reading.js';

export interface CaseCandidate extends OverlapCandidate {
  /** The newest one; null when nobody has settled it. */
  readonly settlement: Settlement | null;
}

export interface CaseFinding extends Omit<Finding, 'candidates'> {
  readonly screened: Act;
  readonly candidates: readonly CaseCandidate[];
}

/**
 * The whole case as it reads after its last event. What came to the contract later is absent until it says something: the hash of the page
 * that a decider was shown years ago must come out the same today.
 */
export interface CaseDocument extends Decisions, FollowUp, JointReviews, Requests, Course {
  readonly consultation: string;
  readonly project: string;
  readonly applicant: AgencyAsNamed;
  readonly authority: AgencyAsNamed;
  readonly status: Phase;
  readonly holder: BallHolder | null;
  readonly drafted: Act;
  /** 기관 내 결재 of a draft: gone once it is filed, because it is nobody else's business. */
  readonly signOff?: SignOff;
  readonly submitted: Act | null;
  readonly received: (Act & { readonly track: ReviewTrack; readonly dueOn: string; readonly ruleSet: string }) | null;
  /** As it reads now. */
  readonly plan: PlanVersion;
  /** Oldest first; each with the act that brought it. */
  readonly earlierPlans: readonly (PlanVersion & { readonly brought: Act })[];
  readonly planBrought: Act;
  /** The newest. Its `planVersion` may be behind the plan's while a new screening is awaited. */
  readonly finding: CaseFinding | null;
  /** Candidates that must be settled before a decision. */
  readonly unsettled: readonly string[];
  /** The review was handed to the present authority. */
  readonly escalation?: Act & { readonly from: AgencyAsNamed; readonly candidate: string | null; readonly reason: string };
  /** How the case ended without a letter. */
  readonly ended: (Act & { readonly how: 'returned' | 'withdrawn'; readonly reason: string }) | null;
}

@Entity('view_case_page')
export class CaseRow {
  @PrimaryColumn('text')
  consultation: string;

  @Column('text')
  applicant: string;

  @Column('text')
  authority: string;

  @Column('text')
  status: Phase;

  /** Revision of the stream's last event: what `If-Match` is compared with. */
  @Column('bigint')
  revision: string;

  /** Position of the stream's last event. */
  @Column('bigint')
  position: string;

  @Column('json')
  document: CaseDocument;

  /** Every candidate's newest settlement, also of those that the newest finding no longer names. */
  @Column('json', { select: false })
  settlements: readonly Settlement[];

  @Column('json', { select: false })
  state: Consultation;
}

export const casePage: View<CaseRow, ConsultationEvent> = {
  name: 'case-page',
  version: 4,
  row: CaseRow,
  streams: ['consultation-'],
  keysOf: (event) => [subjectOf(event.stream)],
  apply(event, rows) {
    const before = rows.get(subjectOf(event.stream));
    if (has(before, event)) return;
    const state = stateAfter(before?.state, event);
    const settlements = settlementsAfter(before?.settlements ?? [], state, event);
    const document = documentAfter(before?.document, settlements, state, event);
    rows.put({
      consultation: state.consultation,
      applicant: state.applicant.id,
      authority: state.authority.id,
      status: state.phase,
      revision: event.revision.toString(),
      position: event.position.toString(),
      document: {
        ...document,
        ...(state.phase === 'draft' && state.signOff !== undefined ? { signOff: state.signOff } : {}),
        status: state.phase,
        holder: heldBy(state),
        unsettled: unsettledCandidates(state).map(({ id }) => id),
      },
      settlements,
      state,
    });
  },
};

/**
 * The case as these events of its stream leave it, made by the projection itself but without the database: as of any position or
 * date, cut the events there. Null when there are none. @throws WrittenByNewerVersion
 */
export function replayCase(events: readonly RecordedEvent[]): CaseRow | null {
  let row: CaseRow | null = null;
  const rows: Rows<CaseRow> = {
    get: () => row ?? undefined,
    put: (next) => (row = next),
    delete: () => (row = null),
  };
  // A consultation's stream holds consultation events only: no other decider writes to it.
  for (const recorded of events) casePage.apply(stored(recorded) as Stored<ConsultationEvent>, rows);
  return row;
}

function settlementsAfter(
  before: readonly Settlement[],
  state: Consultation,
  event: Stored<ConsultationEvent>,
): readonly Settlement[] {
  if (event.type !== 'overlap-confirmed' && event.type !== 'overlap-dismissed') return before;
  const { by, at, candidate, relation, reason } = event.data;
  const verdict = event.type === 'overlap-confirmed' ? 'confirmed' : 'dismissed';
  const probability = state.screening?.candidates.find(({ id }) => id === candidate)?.probability ?? null;
  return [
    ...before.filter((other) => other.candidate !== candidate),
    { candidate, verdict, relation, reason, probability, by, at },
  ];
}

function documentAfter(
  before: CaseDocument | undefined,
  settlements: readonly Settlement[],
  state: Consultation,
  event: Stored<ConsultationEvent>,
): CaseDocument {
  const act: Act = { by: event.data.by, at: event.data.at };
  if (event.type === 'consultation-drafted') {
    const { consultation, project, applicant, authority, plan, previousConsultation, preliminaryReview } = event.data;
    return {
      ...{ consultation, project, applicant, authority, status: 'draft', holder: 'applicant' },
      ...{ drafted: act, submitted: null, received: null, plan, planBrought: act, earlierPlans: [] },
      ...{ finding: null, unsettled: [], corrections: [], proposals: [], decision: null, letter: null, ended: null },
      ...(previousConsultation === undefined ? {} : { previousConsultation }),
      ...(preliminaryReview === undefined ? {} : { preliminaryReview }),
    };
  }
  if (before === undefined) throw new Error(`${event.stream} begins with ${event.type}`);
  switch (event.type) {
    case 'draft-revised':
      return withPlan(before, event.data.plan, act);
    case 'submission-requested':
    case 'draft-sent-back':
      return before;
    case 'consultation-submitted':
      return { ...withPlan(withoutSignOff(before), event.data.plan, act), submitted: act };
    case 'consultation-received': {
      const { track, dueOn, ruleSet } = event.data;
      return { ...before, received: { ...act, track, dueOn, ruleSet } };
    }
    case 'overlap-screened': {
      const { candidates, ...finding } = event.data.finding;
      return { ...before, finding: { ...finding, screened: act, candidates: settled(candidates, settlements) } };
    }
    case 'overlap-confirmed':
    case 'overlap-dismissed': {
      const { finding, addedCandidates } = before;
      return {
        ...before,
        finding: finding && { ...finding, candidates: settled(finding.candidates, settlements) },
        ...(addedCandidates === undefined ? {} : { addedCandidates: settled(addedCandidates, settlements) }),
      };
    }
    case 'response-submitted':
      return requested(withPlan(before, event.data.plan, act), event);
    case 'correction-requested':
    case 'response-accepted':
    case 'response-rejected':
    case 'response-extension-requested':
    case 'response-extended':
    case 'response-extension-declined':
    case 'applicant-reminded':
    case 'response-overdue':
    case 'proceeded-on-file':
    case 'meeting-held':
      return requested(before, event);
    case 'fast-track-designated':
    case 'fast-track-revoked':
    case 'delay-notified':
    case 'deadline-warning-raised':
    case 'reviewer-assigned':
    case 'reviewer-reassigned':
    case 'overlap-candidate-added':
      return ran(before, event);
    case 'decision-proposed':
    case 'decision-sent-back':
    case 'decision-approved':
    case 'approval-invalidated':
    case 'decision-amended':
    case 'result-notified':
      return decided(before, state, event);
    case 'objection-raised':
    case 'objection-upheld':
    case 'objection-dismissed':
    case 'held-plan-abandoned':
      return contested(before, event);
    case 'material-change-reported':
    case 're-consultation-required':
    case 'change-accepted-without-review':
      return changed(before, event);
    case 'review-escalated': {
      const { from, to, candidate, reason } = event.data;
      return { ...before, authority: to, escalation: { ...act, from, candidate, reason } };
    }
    case 'consultation-returned':
      return { ...before, ended: { ...act, how: 'returned', reason: event.data.reason } };
    case 'consultation-withdrawn':
      return { ...withoutSignOff(before), ended: { ...act, how: 'withdrawn', reason: event.data.reason } };
    case 'joint-review-opened':
    case 'owner-opinion-submitted':
    case 'task-adjustment-proposed':
    case 'task-adjustment-agreed':
    case 'joint-review-closed':
    case 'difference-stated':
      return heard(before, event);
    default:
      return followedUp(before, state, event);
  }
}

function withoutSignOff({ signOff: _, ...before }: CaseDocument): CaseDocument {
  return before;
}

/** Filing or answering without a change brings no new version. */
function withPlan(before: CaseDocument, plan: PlanVersion, brought: Act): CaseDocument {
  if (plan.version === before.plan.version) return before;
  const earlierPlans = [...before.earlierPlans, { ...before.plan, brought: before.planBrought }];
  return { ...before, plan, planBrought: brought, earlierPlans };
}

function settled<Candidate extends { readonly id: string }>(
  candidates: readonly Candidate[],
  settlements: readonly Settlement[],
): readonly (Candidate & Pick<CaseCandidate, 'settlement'>)[] {
  return candidates.map((candidate) => ({
    ...candidate,
    settlement: settlements.find((settlement) => settlement.candidate === candidate.id) ?? null,
  }));
}

/** One consultation with everything that belongs to it. */
export class ShowCase extends Query<Found<CaseRow>> {
  constructor(readonly consultation: string) {
    super();
  }
}

@QueryHandler(ShowCase)
export class ShowCaseHandler implements IQueryHandler<ShowCase> {
  constructor(private readonly reader: ViewReader) {}

  execute({ consultation }: ShowCase): Promise<Found<CaseRow>> {
    return this.reader.find(casePage, consultation);
  }
}

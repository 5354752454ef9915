import type {
  Basis,
  ChangeEvent,
  Condition,
  Consultation,
  DecisionEvent,
  InvalidationCause,
  ItemOpinion,
  MaterialFinding,
  ObjectionEvent,
  Outcome,
  PlanVersion,
  PreliminaryOpinionAsGiven,
  PreviousConsultation,
} from '@sajeon/domain';
import type { Act } from './act.js';
import { obligationsAfterLetter, type FollowUp } from './follow-up.js';

export interface CaseProposal {
  readonly proposal: number;
  readonly proposed: Act;
  readonly outcome: Outcome;
  readonly reasons: string;
  readonly conditions: readonly Condition[];
  readonly basis: Basis;
  readonly approved: (Act & { readonly basis: Basis }) | null;
  readonly sentBack: (Act & { readonly reason: string }) | null;
  /** One for each item of the checklist. */
  readonly opinions?: readonly ItemOpinion[];
  /** When the content changed after the approval. */
  readonly invalidated?: Act & { readonly because: InvalidationCause };
}

export interface ResultLetter {
  readonly documentNumber: string;
  readonly notified: Act;
  readonly outcome: Outcome;
  readonly reasons: string;
  readonly conditions: readonly Condition[];
  readonly opinions?: readonly ItemOpinion[];
  /** Number of the letter that this one takes the place of. */
  readonly amends?: string;
}

/** 이의. */
export interface CaseObjection {
  readonly objection: number;
  readonly letter: string;
  readonly raised: Act;
  readonly grounds: string;
  readonly raiseBy: string;
  /** Null while it is under review. */
  readonly decided: (Act & { readonly upheld: boolean; readonly reason: string }) | null;
}

/** 변경 신고. */
export interface CaseChange {
  readonly change: number;
  readonly reported: Act;
  readonly plan: PlanVersion;
  readonly decidedVersion: number;
  readonly reason: string;
  /** What is material about it; empty when it needs no further consultation. */
  readonly material: readonly MaterialFinding[];
}

/** What the page says of the decision and of what the applicant did about it. */
export interface Decisions {
  readonly proposals: readonly CaseProposal[];
  /** The newest approved proposal whose approval stands. */
  readonly decision: CaseProposal | null;
  /** The newest, which stands. */
  readonly letter: ResultLetter | null;
  /** Those that it took the place of, oldest first. */
  readonly earlierLetters?: readonly ResultLetter[];
  readonly objections?: readonly CaseObjection[];
  readonly changes?: readonly CaseChange[];
  /** When the applicant gave up a plan that was on hold. */
  readonly abandoned?: Act & { readonly reason: string };
  readonly previousConsultation?: PreviousConsultation;
  readonly preliminaryReview?: PreliminaryOpinionAsGiven;
}

type Told = Decisions & FollowUp;

export function decided<Document extends Told>(before: Document, state: Consultation, event: DecisionEvent): Document {
  const act: Act = { by: event.data.by, at: event.data.at };
  switch (event.type) {
    case 'decision-proposed': {
      const { proposal, outcome, reasons, conditions, basis, opinions } = event.data;
      const proposed: CaseProposal = {
        ...{ proposal, proposed: act, outcome, reasons, conditions, basis, approved: null, sentBack: null },
        ...(opinions === undefined ? {} : { opinions }),
      };
      return { ...before, proposals: [...before.proposals, proposed] };
    }
    case 'decision-sent-back':
      return withProposal(before, event.data.proposal, { sentBack: { ...act, reason: event.data.reason } });
    case 'decision-approved':
      return withProposal(before, event.data.proposal, { approved: { ...act, basis: event.data.basis } });
    case 'approval-invalidated':
      return withProposal(before, event.data.proposal, { invalidated: { ...act, because: event.data.because } });
    case 'decision-amended':
      return before;
    case 'result-notified': {
      const { documentNumber, outcome, reasons, conditions, opinions, amends } = event.data;
      const letter: ResultLetter = {
        ...{ documentNumber, notified: act, outcome, reasons, conditions },
        ...(opinions === undefined ? {} : { opinions }),
        ...(amends === undefined ? {} : { amends }),
      };
      const earlierLetters = before.letter === null ? {} : { earlierLetters: [...(before.earlierLetters ?? []), before.letter] };
      return { ...before, letter, ...earlierLetters, ...obligationsAfterLetter(before, state) };
    }
    default: {
      event satisfies never;
      return before;
    }
  }
}

export function contested<Document extends Told>(before: Document, event: ObjectionEvent): Document {
  const act: Act = { by: event.data.by, at: event.data.at };
  switch (event.type) {
    case 'objection-raised': {
      const { objection, letter, grounds, raiseBy } = event.data;
      const raised = { objection, letter, raised: act, grounds, raiseBy, decided: null };
      return { ...before, objections: [...(before.objections ?? []), raised] };
    }
    case 'objection-upheld':
    case 'objection-dismissed': {
      const { objection, reason } = event.data;
      const decision = { ...act, upheld: event.type === 'objection-upheld', reason };
      const objections = (before.objections ?? []).map((other) =>
        other.objection === objection ? { ...other, decided: decision } : other,
      );
      return { ...before, objections };
    }
    case 'held-plan-abandoned':
      return { ...before, abandoned: { ...act, reason: event.data.reason } };
    default: {
      event satisfies never;
      return before;
    }
  }
}

export function changed<Document extends Told>(before: Document, event: ChangeEvent): Document {
  switch (event.type) {
    case 'material-change-reported': {
      const { by, at, change, plan, decidedVersion, reason } = event.data;
      const reported = { change, reported: { by, at }, plan, decidedVersion, reason, material: [] };
      return { ...before, changes: [...(before.changes ?? []), reported] };
    }
    case 're-consultation-required': {
      const { change, because } = event.data;
      const changes = (before.changes ?? []).map((other) => (other.change === change ? { ...other, material: because } : other));
      return { ...before, changes };
    }
    case 'change-accepted-without-review':
      return before;
    default: {
      event satisfies never;
      return before;
    }
  }
}

/**
 * The page as the applicant may read it: what the authority prepares inside is left out until the letter that tells it, also while the first
 * letter stands and an amended decision is prepared.
 */
export function withoutInternalOpinion<Document extends Told & { readonly status: string }>(document: Document): Document {
  const upheld = document.objections?.findLast((objection) => objection.decided?.upheld === true)?.decided;
  const amending =
    upheld != null && document.letter !== null && document.objections?.at(-1)?.letter === document.letter.documentNumber;
  if (document.letter !== null && !amending) return document;
  const internal = document.status === 'pending-approval' || document.status === 'approved';
  const proposals = amending ? document.proposals.filter(({ proposed }) => proposed.at < upheld.at) : [];
  return { ...document, status: internal ? 'under-review' : document.status, proposals, decision: standing(proposals) };
}

function withProposal<Document extends Told>(
  before: Document,
  number: number,
  change: Partial<Pick<CaseProposal, 'approved' | 'sentBack' | 'invalidated'>>,
): Document {
  const proposals = before.proposals.map((proposal) => (proposal.proposal === number ? { ...proposal, ...change } : proposal));
  return { ...before, proposals, decision: standing(proposals) };
}

function standing(proposals: readonly CaseProposal[]): CaseProposal | null {
  return proposals.findLast(({ approved, invalidated }) => approved !== null && invalidated === undefined) ?? null;
}

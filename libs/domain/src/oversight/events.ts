import type { DomainEvent, Stamp } from '../kernel/decider.js';

/** 감사 지적: what an auditor found wrong, about a record, to be answered by an agency. */
export type FindingRaised = DomainEvent<
  'finding-raised',
  Stamp & {
    readonly finding: string;
    /** Stream that it is about. */
    readonly about: string;
    /** Decimal log position as of which the auditor saw it. */
    readonly seenAt: string;
    /** Agency that has to answer. */
    readonly agency: string;
    /** Saved question that brought it up; null when none did. */
    readonly question: string | null;
    readonly title: string;
    readonly text: string;
    readonly answerBy: string;
  }
>;
export type FindingAnswered = DomainEvent<
  'finding-answered',
  Stamp & { readonly answer: string; readonly measures: readonly string[] }
>;
export type FindingAnswerRejected = DomainEvent<
  'finding-answer-rejected',
  Stamp & { readonly reason: string; readonly answerBy: string }
>;
export type FindingResolved = DomainEvent<'finding-resolved', Stamp & { readonly remarks: string }>;
export type FindingWithdrawn = DomainEvent<'finding-withdrawn', Stamp & { readonly reason: string }>;

export type AuditFindingEvent = FindingRaised | FindingAnswered | FindingAnswerRejected | FindingResolved | FindingWithdrawn;

/** One request by which somebody who oversees looked at something. */
export interface Read {
  readonly at: string;
  readonly person: string;
  readonly agency: string;
  /** What the contract calls it, e.g. `showCase`. */
  readonly operation: string;
  /** Path and query as they were asked. */
  readonly asked: string;
}

/** 열람 기록: who read what, in the order of the requests. One stream for each day. */
export type RecordsRead = DomainEvent<'records-read', Stamp & { readonly reads: readonly Read[] }>;

export type OversightEvent = AuditFindingEvent | RecordsRead;

import type { Actor, AssignmentEvent, NamedCandidate, OverlapCandidateAdded, ReviewTrack, TrackEvent } from '@sajeon/domain';
import type { Act } from './act.js';
import type { Settlement } from './settlement.js';

/** Onto the fast track or off it. `candidate`: the confirmed overlap that took it off by itself. */
export interface CaseTrackChange extends Act {
  readonly track: ReviewTrack;
  readonly reason: string;
  readonly candidate: string | null;
}

/** 기한연장 통지. */
export interface CaseDelayNotice extends Act {
  readonly dueOn: string;
  readonly expectedNotificationOn: string;
  readonly reason: string;
}

export interface CaseWarning extends Act {
  readonly share: number;
  readonly given: number;
  readonly on: string;
}

/** 배정; `former` and `reason` where somebody else had the case before. */
export interface CaseAssignment extends Act {
  readonly reviewer: Actor;
  readonly former: Actor | null;
  readonly reason: string | null;
}

/** Found by a person. */
export interface CaseAddedCandidate extends NamedCandidate {
  readonly added: Act;
  readonly reason: string;
  /** The newest one; null when nobody has settled it. */
  readonly settlement: Settlement | null;
}

/** What the page says of how the review runs. */
export interface Course {
  /** Oldest first. */
  readonly trackChanges?: readonly CaseTrackChange[];
  /** Oldest first; the last one counts. */
  readonly delayNotices?: readonly CaseDelayNotice[];
  readonly warnings?: readonly CaseWarning[];
  /** Oldest first; the last one leads. */
  readonly assignments?: readonly CaseAssignment[];
  readonly addedCandidates?: readonly CaseAddedCandidate[];
}

export function ran<Document extends Course>(
  before: Document,
  event: TrackEvent | AssignmentEvent | OverlapCandidateAdded,
): Document {
  const act: Act = { by: event.data.by, at: event.data.at };
  switch (event.type) {
    case 'fast-track-designated': {
      const change = { ...act, track: 'fast' as const, reason: event.data.ground, candidate: null };
      return { ...before, trackChanges: [...(before.trackChanges ?? []), change] };
    }
    case 'fast-track-revoked': {
      const { reason, candidate } = event.data;
      const change = { ...act, track: 'standard' as const, reason, candidate };
      return { ...before, trackChanges: [...(before.trackChanges ?? []), change] };
    }
    case 'delay-notified': {
      const { dueOn, expectedNotificationOn, reason } = event.data;
      const notice = { ...act, dueOn, expectedNotificationOn, reason };
      return { ...before, delayNotices: [...(before.delayNotices ?? []), notice] };
    }
    case 'deadline-warning-raised': {
      const { share, given, on } = event.data;
      return { ...before, warnings: [...(before.warnings ?? []), { ...act, share, given, on }] };
    }
    case 'reviewer-assigned': {
      const assignment = { ...act, reviewer: event.data.reviewer, former: null, reason: null };
      return { ...before, assignments: [...(before.assignments ?? []), assignment] };
    }
    case 'reviewer-reassigned': {
      const { reviewer, former, reason } = event.data;
      return { ...before, assignments: [...(before.assignments ?? []), { ...act, reviewer, former, reason }] };
    }
    case 'overlap-candidate-added': {
      const { candidate, reason } = event.data;
      return {
        ...before,
        addedCandidates: [...(before.addedCandidates ?? []), { ...candidate, added: act, reason, settlement: null }],
      };
    }
  }
}

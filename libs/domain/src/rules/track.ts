import type { ReviewTrack } from '../consultation/events.js';
import type { ProjectKind, RuleBook } from './rule-book.js';
import { inForce } from './rule-book.js';

/** What decides how fast a case is reviewed. */
export interface TrackFacts {
  readonly kind: ProjectKind;
  /** 재난·안전 분야 사업. */
  readonly isDisasterSafety: boolean;
  /** A confirmed overlap takes a case off the fast track (신속처리제, 2023. 7.). */
  readonly hasConfirmedOverlap: boolean;
}

/** The track of a case on a day: `isp` for an ISP, `fast` for disaster safety without an overlap where the rules of the day have that track. */
export function trackOn(book: RuleBook, on: string, { kind, isDisasterSafety, hasConfirmedOverlap }: TrackFacts): ReviewTrack {
  const exists = (track: ReviewTrack) => inForce(book.reviewDays, on).some(({ value }) => value.track === track);
  if (kind === 'isp' && exists('isp')) return 'isp';
  return isDisasterSafety && !hasConfirmedOverlap && exists('fast') ? 'fast' : 'standard';
}

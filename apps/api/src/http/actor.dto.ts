import type { Actor } from '@sajeon/domain';
import type { Act } from '@sajeon/read-models';
import { Instant } from './fields.js';

/** Who acts, for which agency. */
export class ActorDto implements Actor {
  /**
   * Pseudonymous id, never a name
   * @example 'person-demo-gyeonggi-reviewer'
   */
  person: string;

  /** @example 'gyeonggi' */
  agency: string;

  /**
   * The agency that took over from `agency` and that the person is of, when they act for one that was merged or split
   * @example 'gyeonggi-bukbu'
   */
  successor?: string;
}

/** Who did it, and when. */
export class ActDto implements Act {
  by: ActorDto;

  @Instant()
  at: string;
}

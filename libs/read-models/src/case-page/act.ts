import type { Actor } from '@sajeon/domain';

/** Who did it, and when. */
export interface Act {
  readonly by: Actor;
  readonly at: string;
}

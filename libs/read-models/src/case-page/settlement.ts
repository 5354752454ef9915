import type { OverlapRelation } from '@sajeon/domain';
import type { Act } from './act.js';

/** What a person found about a candidate. `probability` is what the engine gave it then; the newest finding may say more. */
export interface Settlement extends Act {
  readonly candidate: string;
  readonly verdict: 'confirmed' | 'dismissed';
  readonly relation: OverlapRelation;
  readonly reason: string;
  readonly probability: number | null;
}

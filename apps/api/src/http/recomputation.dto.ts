import type { Divergence, MissingPart } from '@sajeon/workflow';
import { ApiProperty } from '@nestjs/swagger';
import { Decimal, Instant, Sha256, Whole } from './fields.js';

/** One place where the record and the recomputation differ. */
export class DivergenceDto implements Pick<Divergence, 'pointer'> {
  /**
   * JSON pointer into the finding
   * @example '/candidates/0/probability'
   */
  pointer: string;

  /**
   * As it is on record, as JSON; absent when there is nothing
   * @example '0.91'
   */
  recorded?: string;

  /**
   * As it comes out today, as JSON; absent when nothing does
   * @example '0.87'
   */
  recomputed?: string;
}

/** A part of the engine that made the finding and is not in this version. */
export class MissingPartDto implements MissingPart {
  /** @example 'weights' */
  part: string;

  /** @example 'w4' */
  recorded: string | null;

  /** @example 'w5' */
  available: string | null;
}

export class ScreeningRecomputationDto {
  /** From 1, oldest first */
  @Whole()
  screening: number;

  /** CANNOT-RECOMPUTE says nothing about the finding: the engine of that day is not part of this version */
  verdict: 'REPRODUCED' | 'DIVERGED' | 'CANNOT-RECOMPUTE';

  @Instant()
  screenedAt: string;

  @Whole()
  planVersion: number;

  /** Log position up to which the inventory was considered */
  @Decimal()
  inventoryPosition: string;

  /** Versions of everything that the result depends on besides the plan and the inventory */
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' }, example: { engine: 'sajeon-overlap-6' } })
  engine: Record<string, string>;

  /** The first fifty */
  divergences: DivergenceDto[];

  missing: MissingPartDto[];
}

export class DecisionRecomputationDto {
  /** From 1, oldest first */
  @Whole()
  decision: number;

  verdict: 'REPRODUCED' | 'DIVERGED';

  /**
   * What was done on this basis
   * @example 'decision-approved'
   */
  act: string;

  @Instant()
  at: string;

  /** Of the last event that the person had seen */
  @Decimal()
  position: string;

  /** On record: of the case page that was shown */
  @Sha256()
  recordedViewHash: string;

  /** Of the page that the events up to that position make today */
  @Sha256()
  viewHash: string;

  /** @example 'sample-2024' */
  recordedRuleSet: string;

  /** @example 'sample-2024' */
  ruleSet: string;
}

export class CaseRecomputationDto {
  screenings: ScreeningRecomputationDto[];

  decisions: DecisionRecomputationDto[];
}

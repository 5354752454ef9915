import { SYSTEM } from '@sajeon/access';
import { CONSULTATION, Decisions, Rules } from '@sajeon/decisions';
import {
  clockOf,
  legalDateOf,
  readRecorded,
  RuleViolated,
  type ClockRules,
  type ConsultationEvent,
  type ConsultationReceived,
} from '@sajeon/domain';
import { Injectable } from '@nestjs/common';
import type { Happened, Policy, Reaction } from '../host/policy.js';

/** Acts after which the days are used up at other dates than before. */
const TURNS: ReadonlySet<string> = new Set<ConsultationEvent['type']>([
  'consultation-received',
  'response-submitted',
  'proceeded-on-file',
  'fast-track-designated',
  'fast-track-revoked',
]);

/**
 * Sets a timer for each share of the days that the rules of the case name, anew whenever the clock has taken a turn. The domain takes a
 * warning only from timers of the last turn, and each share of a term once.
 */
@Injectable()
export class WarnWhenAShareOfTheDaysIsUsed implements Policy {
  readonly name = 'warn-when-a-share-of-the-days-is-used';

  constructor(
    private readonly decisions: Decisions,
    private readonly rules: Rules,
  ) {}

  async react({ event, recorded, id }: Happened): Promise<readonly Reaction[]> {
    if (!TURNS.has(event.type)) return [];
    const { events } = await this.decisions.load(CONSULTATION, id);
    // As of this very event: what happened since must not change what was asked for.
    const then = events
      .filter(({ revision }) => revision <= recorded.revision)
      .map((earlier) => readRecorded(earlier) as ConsultationEvent);
    const turn = then.reduce(CONSULTATION.decider.evolve, CONSULTATION.decider.initialState)?.course?.turns;
    const receipt = then.find((earlier) => earlier.type === 'consultation-received');
    if (receipt === undefined || turn === undefined) return [];
    const rules = await this.rulesOf(receipt.data);
    const clock = rules && clockOf(then, legalDateOf((event as ConsultationEvent).data.at), rules);
    const { given, warnings } = clock ?? { given: 0, warnings: [] };
    const by = { person: SYSTEM.person, agency: SYSTEM.agency };
    return warnings.flatMap(({ share, on }): readonly Reaction[] => {
      if (on === null) return [];
      const data = { share, given, on, turn, by, at: recorded.recordedAt };
      const notBefore = new Date(`${on}T00:00:00+09:00`).toISOString();
      return [{ consultation: id, notBefore, command: { type: 'raise-deadline-warning', data } }];
    });
  }

  private async rulesOf(receipt: ConsultationReceived['data']): Promise<ClockRules | null> {
    try {
      return await this.rules.clockOf(receipt);
    } catch (error) {
      // A case from before there were rules: nobody said how many days it has.
      if (error instanceof RuleViolated) return null;
      throw error;
    }
  }
}

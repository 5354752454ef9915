import { SYSTEM } from '@sajeon/access';
import { CONSULTATION, Decisions } from '@sajeon/decisions';
import { addDays, readRecorded, type ConsultationEvent } from '@sajeon/domain';
import { Injectable } from '@nestjs/common';
import type { Happened, Policy, Reaction } from '../host/policy.js';

interface DueDate {
  readonly condition: number;
  readonly dueOn: string;
}

/**
 * Looks at every condition on the day after it was due, and again when a result that had come is rejected. Whether the condition is overdue
 * then is for the domain to say: one that was met, waived or extended in the meantime is not.
 */
@Injectable()
export class MarkConditionsOverdueWhenTheirDayHasPassed implements Policy {
  readonly name = 'mark-conditions-overdue-when-their-day-has-passed';

  constructor(private readonly decisions: Decisions) {}

  async react(happened: Happened): Promise<readonly Reaction[]> {
    const by = { person: SYSTEM.person, agency: SYSTEM.agency };
    return (await this.dueDates(happened)).map(({ condition, dueOn }) => ({
      consultation: happened.id,
      notBefore: new Date(`${addDays(dueOn, 1)}T00:00:00+09:00`).toISOString(),
      command: { type: 'mark-condition-overdue', data: { condition, dueOn, by, at: happened.recorded.recordedAt } },
    }));
  }

  private async dueDates({ event: happened, recorded, id }: Happened): Promise<readonly DueDate[]> {
    const event = happened as ConsultationEvent;
    switch (event.type) {
      case 'result-notified':
        return event.data.conditions.flatMap(({ number, dueOn }) => (dueOn === null ? [] : [{ condition: number, dueOn }]));
      case 'condition-extended':
        return [{ condition: event.data.condition, dueOn: event.data.dueOn }];
      case 'action-result-rejected': {
        const { condition } = event.data;
        const { events } = await this.decisions.load(CONSULTATION, id);
        // As of this very event: what happened since must not change what was asked for.
        const { evolve, initialState } = CONSULTATION.decider;
        const then = events
          .filter(({ revision }) => revision <= recorded.revision)
          .map((earlier) => readRecorded(earlier) as ConsultationEvent)
          .reduce(evolve, initialState);
        const dueOn = then?.obligations.find(({ number }) => number === condition)?.dueOn ?? null;
        return dueOn === null ? [] : [{ condition, dueOn }];
      }
      default:
        return [];
    }
  }
}

import { SYSTEM } from '@sajeon/access';
import { Rules } from '@sajeon/decisions';
import {
  addDays,
  lastDayOf,
  progressDueOn,
  quarterAfter,
  quarterOf,
  ruleSetOn,
  RuleViolated,
  type ProjectEvent,
  type Quarter,
} from '@sajeon/domain';
import { Injectable } from '@nestjs/common';
import type { Happened, Policy, Reaction } from '../host/policy.js';

/**
 * Looks on the day after a quarter's progress was due whether it was reported: first for the quarter of the order, then, quarter by quarter, for
 * the one after each that was reported or missed. Whether something is missing is for the domain to say; a project that was finished or given up
 * owes nothing, and with it the chain ends.
 */
@Injectable()
export class MarkProgressMissedWhenAQuarterIsNotReported implements Policy {
  readonly name = 'mark-progress-missed-when-a-quarter-is-not-reported';

  constructor(private readonly rules: Rules) {}

  async react({ event, recorded, id }: Happened): Promise<readonly Reaction[]> {
    const next = nextToReport(event as ProjectEvent);
    if (next === null) return [];
    const due = await this.due(next);
    if (due === null) return [];
    const by = { person: SYSTEM.person, agency: SYSTEM.agency };
    return [
      {
        project: id,
        notBefore: new Date(`${addDays(due.dueOn, 1)}T00:00:00+09:00`).toISOString(),
        command: { type: 'mark-progress-missed', data: { ...next, ...due, by, at: recorded.recordedAt } },
      },
    ];
  }

  private async due({ year, quarter }: Quarter): Promise<{ readonly dueOn: string; readonly ruleSet: string } | null> {
    const ends = lastDayOf(year, quarter);
    try {
      const book = await this.rules.on(ends);
      return { dueOn: progressDueOn(book, year, quarter), ruleSet: ruleSetOn(book, ends) };
    } catch (error) {
      // Nobody said by when that quarter is reported.
      if (error instanceof RuleViolated) return null;
      throw error;
    }
  }
}

function nextToReport(event: ProjectEvent): Quarter | null {
  switch (event.type) {
    case 'procurement-recorded':
      return quarterOf(event.data.orderedOn);
    case 'progress-recorded':
      return event.data.donePercent === 100 ? null : quarterAfter(event.data);
    case 'progress-report-missed':
      return quarterAfter(event.data);
    default:
      return null;
  }
}

import { SYSTEM } from '@sajeon/access';
import { CONSULTATION, Decisions, Rules } from '@sajeon/decisions';
import {
  addDays,
  legalDateOf,
  readRecorded,
  RuleViolated,
  type ConsultationCommand,
  type ConsultationEvent,
} from '@sajeon/domain';
import { Injectable } from '@nestjs/common';
import type { Happened, Policy, Reaction } from '../host/policy.js';

/** A round that waits for the applicant, as an event leaves it. */
interface Waiting {
  readonly round: number;
  readonly respondBy: string;
}

/**
 * Reminds the applicant so many days before its answer is due as the rules of the case say, and looks at the round on the day after. Whether
 * there is still something to say then is for the domain: an answered or extended round says no.
 */
@Injectable()
export class RemindApplicantsAndMarkResponsesOverdue implements Policy {
  readonly name = 'remind-applicants-and-mark-responses-overdue';

  constructor(
    private readonly decisions: Decisions,
    private readonly rules: Rules,
  ) {}

  async react(happened: Happened): Promise<readonly Reaction[]> {
    const event = happened.event as ConsultationEvent;
    if (event.type !== 'correction-requested' && event.type !== 'response-extended') return [];
    const { round, respondBy }: Waiting = event.data;
    const stamp = { by: { person: SYSTEM.person, agency: SYSTEM.agency }, at: happened.recorded.recordedAt };
    const on = (day: string, command: ConsultationCommand): Reaction => ({
      ...{ consultation: happened.id, command },
      notBefore: new Date(`${day}T00:00:00+09:00`).toISOString(),
    });
    const reminders = (await this.remindDaysBefore(happened, round))
      .map((daysBefore) => ({ daysBefore, day: addDays(respondBy, -daysBefore) }))
      // A term shorter than that is a reminder in itself.
      .filter(({ day }) => day > legalDateOf(event.data.at))
      .map(({ daysBefore, day }) => on(day, { type: 'remind-before-the-day', data: { round, respondBy, daysBefore, ...stamp } }));
    return [...reminders, on(addDays(respondBy, 1), { type: 'mark-response-overdue', data: { round, respondBy, ...stamp } })];
  }

  private async remindDaysBefore({ recorded, id }: Happened, round: number): Promise<readonly number[]> {
    const { events } = await this.decisions.load(CONSULTATION, id);
    const before = events
      .filter(({ revision }) => revision <= recorded.revision)
      .map((earlier) => readRecorded(earlier) as ConsultationEvent);
    const receipt = before.find((event) => event.type === 'consultation-received');
    const asked = before.find((event) => event.type === 'correction-requested' && event.data.round === round);
    if (receipt?.type !== 'consultation-received' || asked?.type !== 'correction-requested') return [];
    const kinds = [...new Set(asked.data.items.map(({ kind }) => kind ?? 'correction'))];
    try {
      return (await this.rules.termsOfRequest(receipt.data, kinds, asked.data.at)).remindDaysBefore;
    } catch (error) {
      // A case from before there were rules: nobody said when to remind.
      if (error instanceof RuleViolated) return [];
      throw error;
    }
  }
}

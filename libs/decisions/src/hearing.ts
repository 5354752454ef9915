import { Injectable } from '@nestjs/common';
import { INTERNAL_ACTS, maySeeCase, maySeeInternalOpinion, partiesOf, type CaseParties, type Principal } from '@sajeon/access';
import { consultationDecider, readRecorded, type ConsultationEvent, type ConsultationState } from '@sajeon/domain';
import type { RecordedEvent } from '@sajeon/event-store';
import { Decisions } from './decisions.js';
import { CONSULTATION } from './kinds.js';

/** Events whose parties are kept for those who listen at the same time. */
const REMEMBERED = 1_000;

/** Whether somebody may be told that an event of a consultation happened: of live events and of webhooks. */
@Injectable()
export class Hearing {
  /** Of the newest events heard, for all who listen. */
  private readonly parties = new Map<string, readonly CaseParties[]>();

  constructor(private readonly decisions: Decisions) {}

  /** Whoever might see the case before or after it happened: also who is asked by it, and who is asked no longer. */
  async mayHear(principal: Principal, event: RecordedEvent): Promise<boolean> {
    for (const parties of await this.partiesAt(event)) {
      if (!maySeeCase(principal, parties)) continue;
      if (!INTERNAL_ACTS.has(event.type) || maySeeInternalOpinion(principal, parties)) return true;
    }
    return false;
  }

  private async partiesAt(event: RecordedEvent): Promise<readonly CaseParties[]> {
    const known = this.parties.get(event.id);
    if (known) return known;
    const { events } = await this.decisions.load(CONSULTATION, event.stream.slice('consultation-'.length));
    let [before, after]: [ConsultationState, ConsultationState] = [null, null];
    for (const recorded of events) {
      if (recorded.revision > event.revision) break;
      before = after;
      // A consultation stream holds consultation events: that is what the write side guarantees.
      after = consultationDecider.evolve(before, readRecorded(recorded) as ConsultationEvent);
    }
    // What happens to a draft stays with the agency that writes it, to the last.
    const draft = before?.phase === 'draft' && event.type !== 'consultation-submitted';
    const parties = [before, after].flatMap((state) =>
      state === null ? [] : [{ ...partiesOf(state), ...(draft ? { draft } : {}) }],
    );
    this.parties.set(event.id, parties);
    for (const oldest of this.parties.keys()) {
      if (this.parties.size <= REMEMBERED) break;
      this.parties.delete(oldest);
    }
    return parties;
  }
}

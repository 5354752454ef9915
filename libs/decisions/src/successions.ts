import { Inject, Injectable } from '@nestjs/common';
import { readRecorded, successorsOn, type AgencyEvent, type AgencyState } from '@sajeon/domain';
import { EventStore } from '@sajeon/event-store';
import { AGENCY } from './kinds.js';

/**
 * Which agencies stand in the place of which, on a legal date: by merger, by split and by dissolution with a successor, through any number of
 * them. Each question reads what was appended since the last one, so that a recorded merger counts for the next request in every process.
 */
@Injectable()
export class Successions {
  private readonly known = new Map<string, NonNullable<AgencyState>>();
  private next = 0n;
  private reading: Promise<void> = Promise.resolve();

  constructor(@Inject(EventStore) private readonly store: EventStore) {}

  /** The agency and all that stand in its place on that day: both parts of a split one. */
  async line(agency: string, on: string): Promise<readonly string[]> {
    await this.readOn();
    return this.lineOf(agency, on);
  }

  /** The agencies in whose place this one stands on that day, by their ids; none when it does not stand itself. */
  async predecessors(agency: string, on: string): Promise<readonly string[]> {
    await this.readOn();
    const state = this.known.get(agency);
    if (state === undefined || successorsOn(state, on).length > 0) return [];
    return [...this.known.keys()].filter((other) => other !== agency && this.lineOf(other, on).includes(agency)).sort();
  }

  /** Whether two agencies are one by now, or parts of one. */
  async areOne(one: string, other: string, on: string): Promise<boolean> {
    await this.readOn();
    const [first, second] = [this.lineOf(one, on), this.lineOf(other, on)];
    return first.some((each) => second.includes(each));
  }

  private lineOf(agency: string, on: string): readonly string[] {
    const line = [agency];
    // Grows while it is walked; who is in it already is not asked again, so a circle of errors ends too.
    for (const each of line) {
      const state = this.known.get(each);
      for (const heir of state === undefined ? [] : successorsOn(state, on)) if (!line.includes(heir)) line.push(heir);
    }
    return line;
  }

  private readOn(): Promise<void> {
    // One after the other: two at a time would fold an event twice.
    this.reading = this.reading.catch(() => undefined).then(() => this.read());
    return this.reading;
  }

  private async read(): Promise<void> {
    const head = await this.store.head();
    if (head === this.next) return;
    for await (const recorded of this.store.readAll({ after: this.next, filter: { streamPrefixes: [`${AGENCY.prefix}-`] } })) {
      const id = recorded.stream.slice(AGENCY.prefix.length + 1);
      // The stream of an agency holds an agency's events: `Decisions` lets nothing else in.
      const state = AGENCY.decider.evolve(this.known.get(id) ?? null, readRecorded(recorded) as unknown as AgencyEvent);
      if (state !== null) this.known.set(id, state);
      this.next = recorded.position;
    }
    // Nothing but other streams up to the head.
    if (head > this.next) this.next = head;
  }
}

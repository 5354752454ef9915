import { Inject, Injectable } from '@nestjs/common';
import { readRecorded, type PlanContent } from '@sajeon/domain';
import { EventStore, type RecordedEvent } from '@sajeon/event-store';
import { OverlapIndex, type OverlapFinding } from '@sajeon/overlap';
import { describe } from './overlap-edition.js';

/** A decided plan that reads like another. */
export type LikePlan = Pick<OverlapFinding['candidates'][number], 'id' | 'probability' | 'facets'> & {
  /** What both say, by facet. */
  readonly shared: readonly { readonly facet: string; readonly terms: readonly string[] }[];
};

/**
 * Finds earlier decisions about like plans. Apart from the index that screens: there, what was held back is no candidate any more, but here it
 * is what a reviewer wants to see. Reads the log when asked, from where it stopped reading.
 */
@Injectable()
export class Precedents {
  private readonly index = OverlapIndex.create();
  /** The newest plan of each case without a letter, and whose it is. */
  private readonly pending = new Map<string, PlanContent>();
  private readonly filings = new Map<string, { readonly agency: string; readonly project: string }>();
  private reached = 0n;
  private reading: Promise<void> = Promise.resolve();

  constructor(@Inject(EventStore) private readonly store: EventStore) {}

  /** The decided plans most like this one, best first. @param project whose own cases are left out */
  async like(
    plan: PlanContent,
    own: { readonly project: string; readonly agency: string },
    limit: number,
  ): Promise<readonly LikePlan[]> {
    const index = await this.index;
    this.reading = this.reading.catch(() => undefined).then(() => this.readOn(index));
    await this.reading;
    const exclude = new Set([...this.filings].filter(([, filing]) => filing.project === own.project).map(([id]) => id));
    const { candidates } = index.screen({ ...describe(plan), agency: own.agency }, { exclude, limit });
    return candidates.map(({ id, probability, facets, evidence }) => ({
      ...{ id, probability, facets },
      shared: evidence.map(({ facet, terms }) => ({ facet, terms })),
    }));
  }

  private async readOn(index: OverlapIndex): Promise<void> {
    for await (const recorded of this.store.readAll({ after: this.reached, filter: { streamPrefixes: ['consultation-'] } })) {
      this.apply(recorded, index);
      this.reached = recorded.position;
    }
  }

  private apply(recorded: RecordedEvent, index: OverlapIndex): void {
    const event = readRecorded(recorded);
    const id = recorded.stream.slice('consultation-'.length);
    switch (event.type) {
      case 'consultation-drafted':
        this.filings.set(id, { agency: event.data.applicant.name, project: event.data.project });
        return;
      case 'consultation-submitted':
      case 'response-submitted':
        this.pending.set(id, event.data.plan.content);
        return;
      case 'result-notified': {
        // An amended decision is about the plan that stands in the index already.
        const plan = this.pending.get(id);
        if (plan === undefined) return;
        index.put({ ...describe(plan), id, kind: 'plan', agency: this.filings.get(id)?.agency ?? '' }, recorded.position);
        this.pending.delete(id);
        return;
      }
      case 'consultation-returned':
      case 'consultation-withdrawn':
        this.pending.delete(id);
        return;
      default:
        return;
    }
  }
}

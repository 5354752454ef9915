import { readRecorded, type Basis } from '@sajeon/domain';
import { contentHash, type RecordedEvent } from '@sajeon/event-store';
import { replayCase } from './case-page.js';

/** What a decision says it was made on, and what the events of that moment give today. */
export interface BasisRecomputation {
  readonly verdict: 'REPRODUCED' | 'DIVERGED';
  /** From 1 within the case, in the order of the acts. */
  readonly number: number;
  /** Type of the event: a proposal, an approval, whatever rests on a basis. */
  readonly act: string;
  readonly at: string;
  readonly revision: bigint;
  readonly basis: Basis;
  /** SHA-256 of the case page that the events up to the basis position make. */
  readonly viewHash: string;
  /** The rules that were in force for the case at that point of its record. */
  readonly ruleSet: string;
}

/** Makes the page again that each decision of a case was made on, and compares its hash with the one on record. */
export function recomputeBases(events: readonly RecordedEvent[]): readonly BasisRecomputation[] {
  const found: BasisRecomputation[] = [];
  for (const recorded of events) {
    const event = readRecorded(recorded);
    if (!('basis' in event.data) || !isBasis(event.data.basis)) continue;
    const { basis, at } = event.data;
    const shown = replayCase(events.filter(({ position }) => position <= BigInt(basis.position)));
    const viewHash = contentHash(shown?.document ?? null);
    const ruleSet = shown?.document.received?.ruleSet ?? '';
    const same = viewHash === basis.viewHash && ruleSet === basis.ruleSet;
    found.push({
      ...{ verdict: same ? 'REPRODUCED' : 'DIVERGED', number: found.length + 1, act: event.type, at },
      ...{ revision: recorded.revision, basis, viewHash, ruleSet },
    });
  }
  return found;
}

/** Other events call other things a basis (what an order rests on). */
function isBasis(value: object): value is Basis {
  return 'viewHash' in value && 'position' in value;
}

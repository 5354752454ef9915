import { readRecorded, type ConsultationEvent, type Finding, type PlanContent } from '@sajeon/domain';
import type { RecordedEvent } from '@sajeon/event-store';

/** A finding on record, and everything it was computed from besides the log. */
export interface RecordedScreening {
  /** From 1 within its case. */
  readonly number: number;
  readonly revision: bigint;
  readonly at: string;
  readonly finding: Finding;
  /** Null when no plan with the hash that the finding names is in the case: then it cannot be what it says. */
  readonly plan: PlanContent | null;
  readonly own: { readonly project: string; readonly agency: string };
}

/** Every finding of a case, oldest first, from the events of its stream. */
export function screeningsOf(events: readonly RecordedEvent[]): readonly RecordedScreening[] {
  const plans = new Map<string, PlanContent>();
  const found: RecordedScreening[] = [];
  let own = { project: '', agency: '' };
  for (const recorded of events) {
    // A consultation's stream holds consultation events only: no other decider writes to it.
    const event = readRecorded(recorded) as ConsultationEvent;
    switch (event.type) {
      case 'consultation-drafted':
        own = { project: event.data.project, agency: event.data.applicant.name };
        plans.set(event.data.plan.hash, event.data.plan.content);
        break;
      case 'draft-revised':
      case 'consultation-submitted':
      case 'response-submitted':
        plans.set(event.data.plan.hash, event.data.plan.content);
        break;
      case 'overlap-screened': {
        const { finding, at } = event.data;
        const plan = plans.get(finding.planHash) ?? null;
        found.push({ number: found.length + 1, revision: recorded.revision, at, finding, plan, own });
        break;
      }
      default:
    }
  }
  return found;
}

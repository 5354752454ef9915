import { readRecorded, type ConsultationEvent, type OverlapCandidate, type PlanContent } from '@sajeon/domain';
import type { EventStore } from '@sajeon/event-store';
import type { JudgedPair } from '@sajeon/overlap';

/** What a person made of a candidate, with what the engine had said about it by then. */
export interface Label extends JudgedPair {
  readonly consultation: string;
  readonly candidate: string;
  /** The plan that was compared, who filed it, and as of which log position. */
  readonly plan: PlanContent;
  readonly agency: string;
  readonly asOf: bigint;
}

/**
 * The newest judgment on every candidate that a person has settled, in all cases up to a position, from the events alone. Candidates that only
 * a person found are among them, without a probability: the engine missed them.
 */
export async function labels(store: EventStore, upTo?: bigint): Promise<readonly Label[]> {
  const cases = new Map<string, Case>();
  const found = new Map<string, Label>();
  for await (const recorded of store.readAll({ filter: { streamPrefixes: ['consultation-'] } })) {
    if (upTo !== undefined && recorded.position > upTo) break;
    // Consultation streams hold consultation events only: no other decider writes to them.
    const event = readRecorded(recorded) as ConsultationEvent;
    const consultation = recorded.stream.slice('consultation-'.length);
    let the = cases.get(consultation);
    if (event.type === 'consultation-drafted') {
      the = { agency: event.data.applicant.name, plans: new Map(), said: new Map(), screened: null };
      cases.set(consultation, the);
    }
    if (!the) continue;
    if ('plan' in event.data && 'content' in event.data.plan) the.plans.set(event.data.plan.hash, event.data.plan.content);
    if (event.type === 'overlap-screened') {
      const { finding } = event.data;
      const plan = the.plans.get(finding.planHash);
      if (plan) the.screened = { plan, asOf: BigInt(finding.inventoryPosition) };
      for (const candidate of finding.candidates) the.said.set(candidate.id, candidate);
    }
    if (event.type === 'overlap-confirmed' || event.type === 'overlap-dismissed') {
      const { candidate, relation } = event.data;
      const said = the.said.get(candidate);
      if (!the.screened) continue;
      found.set(`${consultation} ${candidate}`, {
        ...{ consultation, candidate, relation, ...the.screened, agency: the.agency },
        confirmed: event.type === 'overlap-confirmed',
        probability: said?.probability ?? null,
        suggested: said?.relation?.relation ?? null,
      });
    }
  }
  return [...found.values()];
}

interface Case {
  readonly agency: string;
  readonly plans: Map<string, PlanContent>;
  readonly said: Map<string, OverlapCandidate>;
  screened: { readonly plan: PlanContent; readonly asOf: bigint } | null;
}

import { legalDateOf, readRecorded, type PastCase, type PastProject } from '@sajeon/domain';
import type { EventStore } from '@sajeon/event-store';

/** What a draft of the rules can be tried on, each with the title that it had last. */
export interface Past {
  /** Every project's newest assessment. */
  readonly projects: readonly (PastProject & { readonly title: string })[];
  /** Projects that nobody has assessed, of which nothing can be said. */
  readonly unassessed: number;
  /** Every case that was received. */
  readonly cases: readonly (PastCase & { readonly title: string })[];
}

const READ = new Set([
  ...['project-planned', 'plan-revised', 'eligibility-assessed'],
  ...['consultation-drafted', 'consultation-submitted', 'consultation-received'],
]);

/** Reads the whole log once: a draft is tried now and then, and has to be tried on everything. */
export async function pastOf(store: EventStore): Promise<Past> {
  const titles = new Map<string, string>();
  const projects = new Map<string, PastProject>();
  const cases = new Map<string, PastCase>();
  for await (const recorded of store.readAll()) {
    if (!READ.has(recorded.type)) continue;
    const event = readRecorded(recorded);
    const { stream } = recorded;
    const id = stream.slice(stream.indexOf('-') + 1);
    switch (event.type) {
      case 'project-planned':
      case 'plan-revised':
      case 'consultation-drafted':
      case 'consultation-submitted':
        titles.set(stream, event.data.plan.content.title);
        break;
      case 'eligibility-assessed': {
        const { on, facts, isDisasterSafety } = event.data;
        projects.set(stream, { id, on, facts, isDisasterSafety });
        break;
      }
      case 'consultation-received':
        cases.set(stream, { id, receivedOn: legalDateOf(event.data.at), track: event.data.track });
        break;
      default:
        break;
    }
  }
  const named = <Item extends object>(items: ReadonlyMap<string, Item>) =>
    [...items].map(([stream, item]) => ({ ...item, title: titles.get(stream) ?? '' }));
  const planned = [...titles.keys()].filter((stream) => stream.startsWith('project-'));
  return {
    projects: named(projects),
    unassessed: planned.filter((stream) => !projects.has(stream)).length,
    cases: named(cases),
  };
}

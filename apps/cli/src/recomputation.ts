import type { Finding } from '@sajeon/domain';
import type { EventStore, RecordedEvent } from '@sajeon/event-store';
import type { Divergence, MissingPart, Recomputation } from '@sajeon/workflow';
import { EXIT, word, type ExitCode } from './terminal.js';

/** A finding of a case and what came of computing it again with the engine, thesaurus and inventory of its day. */
export interface RecomputedScreening extends Recomputation {
  readonly screening: number;
  readonly at: string;
  readonly finding: Finding;
}

/** The findings among the events of one case, oldest first, each computed again. */
export async function recomputedScreenings(
  store: EventStore,
  events: readonly RecordedEvent[],
  wanted: (screening: number, of: number) => boolean = () => true,
): Promise<readonly RecomputedScreening[]> {
  const { OverlapFeed, overlapSettings, screeningsOf } = await import('@sajeon/workflow');
  const feed = new OverlapFeed(store, overlapSettings(process.env));
  try {
    const found: RecomputedScreening[] = [];
    const recorded = screeningsOf(events);
    for (const { number, at, finding, plan, own } of recorded) {
      if (!wanted(number, recorded.length)) continue;
      const recomputation: Recomputation =
        plan === null
          ? { verdict: 'DIVERGED', divergences: [{ pointer: '/planHash', recorded: finding.planHash }], missing: [] }
          : await feed.recompute(finding, plan, own);
      found.push({ screening: number, at, finding, ...recomputation });
    }
    return found;
  } finally {
    await feed.stop();
  }
}

/** 0 all reproduced, 1 something diverged, 2 something cannot be recomputed. */
export function verdictCode(verdicts: readonly string[]): ExitCode {
  return verdicts.includes('DIVERGED') ? EXIT.problems : verdicts.includes('CANNOT-RECOMPUTE') ? EXIT.usage : EXIT.ok;
}

/** Where the two sides differ, or which parts are not at hand, a line each. */
export function differencesInPrint(divergences: readonly Divergence[], missing: readonly MissingPart[]): readonly string[] {
  return [
    ...divergences.map(({ pointer, ...sides }) => `${pointer}: ${brief(sides.recorded)} → ${brief(sides.recomputed)}`),
    ...missing.map(({ part, recorded, available }) => `${part}: ${recorded ?? '-'} ≠ ${available ?? '-'}`),
  ];
}

function brief(value: unknown): string {
  const text = value === undefined ? '-' : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

/** The key of a finding: what it depends on, by name. */
export function keyInPrint({ engine, inventoryPosition, planHash, planVersion }: Finding): readonly string[] {
  return [
    ...Object.entries(engine).map(([part, version]) => `${part} ${version}`),
    `${word('목록 위치', 'inventory position')} ${inventoryPosition}`,
    `${word('계획', 'plan')} ${word(`${planVersion}판`, `version ${planVersion}`)} ${planHash}`,
  ];
}

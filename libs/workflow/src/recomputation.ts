import type { Finding } from '@sajeon/domain';
import type { OverlapFinding } from '@sajeon/overlap';

/** One place where what is recorded and what was computed again differ. Absent on the side that has nothing there. */
export interface Divergence {
  /** JSON pointer into the finding. */
  readonly pointer: string;
  readonly recorded?: unknown;
  readonly recomputed?: unknown;
}

/** A part of the engine that made the finding and is not at hand any more. */
export interface MissingPart {
  readonly part: string;
  readonly recorded: string | null;
  readonly available: string | null;
}

/**
 * What came of computing a recorded finding again. CANNOT-RECOMPUTE is no statement about the finding: the engine of that day is not part
 * of this version, which anybody can get from the repository's history by the versions named.
 */
export interface Recomputation {
  readonly verdict: 'REPRODUCED' | 'DIVERGED' | 'CANNOT-RECOMPUTE';
  readonly divergences: readonly Divergence[];
  readonly missing: readonly MissingPart[];
}

/** Enough to see what is wrong; the count of them says how much. */
const MOST_DIVERGENCES = 50;

/** Parts that the log itself settles: when these differ, the record or the log has changed, not the software. */
const SETTLED_BY_THE_LOG: ReadonlySet<string> = new Set(['epoch']);

/**
 * Which parts of the engine that made a finding this process does not have.
 * @param now the versions that this process computes with, thesaurus extension of that day included
 */
export function missingParts(
  recorded: Readonly<Record<string, string>>,
  now: Readonly<Record<string, string>>,
): readonly MissingPart[] {
  const parts = [...new Set([...Object.keys(recorded), ...Object.keys(now)])].sort();
  return parts.flatMap((part) => {
    if (SETTLED_BY_THE_LOG.has(part) || recorded[part] === now[part]) return [];
    // The shipped thesaurus is software; what administrators added to it by that day is in the log.
    if (part === 'thesaurus' && shipped(recorded[part]) === shipped(now[part])) return [];
    return [{ part, recorded: recorded[part] ?? null, available: now[part] ?? null }];
  });
}

function shipped(thesaurus: string | undefined): string | undefined {
  return thesaurus?.split('+')[0];
}

/** Compares a recorded finding with the one computed again, to the last digit. */
export function compareFindings(recorded: Finding, computed: OverlapFinding): Recomputation {
  const missing = missingParts(recorded.engine, computed.engine);
  if (missing.length > 0) return { verdict: 'CANNOT-RECOMPUTE', divergences: [], missing };
  // Both sides as JSON: what an event cannot hold (undefined, class instances) is no difference.
  const { planVersion: _version, planHash: _hash, ...found } = plain(recorded);
  const divergences: Divergence[] = [];
  differ('', found, plain(computed), divergences);
  return { verdict: divergences.length === 0 ? 'REPRODUCED' : 'DIVERGED', divergences, missing: [] };
}

function plain<T>(value: T): T {
  // JSON in, JSON out: findings hold nothing else.
  return JSON.parse(JSON.stringify(value)) as T;
}

function differ(pointer: string, recorded: unknown, recomputed: unknown, found: Divergence[]): void {
  if (found.length >= MOST_DIVERGENCES || Object.is(recorded, recomputed)) return;
  if (isObject(recorded) && isObject(recomputed) && Array.isArray(recorded) === Array.isArray(recomputed)) {
    const keys = [...new Set([...Object.keys(recorded), ...Object.keys(recomputed)])];
    for (const key of keys) {
      differ(`${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`, recorded[key], recomputed[key], found);
    }
    return;
  }
  found.push({
    pointer,
    ...(recorded === undefined ? {} : { recorded }),
    ...(recomputed === undefined ? {} : { recomputed }),
  });
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

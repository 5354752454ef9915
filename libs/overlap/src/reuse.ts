import type { Candidate, CostLine, OverlapPlan, ReuseSuggestion, SavingRange } from './finding.js';
import { SAME_FUNCTION } from './relation.js';

/**
 * Which functions of a plan exist elsewhere, the candidate with most of them first. Only where using the other system makes sense: an
 * existing system (nobody can use what is planned), and not the very thing that the plan renews, gathers or deploys.
 *
 * The saving counts the cost lines of the plan that pay for covered functions, and nothing else: without such lines it is unknown. At
 * best a line is saved in the share of its functions that are covered; the careful end counts only lines of which every function is,
 * in proportion to the least agreement. What adapting the other system costs is not known here and not taken off.
 */
export function suggestReuse(
  plan: OverlapPlan,
  candidates: readonly Candidate[],
  costLines: readonly CostLine[] = [],
): readonly ReuseSuggestion[] {
  return candidates
    .flatMap((candidate): ReuseSuggestion[] => {
      const agreement = candidate.functionAgreement ?? [];
      if (candidate.kind !== 'system' || NOT_TO_REUSE.has(candidate.relation?.relation ?? '')) return [];
      const functions = agreement.flatMap((score, i) => (score >= SAME_FUNCTION ? [i] : []));
      if (functions.length === 0) return [];
      return [{ candidate: candidate.id, functions, of: plan.functions.length, saving: saving(agreement, functions, costLines) }];
    })
    .sort((a, b) => b.functions.length - a.functions.length);
}

const NOT_TO_REUSE: ReadonlySet<string> = new Set([
  'DEPLOYMENT_OF_STANDARD',
  'SUCCESSOR_OF',
  'INTEGRATION_HUB',
  'PHASE_OF',
  'UNRELATED',
  'RELAUNCH_OF_FAILED',
]);

function saving(agreement: readonly number[], covered: readonly number[], lines: readonly CostLine[]): SavingRange | null {
  let lowKrw = 0;
  let highKrw = 0;
  let known = false;
  for (const { krw, functions } of lines) {
    const mine = functions.filter((f) => covered.includes(f));
    if (mine.length === 0) continue;
    known = true;
    highKrw += Math.round((krw * mine.length) / functions.length);
    if (mine.length < functions.length) continue;
    lowKrw += Math.round(krw * Math.min(...mine.map((f) => agreement[f] ?? 0)));
  }
  return known ? { lowKrw, highKrw } : null;
}

import type { Comparison, Features } from './comparison.js';
import type { Evidence, Facet, OverlapPlan, OverlapRecord, Passage, ReasonCode } from './finding.js';
import type { Vocabulary } from './inventory.js';
import { round4 } from './exact-math.js';
import type { Reader, Token } from './reading.js';

const FACETS: readonly (readonly [Facet, string, (r: OverlapPlan) => readonly string[]])[] = [
  ['title', 'title', (r) => [r.title]],
  ['purpose', 'purpose', (r) => [r.purpose]],
  ['function', 'functions', (r) => r.functions],
  ['data', 'data', (r) => r.data],
  ['users', 'users', (r) => r.users],
  ['text', 'text', (r) => [r.text]],
];

/** Which facets of the other side a facet may be compared with, when the other side lacks that facet. */
const SYNONYM = 0.8;
const LEAST_SCORE = 0.15;
const MOST_PER_FACET = 3;
const MOST_TERMS = 8;

interface Piece {
  readonly facet: Facet;
  readonly field: string;
  readonly index: number;
  readonly text: string;
  readonly tokens: readonly Token[];
}

/**
 * Why a record is shown: the pairs of passages that agree best, per facet, best first. Empty when nothing telling is shared.
 * The plan is read once for all records.
 */
export function explainer(
  plan: OverlapPlan,
  reader: Reader,
  comparison: Comparison,
  vocabulary: Vocabulary,
): (record: OverlapRecord) => readonly Evidence[] {
  const mine = pieces(plan, reader);
  const myFacets = new Set(mine.map((p) => p.facet));
  const rarityOf = (space: 'u' | 'w', key: string): number => comparison.rarityOfKey(space, key, vocabulary);
  const weigh = (t: Token): number => {
    let unit = 0;
    for (const u of t.units) unit = Math.max(unit, rarityOf('u', u));
    const word = t.word === '' ? 0 : rarityOf('w', t.word);
    return unit > 0 && word > 0 ? Math.min(unit, word) : Math.max(unit, word);
  };
  return (record) => evidenceFor(mine, myFacets, pieces(record, reader), weigh);
}

function evidenceFor(
  mine: readonly Piece[],
  myFacets: ReadonlySet<Facet>,
  theirs: readonly Piece[],
  weigh: (t: Token) => number,
): Evidence[] {
  const theirFacets = new Set(theirs.map((p) => p.facet));
  const found: Evidence[] = [];
  for (const a of mine) {
    for (const b of theirs) {
      const alike = a.facet === b.facet;
      // A side that has only a description is read with whatever the other side says in its other facets.
      const across = (b.facet === 'text' && !theirFacets.has(a.facet)) || (a.facet === 'text' && !myFacets.has(b.facet));
      if (!alike && !across) continue;
      const evidence = compare(a, b, weigh, alike ? a.facet : a.facet === 'text' ? b.facet : a.facet);
      if (evidence && evidence.score >= LEAST_SCORE) found.push(evidence);
    }
  }
  if (found.length === 0) {
    // Last resort: the title of one side in the body of the other.
    for (const a of mine) {
      for (const b of theirs) {
        if (a.facet === b.facet || (a.facet !== 'title' && b.facet !== 'title')) continue;
        const evidence = compare(a, b, weigh, a.facet);
        if (evidence) found.push(evidence);
      }
    }
  }
  found.sort((x, y) => y.score - x.score || order(x, y));
  const perFacet = new Map<Facet, number>();
  return found.filter((e) => {
    const n = (perFacet.get(e.facet) ?? 0) + 1;
    perFacet.set(e.facet, n);
    return n <= MOST_PER_FACET;
  });
}

export function facetScores(evidence: readonly Evidence[]): Partial<Record<Facet, number>> {
  const scores: Partial<Record<Facet, number>> = {};
  for (const [facet] of FACETS) {
    const best = evidence.filter((e) => e.facet === facet).reduce((m, e) => Math.max(m, e.score), 0);
    if (best > 0) scores[facet] = best;
  }
  return scores;
}

export function reasonsFor(
  plan: OverlapPlan,
  record: OverlapRecord,
  features: Features,
  evidence: readonly Evidence[],
): ReasonCode[] {
  const best = facetScores(evidence);
  const reasons: ReasonCode[] = [];
  if (features.copied >= 0.8) reasons.push('COPIED_TEXT');
  if (features.titles >= 0.85) reasons.push('TITLE_NEAR_COPY');
  if ((best.function ?? 0) >= 0.6) reasons.push('FUNCTION_SAME');
  if ((best.data ?? 0) >= 0.6) reasons.push('DATA_SAME');
  if ((best.users ?? 0) >= 0.6) reasons.push('USERS_SAME');
  if (plan.agency !== '' && plan.agency === record.agency) reasons.push('SAME_AGENCY');
  if (record.kind === 'plan') reasons.push('PENDING_PLAN');
  return reasons;
}

function pieces(r: OverlapPlan, reader: Reader): Piece[] {
  return FACETS.flatMap(([facet, field, strings]) =>
    strings(r).flatMap((text, index) =>
      text === '' ? [] : [{ facet, field, index, text, tokens: reader.read(text, r.agency).tokens }],
    ),
  );
}

function compare(a: Piece, b: Piece, weigh: (t: Token) => number, facet: Facet): Evidence | null {
  const left = agreeing(a.tokens, b.tokens, weigh);
  const right = agreeing(b.tokens, a.tokens, weigh);
  if (left.tokens.length === 0 || right.tokens.length === 0) return null;
  const terms = new Map<string, number>();
  for (const t of left.tokens) {
    const term = a.text.slice(t.start, t.end);
    terms.set(term, Math.max(terms.get(term) ?? 0, weigh(t)));
  }
  const ranked = [...terms].sort((x, y) => y[1] - x[1] || (x[0] < y[0] ? -1 : 1)).map(([term]) => term);
  return {
    facet,
    score: round4((left.matched + right.matched) / (left.total + right.total)),
    plan: passage(a, left.tokens),
    candidate: passage(b, right.tokens),
    terms: ranked.slice(0, MOST_TERMS),
  };
}

function agreeing(
  a: readonly Token[],
  b: readonly Token[],
  weigh: (t: Token) => number,
): { tokens: Token[]; matched: number; total: number } {
  const words = new Set(b.map((t) => t.word).filter((w) => w !== ''));
  const units = new Set(b.flatMap((t) => t.units));
  const tokens: Token[] = [];
  let matched = 0;
  let total = 0;
  for (const t of a) {
    const w = weigh(t);
    total += w;
    if (t.word !== '' && words.has(t.word)) matched += w;
    else if (t.units.some((u) => units.has(u))) matched += SYNONYM * w;
    else continue;
    tokens.push(t);
  }
  return { tokens, matched, total };
}

/** From the first to the last agreeing word: short enough to quote, long enough to make sense. */
function passage(p: Piece, tokens: readonly Token[]): Passage {
  let start = p.text.length;
  let end = 0;
  for (const t of tokens) {
    start = Math.min(start, t.start);
    end = Math.max(end, t.end);
  }
  return { field: p.field, index: p.index, start, end, quote: p.text.slice(start, end) };
}

function order(x: Evidence, y: Evidence): number {
  const rank = (e: Evidence): number => FACETS.findIndex(([f]) => f === e.facet);
  return (
    rank(x) - rank(y) ||
    x.plan.index - y.plan.index ||
    x.candidate.index - y.candidate.index ||
    x.plan.start - y.plan.start ||
    x.candidate.start - y.candidate.start
  );
}

import { BOILERPLATE, type Comparison, type Features } from './comparison.js';
import type { Evidence, Facet, Match, OverlapPlan, OverlapRecord, Passage, ReasonCode } from './finding.js';
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

/** Where templates are told apart: as in the comparison. */
const PROSE: ReadonlySet<Facet> = new Set(['purpose', 'text']);
const SYNONYM = 0.8;
/** Likeness of topics from which two that share no word are still shown as of one business. */
const SAME_BUSINESS = 0.5;
/** What a word of the same business is worth beside the same word. */
const RELATED = 0.3;
/** Of a word that no other record has: less in common is boilerplate. */
const LEAST_SUBSTANCE = 0.25;
/** Share of the shorter side's wording from which a person would call it copied. */
const COPIED = 0.9;
/** Neighbouring words below which a likeness of wording means nothing. */
const FEWEST_NEIGHBOURS = 6;
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

/** What is shown about a pair. */
export interface Explanation {
  /** Per facet the passages that agree best, best first. Empty when nothing telling is shared. */
  readonly evidence: readonly Evidence[];
  /** Share of the shorter side's wording, word next to word, that the other side repeats. */
  readonly copied: number;
  /** Agreement of each of the plan's functions (rows) with each of the record's. */
  readonly functions: readonly (readonly number[])[];
  /** The same for data. */
  readonly data: readonly (readonly number[])[];
}

/** Explains a plan's likeness to one record after another; the plan is read once. */
export function explainer(
  plan: OverlapPlan,
  reader: Reader,
  comparison: Comparison,
  vocabulary: Vocabulary,
): (record: OverlapRecord, features: Pick<Features, 'topics'>) => Explanation {
  const mine = pieces(plan, reader, comparison.template);
  const myFacets = new Set(mine.map((p) => p.facet));
  const rarityOf = (space: 'u' | 'w', key: string): number => comparison.rarityOfKey(space, key, vocabulary);
  const weigh = (t: Token): number => {
    let unit = 0;
    for (const u of t.units) unit = Math.max(unit, rarityOf('u', u));
    const word = t.word === '' ? 0 : rarityOf('w', t.word);
    return unit > 0 && word > 0 ? Math.min(unit, word) : Math.max(unit, word);
  };
  const related = (a: Token, b: Token): boolean =>
    weigh(a) > BOILERPLATE && weigh(b) > BOILERPLATE && reader.topicsOf(a).some((topic) => reader.topicsOf(b).includes(topic));
  const myNeighbours = neighbours(mine, weigh);
  return (record, { topics }) => {
    const theirs = pieces(record, reader);
    return {
      evidence: evidenceFor(mine, myFacets, theirs, weigh, topics >= SAME_BUSINESS ? related : null),
      copied: round4(containment(myNeighbours, neighbours(theirs, weigh))),
      functions: matrix(mine, theirs, 'function', weigh),
      data: matrix(mine, theirs, 'data', weigh),
    };
  };
}

function matrix(mine: readonly Piece[], theirs: readonly Piece[], facet: Facet, weigh: (t: Token) => number): number[][] {
  const columns = theirs.filter((p) => p.facet === facet);
  return mine.filter((p) => p.facet === facet).map((a) => columns.map((b) => compare(a, b, weigh, facet)?.score ?? 0));
}

/** Words that stand next to each other, by how telling they are: copied text repeats these, a mere likeness of topic does not. */
function neighbours(list: readonly Piece[], weigh: (t: Token) => number): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const { tokens } of list) {
    for (let i = 0; i + 1 < tokens.length; i++) {
      const a = tokens[i];
      const b = tokens[i + 1];
      if (a && b && a.word !== '' && b.word !== '') found.set(`${a.word} ${b.word}`, weigh(a) + weigh(b));
    }
  }
  return found;
}

function containment(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  if (a.size < FEWEST_NEIGHBOURS || b.size < FEWEST_NEIGHBOURS) return 0;
  let shared = 0;
  let left = 0;
  let right = 0;
  for (const [pair, w] of a) {
    left += w;
    if (b.has(pair)) shared += w;
  }
  for (const w of b.values()) right += w;
  return shared / Math.min(left, right);
}

function evidenceFor(
  mine: readonly Piece[],
  myFacets: ReadonlySet<Facet>,
  theirs: readonly Piece[],
  weigh: (t: Token) => number,
  related: ((a: Token, b: Token) => boolean) | null,
): Evidence[] {
  const theirFacets = new Set(theirs.map((p) => p.facet));
  const found: Evidence[] = [];
  for (const a of mine) {
    for (const b of theirs) {
      const facet = comparedAs(a.facet, b.facet, myFacets, theirFacets);
      const evidence = facet && compare(a, b, weigh, facet);
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
  if (found.length === 0 && related) {
    // Nothing said twice, but both may speak of one piece of business: a restaurant guide and a tourist guide.
    for (const a of mine) {
      for (const b of theirs) {
        const facet = comparedAs(a.facet, b.facet, myFacets, theirFacets) ?? (b.facet === 'text' ? a.facet : null);
        const evidence = facet && compare(a, b, weigh, facet, related);
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

/** Under which facet two passages are compared; null when they are not. */
function comparedAs(a: Facet, b: Facet, mine: ReadonlySet<Facet>, theirs: ReadonlySet<Facet>): Facet | null {
  if (a === b) return a;
  // A side that has only a description is read with whatever the other side says in its other facets.
  if (b === 'text' && !theirs.has(a)) return a;
  if (a === 'text' && !mine.has(b)) return b;
  // So is a side that has only a title.
  if (a === 'title' && TELLING.has(b) && !tells(mine)) return b;
  if (b === 'title' && TELLING.has(a) && !tells(theirs)) return a;
  return null;
}

const TELLING: ReadonlySet<Facet> = new Set(['purpose', 'function', 'text']);

function tells(facets: ReadonlySet<Facet>): boolean {
  return [...TELLING].some((f) => facets.has(f));
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
  { evidence, copied }: Explanation,
): ReasonCode[] {
  const best = facetScores(evidence);
  const reasons: ReasonCode[] = [];
  if (features.substance < LEAST_SUBSTANCE) reasons.push('BOILERPLATE_ONLY');
  else if (copied >= COPIED) reasons.push('COPIED_TEXT');
  if (features.titles >= 0.85) reasons.push('TITLE_NEAR_COPY');
  if ((best.function ?? 0) >= 0.6) reasons.push('FUNCTION_SAME');
  if ((best.data ?? 0) >= 0.6) reasons.push('DATA_SAME');
  if ((best.users ?? 0) >= 0.6) reasons.push('USERS_SAME');
  if (plan.agency !== '' && plan.agency === record.agency) reasons.push('SAME_AGENCY');
  if (record.kind === 'plan') reasons.push('PENDING_PLAN');
  return reasons;
}

function pieces(r: OverlapPlan, reader: Reader, template?: (shingle: number) => boolean): Piece[] {
  return FACETS.flatMap(([facet, field, strings]) =>
    strings(r).flatMap((text, index) => {
      if (text === '') return [];
      const { tokens } = reader.read(text, r.agency, PROSE.has(facet) ? template : undefined);
      return [{ facet, field, index, text, tokens }];
    }),
  );
}

function compare(
  a: Piece,
  b: Piece,
  weigh: (t: Token) => number,
  facet: Facet,
  related: (a: Token, b: Token) => boolean = () => false,
): Evidence | null {
  const left = agreeing(a.tokens, b.tokens, weigh, related);
  const right = agreeing(b.tokens, a.tokens, weigh, related);
  if (left.tokens.length === 0 || right.tokens.length === 0) return null;
  const terms = new Map<string, { weight: number; match: Match }>();
  for (const [t, other] of left.pairs) {
    const term = a.text.slice(t.start, t.end);
    const weight = weigh(t);
    if (weight <= BOILERPLATE) continue;
    const counterpart = b.text.slice(other.start, other.end);
    const kind = t.word !== '' && t.word === other.word ? 'same' : shareMeaning(t, other) ? 'synonym' : 'related';
    if (!terms.has(term)) terms.set(term, { weight, match: { kind, plan: term, candidate: counterpart } });
  }
  if (terms.size === 0) return null;
  const ranked = [...terms].sort((x, y) => y[1].weight - x[1].weight || (x[0] < y[0] ? -1 : 1)).slice(0, MOST_TERMS);
  return {
    facet,
    score: round4(Math.min(1, (left.matched + right.matched) / (left.total + right.total))),
    plan: passage(a, telling(left.tokens, weigh)),
    candidate: passage(b, telling(right.tokens, weigh)),
    terms: ranked.map(([term]) => term),
    matches: ranked.map(([, { match }]) => match),
  };
}

/** Without the boilerplate, unless there is nothing else. */
function telling(tokens: readonly Token[], weigh: (t: Token) => number): readonly Token[] {
  const some = tokens.filter((t) => weigh(t) > BOILERPLATE);
  return some.length > 0 ? some : tokens;
}

interface Agreement {
  readonly tokens: readonly Token[];
  /** Each agreeing token with the token of the other side that it agrees with. */
  readonly pairs: readonly (readonly [Token, Token])[];
  readonly matched: number;
  readonly total: number;
}

function shareMeaning(a: Token, b: Token): boolean {
  return b.units.some((u) => a.units.includes(u));
}

function agreeing(
  a: readonly Token[],
  b: readonly Token[],
  weigh: (t: Token) => number,
  related: (a: Token, b: Token) => boolean,
): Agreement {
  const pairs: [Token, Token][] = [];
  let matched = 0;
  let total = 0;
  for (const t of a) {
    const w = weigh(t);
    total += w;
    const same = t.word === '' ? undefined : b.find((o) => o.word === t.word);
    const synonym = same ?? b.find((o) => shareMeaning(t, o));
    const other = synonym ?? b.find((o) => related(t, o));
    if (!other) continue;
    matched += same ? w : (synonym ? SYNONYM : RELATED) * w;
    pairs.push([t, other]);
  }
  return { tokens: pairs.map(([t]) => t), pairs, matched, total };
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

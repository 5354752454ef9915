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
  /** How telling each token is. */
  readonly weights: readonly number[];
  readonly total: number;
  /** The first token with a word, and the first with a meaning. */
  readonly byWord: ReadonlyMap<string, number>;
  readonly byMeaning: ReadonlyMap<string, number>;
}

/** What several comparisons of one plan's pieces ask for again and again. */
interface Scales {
  /** How telling a token is. */
  weigh(t: Token): number;
  /** A number for each word, given in order of first sight. */
  numberOf(word: string): number;
  /** The first telling token of a piece for each topic. */
  topicsIn(p: Piece): ReadonlyMap<number, number>;
  /** The topics of a token; none when it is not telling. */
  topicsOf(p: Piece, i: number): readonly number[];
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
  const scales = scalesOf(reader, (space, key) => comparison.rarityOfKey(space, key, vocabulary));
  const mine = pieces(plan, reader, scales, comparison.template);
  const myFacets = new Set(mine.map((p) => p.facet));
  const myNeighbours = neighbours(mine, scales);
  return (record, { topics }) => {
    const theirs = pieces(record, reader, scales);
    return {
      evidence: evidenceFor(mine, myFacets, theirs, topics >= SAME_BUSINESS ? scales : null),
      copied: round4(containment(myNeighbours, neighbours(theirs, scales))),
      functions: matrix(mine, theirs, 'function'),
      data: matrix(mine, theirs, 'data'),
    };
  };
}

function scalesOf(reader: Reader, rarityOf: (space: 'u' | 'w', key: string) => number): Scales {
  const words = new Map<string, { number: number; rarity: number }>();
  const meanings = new Map<string, number>();
  const topics = new Map<Piece, ReadonlyMap<number, number>>();
  const wordOf = (key: string): { number: number; rarity: number } => {
    let word = words.get(key);
    if (!word) words.set(key, (word = { number: words.size, rarity: rarityOf('w', key) }));
    return word;
  };
  const topicsOf = (p: Piece, i: number): readonly number[] => {
    const token = p.tokens[i];
    return token && (p.weights[i] ?? 0) > BOILERPLATE ? reader.topicsOf(token) : [];
  };
  return {
    weigh: (t) => {
      let unit = 0;
      for (const u of t.units) {
        let r = meanings.get(u);
        if (r === undefined) meanings.set(u, (r = rarityOf('u', u)));
        unit = Math.max(unit, r);
      }
      const word = t.word === '' ? 0 : wordOf(t.word).rarity;
      return unit > 0 && word > 0 ? Math.min(unit, word) : Math.max(unit, word);
    },
    numberOf: (word) => wordOf(word).number,
    topicsOf,
    topicsIn: (p) => {
      let first = topics.get(p);
      if (first) return first;
      const found = new Map<number, number>();
      for (let i = 0; i < p.tokens.length; i++) for (const topic of topicsOf(p, i)) if (!found.has(topic)) found.set(topic, i);
      topics.set(p, (first = found));
      return first;
    },
  };
}

function matrix(mine: readonly Piece[], theirs: readonly Piece[], facet: Facet): number[][] {
  const columns = theirs.filter((p) => p.facet === facet);
  return mine.filter((p) => p.facet === facet).map((a) => columns.map((b) => likeness(a, b, null)?.score ?? 0));
}

/** Above any number that `numberOf` gives. */
const PAIRED = 2 ** 26;

/** Words that stand next to each other, by how telling they are: copied text repeats these, a mere likeness of topic does not. */
function neighbours(list: readonly Piece[], { numberOf }: Scales): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  for (const { tokens, weights } of list) {
    for (let i = 0; i + 1 < tokens.length; i++) {
      const a = tokens[i]?.word ?? '';
      const b = tokens[i + 1]?.word ?? '';
      if (a !== '' && b !== '') found.set(numberOf(a) * PAIRED + numberOf(b), (weights[i] ?? 0) + (weights[i + 1] ?? 0));
    }
  }
  return found;
}

function containment(a: ReadonlyMap<number, number>, b: ReadonlyMap<number, number>): number {
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
  related: Scales | null,
): Evidence[] {
  const theirFacets = new Set(theirs.map((p) => p.facet));
  const found: Evidence[] = [];
  for (const a of mine) {
    for (const b of theirs) {
      const facet = comparedAs(a.facet, b.facet, myFacets, theirFacets);
      const alike = facet && likeness(a, b, null);
      if (alike && alike.score >= LEAST_SCORE) found.push(evidenceOf(a, b, facet, alike));
    }
  }
  if (found.length === 0) {
    // Last resort: the title of one side in the body of the other.
    for (const a of mine) {
      for (const b of theirs) {
        if (a.facet === b.facet || (a.facet !== 'title' && b.facet !== 'title')) continue;
        const alike = likeness(a, b, null);
        if (alike) found.push(evidenceOf(a, b, a.facet, alike));
      }
    }
  }
  if (found.length === 0 && related) {
    // Nothing said twice, but both may speak of one piece of business: a restaurant guide and a tourist guide.
    for (const a of mine) {
      for (const b of theirs) {
        const facet = comparedAs(a.facet, b.facet, myFacets, theirFacets) ?? (b.facet === 'text' ? a.facet : null);
        const alike = facet && likeness(a, b, related);
        if (alike) found.push(evidenceOf(a, b, facet, alike));
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

function pieces(r: OverlapPlan, reader: Reader, { weigh }: Scales, template?: (shingle: number) => boolean): Piece[] {
  return FACETS.flatMap(([facet, field, strings]) =>
    strings(r).flatMap((text, index) => {
      if (text === '') return [];
      const { tokens } = reader.read(text, r.agency, PROSE.has(facet) ? template : undefined);
      const weights = tokens.map(weigh);
      const byWord = new Map<string, number>();
      const byMeaning = new Map<string, number>();
      let total = 0;
      tokens.forEach((t, i) => {
        total += weights[i] ?? 0;
        if (t.word !== '' && !byWord.has(t.word)) byWord.set(t.word, i);
        for (const u of t.units) if (!byMeaning.has(u)) byMeaning.set(u, i);
      });
      return [{ facet, field, index, text, tokens, weights, total, byWord, byMeaning }];
    }),
  );
}

interface Likeness {
  readonly score: number;
  /** Agreeing tokens of either side, each with the token of the other side that it agrees with. */
  readonly left: readonly Agreement[];
  readonly right: readonly Agreement[];
}

interface Agreement {
  readonly kind: Match['kind'];
  readonly token: number;
  readonly other: number;
}

/** How far two pieces agree; null when not in anything telling. */
function likeness(a: Piece, b: Piece, related: Scales | null): Likeness | null {
  const left: Agreement[] = [];
  const ours = agreeing(a, b, related, left);
  if (!left.some(({ token }) => (a.weights[token] ?? 0) > BOILERPLATE)) return null;
  const right: Agreement[] = [];
  const other = agreeing(b, a, related, right);
  if (right.length === 0) return null;
  return { score: round4(Math.min(1, (ours + other) / (a.total + b.total))), left, right };
}

/** What of `a` is in `b` too: notes it in `found` and gives its weight. */
function agreeing(a: Piece, b: Piece, related: Scales | null, found: Agreement[]): number {
  let matched = 0;
  for (let i = 0; i < a.tokens.length; i++) {
    const t = a.tokens[i];
    if (!t) continue;
    const weight = a.weights[i] ?? 0;
    const same = t.word === '' ? undefined : b.byWord.get(t.word);
    if (same !== undefined) {
      matched += weight;
      found.push({ kind: 'same', token: i, other: same });
      continue;
    }
    const synonym = t.units.length === 0 ? undefined : first(t.units, b.byMeaning);
    if (synonym !== undefined) {
      matched += SYNONYM * weight;
      found.push({ kind: 'synonym', token: i, other: synonym });
      continue;
    }
    const other = related && first(related.topicsOf(a, i), related.topicsIn(b));
    if (other === null || other === undefined) continue;
    matched += RELATED * weight;
    found.push({ kind: 'related', token: i, other });
  }
  return matched;
}

/** The first place that any of the keys has. */
function first<K>(keys: readonly K[], places: ReadonlyMap<K, number>): number | undefined {
  let least: number | undefined;
  for (const key of keys) {
    const place = places.get(key);
    if (place !== undefined && (least === undefined || place < least)) least = place;
  }
  return least;
}

function evidenceOf(a: Piece, b: Piece, facet: Facet, { score, left, right }: Likeness): Evidence {
  const terms = new Map<string, { weight: number; match: Match }>();
  for (const { kind, token, other } of left) {
    const weight = a.weights[token] ?? 0;
    if (weight <= BOILERPLATE) continue;
    const plan = wordingOf(a, token);
    if (!terms.has(plan)) terms.set(plan, { weight, match: { kind, plan, candidate: wordingOf(b, other) } });
  }
  const ranked = [...terms].sort((x, y) => y[1].weight - x[1].weight || (x[0] < y[0] ? -1 : 1)).slice(0, MOST_TERMS);
  return {
    facet,
    score,
    plan: passage(a, telling(a, left)),
    candidate: passage(b, telling(b, right)),
    terms: ranked.map(([term]) => term),
    matches: ranked.map(([, { match }]) => match),
  };
}

function wordingOf(p: Piece, i: number): string {
  const token = p.tokens[i];
  return token ? p.text.slice(token.start, token.end) : '';
}

/** Without the boilerplate, unless there is nothing else. */
function telling(p: Piece, agreeing: readonly Agreement[]): readonly Token[] {
  const some = agreeing.filter(({ token }) => (p.weights[token] ?? 0) > BOILERPLATE);
  return (some.length > 0 ? some : agreeing).flatMap(({ token }) => p.tokens[token] ?? []);
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

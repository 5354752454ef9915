import type {
  Candidate,
  Evidence,
  Facet,
  OverlapFinding,
  OverlapPlan,
  OverlapRecord,
  Passage,
  ScreenOptions,
} from './finding.js';

interface Version {
  readonly record: OverlapRecord;
  readonly from: bigint;
  to: bigint | null;
}

const THRESHOLD = 0.5;

/** The inventory, remembered over log positions, and the comparison of a plan with it. */
export class OverlapIndex {
  readonly #versions = new Map<string, Version[]>();
  #position = 0n;

  static async create(): Promise<OverlapIndex> {
    return new OverlapIndex();
  }

  /** Last position applied. */
  get position(): bigint {
    return this.#position;
  }

  /** The record is registered, or reads like this, from `position` on. Positions never decrease. */
  put(record: OverlapRecord, position: bigint): void {
    const versions = this.#versions.get(record.id) ?? [];
    const last = versions.at(-1);
    this.#advance(position);
    if (last && last.to === null) {
      if (JSON.stringify(last.record) === JSON.stringify(record)) return;
      last.to = position;
    }
    versions.push({ record, from: position, to: null });
    this.#versions.set(record.id, versions);
  }

  /** The record is no longer compared from `position` on. */
  remove(id: string, position: bigint): void {
    this.#advance(position);
    const last = this.#versions.get(id)?.at(-1);
    if (last && last.to === null) last.to = position;
  }

  /** Records compared as of a position. */
  size(asOf: bigint = this.#position): number {
    let n = 0;
    for (const _ of this.#live(asOf)) n++;
    return n;
  }

  screen(plan: OverlapPlan, options: ScreenOptions = {}): OverlapFinding {
    const asOf = options.asOf ?? this.#position;
    const query = grams(wholeText(plan));
    const scored: Candidate[] = [];
    let compared = 0;
    for (const { record } of this.#live(asOf)) {
      if (options.exclude?.has(record.id)) continue;
      compared++;
      const probability = round(dice(query, grams(wholeText(record))));
      if (probability < 0.05) continue;
      const evidence = evidenceOf(plan, record);
      if (evidence.length === 0) continue;
      const facets: Partial<Record<Facet, number>> = {};
      for (const e of evidence) facets[e.facet] = Math.max(facets[e.facet] ?? 0, e.score);
      scored.push({
        id: record.id,
        kind: record.kind,
        name: record.title || record.text.slice(0, 40),
        agency: record.agency,
        probability,
        flagged: probability >= THRESHOLD,
        facets,
        evidence,
        reasons: [],
      });
    }
    scored.sort((a, b) => b.probability - a.probability || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
    return {
      engine: { engine: 'bigram-dice-0' },
      inventoryPosition: asOf.toString(),
      compared,
      threshold: THRESHOLD,
      judgeable: query.size >= 6,
      candidates: scored.slice(0, options.limit ?? 10),
    };
  }

  #advance(position: bigint): void {
    if (position < this.#position) throw new RangeError(`position ${position} after ${this.#position}`);
    this.#position = position;
  }

  *#live(asOf: bigint): Iterable<Version> {
    for (const versions of this.#versions.values()) {
      for (const v of versions) if (v.from <= asOf && (v.to === null || v.to > asOf)) yield v;
    }
  }
}

function wholeText(r: OverlapPlan): string {
  return [r.title, r.purpose, ...r.functions, ...r.users, ...r.data, r.text].join('\n');
}

function grams(text: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const word of text.toLowerCase().split(/[^\p{L}\p{N}]+/u))
    for (let i = 0; i + 2 <= word.length; i++) found.add(word.slice(i, i + 2));
  return found;
}

function dice(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let shared = 0;
  for (const g of a) if (b.has(g)) shared++;
  return a.size + b.size === 0 ? 0 : (2 * shared) / (a.size + b.size);
}

function round(x: number): number {
  return Math.round(x * 10000) / 10000;
}

function evidenceOf(plan: OverlapPlan, record: OverlapRecord): Evidence[] {
  const strings = (r: OverlapPlan): readonly (readonly [Facet, string, readonly string[]])[] => [
    ['title', 'title', [r.title]],
    ['purpose', 'purpose', [r.purpose]],
    ['function', 'functions', r.functions],
    ['data', 'data', r.data],
    ['users', 'users', r.users],
    ['text', 'text', [r.text]],
  ];
  const passage = (field: string, index: number, s: string): Passage => ({ field, index, start: 0, end: s.length, quote: s });
  const theirs = new Map(strings(record).map(([facet, field, list]) => [facet, { field, list }]));
  const found: Evidence[] = [];
  for (const [facet, field, list] of strings(plan)) {
    const other = theirs.get(facet);
    if (!other) continue;
    list.forEach((a, i) => {
      other.list.forEach((b, j) => {
        const ga = grams(a);
        const gb = grams(b);
        const score = round(dice(ga, gb));
        if (score < 0.2) return;
        const terms = [...ga].filter((g) => gb.has(g)).sort();
        found.push({ facet, score, plan: passage(field, i, a), candidate: passage(other.field, j, b), terms });
      });
    });
  }
  return found.sort((x, y) => y.score - x.score).slice(0, 8);
}

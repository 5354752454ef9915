import { loadAnalyzer, plainAnalyzer, type Analyzer } from './analyzer.js';
import { Comparison, NOBODYS, type Features } from './comparison.js';
import { EpochTables } from './epoch-tables.js';
import { logistic, round4 } from './exact-math.js';
import { explainer, facetScores, reasonsFor, type Explanation } from './explanation.js';
import type { Candidate, OverlapFinding, OverlapPlan, OverlapRecord, PairExplanation, ScreenOptions } from './finding.js';
import { Inventory } from './inventory.js';
import { Lexicon } from './lexicon.js';
import { Reader } from './reading.js';
import { RELATIONS_ID, suggestRelation } from './relation.js';
import { suggestReuse } from './reuse.js';
import { SnapshotReader, SnapshotWriter } from './snapshot.js';
import type { Epoch } from './statistics.js';
import { ADMINISTRATION } from './thesaurus/administration.js';
import { CONCEPTS } from './thesaurus/concepts.js';
import { DUTIES_OF_LIFE } from './thesaurus/duties-of-life.js';
import { DUTIES_OF_PLACE } from './thesaurus/duties-of-place.js';
import { EVERYDAY } from './thesaurus/everyday.js';
import { PLAIN_WORDS } from './thesaurus/plain-words.js';
import { TOPICS } from './thesaurus/topics.js';
import { contributions, logOdds, SHIPPED, weightKindOf, weightsFor, type WeightKind, type WeightSet } from './weights.js';

export interface OverlapIndexOptions {
  /** From `loadAnalyzer()`. Without one, words are cut at scripts and particles only: for tools that cannot wait. */
  readonly analyzer?: Analyzer;
  /** Meanings that administrators added to the thesaurus, and the version they make. Two indexes agree only when both have the same. */
  readonly thesaurus?: ThesaurusExtension;
  /** Weights other than the shipped ones, as `train` makes them. */
  readonly weights?: WeightSet;
}

/** Meanings beside the shipped ones. */
export interface ThesaurusExtension {
  /** Names exactly these concepts: what stands in a finding as `thesaurus` after the shipped version. Empty for none. */
  readonly version: string;
  /** Words of one meaning; a word may be several words with spaces between. */
  readonly concepts: readonly { readonly id: string; readonly words: readonly string[] }[];
}

export const ENGINE = 'sajeon-overlap-6';
export const THESAURUS_ID = 'ko-egov-5';
/** At or above this probability a candidate is flagged. */
export const THRESHOLD = 0.5;
/** Distinct words, boilerplate not counted, below which a plan says too little to be judged. */
const ENOUGH_WORDS = 3;
const LIMIT = 10;
/** Candidates of one kind that are shown before those of other kinds. */
const OF_ONE_KIND = 1;
/** Candidates of one subject that are shown before those of other subjects. */
const OF_ONE_SUBJECT = 3;
const NATIONWIDE: ReadonlySet<string> = new Set(['central', 'public']);
/** Log-odds by which a local system must be the likelier to stand before a nationwide one. It moves places, never probabilities. */
const NATIONWIDE_FIRST = 0.7;
/** Least probability of a candidate that is counted among those that read alike. */
const WORTH_COUNTING = 0.05;

/** Records that `warming` prepares, and asks about. */
const WARMED_AT_ONCE = 500;
const ASKED_TO_WARM = 40;
const NOTHING_PLANNED: OverlapPlan = {
  agency: '',
  title: '',
  purpose: '',
  functions: [],
  users: [],
  data: [],
  technologies: [],
  text: '',
};

/** Compiling the thesaurus analyses thousands of phrases: once per analyzer and extension. */
const lexicons = new WeakMap<Analyzer, Map<string, Lexicon>>();

function lexiconOf(analyzer: Analyzer, extension: ThesaurusExtension | undefined): Lexicon {
  let known = lexicons.get(analyzer);
  if (!known) lexicons.set(analyzer, (known = new Map()));
  const lines = (extension?.concepts ?? []).map(
    ({ id, words }) => `${id}: ${words.map((word) => word.trim().replaceAll(/[\s:]+/gu, '_')).join(' ')}`,
  );
  // By what is in it, not by its name: an index must never get the meanings of another.
  const key = lines.join('\n');
  let lexicon = known.get(key);
  if (!lexicon) {
    lexicon = new Lexicon(
      analyzer,
      [CONCEPTS, ADMINISTRATION, EVERYDAY, DUTIES_OF_LIFE, DUTIES_OF_PLACE, PLAIN_WORDS, key].join('\n'),
      TOPICS,
    );
    known.set(key, lexicon);
  }
  return lexicon;
}

/**
 * The inventory of existing systems and pending plans, and the comparison of a plan with it. Pure and synchronous: what `screen`
 * returns is a function of the records put and removed with their positions, the plan, and the engine version in the result.
 */
export class OverlapIndex {
  readonly #analyzer: Analyzer;
  readonly #lexicon: Lexicon;
  readonly #reader: Reader;
  readonly #inventory: Inventory;
  readonly #weights: WeightSet;
  readonly #thesaurus: string;
  #tables: EpochTables | null = null;
  /** The epoch that was warmed last. */
  #warm: Epoch | null = null;

  constructor(options: OverlapIndexOptions = {}) {
    this.#analyzer = options.analyzer ?? plainAnalyzer;
    const lexicon = lexiconOf(this.#analyzer, options.thesaurus);
    this.#weights = options.weights ?? SHIPPED;
    this.#thesaurus = options.thesaurus?.version ? `${THESAURUS_ID}+${options.thesaurus.version}` : THESAURUS_ID;
    this.#lexicon = lexicon;
    this.#reader = new Reader(this.#analyzer, lexicon);
    this.#inventory = new Inventory(this.#reader, lexicon);
  }

  /** An empty index with the Korean analyzer loaded. */
  static async create(options: Omit<OverlapIndexOptions, 'analyzer'> = {}): Promise<OverlapIndex> {
    return new OverlapIndex({ ...options, analyzer: await loadAnalyzer() });
  }

  /**
   * An index as it was when `snapshot` was taken. Throws RangeError when the bytes are damaged or were written by another engine,
   * analyzer or thesaurus: read the log from its beginning then.
   */
  static restore(bytes: Uint8Array, options: OverlapIndexOptions = {}): OverlapIndex {
    const index = new OverlapIndex(options);
    const from = new SnapshotReader(bytes);
    const [written, mine] = [from.text(), index.#key()];
    if (written !== mine) throw new RangeError(`the snapshot is of ${written}; this index is ${mine}`);
    index.#inventory.restore(from);
    return index;
  }

  /** The whole index with a checksum, for a quick start: what `restore` makes of it screens exactly as this does, also of the past. */
  snapshot(): Uint8Array {
    const to = new SnapshotWriter();
    to.text(this.#key());
    this.#inventory.save(to);
    return to.finish();
  }

  /** What the stored terms depend on. Weights are not among it: they apply when somebody asks. */
  #key(): string {
    return [ENGINE, this.#analyzer.id, this.#thesaurus].join(' ');
  }

  /** Last position applied. */
  get position(): bigint {
    return this.#inventory.position;
  }

  /**
   * The record is registered, or reads like this, from `position` on; the same content again changes nothing.
   * Throws RangeError for a position below the last one applied.
   */
  put(record: OverlapRecord, position: bigint): void {
    this.#inventory.put(record, position);
  }

  /** The record is not compared from `position` on. An unknown id changes nothing. */
  remove(id: string, position: bigint): void {
    this.#inventory.remove(id, position);
  }

  /** Records compared as of a position. */
  size(asOf: bigint = this.position): number {
    return this.#inventory.size(asOf);
  }

  /** The record as it read at a position; null when it was not there. */
  recordAt(id: string, asOf: bigint): OverlapRecord | null {
    return this.#inventory.records[this.#inventory.documentOf(id, asOf)] ?? null;
  }

  /**
   * Does beforehand what others would otherwise wait for: counts for the epoch to come; and for the first questions of an epoch, counts
   * what each record says, and asks about some records, so that the engine's own code is compiled. Changes no answer. Go on with it
   * when there is time: records may come in between, and each step takes a few milliseconds.
   * @returns nothing to do when this epoch is warm
   */
  *warming(): Generator<void, void, void> {
    while (this.#inventory.countOn()) yield;
    const epoch = this.#inventory.epochAt(this.position);
    if (this.#warm === epoch) return;
    this.#warm = epoch;
    const { records } = this.#inventory;
    let comparison: Comparison | null = null;
    for (let doc = 0; doc < records.length; doc++) {
      // Another after every pause: records that came in the meantime may have made new tables.
      if (doc % WARMED_AT_ONCE === 0) {
        yield;
        comparison = this.#comparison(NOTHING_PLANNED, this.position);
      }
      comparison?.prepare(doc);
    }
    const every = Math.max(1, Math.floor(records.length / ASKED_TO_WARM));
    for (let doc = 0; doc < records.length; doc += every) {
      yield;
      const record = records[doc];
      if (record) this.screen(record);
    }
  }

  /** Ranks what the plan may overlap with, with evidence, as the inventory stood at `asOf`. */
  screen(plan: OverlapPlan, options: ScreenOptions & { readonly weights?: WeightSet } = {}): OverlapFinding {
    const weights = options.weights ?? this.#weights;
    const inventory = this.#inventory;
    const asOf = options.asOf ?? this.position;
    const comparison = this.#comparison(plan, asOf);
    const live = inventory.liveAt(asOf);
    const alive = (doc: number): boolean => live(doc) && !options.exclude?.has(inventory.records[doc]?.id ?? '');
    const scored: { doc: number; id: string; odds: number; place: number; features: Features }[] = [];
    // By log-odds, which still tell two near-certain candidates apart when their rounded probabilities are the same. Of two that are
    // about as likely, a local plan is shown the nationwide system first: it is the one to use instead.
    const local = plan.level === 'local' || plan.level === 'metropolitan';
    for (const { doc, features } of comparison.compareAll(alive)) {
      const record = inventory.records[doc];
      if (!record) continue;
      const odds = logOdds(features, weightsFor(plan, record, weights));
      const place = local && NATIONWIDE.has(record.level ?? '') ? odds + NATIONWIDE_FIRST : odds;
      scored.push({ doc, id: record.id, odds, place, features });
    }
    scored.sort((a, b) => b.place - a.place || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));

    const limit = options.limit ?? LIMIT;
    const explain = explainer(plan, this.#reader, comparison, inventory.vocabulary);
    const candidates: Candidate[] = [];
    for (const { doc, odds, features, alike } of spread(scored, comparison)) {
      if (candidates.length >= limit) break;
      const record = inventory.records[doc];
      if (!record) continue;
      const explanation = explain(record, features);
      if (explanation.evidence.length === 0) continue;
      const candidate = candidateOf(plan, record, features, odds, explanation);
      candidates.push(alike > 0 ? { ...candidate, alike } : candidate);
    }
    const reuse = suggestReuse(plan, candidates, options.costLines);
    let excluded = 0;
    for (const id of options.exclude ?? []) if (inventory.has(id, asOf)) excluded++;
    return {
      engine: this.#versions(inventory.epochAt(asOf), weights),
      inventoryPosition: asOf.toString(),
      compared: inventory.size(asOf) - excluded,
      threshold: THRESHOLD,
      judgeable: comparison.telling >= ENOUGH_WORDS,
      candidates,
      ...(reuse.length > 0 && { reuse }),
    };
  }

  /** One pair in full, as of a position; null when the record was not there. */
  explain(plan: OverlapPlan, id: string, options: Pick<ScreenOptions, 'asOf'> = {}): PairExplanation | null {
    const asOf = options.asOf ?? this.position;
    const doc = this.#inventory.documentOf(id, asOf);
    const record = this.#inventory.records[doc];
    if (!record) return null;
    const comparison = this.#comparison(plan, asOf);
    const features = comparison.features(doc);
    const weights = weightsFor(plan, record, this.#weights);
    const explanation = explainer(plan, this.#reader, comparison, this.#inventory.vocabulary)(record, features);
    return {
      candidate: candidateOf(plan, record, features, logOdds(features, weights), explanation),
      record: { functions: record.functions, data: record.data },
      functions: explanation.functions,
      data: explanation.data,
      signals: contributions(features, weights),
      bias: weights.bias,
    };
  }

  /** For learning: the features of one pair as of a position, and the kind of weights that apply to it; null when the record was not there. */
  featuresOf(plan: OverlapPlan, id: string, asOf: bigint): { readonly features: Features; readonly kind: WeightKind } | null {
    const doc = this.#inventory.documentOf(id, asOf);
    const record = this.#inventory.records[doc];
    if (!record) return null;
    return { features: this.#comparison(plan, asOf).features(doc), kind: weightKindOf(plan, record) };
  }

  /** For fitting and evaluation: the features of every retrieved record, unordered. */
  features(plan: OverlapPlan, options: ScreenOptions = {}): { id: string; features: Features }[] {
    const asOf = options.asOf ?? this.position;
    const comparison = this.#comparison(plan, asOf);
    const live = this.#inventory.liveAt(asOf);
    const alive = (doc: number): boolean => live(doc) && !options.exclude?.has(this.#inventory.records[doc]?.id ?? '');
    return comparison.compareAll(alive).map(({ doc, features }) => ({ id: this.#inventory.records[doc]?.id ?? '', features }));
  }

  #comparison(plan: OverlapPlan, asOf: bigint): Comparison {
    const epoch = this.#inventory.epochAt(asOf);
    const { vocabulary, records } = this.#inventory;
    let tables = this.#tables;
    if (!tables?.fit(epoch, vocabulary.size, records.length)) {
      const larger = new EpochTables(epoch, vocabulary.size, records.length);
      if (tables?.epoch === epoch) larger.learn(tables);
      this.#tables = tables = larger;
    }
    return new Comparison(plan, this.#inventory, epoch, tables, this.#reader, this.#lexicon);
  }

  #versions(epoch: Epoch, weights: WeightSet): Record<string, string> {
    return {
      engine: ENGINE,
      analyzer: this.#analyzer.id,
      thesaurus: this.#thesaurus,
      weights: weights.id,
      relations: RELATIONS_ID,
      // The digest, because the same position may close over other records when the same ones were imported in another order.
      epoch: `${epoch.ordinal}@${epoch.position}#${epoch.digest}`,
    };
  }
}

/**
 * Best first, but of one kind of system (every town's own tourist guide) and of one subject at most a few before everything else, or
 * the list would show one thing ten times and hide the nationwide system that they all double. The last shown of a kind says how many
 * more there are.
 */
function spread<T extends { readonly doc: number; readonly odds: number }>(
  scored: readonly T[],
  comparison: Comparison,
): (T & { readonly alike: number })[] {
  const first: (T & { alike: number })[] = [];
  const later: (T & { alike: number })[] = [];
  const kinds = new Map<number, { shown: number; last: { alike: number } }>();
  const subjects = new Map<number, number>();
  for (const candidate of scored) {
    const entry = { ...candidate, alike: 0 };
    const kind = comparison.kindOf(candidate.doc);
    const subject = comparison.subjectOf(candidate.doc);
    const same = kinds.get(kind);
    const onSubject = subjects.get(subject) ?? 0;
    const enough =
      (kind !== NOBODYS && same && same.shown >= OF_ONE_KIND) || (subject !== NOBODYS && onSubject >= OF_ONE_SUBJECT);
    if (enough) {
      if (same && logistic(candidate.odds) >= WORTH_COUNTING) same.last.alike++;
      later.push(entry);
      continue;
    }
    kinds.set(kind, { shown: (same?.shown ?? 0) + 1, last: entry });
    subjects.set(subject, onSubject + 1);
    first.push(entry);
  }
  return [...first, ...later];
}

function candidateOf(
  plan: OverlapPlan,
  record: OverlapRecord,
  features: Features,
  odds: number,
  explanation: Explanation,
): Candidate {
  const probability = round4(logistic(odds));
  const facets = facetScores(explanation.evidence);
  const reasons = reasonsFor(plan, record, features, explanation);
  const { copied, evidence, functions } = explanation;
  const boilerplate = reasons.includes('BOILERPLATE_ONLY');
  const agreement = functionAgreement(plan, explanation);
  const relation = suggestRelation(plan, record, { probability, copied, facets, functions, boilerplate });
  return {
    id: record.id,
    kind: record.kind,
    name: record.title === '' ? record.text.slice(0, 40) : record.title,
    agency: record.agency,
    probability,
    flagged: probability >= THRESHOLD,
    facets,
    evidence,
    reasons,
    copied,
    ...(relation && { relation }),
    ...(agreement.length > 0 && { functionAgreement: agreement }),
  };
}

/** A record without a list of functions is read as a whole: what its text says about a function stands in the evidence. */
function functionAgreement(plan: OverlapPlan, { functions, evidence }: Explanation): readonly number[] {
  return plan.functions.map((_, i) =>
    Math.max(
      0,
      ...(functions[i] ?? []),
      ...evidence.filter((e) => e.facet === 'function' && e.plan.index === i).map((e) => e.score),
    ),
  );
}

/**
 * An existing system (or the pending plan of another agency) as the inventory knows it. Every text field may be empty:
 * a record with only `text`, or only a `title`, is compared on what it has.
 */
export interface OverlapRecord {
  readonly id: string;
  readonly kind: 'system' | 'plan';
  readonly agency: string;
  readonly level?: string;
  readonly title: string;
  readonly purpose: string;
  readonly functions: readonly string[];
  readonly users: readonly string[];
  readonly data: readonly string[];
  readonly technologies: readonly string[];
  readonly text: string;
}

/** What is screened: the same facets without an identity. */
export type OverlapPlan = Omit<OverlapRecord, 'id' | 'kind'>;

export type Facet = 'title' | 'purpose' | 'function' | 'data' | 'users' | 'text';

/**
 * A passage of one side. `field` names the string (`title`, `purpose`, `functions`, `users`, `data`, `text`), `index` its place in a
 * list (0 for a single string); `start`/`end` count UTF-16 units, so `quote === string.slice(start, end)`.
 */
export interface Passage {
  readonly field: string;
  readonly index: number;
  readonly start: number;
  readonly end: number;
  readonly quote: string;
}

/** Two words that agree: the same word, or two words of one meaning in the thesaurus. */
export interface Match {
  readonly kind: 'same' | 'synonym';
  readonly plan: string;
  readonly candidate: string;
}

/** One reason why a candidate is shown. `score` is 0…1; `terms` are what both sides share, in order of weight. */
export interface Evidence {
  readonly facet: Facet;
  readonly score: number;
  readonly plan: Passage;
  readonly candidate: Passage;
  readonly terms: readonly string[];
  /** The terms with their counterparts, in the same order. */
  readonly matches: readonly Match[];
}

/**
 * Stable codes for what was noticed about a pair. They inform a person; none of them is a verdict.
 * `COPIED_TEXT`, `TITLE_NEAR_COPY`: wording, not meaning. `BOILERPLATE_ONLY`: what both say, most plans say.
 */
export type ReasonCode =
  | 'BOILERPLATE_ONLY'
  | 'TITLE_NEAR_COPY'
  | 'COPIED_TEXT'
  | 'FUNCTION_SAME'
  | 'DATA_SAME'
  | 'USERS_SAME'
  | 'SAME_AGENCY'
  | 'PENDING_PLAN';

export interface Candidate {
  readonly id: string;
  readonly kind: 'system' | 'plan';
  readonly name: string;
  readonly agency: string;
  /** 0…1, calibrated. A suggestion, never a verdict. */
  readonly probability: number;
  /** At or above the threshold. */
  readonly flagged: boolean;
  /** Similarity by facet, 0…1. */
  readonly facets: Readonly<Partial<Record<Facet, number>>>;
  readonly evidence: readonly Evidence[];
  readonly reasons: readonly ReasonCode[];
  /** Share of the shorter side's wording, word next to word, that the other repeats: near 1 for a copy with names swapped. */
  readonly copied: number;
}

/** One pair, in full. */
export interface PairExplanation {
  readonly candidate: Candidate;
  /** Agreement of each of the plan's functions (rows) with each of the candidate's (columns), 0…1. */
  readonly functions: readonly (readonly number[])[];
  /** The same for data. */
  readonly data: readonly (readonly number[])[];
  /** What each signal added to the log-odds, largest first, over `bias`, the odds of a pair of which nothing is known. */
  readonly signals: readonly { readonly signal: string; readonly value: number; readonly logOdds: number }[];
  readonly bias: number;
}

export interface OverlapFinding {
  /** Versions of everything the result depends on besides the plan and the inventory. */
  readonly engine: Readonly<Record<string, string>>;
  /** Decimal log position up to which the inventory was considered. */
  readonly inventoryPosition: string;
  /** Records compared. */
  readonly compared: number;
  readonly threshold: number;
  /** False when the plan says too little to be judged; candidates may still be shown. */
  readonly judgeable: boolean;
  /** Best first; equal probabilities by id. */
  readonly candidates: readonly Candidate[];
}

export interface ScreenOptions {
  /** As the index stood at this log position; the last applied position when absent. */
  readonly asOf?: bigint;
  /** At most this many candidates; 10 when absent. */
  readonly limit?: number;
  /** Ids that must not be candidates, e.g. the plan's own earlier version. */
  readonly exclude?: ReadonlySet<string>;
}

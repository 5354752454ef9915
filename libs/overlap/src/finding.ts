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

/** Two words that agree: the same word, two words of one meaning in the thesaurus, or two that belong to one piece of business. */
export interface Match {
  readonly kind: 'same' | 'synonym' | 'related';
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

/**
 * What the engine proposes that a plan and a record are to each other. The words are those in which people settle a candidate, so
 * that a proposal and a judgment can be compared. The second group are not faults.
 */
export type SuggestedRelation =
  | 'DUPLICATES'
  | 'PARTIAL_FUNCTION_OVERLAP'
  | 'SAME_DATA_COLLECTED'
  | 'SHOULD_LINK'
  | 'SHOULD_REUSE_COMMON_SYSTEM'
  | 'SIBLING_LOCAL_COPY'
  | 'PRIVATE_SERVICE_DUPLICATION'
  | 'RELAUNCH_OF_FAILED'
  | 'DEPLOYMENT_OF_STANDARD'
  | 'SUCCESSOR_OF'
  | 'INTEGRATION_HUB'
  | 'PHASE_OF'
  | 'UNRELATED';

/** Why a relation is suggested, in stable codes. */
export type RelationGround =
  | 'PLAN_GATHERS_EXISTING'
  | 'CANDIDATE_GATHERS_EXISTING'
  | 'PLAN_TAKES_OVER_STANDARD'
  | 'PLAN_RENEWS'
  | 'PLAN_IS_A_PHASE'
  | 'SAME_AGENCY'
  | 'CANDIDATE_NAMED'
  | 'CANDIDATE_IS_COMMON'
  | 'CANDIDATE_FAILED'
  | 'PRIVATE_SERVICE'
  | 'BOTH_LOCAL'
  | 'COPIED'
  | 'TITLE_ALIKE'
  | 'FUNCTIONS_ALL_FOUND'
  | 'FUNCTIONS_PARTLY_FOUND'
  | 'DATA_SAME'
  | 'BOILERPLATE_ONLY';

/** One ground, with the words of the text that say so, where words do. */
export interface RelationReason {
  readonly ground: RelationGround;
  readonly quote?: string;
}

/** A proposal for the person who settles the candidate, never a verdict. */
export interface RelationSuggestion {
  readonly relation: SuggestedRelation;
  readonly because: readonly RelationReason[];
}

/** What a plan says one of its cost lines pays for. `functions` are places in the plan's list of functions, from 0. */
export interface CostLine {
  readonly label: string;
  /** Whole won. */
  readonly krw: number;
  readonly functions: readonly number[];
}

/** Whole won, from the careful estimate to the best case; null when the plan does not say what its functions cost. */
export interface SavingRange {
  readonly lowKrw: number;
  readonly highKrw: number;
}

/** Functions of the plan that another system has already: a proposal to use them there. */
export interface ReuseSuggestion {
  readonly candidate: string;
  /** Places in the plan's list of functions, from 0. */
  readonly functions: readonly number[];
  /** How many functions the plan has. */
  readonly of: number;
  /** Null: unknown. */
  readonly saving: SavingRange | null;
}

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
  /** How many more records of this kind (by the rarest words of their titles) may overlap: they stand behind other kinds. Absent when none. */
  readonly alike?: number;
  /** What the two may be to each other: a proposal for the person who settles the candidate. Absent when there is too little to propose anything. */
  readonly relation?: RelationSuggestion;
  /** Best agreement of each of the plan's functions with anything the candidate does, 0…1, in the plan's order. Absent when the plan names none. */
  readonly functionAgreement?: readonly number[];
  /** By a learned model where one is in use: cosine, 0…1. Never part of the probability. */
  readonly closeness?: number;
}

/** One pair, in full. */
export interface PairExplanation {
  readonly candidate: Candidate;
  /** What the columns of the two tables below are. */
  readonly record: Pick<OverlapRecord, 'functions' | 'data'>;
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
  /** Best first, equal probabilities by id; but at most three of one kind of system before those of other kinds. */
  readonly candidates: readonly Candidate[];
  /** Functions of the plan that exist elsewhere; absent when none does. */
  readonly reuse?: readonly ReuseSuggestion[];
}

export interface ScreenOptions {
  /** As the index stood at this log position; the last applied position when absent. */
  readonly asOf?: bigint;
  /** At most this many candidates; 10 when absent. */
  readonly limit?: number;
  /** Ids that must not be candidates, e.g. the plan's own earlier version. */
  readonly exclude?: ReadonlySet<string>;
  /** What the plan's functions cost, for the saving of a reuse. Never read by the comparison. */
  readonly costLines?: readonly CostLine[];
}

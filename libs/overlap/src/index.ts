export { loadAnalyzer, plainAnalyzer, type Analyzer } from './analyzer.js';
export {
  circumstances,
  type Channel,
  type Circumstances,
  type LevelRelation,
  type RegionRelation,
  type Side,
} from './circumstances.js';
export type {
  Candidate,
  CostLine,
  Evidence,
  Facet,
  Match,
  OverlapFinding,
  OverlapPlan,
  OverlapRecord,
  PairExplanation,
  Passage,
  ReasonCode,
  RelationGround,
  RelationReason,
  RelationSuggestion,
  ReuseSuggestion,
  SavingRange,
  ScreenOptions,
  SuggestedRelation,
} from './finding.js';
export {
  ENGINE,
  OverlapIndex,
  THESAURUS_ID,
  THRESHOLD,
  type OverlapIndexOptions,
  type ThesaurusExtension,
} from './overlap-index.js';
export { clusterPlans, type PlanCluster, type PlanPair } from './plan-clusters.js';
export { RELATIONS_ID, relationInWords, suggestRelation, type PairEvidence } from './relation.js';
export { suggestReuse } from './reuse.js';
export {
  FEWEST_LABELS,
  judge,
  train,
  type Example,
  type Judged,
  type JudgedPair,
  type Training,
  type WouldChange,
} from './learning.js';
export { SHIPPED, type WeightKind, type Weights, type WeightSet } from './weights.js';

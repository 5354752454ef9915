export { loadAnalyzer, plainAnalyzer, type Analyzer } from './analyzer.js';
export type {
  Candidate,
  Evidence,
  Facet,
  Match,
  OverlapFinding,
  OverlapPlan,
  OverlapRecord,
  PairExplanation,
  Passage,
  ReasonCode,
  ScreenOptions,
} from './finding.js';
export { ENGINE, OverlapIndex, THRESHOLD, type OverlapIndexOptions } from './overlap-index.js';
export { clusterPlans, type PlanCluster, type PlanPair } from './plan-clusters.js';

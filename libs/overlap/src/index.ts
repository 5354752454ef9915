export type {
  Candidate,
  Evidence,
  Facet,
  MatchKind,
  OverlapFinding,
  OverlapPlan,
  OverlapRecord,
  Passage,
  ReasonCode,
  ScreenOptions,
} from './finding.js';
export { OverlapIndex } from './overlap-index.js';

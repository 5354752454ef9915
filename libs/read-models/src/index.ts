export { ReadModelsModule } from './read-models.module.js';
export { migrate } from './host/database.js';
export { ProjectionHost, RebuildRunning, UnknownView, type HostTimes, type ViewHealth } from './host/projection-host.js';
export { Poison } from './host/projector.js';
export type { RebuildProgress } from './host/rebuild.js';
export { MAX_PAGE, type Direction, type Found, type Page, type PageRequest } from './page.js';
export type { ChangedRow } from './reading.js';
export { views } from './views.js';
export type { BallHolder, ConsultationSummary } from './consultation-summary.js';
export {
  CompareQueue,
  CountQueue,
  ListQueue,
  type Graded,
  type QueueCounts,
  type QueueRequest,
  type QueueRow,
  type QueueSort,
} from './reviewer-queue/reviewer-queue.js';
export { ListDecidedCases, type DecidedCase } from './decided-cases/decided-cases.js';
export { ListPlanClusters, type ClusterMember, type ClusterPair, type PlanClusterRow } from './plan-clusters/plan-clusters.js';
export {
  ListToDo,
  TASK_KINDS,
  TASK_ROLES,
  type Dated,
  type TaskKind,
  type TaskRole,
  type TaskRow,
  type ToDoRequest,
} from './to-do/to-do.js';
export {
  AskStatistics,
  CUTS,
  STATISTICS,
  type Cut,
  type StatisticsAnswer,
  type StatisticsColumn,
  type StatisticsRequest,
  type StatisticsRow,
  type StatisticsTable,
} from './statistics/statistics.js';
export {
  replayCase,
  ShowCase,
  type CaseCandidate,
  type CaseDocument,
  type CaseFinding,
  type CaseRow,
} from './case-page/case-page.js';
export { recomputeBases, type BasisRecomputation } from './case-page/basis.js';
export type { CaseMeeting, CorrectionRound } from './case-page/requests.js';
export type { CaseAddedCandidate, CaseAssignment, CaseDelayNotice, CaseTrackChange, CaseWarning } from './case-page/course.js';
export {
  withoutInternalOpinion,
  type CaseChange,
  type CaseObjection,
  type CaseProposal,
  type ResultLetter,
} from './case-page/decision.js';
export type { Settlement } from './case-page/settlement.js';
export type { CaseDifference, CaseJointReview } from './case-page/joint-review.js';
export type { CaseActionResult, CaseCorrectionDemand, CaseObligation, CaseRecommendation } from './case-page/follow-up.js';
export {
  ListApplications,
  type ApplicationRow,
  type ApplicationsRequest,
  type ApplicationSort,
} from './applicant-list/applicant-list.js';
export {
  CompareSystems,
  ListSystems,
  ShowSystem,
  type SystemRow,
  type SystemsRequest,
  type SystemSummary,
  type SystemSort,
} from './system-inventory/system-inventory.js';
export { ShowTimeline, type TimelineRequest, type TimelineRow } from './timeline/timeline.js';
export { ListAgencies, ShowAgency, type AgenciesRequest, type AgencyRow } from './agency-directory/agency-directory.js';
export {
  ListProjects,
  ShowProject,
  type ProjectRow,
  type ProjectsRequest,
  type ProjectSummary,
  type ProjectSort,
} from './project-list/project-list.js';
export {
  ListPreliminaryReviews,
  type PreliminaryReviewRow,
  type PreliminaryReviewsRequest,
  type PreliminaryStatus,
} from './preliminary-reviews/preliminary-reviews.js';
export { ListObligations, type ObligationRow, type ObligationsRequest } from './obligations/obligations.js';
export {
  ListUsers,
  ShowGivenDelegations,
  ShowUser,
  type Colleague,
  type GivenDelegations,
  type UserRow,
  type UsersRequest,
} from './user-directory/user-directory.js';
export type { Act } from './case-page/act.js';
export { ListOmissions, type OmissionRow, type OmissionsRequest, type OmissionSort } from './omissions/omissions.js';
export {
  ShowProjectThread,
  type ProjectDocument,
  type ProjectThread,
  type ThreadConsultation,
} from './project-thread/project-thread.js';
export {
  ListPublicDecisions,
  type PublicCondition,
  type PublicDecision,
  type PublicDecisionsRequest,
} from './public-register/public-register.js';

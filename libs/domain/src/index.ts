export type { Actor, Decider, DomainCommand, DomainEvent, Stamp } from './kernel/decider.js';
export { DomainError, Malformed, NotFound, NotPermitted, RuleViolated, type Message } from './kernel/errors.js';
export type { CostLine, PlanContent, PlanVersion, SoftwareDescription } from './kernel/plan.js';
export type { ConflictFacts } from './kernel/conflict.js';
export { lastDayOf, quarterAfter, quarterOf, type Quarter } from './kernel/quarter.js';
export { changesBetween, type Change } from './kernel/changes.js';
export { checkPlan, LIMITS } from './kernel/wellformed.js';
export type * from './agency/events.js';
export type * from './system/events.js';
export type * from './project/events.js';
export type * from './consultation/events.js';
export type * from './ruleset/events.js';
export type * from './letter/events.js';
export type * from './preliminary/events.js';
export type * from './calendar/events.js';
export type * from './oversight/events.js';
export type * from './personal-data/events.js';
export type * from './user/events.js';
export type * from './thesaurus/events.js';
export {
  AGENCY_TIERS,
  parentOn,
  standsOn,
  successorsOn,
  agencyDecider,
  type AgencyCommand,
  type AgencyState,
} from './agency/agency.js';
export { checkEntry, SYSTEM_LEVELS, systemDecider, type SystemCommand, type SystemState } from './system/system.js';
export {
  SAVED_QUESTIONS,
  type Answered,
  type QuestionTerms,
  type RecordAsked,
  type SavedQuestion,
} from './oversight/questions.js';
export { accessRecordDecider, MOST_READS_AT_ONCE, type RecordReads } from './oversight/access-record.js';
export {
  auditFindingDecider,
  type AuditFinding,
  type AuditFindingCommand,
  type AuditFindingState,
} from './oversight/audit-finding.js';
export {
  PERSONAL_FIELDS,
  personalDataDecider,
  type PersonalDataCommand,
  type PersonalDataState,
} from './personal-data/personal-data.js';
export { comparePlace, comparePlans, type PlaceComparison, type PlanDifference } from './project/comparison.js';
export { assess } from './project/eligibility.js';
export { letterDecider, numberKey, type LetterCommand, type LetterState } from './letter/letter.js';
export {
  newestOpinion,
  PRELIMINARY_VERDICTS,
  preliminaryDecider,
  type PreliminaryCommand,
  type PreliminaryRequest,
  type PreliminaryState,
} from './preliminary/preliminary-review.js';
export { projectDecider, type ProjectCommand } from './project/project.js';
export type { PlannedProject, ProjectLife, ProjectState } from './project/state.js';
export {
  authorizationOf,
  readTokenText,
  TOKEN_FORMAT,
  tokenText,
  type ProcurementAuthorization,
} from './project/authorization.js';
export { findingNames, omissionNames } from './project/wording.js';
export { consultedPlanOf, foundOrder, letterInForce, type ConsultedPlan, type OrderLetter } from './project/procurement.js';
export {
  consultationDecider,
  FAULT_RELATIONS,
  NON_FAULT_RELATIONS,
  REVIEW_TRACKS,
  type ConsultationCommand,
  type FaultRelation,
} from './consultation/consultation.js';
export { REQUEST_TYPES } from './consultation/wellformed.js';
export type {
  Consultation,
  SignOff,
  ConsultationState,
  CorrectionDemand,
  JointReview,
  OpenRound,
  ReviewCourse,
  Letter,
  Objection,
  Obligation,
  Phase,
  Proposal,
  Recommendation,
  ReportedChange,
  Settlement,
} from './consultation/state.js';
export { ITEM_VERDICTS, OUTCOMES, type NotifyResult, type ReviewItem } from './consultation/decision.js';
export { isAmending } from './consultation/objection.js';
export { awaitsReConsultation, materialChanges, type MaterialChangeRule } from './consultation/change.js';
export { earlierRound, roundOf, type EarlierRound, type RoundOfProject } from './consultation/rounds.js';
export { invitedAgencies, JOINT_REVIEW_CONCLUSIONS, OWNER_OPINIONS } from './consultation/joint-review.js';
export { standingSettlement, unsettledCandidates } from './consultation/guards.js';
export {
  causeNames,
  outcomeNames,
  verdictNames,
  phaseNames,
  relationNames,
  statusOf,
  trackNames,
} from './consultation/wording.js';
export { EVENT_TYPES, readEvent, readRecorded, schemaOf, type SajeonEvent } from './history.js';
export { WrittenByNewerVersion, type StoredEvent } from './kernel/history.js';
export { addDays, daysBetween, isInstant, isLegalDate, legalDateOf, officialDate, weekdayOf } from './kernel/date.js';
export { eventsBy, momentIn, type Moment, type TimeAxis } from './kernel/moment.js';
export { masked, personalDataIn, type PersonalDataFound, type PersonalDataKind } from './kernel/personal-data.js';
export { josa } from './kernel/korean.js';
export { learnNames, nothingKnown, tell, tellAll, type KnownNames } from './telling.js';
export { checkRuleTables } from './ruleset/wellformed.js';
export { ruleSetDecider, rulesNamed, rulesOn, type RuleSetCommand, type RuleSetState } from './ruleset/ruleset.js';
export { calendarDecider, type CalendarCommand, type CalendarState } from './calendar/gazette.js';
export {
  DELEGABLE_ROLES,
  DELEGATION_KINDS,
  delegationsOn,
  grantsOn,
  USER_ROLES,
  userDecider,
  type Delegation,
  type Grant,
  type User,
  type UserCommand,
  type UserState,
} from './user/user.js';
export { thesaurusDecider, type ThesaurusCommand, type ThesaurusConcept, type ThesaurusState } from './thesaurus/thesaurus.js';
export { koreanCalendar, type BusinessCalendar } from './calendar/calendar.js';
export type { GazettedHoliday, Holiday } from './calendar/holidays.js';
export {
  clockOf,
  clockRulesOn,
  dueOnWithoutStops,
  explainDays,
  type Clock,
  type ClockDay,
  type ClockRules,
  type Severity,
} from './clock/clock.js';
export {
  dayCountingOn,
  MEASURED_KINDS,
  inForce,
  ministryOn,
  objectionDaysOn,
  PERFORMANCE_FINDINGS,
  performanceBandOn,
  progressDueOn,
  PROJECT_KINDS,
  reviewDaysOn,
  requestTermsOn,
  reviewerOn,
  ruleSetOn,
  warningSharesOn,
  type Dated,
  type DayCounting,
  type MeasuredKind,
  type PerformanceBand,
  type PerformanceFinding,
  type ProjectKind,
  type RequestTerms,
  type ReviewDays,
  type RuleBook,
  type RuleTables,
} from './rules/rule-book.js';
export { sampleRules } from './rules/sample-rules.js';
export { isTarget, type ProjectFacts, type TargetAnswer } from './rules/target.js';
export { projectKindNames, questionsOn, type AskedFact, type EligibilityQuestion } from './rules/questions.js';
export {
  whatCasesWouldChange,
  whatWouldChange,
  type CaseAspect,
  type CaseDifference,
  type Difference,
  type JudgedCase,
  type JudgedProject,
  type PastCase,
  type PastProject,
  type ProjectAspect,
} from './rules/simulation.js';
export { trackOn, type TrackFacts } from './rules/track.js';

export type { Actor, Decider, DomainCommand, DomainEvent, Stamp } from './kernel/decider.js';
export { DomainError, Malformed, NotFound, NotPermitted, RuleViolated, type Message } from './kernel/errors.js';
export type { PlanContent, PlanVersion, SoftwareDescription } from './kernel/plan.js';
export { checkPlan, LIMITS } from './kernel/wellformed.js';
export { addDays, daysBetween, isLegalDate, legalDateOf, officialDate } from './kernel/date.js';
export type * from './agency/events.js';
export type * from './system/events.js';
export type * from './project/events.js';
export type * from './consultation/events.js';
export { AGENCY_TIERS, agencyDecider, type AgencyCommand, type AgencyState } from './agency/agency.js';
export { checkEntry, SYSTEM_LEVELS, systemDecider, type SystemCommand, type SystemState } from './system/system.js';
export { projectDecider, type ProjectCommand, type ProjectState } from './project/project.js';
export {
  consultationDecider,
  FAULT_RELATIONS,
  NON_FAULT_RELATIONS,
  OUTCOMES,
  REVIEW_TRACKS,
  type ConsultationCommand,
  type FaultRelation,
} from './consultation/consultation.js';
export { unsettledCandidates, type Consultation, type ConsultationState, type Phase } from './consultation/guards.js';

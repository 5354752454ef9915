export { CommandReused, ConcurrencyConflict } from './errors.js';
export { Decisions, type Envelope, type Loaded, type StampedCommand, type StreamKind } from './decisions.js';
export { DecisionsModule } from './decisions.module.js';
export {
  AGENCY,
  CALENDAR,
  CONSULTATION,
  PROJECT,
  RULE_SET,
  SYSTEM_ENTRY,
  ToAgency,
  ToCalendar,
  ToConsultation,
  ToProject,
  ToRuleSet,
  ToSystem,
  ToUser,
  USER,
} from './messages.js';
export { planVersion, Routing } from './routing.js';
export { KOREAN_CALENDAR, NATIONAL_RULES, Rules } from './rules.js';
export { ACCESS_RECORD, AUDIT_FINDING, PERSONAL_DATA, ToAuditFinding, ToPersonalData } from './oversight.js';

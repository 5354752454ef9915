export { CommandReused, ConcurrencyConflict } from './errors.js';
export { Decisions, type Envelope, type Loaded, type StampedCommand, type StreamKind } from './decisions.js';
export { DecisionsModule } from './decisions.module.js';
export {
  AGENCY,
  SYSTEM_ENTRY,
  PROJECT,
  CONSULTATION,
  LETTER,
  PRELIMINARY,
  RULE_SET,
  CALENDAR,
  THESAURUS,
  USER,
} from './kinds.js';
export {
  ToAgency,
  ToCalendar,
  ToConsultation,
  ToPreliminary,
  ToProject,
  ToRuleSet,
  ToSystem,
  ToThesaurus,
  ToUser,
} from './messages.js';
export { Hearing } from './hearing.js';
export { letterId } from './letters.js';
export { streamsOfCase } from './case-streams.js';
export { planVersion, Routing } from './routing.js';
export { Successions } from './successions.js';
export { Conflicts } from './conflicts.js';
export { KOREAN_CALENDAR, NATIONAL_RULES, Rules, type DecisionRules } from './rules.js';
export { ACCESS_RECORD, AUDIT_FINDING, PERSONAL_DATA, ToAuditFinding, ToPersonalData } from './oversight.js';
export { pastOf, type Past } from './past.js';

export { CommandReused, ConcurrencyConflict } from './errors.js';
export { Decisions, type Envelope, type Loaded, type StampedCommand, type StreamKind } from './decisions.js';
export { DecisionsModule } from './decisions.module.js';
export { AGENCY, CONSULTATION, PROJECT, SYSTEM_ENTRY, ToAgency, ToConsultation, ToProject, ToSystem } from './messages.js';
export { planVersion, Routing, SAMPLE_RULES } from './routing.js';

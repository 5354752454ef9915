export type { Actor, Decider, DomainEvent, Stamp } from './kernel/decider.js';
export { DomainError, Malformed, NotFound, NotPermitted, RuleViolated, type Message } from './kernel/errors.js';
export type { PlanContent, PlanVersion, SoftwareDescription } from './kernel/plan.js';
export type * from './agency/events.js';
export type * from './system/events.js';
export type * from './project/events.js';
export type * from './consultation/events.js';

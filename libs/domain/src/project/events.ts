import type { DomainEvent, Stamp } from '../kernel/decider.js';
import type { PlanVersion } from '../kernel/plan.js';

export type ProjectPlanned = DomainEvent<
  'project-planned',
  Stamp & { readonly project: string; readonly agency: string; readonly plan: PlanVersion }
>;
export type PlanRevised = DomainEvent<'plan-revised', Stamp & { readonly plan: PlanVersion }>;
export type ProjectAbandoned = DomainEvent<'project-abandoned', Stamp & { readonly reason: string }>;

export type ProjectEvent = ProjectPlanned | PlanRevised | ProjectAbandoned;

export { NATIONAL_THESAURUS, OverlapFeed, withoutFunctions, type Dropped } from './overlap-feed.js';
export { overlapSettings } from './overlap-settings.js';
export type { Divergence, MissingPart, Recomputation } from './recomputation.js';
export { screeningsOf, type RecordedScreening } from './screenings.js';
export { PolicyHost, type PolicyHealth } from './host/policy-host.js';
export type { Policy, Reaction } from './host/policy.js';
export { Timers } from './host/timers.js';
export { WorkflowModule } from './workflow.module.js';

export { OverlapFeed } from './overlap-feed.js';
export { PolicyHost, type PolicyHealth } from './host/policy-host.js';
export type { Policy, Reaction } from './host/policy.js';
export { Timers } from './host/timers.js';
export { WorkflowModule } from './workflow.module.js';

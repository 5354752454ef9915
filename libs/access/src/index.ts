export { SYSTEM, type Principal, type Role } from './principal.js';
export { PERMISSIONS, permit, type CommandType } from './permissions.js';
export { DEMO_USERS, TokenBook, type DemoUser } from './tokens.js';
export { caseScope, maySeeCase, maySeeInternalOpinion, type CaseParties } from './visibility.js';

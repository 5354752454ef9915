export { roleNames, SYSTEM, type Principal, type Role } from './principal.js';
export { PERMISSIONS, permit, type CommandType } from './permissions.js';
export { DEMO_USERS, TokenBook, type DemoUser } from './tokens.js';
export {
  APPLICANT_ACTS,
  caseScope,
  INTERNAL_ACTS,
  maySeeCase,
  maySeeInternalOpinion,
  maySeeName,
  partiesOf,
  type CaseParties,
} from './visibility.js';

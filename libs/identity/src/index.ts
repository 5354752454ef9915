export { Accounts, FIRST_PASSWORD_EXPIRED, type PasswordChange, type SignInAttempt } from './accounts.js';
export { ApiKeys, inScope, KEY_ROLES, SCOPE, type ApiKey } from './api-keys.js';
export { BreachedPasswords, BreachedPasswordsUnreachable } from './breached-passwords.js';
export { Directory, principalIn, type Capacity } from './directory.js';
export { createFirstUsers, FirstUsers } from './first-users.js';
export { Identities, type Credentials, type Identified } from './identities.js';
export { IdentityModule } from './identity.module.js';
export { Provider, type ProviderAnswer } from './provider.js';
export { Retention } from './retention.js';
export { prepareIdentity } from './schema.js';
export {
  SEALED_SECOND_FACTORS,
  SecondFactors,
  SecondFactorUnreadable,
  type Enrolment,
  type SecondFactor,
  type SecondFactorState,
} from './second-factor.js';
export { SecurityLog, type RecordedSecurityEvent, type SecurityEventKind } from './security-log.js';
export { IDENTITY_SETTINGS, lacksSecondFactor, Sessions, type OpenSession, type Session } from './sessions.js';
export { identitySettings, isWeak, rolesFrom, type IdentitySettings } from './settings.js';

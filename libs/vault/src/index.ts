export { Vault, VaultClosed, type Disclosure, type PersonalValues } from './vault.js';
export { masterKey, MasterKeyUnusable } from './master-key.js';
export { FormerKeyWrong, reseal, SEALED_SUBJECTS, type Resealed, type SealedColumn } from './reseal.js';

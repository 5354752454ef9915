export { Vault, VaultClosed, type Disclosure, type PersonalValues } from './vault.js';
export { masterKey, MasterKeyUnusable } from './master-key.js';
export { FormerKeyWrong, reseal, SEALED_SUBJECTS, type Resealed, type SealedColumn } from './reseal.js';
export { prepareVault } from './schema.js';
export { commitmentOf } from './commitment.js';
export { LazyVault, VaultModule } from './vault.module.js';

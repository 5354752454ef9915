export * from './port.js';
export { openEvents, openStorage, type Storage } from './storage.js';
export { isThisMachine, requireHttps, secretIn, serverDatabase } from './server-address.js';
export { StorageUnusable } from './storage-unusable.js';
export { PostgresEventStore } from './embedded/postgres-event-store.js';
export { EmbeddedPostgres, type EmbeddedPostgresOptions } from './embedded/embedded-postgres.js';
export { canonicalJson, contentHash, contentHashOfText } from './canonical-json.js';
export { Lease } from './lease.js';
export { asNotMigrated, setUpTables, takeSteps } from './setup.js';

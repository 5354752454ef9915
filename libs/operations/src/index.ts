export { allowRuntimeRole, prepareDatabase, requireLeastRights, rightsOf } from './database.js';
export { followTheLog } from './follow.js';
export { HealthController } from './health.controller.js';
export { listening, renewTls, tlsOptions, type Listening, type TlsFiles } from './listening.js';
export { Metrics } from './metrics.js';
export { OperationsModule, type OpenStorage } from './operations.module.js';
export { ServiceLog } from './service-log.js';

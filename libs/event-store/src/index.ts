export * from './port.js';
export { canonicalJson, contentHash } from './canonical-json.js';
export { Lease } from './lease.js';

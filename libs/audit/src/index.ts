export { AuditLog, NotInLog, type InclusionProof, type SealedEvent, type SignedCheckpoint } from './audit-log.js';
export { evidence, EVIDENCE_FORMAT, type EvidenceRequest, type EvidenceScope, type PersonalValue } from './evidence.js';
export { Sealer, type SealerHealth, type SealerOptions } from './sealer.js';
export { SealingThread, type SealingThreadOptions } from './sealing-thread.js';
export { prepareLog } from './schema.js';
export { LogKey, logKeyFile, LogKeyUnusable, tokenKeyFile } from './log-key.js';
export { LogContradiction, type Contradiction, type ContradictionCode } from './log-contradiction.js';
export type { Recheck, RecheckOptions } from './recheck.js';
export type { Core } from './core.js';
export * from './note.js';
export { leafHash, nodeHash, sha256, EMPTY_ROOT, type Hash } from './tree/hashing.js';
export { CompactRange } from './tree/compact-range.js';
export { verifyConsistency, verifyInclusion } from './tree/proof.js';
export { checkVector, MalformedVector } from './tree/vector.js';
export { AuditModule, Sealing, type AuditOptions } from './audit.module.js';
export { cosign, Cosigning, NotCosigned, readWitnesses, type WitnessAddress, type WitnessHealth } from './cosigning.js';
export { LogController, UnclearLogRequest } from './log.controller.js';
export {
  Export,
  EXPORT_FILES,
  EXPORT_KINDS,
  type ExportKind,
  type ExportManifest,
  type ExportRequest,
} from './exports/export.js';
export { sample, type Drawable, type SamplingMethod } from './sampling.js';

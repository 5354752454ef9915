import { canonicalJson, contentHash, type RecordedEvent } from '@sajeon/event-store';
import { leafHash, type Hash } from './tree/hashing.js';

/**
 * What the log commits to for one event, and all that it hashes. Never add anything that is derived or filled in later: a leaf must
 * come out the same from the event alone, in ten years and by another program. Numbers are decimal text, because they go beyond 2^53.
 */
export interface Core {
  readonly v: 1;
  /** Origin of the log, so that a leaf of one installation proves nothing in another. */
  readonly log: string;
  /** Leaf index: dense, from 0. */
  readonly seq: string;
  readonly stream: string;
  readonly rev: string;
  readonly id: string;
  readonly type: string;
  /** As the store recorded it. */
  readonly rec: string;
  /** Taken out of the metadata, so that who and why stay legible when the metadata are withheld. */
  readonly schema?: string;
  readonly actor?: string;
  readonly agency?: string;
  readonly command?: string;
  readonly cause?: string;
  readonly corr?: string;
  /** Leaf hash (base64) of the event before in this stream; null for its first. */
  readonly prev: string | null;
  /** SHA-256 (hex) of the canonical JSON of data and metadata, as recorded and before any upcasting. */
  readonly data: string;
  readonly meta: string;
}

/** Names in the core of what metadata call otherwise. */
const LIFTED = {
  schema: 'schema',
  actor: 'actor',
  agency: 'agency',
  command: 'commandId',
  cause: 'causationId',
  corr: 'correlationId',
} as const;
const LIFTED_NAMES = Object.entries(LIFTED) as [keyof typeof LIFTED, (typeof LIFTED)[keyof typeof LIFTED]][];

export function coreOf(log: string, seq: bigint, event: RecordedEvent, prev: Hash | null): Core {
  const lifted: { -readonly [Name in keyof typeof LIFTED]?: string } = {};
  for (const [name, key] of LIFTED_NAMES) {
    const value = event.metadata[key];
    if (value !== undefined) lifted[name] = value;
  }
  return {
    v: 1,
    log,
    seq: String(seq),
    stream: event.stream,
    rev: String(event.revision),
    id: event.id,
    type: event.type,
    rec: event.recordedAt,
    ...lifted,
    prev: prev === null ? null : prev.toString('base64'),
    data: contentHash(event.data),
    meta: contentHash(event.metadata),
  };
}

/** RFC 8785: the bytes that are hashed, and carried in evidence so that nobody has to make them again to check the hash. */
export const coreText = (core: Core): string => canonicalJson(core);

export const leafOf = (core: Core): Hash => leafHash(coreText(core));

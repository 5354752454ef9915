import { contentHash, contentHashOfText, type RecordedEvent, type RecordedText } from '@sajeon/event-store';
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
  /** Taken out of the metadata, so that who and why stay legible when the metadata are withheld. Undefined, and not in the text, when not in them. */
  readonly schema: string | undefined;
  readonly actor: string | undefined;
  readonly agency: string | undefined;
  readonly command: string | undefined;
  readonly cause: string | undefined;
  readonly corr: string | undefined;
  /** Leaf hash (base64) of the event before in this stream; null for its first. */
  readonly prev: string | null;
  /** SHA-256 (hex) of the canonical JSON of data and metadata, as recorded and before any upcasting. */
  readonly data: string;
  readonly meta: string;
}

/** Its members are made in the order of RFC 8785, see `coreText`. */
export function coreOf(log: string, seq: bigint, event: RecordedEvent | RecordedText, prev: Hash | null): Core {
  const { metadata } = event;
  return {
    actor: metadata['actor'],
    agency: metadata['agency'],
    cause: metadata['causationId'],
    command: metadata['commandId'],
    corr: metadata['correlationId'],
    data: 'text' in event ? contentHashOfText(event.text.data) : contentHash(event.data),
    id: event.id,
    log,
    meta: 'text' in event ? contentHashOfText(event.text.metadata) : contentHash(metadata),
    prev: prev === null ? null : prev.toString('base64'),
    rec: event.recordedAt,
    rev: String(event.revision),
    schema: metadata['schema'],
    seq: String(seq),
    stream: event.stream,
    type: event.type,
    v: 1,
  };
}

/**
 * RFC 8785: the bytes that are hashed, and carried in evidence so that nobody has to make them again to check the hash. The members of
 * a core are in that order, and all but `v` are text, which JSON.stringify writes as RFC 8785 wants it: half the time of sorting them.
 */
export const coreText = (core: Core): string => JSON.stringify(core);

export const leafOf = (core: Core): Hash => leafHash(coreText(core));

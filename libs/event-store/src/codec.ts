import { canonicalJson } from './canonical-json.js';
import {
  AppendTooLarge,
  InvalidAppend,
  MAX_APPEND_BYTES,
  type EventFilter,
  type JsonObject,
  type Metadata,
  type NewEvent,
} from './port.js';

/** A new event as both adapters write it: checked, with its JSON (RFC 8785) as the very text that is stored. */
export interface EncodedEvent {
  readonly id: string;
  readonly type: string;
  readonly data: string;
  readonly metadata: string;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const MAX_NAME_LENGTH = 256;
const FORBIDDEN_IN_NAMES = /[\s\p{Control}\p{Surrogate}]/u;

/** Whether a stream or type name may be used: others are the store's own, or would not survive one of the stores. */
export function isUsableName(name: string): boolean {
  return name.length > 0 && name.length <= MAX_NAME_LENGTH && !name.startsWith('$') && !FORBIDDEN_IN_NAMES.test(name);
}

/** Checks one append against the rules that hold in every store, so that what one takes the other takes too. */
export function encodeAppend(
  stream: string,
  events: readonly NewEvent[],
): { readonly events: readonly EncodedEvent[]; readonly bytes: number } {
  if (!isUsableName(stream)) throw new InvalidAppend(`"${stream}" is not a usable stream name`);
  const ids = new Set<string>();
  let bytes = 0;
  const encoded = events.map((event) => {
    if (!UUID.test(event.id)) throw new InvalidAppend(`${stream}: event id "${event.id}" is not a UUID`);
    if (!isUsableName(event.type)) throw new InvalidAppend(`${stream}: "${event.type}" is not a usable event type`);
    if (!isFlatStrings(event.metadata))
      throw new InvalidAppend(`${stream}: metadata of ${event.type} is not a flat object of strings`);
    if (!isPlainObject(event.data)) throw new InvalidAppend(`${stream}: data of ${event.type} is not a JSON object`);
    const id = event.id.toLowerCase();
    if (ids.has(id)) throw new InvalidAppend(`${stream}: event id ${id} is there twice`);
    ids.add(id);
    const data = storedText(event.data);
    const metadata = canonicalJson(event.metadata);
    bytes += Buffer.byteLength(data) + Buffer.byteLength(metadata);
    return { id, type: event.type, data, metadata };
  });
  if (bytes > MAX_APPEND_BYTES) throw new AppendTooLarge(stream, bytes);
  return { events: encoded, bytes };
}

/** What JSON.stringify would write, in canonical form: the hash of the stored text is then the content's, also for a database that knows no more of JSON. */
function storedText(data: JsonObject): string {
  try {
    return canonicalJson(data);
  } catch {
    // not a number, or undefined in a list: null in JSON, as ever
    return canonicalJson(JSON.parse(JSON.stringify(data)));
  }
}

function isPlainObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isFlatStrings(metadata: Metadata): boolean {
  return (
    isPlainObject(metadata) && Object.entries(metadata).every(([key, value]) => typeof value === 'string' && !key.startsWith('$'))
  );
}

// What is decoded was checked by `encodeAppend` when it was appended; its meaning is for the reader's history to check.
export const decodeData = (text: string): JsonObject => JSON.parse(text) as JsonObject;
export const decodeMetadata = (text: string): Metadata => JSON.parse(text) as Metadata;

/** The prefixes of a filter and what they are compared with. An empty list lets nothing pass. */
export function prefixesOf(filter: EventFilter): { readonly field: 'stream' | 'type'; readonly prefixes: readonly string[] } {
  return 'streamPrefixes' in filter
    ? { field: 'stream', prefixes: filter.streamPrefixes }
    : { field: 'type', prefixes: filter.typePrefixes };
}

import * as crypto from 'node:crypto';

/**
 * JSON with sorted keys and no white space (RFC 8785), so that equal content has equal bytes and hence one hash.
 * @throws TypeError for what JSON cannot carry (undefined inside an array, a bigint, a number that is not finite)
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`JSON has no number ${value}`);
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object') throw new TypeError(`JSON has no ${typeof value}`);
  if ('toJSON' in value && typeof value.toJSON === 'function') return canonicalJson(value.toJSON());
  let members = '';
  // By UTF-16 code units, as RFC 8785 wants it and `sort` does it. Every event goes through here: no intermediate lists.
  for (const key of Object.keys(value).sort()) {
    const member: unknown = (value as Readonly<Record<string, unknown>>)[key];
    if (member !== undefined) members += `${members === '' ? '' : ','}${quoted(key)}:${canonicalJson(member)}`;
  }
  return `{${members}}`;
}

/** Nothing that JSON escapes; most strings are, and quoting them so takes a third of the time. */
const PLAIN = /^[^"\\\u0000-\u001f\ud800-\udfff]{0,200}$/;
const quoted = (text: string): string => (PLAIN.test(text) ? `"${text}"` : JSON.stringify(text));

/** SHA-256 of the canonical JSON, as 64 hex digits. */
export function contentHash(value: unknown): string {
  return crypto.hash('sha256', canonicalJson(value), 'hex');
}

import { createHmac } from 'node:crypto';

/**
 * What an event holds instead of a value: HMAC-SHA256 under the salt over `path`, a NUL and the value, in hexadecimal. The salt keeps a
 * telephone number from being guessed; the path keeps a commitment to a name from being shown as one to something else.
 */
export function commitmentOf(salt: Buffer, path: string, value: string): string {
  return createHmac('sha256', salt).update(`${path}\0${value}`, 'utf8').digest('hex');
}

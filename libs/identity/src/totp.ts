import { createHmac, timingSafeEqual } from 'node:crypto';

/** Seconds for which one code counts. */
const STEP_SECONDS = 30;
/** A code of the step before or after is taken too: people type, and the clock of a telephone may be off (RFC 6238, 5.2). */
const TOLERANCE = [0, -1, 1];
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The code of one step after RFC 6238 with SHA-1, which is what every authenticator app can do. */
export function codeAt(secret: Buffer, step: number, digits = 6): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const offset = mac.readUInt8(19) & 0xf;
  return String((mac.readUInt32BE(offset) & 0x7fff_ffff) % 10 ** digits).padStart(digits, '0');
}

export function stepAt(atMs: number): number {
  return Math.floor(atMs / 1_000 / STEP_SECONDS);
}

/** The step that a code is of, or undefined when it is wrong. @param after last step of which a code was taken: no code counts twice */
export function stepOf(secret: Buffer, code: string, atMs: number, after: number): number | undefined {
  const given = Buffer.from(code);
  const now = stepAt(atMs);
  return TOLERANCE.map((by) => now + by).find((step) => {
    const right = Buffer.from(codeAt(secret, step));
    return step > after && right.length === given.length && timingSafeEqual(right, given);
  });
}

/** RFC 4648 without padding, as authenticator apps read it and people copy it. */
export function base32(bytes: Buffer): string {
  let text = '';
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    for (bits += 8; bits >= 5; bits -= 5) text += BASE32.charAt((held >> (bits - 5)) & 31);
    held &= (1 << bits) - 1;
  }
  return bits === 0 ? text : text + BASE32.charAt((held << (5 - bits)) & 31);
}

/** What the QR code holds. */
export function enrolmentUri(secret: Buffer, login: string): string {
  const issuer = 'Sajeon';
  return `otpauth://totp/${issuer}:${encodeURIComponent(login)}?secret=${base32(secret)}&issuer=${issuer}&algorithm=SHA1&digits=6&period=${STEP_SECONDS}`;
}

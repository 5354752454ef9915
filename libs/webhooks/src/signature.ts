import { createHmac, randomBytes } from 'node:crypto';

const PREFIX = 'whsec_';

/** A secret that is shared with one receiver: 256 random bits, written so that scanners of repositories know one when they see it. */
export function newWebhookSecret(): string {
  return PREFIX + randomBytes(32).toString('base64');
}

/**
 * HMAC-SHA256 over `id.timestamp.body` by every secret in force, as the Standard Webhooks specification writes it (`v1,<base64>`, one after
 * the other): whoever knows any one of the secrets can check it, so that a receiver may change to a new one at its own time.
 */
export function signaturesOf(secrets: readonly string[], id: string, timestamp: number, body: string): string {
  return secrets
    .map((secret) => {
      const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
      return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`, 'utf8').digest('base64')}`;
    })
    .join(' ');
}

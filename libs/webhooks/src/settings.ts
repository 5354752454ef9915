export interface WebhookSettings {
  /** Plain HTTP and addresses that are not public: for trials and tests, where the receiver runs on the same machine. */
  readonly nearby: boolean;
  /** Where the service is found: `source` of every message. */
  readonly source: string;
}

/**
 * From `SAJEON_WEBHOOKS_NEARBY` (`yes`) and `SAJEON_PUBLIC_URL`.
 * @throws Error in production, where a webhook to an inner address would let an administrator of one agency reach what is behind the firewall
 */
export function webhookSettings(env: NodeJS.ProcessEnv = process.env): WebhookSettings {
  const nearby = env['SAJEON_WEBHOOKS_NEARBY']?.trim() === 'yes';
  if (nearby && env['NODE_ENV'] === 'production') {
    throw new Error('SAJEON_WEBHOOKS_NEARBY=yes is for trials: in production webhooks go to public addresses by https only.');
  }
  return { nearby, source: env['SAJEON_PUBLIC_URL']?.trim().replace(/\/$/, '') || '/sajeon' };
}

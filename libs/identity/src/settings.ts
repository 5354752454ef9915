import type { Role } from '@sajeon/access';
import { USER_ROLES } from '@sajeon/domain';
import { readFileSync } from 'node:fs';

/** How long a sign-in lasts, and which provider vouches for people. From the environment alone. */
export interface IdentitySettings {
  readonly production: boolean;
  /** A session that is not used for so long has ended. */
  readonly idleMinutes: number;
  /** A session ends after so long, used or not. */
  readonly sessionHours: number;
  /** How far two clocks may differ before a token of the provider is refused. */
  readonly clockSkewSeconds: number;
  /** Roles that nobody exercises with a password of this installation alone. */
  readonly secondFactorFor: readonly Role[];
  /** Where a browser finds this service; needed with a provider, which sends people back there. */
  readonly publicUrl: string | null;
  readonly provider: ProviderSettings | null;
}

export interface ProviderSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** What tokens of machines must be made out to. */
  readonly audience: string;
}

/**
 * @throws Error that names the variable and says what to do: half a configuration, an unreadable or weak secret, a provider without TLS in
 *   production
 */
export function identitySettings(env: NodeJS.ProcessEnv = process.env): IdentitySettings {
  const production = env['NODE_ENV'] === 'production';
  const publicUrl = env['SAJEON_PUBLIC_URL']?.trim().replace(/\/$/, '') || null;
  if (publicUrl !== null && !/^https?:\/\/[^/?#]+$/.test(publicUrl)) {
    throw new Error('SAJEON_PUBLIC_URL: expected scheme and host, e.g. https://sajeon.example.go.kr');
  }
  return {
    production,
    idleMinutes: wholeNumber(env, 'SAJEON_SESSION_IDLE_MINUTES', 30, 1, 24 * 60),
    sessionHours: wholeNumber(env, 'SAJEON_SESSION_HOURS', 12, 1, 24 * 7),
    clockSkewSeconds: wholeNumber(env, 'SAJEON_CLOCK_SKEW_SECONDS', 30, 0, 300),
    secondFactorFor: secondFactorFor(env, production),
    publicUrl,
    provider: provider(env, production, publicUrl),
  };
}

/** `SAJEON_SECOND_FACTOR`: roles with commas, `everybody` (which production has unless it says otherwise), or `off`. */
function secondFactorFor(env: NodeJS.ProcessEnv, production: boolean): readonly Role[] {
  const text = env['SAJEON_SECOND_FACTOR']?.trim() || (production ? 'everybody' : 'off');
  if (text === 'off') return [];
  if (text === 'everybody') return USER_ROLES;
  const roles = text.split(',').map((role) => role.trim());
  return roles.map((role) => {
    const known = USER_ROLES.find((each) => each === role);
    if (known === undefined)
      throw new Error(`SAJEON_SECOND_FACTOR: ${role} is no role; expected everybody, off or some of ${USER_ROLES.join(',')}`);
    return known;
  });
}

function provider(env: NodeJS.ProcessEnv, production: boolean, publicUrl: string | null): ProviderSettings | null {
  const issuer = env['SAJEON_OIDC_ISSUER']?.trim();
  if (!issuer) return null;
  const clientId = env['SAJEON_OIDC_CLIENT_ID']?.trim();
  if (!clientId) throw new Error('SAJEON_OIDC_CLIENT_ID is not set, but SAJEON_OIDC_ISSUER is.');
  if (publicUrl === null) throw new Error('SAJEON_PUBLIC_URL is not set: the provider must know where to send people back.');
  if (production && !(issuer.startsWith('https://') && publicUrl.startsWith('https://'))) {
    throw new Error('SAJEON_OIDC_ISSUER and SAJEON_PUBLIC_URL must begin with https:// in production.');
  }
  const file = env['SAJEON_OIDC_CLIENT_SECRET_FILE']?.trim();
  const clientSecret = (file ? readFileSync(file, 'utf8') : (env['SAJEON_OIDC_CLIENT_SECRET'] ?? '')).trim();
  if (clientSecret === '') throw new Error('SAJEON_OIDC_CLIENT_SECRET_FILE: name the file that holds the client secret.');
  if (production && isWeak(clientSecret)) {
    throw new Error('The secret of the OpenID Connect client is too weak for production: use at least 24 random characters.');
  }
  return { issuer, clientId, clientSecret, audience: env['SAJEON_OIDC_AUDIENCE']?.trim() || publicUrl };
}

/** Short, of few different characters, or one that stands in manuals. */
export function isWeak(secret: string): boolean {
  return secret.length < 24 || new Set(secret).size < 8 || /changeme|password|secret|example|test|demo/i.test(secret);
}

function wholeNumber(env: NodeJS.ProcessEnv, name: string, fallback: number, min: number, max: number): number {
  const text = env[name]?.trim();
  if (text === undefined || text === '') return fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value < min || value > max)
    throw new Error(`${name}: expected a whole number from ${min} to ${max}`);
  return value;
}

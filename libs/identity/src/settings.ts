import type { Role } from '@sajeon/access';
import { USER_ROLES } from '@sajeon/domain';
import { readFileSync } from 'node:fs';
import { BlockList, isIP } from 'node:net';

/** How long a sign-in lasts, and which provider vouches for people. From the environment alone. */
export interface IdentitySettings {
  readonly production: boolean;
  /** A session that is not used for so long has ended. */
  readonly idleMinutes: number;
  /** A session ends after so long, used or not. */
  readonly sessionHours: number;
  /** How far two clocks may differ before a token of the provider is refused. */
  readonly clockSkewSeconds: number;
  /** How long sign-ins and refused access stay on record. */
  readonly accessRecordDays: number;
  /** Roles that nobody exercises with a password of this installation alone, nor with a sign-in at the provider of which no more is known. */
  readonly secondFactorFor: readonly Role[];
  /** How long a password that an administrator or the command line has given lets its person in. */
  readonly firstPasswordHours: number;
  /** How long ago somebody may have proved who they are for what takes a recent proof. */
  readonly recentMinutes: number;
  readonly breached: BreachedSettings;
  /** From where roles may be exercised; one that is not named, from anywhere. */
  readonly networks: ReadonlyMap<Role, BlockList>;
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
  readonly strength: ProviderStrength;
  /** How long ago somebody may have signed in at the provider; null for as long as the provider likes. */
  readonly maxAgeMinutes: number | null;
}

/** What the ID token must say for a sign-in to count as one with a second factor. */
export interface ProviderStrength {
  /** One of these `acr`, the preferred one first; they are asked for as `acr_values`. */
  readonly acr: readonly string[];
  /** All of these `amr`. */
  readonly amr: readonly string[];
  /** The installation has said that the provider asks enough of everybody. Otherwise what the token does not say is taken for the least. */
  readonly any: boolean;
}

/** Against which passwords that are known from break-ins a new one is held. */
export interface BreachedSettings {
  /** Where the first five digits of the SHA-1 are asked for, after the API of Have I Been Pwned; ends with `/`. */
  readonly url: string | null;
  /** The address may lie in one's own network. */
  readonly nearby: boolean;
  /** A file of SHA-1 in order of the alphabet, one a line. */
  readonly file: string | null;
  /** A password that cannot be looked up is refused. */
  readonly strict: boolean;
  /** The installation has said that it goes without. */
  readonly off: boolean;
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
    accessRecordDays: wholeNumber(env, 'SAJEON_ACCESS_RECORD_DAYS', 730, 365, 36_500),
    clockSkewSeconds: wholeNumber(env, 'SAJEON_CLOCK_SKEW_SECONDS', 30, 0, 300),
    secondFactorFor: secondFactorFor(env, production),
    firstPasswordHours: firstPasswordHours(env),
    recentMinutes: wholeNumber(env, 'SAJEON_STEP_UP_MINUTES', 10, 1, 60),
    breached: breached(env, production),
    networks: networks(env),
    publicUrl,
    provider: provider(env, production, publicUrl),
  };
}

/** `SAJEON_FIRST_PASSWORD_HOURS`, by itself for the command line, which needs nothing else. */
export function firstPasswordHours(env: NodeJS.ProcessEnv = process.env): number {
  return wholeNumber(env, 'SAJEON_FIRST_PASSWORD_HOURS', 72, 1, 24 * 30);
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
  return {
    ...{ issuer, clientId, clientSecret, audience: env['SAJEON_OIDC_AUDIENCE']?.trim() || publicUrl },
    strength: providerStrength(env, production),
    maxAgeMinutes: wholeNumber(env, 'SAJEON_OIDC_MAX_AGE_MINUTES', 0, 0, 24 * 60) || null,
  };
}

/** `SAJEON_NETWORKS`: `administrator,approver=10.20.0.0/16,10.30.1.5; auditor=10.20.9.0/24`. */
function networks(env: NodeJS.ProcessEnv): ReadonlyMap<Role, BlockList> {
  const named = new Map<Role, BlockList>();
  for (const part of (env['SAJEON_NETWORKS'] ?? '').split(';').filter((text) => text.trim() !== '')) {
    const [roles = '', nets = ''] = part.split('=');
    const list = new BlockList();
    for (const net of nets.split(',').map((text) => text.trim())) {
      const [address = '', bits] = net.split('/');
      const family = isIP(address);
      const longest = family === 4 ? 32 : 128;
      const length = bits === undefined ? longest : Number(bits);
      if (family === 0 || !Number.isInteger(length) || length < 1 || length > longest)
        throw new Error(`SAJEON_NETWORKS: ${net || part} is no network; expected e.g. administrator=10.20.0.0/16,10.30.1.5`);
      list.addSubnet(address, length, family === 4 ? 'ipv4' : 'ipv6');
    }
    for (const role of roles.split(',').map((text) => text.trim())) {
      const known = USER_ROLES.find((each) => each === role);
      if (known === undefined) throw new Error(`SAJEON_NETWORKS: ${role} is no role; expected some of ${USER_ROLES.join(',')}`);
      if (named.has(known)) throw new Error(`SAJEON_NETWORKS: ${role} is named twice`);
      named.set(known, list);
    }
  }
  return named;
}

/** Those of the roles that may be exercised from this address. */
export function rolesFrom({ networks: named }: IdentitySettings, roles: readonly Role[], address: string): readonly Role[] {
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  return roles.filter((role) => named.get(role)?.check(address, family) ?? true);
}

/** `SAJEON_OIDC_ACR`: values with spaces or commas, or `any`. `SAJEON_OIDC_AMR`: values, all of which must be there. */
function providerStrength(env: NodeJS.ProcessEnv, production: boolean): ProviderStrength {
  const listed = (name: string): readonly string[] => env[name]?.split(/[\s,]+/).filter((value) => value !== '') ?? [];
  const acr = listed('SAJEON_OIDC_ACR');
  const amr = listed('SAJEON_OIDC_AMR');
  const any = acr.length === 1 && acr[0] === 'any';
  if (any && amr.length > 0) throw new Error('SAJEON_OIDC_ACR=any and SAJEON_OIDC_AMR contradict each other: set one of them.');
  // Silence would let everybody in whom the provider let in with a password alone, which nobody is let in with here.
  if (production && secondFactorFor(env, production).length > 0 && acr.length + amr.length === 0) {
    throw new Error(
      'SAJEON_OIDC_ACR or SAJEON_OIDC_AMR: say what the ID token tells of a sign-in with a second factor, or SAJEON_OIDC_ACR=any where the ' +
        'provider asks a second factor of everybody (통합로그인이 모두에게 2차 인증을 요구하면 any).',
    );
  }
  return { acr: any ? [] : acr, amr, any };
}

/** `SAJEON_BREACHED_PASSWORDS_URL`, `…_FILE`, or `SAJEON_BREACHED_PASSWORDS=off`. */
function breached(env: NodeJS.ProcessEnv, production: boolean): BreachedSettings {
  const given = env['SAJEON_BREACHED_PASSWORDS_URL']?.trim() || null;
  if (given !== null && !(URL.canParse(given) && new URL(given).search === ''))
    throw new Error('SAJEON_BREACHED_PASSWORDS_URL: expected an address such as https://api.pwnedpasswords.com/range/');
  if (given !== null && production && !given.startsWith('https://'))
    throw new Error('SAJEON_BREACHED_PASSWORDS_URL must begin with https:// in production.');
  const file = env['SAJEON_BREACHED_PASSWORDS_FILE']?.trim() || null;
  const said = env['SAJEON_BREACHED_PASSWORDS']?.trim() || null;
  if (said !== null && said !== 'off') throw new Error('SAJEON_BREACHED_PASSWORDS: expected off, or nothing');
  if (said === 'off' && (given ?? file) !== null)
    throw new Error(
      'SAJEON_BREACHED_PASSWORDS=off contradicts SAJEON_BREACHED_PASSWORDS_URL and SAJEON_BREACHED_PASSWORDS_FILE.',
    );
  return {
    ...{ url: given?.replace(/\/?$/, '/') ?? null, file, off: said === 'off' },
    nearby: env['SAJEON_BREACHED_PASSWORDS_NEARBY']?.trim() === 'yes',
    strict: env['SAJEON_BREACHED_PASSWORDS_STRICT']?.trim() === 'yes',
  };
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

import { Inject, Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { createRemoteJWKSet, jwtVerify, type JWTPayload } from 'jose';
import * as oidc from 'openid-client';
import type { Pool } from 'pg';
import { SCOPE } from './api-keys.js';
import { IDENTITY_DATABASE } from './schema.js';
import { newSecret, sha256 } from './secrets.js';
import { IDENTITY_SETTINGS, type ProviderTokens } from './sessions.js';
import type { IdentitySettings, ProviderSettings, ProviderStrength } from './settings.js';

/** Signatures with a public key only: a token signed with a shared secret, or not at all, is none. */
const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'ES384', 'EdDSA'];
const SIGN_IN_MINUTES = 10;
/** How long the provider's word is taken before it is asked again, unless its tokens end sooner. */
const RECHECK_MINUTES = 5;

export type ProviderAnswer =
  | {
      readonly outcome: 'welcome';
      readonly person: string;
      readonly returnTo: string;
      readonly tokens: ProviderTokens;
      /** When the person last signed in at the provider; null when its ID token does not say, and then nothing is taken for recent. */
      readonly provedAt: Date | null;
      /** The ID token says what the installation asks for in place of a second factor. */
      readonly strong: boolean;
      /** As the provider names how the person signed in, for the record; empty when it does not say. */
      readonly acr: string;
    }
  /** `answer`: none to a question of ours, or the provider says no. `old`: the sign-in at the provider is older than it may be, or of unknown age. */
  | { readonly outcome: 'refused'; readonly why: 'answer' | 'old' };

/** The OpenID Connect provider that vouches for people and issues tokens to machines, if one is configured. */
@Injectable()
export class Provider {
  private discovered: Promise<oidc.Configuration> | undefined;
  private keys: ReturnType<typeof createRemoteJWKSet> | undefined;

  constructor(
    @Inject(IDENTITY_DATABASE) private readonly pool: Pool,
    @Inject(IDENTITY_SETTINGS) private readonly settings: IdentitySettings,
  ) {}

  get configured(): boolean {
    return this.settings.provider !== null;
  }

  /**
   * Where the browser goes to sign in.
   * @param returnTo a path of this service
   * @param again also for somebody whom the provider knows already: they show once more who they are
   * @param held the mark that the browser has of another sign-in, so that two tabs do not shut each other out
   * @returns also a mark that the browser is to hold for so many minutes, and show with the answer
   */
  async begin(
    returnTo: string,
    again: boolean,
    held: string | undefined,
  ): Promise<{ readonly to: URL; readonly mark: string; readonly minutes: number }> {
    const mark = held ?? newSecret();
    const config = await this.discovery();
    const verifier = oidc.randomPKCECodeVerifier();
    const state = oidc.randomState();
    const nonce = oidc.randomNonce();
    await this.pool.query('delete from identity_sign_in where expires_at < now()');
    await this.pool.query(
      `insert into identity_sign_in (state_hash, verifier, nonce, return_to, expires_at, asked_at, again, browser_hash)
       values ($1, $2, $3, $4, now() + make_interval(mins => $5), now(), $6, $7)`,
      [sha256(state), verifier, nonce, returnTo, SIGN_IN_MINUTES, again, sha256(mark)],
    );
    const { strength, maxAgeMinutes } = this.provider;
    // With `max_age` the provider must say in `auth_time` when the person signed in (OpenID Connect Core 1.0, 3.1.2.1).
    const maxAge = again ? 0 : maxAgeMinutes === null ? undefined : maxAgeMinutes * 60;
    const to = oidc.buildAuthorizationUrl(config, {
      redirect_uri: this.redirectUri(),
      scope: 'openid offline_access',
      prompt: again ? 'login consent' : 'consent',
      ...(maxAge === undefined ? {} : { max_age: String(maxAge) }),
      ...(strength.acr.length === 0 ? {} : { acr_values: strength.acr.join(' ') }),
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
    });
    return { to, mark, minutes: SIGN_IN_MINUTES };
  }

  /**
   * The person whom the provider sent back. Each answer is taken once, and of the browser that began alone (RFC 6749, 10.12).
   * @param mark what the browser holds since then
   */
  async finish(url: URL, mark: string | undefined): Promise<ProviderAnswer> {
    const state = url.searchParams.get('state') ?? '';
    const { rows } = await this.pool.query<{
      verifier: string;
      nonce: string;
      return_to: string;
      asked_at: Date;
      again: boolean;
    }>(
      `delete from identity_sign_in where state_hash = $1 and browser_hash = $2 and expires_at > now()
       returning verifier, nonce, return_to, asked_at, again`,
      [sha256(state), sha256(mark ?? '')],
    );
    const [asked] = rows;
    if (asked === undefined) return { outcome: 'refused', why: 'answer' };
    try {
      const granted = await oidc.authorizationCodeGrant(await this.discovery(), url, {
        pkceCodeVerifier: asked.verifier,
        expectedState: state,
        expectedNonce: asked.nonce,
        idTokenExpected: true,
      });
      const claims = granted.claims();
      if (claims === undefined) return { outcome: 'refused', why: 'answer' };
      const provedAt = claims.auth_time === undefined ? null : new Date(claims.auth_time * 1_000);
      if (this.isOld(provedAt, asked)) return { outcome: 'refused', why: 'old' };
      return {
        ...{
          outcome: 'welcome',
          person: this.personOf(claims.sub),
          returnTo: asked.return_to,
          tokens: this.tokensOf(granted, null),
        },
        ...{ provedAt, strong: isStrong(this.provider.strength, claims) },
        acr: typeof claims.acr === 'string' ? claims.acr.slice(0, 200) : '',
      };
    } catch (error) {
      if (isRefusal(error)) return { outcome: 'refused', why: 'answer' };
      throw error;
    }
  }

  /** Whether the sign-in at the provider is older than what was asked for; a provider that does not say when it was is not believed. */
  private isOld(provedAt: Date | null, { asked_at, again }: { readonly asked_at: Date; readonly again: boolean }): boolean {
    const { maxAgeMinutes } = this.provider;
    if (!again && maxAgeMinutes === null) return false;
    const since = again ? asked_at.getTime() : Date.now() - (maxAgeMinutes ?? 0) * 60_000;
    return provedAt === null || provedAt.getTime() < since - this.settings.clockSkewSeconds * 1_000;
  }

  /** Asks the provider again. @returns undefined when it no longer vouches for the person */
  async refresh(tokens: ProviderTokens): Promise<ProviderTokens | undefined> {
    if (tokens.refreshToken === null) return undefined;
    try {
      return this.tokensOf(await oidc.refreshTokenGrant(await this.discovery(), tokens.refreshToken), tokens);
    } catch (error) {
      if (isRefusal(error)) return undefined;
      throw error;
    }
  }

  /** Where the browser goes to sign out at the provider too; null when it offers no such place. */
  async end(tokens: ProviderTokens): Promise<URL | null> {
    const config = await this.discovery();
    if (config.serverMetadata().end_session_endpoint === undefined) return null;
    return oidc.buildEndSessionUrl(config, {
      id_token_hint: tokens.idToken,
      post_logout_redirect_uri: `${this.settings.publicUrl}/`,
    });
  }

  /** The machine that holds this access token, with its scopes; undefined when the token is not the provider's, not for us, or too old. */
  async machine(token: string): Promise<{ readonly person: string; readonly scopes: readonly string[] } | undefined> {
    const provider = this.settings.provider;
    if (provider === null) return undefined;
    const keys = (this.keys ??= await this.remoteKeys());
    let payload: JWTPayload;
    try {
      ({ payload } = await jwtVerify(token, keys, {
        issuer: provider.issuer,
        audience: provider.audience,
        algorithms: ALGORITHMS,
        typ: 'at+jwt',
        requiredClaims: ['exp', 'client_id'],
        clockTolerance: this.settings.clockSkewSeconds,
      }));
    } catch (error) {
      if (String((error as { readonly code?: unknown }).code).startsWith('ERR_J')) return undefined;
      throw error;
    }
    // In the making of this one a person took part: a person comes with a session, whose strength was looked at, and not with what an application holds.
    if (Number(payload['auth_time'] ?? 0) > 0) return undefined;
    const scope = typeof payload['scope'] === 'string' ? payload['scope'].split(' ') : [];
    // `requiredClaims` has seen to it that it is there.
    return { person: `client-${String(payload['client_id'])}`, scopes: scope.filter((each) => SCOPE.test(each)) };
  }

  /** A pseudonym: the provider's subject may be an employee number or an e-mail address. */
  personOf(subject: string): string {
    const digest = createHash('sha256').update(JSON.stringify([this.provider.issuer, subject]));
    return `oidc-${digest.digest('hex').slice(0, 24)}`;
  }

  private tokensOf(
    granted: oidc.TokenEndpointResponse & oidc.TokenEndpointResponseHelpers,
    before: ProviderTokens | null,
  ): ProviderTokens {
    const seconds = Math.min(granted.expiresIn() ?? RECHECK_MINUTES * 60, RECHECK_MINUTES * 60);
    return {
      idToken: granted.id_token ?? before?.idToken ?? '',
      refreshToken: granted.refresh_token ?? before?.refreshToken ?? null,
      checkAt: new Date(Date.now() + seconds * 1_000).toISOString(),
    };
  }

  private get provider(): ProviderSettings {
    if (this.settings.provider === null) throw new Error('no OpenID Connect provider is configured');
    return this.settings.provider;
  }

  private redirectUri(): string {
    return `${this.settings.publicUrl}/v1/sign-in/provider/answer`;
  }

  /** Once, and again when it failed: the provider may come up after this service. */
  private async discovery(): Promise<oidc.Configuration> {
    const { issuer, clientId, clientSecret } = this.provider;
    this.discovered ??= oidc
      .discovery(
        new URL(issuer),
        clientId,
        { client_secret: clientSecret, [oidc.clockTolerance]: this.settings.clockSkewSeconds },
        undefined,
        {
          timeout: 10,
          // Signatures are checked although the token comes over TLS: a proxy in between may end that.
          execute: [oidc.enableNonRepudiationChecks, ...(this.settings.production ? [] : [oidc.allowInsecureRequests])],
        },
      )
      .catch((error: unknown) => {
        this.discovered = undefined;
        throw error;
      });
    return this.discovered;
  }

  private async remoteKeys(): Promise<ReturnType<typeof createRemoteJWKSet>> {
    const { jwks_uri } = (await this.discovery()).serverMetadata();
    if (jwks_uri === undefined) throw new Error('the provider publishes no keys');
    // An unknown key is looked up again, so that keys may be rotated; not more often than every ten seconds, so that strangers cannot make it ask.
    return createRemoteJWKSet(new URL(jwks_uri), { cooldownDuration: 10_000, timeoutDuration: 5_000 });
  }
}

/** What the token does not say, it is not. */
function isStrong({ acr, amr, any }: ProviderStrength, claims: oidc.IDToken): boolean {
  if (any) return true;
  if (acr.length + amr.length === 0) return false;
  const methods = Array.isArray(claims.amr) ? claims.amr : [];
  return (acr.length === 0 || acr.includes(String(claims.acr))) && amr.every((method) => methods.includes(method));
}

/** The provider, or the check of what it answered, says no; anything else is a fault. */
function isRefusal(error: unknown): boolean {
  if (error instanceof oidc.AuthorizationResponseError || error instanceof oidc.ResponseBodyError) return true;
  const { code } = (error ?? {}) as { readonly code?: unknown };
  return typeof code === 'string' && /^OAUTH_(INVALID|JWT|RESPONSE|ACCESS|PARSE|KEY|MISSING)/.test(code);
}

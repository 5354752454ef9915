import { generateKeyPair, exportJWK, type JWK, type CryptoKey } from 'jose';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider, { type Configuration } from 'oidc-provider';

export const SECRET = 'kQ7v-2mXw9Rz_4TnB8yLp3Hc';
export const MACHINE_SECRET = 'Jd5f-8sWq1Vx_6ZmK3uGt9Ab';
export const AUDIENCE = 'https://sajeon.test';

/** A real provider (oidc-provider) on a port of its own, whose keys can be exchanged and whose people can be barred. */
export class RunningProvider {
  private constructor(
    private readonly server: Server,
    readonly issuer: string,
    private handler: ReturnType<Provider['callback']>,
    private readonly redirectUri: string,
    readonly barred: Set<string>,
  ) {}

  static async start(redirectUri: string): Promise<RunningProvider> {
    const server = createServer((request, response) => void running.handler(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const barred = new Set<string>();
    const { handler } = await provider(issuer, redirectUri, barred);
    const running = new RunningProvider(server, issuer, handler, redirectUri, barred);
    return running;
  }

  /** The same provider with new keys, as after a rotation. @returns its private key, to sign what it never issued */
  async rotate(): Promise<{ readonly key: CryptoKey; readonly kid: string }> {
    const { handler, key, kid } = await provider(this.issuer, this.redirectUri, this.barred);
    this.handler = handler;
    return { key, kid };
  }

  stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}

async function provider(issuer: string, redirectUri: string, barred: ReadonlySet<string>) {
  const { privateKey: key } = await generateKeyPair('RS256', { extractable: true });
  const kid = Math.random().toString(36).slice(2);
  const jwk: JWK = { ...(await exportJWK(key)), kid, alg: 'RS256', use: 'sig' };
  const configuration: Configuration = {
    clients: [
      {
        client_id: 'sajeon',
        client_secret: SECRET,
        redirect_uris: [redirectUri],
        post_logout_redirect_uris: [new URL('/', redirectUri).href],
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
      },
      {
        client_id: 'budget-system',
        client_secret: MACHINE_SECRET,
        redirect_uris: [],
        response_types: [],
        grant_types: ['client_credentials'],
        scope: 'consultations:read',
      },
    ],
    jwks: { keys: [jwk as never] },
    scopes: ['openid', 'offline_access', 'consultations:read'],
    pkce: { required: () => true },
    ttl: { AccessToken: 60, ClientCredentials: 60, IdToken: 60, Grant: 600, Session: 600, Interaction: 600, RefreshToken: 600 },
    issueRefreshToken: () => true,
    acrValues: [STRONG, 'urn:test:password'],
    claims: { openid: ['sub', 'amr'], acr: null, auth_time: null, sid: null, iss: null },
    findAccount: (_, id) => (barred.has(id) ? undefined : { accountId: id, claims: () => ({ sub: id }) }),
    features: {
      devInteractions: { enabled: true },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => AUDIENCE,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: 'consultations:read',
          audience: AUDIENCE,
          accessTokenFormat: 'jwt',
          accessTokenTTL: 60,
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
  };
  const made = new Provider(issuer, configuration);
  // Its page for development lets everybody in by name: here the name also says how they signed in, and when.
  const finish = made.interactionFinished.bind(made);
  made.interactionFinished = (request, response, { login, ...result }, options) =>
    finish(
      request,
      response,
      {
        ...result,
        ...(login && { login: { ...login, accountId: login.accountId.replace(/\+.*/, ''), ...howOf(login.accountId) } }),
      },
      options,
    );
  return { handler: made.callback(), key, kid };
}

export const STRONG = 'urn:test:two-factors';

/** How people of the provider sign in, which they add to their name: `kim+otp` with two factors, `kim+hour` an hour ago; others with a password, of which nothing is said. */
function howOf(login: string): { readonly acr?: string; readonly amr?: string[]; readonly ts?: number } {
  return {
    ...(login.includes('+otp') ? { acr: STRONG, amr: ['pwd', 'otp'] } : {}),
    ...(login.includes('+pwd') ? { acr: 'urn:test:password', amr: ['pwd'] } : {}),
    ...(login.includes('+own') ? { acr: 'urn:test:password', amr: ['pwd', 'otp'] } : {}),
    ...(login.includes('+sms') ? { acr: STRONG, amr: ['pwd', 'sms'] } : {}),
    ...(login.includes('+hour') ? { ts: Math.floor(Date.now() / 1_000) - 3_600 } : {}),
  };
}

import { FirstUsers, identitySettings } from '@sajeon/identity';
import { generateKeyPair, exportJWK, SignJWT, type JWK, type CryptoKey } from 'jose';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider, { type Configuration } from 'oidc-provider';
import { seen, Service, type Answer } from './service.js';

const SECRET = 'kQ7v-2mXw9Rz_4TnB8yLp3Hc';
const MACHINE_SECRET = 'Jd5f-8sWq1Vx_6ZmK3uGt9Ab';
const AUDIENCE = 'https://sajeon.test';

/** A real provider (oidc-provider) on a port of its own, whose keys can be exchanged and whose people can be barred. */
class RunningProvider {
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
        post_logout_redirect_uris: ['http://localhost:3000/'],
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
  return { handler: new Provider(issuer, configuration).callback(), key, kid };
}

/** Follows redirects and fills in the provider's own forms, as a person with a browser would. @returns the address it leads back to */
async function throughProvider(start: string, login: string, until: string): Promise<string> {
  const cookies = new Map<string, string>();
  let url = start;
  let form: URLSearchParams | undefined;
  for (let step = 0; step < 12; step++) {
    if (url.startsWith(until)) return url;
    const answer = await fetch(url, {
      method: form === undefined ? 'GET' : 'POST',
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form === undefined ? {} : { body: form }),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    form = undefined;
    const next = answer.headers.get('location');
    if (next !== null) {
      url = new URL(next, url).href;
      continue;
    }
    const page = await answer.text();
    const action = /action="([^"]+)"/.exec(page)?.[1];
    if (action === undefined) throw new Error(`the provider shows no form: ${answer.status} ${page.slice(0, 300)}`);
    url = new URL(action, url).href;
    form = page.includes('name="login"')
      ? new URLSearchParams({ prompt: 'login', login, password: 'any' })
      : new URLSearchParams({ prompt: 'consent' });
  }
  throw new Error('the provider leads nowhere');
}

const PUBLIC_URL = 'http://localhost:3000';
const ANSWER = `${PUBLIC_URL}/v1/sign-in/provider/answer`;
const ADMIN = 'demo-admin';

let service: Service;
let running: RunningProvider;
beforeAll(async () => {
  running = await RunningProvider.start(ANSWER);
  service = await Service.start(
    identitySettings({
      SAJEON_OIDC_ISSUER: running.issuer,
      SAJEON_OIDC_CLIENT_ID: 'sajeon',
      SAJEON_OIDC_CLIENT_SECRET: SECRET,
      SAJEON_OIDC_AUDIENCE: AUDIENCE,
      SAJEON_PUBLIC_URL: PUBLIC_URL,
    }),
  );
  await service.app.get(FirstUsers).demo();
});
afterAll(async () => {
  await service?.stop();
  await running?.stop();
});

/** Asks the service past its contract, which does not speak of redirects. */
async function visit(url: string, cookie = ''): Promise<{ status: number; to: string; cookie: string }> {
  const answer = await service.app.inject({ method: 'GET', url, headers: { cookie } });
  const held = /^(sajeon-session=[\w-]+)/.exec(String(answer.headers['set-cookie'] ?? ''))?.[1] ?? '';
  return { status: answer.statusCode, to: String(answer.headers['location'] ?? ''), cookie: held };
}

const pathOf = (url: string): string => url.slice(PUBLIC_URL.length);
const withCookie = (cookie: string) => service.ask('GET', '/v1/session', { headers: { cookie } });

async function signIn(login: string): Promise<string> {
  const begun = await visit('/v1/sign-in/provider?returnTo=/queue');
  const back = await throughProvider(begun.to, login, ANSWER);
  const done = await visit(pathOf(back));
  expect(done).toMatchObject({ status: 303, to: '/queue' });
  return done.cookie;
}

async function grant(user: string, roles: readonly string[]): Promise<void> {
  const registered = await service.post('/v1/users', ADMIN, { user });
  const now: Answer = await service.get(`/v1/users/${user}`, ADMIN, { 'x-after': registered.body.position });
  const wanted = { agency: 'gyeonggi', roles, from: '2026-01-01' };
  expect((await service.post(`/v1/users/${user}/grants`, ADMIN, wanted, seen(now))).status).toBe(201);
}

describe('signing in at the provider', () => {
  it('asks with PKCE, state and nonce, and comes back to a session under a pseudonym', async () => {
    const begun = await visit('/v1/sign-in/provider');
    const asked = new URL(begun.to).searchParams;
    expect(asked.get('code_challenge_method')).toBe('S256');
    for (const name of ['code_challenge', 'state', 'nonce']) expect(asked.get(name)?.length).toBeGreaterThan(20);
    const cookie = await signIn('kim@gyeonggi.example');
    const { body } = await withCookie(cookie);
    expect(body.person).toMatch(/^oidc-[0-9a-f]{24}$/);
    expect(body.capacities).toEqual([]);
    await grant(body.person, ['reviewer']);
    const queue = await service.ask('GET', '/v1/consultations/queue', { headers: { cookie } });
    expect(queue.status).toBe(200);
  });

  it('takes each answer once, and none that it did not ask for', async () => {
    const begun = await visit('/v1/sign-in/provider');
    const back = await throughProvider(begun.to, 'lee', ANSWER);
    expect((await visit(pathOf(back))).cookie).not.toBe('');
    expect(await visit(pathOf(back))).toMatchObject({ to: '/?sign-in=refused', cookie: '' });
    const forged = new URL(back);
    forged.searchParams.set('state', 'made-up');
    expect(await visit(pathOf(forged.href))).toMatchObject({ to: '/?sign-in=refused', cookie: '' });
    expect(await visit('/v1/sign-in/provider/answer?error=access_denied')).toMatchObject({ to: '/?sign-in=refused', cookie: '' });
  });

  it('refuses the code of another sign-in, for which it has no verifier', async () => {
    const [mine, theirs] = [await visit('/v1/sign-in/provider'), await visit('/v1/sign-in/provider')];
    const code = new URL(await throughProvider(theirs.to, 'park', ANSWER)).searchParams.get('code') ?? '';
    const mixed = new URL(await throughProvider(mine.to, 'park', ANSWER));
    mixed.searchParams.set('code', code);
    expect(await visit(pathOf(mixed.href))).toMatchObject({ to: '/?sign-in=refused', cookie: '' });
  });

  it.each(['//evil.example', '/\\evil.example', 'https://evil.example', ''])('never leads away: %s', async (returnTo) => {
    const begun = await visit(`/v1/sign-in/provider?returnTo=${encodeURIComponent(returnTo)}`);
    const back = await throughProvider(begun.to, 'choi', ANSWER);
    expect((await visit(pathOf(back))).to).toBe('/');
  });

  it('asks the provider again when its word is old, and ends the session when it no longer vouches', async () => {
    const cookie = await signIn('jung');
    const old = () => service.database().query(`update identity_session set check_at = now() - interval '1 second'`);
    await old();
    expect((await withCookie(cookie)).status).toBe(200);
    running.barred.add('jung');
    expect((await withCookie(cookie)).status).toBe(200);
    await old();
    expect((await withCookie(cookie)).status).toBe(401);
  });

  it('ends at the provider too', async () => {
    const cookie = await signIn('han');
    const { body } = await withCookie(cookie);
    const headers = { cookie, origin: 'http://localhost', host: 'localhost', 'x-csrf-token': body.csrfToken };
    const ended = await service.ask('POST', '/v1/session/end', { headers });
    expect(ended.body.next).toMatch(new RegExp(`^${running.issuer}/session/end\\?`));
    expect((await withCookie(cookie)).status).toBe(401);
  });

  it('goes on after the provider has exchanged its keys', async () => {
    await running.rotate();
    // Keys that were read a minute ago are asked for again when one is not among them: let that minute pass.
    const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 61_000);
    const cookie = await signIn('kang');
    clock.mockRestore();
    expect((await withCookie(cookie)).status).toBe(200);
  });
});

describe('an access token of the provider', () => {
  const queue = (token: string) => service.get('/v1/consultations/queue', token);

  async function machineToken(): Promise<string> {
    const answer = await fetch(`${running.issuer}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`budget-system:${MACHINE_SECRET}`)}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', scope: 'consultations:read', resource: AUDIENCE }),
    });
    return ((await answer.json()) as { access_token: string }).access_token;
  }

  it('lets a machine in as far as its grants and scopes go', async () => {
    const token = await machineToken();
    expect((await queue(token)).body.code).toBe('no-role-granted');
    await grant('client-budget-system', ['reviewer']);
    expect((await queue(token)).status).toBe(200);
    expect((await service.get('/v1/systems', token)).body.code).toBe('scope-required');
  });

  it('counts only when it is whole, ours, in time and signed by a key that the provider has now', async () => {
    const { key, kid } = await running.rotate();
    const now = Math.floor(Date.now() / 1_000);
    const claims = { client_id: 'budget-system', scope: 'consultations:read' };
    const made = (
      change: (jwt: SignJWT) => SignJWT,
      header: object = {},
      signer: CryptoKey | Uint8Array = key,
      more: object = {},
    ) =>
      change(
        new SignJWT({ ...claims, ...more })
          .setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', kid, ...header })
          .setIssuer(running.issuer)
          .setAudience(AUDIENCE)
          .setIssuedAt(now)
          .setExpirationTime(now + 60),
      ).sign(signer);
    const stranger = (await generateKeyPair('RS256')).privateKey;
    // The keys that were read before are asked for again, at most every ten seconds: let that time pass.
    const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 11_000);
    expect((await queue(await made((jwt) => jwt))).status).toBe(200);
    clock.mockRestore();
    expect((await queue(await made((jwt) => jwt.setExpirationTime(now - 20)))).status).toBe(200);
    const refused = [
      await made((jwt) => jwt.setExpirationTime(now - 40)),
      await made((jwt) => jwt.setNotBefore(now + 50)),
      await made((jwt) => jwt.setAudience('https://elsewhere.test')),
      await made((jwt) => jwt.setIssuer('https://elsewhere.test')),
      await made((jwt) => jwt, { typ: 'JWT' }),
      await made((jwt) => jwt, {}, stranger),
      await made((jwt) => jwt, { alg: 'HS256' }, new TextEncoder().encode(SECRET)),
      `${btoa('{"alg":"none","typ":"at+jwt"}')}.${btoa(JSON.stringify(claims))}.`.replaceAll('=', ''),
      (await made((jwt) => jwt)).replace(/\.[\w-]+\./, '.e30.'),
      'a.b.c',
    ];
    for (const token of refused) expect((await queue(token)).status).toBe(401);
  });
});

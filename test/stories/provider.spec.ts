import { FirstUsers, identitySettings } from '@sajeon/identity';
import { generateKeyPair, SignJWT, type CryptoKey } from 'jose';
import { AUDIENCE, MACHINE_SECRET, RunningProvider, SECRET, STRONG } from './running-provider.js';
import { seen, Service, type Answer } from './service.js';

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

const environment = (more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
  SAJEON_OIDC_ISSUER: running.issuer,
  SAJEON_OIDC_CLIENT_ID: 'sajeon',
  SAJEON_OIDC_CLIENT_SECRET: SECRET,
  SAJEON_OIDC_AUDIENCE: AUDIENCE,
  SAJEON_PUBLIC_URL: PUBLIC_URL,
  ...more,
});

let service: Service;
let running: RunningProvider;
beforeAll(async () => {
  running = await RunningProvider.start(ANSWER);
  service = await Service.start(identitySettings(environment()));
  await service.app.get(FirstUsers).demo();
});
afterAll(async () => {
  await service?.stop();
  await running?.stop();
});

/** The mark of the sign-in that a browser has begun; every story here is told of one browser, unless it says otherwise. */
let mark = '';

/** Asks the service past its contract, which does not speak of redirects. */
async function visit(
  url: string,
  cookie = '',
  at = service,
  marked = mark,
): Promise<{ status: number; to: string; cookie: string }> {
  const answer = await at.app.inject({ method: 'GET', url, headers: { cookie: `${cookie}; ${marked}` } });
  const set = String(answer.headers['set-cookie'] ?? '');
  mark = /sajeon-sign-in=[\w-]+/.exec(set)?.[0] ?? mark;
  const held = /^(sajeon-session=[\w-]+)/.exec(set)?.[1] ?? '';
  return { status: answer.statusCode, to: String(answer.headers['location'] ?? ''), cookie: held };
}

const pathOf = (url: string): string => url.slice(PUBLIC_URL.length);
const withCookie = (cookie: string, at = service) => at.ask('GET', '/v1/session', { headers: { cookie } });

async function signIn(login: string, at = service): Promise<string> {
  const begun = await visit('/v1/sign-in/provider?returnTo=/queue', '', at);
  const back = await throughProvider(begun.to, login, ANSWER);
  const done = await visit(pathOf(back), '', at);
  expect(done).toMatchObject({ status: 303, to: '/queue' });
  return done.cookie;
}

async function grant(user: string, roles: readonly string[], at = service): Promise<void> {
  const registered = await at.post('/v1/users', ADMIN, { user });
  const now: Answer = await at.get(`/v1/users/${user}`, ADMIN, { 'x-after': registered.body.position });
  const wanted = { agency: 'gyeonggi', roles, from: '2026-01-01' };
  expect((await at.post(`/v1/users/${user}/grants`, ADMIN, wanted, seen(now))).status).toBe(201);
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

  it('takes it of the browser that began alone: an answer of somebody else, sent as a link, signs nobody in', async () => {
    const begun = await visit('/v1/sign-in/provider');
    const back = pathOf(await throughProvider(begun.to, 'attacker', ANSWER));
    for (const other of ['', `sajeon-sign-in=${'A'.repeat(43)}`]) {
      expect(await visit(back, '', service, other)).toMatchObject({ to: '/?sign-in=refused', cookie: '' });
    }
    const own = mark;
    // Another tab of the same browser has begun meanwhile.
    await visit('/v1/sign-in/provider');
    expect(mark).toBe(own);
    expect((await visit(back)).cookie).not.toBe('');
    const set = await service.app.inject({ method: 'GET', url: '/v1/sign-in/provider' });
    expect(String(set.headers['set-cookie'])).toMatch(/^sajeon-sign-in=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=600$/);
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

describe('what the provider says of how somebody signed in', () => {
  let strict: Service;
  beforeAll(async () => {
    const asked = { SAJEON_OIDC_ACR: `${STRONG} urn:test:card`, SAJEON_OIDC_AMR: 'otp', SAJEON_SECOND_FACTOR: 'approver' };
    strict = await Service.start(identitySettings(environment(asked)));
    await strict.app.get(FirstUsers).demo();
  });
  afterAll(() => strict?.stop());

  it('is asked for, checked in its ID token, and decides which roles may be exercised', async () => {
    const asked = new URL((await visit('/v1/sign-in/provider', '', strict)).to).searchParams;
    expect(asked.get('acr_values')).toBe(`${STRONG} urn:test:card`);
    for (const [login, enough] of [
      ['a+otp', true],
      ['b+pwd', false],
      // Neither makes up for the other; and what the token does not say, it is not.
      ['c+sms', false],
      ['i+own', false],
      ['d', false],
    ] as const) {
      const cookie = await signIn(login, strict);
      const { body } = await withCookie(cookie, strict);
      await grant(body.person, ['approver'], strict);
      const { mustSignInStronger, mustEnrolSecondFactor } = (await withCookie(cookie, strict)).body;
      const queue = await strict.ask('GET', '/v1/consultations/queue', { headers: { cookie } });
      expect({ login, mustSignInStronger, mustEnrolSecondFactor, status: queue.status, code: queue.body.code }).toEqual({
        ...{ login, mustSignInStronger: !enough, mustEnrolSecondFactor: false, status: enough ? 200 : 403 },
        code: enough ? undefined : 'stronger-sign-in-required',
      });
      const { body: told } = await strict.get(`/v1/security-events?person=${body.person}&kind=signed-in`, ADMIN);
      expect(told.events[0].detail).toMatchObject({ method: 'provider', strength: enough ? 'enough' : 'least' });
      const { body: denied } = await strict.get(`/v1/security-events?person=${body.person}&kind=access-denied`, ADMIN);
      expect(denied.events.map(({ detail }: { detail: { code: string } }) => detail.code)).toEqual(
        enough ? [] : ['stronger-sign-in-required'],
      );
    }
  });

  it('is not needed for roles that take no second factor', async () => {
    const cookie = await signIn('e+pwd', strict);
    const { body } = await withCookie(cookie, strict);
    await grant(body.person, ['reviewer'], strict);
    const queue = await strict.ask('GET', '/v1/consultations/queue', { headers: { cookie } });
    expect([queue.status, (await withCookie(cookie, strict)).body.mustSignInStronger]).toEqual([200, false]);
  });

  it('must be configured in production where a role takes a second factor; nothing said is the least there is', () => {
    const production = {
      ...{ NODE_ENV: 'production', SAJEON_OIDC_ISSUER: 'https://login.example.go.kr', SAJEON_OIDC_CLIENT_ID: 'sajeon' },
      ...{ SAJEON_OIDC_CLIENT_SECRET: SECRET, SAJEON_PUBLIC_URL: 'https://sajeon.example.go.kr' },
    };
    expect(() => identitySettings(production)).toThrow('SAJEON_OIDC_ACR or SAJEON_OIDC_AMR');
    expect(identitySettings({ ...production, SAJEON_OIDC_ACR: 'any' }).provider?.strength).toEqual({
      acr: [],
      amr: [],
      any: true,
    });
    expect(identitySettings({ ...production, SAJEON_SECOND_FACTOR: 'off' }).provider?.strength.any).toBe(false);
    expect(() => identitySettings({ ...production, SAJEON_OIDC_ACR: 'any', SAJEON_OIDC_AMR: 'otp' })).toThrow('contradict');
  });

  it('must not be older than the installation allows, and says nothing where nobody has said what it means', async () => {
    const configured = { SAJEON_OIDC_MAX_AGE_MINUTES: '30', SAJEON_SECOND_FACTOR: 'reviewer' };
    const recent = await Service.start(identitySettings(environment(configured)));
    await recent.app.get(FirstUsers).demo();
    try {
      const begun = await visit('/v1/sign-in/provider', '', recent);
      expect(new URL(begun.to).searchParams.get('max_age')).toBe('1800');
      const cookie = await signIn('f+otp', recent);
      expect((await withCookie(cookie, recent)).status).toBe(200);
      // Nobody has said here what the provider's words mean, so they mean nothing.
      await grant((await withCookie(cookie, recent)).body.person, ['reviewer'], recent);
      expect((await withCookie(cookie, recent)).body.mustSignInStronger).toBe(true);
      // The provider answers as if it had not been asked how old the sign-in may be.
      const [asked, shown] = [await visit('/v1/sign-in/provider', '', recent), new URL(begun.to)];
      for (const [name, value] of new URL(asked.to).searchParams) shown.searchParams.set(name, value);
      shown.searchParams.set('max_age', '86400');
      const back = await throughProvider(shown.href, 'g+hour', ANSWER);
      expect(await visit(pathOf(back), '', recent)).toMatchObject({ to: '/?sign-in=too-old', cookie: '' });
      // Nor is a provider believed that does not say.
      const silent = new URL((await visit('/v1/sign-in/provider', '', recent)).to);
      silent.searchParams.delete('max_age');
      expect(await visit(pathOf(await throughProvider(silent.href, 'h', ANSWER)), '', recent)).toMatchObject({
        to: '/?sign-in=too-old',
      });
      const { rows } = await recent.database().query(`select detail from identity_security_event where kind = 'sign-in-refused'`);
      expect(rows.map(({ detail }: { detail: object }) => detail)).toEqual([
        { method: 'provider', wrong: 'old' },
        { method: 'provider', wrong: 'old' },
      ]);
    } finally {
      await recent.stop();
    }
  });

  it('is no recent proof unless it says when; signing in once more is one, in a new session that goes on as the same', async () => {
    const cookie = await signIn('ryu');
    const { body } = await withCookie(cookie);
    await grant(body.person, ['reviewer']);
    const other = await signIn('ryu');
    const endOther = async (held: string): Promise<Answer> => {
      const { body: mine } = await withCookie(held);
      const { body: sessions } = await service.ask('GET', '/v1/session/list', { headers: { cookie: held } });
      const { session } = sessions.find(({ current }: { current: boolean }) => !current);
      const headers = { cookie: held, origin: 'http://localhost', host: 'localhost', 'x-csrf-token': mine.csrfToken };
      return service.ask('POST', `/v1/session/list/${session}/end`, { headers });
    };
    expect((await endOther(cookie)).body.code).toBe('step-up-required');
    const headers = { cookie, origin: 'http://localhost', host: 'localhost', 'x-csrf-token': body.csrfToken };
    const typed = await service.ask('POST', '/v1/session/proof', { body: { password: 'any' }, headers });
    expect(typed).toMatchObject({ status: 409, body: { code: 'prove-at-provider' } });
    const chosen = await service.ask('POST', '/v1/session/capacity', { body: { capacity: 'gyeonggi' }, headers });
    expect(chosen.status).toBe(200);

    const begun = await visit('/v1/sign-in/provider?again=yes&returnTo=/account', cookie);
    const asked = new URL(begun.to).searchParams;
    expect([asked.get('prompt'), asked.get('max_age')]).toEqual(['login consent', '0']);
    const done = await visit(pathOf(await throughProvider(begun.to, 'ryu', ANSWER)), cookie);
    expect(done.to).toBe('/account');
    expect(done.cookie).not.toBe(cookie);
    expect((await withCookie(cookie)).status).toBe(401);
    expect((await withCookie(done.cookie)).body.capacity).toBe('gyeonggi');
    expect((await endOther(done.cookie)).status).toBe(200);
    expect((await withCookie(other)).status).toBe(401);
  });

  it('is not a sign-in of before when one was asked for anew', async () => {
    const begun = new URL((await visit('/v1/sign-in/provider?again=yes')).to);
    begun.searchParams.set('max_age', '86400');
    begun.searchParams.set('prompt', 'consent');
    const back = await throughProvider(begun.href, 'seo+hour', ANSWER);
    expect(await visit(pathOf(back))).toMatchObject({ to: '/?sign-in=too-old', cookie: '' });
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
      // One in whose making a person took part, of whom a machine could pass for one: people come with a session, whose strength is looked at.
      await made((jwt) => jwt, {}, key, { auth_time: now - 60, acr: STRONG }),
      await made((jwt) => jwt, {}, stranger),
      await made((jwt) => jwt, { alg: 'HS256' }, new TextEncoder().encode(SECRET)),
      `${btoa('{"alg":"none","typ":"at+jwt"}')}.${btoa(JSON.stringify(claims))}.`.replaceAll('=', ''),
      (await made((jwt) => jwt)).replace(/\.[\w-]+\./, '.e30.'),
      'a.b.c',
    ];
    for (const token of refused) expect((await queue(token)).status).toBe(401);
  });
});

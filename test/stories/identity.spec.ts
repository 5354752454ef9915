import { EventStore } from '@sajeon/event-store';
import { FirstUsers, identitySettings, Retention } from '@sajeon/identity';
import { Contract } from './contract.js';
import { after, PLAN, seen, Service, type Answer } from './service.js';

let service: Service;
beforeAll(async () => {
  service = await Service.start();
  await service.app.get(FirstUsers).demo();
});
afterAll(() => service.stop());

const ADMIN = 'demo-admin';
const person = (token: string): string => `person-${token}`;

const OWN = '호수 우산 열쇠 구름 기차';

/** What a browser says of our own page. */
const OURS = { origin: 'http://localhost', host: 'localhost' };

/** A browser: it keeps its cookie and sends what our page would send with it. */
class Browser {
  private cookie = '';
  private csrf = '';

  async signIn(login: string, password = login): Promise<Answer> {
    const answer = await service.ask('POST', '/v1/sign-in', {
      body: { login, password },
      headers: { origin: 'http://localhost', cookie: this.cookie },
    });
    if (answer.status === 201) {
      this.cookie = String(answer.headers['set-cookie']).split(';')[0] ?? '';
      this.csrf = answer.body.csrfToken;
    }
    return answer;
  }

  /** For the first time, with the password that was given, and then with one of one's own. */
  async begin(login: string, given: string): Promise<Answer> {
    const answer = await this.signIn(login, given);
    expect(answer.status).toBe(201);
    expect((await this.post('/v1/session/password', { current: given, next: OWN })).status).toBe(200);
    return answer;
  }

  get(url: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return service.ask('GET', url, { headers: { cookie: this.cookie, ...headers } });
  }

  /** Any operation of the contract, with nothing in it. */
  send(method: string, url: string): Promise<Answer> {
    if (method === 'get') return this.get(url);
    const ours = { ...OURS, cookie: this.cookie, 'x-csrf-token': this.csrf, 'if-match': '"0"' };
    return service.ask(method.toUpperCase() as 'POST' | 'PUT', url, { body: {}, headers: ours });
  }

  post(url: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const ours = { ...OURS, cookie: this.cookie, 'x-csrf-token': this.csrf };
    return service.ask('POST', url, { body, headers: { ...ours, ...headers } });
  }
}

async function browserOf(login: string): Promise<Browser> {
  const browser = new Browser();
  expect((await browser.signIn(login)).status).toBe(201);
  return browser;
}

/** A user with grants, as an administrator makes one. */
async function register(user: string, ...grants: readonly object[]): Promise<void> {
  expect((await service.post('/v1/users', ADMIN, { user })).status).toBe(201);
  for (const grant of grants) {
    const now = await lookUp(user);
    expect((await service.post(`/v1/users/${user}/grants`, ADMIN, grant, seen(now))).status).toBe(201);
  }
}

async function lookUp(user: string): Promise<Answer> {
  const { position } = (await service.post('/v1/users', ADMIN, { user })).body;
  return service.get(`/v1/users/${user}`, ADMIN, { 'x-after': position });
}

const REVIEWER = { agency: 'gyeonggi', roles: ['reviewer'], from: '2026-01-01' };

describe('signing in with a login and a password', () => {
  it('opens a session in a cookie that scripts cannot read and other sites cannot send', async () => {
    const browser = new Browser();
    const answer = await browser.signIn('demo-suwon');
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      person: 'person-demo-suwon',
      capacity: 'gyeonggi-suwon',
      capacities: [{ id: 'gyeonggi-suwon', agencyName: '수원시', roles: ['applicant', 'applicant-approver'] }],
      mustChangePassword: false,
    });
    expect(String(answer.headers['set-cookie'])).toMatch(/^sajeon-session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);
    expect((await browser.get('/v1/me')).body).toMatchObject({ person: 'person-demo-suwon', agency: 'gyeonggi-suwon' });
    expect((await browser.post('/v1/projects', { plan: PLAN })).status).toBe(201);
  });

  it('is refused alike for an unknown login and a wrong password', async () => {
    const [unknown, wrong] = [await new Browser().signIn('nobody', 'x'), await new Browser().signIn('demo-seongnam', 'x')];
    expect([unknown.status, wrong.status]).toEqual([401, 401]);
    expect(wrong.body.messages).toEqual(unknown.body.messages);
    expect(wrong.headers['set-cookie']).toBeUndefined();
  });

  it('is refused at its field with a login that no account can have', async () => {
    const { status, body } = await new Browser().signIn('demo\u0000suwon', 'x');
    expect([status, body.errors[0]]).toEqual([400, expect.objectContaining({ pointer: '/login', code: 'control-character' })]);
  });

  it('is locked after five mistakes, also for the right password, and says for how long', async () => {
    for (let mistake = 1; mistake < 5; mistake++) expect((await new Browser().signIn('demo-mois-owner', 'x')).status).toBe(401);
    expect(await new Browser().signIn('demo-mois-owner', 'x')).toMatchObject({ status: 429, headers: { 'retry-after': '30' } });
    const right = await new Browser().signIn('demo-mois-owner');
    expect(right).toMatchObject({ status: 429, body: { code: 'too-many-failures' } });
  });

  it('is locked alike for a login that nobody has, so that the lock tells of none', async () => {
    const [mistakes, nobody] = [[], []] as [object[], object[]];
    for (let mistake = 1; mistake <= 6; mistake++) {
      for (const [login, told] of [['demo-gyeonggi-director', mistakes] as const, ['NoBody.At.All', nobody] as const]) {
        const { status, headers, body } = await new Browser().signIn(login, 'x');
        told.push({ status, wait: headers['retry-after'], code: body.code, messages: body.messages });
      }
    }
    expect(nobody).toEqual(mistakes);
    expect(nobody[5]).toMatchObject({ status: 429, code: 'too-many-failures' });
    const pool = service.database();
    await pool.query(`update identity_unknown_login set locked_until = now() - interval '1 second'`);
    expect(await new Browser().signIn('nobody.at.all', 'x')).toMatchObject({ status: 429, headers: { 'retry-after': '60' } });
    await pool.query(`update identity_unknown_login set failed_at = now() - interval '91 days'`);
    await service.app.get(Retention).forget(new Date());
    expect((await new Browser().signIn('nobody.at.all', 'x')).status).toBe(401);
  });

  it('is refused when a page of another site sends it', async () => {
    const body = { login: 'demo-suwon', password: 'demo-suwon' };
    const answer = await service.ask('POST', '/v1/sign-in', { body, headers: { origin: 'https://evil.example' } });
    expect(answer).toMatchObject({ status: 403, body: { code: 'forged-request' } });
  });
});

describe('a change with a cookie', () => {
  it.each([
    ['another origin', { origin: 'https://evil.example' }],
    ['no origin, where the browser says it is another site', { origin: '', 'sec-fetch-site': 'cross-site' }],
    ['no CSRF token', { 'x-csrf-token': '' }],
    ['the CSRF token of another session', { 'x-csrf-token': 'xJ3rVtq0q7m2Uo1tT0yP1Q2vG6b8oH4dJqYc1s2uK9A' }],
  ])('is refused with %s', async (_, headers) => {
    const browser = await browserOf('demo-suwon');
    expect(await browser.post('/v1/projects', { plan: PLAN }, headers)).toMatchObject({
      status: 403,
      body: { code: 'forged-request' },
    });
  });
  it('is not saved by the cookie when a bearer token is wrong', async () => {
    const browser = await browserOf('demo-suwon');
    expect((await browser.get('/v1/me', { authorization: 'Bearer nobody' })).status).toBe(401);
  });
});

describe('sessions', () => {
  it('are listed, ended from elsewhere, and ended by signing out', async () => {
    const [one, other] = [await browserOf('demo-gyeonggi'), await browserOf('demo-gyeonggi')];
    const { body } = await one.get('/v1/session/list');
    expect(body).toHaveLength(2);
    expect(body.filter(({ current }: { current: boolean }) => current)).toHaveLength(1);
    const theirs = body.find(({ current }: { current: boolean }) => !current).session;
    const stranger = await browserOf('demo-suwon');
    expect((await stranger.post(`/v1/session/list/${theirs}/end`, undefined)).status).toBe(404);
    expect((await one.post(`/v1/session/list/${theirs}/end`, undefined)).status).toBe(200);
    expect((await other.get('/v1/me')).status).toBe(401);
    expect((await one.post('/v1/session/end', undefined)).body).toEqual({ status: 'done' });
    expect((await one.get('/v1/me')).status).toBe(401);
  });

  it('end when their browser signs in once more, as the same person or another', async () => {
    const browser = new Browser();
    const held = async (login: string): Promise<string> =>
      String((await browser.signIn(login)).headers['set-cookie']).split(';')[0] ?? '';
    const first = await held('demo-gyeonggi');
    const second = await held('demo-gyeonggi');
    expect(second).not.toBe(first);
    const me = async (cookie: string): Promise<number> => (await service.ask('GET', '/v1/me', { headers: { cookie } })).status;
    expect([await me(first), await me(second)]).toEqual([401, 200]);
    const third = await held('demo-suwon');
    expect([await me(second), await me(third)]).toEqual([401, 200]);
  });

  it('end when idle, and after their time in any case', async () => {
    const pool = service.database();
    const [idle, old] = [await browserOf('demo-gyeonggi'), await browserOf('demo-gyeonggi-approver')];
    await pool.query(`update identity_session set seen_at = now() - interval '31 minutes' where person = $1`, [
      person('demo-gyeonggi'),
    ]);
    await pool.query(`update identity_session set ends_at = now() - interval '1 second' where person = $1`, [
      person('demo-gyeonggi-approver'),
    ]);
    expect([(await idle.get('/v1/me')).status, (await old.get('/v1/me')).status]).toEqual([401, 401]);
  });

  it('and passwords and keys are kept as hashes alone', async () => {
    const browser = new Browser();
    const answer = await browser.signIn('demo-suwon');
    const held = /sajeon-session=([\w-]+)/.exec(String(answer.headers['set-cookie']))?.[1] ?? '';
    const key = await service.post('/v1/api-keys', ADMIN, KEY);
    const pool = service.database();
    const tables = ['identity_session', 'identity_account', 'identity_api_key', 'identity_security_event', 'es_event'];
    const all: string[] = [];
    for (const table of tables) {
      const { rows } = await pool.query<{ row: string }>(`select t::text as row from ${table} t`).catch(() => ({ rows: [] }));
      all.push(...rows.map(({ row }) => row));
    }
    expect(all.length).toBeGreaterThan(10);
    expect(all.filter((row) => row.includes(held) || row.includes(key.body.secret))).toEqual([]);
    const { rows } = await pool.query<{ password_hash: string }>('select password_hash from identity_account');
    for (const { password_hash } of rows) expect(password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });
});

describe('a password', () => {
  it('that somebody else gave has to be changed, ends the other sessions, and keeps common ones out', async () => {
    await register('p-pass', REVIEWER);
    const { body: made } = await service.post('/v1/users/p-pass/account', ADMIN, { login: 'p.pass' });
    const [browser, other] = [new Browser(), new Browser()];
    expect((await browser.signIn('p.pass', made.password)).body.mustChangePassword).toBe(true);
    await other.signIn('p.pass', made.password);
    const change = (next: string, current: string = made.password) => browser.post('/v1/session/password', { current, next });
    expect((await change('too short')).body.code).toBe('password-too-short');
    expect((await change('password1234567890!')).body.code).toBe('password-too-common');
    expect((await change('p.pass2026p.pass2026')).body.code).toBe('password-too-common');
    expect((await change('x'.repeat(129))).body.code).toBe('password-too-long');
    expect((await change(made.password)).body.code).toBe('same-password');
    expect((await change(OWN, 'wrong')).body.code).toBe('wrong-password');
    expect((await change(OWN)).status).toBe(200);
    expect([(await browser.get('/v1/me')).status, (await other.get('/v1/me')).status]).toEqual([200, 401]);
    expect((await new Browser().signIn('p.pass', made.password)).status).toBe(401);
    expect((await new Browser().signIn('P.Pass', OWN)).body.mustChangePassword).toBe(false);
  });
  it('is given by administrators only, to somebody who is registered', async () => {
    expect((await service.post('/v1/users/p-pass/account', 'demo-suwon', { login: 'x.y.z' })).status).toBe(403);
    expect((await service.post('/v1/users/nobody/account', ADMIN, { login: 'x.y.z' })).status).toBe(404);
    const taken = await service.post(`/v1/users/p-pass/account`, ADMIN, { login: 'demo-suwon' });
    expect(taken).toMatchObject({ status: 409, body: { code: 'login-taken' } });
  });
});

describe('a first password', () => {
  /** Somebody with roles, and the password that they were given. */
  async function given(user: string): Promise<string> {
    await register(user, REVIEWER);
    const { body } = await service.post(`/v1/users/${user}/account`, ADMIN, { login: user });
    return body.password;
  }
  /** The clock cannot be set back for the database: the password was given so many hours earlier. */
  const hoursPass = (user: string, hours: number) =>
    service
      .database()
      .query(`update identity_account set changed_at = changed_at - make_interval(hours => $2) where person = $1`, [user, hours]);

  it('lets nobody do anything but change it, read who they are and leave', async () => {
    const password = await given('p-first');
    const browser = new Browser();
    expect((await browser.signIn('p-first', password)).body.mustChangePassword).toBe(true);
    const operations = [...new Contract().operations()].filter(
      ({ path, operation }) => path.startsWith('/v1/') && operation['security'] !== undefined,
    );
    expect(operations.length).toBeGreaterThan(150);
    const answered: string[] = [];
    for (const { path, method, operation } of operations) {
      const id = operation['operationId'];
      if (id === 'signOut') continue;
      const url = path.replace(/\{\w+\}/g, 'x');
      const { status, body } = await browser.send(method, url);
      if (status !== 403 || body.code !== 'password-change-required') answered.push(id);
    }
    expect(answered.toSorted()).toEqual(['changePassword', 'showSession']);
    expect((await browser.post('/v1/session/end', undefined)).status).toBe(200);
    const denied = await service.get('/v1/security-events?kind=access-denied&person=p-first&limit=1', ADMIN);
    expect(denied.body.events[0].detail.code).toBe('password-change-required');

    const next = new Browser();
    await next.begin('p-first', password);
    expect((await next.get('/v1/consultations/queue')).status).toBe(200);
  });

  it('ends by itself, which only who has it is told, until an administrator gives another', async () => {
    const password = await given('p-late');
    const { body } = await service.post('/v1/users/p-late/account', ADMIN, { login: 'p-late' });
    expect(Date.parse(body.until) - Date.now()).toBeGreaterThan(71.9 * 3_600_000);
    expect(Date.parse(body.until) - Date.now()).toBeLessThanOrEqual(72 * 3_600_000);
    expect((await new Browser().signIn('p-late', password)).status).toBe(401);
    const browser = new Browser();
    await hoursPass('p-late', 71);
    expect((await browser.signIn('p-late', body.password)).status).toBe(201);
    await hoursPass('p-late', 1);
    // Neither at the sign-in, nor in a session that was opened in time.
    expect(await new Browser().signIn('p-late', body.password)).toMatchObject({
      status: 401,
      body: { code: 'first-password-expired', messages: { ko: expect.stringContaining('관리자에게 새 비밀번호') } },
    });
    expect((await new Browser().signIn('p-late', 'another')).body.code).toBe('wrong-login-or-password');
    const late = await browser.post('/v1/session/password', { current: body.password, next: OWN });
    expect(late).toMatchObject({ status: 409, body: { code: 'first-password-expired' } });
    const refused = await service.get('/v1/security-events?kind=sign-in-refused&person=p-late&limit=5', ADMIN);
    expect(refused.body.events.map(({ detail }: { detail: object }) => detail)).toContainEqual({
      method: 'password',
      wrong: 'expired',
    });

    const { body: again } = await service.post('/v1/users/p-late/account', ADMIN, { login: 'p-late' });
    await new Browser().begin('p-late', again.password);
    // What one has chosen oneself does not end.
    await hoursPass('p-late', 24 * 365);
    expect((await new Browser().signIn('p-late', OWN)).status).toBe(201);
  });

  it('lasts as long as the installation says, from one hour to thirty days', () => {
    expect(identitySettings({ SAJEON_FIRST_PASSWORD_HOURS: '8' }).firstPasswordHours).toBe(8);
    expect(() => identitySettings({ SAJEON_FIRST_PASSWORD_HOURS: '0' })).toThrow('SAJEON_FIRST_PASSWORD_HOURS');
    expect(() => identitySettings({ SAJEON_FIRST_PASSWORD_HOURS: '721' })).toThrow('SAJEON_FIRST_PASSWORD_HOURS');
  });
});

describe('a recent proof of who one is', () => {
  const minutesPass = (user: string, minutes: number) =>
    service
      .database()
      .query(`update identity_session set proved_at = proved_at - make_interval(mins => $2) where person = $1`, [user, minutes]);

  it('is taken by exactly the acts that make a way in or shut others out, and by no others', async () => {
    const operations = [...new Contract().operations()].filter(
      ({ path, operation }) =>
        path.startsWith('/v1/') && operation['security'] !== undefined && operation['operationId'] !== 'signOut',
    );
    const browser = await browserOf(ADMIN);
    await minutesPass(person(ADMIN), 11);
    const asked: string[] = [];
    for (const { path, method, operation } of operations) {
      const id = operation['operationId'];
      if (id === 'followEvents' || id === 'changePassword' || id === 'proveAgain') continue;
      const url = path.replace(/\{\w+\}/g, 'x');
      const { body } = await browser.send(method, url);
      if (body?.code === 'step-up-required') asked.push(id);
    }
    expect(asked.toSorted()).toEqual(['endSession', 'makeAccount', 'makeApiKey', 'resetSecondFactor', 'revokeApiKey']);
    const marked = operations.filter(({ operation }) => operation['x-step-up'] === true);
    expect(marked.map(({ operation }) => operation['operationId']).toSorted()).toEqual(asked.toSorted());
  });

  it('is given by the password for some minutes, for this session alone, and a mistake counts', async () => {
    const [browser, other] = [await browserOf('demo-mois-reviewer'), await browserOf('demo-mois-reviewer')];
    const { body: sessions } = await browser.get('/v1/session/list');
    const theirs = sessions.find(({ current }: { current: boolean }) => !current).session;
    await minutesPass(person('demo-mois-reviewer'), 11);
    const end = (from: Browser) => from.post(`/v1/session/list/${theirs}/end`, undefined);
    expect(await end(browser)).toMatchObject({ status: 403, body: { code: 'step-up-required' } });
    const prove = (password: string) => browser.post('/v1/session/proof', { password });
    expect((await prove('wrong')).body.code).toBe('wrong-password-or-code');
    expect(await end(browser)).toMatchObject({ status: 403 });
    expect((await prove('demo-mois-reviewer')).status).toBe(200);
    expect(await end(other)).toMatchObject({ status: 403, body: { code: 'step-up-required' } });
    await minutesPass(person('demo-mois-reviewer'), 9);
    expect((await end(browser)).status).toBe(200);
    expect((await other.get('/v1/me')).status).toBe(401);
    await minutesPass(person('demo-mois-reviewer'), 2);
    expect((await end(browser)).body.code).toBe('step-up-required');

    for (let mistake = 1; mistake < 5; mistake++) expect((await prove('wrong')).status).toBe(409);
    expect(await prove('wrong')).toMatchObject({ status: 429, headers: { 'retry-after': '30' } });
    expect((await prove('demo-mois-reviewer')).status).toBe(429);
    const told = await service.get('/v1/security-events?person=person-demo-mois-reviewer&limit=50', ADMIN);
    const kinds = told.body.events.map(({ kind }: { kind: string }) => kind);
    for (const kind of ['proved-again', 'session-ended', 'sign-in-refused', 'account-locked']) expect(kinds).toContain(kind);
  });

  it('is not what a token has: it ends no session of its person', async () => {
    await browserOf('demo-seongnam');
    const { body } = await service.get('/v1/session/list', 'demo-seongnam');
    const ended = await service.post(`/v1/session/list/${body[0].session}/end`, 'demo-seongnam');
    expect(ended).toMatchObject({ status: 409, body: { code: 'no-session' } });
  });
});

describe('roles', () => {
  it('are granted and revoked for the very next request, and that is on record', async () => {
    await register('p-roles', REVIEWER);
    const { body: made } = await service.post('/v1/users/p-roles/account', ADMIN, { login: 'p.roles' });
    const browser = new Browser();
    await browser.begin('p.roles', made.password);
    expect((await browser.get('/v1/consultations/queue')).status).toBe(200);
    const user = await lookUp('p-roles');
    const grant = user.body.grants[0].grant;
    const revoked = await service.post(`/v1/users/p-roles/grants/${grant}/revocation`, ADMIN, { reason: '전보' }, seen(user));
    expect(revoked.status).toBe(201);
    expect(await browser.get('/v1/consultations/queue')).toMatchObject({ status: 403, body: { code: 'no-role-granted' } });
    expect((await browser.get('/v1/session')).body).toMatchObject({ capacities: [], capacity: null });
    expect((await service.get('/v1/users/p-roles', ADMIN, after(revoked))).body.grants[0].revoked).toBe(true);
  });

  it('hold also for a token that says more', async () => {
    const user = await lookUp(person('demo-mois-approver'));
    const grant = user.body.grants[0].grant;
    const url = `/v1/users/${person('demo-mois-approver')}`;
    expect((await service.get('/v1/me', 'demo-mois-approver')).status).toBe(200);
    await service.post(`${url}/grants/${grant}/revocation`, ADMIN, { reason: '전보' }, seen(user));
    expect((await service.get('/v1/me', 'demo-mois-approver')).body.code).toBe('no-role-granted');
  });

  it('do not hold while somebody is suspended, whose sessions end at once', async () => {
    await register('p-susp', REVIEWER);
    const { body: made } = await service.post('/v1/users/p-susp/account', ADMIN, { login: 'p.susp' });
    const browser = new Browser();
    await browser.begin('p.susp', made.password);
    const suspended = await service.post('/v1/users/p-susp/suspension', ADMIN, { reason: '조사' }, seen(await lookUp('p-susp')));
    expect(suspended.status).toBe(201);
    expect((await browser.get('/v1/me')).status).toBe(401);
    await browser.signIn('p.susp', OWN);
    expect((await browser.get('/v1/me')).body.code).toBe('no-role-granted');
    await service.post('/v1/users/p-susp/reinstatement', ADMIN, { reason: '종결' }, seen(suspended));
    expect((await browser.get('/v1/me')).status).toBe(200);
  });

  it('for several agencies are switched between explicitly, for a session or for one request', async () => {
    await register('p-two', REVIEWER, { agency: 'gyeonggi-suwon', roles: ['applicant'], from: '2026-01-01' });
    const { body: made } = await service.post('/v1/users/p-two/account', ADMIN, { login: 'p.two' });
    const browser = new Browser();
    expect((await browser.begin('p.two', made.password)).body).toMatchObject({ capacity: 'gyeonggi' });
    expect((await browser.get('/v1/me')).body).toMatchObject({ agency: 'gyeonggi', roles: ['reviewer'] });
    expect((await browser.get('/v1/me', { 'x-act-as': 'gyeonggi-suwon' })).body).toMatchObject({
      agency: 'gyeonggi-suwon',
      roles: ['applicant'],
    });
    expect((await browser.get('/v1/me', { 'x-act-as': 'mois' })).body.code).toBe('no-role-granted');
    expect((await browser.post('/v1/session/capacity', { capacity: 'mois' })).body.code).toBe('no-such-capacity');
    expect((await browser.post('/v1/session/capacity', { capacity: 'gyeonggi-suwon' })).body.capacity).toBe('gyeonggi-suwon');
    expect((await browser.get('/v1/me')).body).toMatchObject({ agency: 'gyeonggi-suwon' });
  });

  it('are granted by administrators only, and never to oneself', async () => {
    expect((await service.post('/v1/users', 'demo-suwon', { user: 'p-x' })).status).toBe(403);
    const me = await lookUp(person(ADMIN));
    const own = await service.post(`/v1/users/${person(ADMIN)}/grants`, ADMIN, { ...REVIEWER, roles: ['auditor'] }, seen(me));
    expect(own.body.code).toBe('own-grant');
  });

  it('of others are for administrators and auditors to see', async () => {
    expect((await service.get('/v1/users', 'demo-auditor')).body.rows.length).toBeGreaterThan(5);
    expect((await service.get('/v1/users?agency=gyeonggi&q=two', ADMIN)).body.rows).toHaveLength(1);
    expect((await service.get('/v1/users', 'demo-suwon')).status).toBe(403);
    const [hidden, unknown] = [
      await service.get('/v1/users/p-two', 'demo-suwon'),
      await service.get('/v1/users/p-nobody', 'demo-suwon'),
    ];
    expect([hidden.status, unknown.status]).toEqual([404, 404]);
    expect({ ...hidden.body, instance: '', requestId: '' }).toEqual({ ...unknown.body, instance: '', requestId: '' });
    expect((await service.get(`/v1/users/${person('demo-suwon')}`, 'demo-suwon')).status).toBe(200);
  });
});

it('names whom to ask to anybody who cannot sign in, where the installation has said so', async () => {
  expect(await service.ask('GET', '/v1/contact')).toMatchObject({ status: 200, body: { contact: null } });
});

describe('authority', () => {
  const TERM = { from: '2026-01-01', until: '2099-12-31' };
  const delegate = async (to: string, as: string, more: object = {}) =>
    service.post(
      `/v1/users/${to}/delegations`,
      as,
      { roles: ['approver'], kind: 'acting', ...TERM, ...more },
      seen(await lookUp(to)),
    );

  it('is exercised for another by 대결, recorded as such, and no longer than the other holds it', async () => {
    const to = person('demo-gyeonggi-reviewer');
    const made = await delegate(to, 'demo-gyeonggi-approver');
    expect(made.status).toBe(201);
    const { body: user } = await service.get(`/v1/users/${to}`, ADMIN, after(made));
    const capacity = `delegation:${user.delegations[0].delegation}`;
    const { body: session } = await service.get('/v1/session', 'demo-gyeonggi-reviewer');
    expect(session.capacities.map(({ id }: { id: string }) => id)).toEqual(['gyeonggi', capacity]);
    const acting = { 'x-act-as': capacity };
    expect((await service.get('/v1/me', 'demo-gyeonggi-reviewer', acting)).body.roles).toEqual(['approver']);

    const boss = await lookUp(person('demo-gyeonggi-approver'));
    const { grant } = boss.body.grants[0];
    const url = `/v1/users/${person('demo-gyeonggi-approver')}/grants/${grant}/revocation`;
    await service.post(url, ADMIN, { reason: '전보' }, seen(boss));
    expect((await service.get('/v1/me', 'demo-gyeonggi-reviewer', acting)).body.code).toBe('no-role-granted');
  });
  it('is seen by whoever gave it, who chooses among colleagues and takes it back; by administrators and auditors, and by nobody else', async () => {
    const [boss, deputy] = [person('demo-gyeonggi-director'), person('demo-gyeonggi')];
    const at = `/v1/users/${boss}/delegations`;
    const before = await service.get(at, 'demo-gyeonggi-director');
    expect(before.body.given).toEqual([]);
    const colleague = before.body.colleagues.find((one: { person: string }) => one.person === deputy);
    expect(colleague.roles).toContain('applicant');
    expect(before.body.colleagues.map((one: { person: string }) => one.person)).not.toContain(boss);
    const made = await service.post(
      `/v1/users/${deputy}/delegations`,
      'demo-gyeonggi-director',
      { roles: ['approver'], kind: 'standing', ...TERM },
      { 'if-match': `"${colleague.revision}"` },
    );
    expect(made.status).toBe(201);

    const { body } = await service.get(at, 'demo-gyeonggi-director', after(made));
    expect(body.given).toEqual([
      expect.objectContaining({
        receiver: deputy,
        delegator: boss,
        kind: 'standing',
        roles: ['approver'],
        withdrawn: false,
        ...TERM,
      }),
    ]);
    for (const reader of [ADMIN, 'demo-auditor']) {
      expect((await service.get(at, reader, after(made))).body).toEqual({ ...body, colleagues: [] });
    }
    for (const stranger of ['demo-gyeonggi', 'demo-suwon']) {
      expect((await service.get(at, stranger, after(made))).status).toBe(404);
    }
    const [{ delegation, revision }] = body.given;
    const url = `/v1/users/${deputy}/delegations/${delegation}/withdrawal`;
    const withdrawn = await service.post(url, 'demo-gyeonggi-director', { reason: '복귀' }, { 'if-match': `"${revision}"` });
    expect(withdrawn.status).toBe(201);
    expect((await service.get(at, 'demo-gyeonggi-director', after(withdrawn))).body.given[0].withdrawn).toBe(true);
  });
  it('is not delegated by somebody who has none', async () => {
    expect((await delegate(person('demo-suwon'), 'demo-gyeonggi-reviewer')).body.code).toBe('role-not-held');
    expect((await delegate(person('demo-suwon'), 'demo-auditor')).body.code).toBe('role-required');
  });
});

const KEY = {
  name: '예산 시스템 연계',
  agency: 'gyeonggi',
  roles: ['reviewer'],
  scopes: ['consultations:read', 'systems:read'],
  days: 90,
};

describe('a key for a machine', () => {
  it('reaches what its scopes name and no further, and nothing once it is revoked', async () => {
    const { body: made } = await service.post('/v1/api-keys', ADMIN, KEY);
    expect(made.secret).toMatch(/^sajeon_[0-9a-f]{16}_[\w-]{43}$/);
    expect((await service.get('/v1/consultations/queue', made.secret)).status).toBe(200);
    expect((await service.get('/v1/projects', made.secret)).body.code).toBe('scope-required');
    expect((await service.post('/v1/consultations/x/receipt', made.secret, {})).body.code).toBe('scope-required');
    const { body: keys } = await service.get('/v1/api-keys', 'demo-auditor');
    expect(keys[0]).toMatchObject({ key: made.key, revokedAt: null, createdBy: 'person-demo-admin' });
    expect(JSON.stringify(keys)).not.toContain(made.secret.slice(-43));
    expect((await service.post(`/v1/api-keys/${made.key}/revocation`, ADMIN)).status).toBe(200);
    expect((await service.get('/v1/consultations/queue', made.secret)).status).toBe(401);
  });
  it('ends by itself', async () => {
    const { body: made } = await service.post('/v1/api-keys', ADMIN, { ...KEY, days: 1 });
    await service.database().query(`update identity_api_key set expires_at = now() where key = $1`, [made.key]);
    expect((await service.get('/v1/consultations/queue', made.secret)).status).toBe(401);
  });
  it('never approves and never administers', async () => {
    for (const role of ['approver', 'administrator', 'system']) {
      expect((await service.post('/v1/api-keys', ADMIN, { ...KEY, roles: [role] })).status).toBe(400);
    }
  });
  it('is made by administrators only, for an agency that exists', async () => {
    expect((await service.post('/v1/api-keys', 'demo-gyeonggi-reviewer', KEY)).status).toBe(403);
    expect((await service.post('/v1/api-keys', ADMIN, { ...KEY, agency: 'nowhere' })).body.code).toBe('unknown-agency');
    expect((await service.post('/v1/api-keys/nothing/revocation', ADMIN)).status).toBe(404);
  });
});

describe('the record of sign-ins and refused access', () => {
  it('holds every one, for auditors and administrators, and nothing secret', async () => {
    await new Browser().signIn('demo-suwon', 'a wrong password that must not be kept');
    await browserOf('demo-suwon');
    await service.get('/v1/users', 'demo-suwon');
    await service.get('/v1/me', 'not-a-token');
    const { body } = await service.get('/v1/security-events?limit=200', 'demo-auditor');
    const kinds = new Set(body.events.map(({ kind }: { kind: string }) => kind));
    for (const kind of [
      'signed-in',
      'sign-in-refused',
      'account-locked',
      'access-denied',
      'credentials-refused',
      'api-key-made',
    ]) {
      expect([...kinds]).toContain(kind);
    }
    expect(JSON.stringify(body)).not.toMatch(/wrong password that|not-a-token/);
    // Newest first, by number and not by letters.
    const ids: number[] = body.events.map(({ id }: { id: string }) => Number(id));
    expect(ids.length).toBeGreaterThan(10);
    expect(ids).toEqual(ids.toSorted((a, b) => b - a));
    const { body: mine } = await service.get('/v1/security-events?person=person-demo-suwon&kind=access-denied&limit=1', ADMIN);
    expect(mine.events[0]).toMatchObject({ person: 'person-demo-suwon', detail: { code: 'role-required' } });
    expect((await service.get(`/v1/security-events?before=${mine.next}`, ADMIN)).status).toBe(200);
    expect((await service.get('/v1/security-events', 'demo-suwon')).status).toBe(403);
  });
  it('tells a forbidden case from an unknown one, which the answer does not', async () => {
    const project = await service.post('/v1/projects', 'demo-seongnam', { plan: PLAN });
    const draft = await service.post('/v1/consultations', 'demo-seongnam', { project: project.body.id });
    expect(draft.status).toBe(201);
    const [forbidden, unknown] = [
      await service.get(`/v1/consultations/${draft.body.id}`, 'demo-suwon', after(draft)),
      await service.get('/v1/consultations/no-such-case', 'demo-suwon'),
    ];
    expect({ ...forbidden.body, instance: '', requestId: '' }).toEqual({ ...unknown.body, instance: '', requestId: '' });
    const { body } = await service.get('/v1/security-events?person=person-demo-suwon&limit=20', ADMIN);
    const requests = body.events.map(({ detail }: { detail: { request?: string } }) => detail.request);
    expect(requests).toContain(forbidden.body.requestId);
    expect(requests).not.toContain(unknown.body.requestId);
  });
  it('cannot be changed, also not by whoever has the database', async () => {
    for (const sql of ['update identity_security_event set kind = $1', 'delete from identity_security_event where kind <> $1']) {
      await expect(service.database().query(sql, ['x'])).rejects.toThrow('neither changed nor deleted');
    }
  });
  it('is forgotten after two years, and by nobody before one', async () => {
    const { Retention } = await import('@sajeon/identity');
    const ages = ['3 years', '18 months', '300 days'];
    for (const age of ages) {
      await service
        .database()
        .query(
          `insert into identity_security_event (at, kind, address, detail) values (now() - $1::interval, 'signed-in', 'of-old', '{}')`,
          [age],
        );
    }
    const left = async (): Promise<readonly unknown[]> => {
      const { rows } = await service
        .database()
        .query(
          `select round(extract(epoch from now() - at) / 86400)::int as days from identity_security_event where address = 'of-old'`,
        );
      return rows.map(({ days }: { days: number }) => days).sort();
    };
    const retention = service.app.get(Retention);
    expect(await retention.forget(new Date())).toMatchObject({ events: 1 });
    expect(await left()).toHaveLength(2);
    // Whatever clock the service believes in, the database keeps a year.
    expect(await retention.forget(new Date(Date.now() + 100 * 365 * 86_400_000))).toMatchObject({ events: 1 });
    expect(await left()).toEqual([300]);
    expect((await service.get('/v1/security-events?limit=1', ADMIN)).body.events).toHaveLength(1);
  });
});

it('shows the table of permissions to everybody who has signed in', async () => {
  const { body } = await service.get('/v1/permissions', 'demo-auditor');
  expect(body).toContainEqual({ command: 'approve-decision', roles: ['approver'] });
  expect((await service.ask('GET', '/v1/permissions')).status).toBe(401);
});

it('lets no demonstration user in in production, also where one signed in before', async () => {
  const { Accounts, BreachedPasswords, SecondFactors, Sessions } = await import('@sajeon/identity');
  const pool = service.database();
  const settings = { ...identitySettings({}), production: true };
  const accounts = new Accounts(pool, settings, new SecondFactors(pool), new BreachedPasswords(settings));
  expect((await accounts.attempt('demo-suwon', 'demo-suwon', null)).outcome).toBe('refused');
  const answer = await new Browser().signIn('demo-suwon');
  const held = /sajeon-session=([\w-]+)/.exec(String(answer.headers['set-cookie']))?.[1] ?? '';
  expect(await new Sessions(pool, settings).find(held, '127.0.0.1')).toBeUndefined();
  expect(await new Sessions(pool, { ...settings, production: false }).find(held, '127.0.0.1')).toBeDefined();
});

describe('the lead reviewer of a case', () => {
  it('is somebody whom the users know, who is not suspended, may review for the authority and works for nobody else in the case', async () => {
    const { body: project } = await service.post('/v1/projects', 'demo-suwon', { plan: PLAN });
    const { body: drafted } = await service.post('/v1/consultations', 'demo-suwon', { project: project.id });
    const at = `/v1/consultations/${drafted.id}`;
    const act = async (as: string, url: string, body?: object): Promise<Answer> => {
      for (let tries = 0; ; tries++) {
        const answer = await service.post(`${at}/${url}`, as, body, seen(await service.get(at, as, await upToNow())));
        // The screening policy may record its finding meanwhile.
        if (answer.status !== 412 || tries === 100) return answer;
      }
    };
    const upToNow = async () => ({ 'x-after': String(await service.app.get(EventStore).head()) });
    expect((await act('demo-suwon', 'submission')).status).toBe(201);
    expect((await act('demo-gyeonggi-reviewer', 'receipt', { track: 'standard' })).status).toBe(201);

    await register('p-lead', REVIEWER);
    await register('p-other', { ...REVIEWER, roles: ['applicant'] });
    await register('p-both', REVIEWER, { agency: 'gyeonggi-suwon', roles: ['applicant'], from: '2026-01-01' });
    await register('p-gone', REVIEWER);
    await service.post('/v1/users/p-gone/suspension', ADMIN, { reason: '휴직' }, seen(await lookUp('p-gone')));
    const assign = async (who: string) => (await act('demo-gyeonggi-reviewer', 'reviewer', { person: who })).body;
    expect(await assign('p-nobody')).toMatchObject({ code: 'no-such-reviewer' });
    expect((await assign('p-gone')).code).toBe('reviewer-suspended');
    expect((await assign('p-other')).code).toBe('reviewer-without-role');
    expect((await assign(person('demo-mois-reviewer'))).code).toBe('reviewer-without-role');
    expect((await assign('p-both')).code).toBe('reviewer-of-the-applicant');
    expect((await assign('p-lead')).revision).toBeDefined();
    const reason = '담당자가 자리를 옮겼다.';
    const reassigned = await act('demo-gyeonggi-director', 'reviewer/reassignment', { person: 'p-nobody', reason });
    expect(reassigned.body.code).toBe('no-such-reviewer');

    // Whoever works for both sides acts for the applicant only, whichever capacity they choose.
    const { body: made } = await service.post('/v1/users/p-both/account', ADMIN, { login: 'p.both' });
    const browser = new Browser();
    await browser.begin('p.both', made.password);
    const revision = (await browser.get(at)).headers['etag'] ?? '';
    const met = { heldOn: '2026-11-30', minutes: '만났다.' };
    expect((await browser.post(`${at}/meetings`, met, { 'if-match': revision })).body.code).toBe('own-submission');
  });
});

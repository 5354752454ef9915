import { FirstUsers, identitySettings } from '@sajeon/identity';
import { createHmac, randomBytes } from 'node:crypto';
import { seen, Service, type Answer } from './service.js';

const ADMIN = 'demo-admin';
const OURS = { origin: 'http://localhost', host: 'localhost' };
const PASSWORD = '호수 우산 열쇠 구름 기차';

let service: Service;
beforeAll(async () => {
  service = await Service.start(identitySettings({ SAJEON_SECOND_FACTOR: 'approver,administrator' }));
  await service.app.get(FirstUsers).demo();
});
afterAll(() => service.stop());

/** What an authenticator app shows, after RFC 6238 and written anew here: the service's own arithmetic proves nothing about itself. */
function shownBy(secret: string, stepsOn = 0): string {
  const bits = [...secret]
    .map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'))
    .join('');
  const key = Buffer.from(
    Array.from({ length: bits.length >> 3 }, (_, index) => parseInt(bits.slice(index * 8, index * 8 + 8), 2)),
  );
  const counter = Buffer.alloc(8);
  counter.writeUInt32BE(Math.floor(Date.now() / 30_000) + stepsOn, 4);
  const mac = createHmac('sha1', key).update(counter).digest();
  const number = mac.readUInt32BE((mac.at(-1) ?? 0) & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, '0');
}

/** As if the half minute of the last code were long over. */
async function halfMinutesPass(person: string): Promise<void> {
  await service.database().query('update identity_second_factor set last_step = last_step - 10 where person = $1', [person]);
}

class Browser {
  private cookie = '';
  private csrf = '';
  async signIn(login: string, password = PASSWORD, code?: string): Promise<Answer> {
    const body = { login, password, ...(code === undefined ? {} : { code }) };
    const answer = await service.ask('POST', '/v1/sign-in', { body, headers: OURS });
    if (answer.status === 201) {
      this.cookie = String(answer.headers['set-cookie']).split(';')[0] ?? '';
      this.csrf = answer.body.csrfToken;
    }
    return answer;
  }
  get(url: string): Promise<Answer> {
    return service.ask('GET', url, { headers: { cookie: this.cookie } });
  }
  post(url: string, body?: unknown): Promise<Answer> {
    return service.ask('POST', url, { body, headers: { ...OURS, cookie: this.cookie, 'x-csrf-token': this.csrf } });
  }
}
const AT = '/v1/session/second-factor';

/** Somebody with an account and a password of their own. */
async function made(person: string, role: string): Promise<Browser> {
  await service.post('/v1/users', ADMIN, { user: person });
  const { position } = (await service.post('/v1/users', ADMIN, { user: person })).body;
  const user = await service.get(`/v1/users/${person}`, ADMIN, { 'x-after': position });
  const grant = { agency: 'gyeonggi', roles: [role], from: '2026-01-01' };
  expect((await service.post(`/v1/users/${person}/grants`, ADMIN, grant, seen(user))).status).toBe(201);
  const { body } = await service.post(`/v1/users/${person}/account`, ADMIN, { login: person });
  const browser = new Browser();
  expect((await browser.signIn(person, body.password)).status).toBe(201);
  expect((await browser.post('/v1/session/password', { current: body.password, next: PASSWORD })).status).toBe(200);
  return browser;
}

async function enrolled(browser: Browser, person: string): Promise<{ secret: string; recoveryCodes: readonly string[] }> {
  const begun = await browser.post(AT, { password: PASSWORD });
  expect(begun.status).toBe(200);
  const { secret } = begun.body;
  const confirmed = await browser.post(`${AT}/confirmation`, { code: shownBy(secret) });
  expect(confirmed.status).toBe(200);
  await halfMinutesPass(person);
  return { secret, recoveryCodes: confirmed.body.recoveryCodes };
}

async function records(kind: string): Promise<readonly { person: string; detail: Record<string, string> }[]> {
  return (await service.get(`/v1/security-events?kind=${kind}&limit=50`, 'demo-auditor')).body.events;
}

describe('a second factor', () => {
  it('is enrolled with the password and a code of the app, ends the other sessions, and is asked for from then on', async () => {
    const browser = await made('p-review', 'reviewer');
    const other = new Browser();
    await other.signIn('p-review');
    expect((await browser.get(AT)).body).toEqual({ enrolledAt: null, recoveryCodesLeft: 0, required: false, possible: true });

    expect((await browser.post(AT, { password: 'wrong' })).body.code).toBe('wrong-password-or-code');
    const begun = await browser.post(AT, { password: PASSWORD });
    expect(begun.body).toMatchObject({
      secret: expect.stringMatching(/^[A-Z2-7]{32}$/),
      uri: expect.stringMatching(/^otpauth:\/\/totp\/Sajeon:p-review\?secret=[A-Z2-7]{32}&/),
      qr: expect.stringContaining('<svg'),
    });
    // What was begun and not confirmed asks for nothing yet.
    expect((await new Browser().signIn('p-review')).status).toBe(201);
    expect((await browser.post(`${AT}/confirmation`, { code: '000000' })).body.code).toBe('wrong-code');
    const { secret } = begun.body;
    const confirmed = await browser.post(`${AT}/confirmation`, { code: shownBy(secret) });
    expect(confirmed.body.recoveryCodes).toHaveLength(10);
    expect(new Set(confirmed.body.recoveryCodes).size).toBe(10);
    expect([(await browser.get('/v1/me')).status, (await other.get('/v1/me')).status]).toEqual([200, 401]);
    expect((await browser.post(AT, { password: PASSWORD })).body.code).toBe('second-factor-enrolled');

    await halfMinutesPass('p-review');
    expect((await new Browser().signIn('p-review')).body.code).toBe('second-factor-required');
    expect((await new Browser().signIn('p-review', PASSWORD, '000000')).body.code).toBe('wrong-code');
    expect((await new Browser().signIn('p-review', 'wrong', shownBy(secret))).body.code).toBe('wrong-login-or-password');
    const next = new Browser();
    expect((await next.signIn('p-review', PASSWORD, shownBy(secret))).status).toBe(201);
    const sessions = (await next.get('/v1/session/list')).body;
    expect(sessions.map(({ secondFactor }: { secondFactor: string }) => secondFactor)).toEqual(['totp', 'totp']);
    expect(await records('second-factor-enrolled')).toMatchObject([{ person: 'p-review' }]);
    expect((await records('signed-in'))[0]).toMatchObject({ detail: { method: 'password', secondFactor: 'totp' } });
    expect((await records('sign-in-refused')).map(({ detail }) => detail)).toContainEqual({ method: 'password', wrong: 'code' });
  });

  it('takes no code twice, not even of two requests at once', async () => {
    const { secret } = await enrolled(await made('p-twice', 'reviewer'), 'p-twice');
    const code = shownBy(secret);
    const both = await Promise.all([
      new Browser().signIn('p-twice', PASSWORD, code),
      new Browser().signIn('p-twice', PASSWORD, code),
    ]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([201, 401]);
    expect((await new Browser().signIn('p-twice', PASSWORD, code)).body.code).toBe('wrong-code');
    // Nor an older one, which somebody may have looked over a shoulder for.
    expect((await new Browser().signIn('p-twice', PASSWORD, shownBy(secret, -1))).body.code).toBe('wrong-code');
    expect((await new Browser().signIn('p-twice', PASSWORD, shownBy(secret, 1))).status).toBe(201);
  });

  it('is replaced once by each recovery code, of which only hashes are kept, as of the secret only what is sealed', async () => {
    const { secret, recoveryCodes } = await enrolled(await made('p-lost', 'reviewer'), 'p-lost');
    const [first = '', second = ''] = recoveryCodes;
    const browser = new Browser();
    expect((await browser.signIn('p-lost', PASSWORD, first.toLowerCase())).status).toBe(201);
    expect((await browser.get(AT)).body).toMatchObject({ recoveryCodesLeft: 9 });
    expect((await browser.get('/v1/session/list')).body[0].secondFactor).toBe('recovery-code');
    expect((await new Browser().signIn('p-lost', PASSWORD, first)).body.code).toBe('wrong-code');

    const renewed = await browser.post(`${AT}/recovery-codes`, { password: PASSWORD, code: shownBy(secret) });
    expect(renewed.body.recoveryCodes).toHaveLength(10);
    expect((await new Browser().signIn('p-lost', PASSWORD, second)).body.code).toBe('wrong-code');

    const kept: string[] = [];
    for (const table of ['identity_second_factor', 'identity_recovery_code', 'identity_security_event', 'identity_session']) {
      const { rows } = await service.database().query<{ row: string }>(`select t::text as row from ${table} t`);
      kept.push(...rows.map(({ row }) => row));
    }
    const told = [secret, ...recoveryCodes, ...renewed.body.recoveryCodes].flatMap((text) => [text, text.replaceAll('-', '')]);
    expect(kept.length).toBeGreaterThan(20);
    expect(
      told.filter((text) => kept.some((row) => row.includes(text) || row.includes(Buffer.from(text).toString('hex')))),
    ).toEqual([]);
    // A secret that was moved to somebody else opens no more.
    const { rows } = await service
      .database()
      .query<{ secret: Buffer }>(`select secret from identity_second_factor where person = 'p-lost'`);
    await enrolled(await made('p-moved', 'reviewer'), 'p-moved');
    await service.database().query(`update identity_second_factor set secret = $1 where person = 'p-moved'`, [rows[0]?.secret]);
    expect((await new Browser().signIn('p-moved', PASSWORD, shownBy(secret, 1))).body.code).toBe('second-factor-unreadable');
  });

  it('locks after five mistakes, which the right password in between does not forget', async () => {
    const { secret } = await enrolled(await made('p-guess', 'reviewer'), 'p-guess');
    for (let mistake = 1; mistake < 5; mistake++) {
      expect((await new Browser().signIn('p-guess', PASSWORD, '000000')).status).toBe(401);
      expect((await new Browser().signIn('p-guess')).body.code).toBe('second-factor-required');
    }
    expect(await new Browser().signIn('p-guess', PASSWORD, '000000')).toMatchObject({
      status: 429,
      headers: { 'retry-after': '30' },
    });
    expect((await new Browser().signIn('p-guess', PASSWORD, shownBy(secret))).status).toBe(429);
  });

  it('is required of roles that the installation names: nothing but enrolling is possible before', async () => {
    const browser = await made('p-approve', 'approver');
    expect((await browser.get('/v1/consultations/queue')).body.code).toBe('second-factor-missing');
    expect((await browser.post('/v1/projects', { plan: {} })).body.code).toBe('second-factor-missing');
    expect((await browser.get('/v1/session')).body.mustEnrolSecondFactor).toBe(true);
    expect((await browser.get(AT)).body).toMatchObject({ required: true, possible: true });
    await enrolled(browser, 'p-approve');
    expect((await browser.get('/v1/consultations/queue')).status).toBe(200);
    expect((await browser.get('/v1/session')).body.mustEnrolSecondFactor).toBe(false);
  });

  it('is laid down with password and code, but not asked of demonstration users nor of tokens', async () => {
    const browser = await made('p-down', 'reviewer');
    expect((await browser.post(`${AT}/removal`, { password: PASSWORD })).body.code).toBe('no-second-factor');
    const { secret } = await enrolled(browser, 'p-down');
    expect((await browser.post(`${AT}/removal`, { password: PASSWORD })).body.code).toBe('second-factor-required');
    expect((await browser.post(`${AT}/removal`, { password: PASSWORD, code: '000000' })).body.code).toBe(
      'wrong-password-or-code',
    );
    expect((await browser.post(`${AT}/removal`, { password: PASSWORD, code: shownBy(secret) })).status).toBe(200);
    expect((await new Browser().signIn('p-down')).status).toBe(201);
    expect(await records('second-factor-removed')).toMatchObject([{ person: 'p-down' }]);

    const demo = new Browser();
    await demo.signIn('demo-gyeonggi-approver', 'demo-gyeonggi-approver');
    expect((await demo.get('/v1/consultations/queue')).status).toBe(200);
    expect((await demo.get(AT)).body).toMatchObject({ required: false, possible: false });
    expect((await demo.post(AT, { password: 'demo-gyeonggi-approver' })).body.code).toBe('no-account-here');
    expect((await service.get('/v1/consultations/queue', 'demo-gyeonggi-approver')).status).toBe(200);
  });

  it('under a key of the vault that is lost or another one is refused in words, while recovery codes go on', async () => {
    const { secret, recoveryCodes } = await enrolled(await made('p-key', 'reviewer'), 'p-key');
    const mistakes = async () =>
      (await service.database().query(`select failures from identity_account where person = 'p-key'`)).rows[0];
    const key = process.env['SAJEON_VAULT_KEY'];
    const attempt = (code: string) => new Browser().signIn('p-key', PASSWORD, code);
    try {
      process.env['SAJEON_VAULT_KEY'] = randomBytes(32).toString('base64');
      expect(await attempt(shownBy(secret))).toMatchObject({
        status: 503,
        headers: { 'retry-after': '60' },
        body: {
          code: 'second-factor-unreadable',
          messages: { ko: expect.stringContaining('복구 코드'), en: expect.stringContaining('recovery code') },
        },
      });
      expect((await attempt(recoveryCodes[0] ?? '')).status).toBe(201);
      process.env['SAJEON_VAULT_KEY'] = 'none';
      expect(await attempt(shownBy(secret))).toMatchObject({ status: 503, body: { code: 'second-factor-unreadable' } });
      const browser = await made('p-keyless', 'reviewer');
      expect(await browser.post(AT, { password: PASSWORD })).toMatchObject({ status: 503, body: { code: 'vault-shut' } });
      // It was no mistake of theirs.
      expect(await mistakes()).toEqual({ failures: 0 });
    } finally {
      if (key === undefined) delete process.env['SAJEON_VAULT_KEY'];
      else process.env['SAJEON_VAULT_KEY'] = key;
    }
    expect((await attempt(shownBy(secret))).status).toBe(201);
  });

  it('is shown again, with the password, for what takes a recent proof', async () => {
    const { secret } = await enrolled(await made('p-again', 'reviewer'), 'p-again');
    const browser = new Browser();
    expect((await browser.signIn('p-again', PASSWORD, shownBy(secret))).status).toBe(201);
    await halfMinutesPass('p-again');
    const { rows } = await service
      .database()
      .query<{ session: string }>(
        `update identity_session set proved_at = now() - interval '11 minutes' where person = 'p-again' returning session`,
      );
    const end = () => browser.post(`/v1/session/list/${rows[0]?.session ?? ''}/end`);
    expect((await end()).body.code).toBe('step-up-required');
    const prove = (code?: string) =>
      browser.post('/v1/session/proof', { password: PASSWORD, ...(code === undefined ? {} : { code }) });
    expect(await prove()).toMatchObject({ status: 409, body: { code: 'second-factor-required' } });
    expect((await prove('000000')).body.code).toBe('wrong-password-or-code');
    expect((await end()).body.code).toBe('step-up-required');
    expect((await prove(shownBy(secret))).status).toBe(200);
    expect((await end()).status).toBe(200);
  });

  it('that is lost is reset by another administrator; a new password alone does not pass it by', async () => {
    const { secret } = await enrolled(await made('p-reset', 'reviewer'), 'p-reset');
    const browser = new Browser();
    expect((await browser.signIn('p-reset', PASSWORD, shownBy(secret))).status).toBe(201);
    const { body } = await service.post('/v1/users/p-reset/account', ADMIN, { login: 'p-reset' });
    expect((await new Browser().signIn('p-reset', body.password)).body.code).toBe('second-factor-required');

    const url = '/v1/users/p-reset/account/second-factor-reset';
    expect((await service.post(url, 'demo-gyeonggi-reviewer')).status).toBe(403);
    expect((await service.post(url.replace('p-reset', `person-${ADMIN}`), ADMIN)).body.code).toBe('own-second-factor');
    expect((await service.post(url.replace('p-reset', 'p-nobody'), ADMIN)).status).toBe(404);
    expect((await service.post(url, ADMIN)).status).toBe(200);
    expect((await browser.get('/v1/me')).status).toBe(401);
    expect((await new Browser().signIn('p-reset', body.password)).body.mustChangePassword).toBe(true);
    expect(await records('second-factor-reset')).toMatchObject([{ person: `person-${ADMIN}`, detail: { user: 'p-reset' } }]);
  });
});

it('is what production asks everybody for, unless it says otherwise', () => {
  expect(identitySettings({ NODE_ENV: 'production' }).secondFactorFor).toContain('applicant');
  expect(identitySettings({ NODE_ENV: 'production', SAJEON_SECOND_FACTOR: 'off' }).secondFactorFor).toEqual([]);
  expect(identitySettings({}).secondFactorFor).toEqual([]);
  expect(() => identitySettings({ SAJEON_SECOND_FACTOR: 'boss' })).toThrow('SAJEON_SECOND_FACTOR: boss is no role');
});

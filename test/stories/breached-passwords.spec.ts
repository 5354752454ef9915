import { FirstUsers, identitySettings, type IdentitySettings } from '@sajeon/identity';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Service, type Answer } from './service.js';

const ADMIN = 'demo-admin';
const OURS = { origin: 'http://localhost', host: 'localhost' };
const BREACHED = '말 건전지 스테이플 맞다 아주';
const UNKNOWN = '호수 우산 열쇠 구름 기차';

const folder = mkdtempSync(join(tmpdir(), 'sajeon-breached-'));
const file = join(folder, 'hashes');
writeFileSync(file, `${createHash('sha1').update(BREACHED.normalize('NFC'), 'utf8').digest('hex').toUpperCase()}:3\n`);

/** Exchanged between the stories, as an installation would be configured anew. */
const settings: IdentitySettings = { ...identitySettings({}) };
const configured = (env: Readonly<Record<string, string>>): void => {
  Object.assign(settings, { breached: identitySettings(env).breached });
};

let service: Service;
beforeAll(async () => {
  service = await Service.start(settings);
  await service.app.get(FirstUsers).demo();
});
afterAll(async () => {
  await service.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Somebody who signs in for the first time and chooses this password. */
async function choose(user: string, next: string): Promise<Answer> {
  expect((await service.post('/v1/users', ADMIN, { user })).status).toBe(201);
  const { body: made } = await service.post(`/v1/users/${user}/account`, ADMIN, { login: user });
  const body = { login: user, password: made.password };
  const answer = await service.ask('POST', '/v1/sign-in', { body, headers: OURS });
  const headers = {
    ...{ ...OURS, cookie: String(answer.headers['set-cookie']).split(';')[0] ?? '' },
    'x-csrf-token': answer.body.csrfToken as string,
  };
  return service.ask('POST', '/v1/session/password', { body: { current: made.password, next }, headers });
}

const events = async (user: string): Promise<readonly string[]> =>
  (await service.get(`/v1/security-events?person=${user}`, ADMIN)).body.events.map(({ kind }: { kind: string }) => kind);

it('refuses a new password that is known from a break-in, at its field', async () => {
  configured({ SAJEON_BREACHED_PASSWORDS_FILE: file });
  const { status, body } = await choose('p-breached', BREACHED);
  expect(status).toBe(400);
  expect(body).toMatchObject({ code: 'password-breached', errors: [{ pointer: '/next', code: 'password-breached' }] });
  expect((await choose('p-unknown', UNKNOWN)).status).toBe(200);
  expect(await events('p-unknown')).not.toContain('breached-passwords-unreachable');
});

it('takes one that nobody could look up, and has it on record', async () => {
  configured({ SAJEON_BREACHED_PASSWORDS_FILE: join(folder, 'gone') });
  expect((await choose('p-open', BREACHED)).status).toBe(200);
  expect(await events('p-open')).toEqual(expect.arrayContaining(['password-changed', 'breached-passwords-unreachable']));
});

it('changes nothing meanwhile where the installation wants each looked up', async () => {
  configured({ SAJEON_BREACHED_PASSWORDS_FILE: join(folder, 'gone'), SAJEON_BREACHED_PASSWORDS_STRICT: 'yes' });
  expect(await choose('p-strict', UNKNOWN)).toMatchObject({
    status: 503,
    headers: { 'retry-after': '60' },
    body: { code: 'breached-passwords-unreachable' },
  });
  expect(await events('p-strict')).not.toContain('password-changed');
});

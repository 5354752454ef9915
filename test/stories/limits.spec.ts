import { Service } from './service.js';
import { limitsFrom } from '../../apps/api/src/http/limits.js';

const LIMITS = { perMinute: 20, signInsPerMinute: 3, atOnce: 4 };
let service: Service;
beforeAll(async () => {
  service = await Service.start(undefined, LIMITS, 2_000);
  // Known before others use up what their common address may ask.
  for (const token of ['demo-mois-reviewer', 'demo-auditor']) await service.get('/v1/me', token);
});
afterAll(() => service.stop());

const ask = (url: string, headers: Readonly<Record<string, string>> = {}, method: 'GET' | 'OPTIONS' = 'GET') =>
  service.app.inject({ method, url, headers });

describe('a client', () => {
  it('is told how much is left, and when to go on once nothing is', async () => {
    const as = { authorization: 'Bearer demo-suwon' };
    // The first answer makes it known: from then on it counts for itself, not for its address.
    await ask('/v1/me', as);
    const first = await ask('/v1/me', as);
    expect(first.headers).toMatchObject({ 'ratelimit-limit': '20', 'ratelimit-remaining': '19' });
    for (let request = 2; request <= 20; request++) expect((await ask('/v1/me', as)).statusCode).toBe(200);
    const refused = await service.get('/v1/me', 'demo-suwon');
    expect(refused).toMatchObject({ status: 429, body: { code: 'too-many-requests' } });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect((await service.get('/v1/me', 'demo-gyeonggi')).status).toBe(200);
  });
  it('gains nothing by making tokens up', async () => {
    const answers = [];
    for (let request = 0; request < 30; request++)
      answers.push(await ask('/v1/me', { authorization: `Bearer made-up-${request}` }));
    expect(answers.at(-1)?.statusCode).toBe(429);
  });
  it('tries few passwords a minute', async () => {
    const attempt = () =>
      service.ask('POST', '/v1/sign-in', {
        body: { login: `x${Math.random()}`, password: 'x' },
        headers: { 'content-type': 'application/json' },
      });
    const statuses = [];
    for (let request = 0; request < 4; request++) statuses.push((await attempt()).status);
    expect(statuses).toEqual([401, 401, 401, 429]);
  });
  it('never keeps whoever runs the service from looking at it', async () => {
    for (let request = 0; request < 30; request++) expect((await ask('/livez')).statusCode).toBe(200);
  });
});

it('refuses what is too much at once instead of queueing it, and goes on afterwards', async () => {
  const many = await Promise.all(Array.from({ length: 12 }, () => service.get('/v1/systems', 'demo-mois-reviewer')));
  const refused = many.filter(({ status }) => status === 503);
  expect(refused.length).toBeGreaterThanOrEqual(1);
  for (const { body, headers } of refused) expect([body.code, headers['retry-after']]).toEqual(['overloaded', '1']);
  expect((await service.get('/v1/systems', 'demo-mois-reviewer')).status).toBe(200);
});

it('gives up a question that waits behind a lock, says when to ask again, and goes on afterwards', async () => {
  const pool = service.database();
  await pool.query('begin; lock table view_system_inventory in access exclusive mode');
  const waited = await service.get('/v1/systems', 'demo-mois-reviewer');
  expect(waited).toMatchObject({ status: 503, body: { code: 'too-slow-just-now' } });
  expect(Number(waited.headers['retry-after'])).toBeGreaterThan(0);
  await pool.query('rollback');
  expect((await service.get('/v1/systems', 'demo-mois-reviewer')).status).toBe(200);
});

describe('every answer', () => {
  it('tells browsers not to guess, frame, leak or keep it', async () => {
    const { headers } = await ask('/v1/me', { authorization: 'Bearer demo-auditor' });
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      'strict-transport-security': expect.stringContaining('max-age='),
    });
    const policy = String(headers['content-security-policy']);
    for (const rule of [
      "default-src 'self'",
      "object-src 'none'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "script-src 'self'",
    ]) {
      expect(policy).toContain(rule);
    }
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
    expect(headers['x-powered-by']).toBeUndefined();
    expect(headers['server']).toBeUndefined();
  });
  it('is for no other origin', async () => {
    for (const method of ['GET', 'OPTIONS'] as const) {
      const from = {
        origin: 'https://evil.example',
        'access-control-request-method': 'POST',
        authorization: 'Bearer demo-auditor',
      };
      const { headers } = await ask('/v1/me', from, method);
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
    }
  });
});

it.each([
  ['SAJEON_RATE_LIMIT', '0'],
  ['SAJEON_MAX_REQUESTS', 'many'],
  ['SAJEON_SIGN_IN_LIMIT', '-1'],
])('does not start with %s=%s', (name, value) => expect(() => limitsFrom({ [name]: value })).toThrow(name));
it('is stricter in production', () => {
  expect(limitsFrom({ NODE_ENV: 'production' })).toEqual({ perMinute: 1_200, signInsPerMinute: 30, atOnce: 256 });
  expect(limitsFrom({ SAJEON_RATE_LIMIT: 'off' }).perMinute).toBeNull();
});

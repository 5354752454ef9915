import { execFileSync, fork, spawnSync } from 'node:child_process';
import { randomBytes, X509Certificate } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import tls from 'node:tls';
import { join } from 'node:path';

/** The built service in production mode, behind a proxy that ends TLS, as docs/operations.md has it. */
const ROOT = join(__dirname, '..', '..');
const MAIN = join(ROOT, 'dist', 'apps', 'api', 'src', 'main.js');
const CLI = join(ROOT, 'dist', 'apps', 'cli', 'src', 'main.js');
const VAULT_KEY = randomBytes(32).toString('base64');
/** What the proxy says it speaks for; the client's own word about itself comes before it. */
const CLIENT = '198.51.100.7';

const home = mkdtempSync(join(tmpdir(), 'sajeon-production-'));
/** The service's own certificate, for the way from the proxy to it. */
const TLS = { SAJEON_TLS_CERT_FILE: join(home, 'tls.crt'), SAJEON_TLS_KEY_FILE: join(home, 'tls.key') };
const pem = (name: string): string => readFileSync(join(home, name), 'utf8');
const base = {
  ...{ PATH: process.env['PATH'], HOME: home, LANG: process.env['LANG'] },
  ...{ NODE_ENV: 'production', SAJEON_HOME: home, SAJEON_LOG: 'silent', PORT: '0', SAJEON_BREACHED_PASSWORDS: 'off' },
};
const OWN = '호수 우산 열쇠 구름 기차';
let password = '';
let direct: URL;
let proxied: URL;
const stop: (() => Promise<void>)[] = [];

interface Told {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Record<string, unknown>;
}

beforeAll(async () => {
  password = execFileSync(process.execPath, [CLI, 'first-admin', '--login', 'hong', '--agency', 'mois'], {
    env: base,
    encoding: 'utf8',
  }).trim();
  makeCertificate('proxy');
  makeCertificate('tls');
  const child = fork(MAIN, [], {
    env: { ...base, ...TLS, SAJEON_VAULT_KEY: VAULT_KEY, SAJEON_TRUSTED_PROXIES: '127.0.0.1' },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let complaints = '';
  child.stderr?.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
  direct = new URL(
    await new Promise<string>((resolve, reject) => {
      child.on('message', (message: { listening?: string }) => message.listening !== undefined && resolve(message.listening));
      child.once('exit', (code) => reject(new Error(`the service ended with ${code}: ${complaints}`)));
    }),
  );
  stop.push(
    () =>
      new Promise((resolve) => {
        child.removeAllListeners('exit').once('exit', () => resolve());
        child.kill('SIGTERM');
      }),
  );
  const proxy = https.createServer(
    { key: pem('proxy.key'), cert: pem('proxy.crt'), minVersion: 'TLSv1.2' },
    (request, response) => {
      const said = request.headers['x-forwarded-for'];
      const headers = { ...request.headers, 'x-forwarded-for': said === undefined ? CLIENT : `${String(said)}, ${CLIENT}` };
      const passed = https.request(
        { host: 'localhost', port: direct.port, path: request.url, method: request.method, headers, ca: pem('tls.crt') },
        (answer) => {
          response.writeHead(answer.statusCode ?? 500, answer.headers);
          answer.pipe(response);
        },
      );
      request.pipe(passed);
    },
  );
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  proxied = new URL(`https://localhost:${(proxy.address() as AddressInfo).port}`);
  stop.push(() => new Promise((resolve) => proxy.close(() => resolve()).closeAllConnections()));
});
afterAll(async () => {
  for (const end of stop.toReversed()) await end();
  rmSync(home, { recursive: true, force: true });
});

function makeCertificate(name: string): void {
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost', '-days', '2'];
  const written = ['-keyout', join(home, `${name}.key`), '-out', join(home, `${name}.crt`)];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...subject, ...written], { stdio: 'ignore' });
}

/** The serial number of the certificate that the service presents, or why nobody was let speak. */
function handshake(options: tls.ConnectionOptions = {}): Promise<string> {
  return new Promise((resolve) => {
    const socket = tls.connect({ host: 'localhost', port: Number(direct.port), rejectUnauthorized: false, ...options }, () => {
      resolve(socket.getPeerCertificate().serialNumber);
      socket.destroy();
    });
    socket.on('error', (error) => resolve(error.message));
  });
}

function ask(to: URL, path: string, body?: object, headers: Record<string, string> = {}, localAddress?: string): Promise<Told> {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const options = {
    host: 'localhost',
    ...{ port: to.port, path, method: text === undefined ? 'GET' : 'POST', agent: false as const },
    ca: pem(to === direct ? 'tls.crt' : 'proxy.crt'),
    ...(localAddress === undefined ? {} : { localAddress, family: 4 }),
    headers: { ...(text === undefined ? {} : { 'content-type': 'application/json' }), host: to.host, ...headers },
  };
  return new Promise((resolve, reject) => {
    const take = (answer: http.IncomingMessage): void => {
      let told = '';
      answer.setEncoding('utf8').on('data', (chunk: string) => (told += chunk));
      answer.on('end', () => {
        const json = /json/.test(answer.headers['content-type'] ?? '');
        resolve({
          status: answer.statusCode ?? 0,
          headers: answer.headers,
          body: json ? (JSON.parse(told) as Told['body']) : {},
        });
      });
    };
    const request = https.request(options, take);
    request.on('error', reject).end(text);
  });
}

/** Signs the administrator in and tells by which address the service knows them. */
async function addressSeen(to: URL, said: Record<string, string>, localAddress?: string): Promise<unknown> {
  const answer = await ask(to, '/v1/sign-in', { login: 'hong', password }, said, localAddress);
  expect(answer.status).toBe(201);
  const cookie = String(answer.headers['set-cookie']).split(';')[0] ?? '';
  const list = (await ask(to, '/v1/session/list', undefined, { cookie })).body as unknown as readonly Record<string, unknown>[];
  return list.find(({ current }) => current === true)?.['address'];
}

describe('in production, behind a proxy with TLS', () => {
  it('a session is held in a cookie for this host and TLS alone, and browsers are told to keep to TLS for a year', async () => {
    const answer = await ask(proxied, '/v1/sign-in', { login: 'hong', password }, { origin: proxied.origin });
    expect(answer.status).toBe(201);
    expect(answer.headers['set-cookie']).toEqual([
      expect.stringMatching(/^__Host-sajeon-session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Secure$/),
    ]);
    expect(String(answer.headers['set-cookie']).length).toBeLessThan(4_096);
    for (const path of ['/', '/v1/sign-in', '/v1/me', '/nowhere', '/livez']) {
      const { headers } = await ask(proxied, path);
      const [, seconds = '0'] = /^max-age=(\d+); includeSubDomains/.exec(String(headers['strict-transport-security'])) ?? [];
      expect({ path, aYear: Number(seconds) >= 31_536_000 }).toEqual({ path, aYear: true });
      expect(String(headers['content-security-policy'])).toMatch(/base-uri 'none';.*frame-ancestors 'none'/);
      expect(headers['x-content-type-options']).toBe('nosniff');
    }
  });

  it('a page of another site signs nobody in, although the proxy ends TLS before us', async () => {
    const answer = await ask(proxied, '/v1/sign-in', { login: 'hong', password }, { origin: 'https://evil.example' });
    expect(answer).toMatchObject({ status: 403, body: { code: 'forged-request' } });
  });

  it('nobody works with the first password alone: one of their own and an authenticator app come first', async () => {
    const answer = await ask(proxied, '/v1/sign-in', { login: 'hong', password });
    expect(answer.body).toMatchObject({ mustEnrolSecondFactor: true, mustChangePassword: true });
    const cookie = String(answer.headers['set-cookie']).split(';')[0] ?? '';
    const told = async (path: string, body?: object) =>
      (await ask(proxied, path, body, { cookie, origin: proxied.origin, 'x-csrf-token': String(answer.body['csrfToken']) })).body;
    for (const path of ['/v1/users', '/v1/session/list', '/v1/session/second-factor']) {
      expect([path, (await told(path))['code']]).toEqual([path, 'password-change-required']);
    }
    expect((await told('/v1/session/second-factor', { password }))['code']).toBe('password-change-required');
    expect(await told('/v1/session/password', { current: password, next: OWN })).toEqual({ status: 'done' });
    password = OWN;
    expect((await told('/v1/users'))['code']).toBe('second-factor-missing');
    expect((await told('/v1/session/second-factor'))['required']).toBe(true);
  });

  it('there are no demonstration users, neither by password nor by token', async () => {
    expect((await ask(proxied, '/v1/sign-in')).body).toEqual({ password: true, provider: false, demo: false });
    expect((await ask(proxied, '/v1/sign-in', { login: 'demo-admin', password: 'demo-admin' })).status).toBe(401);
    expect((await ask(proxied, '/v1/me', undefined, { authorization: 'Bearer demo-admin' })).status).toBe(401);
    expect((await ask(proxied, '/v1/demo-users')).status).toBe(404);
  });

  it('the address of a client is what a trusted proxy says last, and never what the client says of itself', async () => {
    expect(await addressSeen(proxied, {})).toBe(CLIENT);
    expect(await addressSeen(proxied, { 'x-forwarded-for': '203.0.113.9' })).toBe(CLIENT);
    // Around the proxy, from a machine that is none.
    expect(await addressSeen(direct, { 'x-forwarded-for': '203.0.113.9' }, '127.0.0.2')).toBe('127.0.0.2');
  });

  it('neither TRACE nor a path of the sources is answered, and a failure says nothing of the inside', async () => {
    for (const path of ['/.git/HEAD', '/package.json', '/../package.json', '/assets/', '/apps/api/src/main.js']) {
      const { status, headers } = await ask(proxied, path);
      expect({ path, status, html: /html/.test(headers['content-type'] ?? '') }).toMatchObject(
        status === 200 ? { html: true } : { status: 404 },
      );
    }
    const trace = await new Promise<number>((resolve, reject) => {
      https
        .request(
          { host: 'localhost', port: direct.port, path: '/', method: 'TRACE', agent: false, ca: pem('tls.crt') },
          (answer) => resolve(answer.resume().statusCode ?? 0),
        )
        .on('error', reject)
        .end();
    });
    expect(trace).toBeGreaterThanOrEqual(400);
  });
});

describe('the service itself, in production', () => {
  it('speaks TLS of version 1.2 or newer, with forward secrecy, and no HTTP in the clear', async () => {
    const plain = await new Promise<string>((resolve) => {
      http
        .get({ host: 'localhost', port: direct.port, path: '/livez', agent: false }, () => resolve('answered'))
        .on('error', () => resolve('not answered'));
    });
    expect(plain).toBe('not answered');
    const serial = new X509Certificate(pem('tls.crt')).serialNumber;
    expect(await handshake({ maxVersion: 'TLSv1.2' })).toBe(serial);
    expect(await handshake({ maxVersion: 'TLSv1.3', minVersion: 'TLSv1.3' })).toBe(serial);
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
    expect(await handshake(old)).toMatch(/protocol version|unsupported protocol/);
    // Keys that a stolen certificate would open afterwards, and modes without authentication.
    for (const ciphers of ['AES128-GCM-SHA256', 'ECDHE-RSA-AES128-SHA'])
      expect(await handshake({ maxVersion: 'TLSv1.2', ciphers })).toMatch(/handshake failure/);
  });

  it('takes a renewed certificate up without a restart, and leaves one alone that does not fit its key', async () => {
    const before = await handshake();
    makeCertificate('renewed');
    const after = new X509Certificate(pem('renewed.crt')).serialNumber;
    copyFileSync(join(home, 'renewed.crt'), TLS.SAJEON_TLS_CERT_FILE);
    await new Promise((done) => setTimeout(done, 2_500));
    expect(await handshake()).toBe(before);
    copyFileSync(join(home, 'renewed.key'), TLS.SAJEON_TLS_KEY_FILE);
    for (let left = 100; left > 0 && (await handshake()) !== after; left--) await new Promise((done) => setTimeout(done, 100));
    expect(await handshake()).toBe(after);
    expect((await ask(direct, '/livez')).status).toBe(200);
  });
});

describe('production does not start', () => {
  const OIDC = {
    SAJEON_OIDC_ISSUER: 'https://login.example.go.kr',
    SAJEON_OIDC_CLIENT_ID: 'sajeon',
    SAJEON_PUBLIC_URL: 'https://sajeon.example.go.kr',
  };
  const STRONG = 'kQ7v-2mXw9Rz_4TnB8yLp3Hc';
  it.each<[string, NodeJS.ProcessEnv, RegExp]>([
    ['with a client secret out of a manual', { ...OIDC, SAJEON_OIDC_CLIENT_SECRET: 'changeme' }, /too weak for production/],
    ['with a client secret of one letter', { ...OIDC, SAJEON_OIDC_CLIENT_SECRET: 'a'.repeat(40) }, /too weak for production/],
    [
      'with a provider without TLS',
      { ...OIDC, SAJEON_OIDC_CLIENT_SECRET: STRONG, SAJEON_OIDC_ISSUER: 'http://login.example.go.kr' },
      /must begin with https/,
    ],
    [
      'with a provider of which nothing is known but that it let somebody in',
      { ...OIDC, SAJEON_OIDC_CLIENT_SECRET: STRONG },
      /SAJEON_OIDC_ACR or SAJEON_OIDC_AMR/,
    ],
    [
      'without a word on passwords known from break-ins',
      { SAJEON_BREACHED_PASSWORDS: '' },
      /SAJEON_BREACHED_PASSWORDS=off to go without/,
    ],
    [
      'with a file of such passwords that is none',
      { SAJEON_BREACHED_PASSWORDS: '', SAJEON_BREACHED_PASSWORDS_FILE: join(home, 'tokens.json') },
      /SHA-1 in hexadecimal/,
    ],
    ['without the key of the vault where accounts take a second factor', {}, /vault-key is missing/],
    ['with a key of the vault that is none', { SAJEON_VAULT_KEY: 'changeme' }, /expected 32 bytes in base64/],
    [
      'with a key of the vault that nobody drew at random',
      { SAJEON_VAULT_KEY: Buffer.alloc(32, 7).toString('base64') },
      /no random key/,
    ],
    [
      'with the password that PostgreSQL comes with',
      { DATABASE_URL: 'postgres://postgres:postgres@127.0.0.1:1/sajeon' },
      /DATABASE_URL: this password is known/,
    ],
    [
      'with the password that KurrentDB comes with',
      {
        DATABASE_URL: 'postgres://sajeon:x7Gd93kPq2@127.0.0.1:1/sajeon',
        KURRENTDB_URL: 'kurrentdb://admin:changeit@127.0.0.1:1',
      },
      /KURRENTDB_URL: this password is known/,
    ],
    ['with webhooks to inner addresses', { SAJEON_VAULT_KEY: VAULT_KEY, SAJEON_WEBHOOKS_NEARBY: 'yes' }, /is for trials/],
    ['with tokens that stand in the file themselves', { SAJEON_TOKENS_FILE: 'tokens.json' }, /tokenSha256/],
    ['where other machines would reach it in the clear', { HOST: '0.0.0.0' }, /by TLS alone/],
    ['with half a certificate', { SAJEON_TLS_CERT_FILE: join(home, 'tls.crt') }, /go together/],
    [
      'with the key of another certificate',
      { SAJEON_TLS_CERT_FILE: join(home, 'tls.crt'), SAJEON_TLS_KEY_FILE: join(home, 'proxy.key') },
      /key values mismatch/,
    ],
    [
      'with a database on another machine that is not verified',
      { DATABASE_URL: 'postgres://sajeon:x7Gd93kPq2@db.example/sajeon' },
      /without verified TLS/,
    ],
    ['with a role that there is not', { SAJEON_SECOND_FACTOR: 'boss' }, /boss is no role/],
  ])('%s', (_, env, why) => {
    writeFileSync(join(home, 'tokens.json'), '[{ "token": "secret", "person": "p-1", "agency": "mois", "roles": ["reviewer"] }]');
    const file = env['SAJEON_TOKENS_FILE'];
    const given = { ...base, ...env, ...(file === undefined ? {} : { SAJEON_TOKENS_FILE: join(home, file) }) };
    const { status, stderr } = spawnSync(process.execPath, [MAIN], { env: given, encoding: 'utf8', timeout: 60_000 });
    expect(stderr).toMatch(why);
    expect(status).toBe(3);
    for (const secret of ['changeme', 'changeit', 'a'.repeat(40)]) expect(stderr).not.toContain(secret);
  });

  it('while nobody could sign in', () => {
    const empty = mkdtempSync(join(tmpdir(), 'sajeon-nobody-'));
    const { status, stderr } = spawnSync(process.execPath, [MAIN], {
      env: { ...base, SAJEON_HOME: empty },
      encoding: 'utf8',
      timeout: 60_000,
    });
    rmSync(empty, { recursive: true, force: true });
    expect(stderr).toContain('Nobody could sign in');
    expect(status).toBe(3);
  });
});

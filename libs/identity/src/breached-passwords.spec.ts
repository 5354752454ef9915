import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BreachedPasswords, BreachedPasswordsUnreachable } from './breached-passwords.js';
import { identitySettings } from './settings.js';

const sha1 = (password: string): string => createHash('sha1').update(password, 'utf8').digest('hex').toUpperCase();
const KNOWN = Array.from({ length: 200_000 }, (_, index) => `known password ${index}`);
const folder = mkdtempSync(join(tmpdir(), 'sajeon-breached-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const by = (env: Readonly<Record<string, string>>): BreachedPasswords => new BreachedPasswords(identitySettings(env));
function written(name: string, lines: readonly string[], end = '\r\n'): string {
  const file = join(folder, name);
  writeFileSync(file, lines.map((line) => `${line}${end}`).join(''));
  return file;
}

describe('a file of hashes', () => {
  const hashes = KNOWN.map(sha1).sort();
  const file = written(
    'sorted',
    hashes.map((hash, index) => `${hash}:${1 + (index % 100_000)}`),
  );

  it('of 200,000 passwords is searched for each of them, and for none besides', async () => {
    const breached = by({ SAJEON_BREACHED_PASSWORDS_FILE: file });
    await breached.check();
    const [first = '', last = ''] = [hashes[0], hashes.at(-1)];
    const at = (hash: string): string => KNOWN.find((password) => sha1(password) === hash) ?? '';
    for (const password of [at(first), at(last), ...KNOWN.filter((_, index) => index % 397 === 0)]) {
      expect([password, await breached.look(password)]).toEqual([password, 'breached']);
    }
    for (let index = 0; index < 500; index++) expect(await breached.look(`nobody's password ${index}`)).toBe('unknown');
  });

  it('is read in a few small pieces for each question, not as a whole', async () => {
    expect(statSync(file).size).toBeGreaterThan(8_000_000);
    const handle = await open(file);
    const read = jest.spyOn(Object.getPrototypeOf(handle) as FileHandle, 'read');
    const breached = by({ SAJEON_BREACHED_PASSWORDS_FILE: file });
    await breached.look('nobody has this');
    // Each piece is at most 128 bytes, and each read halves what is left of eight million.
    expect(read.mock.calls.length).toBeGreaterThan(10);
    expect(read.mock.calls.length).toBeLessThan(30);
    for (const [buffer] of read.mock.calls as unknown as readonly [Buffer][]) expect(buffer.length).toBeLessThanOrEqual(128);
    read.mockRestore();
    await handle.close();
  });

  it.each([
    ['with small letters, without counts and with plain ends of lines', (lines: readonly string[]) => lines, '\n'],
    ['of one line', (lines: readonly string[]) => lines.slice(0, 1), '\n'],
    ['whose last line has no end', (lines: readonly string[]) => lines.slice(0, 3), ''],
  ])('may be one %s', async (name, some, end) => {
    const lines = some(hashes.slice(0, 50).map((hash) => hash.toLowerCase()));
    const plain = join(folder, name);
    writeFileSync(plain, lines.join('\n') + end);
    const breached = by({ SAJEON_BREACHED_PASSWORDS_FILE: plain });
    await breached.check();
    const found = [];
    for (const password of KNOWN.filter((each) => lines.includes(sha1(each).toLowerCase())))
      found.push(await breached.look(password));
    expect(found).toEqual(lines.map(() => 'breached'));
    expect(await breached.look('nobody has this')).toBe('unknown');
  });

  it.each([
    ['that is in the order of how often each was seen', KNOWN.slice(0, 5_000).map((password) => `${sha1(password)}:9`)],
    ['of something else', ['password', '123456', 'qwerty']],
    ['of hashes of another kind', ['8846F7EAEE8FB117AD06BDD830B7586C:3']],
    ['that is empty', []],
  ])('%s is found out at the start', async (name, lines) => {
    await expect(by({ SAJEON_BREACHED_PASSWORDS_FILE: written(name, lines) }).check()).rejects.toThrow(
      'in the order of the alphabet',
    );
  });

  it('that is not there is told at the start, and later counts as one that cannot be asked', async () => {
    const env = { SAJEON_BREACHED_PASSWORDS_FILE: join(folder, 'nowhere') };
    await expect(by(env).check()).rejects.toThrow('ENOENT');
    expect(await by(env).look('anything at all')).toBe('unreachable');
    await expect(by({ ...env, SAJEON_BREACHED_PASSWORDS_STRICT: 'yes' }).look('x')).rejects.toThrow(BreachedPasswordsUnreachable);
  });
});

describe('a service that is asked by the first five digits', () => {
  let server: Server;
  let env: Record<string, string>;
  const asked: { url: string; padding: unknown }[] = [];
  let answer: (prefix: string) => { status: number; body: string; late?: boolean };
  const honest = (prefix: string): { status: number; body: string } => ({
    status: 200,
    body: KNOWN.slice(0, 2_000)
      .map(sha1)
      .filter((hash) => hash.startsWith(prefix))
      .map((hash) => `${hash.slice(5)}:7`)
      .concat(`${'0'.repeat(35)}:0`)
      .join('\r\n'),
  });
  beforeAll(async () => {
    server = createServer((request, response) => {
      const url = request.url ?? '';
      asked.push({ url, padding: request.headers['add-padding'] });
      const { status, body, late } = answer(url.slice(-5));
      if (late !== true) response.writeHead(status).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    env = { SAJEON_BREACHED_PASSWORDS_URL: `http://127.0.0.1:${port}/range`, SAJEON_BREACHED_PASSWORDS_NEARBY: 'yes' };
  });
  afterAll(() => new Promise((resolve) => server.close(resolve).closeAllConnections()));
  beforeEach(() => {
    answer = honest;
    asked.length = 0;
  });

  it('learns no more than those, and what it answers is compared here', async () => {
    expect(await by(env).look('known password 1234')).toBe('breached');
    expect(await by(env).look('known password 123456')).toBe('unknown');
    expect(asked).toEqual([
      { url: `/range/${sha1('known password 1234').slice(0, 5)}`, padding: 'true' },
      { url: `/range/${sha1('known password 123456').slice(0, 5)}`, padding: 'true' },
    ]);
  });

  it('pads its answer with lines that count for nothing', async () => {
    answer = () => ({ status: 200, body: `${sha1('a padded line').slice(5)}:0\r\n` });
    expect(await by(env).look('a padded line')).toBe('unknown');
  });

  it.each([
    ['answers that it is broken', () => ({ status: 503, body: '' })],
    ['says too much', () => ({ status: 200, body: 'x'.repeat(300_000) })],
    ['leads elsewhere', () => ({ status: 302, body: '' })],
    ['says nothing for long', () => ({ status: 200, body: '', late: true })],
  ])('that %s cannot be asked: taken, unless the installation is strict', async (_, broken) => {
    answer = broken;
    expect(await by(env).look('known password 7')).toBe('unreachable');
    const strict = by({ ...env, SAJEON_BREACHED_PASSWORDS_STRICT: 'yes' });
    await expect(strict.look('known password 7')).rejects.toThrow(BreachedPasswordsUnreachable);
  });

  it('in an inner network is asked only where the installation says that it is its own', async () => {
    const { SAJEON_BREACHED_PASSWORDS_NEARBY: _, ...outside } = env;
    expect(await by(outside).look('known password 7')).toBe('unreachable');
    expect(asked).toEqual([]);
  });

  it('is not needed where the file knows the password already, and makes up for a file that does not', async () => {
    const file = written('few', [sha1('only in the file')]);
    const both = by({ ...env, SAJEON_BREACHED_PASSWORDS_FILE: file });
    expect(await both.look('only in the file')).toBe('breached');
    expect(asked).toEqual([]);
    expect(await both.look('known password 3')).toBe('breached');
  });
});

it('asks nobody where nothing is configured, and takes half a configuration for a mistake', async () => {
  expect(await by({}).look('known password 1')).toBe('unknown');
  const production = { NODE_ENV: 'production', SAJEON_BREACHED_PASSWORDS_URL: 'http://pw.example.go.kr/range/' };
  expect(() => identitySettings(production)).toThrow('https://');
  expect(() => identitySettings({ SAJEON_BREACHED_PASSWORDS: 'no' })).toThrow('SAJEON_BREACHED_PASSWORDS');
  expect(() => identitySettings({ SAJEON_BREACHED_PASSWORDS: 'off', SAJEON_BREACHED_PASSWORDS_FILE: '/x' })).toThrow(
    'contradicts',
  );
});

import { TlsServer } from '@sajeon/event-store/testing';
import { execFileSync, fork, spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The built service in production on a PostgreSQL that speaks TLS, as a role that may not change what is on record. */
const ROOT = join(__dirname, '..', '..');
const MAIN = join(ROOT, 'dist', 'apps', 'api', 'src', 'main.js');
const CLI = join(ROOT, 'dist', 'apps', 'cli', 'src', 'main.js');
const home = mkdtempSync(join(tmpdir(), 'sajeon-roles-'));
const passwordFile = join(home, 'password');
let server: TlsServer;
let owner: NodeJS.ProcessEnv;
let runtime: NodeJS.ProcessEnv;
let service: ChildProcess | undefined;

beforeAll(async () => {
  server = await TlsServer.start('hostssl all all 127.0.0.1/32 scram-sha-256');
  await server.owner.query(`create role runs login password 'first-of-several'`);
  await server.owner.query(`create role owns superuser login password 'owner-of-all-this'`);
  writeFileSync(passwordFile, 'first-of-several');
  const base = {
    ...{ PATH: process.env['PATH'], HOME: home, NODE_ENV: 'production', SAJEON_HOME: home, SAJEON_LOG: 'silent', PORT: '0' },
    ...{ SAJEON_WORKER: 'inline', SAJEON_LOG_KEY: join(home, 'log-key'), SAJEON_BREACHED_PASSWORDS: 'off' },
    SAJEON_VAULT_KEY: randomBytes(32).toString('base64'),
  };
  const address = (login: string) =>
    `postgres://${login}@localhost:${server.port}/postgres?sslmode=verify-full&sslrootcert=${server.at('ca.crt')}`;
  owner = { ...base, DATABASE_URL: address('owns:owner-of-all-this') };
  runtime = { ...base, DATABASE_URL: address('runs'), SAJEON_DATABASE_PASSWORD_FILE: passwordFile };
});
afterAll(async () => {
  const running = service;
  if (running !== undefined) {
    await new Promise((done) => {
      running.once('exit', done);
      running.kill('SIGTERM');
    });
  }
  await server.stop();
  rmSync(home, { recursive: true, force: true });
});

it('the service starts by TLS as the role that the owner has let in, seals, and goes on when its password was changed', async () => {
  const early = spawnSync(process.execPath, [MAIN], { env: runtime, encoding: 'utf8', timeout: 60_000 });
  expect(early).toMatchObject({ status: 3, stderr: expect.stringContaining('sajeon migrate') as string });
  execFileSync(process.execPath, [CLI, 'migrate', '--runtime-role', 'runs'], { env: owner, stdio: 'pipe' });
  const asOwner = spawnSync(process.execPath, [MAIN], { env: owner, encoding: 'utf8', timeout: 60_000 });
  expect(asOwner).toMatchObject({ status: 3, stderr: expect.stringContaining('may change what is on record') as string });

  execFileSync(process.execPath, [CLI, 'first-admin', '--login', 'hong', '--agency', 'mois'], { env: runtime, stdio: 'pipe' });
  const child = fork(MAIN, [], { env: runtime, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  service = child;
  let complaints = '';
  child.stderr?.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
  const url = await new Promise<string>((resolve, reject) => {
    child.on('message', (message: { listening?: string }) => message.listening !== undefined && resolve(message.listening));
    child.once('exit', (code) => reject(new Error(`the service ended with ${code}: ${complaints}`)));
  });
  const sealed = async (): Promise<unknown> => {
    const answer = await fetch(`${url}/readyz`).catch(() => undefined);
    const told = (await answer?.json().catch(() => undefined)) as
      { status?: string; seal?: { status: string; size: string } } | undefined;
    return { status: told?.status, seal: told?.seal?.status, some: Number(told?.seal?.size ?? 0) > 0 };
  };
  const good = { status: 'ready', seal: 'sealing', some: true };
  const untilGood = async (): Promise<void> => {
    for (let left = 150; left > 0 && JSON.stringify(await sealed()) !== JSON.stringify(good); left--)
      await new Promise((done) => setTimeout(done, 200));
    expect(await sealed()).toEqual(good);
  };
  await untilGood();

  const connections = async () =>
    (
      await server.owner.query<{ pid: number; ssl: boolean }>(
        `select pid, ssl from pg_stat_ssl join pg_stat_activity using (pid) where usename = 'runs'`,
      )
    ).rows;
  const before = await connections();
  expect(before.length).toBeGreaterThan(3);
  expect(before.filter(({ ssl }) => !ssl)).toEqual([]);

  await server.owner.query(`alter role runs password 'second-of-several'`);
  writeFileSync(passwordFile, 'second-of-several');
  await server.owner.query(`select pg_terminate_backend(pid) from pg_stat_activity where usename = 'runs'`);
  await untilGood();
  const after = await connections();
  // how many it needs just then is not what is asked
  expect(after.length).toBeGreaterThan(0);
  expect(after.filter(({ pid }) => before.some((one) => one.pid === pid))).toEqual([]);
  expect(after.filter(({ ssl }) => !ssl)).toEqual([]);
});

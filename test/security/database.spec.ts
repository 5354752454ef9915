import { TlsServer } from '@sajeon/event-store/testing';
import { execFileSync, fork, spawnSync, type ChildProcess, type ForkOptions } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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
const services: ChildProcess[] = [];

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
  await Promise.all(
    services.map(async (child) => {
      const ended = once(child, 'exit');
      if (child.exitCode === null && child.kill('SIGTERM')) await ended;
    }),
  );
  await server.stop();
  rmSync(home, { recursive: true, force: true });
});

/** @returns where it answers */
async function start(env: NodeJS.ProcessEnv, options: Pick<ForkOptions, 'execPath' | 'execArgv'> = {}): Promise<string> {
  const child = fork(MAIN, [], { env, stdio: ['ignore', 'ignore', 'pipe', 'ipc'], ...options });
  services.push(child);
  let complaints = '';
  child.stderr?.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.on('message', (message: { listening?: string }) => message.listening !== undefined && resolve(message.listening));
    child.once('exit', (code) => reject(new Error(`the service ended with ${code}: ${complaints}`)));
  });
}

/**
 * What the image is run under (docker/compose.yml): nobody's rights, no capabilities, a file system that cannot be written, and a place for the
 * key. Where mounts cannot be made, that is said and not tested.
 */
const BARE = `mount --make-rprivate / && mount -o remount,bind,ro / && mount -t tmpfs -o mode=0700,uid=65534,gid=65534 tmpfs "$KEYS" &&
  exec setpriv --reuid 65534 --regid 65534 --clear-groups --bounding-set=-all --no-new-privs "$0" "$@"`;
const bare = (program: string, ...args: string[]) => ['--mount', 'sh', '-c', BARE, program, ...args];
const why = ((): string | undefined => {
  const tried = spawnSync('unshare', bare('ls', MAIN), { env: { ...process.env, KEYS: home }, encoding: 'utf8' });
  return tried.status === 0 ? undefined : String(tried.error?.message ?? tried.stderr).trim();
})();
const whereMountsCanBeMade = why === undefined ? it : it.skip;
if (why !== undefined) process.stderr.write(`\nSKIPPED: nobody's rights on a read-only file system: NOT TESTED here, ${why}\n`);

it('the service starts by TLS as the role that the owner has let in, seals, and goes on when its password was changed', async () => {
  const early = spawnSync(process.execPath, [MAIN], { env: runtime, encoding: 'utf8', timeout: 60_000 });
  expect(early).toMatchObject({ status: 3, stderr: expect.stringContaining('sajeon migrate') as string });
  execFileSync(process.execPath, [CLI, 'migrate', '--runtime-role', 'runs'], { env: owner, stdio: 'pipe' });
  const asOwner = spawnSync(process.execPath, [MAIN], { env: owner, encoding: 'utf8', timeout: 60_000 });
  expect(asOwner).toMatchObject({ status: 3, stderr: expect.stringContaining('may change what is on record') as string });

  execFileSync(process.execPath, [CLI, 'first-admin', '--login', 'hong', '--agency', 'mois'], { env: runtime, stdio: 'pipe' });
  const url = await start(runtime);
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
  let after = await connections();
  // Its pools fill up as somebody asks.
  for (let left = 150; left > 0 && after.length <= 3; left--) {
    await sealed();
    await new Promise((done) => setTimeout(done, 200));
    after = await connections();
  }
  expect(after.length).toBeGreaterThan(3);
  expect(after.filter(({ pid }) => before.some((one) => one.pid === pid))).toEqual([]);
  expect(after.filter(({ ssl }) => !ssl)).toEqual([]);
});

whereMountsCanBeMade(
  'the service runs with nobody’s rights on a file system that it cannot write to, as in its image',
  async () => {
    const keys = join(home, 'keys');
    mkdirSync(keys);
    for (const folder of [home, server.at('.')]) chmodSync(folder, 0o755);
    const env = { ...runtime, SAJEON_LOG_KEY: join(keys, 'log-key'), SAJEON_HOME: join(keys, 'home'), KEYS: keys };
    // Not only asked for: what tries to write cannot, and is nobody.
    const tried = spawnSync('unshare', bare('sh', '-c', `id -u; touch ${join(ROOT, 'written')} ${join(tmpdir(), 'written')}`), {
      env,
      encoding: 'utf8',
    });
    expect(tried.stdout).toBe('65534\n');
    expect(tried.stderr.match(/Read-only file system|Permission denied/g)).toHaveLength(2);

    const url = await start(env, { execPath: 'unshare', execArgv: bare(process.execPath) });
    const ready = async () => ((await (await fetch(`${url}/readyz`)).json()) as { status?: string }).status;
    for (let left = 150; left > 0 && (await ready()) !== 'ready'; left--) await new Promise((done) => setTimeout(done, 200));
    expect(await ready()).toBe('ready');
  },
);

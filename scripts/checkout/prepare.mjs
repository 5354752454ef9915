/**
 * Makes a checkout ready to run, as far as it is not: packages installed as package-lock.json says, dist/ built from the present sources.
 * Uses nothing but Node, speaks on stderr only, says nothing when there is nothing to do, and may run any number of times at once.
 */
import { existsSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { build, isBuilt, root } from './build.mjs';
import { RunFailed, run, stopRunning } from './run.mjs';

const LOCK = join(root, '.sajeon', 'prepare.lock');
const HEARTBEAT_MS = 2_000;
const ABANDONED_MS = 15_000;

/**
 * Exits the process with a message when the checkout cannot be made ready.
 * `database`: the command to follow starts the embedded PostgreSQL unless DATABASE_URL is set. `rebuild`: even when dist/ is up to date.
 */
export async function prepare({ database = false, rebuild = false } = {}) {
  refuseOldNode();
  if (database) refuseWithoutEmbeddedDatabase();
  if (!rebuild && isInstalled() && isBuilt()) return;
  const release = await lock();
  try {
    // Asked again inside the lock: whoever held it has probably done the work.
    if (!isInstalled()) await step('패키지 설치 (npm ci, 1분쯤) · installing packages (npm ci, about a minute)', install);
    if (rebuild || !isBuilt()) await step('빌드 · building', build);
  } catch (error) {
    say(
      `실패: 위의 내용을 보십시오 · failed, see above (${error instanceof RunFailed ? error.message : (error?.stack ?? error)})`,
    );
    release();
    process.exit(1);
  }
  release();
}

function say(line) {
  process.stderr.write(`sajeon: ${line}\n`);
}

async function step(title, work) {
  say(`${title} …`);
  const started = Date.now();
  await work();
  say(`완료 · done (${((Date.now() - started) / 1000).toFixed(1)} s)`);
}

function refuseOldNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  say(`Node.js 20.19 이상이 필요합니다. 지금은 ${process.versions.node}입니다. https://nodejs.org 에서 새 버전을 설치하십시오.`);
  say(`Node.js 20.19 or newer is needed, this is ${process.versions.node}. Install a newer one from https://nodejs.org.`);
  process.exit(1);
}

/** The embedded PostgreSQL comes as programs for glibc Linux and macOS; everything else runs on a PostgreSQL of its own. */
function refuseWithoutEmbeddedDatabase() {
  if (process.env.DATABASE_URL) return;
  const { platform, arch } = process;
  const known = (platform === 'linux' || platform === 'darwin') && (arch === 'x64' || arch === 'arm64');
  if (known && !(platform === 'linux' && isMusl())) return;
  const here = known ? `${platform} ${arch} (musl, Alpine)` : `${platform} ${arch}`;
  say(`내장 PostgreSQL은 glibc 리눅스와 macOS(x64, arm64)에서만 돕니다. 여기는 ${here}입니다.`);
  say('PostgreSQL 13 이상을 준비하고 DATABASE_URL=postgres://사용자:비밀번호@호스트:5432/이름 을 지정한 뒤 다시 실행하십시오.');
  say(`The embedded PostgreSQL runs on glibc Linux and macOS (x64, arm64) only; this is ${here}.`);
  say('Set DATABASE_URL=postgres://user:password@host:5432/name to a PostgreSQL of yours (13 or newer) and run this again.');
  process.exit(1);
}

function isMusl() {
  process.report.excludeNetwork = true; // else the report looks up host names and may take seconds
  return process.report.getReport().header.glibcVersionRuntime === undefined;
}

/**
 * Compares package-lock.json with the copy that npm leaves in node_modules after a complete install. So an install done by hand counts,
 * an interrupted one does not, and neither does a node_modules folder brought from another operating system.
 */
function isInstalled() {
  const installedLock = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installedLock)) return false;
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const installed = JSON.parse(readFileSync(installedLock, 'utf8')).packages;
  const fits = (list, value) => !list || list.includes(value);
  return (
    Object.entries(wanted).every(([path, { version, integrity, optional, devOptional }]) => {
      if (path === '') return true;
      const found = installed[path];
      // npm leaves out the optional packages of other platforms.
      return found ? found.version === version && found.integrity === integrity : Boolean(optional || devOptional);
    }) &&
    Object.entries(installed).every(
      ([path, { os, cpu }]) => path in wanted && fits(os, process.platform) && fits(cpu, process.arch),
    )
  );
}

async function install() {
  // npm empties the folder first: through a link it would empty somebody else's.
  if (lstatSync(join(root, 'node_modules'), { throwIfNoEntry: false })?.isSymbolicLink()) {
    say('node_modules가 링크이고 package-lock.json과 맞지 않습니다. 링크를 지우고 다시 실행하십시오.');
    say('node_modules is a link and does not fit package-lock.json. Remove the link and run this again.');
    throw new RunFailed('npm ci', 'nothing done');
  }
  // Under `npm run` the very npm that was called; else the one that came with this Node.
  const own = process.env.npm_execpath;
  const npm =
    own && basename(own) === 'npm-cli.js'
      ? own
      : [
          join(dirname(process.execPath), '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
          join(dirname(process.execPath), 'node_modules', 'npm', 'bin', 'npm-cli.js'),
        ].find(existsSync);
  // Errors only, and those also under `npm run --silent`.
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  if (npm) await run(process.execPath, [npm, ...args], { cwd: root });
  else await run('npm', args, { cwd: root });
}

/** Waits until no other process prepares this checkout. Gives the function that lets the next one in. */
async function lock() {
  const mine = `${process.pid} ${hostname()}`;
  let waiting = false;
  while (!take(mine)) {
    if (!waiting) say('다른 프로세스의 준비가 끝나기를 기다립니다 · waiting for another process that is preparing …');
    waiting = true;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  const heartbeat = setInterval(() => {
    const now = new Date();
    try {
      utimesSync(LOCK, now, now);
    } catch {
      // Someone removed it by hand. The work goes on.
    }
  }, HEARTBEAT_MS);
  const release = () => {
    clearInterval(heartbeat);
    for (const [signal, handler] of handlers) process.off(signal, handler);
    rmSync(LOCK, { force: true });
  };
  const handlers = ['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => [
    signal,
    () => {
      stopRunning(signal);
      release();
      process.kill(process.pid, signal);
    },
  ]);
  for (const [signal, handler] of handlers) process.on(signal, handler);
  return release;
}

function take(mine) {
  mkdirSync(dirname(LOCK), { recursive: true });
  try {
    writeFileSync(LOCK, mine, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  try {
    const holder = readFileSync(LOCK, 'utf8');
    if (isAbandoned(holder, statSync(LOCK).mtimeMs)) {
      // Renamed, not removed: of two that find it abandoned only one gets it, and it is looked at again in case the other was quicker.
      const taken = `${LOCK}.${process.pid}`;
      renameSync(LOCK, taken);
      if (readFileSync(taken, 'utf8') === holder) rmSync(taken);
      else renameSync(taken, LOCK);
    }
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
  return false;
}

/** Its process is gone, or (when that cannot be asked: another host or container) it has not touched the lock for a while. */
function isAbandoned(holder, touched) {
  const [pid, host] = holder.split(' ');
  if (Date.now() - touched > ABANDONED_MS) return true;
  if (host !== hostname() || !(Number(pid) > 0)) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}

import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import type pg from 'pg';
import { StorageUnusable } from './storage-unusable.js';

/**
 * The PostgreSQL of `DATABASE_URL`. Its password (`SAJEON_DATABASE_PASSWORD_FILE`) and certificates (`sslrootcert`, `sslcert`, `sslkey` in the
 * address) are read when a connection is made: what was renewed counts from the next one on, without a restart.
 *
 * In production nothing goes to another machine but by TLS, to the server whose name its certificate bears (`sslmode=verify-full`).
 * @returns undefined when no address is set
 * @throws StorageUnusable that says what to change, and never a password
 */
export function serverDatabase(env: NodeJS.ProcessEnv = process.env): pg.PoolConfig | undefined {
  const address = env['DATABASE_URL']?.trim();
  if (!address) return undefined;
  const production = env['NODE_ENV'] === 'production';
  const { host, ssl, file, ...rest } = parsed(address);
  const passwordFile = env['SAJEON_DATABASE_PASSWORD_FILE']?.trim();
  if (passwordFile && rest.password !== undefined) {
    throw invalid(
      'the password stands in it and in SAJEON_DATABASE_PASSWORD_FILE',
      '비밀번호가 주소와 SAJEON_DATABASE_PASSWORD_FILE에 모두 있습니다',
    );
  }
  if (production && !isThisMachine(host) && ssl !== 'verify-full') {
    throw new StorageUnusable(
      'database-without-tls',
      `DATABASE_URL leads to ${host} without verified TLS. In production add ?sslmode=verify-full, and &sslrootcert=FILE for an authority of your own; only a Unix socket or this machine itself goes without.`,
      `DATABASE_URL이 검증된 TLS 없이 ${host}(으)로 연결합니다. 운영에서는 ?sslmode=verify-full을, 자체 인증기관이면 &sslrootcert=파일을 덧붙이십시오. 유닉스 소켓이나 같은 장비만 TLS 없이 쓸 수 있습니다.`,
    );
  }
  return {
    host,
    ...rest,
    ...(passwordFile && { password: () => secretIn(passwordFile) }),
    ...(ssl !== undefined && {
      ssl: ssl !== 'disable' && Object.assign(readWhenConnecting(file), { rejectUnauthorized: ssl !== 'no-verify' }),
    }),
  };
}

/** Unix sockets, and addresses that never leave the machine. */
export function isThisMachine(host: string): boolean {
  return host.startsWith('/') || host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

/**
 * What production demands of an address that the service asks: https, except on this machine.
 * @throws StorageUnusable that names the variable
 */
export function requireHttps(variable: string, address: string, env: NodeJS.ProcessEnv = process.env): void {
  if (env['NODE_ENV'] !== 'production' || !URL.canParse(address)) return;
  const { protocol, hostname } = new URL(address);
  if (protocol === 'https:' || isThisMachine(hostname.replace(/^\[(.*)\]$/, '$1'))) return;
  throw new StorageUnusable(
    'address-without-tls',
    `${variable}: ${protocol}//${hostname} is on another machine; in production its address begins with https://.`,
    `${variable}: ${protocol}//${hostname}은(는) 다른 장비입니다. 운영에서는 https:// 주소를 쓰십시오.`,
  );
}

/** @returns what a file holds, without the line's end @throws StorageUnusable that names the file */
export function secretIn(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (cause) {
    throw unreadable(file, cause);
  }
}

type Mode = 'disable' | 'no-verify' | 'verify-full';
const MODES: Readonly<Record<string, Mode>> = {
  disable: 'disable',
  'no-verify': 'no-verify',
  // Whoever asks for less than the name is given the name as well.
  ...{ prefer: 'verify-full', require: 'verify-full', 'verify-ca': 'verify-full', 'verify-full': 'verify-full' },
};
type Files = Readonly<Partial<Record<'ca' | 'cert' | 'key', string>>>;

interface Parsed {
  readonly host: string;
  readonly port?: number;
  readonly user?: string;
  readonly password?: string;
  readonly database?: string;
  /** Undefined: nothing is said of it. */
  readonly ssl: Mode | undefined;
  readonly file: Files;
}

/** `postgres://user:password@host:port/database?…` as libpq has it; a socket's folder as `?host=/folder`. */
function parsed(address: string): Parsed {
  // A host may be missing where a parameter names it, which no URL allows.
  const whole = address.replace(/^(\w+:\/\/(?:[^@/?]*@)?)(?=[/?])/, '$1nowhere.invalid');
  const url = /^postgres(ql)?:\/\//.test(address) && URL.canParse(whole) ? new URL(whole) : undefined;
  if (url === undefined)
    throw invalid('expected postgres://user@host:port/database', 'postgres://사용자@호스트:포트/데이터베이스 형식이어야 합니다');
  const { host, port, sslmode, sslrootcert, sslcert, sslkey, ...others } = Object.fromEntries(url.searchParams);
  const named = url.hostname === 'nowhere.invalid' ? 'localhost' : decoded(url.hostname).replace(/^\[(.*)\]$/, '$1');
  const mode = sslmode === undefined ? undefined : MODES[sslmode];
  if (sslmode !== undefined && mode === undefined)
    throw invalid(`sslmode=${sslmode} is unknown`, `sslmode=${sslmode}은(는) 없습니다`);
  const user = decoded(url.username);
  const password = decoded(url.password);
  const database = decoded(url.pathname.slice(1));
  const at = port ?? url.port;
  return {
    ...others,
    host: host ?? named,
    ...(at !== '' && { port: Number(at) }),
    ...(user !== '' && { user }),
    ...(password !== '' && { password }),
    ...(database !== '' && { database }),
    ssl: mode ?? (sslrootcert !== undefined || sslcert !== undefined ? 'verify-full' : undefined),
    file: { ...(sslrootcert && { ca: sslrootcert }), ...(sslcert && { cert: sslcert }), ...(sslkey && { key: sslkey }) },
  };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw invalid('% must be written as %25', '%는 %25로 적어야 합니다');
  }
}

/**
 * Members that are read from their files whenever somebody asks for them, which `pg` does for every connection. Copying the object would
 * read them for good. A file that cannot be read just now is taken as it was: `pg` has nobody there to catch an error.
 */
function readWhenConnecting(files: Files): Files {
  const read = {};
  for (const [name, file] of Object.entries(files)) {
    let last = secretIn(file);
    const get = () => {
      try {
        return (last = secretIn(file));
      } catch {
        return last;
      }
    };
    Object.defineProperty(read, name, { enumerable: true, configurable: true, get });
  }
  return read;
}

function invalid(english: string, korean: string): StorageUnusable {
  return new StorageUnusable(
    'database-url-invalid',
    `DATABASE_URL is not a usable address: ${english}.`,
    `DATABASE_URL이 올바른 주소가 아닙니다: ${korean}.`,
  );
}

function unreadable(file: string, cause: unknown): StorageUnusable {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new StorageUnusable('secret-unreadable', `${file} cannot be read: ${why}`, `${file}을(를) 읽을 수 없습니다: ${why}`, {
    cause,
  });
}

import { resolve } from 'node:path';
import { isNativeError } from 'node:util/types';
import pg from 'pg';
import { EmbeddedPostgres } from './embedded/embedded-postgres.js';
import { PostgresEventStore } from './embedded/postgres-event-store.js';
import type { EventStore } from './port.js';
import { isThisMachine, secretIn, serverDatabase } from './server-address.js';
import { StorageUnusable } from './storage-unusable.js';

/** Where events and views are kept, opened as the environment says. */
export interface Storage {
  readonly mode: 'embedded' | 'postgres' | 'kurrent';
  readonly events: EventStore;
  /** The database of the views: for `new pg.Pool(database)`, or for TypeORM as `{ type: 'postgres', extra: database }`. */
  readonly database: pg.PoolConfig;
  /** One line for people, without credentials. */
  describe(): string;
  /** Closes the events and lets go of an embedded server. Close every pool on `database` first. */
  close(): Promise<void>;
}

/**
 * Opens the storage by the environment alone:
 * nothing set: an embedded PostgreSQL under `SAJEON_HOME` (default `.sajeon` in the working directory) holds events and views;
 * `DATABASE_URL`: that PostgreSQL holds both; `KURRENTDB_URL` in addition: KurrentDB holds the events, PostgreSQL the views.
 * @throws StorageUnusable when it cannot be used as it is (with a stable `code`, and a message in English and Korean)
 */
export async function openStorage(env: NodeJS.ProcessEnv = process.env): Promise<Storage> {
  const databaseUrl = env['DATABASE_URL']?.trim();
  const kurrentUrl = env['KURRENTDB_URL']?.trim();
  if (env['NODE_ENV'] === 'production') {
    refuseKnownPasswords({ DATABASE_URL: passwordIn(databaseUrl), KURRENTDB_URL: passwordIn(kurrentUrl) });
    const file = env['SAJEON_DATABASE_PASSWORD_FILE']?.trim();
    if (file) refuseKnownPasswords({ SAJEON_DATABASE_PASSWORD_FILE: { user: '', password: secretIn(file) } });
    if (kurrentUrl) requireTlsTo(kurrentUrl);
  }
  const home = resolve(env['SAJEON_HOME']?.trim() || '.sajeon');

  const statement_timeout = statementTimeout(env['SAJEON_STATEMENT_TIMEOUT_SECONDS']?.trim());

  const server = serverDatabase(env);
  const embedded = server ? undefined : await EmbeddedPostgres.open({ directory: resolve(home, 'postgres') });
  const database: pg.PoolConfig = {
    ...(embedded?.config ?? server),
    statement_timeout,
  };
  const where = databaseUrl ? `PostgreSQL ${withoutCredentials(databaseUrl)}` : `embedded PostgreSQL in ${home}`;
  try {
    await requireUsableDatabase(database, where);
    const events = await openEvents(database, env);
    return {
      mode: kurrentUrl ? 'kurrent' : databaseUrl ? 'postgres' : 'embedded',
      events,
      database,
      describe: () =>
        kurrentUrl ? `events in KurrentDB ${withoutCredentials(kurrentUrl)}, views in ${where}` : `events and views in ${where}`,
      close: async () => {
        await events.close();
        await embedded?.close();
      },
    };
  } catch (error) {
    await embedded?.close();
    throw error;
  }
}

/** The events of a storage that is open already, once more: for another thread of the process, which cannot share what is open. */
export async function openEvents(database: pg.PoolConfig, env: NodeJS.ProcessEnv = process.env): Promise<EventStore> {
  const kurrentUrl = env['KURRENTDB_URL']?.trim();
  return kurrentUrl ? openKurrent(kurrentUrl) : PostgresEventStore.open(database);
}

/** Those with which databases come and manuals begin. */
const KNOWN_PASSWORDS: ReadonlySet<string> = new Set([
  'postgres',
  'password',
  'admin',
  'root',
  'changeit',
  'changeme',
  'secret',
  'test',
  'sajeon',
]);

interface Login {
  readonly user: string;
  readonly password: string;
}

function passwordIn(address: string | undefined): Login {
  const [, user = '', password = ''] = /^[\w+.-]+:\/\/([^:@/]*):([^@/]*)@/.exec(address ?? '') ?? [];
  return { user, password };
}

/** @throws Error that names the variable, and never the password */
function refuseKnownPasswords(logins: Readonly<Record<string, Login>>): void {
  for (const [variable, { user, password }] of Object.entries(logins)) {
    if (password !== '' && (KNOWN_PASSWORDS.has(password.toLowerCase()) || password === user)) {
      throw new Error(`${variable}: this password is known to everybody; production takes another one (openssl rand -hex 24).`);
    }
  }
}

/** KurrentDB speaks TLS and proves its name unless its address says otherwise, which production takes for this machine alone. */
function requireTlsTo(address: string): void {
  const [, hosts = '', query = ''] = /^[\w+.-]+:\/\/(?:[^@/]*@)?([^/?]*)\/?\??(.*)$/.exec(address) ?? [];
  const weak = [...new URLSearchParams(query)].some(
    ([name, value]) => ['tls', 'tlsverifycert'].includes(name.toLowerCase()) && value.toLowerCase() !== 'true',
  );
  const outside = hosts.split(',').map((host) => host.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1'));
  if (!weak || outside.every(isThisMachine)) return;
  throw new StorageUnusable(
    'kurrentdb-without-tls',
    'KURRENTDB_URL turns TLS or the check of certificates off. Production takes tls=true, and &tlsCAFile=FILE for an authority of your own.',
    'KURRENTDB_URL이 TLS나 인증서 확인을 끕니다. 운영에서는 tls=true를, 자체 인증기관이면 &tlsCAFile=파일을 쓰십시오.',
  );
}

/** A statement that takes longer has met a lock that nobody gives up, or a question too large: it is given up, so that its connection is not lost to others. */
const STATEMENT_SECONDS = 30;

/** @returns milliseconds @throws Error that names the variable */
function statementTimeout(text: string | undefined): number {
  if (text === undefined || text === '') return STATEMENT_SECONDS * 1_000;
  if (!/^[1-9]\d{0,4}$/.test(text)) throw new Error('SAJEON_STATEMENT_TIMEOUT_SECONDS: expected a whole number from 1');
  return Number(text) * 1_000;
}

async function openKurrent(url: string): Promise<EventStore> {
  // loaded only here: the client costs half a second and 80 MB that the other modes need not pay
  const { KurrentEventStore } = await import('./kurrent/kurrent-event-store.js');
  return KurrentEventStore.open(url);
}

function withoutCredentials(url: string): string {
  try {
    const parsed = new URL(url);
    return `${parsed.protocol}//${parsed.host}${parsed.pathname}`;
  } catch {
    return '(an address that is not a URL)';
  }
}

async function requireUsableDatabase(database: pg.PoolConfig, where: string): Promise<void> {
  const client = new pg.Client({ ...database, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined); // a failure shows in the query
  let found: { ctype: string; encoding: string; version: number } | undefined;
  try {
    await client.connect();
    const { rows } = await client.query<{ ctype: string; encoding: string; version: number }>(
      `select datctype as ctype, pg_encoding_to_char(encoding) as encoding, current_setting('server_version_num')::int as version
         from pg_database where datname = current_database()`,
    );
    found = rows[0];
  } catch (cause) {
    const why = isNativeError(cause) ? cause.message || cause.name : String(cause);
    throw new StorageUnusable(
      'database-not-reachable',
      `${where} cannot be reached: ${why}`,
      `${where}에 연결할 수 없습니다: ${why}`,
      { cause },
    );
  } finally {
    await client.end().catch(() => undefined);
  }
  if (!found) return;
  if (found.version < 130_000) {
    throw new StorageUnusable(
      'database-too-old',
      `${where} is PostgreSQL ${Math.floor(found.version / 10_000)}; 13 is the oldest that works.`,
      `${where}는 PostgreSQL ${Math.floor(found.version / 10_000)}입니다. 13 이상이 필요합니다.`,
    );
  }
  if (found.encoding !== 'UTF8') {
    throw new StorageUnusable(
      'database-encoding',
      `${where} has encoding ${found.encoding}; create the database with encoding UTF8.`,
      `${where}의 인코딩이 ${found.encoding}입니다. 데이터베이스를 UTF8로 만드세요.`,
    );
  }
  // pg_trgm takes letters from LC_CTYPE: under C it sees no Korean at all, and every search would silently find nothing
  if (/^(C|POSIX)$/i.test(found.ctype)) {
    throw new StorageUnusable(
      'database-ctype',
      `${where} has LC_CTYPE ${found.ctype}, under which Korean text cannot be searched. Create it with: create database … template template0 encoding 'UTF8' locale 'C.UTF-8'`,
      `${where}의 LC_CTYPE이 ${found.ctype}이라 한글 검색이 되지 않습니다. 다음과 같이 만드세요: create database … template template0 encoding 'UTF8' locale 'C.UTF-8'`,
    );
  }
}

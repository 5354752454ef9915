import { copyFileSync, rmSync, writeFileSync } from 'node:fs';
import pg from 'pg';
import { requireHttps, serverDatabase } from './server-address.js';
import { openStorage } from './storage.js';
import { TlsServer } from './testing/tls-server.js';

let server: TlsServer;
let owner: pg.Pool;
const at = (name: string): string => server.at(name);

beforeAll(async () => {
  server = await TlsServer.start(
    `hostssl all with_certificate 127.0.0.1/32 cert
     host all all 127.0.0.1/32 scram-sha-256`,
  );
  owner = server.owner;
  server.authority('other-ca');
  server.certificate('elsewhere', 'ca', '/CN=db.example', 'DNS:db.example');
  server.certificate('client', 'ca', '/CN=with_certificate');
  await owner.query(`create role runs login password 'first-one'`);
  await owner.query('create role with_certificate login');
});
afterAll(() => server.stop());

const address = (query: string, login = 'runs:first-one', host = 'localhost'): string =>
  `postgres://${login}@${host}:${server.port}/postgres${query}`;
const verified = (query = '', login?: string, host?: string): string =>
  address(`?sslmode=verify-full&sslrootcert=${at('ca.crt')}${query}`, login, host);

/** How a connection by this address came to be; rejects when it did not. */
async function connect(
  url: string,
  env: NodeJS.ProcessEnv = {},
): Promise<{ ssl: boolean; version: string | null; user: string }> {
  const client = new pg.Client({ ...serverDatabase({ ...env, DATABASE_URL: url }) });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ ssl: boolean; version: string | null; user: string }>(
      'select ssl, version, current_user as user from pg_stat_ssl where pid = pg_backend_pid()',
    );
    return rows[0] ?? { ssl: false, version: null, user: '' };
  } finally {
    await client.end().catch(() => undefined);
  }
}

describe('with sslmode=verify-full', () => {
  it('the server of the right authority and name is spoken to by TLS 1.2 or newer', async () => {
    const { ssl, version } = await connect(verified());
    expect(ssl).toBe(true);
    expect(version).toMatch(/^TLSv1\.[23]$/);
  });

  it('a certificate of another authority is refused', async () => {
    await expect(connect(address(`?sslmode=verify-full&sslrootcert=${at('other-ca.crt')}`))).rejects.toThrow(/certificate/);
    await expect(connect(address('?sslmode=verify-full'))).rejects.toThrow(/certificate/);
  });

  it('a certificate for another name is refused', async () => {
    await expect(connect(verified('', undefined, '127.0.0.1'))).rejects.toThrow(/altnames|does not match/);
    await server.present('elsewhere');
    await expect(connect(verified())).rejects.toThrow(/altnames|does not match/);
    await server.present('server');
  });

  it('a server that speaks no TLS is refused, and not spoken to without', async () => {
    await server.speakPlainly();
    await expect(connect(verified())).rejects.toThrow('does not support SSL');
    await server.present('server');
  });
});

describe('a credential that is renewed', () => {
  it('is taken up by the next connection, without a restart: a password', async () => {
    const file = at('password');
    writeFileSync(file, 'first-one\n');
    const pool = new pg.Pool({
      ...serverDatabase({ DATABASE_URL: verified('', 'runs'), SAJEON_DATABASE_PASSWORD_FILE: file }),
      max: 2,
    });
    const held = await pool.connect();
    await owner.query(`alter role runs password 'second-one'`);
    await expect(pool.connect()).rejects.toMatchObject({ code: '28P01' });
    writeFileSync(file, 'second-one\n');
    const next = await pool.connect();
    expect((await next.query('select 1 as answer')).rows).toEqual([{ answer: 1 }]);
    // Whoever is connected stays so.
    expect((await held.query('select 1 as answer')).rows).toEqual([{ answer: 1 }]);
    next.release();
    held.release();
    await pool.end();
    await owner.query(`alter role runs password 'first-one'`);
  });

  it('is taken up by the next connection, without a restart: the authority of the server', async () => {
    copyFileSync(at('other-ca.crt'), at('trusted.crt'));
    const pool = new pg.Pool(serverDatabase({ DATABASE_URL: address(`?sslmode=verify-full&sslrootcert=${at('trusted.crt')}`) }));
    await expect(pool.query('select 1')).rejects.toThrow(/certificate/);
    copyFileSync(at('ca.crt'), at('trusted.crt'));
    await expect(pool.query('select 1')).resolves.toBeDefined();
    // Gone for a moment, it is as it was.
    rmSync(at('trusted.crt'));
    await pool.query('select pg_terminate_backend(pg_backend_pid())').catch(() => undefined);
    await expect(pool.query('select 1')).resolves.toBeDefined();
    await pool.end();
  });

  it('may be a certificate instead of a password, with its key, and that one is renewed too', async () => {
    server.certificate('client-of-another', 'other-ca', '/CN=with_certificate');
    for (const end of ['crt', 'key']) copyFileSync(at(`client-of-another.${end}`), at(`mine.${end}`));
    const url = verified(`&sslcert=${at('mine.crt')}&sslkey=${at('mine.key')}`, 'with_certificate');
    const pool = new pg.Pool(serverDatabase({ DATABASE_URL: url }));
    pool.on('error', () => undefined);
    await expect(pool.query('select 1')).rejects.toThrow();
    for (const end of ['crt', 'key']) copyFileSync(at(`client.${end}`), at(`mine.${end}`));
    const { rows } = await pool.query<{ user: string }>('select current_user as user');
    expect(rows).toEqual([{ user: 'with_certificate' }]);
    await pool.end();
    await expect(connect(verified('', 'with_certificate'))).rejects.toThrow();
  });
});

describe('in production', () => {
  const opening = (url: string, more: NodeJS.ProcessEnv = {}) =>
    openStorage({ NODE_ENV: 'production', DATABASE_URL: url, ...more });

  it.each([
    ['nothing said of TLS', ''],
    ['sslmode=disable', '?sslmode=disable'],
    ['sslmode=no-verify', '?sslmode=no-verify'],
    ['sslmode=no-verify beside an authority', '?sslmode=no-verify&sslrootcert=/ca.crt'],
  ])('another machine is not spoken to with %s', async (_, query) => {
    const refused = opening(`postgres://runs:x7Gd93kPq2@db.example:5432/sajeon${query}`);
    await expect(refused).rejects.toMatchObject({ name: 'StorageUnusable', code: 'database-without-tls' });
    await expect(refused).rejects.toThrow(/sslmode=verify-full[\s\S]*운영에서는/);
    await expect(refused).rejects.not.toThrow(/x7Gd93kPq2/);
  });

  it('a host that stands in a parameter is another machine as well', async () => {
    await expect(opening('postgres://runs@/sajeon?host=db.example')).rejects.toMatchObject({ code: 'database-without-tls' });
    await expect(opening('postgres://runs@localhost/sajeon?host=10.0.0.7')).rejects.toMatchObject({
      code: 'database-without-tls',
    });
  });

  it.each(['?tls=false', '?tls=true&tlsVerifyCert=false', '?TLS=False'])(
    'KurrentDB on another machine is not spoken to with %s',
    async (query) => {
      const refused = opening(verified(), {
        KURRENTDB_URL: `kurrentdb://ops:x7Gd93kPq2@127.0.0.1:1,events.example:2113${query}`,
      });
      await expect(refused).rejects.toMatchObject({ name: 'StorageUnusable', code: 'kurrentdb-without-tls' });
      await expect(refused).rejects.not.toThrow(/x7Gd93kPq2/);
    },
  );

  it('a password file is held to the same as a password in the address, and only one of them is taken', async () => {
    writeFileSync(at('weak'), 'postgres\n');
    await expect(opening(verified('', 'runs'), { SAJEON_DATABASE_PASSWORD_FILE: at('weak') })).rejects.toThrow(
      'SAJEON_DATABASE_PASSWORD_FILE: this password is known',
    );
    await expect(opening(verified(), { SAJEON_DATABASE_PASSWORD_FILE: at('password') })).rejects.toMatchObject({
      code: 'database-url-invalid',
    });
    await expect(opening(verified('', 'runs'), { SAJEON_DATABASE_PASSWORD_FILE: at('nowhere') })).rejects.toMatchObject({
      code: 'secret-unreadable',
    });
  });
});

it.each([
  ['http://witness.example', true],
  ['http://10.0.0.7:3002', true],
  ['https://witness.example', false],
  ['http://127.0.0.1:3002', false],
  ['http://localhost:3002', false],
])('production asks %s: refused %s', (address, refused) => {
  const asking = () => requireHttps('SAJEON_WITNESSES', address, { NODE_ENV: 'production' });
  if (refused) expect(asking).toThrow(/^SAJEON_WITNESSES: http:[\s\S]*다른 장비/);
  else expect(asking).not.toThrow();
  expect(() => requireHttps('SAJEON_WITNESSES', address, {})).not.toThrow();
});

it.each([
  [
    'postgres://a%40b:p%2Fq@db.example:5433/my%20data',
    { host: 'db.example', port: 5433, user: 'a@b', password: 'p/q', database: 'my data' },
  ],
  ['postgresql://sajeon@/d?host=/run/postgresql', { host: '/run/postgresql', user: 'sajeon', database: 'd' }],
  ['postgres:///d', { host: 'localhost', database: 'd' }],
  ['postgres://[::1]:5432/d', { host: '::1', port: 5432, database: 'd' }],
  ['postgres://h/d?application_name=me', { host: 'h', database: 'd', application_name: 'me' }],
  ['postgres://h/d?sslmode=disable', { host: 'h', database: 'd', ssl: false }],
  ['postgres://h/d?sslmode=require', { host: 'h', database: 'd', ssl: { rejectUnauthorized: true } }],
])('reads %s', (url, expected) => {
  expect(serverDatabase({ DATABASE_URL: url })).toEqual(expected);
});

it.each(['not a url', 'mysql://h/d', 'postgres://u:50%@h/d', 'postgres://h/d?sslmode=maybe'])(
  'refuses %s, and does not repeat it',
  (url) => {
    expect(() => serverDatabase({ DATABASE_URL: url })).toThrow(/DATABASE_URL/);
    expect(() => serverDatabase({ DATABASE_URL: url })).not.toThrow('50%');
  },
);

import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { Victim } from '../../../../test/fault/victim.js';
import { EmbeddedPostgres } from './embedded-postgres.js';

describe('embedded PostgreSQL', () => {
  const directories: string[] = [];
  const newDirectory = (): string => {
    const directory = join(mkdtempSync(join(tmpdir(), 'sajeon-embedded-')), 'postgres');
    directories.push(directory);
    return directory;
  };
  const open = (directory: string): Promise<EmbeddedPostgres> => EmbeddedPostgres.open({ directory, durable: false });

  afterAll(async () => {
    for (const directory of directories) {
      if (existsSync(join(directory, 'data', 'PG_VERSION'))) await (await open(directory)).destroy();
      rmSync(join(directory, '..'), { recursive: true, force: true });
    }
  });

  it('keeps what was written when it is opened again', async () => {
    const directory = newDirectory();
    const first = await open(directory);
    await query(first, 'create table kept (note text)');
    await query(first, `insert into kept values ('상호운용성')`);
    await first.close();
    expect(postmasterOf(directory)).toBeUndefined();
    const second = await open(directory);
    expect(await query(second, 'select note from kept')).toEqual([{ note: '상호운용성' }]);
    await second.close();
  });

  it('finds Korean text: its locale knows the letters', async () => {
    const server = await open(newDirectory());
    await query(server, 'create extension pg_trgm');
    const [row] = await query(server, `select similarity('서비스 신청', '서비스 신정') as similarity, version() as version`);
    expect(row?.['similarity']).toBeGreaterThan(0.4);
    expect(row?.['version']).toContain('PostgreSQL 18');
    await server.close();
  });

  it('is shared by whoever opens the directory, and stops when the last one lets go, not before', async () => {
    const directory = newDirectory();
    const first = await open(directory);
    const pid = postmasterOf(directory);
    const second = await open(directory);
    expect(postmasterOf(directory)).toBe(pid);
    await first.close();
    expect(await query(second, 'select 1 as one')).toEqual([{ one: 1 }]);
    await second.close();
    expect(postmasterOf(directory)).toBeUndefined();
  });

  it('is started once when several open it at the same time', async () => {
    const directory = newDirectory();
    const servers = await Promise.all([open(directory), open(directory), open(directory)]);
    for (const server of servers) expect(await query(server, 'select 1 as one')).toEqual([{ one: 1 }]);
    for (const server of servers) await server.close();
    expect(postmasterOf(directory)).toBeUndefined();
  });

  it('leaves no orphan when its process is killed, and starts again after that', async () => {
    const directory = newDirectory();
    const other = await Victim.start('test/fault/open-and-wait.mjs', [directory], {});
    const pid = postmasterOf(directory);
    expect(pid).toBeDefined();
    await other.kill();
    await until(() => postmasterOf(directory) === undefined);
    const server = await open(directory);
    expect(await query(server, 'select 1 as one')).toEqual([{ one: 1 }]);
    await server.close();
  });

  it('goes on for another process when the one that started it is killed', async () => {
    const directory = newDirectory();
    const other = await Victim.start('test/fault/open-and-wait.mjs', [directory], {});
    const server = await open(directory);
    await other.kill();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await query(server, 'select 1 as one')).toEqual([{ one: 1 }]);
    await server.close();
    expect(postmasterOf(directory)).toBeUndefined();
  });

  it('starts although a lock file of a dead server names a process that lives and is no server', async () => {
    const directory = newDirectory();
    await (await open(directory)).close();
    writeFileSync(join(directory, 'data', 'postmaster.pid'), `${process.pid}\n${directory}\n0\n5432\n/nowhere\n\n\nready\n`);
    const server = await open(directory);
    expect(await query(server, 'select 1 as one')).toEqual([{ one: 1 }]);
    await server.close();
  });

  it('starts below a directory that only its owner may enter', async () => {
    const parent = mkdtempSync(join(tmpdir(), 'sajeon-closed-')); // mode 0700
    const directory = join(parent, 'postgres');
    directories.push(directory);
    const server = await open(directory);
    expect(await query(server, 'select 1 as one')).toEqual([{ one: 1 }]);
    await server.close();
  });

  it('does not start from what an interrupted set-up left behind', async () => {
    const directory = newDirectory();
    mkdirSync(join(directory, 'data-999999999-abc'), { recursive: true });
    const server = await open(directory);
    expect(existsSync(join(directory, 'data-999999999-abc'))).toBe(false);
    await server.close();
  });

  it('says in both languages what to do when the directory cannot be used', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'sajeon-file-')), 'not-a-directory');
    writeFileSync(file, '');
    const opening = open(join(file, 'postgres'));
    await expect(opening).rejects.toMatchObject({ name: 'StorageUnusable', code: 'data-directory-not-usable' });
    await expect(opening).rejects.toThrow(/SAJEON_HOME[\s\S]*내장 PostgreSQL/);
    rmSync(join(file, '..'), { recursive: true });
  });

  it('refuses a socket directory that somebody else may enter, or a link in its place', async () => {
    const directory = newDirectory();
    const server = await open(directory);
    const sockets = server.config.host ?? '';
    await server.close();
    rmSync(sockets, { recursive: true });
    symlinkSync(tmpdir(), sockets);
    await expect(open(directory)).rejects.toMatchObject({ code: 'data-directory-not-usable' });
    rmSync(sockets);
    mkdirSync(sockets);
    chmodSync(sockets, 0o755);
    await expect(open(directory)).rejects.toMatchObject({ code: 'data-directory-not-usable' });
    rmSync(sockets, { recursive: true });
  });

  it('refuses data of another major version instead of touching it', async () => {
    const directory = newDirectory();
    mkdirSync(join(directory, 'data'), { recursive: true });
    writeFileSync(join(directory, 'data', 'PG_VERSION'), '15\n');
    await expect(open(directory)).rejects.toMatchObject({ code: 'data-directory-of-another-version' });
    rmSync(join(directory, 'data'), { recursive: true });
  });
});

function postmasterOf(directory: string): number | undefined {
  try {
    return Number(readFileSync(join(directory, 'data', 'postmaster.pid'), 'utf8').split('\n')[0]);
  } catch {
    return undefined;
  }
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('waited 20 s in vain');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function query(server: EmbeddedPostgres, text: string): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client(server.config);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

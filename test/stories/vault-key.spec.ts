import { EventStore } from '@sajeon/event-store';
import { FirstUsers, identitySettings, SEALED_SECOND_FACTORS, SecondFactors } from '@sajeon/identity';
import { SEALED_SUBJECTS, Vault } from '@sajeon/vault';
import { SEALED_WEBHOOK_SECRETS } from '@sajeon/webhooks';
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Service } from './service.js';

/** 금고 열쇠 교체, as an operator does it: the built command on a database in which everything lies that the key seals. */
const COMMAND = join(process.cwd(), 'dist', 'apps', 'cli', 'src', 'main.js');
const ADMIN = 'demo-admin';
const PEOPLE = 4_000;
/** With the key of one person's data and the secret of one webhook. */
const SEALED = PEOPLE + 2;

const folder = mkdtempSync(join(tmpdir(), 'sajeon-vault-key-'));
const key = (name: string): { readonly name: string; readonly file: string; readonly text: string } => {
  const text = randomBytes(32).toString('base64');
  const file = join(folder, name);
  writeFileSync(file, `${text}\n`, { mode: 0o600 });
  return { name, file, text };
};
const FORMER = key('former');
const NEXT = key('next');
const OTHER = key('other');

let service: Service;
let databaseUrl: string;
const before = process.env['SAJEON_VAULT_KEY'];
beforeAll(async () => {
  process.env['SAJEON_VAULT_KEY'] = FORMER.text;
  service = await Service.start(identitySettings({}));
  await service.app.get(FirstUsers).demo();
  const { host, port, user, password, database } = service.database().options;
  databaseUrl = `postgres://${user}:${String(password ?? '')}@/${database}?host=${encodeURIComponent(host ?? '')}&port=${port ?? 5432}`;

  const deposit = { name: '김철수', phone: '010-1234-5678' };
  expect((await service.post('/v1/personal-data', 'demo-suwon', deposit)).status).toBe(201);
  const hook = { url: 'https://hooks.example.go.kr/sajeon', note: '전자결재', types: [] };
  const made = await service.post('/v1/webhooks', ADMIN, hook);
  expect(made.status).toBe(201);
  // So many that the command can be killed in the middle: the same secret for each, sealed for each.
  const factors = service.app.get(SecondFactors);
  for (let index = 0; index < PEOPLE; index += 100)
    await Promise.all(Array.from({ length: 100 }, (_, each) => factors.begin(`p-${index + each}`, 'login')));
});
afterAll(async () => {
  if (before === undefined) delete process.env['SAJEON_VAULT_KEY'];
  else process.env['SAJEON_VAULT_KEY'] = before;
  await service.stop();
  rmSync(folder, { recursive: true, force: true });
});

const args = (former: string): readonly string[] => [COMMAND, 'vault', 'reseal', '--former-key-file', former];
const environment = (next: string): NodeJS.ProcessEnv => {
  const { SAJEON_VAULT_KEY: _, ...inherited } = process.env;
  return { ...inherited, DATABASE_URL: databaseUrl, SAJEON_VAULT_KEY_FILE: next, SAJEON_LANG: 'ko' };
};
const reseal = (former: string, next: string) =>
  spawnSync(process.execPath, args(former), { env: environment(next), encoding: 'utf8' });

/** How many of each table open under the key. */
async function openUnder(text: string): Promise<number> {
  const master = Buffer.from(text, 'base64');
  let opened = 0;
  for (const { table, id, column, reseal: again } of [SEALED_SUBJECTS, SEALED_SECOND_FACTORS, ...SEALED_WEBHOOK_SECRETS]) {
    const { rows } = await service
      .database()
      .query<{ id: string; sealed: Buffer | null }>(`select ${id} as id, ${column} as sealed from ${table}`);
    for (const row of rows) if (row.sealed !== null && again(row.id, row.sealed, master, master) !== undefined) opened++;
  }
  return opened;
}

it('refuses a former key that is another one, or the same as the new one, and changes nothing', async () => {
  const wrong = reseal(OTHER.file, NEXT.file);
  expect([wrong.status, wrong.stderr]).toEqual([1, expect.stringContaining('옛 열쇠로 열리는 것이 하나도 없습니다')]);
  expect(reseal(FORMER.file, FORMER.file)).toMatchObject({ status: 2 });
  expect(reseal(join(folder, 'nowhere'), NEXT.file)).toMatchObject({ status: 2 });
  expect(await openUnder(FORMER.text)).toBe(SEALED);
});

it('killed in the middle it has lost nothing, and run again it goes on where it was', async () => {
  const child = spawn(process.execPath, args(FORMER.file), { env: environment(NEXT.file), stdio: ['ignore', 'ignore', 'pipe'] });
  await new Promise<void>((resolve, reject) => {
    child.stderr.on('data', (said: Buffer) => {
      // The first word of progress: some are sealed anew, most are not.
      if (said.toString().includes('…')) child.kill('SIGKILL');
    });
    child.once('exit', (_, signal) => (signal === 'SIGKILL' ? resolve() : reject(new Error('it was over before it was killed'))));
  });
  const [former, next] = [await openUnder(FORMER.text), await openUnder(NEXT.text)];
  expect(former + next).toBe(SEALED);
  expect(former).toBeGreaterThan(0);
  expect(next).toBeGreaterThanOrEqual(500);

  const { status, stderr } = reseal(FORMER.file, NEXT.file);
  expect(stderr).toMatch(/개를 새 열쇠로 다시 잠갔습니다\. 이미 새 열쇠였던 것 \d+개, 어느 열쇠로도 열리지 않는 것 0개/);
  expect(status).toBe(0);
  expect([await openUnder(FORMER.text), await openUnder(NEXT.text)]).toEqual([0, SEALED]);
});

it('with the former key nothing is given out any more, in words; with the new one everything is', async () => {
  const own = '/v1/personal-data/person-demo-suwon';
  expect(await service.get(own, 'demo-suwon')).toMatchObject({ status: 503, body: { code: 'vault-shut' } });
  const { rows } = await service
    .database()
    .query<{ ref: string }>(`select ref from vault.deposit where subject = 'person-demo-suwon'`);
  const vault = await Vault.open(service.database(), service.app.get(EventStore), Buffer.from(NEXT.text, 'base64'));
  const values = await vault.disclose(
    'person-demo-suwon',
    rows.map(({ ref }) => ref),
  );
  expect(values.map(({ value }) => value).toSorted()).toEqual(['010-1234-5678', '김철수']);
});

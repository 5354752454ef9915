import { SYSTEM, type Principal } from '@sajeon/access';
import type { AgencyCommand } from '@sajeon/domain';
import { PostgresEventStore, type Receipt } from '@sajeon/event-store';
import { freshDatabase, type FreshDatabase } from '@sajeon/event-store/testing';
import { randomUUID } from 'node:crypto';
import { Decisions } from './decisions.js';
import { AGENCY } from './kinds.js';

const ADMIN: Principal = { person: 'person-1', agency: 'mois', roles: ['administrator'] };
const stamp = { by: { person: ADMIN.person, agency: ADMIN.agency }, at: '2026-11-02T00:00:00Z' };
const register = (agency: string, name = '수원시'): AgencyCommand => ({
  type: 'register-agency',
  data: { ...stamp, agency, name, tier: 'BASIC_LOCAL', parent: 'gyeonggi' },
});
const rename = (name: string, at = stamp.at): AgencyCommand => ({ type: 'rename-agency', data: { ...stamp, at, name } });

let database: FreshDatabase;
let store: PostgresEventStore;
let decisions: Decisions;
beforeAll(async () => {
  database = await freshDatabase();
  store = await PostgresEventStore.open(database.config);
  decisions = new Decisions(store);
});
afterAll(async () => {
  await store.close();
  await database.drop();
});

const send = (
  id: string,
  command: AgencyCommand,
  envelope: { commandId?: string; expected?: bigint; principal?: Principal; asked?: string } = {},
): Promise<Receipt> => decisions.execute(AGENCY, id, command, { commandId: randomUUID(), principal: ADMIN, ...envelope });
const eventsOf = async (id: string): Promise<string[]> => (await decisions.load(AGENCY, id)).events.map(({ type }) => type);

it('writes what was decided, with who asked and by which command', async () => {
  const commandId = randomUUID();
  const receipt = await send('a1', register('a1'), { commandId });
  expect(receipt).toEqual({ stream: 'agency-a1', revision: 0n, position: await store.head() });
  const [event] = (await decisions.load(AGENCY, 'a1')).events;
  expect(event?.metadata).toMatchObject({
    commandId,
    actor: 'person-1',
    agency: 'mois',
    schema: '1',
    commandHash: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
});

it('gives the first receipt for a command that comes again, at whatever later moment, and writes nothing', async () => {
  const commandId = randomUUID();
  await send('a2', register('a2'));
  const first = await send('a2', rename('수원특례시'), { commandId });
  await send('a2', rename('새 수원시'));
  const again = await send('a2', rename('수원특례시', '2026-11-03T00:00:00Z'), { commandId });
  expect(again).toEqual(first);
  expect(await eventsOf('a2')).toEqual(['agency-registered', 'agency-renamed', 'agency-renamed']);
});

it('refuses a command id that comes with other content', async () => {
  const commandId = randomUUID();
  await send('a3', register('a3'), { commandId });
  await expect(send('a3', register('a3', '다른 시'), { commandId })).rejects.toMatchObject({ code: 'idempotency-key-reused' });
});

it('takes what was asked, not what was looked up for it, as the content of a command', async () => {
  const commandId = randomUUID();
  const first = await send('a4', register('a4', '그때 이름'), { commandId, asked: 'same request' });
  expect(await send('a4', register('a4', '지금 이름'), { commandId, asked: 'same request' })).toEqual(first);
});

it('refuses a command decided on an older revision and says which one stands', async () => {
  await send('a5', register('a5'));
  await send('a5', rename('하나'), { expected: 0n });
  await expect(send('a5', rename('둘'), { expected: 0n })).rejects.toMatchObject({ code: 'stale-revision', current: 1n });
  await expect(send('nobody', rename('셋'), { expected: 4n })).rejects.toMatchObject({
    code: 'stale-revision',
    current: undefined,
  });
});

it('decides a lost race afresh: of thirty racers each writes once, none is lost', async () => {
  await send('a6', register('a6'));
  const receipts = await Promise.all(Array.from({ length: 30 }, (_, index) => send('a6', rename(`이름 ${index}`))));
  expect(new Set(receipts.map(({ revision }) => revision)).size).toBe(30);
  expect(await eventsOf('a6')).toHaveLength(31);
});

it('lets one of thirty racers win who all decided on the same revision', async () => {
  await send('a7', register('a7'));
  const race = await Promise.allSettled(
    Array.from({ length: 30 }, (_, index) => send('a7', rename(`이름 ${index}`), { expected: 0n })),
  );
  expect(race.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const lost of race) if (lost.status === 'rejected') expect(lost.reason).toMatchObject({ code: 'stale-revision' });
});

it('writes nothing for a command that is satisfied, and says where the record stands', async () => {
  const first = await send('a8', register('a8'));
  expect(await send('a8', register('a8'))).toEqual(first);
});

it('asks the permission table before anything is read', async () => {
  const reviewer: Principal = { ...ADMIN, roles: ['reviewer'] };
  await expect(send('a9', register('a9'), { principal: reviewer })).rejects.toMatchObject({
    name: 'NotPermitted',
    code: 'role-required',
  });
  await expect(send('a9', register('a9'), { principal: SYSTEM })).rejects.toMatchObject({ code: 'role-required' });
  expect(await eventsOf('a9')).toEqual([]);
});

import { NestFactory } from '@nestjs/core';
import { EmbeddedPostgres, EventStore, PostgresEventStore, type RecordedEvent } from '@sajeon/event-store';
import { followTheLog, OperationsModule } from '@sajeon/operations';
import { migrate, ProjectionHost, views } from '@sajeon/read-models';
import { PolicyHost } from '@sajeon/workflow';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { randomFrom } from './seeded.js';
import { Victim } from './victim.js';

/** Each ended by SIGKILL at a random instant while commands, projections and the screening policy are under way. */
const ROUNDS = 20;

interface Acknowledged {
  readonly consultation: string;
  readonly revision: string;
  readonly position: string;
}

const opened: (() => Promise<unknown>)[] = [];
const directory = mkdtempSync(join(tmpdir(), 'sajeon-service-fault-'));
// One log, one key, for the worker that is killed and for the one that is not.
process.env['SAJEON_LOG_KEY'] = join(mkdtempSync(join(tmpdir(), 'sajeon-service-key-')), 'log-key');
let server: EmbeddedPostgres;
beforeAll(async () => (server = await EmbeddedPostgres.open({ directory })));
afterAll(async () => {
  for (const close of opened.reverse()) await close();
  await server.destroy();
});

/** Runs a worker until the given time after it is ready, kills it, and gives what it had acknowledged. */
async function killed(milliseconds: number): Promise<readonly Acknowledged[]> {
  const acknowledged: Acknowledged[] = [];
  const environment = { SAJEON_DATABASE: JSON.stringify(server.config) };
  const victim = await Victim.start('test/fault/service-until-killed.mjs', [], environment, (line) => {
    acknowledged.push(line as Acknowledged); // written by service-until-killed.mjs
  });
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  await victim.kill();
  return acknowledged;
}

async function tablesOf(pool: pg.Pool): Promise<Record<string, unknown[]>> {
  const { rows } = await pool.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public' and table_name like 'view\\_%' and table_name not in ('view_checkpoint', 'view_migration') order by 1`,
  );
  const dump: Record<string, unknown[]> = {};
  for (const { name } of rows) dump[name] = (await pool.query(`select * from ${name} t order by t::text collate "C"`)).rows;
  return dump;
}

it(`loses nothing and doubles nothing in ${ROUNDS} kills of a working service`, async () => {
  const seed = Number(process.env['SAJEON_FAULT_SEED'] ?? Date.now() % 1_000_000);
  const random = randomFrom(seed);
  const acknowledged: Acknowledged[] = [];
  for (let round = 0; round < ROUNDS; round++) acknowledged.push(...(await killed(random() * 700)));

  // One that is not killed brings everything to its end.
  const events = await PostgresEventStore.open(server.config);
  opened.push(() => events.close());
  const database = server.config;
  await migrate(database);
  const app = await NestFactory.createApplicationContext(OperationsModule.on({ events, database }), { logger: false });
  opened.push(() => app.close());
  await followTheLog(app);
  const host = app.get(ProjectionHost);
  const log: RecordedEvent[] = [];
  for (let settled = -1; settled !== log.length;) {
    settled = log.length;
    const head = await events.head();
    await until(() => BigInt(app.get(PolicyHost).health()[0]?.position ?? '0') >= head);
    for (const { name } of views) expect(await host.waitFor(name, head, 30_000)).toBeGreaterThanOrEqual(head);
    log.length = 0;
    for await (const event of app.get(EventStore).readAll()) log.push(event);
  }

  expect(log.map(({ position }) => position)).toEqual(log.map((_, index) => BigInt(index + 1)));
  const at = new Map(log.map((event) => [event.position, event]));
  const misplaced = acknowledged.filter(({ consultation, revision, position }) => {
    const event = at.get(BigInt(position));
    return (
      event?.stream !== `consultation-${consultation}` ||
      event.revision !== BigInt(revision) ||
      event.type !== 'consultation-submitted'
    );
  });
  expect(misplaced).toEqual([]);

  // Every filing was screened exactly once, whoever died between the command and the checkpoint.
  const screened = new Map<string, number>();
  for (const { type, stream } of log) {
    if (type === 'consultation-submitted') screened.set(stream, screened.get(stream) ?? 0);
    if (type === 'overlap-screened') screened.set(stream, (screened.get(stream) ?? 0) + 1);
  }
  expect([...screened].filter(([, times]) => times !== 1)).toEqual([]);

  // The views are what a clean replay of the whole log makes of them.
  const pool = new pg.Pool(server.config);
  const followed = await tablesOf(pool);
  for (const { name } of views) await host.rebuild(name);
  const replayed = await tablesOf(pool);
  await pool.end();
  // Some keep what their rows were before in a table of its own.
  expect(Object.keys(followed)).toHaveLength(views.length + views.filter(({ past }) => past === true).length);
  for (const [table, rows] of Object.entries(followed))
    expect({ table, same: JSON.stringify(rows) === JSON.stringify(replayed[table]) }).toEqual({ table, same: true });

  expect(acknowledged.length).toBeGreaterThan(ROUNDS);
  console.log(
    `seed ${seed}: ${ROUNDS} kills, ${acknowledged.length} acknowledged filings, ${log.length} events, ${screened.size} screened once each`,
  );
}, 300_000);

async function until(true_: () => boolean): Promise<void> {
  for (const end = Date.now() + 60_000; !true_(); await new Promise((resolve) => setTimeout(resolve, 50))) {
    if (Date.now() > end) throw new Error('not within a minute');
  }
}

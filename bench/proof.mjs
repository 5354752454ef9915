/**
 * What proof and replay cost, against the targets of docs/campaigns.md: appends with and without sealing in the same run, append to signed
 * checkpoint, one case's evidence, lists as of random positions, and full verification with its memory.
 *
 *   node bench/proof.mjs [--events 200000]   # 1000000 for the targets [--json]
 *
 * Measures the built code in dist/ on a durable embedded PostgreSQL in a temporary directory.
 */
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createWriteStream, mkdtempSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import 'reflect-metadata';

const { values } = parseArgs({
  options: { events: { type: 'string', default: '200000' }, json: { type: 'boolean', default: false } },
});
const EVENTS = Number(values.events);
const PER_SYSTEM = 10;
const folder = mkdtempSync(join(tmpdir(), 'sajeon-proof-'));
const { EmbeddedPostgres, PostgresEventStore } = await import('../dist/libs/event-store/src/index.js');
const { AuditLog, evidence, LogKey, prepareLog, Sealer } = await import('../dist/libs/audit/src/index.js');
const { ListSystems, migrate, ReadModelsModule, ProjectionHost } = await import('../dist/libs/read-models/src/index.js');
const { DecisionsModule } = await import('../dist/libs/decisions/src/index.js');

const embedded = await EmbeddedPostgres.open({ directory: join(folder, 'postgres') });
const results = { events: EVENTS, load: loadavg()[0] };
const say = (name, value) => {
  results[name] = value;
  if (!values.json)
    console.log(`${name.padEnd(34)} ${typeof value === 'number' ? Math.round(value * 10) / 10 : JSON.stringify(value)}`);
};
const percentile = (times, share) =>
  times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))];

try {
  const config = embedded.config;
  const pool = new pg.Pool({ ...config, max: 4 });
  pool.on('error', () => undefined);
  const store = await PostgresEventStore.open(config);
  const origin = await prepareLog(pool, 'bench/proof');
  const key = LogKey.open(join(folder, 'key'), origin);
  writeFileSync(join(folder, 'key.pub.txt'), `${key.verifiers[0].text}\n`);
  const sealer = () => new Sealer({ store, pool, key, dense: true });
  const log = new AuditLog(store, pool, origin);

  const by = { person: 'p-1', agency: 'mois' };
  const entry = (n, year) => ({
    ...{
      title: `정보시스템 ${n}`,
      purpose: '업무를 처리한다.',
      functions: ['조회', '등록'],
      users: ['공무원'],
      data: [],
      technologies: [],
    },
    ...{ text: '', agency: `기관 ${n % 243}`, level: 'local', year, source: 'bench' },
  });
  const event = (system, n, revision) => ({
    id: randomUUID(),
    type: revision === 0 ? 'system-registered' : 'system-entry-corrected',
    data: { by, at: '2026-01-01T00:00:00Z', ...(revision === 0 ? { system } : {}), entry: entry(n, 1990 + revision) },
    metadata: { schema: '1', actor: 'p-1', agency: 'mois', commandId: randomUUID() },
  });

  // Cost of sealing: rounds with and without alternate, so that a noisy machine disturbs both.
  let made = 0;
  const append = async (seconds) => {
    const until = Date.now() + seconds * 1000;
    let count = 0;
    const writer = async () => {
      while (Date.now() < until) {
        const n = made++;
        await store.append(`system-b${n}`, 'none', [event(`b${n}`, n, 0)]);
        count++;
      }
    };
    const begun = performance.now();
    await Promise.all(Array.from({ length: 16 }, writer));
    return (count / (performance.now() - begun)) * 1000;
  };
  const rates = { on: [], off: [] };
  for (let round = 0; round < 3; round++) {
    rates.off.push(await append(4));
    const sealing = sealer();
    sealing.start();
    await sealing.covered(await store.head());
    rates.on.push(await append(4));
    await sealing.stop();
  }
  const middle = (all) => percentile(all, 0.5);
  say('appends/s without sealing', middle(rates.off));
  say('appends/s while sealing', middle(rates.on));
  say('cost of sealing %', 100 * (1 - middle(rates.on) / middle(rates.off)));

  const sealing = sealer();
  sealing.start();
  await sealing.covered(await store.head());
  const covered = [];
  for (let n = 0; n < 100; n++) {
    const begun = performance.now();
    const { position } = await store.append(`system-c${n}`, 'none', [event(`c${n}`, n, 0)]);
    await sealing.covered(position);
    covered.push(performance.now() - begun);
  }
  say('append to checkpoint p99 ms', percentile(covered, 0.99));

  let begun = performance.now();
  const streams = Math.floor((EVENTS - Number(await store.head())) / PER_SYSTEM);
  for (let from = 0; from < streams; from += 64) {
    await Promise.all(
      Array.from({ length: Math.min(64, streams - from) }, (_, at) => {
        const n = from + at;
        return store.append(
          `system-s${n}`,
          'none',
          Array.from({ length: PER_SYSTEM }, (__, revision) => event(`s${n}`, n, revision)),
        );
      }),
    );
  }
  say('events filled/s', (streams * PER_SYSTEM * 1000) / (performance.now() - begun));
  await sealing.covered(await store.head());
  say('events filled and sealed/s', (streams * PER_SYSTEM * 1000) / (performance.now() - begun));
  await sealing.stop();

  const bundles = [];
  for (let n = 0; n < 100; n++) {
    const started = performance.now();
    const scope = { kind: 'streams', streams: [`system-s${(n * 7919) % streams}`] };
    for await (const _ of evidence(log, { scope, at: '2026-01-01T00:00:00Z' }));
    bundles.push(performance.now() - started);
  }
  say('bundle of one record p50 ms', percentile(bundles, 0.5));
  say('bundle of one record p99 ms', percentile(bundles, 0.99));

  begun = performance.now();
  const whole = join(folder, 'log.jsonl');
  await pipeline(Readable.from(evidence(log, { scope: { kind: 'log' }, at: '2026-01-01T00:00:00Z' })), createWriteStream(whole));
  say('export of the whole log s', (performance.now() - begun) / 1000);
  begun = performance.now();
  const args = ['-v', process.execPath, 'tools/verify.mjs', whole, '--key', join(folder, 'key.pub.txt'), '--json'];
  const ran = spawnSync('/usr/bin/time', args, { encoding: 'utf8' });
  const direct = ran.error ? spawnSync(process.execPath, args.slice(1), { encoding: 'utf8' }) : ran;
  say('full verification s', (performance.now() - begun) / 1000);
  say('full verification says', JSON.parse(direct.stdout).result);
  const peak = /Maximum resident set size \(kbytes\): (\d+)/.exec(direct.stderr);
  if (peak) say('full verification MB', Number(peak[1]) / 1024);

  await migrate(config);
  const { NestFactory } = await import('@nestjs/core');
  const { Module } = await import('@nestjs/common');
  const { QueryBus } = await import('@nestjs/cqrs');
  class Views {}
  Module({ imports: [DecisionsModule.forRoot(store), ReadModelsModule.forRoot({ database: config })] })(Views);
  const app = await NestFactory.createApplicationContext(Views, { logger: ['error', 'fatal'] });
  begun = performance.now();
  await app.get(ProjectionHost).rebuild('system-inventory');
  say('rebuild with past, events/s', (Number(await store.head()) * 1000) / (performance.now() - begun));
  const head = Number(await store.head());
  for (const [name, request] of [
    ['list as of a position', {}],
    ['search as of a position', { q: '정보시스템 77' }],
  ]) {
    const times = [];
    for (let n = 0; n < 200; n++) {
      const asOf = BigInt(1 + Math.floor((head * ((n * 7919) % 1000)) / 1000));
      const started = performance.now();
      await app.get(QueryBus).execute(new ListSystems({ ...request, asOf }));
      times.push(performance.now() - started);
    }
    say(`${name} p50 ms`, percentile(times, 0.5));
    say(`${name} p99 ms`, percentile(times, 0.99));
  }
  await app.close();
  await store.close();
  await pool.end();
} finally {
  await embedded.destroy();
}
if (values.json) console.log(JSON.stringify(results, null, 2));

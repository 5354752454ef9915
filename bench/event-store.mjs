/**
 * Durable appends per second through the event store's front door, against raw single-row inserts into the same database in the
 * same run (autocommit, same width of row, same number of writers on as many connections); and events read per second.
 *
 *   node bench/event-store.mjs [--seconds 5] [--json]
 *
 * Measures the built code in dist/ on a durable embedded PostgreSQL in a temporary directory, or on DATABASE_URL when it is set
 * (which then keeps the events that were appended). Rounds of the two alternate, so that a noisy machine disturbs both.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '5' }, json: { type: 'boolean', default: false } },
});
const roundMs = (Number(values.seconds) * 1000) / 2;
const ROUNDS = 2;
const WRITERS = [1, 16];
const data = { note: 'x'.repeat(200) };
const metadata = { actor: 'person-1', schema: '1' };

const { EmbeddedPostgres, PostgresEventStore, serverDatabase } = await import('../dist/libs/event-store/src/index.js').catch(
  () => {
    console.error('dist/ is missing: run npm run build first');
    process.exit(1);
  },
);

const embedded = process.env.DATABASE_URL
  ? undefined
  : await EmbeddedPostgres.open({ directory: mkdtempSync(join(tmpdir(), 'sajeon-bench-')) });
const config = embedded?.config ?? serverDatabase();
try {
  const results = await measure();
  if (values.json) console.log(JSON.stringify(results, null, 2));
  else report(results);
} finally {
  await embedded?.destroy();
}

async function measure() {
  const pool = new pg.Pool({ ...config, max: Math.max(...WRITERS) });
  pool.on('error', () => undefined); // its last connections may still be closing when the server stops
  const raw = `raw_row_${randomUUID().slice(0, 8)}`;
  await pool.query(
    `create table ${raw} (position bigint generated always as identity primary key, stream text not null, revision bigint not null,
       id uuid not null, type text not null, data json not null, metadata json not null, recorded_at timestamptz not null,
       unique (stream, revision), unique (stream, id))`,
  );
  const store = await PostgresEventStore.open(config);
  const insert = (stream, revision) =>
    pool.query({
      name: 'raw',
      text: `insert into ${raw} (stream, revision, id, type, data, metadata, recorded_at) values ($1, $2, $3, $4, $5, $6, now())`,
      values: [stream, revision, randomUUID(), 'note-taken', JSON.stringify(data), JSON.stringify(metadata)],
    });
  const append = (stream, revision) =>
    store.append(stream, revision === 0 ? 'none' : BigInt(revision - 1), [
      { id: randomUUID(), type: 'note-taken', data, metadata },
    ]);

  await run(append, 4, 500);
  await run(insert, 4, 500);
  const appends = [];
  for (const writers of WRITERS) {
    const sums = { store: empty(), raw: empty() };
    for (let round = 0; round < ROUNDS; round++) {
      add(sums.raw, await run(insert, writers, roundMs));
      add(sums.store, await run(append, writers, roundMs));
    }
    appends.push({ writers, store: summary(sums.store), raw: summary(sums.raw), ratio: rate(sums.store) / rate(sums.raw) });
  }

  const started = performance.now();
  let events = 0;
  for await (const event of store.readAll()) events += event.position > 0n ? 1 : 0;
  const readAll = { events, perSecond: Math.round(events / ((performance.now() - started) / 1000)) };
  await store.close();
  await pool.query(`drop table ${raw}`);
  await pool.end();
  return { appends, readAll };
}

/** Writers that each write to a stream of their own, one after the other, for that long. */
async function run(write, writers, ms) {
  const until = performance.now() + ms;
  const started = performance.now();
  const latencies = [];
  await Promise.all(
    Array.from({ length: writers }, async () => {
      const stream = `bench-${randomUUID()}`;
      for (let revision = 0; performance.now() < until; revision++) {
        const before = performance.now();
        await write(stream, revision);
        latencies.push(performance.now() - before);
      }
    }),
  );
  return { latencies, seconds: (performance.now() - started) / 1000 };
}

function empty() {
  return { latencies: [], seconds: 0 };
}

function add(sum, { latencies, seconds }) {
  sum.latencies.push(...latencies);
  sum.seconds += seconds;
}

function rate({ latencies, seconds }) {
  return latencies.length / seconds;
}

function summary(sum) {
  const sorted = sum.latencies.toSorted((a, b) => a - b);
  const quantile = (q) => Number((sorted[Math.floor(sorted.length * q)] ?? 0).toFixed(2));
  return { perSecond: Math.round(rate(sum)), p50Ms: quantile(0.5), p99Ms: quantile(0.99) };
}

function report({ appends, readAll }) {
  console.log('durable appends of one event, against raw single-row inserts into the same database');
  for (const { writers, store, raw, ratio } of appends) {
    console.log(
      `  ${String(writers).padStart(2)} writer${writers === 1 ? ' ' : 's'}  append ${store.perSecond}/s (p50 ${store.p50Ms} ms, p99 ${store.p99Ms} ms)` +
        `   raw insert ${raw.perSecond}/s (p50 ${raw.p50Ms} ms, p99 ${raw.p99Ms} ms)   ratio ${ratio.toFixed(2)}`,
    );
  }
  console.log(`read everything: ${readAll.perSecond} events/s (${readAll.events} events)`);
}

// How long does one screening take, what does the index cost, and how do both grow? Beside it, on the same records and plans: MiniSearch,
// and PostgreSQL with pg_trgm and a GIN index. Needs the compiled engine: npm run build.
//
//   node bench/overlap-latency.mjs [--sizes 1000,10000,20000,100000,1000000] [--peers-to 20000] [--queries N] [--json] [--engine FILE]
//
// Wall time says what a user waits on this machine as busy as it is; CPU time says what the work costs. A million records are read
// in two to four minutes of CPU time and need 4 GB, with a snapshot beside it; leave them out, or ask for nothing else, with --sizes.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { miniSearch } from './overlap-baselines.mjs';
import { distractors } from './overlap-set/distractors.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const { values: options } = parseArgs({
  options: {
    sizes: { type: 'string', default: '1000,10000,20000,100000,1000000' },
    'peers-to': { type: 'string', default: '20000' },
    queries: { type: 'string', default: '100' },
    json: { type: 'boolean', default: false },
    engine: { type: 'string', default: join(here, '../dist/libs/overlap/src/index.js') },
    one: { type: 'string' },
  },
});

const list = (text) => (Array.isArray(text) ? text : text ? text.split(/\s*,\s*/) : []);
const record = (row) => ({
  id: row.id,
  kind: 'system',
  agency: row.agency,
  level: row.level,
  title: row.title,
  purpose: row.purpose,
  functions: row.functions,
  users: list(row.users),
  data: list(row.data),
  technologies: list(row.tech),
  text: '',
});
const textOf = (r) => [r.title, r.purpose, ...r.functions, ...r.users, ...r.data].join(' ');

const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
const spread = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  return { p50: at(sorted, 0.5), p95: at(sorted, 0.95), p99: at(sorted, 0.99) };
};

async function timed(run, plans, times) {
  const wall = [];
  const cpu = [];
  for (let i = 0; i < times; i++) {
    const [started, before] = [performance.now(), process.cpuUsage()];
    await run(plans[i % plans.length]);
    const { user, system } = process.cpuUsage(before);
    wall.push(performance.now() - started);
    cpu.push((user + system) / 1000);
  }
  return { wall: spread(wall), cpu: spread(cpu) };
}

/** One size in a process of its own, so that memory is that of one index. */
async function measure(size) {
  const { loadAnalyzer, OverlapIndex } = await import(pathToFileURL(resolve(options.engine)));
  const analyzer = await loadAnalyzer();
  const queries = Number(options.queries);
  const plans = readFileSync(join(here, 'overlap-set/cards.jsonl'), 'utf8')
    .split('\n')
    .filter((l) => l !== '')
    .map((l) => record(JSON.parse(l)));
  let index = new OverlapIndex({ analyzer });
  index.put(record([...distractors(1)][0]), 0n);
  globalThis.gc?.();
  const before = process.memoryUsage();
  const started = performance.now();
  let position = 0n;
  // The longest that one record holds up everything else: mostly where an epoch closes.
  let longestPut = 0;
  for (const row of distractors(size)) {
    const r = record(row);
    const { user, system } = process.cpuUsage();
    index.put(r, ++position);
    const spent = process.cpuUsage({ user, system });
    longestPut = Math.max(longestPut, (spent.user + spent.system) / 1000);
  }
  const buildSeconds = (performance.now() - started) / 1000;
  // As a service does beside its work, after a start and after every epoch.
  const warming = performance.now();
  for (const _step of index.warming());
  const warmSeconds = (performance.now() - warming) / 1000;
  const first = await timed((p) => index.screen(p), plans, 1);
  plans.slice(0, 40).forEach((p) => index.screen(p));
  globalThis.gc?.();
  const after = process.memoryUsage();
  // `external` holds the array buffers too.
  const held = (m) => (m.heapUsed + m.external) / 1048576;
  const row = {
    size,
    buildSeconds,
    longestPut,
    warmSeconds,
    first,
    heldMegabytes: held(after) - held(before),
    rssMegabytes: after.rss / 1048576,
  };
  row.screen = await timed((p) => index.screen(p), plans, queries);
  const title = (p) => ({ ...p, purpose: '', functions: [], users: [], data: [], technologies: [] });
  row.title = await timed((p) => index.screen(title(p)), plans, queries);
  row.addThenScreen = await timed(
    (p) => {
      index.put({ ...p, id: `added-${++position}` }, position);
      index.screen(p, { limit: 1 });
    },
    plans,
    Math.min(queries, 50),
  );
  const [saving, bytes] = [performance.now(), index.snapshot()];
  const saved = performance.now();
  // Not two of them in memory at once: a new process has no other either.
  index = null;
  globalThis.gc?.();
  const [restoring, unspent] = [performance.now(), process.cpuUsage()];
  OverlapIndex.restore(bytes, { analyzer });
  const spent = process.cpuUsage(unspent);
  row.snapshot = {
    megabytes: bytes.length / 1048576,
    saveSeconds: (saved - saving) / 1000,
    restoreSeconds: (performance.now() - restoring) / 1000,
    restoreCpuSeconds: (spent.user + spent.system) / 1e6,
  };
  if (size <= Number(options['peers-to'])) {
    const documents = [...distractors(size)].map(record).map((r) => ({ id: r.id, text: textOf(r) }));
    const search = miniSearch(documents);
    row.minisearch = await timed((p) => search(textOf(p), new Set(), 10), plans, Math.min(queries, 40));
    row.pg_trgm = await postgres(documents, plans);
  }
  return row;
}

/** `body % plan`, the most similar ten, by a GIN index over trigrams. */
async function postgres(documents, plans) {
  const { openStorage } = await import(pathToFileURL(resolve(here, '../dist/libs/event-store/src/index.js')));
  const { default: pg } = await import('pg');
  const home = mkdtempSync(join(tmpdir(), 'sajeon-bench-'));
  const storage = await openStorage({ SAJEON_HOME: home });
  const client = new pg.Client(storage.database);
  try {
    await client.connect();
    await client.query('create extension if not exists pg_trgm');
    await client.query('create table bench_system (id text primary key, body text not null)');
    for (let start = 0; start < documents.length; start += 5000) {
      const part = documents.slice(start, start + 5000);
      await client.query('insert into bench_system select * from unnest($1::text[], $2::text[])', [
        part.map((d) => d.id),
        part.map((d) => d.text),
      ]);
    }
    await client.query('create index on bench_system using gin (body gin_trgm_ops)');
    await client.query('analyze bench_system');
    await client.query('set pg_trgm.similarity_threshold = 0.1');
    const ask = (p) =>
      client.query('select id, similarity(body, $1) as s from bench_system where body % $1 order by s desc, id limit 10', [
        textOf(p),
      ]);
    await ask(plans[0]);
    const { wall } = await timed(ask, plans, 20);
    return { wall };
  } finally {
    await client.end();
    await storage.close();
    rmSync(home, { recursive: true, force: true });
  }
}

if (options.one) {
  process.stdout.write(JSON.stringify(await measure(Number(options.one))));
  process.exit();
}

const rows = [];
const ms = (x) => (x ? `${x.p50.toFixed(1)} / ${x.p95.toFixed(1)} / ${x.p99.toFixed(1)}` : '-').padStart(22);
if (!options.json) {
  console.log(
    'p50 / p95 / p99 in ms' +
      ['plan, wall', 'plan, CPU', 'title, wall', 'title, CPU', 'add and screen', 'MiniSearch', 'pg_trgm']
        .map((x) => x.padStart(22))
        .join('') +
      '   build    held  restart, wall and CPU  first, CPU  longest put, CPU',
  );
}
for (const size of options.sizes.split(',')) {
  const { stdout, status } = spawnSync(
    process.execPath,
    ['--expose-gc', '--max-old-space-size=8192', fileURLToPath(import.meta.url), '--one', size, ...process.argv.slice(2)],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 1 << 26 },
  );
  if (status !== 0) {
    process.exitCode = 1;
    continue;
  }
  const r = JSON.parse(stdout);
  rows.push(r);
  if (options.json) continue;
  console.log(
    `${String(r.size).padStart(13)} systems${ms(r.screen.wall)}${ms(r.screen.cpu)}${ms(r.title.wall)}${ms(r.title.cpu)}${ms(r.addThenScreen.wall)}` +
      `${ms(r.minisearch?.wall)}${ms(r.pg_trgm?.wall)}${r.buildSeconds.toFixed(1).padStart(6)} s${r.heldMegabytes.toFixed(0).padStart(5)} MB` +
      `${r.snapshot.restoreSeconds.toFixed(1).padStart(13)} s${r.snapshot.restoreCpuSeconds.toFixed(1).padStart(6)} s` +
      `${r.first.cpu.p50.toFixed(1).padStart(9)} ms${r.longestPut.toFixed(0).padStart(15)} ms`,
  );
}
if (options.json) console.log(JSON.stringify(rows));

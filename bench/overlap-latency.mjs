// How long does one screening take, and what does the index cost? Beside it, in the same run: a scan by trigram similarity, what
// a database does with pg_trgm when the whole plan is the query. Needs the compiled engine: npm run build.
//
//   node bench/overlap-latency.mjs [--sizes 1000,10000,100000] [--queries N] [--json] [--engine FILE]
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { bm25Words, trigramScan } from './overlap-baselines.mjs';
import { distractors } from './overlap-set/distractors.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const { values: options } = parseArgs({
  options: {
    sizes: { type: 'string', default: '1000,10000,100000' },
    queries: { type: 'string', default: '100' },
    json: { type: 'boolean', default: false },
    engine: { type: 'string', default: join(here, '../dist/libs/overlap/src/index.js') },
  },
});
const { loadAnalyzer, OverlapIndex } = await import(pathToFileURL(resolve(options.engine)));

const list = (text) => (Array.isArray(text) ? text : text ? text.split(/\s*,\s*/) : []);
const record = (row) => ({
  id: row.id,
  kind: 'system',
  agency: row.agency,
  title: row.title,
  purpose: row.purpose,
  functions: row.functions,
  users: list(row.users),
  data: list(row.data),
  technologies: list(row.tech),
  text: '',
});
const textOf = (r) => [r.title, r.purpose, ...r.functions, ...r.users, ...r.data].join(' ');
const plans = readFileSync(join(here, 'overlap-set/cards.jsonl'), 'utf8')
  .split('\n')
  .filter((l) => l !== '')
  .map((l) => record(JSON.parse(l)));

function timed(run, times) {
  const took = [];
  for (let i = 0; i < times; i++) {
    const t = process.hrtime.bigint();
    run(plans[i % plans.length]);
    took.push(Number(process.hrtime.bigint() - t) / 1e6);
  }
  took.sort((a, b) => a - b);
  return { p50: took[Math.floor(took.length / 2)], p95: took[Math.floor(took.length * 0.95)] };
}

const megabytes = () => {
  globalThis.gc?.();
  return process.memoryUsage().rss / 1048576;
};

const analyzer = await loadAnalyzer();
const queries = Number(options.queries);
const rows = [];
for (const size of options.sizes.split(',').map(Number)) {
  const records = [...distractors(size)].map(record);
  const before = megabytes();
  const started = process.hrtime.bigint();
  const index = new OverlapIndex({ analyzer });
  records.forEach((r, i) => index.put(r, BigInt(i + 1)));
  const buildSeconds = Number(process.hrtime.bigint() - started) / 1e9;
  plans.slice(0, 5).forEach((p) => index.screen(p));
  const addedMegabytes = megabytes() - before;
  const screen = timed((p) => index.screen(p), queries);
  const title = timed((p) => index.screen({ ...p, purpose: '', functions: [], users: [], data: [], technologies: [] }), queries);
  let position = BigInt(size);
  const add = timed(
    (p) => {
      position += 1n;
      index.put({ ...p, id: `added-${position}` }, position);
      index.screen(p, { limit: 1 });
    },
    Math.min(queries, 50),
  );
  const documents = records.map((r) => ({ id: r.id, text: textOf(r) }));
  const none = new Set();
  const scan = trigramScan(documents);
  const trigram = timed((p) => scan(textOf(p), none, 10), Math.min(queries, size > 20000 ? 10 : 40));
  const rank = bm25Words(documents);
  const bm25 = timed((p) => rank(textOf(p), none, 10), Math.min(queries, 40));
  rows.push({ size, buildSeconds, addedMegabytes, screen, title, addThenScreen: add, trigram, bm25 });
}

if (options.json) {
  console.log(JSON.stringify(rows));
} else {
  const ms = ({ p50, p95 }) => `${p50.toFixed(1)} / ${p95.toFixed(1)}`.padStart(16);
  console.log('p50 / p95 in ms      whole plan      title only  add and screen    trigram scan    bm25 (words)   build   added');
  for (const r of rows) {
    console.log(
      `${String(r.size).padStart(8)} systems${ms(r.screen)}${ms(r.title)}${ms(r.addThenScreen)}${ms(r.trigram)}${ms(r.bm25)}` +
        `${r.buildSeconds.toFixed(1).padStart(6)} s${r.addedMegabytes.toFixed(0).padStart(5)} MB`,
    );
  }
}

// How well does the overlap engine find what is the same in other words? Beside it, in the same run: plain full-text search and
// trigram similarity. Needs the compiled engine: npm run build.
//
//   node bench/overlap-eval.mjs [--data DIR] [--records N] [--query plan|text|title] [--inventory plan|text] [--json] [--features FILE] [--engine FILE]
//   node bench/overlap-eval.mjs --cases sample/real-cases.jsonl [--records N] [--json] [--show]    real projects, with 0 and N distractors
import { readFileSync, writeFileSync, existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { bm25Bigrams, bm25Words, trigramScan } from './overlap-baselines.mjs';
import { measureCases } from './overlap-cases.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const { values: options } = parseArgs({
  options: {
    data: { type: 'string', default: join(here, 'overlap-set') },
    records: { type: 'string', default: '20000' },
    query: { type: 'string', default: 'plan' },
    inventory: { type: 'string', default: 'plan' },
    json: { type: 'boolean', default: false },
    features: { type: 'string' },
    cases: { type: 'string' },
    'no-baselines': { type: 'boolean', default: false },
    show: { type: 'boolean', default: false },
    engine: { type: 'string', default: join(here, '../dist/libs/overlap/src/index.js') },
  },
});

const { loadAnalyzer, OverlapIndex, THRESHOLD } = await import(pathToFileURL(resolve(options.engine)));
const { distractors } = await import(pathToFileURL(resolve(options.data, 'distractors.mjs')));
const lines = (file) =>
  readFileSync(join(options.data, file), 'utf8')
    .split('\n')
    .filter((l) => l.trim() !== '')
    .map((l) => JSON.parse(l));

const list = (value) =>
  Array.isArray(value) ? value : typeof value === 'string' ? value.split(/\s*,\s*/).filter((s) => s !== '') : [];
const record = (row) => ({
  id: row.id,
  kind: 'system',
  agency: row.agency ?? '',
  level: row.level ?? '',
  title: row.title ?? '',
  purpose: row.purpose ?? '',
  functions: list(row.functions),
  users: list(row.users),
  data: list(row.data),
  technologies: list(row.tech),
  text: row.text ?? '',
});
const SHAPES = {
  plan: (r) => r,
  title: (r) => ({ ...r, purpose: '', functions: [], users: [], data: [], technologies: [], text: '' }),
  /** As a press text or an old register has it: a title and one paragraph. */
  text: (r) => ({ ...SHAPES.title(r), text: [r.purpose, r.functions.join(', '), r.text].filter((s) => s !== '').join('. ') }),
};
const textOf = (r) => [r.title, r.purpose, ...r.functions, ...r.users, ...r.data, r.text].join(' ');

if (options.cases) {
  const analyzer = await loadAnalyzer();
  const results = [true, false].flatMap((systemsOnly) =>
    measureCases({
      file: options.cases,
      shape: record,
      make: (records) => {
        const index = new OverlapIndex({ analyzer });
        records.forEach((r, i) => index.put(r, BigInt(i + 1)));
        return index;
      },
      distractors,
      sizes: [0, Number(options.records)],
      threshold: THRESHOLD,
      show: options.show,
      systemsOnly,
    }),
  );
  if (options.json) console.log(JSON.stringify({ cases: results }));
  else {
    console.log(
      'inventory             distractors  named system in the first ten    MRR  of all named  flagged  absurd  projects with an absurd flag  too short',
    );
    for (const r of results) {
      console.log(
        `${r.inventory.padEnd(20)}  ${String(r.distractors).padStart(11)}  ${`${r.hits} of ${r.cases} (${(r.hits / r.cases).toFixed(2)})`.padStart(29)}  ${r.mrr.toFixed(2)}` +
          `${`${r.namedFound} of ${r.named}`.padStart(14)}${String(r.flaggedPairs).padStart(9)}${String(r.absurdPairs).padStart(8)}` +
          `${`${r.absurdProjects} of ${r.projects}`.padStart(30)}${String(r.unjudgeable).padStart(11)}`,
      );
    }
  }
  process.exit();
}

const cards = lines('cards.jsonl');
const queries = existsSync(join(options.data, 'queries.jsonl')) ? lines('queries.jsonl') : [];
const records = [...cards.map(record)];
for (const row of distractors(Math.max(0, Number(options.records) - cards.length))) records.push(record(row));
const byId = new Map(records.map((r) => [r.id, r]));
const familyOf = new Map(cards.map((c) => [c.id, c.family]));

const started = process.hrtime.bigint();
const index = await OverlapIndex.create();
records.forEach((r, i) => index.put(SHAPES[options.inventory](r), BigInt(i + 1)));
const buildSeconds = Number(process.hrtime.bigint() - started) / 1e9;

const DEPTH = 50;
const systems = {
  sajeon: (plan, exclude) =>
    index.screen(plan, { exclude, limit: DEPTH }).candidates.map((c) => ({ id: c.id, score: c.probability })),
};
if (!options['no-baselines']) {
  const documents = records.map((r) => ({ id: r.id, text: textOf(r) }));
  const baselines = {
    'bm25-words': bm25Words(documents),
    'bm25-bigrams': bm25Bigrams(documents),
    trigram: trigramScan(documents),
  };
  for (const [name, rank] of Object.entries(baselines)) systems[name] = (plan, exclude) => rank(textOf(plan), exclude, DEPTH);
}

/** Metrics over the queries; `calibrated` systems give probabilities, so that their calibration error means something. */
function measure(rank, calibrated) {
  const sums = { hit1: 0, recall10: 0, mrr: 0, ndcg10: 0 };
  const pairs = [];
  let positives = 0;
  const nearest = [];
  for (const q of queries) {
    const card = byId.get(q.qid);
    const plan = SHAPES[options.query](card);
    const same = new Set(q.rel2);
    const sibling = new Set(q.rel1);
    const ranked = rank(plan, new Set([q.qid]));
    positives += same.size;
    const first = ranked.findIndex((r) => same.has(r.id));
    if (first === 0) sums.hit1++;
    if (first >= 0) sums.mrr += 1 / (first + 1);
    const top = ranked.slice(0, 10);
    sums.recall10 += top.filter((r) => same.has(r.id)).length / Math.min(10, same.size || 1);
    const gain = (id) => (same.has(id) ? 3 : sibling.has(id) ? 1 : 0);
    const dcg = (gains) => gains.reduce((s, g, i) => s + g / Math.log2(i + 2), 0);
    const ideal = dcg([...q.rel2.map(() => 3), ...q.rel1.map(() => 1)].slice(0, 10));
    sums.ndcg10 += ideal > 0 ? dcg(top.map((r) => gain(r.id))) / ideal : 0;
    for (const r of ranked)
      pairs.push({ score: r.score, right: same.has(r.id), family: familyOf.get(q.qid), pair: `${q.qid} ${r.id}` });
    if (options.show && calibrated) nearest.push({ q, plan, top });
  }
  const n = queries.length || 1;
  pairs.sort((a, b) => b.score - a.score || (a.pair < b.pair ? -1 : 1));
  let found = 0;
  let ap = 0;
  pairs.forEach((p, i) => {
    if (p.right) ap += ++found / (i + 1);
  });
  const result = {
    hit1: sums.hit1 / n,
    recall10: sums.recall10 / n,
    mrr: sums.mrr / n,
    ndcg10: sums.ndcg10 / n,
    flagAP: positives ? ap / positives : 0,
  };
  if (calibrated) Object.assign(result, calibration(pairs, positives));
  if (options.show && calibrated) show(nearest);
  return Object.fromEntries(
    Object.entries(result).map(([k, v]) => [k, typeof v === 'number' ? Math.round(v * 10000) / 10000 : v]),
  );
}

/** Expected calibration error over pairs with probability above 0.05, in ten bins; and what flagging at one half would do. */
function calibration(pairs, positives) {
  const bins = Array.from({ length: 10 }, () => ({ n: 0, p: 0, right: 0 }));
  const counted = pairs.filter((p) => p.score > 0.05);
  for (const p of counted) {
    const bin = bins[Math.min(9, Math.floor(p.score * 10))];
    bin.n++;
    bin.p += p.score;
    if (p.right) bin.right++;
  }
  const ece = counted.length ? bins.reduce((s, b) => s + Math.abs(b.p - b.right), 0) / counted.length : 0;
  const flagged = pairs.filter((p) => p.score >= 0.5);
  const right = flagged.filter((p) => p.right).length;
  return {
    ece,
    flagPrecision: flagged.length ? right / flagged.length : 0,
    flagRecall: positives ? right / positives : 0,
    bins: bins.map((b, i) => ({
      from: i / 10,
      n: b.n,
      said: b.n ? +(b.p / b.n).toFixed(3) : null,
      was: b.n ? +(b.right / b.n).toFixed(3) : null,
    })),
  };
}

function show(nearest) {
  for (const { q, plan, top } of nearest) {
    console.log(`\n${q.qid} ${plan.title}`);
    for (const r of top) {
      console.log(
        `  ${q.rel2.includes(r.id) ? '2' : q.rel1.includes(r.id) ? '1' : ' '} ${r.score} ${r.id} ${byId.get(r.id).title}`,
      );
    }
  }
}

if (options.features) {
  const rows = [];
  for (const q of queries) {
    const card = byId.get(q.qid);
    const plan = SHAPES[options.query](card);
    for (const { id, features } of index.features(plan, { exclude: new Set([q.qid]) })) {
      rows.push(
        JSON.stringify({
          q: q.qid,
          family: familyOf.get(q.qid),
          id,
          grade: q.rel2.includes(id) ? 2 : q.rel1.includes(id) ? 1 : 0,
          ...features,
        }),
      );
    }
  }
  writeFileSync(options.features, rows.join('\n'));
}

const report = {
  records: records.length,
  queries: queries.length,
  query: options.query,
  inventory: options.inventory,
  buildSeconds,
  systems: {},
};
for (const [name, rank] of Object.entries(systems)) report.systems[name] = measure(rank, name === 'sajeon');

if (options.json) {
  console.log(JSON.stringify(report));
} else {
  console.log(
    `${report.records} records, ${report.queries} queries (${report.query}, records as ${report.inventory}), index built in ${buildSeconds.toFixed(1)} s\n`,
  );
  const columns = ['hit1', 'recall10', 'mrr', 'ndcg10', 'flagAP', 'ece'];
  console.log(['system'.padEnd(14), ...columns.map((c) => c.padStart(9))].join(''));
  for (const [name, m] of Object.entries(report.systems)) {
    console.log([name.padEnd(14), ...columns.map((c) => (m[c] === undefined ? '-' : m[c].toFixed(3)).padStart(9))].join(''));
  }
  const { bins, flagPrecision, flagRecall } = report.systems.sajeon;
  console.log(`\nflagged at 0.5: precision ${flagPrecision.toFixed(3)}, recall ${flagRecall.toFixed(3)}`);
  console.log(
    'probability said → was (pairs): ' +
      bins
        .filter((b) => b.n)
        .map((b) => `${b.said}→${b.was} (${b.n})`)
        .join('  '),
  );
}

// How well does the overlap engine find what is the same in other words? In the same run, what an office could have without us: LIKE,
// trigram similarity, a search library, BM25 on letter pairs and on morphemes. Needs the compiled engine: npm run build.
//
//   npm run --silent eval:overlap -- [--data DIR] [--cases FILE] [--records N] [--json] [--cross-validate]
//
//   --data DIR         a directory in the form of bench/overlap-set; with parakqc.*.jsonl or kluests.pairs.jsonl in it, these too
//   --cases FILE       real projects in the form of sample/real-cases.jsonl instead, with 0 and N distractors
//   --cross-validate   fit the weights on all families but the one asked about; without it, the shipped engine as it is
//   --query, --inventory plan|text|title   what queries and records tell      --no-baselines, --no-extras   less of it
//   --features FILE    write the features of all pairs      --show   the lists themselves      --engine FILE   another build
import { readFileSync, writeFileSync, existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { bm25Bigrams, bm25Morphemes, like, miniSearch, trigramScan } from './overlap-baselines.mjs';
import { measureCases } from './overlap-cases.mjs';
import { measureCopies } from './overlap-copies.mjs';
import { fitted } from './overlap-fit.mjs';
import { averagePrecision, measured } from './overlap-measures.mjs';

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
    'cross-validate': { type: 'boolean', default: false },
    'no-baselines': { type: 'boolean', default: false },
    'no-extras': { type: 'boolean', default: false },
    show: { type: 'boolean', default: false },
    engine: { type: 'string', default: join(here, '../dist/libs/overlap/src/index.js') },
  },
});

const { loadAnalyzer, OverlapIndex, SHIPPED, THRESHOLD } = await import(pathToFileURL(resolve(options.engine)));
const generator = resolve(options.data, 'distractors.mjs');
const { distractors } = await import(
  pathToFileURL(existsSync(generator) ? generator : join(here, 'overlap-set/distractors.mjs'))
);
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

const analyzer = await loadAnalyzer();
const given = (file) => existsSync(join(options.data, file));
const cards = given('cards.jsonl') ? lines('cards.jsonl') : [];
const queries = given('queries.jsonl') ? lines('queries.jsonl') : [];
const records = cards.map(record);
for (const row of distractors(Math.max(0, Number(options.records) - cards.length))) records.push(record(row));
const byId = new Map(records.map((r) => [r.id, r]));
const familyOf = new Map(cards.map((c) => [c.id, c.family]));

const started = process.hrtime.bigint();
const index = new OverlapIndex({ analyzer });
records.forEach((r, i) => index.put(SHAPES[options.inventory](r), BigInt(i + 1)));
const buildSeconds = Number(process.hrtime.bigint() - started) / 1e9;

const DEPTH = 50;
/** Kind of weights that pairs of a shape are scored with. */
const KIND = { plan: 'full', text: 'text', title: 'brief' };

/** By family the weights fitted on all the others, from weights that are all the same. */
function folds(shape) {
  const rows = queries.flatMap((q) =>
    index
      .features(SHAPES[shape](byId.get(q.qid)), { exclude: new Set([q.qid]) })
      .map(({ id, features }) => ({ family: familyOf.get(q.qid), right: q.rel2.includes(id), features })),
  );
  const kind = options.inventory === 'plan' ? KIND[shape] : 'text';
  const even = { bias: -10, of: Object.fromEntries(Object.keys(SHIPPED[kind].of).map((k) => [k, 3])) };
  return new Map(
    [...new Set(rows.map((r) => r.family))].map((family) => [
      family,
      {
        ...SHIPPED,
        id: `without-${family}`,
        [kind]: fitted(
          rows.filter((r) => r.family !== family),
          even,
        ),
      },
    ]),
  );
}

/** The rankings of our engine, by query. */
function ours(shape) {
  const weights = options['cross-validate'] ? folds(shape) : new Map();
  return queries.map((q) => {
    const plan = SHAPES[shape](byId.get(q.qid));
    const exclude = new Set([q.qid]);
    const fold = weights.get(familyOf.get(q.qid)) ?? SHIPPED;
    const { candidates } = index.screen(plan, { exclude, limit: DEPTH, weights: fold });
    return { ...q, plan, rank: candidates.map((c) => ({ id: c.id, score: c.probability })) };
  });
}

const report = {
  records: records.length,
  queries: queries.length,
  query: options.query,
  inventory: options.inventory,
  crossValidated: options['cross-validate'],
  buildSeconds,
  systems: {},
};

const mine = ours(options.query);
report.systems.sajeon = measured(mine, true);
const BASELINES = {
  like: (documents) => like(documents),
  pg_trgm: (documents) => trigramScan(documents),
  minisearch: (documents) => miniSearch(documents),
  'bm25-bigrams': (documents) => bm25Bigrams(documents),
  'bm25-morphemes': (documents) => bm25Morphemes(documents, analyzer),
};
if (!options['no-baselines']) {
  const documents = records.map((r) => ({ id: r.id, text: textOf(SHAPES[options.inventory](r)) }));
  for (const [name, make] of Object.entries(BASELINES)) {
    const rank = make(documents);
    report.systems[name] = measured(
      queries.map((q) => ({ ...q, rank: rank(textOf(SHAPES[options.query](byId.get(q.qid))), new Set([q.qid]), DEPTH) })),
    );
  }
}

if (!options['no-extras']) {
  if (options.query === 'plan' && queries.length > 0) {
    report.titleOnly = measured(ours('title'), true);
    const copies = measureCopies({ index, sources: cards.map(record), averagePrecision });
    report.nearCopies = { ap: round(copies.ap), byEdit: copies.byEdit };
  }
  if (given('parakqc.docs.jsonl')) report.paraKQC = paraphrases();
  report.compounds = boundaries();
}

function round(x) {
  return Math.round(x * 10000) / 10000;
}

/** Questions of general Korean, ten wordings of each: recall of the others among the first ten. */
function paraphrases() {
  const passage = (id, text) => record({ id, text });
  const questions = new OverlapIndex({ analyzer });
  const docs = lines('parakqc.docs.jsonl');
  docs.forEach((d, i) => questions.put(passage(d.id, d.text), BigInt(i + 1)));
  const asked = lines('parakqc.queries.jsonl');
  const of = (rank) => {
    const { recall10, hit1 } = measured(asked.map((q) => ({ qid: q.qid, rel2: q.rel, rank: rank(q) })));
    return { recall10, hit1 };
  };
  const systems = {
    sajeon: of((q) =>
      questions
        .screen(passage('', q.text), { exclude: new Set([q.qid]), limit: 10 })
        .candidates.map((c) => ({ id: c.id, score: c.probability })),
    ),
  };
  if (!options['no-baselines']) {
    for (const [name, make] of Object.entries(BASELINES)) {
      const rank = make(docs);
      systems[name] = of((q) => rank(q.text, new Set([q.qid]), 10));
    }
  }
  return systems;
}

/** Names written without spaces, split by hand: where does the analyzer cut them? */
function boundaries() {
  let right = 0;
  let said = 0;
  let gold = 0;
  const wrong = [];
  for (const line of readFileSync(join(here, 'overlap-set/compounds.txt'), 'utf8').split('\n')) {
    if (line === '') continue;
    const seams = (parts) => {
      const at = new Set();
      let n = 0;
      for (const p of parts.slice(0, -1)) at.add((n += p.length));
      return at;
    };
    const name = line.replaceAll('|', '');
    const expected = seams(line.split('|'));
    const cuts = new Set(analyzer.words(name).flatMap((w) => [w.start, w.end]));
    cuts.delete(0);
    cuts.delete(name.length);
    gold += expected.size;
    said += cuts.size;
    const hits = [...cuts].filter((c) => expected.has(c)).length;
    right += hits;
    if (hits !== expected.size || hits !== cuts.size) wrong.push(line);
  }
  return { f1: round((2 * right) / (said + gold)), wrong };
}

if (options.features) {
  const rows = queries.flatMap((q) =>
    index.features(SHAPES[options.query](byId.get(q.qid)), { exclude: new Set([q.qid]) }).map(({ id, features }) =>
      JSON.stringify({
        q: q.qid,
        family: familyOf.get(q.qid),
        id,
        grade: q.rel2.includes(id) ? 2 : q.rel1.includes(id) ? 1 : 0,
        ...features,
      }),
    ),
  );
  writeFileSync(options.features, rows.join('\n'));
}

if (options.json) {
  console.log(JSON.stringify(report));
} else {
  if (options.show) {
    for (const { qid, rel2, rel1, plan, rank } of mine) {
      console.log(`\n${qid} ${plan.title}`);
      for (const r of rank.slice(0, 10)) {
        const grade = rel2.includes(r.id) ? '2' : rel1.includes(r.id) ? '1' : ' ';
        console.log(`  ${grade} ${r.score} ${r.id} ${byId.get(r.id).title}`);
      }
    }
  }
  console.log(
    `${report.records} records, ${report.queries} queries (${report.query}, records as ${report.inventory}), ` +
      `${report.crossValidated ? 'weights fitted without the family asked about' : 'the engine as shipped'}, index built in ${buildSeconds.toFixed(1)} s\n`,
  );
  const columns = ['hit1', 'recall10', 'mrr', 'ndcg10', 'flagAP', 'ece'];
  const line = (name, m) =>
    console.log([name.padEnd(22), ...columns.map((c) => (m[c] === undefined ? '-' : m[c].toFixed(3)).padStart(9))].join(''));
  console.log(['system'.padEnd(22), ...columns.map((c) => c.padStart(9))].join(''));
  for (const [name, m] of Object.entries(report.systems)) line(name, m);
  if (report.titleOnly) line('sajeon, title only', report.titleOnly);
  const { bins, flagPrecision, flagRecall, eceShown, eceAbove5, eceAbove5ByChance } = report.systems.sajeon;
  console.log(`\nflagged at 0.5: precision ${flagPrecision.toFixed(3)}, recall ${flagRecall.toFixed(3)}`);
  console.log(
    `calibration error: ${eceShown.toFixed(3)} over the ten shown, ${eceAbove5.toFixed(3)} over pairs above 0.05 (a perfect engine by chance: ${eceAbove5ByChance.toFixed(3)})`,
  );
  console.log(
    'probability said → was (pairs): ' +
      bins
        .filter((b) => b.n)
        .map((b) => `${b.said}→${b.was} (${b.n})`)
        .join('  '),
  );
  if (report.nearCopies) {
    console.log(`near-copies: AP ${report.nearCopies.ap.toFixed(3)}`);
    for (const [name, e] of Object.entries(report.nearCopies.byEdit))
      console.log(`  ${name.padEnd(14)} AP ${e.ap.toFixed(3)}, source first ${e.first.toFixed(3)}`);
  }
  for (const [name, m] of Object.entries(report.paraKQC ?? {}))
    console.log(`ParaKQC ${name.padEnd(16)} recall@10 ${m.recall10.toFixed(3)}  hit1 ${m.hit1.toFixed(3)}`);
  if (report.compounds)
    console.log(`compound boundaries: F1 ${report.compounds.f1.toFixed(3)} (wrong: ${report.compounds.wrong.join(', ')})`);
}

// How well does the overlap engine find what is the same in other words? In the same run, what an office could have without us: LIKE,
// trigram similarity, a search library, BM25 on letter pairs and on morphemes. Needs the compiled engine: npm run build.
//
//   npm run --silent eval:overlap -- [--data DIR] [--cases FILE] [--records N] [--json] [--cross-validate]
//
//   --data DIR         a directory in the form of bench/overlap-set; with parakqc.*.jsonl or kluests.pairs.jsonl in it, these too
//   --cases FILE       real projects in the form of sample/real-cases.jsonl, with 0 and N distractors: instead, or with --data as well
//   --records N        how many records are asked among, distractors filling up what the cards leave
//   --json             one JSON object and nothing else on stdout; the same input gives the same bytes
//   --cross-validate   fit the weights on all families but the one asked about; without it, the shipped engine as it is
//   --query, --inventory plan|text|title   what queries and records tell      --no-baselines, --no-extras   less of it
//   --features FILE    write the features of all pairs      --show   the lists themselves      --engine FILE   another build
import { writeFileSync, existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { bm25Bigrams, bm25Morphemes, like, miniSearch, trigramScan } from './overlap-baselines.mjs';
import { measureCases } from './overlap-cases.mjs';
import { measureCopies } from './overlap-copies.mjs';
import { fitted } from './overlap-fit.mjs';
import { directory, identified, labelled, list, rowsOf, text, Unusable, USAGE, wholeNumber } from './overlap-input.mjs';
import { averagePrecision, measured } from './overlap-measures.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..');

function optionsGiven() {
  try {
    return parseArgs({
      options: {
        data: { type: 'string' },
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
        engine: { type: 'string', default: join(root, 'dist/libs/overlap/src/index.js') },
      },
    }).values;
  } catch (error) {
    throw new Unusable(
      `옵션을 알 수 없습니다: ${error.message}\n쓰는 법: npm run --silent eval:overlap -- [--data 폴더] [--cases 파일] [--records 개수] [--json] [--cross-validate]`,
      `The options are not understood: ${error.message}\nUsage: npm run --silent eval:overlap -- [--data DIR] [--cases FILE] [--records N] [--json] [--cross-validate]`,
    );
  }
}

/** npm runs scripts in the package's folder; file names were typed in another. */
function located(path) {
  const typed = resolve(process.env.npm_lifecycle_event === 'eval:overlap' ? (process.env.INIT_CWD ?? '.') : '.', path);
  return existsSync(typed) ? typed : existsSync(resolve(path)) ? resolve(path) : typed;
}

async function evaluate() {
  const options = optionsGiven();
  const size = wholeNumber('records', options.records);
  for (const name of ['query', 'inventory'])
    if (!['plan', 'text', 'title'].includes(options[name]))
      throw new Unusable(
        `--${name} ${options[name]}: plan, text, title 가운데 하나를 적으세요.`,
        `--${name} ${options[name]}: give plan, text or title.`,
      );
  const data =
    options.data !== undefined
      ? directory(located(options.data), options.data)
      : options.cases === undefined
        ? join(here, 'overlap-set')
        : null;
  const cases = options.cases === undefined ? null : { file: located(options.cases) };
  if (cases) {
    cases.rows = realProjects(cases.file);
    if (cases.rows.length === 0)
      throw new Unusable(
        `${cases.file}: 비어 있습니다. sample/real-cases.jsonl과 같은 형식으로 사업을 한 줄에 하나씩 적으세요.`,
        `${cases.file}: it is empty. Write one project on each line, in the form of sample/real-cases.jsonl.`,
      );
    const roadmap = join(dirname(cases.file), 'egov-roadmap.jsonl');
    cases.others = existsSync(roadmap) ? realProjects(roadmap) : [];
  }
  const set = data === null ? null : labelledSet(data);
  const { distractors } = await generatorOf(data);
  const engine = await engineOf(options.engine);
  engine.analyzer = await engine.loadAnalyzer();

  const report = {};
  if (set) Object.assign(report, measureSet({ ...set, distractors, size, options, engine }));
  if (cases) {
    const { results, systems } = measureProjects({ ...cases, distractors, size, options, engine });
    report.systems ??= systems;
    report.cases = results;
  }
  if (options.json) console.log(JSON.stringify(report));
  else inWords(report);
}

async function engineOf(given) {
  const build = located(given);
  if (!existsSync(build))
    throw new Unusable(
      `${build}: 엔진이 없습니다. npm run build를 먼저 실행하세요.`,
      `${build}: there is no engine. Run npm run build first.`,
    );
  return { ...(await import(pathToFileURL(build))) };
}

/** The generator of the directory, or ours. */
async function generatorOf(data) {
  const own = data === null ? '' : join(data, 'distractors.mjs');
  if (!existsSync(own)) return import(pathToFileURL(join(here, 'overlap-set/distractors.mjs')));
  const refuse = (ko, en) => {
    throw new Unusable(
      `${own}: ${ko} \`export function* distractors(n)\`이 있어야 합니다.`,
      `${own}: ${en} It must have an \`export function* distractors(n)\`.`,
    );
  };
  let module;
  try {
    module = await import(pathToFileURL(own));
  } catch (error) {
    refuse(`불러올 수 없습니다(${error.message}).`, `it cannot be loaded (${error.message}).`);
  }
  if (typeof module.distractors !== 'function') refuse('distractors가 없습니다.', 'there is no distractors.');
  return module;
}

function record(row, where) {
  return {
    id: row.id,
    kind: 'system',
    agency: text(row, 'agency', where),
    level: text(row, 'level', where),
    title: text(row, 'title', where),
    purpose: text(row, 'purpose', where),
    functions: list(row, 'functions', where),
    users: list(row, 'users', where),
    data: list(row, 'data', where),
    technologies: list(row, 'tech', where),
    text: text(row, 'text', where),
  };
}

function warn(ko, en) {
  process.stderr.write(`${ko}\n${en}\n`);
}

/** What the files of a directory say; what is not there is not measured, but half of a pair of files is a mistake. */
function labelledSet(data) {
  const given = (file) => existsSync(join(data, file));
  const rows = (file) => rowsOf(join(data, file));
  for (const [a, b] of [
    ['cards.jsonl', 'queries.jsonl'],
    ['parakqc.docs.jsonl', 'parakqc.queries.jsonl'],
  ])
    for (const [here, missing] of [
      [a, b],
      [b, a],
    ])
      if (given(here) && !given(missing))
        throw new Unusable(
          `${join(data, missing)}: 파일이 없습니다. ${here}은(는) 이 파일과 함께 있어야 잴 수 있습니다.`,
          `${join(data, missing)}: there is no such file. ${here} can be measured only together with it.`,
        );
  const families = new Map();
  const cards = given('cards.jsonl')
    ? identified(rows('cards.jsonl')).map(({ row, where }) => {
        families.set(row.id, text(row, 'family', where) || row.id);
        return record(row, where);
      })
    : [];
  const ids = (all) => new Set(all.map((r) => r.id));
  const queries = given('queries.jsonl')
    ? labelled(rows('queries.jsonl'), ['rel2', 'rel1'], ids(cards), 'cards.jsonl', warn)
    : [];
  const questions = given('parakqc.docs.jsonl')
    ? identified(rows('parakqc.docs.jsonl')).map(({ row, where }) => ({ id: row.id, text: text(row, 'text', where) }))
    : [];
  const asked = given('parakqc.queries.jsonl')
    ? labelled(rows('parakqc.queries.jsonl'), ['rel'], ids(questions), 'parakqc.docs.jsonl', warn).map(
        ({ row, where, qid, rel }) => ({
          qid,
          rel,
          text: text(row, 'text', where),
        }),
      )
    : [];
  const sentences = given('kluests.pairs.jsonl')
    ? rows('kluests.pairs.jsonl').map(({ row, where }) => ({
        a: text(row, 'a', where),
        b: text(row, 'b', where),
        same: Number(row.dup) === 1,
      }))
    : [];
  if (queries.length + asked.length + sentences.length === 0)
    throw new Unusable(
      `${data}: 잴 것이 없습니다. cards.jsonl(레코드)과 queries.jsonl(qid, rel2, rel1)을 채우세요. 형식은 bench/overlap-set과 같습니다.`,
      `${data}: there is nothing to measure. Fill cards.jsonl (records) and queries.jsonl (qid, rel2, rel1), in the form of bench/overlap-set.`,
    );
  return { cards, families, queries, questions, asked, sentences };
}

/** Real projects with the names that an auditor said they overlap. */
function realProjects(file) {
  return identified(rowsOf(file)).map(({ row, where }) => ({
    ...record(row, where),
    kind: row.kind === 'system' ? 'system' : 'plan',
    family: text(row, 'family', where),
    overlaps: Array.isArray(row.overlaps) ? list(row, 'overlaps', where) : [text(row, 'overlaps', where)].filter((s) => s !== ''),
  }));
}

const SHAPES = {
  plan: (r) => r,
  title: (r) => ({ ...r, purpose: '', functions: [], users: [], data: [], technologies: [], text: '' }),
  /** As a press text or an old register has it: a title and one paragraph. */
  text: (r) => ({ ...SHAPES.title(r), text: [r.purpose, r.functions.join(', '), r.text].filter((s) => s !== '').join('. ') }),
};
function textOf(r) {
  return [r.title, r.purpose, ...r.functions, ...r.users, ...r.data, r.text].join(' ');
}

/** As many made-up records, none under an id that somebody has. */
function* fillers(distractors, count, taken) {
  let n = 0;
  for (const row of distractors(count)) {
    if (n++ >= count) return;
    const id = String(row.id ?? `d${n}`);
    yield record({ ...row, id: taken.has(id) ? `distractor ${id}` : id }, `distractors.mjs ${id}`);
  }
}

function indexed({ OverlapIndex, analyzer }, records) {
  const index = new OverlapIndex({ analyzer });
  records.forEach((r, i) => index.put(r, BigInt(i + 1)));
  return index;
}

const DEPTH = 50;
/** Kind of weights that pairs of a shape are scored with. */
const KIND = { plan: 'full', text: 'text', title: 'brief' };

const BASELINES = {
  like: (documents) => like(documents),
  pg_trgm: (documents) => trigramScan(documents),
  minisearch: (documents) => miniSearch(documents),
  'bm25-bigrams': (documents) => bm25Bigrams(documents),
  'bm25-morphemes': (documents, { analyzer }) => bm25Morphemes(documents, analyzer),
};

/** Every baseline over the same documents, measured one after the other. */
function baselines(documents, engine, options, measure) {
  if (options['no-baselines']) return {};
  return Object.fromEntries(Object.entries(BASELINES).map(([name, make]) => [name, measure(make(documents, engine))]));
}

function round(x) {
  return Math.round(x * 10000) / 10000;
}

function measureSet({ cards, families, queries, questions, asked, sentences, distractors, size, options, engine }) {
  const paraKQC = asked.length > 0 && !options['no-extras'] ? paraphrases({ questions, asked, options, engine }) : undefined;
  const klueSTS = sentences.length > 0 && !options['no-extras'] ? sentencePairs({ sentences, options, engine }) : undefined;
  const compounds = options['no-extras'] ? undefined : boundaries(engine.analyzer);
  if (queries.length === 0) return { systems: paraKQC ?? klueSTS ?? {}, paraKQC, klueSTS, compounds };

  const records = [...cards, ...fillers(distractors, Math.max(0, size - cards.length), new Set(cards.map((c) => c.id)))];
  const byId = new Map(cards.map((r) => [r.id, r]));
  const started = process.hrtime.bigint();
  const index = indexed(engine, records.map(SHAPES[options.inventory]));
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  process.stderr.write(`${records.length} records, index built in ${seconds.toFixed(1)} s\n`);

  const asking = new Set(queries.map((q) => families.get(q.qid)));
  if (options['cross-validate'] && asking.size < 2)
    throw new Unusable(
      `--cross-validate: 계열(family)이 하나뿐이라 다른 계열로 가중치를 맞출 수 없습니다. 둘 이상의 family가 있는 cards.jsonl을 쓰거나 이 옵션을 빼세요.`,
      `--cross-validate: there is only one family, so no weights can be fitted on the others. Use cards.jsonl with two families or more, or leave the option out.`,
    );

  /** By family the weights fitted on all the others, from weights that are all the same. */
  const folds = (shape) => {
    const rows = queries.flatMap((q) =>
      index
        .features(SHAPES[shape](byId.get(q.qid)), { exclude: new Set([q.qid]) })
        .map(({ id, features }) => ({ family: families.get(q.qid), right: q.rel2.includes(id), features })),
    );
    const kind = options.inventory === 'plan' ? KIND[shape] : 'text';
    const even = { bias: -10, of: Object.fromEntries(Object.keys(engine.SHIPPED[kind].of).map((k) => [k, 3])) };
    return new Map(
      [...asking].map((family) => [
        family,
        {
          ...engine.SHIPPED,
          id: `without-${family}`,
          [kind]: fitted(
            rows.filter((r) => r.family !== family),
            even,
          ),
        },
      ]),
    );
  };

  /** The rankings of our engine, by query. */
  const ours = (shape) => {
    const weights = options['cross-validate'] ? folds(shape) : new Map();
    return queries.map((q) => {
      const plan = SHAPES[shape](byId.get(q.qid));
      const fold = weights.get(families.get(q.qid)) ?? engine.SHIPPED;
      const { candidates } = index.screen(plan, { exclude: new Set([q.qid]), limit: DEPTH, weights: fold });
      return { ...q, plan, rank: candidates.map((c) => ({ id: c.id, score: c.probability, name: c.name })) };
    });
  };

  const mine = ours(options.query);
  if (options.features) {
    const rows = queries.flatMap((q) =>
      index.features(SHAPES[options.query](byId.get(q.qid)), { exclude: new Set([q.qid]) }).map(({ id, features }) =>
        JSON.stringify({
          q: q.qid,
          family: families.get(q.qid),
          id,
          grade: q.rel2.includes(id) ? 2 : q.rel1.includes(id) ? 1 : 0,
          ...features,
        }),
      ),
    );
    writeFileSync(options.features, rows.join('\n'));
  }
  if (options.show) {
    for (const { qid, rel2, rel1, plan, rank } of mine) {
      process.stderr.write(`\n${qid} ${plan.title}\n`);
      for (const r of rank.slice(0, 10)) {
        const grade = rel2.includes(r.id) ? '2' : rel1.includes(r.id) ? '1' : ' ';
        process.stderr.write(`  ${grade} ${r.score} ${r.id} ${r.name}\n`);
      }
    }
  }

  const documents = records.map((r) => ({ id: r.id, text: textOf(SHAPES[options.inventory](r)) }));
  const report = {
    records: records.length,
    queries: queries.length,
    query: options.query,
    inventory: options.inventory,
    crossValidated: options['cross-validate'],
    systems: {
      sajeon: measured(mine, true),
      ...baselines(documents, engine, options, (rank) =>
        measured(
          queries.map((q) => ({ ...q, rank: rank(textOf(SHAPES[options.query](byId.get(q.qid))), new Set([q.qid]), DEPTH) })),
        ),
      ),
    },
  };
  if (!options['no-extras'] && options.query === 'plan') {
    report.titleOnly = measured(ours('title'), true);
    const copies = measureCopies({ index, sources: cards, averagePrecision });
    report.nearCopies = { ap: round(copies.ap), byEdit: copies.byEdit };
  }
  return { ...report, paraKQC, klueSTS, compounds };
}

/** Real projects, among the systems alone and among the projects too; of the last and largest inventory also every other system. */
function measureProjects({ rows, others, distractors, size, options, engine }) {
  let systems = {};
  const results = [true, false].flatMap((systemsOnly) =>
    measureCases({
      cases: rows,
      others,
      make: (records) => indexed(engine, records),
      distractors: (n, taken) => [...fillers(distractors, n, taken)],
      sizes: [...new Set([0, size])],
      threshold: engine.THRESHOLD,
      show: options.show,
      systemsOnly,
      depth: DEPTH,
      ranked: ({ records, questions }, last) => {
        if (systemsOnly || !last) return;
        if (questions.length === 0) {
          warn(
            '‘overlaps’에 적힌 시스템이 이 파일(과 옆의 egov-roadmap.jsonl)에 하나도 없어 순위를 채점하지 않습니다.',
            'No system named in "overlaps" is in this file (or in egov-roadmap.jsonl beside it), so no ranking is scored.',
          );
          return;
        }
        const documents = records.map((r) => ({ id: r.id, text: textOf(r) }));
        systems = {
          sajeon: measured(questions, true),
          ...baselines(documents, engine, options, (rank) =>
            measured(questions.map((q) => ({ ...q, rank: rank(textOf(q.plan), new Set([q.qid]), DEPTH) }))),
          ),
        };
      },
    }),
  );
  return { results, systems };
}

/** Questions of general Korean, ten wordings of each: are the others among the first ten? */
function paraphrases({ questions: docs, asked, options, engine }) {
  const passage = (id, said) => record({ id, text: said }, id);
  const questions = indexed(
    engine,
    docs.map((d) => passage(d.id, d.text)),
  );
  const of = (rank) => measured(asked.map((q) => ({ qid: q.qid, rel2: q.rel, rank: rank(q) })));
  return {
    sajeon: of((q) =>
      questions
        .screen(passage('', q.text), { exclude: new Set([q.qid]), limit: 10 })
        .candidates.map((c) => ({ id: c.id, score: c.probability })),
    ),
    ...baselines(docs, engine, options, (rank) => of((q) => rank(q.text, new Set([q.qid]), 10))),
  };
}

/** Pairs of sentences, asked for their first among all the second: average precision of one threshold over the pairs. */
function sentencePairs({ sentences, options, engine }) {
  const docs = sentences.map(({ b }, i) => ({ id: String(i), text: b }));
  const index = indexed(
    engine,
    docs.map((d) => record(d, d.id)),
  );
  const positives = sentences.filter((s) => s.same).length;
  const of = (rank) => ({
    ap: round(
      averagePrecision(
        sentences.map(({ a, same }, i) => ({
          score: rank(a).find((r) => r.id === String(i))?.score ?? 0,
          right: same,
          key: String(i).padStart(9, '0'),
        })),
        positives,
      ),
    ),
  });
  return {
    sajeon: of((a) =>
      index
        .screen(record({ id: '', text: a }, 'a'), { limit: docs.length })
        .candidates.map((c) => ({ id: c.id, score: c.probability })),
    ),
    ...baselines(docs, engine, options, (rank) => of((a) => rank(a, new Set(), docs.length))),
  };
}

/** Names written without spaces, split by hand: where does the analyzer cut them? */
function boundaries(analyzer) {
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

function inWords(report) {
  if (report.cases) {
    console.log(
      'inventory             distractors  named system in the first ten    MRR  of all named  flagged  absurd  projects with an absurd flag  too short',
    );
    for (const r of report.cases) {
      console.log(
        `${r.inventory.padEnd(20)}  ${String(r.distractors).padStart(11)}  ${`${r.hits} of ${r.cases}${r.cases ? ` (${(r.hits / r.cases).toFixed(2)})` : ''}`.padStart(29)}  ${r.mrr.toFixed(2)}` +
          `${`${r.namedFound} of ${r.named}`.padStart(14)}${String(r.flaggedPairs).padStart(9)}${String(r.absurdPairs).padStart(8)}` +
          `${`${r.absurdProjects} of ${r.projects}`.padStart(30)}${String(r.unjudgeable).padStart(11)}`,
      );
    }
    console.log('');
  }
  if (report.records !== undefined)
    console.log(
      `${report.records} records, ${report.queries} queries (${report.query}, records as ${report.inventory}), ` +
        `${report.crossValidated ? 'weights fitted without the family asked about' : 'the engine as shipped'}\n`,
    );
  const columns = ['hit1', 'recall10', 'mrr', 'ndcg10', 'flagAP', 'ece'];
  const line = (name, m) =>
    console.log([name.padEnd(22), ...columns.map((c) => (m[c] === undefined ? '-' : m[c].toFixed(3)).padStart(9))].join(''));
  console.log(['system'.padEnd(22), ...columns.map((c) => c.padStart(9))].join(''));
  for (const [name, m] of Object.entries(report.systems)) line(name, m);
  if (report.titleOnly) line('sajeon, title only', report.titleOnly);
  if (report.systems.sajeon?.bins) {
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
  }
  if (report.nearCopies) {
    console.log(`near-copies: AP ${report.nearCopies.ap.toFixed(3)}`);
    for (const [name, e] of Object.entries(report.nearCopies.byEdit))
      console.log(`  ${name.padEnd(14)} AP ${e.ap.toFixed(3)}, source first ${e.first.toFixed(3)}`);
  }
  for (const [name, m] of Object.entries(report.paraKQC ?? {}))
    console.log(`ParaKQC ${name.padEnd(16)} recall@10 ${m.recall10.toFixed(3)}  hit1 ${m.hit1.toFixed(3)}`);
  for (const [name, m] of Object.entries(report.klueSTS ?? {})) console.log(`KLUE-STS ${name.padEnd(16)} AP ${m.ap.toFixed(3)}`);
  if (report.compounds)
    console.log(`compound boundaries: F1 ${report.compounds.f1.toFixed(3)} (wrong: ${report.compounds.wrong.join(', ')})`);
}

try {
  await evaluate();
} catch (error) {
  if (!(error instanceof Unusable)) throw error;
  process.stderr.write(`eval:overlap: ${error.message}\n`);
  process.exitCode = USAGE;
}

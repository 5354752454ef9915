/**
 * The reviewer's queue and the statistics on many cases: invented rows are written into the tables of the views as a projection of that many
 * cases would leave them (20 authorities, 5 years, one case in ten open, three candidates and one condition each). Each query beside the same one without its index (queue) or with
 * nothing to aggregate but a count (statistics), in turns; what is told are medians and ratios.
 *
 *   node bench/lists.mjs [--cases 10000,100000] [--rounds 7] [--json]
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '10000,100000' },
    rounds: { type: 'string', default: '7' },
    json: { type: 'boolean', default: false },
  },
});
const rounds = Number(values.rounds);
const from = async (library) => import(`../dist/libs/${library}`);
const { EmbeddedPostgres } = await from('event-store/src/index.js').catch(() => {
  console.error('dist/ is missing: run npm run build first');
  process.exit(1);
});
const { migrate } = await from('read-models/src/index.js');
const { readModelsDatabase } = await from('read-models/src/host/database.js');
const { ViewReader } = await from('read-models/src/reading.js');
const { AskStatistics, AskStatisticsHandler } = await from('read-models/src/statistics/statistics.js');
const { CountQueue, CountQueueHandler, ListQueue, ListQueueHandler } = await from(
  'read-models/src/reviewer-queue/reviewer-queue.js',
);
const { DataSource } = await import('typeorm');

const day = (sql) => `to_char(date '2022-01-01' + (${sql}), 'YYYY-MM-DD')`;
const ROW = `
  'c-' || n as id, 'p-' || n as project, n, 'authority-' || n % 20 as authority, n % 10 = 0 as open,
  ${day('n % 1780')} as received_on, ${day('n % 1780 + 30')} as due_on, ${day('n % 1780 + 15')} as half_on,
  ${day('n % 1780 + 24')} as urgent_on, ${day('n % 1780 + 31')} as overdue_on, ${day('n % 1780 + 10 + n % 37')} as ended_on,
  (array['PROCEED', 'PROCEED_CONDITIONALLY', 'PROCEED_CONDITIONALLY', 'HOLD'])[1 + n % 4] as outcome,
  (array['BASIC_LOCAL', 'METROPOLITAN', 'CENTRAL'])[1 + n % 3] as tier`;
const rows = (first, last) => `(select ${ROW} from generate_series(${first}, ${last}) n) r`;
const fill = (first, last) => `
insert into view_reviewer_queue (consultation, project, title, applicant, applicant_name, applicant_tier, authority, authority_name, status,
    holder, budget_krw, plan_version, submitted_at, due_on, updated_at, revision, position, state, search_text, grams, candidates, flagged,
    unsettled, clock, received_on, given_days, half_on, urgent_on, overdue_on, ended_on, used_days, applicant_days, counted_on, lead, course)
  select id, project, '사업 ' || n, 'agency-' || n % 300, '기관', tier, authority, authority, case when open then 'under-review' else 'closed' end,
    case when open then 'authority' end, n * 1000, 1, received_on || 'T01:00:00Z', due_on, received_on, 9, n,
    json_build_object('text', repeat(md5(n::text), 100)), '사업' || n, '', 3, 1, '{}',
    case when open then 'running' else 'stopped' end, received_on, 30, half_on, urgent_on, overdue_on,
    case when open then null else ended_on end, 10 + n % 37, 0, received_on, 'p-' || n % 200, '[]'
  from ${rows(first, last)};
insert into view_statistics (place, grain, consultation, project, applicant, applicant_name, tier, authority, authority_name, lead, track,
    filed_on, outcome, requested_krw, agreed_krw, rounds, delay_notices, objections, reversals, material_changes, updated_at, revision, position,
    state, course, clock, received_on, given_days, due_on, half_on, urgent_on, overdue_on, ended_on, used_days, applicant_days, counted_on)
  select id, 'case', id, project, 'agency-' || n % 300, '기관', tier, authority, authority, 'p-' || n % 200, 'standard',
    received_on, case when open then null else outcome end, n * 1000, n * 900, n % 3, 0, 0, 0, 0, received_on, 9, n,
    json_build_object('text', repeat(md5(n::text), 100)), '[]', case when open then 'running' else 'stopped' end, received_on, 30, due_on,
    half_on, urgent_on, overdue_on, case when open then null else ended_on end, 10 + n % 37, 0, received_on
  from ${rows(first, last)};
insert into view_statistics (place, grain, consultation, project, candidate, candidate_name, candidate_agency, candidate_kind, probability, flagged,
    settled, updated_at, revision, position, course)
  select id || '~overlap~' || k, 'overlap', id, project, 's-' || (n * k) % 2000, '시스템', '기관', 'system', 0.5, k = 1,
    (array['confirmed', 'dismissed'])[1 + n % 2], received_on, 9, n, '[]'
  from ${rows(first, last)}, generate_series(1, 3) k;
insert into view_statistics (place, grain, consultation, project, status, condition_due_on, planned, recommendations, recommendations_answered,
    updated_at, revision, position, course)
  select id || '~condition~1', 'condition', id, project, 'open', due_on, true, 0, 0, received_on, 9, n, '[]' from ${rows(first, last)};`;

const home = mkdtempSync(join(tmpdir(), 'sajeon-bench-lists-'));
const embedded = await EmbeddedPostgres.open({ directory: join(home, 'postgres') });
const told = [];
let filled = 0;
try {
  await migrate(embedded.config);
  const database = await new DataSource(readModelsDatabase(embedded.config)).initialize();
  const client = new pg.Client(embedded.config);
  await client.connect();
  const reader = new ViewReader(database);
  const queue = new ListQueueHandler(reader);
  const groups = new CountQueueHandler(reader);
  const statistics = new AskStatisticsHandler(reader);
  const on = '2026-11-22';
  const asked = { on, by: [], bands: [100_000_000, 200_000_000, 1_000_000_000], ages: [7, 10, 30] };
  for (const cases of values.cases.split(',').map(Number)) {
    await client.query(fill(filled + 1, cases));
    filled = cases;
    await client.query('vacuum analyze view_reviewer_queue');
    await client.query('vacuum analyze view_statistics');
    const request = { on, authority: 'authority-3', limit: 50 };
    const questions = {
      'queue, by due date': () => queue.execute(new ListQueue(request)),
      'queue, by severity': () => queue.execute(new ListQueue({ ...request, sort: 'severity' })),
      'queue, sizes of groups': () => groups.execute(new CountQueue({ on, authority: 'authority-3' })),
      'outcomes by year, tier, outcome': () =>
        statistics.execute(new AskStatistics({ ...asked, table: 'outcomes', by: ['year', 'tier', 'outcome'] })),
      'timeliness by authority': () =>
        statistics.execute(new AskStatistics({ ...asked, table: 'timeliness', by: ['authority'] })),
      'backlog by lead': () =>
        statistics.execute(new AskStatistics({ ...asked, table: 'backlog', by: ['lead'], authority: 'authority-3' })),
      'systems hit most': () => statistics.execute(new AskStatistics({ ...asked, table: 'overlaps', by: ['system'] })),
    };
    const alternative = {
      queue: async () => {
        await client.query('set enable_indexscan = off; set enable_bitmapscan = off; set enable_indexonlyscan = off');
        await client.query(
          `select * from view_reviewer_queue where submitted_at is not null and authority = 'authority-3'
            order by coalesce(due_on, '9999-12-31'), consultation limit 51`,
        );
      },
      statistics: () => client.query(`select count(*) from view_statistics where grain = 'case' and filed_on is not null`),
    };
    for (const [name, question] of Object.entries(questions)) {
      const against = name.startsWith('queue') ? alternative.queue : alternative.statistics;
      const [ours, theirs] = [[], []];
      for (let round = 0; round < rounds; round++) {
        ours.push(await ms(question));
        theirs.push(await ms(against));
      }
      told.push({
        cases,
        question: name,
        ms: median(ours),
        againstMs: median(theirs),
        ratio: +(median(ours) / median(theirs)).toFixed(2),
      });
      if (!values.json) {
        const { ms: mine, againstMs, ratio } = told.at(-1);
        console.log(
          `${String(cases).padStart(7)} cases  ${name.padEnd(34)} ${mine.toFixed(1)} ms, against ${againstMs.toFixed(1)} ms: ${ratio}`,
        );
      }
    }
  }
  if (values.json) console.log(JSON.stringify(told, null, 2));
  await client.end();
  await database.destroy();
} finally {
  await embedded.destroy();
}

async function ms(work) {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

/**
 * Commands and reads per second over HTTP through the whole service (identity, validation, decision, durable append; with views,
 * policies and overlap index following in the same process), against a bare Fastify route that makes one durable row of the same body
 * in the same PostgreSQL: what is left when everything that Sajeon is for is taken away. Rounds of the two alternate.
 *
 *   node bench/http.mjs [--seconds 8] [--connections 32] [--json]
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import autocannon from 'autocannon';
import pg from 'pg';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '8' },
    connections: { type: 'string', default: '32' },
    json: { type: 'boolean', default: false },
  },
});
const ROUNDS = 2;
const duration = Number(values.seconds) / ROUNDS;
const connections = Number(values.connections);

const { EmbeddedPostgres } = await import('../dist/libs/event-store/src/index.js').catch(() => {
  console.error('dist/ is missing: run npm run build first');
  process.exit(1);
});

const body = JSON.stringify({
  plan: {
    title: '수원시 공공시설 통합예약 서비스 구축',
    purpose: '시가 가진 회의실, 강당, 체육시설을 시민이 한 곳에서 검색하고 예약할 수 있게 한다.',
    functions: ['공공시설 검색', '온라인 예약과 승인', '이용료 결제'],
    users: ['시민'],
    data: ['공공시설 대장', '예약 내역'],
    budgetKrw: 780_000_000,
  },
});

const home = mkdtempSync(join(tmpdir(), 'sajeon-bench-http-'));
const embedded = await EmbeddedPostgres.open({ directory: join(home, 'postgres') });
const children = [];
try {
  const service = await started(fileURLToPath(new URL('../dist/apps/api/src/main.js', import.meta.url)));
  const bare = await started(fileURLToPath(new URL('./bare/route.mjs', import.meta.url)), JSON.stringify(embedded.config));
  const post = { method: 'POST', body, headers: { 'content-type': 'application/json', authorization: 'Bearer demo-suwon' } };
  const read = { method: 'GET', headers: { authorization: 'Bearer demo-suwon' } };
  await load(`${service}/v1/projects`, post, 2);
  await load(`${bare}/rows`, post, 2);
  const measured = { command: [], bareInsert: [], list: [] };
  let [moves, commands] = [0, 0];
  for (let round = 0; round < ROUNDS; round++) {
    measured.bareInsert.push(await load(`${bare}/rows`, post, duration));
    const before = await checkpoints();
    measured.command.push(await load(`${service}/v1/projects`, post, duration));
    moves += (await checkpoints()) - before;
    commands += measured.command.at(-1)['2xx'];
    measured.list.push(await load(`${service}/v1/systems?limit=20&q=${encodeURIComponent('민원')}`, read, duration));
  }
  const summary = Object.fromEntries(Object.entries(measured).map(([name, rounds]) => [name, together(rounds)]));
  const ratio = summary.command.perSecond / summary.bareInsert.perSecond;
  // Says what following costs however busy the machine is.
  const checkpointsPerCommand = Number((moves / commands).toFixed(2));
  if (values.json) console.log(JSON.stringify({ connections, ...summary, ratio, checkpointsPerCommand }, null, 2));
  else {
    console.log(`over HTTP, ${connections} connections`);
    for (const [name, { perSecond, p50Ms, p99Ms, failed }] of Object.entries(summary)) {
      console.log(
        `  ${name.padEnd(11)} ${String(perSecond).padStart(6)}/s   p50 ${p50Ms} ms   p99 ${p99Ms} ms   not 2xx ${failed}`,
      );
    }
    console.log(
      `  command : bare insert = ${ratio.toFixed(2)}, checkpoints of views for each command = ${checkpointsPerCommand}`,
    );
  }
  if (Object.values(summary).some(({ failed }) => failed > 0)) process.exitCode = 1;
} finally {
  for (const child of children) {
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  }
  await embedded.destroy();
}

/** How often any view has written where it is. */
async function checkpoints() {
  const client = new pg.Client(embedded.config);
  await client.connect();
  try {
    const { rows } = await client.query(`select n_tup_upd from pg_stat_user_tables where relname = 'view_checkpoint'`);
    return Number(rows[0].n_tup_upd);
  } finally {
    await client.end();
  }
}

async function started(program, database) {
  const env = {
    ...process.env,
    PORT: '0',
    SAJEON_HOME: home,
    SAJEON_WORKER: 'inline',
    SAJEON_SAMPLE: 'yes',
    SAJEON_LOG: 'silent',
    ...(database === undefined ? {} : { BENCH_DATABASE: database }),
  };
  const child = fork(program, [], { env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  children.push(child);
  const [{ listening }] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`${program} ended with ${code}`))),
  ]);
  return listening;
}

async function load(url, request, seconds) {
  return autocannon({ url, ...request, connections, duration: seconds });
}

function together(rounds) {
  const seconds = rounds.reduce((sum, round) => sum + round.duration, 0);
  const answered = rounds.reduce((sum, round) => sum + round['2xx'], 0);
  return {
    perSecond: Math.round(answered / seconds),
    p50Ms: Math.max(...rounds.map((round) => round.latency.p50)),
    p99Ms: Math.max(...rounds.map((round) => round.latency.p99)),
    failed: rounds.reduce((sum, round) => sum + round.non2xx + round.errors + round.timeouts, 0),
  };
}

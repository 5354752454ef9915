/**
 * What proof and replay cost, against the targets of docs/campaigns.md: appends with and without sealing in the same run, append to signed
 * checkpoint, one record's evidence, lists as of random positions, and full verification with its memory. Ends with the rows for that table.
 *
 *   node bench/proof.mjs [--events 200000] [--rounds 12] [--only cost,evidence,verify,past] [--json]    # --events 1000000 for the targets
 *
 * Measures the built code in dist/ on a durable embedded PostgreSQL in a temporary directory, and seals as the service does: in a thread of
 * its own. Times hang on what else the machine does; `cpu` is processor time, of this process with its threads and of the database.
 */
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createWriteStream, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import 'reflect-metadata';

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '200000' },
    rounds: { type: 'string', default: '12' },
    only: { type: 'string', default: 'cost,evidence,verify,past' },
    json: { type: 'boolean', default: false },
  },
});
const EVENTS = Number(values.events);
const ROUNDS = Number(values.rounds);
const PARTS = new Set(values.only.split(','));
// Somewhat less than a second each, so that what disturbs a machine falls on both of a pair; in the middle of a flood, so that the sealer is at work all the time.
const PER_ROUND = Math.min(12_000, Math.ceil(EVENTS / 10));
const WARM_UP = PER_ROUND;
const ALWAYS_EACH = 4;
const PER_SYSTEM = 10;
const WRITERS = 16;
const began = performance.now();
const folder = mkdtempSync(join(tmpdir(), 'sajeon-proof-'));
const { EmbeddedPostgres, PostgresEventStore } = await import('../dist/libs/event-store/src/index.js');
const { AuditLog, evidence, LogKey, prepareLog, SealingThread } = await import('../dist/libs/audit/src/index.js');
const { ListSystems, migrate, ReadModelsModule, ProjectionHost } = await import('../dist/libs/read-models/src/index.js');
const { DecisionsModule } = await import('../dist/libs/decisions/src/index.js');

const embedded = await EmbeddedPostgres.open({ directory: join(folder, 'postgres') });
const results = { events: EVENTS, load: loadavg()[0] };
const say = (name, value) => {
  results[name] = value;
  if (!values.json)
    console.log(`${name.padEnd(42)} ${typeof value === 'number' ? Math.round(value * 10) / 10 : JSON.stringify(value)}`);
};
const phase = (name) => {
  if (!values.json)
    console.log(`-- ${name} (${((performance.now() - began) / 1000).toFixed(0)} s, load ${loadavg()[0].toFixed(1)})`);
};
const percentile = (times, share) =>
  times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))];
const middle = (all) => percentile(all, 0.5);

/** Milliseconds of processor time that the processes below this one have taken; 0 where there is no /proc. */
function databaseCpu() {
  const processes = new Map();
  for (const pid of readable(() => readdirSync('/proc')) ?? []) {
    const stat = /^\d+$/.test(pid) ? readable(() => readFileSync(`/proc/${pid}/stat`, 'utf8')) : undefined;
    const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
    // ppid, and utime, stime, cutime, cstime in hundredths of a second
    if (fields) processes.set(Number(pid), [Number(fields[1]), fields.slice(11, 15).reduce((sum, n) => sum + Number(n) * 10, 0)]);
  }
  let sum = 0;
  for (const [pid, [, cpu]] of processes) {
    let above = pid;
    while (above > 1 && above !== process.pid) above = processes.get(above)?.[0] ?? 0;
    if (above === process.pid && pid !== process.pid) sum += cpu;
  }
  return sum;
}
function readable(read) {
  try {
    return read();
  } catch {
    return undefined;
  }
}
async function measured(work, count) {
  const [cpu, database, begun] = [process.cpuUsage(), databaseCpu(), performance.now()];
  await work();
  const seconds = (performance.now() - begun) / 1000;
  const used = process.cpuUsage(cpu);
  return {
    rate: count / seconds,
    node: (used.user + used.system) / count,
    database: ((databaseCpu() - database) * 1000) / count,
  };
}

try {
  const config = embedded.config;
  const pool = new pg.Pool({ ...config, max: 4 });
  pool.on('error', () => undefined);
  const store = await PostgresEventStore.open(config);
  const origin = await prepareLog(pool, 'bench/proof');
  const key = LogKey.open(join(folder, 'key'), origin);
  writeFileSync(join(folder, 'key.pub.txt'), `${key.verifiers[0].text}\n`);
  const thread = (withAppend) => new SealingThread({ database: config, keyFile: key.file, origin, dense: true, withAppend });
  const sealing = thread();
  const always = thread(2 ** 31 - 1);
  const covers = async (position) => {
    while (((await log.checkpoint().catch(() => undefined))?.size ?? 0n) < position) await sleep(5);
  };
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

  // Cost of sealing: pairs of rounds, with and without. Which of the two comes first alternates. The cost is the median over the pairs, and the
  // quartiles say how far it can be trusted.
  let made = 0;
  const append = async (count) => {
    const end = made + count;
    const writer = async () => {
      while (made < end) {
        const n = made++;
        await store.append(`system-b${n}`, 'none', [event(`b${n}`, n, 0)]);
      }
    };
    await Promise.all(Array.from({ length: WRITERS }, writer));
  };
  const rates = { on: [], always: [], off: [] };
  const round = {
    off: async () => {
      await pool.query('update event_store.head set seal_at_most = 0');
      await append(WARM_UP);
      rates.off.push(await measured(() => append(PER_ROUND), PER_ROUND));
      sealing.start();
      await covers(await store.head());
      await sealing.stop();
    },
    on: () => sealed('on', sealing),
    always: () => sealed('always', always),
  };
  const sealed = async (which, sealing) => {
    sealing.start();
    // A thread that has just begun loads its program and compiles it as it goes: a service does so once, at its start.
    await append(WARM_UP);
    await covers(await store.head());
    // No pause from here on. As much is put off at the end of the round as was at its beginning, or `late` shows it.
    await append(WARM_UP);
    const appended = await measured(() => append(PER_ROUND), PER_ROUND);
    const late = performance.now();
    await covers(await store.head());
    rates[which].push({ ...appended, late: performance.now() - late });
    await sealing.stop();
  };
  if (PARTS.has('cost')) {
    phase('cost of sealing');
    await append(2_000);
    sealing.start();
    await covers(await store.head());
    await sealing.stop();
    for (let n = 0; n < ROUNDS; n++) {
      for (const which of n % 2 === 0 ? ['off', 'on'] : ['on', 'off']) await round[which]();
      if (n % ALWAYS_EACH === ALWAYS_EACH - 1) await round.always();
    }
    for (const which of ['off', 'on', 'always'].filter((which) => rates[which].length > 0)) {
      say(`appends/s, sealing ${which}`, middle(rates[which].map(({ rate }) => rate)));
      say(`cpu of an append, sealing ${which}: node µs`, middle(rates[which].map(({ node }) => node)));
      say(`cpu of an append, sealing ${which}: database µs`, middle(rates[which].map(({ database }) => database)));
    }
    say('sealed after the last append ms', middle(rates.on.map(({ late }) => late)));
    const costs = rates.on.map(({ rate }, n) => 100 * (1 - rate / rates.off[n].rate));
    say('cost of sealing %', middle(costs));
    say(
      'cost of sealing %, quartiles',
      [0.25, 0.75].map((share) => Math.round(percentile(costs, share) * 10) / 10),
    );
    say('cost of sealing %, each pair', costs.map(Math.round));
    const rate = (which) => middle(rates[which].map(({ rate }) => rate));
    if (rates.always.length > 0) say('cost of sealing, each in its append %', 100 * (1 - rate('always') / rate('off')));

    sealing.start();
    await covers(await store.head());
    const covered = [];
    for (let n = 0; n < 100; n++) {
      const started = performance.now();
      const { position } = await store.append(`system-c${n}`, 'none', [event(`c${n}`, n, 0)]);
      await covers(position);
      covered.push(performance.now() - started);
    }
    say('append to checkpoint p50 ms', middle(covered));
    say('append to checkpoint p99 ms', percentile(covered, 0.99));
    await sealing.stop();
  }

  phase('filling the log');
  sealing.start();
  let begun = performance.now();
  const streams = Math.max(2_000, Math.floor((EVENTS - Number(await store.head())) / PER_SYSTEM));
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
  await covers(await store.head());
  say('events filled and sealed/s', (streams * PER_SYSTEM * 1000) / (performance.now() - begun));
  await sealing.stop();

  if (PARTS.has('evidence')) {
    phase('evidence');
    const bundles = [];
    let queries = 0;
    const query = pool.query.bind(pool);
    pool.query = (...args) => {
      queries++;
      return query(...args);
    };
    const { node, database } = await measured(async () => {
      for (let n = 0; n < 200; n++) {
        const started = performance.now();
        const scope = { kind: 'streams', streams: [`system-s${(n * 7919) % streams}`] };
        for await (const _ of evidence(log, { scope, at: '2026-01-01T00:00:00Z' }));
        bundles.push(performance.now() - started);
      }
    }, 200);
    pool.query = query;
    say('evidence of one record p50 ms', percentile(bundles, 0.5));
    say('evidence of one record p99 ms', percentile(bundles, 0.99));
    say('cpu of one evidence: node ms', node / 1000);
    say('cpu of one evidence: database ms', database / 1000);
    say('queries of one evidence, beside the events', queries / 200);
  }

  if (PARTS.has('verify')) {
    phase('full verification');
    begun = performance.now();
    const whole = join(folder, 'log.jsonl');
    const lines = evidence(log, { scope: { kind: 'log' }, at: '2026-01-01T00:00:00Z' });
    await pipeline(Readable.from(lines), createWriteStream(whole));
    say('export of the whole log s', (performance.now() - begun) / 1000);
    say('export of the whole log: MB of memory', process.memoryUsage().rss / 2 ** 20);
    const usage = '/usr/bin/time';
    for (const [name, ...program] of [
      ['verify.mjs', process.execPath, 'tools/verify.mjs'],
      ['verify.py', 'python3', 'tools/verify.py'],
    ]) {
      begun = performance.now();
      const args = [...program, whole, '--key', join(folder, 'key.pub.txt'), '--json'];
      const timed = spawnSync(usage, ['-v', ...args], { encoding: 'utf8' });
      const ran = timed.error ? spawnSync(args[0], args.slice(1), { encoding: 'utf8' }) : timed;
      say(`${name} s`, (performance.now() - begun) / 1000);
      say(`${name} says`, JSON.parse(ran.stdout).result);
      const cpu = /User time \(seconds\): ([\d.]+)/.exec(ran.stderr);
      if (cpu) say(`${name} cpu s`, Number(cpu[1]));
      const peak = /Maximum resident set size \(kbytes\): (\d+)/.exec(ran.stderr);
      if (peak) say(`${name} MB`, Number(peak[1]) / 1024);
    }
  }

  if (PARTS.has('past')) {
    phase('as of a position');
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
  }
  await store.close();
  await pool.end();
} finally {
  await embedded.destroy();
  rmSync(folder, { recursive: true, force: true });
}
if (values.json) console.log(JSON.stringify(results, null, 2));
else console.log(`\n${tableRows().join('\n')}`);

/** As docs/campaigns.md has them; the first column is there. */
function tableRows() {
  const figure = (name, digits = 0) => results[name]?.toFixed(digits);
  const when = `${EVENTS.toLocaleString('en')} events, load ${results.load.toFixed(1)} to ${loadavg()[0].toFixed(1)}`;
  return [
    PARTS.has('verify') &&
      `| full verification | ${figure('verify.mjs s', 1)} s, ${figure('verify.mjs MB') ?? '?'} MB (verify.py ${figure('verify.py s')} s, ${figure('verify.py MB') ?? '?'} MB) |`,
    PARTS.has('evidence') &&
      `| evidence of one record | p50 ${figure('evidence of one record p50 ms', 1)} ms, p99 ${figure('evidence of one record p99 ms', 1)} ms |`,
    PARTS.has('cost') &&
      `| append to signed checkpoint | p50 ${figure('append to checkpoint p50 ms')} ms, p99 ${figure('append to checkpoint p99 ms')} ms |`,
    PARTS.has('past') &&
      `| list as of a position | p50 ${figure('list as of a position p50 ms', 1)} ms, p99 ${figure('list as of a position p99 ms', 1)} ms; search p50 ${figure('search as of a position p50 ms', 1)} ms, p99 ${figure('search as of a position p99 ms', 1)} ms |`,
    PARTS.has('cost') &&
      `| cost of sealing | ${figure('cost of sealing %', 1)} %, half of ${ROUNDS} pairs of rounds from ${results['cost of sealing %, quartiles'].join(' to ')} % (${figure('appends/s, sealing off')} to ${figure('appends/s, sealing on')} appends/s) |`,
    `(${when}, ${((performance.now() - began) / 60_000).toFixed(1)} minutes in all)`,
  ].filter(Boolean);
}

// How fast is a view made again from the log, and does the table in use serve meanwhile? Beside it, in the same run and on the same
// events: what one writes first, one TypeORM save and one checkpoint for each event. Needs the compiled program: npm run build.
//
//   node bench/rebuild.mjs [--events 50000] [--naive 2000] [--json] [--dist DIR]
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';

const here = dirname(fileURLToPath(import.meta.url));
const { values: options } = parseArgs({
  options: {
    events: { type: 'string', default: '50000' },
    naive: { type: 'string', default: '2000' },
    json: { type: 'boolean', default: false },
    dist: { type: 'string', default: join(here, '../dist') },
  },
});
const compiled = (file) => import(pathToFileURL(resolve(options.dist, 'libs', file)));
const { openStorage } = await compiled('event-store/src/index.js');
const { migrate, ProjectionHost, views } = await compiled('read-models/src/index.js');
const { readModelsDatabase } = await compiled('read-models/src/host/database.js');
const { ViewReader } = await compiled('read-models/src/reading.js');
const { stored } = await compiled('read-models/src/host/view.js');
Logger.overrideLogger(['error', 'warn']);

const wanted = Number(options.events);
const home = mkdtempSync(join(tmpdir(), 'sajeon-bench-'));
const storage = await openStorage({ SAJEON_HOME: home });
await migrate(storage.database);
const database = await new DataSource(readModelsDatabase({ ...storage.database, max: 6 })).initialize();
const host = new ProjectionHost(storage.events, database, storage.database, views);
try {
  const written = await writeLog(wanted);
  // What PostgreSQL does by itself within the minute: without it the first filtered reads sort the whole log.
  await database.query('analyze event_store.event').catch(() => undefined);
  const report = { events: written, views: [], naive: [], serving: null };

  for (const view of views) {
    const [started, before] = [performance.now(), process.cpuUsage()];
    const { events } = await host.rebuild(view.name);
    const seconds = (performance.now() - started) / 1000;
    const { user, system } = process.cpuUsage(before);
    const [{ rows, bytes }] = await database.query(
      `select (select count(*) from ${table(view)})::int as rows, pg_total_relation_size('${table(view)}')::bigint as bytes`,
    );
    report.views.push({
      view: view.name,
      events,
      perSecond: Math.round(events / seconds),
      seconds,
      cpuSeconds: (user + system) / 1e6,
      rows,
      megabytes: Number(bytes) / 1e6,
    });
  }
  report.serving = await readWhileRebuilding();
  for (const name of ['reviewer-queue', 'timeline']) report.naive.push(await naive(views.find((view) => view.name === name)));

  if (options.json) console.log(JSON.stringify(report, null, 2));
  else print(report);
} finally {
  await host.onModuleDestroy();
  await database.destroy();
  await storage.close();
  rmSync(home, { recursive: true, force: true });
}

function table(view) {
  return database.getMetadata(view.row).tableName;
}

/** Consultations from draft to letter with a plan of some 2 kB and a finding of ten candidates, and one system for each. */
async function writeLog(count) {
  const stamp = (person) => ({ by: { person, agency: 'gongju-si' }, at: '2026-11-02T00:30:00Z' });
  const city = { id: 'gongju-si', name: '공주시', tier: 'BASIC_LOCAL' };
  const province = { id: 'chungnam-do', name: '충청남도', tier: 'METROPOLITAN' };
  const words = ['지하수', '관정', '도로대장', '재정', '민원', '예약', '통계', '지도', '허가', '점검', '교육', '안전'];
  const word = (n) => words[n % words.length];
  const software = (n) => ({
    title: `${word(n)} ${word(n * 7 + 1)} 관리시스템 ${n}`,
    purpose: `${word(n * 3)} 업무를 한곳에서 관리하여 중복 입력을 줄이고 자료를 정확하게 한다. `.repeat(3),
    functions: Array.from({ length: 6 }, (_, i) => `${word(n + i)} 자료를 ${word(n * 5 + i)}별로 조회하고 집계한다`),
    users: ['시청 담당자', '신고자'],
    data: [`${word(n)} 대장`, '월별 이용량'],
    technologies: ['전자정부 표준프레임워크', 'GIS'],
    text: `엑셀로 관리하던 ${word(n * 11)} 대장을 전산화한다. `.repeat(10),
  });
  const plan = (n, version) => ({
    version,
    hash: String(n).padStart(64, '0'),
    content: { ...software(n), budgetKrw: 180_000_000, orderPlannedOn: '2026-12-21' },
  });
  const passage = { field: 'functions', index: 0, start: 0, end: 14, quote: '관정 위치를 지도에서 조회한다' };
  const candidate = (n) => ({
    ...{ id: `s-${n}`, kind: 'system', name: `${word(n)} 통합정보시스템`, agency: '충청남도' },
    ...{ probability: 0.9 - (n % 50) / 100, flagged: n % 10 === 0, facets: { function: 0.8, title: 0.5 } },
    evidence: Array.from({ length: 3 }, () => ({
      facet: 'function',
      score: 0.8,
      plan: passage,
      candidate: passage,
      terms: ['관정', '지도'],
    })),
  });
  const finding = (n) => ({
    ...{
      planVersion: 1,
      planHash: String(n).padStart(64, '0'),
      engine: { name: 'overlap', version: '1' },
      inventoryPosition: '1',
    },
    ...{ compared: 269, threshold: 0.5, candidates: Array.from({ length: 10 }, (_, i) => candidate(n * 10 + i)) },
  });
  const basis = { position: '120', viewHash: 'b'.repeat(64), ruleSet: 'sample-2024' };
  const items = [{ number: 1, pointer: '/functions/0', text: '무엇이 다른지 적으세요.' }];
  const cases = (n) => [
    [
      'consultation-drafted',
      { ...stamp('p-1'), consultation: `c-${n}`, project: `p-${n}`, plan: plan(n, 1), applicant: city, authority: province },
    ],
    ['consultation-submitted', { ...stamp('p-1'), plan: plan(n, 1) }],
    ['consultation-received', { ...stamp('p-3'), track: 'standard', dueOn: '2026-12-02', ruleSet: 'sample-2024' }],
    ['overlap-screened', { ...stamp('screening'), finding: finding(n) }],
    ['overlap-dismissed', { ...stamp('p-3'), candidate: `s-${n * 10}`, relation: 'UNRELATED', reason: '대상이 다르다.' }],
    ['correction-requested', { ...stamp('p-3'), round: 1, items, respondBy: '2026-11-19' }],
    ['response-submitted', { ...stamp('p-1'), round: 1, answers: [{ number: 1, answer: '연계한다.' }], plan: plan(n, 2) }],
    ['decision-proposed', { ...stamp('p-3'), proposal: 1, outcome: 'PROCEED', reasons: '', conditions: [], basis }],
    ['decision-approved', { ...stamp('p-4'), proposal: 1, basis }],
    [
      'result-notified',
      { ...stamp('p-3'), documentNumber: `정보화담당관-${n}`, outcome: 'PROCEED', reasons: '', conditions: [] },
    ],
  ];
  const entry = (n) => ({ ...software(n), agency: '공주시', level: 'local', year: 2020, source: 'https://example.org' });
  const recordable = ([type, data]) => ({ id: randomUUID(), type, data, metadata: { schema: '1' } });
  let next = 0;
  const writer = async () => {
    for (let n = next++; n * 11 < count; n = next++) {
      await storage.events.append(`system-s-${n}`, 'none', [
        recordable(['system-registered', { ...stamp('p-1'), system: `s-${n}`, entry: entry(n) }]),
      ]);
      // Two appends, so that the cases stand interleaved in the log as they would.
      const events = cases(n).map(recordable);
      await storage.events.append(`consultation-c-${n}`, 'none', events.slice(0, 4));
      await storage.events.append(`consultation-c-${n}`, 3n, events.slice(4));
    }
  };
  await Promise.all(Array.from({ length: 48 }, writer));
  return Number(await storage.events.head());
}

/** Pages of the queue while its table is made again. */
async function readWhileRebuilding() {
  const queue = views.find((view) => view.name === 'reviewer-queue');
  const reader = new ViewReader(database);
  const took = [];
  let rebuilding = true;
  let apart = 0;
  const reading = (async () => {
    while (rebuilding) {
      const started = performance.now();
      const page = await reader.list(queue, {
        where: [],
        order: { name: 'due', by: "coalesce(due_on, '')", direction: 'asc' },
        limit: 20,
      });
      took.push(performance.now() - started);
      if (page.rows.length !== 20 || page.position === 0n) apart++;
      await new Promise((done) => setTimeout(done, 5));
    }
  })();
  await host.rebuild(queue.name);
  rebuilding = false;
  await reading;
  took.sort((a, b) => a - b);
  return {
    pages: took.length,
    p50: took[Math.floor(took.length / 2)],
    p99: took[Math.floor(took.length * 0.99)],
    incomplete: apart,
  };
}

/** The first events of the view, one by one: load the row, apply, save it by TypeORM, save the checkpoint, commit. */
async function naive(view) {
  const meta = database.getMetadata(view.row);
  const key = meta.primaryColumns[0].propertyName;
  const select = Object.fromEntries(meta.columns.map((column) => [column.propertyName, true]));
  await database.query(`truncate ${meta.tableName}`);
  const events = [];
  for await (const event of storage.events.readAll({ limit: Number(options.naive) })) events.push(event);
  const started = performance.now();
  for (const recorded of events) {
    await database.transaction(async (manager) => {
      if (view.streams.some((prefix) => recorded.stream.startsWith(prefix))) {
        const event = stored(recorded);
        const loaded = new Map();
        for (const id of view.keysOf(event))
          loaded.set(id, (await manager.findOne(view.row, { where: { [key]: id }, select })) ?? undefined);
        const changed = [];
        view.apply(event, { get: (id) => loaded.get(id), put: (row) => changed.push(row), delete: () => undefined });
        for (const row of changed) await manager.save(view.row, manager.create(view.row, row));
      }
      await manager.query(`update view_checkpoint set position = $2 where view = $1 and slot = 'live'`, [
        view.name,
        `${recorded.position}`,
      ]);
    });
  }
  const seconds = (performance.now() - started) / 1000;
  return { view: view.name, events: events.length, perSecond: Math.round(events.length / seconds), seconds };
}

function print({ events, views: made, naive: slow, serving }) {
  const row = (name, ...cells) => console.log(name.padEnd(30) + cells.map((cell) => String(cell).padStart(12)).join(''));
  console.log(`${events} events: consultations from draft to letter, and systems\n`);
  row('rebuild beside, then switch', 'events', 'events/s', 'seconds', 'node CPU s', 'rows', 'MB');
  for (const { view, events: of, perSecond, seconds, cpuSeconds, rows, megabytes } of made) {
    row(view, of, perSecond, seconds.toFixed(2), cpuSeconds.toFixed(2), rows, megabytes.toFixed(0));
  }
  console.log('\none save and one checkpoint for each event');
  for (const { view, perSecond, seconds, events: of } of slow) {
    const times = made.find((one) => one.view === view).perSecond / perSecond;
    row(view, of, perSecond, seconds.toFixed(2), `  the rebuild is ${times.toFixed(0)} times as fast`);
  }

  console.log(
    `\nread while it was rebuilt: ${serving.pages} pages of the queue, p50 ${serving.p50.toFixed(1)} ms, p99 ${serving.p99.toFixed(1)} ms, ${serving.incomplete} incomplete`,
  );
}

import { spawnSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { happened } from '@sajeon/domain/testing';
import { PostgresEventStore, type JsonObject } from '@sajeon/event-store';
import { freshDatabase, type FreshDatabase } from '@sajeon/event-store/testing';

/** The built command, as in cli.spec.ts: a process of its own for every call. */
const PREPARE = join(process.cwd(), 'scripts', 'prepare.mjs');
const COMMAND = join(process.cwd(), 'dist', 'apps', 'cli', 'src', 'main.js');

let folder: string;
let database: FreshDatabase;
let databaseUrl: string;

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function run(program: string, args: readonly string[]): Ran {
  const { DEBUG: _, KURRENTDB_URL: __, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(program, [...args], {
    env: { ...env, DATABASE_URL: databaseUrl, SAJEON_HOME: folder, SAJEON_LOG_KEY: join(folder, 'log-key'), SAJEON_LANG: 'en' },
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  return { code: status, out: stdout, err: stderr };
}
const sajeon = (...args: readonly string[]): Ran => run(process.execPath, [COMMAND, ...args]);
const file = (name: string, content: string): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sajeon-proof-'));
  database = await freshDatabase();
  const { host, port, user, password, database: name } = database.config;
  databaseUrl = `postgres://${user}:${password ?? ''}@/${name}?host=${encodeURIComponent(host ?? '')}&port=${port ?? 5432}`;
  expect(spawnSync(process.execPath, [PREPARE], { stdio: 'inherit' }).status).toBe(0);
  const store = await PostgresEventStore.open(database.config);
  const events = [happened.drafted(), happened.submitted(), happened.received(), happened.correctionRequested()];
  for (const { type, data } of events) {
    // Domain events are plain JSON.
    const event = { id: randomUUID(), type, data: data as unknown as JsonObject, metadata: { schema: '1' } };
    await store.append('consultation-c-1', 'any', [event]);
  }
  await store.close();
}, 300_000);

afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

const linesOf = (path: string) =>
  readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
const streamsIn = (path: string): readonly string[] =>
  [...new Set(linesOf(path).flatMap(({ kind, core }) => (kind === 'event' ? [JSON.parse(core).stream] : [])))].sort();

it('exports evidence of a case, which both programs verify, and neither once a letter is changed', () => {
  const bundle = join(folder, 'case.jsonl');
  expect(sajeon('evidence', 'c-1', '-o', bundle)).toMatchObject({ code: 0 });
  const key = join(folder, 'log-key.pub');
  const text = readFileSync(bundle, 'utf8');
  const forged = file('forged.jsonl', text.replace('correction-requested', 'correction-requestee'));
  for (const [path, code, result] of [
    [bundle, 0, 'verified'],
    [forged, 1, 'broken'],
    [file('empty.jsonl', ''), 2, 'cannot-tell'],
  ] as const) {
    const node = sajeon('verify', path, '--key', key, '--json');
    const python = run('python3', ['tools/verify.py', path, '--key', key, '--json']);
    expect([node.code, JSON.parse(node.out).result]).toEqual([code, result]);
    expect([python.code, JSON.parse(python.out).result]).toEqual([code, result]);
  }
  // Without a key from elsewhere it agrees with itself, and no more.
  expect(sajeon('verify', bundle).code).toBe(2);
  expect(sajeon('verify', bundle, '--key', key).out).toContain('VERIFIED');
});

it('gives proofs that check-vector accepts together with the roots of checkpoints, and no other', () => {
  const [, size, root] = sajeon('log', 'checkpoint').out.split('\n');
  expect(size).toBe('4');
  const inclusion = JSON.parse(sajeon('log', 'proof', '2').out);
  expect(inclusion).toMatchObject({ leafIdx: '2', treeSize: '4', root });
  const vector = (content: object): Ran => sajeon('log', 'check-vector', file('vector.json', JSON.stringify(content)));
  expect(vector(inclusion)).toMatchObject({ code: 0, out: 'accepted\n' });
  expect(vector({ ...inclusion, leafIdx: 3 })).toMatchObject({ code: 1, out: 'rejected\n' });
  expect(vector({ ...inclusion, proof: inclusion.proof.slice(1) }).code).toBe(1);
  // Whoever reads base64 generously would take this for the same root.
  expect(vector({ ...inclusion, root: ` ${root}` })).toEqual({ code: 1, out: 'rejected\n', err: 'root is not base64\n' });
  expect(vector({ hello: 'world' })).toMatchObject({ code: 2, err: expect.stringContaining('Not a test vector') });

  // The root of the first two leaves, made here from their hashes.
  const leaves = [0, 1].map((seq) => Buffer.from(JSON.parse(sajeon('log', 'proof', String(seq)).out).leafHash, 'base64'));
  const root1 = createHash('sha256')
    .update(Buffer.concat([Buffer.of(1), ...leaves]))
    .digest('base64');
  const consistency = JSON.parse(sajeon('log', 'consistency', '2').out);
  expect(consistency).toMatchObject({ size1: '2', size2: '4', root1, root2: root });
  expect(vector(consistency)).toMatchObject({ code: 0 });
  expect(vector({ ...consistency, root1: root, root2: root1 }).code).toBe(1);
  expect(sajeon('log', 'proof', '4')).toMatchObject({ code: 1, err: expect.stringContaining('Not in the log') });
  expect(sajeon('log', 'consistency', 'two').code).toBe(2);
});

it('shows a period by days, instants or leaves, and says what is wrong with others', () => {
  const out = join(folder, 'period.jsonl');
  const key = join(folder, 'log-key.pub');
  const leaves = (...period: readonly string[]): readonly string[] => {
    expect(sajeon('evidence', ...period, '-o', out)).toMatchObject({ code: 0 });
    expect(sajeon('verify', out, '--key', key)).toMatchObject({ code: 0 });
    return linesOf(out).flatMap(({ kind, core }) => (kind === 'event' ? [JSON.parse(core).seq] : []));
  };
  const all = leaves('--all');
  expect(leaves('--from', '1', '--to', '3')).toEqual(['1', '2']);
  expect(leaves('--from', '2000-01-01')).toEqual(all);
  expect(leaves('--from', '2000-01-01T00:00Z', '--to', '2999-12-31')).toEqual(all);
  expect(sajeon('evidence', '--to', '2000-01-01', '-o', out)).toMatchObject({
    code: 1,
    err: expect.stringContaining('Nothing was sealed'),
  });
  for (const wrong of [
    ['--from', '2026-13-01'],
    ['--to', '2026-11-30T10:00'],
    ['--all', '--from', '1'],
    ['c-1', '--to', '2'],
    ['--all', '--complete'],
    [],
  ])
    expect([wrong, sajeon('evidence', ...wrong, '-o', out).code]).toEqual([wrong, 2]);
});

it('says of a file that is not there which one, and never that a proof was rejected', () => {
  for (const args of [
    ['log', 'check-vector', join(folder, 'none.json')],
    ['evidence', 'c-1', '-o', join(folder, 'none.json', 'case.jsonl')],
    ['evidence', 'c-1', '-o', join(folder, 'never.jsonl'), '--earlier', join(folder, 'none.json')],
  ]) {
    expect(sajeon(...args)).toMatchObject({ code: 2, out: '', err: expect.stringMatching(/none\.json.*no such file or folder/) });
  }
  expect(sajeon('log', 'check-vector', folder)).toMatchObject({ code: 2, err: expect.stringContaining('It is a folder') });
  const noNote = file('no.note', 'not a note');
  expect(sajeon('evidence', 'c-1', '-o', join(folder, 'never.jsonl'), '--earlier', noNote)).toMatchObject({
    code: 2,
    err: expect.stringContaining('cannot be read as a checkpoint'),
  });
  expect(existsSync(join(folder, 'never.jsonl'))).toBe(false);
});

it('compares a record at two moments', () => {
  const { code, out } = sajeon('replay', 'consultation-c-1', '--from', '2', '--as-of', '3', '--json');
  expect(code).toBe(0);
  const { steps, changes } = JSON.parse(out);
  expect(steps).toMatchObject([{ position: '3', type: 'consultation-received' }]);
  expect(changes).toContainEqual({ pointer: '/phase', before: 'submitted', after: 'received' });
  expect(sajeon('replay', 'consultation-c-1', '--from', '3', '--as-of', '2').code).toBe(2);
  expect(sajeon('replay', 'consultation-c-1', '--from', '2').out).toContain('/phase  "submitted" → ');
});

it('lists the queue as it stood at a position', () => {
  const then = sajeon('replay', 'queue', '--as-of', '2', '--json');
  expect([then.code, then.err]).toEqual([0, '']);
  expect(JSON.parse(then.out)).toMatchObject({
    list: 'queue',
    position: '2',
    rows: [{ consultation: 'c-1', status: 'submitted' }],
  });
  expect(JSON.parse(sajeon('replay', 'queue', '--as-of', '1', '--json').out).rows).toEqual([]);
  expect(JSON.parse(sajeon('replay', 'inventory', '--json').out).rows).toEqual([]);
  expect(sajeon('replay', 'queue', '--from', '1').code).toBe(2);
});

it('exports the log for other tools, with a manifest that fits', () => {
  for (const kind of ['cloudevents', 'xes', 'ocel']) {
    const out = join(folder, `log.${kind}`);
    expect(sajeon('export', kind, '-o', out)).toMatchObject({ code: 0 });
    const { counts, file: described } = JSON.parse(readFileSync(`${out}.manifest.json`, 'utf8'));
    expect(counts).toEqual({ events: 4 });
    expect(described.sha256).toBe(createHash('sha256').update(readFileSync(out)).digest('hex'));
  }
  expect(sajeon('export', 'csv', '-o', join(folder, 'log.csv')).code).toBe(2);
  expect(sajeon('export', 'xes', '--from', '99', '-o', join(folder, 'log.none')).code).toBe(1);
});

it('shows a case with its plan and its rules, and with the seals of the whole log that it has no further event', async () => {
  const store = await PostgresEventStore.open(database.config);
  const other = (stream: string, type: string, data: JsonObject) =>
    store.append(stream, 'any', [{ id: randomUUID(), type, data, metadata: { schema: '1' } }]);
  await other('ruleset-national', 'rule-set-adopted', { rules: 'as of that day' });
  await other('project-p-2', 'project-planned', { plan: 'version 1' });
  await other('consultation-c-2', 'consultation-drafted', { project: 'p-2' });
  await other('consultation-c-2', 'consultation-received', { ruleSet: 'national@1' });
  await store.close();
  const key = join(folder, 'log-key.pub');
  const [whole, complete] = ['whole.jsonl', 'complete.jsonl'].map((name) => join(folder, name)) as [string, string];
  expect(sajeon('evidence', 'c-2', '-o', whole)).toMatchObject({ code: 0 });
  expect(streamsIn(whole)).toEqual(['consultation-c-2', 'project-p-2', 'ruleset-national']);
  expect(sajeon('evidence', 'c-2', '--complete', '-o', complete)).toMatchObject({ code: 0 });
  const [, ...lines] = linesOf(complete);
  const events = lines.filter(({ kind }) => kind === 'event');
  const ofCase = new Set(streamsIn(whole));
  for (const { core, data } of events) expect([core, data !== undefined]).toEqual([core, ofCase.has(JSON.parse(core).stream)]);

  // The last event left out, and the trailer made to fit: of one case nobody could tell, of the whole log everybody can.
  const shortened = (path: string): string => {
    const all = readFileSync(path, 'utf8').trimEnd().split('\n');
    const last = all.findLastIndex((line) => line.startsWith('{"kind":"event"'));
    const kept = all.toSpliced(last, 1);
    const trailer = JSON.parse(kept.pop() ?? '');
    const withheld = JSON.parse(all[last] ?? '').data === undefined ? 1 : 0;
    const body = `${kept.join('\n')}\n`;
    const counts = { events: String(trailer.events - 1), withheld: String(trailer.withheld - withheld) };
    const sha256 = createHash('sha256').update(body).digest('hex');
    return file('shortened.jsonl', `${body}${JSON.stringify({ ...trailer, ...counts, sha256 })}\n`);
  };
  for (const [program, ...script] of [
    [process.execPath, 'tools/verify.mjs'],
    ['python3', 'tools/verify.py'],
  ] as const) {
    const verify = (path: string) => run(program, [...script, path, '--key', key]);
    expect(verify(complete)).toMatchObject({ code: 0, out: expect.not.stringContaining('--complete') });
    expect(verify(whole)).toMatchObject({ code: 0, out: expect.stringContaining('--complete') });
    expect(verify(shortened(complete))).toMatchObject({ code: 1, out: expect.stringContaining('event-missing') });
  }
});

it('takes a new key, signs with both until the old one is retired, and what old keys signed stays verifiable', async () => {
  const key = join(folder, 'log-key.pub');
  const sealed = async (name: string): Promise<string> => {
    const store = await PostgresEventStore.open(database.config);
    await store.append(`agency-${name}`, 'any', [
      { id: randomUUID(), type: 'agency-registered', data: {}, metadata: { schema: '1' } },
    ]);
    await store.close();
    const path = join(folder, `${name}.jsonl`);
    expect(sajeon('evidence', `agency-${name}`, '-o', path)).toMatchObject({ code: 0 });
    return path;
  };
  const verified = (path: string, by: string): number | null => sajeon('verify', path, '--key', by).code;

  const before = await sealed('before');
  const old = file('old.pub', readFileSync(key, 'utf8'));
  const rotated = sajeon('log', 'rotate-key');
  expect(rotated).toMatchObject({ code: 0, err: expect.stringContaining('until it is restarted') });
  const newest = file('newest.pub', rotated.out.split('\n')[0] ?? '');
  const between = await sealed('between');
  expect([before, between].map((path) => [old, newest, key].map((by) => verified(path, by)))).toEqual([
    [0, 1, 0],
    [0, 0, 0],
  ]);

  expect(sajeon('log', 'retire-key')).toMatchObject({ code: 0, out: readFileSync(newest, 'utf8').concat('\n') });
  const after = await sealed('after');
  expect([before, between, after].map((path) => [old, newest, key].map((by) => verified(path, by)))).toEqual([
    [0, 1, 0],
    [0, 0, 0],
    [1, 0, 0],
  ]);
  // Where the service has its key elsewhere, one made here would sign nothing.
  rmSync(join(folder, 'log-key'));
  expect(sajeon('log', 'rotate-key')).toMatchObject({ code: 2, err: expect.stringContaining('the key of this log is not here') });
});

import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { NotInLog } from './audit-log.js';
import { LogContradiction } from './log-contradiction.js';
import { LogKey, LogKeyUnusable } from './log-key.js';
import { parseCheckpoint, parseNote, parseVerifierKey, signersOf } from './note.js';
import { Sealer } from './sealer.js';
import { anyEvent, openTestLog, type TestLog } from './testing.js';
import { CompactRange } from './tree/compact-range.js';
import { verifyConsistency, verifyInclusion } from './tree/proof.js';

let log: TestLog;
beforeEach(async () => {
  log = await openTestLog();
});
afterEach(async () => log.close());

const leaves = async () =>
  (
    await log.pool.query<{ seq: string; position: string; hash: Buffer }>(
      'select seq::text, position::text, hash from audit.leaf order by leaf.seq',
    )
  ).rows;
const refusalOf = async (sealer: Sealer): Promise<string | undefined> => {
  sealer.start();
  while (sealer.health().status !== 'refused') await new Promise((resolve) => setTimeout(resolve, 10));
  return sealer.health().cause;
};
/** Around the store's front door, as somebody with the database password could. */
const tamper = async (...statements: string[]) => {
  await log.pool.query('alter table event_store.event disable trigger user');
  for (const statement of statements) await log.pool.query(statement);
};
const numbered = (count: number, from = 0) => Array.from({ length: count }, (_, index) => `system-${(from + index) % 7}`);

describe('sealing', () => {
  it('gives every event one dense leaf in the order of the store, and a signed checkpoint over all of them', async () => {
    const last = await log.record(numbered(30));
    await log.sealAll();
    const rows = await leaves();
    expect(rows.map((row) => row.seq)).toEqual(Array.from({ length: 30 }, (_, index) => String(index)));
    expect(rows.map((row) => row.position)).toEqual(Array.from({ length: 30 }, (_, index) => String(index + 1)));
    expect(last).toBe(30n);

    const range = new CompactRange();
    for (const { hash } of rows) range.append(hash);
    const note = parseNote((await log.log.checkpoint()).note);
    expect(parseCheckpoint(note.text)).toEqual({ origin: 'log.example/test', size: 30n, root: range.root() });
    const published = readFileSync(`${log.key.file}.pub`, 'utf8').trim();
    expect(signersOf(note, [parseVerifierKey(published)])).toHaveLength(1);
  });

  it('seals what is appended while it runs, and has signed it within a second', async () => {
    const sealer = log.sealer();
    sealer.start();
    for (let round = 0; round < 5; round++) {
      const position = await log.record(numbered(3));
      const begun = Date.now();
      await sealer.covered(position);
      expect(Date.now() - begun).toBeLessThan(1_000);
      expect((await log.log.checkpoint()).size).toBe(position);
    }
  });

  it('goes on after a stop as if there had been none', async () => {
    for (let round = 0; round < 4; round++) {
      await log.record(numbered(11, round));
      await log.sealAll();
    }
    expect(await log.log.verifyAll()).toEqual({ size: 44n, sound: true, contradictions: [], unsealed: 0n });
  });

  it('seals each position once, however many sealers run and whether or not a lease keeps them apart', async () => {
    await log.record(numbered(120));
    const sealers = Array.from({ length: 4 }, () => log.sealer());
    // Without their lease they are all at work at once, and only the guard is left.
    const stealing = setInterval(() => void log.pool.query('delete from lease').catch(() => undefined), 3);
    for (const sealer of sealers) sealer.start();
    const appended = await log.record(numbered(120));
    while ((await leaves()).length < Number(appended)) await new Promise((resolve) => setTimeout(resolve, 10));
    clearInterval(stealing);
    for (const sealer of sealers) await sealer.stop();
    expect(sealers.map((sealer) => sealer.health().status)).toEqual(['stopped', 'stopped', 'stopped', 'stopped']);
    expect(await log.log.verifyAll()).toMatchObject({ size: 240n, sound: true });
  });

  it('proves every leaf and every growth, across the borders of tiles', async () => {
    await log.store.append(
      'system-1',
      'none',
      Array.from({ length: 300 }, (_, index) => anyEvent(`e${index}`)),
    );
    await log.sealAll();
    const early = await log.log.checkpoint();
    await log.store.append(
      'system-2',
      'none',
      Array.from({ length: 400 }, (_, index) => anyEvent(`e${index}`)),
    );
    await log.sealAll();
    const { size, root } = await log.log.checkpoint();
    for (let seq = 0n; seq < size; seq += 13n) {
      const { leaf, proof } = await log.log.inclusion(seq);
      expect(verifyInclusion(seq, size, leaf, proof, root)).toBe(true);
    }
    const { proof } = await log.log.consistency(early.size);
    expect(verifyConsistency(early.size, size, proof, early.root, root)).toBe(true);
    await expect(log.log.inclusion(size)).rejects.toThrow(NotInLog);
    await expect(log.log.consistency(size + 1n)).rejects.toThrow(NotInLog);

    const tile = await log.log.tile(0, 1n);
    expect(tile.length).toBe(256 * 32);
    expect(tile.subarray(0, 32)).toEqual((await leaves())[256]?.hash);
    const above = new CompactRange();
    for (let at = 0; at < 256; at++) above.append(tile.subarray(at * 32, (at + 1) * 32));
    expect((await log.log.tile(1, 0n, 2)).subarray(32)).toEqual(above.root());
    await expect(log.log.tile(1, 0n, 3)).rejects.toThrow(NotInLog);
  });

  it('gives a receipt proof of one event that says which checkpoint it is proven against', async () => {
    await log.record(numbered(9));
    const event = anyEvent('mine');
    await log.store.append('project-1', 'none', [event]);
    await expect(log.log.receiptProof(event.id)).rejects.toThrow(NotInLog);
    await log.sealAll();
    const text = await log.log.receiptProof(event.id);
    const [format, extra, index] = text.split('\n');
    expect(format).toBe('c2sp.org/tlog-proof@v1');
    expect(index).toBe('index 9');
    const core = JSON.parse(Buffer.from(extra?.slice('extra '.length) ?? '', 'base64').toString('utf8')) as unknown;
    expect(core).toMatchObject({
      v: 1,
      log: 'log.example/test',
      seq: '9',
      stream: 'project-1',
      rev: '0',
      id: event.id,
      prev: null,
    });
    expect(text.endsWith(`\n\n${(await log.log.checkpoint()).note}`)).toBe(true);
  });

  it('closes each day at midnight in Korea with exactly what was recorded before', async () => {
    await log.record(numbered(5));
    await log.sealAll();
    const tomorrow = new Date(Date.now() + 86_400_000);
    const sealer = log.sealer({ now: () => tomorrow });
    sealer.start();
    const today = new Date(Date.now() + 9 * 3_600_000).toISOString().slice(0, 10);
    while ((await log.log.closings()).length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(await log.log.closings()).toEqual([{ day: today, size: 5n }]);
    expect((await log.log.closing(today)).size).toBe(5n);
    await expect(log.log.closing('2001-01-01')).rejects.toThrow(NotInLog);
  });

  it('knows how large the log was at an instant', async () => {
    await log.record(numbered(3));
    await new Promise((resolve) => setTimeout(resolve, 5));
    const between = new Date();
    await new Promise((resolve) => setTimeout(resolve, 5));
    await log.record(numbered(2));
    await log.sealAll();
    expect(await log.log.sizeAt(new Date(0))).toBe(0n);
    expect(await log.log.sizeAt(between)).toBe(3n);
    expect(await log.log.sizeAt(new Date(Date.now() + 60_000))).toBe(5n);
  });
});

describe('a sealer refuses to go on, and says where', () => {
  beforeEach(async () => {
    await log.record(numbered(20));
    await log.sealAll();
  });

  it.each([
    [
      'the last sealed event was altered',
      `update event_store.event set data = '{"title":"x"}' where position = 20`,
      'event-altered',
    ],
    ['the last sealed event was moved', `update event_store.event set position = 25 where position = 20`, 'event-missing'],
    ['the last sealed event disappeared', `delete from event_store.event where position = 20`, 'event-missing'],
    ['the store ends before what was sealed', `update event_store.head set position = 12`, 'store-behind-log'],
    ['a leaf was altered', `update audit.leaf set hash = sha256('x') where seq = 19`, 'event-altered'],
    ['the peaks of the tree were altered', `update audit.log set peaks = decode('00', 'hex') || substr(peaks, 2)`, 'log-damaged'],
    ['the peaks do not fit the size', `update audit.log set peaks = substr(peaks, 33)`, 'log-damaged'],
  ])('when %s', async (_, statement, code) => {
    await tamper(statement);
    expect(await refusalOf(log.sealer())).toMatch(new RegExp(`^${code}, `));
    expect((await log.log.checkpoint()).size).toBe(20n);
  });

  it('when an event vanished before it was sealed', async () => {
    await log.record(numbered(3));
    await tamper('delete from event_store.event where position = 22');
    expect(await refusalOf(log.sealer())).toBe('position-missing, position 22, the next event is at 23');
  });

  it('when a stream does not go on where it ended', async () => {
    const position = await log.record(['system-0']);
    await tamper(`update event_store.event set revision = revision + 1 where position = ${position}`);
    expect(await refusalOf(log.sealer())).toMatch(
      /^stream-broken, position 21, stream system-0, revision 4, revision 3 was to come/,
    );
  });

  it('when the database was put back to an older state, because the last checkpoint is kept beside the key', async () => {
    await tamper(
      'delete from event_store.event where position > 15',
      'update event_store.head set position = 15',
      'delete from audit.leaf where seq >= 15',
      'delete from audit.checkpoint',
      'delete from audit.node',
    );
    const range = new CompactRange();
    for (const { hash } of await leaves()) range.append(hash);
    await log.pool.query('update audit.log set size = 15, position = 15, peaks = $1', [Buffer.concat(range.peaks)]);
    expect(await refusalOf(log.sealer())).toMatch(/^rolled-back, /);
    await log.record(numbered(9));
    expect(await refusalOf(log.sealer())).toMatch(/^(rolled-back|forked), /);
    await expect(log.log.checkpoint()).rejects.toThrow(NotInLog);
  });
});

describe('the key of a log', () => {
  it('is made on the first run, for its owner only', () => {
    expect(statSync(log.key.file).mode & 0o777).toBe(0o600);
    expect(LogKey.open(log.key.file, 'log.example/test').verifiers[0]?.text).toBe(log.key.verifiers[0]?.text);
  });

  it('is refused when it is for another log or cannot be read as one', () => {
    expect(() => LogKey.open(log.key.file, 'log.example/other')).toThrow(LogKeyUnusable);
    writeFileSync(log.key.file, 'PRIVATE+KEY+x+00000000+AAAA\n');
    expect(() => LogKey.open(log.key.file, 'log.example/test')).toThrow(LogKeyUnusable);
  });

  it('is handed over with two signatures, and old checkpoints stay verifiable', async () => {
    await log.record(numbered(4));
    await log.sealAll();
    const old = await log.log.checkpoint();
    const both = log.key.rotate();
    await log.record(numbered(1));
    const during = log.sealer({ key: both });
    during.start();
    await during.covered(5n);
    await during.stop();
    const [newest, oldest] = both.verifiers;
    expect(signersOf(parseNote((await log.log.checkpoint()).note), [...log.key.verifiers])).toHaveLength(1);
    expect(signersOf(parseNote((await log.log.checkpoint()).note), newest ? [newest] : [])).toHaveLength(1);

    const alone = both.retire();
    await log.record(numbered(1));
    const after = log.sealer({ key: alone });
    after.start();
    await after.covered(6n);
    const note = parseNote((await log.log.checkpoint()).note);
    expect(note.signatures).toHaveLength(1);
    expect(signersOf(note, oldest ? [oldest] : [])).toHaveLength(0);
    const published = readFileSync(`${alone.file}.pub`, 'utf8').trim().split('\n').map(parseVerifierKey);
    expect(published).toHaveLength(2);
    expect(signersOf(parseNote(old.note), published)).toHaveLength(1);
    expect(await log.log.verifyAll()).toMatchObject({ sound: true });
  });

  it('signs nothing that contradicts what it signed before', async () => {
    await log.record(numbered(4));
    await log.sealAll();
    const other = new CompactRange();
    for (let at = 0; at < 8; at++) other.append(Buffer.alloc(32, at));
    const tree = { subtree: async () => Buffer.alloc(32) };
    await expect(log.key.sign(tree, 3n, 3n)).rejects.toThrow(LogContradiction);
    await expect(log.key.sign(tree, 8n, 8n)).rejects.toMatchObject({ code: 'forked' });
  });
});

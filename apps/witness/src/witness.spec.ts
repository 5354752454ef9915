import {
  checkpointText,
  CompactRange,
  EMPTY_ROOT,
  generateKey,
  leafHash,
  parseNote,
  signersOf,
  signNote,
  type Hash,
  type SigningKey,
} from '@sajeon/audit';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { witnessServer } from './server.js';
import { Witness } from './witness.js';

const ORIGIN = 'log.example/w';
const logKey = generateKey(ORIGIN, 'log');
const key = generateKey('witness.example/one', 'witness');

let directory: string;
let alarms: string[];
let witness: Witness;
const open = () =>
  new Witness(
    key,
    [logKey.verifier],
    directory,
    () => new Date('2026-11-21T00:00:00Z'),
    (message) => alarms.push(message),
  );
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'sajeon-witness-'));
  alarms = [];
  witness = open();
});
afterEach(() => rmSync(directory, { recursive: true }));

/** Logs whose sizes are powers of two: the proof from one to the next is the upper half. */
const rootOf = (seed: string, size: number) => {
  const range = new CompactRange();
  for (let at = 0; at < size; at++) range.append(leafHash(Buffer.from(`${seed}${at}`)));
  return range.root();
};
const upperHalf = (seed: string, size: number): Hash => {
  const range = new CompactRange();
  for (let at = size / 2; at < size; at++) range.append(leafHash(Buffer.from(`${seed}${at}`)));
  return range.root();
};
const checkpoint = (size: number, root: Hash, signer: SigningKey = logKey, origin = ORIGIN) =>
  signNote(checkpointText({ origin, size: BigInt(size), root }), [signer]);
const submit = (old: number | string, proof: readonly Hash[], note: string) =>
  witness.addCheckpoint([`old ${old}`, ...proof.map((hash) => hash.toString('base64')), '', note].join('\n'));

it('cosigns the first checkpoint it sees, and each that the log went on to', () => {
  const first = checkpoint(4, rootOf('a', 4));
  const answer = submit(0, [], first);
  expect(answer.status).toBe(200);
  const note = parseNote(`${first}${answer.body}`);
  expect(signersOf(note, [key.verifier])).toEqual([key.verifier]);
  expect(signersOf(note, [logKey.verifier])).toHaveLength(1);

  const second = checkpoint(8, rootOf('a', 8));
  expect(submit(4, [upperHalf('a', 8)], second).status).toBe(200);
  expect(witness.newest(ORIGIN)?.startsWith(second)).toBe(true);
  expect(submit(8, [], second).status).toBe(200);
});

it('refuses a fork, keeps both checkpoints as proof of it, and stays with what it saw first', () => {
  const seen = checkpoint(4, rootOf('a', 4));
  submit(0, [], seen);
  const forked = checkpoint(8, rootOf('b', 8));
  expect(submit(4, [upperHalf('b', 8)], forked).status).toBe(422);
  expect(witness.newest(ORIGIN)?.startsWith(seen)).toBe(true);
  const kept = readdirSync(directory).filter((name) => name.startsWith('unproven-'));
  expect(kept).toHaveLength(1);
  expect(readFileSync(join(directory, kept[0] ?? ''), 'utf8')).toContain(forked);
  expect(alarms).toHaveLength(1);
});

it('refuses a split view: two logs of one size, each signed by the log', () => {
  submit(0, [], checkpoint(4, rootOf('a', 4)));
  expect(submit(4, [], checkpoint(4, rootOf('b', 4))).status).toBe(409);
  expect(readdirSync(directory).filter((name) => name.startsWith('fork-'))).toHaveLength(1);
  expect(alarms).toHaveLength(1);
});

it('never goes back, also after a restart: it says where it is instead', () => {
  submit(0, [], checkpoint(8, rootOf('a', 8)));
  witness = open();
  expect(submit(0, [], checkpoint(4, rootOf('a', 4)))).toEqual({ status: 409, type: 'text/x.tlog.size', body: '8\n' });
  expect(submit(8, [], checkpoint(4, rootOf('a', 4))).status).toBe(400);
  expect(alarms).toEqual([]);
});

it.each([
  [
    'a log it does not watch',
    () => submit(0, [], checkpoint(4, EMPTY_ROOT, generateKey('log.example/x', 'log'), 'log.example/x')),
    404,
  ],
  ['a checkpoint signed by somebody else', () => submit(0, [], checkpoint(4, EMPTY_ROOT, generateKey(ORIGIN, 'log'))), 403],
  ['a proof where none can be', () => submit(0, [EMPTY_ROOT], checkpoint(4, EMPTY_ROOT)), 422],
  ['an old size with a leading zero', () => submit('00', [], checkpoint(4, EMPTY_ROOT)), 400],
  ['a body without a checkpoint', () => witness.addCheckpoint('old 0\n'), 400],
  [
    'a proof that is too long',
    () =>
      submit(
        0,
        Array.from({ length: 64 }, () => EMPTY_ROOT),
        checkpoint(4, EMPTY_ROOT),
      ),
    400,
  ],
  ['a proof that is not base64', () => witness.addCheckpoint(`old 0\n!!\n\n${checkpoint(4, EMPTY_ROOT)}`), 400],
])('does not cosign %s', (_, ask, status) => {
  expect(ask().status).toBe(status);
  expect(witness.newest(ORIGIN)).toBeUndefined();
});

it('speaks C2SP tlog-witness over HTTP', async () => {
  const server = witnessServer(witness);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const post = (body: string) => fetch(`${url}/add-checkpoint`, { method: 'POST', body });
  try {
    expect(await (await fetch(`${url}/key`)).text()).toBe(`${key.verifier.text}\n`);
    expect((await fetch(`${url}/checkpoint?origin=${ORIGIN}`)).status).toBe(404);
    const first = checkpoint(4, rootOf('a', 4));
    const answer = await post(`old 0\n\n${first}`);
    expect(answer.status).toBe(200);
    expect(signersOf(parseNote(`${first}${await answer.text()}`), [key.verifier])).toHaveLength(1);
    const behind = await post(`old 0\n\n${checkpoint(8, rootOf('a', 8))}`);
    expect([behind.status, behind.headers.get('content-type'), await behind.text()]).toEqual([409, 'text/x.tlog.size', '4\n']);
    expect(await (await fetch(`${url}/checkpoint?origin=${ORIGIN}`)).text()).toContain(first);
    expect((await post('x'.repeat(70_000))).status).toBe(400);
    expect((await fetch(`${url}/elsewhere`)).status).toBe(404);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

import { spawnSync } from 'node:child_process';
import { createHash, createHmac, randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonObject } from '@sajeon/event-store';
import { evidence, type EvidenceRequest, type PersonalValue } from './evidence.js';
import { openTestLog, type TestLog } from './testing.js';

let log: TestLog;
let directory: string;
let keyFile: string;
const values = new Map<string, PersonalValue>();
const [name, phone, erased] = [randomUUID(), randomUUID(), randomUUID()];

async function happen(stream: string, type: string, data: JsonObject): Promise<void> {
  await log.store.append(stream, 'any', [{ id: randomUUID(), type, data, metadata: { schema: '1', actor: 'p-1' } }]);
}

function committed(ref: string, path: string, value: string) {
  const salt = randomBytes(32);
  values.set(ref, { ref, path, value, salt: salt.toString('base64') });
  return { $pii: ref, path, c: createHmac('sha256', salt).update(`${path}\0${value}`).digest('hex') };
}

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'sajeon-personal-'));
  log = await openTestLog();
  keyFile = join(directory, 'key');
  writeFileSync(keyFile, `${log.key.verifiers[0]?.text}\n`);
  await log.record(['consultation-1']);
  await happen('subject-7', 'personal-data-deposited', { fields: [committed(erased, 'phone', '010-9999-0000')] });
  await happen('subject-7', 'personal-data-erased', { fields: [{ ref: erased, path: 'phone' }] });
  await happen('subject-7', 'personal-data-deposited', {
    fields: [committed(name, 'name', '김철수'), committed(phone, 'phone', '010-1234-5678')],
  });
  await log.sealAll();
});
afterAll(async () => {
  await log.close();
  rmSync(directory, { recursive: true });
});

async function bundle(request: Partial<EvidenceRequest> = {}): Promise<string[]> {
  const lines: string[] = [];
  const scope = { kind: 'streams', streams: ['consultation-1', 'subject-7'] } as const;
  for await (const line of evidence(log.log, { scope, at: '2026-11-21T00:00:00Z', ...request })) lines.push(line);
  return lines;
}

/** Both programs on the same lines, with counts and digest made to fit, as whoever tampers would. */
function verdict(lines: readonly string[]) {
  const body = lines.slice(0, -1);
  const trailer = { ...JSON.parse(lines.at(-1) ?? '{}') };
  trailer.personal = String(body.filter((line) => line.startsWith('{"kind":"personal"')).length);
  trailer.sha256 = createHash('sha256').update(body.join('')).digest('hex');
  const file = join(directory, 'bundle.jsonl');
  writeFileSync(file, `${body.join('')}${JSON.stringify(trailer)}\n`);
  const [node, python] = [
    [process.execPath, 'tools/verify.mjs'],
    ['python3', 'tools/verify.py'],
  ].map(([program = '', script = '']) => {
    const { status, stdout, stderr } = spawnSync(program, [script, file, '--key', keyFile, '--json'], { encoding: 'utf8' });
    if (stderr !== '') throw new Error(stderr);
    const { result, reason, seq, personal } = JSON.parse(stdout);
    return { exit: status, result, reason, seq, personal };
  });
  expect(python).toEqual(node);
  return node;
}

const personal = async (_: string, refs: readonly string[]) => refs.flatMap((ref) => values.get(ref) ?? []);

it('verifies a withheld value as withheld, and an erased one as erased under the leaf that says so', async () => {
  expect(verdict(await bundle())).toMatchObject({
    exit: 0,
    personal: { disclosed: '0', withheld: '2', erased: [{ ref: erased, seq: '2' }] },
  });
});

it('verifies a value that is shown against the record', async () => {
  expect(verdict(await bundle({ personal }))).toMatchObject({ exit: 0, personal: { disclosed: '2', withheld: '0' } });
});

it('accounts for commitments in the whole log, too', async () => {
  expect(verdict(await bundle({ scope: { kind: 'log' }, personal }))).toMatchObject({ exit: 0, personal: { disclosed: '2' } });
});

it('raises an alarm when a value is missing without being withheld or erased', async () => {
  const lines = (await bundle()).filter((line) => !line.includes(`"ref":"${phone}"`));
  expect(verdict(lines)).toMatchObject({ exit: 1, reason: 'personal-missing', seq: '3' });
});

it('raises an alarm when what the record says is erased is still there', async () => {
  const lines = await bundle();
  const kept = `${JSON.stringify({ kind: 'personal', ...values.get(erased) })}\n`;
  expect(verdict([...lines.slice(0, -1), kept, lines.at(-1) ?? ''])).toMatchObject({ exit: 1, reason: 'personal-not-erased' });
});

it.each([
  ['another value', (line: string) => line.replace('김철수', '김영수'), 'personal-altered'],
  ['another kind', (line: string) => line.replace('"path":"name"', '"path":"email"'), 'personal-altered'],
  [
    'another salt',
    (line: string) => line.replace(/"salt":"[^"]+"/, `"salt":"${randomBytes(32).toString('base64')}"`),
    'personal-altered',
  ],
  ['no salt', (line: string) => line.replace(/"salt":"[^"]+",/, ''), 'line-malformed'],
  ['a reference of its own', (line: string) => line.replaceAll(name, randomUUID()), 'personal-not-in-record'],
  ['itself twice', (line: string) => `${line}${line}`, 'line-malformed'],
])('is broken by %s', async (_, change, reason) => {
  const lines = (await bundle({ personal })).flatMap((line) =>
    line.startsWith('{"kind":"personal"') && line.includes(name) ? change(line).split(/(?<=\n)/) : [line],
  );
  expect(verdict(lines)).toMatchObject({ exit: 1, reason });
});

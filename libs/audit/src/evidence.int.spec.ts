import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NotInLog } from './audit-log.js';
import { evidence, type EvidenceRequest } from './evidence.js';
import { checkpointText, generateKey, parseSigningKey, signNote, type SigningKey } from './note.js';
import { anyEvent, Dice, openTestLog, type TestLog } from './testing.js';
import { CompactRange } from './tree/compact-range.js';
import { leafHash } from './tree/hashing.js';

/** Printed, and settable, so that a campaign can be repeated: SAJEON_SEED, SAJEON_TAMPERINGS. */
const SEED = Number(process.env['SAJEON_SEED'] ?? Date.now() % 1_000_000_007);
const TAMPERINGS = Number(process.env['SAJEON_TAMPERINGS'] ?? 2_000);
const STREAMS = ['consultation-1', 'consultation-2', 'project-1', 'system-1', 'system-2'];
const AT = '2026-11-21T00:00:00Z';

interface Verdict {
  readonly result: string;
  readonly reason: string;
  readonly line?: number;
  readonly seq?: string;
  readonly events?: string;
  readonly withheld?: string;
}

let log: TestLog;
let directory: string;
let keyFile: string;
let early: string;
let late: string;

const bundle = async (request: Partial<EvidenceRequest>): Promise<string> => {
  let text = '';
  for await (const line of evidence(log.log, { scope: { kind: 'log' }, at: AT, ...request })) text += line;
  return text;
};
const file = (name: string, content: string | Buffer): string => {
  const path = join(directory, name);
  writeFileSync(path, content);
  return path;
};
const run = (
  program: string,
  script: string,
  args: readonly string[],
): { readonly exit: number | null; readonly verdicts: Verdict[] } => {
  const { status, stdout, stderr, error } = spawnSync(program, [join('tools', script), ...args, '--json'], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (error || stderr !== '') throw new Error(`${program}: ${error?.message ?? stderr}`);
  const lines = stdout.split('\n').filter((line) => line !== '');
  return { exit: status, verdicts: lines.map((line) => JSON.parse(line) as Verdict) };
};
const essence = ({ result, reason, line, seq, events, withheld }: Verdict) => ({ result, reason, line, seq, events, withheld });

/** Both verifiers on all files; they must say the same of each. */
const verify = (
  files: readonly string[],
  args: readonly string[] = ['--key', keyFile],
): { exit: number | null; verdicts: Verdict[] } => {
  const node = run(process.execPath, 'verify.mjs', [...files, ...args]);
  const python = run('python3', 'verify.py', [...files, ...args]);
  expect(python.verdicts.map(essence)).toEqual(node.verdicts.map(essence));
  expect(python.exit).toBe(node.exit);
  return node;
};
const verifyOne = (name: string, content: string | Buffer, args?: readonly string[]) => {
  const { exit, verdicts } = verify([file(name, content)], args);
  return { exit, ...verdicts[0] };
};

/** With a trailer that fits what was done to the lines. */
const repaired = (lines: readonly string[], change: Record<string, string> = {}): string => {
  const body = lines
    .slice(0, -1)
    .map((line) => `${line}\n`)
    .join('');
  const trailer = JSON.parse(lines.at(-1) ?? '') as Record<string, string>;
  const sha256 = createHash('sha256').update(body).digest('hex');
  return `${body}${JSON.stringify({ ...trailer, ...change, sha256 })}\n`;
};

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'sajeon-evidence-'));
  log = await openTestLog();
  const deep = anyEvent('unusual', {
    '제목 "따옴표"\\': ['\u0000\u001f\u007f\u2028', '\ud800', 1e21, -0, 0.1, 1e-7, 2 ** 63, null, true, { '': [] }],
    '😀': 'é',
  });
  for (let round = 0; round < 6; round++) {
    await log.record(STREAMS);
    if (round === 2) {
      await log.sealAll();
      early = (await log.log.checkpoint()).note;
    }
  }
  await log.store.append('consultation-1', 'any', [deep]);
  await log.sealAll();
  late = (await log.log.checkpoint()).note;
  keyFile = file('key', `# the log's key\n${log.key.verifiers[0]?.text}\n`);
});
afterAll(async () => {
  await log.close();
  rmSync(directory, { recursive: true });
});

describe('evidence that is as it was made', () => {
  it('is verified by both verifiers, whatever its scope and whatever is withheld', async () => {
    const requests: readonly Partial<EvidenceRequest>[] = [
      { scope: { kind: 'log' } },
      { scope: { kind: 'streams', streams: ['consultation-1'] } },
      { scope: { kind: 'streams', streams: STREAMS }, earlier: early },
      { scope: { kind: 'range', from: 7n, to: 19n } },
      { scope: { kind: 'range', from: 0n, to: 1_000n }, earlier: late },
      { scope: { kind: 'log' }, earlier: early, disclose: ({ stream }) => ({ data: stream !== 'project-1', metadata: false }) },
    ];
    const files = await Promise.all(requests.map(async (request, index) => file(`good-${index}`, await bundle(request))));
    const { exit, verdicts } = verify(files);
    expect(verdicts.map(({ result, events, withheld }) => [result, events, withheld])).toEqual([
      ['verified', '31', '0'],
      ['verified', '7', '0'],
      ['verified', '31', '0'],
      ['verified', '12', '0'],
      ['verified', '31', '0'],
      ['verified', '31', '31'],
    ]);
    expect(exit).toBe(0);
  });

  it('says that it agrees with itself, and no more, when the key comes with it', async () => {
    expect(verifyOne('own-key', await bundle({}), [])).toMatchObject({
      exit: 2,
      result: 'cannot-tell',
      reason: 'consistent-only',
    });
  });

  it('is not green under another key, nor with a key file that is none', async () => {
    const stranger = file('stranger', `${generateKey(log.key.origin, 'log').verifier.text}\n`);
    expect(verifyOne('strange', await bundle({}), ['--key', stranger])).toMatchObject({
      exit: 1,
      reason: 'checkpoint-unsigned',
      line: 1,
    });
    const none = file('no-key', 'hello\n');
    expect(verifyOne('strange', await bundle({}), ['--key', none])).toMatchObject({ exit: 2, reason: 'key-unreadable' });
    expect(verifyOne('strange', await bundle({}), ['--key', join(directory, 'absent')])).toMatchObject({
      exit: 2,
      reason: 'key-unreadable',
    });
  });

  it('goes on from the checkpoint that an auditor kept, or shows that there are two logs', async () => {
    const kept = file('kept', early);
    const streams = { kind: 'streams', streams: ['system-1'] } as const;
    expect(
      verifyOne('on', await bundle({ scope: streams, earlier: early }), ['--key', keyFile, '--earlier', kept]),
    ).toMatchObject({ exit: 0 });
    expect(verifyOne('off', await bundle({ scope: streams }), ['--key', keyFile, '--earlier', kept])).toMatchObject({
      exit: 2,
      reason: 'earlier-not-covered',
    });
    // The operator's own key can sign a second history; it cannot make the two one.
    const other = otherHistory();
    const forked = file('forked', other);
    expect(
      verifyOne('fork', await bundle({ scope: streams, earlier: early }), ['--key', keyFile, '--earlier', forked]),
    ).toMatchObject({
      exit: 1,
      reason: 'split-view',
    });
  });

  it('proves a receipt alone', async () => {
    const [event] = await log.log.stream('project-1');
    const proof = await log.log.receiptProof(event?.event.id ?? '');
    expect(verifyOne('receipt.tlog-proof', proof)).toMatchObject({ exit: 0, result: 'verified', events: '1' });
    expect(verifyOne('receipt-2', proof, [])).toMatchObject({ exit: 2, reason: 'no-key' });
    const files = Array.from({ length: proof.length }, (_, at) =>
      file(`receipt-${at}`, `${proof.slice(0, at)}${proof[at] === 'A' ? 'B' : 'A'}${proof.slice(at + 1)}`),
    );
    for (const { result } of verify(files).verdicts) expect(result).not.toBe('verified');
  });

  it('spans a change of the key, for who has both; who has only the newer one is told which key is missing, and of nothing else', async () => {
    const changed = await openTestLog();
    try {
      await changed.record(STREAMS);
      await changed.sealAll();
      const old = (await changed.log.checkpoint()).note;
      const newest = changed.key.rotate().retire();
      await changed.record(STREAMS);
      const sealing = changed.sealer({ key: newest });
      sealing.start();
      await sealing.covered(10n);
      await sealing.stop();
      let text = '';
      for await (const line of evidence(changed.log, { scope: { kind: 'log' }, at: AT })) text += line;
      const both = file('both-keys', readFileSync(`${newest.file}.pub`));
      const one = file('newest-key', `${newest.verifiers[0]?.text}\n`);
      const kept = file('kept-under-the-old-key', old);
      expect(verifyOne('rotated', text, ['--key', both, '--earlier', kept])).toMatchObject({ exit: 0, events: '10' });
      const [before = ''] = changed.key.verifiers.map(({ text: key }) => key.split('+').slice(0, 2).join('+'));
      expect(verifyOne('rotated', text, ['--key', one])).toMatchObject({
        ...{ exit: 2, result: 'cannot-tell', reason: 'key-missing', line: 2, detail: before, events: '10' },
      });
      // What is wrong beside that is found, and nothing is excused by a key that the bundle itself brings along.
      const [header = '', , ...rest] = text.trimEnd().split('\n');
      const head = JSON.parse(header) as { keys: string[]; checkpoint: string };
      const stranger = generateKey(changed.key.origin, 'log');
      const instead = (note: string, keys = head.keys) =>
        verifyOne(
          'hostile',
          repaired([
            JSON.stringify({ ...head, keys }),
            JSON.stringify({ ...(JSON.parse(text.split('\n')[1] ?? '') as object), note }),
            ...rest,
          ]),
          ['--key', one],
        );
      const note = old.slice(0, old.lastIndexOf('\n\n') + 1);
      const unsigned = { exit: 1, reason: 'checkpoint-unsigned', line: 2 };
      expect(instead(old)).toMatchObject({ exit: 2, reason: 'key-missing' });
      expect(instead(old, [])).toMatchObject({ ...unsigned, detail: `signed by ${before}` });
      expect(instead(signNote(note, [stranger]))).toMatchObject(unsigned);
      expect(
        instead(`${note}\n${signNote(`${note}more\n`, [stranger]).split('\n\n')[1]}`, [stranger.verifier.text]),
      ).toMatchObject(unsigned);
      expect(instead(signNote(note, [stranger]), [stranger.verifier.text])).toMatchObject({ exit: 2, reason: 'key-missing' });
      const forged = checkpointText({ origin: changed.key.origin, size: 5n, root: Buffer.alloc(32) });
      expect(instead(signNote(forged, [stranger]), [stranger.verifier.text])).toMatchObject({
        ...{ exit: 1, reason: 'checkpoint-inconsistent', line: 2 },
      });
      const falsely = head.checkpoint.slice(head.checkpoint.lastIndexOf('\n\n') + 2);
      expect(instead(`${old}${falsely}`)).toMatchObject(unsigned);
      const whole = signNote(head.checkpoint.slice(0, head.checkpoint.lastIndexOf('\n\n') + 1), [stranger]);
      const headed = { ...head, checkpoint: whole, keys: [stranger.verifier.text] };
      expect(verifyOne('headed', repaired([JSON.stringify(headed), ...rest]), ['--key', one])).toMatchObject({
        ...{ exit: 1, reason: 'checkpoint-unsigned', line: 1 },
      });
      const altered = rest.map((line) => line.replace('"type\\":\\"plan-drafted', '"type\\":\\"plan-approved'));
      expect(altered).not.toEqual(rest);
      expect(verifyOne('altered', repaired([header, text.split('\n')[1] ?? '', ...altered]), ['--key', one])).toMatchObject({
        exit: 1,
        reason: 'leaf-mismatch',
      });
      expect(verifyOne('rotated', text, ['--key', one, '--earlier', kept])).toMatchObject({
        exit: 2,
        reason: 'earlier-unreadable',
      });
    } finally {
      await changed.close();
    }
  });

  it('outlives the event: a receipt convicts whoever removed it, and nothing new is made of what is left', async () => {
    const gone = await openTestLog();
    try {
      await gone.record(STREAMS);
      await gone.sealAll();
      const [sealed] = await gone.log.stream('project-1');
      const receipt = await gone.log.receiptProof(sealed?.event.id ?? '');
      await gone.pool.query('alter table event_store.event disable trigger user');
      await gone.pool.query('delete from event_store.event where position = $1', [String(sealed?.event.position)]);
      const key = file('gone-key', `${gone.key.verifiers[0]?.text}\n`);
      expect(verifyOne('gone-receipt', receipt, ['--key', key])).toMatchObject({ exit: 0, result: 'verified' });
      await expect(gone.log.receiptProof(sealed?.event.id ?? '')).rejects.toMatchObject({ code: 'event-missing' });
      for (const scope of [{ kind: 'log' }, { kind: 'streams', streams: ['project-1'] }] as const) {
        const made = async () => {
          for await (const _ of evidence(gone.log, { scope, at: AT }));
        };
        await expect(made()).rejects.toMatchObject({ code: 'event-missing' });
      }
      expect((await gone.log.verifyAll()).contradictions).toMatchObject([{ code: 'event-missing', seq: sealed?.seq }]);
    } finally {
      await gone.close();
    }
  });

  it('is not made of what no checkpoint covers', async () => {
    await expect(bundle({ scope: { kind: 'streams', streams: ['agency-none'] } })).rejects.toThrow(NotInLog);
    await expect(bundle({ scope: { kind: 'streams', streams: [] } })).rejects.toThrow(NotInLog);
    await expect(bundle({ scope: { kind: 'range', from: 31n, to: 40n } })).rejects.toThrow(NotInLog);
  });
});

describe('evidence is never green', () => {
  it('without events', async () => {
    const [header = '', ...rest] = (await bundle({})).trimEnd().split('\n');
    const nothing = repaired([header, rest.at(-1) ?? ''], { events: '0', checkpoints: '0', withheld: '0' });
    expect(verifyOne('nothing', nothing)).toMatchObject({ exit: 2, reason: 'no-events' });
  });

  it('without its trailer, or with something after it', async () => {
    const whole = await bundle({});
    const lines = whole.trimEnd().split('\n');
    expect(verifyOne('cut', `${lines.slice(0, -1).join('\n')}\n`)).toMatchObject({ exit: 1, reason: 'trailer-missing' });
    expect(verifyOne('more', `${whole}${lines[0]}\n`)).toMatchObject({ exit: 1, reason: 'after-trailer' });
    expect(verifyOne('unended', whole.trimEnd())).toMatchObject({ exit: 1, reason: 'line-malformed' });
    expect(verifyOne('empty', '')).toMatchObject({ exit: 2, reason: 'not-a-bundle' });
    expect(verifyOne('other', '{"kind":"header","format":"sajeon-evidence@9"}\n')).toMatchObject({
      exit: 2,
      reason: 'not-a-bundle',
    });
    expect(verify([join(directory, 'absent')])).toMatchObject({ exit: 2, verdicts: [{ reason: 'unreadable' }] });
  });

  it('when the whole log lacks its end, although the counts were made to fit', async () => {
    const lines = (await bundle({})).trimEnd().split('\n');
    const short = repaired([...lines.slice(0, -3), lines.at(-1) ?? ''], { events: '29' });
    expect(verifyOne('short', short)).toMatchObject({ exit: 1, reason: 'event-missing', seq: '29' });
  });

  it('when one event was rewritten throughout: core, leaf hash and digest', async () => {
    const lines = (await bundle({ earlier: early })).trimEnd().split('\n');
    // The last event of its stream: no later one speaks of it, so only the signed roots are left to contradict.
    const at = lines.length - 3;
    const { core, ...event } = JSON.parse(lines[at] ?? '') as Record<string, string>;
    const forged = (core ?? '').replace('"actor":"person-7"', '"actor":"person-8"');
    lines[at] = JSON.stringify({
      kind: event['kind'],
      core: forged,
      leaf: leafHash(Buffer.from(forged)).toString('base64'),
      data: event['data'],
    });
    expect(verifyOne('forged', repaired(lines, { withheld: '1' }))).toMatchObject({
      exit: 1,
      reason: 'root-mismatch',
      seq: '15',
    });
  });

  it('when it shows more or less than its scope says, although each event is true', async () => {
    const lines = (await bundle({ scope: { kind: 'streams', streams: ['system-1', 'system-2'] } })).trimEnd().split('\n');
    const rescoped = (streams: readonly string[]) =>
      repaired(lines.with(0, JSON.stringify({ ...(JSON.parse(lines[0] ?? '') as object), scope: { kind: 'streams', streams } })));
    expect(verifyOne('less', rescoped(['system-1']))).toMatchObject({ exit: 1, reason: 'not-in-scope' });
    expect(verifyOne('more', rescoped(['system-1', 'system-2', 'system-3']))).toMatchObject({ exit: 1, reason: 'stream-empty' });
    const gap = repaired(lines.toSpliced(3, 1), { events: '11' });
    expect(verifyOne('gap', gap)).toMatchObject({ exit: 1, reason: 'event-missing' });
  });

  it('when the operator sealed events of a stream that do not go on from one another', async () => {
    const texts = (await bundle({ scope: { kind: 'streams', streams: ['system-1'] } })).split('\n').slice(1, 3);
    const events = texts.map((text, seq) => {
      const event = JSON.parse(text) as Record<string, string>;
      // Alone in a log of its own the second still names a leaf that is not the first's.
      const core = (event['core'] ?? '').replace(/"seq":"\d+"/, `"seq":"${seq}"`);
      return { kind: 'event', core, leaf: leafHash(Buffer.from(core)).toString('base64') };
    });
    const range = new CompactRange();
    for (const { leaf } of events) range.append(Buffer.from(leaf, 'base64'));
    const checkpoint = signNote(checkpointText({ origin: log.key.origin, size: 2n, root: range.root() }), [signingKey()]);
    const header = {
      kind: 'header',
      format: 'sajeon-evidence@1',
      log: log.key.origin,
      scope: { kind: 'log' },
      made: AT,
      checkpoint,
      keys: [],
    };
    const trailer = { kind: 'trailer', events: '2', checkpoints: '0', withheld: '2' };
    const unchained = repaired([header, ...events, trailer].map((each) => JSON.stringify(each)));
    expect(verifyOne('unchained', unchained)).toMatchObject({ exit: 1, reason: 'chain-broken', seq: '1' });
  });

  it('when the operator sealed one name in the core and another in the metadata', async () => {
    const line = (await bundle({})).split('\n').find((each) => each.startsWith('{"kind":"event"')) ?? '';
    const event = JSON.parse(line) as Record<string, string>;
    const core = (event['core'] ?? '').replace('"actor":"person-7"', '"actor":"person-8"');
    const leaf = leafHash(Buffer.from(core));
    const only = { ...event, core, leaf: leaf.toString('base64') };
    const header = {
      kind: 'header',
      format: 'sajeon-evidence@1',
      log: log.key.origin,
      scope: { kind: 'log' },
      made: AT,
      // A log of this one leaf, signed as it should be.
      checkpoint: signNote(checkpointText({ origin: log.key.origin, size: 1n, root: leaf }), [signingKey()]),
      keys: [],
    };
    const trailer = { kind: 'trailer', events: '1', checkpoints: '0', withheld: '0' };
    const lied = repaired([header, only, trailer].map((each) => JSON.stringify(each)));
    expect(verifyOne('lied', lied)).toMatchObject({ exit: 1, reason: 'core-contradicts-metadata', seq: '0' });
  });

  it('nor does a verifier fail at what is no bundle at all, or is one only for some readers', async () => {
    const lines = (await bundle({})).trimEnd().split('\n');
    const event = lines.findIndex((line) => line.startsWith('{"kind":"event"'));
    const text = lines[event] ?? '';
    const instead = (line: string, at = event) => repaired(lines.with(at, line));
    const core = (change: (core: string) => string) => {
      const changed = change((JSON.parse(text) as { core: string }).core);
      return instead(
        JSON.stringify({ ...(JSON.parse(text) as object), core: changed, leaf: leafHash(changed).toString('base64') }),
      );
    };
    const after = (line: string) => `${lines[0]}\n${line}\n`;
    const none = { exit: 2, reason: 'not-a-bundle' };
    const malformed = { exit: 1, reason: 'line-malformed' };
    const badCore = { exit: 1, reason: 'core-malformed' };
    const dice = new Dice(SEED);
    const cases: Record<string, readonly [content: string | Buffer, verdict: object]> = {
      'fifty megabytes of noise': [
        Buffer.alloc(50_000_000, Buffer.from(Array.from({ length: 4_099 }, () => dice.below(256)))),
        {},
      ],
      'fifty megabytes of nothing': [Buffer.alloc(50_000_000), none],
      'one line of twenty megabytes': [`{"kind":"header","x":"${'a'.repeat(20_000_000)}"}\n`, none],
      'lines of nothing': ['\n'.repeat(1_000_000), none],
      'lists in lists': [`${'['.repeat(500_000)}${']'.repeat(500_000)}\n`, none],
      'lists in lists, after a header': [after(`{"kind":"event","core":${'['.repeat(3_000)}${']'.repeat(3_000)}}`), malformed],
      'objects in objects': [after(`${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`), malformed],
      'a number of ten thousand digits': [after(`{"kind":"event","core":${'9'.repeat(10_000)}}`), malformed],
      'the same in the header': [`${(lines[0] ?? '').replace('{', `{"n":${'9'.repeat(10_000)},`)}\n`, none],
      'a number beyond all numbers': [after('{"kind":"event","core":1e999999}'), malformed],
      'not a number': [after('{"kind":"event","core":NaN}'), malformed],
      'a size of many digits': [
        instead((lines[0] ?? '').replace('\\n31\\n', `\\n${'9'.repeat(3_000)}\\n`), 0),
        { exit: 1, reason: 'checkpoint-malformed' },
      ],
      'a name twice': [instead(text.replace('{', '{"data":"{\\"approved\\":true}",')), malformed],
      'a name twice, in the header': [instead((lines[0] ?? '').replace('{', '{"log":"another",'), 0), none],
      'a name that programs trip over': [instead(text.replace('{', '{"__proto__":{"a":"b"},')), malformed],
      'white space': [instead(`${text} `), malformed],
      'escapes that need not be': [instead(text.replace('"kind":"event"', '"kind":"\\u0065vent"')), malformed],
      'half a character': [instead(text.replace('{', '{"x":"\\ud800",')), malformed],
      'line ends of another system': [lines.map((line) => `${line}\r\n`).join(''), none],
      'line ends of another system, after the header': [
        repaired(lines.map((line, at) => (at > 0 && at < lines.length - 1 ? `${line}\r` : line))),
        malformed,
      ],
      'a byte order mark': [`\ufeff${lines.join('\n')}\n`, none],
      'a byte order mark on a line': [instead(`\ufeff${text}`), malformed],
      'another encoding': [Buffer.from(lines.join('\n'), 'utf16le'), none],
      'bytes that are no text': [Buffer.concat([Buffer.from(after('')).subarray(0, -1), Buffer.of(0xc0, 0x80, 10)]), malformed],
      'digits of another script': [core((from) => from.replace('"seq":"0"', '"seq":"٠"')), badCore],
      'a leaf index that is below nothing': [core((from) => from.replace('"seq":"0"', '"seq":"-0"')), badCore],
      'a leaf index beyond all': [core((from) => from.replace('"seq":"0"', '"seq":"9223372036854775808"')), badCore],
      'a core that says a thing twice': [core((from) => from.replace('"v":1', '"type":"a","v":1')), badCore],
      'a core of another version': [core((from) => from.replace('"v":1', '"v":1.0')), badCore],
      'a receipt without anything': ['c2sp.org/tlog-proof@v1\n', malformed],
      'a receipt of twenty megabytes': [`c2sp.org/tlog-proof@v1\nextra ${'A'.repeat(20_000_000)}\nindex 0\n\nx\n`, { exit: 1 }],
    };
    const files = Object.entries(cases).map(([, [content]], at) => file(`hostile-${at}`, content));
    const { verdicts } = verify(files);
    for (const [at, [about, [, { exit, ...expected }]]] of (
      Object.entries(cases) as [string, [unknown, { exit?: number }]][]
    ).entries()) {
      const verdict = verdicts[at];
      expect({ about, verdict }).toEqual({ about, verdict: expect.objectContaining(expected) });
      expect({ about, result: verdict?.result }).not.toEqual({ about, result: 'verified' });
      if (exit !== undefined)
        expect({ about, result: verdict?.result }).toEqual({ about, result: exit === 1 ? 'broken' : 'cannot-tell' });
    }
  });

  it(`whatever is done to it (${TAMPERINGS} times), and both verifiers say the same of it`, async () => {
    process.stdout.write(`tampered bundles: seed ${SEED}, ${TAMPERINGS} times (SAJEON_SEED, SAJEON_TAMPERINGS)\n`);
    const dice = new Dice(SEED);
    const originals = [
      await bundle({ earlier: early, disclose: ({ stream }) => ({ data: stream !== 'system-1', metadata: true }) }),
      await bundle({ scope: { kind: 'streams', streams: ['consultation-1', 'project-1'] }, earlier: early }),
      await bundle({ scope: { kind: 'range', from: 3n, to: 17n } }),
    ];
    const other = otherHistory();
    const seen = new Map<string, number>();
    const PART = 500;
    for (let done = 0; done < TAMPERINGS; done += PART) {
      const made = Array.from({ length: Math.min(PART, TAMPERINGS - done) }, () => tampered(dice, dice.among(originals), other));
      mkdirSync(join(directory, 'tampered'), { recursive: true });
      const files = made.map(({ content }, index) => file(join('tampered', String(index)), content));
      for (const [index, verdict] of verify(files).verdicts.entries()) {
        const { how, line, seq } = made[index] ?? { how: '', line: undefined, seq: undefined };
        const about = `${how} (seed ${SEED}, ${done + index})`;
        expect({ about, green: verdict.result === 'verified' }).toEqual({ about, green: false });
        if (verdict.result !== 'broken')
          expect({ about, verdict }).toEqual({ about, verdict: expect.objectContaining({ reason: 'not-a-bundle' }) });
        if (line !== undefined) expect({ about, line: verdict.line }).toEqual({ about, line });
        if (seq !== undefined) expect({ about, seq: verdict.seq }).toEqual({ about, seq });
        seen.set(verdict.reason, (seen.get(verdict.reason) ?? 0) + 1);
      }
    }
    // The tampering must have been of many kinds, or the test shows little.
    if (TAMPERINGS >= 1_000) expect(seen.size).toBeGreaterThan(14);
  });

  /** One alteration, with where it must be found when that is certain. */
  function tampered(
    dice: Dice,
    original: string,
    other: string,
  ): { readonly content: string | Buffer; readonly how: string; readonly line?: number; readonly seq?: string } {
    const lines = original.trimEnd().split('\n');
    const events = lines.flatMap((line, index) => (line.includes('"kind":"event"') ? [index] : []));
    const at = dice.among(events);
    const read = (index: number) => JSON.parse(lines[index] ?? '') as Record<string, unknown>;
    const seqOf = (index: number) => (JSON.parse(String(read(index)['core'])) as { seq: string }).seq;
    const put = (index: number, content: Record<string, unknown>) => lines.with(index, JSON.stringify(content));
    const found = { line: at + 1, seq: seqOf(at) };

    const how = dice.among([
      'bit', 'byte', 'cut', 'line-gone', 'line-twice', 'lines-swapped', 'core', 'core-and-leaf', 'data', 'metadata', 'leaf', 'proof',
      'proof-shorter', 'proof-longer', 'deleted', 'repeated', 'moved', 'inserted', 'other-checkpoint', 'unsigned', 'resized', 'count', 'withheld', 'header',
    ] as const); // prettier-ignore
    switch (how) {
      case 'bit': {
        const bytes = Buffer.from(original);
        const byte = dice.below(bytes.length);
        bytes[byte] = (bytes[byte] ?? 0) ^ (1 << dice.below(8));
        return { how, content: bytes };
      }
      case 'byte': {
        const bytes = Buffer.from(original);
        const byte = dice.below(bytes.length);
        const added = Buffer.from(Array.from({ length: 1 + dice.below(3) }, () => dice.below(256)));
        return { how, content: Buffer.concat([bytes.subarray(0, byte), added, bytes.subarray(byte)]) };
      }
      case 'cut':
        return { how, content: Buffer.from(original).subarray(0, dice.below(Buffer.byteLength(original))) };
      case 'line-gone':
        return { how, content: `${lines.toSpliced(dice.below(lines.length), 1).join('\n')}\n` };
      case 'line-twice': {
        const index = dice.below(lines.length);
        return { how, content: `${lines.toSpliced(index, 0, lines[index] ?? '').join('\n')}\n` };
      }
      case 'lines-swapped': {
        const index = dice.below(lines.length - 1);
        return { how, content: `${lines.toSpliced(index, 2, lines[index + 1] ?? '', lines[index] ?? '').join('\n')}\n` };
      }
      case 'core': {
        const event = read(at);
        const core = JSON.parse(String(event['core'])) as Record<string, string>;
        const name = dice.among(['actor', 'agency', 'command', 'id', 'rec', 'type']);
        event['core'] = JSON.stringify({ ...core, [name]: `${core[name]}x` });
        return { how, content: repaired(put(at, event)), ...found };
      }
      case 'core-and-leaf': {
        const event = read(at);
        const core = String(event['core']).replace('"type":"plan-drafted"', '"type":"plan-approved"');
        const leaf = leafHash(Buffer.from(core)).toString('base64');
        // In the whole log no proof stands by the event: the next of its stream, or a signed root, contradicts.
        return { how, content: repaired(put(at, { ...event, core, leaf })), ...('proof' in event ? found : {}) };
      }
      case 'data':
      case 'metadata': {
        const event = read(at);
        if (event[how] === undefined)
          return { how: `${how} invented`, content: repaired(put(at, { ...event, [how]: '{}' })), ...found };
        return {
          how,
          content: repaired(
            put(at, { ...event, [how]: String(event[how]).replace(/[0-9]/, (digit) => String((Number(digit) + 1) % 10)) }),
          ),
          ...found,
        };
      }
      case 'leaf':
        return {
          how,
          content: repaired(put(at, { ...read(at), leaf: Buffer.alloc(32, dice.below(256)).toString('base64') })),
          ...found,
        };
      case 'proof':
      case 'proof-shorter':
      case 'proof-longer': {
        const event = read(at);
        const proof = event['proof'] as string[] | undefined;
        if (!proof) return { how: 'proof added', content: repaired(put(at, { ...event, proof: [] })), line: at + 1 };
        const index = dice.below(proof.length);
        const hash = Buffer.alloc(32, dice.below(256)).toString('base64');
        const changed =
          how === 'proof'
            ? proof.with(index, hash)
            : how === 'proof-shorter'
              ? proof.toSpliced(index, 1)
              : proof.toSpliced(index, 0, hash);
        return { how, content: repaired(put(at, { ...event, proof: changed })), ...found };
      }
      case 'deleted': {
        // Not the last ones: that nothing follows the last event shown only the whole log proves.
        const index = dice.among(
          events.filter((each) => events.some((later) => later > each && streamAt(later) === streamAt(each))),
        );
        return { how, content: repaired(lines.toSpliced(index, 1), { events: String(events.length - 1) }) };
      }
      case 'repeated':
        return {
          how,
          content: repaired(lines.toSpliced(at, 0, lines[at] ?? ''), { events: String(events.length + 1) }),
          line: at + 2,
        };
      case 'moved': {
        const index = dice.among(events.slice(0, -1));
        return { how, content: repaired(lines.toSpliced(index, 2, lines[index + 1] ?? '', lines[index] ?? '')) };
      }
      case 'inserted': {
        const event = read(at);
        const core = String(event['core'])
          .replace(/"seq":"\d+"/, '"seq":"5"')
          .replace(/"rev":"\d+"/, '"rev":"9"');
        const forged = JSON.stringify({ ...event, core, leaf: leafHash(Buffer.from(core)).toString('base64') });
        return { how, content: repaired(lines.toSpliced(at + 1, 0, forged), { events: String(events.length + 1) }) };
      }
      case 'other-checkpoint':
        // Signed by the log's own key, and of the right size: the events are then not in it.
        return { how, content: repaired(put(0, { ...read(0), checkpoint: other })) };
      case 'unsigned': {
        const header = read(0);
        const checkpoint = String(header['checkpoint']).replace(
          /(.)(....==?)\n$/,
          (_, one: string, end: string) => `${one === 'A' ? 'B' : 'A'}${end}\n`,
        );
        return { how, content: repaired(put(0, { ...header, checkpoint })), line: 1 };
      }
      case 'resized': {
        const header = read(0);
        const checkpoint = String(header['checkpoint']).replace(/\n31\n/, `\n${dice.among([30, 32, 63])}\n`);
        return { how, content: repaired(put(0, { ...header, checkpoint })), line: 1 };
      }
      case 'count': {
        const count = dice.among(['events', 'checkpoints', 'withheld'] as const);
        return { how, content: repaired(lines, { [count]: String(100 + dice.below(9)) }), line: lines.length };
      }
      case 'withheld': {
        // Dropped without saying so.
        const event = Object.fromEntries(Object.entries(read(at)).filter(([name]) => name !== 'metadata'));
        const already = !('data' in event);
        return { how, content: already ? `${put(at, event).join('\n')}\n` : repaired(put(at, event)), line: lines.length };
      }
      case 'header': {
        const header = read(0);
        const name = dice.among(['made', 'log', 'scope', 'extra']);
        return { how: `${how} ${name}`, content: `${put(0, { ...header, [name]: 'x' }).join('\n')}\n` };
      }
      default:
        throw new Error(how satisfies never);
    }

    function streamAt(index: number): string {
      return (JSON.parse(String(read(index)['core'])) as { stream: string }).stream;
    }
  }
});

/** A checkpoint of as many leaves as the early and the late one, over other leaves, signed by the log itself. */
function otherHistory(): string {
  const root = Buffer.alloc(32, 7);

  return signNote(checkpointText({ origin: log.key.origin, size: 15n, root }), [signingKey()]);
}

function signingKey(): SigningKey {
  return parseSigningKey(readFileSync(log.key.file, 'utf8').trim());
}

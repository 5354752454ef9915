import {
  base64,
  cosignatureLine,
  MalformedNote,
  parseCheckpoint,
  parseNote,
  signersOf,
  verifyConsistency,
  type Checkpoint,
  type Hash,
  type Note,
  type SigningKey,
  type VerifierKey,
} from '@sajeon/audit';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What `add-checkpoint` answers: C2SP tlog-witness. */
export interface Answer {
  readonly status: 200 | 400 | 403 | 404 | 409 | 422;
  readonly type: 'text/plain; charset=utf-8' | 'text/x.tlog.size';
  readonly body: string;
}

interface Submission {
  readonly old: bigint;
  readonly proof: readonly Hash[];
  readonly text: string;
  readonly note: Note;
  readonly checkpoint: Checkpoint;
}

const MOST_PROOF_LINES = 63;

/**
 * Remembers the newest checkpoint of each log that it was told to watch, and cosigns the next one only when the log has gone on from
 * there. It keeps nothing else, needs no trust in the log, and never forgets: whoever was shown another history cannot be shown both.
 */
export class Witness {
  /**
   * @param logs keys of the logs to watch; their names are the origins
   * @param directory where the newest checkpoints lie, one file for each log
   * @param alarm told of a log that contradicts itself; both checkpoints have been kept by then
   */
  constructor(
    private readonly key: SigningKey,
    private readonly logs: readonly VerifierKey[],
    private readonly directory: string,
    private readonly now: () => Date = () => new Date(),
    private readonly alarm: (message: string) => void = () => undefined,
  ) {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
  }

  get verifier(): string {
    return this.key.verifier.text;
  }

  /** The newest checkpoint of a log, as it was cosigned; undefined when there is none. */
  newest(origin: string): string | undefined {
    const file = this.fileOf(origin);
    return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  }

  /** From reading the newest checkpoint to replacing it nothing else can happen: all of it is synchronous. */
  addCheckpoint(body: string): Answer {
    let submission: Submission;
    try {
      submission = parse(body);
    } catch (error) {
      if (!(error instanceof MalformedNote)) throw error;
      return plain(400, error.message);
    }
    const { old, proof, text, note, checkpoint } = submission;
    const keys = this.logs.filter((key) => key.name === checkpoint.origin && key.kind === 'log');
    if (keys.length === 0) return plain(404, 'this witness does not watch that log');
    if (signersOf(note, keys).length === 0) return plain(403, 'not signed by that log');
    if (old > checkpoint.size) return plain(400, 'the old size is above the size of the checkpoint');

    const seen = this.newest(checkpoint.origin);
    const last = seen === undefined ? undefined : parseCheckpoint(parseNote(seen).text);
    if (old !== (last?.size ?? 0n)) return { status: 409, type: 'text/x.tlog.size', body: `${last?.size ?? 0n}\n` };
    if (last && old === checkpoint.size && !last.root.equals(checkpoint.root)) {
      this.keepBoth('fork', seen ?? '', text);
      return plain(409, `another log of ${old} leaves was seen before`);
    }
    // Every log goes on from the empty one.
    const goesOn = last === undefined || last.size === 0n ? proof.length === 0 : goesOnFrom(last, checkpoint, proof);
    if (!goesOn) {
      if (seen !== undefined) this.keepBoth('unproven', seen, text);
      return plain(422, `the log does not go on from the ${old} leaves that were seen before`);
    }
    const line = cosignatureLine(note.text, this.key, this.now());
    this.remember(checkpoint.origin, `${text}${line}`);
    return plain(200, line.trimEnd());
  }

  private remember(origin: string, note: string): void {
    const file = this.fileOf(origin);
    writeFileSync(`${file}.new`, note, { flush: true });
    renameSync(`${file}.new`, file);
  }

  /**
   * Keeps what was seen and what was offered side by side. `fork`: the log signed both and they cannot both be true, which proves its
   * misbehaviour. `unproven`: either that, or somebody sent a true checkpoint with a spoiled proof; the log can still show which.
   */
  private keepBoth(what: 'fork' | 'unproven', seen: string, offered: string): void {
    const file = join(this.directory, `${what}-${createHash('sha256').update(`${seen}${offered}`).digest('hex')}`);
    if (existsSync(file)) return;
    writeFileSync(file, `${seen}\n${offered}`, { flush: true });
    this.alarm(
      `${what === 'fork' ? 'a log contradicts what it signed before' : 'a log did not show that it goes on from what it signed before'}: ${file}`,
    );
  }

  private fileOf(origin: string): string {
    return join(this.directory, createHash('sha256').update(origin).digest('hex'));
  }
}

const goesOnFrom = (last: Checkpoint, next: Checkpoint, proof: readonly Hash[]): boolean =>
  verifyConsistency(last.size, next.size, proof, last.root, next.root);

const plain = (status: Answer['status'], body: string): Answer => ({
  status,
  type: 'text/plain; charset=utf-8',
  body: `${body}\n`,
});

/** @throws MalformedNote */
function parse(body: string): Submission {
  const end = body.indexOf('\n\n');
  if (end < 0) throw new MalformedNote('an old size, a proof, an empty line and a checkpoint are expected');
  const [first = '', ...lines] = body.slice(0, end).split('\n');
  const old = /^old (0|[1-9]\d{0,18})$/.exec(first)?.[1];
  if (old === undefined) throw new MalformedNote('the first line is not an old size');
  if (lines.length > MOST_PROOF_LINES) throw new MalformedNote('the proof is too long');
  const text = body.slice(end + 2);
  const note = parseNote(text);
  return { old: BigInt(old), proof: lines.map(base64), text, note, checkpoint: parseCheckpoint(note.text) };
}

import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { LogContradiction } from './log-contradiction.js';
import {
  checkpointText,
  generateKey,
  MalformedNote,
  parseCheckpoint,
  parseNote,
  parseSigningKey,
  parseVerifierKey,
  signersOf,
  signNote,
  type Checkpoint,
  type SigningKey,
  type VerifierKey,
} from './note.js';
import { rootAt, type SubtreeHashes } from './tree/proof.js';

/**
 * Where the signing key of a log is: `SAJEON_LOG_KEY`, or `log-key` under `SAJEON_HOME`. A home that has been used with another database
 * keeps that log's key, and this one's beside it; a file that was named is never passed over.
 */
export function logKeyFile(origin: string, env: NodeJS.ProcessEnv = process.env): string {
  return keyFile('SAJEON_LOG_KEY', 'log-key', origin, env);
}

/** The same for the key with which procurement tokens are signed: `SAJEON_TOKEN_KEY`, or `token-key` under `SAJEON_HOME`. */
export function tokenKeyFile(name: string, env: NodeJS.ProcessEnv = process.env): string {
  return keyFile('SAJEON_TOKEN_KEY', 'token-key', name, env);
}

function keyFile(variable: string, usualName: string, origin: string, env: NodeJS.ProcessEnv): string {
  const named = env[variable]?.trim();
  if (named) return resolve(named);
  const usual = resolve(env['SAJEON_HOME']?.trim() || '.sajeon', usualName);
  const published = existsSync(`${usual}.pub`) ? readFileSync(`${usual}.pub`, 'utf8').split('\n') : [];
  const taken = published.length > 0 && !published.some((key) => key.startsWith(`${origin}+`));
  return taken ? `${usual}-${createHash('sha256').update(origin).digest('hex').slice(0, 8)}` : usual;
}

/**
 * The keys with which a log signs, in a file of their own: one line each, the newest first, readable by its owner only. Beside it
 * lie `<file>.pub`, every public key there ever was (what auditors are given), and `<file>.last`, the last checkpoint signed.
 * That last one is kept *outside* the database: a database put back to an older state is found out before anything is signed anew.
 */
export class LogKey {
  private constructor(
    readonly file: string,
    readonly origin: string,
    private readonly keys: readonly SigningKey[],
  ) {}

  /**
   * Opens the key, and makes one on the first run.
   * @throws LogKeyUnusable when others may read the file, or it belongs to another log
   */
  static open(file: string, origin: string): LogKey {
    if (!existsSync(file)) create(file, `${generateKey(origin, 'log').secret}\n`);
    if ((statSync(file).mode & 0o077) !== 0) {
      throw new LogKeyUnusable('log-key-readable-by-others', `${file} must be readable by its owner only: chmod 600 ${file}`);
    }
    const keys = readKeys(file);
    const stranger = keys.find(({ verifier }) => verifier.name !== origin || verifier.kind !== 'log');
    if (stranger || keys.length === 0) {
      throw new LogKeyUnusable('log-key-of-another-log', `${file} is not a key of the log ${origin}`);
    }
    const key = new LogKey(file, origin, keys);
    key.publish();
    return key;
  }

  get verifiers(): readonly VerifierKey[] {
    return this.keys.map(({ verifier }) => verifier);
  }

  /** A new key signs from now on, together with the old ones, until `retire` is called. Running sealers take it at their next start. */
  rotate(): LogKey {
    const keys = [generateKey(this.origin, 'log'), ...this.keys];
    replace(this.file, keys.map((key) => `${key.secret}\n`).join(''), 0o600);
    return LogKey.open(this.file, this.origin);
  }

  /** Only the newest key signs from now on. The others stay in `.pub`: what they signed remains verifiable. */
  retire(): LogKey {
    replace(this.file, `${this.keys[0]?.secret}\n`, 0o600);
    return LogKey.open(this.file, this.origin);
  }

  /** The last checkpoint that was signed with this file's keys. */
  last(): Checkpoint | undefined {
    if (!existsSync(`${this.file}.last`)) return undefined;
    const note = parseNote(readFileSync(`${this.file}.last`, 'utf8'));
    if (signersOf(note, this.everKnown()).length === 0) {
      throw new LogKeyUnusable('last-checkpoint-not-ours', `${this.file}.last is not signed by ${this.file}`);
    }
    return parseCheckpoint(note.text);
  }

  /**
   * Signs the head of the tree, having made sure that it goes on from what was signed last.
   * @param now size of the whole tree, which may have grown since `size`
   * @throws LogContradiction `rolled-back` when the tree is smaller than what was signed, `forked` when it began otherwise
   */
  async sign(tree: SubtreeHashes, size: bigint, now: bigint): Promise<{ readonly note: string; readonly root: Buffer }> {
    const last = this.last();
    if (last) {
      if (now < last.size) {
        throw new LogContradiction('rolled-back', {
          seq: now,
          detail: `the log has ${now} leaves; a checkpoint of ${last.size} was signed`,
        });
      }
      if (!(await rootAt(tree, last.size)).equals(last.root)) {
        throw new LogContradiction('forked', {
          detail: `the first ${last.size} leaves are not those of the checkpoint that was signed`,
        });
      }
    }
    const root = await rootAt(tree, size);
    const note = signNote(checkpointText({ origin: this.origin, size, root }), this.keys);
    if (!last || size > last.size) await this.keepLast(note);
    return { note, root };
  }

  /**
   * Signs a text that is no checkpoint: for a key of its own, beside that of the log.
   * @throws LogKeyUnusable when the text could be taken for a checkpoint of this key's log
   */
  signText(text: string): string {
    if (text.startsWith(`${this.origin}\n`)) throw new LogKeyUnusable('text-is-a-checkpoint', 'a checkpoint is signed by `sign`');
    return signNote(text, this.keys);
  }

  /** As `replace`, but nothing else waits while the disk writes: this happens several times a second. */
  private async keepLast(note: string): Promise<void> {
    const draft = `${this.file}.${randomBytes(6).toString('hex')}`;
    const file = await open(draft, 'wx', 0o600);
    try {
      await file.writeFile(note);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, `${this.file}.last`);
  }

  /** Also the retired keys: what they signed still binds the log. */
  everKnown(): readonly VerifierKey[] {
    const lines = readFileSync(`${this.file}.pub`, 'utf8').split('\n');
    return lines.filter((line) => line !== '').map(parseVerifierKey);
  }

  private publish(): void {
    const file = `${this.file}.pub`;
    const known = existsSync(file) ? readFileSync(file, 'utf8') : '';
    const missing = this.verifiers.filter(({ text }) => !known.split('\n').includes(text));
    if (missing.length > 0) replace(file, known + missing.map(({ text }) => `${text}\n`).join(''), 0o644);
  }
}

/** The key cannot be used as it is; an operator has to change something. `code` is stable. */
export class LogKeyUnusable extends Error {
  override readonly name = 'LogKeyUnusable';
  constructor(
    readonly code:
      | 'log-key-readable-by-others'
      | 'log-key-of-another-log'
      | 'log-key-malformed'
      | 'last-checkpoint-not-ours'
      | 'text-is-a-checkpoint',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

function readKeys(file: string): readonly SigningKey[] {
  try {
    return readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map(parseSigningKey);
  } catch (cause) {
    if (!(cause instanceof MalformedNote)) throw cause;
    throw new LogKeyUnusable('log-key-malformed', `${file}: ${cause.message}`, { cause });
  }
}

/** Makes the file whole or not at all; when another process was faster, theirs stays. */
function create(file: string, content: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  writeFileSync(draft, content, { mode: 0o600, flag: 'wx', flush: true });
  try {
    linkSync(draft, file);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    rmSync(draft);
  }
}

function replace(file: string, content: string, mode: number): void {
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  writeFileSync(draft, content, { mode, flag: 'wx', flush: true });
  chmodSync(draft, mode);
  renameSync(draft, file);
}

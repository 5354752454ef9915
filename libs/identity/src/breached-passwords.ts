import { Inject, Injectable, Logger } from '@nestjs/common';
import { get } from '@sajeon/webhooks';
import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import type { IdentitySettings } from './settings.js';
import { IDENTITY_SETTINGS } from './sessions.js';

/** Nobody could be asked, and the installation takes no password that was not looked up. */
export class BreachedPasswordsUnreachable extends Error {
  override readonly name = 'BreachedPasswordsUnreachable';
}

/** Somebody waits for the answer with a form before them. */
const TIME_LIMIT_MS = 3_000;
/** About a thousand lines of 40 letters come in answer, and as many again when they are padded. */
const ANSWER_LIMIT_BYTES = 256 * 1024;
const SAMPLES = 32;
const NO_SUCH_FILE = 'expected lines of a SHA-1 in hexadecimal, in the order of the alphabet';
/** Of SHA-1 in hexadecimal: so much is told to the service, the rest is compared here. */
const TOLD = 5;
const HASH_DIGITS = 40;
/** Longer than any line: hash, colon, count, and how a line ends. */
const LINE_BYTES = 64;

/**
 * Passwords that are known from break-ins (docs/adr/0050-breached-passwords-are-asked-for-or-read-from-a-file.md): in a file of hashes, or at a
 * service that learns no more than five digits of a hash. SHA-1 because that is what both are made of; nothing is kept under it.
 */
@Injectable()
export class BreachedPasswords {
  private readonly logger = new Logger('security');

  constructor(@Inject(IDENTITY_SETTINGS) private readonly settings: Pick<IdentitySettings, 'breached'>) {}

  /**
   * @returns `unreachable` when it is in nothing that could be looked through, and something could not
   * @throws BreachedPasswordsUnreachable instead of that where the installation is strict
   */
  async look(password: string): Promise<'breached' | 'unknown' | 'unreachable'> {
    const { file, url, strict } = this.settings.breached;
    const hash = createHash('sha1').update(password.normalize('NFC'), 'utf8').digest('hex').toUpperCase();
    let missed = false;
    for (const [from, asks] of [
      [file, () => inFile(file ?? '', hash)],
      [url, () => this.atService(hash)],
    ] as const) {
      if (from === null) continue;
      try {
        if (await asks()) return 'breached';
      } catch (error) {
        missed = true;
        // The message of a failed connection names the address, which is told five digits and no more: those stay out of the log.
        const why = error instanceof Error ? error.message.replaceAll(hash.slice(0, TOLD), '…') : String(error);
        this.logger.warn(`known passwords cannot be looked up in ${from}: ${why}`);
      }
    }
    if (missed && strict) throw new BreachedPasswordsUnreachable('known passwords cannot be looked up');
    return missed ? 'unreachable' : 'unknown';
  }

  /** For the start. @throws Error when the file is none of the kind */
  async check(): Promise<void> {
    const { file } = this.settings.breached;
    if (file === null) return;
    await withFile(file, async (handle) => {
      const { size } = await handle.stat();
      let before = '';
      for (let sample = 0; sample < SAMPLES; sample++) {
        const { hash } = (await lineAt(handle, Math.floor((size * sample) / SAMPLES))) ?? {};
        // The same file is also given out by how often each was seen, and nothing would be found in that.
        if (sample === 0 ? hash === undefined : hash !== undefined && hash < before) throw new Error(`${file}: ${NO_SUCH_FILE}`);
        before = hash ?? before;
      }
    });
  }

  private async atService(hash: string): Promise<boolean> {
    const { url, nearby } = this.settings.breached;
    const { status, body } = await get(`${url ?? ''}${hash.slice(0, TOLD)}`, {
      headers: { 'user-agent': 'sajeon', 'add-padding': 'true' },
      ...{ nearby, limitBytes: ANSWER_LIMIT_BYTES, limitMs: TIME_LIMIT_MS },
    });
    if (status !== 200) throw new Error(`it answered ${status}`);
    // A line that is padding has the count 0.
    return body.split('\n').some((line) => {
      const [rest = '', count = '0'] = line.trim().toUpperCase().split(':');
      return rest === hash.slice(TOLD) && Number(count) > 0;
    });
  }
}

/** Halves the file until the line is found: about 36 reads of one block among a thousand million hashes, and nothing of it in memory. */
async function inFile(file: string, hash: string): Promise<boolean> {
  return withFile(file, async (handle) => {
    const { size } = await handle.stat();
    let from = 0;
    let to = size;
    // The line that begins at `from` or after, and before `to`, is the one, if there is one.
    while (from < to) {
      const middle = from + Math.floor((to - from) / 2);
      const line = await lineAt(handle, middle);
      if (line === undefined || line.begin >= to) {
        to = middle;
        continue;
      }
      if (line.hash === hash) return true;
      if (line.hash < hash) from = line.end;
      else to = middle;
    }
    return false;
  });
}

interface Line {
  readonly begin: number;
  readonly end: number;
  readonly hash: string;
}

/** The first line that begins at this place or after it; undefined when there is none. @throws Error for a line that is no hash */
async function lineAt(handle: FileHandle, place: number): Promise<Line | undefined> {
  // From one byte before, so that a line that begins at this very place is seen to.
  const start = Math.max(0, place - 1);
  const { bytesRead, buffer } = await handle.read(Buffer.alloc(2 * LINE_BYTES), 0, 2 * LINE_BYTES, start);
  const text = buffer.toString('latin1', 0, bytesRead);
  const begin = place === 0 ? 0 : text.indexOf('\n') + 1;
  if ((place !== 0 && begin === 0) || begin >= bytesRead) {
    if (place !== 0 && begin === 0 && bytesRead > LINE_BYTES) throw new Error('a line is too long to be a hash');
    return undefined;
  }
  const broken = text.indexOf('\n', begin);
  const [, hash = ''] = /^([0-9a-fA-F]{40})(?::\d+)?\s*$/.exec(text.slice(begin, broken < 0 ? undefined : broken)) ?? [];
  if (hash.length !== HASH_DIGITS) throw new Error(NO_SUCH_FILE);
  return { begin: start + begin, end: broken < 0 ? start + bytesRead : start + broken + 1, hash: hash.toUpperCase() };
}

async function withFile<Result>(file: string, work: (handle: FileHandle) => Promise<Result>): Promise<Result> {
  const handle = await open(file, 'r');
  try {
    return await work(handle);
  } finally {
    await handle.close();
  }
}

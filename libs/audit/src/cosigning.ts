import { requireHttps } from '@sajeon/event-store';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { NotInLog, type AuditLog, type SignedCheckpoint } from './audit-log.js';
import { MalformedNote, parseNote, parseVerifierKey, signersOf } from './note.js';

export interface WitnessAddress {
  /** The submission prefix, without a slash at the end. */
  readonly url: string;
  /** The witness's verifier key. */
  readonly key: string;
}

/** The witness did not cosign. `conflict`: it has seen a log that ours does not go on from, which is the one thing that must never happen. */
export class NotCosigned extends Error {
  override readonly name = 'NotCosigned';
  constructor(
    readonly code: 'unreachable' | 'refused' | 'conflict',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

const TIMEOUT_MS = 10_000;

/**
 * Asks a witness to cosign a checkpoint (C2SP tlog-witness), the newest unless given, and gives it with the witness's line added.
 * @throws NotCosigned
 */
export async function cosign(log: AuditLog, witness: WitnessAddress, given?: SignedCheckpoint): Promise<SignedCheckpoint> {
  const checkpoint = given ?? (await log.checkpoint());
  let answer = await submit(log, witness, 0n, checkpoint);
  if (answer.status === 409 && answer.type === 'text/x.tlog.size') {
    // It tells where it left off.
    const known = /^(\d{1,19})\n$/.exec(answer.body)?.[1];
    if (known === undefined) throw new NotCosigned('refused', `${witness.url} answered with no size`);
    if (BigInt(known) > checkpoint.size) {
      throw new NotCosigned('conflict', `${witness.url} has seen ${known} leaves; this log has ${checkpoint.size}`);
    }
    answer = await submit(log, witness, BigInt(known), checkpoint);
  }
  if (answer.status === 409 || answer.status === 422) {
    throw new NotCosigned('conflict', `${witness.url} has seen another history: ${answer.body.trim()}`);
  }
  if (answer.status !== 200) throw new NotCosigned('refused', `${witness.url} answered ${answer.status}: ${answer.body.trim()}`);
  try {
    const note = `${checkpoint.note}${answer.body}`;
    const key = parseVerifierKey(witness.key);
    if (key.kind === 'witness' && signersOf(parseNote(note), [key]).length === 1) return { ...checkpoint, note };
  } catch (error) {
    if (!(error instanceof MalformedNote)) throw error;
  }
  throw new NotCosigned('refused', `${witness.url} answered with something that its key did not sign`);
}

async function submit(log: AuditLog, { url }: WitnessAddress, old: bigint, { size, note }: SignedCheckpoint) {
  const { proof } = await log.consistency(old, size);
  const lines = [`old ${old}`, ...proof.map((hash) => hash.toString('base64'))];
  try {
    const response = await fetch(`${url}/add-checkpoint`, {
      method: 'POST',
      body: `${lines.join('\n')}\n\n${note}`,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return { status: response.status, type: response.headers.get('content-type'), body: await response.text() };
  } catch (cause) {
    if (cause instanceof NotInLog) throw cause;
    throw new NotCosigned('unreachable', `${url} cannot be reached`, { cause });
  }
}

/**
 * Witnesses as an operator names them: a file with one a line, address and verifier key, e.g. `https://witness.example name+id+base64`.
 * @throws MalformedNote
 */
export function readWitnesses(file: string): readonly WitnessAddress[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [url = '', key = ''] = line.split(/\s+/);
      if (parseVerifierKey(key).kind !== 'witness') throw new MalformedNote(`${file}: ${key} is not the key of a witness`);
      requireHttps('SAJEON_WITNESSES', url);
      return { url: url.replace(/\/+$/, ''), key };
    });
}

export interface WitnessHealth {
  readonly url: string;
  /** Size of the last checkpoint it cosigned since this process began. */
  readonly size: bigint | undefined;
  /** Why the last attempt failed; `conflict` is an alarm. */
  readonly failure: { readonly code: NotCosigned['code']; readonly message: string } | undefined;
}

/** Keeps asking witnesses to cosign the newest checkpoint, and keeps what they sign with it. */
export class Cosigning {
  readonly #stopping = new AbortController();
  readonly #health = new Map<string, WitnessHealth>();
  #running: Promise<void> | undefined;

  constructor(
    private readonly log: AuditLog,
    private readonly pool: Pool,
    private readonly witnesses: readonly WitnessAddress[],
    private readonly everyMs = 10_000,
    private readonly onFailure: (failure: NotCosigned) => void = () => undefined,
  ) {}

  start(): void {
    this.#running ??= this.keepAsking();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  health(): readonly WitnessHealth[] {
    return [...this.#health.values()];
  }

  private async keepAsking(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      for (const witness of this.witnesses) if (!signal.aborted) await this.ask(witness);
      await sleep(this.everyMs, undefined, { signal }).catch(() => undefined); // aborted: over early
    }
  }

  private async ask(witness: WitnessAddress): Promise<void> {
    const { url } = witness;
    try {
      const checkpoint = await this.log.checkpoint();
      if (signersOf(parseNote(checkpoint.note), [parseVerifierKey(witness.key)]).length > 0) return;
      const { size, note } = await cosign(this.log, witness, checkpoint);
      // Only on the note that was sent: what another process added meanwhile is not written over, and this is asked again.
      await this.pool.query('update audit.checkpoint set note = $2 where size = $1 and note = $3', [
        String(size),
        note,
        checkpoint.note,
      ]);
      this.#health.set(url, { url, size, failure: undefined });
    } catch (error) {
      if (error instanceof NotInLog) return; // nothing to cosign yet
      const failure = error instanceof NotCosigned ? error : new NotCosigned('refused', String(error), { cause: error });
      const { code, message } = failure;
      const before = this.#health.get(url);
      this.#health.set(url, { url, size: before?.size, failure: { code, message } });
      if (before?.failure?.message !== message) this.onFailure(failure);
    }
  }
}

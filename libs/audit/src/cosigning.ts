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
 * Asks a witness to cosign the newest checkpoint (C2SP tlog-witness), and gives the checkpoint with its line added.
 * @throws NotCosigned
 */
export async function cosign(log: AuditLog, witness: WitnessAddress): Promise<SignedCheckpoint> {
  const checkpoint = await log.checkpoint();
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

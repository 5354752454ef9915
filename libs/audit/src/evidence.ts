import { createHash } from 'node:crypto';
import { canonicalJson, type RecordedEvent } from '@sajeon/event-store';
import { NotInLog, type AuditLog, type SealedEvent } from './audit-log.js';
import { coreText } from './core.js';
import { parseCheckpoint, parseNote } from './note.js';

/** What a bundle shows: some streams from their first event, a stretch of the log by leaf index (`to` exclusive), or all of it. */
export type EvidenceScope =
  | { readonly kind: 'streams'; readonly streams: readonly string[] }
  | { readonly kind: 'range'; readonly from: bigint; readonly to: bigint }
  | { readonly kind: 'log' };

export interface EvidenceRequest {
  readonly scope: EvidenceScope;
  /** RFC 3339. */
  readonly at: string;
  /** What may be shown of an event; everything unless given. What is withheld is still proven to be what was sealed. */
  readonly disclose?: (event: RecordedEvent) => { readonly data: boolean; readonly metadata: boolean };
  /** A checkpoint that the auditor has from before: the bundle shows that the log went on from it. */
  readonly earlier?: string;
}

export const EVIDENCE_FORMAT = 'sajeon-evidence@1';

const ALL = { data: true, metadata: true };
const PROOFS_AT_ONCE = 64;

/**
 * An evidence bundle, line by line. Every value is text, so that no two programs can read it differently; `core`, `data` and `metadata`
 * are the very bytes that were hashed.
 *
 *   header      format, log, scope, the signed checkpoint that all is proven against, and keys (which prove nothing by themselves)
 *   checkpoint  an earlier one, with the consistency proof up to the header's
 *   event       core, leaf hash, inclusion proof (none when the bundle is the whole log: then the tree is built anew), data, metadata
 *   trailer     counts, and the SHA-256 of all lines before it: a file that was cut off has none
 *
 * A bundle of streams shows that these events happened, in this order, with none left out between them. That nothing came after the
 * last one shown only the whole log can show.
 */
export async function* evidence(
  log: AuditLog,
  { scope, at, disclose = () => ALL, earlier }: EvidenceRequest,
): AsyncIterable<string> {
  const digest = createHash('sha256');
  const line = (content: object): string => {
    const text = `${JSON.stringify(content)}\n`;
    digest.update(text, 'utf8');
    return text;
  };
  const counts = { events: 0, checkpoints: 0, withheld: 0 };
  const checkpoint = await log.checkpoint();
  const shown = within(scope, checkpoint.size);

  yield line({
    kind: 'header',
    format: EVIDENCE_FORMAT,
    log: log.origin,
    scope: shown.kind === 'range' ? { kind: 'range', from: String(shown.from), to: String(shown.to) } : shown,
    made: at,
    checkpoint: checkpoint.note,
    keys: await log.keys(),
  });

  const known = new Map(
    (scope.kind === 'log' ? await log.milestones(checkpoint.size) : []).map(({ size, note }) => [size, note] as const),
  );
  if (earlier !== undefined) known.set(parseCheckpoint(parseNote(earlier).text).size, earlier);
  for (const [size, note] of [...known].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const { proof } = await log.consistency(size, checkpoint.size);
    yield line({ kind: 'checkpoint', note, proof: proof.map((hash) => hash.toString('base64')) });
    counts.checkpoints++;
  }

  for await (const batch of inBatches(eventsOf(log, shown, checkpoint.size))) {
    const seqs = batch.map(({ seq }) => seq);
    const proofs = scope.kind === 'log' ? undefined : await log.inclusions(seqs, checkpoint.size);
    for (const [index, { core, leaf, event }] of batch.entries()) {
      const open = disclose(event);
      const proof = proofs?.[index];
      yield line({
        kind: 'event',
        core: coreText(core),
        leaf: leaf.toString('base64'),
        ...(proof && { proof: proof.map((hash) => hash.toString('base64')) }),
        ...(open.data && { data: canonicalJson(event.data) }),
        ...(open.metadata && { metadata: canonicalJson(event.metadata) }),
      });
      counts.events++;
      if (!open.data || !open.metadata) counts.withheld++;
    }
  }

  const { events, checkpoints, withheld } = counts;
  yield `${JSON.stringify({
    kind: 'trailer',
    events: String(events),
    checkpoints: String(checkpoints),
    withheld: String(withheld),
    sha256: digest.digest('hex'),
  })}\n`;
}

/** @throws NotInLog when nothing of it is covered yet */
function within(scope: EvidenceScope, size: bigint): EvidenceScope {
  if (scope.kind === 'streams') return { kind: 'streams', streams: [...new Set(scope.streams)] };
  if (scope.kind === 'log') return scope;
  const to = scope.to < size ? scope.to : size;
  if (scope.from < 0n || scope.from >= to)
    throw new NotInLog(`the log of ${size} leaves has none from ${scope.from} to ${scope.to}`);
  return { kind: 'range', from: scope.from, to };
}

async function* eventsOf(log: AuditLog, scope: EvidenceScope, size: bigint): AsyncIterable<SealedEvent> {
  switch (scope.kind) {
    case 'streams': {
      const all = await Promise.all(scope.streams.map((stream) => log.stream(stream, size)));
      const empty = scope.streams.find((_, index) => all[index]?.length === 0);
      if (empty !== undefined || all.length === 0) throw new NotInLog(`no checkpoint covers an event of ${empty ?? 'no stream'}`);
      yield* all.flat().sort((a, b) => (a.seq < b.seq ? -1 : 1));
      return;
    }
    case 'range':
      yield* log.range(scope.from, scope.to);
      return;
    case 'log':
      yield* log.range(0n, size);
      return;
    default:
      throw new TypeError(`no such scope: ${String(scope satisfies never)}`);
  }
}

async function* inBatches<Item>(items: AsyncIterable<Item>): AsyncIterable<readonly Item[]> {
  let batch: Item[] = [];
  for await (const item of items) {
    batch.push(item);
    if (batch.length === PROOFS_AT_ONCE) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

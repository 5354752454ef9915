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
  /**
   * Values of the vault that this reader may see, of one stream's deposits. What is not given is said to be withheld, unless the record
   * says that it was erased.
   */
  readonly personal?: (stream: string, refs: readonly string[]) => Promise<readonly PersonalValue[]>;
  /** A checkpoint that the auditor has from before: the bundle shows that the log went on from it. */
  readonly earlier?: string;
}

/** A value that an event commits to, with what it takes to check it. */
export interface PersonalValue {
  readonly ref: string;
  readonly path: string;
  /** Base64. */
  readonly salt: string;
  readonly value: string;
}

/** Since 2 a bundle accounts for every commitment to personal data that it shows. */
export const EVIDENCE_FORMAT = 'sajeon-evidence@2';

const ALL = { data: true, metadata: true };
const PROOFS_AT_ONCE = 64;

/**
 * An evidence bundle, line by line. Every value is text, so that no two programs can read it differently, and every line is as JSON.stringify
 * writes it: verifiers refuse white space and names that are there twice. `core`, `data` and `metadata` are the very bytes that were hashed.
 *
 *   header      format, log, scope, the signed checkpoint that all is proven against, and keys (which prove nothing by themselves)
 *   checkpoint  an earlier one, with the consistency proof up to the header's
 *   event       core, leaf hash, inclusion proof (none when the bundle is the whole log: then the tree is built anew), data, metadata
 *   personal    a value that an event shown commits to, with its salt; or its reference alone: withheld. None for what was erased
 *   trailer     counts, and the SHA-256 of all lines before it: a file that was cut off has none
 *
 * A bundle of streams shows that these events happened, in this order, with none left out between them. That nothing came after the
 * last one shown only the whole log can show.
 */
export async function* evidence(
  log: AuditLog,
  { scope, at, disclose = () => ALL, personal, earlier }: EvidenceRequest,
): AsyncIterable<string> {
  const digest = createHash('sha256');
  const line = (content: object): string => {
    const text = `${JSON.stringify(content)}\n`;
    digest.update(text, 'utf8');
    return text;
  };
  const counts = { events: 0, checkpoints: 0, withheld: 0, personal: 0 };
  const committed = new Commitments();
  const [checkpoint, keys] = await Promise.all([log.checkpoint(), log.keys()]);
  const shown = within(scope, checkpoint.size);

  yield line({
    kind: 'header',
    format: EVIDENCE_FORMAT,
    log: log.origin,
    scope: shown.kind === 'range' ? { kind: 'range', from: String(shown.from), to: String(shown.to) } : shown,
    made: at,
    checkpoint: checkpoint.note,
    keys,
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
      if (open.data) committed.saw(event);
      if (!open.data || !open.metadata) counts.withheld++;
    }
  }

  for (const [stream, refs] of committed.standing) {
    const values = new Map((await personal?.(stream, refs))?.map((value) => [value.ref, value]));
    for (const ref of refs) {
      const shown = values.get(ref);
      yield line({ kind: 'personal', ref, ...(shown && { path: shown.path, salt: shown.salt, value: shown.value }) });
      counts.personal++;
    }
  }

  const { events, checkpoints, withheld } = counts;
  yield `${JSON.stringify({
    kind: 'trailer',
    events: String(events),
    checkpoints: String(checkpoints),
    withheld: String(withheld),
    personal: String(counts.personal),
    sha256: digest.digest('hex'),
  })}\n`;
}

/** Which commitments the bundle has shown and no erasure has taken back. */
class Commitments {
  readonly standing = new Map<string, string[]>();

  saw({ type, stream, data }: RecordedEvent): void {
    const fields = Array.isArray(data['fields']) ? data['fields'] : [];
    const named = (key: string) =>
      fields.flatMap((field: unknown) =>
        typeof field === 'object' && field !== null && key in field ? [String((field as Record<string, unknown>)[key])] : [],
      );
    if (type === 'personal-data-deposited') {
      this.standing.set(stream, [...(this.standing.get(stream) ?? []), ...named('$pii')]);
    } else if (type === 'personal-data-erased') {
      const gone = new Set(named('ref'));
      const left = (this.standing.get(stream) ?? []).filter((ref) => !gone.has(ref));
      this.standing.set(stream, left);
    }
  }
}

/** @throws NotInLog when nothing of it is covered yet */
function within(scope: EvidenceScope, size: bigint): EvidenceScope {
  if (scope.kind === 'streams') return { kind: 'streams', streams: [...new Set(scope.streams)] };
  if (scope.kind === 'log') return scope;
  const to = scope.to < size ? scope.to : size;
  if (scope.from < 0n || scope.from >= to) throw noneBetween(size, scope.from, scope.to);
  return { kind: 'range', from: scope.from, to };
}

/** Nothing of the log lies between these leaves. */
export function noneBetween(size: bigint, from: bigint, to: bigint): NotInLog {
  return new NotInLog({
    ko: `그 사이에 봉인된 사건이 없습니다: 리프 ${from}부터 ${to} 앞까지(로그의 리프는 ${size}개).`,
    en: `Nothing was sealed between them: leaves ${from} to before ${to} of a log of ${size}.`,
  });
}

async function* eventsOf(log: AuditLog, scope: EvidenceScope, size: bigint): AsyncIterable<SealedEvent> {
  switch (scope.kind) {
    case 'streams': {
      const all = await Promise.all(scope.streams.map((stream) => log.stream(stream, size)));
      const empty = scope.streams.find((_, index) => all[index]?.length === 0);
      if (empty !== undefined || all.length === 0) {
        throw new NotInLog({
          ko: `${empty ?? '이름 없는 스트림'}: 체크포인트에 들어간 사건이 없습니다.`,
          en: `${empty ?? 'no stream'}: no checkpoint covers an event of it.`,
        });
      }
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

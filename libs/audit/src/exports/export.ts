import { createHash } from 'node:crypto';
import type { AuditLog, SealedEvent, SignedCheckpoint } from '../audit-log.js';
import { noneBetween } from '../evidence.js';
import { cloudEvents } from './cloud-events.js';
import { ocel } from './ocel.js';
import { xes } from './xes.js';

export type ExportKind = 'cloudevents' | 'xes' | 'ocel';

export const EXPORT_KINDS: readonly ExportKind[] = ['cloudevents', 'xes', 'ocel'];

/** Media type and ending of the file. */
export const EXPORT_FILES: Readonly<Record<ExportKind, { readonly type: string; readonly ending: string }>> = {
  cloudevents: { type: 'application/jsonl', ending: 'cloudevents.jsonl' },
  xes: { type: 'application/xml', ending: 'xes' },
  ocel: { type: 'application/octet-stream', ending: 'ocel.json' },
};

/** Leaves `from` to `to` (exclusive) of streams that begin so; all of the newest checkpoint unless given. */
export interface ExportRequest {
  readonly kind: ExportKind;
  readonly from?: bigint | undefined;
  readonly to?: bigint | undefined;
  readonly streams?: readonly string[] | undefined;
}

/** What is needed to check an export against the log: the same request over the same leaves gives the same bytes. */
export interface ExportManifest {
  readonly format: 'sajeon-export@1';
  readonly kind: ExportKind;
  readonly log: string;
  /** The signed checkpoint that covers every leaf of it. */
  readonly checkpoint: string;
  readonly filter: { readonly from: string; readonly to: string; readonly streams: readonly string[] };
  readonly counts: { readonly events: number };
  readonly file: { readonly sha256: string; readonly bytes: number };
}

const WRITERS = { cloudevents: cloudEvents, xes, ocel };

/** An export as text, piece by piece, and once it has been read to its end, its manifest. */
export class Export {
  #manifest: ExportManifest | undefined;

  private constructor(
    private readonly log: AuditLog,
    private readonly request: ExportRequest,
    private readonly checkpoint: SignedCheckpoint,
    private readonly range: { readonly from: bigint; readonly to: bigint },
  ) {}

  /** @throws NotInLog when nothing of it is covered by a checkpoint */
  static async of(log: AuditLog, request: ExportRequest): Promise<Export> {
    const checkpoint = await log.checkpoint();
    const from = request.from ?? 0n;
    const to = request.to === undefined || request.to > checkpoint.size ? checkpoint.size : request.to;
    if (from < 0n || from >= to) throw noneBetween(checkpoint.size, from, to);
    return new Export(log, request, checkpoint, { from, to });
  }

  async *text(): AsyncIterable<string> {
    const digest = createHash('sha256');
    let [bytes, events] = [0, 0];
    const counted = async function* (sealed: AsyncIterable<SealedEvent>): AsyncIterable<SealedEvent> {
      for await (const event of sealed) {
        events++;
        yield event;
      }
    };
    for await (const piece of WRITERS[this.request.kind](counted(this.events()), this.log.origin)) {
      digest.update(piece, 'utf8');
      bytes += Buffer.byteLength(piece);
      yield piece;
    }
    this.#manifest = {
      format: 'sajeon-export@1',
      kind: this.request.kind,
      log: this.log.origin,
      checkpoint: this.checkpoint.note,
      filter: { from: String(this.range.from), to: String(this.range.to), streams: this.request.streams ?? [] },
      counts: { events },
      file: { sha256: digest.digest('hex'), bytes },
    };
  }

  /** Reads the export to its end where that has not been done. */
  async manifest(): Promise<ExportManifest> {
    if (this.#manifest === undefined) for await (const _ of this.text());
    if (this.#manifest === undefined) throw new Error('an export that was read has a manifest');
    return this.#manifest;
  }

  private async *events(): AsyncIterable<SealedEvent> {
    const { streams } = this.request;
    for await (const sealed of this.log.range(this.range.from, this.range.to)) {
      if (streams === undefined || streams.some((prefix) => sealed.event.stream.startsWith(prefix))) yield sealed;
    }
  }
}

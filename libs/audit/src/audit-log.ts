import type { EventStore, RecordedEvent } from '@sajeon/event-store';
import type { Pool } from 'pg';
import { coreOf, coreText, leafOf, type Core } from './core.js';
import { LEAVES, type LeafRow } from './leaf-rows.js';
import { LogContradiction } from './log-contradiction.js';
import { recheck, type Recheck, type RecheckOptions } from './recheck.js';
import { firstLeafSince } from './sealer.js';
import { StoredTree } from './stored-tree.js';
import type { Hash } from './tree/hashing.js';
import { consistencyProof, inclusionProof, rootAt } from './tree/proof.js';

export interface SignedCheckpoint {
  readonly size: bigint;
  readonly root: Hash;
  /** The signed note: C2SP tlog-checkpoint. */
  readonly note: string;
}

/** A leaf as the log has it, with the event it was made from. */
export interface SealedEvent {
  readonly seq: bigint;
  readonly leaf: Hash;
  readonly core: Core;
  readonly event: RecordedEvent;
}

export interface InclusionProof {
  readonly seq: bigint;
  readonly size: bigint;
  readonly leaf: Hash;
  readonly proof: readonly Hash[];
}

/** The log does not have (yet) what was asked for; said in Korean and English. */
export class NotInLog extends Error {
  override readonly name = 'NotInLog';
  constructor(readonly text: { readonly ko: string; readonly en: string }) {
    super(text.en);
  }
}

/** What the log can show: checkpoints, proofs, evidence, and whether the record still is what was sealed. It writes nothing. */
export class AuditLog {
  readonly #tree: StoredTree;

  /** On tables that `prepareLog` has made. @param origin name of the log */
  constructor(
    private readonly store: EventStore,
    private readonly pool: Pool,
    readonly origin: string,
  ) {
    this.#tree = new StoredTree(pool);
  }

  /** The newest checkpoint. @throws NotInLog before the first one */
  async checkpoint(): Promise<SignedCheckpoint> {
    const [newest] = await this.checkpoints('order by checkpoint.size desc limit 1', []);
    if (!newest) throw new NotInLog({ ko: '아직 서명된 체크포인트가 없습니다.', en: 'No checkpoint has been signed yet.' });
    return newest;
  }

  /** The closing checkpoint of a day (`2026-11-21`, Korean time). @throws NotInLog */
  async closing(day: string): Promise<SignedCheckpoint> {
    const [closing] = await this.checkpoints('where size = (select size from audit.closing where day = $1)', [day]);
    if (!closing) throw new NotInLog({ ko: `${day}에는 마감 체크포인트가 없습니다.`, en: `${day} has no closing checkpoint.` });
    return closing;
  }

  /** Days that were closed, the newest first. */
  async closings(): Promise<readonly { readonly day: string; readonly size: bigint }[]> {
    const { rows } = await this.pool.query<{ day: string; size: string }>(
      'select day::text, size::text from audit.closing order by day desc',
    );
    return rows.map(({ day, size }) => ({ day, size: BigInt(size) }));
  }

  /** Public keys that signed checkpoints, as verifier keys. Whoever verifies should have them from elsewhere, too. */
  async keys(): Promise<readonly string[]> {
    const { rows } = await this.pool.query<{ verifier: string }>('select verifier from audit.key order by since');
    return rows.map(({ verifier }) => verifier);
  }

  /** That leaf `seq` is in the tree of `size` leaves; of the newest checkpoint unless given. @throws NotInLog */
  async inclusion(seq: bigint, size?: bigint): Promise<InclusionProof> {
    const of = await this.sizeWithin(size);
    if (seq < 0n || seq >= of) {
      throw new NotInLog({
        ko: `리프 ${seq}은(는) 리프 ${of}개인 로그에 없습니다. 리프 번호는 0부터 셉니다.`,
        en: `Leaf ${seq} is not in the log of ${of} leaves, which are counted from 0.`,
      });
    }
    const [leaf] = await this.leaves('where l.seq = $1', [String(seq)]);
    if (!leaf) throw new LogContradiction('log-damaged', { seq, detail: 'a leaf is missing' });
    return { seq, size: of, leaf: leaf.hash, proof: await inclusionProof(this.#tree.at(of), seq, of) };
  }

  /** As `inclusion`, of many leaves of one size that the caller knows to be in the log. */
  async inclusions(seqs: readonly bigint[], size: bigint): Promise<readonly (readonly Hash[])[]> {
    const tree = this.#tree.at(size);
    return Promise.all(seqs.map((seq) => inclusionProof(tree, seq, size)));
  }

  /** That the log of `to` leaves (the newest checkpoint's unless given) began as the log of `from` leaves. @throws NotInLog */
  async consistency(
    from: bigint,
    to?: bigint,
  ): Promise<{ readonly from: bigint; readonly to: bigint; readonly proof: readonly Hash[] }> {
    const until = await this.sizeWithin(to);
    if (from < 0n || from > until) {
      throw new NotInLog({
        ko: `앞의 크기 ${from}이(가) 뒤의 크기 ${until}보다 큽니다.`,
        en: `The earlier size ${from} is larger than the later size ${until}.`,
      });
    }
    // Every log began empty: there is nothing to show.
    return { from, to: until, proof: from === 0n ? [] : await consistencyProof(this.#tree.at(until), from, until) };
  }

  /** Root of the first `size` leaves. Only a signed checkpoint of that size says that it is the right one. @throws NotInLog */
  async root(size: bigint): Promise<Hash> {
    const of = await this.sizeWithin(size);
    return rootAt(this.#tree.at(of), of);
  }

  /** Hashes of a tile of C2SP tlog-tiles, 32 bytes each. `width` below 256: of a tile on the edge. @throws NotInLog */
  async tile(level: number, index: bigint, width = 256): Promise<Buffer> {
    const { size } = await this.checkpoint();
    const hashes = await this.#tree.tile(level, index, size);
    if (width < 1 || hashes.length < width) {
      throw new NotInLog({
        ko: `폭 ${width}인 타일 ${level}/${index}은(는) 아직 없습니다.`,
        en: `There is no tile ${level}/${index} of width ${width} yet.`,
      });
    }
    return Buffer.concat(hashes.slice(0, width));
  }

  /** How many leaves were recorded before this instant: the size of the log then. */
  async sizeAt(instant: Date): Promise<bigint> {
    return firstLeafSince(this.pool, instant, await this.size());
  }

  /** Position of the last event that was recorded at or before this instant, sealed or not; 0n when there was none. */
  async positionAt(instant: Date): Promise<bigint> {
    // Recording times have microseconds, an instant of JavaScript has not: its whole millisecond counts.
    const size = await this.sizeAt(new Date(instant.getTime() + 1));
    const [last] = size === 0n ? [] : await this.leaves('where l.seq = $1', [String(size - 1n)]);
    let position = BigInt(last?.position ?? 0);
    if (size < (await this.size())) return position;
    for await (const event of this.store.readAll({ after: position })) {
      if (Date.parse(event.recordedAt) > instant.getTime()) break;
      position = event.position;
    }
    return position;
  }

  /** The sealed events of a stream, in order. @throws LogContradiction when one is not what was sealed */
  async stream(name: string, size?: bigint): Promise<readonly SealedEvent[]> {
    const of = size ?? (await this.checkpoint()).size;
    // All three at once: on a busy machine each answer waits longer than it takes.
    const events = this.store.readStream(name)[Symbol.asyncIterator]();
    try {
      const [first, leaves] = await Promise.all([
        events.next(),
        this.leaves('where l.stream = $1 and l.seq < $2 order by l.revision', [name, String(of)]),
        this.sizeWithin(of),
      ]);
      let next = first;
      const sealed: SealedEvent[] = [];
      for (const leaf of leaves) {
        if (sealed.length > 0) next = await events.next();
        if (next.done) throw new LogContradiction('event-missing', placeOf(leaf));
        sealed.push(this.matched(leaf, next.value));
      }
      return sealed;
    } finally {
      await events.return?.();
    }
  }

  /** Those of these streams that the log has events of, in this order. */
  async present(streams: readonly string[]): Promise<readonly string[]> {
    const first = await this.leaves('where l.stream = any($1) and l.revision = 0', [streams]);
    const there = new Set(first.map(({ stream }) => stream));
    return streams.filter((stream) => there.has(stream));
  }

  /** Sealed events `from` to `to` (exclusive), by leaf index. @throws LogContradiction when one is not what was sealed */
  async *range(from: bigint, to: bigint): AsyncIterable<SealedEvent> {
    // From where the leaf before lies: a position that is no event's cannot be read from in every store.
    const [before] = from <= 0n ? [] : await this.leaves('where l.seq = $1', [String(from - 1n)]);
    const events = this.store.readAll({ after: BigInt(before?.position ?? 0) })[Symbol.asyncIterator]();
    try {
      for (let at = from; at < to; at += 1_000n) {
        const end = at + 1_000n < to ? at + 1_000n : to;
        const leaves = await this.leaves('where l.seq >= $1 and l.seq < $2 order by l.seq', [String(at), String(end)]);
        if (BigInt(leaves.length) !== end - at)
          throw new LogContradiction('log-damaged', { detail: `leaves are missing from ${at}` });
        for (const leaf of leaves) {
          const next = await events.next();
          if (next.done) throw new LogContradiction('event-missing', placeOf(leaf));
          yield this.matched(leaf, next.value);
        }
      }
    } finally {
      await events.return?.();
    }
  }

  /**
   * A C2SP tlog-proof of one event, self-contained but for the log's public key; its extra data are the core that the leaf is the
   * hash of. Small enough to be printed on the letter that tells of the event. @throws NotInLog until a checkpoint covers it
   */
  async receiptProof(eventId: string): Promise<string> {
    const [leaf] = await this.leaves('where l.event_id = $1 order by l.seq limit 1', [eventId]);
    const checkpoint = await this.checkpoint();
    if (!leaf || BigInt(leaf.seq) >= checkpoint.size) {
      throw new NotInLog({
        ko: `사건 ${eventId}이(가) 없거나, 아직 체크포인트에 들어가지 않았습니다. 방금 기록되었다면 잠시 뒤 다시 하십시오.`,
        en: `There is no event ${eventId}, or no checkpoint covers it yet. If it was recorded just now, ask again in a moment.`,
      });
    }
    for await (const event of this.store.readStream(leaf.stream, { from: BigInt(leaf.revision), limit: 1 })) {
      const { seq, core } = this.matched(leaf, event);
      const { proof } = await this.inclusion(seq, checkpoint.size);
      const extra = Buffer.from(coreText(core), 'utf8').toString('base64');
      const lines = ['c2sp.org/tlog-proof@v1', `extra ${extra}`, `index ${seq}`, ...proof.map((hash) => hash.toString('base64'))];
      return `${lines.join('\n')}\n\n${checkpoint.note}`;
    }
    throw new LogContradiction('event-missing', placeOf(leaf));
  }

  /** Stored checkpoints whose proof an auditor may want: the closings, and as many others as given, spread evenly. */
  async milestones(below: bigint, others = 32): Promise<readonly SignedCheckpoint[]> {
    return this.checkpoints(
      `where size < $1 and (size in (select size from audit.closing) or size in (
         select min(size) from (select size, ntile($2) over (order by size) as part from audit.checkpoint where size < $1) spread group by part
       )) order by checkpoint.size`,
      [String(below), others],
    );
  }

  /** Compares every event with its leaf, and every leaf with the tree, the checkpoints and those from outside. */
  async verifyAll(options: RecheckOptions = {}): Promise<Recheck> {
    return recheck(this.store, this.pool, this.origin, options);
  }

  private matched(leaf: LeafRow, event: RecordedEvent): SealedEvent {
    const where = placeOf(leaf);
    if (event.position > where.position) throw new LogContradiction('event-missing', where);
    if (event.position < where.position) throw new LogContradiction('event-inserted', { position: event.position });
    const core = coreOf(this.origin, where.seq, event, leaf.prev);
    if (!leafOf(core).equals(leaf.hash)) throw new LogContradiction('event-altered', where);
    return { seq: where.seq, leaf: leaf.hash, core, event };
  }

  private async size(): Promise<bigint> {
    const { rows } = await this.pool.query<{ size: string }>('select size::text from audit.log');
    return BigInt(rows[0]?.size ?? 0);
  }

  private async sizeWithin(size: bigint | undefined): Promise<bigint> {
    if (size === undefined) return (await this.checkpoint()).size;
    const all = await this.size();
    if (size < 0n || size > all)
      throw new NotInLog({ ko: `로그의 리프는 ${all}개입니다: ${size}`, en: `The log has ${all} leaves: ${size}` });
    return size;
  }

  private async checkpoints(where: string, values: readonly unknown[]): Promise<readonly SignedCheckpoint[]> {
    const { rows } = await this.pool.query<{ size: string; root: Buffer; note: string }>(
      `select size::text, root, note from audit.checkpoint ${where}`,
      [...values],
    );
    return rows.map(({ size, root, note }) => ({ size: BigInt(size), root, note }));
  }

  private async leaves(where: string, values: readonly unknown[]): Promise<readonly LeafRow[]> {
    return (await this.pool.query<LeafRow>(`${LEAVES} ${where}`, [...values])).rows;
  }
}

function placeOf(leaf: LeafRow) {
  return { seq: BigInt(leaf.seq), position: BigInt(leaf.position), stream: leaf.stream, revision: BigInt(leaf.revision) };
}

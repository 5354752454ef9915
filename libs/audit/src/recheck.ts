import type { EventStore, RecordedEvent } from '@sajeon/event-store';
import type { Pool } from 'pg';
import { coreOf, leafOf } from './core.js';
import { LEAVES, type LeafRow } from './leaf-rows.js';
import type { Contradiction } from './log-contradiction.js';
import {
  MalformedNote,
  parseCheckpoint,
  parseNote,
  parseVerifierKey,
  signersOf,
  type Checkpoint,
  type VerifierKey,
} from './note.js';
import { TILE_HEIGHT } from './stored-tree.js';
import { CompactRange } from './tree/compact-range.js';
import type { Hash } from './tree/hashing.js';

export interface Recheck {
  readonly size: bigint;
  /** Nothing contradicts anything. False, too, when there was nothing to check. */
  readonly sound: boolean;
  /** In the order of the log; cut off at the limit. */
  readonly contradictions: readonly Contradiction[];
  /** Events that are not sealed yet. */
  readonly unsealed: bigint;
}

export interface RecheckOptions {
  /** Checkpoints that somebody kept outside the database. */
  readonly trusted?: readonly string[];
  /** Verifier keys from outside; those in the database unless given. */
  readonly keys?: readonly string[];
  /** Most contradictions to list. */
  readonly limit?: number;
}

const PAGE = 2_000;
const DEFAULT_LIMIT = 1_000;

/**
 * Goes through the whole log once, beside the whole store. An event is compared with its own leaf, so that each finding names the place;
 * the leaves are then held against the tree, the stored checkpoints and those that somebody kept elsewhere, because whoever can
 * change events may change leaves as well.
 */
export async function recheck(
  store: EventStore,
  pool: Pool,
  origin: string,
  { trusted = [], keys, limit = DEFAULT_LIMIT }: RecheckOptions,
): Promise<Recheck> {
  const found: Contradiction[] = [];
  const report = (contradiction: Contradiction) => void (found.length < limit && found.push(contradiction));

  const { rows } = await pool.query<{ size: string; position: string; peaks: Buffer }>(
    'select size::text, position::text, peaks from audit.log',
  );
  const [log] = rows;
  if (!log)
    return { size: 0n, sound: false, contradictions: [{ code: 'log-damaged', detail: 'audit.log has no row' }], unsealed: 0n };
  const size = BigInt(log.size);

  const tree = new CompactRange();
  const checkpoints = new Signed(origin, size, keys ?? (await storedKeys(pool)), storedCheckpoints(pool), report);
  for (const note of trusted) checkpoints.trust(note);
  await checkpoints.compare(tree);

  // As far as the store reaches now: appends may go on faster than this can follow.
  const head = await store.head();
  const last = head > BigInt(log.position) ? head : BigInt(log.position);
  const events = store.readAll()[Symbol.asyncIterator]();
  const next = async (): Promise<RecordedEvent | undefined> => {
    const read = await events.next();
    return read.done || read.value.position > last ? undefined : read.value;
  };
  let unsealed = 0n;
  try {
    let event = await next();
    for await (const leaf of leavesOf(pool, size)) {
      const where = {
        seq: BigInt(leaf.seq),
        position: BigInt(leaf.position),
        stream: leaf.stream,
        revision: BigInt(leaf.revision),
      };
      for (; tree.size < where.seq; tree.append(leaf.hash))
        report({ code: 'log-damaged', seq: tree.size, detail: 'a leaf is missing' });
      for (; event && event.position < where.position; event = await next()) report(inserted(event));
      if (event?.position === where.position) {
        const hash = leafOf(coreOf(origin, where.seq, event, leaf.prev));
        if (!hash.equals(leaf.hash)) report({ code: 'event-altered', ...where });
        event = await next();
      } else report({ code: 'event-missing', ...where });
      for (const { level, index, hash } of tree.append(leaf.hash)) {
        if (level > 0 && level % TILE_HEIGHT === 0) await compareNode(pool, level, index, hash, report);
      }
      await checkpoints.compare(tree);
    }
    for (; event; event = await next()) {
      if (event.position <= BigInt(log.position)) report(inserted(event));
      else unsealed++;
    }
  } finally {
    await events.return?.();
  }
  await checkpoints.finish();
  if (tree.size !== size || !Buffer.concat(tree.peaks).equals(log.peaks)) {
    report({
      code: 'log-damaged',
      seq: tree.size,
      detail: `the leaves do not give the tree of ${size} leaves that the log speaks of`,
    });
  }
  return { size, sound: size > 0n && found.length === 0, contradictions: found, unsealed };
}

async function storedKeys(pool: Pool): Promise<readonly string[]> {
  const { rows } = await pool.query<{ verifier: string }>('select verifier from audit.key');
  return rows.map(({ verifier }) => verifier);
}

const inserted = ({ position, stream, revision }: RecordedEvent): Contradiction => ({
  code: 'event-inserted',
  position,
  stream,
  revision,
});

async function* leavesOf(pool: Pool, size: bigint): AsyncIterable<LeafRow> {
  for (let after = -1n; ;) {
    const { rows } = await pool.query<LeafRow>(`${LEAVES} where l.seq > $1 and l.seq < $2 order by l.seq limit ${PAGE}`, [
      String(after),
      String(size),
    ]);
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = BigInt(last.seq);
  }
}

async function compareNode(
  pool: Pool,
  level: number,
  index: bigint,
  hash: Hash,
  report: (contradiction: Contradiction) => void,
): Promise<void> {
  const { rows } = await pool.query<{ hash: Buffer }>('select hash from audit.node where level = $1 and index = $2', [
    level,
    String(index),
  ]);
  if (rows[0]?.hash.equals(hash)) return;
  report({ code: 'log-damaged', seq: index << BigInt(level), detail: `tree node ${level}/${index} is not what the leaves give` });
}

interface CheckpointRow {
  readonly size: string;
  readonly root: Buffer;
  readonly note: string;
}

/** Page by page: there may be nearly as many as events. */
async function* storedCheckpoints(pool: Pool): AsyncGenerator<CheckpointRow> {
  for (let after = '-1'; ;) {
    const { rows } = await pool.query<CheckpointRow>(
      `select size::text, root, note from audit.checkpoint where size > $1 order by checkpoint.size limit ${PAGE}`,
      [after],
    );
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = last.size;
  }
}

/** Checkpoints to hold the tree against while it grows: those that somebody kept, and those stored, which come in the order of their sizes. */
class Signed {
  readonly #trusted = new Map<bigint, Checkpoint[]>();
  readonly #verifiers: readonly VerifierKey[];
  #next: IteratorResult<CheckpointRow, void> | undefined;

  constructor(
    private readonly origin: string,
    private readonly size: bigint,
    keys: readonly string[],
    private readonly stored: AsyncGenerator<CheckpointRow, void>,
    private readonly report: (contradiction: Contradiction) => void,
  ) {
    this.#verifiers = keys.map(parseVerifierKey);
  }

  trust(text: string): void {
    const taken = this.take(text, 'trusted');
    if (taken) this.#trusted.set(taken.size, [...(this.#trusted.get(taken.size) ?? []), taken]);
  }

  async compare(tree: CompactRange): Promise<void> {
    for (const checkpoint of this.#trusted.get(tree.size) ?? []) this.hold(checkpoint, tree);
    for (let row = await this.peek(); row && BigInt(row.size) <= tree.size; row = await this.peek()) {
      this.#next = undefined;
      const taken = this.takeStored(row);
      if (taken?.size === tree.size) this.hold(taken, tree);
    }
  }

  /** What is stored of sizes that the log never reached. */
  async finish(): Promise<void> {
    for (let row = await this.peek(); row; row = await this.peek()) {
      this.#next = undefined;
      this.takeStored(row);
    }
  }

  private async peek(): Promise<CheckpointRow | undefined> {
    this.#next ??= await this.stored.next();
    return this.#next.done ? undefined : this.#next.value;
  }

  private takeStored(row: CheckpointRow): Checkpoint | undefined {
    const taken = this.take(row.note, 'stored');
    if (taken && (taken.size !== BigInt(row.size) || !taken.root.equals(row.root))) {
      this.report({
        code: 'log-damaged',
        seq: BigInt(row.size),
        detail: 'a stored checkpoint says something else than its row',
      });
    }
    return taken;
  }

  /** Undefined, and reported, unless the log signed it and reaches so far. */
  private take(text: string, whose: 'stored' | 'trusted'): Checkpoint | undefined {
    try {
      const note = parseNote(text);
      const checkpoint = parseCheckpoint(note.text);
      if (checkpoint.origin !== this.origin || signersOf(note, this.#verifiers).length === 0) {
        this.report({ code: 'log-damaged', seq: checkpoint.size, detail: `a ${whose} checkpoint is not signed by this log` });
        return undefined;
      }
      if (checkpoint.size <= this.size) return checkpoint;
      this.report({ code: 'rolled-back', seq: this.size, detail: `a ${whose} checkpoint is of ${checkpoint.size} leaves` });
    } catch (error) {
      if (!(error instanceof MalformedNote)) throw error;
      this.report({ code: 'log-damaged', detail: `a ${whose} checkpoint cannot be read: ${error.message}` });
    }
    return undefined;
  }

  private hold({ root }: Checkpoint, tree: CompactRange): void {
    if (root.equals(tree.root())) return;
    this.report({
      code: 'forked',
      seq: tree.size,
      detail: `the first ${tree.size} leaves are not those of the signed checkpoint`,
    });
  }
}

import type { EventStore, RecordedEvent } from '@sajeon/event-store';
import type { Pool } from 'pg';
import { coreOf, leafOf } from './core.js';
import { LEAVES, type LeafRow } from './leaf-rows.js';
import type { Contradiction } from './log-contradiction.js';
import { MalformedNote, parseCheckpoint, parseNote, parseVerifierKey, signersOf, type Checkpoint } from './note.js';
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
  const checkpoints = new Signed(origin, keys ?? (await storedKeys(pool)), report);
  await checkpoints.takeStored(pool, size);
  for (const note of trusted) checkpoints.take(note, size, 'trusted');
  checkpoints.compare(tree);

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
      checkpoints.compare(tree);
    }
    for (; event; event = await next()) {
      if (event.position <= BigInt(log.position)) report(inserted(event));
      else unsealed++;
    }
  } finally {
    await events.return?.();
  }
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

/** Checkpoints to hold the tree against while it grows. */
class Signed {
  readonly #bySize = new Map<bigint, Checkpoint[]>();

  constructor(
    private readonly origin: string,
    private readonly keys: readonly string[],
    private readonly report: (contradiction: Contradiction) => void,
  ) {}

  async takeStored(pool: Pool, size: bigint): Promise<void> {
    const { rows } = await pool.query<{ size: string; root: Buffer; note: string }>(
      'select size::text, root, note from audit.checkpoint order by checkpoint.size',
    );
    for (const row of rows) {
      const taken = this.take(row.note, size, 'stored');
      if (taken && (taken.size !== BigInt(row.size) || !taken.root.equals(row.root))) {
        this.report({
          code: 'log-damaged',
          seq: BigInt(row.size),
          detail: 'a stored checkpoint says something else than its row',
        });
      }
    }
  }

  take(text: string, size: bigint, whose: 'stored' | 'trusted'): Checkpoint | undefined {
    try {
      const note = parseNote(text);
      const checkpoint = parseCheckpoint(note.text);
      if (checkpoint.origin !== this.origin || signersOf(note, this.keys.map(parseVerifierKey)).length === 0) {
        this.report({ code: 'log-damaged', seq: checkpoint.size, detail: `a ${whose} checkpoint is not signed by this log` });
        return undefined;
      }
      if (checkpoint.size > size) {
        this.report({ code: 'rolled-back', seq: size, detail: `a ${whose} checkpoint is of ${checkpoint.size} leaves` });
      } else this.#bySize.set(checkpoint.size, [...(this.#bySize.get(checkpoint.size) ?? []), checkpoint]);
      return checkpoint;
    } catch (error) {
      if (!(error instanceof MalformedNote)) throw error;
      this.report({ code: 'log-damaged', detail: `a ${whose} checkpoint cannot be read: ${error.message}` });
      return undefined;
    }
  }

  compare(tree: CompactRange): void {
    for (const { root } of this.#bySize.get(tree.size) ?? []) {
      if (root.equals(tree.root())) continue;
      this.report({
        code: 'forked',
        seq: tree.size,
        detail: `the first ${tree.size} leaves are not those of the signed checkpoint`,
      });
    }
  }
}

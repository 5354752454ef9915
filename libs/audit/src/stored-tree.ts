import type { Pool } from 'pg';
import { nodeHash, type Hash } from './tree/hashing.js';
import type { SubtreeHashes } from './tree/proof.js';

/** C2SP tlog-tiles: 256 hashes wide, 8 levels high. */
export const TILE_HEIGHT = 8;
export const TILE_WIDTH = 256n;
/** Full tiles never change. 512 of them are 8 MB with what lies between. */
const TILES_KEPT = 512;

/** The tree of the log as the database has it. */
export class StoredTree {
  readonly #full = new Map<string, Promise<Tile>>();
  #view: { readonly size: bigint; readonly tree: SubtreeHashes } | undefined;

  constructor(private readonly pool: Pool) {}

  /** The tree as it was with this many leaves. */
  at(size: bigint): SubtreeHashes {
    // Proofs are mostly asked for one size after another: its right edge is then read once.
    if (this.#view?.size !== size) this.#view = { size, tree: this.view(size) };
    return this.#view.tree;
  }

  private view(size: bigint): SubtreeHashes {
    const partial = new Map<string, Promise<Tile>>();
    return {
      subtree: async (level, index) => {
        const tileLevel = Math.floor(level / TILE_HEIGHT);
        const height = level % TILE_HEIGHT;
        const first = index << BigInt(height);
        const tileIndex = first / TILE_WIDTH;
        const all = size >> BigInt(tileLevel * TILE_HEIGHT);
        const width = all - tileIndex * TILE_WIDTH;
        const tile = await (width >= TILE_WIDTH
          ? this.fullTile(tileLevel, tileIndex)
          : remembered(partial, `${tileLevel}/${tileIndex}`, () => this.load(tileLevel, tileIndex, width)));
        const hash = tile[height]?.[Number((first % TILE_WIDTH) >> BigInt(height))];
        if (!hash) throw new RangeError(`no subtree ${level}/${index} in a tree of ${size}`);
        return hash;
      },
    };
  }

  /** The hashes of one tile of tlog-tiles; fewer than 256 on the right edge of a tree of this size. None: there is no such tile. */
  async tile(level: number, index: bigint, size: bigint): Promise<readonly Hash[]> {
    const width = (size >> BigInt(level * TILE_HEIGHT)) - index * TILE_WIDTH;
    if (width <= 0n) return [];
    const tile = await (width >= TILE_WIDTH ? this.fullTile(level, index) : this.load(level, index, width));
    return tile[0] ?? [];
  }

  private fullTile(level: number, index: bigint): Promise<Tile> {
    const key = `${level}/${index}`;
    const tile = this.#full.get(key) ?? this.load(level, index, TILE_WIDTH);
    // Back in at the end: the first key is the one that was asked for longest ago.
    this.#full.delete(key);
    this.#full.set(key, tile);
    tile.catch(() => this.#full.delete(key));
    if (this.#full.size > TILES_KEPT) for (const oldest of [...this.#full.keys()].slice(0, 1)) this.#full.delete(oldest);
    return tile;
  }

  private async load(level: number, index: bigint, width: bigint): Promise<Tile> {
    const from = index * TILE_WIDTH;
    const { rows } = await this.pool.query<{ hash: Buffer }>(
      level === 0
        ? 'select hash from audit.leaf where seq >= $1 and seq < $2 order by seq'
        : 'select hash from audit.node where level = $3 and index >= $1 and index < $2 order by index',
      [String(from), String(from + width), ...(level === 0 ? [] : [level * TILE_HEIGHT])],
    );
    if (BigInt(rows.length) !== width) throw new RangeError(`tile ${level}/${index} has ${rows.length} hashes, not ${width}`);
    const tile: Hash[][] = [rows.map((row) => row.hash)];
    for (let below = tile[0] ?? []; below.length > 1 && tile.length < TILE_HEIGHT;) {
      const above: Hash[] = [];
      for (let at = 0; at + 1 < below.length; at += 2) {
        const [left, right] = [below[at], below[at + 1]];
        if (left && right) above.push(nodeHash(left, right));
      }
      tile.push(above);
      below = above;
    }
    return tile;
  }
}

/** Hashes by height above the tile's own level. */
type Tile = readonly (readonly Hash[])[];

function remembered(known: Map<string, Promise<Tile>>, key: string, load: () => Promise<Tile>): Promise<Tile> {
  const tile = known.get(key) ?? load();
  known.set(key, tile);
  tile.catch(() => known.delete(key));
  return tile;
}

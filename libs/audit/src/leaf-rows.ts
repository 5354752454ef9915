/** A leaf with the hash of the one before in its stream, which is part of what it hashes. */
export interface LeafRow {
  readonly seq: string;
  readonly position: string;
  readonly stream: string;
  readonly revision: string;
  readonly hash: Buffer;
  readonly prev: Buffer | null;
}

/** To be followed by `where`, on `l`. */
export const LEAVES = `select l.seq::text, l.position::text, l.stream, l.revision::text, l.hash, p.hash as prev
  from audit.leaf l left join audit.leaf p on p.stream = l.stream and p.revision = l.revision - 1`;

/** A signed checkpoint (C2SP tlog-checkpoint) as far as people read it. It is not verified here: that is for whoever does not trust us. */
export interface Note {
  readonly origin: string;
  /** Leaves of the tree. */
  readonly size: string;
  readonly root: string;
  readonly signers: readonly string[];
  /** Signers other than the log itself. */
  readonly witnesses: readonly string[];
}

export function readNote(text: string): Note {
  const [origin = '', size = '', root = ''] = text.split('\n');
  const signers = [...text.matchAll(/^— (\S+) \S+$/gm)].map(([, name = '']) => name);
  return { origin, size, root, signers, witnesses: signers.filter((name) => name !== origin) };
}

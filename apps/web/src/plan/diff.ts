/** One stretch of a comparison. `same` stands in both texts. */
export interface Piece {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** Above this many cells the middle is shown as replaced: nobody reads a word diff of that size. */
const MOST_CELLS = 4_000_000;

/** Longest common subsequence of two lists, as what stays, goes and comes, in reading order. */
export function diffList(before: readonly string[], after: readonly string[]): readonly Piece[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let end = 0;
  while (end < before.length - start && end < after.length - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  const same = (text: string): Piece => ({ kind: 'same', text });
  return [
    ...before.slice(0, start).map(same),
    ...middle(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    ...before.slice(before.length - end).map(same),
  ];
}

function middle(before: readonly string[], after: readonly string[]): readonly Piece[] {
  const removed = (text: string): Piece => ({ kind: 'removed', text });
  const added = (text: string): Piece => ({ kind: 'added', text });
  if (before.length === 0 || after.length === 0 || before.length * after.length > MOST_CELLS) {
    return [...before.map(removed), ...after.map(added)];
  }
  const width = after.length + 1;
  const common = new Uint32Array((before.length + 1) * width);
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      common[i * width + j] =
        before[i] === after[j]
          ? (common[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(common[(i + 1) * width + j] ?? 0, common[i * width + j + 1] ?? 0);
    }
  }
  const pieces: Piece[] = [];
  let i = 0;
  let j = 0;
  while (i < before.length && j < after.length) {
    if (before[i] === after[j]) {
      pieces.push({ kind: 'same', text: before[i] ?? '' });
      i++;
      j++;
    } else if ((common[(i + 1) * width + j] ?? 0) >= (common[i * width + j + 1] ?? 0)) pieces.push(removed(before[i++] ?? ''));
    else pieces.push(added(after[j++] ?? ''));
  }
  return [...pieces, ...before.slice(i).map(removed), ...after.slice(j).map(added)];
}

/** Two texts word by word; spaces belong to the word before them, so that the pieces joined give the texts again. */
export function diffText(before: string, after: string): readonly Piece[] {
  const words = (text: string): readonly string[] => text.match(/\S+\s*|\s+/g) ?? [];
  const joined: Piece[] = [];
  for (const piece of diffList(words(before), words(after))) {
    const last = joined.at(-1);
    if (last?.kind === piece.kind) joined[joined.length - 1] = { kind: piece.kind, text: last.text + piece.text };
    else joined.push(piece);
  }
  return joined;
}

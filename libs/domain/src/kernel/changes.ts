import { same } from './same.js';

/** One place at which two plain JSON values differ. Absent on a side: there is nothing there. */
export interface Change {
  /** JSON pointer. */
  readonly pointer: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** Where two plain JSON values differ, as deep as can be said, in the order of `after`. Entries of lists are compared by their place. */
export function changesBetween(before: unknown, after: unknown, pointer = ''): readonly Change[] {
  if (same(before, after)) return [];
  if (!isContainer(before) || !isContainer(after) || Array.isArray(before) !== Array.isArray(after)) {
    return [{ pointer, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) }];
  }
  const [left, right] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  return [...new Set([...right.keys(), ...left.keys()])].flatMap((key) =>
    changesBetween(left.get(key), right.get(key), `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`),
  );
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** What stands at a JSON pointer of plain JSON; undefined when there is no such place. The empty pointer is the whole. */
export function valueAt(content: unknown, pointer: string): unknown {
  if (pointer === '') return content;
  if (!pointer.startsWith('/')) return undefined;
  let place: unknown = content;
  for (const token of pointer.slice(1).split('/')) {
    const key = token.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof place !== 'object' || place === null || !Object.hasOwn(place, key)) return undefined;
    if (Array.isArray(place) && !/^(0|[1-9]\d*)$/.test(key)) return undefined;
    place = new Map(Object.entries(place)).get(key);
  }
  return place;
}

/** The words of a place, as a reader has them before the eyes: one line for each entry of a list or field of a whole. */
export function wordingOf(place: unknown): string {
  if (place === null || place === undefined) return '';
  if (typeof place === 'object') return Object.values(place).map(wordingOf).join('\n');
  return String(place);
}

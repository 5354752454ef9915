import { Malformed } from '@sajeon/domain';

/** Rows as of one moment: `position` is the log position of the last event they contain. */
export interface Page<Row> {
  readonly rows: readonly Row[];
  /** Pass it as `cursor` for the rows after these; null on the last page. */
  readonly next: string | null;
  readonly position: bigint;
}

/** One row, or null when there is none, as of `position`. */
export interface Found<Row> {
  readonly row: Row | null;
  readonly position: bigint;
}

/** What every list takes. A cursor continues only the list (same sort, same direction) that gave it. */
export interface PageRequest {
  /** 1…200, 50 unless given. */
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
}

export type Direction = 'asc' | 'desc';

export const MAX_PAGE = 200;
const DEFAULT_PAGE = 50;

/** How many rows to give. @throws Malformed outside 1…200 */
export function pageSize({ limit = DEFAULT_PAGE }: PageRequest): number {
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_PAGE) {
    throw new Malformed(
      'invalid-limit',
      { ko: `한 번에 1건에서 ${MAX_PAGE}건까지 볼 수 있습니다.`, en: `A page holds 1 to ${MAX_PAGE} rows.` },
      '/limit',
    );
  }
  return limit;
}

/** Where a page ended: the value sorted by and the key, which together are unique. */
export interface Place {
  readonly value: string | number;
  readonly key: string;
}

/** `order` names the list, so that a cursor of one order cannot be used in another. */
export function cursorAt(order: string, place: Place): string {
  return Buffer.from(JSON.stringify([order, place.value, place.key])).toString('base64url');
}

/** @throws Malformed for a cursor that this order has not given */
export function placeOf(order: string, cursor: string): Place {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(parsed) && parsed.length === 3) {
      const [of, value, key] = parsed as unknown[];
      if (of === order && (typeof value === 'string' || typeof value === 'number') && typeof key === 'string') {
        return { value, key };
      }
    }
  } catch {
    // Not JSON: refused like any other wrong cursor.
  }
  throw notThisList();
}

export function notThisList(): Malformed {
  return new Malformed(
    'invalid-cursor',
    {
      ko: '이 목록의 다음 쪽을 가리키는 값이 아닙니다. 첫 쪽부터 다시 보세요.',
      en: 'This is not a cursor of this list. Start again from the first page.',
    },
    '/cursor',
  );
}

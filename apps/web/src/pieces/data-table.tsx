import { useEffect, useState, type ReactNode } from 'react';
import { csv, download } from '../csv.js';
import { todayInSeoul } from '../format.js';
import { useSpeech } from '../language.js';
import { finder } from '../search.js';
import { focusOn, SearchBox } from './case-list.js';
import { Button } from './form.js';
import { useKeys } from './keys.js';

export interface Column<Row> {
  readonly head: string;
  /** What is searched, sorted by and written to the file. */
  readonly text: (row: Row) => string | number | null;
  /** What is shown, when that is more than the text. */
  readonly show?: (row: Row) => ReactNode;
}

/** What of a list the service has not been asked for yet. */
export interface Rest {
  /** What it has been asked for. */
  readonly rows: readonly unknown[];
  readonly more: boolean;
  readonly readMore: () => void;
}

/**
 * A list that is here as a whole: searched, sorted by its headings and downloaded without asking the service. Of one whose first pages are
 * here, the rest is fetched before any of these, and until then the table says of how many rows it speaks.
 */
export function DataTable<Row>({
  name,
  title,
  rows,
  columns,
  keyOf,
  empty,
  rest,
  children,
}: {
  /** Of the file, and of the search box. */
  name: string;
  title: string;
  rows: readonly Row[];
  /** The first one names the row. */
  columns: readonly Column<Row>[];
  keyOf: (row: Row) => string;
  empty: ReactNode;
  /** Left out: there is nothing but `rows`. */
  rest?: Rest;
  /** Filters of the list itself: they stand there when nothing is found, too. */
  children?: ReactNode;
}) {
  const { t } = useSpeech();
  const [typed, setTyped] = useState('');
  const [sort, setSort] = useState<{ readonly at: number; readonly down: boolean } | null>(null);
  const [saving, setSaving] = useState(false);
  const search = `${name}-search`;
  useKeys({ '/': () => focusOn(search) });
  const more = rest?.more === true;
  const wantsAll = typed.trim() !== '' || sort !== null || saving;
  const readMore = rest?.readMore;
  useEffect(() => {
    if (wantsAll && more) readMore?.();
    // One page after another: `readMore` is a new function each time, and a page that does not come is asked for by hand.
  }, [wantsAll, more, rest?.rows.length]);
  useEffect(() => {
    if (!saving || more) return;
    setSaving(false);
    save();
  }, [saving, more]);
  const isFound = finder(typed);
  const found = rows.filter((row) => isFound(columns.map(({ text }) => String(text(row) ?? ''))));
  const by = sort === null ? undefined : columns[sort.at];
  const sorted =
    by === undefined ? found : found.toSorted((a, b) => compare(by.text(a), by.text(b)) * (sort?.down === true ? -1 : 1));
  const save = (): void =>
    download(
      `${name}-${todayInSeoul()}.csv`,
      csv(
        columns.map(({ head }) => head),
        sorted.map((row) => columns.map(({ text }) => text(row))),
      ),
    );
  if (rows.length === 0) {
    return (
      <div className="stack">
        {children !== undefined && <div className="toolbar">{children}</div>}
        {empty}
      </div>
    );
  }
  return (
    <div className="stack">
      <div className="toolbar">
        <SearchBox
          id={search}
          label={t(`${title} 찾기`, `Search: ${title}`)}
          value={typed}
          onChange={setTyped}
          hint={columns.map(({ head }) => head).join(', ')}
        />
        {children}
        <div className="row push">
          <span className="quiet" role="status">
            {more
              ? t(
                  `${found.length}건 (앞의 ${rows.length}줄에서${wantsAll ? ', 나머지를 불러오는 중' : ''})`,
                  `${found.length} rows (of the first ${rows.length}${wantsAll ? ', loading the rest' : ''})`,
                )
              : t(`${found.length}건`, `${found.length} rows`)}
          </span>
          <Button busy={saving} onClick={() => (more ? setSaving(true) : save())}>
            {saving ? t('만드는 중…', 'Preparing…') : t('엑셀(CSV) 내려받기', 'Download CSV')}
          </Button>
        </div>
      </div>
      <table className="list">
        <caption>{title}</caption>
        <thead>
          <tr>
            {columns.map(({ head }, at) => (
              <th
                scope="col"
                key={head}
                className={at === 0 ? 'wide' : ''}
                aria-sort={sort?.at !== at ? 'none' : sort.down ? 'descending' : 'ascending'}
              >
                <button type="button" className="sorter" onClick={() => setSort({ at, down: sort?.at === at && !sort.down })}>
                  {head} <span aria-hidden="true">{sort?.at !== at ? '↕' : sort.down ? '↓' : '↑'}</span>
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sorted.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map(({ head, text, show }, at) =>
                at === 0 ? (
                  <th scope="row" key={head}>
                    {show?.(row) ?? text(row)}
                  </th>
                ) : (
                  <td key={head} data-label={head}>
                    {show?.(row) ?? text(row) ?? '–'}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {found.length === 0 && <p className="quiet">{t('찾는 말에 맞는 줄이 없습니다.', 'Nothing fits what you search for.')}</p>}
    </div>
  );
}

function compare(a: string | number | null, b: string | number | null): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a ?? '').localeCompare(String(b ?? ''), 'ko');
}

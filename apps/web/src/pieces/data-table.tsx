import { useState, type ReactNode } from 'react';
import { csv, download } from '../csv.js';
import { todayInSeoul } from '../format.js';
import { useSpeech } from '../language.js';
import { SearchBox } from './case-list.js';
import { Button } from './form.js';

export interface Column<Row> {
  readonly head: string;
  /** As a spreadsheet has it; it is also what is searched and sorted by. */
  readonly text: (row: Row) => string | number | null;
  /** As the page has it, when that is more than the text. */
  readonly cell?: (row: Row) => ReactNode;
  readonly wide?: boolean;
}

/** Without spaces and case, as people search. */
const plain = (text: string): string => text.toLowerCase().replace(/\s+/g, '');

/** A list that is here whole: searched, sorted by any column, and taken along as a file. The first column names the row. */
export function DataTable<Row>({
  caption,
  name,
  rows,
  columns,
  keyOf,
  children,
}: {
  caption: string;
  /** Of the file; also the id of the search box. */
  name: string;
  rows: readonly Row[];
  columns: readonly Column<Row>[];
  keyOf: (row: Row) => string;
  /** Filters that stand beside the search box. */
  children?: ReactNode;
}) {
  const { t } = useSpeech();
  const [typed, setTyped] = useState('');
  const [sort, setSort] = useState<{ readonly by: number; readonly down: boolean } | null>(null);
  const words = typed.split(/\s+/).map(plain);
  const found = rows.filter((row) => {
    const text = plain(columns.map((column) => column.text(row) ?? '').join('\n'));
    return words.every((word) => text.includes(word));
  });
  const by = sort === null ? undefined : columns[sort.by];
  const shown =
    by === undefined || sort === null
      ? found
      : found.toSorted((a, b) => {
          const [x, y] = [by.text(a) ?? '', by.text(b) ?? ''];
          const order = typeof x === 'number' && typeof y === 'number' ? x - y : String(x).localeCompare(String(y), 'ko');
          return sort.down ? -order : order;
        });
  const turn = (index: number): void => setSort({ by: index, down: sort?.by === index && !sort.down });
  return (
    <div className="stack">
      <div className="toolbar">
        <SearchBox id={`${name}-search`} label={t('찾기', 'Search')} value={typed} onChange={setTyped} />
        {children}
        <div className="row push">
          <Button
            onClick={() =>
              download(
                `${name}-${todayInSeoul()}.csv`,
                csv(
                  columns.map(({ head }) => head),
                  shown.map((row) => columns.map(({ text }) => text(row))),
                ),
              )
            }
          >
            {t('엑셀(CSV) 내려받기', 'Download CSV')}
          </Button>
        </div>
      </div>
      <p className="quiet" role="status">
        {t(`${shown.length}건`, `${shown.length} row(s)`)}
      </p>
      {rows.length > 0 && (
        <table className="list">
          <caption>{caption}</caption>
          <thead>
            <tr>
              {columns.map(({ head, wide }, index) => (
                <th
                  key={head}
                  scope="col"
                  {...(wide === true ? { className: 'wide' } : {})}
                  {...(sort?.by === index ? { 'aria-sort': sort.down ? ('descending' as const) : ('ascending' as const) } : {})}
                >
                  <button type="button" onClick={() => turn(index)}>
                    {head}
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={keyOf(row)}>
                {columns.map(({ head, text, cell }, index) =>
                  index === 0 ? (
                    <th scope="row" key={head}>
                      {cell?.(row) ?? text(row)}
                    </th>
                  ) : (
                    <td key={head} data-label={head}>
                      {cell?.(row) ?? text(row)}
                    </td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

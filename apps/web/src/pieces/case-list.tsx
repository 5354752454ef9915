import { useEffect, useState, type ReactNode } from 'react';
import type { Page } from '../contract.js';
import { csv, download } from '../csv.js';
import { todayInSeoul } from '../format.js';
import { ask } from '../http.js';
import { useSpeech } from '../language.js';
import type { Listed } from '../reading.js';
import { Button } from './form.js';
import { ReadProblem, Waiting } from './show.js';

const PAUSE_MS = 250;

/** The value once somebody has stopped typing. */
export function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

export function withQuery(path: string, query: Readonly<Record<string, string>>): string {
  const given = Object.entries(query).filter(([, value]) => value !== '');
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}

/** Search box of a list; `/` leads here from anywhere on the page. */
export function SearchBox({
  value,
  onChange,
  label,
  id,
  hint,
}: {
  value: string;
  onChange: (value: string) => void;
  label: string;
  id: string;
  hint?: string;
}) {
  const { t } = useSpeech();
  return (
    <div className="search">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="search"
        className="krds-input small"
        value={value}
        aria-keyshortcuts="/"
        placeholder={hint ?? t('사업명, 기관, 번호, 초성(ㅂㅅㅈㅂ)', 'Title, agency, number, initials')}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          // Back to the list with what was typed: Chromium would empty the box on Escape.
          if (event.key !== 'Escape' && (event.key !== 'Enter' || event.nativeEvent.isComposing)) return;
          event.preventDefault();
          event.currentTarget.blur();
        }}
      />
    </div>
  );
}

export function focusOn(id: string): void {
  document.getElementById(id)?.focus();
}

/** Every row that the list would show, not only the page on screen. */
async function allRows<Row>(path: string): Promise<readonly Row[]> {
  const rows: Row[] = [];
  let cursor: string | null = null;
  do {
    const url = new URL(path, location.origin);
    url.searchParams.set('limit', '200');
    if (cursor !== null) url.searchParams.set('cursor', cursor);
    const { body }: { body: Page<Row> } = await ask<Page<Row>>(`${url.pathname}${url.search}`);
    rows.push(...body.rows);
    cursor = body.next;
  } while (cursor !== null);
  return rows;
}

export interface Columns<Row> {
  readonly head: readonly string[];
  readonly cells: (row: Row) => readonly (string | number | null)[];
}

export function CsvButton<Row>({ path, name, columns }: { path: string; name: string; columns: Columns<Row> }) {
  const { t } = useSpeech();
  const [busy, setBusy] = useState(false);
  const fetchAll = async (): Promise<void> => {
    setBusy(true);
    try {
      const rows = await allRows<Row>(path);
      download(`${name}-${todayInSeoul()}.csv`, csv(columns.head, rows.map(columns.cells)));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button busy={busy} onClick={() => void fetchAll()}>
      {busy ? t('만드는 중…', 'Preparing…') : t('엑셀(CSV) 내려받기', 'Download CSV')}
    </Button>
  );
}

/** What stands above the rows of a list: how many there are, that it is being read or cannot be, or what to say when it has none. */
export function ListState({
  list: { rows, loaded, error, more },
  counted: [ko, en],
  empty,
}: {
  list: Listed<unknown>;
  /** What is counted: 건, cases. */
  counted: readonly [ko: string, en: string];
  empty: ReactNode;
}) {
  const { t } = useSpeech();
  return (
    <>
      <p className="quiet" role="status">
        {loaded && t(`${rows.length}${ko}${more ? ' 이상' : ''}`, `${rows.length}${more ? '+' : ''} ${en}`)}
      </p>
      {error !== null && <ReadProblem error={error} />}
      {!loaded && error === null && <Waiting />}
      {loaded && rows.length === 0 && empty}
    </>
  );
}

/** Pages of a list, one after another: the first `pages` of them are shown. */
export function MoreButton({ more, onMore }: { more: boolean; onMore: () => void }) {
  const { t } = useSpeech();
  return more ? (
    <div className="row center">
      <Button onClick={onMore}>{t('더 보기', 'Show more')}</Button>
    </div>
  ) : null;
}

/** Which of a set is in force, all visible, never hidden in a menu. */
export function Filter({
  label,
  value,
  onChange,
  choices,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  choices: readonly (readonly [value: string, label: string])[];
}) {
  return (
    <div className="filter" role="group" aria-label={label}>
      {choices.map(([choice, words]) => (
        <button key={choice} type="button" className="chip" aria-pressed={choice === value} onClick={() => onChange(choice)}>
          {words}
        </button>
      ))}
    </div>
  );
}

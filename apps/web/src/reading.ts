import {
  keepPreviousData,
  QueryCache,
  QueryClient,
  useInfiniteQuery,
  useQuery,
  type UseQueryResult,
} from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { Message, Page, ProblemDocument, Receipt } from './contract.js';
import { ask, newKey, Problem, type Asked } from './http.js';
import { notify } from './notices.js';
import { Watched } from './store.js';

/** The session has ended: somebody must sign in again before anything else works. Nothing on the page is lost. */
export const expired = new Watched(false);

/** A view is behind what this page knows: what is shown will be replaced in a moment. */
export const catchingUp = new Watched(false);

/** When this page last did something itself: what it then hears of is no news. */
let lastAct = 0;
const OWN_ECHO_MS = 3_000;
export const justActed = (): boolean => Date.now() - lastAct < OWN_ECHO_MS;

function refused(error: unknown): void {
  if (error instanceof Problem && error.status === 401) expired.set(true);
}

const FRESH_MS = 30_000;
const LOOK_AGAIN_MS = 1_000;

export const queries = new QueryClient({
  queryCache: new QueryCache({ onError: refused }),
  defaultOptions: {
    queries: {
      staleTime: FRESH_MS,
      retry: (count, error) => count < 2 && !(error instanceof Problem && error.status >= 400 && error.status < 500),
      networkMode: 'always',
    },
  },
});

/**
 * What the service says at this address, kept up to date by live events. A null path reads nothing. `fromLog`: the answer is folded from
 * the record itself, and its position is that of its own last event: it is never behind, however old.
 */
export function useRead<T>(path: string | null, { keep = false, fromLog = false } = {}): UseQueryResult<T, Error> {
  return useQuery<T>({
    queryKey: [path],
    enabled: path !== null,
    ...(keep ? { placeholderData: keepPreviousData } : {}),
    queryFn: async ({ signal }) =>
      fromLog ? (await ask<T>(path ?? '', { signal })).body : readOnce<T>(path ?? '', path ?? '', signal),
  });
}

async function readOnce<T>(path: string, key: string, signal: AbortSignal): Promise<T> {
  const { body, behind } = await ask<T>(path, { signal });
  if (behind !== catchingUp.get()) catchingUp.set(behind);
  if (behind) setTimeout(() => void queries.invalidateQueries({ queryKey: [key] }), LOOK_AGAIN_MS);
  return body;
}

export interface Listed<Row> {
  readonly rows: readonly Row[];
  /** False until the first page has arrived. */
  readonly loaded: boolean;
  readonly error: Error | null;
  readonly more: boolean;
  readonly readMore: () => void;
}

/**
 * A list, page after page as far as somebody has asked for more. The rows before stay while new conditions are looked up. `sized: false` for
 * lists whose pages have a size of their own.
 */
export function useList<Row>(path: string, { sized = true } = {}): Listed<Row> {
  const read = useInfiniteQuery({
    queryKey: [path, 'pages'],
    initialPageParam: null as string | null,
    placeholderData: keepPreviousData,
    queryFn: ({ signal, pageParam }) => {
      const page = [...(sized ? ['limit=100'] : []), ...(pageParam === null ? [] : [`cursor=${encodeURIComponent(pageParam)}`])];
      const query = page.length === 0 ? '' : `${path.includes('?') ? '&' : '?'}${page.join('&')}`;
      return readOnce<Page<Row>>(`${path}${query}`, path, signal);
    },
    getNextPageParam: (last) => last.next,
  });
  return {
    rows: read.data?.pages.flatMap((page) => page.rows) ?? [],
    loaded: read.data !== undefined,
    error: read.error,
    more: read.hasNextPage,
    readMore: () => void read.fetchNextPage(),
  };
}

/** Everything on the page that may have changed is read again; it resolves when it has been. */
export function readAgain(): Promise<void> {
  return queries.invalidateQueries({ predicate: ({ queryKey }) => !String(queryKey[0]).includes('asOf=') });
}

export interface Act extends Pick<Asked, 'body' | 'revision'> {
  readonly path: string;
  readonly method?: 'POST' | 'PUT';
  /** What to say when it is done. */
  readonly done: Message;
}

export interface Acting {
  /** @returns the receipt, or null when it was refused: then `problem` says why */
  readonly act: (act: Act) => Promise<Receipt | null>;
  readonly busy: boolean;
  readonly problem: ProblemDocument | null;
  readonly forget: () => void;
}

/** Does things and tells how they went. A repeated press after a broken connection carries the same key, so it happens once. */
export function useAct(): Acting {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ProblemDocument | null>(null);
  const pending = useRef<{ readonly what: string; readonly key: string } | null>(null);
  const act = async ({ path, method = 'POST', body, revision, done }: Act): Promise<Receipt | null> => {
    const what = JSON.stringify([path, method, body, revision]);
    if (pending.current?.what !== what) pending.current = { what, key: newKey() };
    setBusy(true);
    setProblem(null);
    lastAct = Date.now();
    try {
      const { body: receipt } = await ask<Receipt>(path, {
        method,
        key: pending.current.key,
        ...(body === undefined ? {} : { body }),
        ...(revision === undefined ? {} : { revision }),
      });
      pending.current = null;
      lastAct = Date.now();
      const notice = notify('working', { ko: '기록했습니다. 화면에 반영 중…', en: 'Recorded. Bringing the page up to date…' });
      await readAgain();
      notice.become('done', done);
      return receipt;
    } catch (error) {
      refused(error);
      if (!(error instanceof Problem)) throw error;
      // The sign-in window says what to do; afterwards the same press works.
      if (error.status !== 401) setProblem(error.document);
      // Somebody else was first: show what the case is now, so that the person can decide again.
      if (error.status === 412) void readAgain();
      return null;
    } finally {
      setBusy(false);
    }
  };
  return { act, busy, problem, forget: () => setProblem(null) };
}

/** Does what has no receipt, tells that it is done, and reads the page again. */
export function useDoing(): {
  readonly busy: boolean;
  readonly problem: ProblemDocument | null;
  readonly doing: <T>(path: string, body: unknown, done: Message) => Promise<T | null>;
} {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ProblemDocument | null>(null);
  return {
    busy,
    problem,
    doing: async <T>(path: string, body: unknown, done: Message): Promise<T | null> => {
      setBusy(true);
      setProblem(null);
      try {
        const answer = await ask<T>(path, { method: 'POST', ...(body === undefined ? {} : { body }) });
        notify('done', done);
        await readAgain();
        return answer.body;
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        refused(error);
        if (error.status !== 401) setProblem(error.document);
        return null;
      } finally {
        setBusy(false);
      }
    },
  };
}

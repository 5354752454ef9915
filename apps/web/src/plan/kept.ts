import { useEffect, useState } from 'react';

const PAUSE_MS = 400;

interface Kept<T> {
  readonly draft: T;
  readonly at: string;
}

function load<T>(key: string): Kept<T> | null {
  try {
    const held = localStorage.getItem(key);
    return held === null ? null : (JSON.parse(held) as Kept<T>);
  } catch {
    // Full, forbidden or written by an older version: one starts anew.
    return null;
  }
}

/** What is being typed, kept in this browser until it is sent: a closed window or a lost session costs nothing. */
export function useKept<T>(
  name: string,
  first: () => T,
): { readonly draft: T; readonly setDraft: (draft: T) => void; readonly forget: () => void; readonly keptAt: string | null } {
  const key = `sajeon-draft:${name}`;
  const [draft, set] = useState<T>(() => load<T>(key)?.draft ?? first());
  const [keptAt, setKeptAt] = useState<string | null>(() => load<T>(key)?.at ?? null);
  const [touched, setTouched] = useState(false);
  useEffect(() => {
    if (!touched) return;
    const timer = setTimeout(() => {
      const at = new Date().toISOString();
      try {
        localStorage.setItem(key, JSON.stringify({ draft, at } satisfies Kept<T>));
        setKeptAt(at);
      } catch {
        setKeptAt(null);
      }
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [draft, key, touched]);
  return {
    draft,
    keptAt,
    setDraft: (next) => {
      setTouched(true);
      set(next);
    },
    forget: () => {
      setTouched(false);
      setKeptAt(null);
      localStorage.removeItem(key);
    },
  };
}

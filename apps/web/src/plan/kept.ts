import { useEffect, useState } from 'react';

const PAUSE_MS = 400;
const MARK = 'sajeon-draft:';
const IV_BYTES = 12;
const KEY_BYTES = 32;

interface Kept<T> {
  readonly draft: T;
  readonly at: string;
}
interface Named extends Kept<unknown> {
  readonly name: string;
}

/** What only a session of this person has: it opens what is kept, and finds it. Scripts cannot read the keys out again. */
interface Keys {
  readonly seal: CryptoKey;
  readonly find: CryptoKey;
}
let keys: Keys | null = null;
/** Legible as long as the page is signed in, and no longer. */
const held = new Map<string, Kept<unknown>>();
const unwritten = new Map<string, { readonly timer: ReturnType<typeof setTimeout>; readonly write: () => void }>();
/** One write after the other, so that what is forgotten stays so. */
let writing: Promise<void> = Promise.resolve();

/**
 * Opens what this person has typed and not sent. The browser's storage holds it under a key that the service gives to a session of this person
 * alone: after signing out it lies there illegibly, and another person at the same machine finds nothing of it.
 * @param key 64 bytes in base64; null where the service has none, and then what is typed lives as long as the page
 */
export async function openKept(key: string | null): Promise<void> {
  await closeKept();
  // Outside of https and localhost browsers have no cryptography.
  if (key === null || (globalThis.crypto as Partial<Crypto>).subtle === undefined) return;
  const bytes = fromBase64(key);
  keys = {
    seal: await crypto.subtle.importKey('raw', bytes.slice(0, KEY_BYTES), 'AES-GCM', false, ['encrypt', 'decrypt']),
    find: await crypto.subtle.importKey('raw', bytes.slice(KEY_BYTES), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']),
  };
  for (const place of Object.keys(localStorage).filter((each) => each.startsWith(MARK))) {
    const one = await opened(localStorage.getItem(place) ?? '', keys.seal);
    if (one !== null) held.set(one.name, one);
  }
}

/** Writes what is not written yet, and forgets the keys. */
export async function closeKept(): Promise<void> {
  for (const { timer, write } of unwritten.values()) {
    clearTimeout(timer);
    write();
  }
  unwritten.clear();
  await writing;
  held.clear();
  keys = null;
}

/** What is being typed, kept in this browser until it is sent: a closed window or a lost session costs nothing. */
export function useKept<T>(
  name: string,
  first: () => T,
): { readonly draft: T; readonly setDraft: (draft: T) => void; readonly forget: () => void; readonly keptAt: string | null } {
  // Whoever asks by a name knows what is kept under it.
  const there = held.get(name) as Kept<T> | undefined;
  const [draft, set] = useState<T>(() => there?.draft ?? first());
  const [keptAt, setKeptAt] = useState<string | null>(() => there?.at ?? null);
  const [touched, setTouched] = useState(false);
  useEffect(() => {
    if (!touched) return;
    keepSoon({ name, draft, at: new Date().toISOString() }, setKeptAt);
  }, [draft, name, touched]);
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
      clearTimeout(unwritten.get(name)?.timer);
      unwritten.delete(name);
      held.delete(name);
      after(async ({ find }) => localStorage.removeItem(await placeOf(name, find)));
    },
  };
}

function keepSoon(one: Named, told: (at: string | null) => void): void {
  clearTimeout(unwritten.get(one.name)?.timer);
  held.set(one.name, one);
  const write = (): void => {
    unwritten.delete(one.name);
    after(async ({ seal, find }) => {
      try {
        localStorage.setItem(await placeOf(one.name, find), await sealed(one, seal));
        told(one.at);
      } catch {
        told(null); // full or forbidden
      }
    });
  };
  unwritten.set(one.name, { timer: setTimeout(write, PAUSE_MS), write });
}

/** With the keys of now: signing out meanwhile does not take them away from what was begun. */
function after(work: (keys: Keys) => Promise<void>): void {
  const mine = keys;
  if (mine !== null) writing = writing.then(() => work(mine)).catch(() => undefined);
}

async function placeOf(name: string, find: CryptoKey): Promise<string> {
  const mark = await crypto.subtle.sign('HMAC', find, new TextEncoder().encode(name));
  return `${MARK}${toBase64(new Uint8Array(mark).slice(0, 16))}`;
}

async function sealed(one: Named, seal: CryptoKey): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const text = new TextEncoder().encode(JSON.stringify({ name: one.name, draft: one.draft, at: one.at }));
  const hidden = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, seal, text));
  return `${toBase64(iv)}.${toBase64(hidden)}`;
}

/** Null: of another person, or damaged. */
async function opened(stored: string, seal: CryptoKey): Promise<Named | null> {
  try {
    const [iv = '', hidden = ''] = stored.split('.');
    const text = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: fromBase64(iv) }, seal, fromBase64(hidden));
    // Written above: nobody else can write what this key opens.
    return JSON.parse(new TextDecoder().decode(text)) as Named;
  } catch {
    return null;
  }
}

const toBase64 = (bytes: Uint8Array): string => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
const fromBase64 = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

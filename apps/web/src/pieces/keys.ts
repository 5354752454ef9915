import { useEffect, useRef } from 'react';
import { Watched } from '../store.js';

type Keys = Readonly<Record<string, () => void>>;

const OFF = 'sajeon-keys-off';

/** Whoever dictates or has a tremor presses keys without meaning to: single keys can be switched off (WCAG 2.1.4). */
export const keysOn = new Watched(localStorage.getItem(OFF) === null);
export function switchKeys(on: boolean): void {
  if (on) localStorage.removeItem(OFF);
  else localStorage.setItem(OFF, 'yes');
  keysOn.set(on);
}

/** Single keys for whole-page acts. They rest while somebody types, and with Ctrl, Alt or Meta they belong to the browser. */
export function useKeys(keys: Keys): void {
  const current = useRef(keys);
  current.current = keys;
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (!keysOn.get() || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
      const target = event.target as HTMLElement;
      if (target.closest('input, textarea, select, [contenteditable], dialog') !== null) return;
      // In the Korean layout the same keys give jamo.
      const act = current.current[KOREAN_LAYOUT[event.key] ?? event.key];
      if (act === undefined) return;
      event.preventDefault();
      act();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
}

const KOREAN_LAYOUT: Readonly<Record<string, string>> = { ㅓ: 'j', ㅏ: 'k', ㅐ: 'o', ㅊ: 'c', ㅁ: 'a', ㅇ: 'd' };

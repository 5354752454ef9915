import { useEffect, useRef } from 'react';

type Keys = Readonly<Record<string, () => void>>;

/** Single keys for whole-page acts. They rest while somebody types, and with Ctrl, Alt or Meta they belong to the browser. */
export function useKeys(keys: Keys): void {
  const current = useRef(keys);
  current.current = keys;
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
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

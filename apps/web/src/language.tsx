import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import type { Message } from './contract.js';

export type Language = keyof Message;

interface Speech {
  readonly language: Language;
  readonly speak: (language: Language) => void;
  /** The sentence in the reader's language. Both stand side by side in the code, so that neither can be forgotten. */
  readonly t: (ko: string, en: string) => string;
  readonly say: (message: Message) => string;
}

const KEY = 'sajeon-language';
const Context = createContext<Speech | null>(null);

/** The language chosen last, for requests made outside of a component. */
let current: Language = localStorage.getItem(KEY) === 'en' ? 'en' : 'ko';
export const spokenLanguage = (): Language => current;

export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(current);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const speech = useMemo<Speech>(
    () => ({
      language,
      speak: (next) => {
        current = next;
        localStorage.setItem(KEY, next);
        setLanguage(next);
      },
      t: (ko, en) => (language === 'ko' ? ko : en),
      say: (message) => message[language],
    }),
    [language],
  );
  return <Context value={speech}>{children}</Context>;
}

export function useSpeech(): Speech {
  const speech = useContext(Context);
  if (speech === null) throw new Error('no LanguageProvider');
  return speech;
}

import { Garu } from 'garu-ko';
import { OWN_WORDS } from './thesaurus/own-words.js';

/** A content word: its dictionary form and where it stands in the analysed string (UTF-16 units). */
export interface Word {
  readonly form: string;
  readonly start: number;
  readonly end: number;
  /** `stem`: of a verb or adjective, written without its ending. */
  readonly kind: 'noun' | 'stem' | 'foreign' | 'number';
}

/** Takes one run of letters and digits (no spaces), already NFKC and lower case, and gives its content words in order. */
export interface Analyzer {
  /** Name and version: part of every finding. */
  readonly id: string;
  words(eojeol: string): readonly Word[];
  /** The same run as stems, light ones too, without particles and endings: for sentences, where the small words decide. */
  stems(eojeol: string): readonly string[];
}

/** Longest run handed to the morphological analyzer at once: its cost grows faster than the length. */
const LONGEST_RUN = 40;

const CONTENT: Readonly<Record<string, Word['kind']>> = {
  NNG: 'noun',
  NNP: 'noun',
  XR: 'noun',
  NR: 'noun',
  VV: 'stem',
  VA: 'stem',
  SL: 'foreign',
  SH: 'foreign',
  SN: 'number',
};

/** Particles, endings, copulas, suffixes and marks. */
const ENDING = /^(?:J|E|V[CX]|XS|S[FPSOWE])/;

interface Morpheme {
  readonly text: string;
  readonly pos: string;
}

/**
 * Loads the morphological analyzer (garu, about 0.1 s, once per process is enough: instances share nothing that a result
 * depends on). Give it to `new OverlapIndex({ analyzer })`, or let `OverlapIndex.create()` do both.
 */
export async function loadAnalyzer(): Promise<Analyzer> {
  const garu = await withoutDeprecationNotice(() => Garu.load());
  const morphemes = (run: string): readonly Morpheme[] => {
    const result = garu.analyze(run);
    return Array.isArray(result) ? [] : result.tokens;
  };
  return {
    id: 'garu-ko-0.3.7/ko-gov-3',
    stems: (run) => {
      const found: string[] = [];
      for (let at = 0; at < run.length; at += LONGEST_RUN) {
        for (const m of morphemes(run.slice(at, at + LONGEST_RUN))) if (!ENDING.test(m.pos)) found.push(m.text.toLowerCase());
      }
      return found;
    },
    words: (run) => {
      const own = ownWordOf(run);
      if (own !== null) return [{ form: own, start: 0, end: own.length, kind: 'noun' }];
      const found: Word[] = [];
      for (let at = 0; at < run.length; at += LONGEST_RUN) {
        const piece = run.slice(at, at + LONGEST_RUN);
        for (const w of contentWords(piece, morphemes(piece))) {
          for (const part of split(w, morphemes)) found.push({ ...part, start: part.start + at, end: part.end + at });
        }
      }
      return found;
    },
  };
}

const LONGEST_OWN = [...OWN_WORDS].reduce((n, w) => Math.max(n, w.length), 0);
const PARTICLE = /^(?:이|가|은|는|을|를|의|에|에서|에게|와|과|도|만|로|으로|까지|부터|용|별)?$/;

/** The word of our own that a run is, with or without a particle. */
function ownWordOf(run: string): string | null {
  for (let n = Math.min(LONGEST_OWN, run.length); n >= 2; n--) {
    const word = run.slice(0, n);
    if (OWN_WORDS.has(word) && PARTICLE.test(run.slice(n))) return word;
  }
  return null;
}

/** A compound alone is sometimes taken for one proper name; with a particle behind it, the same compound is split. */
function split(word: Word, morphemes: (run: string) => readonly Morpheme[]): readonly Word[] {
  if (word.kind !== 'noun' || word.form.length < 4 || word.end - word.start !== word.form.length) return [word];
  const parts = contentWords(word.form, morphemes(`${word.form}을`));
  const whole = parts.reduce((n, p) => n + (p.kind === 'stem' ? 0 : p.end - p.start), 0) === word.form.length;
  return parts.length > 1 && whole ? parts.map((p) => ({ ...p, start: p.start + word.start, end: p.end + word.start })) : [word];
}

/** The analyzer of last resort: every run of one script is a word, common Korean particles cut off. Needs nothing to load. */
export const plainAnalyzer: Analyzer = {
  id: 'plain-2',
  stems: (run) => plainAnalyzer.words(run).map((w) => w.form),
  words: (run) => {
    const found: Word[] = [];
    for (const m of run.matchAll(/[가-힣]+|[a-z]+|[0-9]+/g)) {
      const hangul = /[가-힣]/.test(m[0]);
      const form = hangul
        ? m[0].replace(/(?<=..)(?:에서|으로|에게|부터|까지|하고|하여|하는|한다|을|를|이|가|은|는|의|에|와|과|로|도|만)$/, '')
        : m[0];
      found.push({
        form,
        start: m.index,
        end: m.index + form.length,
        kind: hangul ? 'noun' : /[0-9]/.test(form) ? 'number' : 'foreign',
      });
    }
    return found;
  },
};

/** The analyzer tells morphemes, not where they stand: find each in the run, in order; a changed stem takes the rest of it. */
function contentWords(run: string, morphemes: readonly Morpheme[]): Word[] {
  const found: Word[] = [];
  let cursor = 0;
  let prefix: { text: string; start: number } | null = null;
  for (let i = 0; i < morphemes.length; i++) {
    const m = morphemes[i];
    if (!m) continue;
    const text = m.text.toLowerCase();
    const at = run.startsWith(text, cursor) ? cursor : text.length > 1 ? run.indexOf(text, cursor) : -1;
    const start = at < 0 ? cursor : at;
    const end = at < 0 ? run.length : at + text.length;
    if (at >= 0) cursor = end;
    // 소+상공인, 범+정부: the prefix belongs to the name.
    if (m.pos === 'XPN') {
      prefix = { text, start };
      continue;
    }
    const kind = CONTENT[m.pos];
    if (kind) {
      found.push({
        form: prefix && kind === 'noun' ? prefix.text + text : text,
        start: prefix ? prefix.start : start,
        end,
        kind,
      });
    }
    prefix = null;
  }
  return found;
}

/** The package's own loader uses a parameter form that its glue code warns about on the console; everything else passes. */
async function withoutDeprecationNotice<T>(load: () => Promise<T>): Promise<T> {
  // `console` is not in the bare library this package compiles with, and may be absent where it runs.
  const host = (globalThis as { console?: { warn: (...args: unknown[]) => void } }).console;
  if (!host) return load();
  const warn = host.warn;
  host.warn = (...args) => {
    if (!String(args[0]).startsWith('using deprecated parameters for the init')) warn.apply(host, args);
  };
  try {
    return await load();
  } finally {
    host.warn = warn;
  }
}

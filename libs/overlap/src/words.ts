import type { Analyzer, Word } from './analyzer.js';
import { isPlace, placeOrAgencyAt } from './gazetteer.js';

const RUN = /[\p{L}\p{M}\p{N}]+/gu;
const YEAR = /^(?:19|20)\d\d$/;
/** What may follow a name; read by itself, some of these would pass for words. */
const PARTICLES = /^(?:이|가|은|는|을|를|의|에|에서|에게|와|과|도|만|로|으로|까지|부터|이나|에서는|에는|에서의)$/;

export interface PlacedWord extends Word {
  /** Number of the run it came from: pairs of letters never cross runs. */
  readonly run: number;
}

/** A run of letters, read: what is left of it when names and years are out. */
interface Run {
  /** Nothing but a name, and perhaps a particle. */
  readonly words: readonly Word[];
  /** Length of the names that it begins with. */
  readonly skip: number;
  /** When normalisation changes the length, offsets inside the run are unknowable: the words point at the whole run. */
  readonly aligned: boolean;
}

const NO_WORDS: readonly Word[] = [];
/** Runs that are remembered: most come again and again. */
const MOST_RUNS = 200_000;
const runs = new WeakMap<Analyzer, Map<string, Run>>();

function runOf(raw: string, analyzer: Analyzer): Run {
  let known = runs.get(analyzer);
  if (!known) runs.set(analyzer, (known = new Map()));
  let run = known.get(raw);
  if (!run) {
    if (known.size >= MOST_RUNS) known.clear();
    known.set(raw, (run = readRun(raw, analyzer)));
  }
  return run;
}

function readRun(raw: string, analyzer: Analyzer): Run {
  const normal = raw.normalize('NFKC').toLowerCase();
  const aligned = normal.length === raw.length;
  let skip = placeOrAgencyAt(normal);
  const second = skip > 0 ? placeOrAgencyAt(normal.slice(skip)) : 0;
  skip += second;
  const rest = normal.slice(skip);
  if (rest.length === 0 || (skip > 0 && PARTICLES.test(rest))) return { words: NO_WORDS, skip, aligned };
  const words = analyzer
    .words(rest)
    .filter((w) => !isPlace(w.form) && !(w.kind === 'number' && (w.form.length < 3 || YEAR.test(w.form))));
  return { words: words.length === 0 ? NO_WORDS : words, skip, aligned };
}

/** The content words of a string in order, places, agencies and years left out. Offsets are those of the string as given. */
export function wordsOf(text: string, analyzer: Analyzer, own: ReadonlySet<string>): readonly PlacedWord[] {
  const found: PlacedWord[] = [];
  let number = 0;
  RUN.lastIndex = 0;
  for (let match = RUN.exec(text); match; match = RUN.exec(text)) {
    const raw = match[0];
    const at = match.index;
    const { words, skip, aligned } = runOf(raw, analyzer);
    const run = ++number;
    for (const w of words) {
      if (own.has(w.form)) continue;
      found.push({
        form: w.form,
        kind: w.kind,
        start: aligned ? at + skip + w.start : at,
        end: aligned ? at + skip + w.end : at + raw.length,
        run,
      });
    }
  }
  return found;
}

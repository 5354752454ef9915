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

/** The content words of a string in order, places, agencies and years left out. Offsets are those of the string as given. */
export function wordsOf(text: string, analyzer: Analyzer, own: ReadonlySet<string>): readonly PlacedWord[] {
  const found: PlacedWord[] = [];
  let run = 0;
  for (const match of text.matchAll(RUN)) {
    const raw = match[0];
    const at = match.index;
    const normal = raw.normalize('NFKC').toLowerCase();
    // When normalisation changes the length, offsets inside the run are unknowable: the words point at the whole run.
    const aligned = normal.length === raw.length;
    let skip = placeOrAgencyAt(normal);
    const second = skip > 0 ? placeOrAgencyAt(normal.slice(skip)) : 0;
    skip += second;
    const rest = normal.slice(skip);
    run++;
    if (rest.length === 0 || (skip > 0 && PARTICLES.test(rest))) continue;
    for (const w of analyzer.words(rest)) {
      if (own.has(w.form) || isPlace(w.form)) continue;
      if (w.kind === 'number' && (w.form.length < 3 || YEAR.test(w.form))) continue;
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

// What an office could have without us: LIKE, trigram similarity, a search library, full-text search. Each takes documents [{id, text}] and
// answers rank(text, exclude) with [{id, score}], best first.

import MiniSearch from 'minisearch';

const words = (text) =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((w) => w !== '');
const bigrams = (text) =>
  words(text).flatMap((w) => (w.length < 2 ? [w] : Array.from({ length: w.length - 1 }, (_, i) => w.slice(i, i + 2))));
/** As pg_trgm cuts them: two spaces before a word, one after. */
const trigrams = (text) =>
  words(text).flatMap((w) => {
    const padded = `  ${w} `;
    return Array.from({ length: padded.length - 2 }, (_, i) => padded.slice(i, i + 3));
  });

const best = (scores, limit) => scores.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1)).slice(0, limit);

function bm25(documents, cut) {
  const k1 = 1.2;
  const b = 0.75;
  const postings = new Map();
  const lengths = [];
  documents.forEach(({ text }, doc) => {
    const tf = new Map();
    const terms = cut(text);
    for (const t of terms) tf.set(t, (tf.get(t) ?? 0) + 1);
    lengths.push(terms.length);
    for (const [t, n] of tf) {
      let list = postings.get(t);
      if (!list) postings.set(t, (list = { docs: [], counts: [] }));
      list.docs.push(doc);
      list.counts.push(n);
    }
  });
  const mean = lengths.reduce((a, x) => a + x, 0) / (lengths.length || 1);
  return (text, exclude, limit = 50) => {
    const sums = new Float64Array(documents.length);
    for (const t of new Set(cut(text))) {
      const list = postings.get(t);
      if (!list) continue;
      const idf = Math.log(1 + (documents.length - list.docs.length + 0.5) / (list.docs.length + 0.5));
      list.docs.forEach((doc, i) => {
        const n = list.counts[i];
        sums[doc] += (idf * n * (k1 + 1)) / (n + k1 * (1 - b + (b * lengths[doc]) / mean));
      });
    }
    const scores = [];
    sums.forEach((score, doc) => {
      if (score > 0 && !exclude.has(documents[doc].id)) scores.push({ id: documents[doc].id, score });
    });
    return best(scores, limit);
  };
}

/** Content morphemes of the analyzer that our engine uses: what a search engine with a Korean analyzer does. */
export function bm25Morphemes(documents, analyzer) {
  const known = new Map();
  const morphemes = (run) => {
    if (!known.has(run))
      known.set(
        run,
        analyzer.words(run).map((w) => w.form),
      );
    return known.get(run);
  };
  return bm25(documents, (text) => words(text.normalize('NFKC')).flatMap(morphemes));
}

/** `text LIKE '%word%'` for each word of the query, the records with most words first. */
export function like(documents) {
  const texts = documents.map(({ text }) => text.toLowerCase());
  return (text, exclude, limit = 50) => {
    const asked = [...new Set(words(text))].filter((w) => w.length > 1);
    const scores = [];
    texts.forEach((t, doc) => {
      if (exclude.has(documents[doc].id)) return;
      let score = 0;
      for (const w of asked) if (t.includes(w)) score++;
      if (score > 0) scores.push({ id: documents[doc].id, score });
    });
    return best(scores, limit);
  };
}

/** MiniSearch as it comes. */
export function miniSearch(documents) {
  const search = new MiniSearch({ fields: ['text'] });
  search.addAll(documents);
  return (text, exclude, limit = 50) =>
    search
      .search(text)
      .filter(({ id }) => !exclude.has(id))
      .slice(0, limit)
      .map(({ id, score }) => ({ id, score }));
}

export const bm25Words = (documents) => bm25(documents, words);
export const bm25Bigrams = (documents) => bm25(documents, bigrams);

/** pg_trgm's similarity() against every document: shared trigrams over all trigrams. */
export function trigramScan(documents) {
  const sets = documents.map(({ text }) => new Set(trigrams(text)));
  return (text, exclude, limit = 50) => {
    const query = new Set(trigrams(text));
    const scores = [];
    sets.forEach((set, doc) => {
      if (exclude.has(documents[doc].id)) return;
      let shared = 0;
      for (const t of query) if (set.has(t)) shared++;
      if (shared > 0) scores.push({ id: documents[doc].id, score: shared / (query.size + set.size - shared) });
    });
    return best(scores, limit);
  };
}

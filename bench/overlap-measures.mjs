// How good a ranking is: the measures of the report.

const round = (x) => Math.round(x * 10000) / 10000;

/**
 * @param queries [{qid, rel2, rel1?, rank: [{id, score}]}] best first
 * @param calibrated whether the scores are probabilities
 */
export function measured(queries, calibrated = false) {
  const sums = { hit1: 0, recall10: 0, mrr: 0, ndcg10: 0 };
  const pairs = [];
  let positives = 0;
  for (const { qid, rel2, rel1 = [], rank } of queries) {
    const same = new Set(rel2);
    const sibling = new Set(rel1);
    positives += same.size;
    const first = rank.findIndex((r) => same.has(r.id));
    if (first === 0) sums.hit1++;
    if (first >= 0) sums.mrr += 1 / (first + 1);
    const top = rank.slice(0, 10);
    sums.recall10 += top.filter((r) => same.has(r.id)).length / Math.min(10, same.size || 1);
    const gain = (id) => (same.has(id) ? 3 : sibling.has(id) ? 1 : 0);
    const dcg = (gains) => gains.reduce((s, g, i) => s + g / Math.log2(i + 2), 0);
    const ideal = dcg([...rel2.map(() => 3), ...rel1.map(() => 1)].slice(0, 10));
    sums.ndcg10 += ideal > 0 ? dcg(top.map((r) => gain(r.id))) / ideal : 0;
    rank.forEach((r, place) => pairs.push({ score: r.score, right: same.has(r.id), shown: place < 10, key: `${qid} ${r.id}` }));
  }
  const n = queries.length || 1;
  const result = {
    hit1: sums.hit1 / n,
    recall10: sums.recall10 / n,
    mrr: sums.mrr / n,
    ndcg10: sums.ndcg10 / n,
    flagAP: averagePrecision(pairs, positives),
  };
  if (calibrated) Object.assign(result, calibration(pairs, positives));
  return Object.fromEntries(Object.entries(result).map(([k, v]) => [k, typeof v === 'number' ? round(v) : v]));
}

/** Of one threshold over all pairs. */
export function averagePrecision(pairs, positives) {
  const sorted = [...pairs].sort((a, b) => b.score - a.score || (a.key < b.key ? -1 : 1));
  let found = 0;
  let sum = 0;
  sorted.forEach((p, i) => {
    if (p.right) sum += ++found / (i + 1);
  });
  return positives > 0 ? sum / positives : 0;
}

const bin = (p) => Math.min(9, Math.floor(p * 10));

function error(pairs) {
  const bins = Array.from({ length: 10 }, () => ({ n: 0, said: 0, was: 0 }));
  for (const { score, right } of pairs) {
    const b = bins[bin(score)];
    b.n++;
    b.said += score;
    if (right) b.was++;
  }
  const sum = bins.reduce((s, b) => s + Math.abs(b.said - b.was), 0);
  // What chance alone makes of a perfectly calibrated engine: the mean deviation of a binomial, about 0.8 of its standard deviation.
  const chance = bins.reduce((s, b) => (b.n ? s + 0.8 * Math.sqrt(b.said * (1 - b.said / b.n)) : s), 0);
  return { bins, ece: pairs.length ? sum / pairs.length : 0, chance: pairs.length ? chance / pairs.length : 0 };
}

/**
 * `ece`: over all query-candidate pairs, as flag AP. Most of these are near zero and easily right, so also: `eceShown` over the first
 * ten, `eceAbove5` over the pairs said to be above 0.05, and `eceAbove5ByChance`, what a perfect engine would show on so few.
 */
function calibration(pairs, positives) {
  const above = error(pairs.filter((p) => p.score > 0.05));
  const flagged = pairs.filter((p) => p.score >= 0.5);
  const right = flagged.filter((p) => p.right).length;
  return {
    ece: error(pairs).ece,
    eceShown: error(pairs.filter((p) => p.shown)).ece,
    eceAbove5: above.ece,
    eceAbove5ByChance: above.chance,
    flagPrecision: flagged.length ? right / flagged.length : 0,
    flagRecall: positives ? right / positives : 0,
    bins: above.bins.map((b, i) => ({
      from: i / 10,
      n: b.n,
      said: b.n ? round(b.said / b.n) : null,
      was: b.n ? round(b.was / b.n) : null,
    })),
  };
}

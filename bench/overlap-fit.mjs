// Fits the weights of a logistic: none below zero, so that more agreement never lowers a probability, and drawn towards those
// that are shipped, so that few labels move them little. Deterministic: the same rows in any order give the same weights to four digits.

/**
 * @param rows [{features, right}]
 * @param prior {bias, of} the shipped weights
 * @param pull strength of the draw towards the prior (in rows)
 */
export function fitted(rows, prior, pull = 1) {
  const keys = Object.keys(prior.of);
  const dim = keys.length + 1;
  const x = rows.map(({ features }) => [1, ...keys.map((k) => features[k])]);
  const y = rows.map(({ right }) => (right ? 1 : 0));
  const start = [prior.bias, ...keys.map((k) => prior.of[k])];
  const w = [...start];
  // Newton steps, each solved for the weights that are not held at zero.
  for (let step = 0; step < 60; step++) {
    const gradient = new Array(dim).fill(0);
    const hessian = Array.from({ length: dim }, () => new Array(dim).fill(0));
    for (let i = 0; i < x.length; i++) {
      let z = 0;
      for (let k = 0; k < dim; k++) z += w[k] * x[i][k];
      const p = 1 / (1 + Math.exp(-z));
      const d = p * (1 - p);
      for (let a = 0; a < dim; a++) {
        gradient[a] += (p - y[i]) * x[i][a];
        for (let b = 0; b <= a; b++) hessian[a][b] += d * x[i][a] * x[i][b];
      }
    }
    for (let a = 0; a < dim; a++) {
      // The bias is free: it says how common overlaps are, which the labels tell best.
      const ridge = a === 0 ? 1e-6 : pull;
      gradient[a] += ridge * (w[a] - start[a]);
      hessian[a][a] += ridge;
      for (let b = 0; b < a; b++) hessian[b][a] = hessian[a][b];
    }
    const free = w.map((v, a) => a === 0 || v > 0 || gradient[a] < 0);
    const at = free.flatMap((f, a) => (f ? [a] : []));
    const delta = solved(
      at.map((a) => at.map((b) => hessian[a][b])),
      at.map((a) => gradient[a]),
    );
    let moved = 0;
    at.forEach((a, i) => {
      const next = a === 0 ? w[a] - delta[i] : Math.max(0, w[a] - delta[i]);
      moved = Math.max(moved, Math.abs(next - w[a]));
      w[a] = next;
    });
    if (moved < 1e-6) break;
  }
  return { bias: w[0], of: Object.fromEntries(keys.map((k, i) => [k, w[i + 1]])) };
}

/** Gauss with pivots. */
function solved(matrix, right) {
  const n = right.length;
  const m = matrix.map((row, i) => [...row, right[i]]);
  for (let i = 0; i < n; i++) {
    let p = i;
    for (let r = i + 1; r < n; r++) if (Math.abs(m[r][i]) > Math.abs(m[p][i])) p = r;
    [m[i], m[p]] = [m[p], m[i]];
    for (let r = i + 1; r < n; r++) {
      const f = m[r][i] / m[i][i];
      for (let c = i; c <= n; c++) m[r][c] -= f * m[i][c];
    }
  }
  const out = new Array(n).fill(0);
  for (let i = n - 1; i >= 0; i--) {
    let s = m[i][n];
    for (let c = i + 1; c < n; c++) s -= m[i][c] * out[c];
    out[i] = s / m[i][i];
  }
  return out;
}

export const oddsOf = (features, { bias, of }) => Object.entries(of).reduce((s, [k, w]) => s + w * features[k], bias);

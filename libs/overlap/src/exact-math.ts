/**
 * Logarithm and exponential from additions, multiplications and divisions alone. IEEE 754 fixes those to the last bit, while
 * `Math.log` and `Math.exp` may differ between engine versions: a finding must be recomputable years later.
 */

const LN2 = 0.6931471805599453;

/** log2(x) for finite x > 0. */
export function log2(x: number): number {
  let exponent = 0;
  let m = x;
  while (m >= 2) {
    m /= 2;
    exponent++;
  }
  while (m < 1) {
    m *= 2;
    exponent--;
  }
  const z = (m - 1) / (m + 1);
  const zz = z * z;
  let sum = 0;
  for (let k = 25; k >= 1; k -= 2) sum = sum * zz + 1 / k;
  return exponent + (2 * z * sum) / LN2;
}

/** e^x; x is clamped to ±40, beyond which no rounded score changes. */
export function exp(x: number): number {
  const clamped = x > 40 ? 40 : x < -40 ? -40 : x;
  const halvings = 8;
  const r = clamped / 256;
  let sum = 1;
  for (let k = 14; k >= 1; k--) sum = 1 + (r / k) * sum;
  for (let i = 0; i < halvings; i++) sum *= sum;
  return sum;
}

export function logistic(x: number): number {
  return 1 / (1 + exp(-x));
}

/** Four decimals: the precision of every number that leaves the engine. */
export function round4(x: number): number {
  return Math.round(x * 10000) / 10000;
}

/** A number for a string, 0…2³²−1, the same everywhere. `seed` chains: the hash of what came before. */
export function hashOf(text: string, seed = 0x811c9dc5): number {
  let h = Math.imul(seed ^ 0x2c, 0x01000193);
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

import { exp, log2, logistic, round4 } from './exact-math.js';

describe('arithmetic that is the same everywhere', () => {
  it('agrees with the mathematical functions far beyond the four decimals that leave the engine', () => {
    for (let x = 0.001; x < 1e7; x *= 1.37) expect(Math.abs(log2(x) - Math.log2(x))).toBeLessThan(1e-12);
    for (let x = -30; x <= 30; x += 0.73) expect(Math.abs(exp(x) / Math.exp(x) - 1)).toBeLessThan(1e-12);
  });

  it('is exact for powers of two, where a rounding error would show as another weight', () => {
    expect([1, 2, 1024, 0.5].map(log2)).toEqual([0, 1, 10, -1]);
  });

  it('keeps probabilities between 0 and 1 at any odds', () => {
    expect(logistic(1e9)).toBeLessThanOrEqual(1);
    expect(logistic(-1e9)).toBeGreaterThanOrEqual(0);
    expect(logistic(0)).toBe(0.5);
    expect(round4(0.123456)).toBe(0.1235);
  });
});

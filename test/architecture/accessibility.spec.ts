import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');
const file = (path: string): string => readFileSync(join(root, path), 'utf8');

/** Checks of KWCAG 2.2 under each guideline: 5 인식, 6 운용, 7 이해, 8 견고. */
const CHECKS: Readonly<Record<string, number>> = {
  ...{ '5.1': 1, '5.2': 1, '5.3': 3, '5.4': 4 },
  ...{ '6.1': 4, '6.2': 2, '6.3': 1, '6.4': 4, '6.5': 4 },
  ...{ '7.1': 1, '7.2': 2, '7.3': 4 },
  ...{ '8.1': 1, '8.2': 1 },
};

const rows = file('docs/accessibility.md')
  .split('\n')
  .flatMap((line) => {
    const [, number = '', name = '', state = '', how = '', tests = ''] = line.split('|').map((cell) => cell.trim());
    return /^\d\.\d\.\d$/.test(number) ? [{ number, name, state, how, tests }] : [];
  });

describe('the map of the accessibility checks', () => {
  it('has all 33 of KWCAG 2.2, once each and in order', () => {
    const numbers = Object.entries(CHECKS).flatMap(([guideline, count]) =>
      Array.from({ length: count }, (_, index) => `${guideline}.${index + 1}`),
    );
    expect(numbers).toHaveLength(33);
    expect(rows.map(({ number }) => number)).toEqual(numbers);
  });

  it('says of each how it is met or why it does not apply, and names a test of all that applies', () => {
    const unsaid = rows.filter(
      ({ state, how, tests }) =>
        how === '' || !['지킴', '일부', '해당 없음'].includes(state) || (tests === '') !== (state === '해당 없음'),
    );
    expect(unsaid).toEqual([]);
  });

  it('names only tests that exist', () => {
    const named = rows.flatMap(({ tests }) => [...tests.matchAll(/`([^`]+)` “([^”]+)”/g)]);
    expect(named.length).toBe(rows.filter(({ tests }) => tests !== '').length);
    const missing = named.filter(([, path = '', sentence = '']) => {
      return !existsSync(join(root, path)) || !file(path).includes(`'${sentence}'`);
    });
    expect(missing.map(([whole]) => whole)).toEqual([]);
  });
});

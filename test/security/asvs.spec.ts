import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');
const rows = readFileSync(join(root, 'docs/security/asvs.md'), 'utf8')
  .split('\n')
  .filter((line) => /^\| *\d/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, requirement = '', level = '', asks = '', shown = '']) => ({ requirement, level, asks, shown }));

/** Titles as they stand in the code: a quotation mark may be escaped there. */
const titles = (file: string): string => readFileSync(join(root, file), 'utf8').replaceAll('\\', '');

it('has rows, each requirement once, in order', () => {
  expect(rows.length).toBeGreaterThan(70);
  const numbers = rows.map(({ requirement }) => requirement);
  expect(new Set(numbers).size).toBe(numbers.length);
  const weight = (number: string): number => number.split('.').reduce((sum, part) => sum * 1_000 + Number(part), 0);
  expect(numbers.map(weight)).toEqual(numbers.map(weight).sort((a, b) => a - b));
});

it.each(rows)('$requirement is shown by a test that exists, or says why not', ({ requirement, level, asks, shown }) => {
  expect(requirement).toMatch(/^\d+\.\d+\.\d+$/);
  expect(level).toMatch(/^[123]$/);
  expect(asks).toMatch(/\S{2}/);
  if (shown.startsWith('—')) {
    expect(shown.length).toBeGreaterThan(15);
    return;
  }
  const [file = '', title = ''] = shown.split(' › ');
  expect(file).toMatch(/\.spec\.ts$/);
  expect(existsSync(join(root, file))).toBe(true);
  expect(title.length).toBeGreaterThan(10);
  expect(titles(file)).toContain(title);
});

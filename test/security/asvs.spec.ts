import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');
const text = readFileSync(join(root, 'docs/security/asvs.md'), 'utf8');
const rows = text
  .split('\n')
  .filter((line) => /^\| *\d+\.\d+\.\d+ /.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, requirement = '', level = '', asks = '', shown = '']) => ({ requirement, level, asks, shown }));

/** Titles as they stand in the code: a quotation mark may be escaped there. */
const titles = (file: string): string => readFileSync(join(root, file), 'utf8').replaceAll('\\', '');

/** Every requirement of levels 1 and 2 of ASVS 5.0.0, by its number. */
const LEVELS: Readonly<Record<string, string>> = {
  '1': [
    '1.2.1-5 1.3.1-2 1.5.1 2.1.1 2.2.1-2 2.3.1 3.2.1-2 3.3.1 3.4.1-2 3.5.1-3 4.1.1 4.4.1 5.2.1-2 5.3.1-2 6.1.1',
    '6.2.1-8 6.3.1-2 6.4.1-2 7.2.1-4 7.4.1-2 8.1.1 8.2.1-2 8.3.1 9.1.1-3 9.2.1 10.4.1-5 11.3.1-2 11.4.1 12.1.1',
    '12.2.1-2 13.4.1 14.2.1 14.3.1 15.1.1 15.2.1 15.3.1',
  ].join(' '),
  '2': [
    '1.1.1-2 1.2.6-9 1.3.3-11 1.4.1-3 1.5.2 2.1.2-3 2.2.3 2.3.2-4 2.4.1 3.3.2-4 3.4.3-6 3.5.4-5 3.7.1-2 4.1.2-3',
    '4.2.1 4.3.1-2 4.4.2-4 5.1.1 5.2.3 5.4.1-3 6.1.2-3 6.2.9-12 6.3.3-4 6.4.3-4 6.5.1-5 6.6.1-3 6.8.1-4 7.1.1-3',
    '7.3.1-2 7.4.3-5 7.5.1-2 7.6.1-2 8.1.2 8.2.3 8.4.1 9.2.2-4 10.1.1-2 10.2.1-2 10.3.1-4 10.4.6-11 10.5.1-5',
    '10.6.1-2 10.7.1-3 11.1.1-2 11.2.1-3 11.3.3 11.4.2-4 11.5.1 11.6.1 12.1.2-3 12.3.1-4 13.1.1 13.2.1-5 13.3.1-2',
    '13.4.2-5 14.1.1-2 14.2.2-4 14.3.2-3 15.1.2-3 15.2.2-3 15.3.2-7 16.1.1 16.2.1-5 16.3.1-4 16.4.1-3 16.5.1-3',
    '17.1.1 17.2.1-4 17.3.1-2',
  ].join(' '),
};
const numbersOf = (level: string): readonly string[] =>
  (LEVELS[level] ?? '').split(' ').flatMap((range) => {
    const [, section = '', first = '', last = first] = /^(\d+\.\d+)\.(\d+)(?:-(\d+))?$/.exec(range) ?? [];
    return Array.from({ length: Number(last) - Number(first) + 1 }, (_, index) => `${section}.${Number(first) + index}`);
  });

it('has each requirement once, in order', () => {
  const numbers = rows.map(({ requirement }) => requirement);
  expect(new Set(numbers).size).toBe(numbers.length);
  const weight = (number: string): number => number.split('.').reduce((sum, part) => sum * 1_000 + Number(part), 0);
  expect(numbers.map(weight)).toEqual(numbers.map(weight).sort((a, b) => a - b));
});

it.each([
  ['1', 70],
  ['2', 183],
])('is complete for level %s, which has %i requirements', (level, count) => {
  expect(new Set(numbersOf(level)).size).toBe(count);
  expect(rows.filter((row) => row.level === level).map(({ requirement }) => requirement)).toEqual(numbersOf(level));
});

it('counts what is shown, met, not applicable and open as it is', () => {
  const both = rows.filter(({ level }) => level !== '3');
  const counted = ['— met: ', '— n/a: ', '— open: '].map((mark) => both.filter(({ shown }) => shown.startsWith(mark)).length);
  const [met = 0, not = 0, open = 0] = counted;
  const tested = both.length - met - not - open;
  const line = `**${tested} shown by a test, ${met} met otherwise, ${not} do not apply, ${open} open**`;
  expect(text.includes(line) ? line : 'another line').toBe(line);
});

it.each(rows)('$requirement is shown by a test that exists, or says why not', ({ requirement, level, asks, shown }) => {
  expect(requirement).toMatch(/^\d+\.\d+\.\d+$/);
  expect(level).toMatch(/^[123]$/);
  expect(asks).toMatch(/\S{2}/);
  if (shown.startsWith('—')) {
    expect(shown).toMatch(/^— (met|n\/a|open): \S.{7}/u);
    return;
  }
  const [file = '', title = ''] = shown.split(' › ');
  expect(file).toMatch(/\.spec\.ts$/);
  expect(existsSync(join(root, file))).toBe(true);
  expect(title.length).toBeGreaterThan(10);
  expect(titles(file)).toContain(title);
});

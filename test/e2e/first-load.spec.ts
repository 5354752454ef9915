import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const WEB = join(__dirname, '..', '..', 'dist', 'apps', 'web');
const MOST_BYTES = 200 * 1024;

describe('the first load', () => {
  it('takes at most 200 KB of script, gzipped, whichever page it is', () => {
    const scripts = readdirSync(join(WEB, 'assets')).filter((name) => name.endsWith('.js'));
    const texts = new Map(scripts.map((name) => [name, readFileSync(join(WEB, 'assets', name), 'utf8')]));
    const html = readFileSync(join(WEB, 'index.html'), 'utf8');
    const entry = /src="\/assets\/([^"]+\.js)"/.exec(html)?.[1] ?? '';
    /** A script with everything that it imports before it runs; pages are imported later, one at a time. */
    const loaded = (name: string, found = new Set<string>()): Set<string> => {
      if (found.has(name)) return found;
      found.add(name);
      const imports = (texts.get(name) ?? '').matchAll(/(?:\bfrom|\bimport)\s*["']\.\/([^"']+\.js)["']/g);
      for (const [, imported = ''] of imports) loaded(imported, found);
      return found;
    };
    const sizes = scripts.map((name) => {
      const all = new Set([...loaded(entry), ...loaded(name)]);
      return { name, bytes: [...all].reduce((sum, one) => sum + gzipSync(texts.get(one) ?? '').length, 0) };
    });
    expect(texts.has(entry)).toBe(true);
    expect(sizes.length).toBeGreaterThan(1);
    expect(sizes.filter(({ bytes }) => bytes > MOST_BYTES)).toEqual([]);
  });

  it('is the production build, twice as small and fast as the other', () => {
    const scripts = readdirSync(join(WEB, 'assets')).filter((name) => name.endsWith('.js'));
    const texts = scripts.map((name) => readFileSync(join(WEB, 'assets', name), 'utf8'));
    expect(texts.filter((text) => text.includes('React DevTools'))).toEqual([]);
  });

  it('asks nobody else for anything', () => {
    const texts = [
      'index.html',
      ...readdirSync(join(WEB, 'assets'))
        .filter((name) => /\.(css|js)$/.test(name))
        .map((name) => `assets/${name}`),
    ];
    const links = texts.flatMap(
      (name) =>
        readFileSync(join(WEB, name), 'utf8').match(/(?:src=|href=|url\(|@import\s+|fetch\()["']?https?:\/\/[^"')\s]+/g) ?? [],
    );
    expect(links).toEqual([]);
  });
});

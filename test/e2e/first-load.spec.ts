import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const WEB = join(__dirname, '..', '..', 'dist', 'apps', 'web');
const MOST_BYTES = 200 * 1024;

describe('the first load', () => {
  it('takes at most 200 KB of script, gzipped, whichever page it is', () => {
    const scripts = readdirSync(join(WEB, 'assets')).filter((name) => name.endsWith('.js'));
    // Every script there is: more than any one page loads.
    const bytes = scripts.reduce((sum, name) => sum + gzipSync(readFileSync(join(WEB, 'assets', name))).length, 0);
    expect(scripts.length).toBeGreaterThan(0);
    expect(bytes).toBeLessThanOrEqual(MOST_BYTES);
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

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const ROOT = join(__dirname, '..', '..');
/** What docker/Dockerfile is given: the lines that let something through. */
const CONTEXT = readFileSync(join(ROOT, 'docker', 'Dockerfile.dockerignore'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('!'))
  .map((line) => line.slice(1));

const folder = mkdtempSync(join(tmpdir(), 'sajeon-image-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function hashes(dist: string): Record<string, string> {
  const files = readdirSync(dist, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((file) => [file.slice(dist.length), createHash('sha256').update(readFileSync(file)).digest('hex')]),
  );
}

it('what the image runs comes out byte for byte as here, built from its context alone, elsewhere, in another zone and language', () => {
  const other = join(folder, 'of', 'another', 'name');
  for (const path of CONTEXT) {
    mkdirSync(dirname(join(other, path)), { recursive: true });
    cpSync(join(ROOT, path), join(other, path), { recursive: true, filter: (source) => !/\.spec\.tsx?$/.test(source) });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(other, 'node_modules'));
  execFileSync(process.execPath, ['scripts/build.mjs'], {
    cwd: other,
    env: { PATH: process.env['PATH'], HOME: folder, TZ: 'Pacific/Auckland', LC_ALL: 'tr_TR.UTF-8' },
    stdio: 'pipe',
  });
  const here = hashes(join(ROOT, 'dist'));
  expect(Object.keys(here).length).toBeGreaterThan(500);
  expect(hashes(join(other, 'dist'))).toEqual(here);
});

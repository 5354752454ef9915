/**
 * Compiles apps/ and libs/ into dist/: Nest the server and the command line, Vite the browser application.
 * Always the whole tree, into a folder beside dist/ that then takes its place: files of deleted sources cannot stay behind, a failed
 * build leaves the last good one, and a program that starts meanwhile never sees half of it. (An incremental build was not worth it:
 * under `isolatedModules` TypeScript does not emit a file again when only a type it imports changed, but the OpenAPI schemas that the
 * swagger plugin writes into it depend on that type.)
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './run.mjs';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const dist = join(root, 'dist');
const web = join(root, 'apps', 'web');
/** With the process id, because the compiler of a killed process may go on writing for a while. */
const next = join(root, `.dist-${process.pid}`);
const old = `${next}-old`;
const stamp = join(dist, '.built-from');

/** Is dist/ what the present sources give? */
export function isBuilt() {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === sourceHash();
}

/** Replaces dist/. Throws a `RunFailed` when the sources do not compile; the compiler has then said why on stderr. */
export async function build() {
  const built = sourceHash();
  for (const name of readdirSync(root)) if (/^\.dist-\d+/.test(name)) rmSync(join(root, name), { recursive: true, force: true });
  mkdirSync(next);
  const config = join(next, 'tsconfig.json');
  const compilerOptions = { outDir: '.' };
  writeFileSync(config, JSON.stringify({ extends: '../tsconfig.build.json', compilerOptions }));
  try {
    // One application is enough: the tsconfig takes in every application and library, and `--all` would compile them all once for each.
    const nest = join(root, 'node_modules', '@nestjs', 'cli', 'bin', 'nest.js');
    await run(process.execPath, [nest, 'build', 'cli', '--path', relative(root, config)], { cwd: root });
    rmSync(config);
    resolveLazyAliases();
    if (existsSync(join(web, 'index.html'))) {
      const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
      const outDir = join(next, 'apps', 'web'); // where the api looks for it, from its own place in dist/
      await run(process.execPath, [vite, 'build', web, '--outDir', outDir, '--emptyOutDir', '--logLevel', 'warn'], { cwd: root });
    }
    writeFileSync(join(next, '.built-from'), built);
    if (existsSync(dist)) renameSync(dist, old);
    renameSync(next, dist);
  } finally {
    rmSync(next, { recursive: true, force: true });
    rmSync(old, { recursive: true, force: true });
  }
}

/** Hash of everything that dist/ is made from. By content: a checkout or a copy changes times, not the build. */
function sourceHash() {
  const hash = createHash('sha256');
  const take = (path) =>
    hash
      .update(`${relative(root, path)}\0`)
      .update(readFileSync(path))
      .update('\0');
  for (const name of [
    'package-lock.json',
    'nest-cli.json',
    'tsconfig.json',
    'tsconfig.build.json',
    'scripts/checkout/build.mjs',
  ]) {
    take(join(root, name));
  }
  for (const folder of ['apps', 'libs']) {
    for (const path of filesBelow(join(root, folder))) if (!/\.spec\.tsx?$/.test(path)) take(path);
  }
  return hash.digest('hex');
}

function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.name !== 'node_modules' && !entry.name.startsWith('.'))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesBelow(path) : entry.isFile() ? [path] : [];
    });
}

/**
 * Nest rewrites `@sajeon/…` in import and export declarations but not in `import('@sajeon/…')`, which would fail only when that line runs.
 * Rewrites those and refuses to leave any alias behind.
 */
function resolveLazyAliases() {
  const { paths } = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8')).compilerOptions;
  for (const path of filesBelow(next).filter((file) => file.endsWith('.js'))) {
    const before = readFileSync(path, 'utf8');
    const after = before.replace(/\bimport\(\s*(['"])(@sajeon\/[^'"]+)\1/g, (whole, quote, alias) => {
      const source = paths[alias]?.[0];
      if (!source) return whole;
      const target = join(next, source.replace(/\.ts$/, '.js'));
      const specifier = relative(dirname(path), target).split(sep).join(posix.sep);
      return `import(${quote}${specifier.startsWith('.') ? specifier : `./${specifier}`}${quote}`;
    });
    const left = /(?:\bfrom|\bimport)[\s(]*['"](@sajeon\/[^'"]+)['"]/.exec(after);
    if (left) throw new Error(`${relative(next, path)}: ${left[1]} is no alias of tsconfig.json and would not resolve`);
    if (after !== before) writeFileSync(path, after);
  }
}

/**
 * `npm run openapi`: writes docs/openapi.json, the HTTP contract as the present sources give it. Only a build knows it (Nest's plugin
 * reads types and comments there), so dist/ is brought up to date first. `--check [FILE]` writes nothing: it exits with 1 when the
 * file (docs/openapi.json) says something else, and names where.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { root } from './checkout/build.mjs';
import { prepare } from './checkout/prepare.mjs';

const { values, positionals } = parseArgs({ options: { check: { type: 'boolean' } }, allowPositionals: true });
const file = positionals[0] ?? join(root, 'docs', 'openapi.json');

await prepare();
const { contract } = await import(pathToFileURL(join(root, 'dist', 'apps', 'api', 'src', 'openapi.js')).href);
// Through JSON, for that is what a reader gets: no undefined, no classes.
const document = sorted(JSON.parse(JSON.stringify(await contract())));

if (values.check) {
  const differences = compare(JSON.parse(readFileSync(file, 'utf8')), document, '#');
  for (const difference of differences.slice(0, 20)) process.stderr.write(`${difference}\n`);
  if (differences.length > 0) {
    process.stderr.write(
      `openapi: ${file} is not what the code says (${differences.length}). Run npm run openapi and commit it.\n`,
    );
    process.exitCode = 1;
  }
} else {
  const options = await resolveConfig(file);
  writeFileSync(file, await format(JSON.stringify(document), { ...options, parser: 'json' }));
  process.stderr.write(`openapi: ${file}\n`);
}

/** By name, so that moving code changes nothing. */
function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key])]),
  );
}

/** One line for each place where the two differ. */
function compare(committed, present, place) {
  if (JSON.stringify(committed) === JSON.stringify(present)) return [];
  const objects = [committed, present].every((side) => typeof side === 'object' && side !== null);
  if (!objects || Array.isArray(committed) !== Array.isArray(present)) {
    return [`${place}: committed ${JSON.stringify(committed)}, present ${JSON.stringify(present)}`];
  }
  return [...new Set([...Object.keys(committed), ...Object.keys(present)])].flatMap((key) =>
    compare(committed[key], present[key], `${place}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`),
  );
}

/**
 * `npm run bench`: every measurement of bench/ in turn, against the built dist/, one after the other so that they do not disturb each other.
 * `npm run bench -- event-store http` runs only those. A measurement is a program `bench/NAME.mjs` that prints its own table;
 * `…-eval.mjs` judges quality, not speed, and is run on its own (`npm run eval:overlap`); `…-baselines.mjs`, `…-cases.mjs`, `…-copies.mjs`, `…-fit.mjs`
 * and `…-measures.mjs` are what others are compared with, on and by, no programs.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { basename, join } from 'node:path';
import { root } from './checkout/build.mjs';
import { prepare } from './checkout/prepare.mjs';

await prepare({ database: true });

const available = readdirSync(join(root, 'bench'))
  .filter((file) => file.endsWith('.mjs') && !/^\.|-(eval|baselines|cases|copies|fit|measures)\.mjs$/.test(file))
  .map((file) => basename(file, '.mjs'))
  .sort();
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !available.includes(name));
if (unknown.length > 0) {
  process.stderr.write(`bench: ${unknown.join(', ')} 없음 · not found. 있는 것 · there are: ${available.join(', ')}\n`);
  process.exit(2);
}

process.stdout.write(
  `${new Date().toISOString()}  Node ${process.versions.node}  ${cpus().length} × ${cpus()[0]?.model ?? '?'}  `,
);
process.stdout.write(`${Math.round(totalmem() / 2 ** 30)} GiB\n`);
const failed = [];
for (const name of wanted.length > 0 ? wanted : available) {
  process.stdout.write(`\n── ${name} ──\n`);
  const started = Date.now();
  const { status } = spawnSync(process.execPath, [join(root, 'bench', `${name}.mjs`)], { cwd: root, stdio: 'inherit' });
  if (status !== 0) failed.push(name);
  process.stdout.write(`(${((Date.now() - started) / 1000).toFixed(1)} s)\n`);
}
if (failed.length > 0) {
  process.stderr.write(`\nbench: 실패 · failed: ${failed.join(', ')}\n`);
  process.exitCode = 1;
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Locked {
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly devOptional?: boolean;
  readonly integrity?: string;
  readonly link?: boolean;
}

/** What may be shipped together with Apache-2.0 code without asking anybody. A new one is added here by somebody who has read it. */
const ALLOWED = new Set([
  ...['MIT', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'BlueOak-1.0.0', 'Python-2.0'],
  '(BSD-3-Clause AND Apache-2.0)',
]);

// The lock file of npm, version 3.
const { packages } = JSON.parse(readFileSync(join(__dirname, '..', '..', 'package-lock.json'), 'utf8')) as {
  packages: Record<string, Locked>;
};
const shipped = Object.entries(packages).filter(([path, { dev, devOptional }]) => path !== '' && !dev && !devOptional);

it('every shipped package has a licence that somebody has read', () => {
  expect(shipped.length).toBeGreaterThan(100);
  const unknown = shipped.filter(([, { license }]) => !ALLOWED.has(license ?? ''));
  expect(unknown.map(([path, { license }]) => `${path}: ${license ?? 'none'}`)).toEqual([]);
});
it('every shipped package is pinned to its content', () => {
  expect(shipped.filter(([, { integrity, link }]) => !link && integrity === undefined).map(([path]) => path)).toEqual([]);
});

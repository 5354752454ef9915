import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

/** Every installed package that ships ES modules only: jest runs in CommonJS mode, so these are transformed too. */
function esmPackages(dir = 'node_modules', found = new Set()) {
  for (const entry of readdirSync(dir)) {
    if (entry.startsWith('.')) continue;
    const path = join(dir, entry);
    const manifest = join(path, 'package.json');
    if (entry.startsWith('@') && !existsSync(manifest)) {
      esmPackages(path, found);
      continue;
    }
    if (existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).type === 'module') {
      found.add(path.split('node_modules/').pop());
    }
    if (existsSync(join(path, 'node_modules'))) esmPackages(join(path, 'node_modules'), found);
  }
  return [...found];
}

const esm = esmPackages()
  .map((name) => name.replace(/[.]/g, '\\.'))
  .join('|');

const swc = (syntax) => ({
  swcrc: false,
  sourceMaps: 'inline',
  module: { type: 'commonjs' },
  jsc: {
    target: 'es2023',
    keepClassNames: true,
    parser: syntax === 'typescript' ? { syntax, decorators: true } : { syntax },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
  },
});

const { compilerOptions } = JSON.parse(readFileSync('tsconfig.json', 'utf8'));
const aliases = Object.fromEntries(
  Object.entries(compilerOptions.paths).map(([alias, [file]]) => [`^${alias}$`, `<rootDir>/${file.slice(2)}`]),
);

const common = {
  testEnvironment: 'node',
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1', ...aliases },
  transform: { '^.+\\.ts$': ['@swc/jest', swc('typescript')], '^.+\\.m?js$': ['@swc/jest', swc('ecmascript')] },
  transformIgnorePatterns: [`/node_modules/(?!(?:.*/node_modules/)?(?:${esm})/)`],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
};

/** `unit`: no process, no database. `int`: one embedded PostgreSQL for the run, a database of its own for each file. */
export default {
  projects: [
    {
      ...common,
      displayName: 'unit',
      testMatch: ['<rootDir>/{apps,libs}/**/*.spec.ts'],
      testPathIgnorePatterns: ['\\.int\\.spec\\.ts$'],
    },
    {
      ...common,
      displayName: 'int',
      testMatch: ['<rootDir>/{apps,libs}/**/*.int.spec.ts', '<rootDir>/test/**/*.spec.ts'],
      globalSetup: '<rootDir>/test/support/global-setup.mjs',
      globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
    },
  ],
  testTimeout: 180_000,
  // jest's own default leaves one of two cores to wait for databases and browsers; more than four would start too many of those.
  maxWorkers: Math.max(2, Math.min(4, availableParallelism() - 1)),
};

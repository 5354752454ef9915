/**
 * Who may import whom. The one table; every rule below is made from it, and test/architecture/ plants a violation of every rule.
 * A new library or application needs a row here before anything may touch it.
 */
const MAY_IMPORT = {
  domain: [],
  overlap: [],
  'event-store': [],
  audit: ['event-store'],
  access: ['domain'],
  decisions: ['domain', 'event-store', 'access'],
  'read-models': ['domain', 'event-store', 'overlap'],
  workflow: ['domain', 'event-store', 'decisions', 'overlap', 'documents', 'access'],
  identity: ['domain', 'event-store', 'access', 'decisions', 'vault', 'webhooks'],
  vault: ['domain', 'event-store'],
  webhooks: ['event-store', 'access', 'decisions', 'vault'],
  operations: ['event-store', 'decisions', 'identity', 'read-models', 'workflow', 'audit', 'vault', 'webhooks'],
  documents: ['domain'],
};
const APPS = ['api', 'worker', 'cli', 'web', 'witness'];
/** No package at all, with these exceptions. */
const PURE = { domain: [], overlap: ['garu-ko'] };
/** Packages that stay in one place. */
const ONLY_IN = {
  typeorm: {
    packages: ['typeorm', '@nestjs/typeorm'],
    folders: ['libs/read-models', 'libs/event-store/src/embedded', 'apps/cli/src/commands/migrate'],
  },
  'kurrent-client': { packages: ['@kurrent'], folders: ['libs/event-store/src/kurrent'] },
};

const anyOf = (names) => `(${names.join('|').replaceAll('.', '\\.')})`;
// Resolved paths start at the repository root; packages may also lie above it. Every pattern is anchored at one of the two.
const packages = (names) => `(^|/)node_modules/${anyOf(names)}/`;
/** Never shipped: tests, what a library offers to other people's tests, contract suites and stand-ins. tsconfig.build.json leaves them out. */
const TESTS = '(^test/|\\.spec\\.ts$|^libs/[^/]+/src/testing\\.ts$|^libs/.+/(contract\\.ts$|testing/|stand-in/))';

const rules = [
  ...Object.entries(MAY_IMPORT).map(([library, allowed]) => ({
    name: `${library}-imports-only-its-row`,
    comment: `libs/${library} may import ${allowed.length ? allowed.join(', ') : 'no other library'}.`,
    from: { path: `^libs/${library}/` },
    to: { path: '^libs/', pathNot: `^libs/${anyOf([library, ...allowed])}/` },
  })),
  ...Object.keys(MAY_IMPORT).map((library) => ({
    name: `${library}-by-its-front-door`,
    comment: `From outside only libs/${library}/src/index.ts is imported, and testing.ts by tests. What it hides can then change.`,
    from: { path: '^(apps|libs|test)/', pathNot: `^libs/${library}/` },
    to: { path: `^libs/${library}/`, pathNot: `^libs/${library}/src/(index|testing)\\.ts$` },
  })),
  {
    name: 'libraries-import-no-app',
    comment: 'Applications are made of libraries, never the other way round.',
    from: { path: '^libs/' },
    to: { path: '^apps/' },
  },
  {
    name: 'apps-import-no-other-app',
    comment:
      'Each application is a process of its own. What two of them need is a library; `serve` starts the others as processes.',
    from: { path: '^apps/([^/]+)/' },
    to: { path: '^apps/', pathNot: '^apps/$1/' },
  },
  {
    name: 'web-imports-no-library',
    comment: 'The browser knows the HTTP contract and nothing else.',
    from: { path: '^apps/web/' },
    to: { path: '^libs/' },
  },
  {
    name: 'testing-only-in-tests',
    comment: 'Specs, testing.ts, contract suites and stand-ins are not part of what is shipped.',
    from: { path: '^(apps|libs)/', pathNot: TESTS },
    to: { path: TESTS },
  },
  ...Object.entries(PURE).flatMap(([library, allowed]) => [
    {
      name: `${library}-imports-no-package`,
      comment: `libs/${library} is pure: no packages${allowed.length ? ` but ${allowed.join(', ')}` : ''}.`,
      from: { path: `^libs/${library}/`, pathNot: TESTS },
      to: { path: '(^|/)node_modules/', ...(allowed.length ? { pathNot: packages(allowed) } : {}) },
    },
    {
      name: `${library}-imports-nothing-of-node`,
      comment: `libs/${library} is pure: no files, no network, no processes.`,
      from: { path: `^libs/${library}/`, pathNot: TESTS },
      to: { dependencyTypes: ['core'] },
    },
  ]),
  ...Object.entries(ONLY_IN).map(([name, { packages: names, folders }]) => ({
    name: `${name}-stays-in-its-place`,
    comment: `${names.join(', ')} only in ${folders.join(', ')}.`,
    from: { path: '^(apps|libs|test)/', pathNot: `^${anyOf(folders)}[./]` },
    to: { path: packages(names) },
  })),
  {
    name: 'no-cycles',
    comment: 'Two files that need each other are one file, or hide a third.',
    from: {},
    to: { circular: true },
  },
  {
    name: 'shipped-code-uses-no-dev-package',
    comment: 'The production image is installed without development packages. (The browser application is bundled before.)',
    from: { path: '^(apps|libs)/', pathNot: `(${TESTS}|^apps/web/)` },
    to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'packages-are-declared',
    comment: 'A package that is here only because another package wants it may go with the next update: name it in package.json.',
    from: { path: '^(apps|libs|test)/' },
    to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'imports-resolve',
    comment: 'A path that leads nowhere would slip past every rule above.',
    from: {},
    to: { couldNotResolve: true },
  },
];

module.exports = {
  forbidden: rules.map((rule) => ({ severity: 'error', ...rule })),
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    // Anchored: an unanchored `dist` would also hide every package that keeps its code in a folder of that name.
    exclude: { path: '^(dist|coverage|\\.sajeon)/' },
    doNotFollow: { path: '(^|/)node_modules/' },
  },
  // For test/architecture/: what the table speaks of.
  libraries: Object.keys(MAY_IMPORT),
  apps: APPS,
};

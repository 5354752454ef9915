import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = join(__dirname, '..', '..');
const { apps, forbidden, libraries } = require('../../.dependency-cruiser.cjs') as {
  readonly apps: readonly string[];
  readonly libraries: readonly string[];
  readonly forbidden: readonly { readonly name: string }[];
};

/** One breach of each rule: the file, what it imports, and the one rule that must name it. */
const breaches: readonly { rule: string; file: string; imports: string }[] = [
  { rule: 'domain-imports-only-its-row', file: 'libs/domain/src/row.ts', imports: '@sajeon/overlap' },
  { rule: 'overlap-imports-only-its-row', file: 'libs/overlap/src/row.ts', imports: '@sajeon/domain' },
  { rule: 'event-store-imports-only-its-row', file: 'libs/event-store/src/row.ts', imports: '@sajeon/domain' },
  { rule: 'audit-imports-only-its-row', file: 'libs/audit/src/row.ts', imports: '@sajeon/domain' },
  { rule: 'access-imports-only-its-row', file: 'libs/access/src/row.ts', imports: '@sajeon/event-store' },
  { rule: 'decisions-imports-only-its-row', file: 'libs/decisions/src/row.ts', imports: '@sajeon/read-models' },
  { rule: 'read-models-imports-only-its-row', file: 'libs/read-models/src/row.ts', imports: '@sajeon/decisions' },
  { rule: 'workflow-imports-only-its-row', file: 'libs/workflow/src/row.ts', imports: '@sajeon/read-models' },
  { rule: 'identity-imports-only-its-row', file: 'libs/identity/src/row.ts', imports: '@sajeon/workflow' },
  { rule: 'webhooks-imports-only-its-row', file: 'libs/webhooks/src/row.ts', imports: '@sajeon/read-models' },
  { rule: 'vault-imports-only-its-row', file: 'libs/vault/src/row.ts', imports: '@sajeon/audit' },
  { rule: 'operations-imports-only-its-row', file: 'libs/operations/src/row.ts', imports: '@sajeon/domain' },
  { rule: 'documents-imports-only-its-row', file: 'libs/documents/src/row.ts', imports: '@sajeon/event-store' },
  ...libraries.map((library) => ({
    rule: `${library}-by-its-front-door`,
    file: `apps/api/src/into-${library}.ts`,
    imports: `../../../libs/${library}/src/inner.js`,
  })),
  { rule: 'workflow-by-its-front-door', file: 'test/stories/into-workflow.spec.ts', imports: '../../libs/workflow/src/inner.js' },
  { rule: 'libraries-import-no-app', file: 'libs/workflow/src/app.ts', imports: '../../../apps/cli/src/main.js' },
  { rule: 'apps-import-no-other-app', file: 'apps/worker/src/app.ts', imports: '../../api/src/main.js' },
  { rule: 'web-imports-no-library', file: 'apps/web/src/library.ts', imports: '@sajeon/domain' },
  { rule: 'testing-only-in-tests', file: 'apps/api/src/testing.ts', imports: '@sajeon/domain/testing' },
  { rule: 'testing-only-in-tests', file: 'libs/access/src/spec.ts', imports: './access.spec.js' },
  { rule: 'testing-only-in-tests', file: 'libs/access/src/support.ts', imports: '../../../test/support/clock.js' },
  { rule: 'testing-only-in-tests', file: 'libs/event-store/src/kurrent/fake.ts', imports: './stand-in/server.js' },
  { rule: 'domain-imports-no-package', file: 'libs/domain/src/package.ts', imports: 'rxjs' },
  { rule: 'domain-imports-no-package', file: 'libs/domain/src/garu.ts', imports: 'garu-ko' },
  { rule: 'overlap-imports-no-package', file: 'libs/overlap/src/package.ts', imports: 'rxjs' },
  { rule: 'domain-imports-nothing-of-node', file: 'libs/domain/src/node.ts', imports: 'node:crypto' },
  { rule: 'overlap-imports-nothing-of-node', file: 'libs/overlap/src/node.ts', imports: 'fs' },
  { rule: 'typeorm-stays-in-its-place', file: 'libs/decisions/src/orm.ts', imports: 'typeorm' },
  { rule: 'typeorm-stays-in-its-place', file: 'libs/event-store/src/orm.ts', imports: 'typeorm' },
  { rule: 'typeorm-stays-in-its-place', file: 'apps/api/src/orm.ts', imports: '@nestjs/typeorm' },
  { rule: 'kurrent-client-stays-in-its-place', file: 'libs/event-store/src/client.ts', imports: '@kurrent/kurrentdb-client' },
  { rule: 'no-cycles', file: 'libs/access/src/cycle-a.ts', imports: './cycle-b.js' },
  { rule: 'shipped-code-uses-no-dev-package', file: 'apps/api/src/dev.ts', imports: 'fast-check' },
  { rule: 'packages-are-declared', file: 'apps/api/src/undeclared.ts', imports: 'somebody-elses' },
  { rule: 'imports-resolve', file: 'apps/cli/src/lost.ts', imports: './nowhere.js' },
];

/** What the same rules must leave alone. */
const permitted: readonly { file: string; imports: readonly string[] }[] = [
  { file: 'apps/api/src/all.ts', imports: libraries.map((library) => `@sajeon/${library}`) },
  { file: 'apps/cli/src/commands/migrate.ts', imports: ['typeorm'] },
  { file: 'apps/web/src/web.ts', imports: ['rxjs', 'fast-check', './contract.js'] },
  { file: 'libs/overlap/src/words.ts', imports: ['garu-ko'] },
  { file: 'libs/domain/src/law.spec.ts', imports: ['fast-check', 'node:fs', './testing.js'] },
  { file: 'libs/event-store/src/embedded/store.ts', imports: ['typeorm', 'node:fs', '../inner.js'] },
  { file: 'libs/event-store/src/kurrent/store.ts', imports: ['@kurrent/kurrentdb-client'] },
  { file: 'libs/event-store/src/kurrent/stand-in/protocol.ts', imports: ['fast-check', '../../testing.js'] },
  { file: 'libs/decisions/src/decisions.ts', imports: ['@sajeon/domain', '@sajeon/event-store', '@sajeon/access', 'rxjs'] },
  { file: 'libs/decisions/src/decisions.spec.ts', imports: ['@sajeon/event-store/testing', '../../../test/support/clock.js'] },
  {
    file: 'libs/read-models/src/view.ts',
    imports: ['@sajeon/domain', '@sajeon/event-store', '@sajeon/overlap', '@nestjs/typeorm'],
  },
  { file: 'test/stories/story.spec.ts', imports: ['../../apps/api/src/main.js', '@sajeon/domain/testing', '@sajeon/decisions'] },
];

describe('who may import whom', () => {
  let rulesBroken: Map<string, Set<string>>;
  let tree: string;

  beforeAll(() => {
    tree = mkdtempSync(join(tmpdir(), 'sajeon-imports-'));
    plantTree(tree);
    const output = execFileSync(process.execPath, [join(root, 'scripts/boundaries.mjs'), '--json'], {
      cwd: tree,
      maxBuffer: 64 << 20,
    });
    const { summary } = JSON.parse(output.toString()) as { summary: { violations: { from: string; rule: { name: string } }[] } };
    rulesBroken = new Map();
    for (const { from, rule } of summary.violations) rulesBroken.set(from, (rulesBroken.get(from) ?? new Set()).add(rule.name));
  });
  afterAll(() => rmSync(tree, { recursive: true, force: true }));

  it.each(breaches)('$rule names $file, which imports $imports, and no other rule does', ({ rule, file }) => {
    expect([...(rulesBroken.get(file) ?? [])]).toEqual([rule]);
  });

  it.each(permitted)('$file may import $imports', ({ file }) => {
    expect([...(rulesBroken.get(file) ?? [])]).toEqual([]);
  });

  it('has a planted breach for every rule', () => {
    expect([...new Set(breaches.map(({ rule }) => rule))].sort()).toEqual(forbidden.map(({ name }) => name).sort());
  });

  it('makes `npm run boundaries` fail', () => {
    const { status, stdout } = spawnSync(process.execPath, [join(root, 'scripts/boundaries.mjs')], { cwd: tree });
    expect(status).toBe(1);
    expect(stdout.toString()).toContain('error web-imports-no-library: apps/web/src/library.ts → libs/domain/src/index.ts');
  });

  it('has a row for every library and every application of the tree', () => {
    expect(readdirSync(join(root, 'libs')).filter((name) => !libraries.includes(name))).toEqual([]);
    expect(readdirSync(join(root, 'apps')).filter((name) => !apps.includes(name))).toEqual([]);
  });
});

/** Front doors and inner files of every library, packages of each sort, then the breaches and the permitted files. */
function plantTree(tree: string): void {
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(tree, file)), { recursive: true });
    writeFileSync(join(tree, file), text);
  };
  cpSync(join(root, 'tsconfig.json'), join(tree, 'tsconfig.json'));
  write(
    'package.json',
    JSON.stringify({
      dependencies: { rxjs: '1', 'garu-ko': '1', typeorm: '1', '@nestjs/typeorm': '1', '@kurrent/kurrentdb-client': '1' },
      devDependencies: { 'fast-check': '1' },
    }),
  );
  for (const name of [
    'rxjs',
    'garu-ko',
    'typeorm',
    '@nestjs/typeorm',
    '@kurrent/kurrentdb-client',
    'fast-check',
    'somebody-elses',
  ]) {
    // In `dist/`, as many real packages have it: an exclude that is not anchored would make them invisible.
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'dist/index.js' }));
    write(`node_modules/${name}/dist/index.js`, 'exports.x = 1;\n');
  }
  for (const library of libraries) {
    for (const file of ['index', 'testing', 'inner']) write(`libs/${library}/src/${file}.ts`, 'export const x = 1;\n');
  }
  for (const app of apps) write(`apps/${app}/src/main.ts`, 'export const x = 1;\n');
  for (const file of [
    'libs/access/src/access.spec.ts',
    'libs/event-store/src/kurrent/stand-in/server.ts',
    'apps/web/src/contract.ts',
    'test/support/clock.ts',
  ])
    write(file, 'export const x = 1;\n');
  write('libs/access/src/cycle-b.ts', "export { i0 } from './cycle-a.js';\n");
  const importing = (paths: readonly string[]): string =>
    paths.map((path, i) => `import * as i${i} from '${path}';\nexport { i${i} };\n`).join('');
  for (const { file, imports } of breaches) write(file, importing([imports]));
  for (const { file, imports } of permitted) write(file, importing(imports));
}

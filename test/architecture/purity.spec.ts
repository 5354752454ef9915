import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');

const outside = {
  process: 'export const x = process.exit(1);',
  fetch: "export const x = fetch('http://example.org');",
  setTimeout: 'export const x = setTimeout(() => {}, 1);',
  setInterval: 'export const x = setInterval(() => {}, 1);',
  Buffer: "export const x = Buffer.from('x');",
  console: "export const x = console.log('x');",
  crypto: 'export const x = crypto.randomUUID();',
  performance: 'export const x = performance.now();',
  document: 'export const x = document.title;',
  require: "export const x = require('fs');",
};

describe.each(['domain', 'overlap'])('libs/%s compiles where nothing of the outside world exists', (library) => {
  let errors: Map<string, string[]>;
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'sajeon-purity-'));
    // Compiled together with the library itself: a package that it imports could bring the types of Node back in.
    const include = [join(root, 'libs', library, 'src/**/*.ts'), join(folder, '*.ts')];
    const exclude = [join(root, '**/*.spec.ts')];
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({
        extends: join(root, 'libs', library, 'tsconfig.json'),
        compilerOptions: { rootDir: '/' },
        include,
        exclude,
      }),
    );
    for (const [name, code] of Object.entries(outside)) writeFileSync(join(folder, `${name}.ts`), code);
    writeFileSync(join(folder, 'pure.ts'), 'export const day = (at: string): number => new Date(at).getUTCDate();');
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    const { stdout } = spawnSync(process.execPath, [tsc, '-p', folder, '--pretty', 'false'], { cwd: folder });
    errors = new Map();
    for (const [, file, text] of stdout.toString().matchAll(/^(.+?)\(\d+,\d+\): error (TS.*)$/gm)) {
      errors.set(file!, [...(errors.get(file!) ?? []), text!]);
    }
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(Object.keys(outside))('%s', (name) => {
    expect(errors.get(`${name}.ts`)).toEqual([expect.stringContaining(`Cannot find name '${name}'`)]);
  });

  it('but a function of its arguments compiles', () => {
    expect(errors.get('pure.ts')).toBeUndefined();
  });
});

describe('lint of the pure libraries', () => {
  const impure = {
    'new Date()': 'no-restricted-syntax',
    'Date()': 'no-restricted-syntax',
    'Date.now()': 'no-restricted-properties',
    'performance.now()': 'no-restricted-properties',
    'Math.random()': 'no-restricted-properties',
    'crypto.randomUUID()': 'no-restricted-properties',
    'crypto.getRandomValues(new Uint8Array(4))': 'no-restricted-properties',
    'new Date(2026, 10, 21)': 'no-restricted-syntax',
    "new Date('2026-11-21').getHours()": 'no-restricted-syntax',
    "'가'.localeCompare('나')": 'no-restricted-syntax',
    '(1234.5).toLocaleString()': 'no-restricted-syntax',
  };
  const pure = ["new Date('2026-11-21').toISOString()", 'Date.UTC(2026, 10, 21)', 'new Date(0).getUTCHours()', 'Math.max(1, 2)'];
  const planted = (folder: string, codes: readonly string[]) =>
    codes.map((code, i) => ({ file: `${folder}/planted-${i}.ts`, code: `export const x = ${code};\n` }));
  const lint = (files: readonly { file: string; code: string }[]): string[][] => {
    const output = execFileSync(process.execPath, [join(__dirname, 'lint-planted.mjs')], {
      cwd: root,
      input: JSON.stringify(files),
    });
    return (JSON.parse(output.toString()) as { messages: string[] }[]).map(({ messages }) => messages);
  };

  it('refuses the clock, chance and the machine in libs/domain and libs/overlap, and nothing else', () => {
    const codes = Object.keys(impure);
    const inDomain = planted('libs/domain/src/consultation', codes);
    const inOverlap = planted('libs/overlap/src', codes);
    const elsewhere = planted('libs/workflow/src', codes);
    const harmless = planted('libs/domain/src/project', pure);
    const messages = lint([...inDomain, ...inOverlap, ...elsewhere, ...harmless]);
    const rules = messages.map((each) => each.map((message) => message.split(':')[0]));
    const refused = Object.values(impure).map((rule) => [rule]);
    expect(rules.slice(0, codes.length)).toEqual(refused);
    expect(rules.slice(codes.length, 2 * codes.length)).toEqual(refused);
    expect(messages.slice(2 * codes.length)).toEqual([...elsewhere, ...harmless].map(() => []));
  });

  it('refuses `any` and what nobody uses, in every library', () => {
    const [anything, unused] = lint([
      { file: 'libs/audit/src/planted.ts', code: 'export const x = (y: any): unknown => y;\n' },
      { file: 'libs/audit/src/planted.ts', code: 'const x = 1;\nexport {};\n' },
    ]);
    expect(anything).toEqual([expect.stringContaining('no-explicit-any')]);
    expect(unused).toEqual([expect.stringContaining('no-unused-vars')]);
  });
});

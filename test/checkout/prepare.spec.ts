import { execFile, spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = join(__dirname, '..', '..');

/** What the command does when it runs: tells where it is and what it was given, then ends with 7. */
const MAIN = `
import { greeting } from '@sajeon/domain';
const lazy = await import('@sajeon/overlap');
process.stdout.write(JSON.stringify({ args: process.argv.slice(2), cwd: process.cwd(), said: greeting + lazy.x }));
process.exitCode = 7;
`;

interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

describe('a checkout makes itself ready', () => {
  let checkout: string;
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(checkout, file)), { recursive: true });
    writeFileSync(join(checkout, file), text);
  };
  const sajeon = (args: readonly string[] = [], cwd = checkout): Promise<Ran> =>
    new Promise((resolve) => {
      execFile(process.execPath, [join(checkout, 'scripts/sajeon.mjs'), ...args], { cwd }, (error, stdout, stderr) => {
        resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
      });
    });

  beforeAll(() => {
    checkout = realpathSync(mkdtempSync(join(tmpdir(), 'sajeon-checkout-')));
    for (const file of [
      'scripts',
      'package.json',
      'package-lock.json',
      'nest-cli.json',
      'tsconfig.json',
      'tsconfig.build.json',
    ]) {
      cpSync(join(root, file), join(checkout, file), { recursive: true });
    }
    symlinkSync(join(root, 'node_modules'), join(checkout, 'node_modules'));
    write('apps/cli/src/main.ts', MAIN);
    write('libs/domain/src/index.ts', "export * from './greeting.js';\n");
    write('libs/domain/src/greeting.ts', "export const greeting = 'first';\n");
    write('libs/overlap/src/index.ts', 'export const x = 1;\n');
    write('apps/web/index.html', '<!doctype html><title>사전협의</title><script type="module" src="./page.js"></script>');
    write('apps/web/page.js', "document.title += '!';\n");
  });
  afterAll(() => rmSync(checkout, { recursive: true, force: true }));

  it('builds first, keeps stdout for the command, and passes on arguments, folder and exit code', async () => {
    const ran = await sajeon(['screen', 'plan.json'], join(checkout, 'libs'));
    expect(JSON.parse(ran.stdout)).toEqual({ args: ['screen', 'plan.json'], cwd: join(checkout, 'libs'), said: 'first1' });
    expect(ran.code).toBe(7);
    expect(ran.stderr).toMatch(/building[^]*done \(\d/);
    expect(readFileSync(join(checkout, 'dist/apps/web/index.html'), 'utf8')).toMatch(/src="\/assets\/index-.+\.js"/);
  });

  it('says and builds nothing when nothing has changed', async () => {
    expect((await sajeon()).stderr).toBe('');
  });

  it('builds once for several that come at once, after one that died at it, and leaves nothing of a deleted source', async () => {
    const dead = await new Promise<number>((resolve) => {
      const child = spawn(process.execPath, ['-e', '']);
      child.once('exit', () => resolve(child.pid!));
    });
    write('.sajeon/prepare.lock', `${dead} ${hostname()}`);
    write('libs/domain/src/index.ts', "export const greeting = 'second';\n");
    rmSync(join(checkout, 'libs/domain/src/greeting.ts'));
    const all = await Promise.all([sajeon(), sajeon(), sajeon()]);
    expect(all.map(({ stdout }) => JSON.parse(stdout).said)).toEqual(['second1', 'second1', 'second1']);
    expect(all.filter(({ stderr }) => stderr.includes('building'))).toHaveLength(1);
    expect(existsSync(join(checkout, '.sajeon/prepare.lock'))).toBe(false);
    expect(existsSync(join(checkout, 'dist/libs/domain/src/index.js'))).toBe(true);
    expect(existsSync(join(checkout, 'dist/libs/domain/src/greeting.js'))).toBe(false);
  });

  it('does not run sources that do not compile, says why, and keeps the last good build', async () => {
    write('libs/overlap/src/index.ts', "export const x: number = 'no';\n");
    const ran = await sajeon();
    expect(ran).toMatchObject({ code: 1, stdout: '' });
    expect(ran.stderr).toContain('TS2322');
    expect(readFileSync(join(checkout, 'dist/libs/overlap/src/index.js'), 'utf8')).toContain('x = 1');
    write('libs/overlap/src/index.ts', 'export const x = 1;\n');
    expect((await sajeon()).stderr).toBe('');
  });

  it('refuses an alias that would fail only when its line runs', async () => {
    write(
      'libs/overlap/src/later.ts',
      "// @ts-expect-error no such library\nexport const later = () => import('@sajeon/nowhere');\n",
    );
    const ran = await sajeon();
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain('@sajeon/nowhere is no alias');
    rmSync(join(checkout, 'libs/overlap/src/later.ts'));
  });
});

import { spawn, spawnSync } from 'node:child_process';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { PLAN, Service } from './service.js';

const PREPARE = join(process.cwd(), 'scripts', 'prepare.mjs');
const COMMAND = join(process.cwd(), 'dist', 'apps', 'cli', 'src', 'main.js');

let service: Service;
let url: string;
beforeAll(async () => {
  expect(spawnSync(process.execPath, [PREPARE], { stdio: 'inherit' }).status).toBe(0);
  service = await Service.start();
  await service.app.listen(0, '127.0.0.1');
  url = `http://127.0.0.1:${(service.app.getHttpServer().address() as AddressInfo).port}`;
}, 400_000);
afterAll(() => service.stop());

/** The command as a process of its own; the service goes on answering here meanwhile. */
function call(args: readonly string[], language: 'ko' | 'en' = 'ko'): Promise<{ code: number | null; out: string; err: string }> {
  const env = { ...process.env, SAJEON_LANG: language, SAJEON_URL: url, DEBUG: undefined };
  const child = spawn(process.execPath, [COMMAND, 'call', ...args], { env });
  let [out, err] = ['', ''];
  child.stdout.on('data', (part: Buffer) => (out += part.toString()));
  child.stderr.on('data', (part: Buffer) => (err += part.toString()));
  return new Promise((done) => child.on('close', (code) => done({ code, out, err })));
}

it('lists the acts, in which a Korean word finds its part of the service, and explains one with an example that can be sent', async () => {
  const list = await call(['--list', '공휴일']);
  expect(list).toMatchObject({ code: 0 });
  expect(list.out).toContain('/v1/holidays');
  expect(list.out).not.toContain('/v1/systems');
  const explained = await call(['planProject', '--explain']);
  expect(explained.out).toContain('POST /v1/projects');
  expect(explained.out).toContain('body.plan');
  const example = /--body '(.+)'/.exec(explained.out)?.[1] ?? '';
  expect(await call(['planProject', '--token', 'demo-suwon', '--body', example])).toMatchObject({ code: 0 });
});

it('takes a plan to a submitted consultation, and tells the revision for the next act', async () => {
  const as = ['--token', 'demo-suwon'];
  const project = JSON.parse((await call(['planProject', ...as, '--body', JSON.stringify({ plan: PLAN })])).out) as {
    id: string;
  };
  const drafted = await call(['draftConsultation', ...as, '--body', JSON.stringify({ project: project.id }), '--key', 'once']);
  const { id } = JSON.parse(drafted.out) as { id: string };
  expect(drafted.err).toContain('--if-match 0');
  const submitted = await call(['submitConsultation', ...as, '--path', `id=${id}`, '--if-match', '0']);
  expect(submitted).toMatchObject({ code: 0 });
  const again = await call(['draftConsultation', ...as, '--body', JSON.stringify({ project: project.id }), '--key', 'once']);
  expect(JSON.parse(again.out)).toMatchObject({ id });
});

it('says why something is refused and what to do, in the language of the person, and exits with 1', async () => {
  const unknown = ['showCase', '--token', 'demo-suwon', '--path', 'id=nowhere'];
  const [korean, english] = [await call(unknown), await call(unknown, 'en')];
  expect([korean.code, english.code]).toEqual([1, 1]);
  expect(korean.err).toContain('그런 기록이 없거나 볼 수 있는 권한이 없습니다');
  expect(english.err).toContain('There is no such record, or you may not see it. Check its number.');
  expect(english.err).toContain('404 not-found');
  const field = await call(['planProject', '--token', 'demo-suwon', '--body', '{"plan":{"title":7}}']);
  expect(field.code).toBe(1);
  expect(field.err).toMatch(/\/plan\/title: .+/);
  expect((await call(['planProject', '--body', '{"plan":{}}'])).err).toContain('401 not-identified');
});

it('sends nothing that it can see is wrong, and exits with 2; 3 where nobody answers', async () => {
  for (const [args, said] of [
    [['nosuchact'], '그런 작업이 없습니다'],
    [['showCase'], '--path id=값'],
    [['showCase', '--path', 'id=1', '--path', 'other=2'], 'other'],
    [['planProject'], '--body'],
    [['planProject', '--body', '{oops'], 'JSON이 아닙니다'],
    [['planProject', '--body', '@/nowhere.json'], '/nowhere.json'],
    [['listSystems', '--query', 'q'], '--query'],
  ] as const) {
    const { code, err } = await call(args);
    expect({ args, code, said: err.includes(said) }).toEqual({ args, code: 2, said: true });
  }
  expect(await call(['listSystems', '--url', 'http://127.0.0.1:1'])).toMatchObject({ code: 3 });
});

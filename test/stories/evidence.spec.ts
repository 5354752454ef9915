import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PLAN, seen, Service, type Answer } from './service.js';

const folder = mkdtempSync(join(tmpdir(), 'sajeon-evidence-'));
let service: Service;
let id: string;
beforeAll(async () => {
  service = await Service.start();
  const project = await service.post('/v1/projects', 'demo-suwon', { plan: PLAN });
  const drafted = await service.post('/v1/consultations', 'demo-suwon', { project: project.body.id });
  id = drafted.body.id;
  await service.post(`/v1/consultations/${id}/submission`, 'demo-suwon', undefined, seen(drafted));
});
afterAll(() => service.stop());

/** Until the seal has reached the case; the seal follows the log within a second. */
async function bundle(as: string): Promise<Answer> {
  for (let tries = 0; ; tries++) {
    const answer = await service.get(`/v1/consultations/${id}/evidence`, as);
    if ((answer.status === 200 && String(answer.body).includes('consultation-submitted')) || tries === 100) return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const VERIFIERS: readonly (readonly [string, readonly string[]])[] = [
  [process.execPath, ['tools/verify.mjs']],
  ['python3', ['tools/verify.py']],
];

it('gives an auditor a bundle that two independent programs verify without us, and that neither verifies once a letter is changed', async () => {
  const { body } = await bundle('demo-auditor');
  const keys = await service.ask('GET', '/v1/log/keys');
  const key = join(folder, 'log.pub');
  writeFileSync(key, String(keys.body));
  const genuine = join(folder, 'genuine.jsonl');
  writeFileSync(genuine, String(body));
  const forged = join(folder, 'forged.jsonl');
  writeFileSync(forged, String(body).replace('공공시설 통합예약', '공공시설 통합예악'));
  for (const [program, script] of VERIFIERS) {
    const verify = (file: string): number | null => spawnSync(program, [...script, file, '--key', key]).status;
    expect([program, verify(genuine), verify(forged)]).toEqual([program, 0, 1]);
  }
});

it('gives none to the applicant, whose eyes the internal opinion is not for, nor to a neighbour', async () => {
  await bundle('demo-auditor');
  expect((await service.get(`/v1/consultations/${id}/evidence`, 'demo-suwon')).status).toBe(404);
  expect((await service.get(`/v1/consultations/${id}/evidence`, 'demo-seongnam')).status).toBe(404);
  expect((await service.get(`/v1/consultations/${id}/evidence`, 'demo-gyeonggi-reviewer')).status).toBe(200);
});

it('says in readiness that the log is sealed', async () => {
  await bundle('demo-auditor');
  const { body } = await service.ask('GET', '/readyz');
  expect(body.seal).toMatchObject({ status: 'sealing', cause: null });
  expect(BigInt(body.seal.size)).toBeGreaterThan(0n);
});

it('publishes its checkpoint to anybody', async () => {
  await bundle('demo-auditor');
  const checkpoint = await service.ask('GET', '/v1/log/checkpoint');
  expect(checkpoint.status).toBe(200);
  expect(String(checkpoint.body)).toMatch(/^\S+\n\d+\n[A-Za-z0-9+/]{43}=\n/);
});

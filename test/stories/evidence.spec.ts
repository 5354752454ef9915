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

it('holds the plan in all its versions and the rules that were applied', async () => {
  const received = await service.post(
    `/v1/consultations/${id}/receipt`,
    'demo-gyeonggi-reviewer',
    { track: 'standard' },
    await service.get(`/v1/consultations/${id}`, 'demo-gyeonggi-reviewer').then(seen),
  );
  expect(received.status).toBeLessThan(300);
  for (let tries = 0; ; tries++) {
    const text = String((await bundle('demo-auditor')).body);
    const held = ['project-planned', 'consultation-received', 'rule-set-adopted'].filter((type) =>
      text.includes(`\\"type\\":\\"${type}\\"`),
    );
    if (held.length === 3) break;
    if (tries === 100) throw new Error(`only ${held.join(', ')}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
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

it('says in words what the log has not, and how to ask it', async () => {
  await bundle('demo-auditor');
  const [, size, root] = String((await service.ask('GET', '/v1/log/checkpoint')).body).split('\n');
  const { body } = await service.ask('GET', `/v1/log/proof/inclusion?seq=0&size=${size}`);
  expect(body).toMatchObject({ seq: '0', size, root });
  expect((await service.ask('GET', `/v1/log/proof/consistency?from=${size}&to=${size}`)).body).toMatchObject({
    fromRoot: root,
    toRoot: root,
  });
  for (const [address, status, code] of [
    ['proof/inclusion?seq=99999999', 404, 'not-in-log'],
    ['proof/inclusion?seq=1&size=99999999', 404, 'not-in-log'],
    ['proof/consistency?from=2&to=1', 404, 'not-in-log'],
    ['tile/5/000', 404, 'not-in-log'],
    ['closings/2001-01-01', 404, 'not-in-log'],
    ['receipts/00000000-0000-4000-8000-000000000000', 404, 'not-in-log'],
    ['proof/inclusion', 400, 'invalid-number'],
    ['proof/inclusion?seq=-1', 400, 'invalid-number'],
    ['proof/consistency?from=1&to=x', 400, 'invalid-number'],
    ['closings/2026-02-31', 400, 'invalid-date'],
    ['receipts/7', 400, 'invalid-id'],
  ] as const) {
    const answer = await service.ask('GET', `/v1/log/${address}`);
    expect([address, answer.status, answer.body.code]).toEqual([address, status, code]);
    expect(answer.body.messages.ko).not.toContain('JSON');
  }
});

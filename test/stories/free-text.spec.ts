import { Contract, type Json } from './contract.js';
import { after, PLAN, seen, Service } from './service.js';

const RESIDENT = '900101-1234567';
const PHONE = '010-4242-9191';
const EMAIL = 'canary.bird@suwon.example';
const CANARY = /900101.?1234567|010.?4242.?9191|canary\.bird/;

let service: Service;
/** All that the process writes to its log while it runs. */
const lines: string[] = [];
beforeAll(async () => {
  for (const stream of [process.stdout, process.stderr]) {
    const write = stream.write.bind(stream);
    jest.spyOn(stream, 'write').mockImplementation((chunk, ...rest) => {
      lines.push(String(chunk));
      return write(chunk, ...(rest as []));
    });
  }
  service = await Service.start(undefined, { perMinute: null, signInsPerMinute: 1_000, atOnce: 256 });
});
afterAll(async () => {
  await service.stop();
  jest.restoreAllMocks();
});

const file = (change: object, headers = {}) =>
  service.post('/v1/projects', 'demo-suwon', { plan: { ...PLAN, ...change } }, headers);

it('refuses a resident registration number, whoever says it may stay', async () => {
  for (const headers of [{}, { 'x-personal-data': 'keep' }]) {
    const answer = await file({ text: `담당자 ${RESIDENT}` }, headers);
    expect(answer).toMatchObject({ status: 400, body: { code: 'personal-data' } });
    expect(answer.body.errors).toMatchObject([
      { pointer: '/plan/text', code: 'resident-registration-number', proposal: '담당자 ******-*******' },
    ]);
  }
});
it('offers phone numbers and e-mail addresses masked, and takes the masked text', async () => {
  const answer = await file({ text: `문의 ${PHONE}`, users: ['시민', EMAIL] });
  expect(answer.body.errors.map(({ pointer, code, proposal }: Json) => [pointer, code, proposal]).sort()).toEqual([
    ['/plan/text', 'phone-number', '문의 010-****-9191'],
    ['/plan/users/1', 'email-address', 'c***@suwon.example'],
  ]);
  expect(JSON.stringify(answer.body)).not.toMatch(CANARY);
  const { proposal } = answer.body.errors.find(({ pointer }: Json) => pointer === '/plan/text');
  expect((await file({ text: proposal })).status).toBe(201);
});
it('takes what is meant to be public when that is said', async () => {
  expect((await file({ text: '민원실 02-120-1234' }, { 'x-personal-data': 'keep' })).status).toBe(201);
});

it('no log, table, export, metric or error holds what was refused', async () => {
  const contract = new Contract();
  let refused = 0;
  for (const { path, method, operation } of contract.operations()) {
    const example: unknown = operation['requestBody']?.['content']?.['application/json']?.['example'];
    if (method === 'get' || example === undefined) continue;
    if (/^\/v1\/(sign-in|session|personal-data|users\/\{id\}\/account)/.test(path)) continue;
    const url = path.replace(/\{\w+\}/g, '1');
    for (const canary of [RESIDENT, PHONE, EMAIL]) {
      const poisoned: unknown = JSON.parse(JSON.stringify(example), (_, value: unknown) =>
        typeof value === 'string' ? `${value} ${canary}` : value,
      );
      if (JSON.stringify(poisoned) === JSON.stringify(example)) continue;
      const answer = await service.ask(method.toUpperCase() as 'POST', url, {
        as: 'demo-admin',
        body: poisoned,
        headers: { 'if-match': '"1"' },
      });
      expect([path, answer.status, answer.body.code]).toEqual([path, 400, 'personal-data']);
      expect(JSON.stringify(answer.body)).not.toMatch(CANARY);
      refused++;
    }
  }
  expect(refused).toBeGreaterThan(60);

  const { rows: tables } = await service.database().query<{
    name: string;
  }>(`select format('%I.%I', table_schema, table_name) as name from information_schema.tables
       where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`);
  expect(tables.length).toBeGreaterThan(15);
  for (const { name } of tables) {
    const { rows } = await service.database().query<{ row: string }>(`select t::text as row from ${name} t`);
    expect([name, rows.filter(({ row }) => CANARY.test(row))]).toEqual([name, []]);
  }
  const metrics = await service.ask('GET', '/metrics');
  expect(String(metrics.body)).not.toMatch(CANARY);
  const project = await file({ title: '깨끗한 사업' });
  const draft = await service.post('/v1/consultations', 'demo-suwon', { project: project.body.id });
  const filed = await service.post(`/v1/consultations/${draft.body.id}/submission`, 'demo-suwon', undefined, seen(draft));
  const evidence = await service.get(`/v1/consultations/${draft.body.id}/evidence`, 'demo-auditor', after(filed));
  expect(JSON.stringify(evidence.body)).not.toMatch(CANARY);
  expect(lines.filter((line) => CANARY.test(line))).toEqual([]);
}, 180_000);

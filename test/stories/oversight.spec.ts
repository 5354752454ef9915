import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { happened } from '@sajeon/domain/testing';
import { EventStore, type JsonObject } from '@sajeon/event-store';
import { CONSULTATION, Decisions } from '@sajeon/decisions';
import { Sealing, AuditLog } from '@sajeon/audit';
import QRCode from 'qrcode';
import { after, inDays, PLAN, seen, Service, type Answer } from './service.js';

const folder = mkdtempSync(join(tmpdir(), 'sajeon-oversight-'));
let service: Service;
let recorded: bigint;

beforeAll(async () => {
  process.env['SAJEON_VAULT_KEY'] = Buffer.alloc(32, 7).toString('base64');
  service = await Service.start();
  const store = service.app.get(EventStore);
  const parties = {
    applicant: { id: 'gyeonggi-suwon', name: '수원시', tier: 'BASIC_LOCAL' },
    authority: { id: 'gyeonggi', name: '경기도', tier: 'METROPOLITAN' },
  };
  for (const [id, outcome] of [
    ['c-1', 'PROCEED'],
    ['c-2', 'HOLD'],
  ] as const) {
    const drafted = happened.drafted();
    const events = [
      { ...drafted, data: { ...drafted.data, consultation: id, ...parties } },
      ...[
        happened.submitted(),
        happened.received(),
        happened.screened(),
        happened.confirmed(),
        happened.proposed(),
        happened.approved(),
      ],
      { ...happened.notified(), data: { ...happened.notified().data, outcome, documentNumber: `정보화담당관-${id.slice(2)}` } },
    ];
    for (const { type, data } of events) {
      // Domain events are plain JSON.
      const event = { id: randomUUID(), type, data: data as unknown as JsonObject, metadata: { schema: '1', actor: 'p-1' } };
      ({ position: recorded } = await store.append(`consultation-${id}`, 'any', [event]));
    }
  }
  expect((await service.app.get(Decisions).load(CONSULTATION, 'c-1')).state?.documentNumber).toBe('정보화담당관-1');
  await sealed(recorded);
});
afterAll(() => service.stop());

/** Until a signed checkpoint covers the position. */
async function sealed(position: bigint): Promise<void> {
  const log = service.app.get(AuditLog);
  for (let tries = 0; tries < 400; tries++) {
    const size = await log.checkpoint().then(
      (checkpoint) => checkpoint.size,
      () => 0n,
    );
    if (service.app.get(Sealing).health() && size > 0n) {
      for await (const { event } of log.range(size - 1n, size)) if (event.position >= position) return;
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('not sealed');
}

const position = (answer: Answer): string => answer.headers['x-position'] ?? '';
const key = async (): Promise<string> => {
  const file = join(folder, 'log.pub');
  writeFileSync(file, String((await service.ask('GET', '/v1/log/keys')).body));
  return file;
};

describe('a sample', () => {
  it('is the same for the same seed as of the same position, and for auditors only', async () => {
    const ask = (asOf: string) => service.get(`/v1/audit/samples?method=random&size=1&seed=s-1&asOf=${asOf}`, 'demo-auditor');
    const drawn = await ask(String(recorded));
    expect(drawn.body).toMatchObject({
      population: 2,
      position: String(recorded),
      rows: [{ stratum: expect.stringMatching(/^BASIC_LOCAL (notified|follow-up|closed)$/) }],
    });
    expect((await ask(drawn.body.position)).body).toEqual(drawn.body);
    for (const method of ['stratified', 'risk'])
      expect((await service.get(`/v1/audit/samples?method=${method}&size=5&seed=x`, 'demo-auditor')).body.rows).toHaveLength(2);
    expect((await service.get('/v1/audit/samples?method=random&size=1&seed=s', 'demo-gyeonggi-reviewer')).status).toBe(403);
  });
});

describe('a saved question', () => {
  it('is answered from the whole record as of a moment', async () => {
    const questions = (await service.get('/v1/audit/questions', 'demo-auditor')).body;
    expect(questions).toHaveLength(6);
    const ask = (question: string, asOf = '') =>
      service.get(`/v1/audit/answers?question=${question}${asOf && `&asOf=${asOf}`}`, 'demo-auditor');
    const found = await ask('like-cases-decided-differently');
    expect(found.body.rows.map(({ stream }: { stream: string }) => stream).sort()).toEqual([
      'consultation-c-1',
      'consultation-c-2',
    ]);
    expect((await ask('like-cases-decided-differently', String(recorded - 1n))).body.rows).toEqual([]);
    for (const { id } of questions) expect((await ask(id)).status).toBe(200);
    expect((await ask('made-up')).status).toBe(400);
  });
});

describe('a finding', () => {
  it('is raised by an auditor, answered by the agency, rejected, answered again and resolved; nobody else sees it', async () => {
    const finding = {
      ...{ about: 'consultation-c-1', seenAt: String(recorded), agency: 'gyeonggi', question: 'same-drafter-and-approver' },
      ...{ title: '제안과 승인이 같은 사람', text: '확인 필요', answerBy: inDays(20) },
    };
    expect((await service.post('/v1/audit/findings', 'demo-gyeonggi-reviewer', finding)).status).toBe(403);
    const raised = await service.post('/v1/audit/findings', 'demo-auditor', finding);
    expect(raised.status).toBe(201);
    const path = `/v1/audit/findings/${raised.body.id}`;
    const answer = { answer: '담당자를 나누었음.', measures: ['업무분장 변경'] };
    expect((await service.post(`${path}/answer`, 'demo-suwon', answer, seen(raised))).status).toBe(403);
    const answered = await service.post(`${path}/answer`, 'demo-gyeonggi-reviewer', answer, seen(raised));
    const rejection = { reason: '증빙이 없음', answerBy: inDays(40) };
    const rejected = await service.post(`${path}/rejection`, 'demo-auditor', rejection, seen(answered));
    const again = await service.post(
      `${path}/answer`,
      'demo-gyeonggi-reviewer',
      { ...answer, answer: '증빙 첨부' },
      seen(rejected),
    );
    const resolved = await service.post(`${path}/resolution`, 'demo-auditor', { remarks: '확인함' }, seen(again));
    expect([answered.status, rejected.status, again.status, resolved.status]).toEqual([201, 201, 201, 201]);
    expect((await service.get(path, 'demo-gyeonggi-reviewer')).body).toMatchObject({
      ...{ status: 'resolved', answer: { answer: '증빙 첨부' }, rejection, closedBecause: '확인함' },
    });
    expect((await service.get(path, 'demo-seongnam')).status).toBe(404);
    expect((await service.get('/v1/audit/findings', 'demo-seongnam')).body.rows).toEqual([]);
    expect((await service.get('/v1/audit/findings', 'demo-auditor')).body.rows).toHaveLength(1);
  });
});

describe('the record of reads', () => {
  it('names every read by an auditor, and what others read is not in it', async () => {
    await service.get('/v1/consultations/c-1', 'demo-auditor');
    await service.get('/v1/consultations/c-2', 'demo-gyeonggi-reviewer');
    await service.get('/v1/consultations/no-such', 'demo-auditor');
    const today = new Date(Date.now() + 9 * 3_600_000).toISOString().slice(0, 10);
    const { body } = await service.get(`/v1/audit/reads?day=${today}&person=person-demo-auditor`, 'demo-admin');
    const asked = body.rows.map((row: { asked: string }) => row.asked);
    expect(asked).toContain('/v1/consultations/c-1');
    expect(asked).toContain('/v1/consultations/no-such');
    expect(asked).not.toContain('/v1/consultations/c-2');
    expect(body.rows[0]).toMatchObject({ person: 'person-demo-auditor', agency: 'bai' });
    expect((await service.get(`/v1/audit/reads?day=${today}`, 'demo-suwon')).status).toBe(403);
  });
});

describe('a letter', () => {
  it('carries a proof that verifies offline, also when it is found by its number', async () => {
    const letter = await service.get('/v1/consultations/c-1/letter', 'demo-suwon');
    expect(letter.status).toBe(200);
    expect(String(letter.body)).toMatch(/<svg[^]*정보화담당관-1|정보화담당관-1[^]*<svg/);
    expect((await service.get('/v1/consultations/c-1/letter', 'demo-seongnam')).status).toBe(404);
    // These cases were written without the reservation of their numbers, as before there was one.
    expect((await service.get('/v1/letters/verification?number=nowhere-1', 'demo-suwon')).status).toBe(404);
    const events = service.app.get(Decisions).load(CONSULTATION, 'c-1');
    const sent = (await events).events.find(({ type }) => type === 'result-notified');
    const proof = join(folder, 'letter.tlog-proof');
    writeFileSync(proof, String((await service.ask('GET', `/v1/log/receipts/${sent?.id}`)).body));
    expect(Buffer.byteLength(String((await service.ask('GET', `/v1/log/receipts/${sent?.id}`)).body))).toBeLessThan(2_953);
    const { status, stdout } = spawnSync('python3', ['tools/verify.py', proof, '--key', await key(), '--json'], {
      encoding: 'utf8',
    });
    expect([status, JSON.parse(stdout).result]).toEqual([0, 'verified']);
  });

  it('has in its QR code, dot by dot, the proof that both verifiers take', async () => {
    const { events } = await service.app.get(Decisions).load(CONSULTATION, 'c-2');
    const sent = events.findLast(({ type }) => type === 'result-notified');
    const receipt = async () => String((await service.ask('GET', `/v1/log/receipts/${sent?.id}`)).body);
    let [before, letter, proof] = ['', '', await receipt()];
    // Between two receipts that are the same no other checkpoint was signed.
    while (before !== proof) {
      before = proof;
      letter = String((await service.get('/v1/consultations/c-2/letter', 'demo-suwon')).body);
      proof = await receipt();
    }
    const { modules } = QRCode.create([{ data: Buffer.from(proof, 'utf8'), mode: 'byte' }], { errorCorrectionLevel: 'L' });
    const dots = dotsOf(letter);
    expect(dots.size).toBe(modules.size);
    const all = Array.from({ length: modules.size ** 2 }, (_, n) => [Math.floor(n / modules.size), n % modules.size] as const);
    expect(all.filter(([row, column]) => dots.at(row, column) !== (modules.get(row, column) === 1))).toEqual([]);
    const file = join(folder, 'qr.tlog-proof');
    writeFileSync(file, proof);
    for (const [program, tool] of [
      ['python3', 'tools/verify.py'],
      [process.execPath, 'tools/verify.mjs'],
    ] as const) {
      const { status, stdout } = spawnSync(program, [tool, file, '--key', await key(), '--json'], { encoding: 'utf8' });
      expect([status, JSON.parse(stdout).result]).toEqual([0, 'verified']);
    }
  });
});

/** The dark dots of the QR code in the page: strokes along the rows, in a frame of two dots. */
function dotsOf(page: string) {
  const frame = 2;
  const side = Number(/viewBox="0 0 (\d+) /.exec(page)?.[1]);
  const strokes = /stroke="[^"]+" d="([^"]+)"/.exec(page)?.[1] ?? '';
  const dark = new Set<string>();
  let [x, y] = [0, 0];
  for (const [, stroke, one, other] of strokes.matchAll(/([Mmh])(-?[\d.]+)(?: (-?[\d.]+))?/g)) {
    if (stroke === 'M') [x, y] = [Number(one), Number(other)];
    else if (stroke === 'm') [x, y] = [x + Number(one), y + Number(other)];
    else for (const end = x + Number(one); x < end; x++) dark.add(`${Math.floor(y) - frame} ${x - frame}`);
  }
  return { size: side - 2 * frame, at: (row: number, column: number): boolean => dark.has(`${row} ${column}`) };
}

describe('an export', () => {
  it.each(['cloudevents', 'xes', 'ocel'])('as %s fits its manifest, for auditors only', async (kind) => {
    const query = `kind=${kind}&to=5`;
    const file = await service.get(`/v1/exports?${query}`, 'demo-auditor');
    const manifest = await service.get(`/v1/exports/manifest?${query}`, 'demo-auditor');
    expect(file.status).toBe(200);
    expect(manifest.body).toMatchObject({ kind, counts: { events: 5 }, filter: { from: '0', to: '5', streams: [] } });
    expect((await service.get(`/v1/exports?${query}`, 'demo-admin')).status).toBe(403);
    expect((await service.get(`/v1/exports?kind=${kind}&from=999999`, 'demo-auditor')).status).toBe(404);
  });
});

describe('personal data', () => {
  it('lie in the vault, are shown to their person and to administrators, and are erased by two people', async () => {
    const mine = { name: '김철수', phone: '010-1234-5678' };
    const deposited = await service.post('/v1/personal-data', 'demo-suwon', mine);
    expect(deposited.status).toBe(201);
    const path = '/v1/personal-data/person-demo-suwon';
    const shown = await service.get(path, 'demo-suwon', after(deposited));
    expect(shown.body.values.map(({ path: field, value }: Record<string, string>) => [field, value])).toEqual([
      ['name', '김철수'],
      ['phone', '010-1234-5678'],
    ]);
    expect((await service.get(path, 'demo-auditor')).status).toBe(404);

    // Whoever acted in a case has a name for colleagues, and a pseudonym for everybody else.
    const project = await service.post('/v1/projects', 'demo-suwon', { plan: PLAN });
    const draft = await service.post('/v1/consultations', 'demo-suwon', { project: project.body.id });
    const at = `/v1/consultations/${draft.body.id}`;
    expect((await service.post(`${at}/submission`, 'demo-suwon', undefined, seen(draft))).status).toBe(201);
    const people = async (as: string) => {
      const answer = await service.get(`${at}/people`, as);
      return answer.status === 200 ? answer.body.people : answer.status;
    };
    const acted = { person: 'person-demo-suwon', agency: 'gyeonggi-suwon' };
    for (const as of ['demo-suwon', 'demo-suwon-clerk']) {
      expect(await people(as)).toEqual([{ ...acted, standing: 'shown', name: '김철수' }]);
    }
    for (const as of ['demo-gyeonggi-reviewer', 'demo-auditor']) {
      expect(await people(as)).toEqual([{ ...acted, standing: 'withheld', name: null }]);
    }
    expect(await people('demo-seongnam')).toBe(404);
    expect((await service.post('/v1/personal-data', 'demo-suwon', { ...mine, person: 'person-demo-admin' })).status).toBe(403);
    expect((await service.post('/v1/personal-data', 'demo-suwon', { name: '900101-1234567' })).body.code).toBe('resident-number');

    const requested = await service.post(`${path}/erasure-request`, 'demo-admin', { legalBasis: '보유기간 경과' }, seen(shown));
    expect(requested.status).toBe(201);
    const own = await service.post(`${path}/erasure`, 'demo-admin', undefined, seen(requested));
    expect([own.status, own.body.code]).toEqual([403, 'own-erasure-request']);
    const held = await service.post(`${path}/hold`, 'demo-admin', { reason: '감사 중' }, seen(requested));
    const blocked = await service.post(`${path}/erasure`, 'demo-admin', undefined, seen(held));
    expect([blocked.status, blocked.body.code]).toEqual([409, 'retention-held']);
    const released = await service.post(`${path}/hold-release`, 'demo-admin', { reason: '감사 종료' }, seen(held));
    expect(released.status).toBe(201);

    // Nothing of it is in the log.
    for await (const event of service.app.get(EventStore).readAll())
      for (const secret of Object.values(mine)) expect(JSON.stringify(event.data)).not.toContain(secret);
    expect(position(released)).not.toBe('');

    // A second person, whom the first one made an administrator, approves what the first one asked for.
    const second = 'demo-gyeonggi-director';
    const user = `/v1/users/person-${second}`;
    const known = await service.post('/v1/users', 'demo-admin', { user: `person-${second}` });
    const grant = { agency: 'mois', roles: ['administrator'], from: '2026-01-01' };
    const asOf = { 'x-after': known.body.position };
    const granted = await service.post(`${user}/grants`, 'demo-admin', grant, seen(await service.get(user, 'demo-admin', asOf)));
    expect(granted.status).toBe(201);
    await service.get(user, 'demo-admin', after(granted));
    const erased = await service.post(`${path}/erasure`, second, undefined, { ...seen(released), 'x-act-as': 'mois' });
    expect([erased.status, erased.body.code]).toEqual([201, undefined]);
    const gone = await service.get(path, 'demo-admin', after(erased));
    expect(JSON.stringify(gone.body)).not.toMatch(/김철수|010-1234-5678/);
    expect(await people('demo-suwon-clerk')).toEqual([{ ...acted, standing: 'erased', name: null }]);
    const record = [];
    for await (const event of service.app.get(EventStore).readStream('subject-person-demo-suwon')) record.push(event);
    expect(record.at(-1)).toMatchObject({
      type: 'personal-data-erased',
      data: { by: { person: `person-${second}`, agency: 'mois' } },
    });
    const kept = await service.database().query<{ row: string }>('select to_jsonb(d)::text as row from vault.deposit d');
    expect(kept.rows).toEqual([]);
  });
});

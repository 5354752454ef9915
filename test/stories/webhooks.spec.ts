import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PLAN, seen, Service } from './service.js';

interface Message {
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly event: { id: string; type: string; subject: string; specversion: string; data: Record<string, string> };
}

/** A machine of an agency: answers every message with the status it is set to. */
class Receiver {
  readonly messages: Message[] = [];
  status = 204;
  private waiting: (() => void)[] = [];
  private readonly server: Server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const text = Buffer.concat(parts).toString('utf8');
      response.writeHead(this.status).end();
      this.messages.push({ headers: request.headers, text, event: JSON.parse(text) as Message['event'] });
      for (const wake of this.waiting.splice(0)) wake();
    });
  });

  async listen(): Promise<string> {
    await new Promise<void>((listening) => this.server.listen(0, '127.0.0.1', listening));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/sajeon`;
  }
  close(): Promise<unknown> {
    return new Promise((closed) => this.server.close(closed));
  }
  /** Waits for the first message that fits. */
  async got(fits: (message: Message) => boolean): Promise<Message> {
    for (;;) {
      const found = this.messages.find(fits);
      if (found) return found;
      await new Promise<void>((wake) => this.waiting.push(wake));
    }
  }
}

const of = (type: string, consultation?: string) => (message: Message) =>
  message.event.type === type && (consultation === undefined || message.event.data['consultation'] === consultation);

let service: Service;
const receiver = new Receiver();
let url: string;
beforeAll(async () => {
  process.env['SAJEON_WEBHOOKS_NEARBY'] = 'yes';
  process.env['SAJEON_VAULT_KEY'] = Buffer.alloc(32, 9).toString('base64');
  service = await Service.start();
  delete process.env['SAJEON_WEBHOOKS_NEARBY'];
  url = await receiver.listen();
});
afterAll(async () => {
  await service.stop();
  await receiver.close();
});

/** A case of the ministry as the authority when 경기도 files, of 경기도 when 수원시 does. */
async function filed(as: string): Promise<string> {
  const project = await service.post('/v1/projects', as, { plan: PLAN });
  const draft = await service.post('/v1/consultations', as, { project: project.body.id });
  const sent = await service.post(`/v1/consultations/${draft.body.id}/submission`, as, undefined, seen(draft));
  expect(sent.status).toBe(201);
  return draft.body.id as string;
}

function signed(secret: string, { headers, text }: Message): string {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const over = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${text}`;
  return `v1,${createHmac('sha256', key).update(over).digest('base64')}`;
}

/** What waits for its next attempt is due now. */
const letTimePass = () => service.database().query(`update webhook_delivery set next_at = now() where state = 'waiting'`);

async function until<Told>(ask: () => Promise<Told>, holds: (told: Told) => boolean): Promise<Told> {
  for (;;) {
    const told = await ask();
    if (holds(told)) return told;
    await new Promise((later) => setImmediate(later));
  }
}

it('tells the agency of its cases, signed, as CloudEvents without what was written, and of no case of others', async () => {
  const made = await service.post('/v1/webhooks', 'demo-admin', { url, types: [], note: '전자결재 연계' });
  expect(made.status).toBe(201);
  const secret = made.body.secret as string;

  const others = await filed('demo-suwon');
  const own = await filed('demo-gyeonggi');
  const message = await receiver.got(of('consultation-submitted', own));
  expect(message.headers['webhook-signature']).toBe(signed(secret, message));
  expect(message.headers['content-type']).toBe('application/cloudevents+json; charset=utf-8');
  expect(message.headers['webhook-id']).toBe(message.event.id);
  expect(message.event).toMatchObject({ specversion: '1.0', type: 'consultation-submitted', subject: `consultation-${own}` });
  expect(Object.keys(message.event.data).toSorted()).toEqual(['at', 'consultation', 'position', 'revision']);
  expect(message.text).not.toContain(PLAN.title);
  // 수원시 files with 경기도, before: had the ministry been told, it would have been told of that first. Nor of drafts that others write.
  expect(receiver.messages.filter(({ event }) => event.data['consultation'] === others)).toEqual([]);
  expect(receiver.messages.filter(of('consultation-drafted', own))).toEqual([]);

  const [listed] = (await service.get('/v1/webhooks', 'demo-admin')).body;
  expect(listed).toMatchObject({ id: made.body.id, agency: 'mois', url, dead: 0 });
  expect(JSON.stringify(listed)).not.toContain(secret);
  const { rows } = await service.database().query('select * from webhook_subscription');
  expect(JSON.stringify(rows.map((row: { secret: Buffer }) => row.secret.toString('latin1')))).not.toContain(secret);
});

it('signs by the former and the new secret while one takes the place of the other', async () => {
  const [{ id }] = (await service.get('/v1/webhooks', 'demo-admin')).body;
  const first = (await service.post(`/v1/webhooks/${id}/secret`, 'demo-admin')).body.secret as string;
  const second = (await service.post(`/v1/webhooks/${id}/secret`, 'demo-admin')).body.secret as string;
  const own = await filed('demo-gyeonggi');
  const message = await receiver.got(of('consultation-submitted', own));
  expect(message.headers['webhook-signature']).toBe(`${signed(second, message)} ${signed(first, message)}`);

  await service.database().query(`update webhook_subscription set former_until = now() - interval '1 minute'`);
  const later = await receiver.got(of('consultation-submitted', await filed('demo-gyeonggi')));
  expect(later.headers['webhook-signature']).toBe(signed(second, later));
});

it('tries again what was not taken, gives it up at last, lists it, and sends it again by its position', async () => {
  const [{ id }] = (await service.get('/v1/webhooks', 'demo-admin')).body;
  const ask = (state: string) => service.get(`/v1/webhook-deliveries?webhook=${id}&state=${state}`, 'demo-admin');
  await until(
    () => ask('waiting'),
    ({ body }) => body.deliveries.length === 0,
  );
  receiver.status = 503;
  const own = await filed('demo-gyeonggi');
  const dead = await until(
    async () => {
      await letTimePass();
      return ask('dead');
    },
    ({ body }) => (body.deliveries as { consultation: string }[]).some(({ consultation }) => consultation === own),
  );
  const given = dead.body.deliveries.find(
    (each: { type: string; consultation: string }) => each.consultation === own && each.type === 'consultation-submitted',
  ) as { position: string; attempts: number; outcome: string; event: string } | undefined;
  expect(given).toMatchObject({ attempts: 9, outcome: '503', nextAt: null });
  // Each time the same message, by which the receiver knows it.
  const attempts = receiver.messages.filter(of('consultation-submitted', own));
  expect(attempts.length).toBe(9);
  expect(new Set(attempts.map(({ text }) => text)).size).toBe(1);

  receiver.status = 200;
  const replayed = await service.post(`/v1/webhooks/${id}/replays`, 'demo-admin', {
    from: given?.position,
    until: given?.position,
  });
  expect(replayed).toMatchObject({ status: 200, body: { queued: 1, until: given?.position } });
  const delivered = await until(
    () => ask('delivered'),
    ({ body }) => (body.deliveries as { position: string }[]).some(({ position }) => position === given?.position),
  );
  expect(delivered.body.deliveries[0]).toMatchObject({ outcome: '200' });
});

it('puts back only what the agency may hear of, however much of the log is asked for', async () => {
  const [{ id }] = (await service.get('/v1/webhooks', 'demo-admin')).body;
  const before = receiver.messages.length;
  const { body } = await service.post(`/v1/webhooks/${id}/replays`, 'demo-admin', { from: '1' });
  expect(body.queued).toBeGreaterThan(0);
  await until(
    () => service.get(`/v1/webhook-deliveries?webhook=${id}&state=waiting`, 'demo-admin'),
    (answer) => answer.body.deliveries.length === 0,
  );
  const told = new Set(receiver.messages.slice(before).map(({ event }) => event.data['consultation']));
  const own = (await service.get('/v1/consultations/queue', 'demo-mois-reviewer')).body.rows as { consultation: string }[];
  expect([...told].filter((consultation) => !own.some((row) => row.consultation === consultation))).toEqual([]);
});

it('is for administrators of the agency; auditors look; nobody else knows of it', async () => {
  const [{ id }] = (await service.get('/v1/webhooks', 'demo-admin')).body;
  for (const token of ['demo-suwon', 'demo-gyeonggi-approver', 'demo-auditor'])
    expect((await service.post('/v1/webhooks', token, { url, note: '' })).status).toBe(403);
  expect((await service.get('/v1/webhooks', 'demo-suwon')).status).toBe(403);
  expect((await service.get('/v1/webhooks', 'demo-auditor')).body).toHaveLength(1);
  expect((await service.post(`/v1/webhooks/${id}/end`, 'demo-auditor')).status).toBe(403);
  const none = await service.post('/v1/webhooks/0000000000000000/end', 'demo-admin');
  expect(none).toMatchObject({ status: 404, body: { code: 'not-found' } });
  await service.database().query(`update webhook_subscription set agency = 'gyeonggi'`);
  expect(await service.post(`/v1/webhooks/${id}/end`, 'demo-admin')).toMatchObject({ status: 404, body: { code: 'not-found' } });
  expect((await service.get(`/v1/webhook-deliveries?webhook=${id}`, 'demo-admin')).body.deliveries).toEqual([]);
  await service.database().query(`update webhook_subscription set agency = 'mois'`);
});

it('refuses addresses that are none, and sends nothing after it has ended', async () => {
  for (const bad of ['ftp://hooks.example.go.kr/', 'https://hooks.example.go.kr/#x', 'nowhere']) {
    const refused = await service.post('/v1/webhooks', 'demo-admin', { url: bad, note: '' });
    expect(refused).toMatchObject({ status: 400, body: { code: 'webhook-address-refused' } });
  }
  const [{ id }] = (await service.get('/v1/webhooks', 'demo-admin')).body;
  expect((await service.post(`/v1/webhooks/${id}/end`, 'demo-admin')).status).toBe(200);
  expect((await service.post(`/v1/webhooks/${id}/end`, 'demo-admin')).status).toBe(404);
  // The next subscription is told; the ended one, at the same address, would have been told before it.
  const next = await service.post('/v1/webhooks', 'demo-admin', { url, types: ['consultation-submitted'], note: '' });
  const own = await filed('demo-gyeonggi');
  const message = await receiver.got(of('consultation-submitted', own));
  expect(message.headers['webhook-signature']).toBe(signed(next.body.secret, message));
  expect(receiver.messages.filter(({ event }) => event.data['consultation'] === own)).toHaveLength(1);
  const told = (await service.get('/v1/security-events?kind=webhook-ended', 'demo-auditor')).body.events;
  expect(told[0].detail).toEqual({ webhook: id });
});

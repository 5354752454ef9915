import { FirstUsers, identitySettings } from '@sajeon/identity';
import { Service, type Answer } from './service.js';

/** Through a proxy of ours, which says for whom it speaks. */
let service: Service;
beforeAll(async () => {
  process.env['SAJEON_TRUSTED_PROXIES'] = '127.0.0.1';
  const networks = 'administrator,applicant-approver=10.20.0.0/16,2001:db8:20::/48; auditor = 10.30.1.5';
  service = await Service.start(identitySettings({ SAJEON_NETWORKS: networks }));
  delete process.env['SAJEON_TRUSTED_PROXIES'];
  await service.app.get(FirstUsers).demo();
});
afterAll(() => service.stop());

const OFFICE = '10.20.255.1';
const HOME = '198.51.100.7';
const from = (address: string) => ({ 'x-forwarded-for': address });
const OURS = { origin: 'http://localhost', host: 'localhost' };

class Browser {
  private cookie = '';
  private csrf = '';
  async signIn(login: string, address: string): Promise<Browser> {
    const body = { login, password: login };
    const answer = await service.ask('POST', '/v1/sign-in', { body, headers: { ...OURS, ...from(address) } });
    expect(answer.status).toBe(201);
    this.cookie = String(answer.headers['set-cookie']).split(';')[0] ?? '';
    this.csrf = answer.body.csrfToken;
    return this;
  }
  get(url: string, address: string): Promise<Answer> {
    return service.ask('GET', url, { headers: { cookie: this.cookie, ...from(address) } });
  }
  post(url: string, address: string, body?: unknown): Promise<Answer> {
    return service.ask('POST', url, {
      body,
      headers: { ...OURS, ...from(address), cookie: this.cookie, 'x-csrf-token': this.csrf },
    });
  }
}

describe('a role that the installation keeps to its networks', () => {
  it.each(['10.20.0.1', OFFICE, '::ffff:10.20.7.7', '2001:db8:20:1::9'])('is exercised from %s', async (address) => {
    expect((await service.get('/v1/users', 'demo-admin', from(address))).status).toBe(200);
  });

  it.each([HOME, '10.21.0.1', '2001:db8:21::1', '::1', '10.30.1.5'])('is not exercised from %s', async (address) => {
    const refused = await service.get('/v1/users', 'demo-admin', from(address));
    expect(refused).toMatchObject({
      status: 403,
      body: { code: 'network-not-allowed', messages: { ko: expect.stringContaining('네트워크') } },
    });
  });

  it('may be kept to a single machine, and others are exercised from anywhere', async () => {
    expect((await service.get('/v1/users', 'demo-auditor', from('10.30.1.5'))).status).toBe(200);
    expect((await service.get('/v1/users', 'demo-auditor', from('10.30.1.6'))).body.code).toBe('network-not-allowed');
    expect((await service.get('/v1/consultations/queue', 'demo-gyeonggi-reviewer', from(HOME))).status).toBe(200);
  });

  it('is laid down elsewhere, while the other roles of the same person stay', async () => {
    const roles = async (address: string) => (await service.get('/v1/me', 'demo-gyeonggi', from(address))).body.roles;
    expect(await roles(OFFICE)).toEqual(expect.arrayContaining(['applicant', 'applicant-approver']));
    expect(await roles(HOME)).toEqual((await roles(OFFICE)).filter((role: string) => role !== 'applicant-approver'));
  });

  it('is looked at with every request, not only at the sign-in, and a refusal is on record with its address', async () => {
    const browser = await new Browser().signIn('demo-admin', OFFICE);
    expect((await browser.get('/v1/users', OFFICE)).status).toBe(200);
    expect((await browser.get('/v1/users', HOME)).body.code).toBe('network-not-allowed');
    expect((await browser.get('/v1/session', HOME)).status).toBe(200);
    expect((await browser.get('/v1/users', OFFICE)).status).toBe(200);
    const { body } = await service.get('/v1/security-events?kind=access-denied&limit=1', 'demo-admin', from(OFFICE));
    expect(body.events[0]).toMatchObject({ address: HOME, detail: { code: 'network-not-allowed' } });
  });
});

it('takes a proof of who one is anew from where the session is used', async () => {
  const browser = await new Browser().signIn('demo-suwon', OFFICE);
  await new Browser().signIn('demo-suwon', OFFICE);
  const { body } = await browser.get('/v1/session/list', OFFICE);
  const { session } = body.find(({ current }: { current: boolean }) => !current);
  const end = () => browser.post(`/v1/session/list/${session}/end`, HOME);
  expect((await end()).body.code).toBe('step-up-required');
  expect((await browser.post('/v1/session/proof', HOME, { password: 'demo-suwon' })).status).toBe(200);
  expect((await end()).status).toBe(200);
});

it('is configured by roles and networks, and a slip is found out at the start', () => {
  for (const [text, why] of [
    ['boss=10.0.0.0/8', 'boss is no role'],
    ['auditor', 'is no network'],
    ['auditor=10.0.0.0/33', 'is no network'],
    ['auditor=10.0.0.0/0', 'is no network'],
    ['auditor=office.example.go.kr', 'is no network'],
    ['auditor=10.0.0.0/8;auditor=10.1.0.0/16', 'named twice'],
  ] as const) {
    expect(() => identitySettings({ SAJEON_NETWORKS: text })).toThrow(why);
  }
  expect(identitySettings({}).networks.size).toBe(0);
});

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { checkedUrl, DestinationRefused, isPublic, post } from './destination.js';
import { webhookSettings } from './settings.js';

describe('an address that webhooks may go to', () => {
  it.each([
    ...['http://hooks.example.go.kr/', 'ftp://hooks.example.go.kr/', 'file:///etc/passwd', 'hooks.example.go.kr', ''],
    ...['https://user:pass@hooks.example.go.kr/', 'https://hooks.example.go.kr/#x', 'https://localhost/', 'https://db/'],
    ...['https://printer.local/', 'https://metadata.google.internal/', 'https://a.localhost./', 'https://127.0.0.1/'],
    ...[
      'https://0x7f.1/',
      'https://2130706433/',
      'https://0/',
      'https://10.1.2.3/',
      'https://172.31.0.1/',
      'https://192.168.0.1/',
    ],
    ...[
      'https://169.254.169.254/latest/meta-data',
      'https://100.64.0.1/',
      'https://[::1]/',
      'https://[::]/',
      'https://[fe80::1]/',
    ],
    ...['https://[fd00::1]/', 'https://[::ffff:127.0.0.1]/', 'https://[64:ff9b::7f00:1]/', 'https://[2002:7f00:1::]/'],
  ])('is not %s', (url) => expect(() => checkedUrl(url, false)).toThrow(DestinationRefused));

  it.each([
    'https://hooks.example.go.kr/sajeon',
    'https://hooks.example.go.kr:8443/x?y=1',
    'https://8.8.8.8/',
    'https://[2606:4700::1111]/',
  ])('may be %s', (url) => expect(checkedUrl(url, false).href).toBe(url));

  it.each(['not an address', '', '1.2.3', '::ffff:10.0.0.1', '224.0.0.1', '255.255.255.255', '2001:db8::1', 'ff02::1'])(
    'is no public IP address when it reads "%s"',
    (address) => expect(isPublic(address)).toBe(false),
  );

  it('is looked at after its name was resolved, with every address that the name has', async () => {
    for (const inner of ['127.0.0.1', '10.0.0.1', '::1', '169.254.169.254']) {
      const sent = post('https://hooks.example.go.kr/', '{}', {}, false, () =>
        Promise.resolve([
          { address: '93.184.215.14', family: 4 },
          { address: inner, family: inner.includes(':') ? 6 : 4 },
        ]),
      );
      await expect(sent).rejects.toThrow(DestinationRefused);
    }
  });
});

describe('sending', () => {
  let receiver: Server;
  let port: number;
  const seen: { url: string | undefined; host: string | undefined; body: string }[] = [];
  beforeAll(async () => {
    receiver = createServer((request, response) => {
      let body = '';
      request.on('data', (part: Buffer) => (body += part.toString()));
      request.on('end', () => {
        seen.push({ url: request.url, host: request.headers.host, body });
        if (request.url === '/moved') response.writeHead(302, { location: `http://127.0.0.1:${port}/elsewhere` }).end();
        else if (request.url === '/huge') response.writeHead(200, { 'x-filler': 'x'.repeat(40_000) }).end();
        else response.writeHead(200).end('x'.repeat(1_000_000));
      });
    });
    await new Promise<void>((listening) => receiver.listen(0, '127.0.0.1', listening));
    port = (receiver.address() as AddressInfo).port;
  });
  afterAll(() => new Promise((closed) => receiver.close(closed)));

  const here = () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]);

  it('goes to the very address that was looked at, under its own name', async () => {
    expect(await post(`http://hooks.example.go.kr:${port}/x`, '{"가":1}', {}, true, here)).toBe(200);
    expect(seen.at(-1)).toEqual({ url: '/x', host: `hooks.example.go.kr:${port}`, body: '{"가":1}' });
  });

  it('follows nobody who sends it elsewhere', async () => {
    expect(await post(`http://hooks.example.go.kr:${port}/moved`, '{}', {}, true, here)).toBe(302);
    expect(seen.map(({ url }) => url)).not.toContain('/elsewhere');
  });

  it('does not swallow an answer without end', async () => {
    await expect(post(`http://hooks.example.go.kr:${port}/huge`, '{}', {}, true, here)).rejects.toThrow();
  });
});

it('goes to inner addresses nowhere in production', () => {
  expect(() => webhookSettings({ NODE_ENV: 'production', SAJEON_WEBHOOKS_NEARBY: 'yes' })).toThrow('SAJEON_WEBHOOKS_NEARBY');
  expect(webhookSettings({ NODE_ENV: 'production' }).nearby).toBe(false);
  expect(webhookSettings({}).nearby).toBe(false);
});

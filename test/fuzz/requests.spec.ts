import { DEMO_USERS } from '@sajeon/access';
import { randomFrom } from '../fault/seeded.js';
import { Contract, type Json } from '../stories/contract.js';
import { PLAN, Service } from '../stories/service.js';

/** A million by `npm run fuzz`; a share of it in every run, the larger one where `CI` is set. */
const REQUESTS = Number(process.env['FUZZ_REQUESTS'] ?? (process.env['CI'] ? 20_000 : 4_000));
const AT_ONCE = 8;
/** A campaign takes hours: whoever started it wants to see that it goes on. */
const PROGRESS_MS = 15_000;

const contract = new Contract();
const operations = [...contract.operations()].filter(({ operation }) => operation['operationId'] !== 'followEvents');
const seed = Number(process.env['SEED'] ?? 20_261_122);
const random = randomFrom(seed);
const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
const chance = (share: number): boolean => random() < share;

const TEXTS = [
  ...['', ' ', '\u0000', '\u001b[31m', '\ud800', '\udfff가', '😀'.repeat(50), 'ㄱ'.repeat(20_000), '\u202e거꾸로', '\ufeff'],
  ...[
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    '../../etc/passwd',
    '..%2f..%2f',
    '%00',
    '%',
    '%zz',
    '\\\\',
    '//',
    '?#&',
  ],
  ...[
    "'; drop table es_event; --",
    '" or 1=1',
    '${jndi:ldap://x}',
    '{{7*7}}',
    '<script>alert(1)</script>',
    '=cmd|calc',
    '$where',
  ],
  ...['а', 'ｆｕｌｌ', 'Ａ', 'İ', 'ß', 'ﷺ', 'é', 'é', '\u200b', '９００１０１', '2026-02-30', '9999-99-99', '-0', 'NaN', 'null'],
  ...['1e999', '0x10', '00', '9223372036854775807', '9223372036854775808', '99999999999999999999', '-1', 'a'.repeat(201)],
];
const NUMBERS = [0, -0, -1, 1, 0.5, 1e308, -1e308, 2 ** 53, 2 ** 53 + 2, 2 ** 31, -(2 ** 31), 2 ** 63, Number.MIN_VALUE];
const KEYS = [
  '__proto__',
  'constructor',
  'prototype',
  'toJSON',
  'then',
  'length',
  'hasOwnProperty',
  '',
  ' ',
  'é',
  '$ref',
  '0',
  'by',
  'at',
];
const RAW = [
  ...['', '{', '[', '"', '{"a":}', '{"a":1,}', 'null', 'true', '0', '[]', '{}', '[[]]', '{"a":1}{"b":2}', '\ufeff{}', "{'a':1}"],
  ...[
    '{"__proto__":{"x":1}}',
    '{"constructor":{"prototype":{"x":1}}}',
    '{"a":1e400}',
    '{"a":NaN}',
    '{"a":"\\ud800"}',
    '{"a":"\\u0000"}',
  ],
  ...[
    `${'['.repeat(50_000)}`,
    `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`,
    `[${'0,'.repeat(20_000)}0]`,
    `{"a":"${'x'.repeat(300_000)}"}`,
  ],
];
const BYTES = [
  Buffer.from([0xff, 0xfe, 0x7b, 0x7d]),
  Buffer.from([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x3a, 0x31, 0x7d]),
  Buffer.alloc(1_000, 0),
];

/** Any JSON. */
function anything(depth = 0): unknown {
  const kind = Math.floor(random() * (depth > 4 ? 5 : 7));
  if (kind === 0) return null;
  if (kind === 1) return chance(0.5);
  if (kind === 2) return pick(NUMBERS);
  if (kind <= 4) return pick(TEXTS);
  if (kind === 5) return Array.from({ length: Math.floor(random() * 5) }, () => anything(depth + 1));
  return Object.fromEntries(Array.from({ length: Math.floor(random() * 4) }, () => [pick(KEYS), anything(depth + 1)]));
}

/** Something near what the contract asks for: its example, with a place or two spoilt. */
function spoilt(value: unknown): unknown {
  if (chance(0.12)) return anything();
  if (Array.isArray(value)) {
    const members = value.map(spoilt);
    if (chance(0.1)) return Array.from({ length: 300 }, () => members[0] ?? null);
    return members;
  }
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).flatMap(([name, member]) => (chance(0.06) ? [] : [[name, spoilt(member)] as const]));
  if (chance(0.06)) members.push([pick(KEYS), anything()]);
  return Object.fromEntries(members);
}

function address(path: string, operation: Json, ids: readonly string[]): string {
  const filled = path.replace(/\{\w+\}/g, () => {
    if (chance(0.5)) return pick(ids);
    const text = pick(TEXTS);
    return chance(0.8) ? safeEncode(text) || 'x' : text.replace(/[^\x21-\x7e]/g, '') || 'x';
  });
  const asked = ((operation['parameters'] ?? []) as Json[])
    .filter((parameter) => parameter['in'] === 'query' && chance(0.4))
    .map((parameter) => `${parameter['name']}=${chance(0.5) ? String(parameter['example'] ?? 1) : safeEncode(pick(TEXTS))}`);
  if (chance(0.1)) asked.push(`${safeEncode(pick(KEYS))}[${safeEncode(pick(KEYS))}]=${safeEncode(pick(TEXTS))}`);
  return encodeURI(asked.length === 0 ? filled : `${filled}?${asked.join('&')}`).replaceAll('%25', '%');
}

function safeEncode(text: string): string {
  return encodeURIComponent(Buffer.from(text).toString()).slice(0, 3_000);
}

function headers(): Record<string, string> {
  const given: Record<string, string> = {};
  const printable = (text: string): string => text.replace(/[^\x20-\x7e]/g, '').slice(0, 2_000);
  if (chance(0.85)) given['authorization'] = `Bearer ${pick(DEMO_USERS).token}`;
  else if (chance(0.5))
    given['authorization'] = printable(pick(['Basic YTpi', 'Bearer ', 'Bearer a.b.c', 'Bearer sajeon_x_y', pick(TEXTS)]));
  if (chance(0.6))
    given['if-match'] = pick(['"0"', '"1"', '"3"', '"99999999999999999999"', 'W/"1"', '*', printable(pick(TEXTS))]);
  if (chance(0.2)) given['idempotency-key'] = printable(pick([...TEXTS, 'key-1', 'key-2']));
  if (chance(0.1)) given['x-after'] = pick(['0', '1', '-1', '9223372036854775808', 'x']);
  if (chance(0.05)) given['accept-language'] = printable(pick(['en;q=x', 'ko,en;q=0.9', '*', 'a'.repeat(2_000), ...TEXTS]));
  if (chance(0.05)) given['x-act-as'] = printable(pick(TEXTS));
  if (chance(0.05)) given['cookie'] = `sajeon-session=${printable(pick(TEXTS))}`;
  return given;
}

function progress(sent: number, ms: number, bad: number): string {
  const left = Math.round(((REQUESTS - sent) * ms) / sent / 60_000);
  return `${sent.toLocaleString('en')} of ${REQUESTS.toLocaleString('en')} requests, ${Math.round((sent * 1_000) / ms)} a second, ${bad} answered 5xx, about ${left} min left\n`;
}

function counts(statuses: ReadonlyMap<number, number>): string {
  const ordered = [...statuses].sort(([a], [b]) => a - b);
  return `statuses: ${ordered.map(([status, times]) => `${status} × ${times.toLocaleString('en')}`).join(', ')}\n`;
}

let service: Service;
const faults: unknown[] = [];
const onFault = (error: unknown): void => void faults.push(error);
beforeAll(async () => {
  process.on('unhandledRejection', onFault);
  service = await Service.start(undefined, { perMinute: null, signInsPerMinute: 1_000_000, atOnce: 256 });
});
afterAll(async () => {
  await service.stop();
  process.off('unhandledRejection', onFault);
});

it(
  `answers ${REQUESTS.toLocaleString('en')} requests that nobody sends in good faith, and goes on (SEED=${seed})`,
  async () => {
    const ids = ['x', 'no-such-record', 'gyeonggi', 'gyeonggi-suwon', 'person-demo-suwon', '1', '2026-11-20'];
    for (const title of ['하나', '둘', '셋']) {
      const project = await service.post('/v1/projects', 'demo-suwon', { plan: { ...PLAN, title } });
      const draft = await service.post('/v1/consultations', 'demo-suwon', { project: project.body.id });
      ids.push(project.body.id, draft.body.id);
    }
    const statuses = new Map<number, number>();
    const bad: string[] = [];
    const one = async (): Promise<void> => {
      const { path, method, operation } = pick(operations);
      const url = address(path, operation, ids);
      const example: unknown = operation['requestBody']?.['content']?.['application/json']?.['example'];
      const raw = chance(0.12) ? pick<string | Buffer>([...RAW, ...BYTES]) : undefined;
      const payload =
        method === 'get' ? undefined : (raw ?? JSON.stringify(example === undefined ? anything() : spoilt(example)));
      const type = chance(0.95)
        ? 'application/json'
        : pick(['text/plain', 'application/xml', 'multipart/form-data', 'application/json; charset=x', '']);
      const request = {
        method: (chance(0.02) ? pick(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD']) : method.toUpperCase()) as 'GET',
        url,
        headers: { ...headers(), ...(payload === undefined ? {} : { 'content-type': type }) },
        ...(payload === undefined ? {} : { payload }),
      };
      // One that hangs holds the whole test up, until jest says so.
      const status = (await service.app.inject(request)).statusCode;
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if (status >= 500) bad.push(`${status} ${JSON.stringify({ ...request, payload: String(payload).slice(0, 400) })}`);
    };
    const began = Date.now();
    let told = began;
    for (let sent = 0; sent < REQUESTS && bad.length < 5; sent += AT_ONCE) {
      await Promise.all(Array.from({ length: AT_ONCE }, one));
      if (Date.now() - told < PROGRESS_MS) continue;
      told = Date.now();
      process.stderr.write(progress(sent + AT_ONCE, told - began, bad.length));
    }
    if (REQUESTS >= 20_000) process.stderr.write(`${progress(REQUESTS, Date.now() - began, bad.length)}${counts(statuses)}`);
    expect({ seed, bad, faults: faults.map(String) }).toEqual({ seed, bad: [], faults: [] });
    // It reached the process too, not only the first check.
    for (const status of [200, 201, 400, 401, 403, 404]) expect([...statuses.keys()]).toContain(status);
    expect((await service.get('/v1/me', 'demo-auditor')).status).toBe(200);
  },
  Math.max(240_000, REQUESTS * 40),
);

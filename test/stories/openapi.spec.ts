import { Validator } from '@seriousme/openapi-schema-validator';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Contract, type Json } from './contract.js';

const root = join(__dirname, '..', '..');
const contract = new Contract();

const promised = [...contract.operations()].filter(({ path }) => path.startsWith('/v1/'));
/** Answers before anybody has signed in. */
const OPEN = ['/v1/contact', '/v1/demo-users', '/v1/sign-in'];
const isOpen = (path: string): boolean => OPEN.includes(path) || /^\/v1\/(log|public)\//.test(path);
/** Changes of sessions and secrets, which are no records of the log. */
const ACTS = /^\/v1\/(sign-in|session\/|api-keys|webhooks|users\/\{id\}\/account)/;
/** Records in many streams at once: no one revision to answer. */
const MANY = ['/v1/plan-sheets'];
/** Asked by POST, and nothing is recorded. */
const CHECKS = [
  '/v1/plan-sheets/checks',
  '/v1/plan-sheets/marked',
  '/v1/self-checks',
  '/v1/self-checks/what-if',
  '/v1/eligibility',
  '/v1/rule-sets/simulations',
  '/v1/procurement-tokens/verifications',
];

/** Every schema of the document, with the JSON pointer to it. */
function* schemas(): Iterable<readonly [pointer: string, schema: Json]> {
  for (const [name, schema] of Object.entries<Json>(contract.document['components']['schemas'])) {
    yield* within(`/components/schemas/${name}`, schema);
  }
  for (const { path, method, operation } of promised) {
    for (const [pointer, media] of bodies(path, method, operation)) yield* within(`${pointer}/schema`, media['schema']);
    for (const { name, schema } of operation['parameters'] as Json[]) yield* within(`${method} ${path} ${name}`, schema);
  }
}

function* within(pointer: string, schema: Json): Iterable<readonly [pointer: string, schema: Json]> {
  yield [pointer, schema];
  for (const [name, field] of Object.entries<Json>(schema['properties'] ?? {}))
    yield* within(`${pointer}/properties/${name}`, field);
  if (schema['items'] !== undefined) yield* within(`${pointer}/items`, schema['items']);
  for (const [index, choice] of (schema['anyOf'] ?? []).entries()) yield* within(`${pointer}/anyOf/${index}`, choice);
}

/** What an operation takes and answers, with the JSON pointer to each. */
function* bodies(path: string, method: string, operation: Json): Iterable<readonly [pointer: string, media: Json]> {
  const at = `/paths/${encodeURIComponent(path.replaceAll('/', '~1'))}/${method}`;
  for (const [type, media] of Object.entries<Json>(operation['requestBody']?.['content'] ?? {})) {
    yield [`${at}/requestBody/content/${encodeURIComponent(type.replaceAll('/', '~1'))}`, media];
  }
  for (const [status, response] of Object.entries<Json>(operation['responses'])) {
    const place = response['$ref']?.slice(1) ?? `${at}/responses/${status}`;
    for (const [type, media] of Object.entries<Json>(contract.resolve(response)['content'] ?? {})) {
      yield [`${place}/content/${encodeURIComponent(type.replaceAll('/', '~1'))}`, media];
    }
  }
}

describe('the committed contract', () => {
  const check = (...file: readonly string[]): Promise<{ readonly code: number; readonly said: string }> =>
    new Promise((resolve) => {
      const args = [join(root, 'scripts', 'openapi.mjs'), '--check', ...file];
      execFile(process.execPath, args, { cwd: root }, (error, _, said) => {
        resolve({ code: error ? Number(error.code) : 0, said });
      });
    });

  // A stale dist/ is built anew first.
  const PATIENCE_MS = 300_000;

  it(
    'is what the code says',
    async () => {
      const { code, said } = await check();
      expect(code === 0 ? [] : said.split('\n')).toEqual([]);
    },
    PATIENCE_MS,
  );

  it(
    'is refused when the code says something else, and told where',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'sajeon-openapi-'));
      const earlier = structuredClone(contract.document);
      delete earlier['paths']['/v1/systems/{id}/retirement'];
      earlier['components']['schemas']['Receipt']['properties']['revision'] = { type: 'integer' };
      writeFileSync(join(folder, 'openapi.json'), JSON.stringify(earlier));
      const { code, said } = await check(join(folder, 'openapi.json'));
      rmSync(folder, { recursive: true });
      expect(code).toBe(1);
      expect(said).toContain('#/paths/~1v1~1systems~1{id}~1retirement');
      expect(said).toContain('#/components/schemas/Receipt/properties/revision/type');
    },
    PATIENCE_MS,
  );

  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator();
    const { valid, errors } = await validator.validate(structuredClone(contract.document));
    expect(errors ?? []).toEqual([]);
    expect(valid).toBe(true);
    expect(validator.version).toBe('3.1');
  });
});

describe('every operation', () => {
  it('is named once, in camel case that begins with a verb', () => {
    const names = promised.map(({ operation }) => operation['operationId'] as string);
    expect(names.filter((name) => !/^[a-z]+[A-Z][A-Za-z]+$/.test(name))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(expect.arrayContaining(['listSystems', 'showCase', 'submitConsultation', 'confirmOverlap']));
  });

  it.each(promised)('$method $path is described', ({ path, method, operation }) => {
    expect(operation['summary']).toMatch(/\S{2}/);
    const tags = (contract.document['tags'] as Json[]).filter(({ description }) => description).map(({ name }) => name as string);
    expect(tags).toEqual(expect.arrayContaining(operation['tags']));
    expect(operation['security'] === undefined).toBe(isOpen(path));

    const success = Object.entries<Json>(operation['responses']).filter(([status]) => status.startsWith('2'));
    expect(success).toHaveLength(1);
    for (const [, response] of success) {
      expect(response['description']).toMatch(/\S{2}/);
      expect(Object.values<Json>(response['content'])[0]?.['schema']).toBeDefined();
    }
    for (const [status, response] of Object.entries<Json>(operation['responses'])) {
      if (status.startsWith('2')) continue;
      const media = contract.resolve(response)['content']['application/problem+json'];
      expect(media.schema).toEqual({ $ref: '#/components/schemas/Problem' });
      expect(media.example.status).toBe(Number(status));
    }
    const statuses = Object.keys(operation['responses']);
    const always = ['429', '500', '503', ...(isOpen(path) ? [] : ['401', '403']), ...(path.includes('{') ? ['404'] : [])];
    expect(statuses).toEqual(expect.arrayContaining([...always, ...(method === 'get' ? [] : ['400', '409', '413', '415'])]));

    for (const parameter of operation['parameters'] as Json[]) {
      if (parameter['in'] !== 'query') expect(parameter['description']).toMatch(/\S{2}/);
    }
    for (const [pointer, media] of bodies(path, method, operation)) {
      expect(media['example']).toBeDefined();
      expect(contract.faults(`${pointer}/schema`, media['example'])).toEqual([]);
    }
  });

  it('says of every value what it is', () => {
    const known = ['$ref', 'type', 'enum', 'anyOf'];
    const vague = [...schemas()].filter(([, schema]) => !known.some((keyword) => keyword in schema));
    expect(vague.map(([pointer]) => pointer)).toEqual([]);
    const empty = [...schemas()].filter(
      ([, schema]) => schema['type'] === 'object' && !('properties' in schema) && !('additionalProperties' in schema),
    );
    expect(empty.map(([pointer]) => pointer)).toEqual([]);
  });

  it('that changes a record takes If-Match and Idempotency-Key and answers a receipt with its ETag and position', () => {
    const changes = promised.filter(
      ({ path, method }) => method !== 'get' && ![...CHECKS, ...MANY].includes(path) && !ACTS.test(path),
    );
    expect(changes.length).toBeGreaterThan(20);
    for (const { path, operation } of changes) {
      const headers = (operation['parameters'] as Json[])
        .filter(({ in: place }) => place === 'header')
        .map(({ name }) => name as string);
      expect(headers).toContain('Idempotency-Key');
      expect(headers.includes('If-Match')).toBe(path.includes('{'));
      const { content, headers: told } = operation['responses']['201'] ?? operation['responses']['200'];
      expect(content['application/json'].schema).toEqual({ $ref: '#/components/schemas/Receipt' });
      expect(Object.keys(told)).toEqual(['ETag', 'X-Position']);
    }
  });

  it('refuses unknown fields in its body', () => {
    const taken = promised.flatMap(({ operation }) =>
      Object.values<Json>(operation['requestBody']?.['content'] ?? {}).map(({ schema }) => contract.resolve(schema)),
    );
    expect(taken.length).toBeGreaterThan(10);
    for (const schema of taken) expect(schema['additionalProperties']).toBe(false);
  });
});

describe('an answer that breaks the contract', () => {
  const receipt = { id: 'a', stream: 'system-a', revision: '1', position: '7' };
  const headers = { 'content-type': 'application/json; charset=utf-8', etag: '"1"', 'x-position': '7' };
  const post = (status: number, told: Json, body: unknown) => contract.breaches('POST', '/v1/systems', status, told, body);

  it('is none when it says what the contract says', () => expect(post(201, headers, receipt)).toEqual([]));
  it.each([
    ['a field of the wrong type', 201, headers, { ...receipt, revision: 1 }, '/revision must be string'],
    ['a field that is not described', 201, headers, { ...receipt, secret: 'x' }, 'must NOT have additional properties'],
    ['a missing field', 201, headers, { id: 'a', stream: 's', revision: '1' }, "must have required property 'position'"],
    ['a status that is not described', 204, headers, '', '204 is not in the contract'],
    ['a missing header', 201, { ...headers, etag: undefined }, receipt, 'header ETag is missing'],
    ['a header of another form', 201, { ...headers, etag: '1' }, receipt, 'header ETag: 1'],
    ['another type of content', 201, { ...headers, 'content-type': 'text/html' }, receipt, 'content of type text/html'],
    [
      'an error that is no problem document',
      409,
      { 'content-language': 'ko', 'content-type': 'application/problem+json' },
      {},
      'type',
    ],
  ])('is found: %s', (_, status, told, body, fault) => {
    expect(post(status, told, body).join('\n')).toContain(fault);
  });
  it('is found: an address that is not described', () => {
    expect(contract.breaches('GET', '/v1/secrets', 200, headers, {})).toEqual(['GET /v1/secrets is not in the contract']);
  });
});

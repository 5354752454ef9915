import { SHIPPED, type OverlapFinding } from '@sajeon/overlap';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { overlapSettings } from './overlap-settings.js';

const directory = mkdtempSync(join(tmpdir(), 'sajeon-weights-'));
afterAll(() => rmSync(directory, { recursive: true }));
const file = (name: string, content: unknown): string => {
  const path = join(directory, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};

describe('weights of an installation', () => {
  it('are the shipped ones unless files are named', () => expect(overlapSettings({})).toEqual({}));

  it('are those of the first file; the others are known', () => {
    const first = file('new.json', { weights: { ...SHIPPED, id: 'w9~2' }, report: {} });
    const second = file('old.json', { ...SHIPPED, id: 'w9~1' });
    const settings = overlapSettings({ SAJEON_OVERLAP_WEIGHTS: `${first}, ${second}` });
    expect(settings.weights?.id).toBe('w9~2');
    expect(settings.formerWeights?.map(({ id }) => id)).toEqual(['w9~1']);
  });

  it.each([
    ['is not there', join(directory, 'none.json')],
    ['is no JSON', file('text.json', 'weights')],
    ['holds something else', file('plan.json', { title: '계획' })],
    ['has a negative weight', file('negative.json', { ...SHIPPED, full: { bias: -3, of: { words: -1 } } })],
  ])('a file that %s keeps the service from starting', (_, path) =>
    expect(() => overlapSettings({ SAJEON_OVERLAP_WEIGHTS: path })).toThrow(path),
  );
});

describe('a model of embeddings', () => {
  let server: Server;
  const asked: { readonly model: string; readonly input: readonly string[]; readonly key: string | undefined }[] = [];
  let answer: (input: readonly string[]) => unknown;
  beforeAll(
    () =>
      new Promise<void>((listening) => {
        server = createServer((request, response) => {
          let body = '';
          request.on('data', (chunk) => (body += String(chunk)));
          request.on('end', () => {
            const { model, input } = JSON.parse(body) as { model: string; input: string[] };
            asked.push({ model, input, key: request.headers.authorization });
            const given = request.url === '/v1/embeddings' ? answer(input) : undefined;
            response.writeHead(given === undefined ? 500 : 200, { 'content-type': 'application/json' });
            response.end(JSON.stringify(given ?? {}));
          });
        }).listen(0, '127.0.0.1', listening);
      }),
  );
  afterAll(() => new Promise((closed) => server.close(closed)));
  const closeness = () => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/`;
    const env = { SAJEON_EMBEDDINGS_URL: url, SAJEON_EMBEDDINGS_MODEL: 'ko-test-1', SAJEON_EMBEDDINGS_KEY: 'secret' };
    const made = overlapSettings(env).closeness;
    if (!made) throw new Error('off');
    return made;
  };
  const plan = {
    ...{ title: '주차장', purpose: '안내', functions: ['조회'], users: [], data: [], technologies: [], text: '' },
    ...{ budgetKrw: null, orderPlannedOn: null },
  };
  const candidate = (id: string) => ({
    ...({ id, kind: 'system', name: id, agency: '', probability: 0.4, flagged: false, facets: {} } as const),
    ...{ evidence: [], reasons: [], copied: 0 },
  });
  const finding: OverlapFinding = {
    ...{ engine: { engine: 'e' }, inventoryPosition: '1', compared: 2, threshold: 0.5, judgeable: true },
    candidates: [candidate('a'), candidate('b')],
  };

  it('is off unless a service is named, and needs a model to be named', () => {
    expect(overlapSettings({ SAJEON_EMBEDDINGS_MODEL: 'm' }).closeness).toBeUndefined();
    expect(() => overlapSettings({ SAJEON_EMBEDDINGS_URL: 'http://localhost' })).toThrow('SAJEON_EMBEDDINGS_MODEL');
  });

  it('adds how close each candidate is, in whatever order it answers, and its name to the engine; no probability changes', async () => {
    const vectors: Record<string, number[]> = { a: [1, 1], b: [0, 1] };
    answer = (input) => ({
      data: input.map((text, index) => ({ index, embedding: vectors[text] ?? [1, 0] })).reverse(),
    });
    const added = await closeness().added(finding, plan, (id) => id);
    expect(added.candidates.map((it) => it.closeness)).toEqual([0.7071, 0]);
    expect(added.engine).toEqual({ engine: 'e', embeddings: 'ko-test-1' });
    expect(added.candidates.map(({ closeness: _, ...rest }) => rest)).toEqual(finding.candidates);
    expect(asked.at(-1)).toEqual({ model: 'ko-test-1', input: ['주차장\n안내\n조회', 'a', 'b'], key: 'Bearer secret' });
  });

  it.each([
    ['fails', () => undefined],
    ['leaves one out', (input: readonly string[]) => ({ data: input.slice(1).map((_, index) => ({ index, embedding: [1] })) })],
    ['answers something else', () => ({ message: 'hello' })],
  ])('gives no finding when the service %s', async (_, given) => {
    answer = given;
    await expect(closeness().added(finding, plan, (id) => id)).rejects.toThrow('127.0.0.1');
  });
});

it('a service of embeddings on another machine is asked by TLS in production, or nothing starts', () => {
  const env = { NODE_ENV: 'production', SAJEON_EMBEDDINGS_URL: 'http://models.example/v1', SAJEON_EMBEDDINGS_MODEL: 'm' };
  expect(() => overlapSettings(env)).toThrow('SAJEON_EMBEDDINGS_URL: http:');
  expect(() => overlapSettings({ ...env, SAJEON_EMBEDDINGS_URL: 'https://models.example/v1' })).not.toThrow();
});

import { DEMO_USERS } from '@sajeon/access';
import { EventStore } from '@sajeon/event-store';
import { randomFrom } from '../fault/seeded.js';
import { Contract, type Json } from './contract.js';
import { PLAN, seen, Service, type Answer } from './service.js';

const contract = new Contract();
const operations = [...contract.operations()].filter(({ path }) => path.startsWith('/v1/'));
const isOpen = ({ operation }: { operation: Json }): boolean => operation['security'] === undefined;
const writes = operations.filter(({ method }) => method !== 'get');
/** Asked by POST, or about the caller's own session: they change nothing in the log. And what auditors say, which changes no record of others. */
const AUDITORS_MAY =
  /^\/v1\/(sign-in|session|plan-sheets|self-checks|eligibility|rule-sets\/simulations|procurement-tokens|api-keys|users\/\{id\}\/account|audit\/findings)/;

let service: Service;
beforeAll(async () => {
  service = await Service.start(undefined, { perMinute: null, signInsPerMinute: 1_000, atOnce: 256 });
});
afterAll(() => service.stop());

/** They have the form of days. */
const NO_DAYS = ['9999-99-99', '2026-02-30', '2026-13-01'];

function example(operation: Json): Json | undefined {
  return contract.resolve(operation)['requestBody']?.['content']?.['application/json']?.['example'];
}

/** The address with `id` in the first place and something that is nowhere in the others. */
function address(path: string, id: string): string {
  let first = true;
  return path.replace(/\{(\w+)\}/g, (_, name: string) => {
    if (first) {
      first = false;
      return id;
    }
    return name === 'day' || name === 'date' ? '2026-11-20' : '1';
  });
}

interface Operation {
  readonly path: string;
  readonly method: string;
  readonly operation: Json;
}

function send(
  { path, method, operation }: Operation,
  id: string,
  as: string | undefined,
  body = example(operation),
): Promise<Answer> {
  const url = address(path, id) + (method === 'get' && path === '/v1/differences/queue' ? '?from=1' : '');
  return service.ask(method.toUpperCase() as 'GET' | 'POST' | 'PUT', url, {
    as,
    body: method === 'get' ? undefined : body,
    headers: { 'if-match': '"999999"' },
  });
}

/** Position of the newest event that is not the record of what auditors and others have read. */
async function head(): Promise<bigint> {
  for await (const { stream, position } of service.app.get(EventStore).readAll({ direction: 'backwards' })) {
    if (!stream.startsWith('reads-')) return position;
  }
  return 0n;
}

describe.each(operations.map((each) => [`${each.method.toUpperCase()} ${each.path}`, each] as const))('%s', (_, each) => {
  const { path, method, operation } = each;
  if (operation['operationId'] === 'followEvents') {
    it('needs somebody', async () => expect((await service.ask('GET', path)).status).toBe(401));
    return;
  }

  it.each([undefined, 'nobody'])(
    `answers nobody in particular (token: %s)${isOpen(each) ? ' as anybody' : ' with 401'}`,
    async (token) => {
      const { status } = await send(each, 'x', token);
      if (isOpen(each)) expect(status).not.toBe(403);
      else expect(status).toBe(401);
    },
  );

  it('is refused to every role that the contract of the process does not name, and then records nothing', async () => {
    let before = await head();
    for (const { token, principal } of DEMO_USERS) {
      const answer = await send(each, 'no-such-record', token);
      expect(answer.status).toBeLessThan(500);
      if (method !== 'get' && principal.roles.includes('auditor') && !AUDITORS_MAY.test(path)) {
        expect(answer.status).toBeGreaterThanOrEqual(400);
      }
      // What somebody was allowed to record is no measure for the next one.
      if (answer.status < 400 && method !== 'get') before = await head();
    }
    expect(await head()).toBe(before);
  });
});

describe('a body', () => {
  const EXTRA = ['by', 'at', 'id', 'person', 'agency_', 'roles_', 'phase', 'authority_', 'revision', 'isAdmin', 'envelope'];
  it.each(
    writes
      .filter(({ operation }) => example(operation) !== undefined)
      .map((each) => [each.operation['operationId'], each] as const),
  )('of %s takes no field that it does not have, at any depth', async (_, each) => {
    const given = example(each.operation) ?? {};
    const schema: Json = contract.resolve(each.operation)['requestBody']['content']['application/json']['schema'];
    const before = await head();
    for (const place of objectsIn(given, schema, [])) {
      const body = structuredClone(given);
      const target = place.reduce<Json>((node, key) => node[key], body);
      const added = EXTRA.filter((name) => !Object.hasOwn(target, name));
      for (const name of added) target[name] = name === 'roles_' ? ['administrator'] : 'mois';
      const { status, body: told } = await send(each, 'no-such-record', 'demo-admin', body);
      const refused = (told.errors as { pointer: string; code: string }[] | undefined)?.filter(
        ({ code }) => code === 'unknown-field',
      );
      expect({ place, status, refused: refused?.map(({ pointer }) => pointer).toSorted() }).toEqual({
        ...{ place, status: 400 },
        refused: added.map((name) => ['', ...place, name].join('/')).toSorted(),
      });
      // Every object has this one already: it is looked for before the others.
      const odd = place.reduce<Json>((node, key) => node[key], body);
      for (const name of added) delete odd[name];
      odd['constructor'] = 'mois';
      expect((await send(each, 'no-such-record', 'demo-admin', body)).status).toBe(400);
    }
    expect(await head()).toBe(before);
  });

  it.each(
    writes
      .filter(({ operation }) => example(operation) !== undefined)
      .map((each) => [each.operation['operationId'], each] as const),
  )('of %s takes no list where an object belongs, not even an empty one', async (_, each) => {
    const given = example(each.operation) ?? {};
    const schema: Json = contract.resolve(each.operation)['requestBody']['content']['application/json']['schema'];
    for (const place of objectsIn(given, schema, [])) {
      const last = place.at(-1);
      for (const list of [[], [[]]]) {
        let body: Json = structuredClone(given);
        if (last === undefined) body = list;
        else place.slice(0, -1).reduce<Json>((node, key) => node[key], body)[last] = list;
        const { status, body: told } = await send(each, 'no-such-record', 'demo-admin', body);
        expect({ place, list, status, code: told.code }).toEqual({ place, list, status: 400, code: 'invalid-request' });
      }
    }
  });

  it.each(
    writes
      .filter(({ operation }) => example(operation) !== undefined)
      .map((each) => [each.operation['operationId'], each] as const),
  )('of %s takes null only where the contract says so', async (_, each) => {
    const given = example(each.operation) ?? {};
    const schema: Json = contract.resolve(each.operation)['requestBody']['content']['application/json']['schema'];
    const pointer = `/paths/${each.path.replaceAll('~', '~0').replaceAll('/', '~1')}/${each.method}/requestBody/content/application~1json/schema`;
    for (const place of objectsIn(given, schema, [])) {
      const names = Object.keys(propertiesAt(schema, place));
      for (const name of names) {
        const body: Json = structuredClone(given);
        const target = place.reduce<Json>((node, key) => node[key], body);
        target[name] = null;
        if (contract.faults(pointer, body).length === 0) continue;
        const { status, body: told } = await send(each, 'no-such-record', 'demo-admin', body);
        expect({ place, name, status, code: told.code }).toEqual({ place, name, status: 400, code: 'invalid-request' });
      }
    }
  });
});

it.each(
  operations.flatMap((each) =>
    daysAskedWith(each.operation).map((name) => [each.operation['operationId'], name, each.path] as const),
  ),
)('%s takes no day that there is not for %s', async (_, name, path) => {
  for (const day of NO_DAYS) {
    const { status, body } = await service.get(`${address(path, 'x')}?${name}=${day}`, 'demo-admin');
    const at = (body.errors as { pointer: string }[] | undefined)?.map(({ pointer }) => pointer);
    expect({ day, status, at }).toEqual({ day, status: 400, at: expect.arrayContaining([`/${name}`]) as string[] });
  }
});

/** Names of the parameters of a question that are days. */
function daysAskedWith(operation: Json): string[] {
  const parameters: Json[] = (operation['parameters'] ?? []).map((each: Json) => contract.resolve(each));
  return parameters
    .filter((each) => each['in'] === 'query' && contract.resolve(each['schema'])['format'] === 'date')
    .map((each) => String(each['name']));
}

/** What the contract says of the members of the object at this place. */
function propertiesAt(schema: Json, place: readonly (string | number)[]): Json {
  const described = (node: Json): Json => {
    const choices: readonly Json[] = contract.resolve(node)['anyOf'] ?? [node];
    return choices.map((choice) => contract.resolve(choice)).find(({ properties, items }) => properties ?? items) ?? {};
  };
  const at = place.reduce<Json>((node, key) => {
    const { properties, items } = described(node);
    return (typeof key === 'number' ? items : properties?.[key]) ?? {};
  }, schema);
  return described(at)['properties'] ?? {};
}

/** Places of the objects whose fields the contract names; what is in the others, as the tables of a rule set, the process itself looks at. */
function* objectsIn(value: unknown, schema: Json, place: readonly (string | number)[]): Iterable<readonly (string | number)[]> {
  const choices: readonly Json[] = contract.resolve(schema)['anyOf'] ?? [schema];
  const described = choices.map((choice) => contract.resolve(choice)).find(({ properties, items }) => properties ?? items);
  if (described === undefined) return;
  if (Array.isArray(value)) {
    for (const [index, member] of value.entries()) yield* objectsIn(member, described['items'] ?? {}, [...place, index]);
  } else if (typeof value === 'object' && value !== null) {
    yield place;
    for (const [name, member] of Object.entries(value))
      yield* objectsIn(member, described['properties'][name] ?? {}, [...place, name]);
  }
}

it('no walk through the operations skips a step', async () => {
  const seed = Number(process.env['SEED'] ?? 20_261_122);
  const random = randomFrom(seed);
  const acts = writes.filter(({ path }) => path.startsWith('/v1/consultations/{id}/'));
  const users = DEMO_USERS.map(({ token }) => token);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  const steps = Number(process.env['WALK_STEPS'] ?? 150);
  const project = await service.post('/v1/projects', 'demo-suwon', { plan: { ...PLAN, title: '걸음마다 살피는 사업' } });
  const { body } = await service.post('/v1/consultations', 'demo-suwon', { project: project.body.id });
  for (let step = 0; step < steps; step++) {
    const { path, operation, method } = pick(acts);
    const shown = await service.get(`/v1/consultations/${body.id}`, 'demo-auditor');
    const answer = await service.ask(method.toUpperCase() as 'POST', address(path, body.id), {
      as: pick(users),
      body: example(operation),
      headers: seen(shown),
    });
    expect({ seed, step, path, status: answer.status < 500 }).toEqual({ seed, step, path, status: true });
  }
  const events = [];
  for await (const event of service.app.get(EventStore).readStream(`consultation-${body.id}`)) events.push(event);
  const types = events.map(({ type }) => type);
  const place = (type: string): number => types.indexOf(type);
  /** Each of these needs the one before. */
  for (const [later, earlier] of [
    ['consultation-received', 'consultation-submitted'],
    ['decision-proposed', 'consultation-received'],
    ['decision-approved', 'decision-proposed'],
    ['result-notified', 'decision-approved'],
  ] as const) {
    if (place(later) >= 0) expect([later, place(earlier) >= 0 && place(earlier) < place(later)]).toEqual([later, true]);
  }
  let proposer: string | undefined;
  for (const { type, metadata } of events) {
    if (type === 'decision-proposed') proposer = metadata['actor'];
    if (type === 'decision-approved') expect(metadata['actor']).not.toBe(proposer);
  }
}, 240_000);

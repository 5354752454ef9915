import { spawnSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import type { JsonObject } from '@sajeon/event-store';
import { NotInLog } from '../audit-log.js';
import { openTestLog, type TestLog } from '../testing.js';
import { verifyInclusion } from '../tree/proof.js';
import { Export, type ExportRequest } from './export.js';

let log: TestLog;
beforeAll(async () => {
  log = await openTestLog();
  const happen = (stream: string, type: string, data: JsonObject) =>
    log.store.append(stream, 'any', [
      { id: randomUUID(), type, data, metadata: { schema: '1', actor: 'p-7', agency: 'suwon', correlationId: 'r-1' } },
    ]);
  const plan = (version: number, title: string) => ({ version, content: { title } });
  const parties = { applicant: { id: 'suwon' }, authority: { id: 'gyeonggi' } };
  await happen('consultation-1', 'consultation-drafted', {
    ...{ at: '2026-11-01T00:00:00Z', project: 'p-1', plan: plan(1, '예약 <시스템> & "포털"\n\u0001'), ...parties },
  });
  await happen('project-p-1', 'project-planned', { at: '2026-11-01T00:00:00Z', plan: plan(1, '예약') });
  await happen('consultation-1', 'consultation-submitted', { at: '2026-11-02T00:00:00Z', plan: plan(2, '예약') });
  await happen('system-s-1', 'system-registered', { at: '2026-11-02T00:00:00Z', entry: { title: '공유누리' } });
  await happen('consultation-1', 'overlap-confirmed', { at: '2026-11-03T00:00:00Z', candidate: 's-1' });
  await log.sealAll();
});
afterAll(() => log.close());

async function exported(request: ExportRequest): Promise<{ text: string; of: Export }> {
  const of = await Export.of(log.log, request);
  let text = '';
  for await (const piece of of.text()) text += piece;
  return { text, of };
}

/** In the logs for process mining: a zone, and none that is written `Z`. */
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}\+00:00$/;

const XES_SCHEMA = join('libs', 'audit', 'src', 'exports', 'xes.structure.xsd');
/** Of Debian's libxml2-utils: continuous integration installs it, and a laptop may do without. */
const hasXmllint = process.env['CI'] !== undefined || spawnSync('xmllint', ['--version']).error === undefined;
const NO_XMLLINT = 'NOT TESTED, no xmllint: apt-get install libxml2-utils';
// the summary of a long run counts skipped tests and does not name them
if (!hasXmllint) process.stderr.write(`\nSKIPPED: XES by its structure: ${NO_XMLLINT}\n`);
const withXmllint = (sentence: string, test: () => Promise<void>): void =>
  hasXmllint ? it(sentence, test) : it.skip(`${sentence}: ${NO_XMLLINT}`, test);
/** What libxml2 has to say against it; nothing when it is valid. */
function xesFaults(text: string, schema = XES_SCHEMA): string {
  const args = ['--noout', '--nonet', '--schema', schema, '-'];
  const { status, stderr, error } = spawnSync('xmllint', args, { input: text, encoding: 'utf8' });
  if (error) throw error;
  return status === 0 ? '' : stderr;
}

it.each(['cloudevents', 'xes', 'ocel'] as const)(
  'comes as %s with a manifest that fits, and the same again for the same request',
  async (kind) => {
    const { text, of } = await exported({ kind });
    const manifest = await of.manifest();
    expect(manifest).toMatchObject({
      ...{ format: 'sajeon-export@1', kind, log: 'log.example/test', counts: { events: 5 }, filter: { from: '0', to: '5' } },
      file: { sha256: createHash('sha256').update(text).digest('hex'), bytes: Buffer.byteLength(text) },
    });
    expect(manifest.checkpoint).toContain('log.example/test\n5\n');
    expect((await exported({ kind })).text).toBe(text);
    expect(await (await Export.of(log.log, { kind })).manifest()).toEqual(manifest);
  },
);

/** A log in which every event type that was ever recorded stands once. */
async function ofEveryType(look: (written: (kind: ExportRequest['kind']) => Promise<string>, events: number) => Promise<void>) {
  const all = await openTestLog();
  try {
    const folder = join('test', 'fixtures', 'events');
    const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
    for (const [at, file] of files.entries()) {
      const data: JsonObject = JSON.parse(readFileSync(join(folder, file), 'utf8'));
      const type = file.replace(/@.*$/, '');
      await all.store.append(`consultation-${at % 9}`, 'any', [
        { id: randomUUID(), type, data, metadata: { schema: '1', actor: 'p-1' } },
      ]);
    }
    await all.sealAll();
    const written = async (kind: ExportRequest['kind']) => {
      let text = '';
      for await (const piece of (await Export.of(all.log, { kind })).text()) text += piece;
      return text;
    };
    await look(written, files.length);
  } finally {
    await all.close();
  }
}

it('takes every event type that was ever recorded', () =>
  ofEveryType(async (written, events) => {
    const validate = new Ajv({ strict: true }).compile(OCEL_SCHEMA);
    expect([validate(JSON.parse(await written('ocel'))), validate.errors]).toEqual([true, null]);
    expect((await written('xes')).match(/<event>/g)).toHaveLength(events);
    expect((await written('cloudevents')).trim().split('\n')).toHaveLength(events);
  }));

withXmllint('writes every event type as the structure of XES wants it', () =>
  ofEveryType(async (written) => expect(xesFaults(await written('xes'))).toBe('')),
);

describe('the schemas that others publish', () => {
  /** As they are, with formats: a date-time is one. */
  const compiled = (path: string): ValidateFunction => {
    const ajv = new Ajv({ strict: false });
    formats.default(ajv);
    return ajv.compile(JSON.parse(readFileSync(path, 'utf8')));
  };

  it('take every event type as a CloudEvent, and nothing that lacks what CloudEvents 1.0.2 requires', () =>
    ofEveryType(async (written) => {
      const validate = compiled(join('test', 'fixtures', 'schemas', 'cloudevents-1.0.2.json'));
      const lines = (await written('cloudevents')).trim().split('\n');
      for (const line of lines) expect([line, validate(JSON.parse(line)), validate.errors]).toEqual([line, true, null]);
      const first = JSON.parse(lines[0] ?? '');
      for (const [name, instead] of [
        ['id', ''],
        ['source', undefined],
        ['specversion', 1],
        ['time', '2026-11-01 09:00'],
        ['subject', ''],
      ] as const) {
        expect([name, validate({ ...first, [name]: instead })]).toEqual([name, false]);
      }
    }));

  interface Published {
    readonly kind: 'ocel' | 'xes';
    readonly path: string;
    readonly fault?: string;
  }
  const asked = spawnSync(process.execPath, [join('scripts', 'published-schemas.mjs'), '--json'], { encoding: 'utf8' });
  const published: readonly Published[] = JSON.parse(asked.stdout);
  /** Where the published schema is: the others are named as skipped, with the address. */
  const against = (kind: Published['kind'], sentence: string, test: (path: string) => Promise<void>): void => {
    const { path, fault = kind === 'xes' && !hasXmllint ? NO_XMLLINT : undefined } = published.find(
      (each) => each.kind === kind,
    ) ?? { path: '', fault: asked.stderr };
    if (fault === undefined) it(sentence, () => test(path));
    else {
      process.stderr.write(`\nSKIPPED: ${kind.toUpperCase()} by its published schema: ${fault}, or npm run schemas\n`);
      it.skip(`${sentence}: NOT TESTED, ${fault}`, () => test(path));
    }
  };

  against('ocel', 'take every event type as OCEL 2.0', (path) =>
    ofEveryType(async (written) => {
      const validate = compiled(path);
      const text = await written('ocel');
      expect([validate(JSON.parse(text)), validate.errors]).toEqual([true, null]);
      for (const [what, instead] of [
        ['"qualifier"', '"as"'],
        ['"value":"0"', '"value":0'],
        [/"time":"[^"]*"/, '"time":"yesterday"'],
        ['"objectTypes"', '"types"'],
      ] as const) {
        expect([what, validate(JSON.parse(text.replace(what, instead)))]).toEqual([what, false]);
      }
    }),
  );

  against('xes', 'take every event type as XES', (path) =>
    ofEveryType(async (written) => {
      // The schema names no namespace and the standard does: included, it takes on that of the schema which includes it.
      const folder = mkdtempSync(join(tmpdir(), 'sajeon-xes-'));
      try {
        const schema = join(folder, 'xes.xsd');
        const within = 'xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.xes-standard.org/"';
        writeFileSync(schema, `<xs:schema ${within}><xs:include schemaLocation="${pathToFileURL(path).href}"/></xs:schema>\n`);
        const text = await written('xes');
        expect(xesFaults(text, schema)).toBe('');
        for (const [what, instead, complaint] of [
          [/ xes.version="[^"]*"/, '', /xes.version/],
          [/<event>/, '<incident/><event>', /incident/],
          [/<date ([^>]*)value="20/, '<date $1value="on 20', /dateTime/],
          [/<classifier name="/, '<classifier name="1 ', /NCName/],
        ] as const) {
          expect(xesFaults(text.replace(what, instead), schema)).toMatch(complaint);
        }
      } finally {
        rmSync(folder, { recursive: true });
      }
    }),
  );
});

it('is of a stretch of the log and of some streams where that is asked for', async () => {
  const { text } = await exported({ kind: 'cloudevents', from: 1n, to: 4n, streams: ['consultation-', 'system-'] });
  expect(
    text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).leafindex),
  ).toEqual(['2', '3']);
  await expect(Export.of(log.log, { kind: 'ocel', from: 5n })).rejects.toThrow(NotInLog);
});

describe('CloudEvents', () => {
  it('has what version 1.0 demands, and extensions whose names it allows', async () => {
    const { text } = await exported({ kind: 'cloudevents' });
    for (const line of text.trim().split('\n')) {
      const { data, ...attributes } = JSON.parse(line);
      expect(attributes).toMatchObject({ specversion: '1.0', datacontenttype: 'application/json' });
      for (const [name, value] of Object.entries(attributes)) {
        expect(name).toMatch(/^[a-z0-9]{1,20}$/);
        expect([name, typeof value]).toEqual([name, 'string']);
        expect(value).not.toBe('');
      }
      expect(attributes.time).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/);
      expect(data).toHaveProperty('at');
    }
  });

  it('leads from each row to a proof', async () => {
    const { text } = await exported({ kind: 'cloudevents' });
    const row = JSON.parse(text.trim().split('\n')[2] ?? '');
    const { root, size } = await log.log.checkpoint();
    const { proof } = await log.log.inclusion(BigInt(row.leafindex), size);
    expect(verifyInclusion(BigInt(row.leafindex), size, Buffer.from(row.leafhash, 'base64'), proof, root)).toBe(true);
  });
});

/**
 * Written by us after the OCEL 2.0 specification (JSON), and stricter than the schema that it publishes: nothing undeclared, times with a zone.
 * Values are text, as that schema has them; of which type is for the declarations to say.
 */
const OCEL_SCHEMA = (() => {
  const name = { type: 'string', minLength: 1 };
  const time = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?(Z|[+-]\\d{2}:\\d{2})$' };
  const closed = (properties: Record<string, object>, optional: readonly string[] = []) => ({
    ...{ type: 'object', properties, additionalProperties: false },
    required: Object.keys(properties).filter((key) => !optional.includes(key)),
  });
  const list = (items: object) => ({ type: 'array', items });
  const kind = closed({
    name,
    attributes: list(closed({ name, type: { enum: ['string', 'time', 'integer', 'float', 'boolean'] } })),
  });
  const relationships = list(closed({ objectId: name, qualifier: name }));
  const value = { type: 'string' };
  return closed({
    eventTypes: list(kind),
    objectTypes: list(kind),
    events: list(
      closed({ id: name, type: name, time, attributes: list(closed({ name, value })), relationships }, ['attributes']),
    ),
    objects: list(
      closed({ id: name, type: name, attributes: list(closed({ name, value, time })), relationships }, ['attributes']),
    ),
  });
})();

describe('OCEL', () => {
  it('is as the specification says: every object and type that is named is declared, values are of their types, ids are unique', async () => {
    const log_ = JSON.parse((await exported({ kind: 'ocel' })).text);
    const validate = new Ajv({ strict: true }).compile(OCEL_SCHEMA);
    expect([validate(log_), validate.errors]).toEqual([true, null]);
    for (const each of [...log_.events, ...log_.objects.flatMap(({ attributes }: { attributes: object[] }) => attributes)]) {
      expect(each.time).toMatch(TIME);
    }
    const objects = new Set(log_.objects.map(({ id }: { id: string }) => id));
    expect(objects.size).toBe(log_.objects.length);
    expect(new Set(log_.events.map(({ id }: { id: string }) => id)).size).toBe(log_.events.length);
    for (const [kinds, all] of [
      [log_.eventTypes, log_.events],
      [log_.objectTypes, log_.objects],
    ]) {
      for (const { type, attributes, relationships } of all) {
        const declared = kinds.find(({ name }: { name: string }) => name === type);
        expect(declared).toBeDefined();
        for (const { objectId } of relationships) expect(objects).toContain(objectId);
        for (const { name, value } of attributes) {
          const { type: wanted } = declared.attributes.find((attribute: { name: string }) => attribute.name === name);
          const written = { integer: /^-?\d+$/, time: TIME, string: /^/ }[wanted as 'integer' | 'time' | 'string'];
          expect(value).toMatch(written);
        }
      }
    }
  });

  it('is told from what only looks like it', async () => {
    const { text } = await exported({ kind: 'ocel' });
    const validate = new Ajv({ strict: true }).compile(OCEL_SCHEMA);
    for (const [what, instead] of [
      ['"value":"1"', '"value":1'],
      [/("time":"[^"]*)\+00:00"/, '$1"'],
      ['"qualifier":"about"', '"qualifier":""'],
      ['"type":"integer"', '"type":"int"'],
      ['"objectId"', '"object"'],
      ['"eventTypes"', '"types"'],
    ] as const) {
      expect([what, validate(JSON.parse(text.replace(what, instead)))]).toEqual([what, false]);
    }
  });

  it('relates a case to its project and its parties, and tells from when a title held', async () => {
    const { objects, events } = JSON.parse((await exported({ kind: 'ocel' })).text);
    const found = objects.find(({ id }: { id: string }) => id === 'consultation-1');
    expect(found.relationships).toEqual([
      { objectId: 'project-p-1', qualifier: 'of' },
      { objectId: 'agency-suwon', qualifier: 'applicant' },
      { objectId: 'agency-gyeonggi', qualifier: 'authority' },
    ]);
    expect(found.attributes.map(({ name, value }: { name: string; value: unknown }) => [name, value])).toEqual([
      ...[
        ['title', '예약 <시스템> & "포털"\n\u0001'],
        ['planVersion', '1'],
        ['title', '예약'],
        ['planVersion', '2'],
      ],
    ]);
    expect(events[4].relationships).toContainEqual({ objectId: 'system-s-1', qualifier: 'candidate' });
  });
});

describe('XES', () => {
  withXmllint('is valid by the structure of IEEE 1849, which finds each fault that is planted', async () => {
    const { text } = await exported({ kind: 'xes' });
    expect(xesFaults(text)).toBe('');
    const plant = (what: string | RegExp, instead: string) => {
      const planted = text.replace(what, instead);
      expect(planted).not.toBe(text);
      return xesFaults(planted);
    };
    const [first = ''] = text.match(/<id key="identity:id" value="(?!0{8})[^"]+"\/>/) ?? [];
    expect(plant(/(<date key="time:timestamp" value="20[^"]*)\+00:00"/, '$1"')).toMatch(/pattern/);
    expect(plant(/(<date [^>]*value="20[^"]*)T/, '$1 ')).toMatch(/dateTime|valid/);
    expect(plant(/<trace>/, '<event/><trace>')).toMatch(/not expected/);
    expect(plant(/<global scope="event">/, '<global scope="events">')).toMatch(/enumeration/);
    expect(plant(/ value="complete"/, '')).toMatch(/required/);
    expect(plant(/<string key="concept:name"/, '<string key="concept name"')).toMatch(/Name/);
    expect(plant(/xes.version="[^"]*"/, 'xes.version="IEEE"')).toMatch(/decimal/);
    expect(plant(first, '<id key="identity:id" value="p-7"/>')).toMatch(/pattern/);
    const events = text.split(first);
    expect(
      xesFaults(`${events[0]}${first}${(events[1] ?? '').replace(/<id key="identity:id" value="[^"]+"\/>/, first)}`),
    ).toMatch(/unique|Duplicate/);
    expect(plant(/<string key="org:group" value="[^"]+"\/>/, '<string key="org:resource" value="x"/>')).toMatch(
      /unique|Duplicate/,
    );
  });

  // Another program's parser, where it is installed (it is wherever the second verifier runs).
  const parse = (text: string): { traces: Record<string, Record<string, string>[]>; globals: string[] } => {
    const program = `
import json, sys, xml.etree.ElementTree as tree
X = '{http://www.xes-standard.org/}'
root = tree.fromstring(sys.stdin.buffer.read())
assert root.tag == X + 'log' and root.get('xes.version'), root.tag
order = [child.tag[len(X):] for child in root]
rank = ['extension', 'global', 'classifier', 'string', 'trace']
assert order == sorted(order, key=rank.index), order
values = lambda node: {a.get('key'): a.get('value') for a in node if a.get('key')}
traces = {values(t)['concept:name']: [values(e) for e in t.findall(X + 'event')] for t in root.findall(X + 'trace')}
print(json.dumps({'traces': traces, 'globals': [k for g in root.findall(X + 'global') if g.get('scope') == 'event' for k in values(g)]}))`;
    const { status, stdout, stderr } = spawnSync('python3', ['-c', program], { input: text, encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
    return JSON.parse(stdout);
  };

  it('is well-formed, a trace for each stream, and every event has what the globals promise', async () => {
    const { text } = await exported({ kind: 'xes' });
    const { traces, globals } = parse(text);
    expect(Object.keys(traces)).toEqual(['consultation-1', 'project-p-1', 'system-s-1']);
    expect(traces['consultation-1']?.map((event) => event['concept:name'])).toEqual([
      ...['consultation-drafted', 'consultation-submitted', 'overlap-confirmed'],
    ]);
    for (const event of Object.values(traces).flat()) {
      for (const name of globals) expect(Object.keys(event)).toContain(name);
      expect(event['time:timestamp']).toMatch(TIME);
      expect(event['lifecycle:transition']).toBe('complete');
    }
  });
});

import type { Json } from '@sajeon/event-store';
import type { SealedEvent } from '../audit-log.js';
import { instant } from './instant.js';

interface Related {
  readonly objectId: string;
  readonly qualifier: string;
}

interface OcelObject {
  readonly id: string;
  readonly type: string;
  readonly attributes: { readonly name: string; readonly value: string; readonly time: string }[];
  readonly relationships: Related[];
}

/** What an object of each type may tell of itself; a type that is not here tells nothing. */
const OBJECT_ATTRIBUTES: Readonly<Record<string, readonly { readonly name: string; readonly type: 'string' | 'integer' }[]>> = {
  consultation: [
    { name: 'title', type: 'string' },
    { name: 'planVersion', type: 'integer' },
  ],
  project: [
    { name: 'title', type: 'string' },
    { name: 'planVersion', type: 'integer' },
  ],
  system: [{ name: 'title', type: 'string' }],
};

const EVENT_ATTRIBUTES = [
  { name: 'leafindex', type: 'string' },
  { name: 'leafhash', type: 'string' },
  { name: 'revision', type: 'string' },
  { name: 'effective', type: 'time' },
] as const;

/**
 * OCEL 2.0 in JSON: an object for each stream, and agencies, persons (by pseudonym) and the records that an event names. Titles and plan
 * versions are attributes with the time from which they hold. Every object that is referred to is declared, every type too. Values are text also where
 * the declared type is another: the schema that the standard publishes takes nothing else.
 */
export async function* ocel(events: AsyncIterable<SealedEvent>): AsyncIterable<string> {
  const objects = new Map<string, OcelObject>();
  const eventTypes = new Set<string>();
  const object = (type: string, id: string): OcelObject => {
    const name = `${type}-${id}`;
    const known = objects.get(name);
    if (known) return known;
    const made: OcelObject = { id: name, type, attributes: [], relationships: [] };
    objects.set(name, made);
    return made;
  };
  const relate = (from: OcelObject, objectId: string, qualifier: string): void => {
    const known = from.relationships.some((each) => each.objectId === objectId && each.qualifier === qualifier);
    if (!known && from.id !== objectId) from.relationships.push({ objectId, qualifier });
  };

  yield '{"events":[';
  let first = true;
  for await (const { seq, leaf, event } of events) {
    eventTypes.add(event.type);
    const [type = 'record', subject = event.stream] = split(event.stream);
    const about = object(type, subject);
    const related: Related[] = [{ objectId: about.id, qualifier: 'about' }];
    const involve = (of: string, id: string | undefined, qualifier: string, owned: boolean): void => {
      if (id === undefined || id === '') return;
      const other = object(of, id);
      if (!related.some((each) => each.objectId === other.id && each.qualifier === qualifier))
        related.push({ objectId: other.id, qualifier });
      if (owned) relate(about, other.id, qualifier);
    };
    involve('person', event.metadata['actor'], 'by', false);
    involve('agency', event.metadata['agency'], 'for', false);
    involve('project', textAt(event.data, 'project'), 'of', type === 'consultation');
    involve('agency', textAt(event.data, 'applicant', 'id'), 'applicant', true);
    involve('agency', textAt(event.data, 'authority', 'id'), 'authority', true);
    involve('system', textAt(event.data, 'candidate'), 'candidate', false);
    const title = textAt(event.data, 'plan', 'content', 'title') ?? textAt(event.data, 'entry', 'title');
    const version = at(event.data, 'plan', 'version');
    const time = instant(event.recordedAt);
    const holds = (name: string, value: string): void => {
      if (!OBJECT_ATTRIBUTES[type]?.some((attribute) => attribute.name === name)) return;
      if (about.attributes.findLast((attribute) => attribute.name === name)?.value === value) return;
      about.attributes.push({ name, value, time });
    };
    if (title !== undefined) holds('title', title);
    if (typeof version === 'number' && Number.isInteger(version)) holds('planVersion', String(version));
    const effective = textAt(event.data, 'at');
    const written = {
      id: event.id,
      type: event.type,
      time,
      attributes: [
        { name: 'leafindex', value: String(seq) },
        { name: 'leafhash', value: leaf.toString('base64') },
        { name: 'revision', value: String(event.revision) },
        { name: 'effective', value: effective !== undefined && !Number.isNaN(Date.parse(effective)) ? instant(effective) : time },
      ],
      relationships: related,
    };
    yield `${first ? '' : ','}\n${JSON.stringify(written)}`;
    first = false;
  }
  const all = [...objects.values()];
  const objectTypes = [...new Set(all.map(({ type }) => type))]
    .sort()
    .map((name) => ({ name, attributes: OBJECT_ATTRIBUTES[name] ?? [] }));
  const types = [...eventTypes].sort().map((name) => ({ name, attributes: EVENT_ATTRIBUTES }));
  yield `\n],\n"objects":[${all.map((each) => `\n${JSON.stringify(each)}`).join(',')}\n],\n`;
  yield `"eventTypes":${JSON.stringify(types)},\n"objectTypes":${JSON.stringify(objectTypes)}}\n`;
}

function split(stream: string): readonly [string, string] {
  const dash = stream.indexOf('-');
  return dash < 1 ? ['record', stream] : [stream.slice(0, dash), stream.slice(dash + 1)];
}

function at(data: Json, ...path: readonly string[]): Json | undefined {
  let value: Json | undefined = data;
  for (const name of path) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    value = (value as { readonly [key: string]: Json })[name];
  }
  return value;
}

function textAt(data: Json, ...path: readonly string[]): string | undefined {
  const value = at(data, ...path);
  return typeof value === 'string' ? value : undefined;
}

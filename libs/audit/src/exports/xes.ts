import type { SealedEvent } from '../audit-log.js';
import { instant } from './instant.js';

const EXTENSIONS = [
  ['Concept', 'concept', 'http://www.xes-standard.org/concept.xesext'],
  ['Time', 'time', 'http://www.xes-standard.org/time.xesext'],
  ['Lifecycle', 'lifecycle', 'http://www.xes-standard.org/lifecycle.xesext'],
  ['Organizational', 'org', 'http://www.xes-standard.org/org.xesext'],
  ['Identity', 'identity', 'http://www.xes-standard.org/identity.xesext'],
] as const;

/**
 * XES (IEEE 1849): a trace for each stream, in the order of their first events. Events of a trace have to stand together, so all are held
 * until the end; the log is read once.
 */
export async function* xes(events: AsyncIterable<SealedEvent>, origin: string): AsyncIterable<string> {
  const traces = new Map<string, SealedEvent[]>();
  for await (const sealed of events) {
    const trace = traces.get(sealed.event.stream);
    if (trace) trace.push(sealed);
    else traces.set(sealed.event.stream, [sealed]);
  }
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<log xes.version="1849.2023" xes.features="" xmlns="http://www.xes-standard.org/">\n`;
  for (const [name, prefix, uri] of EXTENSIONS) yield `  <extension name="${name}" prefix="${prefix}" uri="${uri}"/>\n`;
  // Tools read these as promises: every trace and every event has the attributes, of this kind.
  yield `  <global scope="trace">\n    ${text('concept:name', '')}\n  </global>\n`;
  yield (
    `  <global scope="event">\n    ${text('concept:name', '')}\n    ${date('time:timestamp', '1970-01-01T00:00:00.000+00:00')}\n` +
    `    ${text('lifecycle:transition', 'complete')}\n    ${text('org:resource', '')}\n    ${text('org:group', '')}\n` +
    `    ${id('identity:id', '00000000-0000-0000-0000-000000000000')}\n    ${text('leafindex', '')}\n  </global>\n`
  );
  yield `  <classifier name="Activity" keys="concept:name"/>\n  ${text('concept:name', origin)}\n  ${text('lifecycle:model', 'standard')}\n`;
  for (const [stream, sealed] of traces) {
    yield `  <trace>\n    ${text('concept:name', stream)}\n`;
    for (const { seq, leaf, event } of sealed) {
      yield `    <event>\n${[
        text('concept:name', event.type),
        date('time:timestamp', instant(event.recordedAt)),
        text('lifecycle:transition', 'complete'),
        // Pseudonyms: names are not in the record.
        text('org:resource', event.metadata['actor'] ?? 'unknown'),
        text('org:group', event.metadata['agency'] ?? 'unknown'),
        id('identity:id', event.id),
        text('leafindex', String(seq)),
        text('leafhash', leaf.toString('base64')),
      ]
        .map((attribute) => `      ${attribute}\n`)
        .join('')}    </event>\n`;
    }
    yield '  </trace>\n';
  }
  yield '</log>\n';
}

const text = (key: string, value: string): string => `<string key="${escaped(key)}" value="${escaped(value)}"/>`;
const id = (key: string, value: string): string => `<id key="${escaped(key)}" value="${value}"/>`;
const date = (key: string, value: string): string => `<date key="${escaped(key)}" value="${value}"/>`;

function escaped(value: string): string {
  return value
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('"', '&quot;')
    .replace(/[\t\n\r]/g, (character) => `&#${character.codePointAt(0)};`);
}

import type { SealedEvent } from '../audit-log.js';

/**
 * CloudEvents 1.0 in structured JSON, one a line. Names of extensions are lower-case letters and digits, 20 at most; numbers beyond 32
 * bits are text, because the specification has no larger integers.
 */
export async function* cloudEvents(events: AsyncIterable<SealedEvent>, origin: string): AsyncIterable<string> {
  for await (const { seq, leaf, event } of events) {
    const { metadata } = event;
    yield `${JSON.stringify({
      specversion: '1.0',
      id: event.id,
      source: `/${encodeURI(origin)}`,
      type: event.type,
      subject: event.stream,
      time: event.recordedAt,
      datacontenttype: 'application/json',
      leafindex: String(seq),
      leafhash: leaf.toString('base64'),
      streamrev: String(event.revision),
      logorigin: origin,
      ...(metadata['schema'] === undefined ? {} : { schemaversion: metadata['schema'] }),
      ...(metadata['correlationId'] === undefined ? {} : { correlationid: metadata['correlationId'] }),
      ...(metadata['causationId'] === undefined ? {} : { causationid: metadata['causationId'] }),
      data: event.data,
    })}\n`;
  }
}

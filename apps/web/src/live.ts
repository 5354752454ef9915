import { knowPosition } from './http.js';

export interface LiveEvent {
  readonly type: string;
  readonly consultation: string;
  readonly position: string;
}

const RETRY_MS = 3_000;

/**
 * Follows `/v1/events` by streaming a fetch: an EventSource does not tell why it was refused. Reconnects from the last event heard.
 * @param refused the session has ended; it goes on trying, with whatever session there is by then
 * @returns stops following
 */
export function followLive(hear: (event: LiveEvent) => void, connected: (is: boolean) => void, refused: () => void): () => void {
  const stopping = new AbortController();
  let last: string | null = null;
  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      try {
        const response = await fetch('/v1/events', {
          headers: {
            accept: 'text/event-stream',
            ...(last === null ? {} : { 'last-event-id': last }),
          },
          signal: stopping.signal,
        });
        if (response.status === 401) refused();
        if (response.ok && response.body !== null) {
          connected(true);
          for await (const block of blocksOf(response.body)) {
            const { id, type, data } = parse(block);
            if (id === null || type === 'heartbeat') continue;
            last = id;
            knowPosition(id);
            hear({ ...(JSON.parse(data) as { consultation: string; position: string }), type });
          }
        }
      } catch {
        // The connection broke: told by `connected`, and tried again.
      }
      if (stopping.signal.aborted) return;
      connected(false);
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  };
  void run();
  return () => stopping.abort();
}

/** Blocks of lines between empty lines, as they arrive. */
async function* blocksOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = stream.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader();
  let rest = '';
  while (true) {
    const { done, value } = await reader.read();
    if (done) return;
    rest += value;
    const blocks = rest.split(/\r?\n\r?\n/);
    rest = blocks.pop() ?? '';
    yield* blocks;
  }
}

export function parse(block: string): { id: string | null; type: string; data: string } {
  let id: string | null = null;
  let type = 'message';
  const data: string[] = [];
  for (const line of block.split(/\r?\n/)) {
    const [, field, value = ''] = /^([a-z]+): ?(.*)$/.exec(line) ?? [];
    if (field === 'id') id = value;
    else if (field === 'event') type = value;
    else if (field === 'data') data.push(value);
  }
  return { id, type, data: data.join('\n') };
}

import type { EventStore, RecordedEvent } from '@sajeon/event-store';
import { readFileSync } from 'node:fs';
import { labels } from './labels.js';

/** The fixture log, as a store gives it. */
const log = readFileSync('test/fixtures/log/events.jsonl', 'utf8')
  .trim()
  .split('\n')
  .map((line, i): RecordedEvent => {
    const { stream, type, schema, data } = JSON.parse(line) as Pick<RecordedEvent, 'stream' | 'type' | 'data'> & {
      schema: number;
    };
    return {
      ...{ id: String(i), stream, type, data, metadata: { schema: String(schema) } },
      ...{ revision: 0n, position: BigInt(i + 1), recordedAt: '2026-01-01T00:00:00Z' },
    };
  });
// Only what `labels` asks of a store.
const store = {
  async *readAll() {
    yield* log.filter(({ stream }) => stream.startsWith('consultation-'));
  },
} as unknown as EventStore;

it('every candidate that a person has settled is one label: its newest judgment, with what the engine had said', async () => {
  const settled = log.filter(({ type }) => type === 'overlap-confirmed' || type === 'overlap-dismissed');
  const found = await labels(store);
  const names = settled.map(({ stream, data }) => `${stream} ${String(data['candidate'])}`);
  expect(found.map((it) => `consultation-${it.consultation} ${it.candidate}`).sort()).toEqual([...new Set(names)].sort());
  for (const label of found) {
    const last = settled.findLast(
      ({ stream, data }) => stream === `consultation-${label.consultation}` && data['candidate'] === label.candidate,
    );
    expect(label.confirmed).toBe(last?.type === 'overlap-confirmed');
    expect(label.relation).toBe(last?.data['relation']);
    expect(label.plan.title).not.toBe('');
  }
});

it('knows nothing of what came after a position', async () => expect(await labels(store, 1n)).toEqual([]));

import { contentHash, type JsonObject, type RecordedEvent } from '@sajeon/event-store';
import { readFileSync } from 'node:fs';
import { recomputeBases } from './basis.js';
import { replayCase } from './case-page.js';

/** A case of the fixture log that was decided, as a store would give it. */
const lines = readFileSync('test/fixtures/log/events.jsonl', 'utf8').trim().split('\n');
const log = lines.map((line) => JSON.parse(line) as { stream: string; type: string; schema: number; data: JsonObject });
const stream = log.find(({ type }) => type === 'decision-approved')?.stream ?? '';
const fixture = log
  .filter((event) => event.stream === stream)
  .map(({ type, schema, data }, i): RecordedEvent => ({
    ...{ id: String(i), stream, type, data, metadata: { schema: String(schema) } },
    ...{ revision: BigInt(i), position: BigInt(i + 1), recordedAt: '2026-01-01T00:00:00Z' },
  }));

/** The same with bases as the service records them: what the page showed just before. */
const honest = fixture.reduce<RecordedEvent[]>((events, event) => {
  if (!('basis' in event.data)) return [...events, event];
  const { document } = replayCase(events) ?? { document: null };
  const basis = {
    ...{ position: String(events.at(-1)?.position ?? 0n), viewHash: contentHash(document) },
    ruleSet: document?.received?.ruleSet ?? '',
  };
  return [...events, { ...event, data: { ...event.data, basis } }];
}, []);

it('says REPRODUCED of every proposal and approval whose page the events give again', () => {
  const found = recomputeBases(honest);
  expect(found.length).toBeGreaterThan(1);
  expect(new Set(found.map(({ verdict }) => verdict))).toEqual(new Set(['REPRODUCED']));
  expect(found.map(({ number }) => number)).toEqual(found.map((_, i) => i + 1));
});

it('says DIVERGED, with both hashes, once anything that the decider was shown has been changed', () => {
  const [drafted, ...rest] = honest;
  const plan = { ...(drafted?.data['plan'] as JsonObject), version: 7 };
  const tampered = drafted ? [{ ...drafted, data: { ...drafted.data, plan } }, ...rest] : [];
  for (const { verdict, viewHash, basis } of recomputeBases(tampered)) {
    expect(verdict).toBe('DIVERGED');
    expect(viewHash).not.toBe(basis.viewHash);
  }
});

it('says DIVERGED when a hash was made up or other rules are claimed', () => {
  const claimed = (change: object) =>
    honest.map((event) =>
      'basis' in event.data
        ? { ...event, data: { ...event.data, basis: { ...(event.data['basis'] as JsonObject), ...change } } }
        : event,
    );
  for (const change of [{ viewHash: 'b'.repeat(64) }, { ruleSet: 'another' }]) {
    expect(new Set(recomputeBases(claimed(change)).map(({ verdict }) => verdict))).toEqual(new Set(['DIVERGED']));
  }
});

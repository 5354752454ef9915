import { randomUUID } from 'node:crypto';
import { describeEventStoreContract } from '../contract.js';
import { StoreUnavailable, type NewEvent, type RecordedEvent } from '../port.js';
import { KurrentEventStore } from './kurrent-event-store.js';
import { KurrentStandIn } from './stand-in/kurrent-stand-in.js';

describeEventStoreContract('KurrentDB STAND-IN (not a KurrentDB server)', async () => {
  const standIn = await KurrentStandIn.start();
  return {
    store: await KurrentEventStore.open(standIn.url),
    another: () => KurrentEventStore.open(standIn.url),
    plantRevision: async (stream, revision) => standIn.plant(stream, revision),
    textOf: JSON.stringify,
    release: async () => standIn.stop(),
  };
});

const url = process.env['KURRENTDB_URL'];
if (url) {
  describeEventStoreContract('KurrentDB at KURRENTDB_URL', async () => ({
    store: await KurrentEventStore.open(url),
    another: () => KurrentEventStore.open(url),
    textOf: JSON.stringify,
    release: async () => undefined,
  }));
} else {
  const notTested =
    'KurrentDB itself was NOT tested. To test it: KURRENTDB_URL="kurrentdb://…" npm test (docker/compose.yml starts a cluster)';
  it.skip(notTested, () => undefined);
  // the summary of a long run counts skipped tests and does not name them
  process.stderr.write(`\nSKIPPED: ${notTested}\n`);
}

describe('KurrentDB adapter when the server (STAND-IN) fails', () => {
  let standIn: KurrentStandIn;
  let store: KurrentEventStore;
  beforeEach(async () => {
    standIn = await KurrentStandIn.start();
    store = await KurrentEventStore.open(standIn.url);
  });
  afterEach(async () => {
    await store.close();
    standIn.stop();
  });

  it('goes on after every lost connection of a subscription, with nothing lost and nothing twice', async () => {
    const seen: RecordedEvent[] = [];
    const stop = new AbortController();
    const following = (async () => {
      for await (const batch of store.subscribe({ after: 0n, batchSize: 3, signal: stop.signal })) seen.push(...batch);
    })();
    let dropped = 0;
    for (let index = 0; index < 60; index++) {
      await store.append('s', 'any', [event(index)]);
      if (index % 10 === 5) {
        await until(() => seen.length > index - 5);
        dropped += standIn.dropSubscriptions();
      }
    }
    await until(() => seen.length >= 60);
    stop.abort();
    await following;
    expect(dropped).toBeGreaterThan(3);
    expect(seen.map(({ data }) => data['index'])).toEqual(Array.from({ length: 60 }, (_, index) => index));
  });

  it('says that it is unavailable while the server is down, and works again when it is back, with the same ids', async () => {
    const seen: RecordedEvent[] = [];
    const stop = new AbortController();
    const following = (async () => {
      for await (const batch of store.subscribe({ after: 0n, signal: stop.signal })) seen.push(...batch);
    })();
    const first = await store.append('s', 'none', [event(0)]);
    await until(() => seen.length === 1);
    standIn.stop();
    const second = event(1);
    await expect(store.append('s', 0n, [second])).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(store.ping()).rejects.toBeInstanceOf(StoreUnavailable);
    await standIn.listen();
    await untilResolved(() => store.append('s', 0n, [second]));
    await untilResolved(() => store.ping());
    expect(await store.append('s', 'none', [{ ...event(0), id: seen[0]?.id ?? '' }])).toEqual(first);
    await until(() => seen.length === 2);
    stop.abort();
    await following;
    expect(seen.map(({ data }) => data['index'])).toEqual([0, 1]);
  });

  it('says that it is unavailable when the server is not ready', async () => {
    standIn.failNextAppend('Server Is Not Ready');
    const one = event(0);
    await expect(store.append('s', 'none', [one])).rejects.toBeInstanceOf(StoreUnavailable);
    expect((await store.append('s', 'none', [one])).revision).toBe(0n);
  });

  it('refuses to open on what is not a connection string, without repeating its password', async () => {
    const opening = KurrentEventStore.open('http://admin:secret@node:2113');
    await expect(opening).rejects.toMatchObject({ name: 'StorageUnusable', code: 'kurrentdb-url-invalid' });
    await expect(opening).rejects.not.toMatchObject({ message: expect.stringContaining('secret') as string });
  });

  it('refuses to open when nothing answers', async () => {
    standIn.stop();
    await expect(KurrentEventStore.open(standIn.url)).rejects.toBeInstanceOf(StoreUnavailable);
  });
});

function event(index: number): NewEvent {
  return { id: randomUUID(), type: 'note-taken', data: { index }, metadata: {} };
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('waited 20 s in vain');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function untilResolved(work: () => Promise<unknown>): Promise<void> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    try {
      await work();
      return;
    } catch (error) {
      if (!(error instanceof StoreUnavailable) || Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

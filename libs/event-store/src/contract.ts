import { randomUUID } from 'node:crypto';
import {
  AppendTooLarge,
  InvalidAppend,
  MAX_APPEND_BYTES,
  StoreUnavailable,
  WrongExpectedRevision,
  type EventStore,
  type ExpectedRevision,
  type JsonObject,
  type NewEvent,
  type RecordedEvent,
  type SubscribeOptions,
} from './port.js';

/** A store under the contract, opened once for the suite. It may hold other events already. */
export interface ContractSubject {
  readonly store: EventStore;
  /** Another connection to the same events, as a second process would have. */
  another(): Promise<EventStore>;
  /** Makes a stream whose only event has this revision, by going around the store's front door. Absent where nobody can. */
  readonly plantRevision?: (stream: string, revision: bigint) => Promise<void>;
  /** How the store writes JSON, which shows in the order of keys. */
  readonly textOf: (data: JsonObject) => string;
  /** Releases what `open` acquired, after the suite has closed the stores. */
  release(): Promise<void>;
}

/** What every adapter of the port must do. Each field of each result is pinned here, so that adapters cannot differ in small things. */
export function describeEventStoreContract(name: string, open: () => Promise<ContractSubject>): void {
  describe(`event store contract: ${name}`, () => {
    let subject: ContractSubject;
    let store: EventStore;
    const others: EventStore[] = [];
    const another = async (): Promise<EventStore> => {
      const opened = await subject.another();
      others.push(opened);
      return opened;
    };

    beforeAll(async () => {
      subject = await open();
      store = subject.store;
    });
    afterAll(async () => {
      for (const opened of [store, ...others]) await opened?.close();
      await subject?.release();
    });

    describe('append', () => {
      it('answers the first append with the place of its last event, and gives every field back', async () => {
        const stream = fresh('first');
        const events = [event({ title: '가' }, { type: 'plan-drafted' }), event({ title: '나' }, { type: 'plan-submitted' })];
        const before = Date.now();
        const receipt = await store.append(stream, 'none', events);
        expect(receipt).toEqual({ stream, revision: 1n, position: receipt.position });
        expect(typeof receipt.position).toBe('bigint');
        const recorded = await collect(store.readStream(stream));
        expect(recorded).toEqual(
          events.map((each, index) => ({
            id: each.id,
            type: each.type,
            data: each.data,
            metadata: each.metadata,
            stream,
            revision: BigInt(index),
            position: expect.any(BigInt) as bigint,
            recordedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3,6}Z$/) as string,
          })),
        );
        expect(recorded[0]?.position).toBeGreaterThan(0n);
        expect(recorded[1]?.position).toBeGreaterThan(recorded[0]?.position ?? 0n);
        expect(recorded[1]?.position).toBe(receipt.position);
        for (const { recordedAt } of recorded) {
          expect(Date.parse(recordedAt)).toBeGreaterThan(before - 10_000);
          expect(Date.parse(recordedAt)).toBeLessThan(Date.now() + 10_000);
        }
      });

      it('goes on at the revision that was expected, with a higher position', async () => {
        const stream = fresh('second');
        const first = await store.append(stream, 'none', [event()]);
        const second = await store.append(stream, 0n, [event(), event()]);
        expect(second).toEqual({ stream, revision: 2n, position: second.position });
        expect(second.position).toBeGreaterThan(first.position);
      });

      // The table of a server that does it right: expectation × where the stream is.
      const AT_TWO = [event(), event(), event()];
      for (const { expected, missing, atTwo } of [
        { expected: 'any', missing: 'ok', atTwo: 'ok' },
        { expected: 'none', missing: 'ok', atTwo: 'refused' },
        { expected: 0n, missing: 'refused', atTwo: 'refused' },
        { expected: 1n, missing: 'refused', atTwo: 'refused' },
        { expected: 2n, missing: 'refused', atTwo: 'ok' },
        { expected: 3n, missing: 'refused', atTwo: 'refused' },
        { expected: 2n ** 62n, missing: 'refused', atTwo: 'refused' },
        { expected: -1n, missing: 'refused', atTwo: 'refused' },
      ] as const) {
        it(`expecting ${expected}: ${missing} on a missing stream, ${atTwo} on one at revision 2`, async () => {
          for (const state of ['missing', 'atTwo'] as const) {
            const stream = fresh(`table-${state}`);
            const last = state === 'atTwo' ? 2n : -1n;
            if (state === 'atTwo') await store.append(stream, 'none', AT_TWO);
            const attempt = store.append(stream, expected, [event()]);
            if ({ missing, atTwo }[state] === 'ok') {
              expect((await attempt).revision).toBe(last + 1n);
            } else {
              await expectConflict(attempt, stream, expected, state === 'atTwo' ? 2n : 'none');
              expect(await revisions(stream)).toEqual(state === 'atTwo' ? [0n, 1n, 2n] : []);
            }
          }
        });
      }

      it('gives a retry with the same ids the first receipt and writes nothing, also after others went on', async () => {
        for (const expected of ['none', 'any', 0n] as const) {
          const stream = fresh('retry');
          if (expected === 0n) await store.append(stream, 'none', [event()]);
          const batch = [event(), event()];
          const receipt = await store.append(stream, expected, batch);
          expect(await store.append(stream, expected, batch)).toEqual(receipt);
          await store.append(stream, receipt.revision, [event()]);
          const before = await revisions(stream);
          expect(await store.append(stream, expected, batch)).toEqual(receipt);
          expect(await revisions(stream)).toEqual(before);
        }
      });

      it('takes an id in capitals for the same id', async () => {
        const stream = fresh('capitals');
        const one = event();
        const receipt = await store.append(stream, 'none', [{ ...one, id: one.id.toUpperCase() }]);
        expect(await store.append(stream, 'none', [one])).toEqual(receipt);
        expect((await collect(store.readStream(stream))).map(({ id }) => id)).toEqual([one.id]);
      });

      it('gives concurrent sendings of the same append one receipt', async () => {
        const stream = fresh('twice');
        const batch = [event(), event()];
        const receipts = await Promise.all(Array.from({ length: 8 }, () => store.append(stream, 'none', batch)));
        for (const receipt of receipts) expect(receipt).toEqual({ stream, revision: 1n, position: receipts[0]?.position });
        expect(await revisions(stream)).toEqual([0n, 1n]);
      });

      it('refuses a batch of which only a part was recorded before', async () => {
        for (const expected of ['none', 'any'] as const) {
          const stream = fresh('part');
          const known = event();
          await store.append(stream, 'none', [known]);
          await expectConflict(store.append(stream, expected, [known, event()]), stream, expected, 0n);
          expect(await revisions(stream)).toEqual([0n]);
        }
      });

      it('takes the same id in another stream for another event', async () => {
        const [one, two] = [fresh('left'), fresh('right')];
        const shared = event();
        await store.append(one, 'none', [shared]);
        expect((await store.append(two, 'none', [shared])).revision).toBe(0n);
        expect(await revisions(two)).toEqual([0n]);
      });

      it('answers an empty append with the end of the stream, and writes nothing', async () => {
        const stream = fresh('empty');
        expect(await store.append(stream, 'any', [])).toEqual({ stream, revision: -1n, position: 0n });
        expect(await store.append(stream, 'none', [])).toEqual({ stream, revision: -1n, position: 0n });
        const receipt = await store.append(stream, 'none', [event(), event()]);
        expect(await store.append(stream, 'any', [])).toEqual(receipt);
        expect(await store.append(stream, 1n, [])).toEqual(receipt);
        await expectConflict(store.append(stream, 0n, []), stream, 0n, 1n);
        await expectConflict(store.append(stream, 'none', []), stream, 'none', 1n);
        expect(await revisions(stream)).toEqual([0n, 1n]);
      });

      it('records all events of an append or none', async () => {
        const stream = fresh('batch');
        const batch = Array.from({ length: 300 }, (_, index) => event({ index }));
        const receipt = await store.append(stream, 'none', batch);
        expect(receipt.revision).toBe(299n);
        await expectConflict(store.append(stream, 'none', [event(), event()]), stream, 'none', 299n);
        const recorded = await collect(store.readStream(stream));
        expect(recorded.map(({ id }) => id)).toEqual(batch.map(({ id }) => id));
        expect(recorded.map(({ revision }) => revision)).toEqual(batch.map((_, index) => BigInt(index)));
      });

      it('lets one of a hundred racers win and tells the others where the stream is', async () => {
        const stream = fresh('race');
        const rival = await another();
        const outcomes = await Promise.allSettled(
          Array.from({ length: 100 }, (_, index) => (index % 2 ? store : rival).append(stream, 'none', [event({ index })])),
        );
        const won = outcomes.filter((outcome) => outcome.status === 'fulfilled');
        expect(won.map(({ value }) => value.revision)).toEqual([0n]);
        for (const outcome of outcomes) {
          if (outcome.status === 'fulfilled') continue;
          expect(outcome.reason).toBeInstanceOf(WrongExpectedRevision);
          expect(outcome.reason).toMatchObject({ stream, expected: 'none', actual: 0n });
        }
        expect(await revisions(stream)).toEqual([0n]);
      });

      it('takes many appends in one tick, and a refused one among them harms no other', async () => {
        const streams = Array.from({ length: 120 }, (_, index) => fresh(`tick-${index}`));
        const outcomes = await Promise.allSettled(
          streams.map((stream, index) => store.append(stream, index % 3 === 0 ? 5n : 'none', [event()])),
        );
        expect(outcomes.map(({ status }) => status)).toEqual(
          streams.map((_, index) => (index % 3 === 0 ? 'rejected' : 'fulfilled')),
        );
        for (const [index, stream] of streams.entries()) expect(await revisions(stream)).toEqual(index % 3 === 0 ? [] : [0n]);
      });

      it('shows an append to every reader as soon as it is acknowledged', async () => {
        const stream = fresh('own-write');
        const reader = await another();
        for (let revision = 0n; revision < 20n; revision++) {
          const receipt = await store.append(stream, revision === 0n ? 'none' : revision - 1n, [event()]);
          const [newest] = await collect(reader.readStream(stream, { direction: 'backwards', limit: 1 }));
          expect(newest).toMatchObject({ revision, position: receipt.position });
          expect(await reader.head()).toBe(receipt.position);
        }
      });

      it('refuses 15 MiB with a typed error that says how much is allowed, and writes nothing', async () => {
        const stream = fresh('large');
        const attempt = store.append(stream, 'none', [event(), event({ text: 'x'.repeat(15 * 1024 * 1024) })]);
        const error = await rejection(attempt);
        expect(error).toBeInstanceOf(AppendTooLarge);
        expect(error).toMatchObject({ name: 'AppendTooLarge', stream, limit: MAX_APPEND_BYTES });
        expect((error as AppendTooLarge).bytes).toBeGreaterThan(15 * 1024 * 1024);
        expect(await revisions(stream)).toEqual([]);
      });

      it('takes an append of exactly the allowed bytes, counted as UTF-8, and not one more', async () => {
        const stream = fresh('limit');
        const frame = Buffer.byteLength(JSON.stringify({ text: '' })) + Buffer.byteLength('{}');
        const korean = '가'.repeat(1_000); // three bytes each
        const filling = (bytes: number): string => korean + 'x'.repeat(bytes - frame - 3_000);
        const exact = { ...event({ text: filling(MAX_APPEND_BYTES) }), metadata: {} };
        const above = { ...event({ text: filling(MAX_APPEND_BYTES + 1) }), metadata: {} };
        expect(await rejection(store.append(stream, 'none', [above]))).toMatchObject({ bytes: MAX_APPEND_BYTES + 1 });
        await store.append(stream, 'none', [exact]);
        const [recorded] = await collect(store.readStream(stream));
        expect(recorded?.data).toEqual(exact.data);
      });

      const invalid: readonly (readonly [string, string, readonly NewEvent[]])[] = [
        ['an empty stream name', '', [event()]],
        ['a blank stream name', ' ', [event()]],
        ['a reserved stream name', '$consultation', [event()]],
        ['the metadata of a stream', '$$consultation-1', [event()]],
        ['a stream name with a space', 'consultation 1', [event()]],
        ['a stream name with U+0000', 'consultation-\0', [event()]],
        ['a stream name with half a character', 'consultation-\ud83d', [event()]],
        ['a stream name that is too long', `c-${'x'.repeat(255)}`, [event()]],
        ['an id that is not a UUID', 'contract-invalid', [{ ...event(), id: '42' }]],
        ['the same id twice', 'contract-invalid', Array<NewEvent>(2).fill(event())],
        ['an empty type', 'contract-invalid', [{ ...event(), type: '' }]],
        ['a reserved type', 'contract-invalid', [{ ...event(), type: '$metadata' }]],
        ['metadata that is not strings', 'contract-invalid', [{ ...event(), metadata: { schema: 1 as unknown as string } }]],
        ['metadata that is nested', 'contract-invalid', [{ ...event(), metadata: { by: {} as unknown as string } }]],
        ['a reserved metadata key', 'contract-invalid', [{ ...event(), metadata: { $causedBy: 'x' } }]],
        ['data that is not an object', 'contract-invalid', [{ ...event(), data: [] as unknown as JsonObject }]],
      ];
      for (const [what, stream, events] of invalid) {
        it(`refuses ${what}`, async () => {
          const error = await rejection(store.append(stream, 'any', [event(), ...events]));
          expect(error).toBeInstanceOf(InvalidAppend);
          expect(error).toMatchObject({ name: 'InvalidAppend' });
          expect(await revisions(stream)).toEqual([]);
        });
      }
    });

    describe('content', () => {
      const texts = {
        korean: '상호운용성 사전협의',
        emoji: '🏛️👩🏽‍⚖️',
        nul: 'a\u0000b',
        cancel: '\u0018',
        latin: '\u0118',
        half: '\ud83d',
        separators: '\u2028\u2029',
        quotes: `"'\\/{}\n\r\t`,
      };

      it('keeps every character of data and metadata', async () => {
        const stream = fresh('text');
        await store.append(stream, 'none', [
          { ...event({ ...texts, nested: { texts: Object.values(texts) } }), metadata: texts },
        ]);
        const [recorded] = await collect(store.readStream(stream));
        expect(recorded?.data).toEqual({ ...texts, nested: { texts: Object.values(texts) } });
        expect(recorded?.metadata).toEqual(texts);
      });

      it('keeps the very JSON: order of keys as the store writes it, numbers, empty and deep values', async () => {
        const stream = fresh('json');
        const data: JsonObject = {
          z: 1,
          a: [0.1, 1e21, 5e-324, Number.MAX_SAFE_INTEGER, -1],
          '': null,
          empty: {},
          none: [],
          deep: { b: { a: [[{ yes: true }]] } },
        };
        await store.append(stream, 'none', [event(data)]);
        const [recorded] = await collect(store.readStream(stream));
        expect(recorded?.data).toEqual(data);
        expect(JSON.stringify(recorded?.data)).toBe(subject.textOf(data));
      });

      it('keeps empty data and empty metadata', async () => {
        const stream = fresh('bare');
        await store.append(stream, 'none', [{ ...event({}), metadata: {} }]);
        expect(await collect(store.readStream(stream))).toMatchObject([{ data: {}, metadata: {} }]);
      });

      it('takes streams and types in any script', async () => {
        const stream = fresh('협의-🏛️');
        await store.append(stream, 'none', [event({}, { type: '계획서-제출됨' })]);
        expect(await collect(store.readStream(stream))).toMatchObject([{ stream, type: '계획서-제출됨', revision: 0n }]);
      });
    });

    describe('read a stream', () => {
      const stream = fresh('ten');
      beforeAll(async () => {
        await store.append(
          stream,
          'none',
          Array.from({ length: 10 }, (_, index) => event({ index })),
        );
      });

      it('gives nothing for a stream that does not exist, either way', async () => {
        expect(await collect(store.readStream(fresh('missing')))).toEqual([]);
        expect(await collect(store.readStream(fresh('missing'), { direction: 'backwards' }))).toEqual([]);
        expect(await collect(store.readStream(fresh('missing'), { from: 5n, limit: 1 }))).toEqual([]);
      });

      for (const [options, expected] of [
        [{}, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
        [{ from: 7n }, [7, 8, 9]],
        [{ from: 3n, limit: 2 }, [3, 4]],
        [{ limit: 1 }, [0]],
        [{ limit: 0 }, []],
        [{ from: 9n }, [9]],
        [{ from: 10n }, []],
        [{ from: 2n ** 63n }, []],
        [{ from: -5n, limit: 1 }, [0]],
        [{ direction: 'backwards' }, [9, 8, 7, 6, 5, 4, 3, 2, 1, 0]],
        [{ direction: 'backwards', limit: 3 }, [9, 8, 7]],
        [{ direction: 'backwards', from: 2n }, [2, 1, 0]],
        [{ direction: 'backwards', from: 5n, limit: 2 }, [5, 4]],
        [{ direction: 'backwards', from: 2n ** 63n, limit: 1 }, [9]],
        [{ direction: 'backwards', from: -1n }, []],
      ] as const) {
        it(`reads ${describeOptions(options)}`, async () => {
          const recorded = await collect(store.readStream(stream, options));
          expect(recorded.map(({ data }) => data['index'])).toEqual(expected);
          expect(recorded.map(({ revision }) => revision)).toEqual(expected.map(BigInt));
        });
      }

      it('hides the streams of the store itself', async () => {
        for (const name of ['$streams', '$$contract', '$all', '']) expect(await collect(store.readStream(name))).toEqual([]);
      });

      it('lets two readers go their own way, and one leave early', async () => {
        const [one, two] = [store.readStream(stream)[Symbol.asyncIterator](), store.readStream(stream)[Symbol.asyncIterator]()];
        await one.next();
        expect((await two.next()).value).toMatchObject({ revision: 0n });
        expect((await one.next()).value).toMatchObject({ revision: 1n });
        await one.return?.();
        expect((await one.next()).done).toBe(true);
        expect((await two.next()).value).toMatchObject({ revision: 1n });
        await two.return?.();
      });

      it('counts revisions beyond 2^53 exactly', async () => {
        if (!subject.plantRevision) {
          // Only the server's owner could make such a stream; the stand-in and PostgreSQL show that the adapters keep every digit.
          console.warn(`${name}: revisions beyond 2^53 were not shown, because no client can plant one`);
          return;
        }
        const far = fresh('far');
        const last = 2n ** 53n + 1n; // the first whole number that a double cannot hold
        await subject.plantRevision(far, last);
        await expectConflict(store.append(far, last - 1n, [event()]), far, last - 1n, last);
        expect(await store.append(far, last, [event()])).toMatchObject({ stream: far, revision: last + 1n });
        expect(await revisions(far)).toEqual([last, last + 1n]);
        expect(await collect(store.readStream(far, { from: last + 1n }))).toMatchObject([{ revision: last + 1n }]);
      });
    });

    describe('read everything', () => {
      it('gives all streams in the order of their acknowledgement, after a position', async () => {
        const start = await store.head();
        const receipts = [];
        for (const part of ['a', 'b', 'a2', 'c']) receipts.push(await store.append(fresh(part), 'none', [event(), event()]));
        const recorded = await collect(store.readAll({ after: start }));
        expect(recorded.map(({ stream }) => stream)).toEqual(receipts.flatMap(({ stream }) => [stream, stream]));
        expectStrictlyIncreasing(recorded.map(({ position }) => position));
        expect(recorded.filter((_, index) => index % 2).map(({ position }) => position)).toEqual(
          receipts.map(({ position }) => position),
        );
        expect(await collect(store.readStream(receipts[1]?.stream ?? ''))).toEqual(recorded.slice(2, 4));
        expect(await collect(store.readAll({ after: recorded[5]?.position ?? 0n }))).toEqual(recorded.slice(6));
        expect(await collect(store.readAll({ after: start, limit: 3 }))).toEqual(recorded.slice(0, 3));
        expect(await collect(store.readAll({ after: start, limit: 0 }))).toEqual([]);
        expect(await collect(store.readAll({ after: await store.head() }))).toEqual([]);
        expect(await collect(store.readAll({ direction: 'backwards', limit: 3 }))).toEqual(recorded.slice(-3).reverse());
        const fourth = recorded[3]?.position ?? 0n;
        expect(await collect(store.readAll({ direction: 'backwards', after: fourth, limit: 3 }))).toEqual(
          recorded.slice(0, 3).reverse(),
        );
        expect(await collect(store.readAll({ direction: 'backwards', after: 0n }))).toEqual([]);
        expect(recorded.map(({ recordedAt }) => recordedAt)).toEqual(recorded.map(({ recordedAt }) => recordedAt).sort());
      });

      it('says where the newest event is', async () => {
        const receipt = await store.append(fresh('head'), 'none', [event(), event()]);
        expect(await store.head()).toBe(receipt.position);
      });

      it('hides the events of the store itself', async () => {
        await store.append(fresh('visible'), 'none', [event()]);
        for await (const { stream, type } of store.readAll({ limit: 2_000 })) {
          expect([stream.startsWith('$'), type.startsWith('$')]).toEqual([false, false]);
        }
      });

      it('reads long logs completely and in order, both ways', async () => {
        const start = await store.head();
        const stream = fresh('long');
        for (let batch = 0; batch < 5; batch++) {
          await store.append(
            stream,
            'any',
            Array.from({ length: 500 }, (_, index) => event({ index: batch * 500 + index })),
          );
        }
        const indexes = Array.from({ length: 2_500 }, (_, index) => index);
        const filter = { streamPrefixes: [stream] };
        const seen = async (events: AsyncIterable<RecordedEvent>) => (await collect(events)).map(({ data }) => data['index']);
        expect(await seen(store.readStream(stream))).toEqual(indexes);
        expect(await seen(store.readStream(stream, { direction: 'backwards' }))).toEqual([...indexes].reverse());
        expect(await seen(store.readAll({ after: start, filter }))).toEqual(indexes);
        expect(await seen(store.readAll({ direction: 'backwards', limit: 2_500, filter }))).toEqual([...indexes].reverse());
        expect(await seen(store.readAll({ after: start, filter, limit: 1_234 }))).toEqual(indexes.slice(0, 1_234));
      });
    });

    describe('filter', () => {
      let family: string;
      let start: bigint;
      beforeEach(async () => {
        family = fresh('family');
        start = await store.head();
        for (const [stream, type] of [
          ['-a1', 'plan-drafted'],
          ['-a2', 'plan-submitted'],
          ['-b', 'planet-found'],
          ['-a%', 'plan.drafted'],
          ['-axx', 'xplan-drafted'],
        ] as const) {
          await store.append(family + stream, 'none', [event({ stream }, { type: type + family })]);
        }
        await store.append(`x${family}`, 'none', [event({ stream: 'x' }, { type: 'other' })]);
      });

      for (const [what, filterFor, expected] of [
        ['one stream prefix', (own: string) => ({ streamPrefixes: [`${own}-a`] }), ['-a1', '-a2', '-a%', '-axx']],
        ['alternatives of stream prefixes', (own: string) => ({ streamPrefixes: [`${own}-b`, `${own}-a1`] }), ['-a1', '-b']],
        [
          'a prefix from the start of the name only',
          (own: string) => ({ streamPrefixes: [own] }),
          ['-a1', '-a2', '-b', '-a%', '-axx'],
        ],
        ['wildcards of SQL as they are', (own: string) => ({ streamPrefixes: [`${own}-a%`, `${own}__`] }), ['-a%']],
        ['one type prefix', () => ({ typePrefixes: ['plan-'] }), ['-a1', '-a2']],
        ['alternatives of type prefixes', () => ({ typePrefixes: ['plan-d', 'planet'] }), ['-a1', '-b']],
        ['wildcards of regular expressions as they are', () => ({ typePrefixes: ['plan.', '.*drafted'] }), ['-a%']],
        ['what nothing fits', (own: string) => ({ streamPrefixes: [`${own}-zzz`] }), []],
        ['an empty list, which lets nothing pass', () => ({ streamPrefixes: [] }), []],
      ] as const) {
        it(`reads by ${what}, forwards, backwards and limited`, async () => {
          const filter = filterFor(family);
          const seen = async (events: AsyncIterable<RecordedEvent>) =>
            (await collect(events)).filter(({ position }) => position > start).map(({ data }) => data['stream']);
          expect(await seen(store.readAll({ after: start, filter }))).toEqual(expected);
          expect(await seen(store.readAll({ after: start, filter, limit: 2 }))).toEqual(expected.slice(0, 2));
          expect(await seen(store.readAll({ direction: 'backwards', filter, limit: expected.length }))).toEqual(
            [...expected].reverse(),
          );
        });

        it(`subscribes by ${what}`, async () => {
          const filter: { streamPrefixes?: readonly string[]; typePrefixes?: readonly string[] } = filterFor(family);
          const marker = fresh('marker');
          const seen: unknown[] = [];
          const stop = new AbortController();
          const done = follow({ after: start, filter: filterFor(family), signal: stop.signal }, (recorded) =>
            seen.push(recorded.data['stream']),
          );
          if (expected.length > 0) {
            // a live one at the end shows that the subscription is past all that it should not give
            const stream = filter.streamPrefixes ? `${filter.streamPrefixes[0]}${marker}` : marker;
            await store.append(stream, 'none', [event({ stream: marker }, { type: `${filter.typePrefixes?.[0] ?? 'any'}x` })]);
            await until(() => seen.includes(marker));
            expect(seen).toEqual([...expected, marker]);
          } else {
            await store.append(marker, 'none', [event()]);
            await new Promise((resolve) => setTimeout(resolve, 300));
            expect(seen).toEqual([]);
          }
          stop.abort();
          await done;
        });
      }
    });

    describe('subscribe', () => {
      it('catches up in order and then follows live, in batches that are neither empty nor too large', async () => {
        const stream = fresh('follow');
        const start = await store.head();
        for (let index = 0; index < 7; index++) await store.append(stream, 'any', [event({ index })]);
        const stop = new AbortController();
        const batches: RecordedEvent[][] = [];
        const done = (async () => {
          for await (const batch of store.subscribe({ after: start, batchSize: 3, signal: stop.signal }))
            batches.push([...batch]);
        })();
        await until(() => batches.flat().length === 7);
        for (let index = 7; index < 10; index++) await store.append(stream, 'any', [event({ index })]);
        await until(() => batches.flat().length === 10);
        stop.abort();
        await done;
        expect(batches.flat()).toEqual(await collect(store.readStream(stream)));
        for (const batch of batches) expect([1, 2, 3]).toContain(batch.length);
      });

      it('gives what is stored as text, too: the same events, and JSON that says the same', async () => {
        const stream = fresh('as-text');
        const data = { 'b"': '상호 "운용"\n\u0000\ud83d🏛️', a: [1e21, -0.5, {}, [], null, true] };
        await store.append(stream, 'none', [event(data), { ...event({}), metadata: { z: '\\', actor: 'p-1' } }]);
        const stop = new AbortController();
        const seen: RecordedEvent[] = [];
        for await (const batch of store.subscribeToText({
          after: 0n,
          filter: { streamPrefixes: [stream] },
          signal: stop.signal,
        })) {
          for (const { text, ...rest } of batch) {
            seen.push({ ...rest, data: JSON.parse(text.data) as JsonObject });
            expect(JSON.parse(text.metadata)).toEqual(rest.metadata);
          }
          if (seen.length === 2) stop.abort();
        }
        expect(seen).toEqual(await collect(store.readStream(stream)));
      });

      it('gives only what comes after the checkpoint', async () => {
        const stream = fresh('after');
        await store.append(stream, 'none', [event({ index: 0 }), event({ index: 1 })]);
        const checkpoint = (await store.append(stream, 1n, [event({ index: 2 })])).position;
        await store.append(stream, 2n, [event({ index: 3 })]);
        const seen: unknown[] = [];
        const stop = new AbortController();
        const done = follow({ after: checkpoint, filter: { streamPrefixes: [stream] }, signal: stop.signal }, ({ data }) =>
          seen.push(data['index']),
        );
        await until(() => seen.length > 0);
        await store.append(stream, 3n, [event({ index: 4 })]);
        await until(() => seen.length > 1);
        expect(seen).toEqual([3, 4]);
        stop.abort();
        await done;
      });

      it('loses and repeats nothing across the switch to live and across resumptions at a checkpoint', async () => {
        const prefix = fresh('switch');
        const filter = { streamPrefixes: [prefix] };
        let checkpoint = await store.head();
        const rival = await another();
        const total = 600;
        const writing = Promise.all(
          [store, rival].map(async (writer, half) => {
            for (let index = half; index < total; index += 2)
              await writer.append(`${prefix}-${index % 7}`, 'any', [event({ index })]);
          }),
        );
        const seen: RecordedEvent[] = [];
        // Resumes often and at odd moments, in catch-up and at the live end alike.
        for (let life = 0; seen.length < total; life++) {
          const stop = new AbortController();
          const enough = seen.length + 1 + ((life * 7) % 40);
          const timer = setTimeout(() => stop.abort(), 2_000);
          for await (const batch of store.subscribe({
            after: checkpoint,
            filter,
            signal: stop.signal,
            batchSize: 1 + (life % 5),
          })) {
            for (const recorded of batch) {
              seen.push(recorded);
              checkpoint = recorded.position;
            }
            if (seen.length >= enough) break;
          }
          clearTimeout(timer);
        }
        await writing;
        expect(new Set(seen.map(({ data }) => data['index'])).size).toBe(total);
        expect(seen).toHaveLength(total);
        expectStrictlyIncreasing(seen.map(({ position }) => position));
      });

      it('gives every subscriber everything, also one that is slow', async () => {
        const prefix = fresh('subscribers');
        const filter = { streamPrefixes: [prefix] };
        const start = await store.head();
        const stop = new AbortController();
        const seen: number[][] = [[], [], []];
        const done = seen.map((list, subscriber) =>
          (async () => {
            for await (const batch of store.subscribe({ after: start, filter, signal: stop.signal, batchSize: 10 })) {
              if (subscriber === 2) await new Promise((resolve) => setTimeout(resolve, 5));
              list.push(...batch.map(({ data }) => Number(data['index'])));
            }
          })(),
        );
        const numbers = Array.from({ length: 150 }, (_, index) => index);
        for (const index of numbers) await store.append(prefix, 'any', [event({ index })]);
        await until(() => seen.every((list) => list.length >= numbers.length));
        expect(seen).toEqual([numbers, numbers, numbers]);
        stop.abort();
        await Promise.all(done);
      });

      it('hears of an append of another process soon', async () => {
        const stream = fresh('elsewhere');
        const rival = await another();
        let heard = 0;
        const stop = new AbortController();
        const done = follow({ after: await store.head(), filter: { streamPrefixes: [stream] }, signal: stop.signal }, () => {
          heard = Date.now();
        });
        await new Promise((resolve) => setTimeout(resolve, 250)); // at rest at the live end
        await rival.append(stream, 'none', [event()]);
        const acknowledged = Date.now();
        await until(() => heard > 0);
        expect(heard - acknowledged).toBeLessThan(2_000); // some 100 ms on a machine that is not busy
        stop.abort();
        await done;
      });

      it('ends quietly when it is aborted: before it begins, between batches and while it waits', async () => {
        expect(await lengthOf(store.subscribe({ after: 0n, signal: AbortSignal.abort() }))).toBe(0);

        const stream = fresh('abort');
        await store.append(stream, 'none', [event(), event()]);
        const between = new AbortController();
        let batches = 0;
        for await (const batch of store.subscribe({ after: 0n, batchSize: 1, signal: between.signal })) {
          batches += batch.length;
          between.abort();
        }
        expect(batches).toBe(1);

        const waiting = new AbortController();
        const done = lengthOf(store.subscribe({ after: await store.head(), signal: waiting.signal }));
        await new Promise((resolve) => setTimeout(resolve, 150));
        waiting.abort();
        expect(await done).toBe(0);
      });
    });

    describe('close', () => {
      it('answers a ping while it is open', async () => {
        expect(await store.ping()).toBeUndefined();
      });

      it('ends subscriptions, finishes appends under way and refuses new ones', async () => {
        const mine = await another();
        const stream = fresh('closing');
        const waiting = lengthOf(mine.subscribe({ after: await mine.head(), filter: { streamPrefixes: [`${stream}-none`] } }));
        const appending = mine.append(stream, 'none', [event()]);
        await new Promise((resolve) => setTimeout(resolve, 100));
        await mine.close();
        await mine.close();
        expect(await appending).toMatchObject({ revision: 0n });
        expect(await waiting).toBe(0);
        expect(await rejection(mine.append(stream, 0n, [event()]))).toBeInstanceOf(StoreUnavailable);
        expect(await rejection(mine.ping())).toBeInstanceOf(StoreUnavailable);
        expect(await revisions(stream)).toEqual([0n]);
      });
    });

    async function revisions(stream: string): Promise<bigint[]> {
      return (await collect(store.readStream(stream))).map(({ revision }) => revision);
    }

    async function follow(options: SubscribeOptions, handle: (event: RecordedEvent) => void): Promise<void> {
      for await (const batch of store.subscribe(options)) batch.forEach(handle);
    }
  });
}

/** A stream name that no other test, and no earlier run against the same server, has used. */
function fresh(part: string): string {
  return `contract-${randomUUID().slice(0, 8)}-${part}`;
}

function event(data: JsonObject = { note: '내용' }, { type = 'note-taken' } = {}): NewEvent {
  return { id: randomUUID(), type, data, metadata: { actor: 'person-1', schema: '1' } };
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

async function lengthOf(items: AsyncIterable<unknown>): Promise<number> {
  return (await collect(items)).length;
}

async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect('a rejection').toBe('a result'),
    (error: unknown) => error,
  );
}

async function expectConflict(
  attempt: Promise<unknown>,
  stream: string,
  expected: ExpectedRevision,
  actual: 'none' | bigint,
): Promise<void> {
  const error = await rejection(attempt);
  expect(error).toBeInstanceOf(WrongExpectedRevision);
  expect(error).toMatchObject({
    name: 'WrongExpectedRevision',
    stream,
    expected,
    actual,
    message: `${stream}: expected revision ${expected}, is ${actual}`,
  });
}

function expectStrictlyIncreasing(positions: readonly bigint[]): void {
  for (const [index, position] of positions.entries()) {
    if (index > 0) expect(position).toBeGreaterThan(positions[index - 1] ?? position);
  }
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('waited 20 s in vain');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

function describeOptions(options: Readonly<Record<string, unknown>>): string {
  return (
    Object.entries(options).reduce((text, [key, value]) => `${text}${text && ', '}${key} ${String(value)}`, '') || 'all of it'
  );
}

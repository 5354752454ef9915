import { randomUUID } from 'node:crypto';
import {
  Server,
  ServerCredentials,
  status,
  type sendUnaryData,
  type ServerDuplexStream,
  type ServerUnaryCall,
  type ServerWritableStream,
} from '@grpc/grpc-js';
import * as features from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/serverfeatures_pb.js';
import { ServerFeaturesService } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/serverfeatures_grpc_pb.js';
import * as shared from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb.js';
import { Status } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/status_pb.js';
import { StreamsService } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_grpc_pb.js';
import * as streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import { Any } from 'google-protobuf/google/protobuf/any_pb.js';
import { Empty } from 'google-protobuf/google/protobuf/empty_pb.js';

const MAX_APPEND_BYTES = 1024 * 1024;

interface StoredEvent {
  readonly id: string;
  readonly stream: string;
  readonly revision: bigint;
  readonly position: bigint;
  readonly type: string;
  readonly contentType: string;
  readonly created: bigint;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

type Proposal = Pick<StoredEvent, 'id' | 'type' | 'contentType' | 'data' | 'metadata'>;

/**
 * STAND-IN: this is not KurrentDB. It speaks the part of KurrentDB's protocol that our adapter uses, on the protocol files of the
 * official client, so that the client and the adapter run for real where no server can. It keeps everything in memory and in one
 * process. What only a server can show (durability, clusters, elections, TLS, access control) it does not show.
 */
export class KurrentStandIn {
  readonly #log: StoredEvent[] = [];
  readonly #streams = new Map<string, StoredEvent[]>();
  readonly #followers = new Set<{ give(event: StoredEvent): void; drop(): void }>();
  #position = 0n;
  #server: Server | undefined;
  #port = 0;
  #failures: ((resp: streams.BatchAppendResp) => void)[] = [];

  static async start(): Promise<KurrentStandIn> {
    const standIn = new KurrentStandIn();
    // a real log begins with events of the server's own, and has more of them in between
    standIn.#record('$settings', { ...systemEvent('$settings') });
    standIn.#record('$$contract', { ...systemEvent('$metadata') });
    await standIn.listen();
    return standIn;
  }

  get url(): string {
    return `kurrentdb://127.0.0.1:${this.#port}?tls=false`;
  }

  /** Starts, or starts again on the same port with everything that was recorded. */
  async listen(): Promise<void> {
    const server = new Server({ 'grpc.max_receive_message_length': 20 * 1024 * 1024 });
    server.addService(StreamsService, {
      read: (call: ServerWritableStream<streams.ReadReq, streams.ReadResp>) => this.#read(call),
      batchAppend: (call: ServerDuplexStream<streams.BatchAppendReq, streams.BatchAppendResp>) => this.#batchAppend(call),
      append: unimplemented,
      delete: unimplemented,
      tombstone: unimplemented,
    });
    server.addService(ServerFeaturesService, {
      getSupportedMethods: (
        _: ServerUnaryCall<shared.Empty, features.SupportedMethods>,
        answer: sendUnaryData<features.SupportedMethods>,
      ) => {
        const method = new features.SupportedMethod();
        method.setServiceName('event_store.client.streams.Streams');
        method.setMethodName('BatchAppend');
        const methods = new features.SupportedMethods();
        methods.setEventStoreServerVersion('25.1.0');
        methods.addMethods(method);
        answer(null, methods);
      },
    });
    this.#port = await new Promise<number>((resolve, reject) =>
      server.bindAsync(`127.0.0.1:${this.#port}`, ServerCredentials.createInsecure(), (error, port) =>
        error ? reject(error) : resolve(port),
      ),
    );
    this.#server = server;
  }

  /** Like a server that is killed: every call breaks off. */
  stop(): void {
    this.#server?.forceShutdown();
    this.#server = undefined;
    this.#followers.clear();
  }

  /** Ends every subscription as a server does that hands over to another. */
  dropSubscriptions(): number {
    const dropped = this.#followers.size;
    for (const follower of [...this.#followers]) follower.drop();
    return dropped;
  }

  /** Lets the next append fail as a server does that is not ready, without writing. */
  failNextAppend(message: string): void {
    this.#failures.push((resp) => resp.setError(errorStatus(message, 'google.protobuf.Empty', new Uint8Array())));
  }

  /** Changes or drops (undefined) what is stored, behind everybody's back, as who holds the disk could. */
  tamper(change: (event: StoredEvent) => StoredEvent | undefined): void {
    const changed = this.#log.map(change).filter((event) => event !== undefined);
    this.#log.splice(0, this.#log.length, ...changed);
    for (const [name, events] of this.#streams) {
      events.splice(0, events.length, ...changed.filter(({ stream }) => stream === name));
    }
  }

  plant(stream: string, revision: bigint): void {
    this.#record(stream, { ...systemEvent('planted'), revision });
  }

  #record(stream: string, proposal: Proposal & { readonly revision?: bigint }): StoredEvent {
    const events = this.#streams.get(stream) ?? [];
    this.#streams.set(stream, events);
    // sparse, as positions are bytes in a file
    this.#position += BigInt(100 + proposal.data.length + proposal.metadata.length);
    const event = {
      ...proposal,
      stream,
      revision: proposal.revision ?? (events.at(-1)?.revision ?? -1n) + 1n,
      position: this.#position,
      created: BigInt(Date.now()) * 10_000n,
    };
    events.push(event);
    this.#log.push(event);
    for (const follower of [...this.#followers]) follower.give(event);
    return event;
  }

  #batchAppend(call: ServerDuplexStream<streams.BatchAppendReq, streams.BatchAppendResp>): void {
    const open = new Map<string, { options: streams.BatchAppendReq.Options; proposals: Proposal[] }>();
    call.on('data', (request: streams.BatchAppendReq) => {
      const correlation = request.getCorrelationId()?.getString() || JSON.stringify(request.getCorrelationId()?.toObject());
      const options = request.getOptions();
      if (options) open.set(correlation, { options, proposals: [] });
      const append = open.get(correlation);
      if (!append) return;
      append.proposals.push(...request.getProposedMessagesList().map(proposalOf));
      if (!request.getIsFinal()) return;
      open.delete(correlation);
      const resp = new streams.BatchAppendResp();
      resp.setCorrelationId(request.getCorrelationId());
      resp.setStreamIdentifier(append.options.getStreamIdentifier());
      const fail = this.#failures.shift();
      if (fail) fail(resp);
      else this.#appendTo(nameOf(append.options.getStreamIdentifier()), append.options, append.proposals, resp);
      call.write(resp);
    });
    call.on('end', () => call.end());
    call.on('error', () => undefined); // the client has gone
  }

  #appendTo(
    stream: string,
    options: streams.BatchAppendReq.Options,
    proposals: readonly Proposal[],
    resp: streams.BatchAppendResp,
  ): void {
    const size = proposals.reduce((sum, { data, metadata }) => sum + data.length + metadata.length, 0);
    if (size > MAX_APPEND_BYTES) {
      const detail = new shared.MaximumAppendSizeExceeded();
      detail.setMaxappendsize(MAX_APPEND_BYTES);
      resp.setError(
        errorStatus('Maximum Append Size Exceeded', 'event_store.client.MaximumAppendSizeExceeded', detail.serializeBinary()),
      );
      return;
    }
    const events = this.#streams.get(stream) ?? [];
    const current = events.at(-1)?.revision ?? -1n;
    const outcome = decide(events, current, expectationOf(options), proposals);
    if (outcome === 'refused') {
      const detail = new shared.WrongExpectedVersion();
      if (current < 0n) detail.setCurrentNoStream(new Empty());
      else detail.setCurrentStreamRevision(String(current));
      if (options.hasStreamPosition()) detail.setExpectedStreamPosition(options.getStreamPosition());
      else if (options.hasNoStream()) detail.setExpectedNoStream(new Empty());
      else detail.setExpectedAny(new Empty());
      resp.setError(errorStatus('Wrong Expected Version', 'event_store.client.WrongExpectedVersion', detail.serializeBinary()));
      return;
    }
    let last: StoredEvent | undefined;
    if (outcome === 'new') {
      for (const proposal of proposals) last = this.#record(stream, proposal);
      this.#record('$stats-127.0.0.1:2113', systemEvent('$statsCollected'));
    } else last = outcome;
    const success = new streams.BatchAppendResp.Success();
    success.setCurrentRevision(String(last?.revision ?? current));
    const position = new shared.AllStreamPosition();
    position.setCommitPosition(String(last?.position ?? 0n));
    position.setPreparePosition(String(last?.position ?? 0n));
    success.setPosition(position);
    resp.setSuccess(success);
  }

  #read(call: ServerWritableStream<streams.ReadReq, streams.ReadResp>): void {
    const options = call.request.getOptions();
    if (!options) {
      call.emit('error', Object.assign(new Error('options are missing'), { code: status.INVALID_ARGUMENT }));
      return;
    }
    const backwards = options.getReadDirection() === streams.ReadReq.Options.ReadDirection.BACKWARDS;
    const live = options.hasSubscription();
    const fits = predicateOf(options.getFilter());
    let found: readonly StoredEvent[];
    const one = options.getStream();
    const all = options.getAll();
    if (one) {
      const name = nameOf(one.getStreamIdentifier());
      const events = this.#streams.get(name);
      if (!events) {
        const missing = new streams.ReadResp.StreamNotFound();
        missing.setStreamIdentifier(identifier(name));
        const resp = new streams.ReadResp();
        resp.setStreamNotFound(missing);
        call.write(resp);
        call.end();
        return;
      }
      const from = one.hasRevision() ? BigInt(one.getRevision()) : undefined;
      found = events.filter(({ revision }) => from === undefined || (backwards ? revision <= from : revision >= from));
    } else {
      const from = all?.hasPosition() ? BigInt(all.getPosition()?.getCommitPosition() ?? 0) : undefined;
      // the server seeks in a file: only where a record begins
      if (from !== undefined && !this.#log.some(({ position }) => position === from)) {
        const details = 'Trying to read from an invalid position.';
        call.emit('error', Object.assign(new Error(details), { code: status.UNKNOWN, details }));
        return;
      }
      // from a position: a read forwards includes it, a read backwards and a subscription do not
      found = this.#log.filter(
        ({ position }) => from === undefined || (backwards ? position < from : live ? position > from : position >= from),
      );
    }
    found = found.filter(fits);
    if (backwards) found = [...found].reverse();
    if (!live) {
      for (const event of found.slice(0, Number(options.getCount()))) call.write(readResponse(event));
      call.end();
      return;
    }
    const confirmation = new streams.ReadResp.SubscriptionConfirmation();
    confirmation.setSubscriptionId(randomUUID());
    const resp = new streams.ReadResp();
    resp.setConfirmation(confirmation);
    call.write(resp);
    for (const event of found) call.write(readResponse(event));
    const follower = {
      give: (event: StoredEvent) => {
        if (fits(event)) call.write(readResponse(event));
      },
      drop: () => {
        this.#followers.delete(follower);
        call.emit('error', Object.assign(new Error('the server is stopping'), { code: status.UNAVAILABLE }));
      },
    };
    this.#followers.add(follower);
    call.on('cancelled', () => {
      this.#followers.delete(follower);
      call.end();
    });
  }
}

type Expectation = 'any' | 'exists' | bigint;

function expectationOf(options: streams.BatchAppendReq.Options): Expectation {
  if (options.hasStreamPosition()) return BigInt(options.getStreamPosition());
  if (options.hasNoStream()) return -1n;
  return options.hasStreamExists() ? 'exists' : 'any';
}

/**
 * KurrentDB's rule: below the stream's end an append is a retry when its ids stand right where it would have put them; with no
 * expectation it is one when its first id is known and the others follow it. At the end it is new, whatever its ids are.
 */
function decide(
  events: readonly StoredEvent[],
  current: bigint,
  expected: Expectation,
  proposals: readonly Proposal[],
): 'new' | 'refused' | StoredEvent {
  if (expected === 'exists' && current < 0n) return 'refused';
  let first: bigint;
  if (typeof expected === 'bigint') {
    if (expected === current) return 'new';
    if (expected > current) return 'refused';
    first = expected + 1n;
  } else {
    const known = events.find(({ id }) => id === proposals[0]?.id);
    if (!known) return proposals.some(({ id }) => events.some((event) => event.id === id)) ? 'refused' : 'new';
    first = known.revision;
  }
  const recorded = proposals.map(({ id }, index) =>
    events.find((event) => event.revision === first + BigInt(index) && event.id === id),
  );
  return recorded.every((event) => event !== undefined) ? (recorded.at(-1) ?? 'new') : 'refused';
}

function proposalOf(message: streams.BatchAppendReq.ProposedMessage): Proposal {
  return {
    id: message.getId()?.getString() ?? '',
    type: message.getMetadataMap().get('type') ?? '',
    contentType: message.getMetadataMap().get('content-type') ?? '',
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  };
}

function systemEvent(type: string): Proposal {
  return { id: randomUUID(), type, contentType: 'application/json', data: Buffer.from('{}'), metadata: Buffer.from('{}') };
}

function predicateOf(filter: streams.ReadReq.Options.FilterOptions | undefined): (event: StoredEvent) => boolean {
  if (!filter) return () => true;
  const expression = filter.getStreamIdentifier() ?? filter.getEventType();
  const prefixes = expression?.getPrefixList() ?? [];
  const regex = new RegExp(expression?.getRegex() ?? '');
  return (event) => {
    const text = filter.hasStreamIdentifier() ? event.stream : event.type;
    return prefixes.length > 0 ? prefixes.some((prefix) => text.startsWith(prefix)) : regex.test(text);
  };
}

function readResponse(event: StoredEvent): streams.ReadResp {
  const recorded = new streams.ReadResp.ReadEvent.RecordedEvent();
  const id = new shared.UUID();
  id.setString(event.id);
  recorded.setId(id);
  recorded.setStreamIdentifier(identifier(event.stream));
  recorded.setStreamRevision(String(event.revision));
  recorded.setCommitPosition(String(event.position));
  recorded.setPreparePosition(String(event.position));
  recorded.setData(event.data);
  recorded.setCustomMetadata(event.metadata);
  recorded.getMetadataMap().set('type', event.type).set('content-type', event.contentType).set('created', String(event.created));
  const read = new streams.ReadResp.ReadEvent();
  read.setEvent(recorded);
  read.setCommitPosition(String(event.position));
  const resp = new streams.ReadResp();
  resp.setEvent(read);
  return resp;
}

function errorStatus(message: string, type: string, detail: Uint8Array): Status {
  const details = new Any();
  details.pack(detail, type);
  const error = new Status();
  error.setMessage(message);
  error.setDetails(details);
  return error;
}

function identifier(name: string): shared.StreamIdentifier {
  const result = new shared.StreamIdentifier();
  result.setStreamName(Buffer.from(name));
  return result;
}

const nameOf = (id: shared.StreamIdentifier | undefined): string => Buffer.from(id?.getStreamName_asU8() ?? []).toString();

function unimplemented(_call: unknown, answer?: sendUnaryData<never>): void {
  answer?.({ code: status.UNIMPLEMENTED, message: 'the stand-in does not do this' });
}

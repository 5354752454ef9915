import { Inject, Injectable } from '@nestjs/common';
import { permit, type CommandType, type Principal } from '@sajeon/access';
import type { Actor, Decider, DomainEvent, Stamp } from '@sajeon/domain';
import { readRecorded, schemaOf } from '@sajeon/domain';
import {
  contentHash,
  EventStore,
  WrongExpectedRevision,
  type JsonObject,
  type NewEvent,
  type Receipt,
  type RecordedEvent,
} from '@sajeon/event-store';
import { v5 as uuidv5 } from 'uuid';
import { CommandReused, ConcurrencyConflict } from './errors.js';

/** One kind of stream: `<prefix>-<id>`, and the decider that rules it. */
export interface StreamKind<Command, Event extends DomainEvent, State> {
  readonly prefix: string;
  readonly decider: Decider<Command, Event, State>;
}

/** What travels with a command besides its content. */
export interface Envelope {
  /** UUID. The same id again asks for nothing new and gets the first receipt. */
  readonly commandId: string;
  readonly principal: Principal;
  /** Hash of what was asked, where the command also holds what was looked up for it; the command's own content otherwise. */
  readonly asked?: string | undefined;
  /** Revision the caller decided on, `none` for a stream that is to begin; a newer one refuses the command. Absent: a lost race is decided afresh. */
  readonly expected?: 'none' | bigint | undefined;
  /** Event id that caused the command, when a policy sends it. */
  readonly causationId?: string | undefined;
  /** Id of the whole conversation, e.g. of the HTTP request. */
  readonly correlationId?: string | undefined;
}

export interface Loaded<State> {
  readonly state: State;
  /** Revision of the last event, or `none`. */
  readonly revision: 'none' | bigint;
  readonly events: readonly RecordedEvent[];
}

/** A command as deciders take it: a tag, and who asks when. */
export interface StampedCommand {
  readonly type: CommandType;
  readonly data: Stamp;
}

const ATTEMPTS = 25;
/** Namespace of event ids derived from command ids: a retried append carries the same ids. */
const EVENT_IDS = '6f1b1d5e-4f3c-5a51-9d0b-3a1f7f6f0c11';

/** The only way to write: load, fold, decide, append at the revision that was folded. */
@Injectable()
export class Decisions {
  constructor(@Inject(EventStore) private readonly store: EventStore) {}

  /** @throws WrittenByNewerVersion when the stream has an event that this version does not know */
  async load<C, E extends DomainEvent, S>(kind: StreamKind<C, E, S>, id: string): Promise<Loaded<S>> {
    const events: RecordedEvent[] = [];
    let state = kind.decider.initialState;
    for await (const recorded of this.store.readStream(streamName(kind, id))) {
      events.push(recorded);
      state = kind.decider.evolve(state, decode<E>(recorded));
    }
    return { state, revision: events.at(-1)?.revision ?? 'none', events };
  }

  /** The state after these events of one stream: as of any moment, cut them there. @throws WrittenByNewerVersion */
  fold<C, E extends DomainEvent, S>(kind: StreamKind<C, E, S>, events: readonly RecordedEvent[]): S {
    return events.reduce((state, event) => kind.decider.evolve(state, decode<E>(event)), kind.decider.initialState);
  }

  /**
   * @throws DomainError when a rule or the permission table refuses, ConcurrencyConflict when `expected` is stale, CommandReused,
   *   AppendTooLarge and StoreUnavailable from the store
   */
  async execute<C extends StampedCommand, E extends DomainEvent, S>(
    kind: StreamKind<C, E, S>,
    id: string,
    command: C,
    envelope: Envelope,
  ): Promise<Receipt> {
    const stream = streamName(kind, id);
    permit(command.type, envelope.principal);
    const commandHash = envelope.asked ?? hashOf(command);
    for (let attempt = 1; ; attempt++) {
      const { state, revision, events } = await this.load(kind, id);
      const earlier = events.filter((event) => event.metadata['commandId'] === envelope.commandId);
      const last = earlier.at(-1);
      if (last) {
        if (last.metadata['commandHash'] !== commandHash) throw new CommandReused(envelope.commandId);
        return { stream, revision: last.revision, position: last.position };
      }
      if (envelope.expected !== undefined && envelope.expected !== revision) {
        throw new ConcurrencyConflict(stream, revision === 'none' ? undefined : revision);
      }
      const decided = kind.decider.decide(command, state);
      if (decided.length === 0) {
        return { stream, revision: revision === 'none' ? -1n : revision, position: events.at(-1)?.position ?? 0n };
      }
      try {
        return await this.store.append(stream, revision, encode(decided, command.data.by, commandHash, envelope));
      } catch (error) {
        if (!(error instanceof WrongExpectedRevision)) throw error;
        if (envelope.expected !== undefined || attempt === ATTEMPTS) {
          throw new ConcurrencyConflict(stream, error.actual === 'none' ? undefined : error.actual);
        }
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 5 * attempt));
      }
    }
  }
}

function streamName(kind: { readonly prefix: string }, id: string): string {
  return `${kind.prefix}-${id}`;
}

/** The hash leaves out `at` and who is in a conflict then: a retry is sent at another moment and is still the same command. */
function hashOf(command: StampedCommand): string {
  const content = { ...command.data, at: undefined, ofTheApplicant: undefined };
  return contentHash({ type: command.type, data: content });
}

function encode(events: readonly DomainEvent[], by: Actor, commandHash: string, envelope: Envelope): NewEvent[] {
  return events.map((event, index) => ({
    id: uuidv5(`${envelope.commandId}:${index}`, EVENT_IDS),
    type: event.type,
    // Domain events are plain JSON by construction (`libs/domain` has nothing else); the type system cannot say so.
    data: event.data as JsonObject,
    metadata: {
      schema: String(schemaOf(event.type)),
      commandId: envelope.commandId,
      commandHash,
      actor: by.person,
      agency: by.agency,
      ...(by.successor === undefined ? {} : { successor: by.successor }),
      ...(envelope.principal.delegation === undefined
        ? {}
        : { delegator: envelope.principal.delegation.delegator, delegation: envelope.principal.delegation.id }),
      ...(envelope.causationId === undefined ? {} : { causationId: envelope.causationId }),
      ...(envelope.correlationId === undefined ? {} : { correlationId: envelope.correlationId }),
    },
  }));
}

function decode<E extends DomainEvent>(recorded: RecordedEvent): E {
  // `readRecorded` refuses types that no stream has; that a stream holds its own kind's events is what `execute` guarantees.
  return readRecorded(recorded) as unknown as E;
}

import type { ConsultationCommand, DomainEvent, PreliminaryCommand, ProjectCommand } from '@sajeon/domain';
import type { RecordedEvent } from '@sajeon/event-store';

/** An event as a policy sees it: read into today's shape, with its place in the log. */
export interface Happened {
  readonly event: DomainEvent;
  readonly recorded: RecordedEvent;
  /** The stream's id without its kind. */
  readonly id: string;
}

/** A command that a policy asks for. The host derives its command id from the causing event, so asking twice asks for nothing new. */
export type Reaction = ConsultationReaction | PreliminaryReaction | ProjectReaction;
/** What may wait for its moment. */
export type TimedReaction = ConsultationReaction | ProjectReaction;

/** To a preliminary review, which has no timers: sent at once. */
export interface PreliminaryReaction {
  readonly preliminary: string;
  readonly command: PreliminaryCommand;
}

export interface ConsultationReaction extends Timed {
  readonly consultation: string;
  readonly command: ConsultationCommand;
}

export interface ProjectReaction extends Timed {
  readonly project: string;
  readonly command: ProjectCommand;
}

interface Timed {
  /** The moment (RFC 3339) before which it is not sent; its `at` is then when it is. At once when absent. */
  readonly notBefore?: string;
}

/** What happens automatically. The file name is the sentence. */
export interface Policy {
  readonly name: string;
  /** Must give equal commands for an equal event, whenever and however often it is asked. */
  react(happened: Happened): Promise<readonly Reaction[]>;
}

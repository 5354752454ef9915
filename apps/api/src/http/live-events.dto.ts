import { Decimal, Instant } from './fields.js';

/** `data` of a server-sent event: which case changed, never its content. A `heartbeat` has `{}` instead. */
export class LiveEventDto {
  /** @example 'k3m9q2x7za' */
  consultation: string;

  @Decimal('3')
  revision: string;

  /** The event's `id` too: send it as Last-Event-ID, or as X-After to a view */
  @Decimal()
  position: string;

  /** When it was recorded */
  @Instant()
  at: string;
}

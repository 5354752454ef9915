import type { Receipt } from '@sajeon/event-store';
import { Decimal } from './fields.js';

/** What a write answers: where the record now stands. */
export class ReceiptDto {
  /**
   * Id of the record
   * @example 'k3m9q2x7za'
   */
  id: string;

  /**
   * Stream of the record in the log
   * @example 'consultation-k3m9q2x7za'
   */
  stream: string;

  /** Revision after this change; also the ETag */
  @Decimal('3')
  revision: string;

  /** Log position of this change; send it as X-After to read what it led to */
  @Decimal()
  position: string;

  static of(id: string, { stream, revision, position }: Receipt): ReceiptDto {
    return Object.assign(new ReceiptDto(), { id, stream, revision: String(revision), position: String(position) });
  }
}

import { permit } from '@sajeon/access';
import { DomainError, numberKey, type NotifyResult } from '@sajeon/domain';
import { contentHash, type Receipt } from '@sajeon/event-store';
import { Injectable } from '@nestjs/common';
import { v5 as uuidv5 } from 'uuid';
import { Decisions, type Envelope } from './decisions.js';
import { ConcurrencyConflict } from './errors.js';
import { CONSULTATION, LETTER } from './kinds.js';

/** Namespace of command ids derived from that of the notification: a repeated one reserves nothing twice. */
const COMMAND_IDS = '0d9f2f0b-74a4-5c77-9a53-2a3f3a1f5f1e';

/**
 * Sends the letter of a decision under a number that no other letter has. The number has a stream of its own, taken before the letter goes out:
 * the store appends to one stream at a time. Dying between the two leaves the number with its case, which notifies under it when asked again;
 * no other case can take it, and no case is lost for it.
 */
@Injectable()
export class Letters {
  constructor(private readonly decisions: Decisions) {}

  /** @throws RuleViolated `document-number-taken`, and what `Decisions.execute` throws */
  async notify(id: string, command: NotifyResult, envelope: Envelope): Promise<Receipt> {
    permit(command.type, envelope.principal);
    const { by, at, documentNumber } = command.data;
    const { state, revision } = await this.decisions.load(CONSULTATION, id);
    // What would be refused or is done already must not take a number.
    const fresh = CONSULTATION.decider.decide(command, state).length > 0;
    const stale = envelope.expected !== undefined && envelope.expected !== revision;
    if (!fresh || stale) return this.decisions.execute(CONSULTATION, id, command, envelope);

    const letter = letterId(documentNumber);
    // A number that was released since the first attempt has to be taken again: the revision tells the attempts apart.
    const { revision: held } = await this.decisions.load(LETTER, letter);
    const aside = (what: string): Envelope => ({
      commandId: uuidv5(`${envelope.commandId}:${what}:${letter}:${held}`, COMMAND_IDS),
      principal: envelope.principal,
      correlationId: envelope.correlationId,
    });
    const data = { by, at, documentNumber, consultation: id };
    await this.decisions.execute(LETTER, letter, { type: 'reserve-document-number', data }, aside('reserve'));
    try {
      return await this.decisions.execute(CONSULTATION, id, command, envelope);
    } catch (error) {
      // Somebody was faster, or a rule refuses after all: the number is free again. When the store is away, it stays with the case.
      if (error instanceof DomainError) await this.release(id, letter, command, aside('release'), error);
      throw error;
    }
  }

  /** Unless the letter is out under that very number: then another request was faster with the same. */
  private async release(
    id: string,
    letter: string,
    { data }: NotifyResult,
    envelope: Envelope,
    because: DomainError,
  ): Promise<void> {
    const { by, at, documentNumber } = data;
    const { state } = await this.decisions.load(CONSULTATION, id);
    if (state?.letters.some((sent) => letterId(sent.documentNumber) === letter)) return;
    const reason = because instanceof ConcurrencyConflict ? '통보하는 사이에 사건이 바뀌었다.' : because.text.ko;
    const release = { by, at, documentNumber, consultation: id, reason };
    await this.decisions.execute(LETTER, letter, { type: 'release-document-number', data: release }, envelope);
  }
}

/** Any script, brackets and spaces may stand in a number, but not in the name of a stream. */
/** Id of the stream that holds a document number. */
export function letterId(documentNumber: string): string {
  return contentHash(numberKey(documentNumber)).slice(0, 32);
}

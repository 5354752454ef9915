import { checkDocumentNumber } from '../consultation/wellformed.js';
import type { Decider, DomainCommand } from '../kernel/decider.js';
import { RuleViolated } from '../kernel/errors.js';
import { checkId, checkStamp, checkText, LIMITS } from '../kernel/wellformed.js';
import type { LetterEvent } from './events.js';

/** 문서번호: taken before the letter goes out, so that no two letters anywhere have the same. */
export type ReserveDocumentNumber = DomainCommand<
  'reserve-document-number',
  { readonly documentNumber: string; readonly consultation: string }
>;
/** Gives back a number whose letter was refused after all. */
export type ReleaseDocumentNumber = DomainCommand<
  'release-document-number',
  { readonly documentNumber: string; readonly consultation: string; readonly reason: string }
>;

export type LetterCommand = ReserveDocumentNumber | ReleaseDocumentNumber;

/** Who holds the number; null while it is free. */
export type LetterState = { readonly documentNumber: string; readonly consultation: string } | null;

/**
 * The part of a document number that must be unlike any other: people write the same number with and without its date in brackets, and with
 * one space more or less.
 */
export function numberKey(documentNumber: string): string {
  return documentNumber
    .normalize('NFC')
    .replace(/\(\d{4}\.[^()]*\)$/, '')
    .replace(/\s+/g, '');
}

function decide(command: LetterCommand, state: LetterState): readonly LetterEvent[] {
  const { by, at, documentNumber, consultation } = command.data;
  checkStamp(command.data);
  checkDocumentNumber(documentNumber);
  checkId(consultation, '/consultation');
  switch (command.type) {
    case 'reserve-document-number': {
      if (state?.consultation === consultation) return [];
      if (state !== null) throw taken(documentNumber);
      return [{ type: 'document-number-reserved', data: { by, at, documentNumber, consultation } }];
    }
    case 'release-document-number': {
      const { reason } = command.data;
      checkText(reason, '/reason', LIMITS.reason);
      // Whoever does not hold it has nothing to give back.
      if (state?.consultation !== consultation) return [];
      return [{ type: 'document-number-released', data: { by, at, documentNumber, consultation, reason } }];
    }
    default: {
      const never: never = command;
      return never;
    }
  }
}

/** Says nothing of the case that has it: who asks may not be allowed to know it. */
function taken(documentNumber: string): RuleViolated {
  return new RuleViolated(
    'document-number-taken',
    {
      ko: `문서번호 ${documentNumber}은(는) 다른 통보에 이미 쓰였습니다. 문서대장에서 번호를 확인하세요.`,
      en: `Another letter has the number ${documentNumber} already. Look it up in the register.`,
    },
    '/documentNumber',
  );
}

function evolve(state: LetterState, event: LetterEvent): LetterState {
  switch (event.type) {
    case 'document-number-reserved': {
      const { documentNumber, consultation } = event.data;
      return { documentNumber, consultation };
    }
    case 'document-number-released':
      return null;
    default: {
      event satisfies never;
      return state;
    }
  }
}

/** The official document number of one letter. Refuses with `document-number-taken`. */
export const letterDecider: Decider<LetterCommand, LetterEvent, LetterState> = { initialState: null, decide, evolve };

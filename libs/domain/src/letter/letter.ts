import { checkDocumentNumber } from '../consultation/wellformed.js';
import { legalDateOf } from '../kernel/date.js';
import type { Decider, DomainCommand } from '../kernel/decider.js';
import { RuleViolated } from '../kernel/errors.js';
import { checkDate, checkId, checkStamp, checkText, LIMITS } from '../kernel/wellformed.js';
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

/** Keeps the number of a letter from before there was this register, so that none of ours gets it. */
export type RegisterEarlierNumber = DomainCommand<
  'register-earlier-document-number',
  { readonly documentNumber: string; readonly sentOn: string | null; readonly note: string }
>;

export type LetterCommand = ReserveDocumentNumber | ReleaseDocumentNumber | RegisterEarlierNumber;

/** Which consultation holds the number, null for a letter from before; null as a whole while it is free. */
export type LetterState = { readonly documentNumber: string; readonly consultation: string | null } | null;

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
  const { by, at, documentNumber } = command.data;
  checkStamp(command.data);
  checkDocumentNumber(documentNumber);
  if (command.type === 'register-earlier-document-number') {
    const { sentOn, note } = command.data;
    if (sentOn !== null) checkDate(sentOn, '/sentOn');
    checkText(note, '/note', LIMITS.title, 'may-be-empty');
    if (sentOn !== null && sentOn > legalDateOf(at)) throw notSentYet();
    if (state === null) {
      return [{ type: 'earlier-document-number-registered', data: { by, at, documentNumber, sentOn, note } }];
    }
    if (state.consultation === null) return [];
    throw taken(documentNumber);
  }
  const { consultation } = command.data;
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

function notSentYet(): RuleViolated {
  return new RuleViolated(
    'not-happened-yet',
    { ko: '통보일이 아직 오지 않은 날입니다.', en: 'A letter from before was sent by today.' },
    '/sentOn',
  );
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
    case 'earlier-document-number-registered':
      return { documentNumber: event.data.documentNumber, consultation: null };
    default: {
      event satisfies never;
      return state;
    }
  }
}

/** The official document number of one letter. Refuses with `document-number-taken`. */
export const letterDecider: Decider<LetterCommand, LetterEvent, LetterState> = { initialState: null, decide, evolve };

import type { DomainEvent, Stamp } from '../kernel/decider.js';

/** The official document number is this consultation's from now on; a letter under it follows, or the number is released. */
export type DocumentNumberReserved = DomainEvent<
  'document-number-reserved',
  Stamp & { readonly documentNumber: string; readonly consultation: string }
>;
/** The letter did not go out: the number is free again. */
export type DocumentNumberReleased = DomainEvent<
  'document-number-released',
  Stamp & { readonly documentNumber: string; readonly consultation: string; readonly reason: string }
>;

/** A letter from before there was this register has the number: none of ours may have it. */
export type EarlierDocumentNumberRegistered = DomainEvent<
  'earlier-document-number-registered',
  Stamp & {
    readonly documentNumber: string;
    /** Legal date of that letter, where it is known. */
    readonly sentOn: string | null;
    /** What it was about; may be empty. */
    readonly note: string;
  }
>;

export type LetterEvent = EarlierDocumentNumberRegistered | DocumentNumberReserved | DocumentNumberReleased;

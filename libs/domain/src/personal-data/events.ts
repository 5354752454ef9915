import type { DomainEvent, Stamp } from '../kernel/decider.js';

/** What the vault holds about a person. */
export type PersonalField = 'name' | 'phone' | 'email';

/**
 * A value that lies in the vault. The commitment is HMAC-SHA256 under a salt that lies beside the value: whoever is shown both can check
 * them against the record, and nobody can guess a telephone number from it.
 */
export interface Deposited {
  /** UUID of the deposit. */
  readonly $pii: string;
  readonly path: PersonalField;
  /** 64 hexadecimal digits. */
  readonly c: string;
}

export type PersonalDataDeposited = DomainEvent<
  'personal-data-deposited',
  Stamp & { readonly subject: string; readonly fields: readonly Deposited[] }
>;
export type ErasureRequested = DomainEvent<'erasure-requested', Stamp & { readonly legalBasis: string }>;
export type ErasureDeclined = DomainEvent<'erasure-declined', Stamp & { readonly reason: string }>;
/** The proof that it is gone: which deposits, on whose request and approval, and which key was destroyed. */
export type PersonalDataErased = DomainEvent<
  'personal-data-erased',
  Stamp & {
    readonly subject: string;
    readonly fields: readonly { readonly ref: string; readonly path: PersonalField }[];
    readonly legalBasis: string;
    readonly requestedBy: string;
    /** SHA-256 of the subject's key. */
    readonly keyFingerprint: string;
  }
>;
export type RetentionHeld = DomainEvent<'retention-held', Stamp & { readonly reason: string }>;
export type RetentionReleased = DomainEvent<'retention-released', Stamp & { readonly reason: string }>;

export type PersonalDataEvent =
  PersonalDataDeposited | ErasureRequested | ErasureDeclined | PersonalDataErased | RetentionHeld | RetentionReleased;

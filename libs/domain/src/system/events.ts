import type { DomainEvent, Stamp } from '../kernel/decider.js';
import type { SoftwareDescription } from '../kernel/plan.js';

/** Who runs an existing system, as the inventory words it. */
export type SystemLevel = 'central' | 'metropolitan' | 'local' | 'public' | 'joint';

/** An entry of the system inventory (범정부 EA 정보시스템). */
export interface SystemEntry extends SoftwareDescription {
  /** Name of the owner as the source writes it; may name several, empty where the source names none. */
  readonly agency: string;
  readonly level: SystemLevel;
  readonly year: number | null;
  /** Where the entry comes from: a URL or a citation. */
  readonly source: string;
}

export type SystemRegistered = DomainEvent<'system-registered', Stamp & { readonly system: string; readonly entry: SystemEntry }>;
export type SystemEntryCorrected = DomainEvent<'system-entry-corrected', Stamp & { readonly entry: SystemEntry }>;
export type SystemRetired = DomainEvent<'system-retired', Stamp & { readonly reason: string }>;

export type SystemEvent = SystemRegistered | SystemEntryCorrected | SystemRetired;

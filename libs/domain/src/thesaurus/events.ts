import type { DomainEvent, Stamp } from '../kernel/decider.js';

/**
 * 동의어 등록: words of one meaning, beside those that ship with the engine. `source` says where the usage is documented. Adding words to
 * a concept that is there already gives its new list.
 */
export type ConceptAdded = DomainEvent<
  'concept-added',
  Stamp & { readonly concept: string; readonly words: readonly string[]; readonly source: string }
>;
export type ConceptWithdrawn = DomainEvent<'concept-withdrawn', Stamp & { readonly concept: string; readonly reason: string }>;

export type ThesaurusEvent = ConceptAdded | ConceptWithdrawn;

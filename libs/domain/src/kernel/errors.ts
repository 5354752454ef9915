import { fitParticles } from './korean.js';

/** Korean first: officials read these. Codes are stable, texts may improve. */
export interface Message {
  readonly ko: string;
  readonly en: string;
}

/** A refusal by the domain. `code` is stable kebab-case and names the broken rule; `pointer` is a JSON pointer into the command. */
export abstract class DomainError extends Error {
  readonly text: Message;

  constructor(
    readonly code: string,
    text: Message,
    readonly pointer?: string,
  ) {
    super(`${code}: ${text.en}`);
    // Sentences carry names: the particle behind one follows its last sound.
    this.text = { ...text, ko: fitParticles(text.ko) };
  }
}

/** The command is not well formed (HTTP 400). */
export class Malformed extends DomainError {
  override readonly name = 'Malformed';
}

/** The actor may not do this (HTTP 403). */
export class NotPermitted extends DomainError {
  override readonly name = 'NotPermitted';
}

/** There is no such record, or the actor may not know of it (HTTP 404). */
export class NotFound extends DomainError {
  override readonly name = 'NotFound';
}

/** A rule of the process refuses it now (HTTP 409). */
export class RuleViolated extends DomainError {
  override readonly name = 'RuleViolated';
}

import type { Decider } from './kernel/decider.js';
import { DomainError } from './kernel/errors.js';
import { same } from './kernel/same.js';

export * from './testing/example-case.js';

/**
 * A rule as a sentence: `given(decider, ...events).when(command).then(...events)`, or `.refuses('code')`.
 * Without a test framework, so that every library can use it in its own tests.
 */
export function given<Command, Event, State>(decider: Decider<Command, Event, State>, ...history: readonly Event[]) {
  return {
    when(command: Command) {
      const decide = () => decider.decide(command, history.reduce(decider.evolve, decider.initialState));
      return {
        /** Exactly these events, in this order; none at all means that the command is satisfied already. */
        then(...expected: readonly Event[]): void {
          const events = decide();
          if (!same(events, expected)) throw new Error(`expected ${show(expected)}\n     got ${show(events)}`);
        },
        /** Refused with this code, and with a text in both languages that contains each of `mentions`. */
        refuses(code: string, ...mentions: readonly string[]): void {
          const error = refusalOf(decide);
          if (error.code !== code) throw new Error(`expected the refusal ${code}, got ${error.code}: ${error.text.en}`);
          for (const [language, text] of Object.entries(error.text)) {
            const missing = ['', ...mentions].find((mention) => !text.includes(mention) || text.trim() === '');
            if (missing !== undefined) throw new Error(`the text (${language}) does not say “${missing}”: ${text}`);
          }
        },
      };
    },
  };
}

function refusalOf(decide: () => unknown): DomainError {
  let events: unknown;
  try {
    events = decide();
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
  throw new Error(`expected a refusal, got ${show(events)}`);
}

function show(value: unknown): string {
  return JSON.stringify(value, null, 2);
}

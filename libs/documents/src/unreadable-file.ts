import { Malformed, type Message } from '@sajeon/domain';

/** The file as a whole cannot be read: nothing in it was taken over. The message says how to mend it. */
export class UnreadableFile extends Malformed {}

export function unreadable(code: string, ko: string, en: string): UnreadableFile {
  return new UnreadableFile(code, { ko, en });
}

/** One fault of one row. `pointer` is a JSON pointer to the field (`/functions/2`), empty for the whole row. */
export interface RowProblem {
  /** Stable kebab-case, e.g. `title-missing`, `column-count`. */
  readonly code: string;
  readonly pointer: string;
  readonly message: Message;
}

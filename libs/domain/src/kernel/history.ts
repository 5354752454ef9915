import type { DomainEvent } from './decider.js';
import { DomainError, Malformed } from './errors.js';

/** Rewrites the data of schema n as schema n + 1. Pure, and never edited once an event of schema n is stored. */
export type Step = (data: object) => object;

/** For every event type of a stream, the steps from schema 1 to the newest, which is one more than there are steps. */
export type History<Event extends DomainEvent> = Readonly<Record<Event['type'], readonly Step[]>>;

/** An event as it was written. `schema` counts from 1. */
export interface StoredEvent {
  readonly type: string;
  readonly schema: number;
  readonly data: object;
}

/** The stream holds something that this version of the program does not know. Reading on would misread it. */
export class WrittenByNewerVersion extends DomainError {
  override readonly name = 'WrittenByNewerVersion';
  constructor(
    readonly type: string,
    readonly schema: number,
    /** Newest schema known here; null when the event type itself is unknown. */
    readonly known: number | null,
  ) {
    super('written-by-newer-version', {
      ko: `더 새로운 판의 프로그램이 쓴 기록입니다(${type}, 형식 ${schema}; 이 판은 ${known ?? '이 사건을 모름'}). 프로그램을 새 판으로 올린 뒤 다시 시도하세요. 기록은 그대로 있습니다.`,
      en: `A newer version of the program wrote this (${type}, schema ${schema}; this version knows ${known ?? 'no such event'}). Upgrade and try again. The record is untouched.`,
    });
  }
}

/** The data in the newest shape. @throws WrittenByNewerVersion, Malformed `invalid-schema` */
export function upToDate(stored: StoredEvent, steps: readonly Step[] | undefined): object {
  const { type, schema, data } = stored;
  if (steps === undefined) throw new WrittenByNewerVersion(type, schema, null);
  if (!Number.isSafeInteger(schema) || schema < 1) {
    throw new Malformed('invalid-schema', {
      ko: `기록의 형식 번호가 올바르지 않습니다(${type}).`,
      en: `The event ${type} has no valid schema number.`,
    });
  }
  if (schema > steps.length + 1) throw new WrittenByNewerVersion(type, schema, steps.length + 1);
  return steps.slice(schema - 1).reduce((older, step) => step(older), data);
}

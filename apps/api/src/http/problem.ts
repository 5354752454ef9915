import { DomainError, type Message } from '@sajeon/domain';

/** One wrong field: where (JSON pointer into the body, or the name of a header or parameter), which rule, and what to do. */
export interface FieldProblem {
  readonly pointer: string;
  readonly code: string;
  readonly text: Message;
  /** What could stand there instead. */
  readonly proposal?: string;
}

/** A refusal that only HTTP knows. */
export class HttpProblem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly text: Message,
    readonly fields: readonly FieldProblem[] = [],
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(`${code}: ${text.en}`);
  }
}

export class NotIdentified extends HttpProblem {
  constructor() {
    super(
      401,
      'not-identified',
      {
        ko: '누구인지 확인되지 않았습니다. Authorization: Bearer 토큰을 보내십시오.',
        en: 'You are not identified. Send an Authorization: Bearer token.',
      },
      [],
      { 'www-authenticate': 'Bearer' },
    );
  }
}

/** 429 for an account that is locked after mistakes. */
export function tooManyFailures(seconds: number): HttpProblem {
  return new HttpProblem(
    429,
    'too-many-failures',
    {
      ko: `비밀번호를 여러 번 틀려 잠시 잠겼습니다. ${seconds}초 뒤에 다시 하십시오.`,
      en: `Too many wrong passwords. Try again in ${seconds} seconds.`,
    },
    [],
    { 'retry-after': String(seconds) },
  );
}

/** Unknown and forbidden records answer alike, so that nobody learns of a record by asking for it. */
export class NoSuchRecord extends HttpProblem {
  /** @param forbidden it exists, which only the service's own record of refused access may tell */
  constructor(readonly forbidden = false) {
    super(404, 'not-found', {
      ko: '그런 기록이 없거나 볼 수 있는 권한이 없습니다. 번호를 확인하십시오.',
      en: 'There is no such record, or you may not see it. Check its number.',
    });
  }
}

/** @returns 400 for a value that is not of the form the parameter or header has */
export function malformed(pointer: string, code: string, text: Message): HttpProblem {
  return new HttpProblem(400, code, text, [{ pointer, code, text }]);
}

/** For a parameter that stands alone; what is in a class has `IsDay`. */
export const notADay = (name: string): HttpProblem =>
  malformed(name, 'invalid-date', {
    ko: `${name}에는 달력에 있는 날짜를 YYYY-MM-DD로 적으십시오.`,
    en: `${name} takes a day that exists, as YYYY-MM-DD.`,
  });

const STATUS: Readonly<Record<string, number>> = {
  Malformed: 400,
  NotPermitted: 403,
  NotFound: 404,
  RuleViolated: 409,
  ConcurrencyConflict: 412,
  CommandReused: 422,
  WrittenByNewerVersion: 409,
};

/** HTTP status of a refusal by the domain or the write side. */
export function statusOf(error: DomainError): number {
  return STATUS[error.name] ?? 500;
}

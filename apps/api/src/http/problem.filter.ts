import { ArgumentsHost, Catch, HttpException, Logger, type ExceptionFilter } from '@nestjs/common';
import { NotInLog, UnclearLogRequest } from '@sajeon/audit';
import { ConcurrencyConflict } from '@sajeon/decisions';
import { DomainError, type Message } from '@sajeon/domain';
import { AppendTooLarge, StoreUnavailable } from '@sajeon/event-store';
import { BreachedPasswordsUnreachable, SecondFactorUnreadable, SecurityLog } from '@sajeon/identity';
import { MasterKeyUnusable } from '@sajeon/vault';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { HttpProblem, malformed, NoSuchRecord, NotIdentified, statusOf, type FieldProblem } from './problem.js';

/** Every error leaves the service as one RFC 9457 problem document with a stable `code`, in the reader's language. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('http');

  constructor(private readonly security: SecurityLog) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const problem = asProblem(error);
    // What the service itself says no with is no fault of it, and would drown the others.
    if (problem.status >= 500 && !(error instanceof HttpProblem))
      this.logger.error({ err: error, code: problem.code, id: request.id });
    this.recordRefusal(error, problem, request);
    const language = preferredLanguage(request.headers['accept-language']);
    void reply
      .status(problem.status)
      .headers({ ...problem.headers, 'content-language': language, 'cache-control': 'no-store' })
      .type('application/problem+json; charset=utf-8')
      .send(
        JSON.stringify({
          type: `urn:sajeon:problem:${problem.code}`,
          code: problem.code,
          status: problem.status,
          title: problem.text[language],
          messages: problem.text,
          instance: request.url,
          requestId: request.id,
          ...(problem.fields.length === 0
            ? {}
            : {
                errors: problem.fields.map(({ pointer, code, text, proposal }) => ({
                  pointer,
                  code,
                  detail: text[language],
                  messages: text,
                  ...(proposal === undefined ? {} : { proposal }),
                })),
              }),
          ...(error instanceof ConcurrencyConflict && error.current !== undefined
            ? { currentRevision: String(error.current) }
            : {}),
        }),
      );
  }

  /** Refused access is on record, also where the answer does not tell it from a record that does not exist. The answer does not wait for it. */
  private recordRefusal(error: unknown, { status, code }: HttpProblem, request: FastifyRequest): void {
    const unknown = error instanceof NotIdentified && (request.headers.authorization ?? request.headers.cookie) !== undefined;
    if (!unknown && status !== 403 && !(error instanceof NoSuchRecord && error.forbidden)) return;
    const { principal, identified } = request;
    this.security
      .record({
        kind: unknown ? 'credentials-refused' : 'access-denied',
        person: identified?.person ?? null,
        agency: principal?.agency ?? null,
        address: request.ip,
        detail: { code, method: request.method, route: request.routeOptions.url ?? 'unknown', request: request.id },
      })
      .catch((failure: unknown) => this.logger.error({ err: failure, id: request.id }));
  }
}

/** Korean unless the reader asks for English first. */
export function preferredLanguage(header: string | undefined): keyof Message {
  const wanted = (header ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', quality] = part.trim().split(/\s*;\s*q=/);
      return { tag: tag.toLowerCase(), quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ tag }) => tag.startsWith('ko') || tag.startsWith('en'))
    .sort((a, b) => b.quality - a.quality)[0];
  return wanted?.tag.startsWith('en') ? 'en' : 'ko';
}

function asProblem(error: unknown): HttpProblem {
  if (error instanceof HttpProblem) return error;
  if (error instanceof DomainError) {
    const status = statusOf(error);
    if (status === 404) return new NoSuchRecord();
    const fields: FieldProblem[] =
      error.pointer === undefined ? [] : [{ pointer: error.pointer, code: error.code, text: error.text }];
    const headers: Record<string, string> =
      error instanceof ConcurrencyConflict && error.current !== undefined ? { etag: `"${error.current}"` } : {};
    return new HttpProblem(status, error.code, error.text, fields, headers);
  }
  if (error instanceof NotInLog) return new HttpProblem(404, 'not-in-log', error.text);
  if (error instanceof UnclearLogRequest) return malformed(error.pointer, error.code, error.text);
  if (error instanceof AppendTooLarge) {
    return new HttpProblem(413, 'record-too-large', {
      ko: `한 번에 기록할 수 있는 크기(${error.limit.toLocaleString('ko-KR')}바이트)를 넘었습니다. 내용을 줄이거나 나누어 제출하십시오.`,
      en: `This is more than one record can hold (${error.limit.toLocaleString('en')} bytes). Shorten or divide it.`,
    });
  }
  if (error instanceof MasterKeyUnusable) {
    return new HttpProblem(
      503,
      'vault-shut',
      {
        ko: '금고 열쇠(SAJEON_VAULT_KEY)가 없거나 바뀌어, 지금은 비밀을 넣거나 꺼낼 수 없습니다. 운영자에게 알리십시오.',
        en: 'The key of the vault (SAJEON_VAULT_KEY) is missing or another one, so secrets can neither be kept nor read now. Tell the operator.',
      },
      [],
      { 'retry-after': '60' },
    );
  }
  if (error instanceof SecondFactorUnreadable) {
    return new HttpProblem(
      503,
      'second-factor-unreadable',
      {
        ko: '서버의 금고 열쇠가 바뀌어 인증 앱의 번호를 확인할 수 없습니다. 복구 코드로 로그인하거나, 운영자에게 알리십시오.',
        en: 'The key of the vault has changed, so the code of the app cannot be checked. Use a recovery code, or tell the operator.',
      },
      [],
      { 'retry-after': '60' },
    );
  }
  if (error instanceof BreachedPasswordsUnreachable) {
    return new HttpProblem(
      503,
      'breached-passwords-unreachable',
      {
        ko: '새어 나간 비밀번호인지 지금은 확인할 수 없어 바꾸지 않았습니다. 잠시 뒤 다시 하십시오.',
        en: 'It cannot be looked up now whether this password is known from a break-in, so it was not changed. Try again shortly.',
      },
      [],
      { 'retry-after': '60' },
    );
  }
  if (error instanceof StoreUnavailable) {
    return new HttpProblem(
      503,
      'store-unavailable',
      {
        ko: '지금은 기록할 수 없습니다. 아무것도 저장되지 않았으니 잠시 뒤 같은 Idempotency-Key로 다시 시도하십시오.',
        en: 'Nothing can be recorded just now and nothing was. Try again shortly with the same Idempotency-Key.',
      },
      [],
      { 'retry-after': '5' },
    );
  }
  if ((error as { readonly code?: unknown } | null)?.code === QUERY_CANCELED) {
    return new HttpProblem(
      503,
      'too-slow-just-now',
      {
        ko: '지금은 답을 만드는 데 너무 오래 걸립니다. 조건을 좁히거나 잠시 뒤 다시 하십시오.',
        en: 'This takes too long just now. Narrow the question, or try again shortly.',
      },
      [],
      { 'retry-after': '5' },
    );
  }
  const status = frameworkStatus(error);
  return FRAMEWORK[status] ?? FRAMEWORK[status >= 500 || status < 400 ? 500 : 400] ?? UNEXPECTED;
}

/** PostgreSQL's code for a statement that ran into its time limit. */
const QUERY_CANCELED = '57014';

/** Fastify's and Nest's own errors carry a status; anything else is ours to explain. */
function frameworkStatus(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  const status = (error as { readonly statusCode?: unknown } | null)?.statusCode;
  return typeof status === 'number' ? status : 500;
}

const UNEXPECTED = new HttpProblem(500, 'unexpected', {
  ko: '예상하지 못한 오류입니다. 요청 번호(requestId)를 관리자에게 알려 주십시오.',
  en: 'Something unexpected went wrong. Tell the administrator the requestId.',
});

const FRAMEWORK: Readonly<Record<number, HttpProblem>> = {
  400: new HttpProblem(400, 'malformed-request', {
    ko: '요청을 읽을 수 없습니다. 본문이 올바른 JSON인지 확인하십시오.',
    en: 'The request cannot be read. Check that the body is valid JSON.',
  }),
  404: new HttpProblem(404, 'no-such-address', {
    ko: '그런 주소가 없습니다. API 문서(/docs)에서 주소를 확인하십시오.',
    en: 'There is no such address. Look it up in the API documentation at /docs.',
  }),
  405: new HttpProblem(405, 'method-not-allowed', {
    ko: '이 주소에서는 쓸 수 없는 방식입니다.',
    en: 'This address does not take that method.',
  }),
  408: new HttpProblem(408, 'too-slow', {
    ko: '요청이 제때 다 오지 않았습니다. 다시 보내십시오.',
    en: 'The request did not arrive in time. Send it again.',
  }),
  413: new HttpProblem(413, 'body-too-large', {
    ko: '본문이 너무 큽니다(최대 2 MiB). 줄이거나 나누어 보내십시오.',
    en: 'The body is too large (2 MiB at most). Shorten or divide it.',
  }),
  415: new HttpProblem(415, 'unsupported-media-type', {
    ko: '본문은 Content-Type: application/json 으로 보내십시오.',
    en: 'Send the body as Content-Type: application/json.',
  }),
  500: UNEXPECTED,
};

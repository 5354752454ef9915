import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Principal } from '@sajeon/access';
import type { Envelope } from '@sajeon/decisions';
import type { Actor } from '@sajeon/domain';
import { contentHash } from '@sajeon/event-store';
import type { FastifyRequest } from 'fastify';
import { createHash, randomUUID } from 'node:crypto';
import { v5 as uuidv5 } from 'uuid';
import { HttpProblem, malformed, NotIdentified } from './problem.js';

/** Who asks for what change, when, and on which revision. */
export interface Asking {
  readonly principal: Principal;
  readonly by: Actor;
  readonly at: string;
  readonly envelope: Envelope & { readonly expected?: bigint | undefined };
  /** Id for a record that this request creates: the same for a repeated Idempotency-Key. */
  readonly newId: string;
}

/** Namespace of command ids derived from (who, where, Idempotency-Key). */
const KEYS = '0b0c0f1a-6a35-52ad-8a0f-8d9d1f4b8e55';

function read(request: FastifyRequest): Omit<Asking, 'envelope'> & { envelope: Omit<Envelope, 'expected'> } {
  const principal = principalOf(request);
  const key = request.headers['idempotency-key'];
  if (key !== undefined && (typeof key !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(key))) {
    throw malformed('Idempotency-Key', 'invalid-idempotency-key', {
      ko: 'Idempotency-Key는 공백 없는 영문·숫자·기호 1~200자입니다.',
      en: 'An Idempotency-Key is 1 to 200 printable ASCII characters without spaces.',
    });
  }
  const path = request.url.split('?')[0];
  const commandId =
    key === undefined ? randomUUID() : uuidv5(`${principal.agency} ${principal.person} ${request.method} ${path} ${key}`, KEYS);
  return {
    principal,
    by: actorOf(principal),
    at: new Date().toISOString(),
    envelope: {
      commandId,
      principal,
      asked: contentHash({ path, body: request.body ?? null }),
      correlationId: String(request.id),
    },
    newId: readableId(commandId),
  };
}

/** As the record names whoever acts. */
export function actorOf({ person, agency, successor }: Principal): Actor {
  return { person, agency, ...(successor === undefined ? {} : { successor }) };
}

/** 접수번호로 전화에서 부를 수 있는 글자만: Crockford's base 32, 50 bits of the command id's hash. */
export function readableId(commandId: string): string {
  const digits = '0123456789abcdefghjkmnpqrstvwxyz';
  const bytes = createHash('sha256').update(commandId).digest();
  return Array.from({ length: 10 }, (_, index) => digits[(bytes[index] ?? 0) & 31]).join('');
}

export function principalOf(request: FastifyRequest): Principal {
  if (!request.principal) throw new NotIdentified();
  return request.principal;
}

/** The person and agency behind a request. */
export const Who = createParamDecorator((_: unknown, context: ExecutionContext): Principal =>
  principalOf(context.switchToHttp().getRequest<FastifyRequest>()),
);

/** For requests that create a record. */
export const Creating = createParamDecorator((_: unknown, context: ExecutionContext): Asking =>
  read(context.switchToHttp().getRequest<FastifyRequest>()),
);

/** For requests that change a record: `If-Match` must say which revision the caller has seen. */
export const Changing = createParamDecorator((_: unknown, context: ExecutionContext): Asking => {
  const request = context.switchToHttp().getRequest<FastifyRequest>();
  const asking = read(request);
  const match = request.headers['if-match'];
  if (match === undefined) {
    throw new HttpProblem(428, 'if-match-required', {
      ko: '어느 판을 보고 바꾸는지 알 수 없습니다. 조회할 때 받은 ETag를 If-Match에 넣어 보내십시오.',
      en: 'It is not clear which revision you have seen. Send the ETag you were given as If-Match.',
    });
  }
  const [, revision] = /^"(\d{1,19})"$/.exec(match) ?? [];
  if (revision === undefined) {
    throw malformed('If-Match', 'invalid-if-match', {
      ko: 'If-Match는 조회할 때 받은 ETag 그대로("숫자")여야 합니다.',
      en: 'If-Match must be the ETag as it was given: a number in double quotes.',
    });
  }
  return { ...asking, envelope: { ...asking.envelope, expected: BigInt(revision) } };
});

/** Log position after which the reader wants to see the world (`X-After`), or undefined. */
export const After = createParamDecorator((_: unknown, context: ExecutionContext): bigint | undefined => {
  const after = context.switchToHttp().getRequest<FastifyRequest>().headers['x-after'];
  if (after === undefined) return undefined;
  if (typeof after !== 'string' || !/^\d{1,19}$/.test(after)) {
    throw malformed('X-After', 'invalid-position', {
      ko: 'X-After는 앞선 응답의 X-Position 값이어야 합니다.',
      en: 'X-After must be the X-Position of an earlier answer.',
    });
  }
  return BigInt(after);
});

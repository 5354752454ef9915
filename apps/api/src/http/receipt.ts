import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { Receipt } from '@sajeon/event-store';
import type { FastifyReply } from 'fastify';
import { map, type Observable } from 'rxjs';

/** What a write answers: where the record now stands. */
export class ReceiptDto {
  /** Id of the record. */
  id: string;
  /** Stream of the record in the log. */
  stream: string;
  /** Revision after this change; also the ETag. Decimal. */
  revision: string;
  /** Log position of this change; send it as X-After to read what it led to. Decimal. */
  position: string;

  static of(id: string, { stream, revision, position }: Receipt): ReceiptDto {
    return Object.assign(new ReceiptDto(), { id, stream, revision: String(revision), position: String(position) });
  }
}

/** Repeats a receipt's revision and position as `ETag` and `X-Position`. */
@Injectable()
export class ReceiptInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      map((answer: unknown) => {
        if (answer instanceof ReceiptDto) void reply.headers({ etag: `"${answer.revision}"`, 'x-position': answer.position });
        return answer;
      }),
    );
  }
}

import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { map, type Observable } from 'rxjs';
import { ReceiptDto } from './receipt.dto.js';

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

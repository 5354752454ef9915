import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { SYSTEM } from '@sajeon/access';
import { ACCESS_RECORD, Decisions } from '@sajeon/decisions';
import { MOST_READS_AT_ONCE, type Read } from '@sajeon/domain';
import type { FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import { from, switchMap, type Observable } from 'rxjs';

/** 열람 기록: nothing that an auditor asks for is shown before the record says that it was asked for. */
@Injectable()
export class AccessRecord implements NestInterceptor {
  #waiting: { readonly read: Read; readonly done: () => void; readonly failed: (error: unknown) => void }[] = [];
  #writing = false;

  constructor(private readonly decisions: Decisions) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { method, principal, url } = context.switchToHttp().getRequest<FastifyRequest>();
    if (method !== 'GET' || principal === undefined || !principal.roles.includes('auditor')) return next.handle();
    const { person, agency } = principal;
    const operation = `${context.getClass().name.replace(/Controller$/, '')}.${context.getHandler().name}`;
    const read = { at: new Date().toISOString(), person, agency, operation, asked: url.slice(0, 2_000) };
    return from(this.record(read)).pipe(switchMap(() => next.handle()));
  }

  private record(read: Read): Promise<void> {
    const recorded = new Promise<void>((done, failed) => this.#waiting.push({ read, done, failed }));
    if (!this.#writing) void this.write();
    return recorded;
  }

  /** Those that come while one is being written go together into the next. */
  private async write(): Promise<void> {
    this.#writing = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, MOST_READS_AT_ONCE);
      const at = new Date().toISOString();
      // A stream for each minute, which stays short: it is folded for every append.
      const stream = at.slice(0, 16).replaceAll(':', '');
      const data = { by: { person: SYSTEM.person, agency: SYSTEM.agency }, at, reads: batch.map(({ read }) => read) };
      try {
        const envelope = { commandId: randomUUID(), principal: SYSTEM };
        await this.decisions.execute(ACCESS_RECORD, stream, { type: 'record-reads', data }, envelope);
        for (const { done } of batch) done();
      } catch (error) {
        for (const { failed } of batch) failed(error);
      }
    }
    this.#writing = false;
  }
}

import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { TokenBook, type Principal } from '@sajeon/access';
import { LogController } from '@sajeon/audit';
import { HealthController } from '@sajeon/operations';
import type { FastifyRequest } from 'fastify';
import { DemoUsersController } from './me.controller.js';
import { NotIdentified } from './problem.js';

/** What answers anybody. Everything else needs a principal, a new controller included. */
const PUBLIC: ReadonlySet<unknown> = new Set([HealthController, DemoUsersController, LogController]);

declare module 'fastify' {
  interface FastifyRequest {
    principal?: Principal;
  }
}

/** Turns `Authorization: Bearer …` into the principal. Everything but `PUBLIC` needs one. */
@Injectable()
export class IdentityGuard implements CanActivate {
  constructor(private readonly tokens: TokenBook) {}

  canActivate(context: ExecutionContext): boolean {
    if (PUBLIC.has(context.getClass())) return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const [, token] = /^Bearer ([\x21-\x7e]{1,512})$/i.exec(request.headers.authorization ?? '') ?? [];
    const principal = token === undefined ? undefined : this.tokens.find(token);
    if (!principal) throw new NotIdentified();
    request.principal = principal;
    return true;
  }
}

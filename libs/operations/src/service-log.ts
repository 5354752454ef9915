import { ConsoleLogger } from '@nestjs/common';

/** What the framework says of itself at every start; the documentation at /docs says it better. */
const CHATTER: ReadonlySet<unknown> = new Set([
  'RouterExplorer',
  'RoutesResolver',
  'InstanceLoader',
  'NestFactory',
  'NestApplication',
]);

/** Lines for people, or JSON for a log collector in production. `SAJEON_LOG=silent` keeps errors only. */
export class ServiceLog extends ConsoleLogger {
  constructor() {
    super({
      json: process.env['NODE_ENV'] === 'production',
      logLevels: process.env['SAJEON_LOG'] === 'silent' ? ['error', 'fatal'] : ['log', 'warn', 'error', 'fatal'],
    });
  }

  override log(message: unknown, ...context: unknown[]): void {
    if (!CHATTER.has(context.at(-1))) super.log(message, ...context);
  }
}

import rateLimit from '@fastify/rate-limit';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createHash } from 'node:crypto';
import { HttpProblem } from './problem.js';

/** How much the service takes on before it says when to come back. */
export interface Limits {
  /** Requests a minute of one client; null for measurements. */
  readonly perMinute: number | null;
  /** Sign-ins a minute from one address, whoever they are for. */
  readonly signInsPerMinute: number;
  /** Requests that are being answered at the same moment. More wait in nobody's queue: they are refused at once. */
  readonly atOnce: number;
}

/**
 * From `SAJEON_RATE_LIMIT` (requests a minute, or `off`), `SAJEON_SIGN_IN_LIMIT` and `SAJEON_MAX_REQUESTS`.
 * @throws Error that names the variable
 */
export function limitsFrom(env: NodeJS.ProcessEnv = process.env): Limits {
  const production = env['NODE_ENV'] === 'production';
  const rate = env['SAJEON_RATE_LIMIT']?.trim();
  return {
    perMinute: rate === 'off' ? null : whole('SAJEON_RATE_LIMIT', rate, production ? 1_200 : 30_000),
    signInsPerMinute: whole('SAJEON_SIGN_IN_LIMIT', env['SAJEON_SIGN_IN_LIMIT']?.trim(), production ? 30 : 300),
    atOnce: whole('SAJEON_MAX_REQUESTS', env['SAJEON_MAX_REQUESTS']?.trim(), 256),
  };
}

function whole(name: string, text: string | undefined, fallback: number): number {
  if (text === undefined || text === '') return fallback;
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new Error(`${name}: expected a whole number from 1`);
  return Number(text);
}

/** Clients that have shown who they are, by the hash of what they send; anybody else counts by address, so that made-up tokens gain nothing. */
const KNOWN_CLIENTS = 10_000;
/** Answers whoever runs the service, also when it is overloaded; a stream of events is no request that ends. */
const UNCOUNTED: ReadonlySet<string> = new Set(['/livez', '/readyz', '/metrics', '/v1/events']);

/** Rate limits with the standard headers, and a refusal instead of a collapse. Before any route is made. */
export async function applyLimits(app: NestFastifyApplication, { perMinute, signInsPerMinute, atOnce }: Limits): Promise<void> {
  const server = app.getHttpAdapter().getInstance();
  let running = 0;
  server.addHook('onRequest', (request: FastifyRequest, reply: FastifyReply, next: (error?: Error) => void) => {
    if (UNCOUNTED.has(request.routeOptions.url ?? '')) return next();
    if (running >= atOnce) return next(overloaded());
    running++;
    let over = false;
    const end = (): void => {
      if (!over) running--;
      over = true;
    };
    reply.raw.once('finish', end).once('close', end);
    next();
  });
  if (perMinute === null) return;
  const known = new Set<string>();
  server.addHook('onResponse', (request: FastifyRequest, _: FastifyReply, done: () => void) => {
    const key = credentialsOf(request);
    if (request.identified !== undefined && key !== undefined && !known.has(key)) {
      known.add(key);
      const [oldest] = known;
      if (known.size > KNOWN_CLIENTS && oldest !== undefined) known.delete(oldest);
    }
    done();
  });
  await app.register(rateLimit, {
    global: true,
    timeWindow: 60_000,
    cache: 20_000,
    enableDraftSpec: true,
    max: (request) => (isSignIn(request) ? signInsPerMinute : perMinute),
    keyGenerator: (request) => {
      const key = credentialsOf(request);
      if (isSignIn(request)) return `sign-in ${request.ip}`;
      return key !== undefined && known.has(key) ? key : request.ip;
    },
    allowList: (request) => UNCOUNTED.has(request.routeOptions.url ?? ''),
    errorResponseBuilder: (_, { ttl }) => {
      const seconds = Math.max(1, Math.ceil(ttl / 1_000));
      return new HttpProblem(
        429,
        'too-many-requests',
        {
          ko: `요청이 너무 많습니다. ${seconds}초 뒤에 다시 하십시오.`,
          en: `Too many requests. Try again in ${seconds} seconds.`,
        },
        [],
        { 'retry-after': String(seconds) },
      );
    },
  });
}

function isSignIn({ method, routeOptions }: FastifyRequest): boolean {
  return method === 'POST' && routeOptions.url === '/v1/sign-in';
}

function credentialsOf({ headers }: FastifyRequest): string | undefined {
  const shown = headers.authorization ?? headers.cookie;
  return shown === undefined ? undefined : createHash('sha256').update(shown).digest('base64url');
}

function overloaded(): HttpProblem {
  return new HttpProblem(
    503,
    'overloaded',
    {
      ko: '지금 요청이 너무 많이 몰렸습니다. 아무것도 저장되지 않았으니 잠시 뒤 다시 하십시오.',
      en: 'Too much is being asked at this moment. Nothing was recorded. Try again shortly.',
    },
    [],
    { 'retry-after': '1' },
  );
}

import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import helmet from '@fastify/helmet';
import type { TokenBook } from '@sajeon/access';
import type { IdentitySettings } from '@sajeon/identity';
import { Metrics, ServiceLog, tlsOptions, type OpenStorage, type TlsFiles } from '@sajeon/operations';
import { migrate } from '@sajeon/read-models';
import { OverlapFeed } from '@sajeon/workflow';
import { randomUUID } from 'node:crypto';
import { ApiModule } from './api.module.js';
import { applyLimits, limitsFrom, type Limits } from './http/limits.js';
import { serveDocumentation } from './openapi.js';

const BODY_LIMIT = 2 * 1024 * 1024;
/** A whole request arrives in this time, or it is a slow attack. */
const REQUEST_TIMEOUT_MS = 30_000;

/** The HTTP application on an open storage, not yet listening. Views are migrated; nothing follows the log yet. */
export async function createService(
  storage: OpenStorage,
  tokens: TokenBook,
  settings?: IdentitySettings,
  limits: Limits = limitsFrom(),
  tls?: TlsFiles,
): Promise<NestFastifyApplication> {
  await migrate(storage.database);
  const adapter = new FastifyAdapter({
    ...(tls && { https: tlsOptions(tls) }),
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT_MS,
    // Addresses of our own proxies: only they may say for whom they speak.
    trustProxy: process.env['SAJEON_TRUSTED_PROXIES']?.split(',').map((address) => address.trim()) ?? false,
    genReqId: () => randomUUID(),
    routerOptions: { maxParamLength: 200 },
    return503OnClosing: true,
  });
  const app = await NestFactory.create<NestFastifyApplication>(ApiModule.on(storage, tokens, settings), adapter, {
    logger: new ServiceLog(),
    abortOnError: false,
    // Fastify's own JSON parser only: Nest would also take forms, which nobody here sends in good faith.
    bodyParser: false,
  });
  await app.register(helmet, {
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
        upgradeInsecureRequests: null,
      },
    },
  });
  await applyLimits(app, limits);
  const metrics = app.get(Metrics);
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onSend', (request, reply, _, done) => {
      // What one person was shown is not for the next one at the same machine, nor for a proxy.
      if (request.url.startsWith('/v1/') && !reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store');
      void reply.header('permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=()');
      done();
    })
    .addHook('onResponse', (request, reply, done) => {
      metrics.observe(request.method, request.routeOptions.url ?? 'unknown', reply.statusCode, reply.elapsedTime / 1000);
      done();
    });
  serveDocumentation(app);
  return app;
}

/** The overlap index alone, for a process that answers self-checks while workers do the rest. */
export function followForSelfChecks(app: INestApplicationContext): void {
  app.get(OverlapFeed).start();
}

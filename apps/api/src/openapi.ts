import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';

/** The contract, generated from the controllers and their DTOs. */
export function openApiDocument(app: NestFastifyApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Sajeon (사전협의)')
    .setDescription(
      [
        'Pre-consultation of public informatization projects (전자정부법 제67조).',
        '',
        'Writes answer a receipt with `ETag` (revision) and `X-Position`; send the position as `X-After` to read what it led to.',
        'Writes to an existing record need `If-Match`. `POST` takes `Idempotency-Key`: the same key asks for nothing new.',
        'Errors are `application/problem+json` (RFC 9457) with a stable `code`, in Korean or English by `Accept-Language`.',
      ].join('\n'),
    )
    .setVersion('1')
    .addBearerAuth()
    .build();
  const document = SwaggerModule.createDocument(app, config);
  for (const [path, operations] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(operations as Record<string, Operation>)) describe(path, method, operation);
  }
  return document;
}

interface Operation {
  parameters?: object[];
  responses?: Record<string, object>;
  security?: unknown;
}

/** Headers and problems that every operation of a kind shares. */
function describe(path: string, method: string, operation: Operation): void {
  if (!path.startsWith('/v1/')) return;
  const parameters = (operation.parameters ??= []);
  const responses = (operation.responses ??= {});
  const header = (name: string, required: boolean, description: string, example: string): void => {
    parameters.push({ name, in: 'header', required, description, schema: { type: 'string' }, example });
  };
  const problem = (status: number, description: string): void => {
    responses[String(status)] ??= { description, content: { 'application/problem+json': { schema: { type: 'object' } } } };
  };
  header('Accept-Language', false, 'ko (default) or en', 'ko');
  problem(401, 'not-identified');
  if (method === 'get') {
    if (path !== '/v1/events') header('X-After', false, 'Wait until the view has read this log position', '42');
  } else if (path !== '/v1/self-checks') {
    header(
      'Idempotency-Key',
      false,
      'Chosen by the caller; the same key asks for nothing new',
      '6f9619ff-8b86-d011-b42d-00c04fc964ff',
    );
    problem(403, 'role-required, or not the agency whose turn it is');
    problem(409, 'a rule of the process refuses it; `code` names the rule');
    problem(422, 'idempotency-key-reused');
    if (path.includes('{')) {
      header('If-Match', true, 'ETag of the revision you have seen', '"3"');
      problem(412, 'stale-revision');
      problem(428, 'if-match-required');
    }
  }
  if (method !== 'get') problem(400, 'invalid-request; `errors` names each field');
  if (path.includes('{')) problem(404, 'not-found');
}

/** `/openapi.json` for machines, `/docs` for people. */
export function serveDocumentation(app: NestFastifyApplication): void {
  SwaggerModule.setup('docs', app, () => openApiDocument(app), {
    jsonDocumentUrl: 'openapi.json',
    customSiteTitle: 'Sajeon API',
  });
}

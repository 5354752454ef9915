import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { TokenBook } from '@sajeon/access';
import type { Storage } from '@sajeon/event-store';
import { ApiModule } from './api.module.js';
import { LiveEventDto } from './http/live-events.dto.js';
import { ProblemDto } from './http/problem.dto.js';

/** The contract without a service behind it: Nest looks at the modules but makes nothing of them, so no storage is needed. */
export async function contract(): Promise<OpenAPIObject> {
  const nowhere = { events: {}, database: {} } as unknown as Pick<Storage, 'events' | 'database'>;
  const module = ApiModule.on(nowhere, TokenBook.ofDemoUsers());
  const options = { preview: true, logger: false, abortOnError: false } as const;
  return openApiDocument(await NestFactory.create<NestFastifyApplication>(module, new FastifyAdapter(), options));
}

/** `/openapi.json` for machines, `/docs` for people. */
export function serveDocumentation(app: NestFastifyApplication): void {
  SwaggerModule.setup('docs', app, () => openApiDocument(app), {
    jsonDocumentUrl: 'openapi.json',
    customSiteTitle: 'Sajeon API',
  });
}

/**
 * The contract, generated from the controllers and their DTOs, which the swagger plugin reads in `nest build`; what all operations of
 * a kind share is said here once.
 */
export function openApiDocument(app: NestFastifyApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Sajeon (사전협의)')
    .setDescription(DESCRIPTION)
    .setVersion('1')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addServer('/', 'Where this document came from')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'A token that the installation knows' });
  for (const [tag, description] of Object.entries(TAGS)) config.addTag(tag, description);
  const generated = SwaggerModule.createDocument(app, config.build(), { extraModels: [ProblemDto, LiveEventDto] });
  const document = plainer(generated) as Json;
  document['components']['headers'] = HEADERS;
  document['components']['responses'] = Object.fromEntries(
    Object.entries(PROBLEMS).map(([status, example]) => [`Problem${status}`, problem(Number(status), example)]),
  );
  const schemas = document['components']['schemas'] as Schemas;
  for (const [path, operations] of Object.entries<Record<string, Operation>>(document['paths'])) {
    for (const [method, operation] of Object.entries(operations)) {
      if (path.startsWith('/v1/')) describe(path, method, operation, schemas);
      else exemplify(operation, schemas);
    }
  }
  return document as unknown as OpenAPIObject;
}

const DESCRIPTION = [
  'Pre-consultation of public informatization projects (전자정부법 제67조).',
  '',
  '- **Writes** answer a receipt with `ETag` (the revision) and `X-Position`. Send the position as `X-After` to read what it led to.',
  '- Writes to an existing record need `If-Match` with the `ETag` you have seen: 428 when it is absent, 412 when somebody was quicker.',
  '- `Idempotency-Key`: the same key with the same request asks for nothing new and gets the same answer.',
  '- **Errors** are `application/problem+json` (RFC 9457) with a stable `code`, in Korean or English by `Accept-Language`.',
  '- **Numbers** that may pass 2^53 (revisions, positions, amounts in lists) are decimal text.',
  '- **Times** are RFC 3339 in UTC; legal days are `YYYY-MM-DD` by the calendar of Seoul.',
  '- **Who asks**: `Authorization: Bearer` (token, API key, or access token of the identity provider), or the session cookie with `X-CSRF-Token` on changes. `X-Act-As` names the agency, or `delegation:<id>`, to act as.',
  '- Operations with `x-step-up` take a session whose person proved who they are within the last minutes: 403 `step-up-required` otherwise. `POST /v1/session/proof`, or sign in again at the provider (`/v1/sign-in/provider?again=yes`).',
  '- **Rate limits** per client: `RateLimit-Limit`, `RateLimit-Remaining`, `RateLimit-Reset`; 429 and 503 say in `Retry-After` when to go on.',
  '- Fields may be added to answers. Unknown fields in requests are refused.',
].join('\n');

const TAGS: Readonly<Record<string, string>> = {
  agencies: '기관: who files and who reviews',
  systems: '정보시스템: the inventory of what exists',
  projects: '정보화사업: projects and the versions of their plans',
  procurement: '발주: what may be ordered, what was ordered, and what was ordered without a decision',
  consultations: '사전협의: filing, review, correction, decision and letter, and the record of it all',
  eligibility: '대상여부 판정: whether a project has to be consulted, and by which rule',
  thesaurus: '동의어 사전: words that the comparison takes for the same, as administrators extended it',
  rules: '규칙: thresholds, deadlines, routing and the rest, each with its dates and its source',
  calendar: '공휴일: on which days offices work',
  'self-checks': '중복 자가점검: the ranking of a filing before filing',
  statistics: '통계: counts, times, overlaps and conditions, divided as asked',
  live: 'Changes as they happen',
  exports: 'The log for data exchange and process mining',
  'personal-data': '개인정보: the vault, and erasure by two people',
  audit: '감사: samples, saved questions, findings and their follow-up, and who read what',
  differences: 'The record at two moments: what changed between them',
  public: '공개: what anybody may know of decisions, without signing in',
  log: 'The sealed log: checkpoints and proofs, to be verified and not to be trusted',
  identity: 'Who is asking: sign-in, sessions, and acting for another agency',
  users: '이용자와 권한: grants, delegations, accounts, and the keys of machines',
  webhooks: '알림 연계: machines of an agency are told what happened to its cases',
  security: 'The table of permissions, and the record of sign-ins and refused access',
  operations: 'For whoever runs the service',
};

// A document is plain JSON whose parts we change; the types of the framework describe OpenAPI 3.0.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Json = Record<string, any>;

type Schemas = Readonly<Record<string, Json>>;

interface Operation {
  readonly operationId: string;
  readonly parameters: Json[];
  readonly requestBody?: { readonly content: Record<string, Json> };
  readonly responses: Record<string, Json>;
  readonly security?: readonly unknown[];
}

/**
 * `CaseDto` is a matter of the code: the contract speaks of a `Case`. A reference needs no wrapper in 3.1. The compiler lists the members
 * of a union in whatever order it met them, so choices are put in order here.
 */
function plainer(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plainer);
  if (typeof value !== 'object' || value === null) return value;
  const node = Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key.replace(/^([A-Z]\w+)Dto$/, '$1'), plainer(member)]),
  ) as Json;
  if (Array.isArray(node['enum']))
    node['enum'] = node['enum'].toSorted((a, b) => Number(a === null) - Number(b === null) || (a < b ? -1 : 1));
  if (typeof node['$ref'] === 'string') node['$ref'] = node['$ref'].replace(/Dto$/, '');
  if (Array.isArray(node['allOf']) && node['allOf'].length === 1) {
    const { allOf, ...rest } = node;
    return { ...rest, ...allOf[0] };
  }
  return node;
}

/** Made of the examples of the fields, so that it cannot fall behind them. */
function exampleOf(schema: Json, schemas: Schemas): unknown {
  if ('example' in schema) return schema['example'];
  if (typeof schema['$ref'] === 'string') return exampleOf(referred(schema, schemas), schemas);
  if (Array.isArray(schema['enum'])) return schema['enum'][0];
  if (Array.isArray(schema['anyOf'])) return exampleOf(schema['anyOf'][0], schemas);
  const types = [schema['type']].flat();
  if (types.includes('array')) return [exampleOf(schema['items'], schemas)];
  if (types.includes('boolean')) return true;
  if (types.includes('object')) {
    const fields = Object.entries<Json>(schema['properties'] ?? {});
    return Object.fromEntries(fields.map(([name, field]) => [name, exampleOf(field, schemas)]));
  }
  throw new Error(`no example for ${JSON.stringify(schema)}: give the field an @example`);
}

function referred(schema: Json, schemas: Schemas): Json {
  return typeof schema['$ref'] === 'string' ? (schemas[nameOf(schema)] ?? {}) : schema;
}

function nameOf(schema: Json | undefined): string {
  return String(schema?.['$ref'] ?? '').slice('#/components/schemas/'.length);
}

/** Says what the validation pipe does: an unknown field is refused, on every level. */
function close(schema: Json, schemas: Schemas): void {
  const target = referred(schema, schemas);
  if (target['additionalProperties'] !== undefined) return;
  if (target['properties'] !== undefined) target['additionalProperties'] = false;
  for (const part of [...Object.values<Json>(target['properties'] ?? {}), target['items'], ...(target['anyOf'] ?? [])]) {
    if (part !== undefined) close(part, schemas);
  }
}

/** Completes an operation with what all of its kind share: headers, problems and examples. */
function describe(path: string, method: string, operation: Operation, schemas: Schemas): void {
  const kind = kindOf(path, method, operation);
  const existing = path.includes('{');
  for (const parameter of operation.parameters)
    if (parameter['in'] === 'path') Object.assign(parameter, PARTS[parameter['name']]);
  const header = (name: keyof typeof REQUEST_HEADERS, required = false): void => {
    operation.parameters.push({ name, in: 'header', required, ...REQUEST_HEADERS[name] });
  };
  header('Accept-Language');
  if (kind === 'list' || kind === 'record' || kind === 'figures') header('X-After');
  if (kind === 'live') header('Last-Event-ID');
  if (kind === 'change' || kind === 'many') {
    header('Idempotency-Key');
    header('X-Personal-Data');
    if (existing) header('If-Match', true);
  }

  const body = operation.requestBody?.content['application/json'];
  if (body) {
    close(body['schema'], schemas);
    body['example'] = exampleOf(body['schema'], schemas);
  }
  exemplify(operation, schemas);
  for (const response of Object.values(operation.responses)) Object.assign(response, ANSWERS[kind]);

  const refuse = (...statuses: (keyof typeof PROBLEMS)[]): void => {
    for (const status of statuses) operation.responses[status] = { $ref: `#/components/responses/Problem${status}` };
  };
  if (kind === 'open' ? operation.parameters.some(({ in: place }) => place !== 'header') : kind !== 'plain') refuse(400);
  if (kind === 'plain' && operation.parameters.some(({ in: place }) => place === 'query')) refuse(400);
  if (path.startsWith('/v1/exports') || path.startsWith('/v1/letters')) refuse(404);
  if (kind !== 'open') refuse(401, 403);
  refuse(429);
  if (existing || kind === 'open' || operation.operationId === 'draftConsultation') refuse(404);
  if (kind === 'change' || kind === 'many' || kind === 'check' || kind === 'act') refuse(409, 413, 415);
  if (kind === 'change' || operation.operationId === 'simulateRules') refuse(403);
  if (kind === 'change' || kind === 'many') refuse(422);
  if (kind === 'change' && existing) refuse(412, 428);
  if (operation.operationId === 'askStatistics' || operation.operationId === 'exportStatistics') refuse(409);
  // Folded from the record itself, which may hold what only a newer version can read.
  if (method === 'get' && /^\/v1\/(consultations|differences\/[^/]+)\/\{id\}/.test(path)) refuse(409);
  if (operation.operationId === 'issueProcurementToken') refuse(409);
  // An agency that is not registered has no tier by which to ask.
  if (operation.operationId === 'listEligibilityQuestions') refuse(409);
  refuse(500, 503);
}

function exemplify({ responses }: Operation, schemas: Schemas): void {
  for (const response of Object.values(responses)) {
    response['description'] ||= 'The answer';
    for (const [type, media] of Object.entries<Json>(response['content'] ?? {})) {
      if (type === 'application/json' || media['schema']['example']) media['example'] ??= exampleOf(media['schema'], schemas);
    }
  }
}

/** They answer a question that is too long for an address; nothing is recorded. */
const CHECKS: ReadonlySet<string> = new Set([
  ...[
    'checkPlan',
    'whatIfDropped',
    'checkEligibility',
    'simulateRules',
    'verifyProcurementToken',
    'checkPlanSheet',
    'markPlanSheet',
  ],
]);

/** They change a session or a secret, which are no records: nothing to match, and asked again they are done again. */
const ACTS: ReadonlySet<string> = new Set([
  ...['signIn', 'switchCapacity', 'changePassword', 'signOut', 'endSession', 'proveAgain'],
  ...['beginSecondFactor', 'confirmSecondFactor', 'renewRecoveryCodes', 'removeSecondFactor', 'resetSecondFactor'],
  ...['makeAccount', 'makeApiKey', 'revokeApiKey'],
  ...['makeWebhook', 'changeWebhookSecret', 'endWebhook', 'replayWebhook'],
]);

/** Made of many rows of a view, as of the view's position. */
const FIGURES: ReadonlySet<string> = new Set([
  'countQueue',
  'askStatistics',
  'exportStatistics',
  'listPlanClusters',
  'drawSample',
  'askSavedQuestion',
  'listGivenDelegations',
]);

/** They record in many streams at once, so that there is no one revision to answer. */
const MANY: ReadonlySet<string> = new Set(['planSheet']);

type Kind = keyof typeof ANSWERS;

function kindOf(path: string, method: string, { operationId, responses, security }: Operation): Kind {
  if (ACTS.has(operationId)) return 'act';
  if (FIGURES.has(operationId)) return 'figures';
  if (security === undefined) return 'open';
  if (operationId === 'followEvents') return 'live';
  if (CHECKS.has(operationId)) return 'check';
  if (MANY.has(operationId)) return 'many';
  if (method !== 'get') return 'change';
  const json = responses['200']?.['content']['application/json'];
  if (json === undefined) return 'plain';
  if (nameOf(json['schema']).endsWith('Page')) return 'list';
  return path.includes('{') ? 'record' : 'plain';
}

const header = (description: string, pattern: string, example: string): Json => ({
  description,
  schema: { type: 'string', pattern },
  example,
});

const REQUEST_HEADERS = {
  'Accept-Language': { ...header('Language of problems: `ko` unless `en` is preferred', '^.{1,200}$', 'ko') },
  'X-After': header('Wait (3 s at most) until the view has read this log position', '^\\d{1,19}$', '42'),
  'Last-Event-ID': header('Id of the last event heard', '^\\d{1,19}$', '42'),
  'Idempotency-Key': header(
    'Chosen by the caller: the same key asks for nothing new',
    '^[!-~]{1,200}$',
    '6f9619ff-8b86-d011-b42d-00c04fc964ff',
  ),
  'X-Personal-Data': header('`keep` when phone numbers and e-mail addresses in the text are public ones', '^keep$', 'keep'),
  'If-Match': header('The ETag you have seen', '^"\\d{1,19}"$', '"3"'),
};

const HEADERS: Json = {
  ETag: { ...header('Revision of the record: send it as If-Match to change the record', '^"\\d{1,19}"$', '"3"'), required: true },
  'X-Position': {
    ...header('Log position as of which this is told: send it as X-After to see no earlier state', '^\\d{1,19}$', '42'),
    required: true,
  },
  Link: header('Address of the next page, when there is one', '^<.+>; rel="next"$', '</v1/systems?cursor=WyJ0Il0>; rel="next"'),
  'Retry-After': { ...header('Seconds to wait', '^\\d+$', '5'), required: true },
  'WWW-Authenticate': { ...header('How to say who you are', '^Bearer$', 'Bearer'), required: true },
  'Content-Language': { ...header('Language of `title` and `detail`', '^(ko|en)$', 'ko'), required: true },
};

function headers(...names: string[]): Json {
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}

const PARTS: Readonly<Record<string, Json>> = {
  id: { description: 'Id of the record', example: 'k3m9q2x7za' },
  date: { description: 'Day that was gazetted', schema: { type: 'string', format: 'date' }, example: '2026-06-03' },
  candidate: { description: 'Id of the candidate, as the finding names it', example: 'egov-001' },
  round: { description: 'Number of the correction round', schema: { type: 'integer', minimum: 1 }, example: 1 },
  condition: { description: 'Number of the condition in the letter', schema: { type: 'integer', minimum: 1 }, example: 1 },
  submission: { description: 'Number of the result submitted', schema: { type: 'integer', minimum: 1 }, example: 1 },
  review: { description: 'Number of the joint review', schema: { type: 'integer', minimum: 1 }, example: 1 },
  recommendation: { description: 'Number of the recommendation', schema: { type: 'integer', minimum: 1 }, example: 1 },
  day: { description: 'Day in Korea', example: '2026-11-21' },
  eventId: { description: 'Id of the event', example: '6f9619ff-8b86-d011-b42d-00c04fc964ff' },
  grant: { description: 'Id of the grant', example: 'k3m9q2x7za' },
  delegation: { description: 'Id of the delegation', example: 'k3m9q2x7za' },
  session: { description: 'Id of the session', example: '6f9619ff-8b86-d011-b42d-00c04fc964ff' },
  key: { description: 'Id of the key', example: 'a1b2c3d4e5f60718' },
  proposal: { description: 'Number of the proposal', schema: { type: 'integer', minimum: 1 }, example: 1 },
  demand: { description: 'Number of the correction demand', schema: { type: 'integer', minimum: 1 }, example: 1 },
  objection: { description: 'Number of the objection', schema: { type: 'integer', minimum: 1 }, example: 1 },
  request: { description: 'Number of the preliminary review', schema: { type: 'integer', minimum: 1 }, example: 1 },
  concept: { description: 'Id of the concept', example: 'reservation' },
};

/** What each kind of operation answers when it succeeds. */
const ANSWERS = {
  list: { description: 'The rows, as of X-Position', headers: headers('X-Position', 'Link') },
  record: { description: 'The record, as of X-Position', headers: headers('ETag', 'X-Position') },
  change: { description: 'Recorded, or recorded before', headers: headers('ETag', 'X-Position') },
  many: { description: 'Recorded, or recorded before, as of X-Position', headers: headers('X-Position') },
  check: { description: 'The answer. Nothing is recorded' },
  live: {
    description: 'A stream without end. The `data` of each event is a `LiveEvent`; a `heartbeat` with `{}` comes every 15 s',
    content: {
      'text/event-stream': {
        schema: { type: 'string', description: '`event` is the type in the log, `id` the position' },
        example:
          'event: consultation-received\nid: 42\ndata: {"consultation":"k3m9q2x7za","revision":"3","position":"42","at":"2026-11-16T01:00:00.000Z"}\n\n',
      },
    },
  },
  act: { description: 'Done' },
  figures: { description: 'What was counted, as of X-Position', headers: headers('X-Position') },
  plain: { description: 'The answer' },
  /** Answers anybody. */
  open: { description: 'The answer' },
} satisfies Record<string, Json>;

/** One example for each status; `when` says what else gives it. */
const PROBLEMS = {
  400: {
    code: 'invalid-request',
    when: 'A field, parameter or header is not of its form: `errors` names each',
    ko: '요청에 고칠 곳이 1군데 있습니다. errors의 각 항목을 고쳐 다시 보내십시오.',
    en: 'The request has 1 thing(s) to mend. Correct each entry of errors and send it again.',
    also: {
      errors: [
        {
          pointer: '/title',
          code: 'not-text',
          detail: '글자(문자열)로 적으십시오.',
          messages: { ko: '글자(문자열)로 적으십시오.', en: 'title must be a string.' },
        },
      ],
    },
  },
  401: {
    code: 'not-identified',
    when: 'No token, or one that is not known',
    ko: '누구인지 확인되지 않았습니다. Authorization: Bearer 토큰을 보내십시오.',
    en: 'You are not identified. Send an Authorization: Bearer token.',
    headers: ['WWW-Authenticate'],
  },
  403: {
    code: 'role-required',
    when: 'Not the part of this person or agency in the process: `code` says why',
    ko: '이 일은 승인자만 할 수 있습니다.',
    en: 'Only an approver may do this.',
  },
  404: {
    code: 'not-found',
    when: 'There is no such record, or you may not know of it',
    ko: '그런 기록이 없거나 볼 수 있는 권한이 없습니다. 번호를 확인하십시오.',
    en: 'There is no such record, or you may not see it. Check its number.',
  },
  409: {
    code: 'wrong-phase',
    when: 'A rule refuses it as things stand: `code` names the rule',
    ko: '지금 단계에서는 할 수 없습니다.',
    en: 'This cannot be done in the present phase.',
  },
  412: {
    code: 'stale-revision',
    when: 'Somebody was quicker: read the record again',
    ko: '그사이 기록이 바뀌었습니다. 다시 조회한 뒤 하십시오.',
    en: 'The record has changed meanwhile. Read it again.',
    also: { currentRevision: '4' },
  },
  413: {
    code: 'body-too-large',
    when: 'More than 2 MiB, or more than one record can hold',
    ko: '본문이 너무 큽니다(최대 2 MiB). 줄이거나 나누어 보내십시오.',
    en: 'The body is too large (2 MiB at most). Shorten or divide it.',
  },
  415: {
    code: 'unsupported-media-type',
    when: 'The body is not JSON',
    ko: '본문은 Content-Type: application/json 으로 보내십시오.',
    en: 'Send the body as Content-Type: application/json.',
  },
  422: {
    code: 'idempotency-key-reused',
    when: 'The Idempotency-Key came with another request before',
    ko: '같은 Idempotency-Key로 다른 요청을 보냈습니다.',
    en: 'This Idempotency-Key came with another request before.',
  },
  428: {
    code: 'if-match-required',
    when: 'No If-Match',
    ko: '어느 판을 보고 바꾸는지 알 수 없습니다. 조회할 때 받은 ETag를 If-Match에 넣어 보내십시오.',
    en: 'It is not clear which revision you have seen. Send the ETag you were given as If-Match.',
  },
  429: {
    code: 'too-many-requests',
    when: 'More requests than one client may send: `Retry-After` says when to go on',
    ko: '요청이 너무 많습니다. 20초 뒤에 다시 하십시오.',
    en: 'Too many requests. Try again in 20 seconds.',
    headers: ['Retry-After'],
  },
  500: {
    code: 'unexpected',
    when: 'A fault of the service',
    ko: '예상하지 못한 오류입니다. 요청 번호(requestId)를 관리자에게 알려 주십시오.',
    en: 'Something unexpected went wrong. Tell the administrator the requestId.',
  },
  503: {
    code: 'store-unavailable',
    when: 'The record cannot be reached just now; nothing was recorded',
    ko: '지금은 기록할 수 없습니다. 아무것도 저장되지 않았으니 잠시 뒤 같은 Idempotency-Key로 다시 시도하십시오.',
    en: 'Nothing can be recorded just now and nothing was. Try again shortly with the same Idempotency-Key.',
    headers: ['Retry-After'],
  },
} satisfies Readonly<Record<number, Problem>>;

interface Problem {
  readonly code: string;
  readonly when: string;
  readonly ko: string;
  readonly en: string;
  readonly also?: Json;
  readonly headers?: readonly string[];
}

function problem(status: number, { code, when, ko, en, also = {}, headers: more = [] }: Problem): Json {
  const example = {
    type: `urn:sajeon:problem:${code}`,
    code,
    status,
    title: ko,
    messages: { ko, en },
    instance: '/v1/consultations/k3m9q2x7za',
    requestId: '2f1c3a52-6a55-4a5e-9f0d-0a3a5f4d3b11',
    ...also,
  };
  return {
    description: when,
    headers: headers('Content-Language', ...more),
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' }, example } },
  };
}

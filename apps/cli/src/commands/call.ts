import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { CommandFailed, EXIT, inWords, word, type ExitCode } from '../terminal.js';

// A document is plain JSON; what it must hold is what the contract's own tests say.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Json = Record<string, any>;

interface Operation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly spec: Json;
}

interface Flags {
  readonly list?: boolean;
  readonly explain?: boolean;
  readonly path: readonly string[];
  readonly query: readonly string[];
  readonly body?: string;
  readonly ifMatch?: string;
  readonly key?: string;
  readonly token?: string;
  readonly actAs?: string;
  readonly url: string;
}

/** The contract as it was written from the code, beside the program. */
const CONTRACT = new URL('../../../../../docs/openapi.json', import.meta.url);

/** `sajeon call OPERATION …`: every act of the HTTP interface from the command line, as its contract names and describes it. */
export function callCommand(program: Command, finish: (exitCode: ExitCode) => void): void {
  const several = (value: string, before: readonly string[]): readonly string[] => [...before, value];
  program
    .command('call')
    .summary(inWords({ ko: '서비스의 모든 작업을 명령줄에서', en: 'any act of the service' }, ' · '))
    .description(
      inWords({
        ko: '실행 중인 서비스에 작업 하나를 요청하고 답을 보여 준다. 작업 이름은 API 문서의 operationId이다.',
        en: 'Asks a running service for one act and prints its answer. Acts are named as in the API documentation (operationId).',
      }),
    )
    .argument(
      '[operation]',
      inWords({ ko: '작업 이름, 또는 --list와 함께 찾을 말', en: 'the act; with --list a word to look for' }),
    )
    .option('--list', inWords({ ko: '작업 목록', en: 'list the acts' }))
    .option('--explain', inWords({ ko: '무엇을 넣는지 보기와 함께 설명', en: 'what it takes, with an example' }))
    .option('--path <name=value>', inWords({ ko: '주소의 값(여러 번)', en: 'a part of the address (repeatable)' }), several, [])
    .option('--query <name=value>', inWords({ ko: '조건(여러 번)', en: 'a parameter (repeatable)' }), several, [])
    .option('--body <json>', inWords({ ko: '본문 JSON, @파일, 또는 @-(표준입력)', en: 'JSON, @file, or @- for standard input' }))
    .option('--if-match <revision>', inWords({ ko: '조회할 때 본 판', en: 'the revision you have seen' }))
    .option('--key <key>', inWords({ ko: 'Idempotency-Key: 다시 보내도 한 번만', en: 'Idempotency-Key: sent again, done once' }))
    .option('--token <token>', inWords({ ko: '토큰(SAJEON_TOKEN)', en: 'token (or SAJEON_TOKEN)' }))
    .option('--act-as <capacity>', inWords({ ko: '어느 기관으로', en: 'the agency, or delegation:ID, to act as' }))
    .option(
      '--url <url>',
      inWords({ ko: '서비스 주소(SAJEON_URL)', en: 'address of the service (or SAJEON_URL)' }),
      process.env['SAJEON_URL'] ?? 'http://127.0.0.1:3000',
    )
    .addHelpText(
      'after',
      inWords({
        ko: `
예: sajeon call --list 보완 · sajeon call requestCorrection --explain
    sajeon call showCase --path id=k3m9q2x7za --token demo-gyeonggi-reviewer
종료 코드: 0 정상 · 1 거절됨 · 2 명령을 잘못 씀 · 3 서비스에 연결할 수 없음`,
        en: `
For example: sajeon call --list correction · sajeon call requestCorrection --explain
             sajeon call showCase --path id=k3m9q2x7za --token demo-gyeonggi-reviewer
Exit codes: 0 fine · 1 refused · 2 wrong usage · 3 the service cannot be reached`,
      }),
    )
    .action(async (name: string | undefined, flags: Flags) => finish(await call(name, flags)));
}

async function call(name: string | undefined, flags: Flags): Promise<ExitCode> {
  const contract = JSON.parse(await readFile(CONTRACT, 'utf8')) as Json;
  const operations = operationsOf(contract);
  if (flags.list || name === undefined) {
    const wanted = (name ?? '').toLowerCase();
    const found = operations.filter((each) => searched(each, contract).includes(wanted));
    for (const { id, method, path, spec } of found)
      process.stdout.write(`${id.padEnd(34)} ${method.toUpperCase().padEnd(5)} ${path}\n    ${summaryOf(spec)}\n`);
    return found.length > 0 ? EXIT.ok : EXIT.problems;
  }
  const operation = operations.find(({ id }) => id === name);
  if (operation === undefined) {
    const near = operations.filter(({ id }) => id.toLowerCase().includes(name.toLowerCase())).map(({ id }) => id);
    const hint = near.length > 0 ? near.slice(0, 8).join(', ') : 'sajeon call --list';
    throw usage(`그런 작업이 없습니다: ${name} (${hint})`, `There is no such act: ${name} (${hint})`);
  }
  if (flags.explain) {
    process.stdout.write(explained(operation, contract));
    return EXIT.ok;
  }
  return ask(operation, flags);
}

function operationsOf(contract: Json): readonly Operation[] {
  return Object.entries<Json>(contract['paths'])
    .flatMap(([path, methods]) =>
      Object.entries<Json>(methods).map(([method, spec]) => ({ id: String(spec['operationId']), method, path, spec })),
    )
    .filter(({ path, id }) => path.startsWith('/v1/') && id !== 'followEvents')
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** What a word is looked for in: also in the words of the part of the service that it belongs to, which are Korean. */
function searched({ id, path, spec }: Operation, contract: Json): string {
  const tags = (contract['tags'] as Json[])
    .filter(({ name }) => spec['tags']?.includes(name))
    .map(({ description }) => description);
  return [id, path, summaryOf(spec), ...tags].join(' ').toLowerCase();
}

function summaryOf(spec: Json): string {
  return String(spec['summary'] ?? spec['description'] ?? '').split('\n')[0] as string;
}

function explained({ id, method, path, spec }: Operation, contract: Json): string {
  const places = ((spec['parameters'] ?? []) as Json[]).filter(({ in: place }) => place !== 'header');
  const body = spec['requestBody']?.['content']?.['application/json'] as Json | undefined;
  const needsRevision = ((spec['parameters'] ?? []) as Json[]).some((each) => each['name'] === 'If-Match' && each['required']);
  const schema = body === undefined ? undefined : followed(body['schema'], contract);
  const required = new Set<string>(schema?.['required'] ?? []);
  const command = [
    `sajeon call ${id}`,
    ...places.filter(({ required: must }) => must).map((each) => `--${each['in']} ${each['name']}=${exampleOf(each)}`),
    ...(needsRevision ? ['--if-match 3'] : []),
    ...(body === undefined ? [] : [`--body '${JSON.stringify(body['example'])}'`]),
  ].join(' ');
  return [
    `${id}: ${method.toUpperCase()} ${path}`,
    ...[spec['summary'], spec['description']].filter((text) => text),
    '',
    ...places.map(
      (each) => `  --${each['in']} ${each['name']}=…  ${each['description'] ?? ''}${each['required'] ? ` ${must()}` : ''}`,
    ),
    ...(needsRevision ? [`  --if-match N  ${word('조회할 때 본 판', 'the revision you have seen')} ${must()}`] : []),
    ...Object.entries<Json>(schema?.['properties'] ?? {}).map(
      ([name, field]) =>
        `  body.${name}  ${String(field['description'] ?? '').split('\n')[0]}${required.has(name) ? ` ${must()}` : ''}`,
    ),
    '',
    `${word('예', 'example')}: ${command}`,
    '',
  ].join('\n');
}

const must = (): string => word('(필수)', '(required)');

function followed(schema: Json, contract: Json): Json {
  const reference: unknown = schema['$ref'];
  if (typeof reference !== 'string') return schema;
  return (contract['components']['schemas'] as Record<string, Json>)[reference.slice('#/components/schemas/'.length)] ?? {};
}

function exampleOf(parameter: Json): string {
  return String(parameter['example'] ?? parameter['schema']?.['example'] ?? '…');
}

async function ask({ id, method, path, spec }: Operation, flags: Flags): Promise<ExitCode> {
  const given = pairs(flags.path, '--path');
  const address = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = given.get(name);
    if (value === undefined) throw usage(`--path ${name}=값 이 필요합니다.`, `--path ${name}=VALUE is missing.`);
    given.delete(name);
    return encodeURIComponent(value);
  });
  for (const name of given.keys()) throw usage(`주소에 ${name}은(는) 없습니다: ${path}`, `The address has no ${name}: ${path}`);
  const takesBody = spec['requestBody'] !== undefined;
  if (takesBody && flags.body === undefined)
    throw usage(`--body가 필요합니다. sajeon call ${id} --explain`, `--body is missing. sajeon call ${id} --explain`);
  const body = flags.body === undefined ? undefined : await bodyOf(flags.body);
  const token = flags.token ?? process.env['SAJEON_TOKEN'];
  if (!URL.canParse(flags.url)) throw usage(`주소가 아닙니다: ${flags.url}`, `Not an address: ${flags.url}`);
  const url = new URL(`${flags.url.replace(/\/$/, '')}${address}`);
  for (const [name, value] of pairs(flags.query, '--query')) url.searchParams.append(name, value);
  let answer: Response;
  try {
    answer = await fetch(url, {
      method: method.toUpperCase(),
      redirect: 'error',
      headers: {
        'accept-language': word('ko', 'en'),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(flags.ifMatch === undefined ? {} : { 'if-match': `"${flags.ifMatch.replaceAll('"', '')}"` }),
        ...(flags.key === undefined ? {} : { 'idempotency-key': flags.key }),
        ...(flags.actAs === undefined ? {} : { 'x-act-as': flags.actAs }),
      },
      ...(body === undefined ? {} : { body }),
    });
  } catch (cause) {
    const text = { ko: `서비스에 연결할 수 없습니다: ${url.origin}`, en: `The service cannot be reached: ${url.origin}` };
    throw new CommandFailed(EXIT.store, text, { cause });
  }
  const text = await answer.text();
  const json = /[/+]json(;|$)/.test(answer.headers.get('content-type') ?? '');
  if (!answer.ok) {
    process.stderr.write(`${json ? refusal(JSON.parse(text) as Json) : `${answer.status} ${text}`}\n`);
    return EXIT.problems;
  }
  process.stdout.write(json ? `${JSON.stringify(JSON.parse(text), null, 2)}\n` : text);
  const revision = answer.headers.get('etag')?.replaceAll('"', '');
  // For the next act, and apart from the answer, so that the answer can go on into another program.
  if (revision !== undefined) process.stderr.write(`${word('판', 'revision')} ${revision} (--if-match ${revision})\n`);
  return EXIT.ok;
}

/** What the rule says and what to do, in the person's language, field by field; the code last, for whoever looks it up. */
function refusal({ status, code, title, messages, errors = [], currentRevision, requestId }: Json): string {
  const said = messages === undefined ? String(title) : inWords(messages as { ko: string; en: string });
  return [
    said,
    ...(errors as Json[]).map(({ pointer, messages: text, detail, proposal }) => {
      const told = text === undefined ? String(detail) : inWords(text as { ko: string; en: string }, ' · ');
      return `  ${pointer}: ${told}${proposal === undefined ? '' : ` → ${String(proposal)}`}`;
    }),
    ...(currentRevision === undefined ? [] : [word(`지금의 판: ${currentRevision}`, `present revision: ${currentRevision}`)]),
    `(${status} ${code}, ${word('요청', 'request')} ${requestId})`,
  ].join('\n');
}

function pairs(given: readonly string[], flag: string): Map<string, string> {
  return new Map(
    given.map((text) => {
      const at = text.indexOf('=');
      if (at < 1) throw usage(`${flag} 이름=값 으로 적으십시오: ${text}`, `Write ${flag} NAME=VALUE: ${text}`);
      return [text.slice(0, at), text.slice(at + 1)];
    }),
  );
}

async function bodyOf(given: string): Promise<string> {
  const text = given.startsWith('@') ? await fileOf(given.slice(1)) : given;
  try {
    return JSON.stringify(JSON.parse(text));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw usage(`본문이 JSON이 아닙니다: ${why}`, `The body is not JSON: ${why}`);
  }
}

async function fileOf(name: string): Promise<string> {
  try {
    return await readFile(name === '-' ? '/dev/stdin' : name, 'utf8');
  } catch {
    throw usage(`읽을 수 없는 파일입니다: ${name}`, `Cannot read ${name}`);
  }
}

function usage(ko: string, en: string): CommandFailed {
  return new CommandFailed(EXIT.usage, { ko, en });
}

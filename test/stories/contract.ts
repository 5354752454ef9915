import type { ErrorObject, ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

// A document is plain JSON: what it must hold is what the tests say.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Json = Record<string, any>;

/** The contract as it is committed, without looking at the code. */
export class Contract {
  private readonly ajv = new Ajv2020({ strict: false, allErrors: true });
  private readonly validators = new Map<string, ValidateFunction>();
  private readonly routes: readonly { readonly template: string; readonly pattern: RegExp }[];

  constructor(readonly document: Json = read()) {
    formats.default(this.ajv);
    this.ajv.addSchema(strict(document), 'contract');
    this.routes = Object.keys(document['paths'])
      .map((template) => ({ template, pattern: new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`) }))
      // What is spelt out goes before what stands for anything.
      .sort((a, b) => a.template.split('{').length - b.template.split('{').length);
  }

  /** Each operation with its address and method. */
  *operations(): Iterable<{ readonly path: string; readonly method: string; readonly operation: Json }> {
    for (const [path, operations] of Object.entries<Json>(this.document['paths'])) {
      for (const [method, operation] of Object.entries<Json>(operations)) yield { path, method, operation };
    }
  }

  /** Follows a reference, if it is one. */
  resolve(node: Json): Json {
    const reference: unknown = node['$ref'];
    if (typeof reference !== 'string') return node;
    return reference
      .slice(2)
      .split('/')
      .reduce((place, name) => place[name], this.document);
  }

  /** What is wrong with a value under the schema at this JSON pointer. */
  faults(pointer: string, value: unknown): readonly string[] {
    let validate = this.validators.get(pointer);
    if (!validate) this.validators.set(pointer, (validate = this.ajv.compile({ $ref: `contract#${pointer}` })));
    return validate(value) ? [] : (validate.errors ?? []).map(told);
  }

  /** Every way in which an answer differs from what the contract says about this method, address and status. */
  breaches(method: string, url: string, status: number, headers: Readonly<Record<string, unknown>>, body: unknown): string[] {
    const path = url.split('?')[0] ?? '';
    const template = this.routes.find(({ pattern }) => pattern.test(path))?.template;
    const operation: Json | undefined = this.document['paths'][template ?? '']?.[method.toLowerCase()];
    if (template === undefined || operation === undefined) {
      return status === 404
        ? [...this.faults('/components/schemas/Problem', body)]
        : [`${method} ${path} is not in the contract`];
    }
    if (operation['responses'][status] === undefined) return [`${status} is not in the contract`];
    const response = this.resolve(operation['responses'][status]);
    const at =
      operation['responses'][status]['$ref']?.slice(1) ??
      `/paths/${escaped(template)}/${method.toLowerCase()}/responses/${status}`;
    const missing = Object.entries<Json>(response['headers'] ?? {}).flatMap(([name, header]) => {
      const value = headers[name.toLowerCase()];
      const { required, schema } = this.resolve(header);
      if (value === undefined) return required ? [`header ${name} is missing`] : [];
      return new RegExp(schema.pattern, 'u').test(String(value)) ? [] : [`header ${name}: ${String(value)}`];
    });
    const type = String(headers['content-type'] ?? '').split(';')[0] ?? '';
    if (response['content'] === undefined) return body === '' ? missing : [...missing, 'there should be no content'];
    if (response['content'][type] === undefined) return [...missing, `content of type ${type} is not in the contract`];
    return [...missing, ...this.faults(`${at}/content/${escaped(type)}/schema`, body)];
  }
}

function read(): Json {
  return JSON.parse(readFileSync(join(__dirname, '..', '..', 'docs', 'openapi.json'), 'utf8')) as Json;
}

/** Readers must let unknown fields pass, so the contract does too; the service itself sends none that it does not describe. */
function strict(document: Json): Json {
  const copy = structuredClone(document);
  for (const schema of Object.values<Json>(copy['components']['schemas'])) {
    if (schema['properties'] !== undefined) schema['additionalProperties'] ??= false;
  }
  return copy;
}

function escaped(segment: string): string {
  return encodeURIComponent(segment.replaceAll('~', '~0').replaceAll('/', '~1'));
}

function told({ instancePath, message, params }: ErrorObject): string {
  return `${instancePath || 'body'} ${message} ${JSON.stringify(params)}`;
}

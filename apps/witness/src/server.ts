import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Witness } from './witness.js';

const LARGEST_BODY = 64 * 1024;

/** `POST /add-checkpoint` as C2SP tlog-witness has it, `GET /checkpoint?origin=…`, `GET /key`, `GET /livez`. */
export function witnessServer(witness: Witness): Server {
  const server = createServer((request, response) => {
    handle(witness, request, response).catch((error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
      if (!response.headersSent) answer(response, 500, 'this witness failed\n');
    });
  });
  server.headersTimeout = 10_000;
  server.requestTimeout = 15_000;
  return server;
}

async function handle(witness: Witness, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://witness.invalid');
  switch (`${request.method} ${url.pathname}`) {
    case 'POST /add-checkpoint': {
      const body = await bodyOf(request);
      if (body === undefined) return answer(response, 400, 'the request is too large, or not UTF-8\n');
      const { status, type, body: said } = witness.addCheckpoint(body);
      return answer(response, status, said, type);
    }
    case 'GET /checkpoint': {
      const newest = witness.newest(url.searchParams.get('origin') ?? '');
      return newest === undefined ? answer(response, 404, 'no checkpoint of that log was seen\n') : answer(response, 200, newest);
    }
    case 'GET /key':
      return answer(response, 200, `${witness.verifier}\n`);
    case 'GET /livez':
      return answer(response, 200, 'ok\n');
    default:
      return answer(response, 404, 'POST /add-checkpoint, GET /checkpoint?origin=…, GET /key\n');
  }
}

function answer(response: ServerResponse, status: number, body: string, type = 'text/plain; charset=utf-8'): void {
  response.writeHead(status, { 'content-type': type, 'x-content-type-options': 'nosniff' }).end(body);
}

async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > LARGEST_BODY) return undefined;
    parts.push(part);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.concat(parts));
  } catch {
    return undefined;
  }
}

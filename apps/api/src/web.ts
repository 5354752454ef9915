import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.gif': 'image/gif',
  '.woff2': 'font/woff2',
};
/** Fonts and pictures are compressed already. */
const COMPRESSIBLE = new Set(['.html', '.js', '.css', '.svg']);
/** What the service itself answers: an unknown address below these is an error, never a page. */
const OF_THE_SERVICE = /^\/(v1|docs|docs-json|docs-yaml|openapi\.json|livez|readyz|metrics)(\/|$)/;
/** Vite puts files with a hash in their name here and nothing else. */
const IMMUTABLE = '/assets/';

interface File {
  readonly type: string;
  readonly etag: string;
  readonly body: Buffer;
  brotli: Promise<Buffer> | null;
}

/**
 * Serves the built browser application at `/`. The few files are read once, so no request can reach outside the folder. An address
 * that is not a file and not the service's own is a page of the application, if a page was asked for.
 * @param folder what Vite built; without an `index.html` in it the service goes on without the browser application
 * @returns whether there is one
 */
export function serveWeb(app: NestFastifyApplication, folder: string): boolean {
  if (!existsSync(join(folder, 'index.html'))) return false;
  const files = new Map(filesBelow(folder).map((path) => [`/${relative(folder, path).split(sep).join('/')}`, load(path)]));
  const page = files.get('/index.html');
  if (page === undefined) return false;
  app
    .getHttpAdapter()
    .getInstance()
    .get('/*', async (request, reply) => {
      const path = request.url.split('?')[0] ?? '/';
      const asked = path === '/' ? page : files.get(path);
      const wantsPage = (request.headers.accept ?? '').includes('text/html');
      if (asked === undefined && (OF_THE_SERVICE.test(path) || path.startsWith(IMMUTABLE) || !wantsPage)) {
        reply.callNotFound();
        return reply;
      }
      const file = asked ?? page;
      void reply.headers({
        'content-type': file.type,
        'cache-control': path.startsWith(IMMUTABLE) ? 'public, max-age=31536000, immutable' : 'no-cache',
        etag: file.etag,
        vary: 'Accept-Encoding',
      });
      if (request.headers['if-none-match'] === file.etag) return reply.status(304).send();
      if (!COMPRESSIBLE.has(extname(path) || '.html') || !/\bbr\b/.test(request.headers['accept-encoding'] ?? '')) {
        return reply.send(file.body);
      }
      file.brotli ??= compress(file.body);
      return reply.header('content-encoding', 'br').send(await file.brotli);
    });
  return true;
}

function load(path: string): File {
  const body = readFileSync(path);
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  return { type: TYPES[extname(path)] ?? 'application/octet-stream', etag, body, brotli: null };
}

function compress(body: Buffer): Promise<Buffer> {
  return promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } });
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}

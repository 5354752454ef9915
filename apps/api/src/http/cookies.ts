import type { FastifyReply, FastifyRequest } from 'fastify';

const production = (): boolean => process.env['NODE_ENV'] === 'production';
/** With `__Host-` a browser takes it over TLS only, for this host only, and no neighbour can plant one. */
const nameOf = (): string => (production() ? '__Host-sajeon-session' : 'sajeon-session');

/** What the browser holds of its session. */
export function heldByBrowser({ headers }: FastifyRequest): string | undefined {
  const name = `${nameOf()}=`;
  for (const pair of (headers.cookie ?? '').split(';')) {
    const held = pair.trim();
    if (held.startsWith(name) && /^[\w-]{43}$/.test(held.slice(name.length))) return held.slice(name.length);
  }
  return undefined;
}

/** Scripts cannot read it, other sites cannot send it along with a change, and it is gone when the browser is closed. */
export function giveToBrowser(reply: FastifyReply, id: string): void {
  void reply.header('set-cookie', `${nameOf()}=${id}; ${attributes()}`);
}

export function takeFromBrowser(reply: FastifyReply): void {
  void reply.header('set-cookie', `${nameOf()}=; ${attributes()}; Max-Age=0`);
}

function attributes(): string {
  return `Path=/; HttpOnly; SameSite=Lax${production() ? '; Secure' : ''}`;
}

/** Whether the browser says that a page of this very origin sent it; programs other than browsers say nothing. */
export function fromOurPage({ headers }: FastifyRequest): boolean {
  const { origin } = headers;
  if (origin === undefined) return headers['sec-fetch-site'] === undefined || headers['sec-fetch-site'] === 'same-origin';
  if (!URL.canParse(origin)) return false;
  const { protocol, host } = new URL(origin);
  // With the origin's own protocol, so that a port that goes without saying is left out on both sides.
  const own = `${protocol}//${headers.host ?? ''}`;
  return URL.canParse(own) && new URL(own).host === host;
}

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

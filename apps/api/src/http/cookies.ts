import type { FastifyReply, FastifyRequest } from 'fastify';

const production = (): boolean => process.env['NODE_ENV'] === 'production';
/** With `__Host-` a browser takes it over TLS only, for this host only, and no neighbour can plant one. */
const nameOf = (what: 'session' | 'sign-in'): string => `${production() ? '__Host-' : ''}sajeon-${what}`;

/** What the browser holds of its session, or of a sign-in that it has begun at the provider. */
export function heldByBrowser({ headers }: FastifyRequest, what: 'session' | 'sign-in' = 'session'): string | undefined {
  const name = `${nameOf(what)}=`;
  for (const pair of (headers.cookie ?? '').split(';')) {
    const held = pair.trim();
    if (held.startsWith(name) && /^[\w-]{43}$/.test(held.slice(name.length))) return held.slice(name.length);
  }
  return undefined;
}

/** Scripts cannot read it, other sites cannot send it along with a change, and it is gone when the browser is closed. */
export function giveToBrowser(reply: FastifyReply, id: string): void {
  void reply.header('set-cookie', `${nameOf('session')}=${id}; ${attributes()}`);
}

/** Shows at the end that it is the browser that began: somebody else's answer, sent to it as a link, signs nobody in. */
export function markSignIn(reply: FastifyReply, mark: string, minutes: number): void {
  void reply.header('set-cookie', `${nameOf('sign-in')}=${mark}; ${attributes()}; Max-Age=${minutes * 60}`);
}

export function takeFromBrowser(reply: FastifyReply): void {
  void reply.header('set-cookie', `${nameOf('session')}=; ${attributes()}; Max-Age=0`);
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

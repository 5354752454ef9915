import { lookup } from 'node:dns/promises';
import http from 'node:http';
import https from 'node:https';
import { BlockList, isIP } from 'node:net';

/** The address is none that this service may send to. */
export class DestinationRefused extends Error {
  override readonly name = 'DestinationRefused';
}

/** Name and connection, sending, and what of the answer is read: together. */
const TIME_LIMIT_MS = 10_000;
/** Of the headers of the answer. */
const ANSWER_LIMIT_BYTES = 16 * 1024;

const NOT_PUBLIC = new BlockList();
for (const [net, bits] of [
  ...[['0.0.0.0', 8] as const, ['10.0.0.0', 8] as const, ['100.64.0.0', 10] as const, ['127.0.0.0', 8] as const],
  ...[['169.254.0.0', 16] as const, ['172.16.0.0', 12] as const, ['192.0.0.0', 24] as const, ['192.0.2.0', 24] as const],
  ...[['192.88.99.0', 24] as const, ['192.168.0.0', 16] as const, ['198.18.0.0', 15] as const, ['198.51.100.0', 24] as const],
  ...[['203.0.113.0', 24] as const, ['224.0.0.0', 4] as const, ['240.0.0.0', 4] as const],
]) {
  NOT_PUBLIC.addSubnet(net, bits, 'ipv4');
}
// Of version 6 only what is given out as global unicast is public, and of that not what stands for addresses of version 4 or for examples.
for (const [net, bits] of [
  ['2001::', 23] as const,
  ['2001:db8::', 32] as const,
  ['2002::', 16] as const,
  ['3fff::', 20] as const,
]) {
  NOT_PUBLIC.addSubnet(net, bits, 'ipv6');
}
const GLOBAL_UNICAST = new BlockList();
GLOBAL_UNICAST.addSubnet('2000::', 3, 'ipv6');

/** Whether anybody on the internet could be asked at this IP address: not this machine, not the network behind the firewall, not a cloud's own services. */
export function isPublic(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !NOT_PUBLIC.check(address, 'ipv4');
  return family === 6 && GLOBAL_UNICAST.check(address, 'ipv6') && !NOT_PUBLIC.check(address, 'ipv6');
}

/**
 * What can be said of an address without asking anybody.
 * @throws DestinationRefused
 */
export function checkedUrl(text: string, nearby: boolean): URL {
  if (!URL.canParse(text)) throw new DestinationRefused('this is no URL');
  const url = new URL(text);
  if (url.protocol !== 'https:' && !(nearby && url.protocol === 'http:')) throw new DestinationRefused('only https');
  if (url.username !== '' || url.password !== '') throw new DestinationRefused('no user name or password in the address');
  if (url.hash !== '') throw new DestinationRefused('no fragment (#) in the address');
  const literal = url.hostname.replace(/^\[|\]$/g, '');
  if (!nearby && isIP(literal) !== 0 && !isPublic(literal)) throw new DestinationRefused('not a public address');
  if (!nearby && (/(^|\.)(localhost|local|internal|home\.arpa)\.?$/.test(literal) || !/[.:]/.test(literal))) {
    throw new DestinationRefused('not a public name');
  }
  return url;
}

export interface Resolved {
  readonly address: string;
  readonly family: number;
}
export type Resolve = (hostname: string) => Promise<readonly Resolved[]>;
const byDns: Resolve = (hostname) => lookup(hostname, { all: true, verbatim: true });

/**
 * Sends a body, once. No body is read.
 * @returns the status of the answer
 * @throws DestinationRefused; Error when nobody answers in time
 */
export async function post(
  to: string,
  body: string,
  headers: Readonly<Record<string, string>>,
  nearby: boolean,
  resolve: Resolve = byDns,
): Promise<number> {
  const bytes = Buffer.from(body, 'utf8');
  const sent = { method: 'POST', headers: { ...headers, 'content-length': bytes.length } };
  return exchange(to, sent, bytes, { nearby, limitMs: TIME_LIMIT_MS, resolve }, (answer, done) => {
    answer.destroy();
    done(answer.statusCode ?? 0);
  });
}

/**
 * Reads what is at the address, once, as text.
 * @param limitBytes of the body; a longer one is an error
 * @throws DestinationRefused; Error when nobody answers in time, or too much
 */
export async function get(
  from: string,
  {
    headers,
    nearby,
    limitMs,
    limitBytes,
    resolve = byDns,
  }: {
    readonly headers: Readonly<Record<string, string>>;
    readonly nearby: boolean;
    readonly limitMs: number;
    readonly limitBytes: number;
    readonly resolve?: Resolve;
  },
): Promise<{ readonly status: number; readonly body: string }> {
  return exchange(from, { method: 'GET', headers }, null, { nearby, limitMs, resolve }, (answer, done, fail) => {
    let body = '';
    answer.setEncoding('utf8').on('error', fail);
    answer.on('data', (part: string) => {
      body += part;
      if (body.length <= limitBytes) return;
      answer.destroy();
      fail(new Error('the answer is too long'));
    });
    answer.on('end', () => done({ status: answer.statusCode ?? 0, body }));
  });
}

/**
 * One request to the very address that was looked at: a name that answers with another address a moment later gains nothing. No redirect is
 * followed and no proxy is used.
 */
async function exchange<Result>(
  to: string,
  sent: { readonly method: string; readonly headers: http.OutgoingHttpHeaders },
  body: Buffer | null,
  { nearby, limitMs, resolve }: { readonly nearby: boolean; readonly limitMs: number; readonly resolve: Resolve },
  read: (answer: http.IncomingMessage, done: (result: Result) => void, fail: (why: Error) => void) => void,
): Promise<Result> {
  const url = checkedUrl(to, nearby);
  const signal = AbortSignal.timeout(limitMs);
  const name = url.hostname.replace(/^\[|\]$/g, '');
  const known = isIP(name) === 0 ? await within(signal, resolve(name)) : [{ address: name, family: isIP(name) }];
  const [first] = known;
  if (first === undefined) throw new Error(`nothing is known under the name ${name}`);
  // One inner address among public ones is enough to say no: the next answer might put it first.
  if (!nearby && !known.every(({ address }) => isPublic(address)))
    throw new DestinationRefused('the name leads to an address that is not public');
  return new Promise((done, fail) => {
    const request = (url.protocol === 'https:' ? https : http).request(
      url,
      {
        ...sent,
        agent: false,
        signal,
        maxHeaderSize: ANSWER_LIMIT_BYTES,
        lookup: (_, options, answer) => {
          if (options.all) answer(null, [{ ...first }]);
          else answer(null, first.address, first.family);
        },
      },
      (answer) => read(answer, done, fail),
    );
    request.on('error', fail);
    request.end(body ?? undefined);
  });
}

async function within<Result>(signal: AbortSignal, work: Promise<Result>): Promise<Result> {
  return Promise.race([
    work,
    new Promise<never>((_, late) => signal.addEventListener('abort', () => late(new Error('no answer in time')), { once: true })),
  ]);
}

import type { ProblemDocument } from './contract.js';
import { spokenLanguage } from './language.js';

/** A refusal with what to do about it, in both languages. */
export class Problem extends Error {
  constructor(readonly document: ProblemDocument) {
    super(document.code);
  }
  get status(): number {
    return this.document.status;
  }
}

/** The service could not be reached: nothing is known of what happened to the request. */
const UNREACHABLE: ProblemDocument = {
  code: 'unreachable',
  status: 0,
  title: '',
  messages: {
    ko: '서버에 연결할 수 없습니다. 입력한 내용은 그대로 있습니다. 연결을 확인하고 다시 누르십시오.',
    en: 'The service cannot be reached. What you typed is still here. Check the connection and press again.',
  },
};

/** What goes with every change of this session, so that the service knows our page from others. The session itself is in a cookie that no script can read. */
let csrf: string | null = null;
export function holdCsrf(next: string | null): void {
  csrf = next;
  expectSession(next !== null);
}

/** Whether it is worth asking who is signed in: only the service can see the cookie. */
const EXPECTED = 'sajeon-session-expected';
export const sessionExpected = (): boolean => localStorage.getItem(EXPECTED) !== null;
export function expectSession(is: boolean): void {
  if (is) localStorage.setItem(EXPECTED, 'yes');
  else localStorage.removeItem(EXPECTED);
}

/** When the service last answered a request of this session: from then on it counts as unused. */
let contact = Date.now();
export const lastContact = (): number => contact;

/** The latest log position that this page knows of, by its own acts and by live events: what is read next must not be older. */
let known = 0n;
let knownSince = 0;
export function knowPosition(position: string): void {
  if (BigInt(position) <= known) return;
  known = BigInt(position);
  knownSince = Date.now();
}
/** A view that has not caught up in this time is stuck, and waiting for it again and again helps nobody. */
const WORTH_WAITING_MS = 20_000;

export interface Answer<T> {
  readonly body: T;
  /** The view was behind what this page knows: the answer is old. */
  readonly behind: boolean;
}

export interface Asked {
  readonly method?: 'GET' | 'POST' | 'PUT';
  readonly body?: unknown;
  /** Revision that the person has seen. */
  readonly revision?: string;
  /** Idempotency-Key. */
  readonly key?: string;
  readonly signal?: AbortSignal;
}

/** Has the person prove once more who they are, in a window over the page. */
let prover: (() => Promise<boolean>) | null = null;
let proving: Promise<boolean> | null = null;
export function proveBy(next: (() => Promise<boolean>) | null): void {
  prover = next;
}
/** @returns whether they did; false when there is no such window, or they would rather not */
function provedAgain(): Promise<boolean> {
  if (prover === null) return Promise.resolve(false);
  proving ??= prover().finally(() => (proving = null));
  return proving;
}

/** What takes a recent proof of who one is has it asked for, and is then sent as it was. @throws Problem */
export async function ask<T>(path: string, asked: Asked = {}): Promise<Answer<T>> {
  try {
    return await askOnce<T>(path, asked);
  } catch (error) {
    if (!(error instanceof Problem) || error.document.code !== 'step-up-required' || !(await provedAgain())) throw error;
    return askOnce<T>(path, asked);
  }
}

async function askOnce<T>(path: string, { method = 'GET', body, revision, key, signal }: Asked): Promise<Answer<T>> {
  const after = method === 'GET' && Date.now() - knownSince < WORTH_WAITING_MS ? known : 0n;
  const headers: Record<string, string> = { accept: 'application/json', 'accept-language': spokenLanguage() };
  if (csrf !== null && method !== 'GET') headers['x-csrf-token'] = csrf;
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (revision !== undefined) headers['if-match'] = `"${revision}"`;
  if (key !== undefined) headers['idempotency-key'] = key;
  if (after > 0n) headers['x-after'] = String(after);
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (error) {
    if (signal?.aborted === true) throw error;
    throw new Problem(UNREACHABLE);
  }
  if (!response.ok && !(path === '/readyz' && response.status === 503)) throw new Problem(await problemOf(response));
  contact = Date.now();
  const position = response.headers.get('x-position');
  if (method !== 'GET' && position !== null) knowPosition(position);
  const answer: unknown = /jsonl|text\//.test(response.headers.get('content-type') ?? '')
    ? await response.text()
    : await response.json();
  // The contract says what this address answers; the browser cannot check it.
  return { body: answer as T, behind: position !== null && BigInt(position) < after };
}

/** An answer that is no problem document comes from something in between, such as a proxy. */
async function problemOf(response: Response): Promise<ProblemDocument> {
  try {
    const document = (await response.json()) as Partial<ProblemDocument>;
    if (document.messages !== undefined) return { ...document, status: response.status } as ProblemDocument;
  } catch {
    // Not JSON: told below.
  }
  return {
    code: 'unexpected',
    status: response.status,
    title: '',
    messages: {
      ko: `서버가 알 수 없는 답(${response.status})을 보냈습니다. 잠시 뒤 다시 시도하십시오.`,
      en: `The service answered in an unknown way (${response.status}). Try again shortly.`,
    },
  };
}

/** Not `crypto.randomUUID`: that exists on https only, and closed networks often have none. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

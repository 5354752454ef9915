#!/usr/bin/env node
import 'reflect-metadata';
import type { INestApplicationContext } from '@nestjs/common';
import { DEMO_USERS, TokenBook } from '@sajeon/access';
import { openStorage } from '@sajeon/event-store';
import { Accounts, BreachedPasswords, FirstUsers, identitySettings, type IdentitySettings } from '@sajeon/identity';
import { masterKey } from '@sajeon/vault';
import { followTheLog, listening, renewTls, requireLeastRights } from '@sajeon/operations';
import { readFileSync } from 'node:fs';
import type { Server } from 'node:https';
import { fileURLToPath } from 'node:url';
import { loadSample, wantsSample } from './sample.js';
import { createService, followForSelfChecks } from './service.js';
import { serveWeb } from './web.js';

const production = process.env['NODE_ENV'] === 'production';

/** Demo users exist only where nobody could mistake them for real ones. */
function tokens(): TokenBook {
  const file = process.env['SAJEON_TOKENS_FILE'];
  if (file !== undefined) return TokenBook.fromJson(readFileSync(file, 'utf8'));
  return production ? TokenBook.fromJson('[]') : TokenBook.ofDemoUsers();
}

/** A service that lets nobody in is a mistake in its configuration; better told at the start. */
async function requireSomebody(accounts: Accounts, provider: boolean): Promise<void> {
  if (!production || provider || process.env['SAJEON_TOKENS_FILE'] !== undefined || (await accounts.any())) return;
  throw new Error(
    'Nobody could sign in: production mode has no demo users (운영 모드에는 시연용 사용자가 없습니다). Make the first administrator ' +
      '(첫 관리자를 만드십시오): sajeon first-admin --login LOGIN --agency AGENCY. Or set SAJEON_OIDC_ISSUER, or SAJEON_TOKENS_FILE ' +
      'with [{ "tokenSha256": "…", "person": "…", "agency": "…", "roles": ["reviewer"] }].',
  );
}

/**
 * In production people with an account of this installation are held to passwords that are not known from break-ins. Where that is not possible
 * somebody must have said so: a warning at the start is read by nobody.
 */
async function requireBreachedPasswords(app: INestApplicationContext, { breached }: IdentitySettings): Promise<void> {
  await app.get(BreachedPasswords).check();
  if (!production || breached.off || (breached.url ?? breached.file) !== null || !(await app.get(Accounts).any())) return;
  throw new Error(
    'New passwords would not be held against those known from break-ins (새어 나간 비밀번호를 가려낼 수 없습니다). Set SAJEON_BREACHED_PASSWORDS_FILE ' +
      'or SAJEON_BREACHED_PASSWORDS_URL (docs/operations.md says how, also without internet), or SAJEON_BREACHED_PASSWORDS=off to go without.',
  );
}

async function main(): Promise<void> {
  const book = tokens();
  const settings = identitySettings();
  const { host, port, tls } = listening(process.env, 3000);
  const storage = await openStorage();
  if (production && storage.mode !== 'embedded') await requireLeastRights(storage.database);
  const app = await createService(storage, book, settings, undefined, tls);
  await requireSomebody(app.get(Accounts), settings.provider !== null);
  await requireBreachedPasswords(app, settings);
  // A key that is missing would be found out by the first person who enrols.
  if (production && settings.secondFactorFor.length > 0 && (await app.get(Accounts).any())) masterKey();
  const web = serveWeb(app, fileURLToPath(new URL('../../web/', import.meta.url)));
  if (process.env['SAJEON_WORKER'] === 'inline') await followTheLog(app, { sealInThread: true });
  else followForSelfChecks(app);
  const folder = fileURLToPath(new URL('../../../../sample/', import.meta.url));
  if (process.env['SAJEON_SAMPLE'] === 'yes' && (await wantsSample(app, folder))) await loadSample(app, folder);
  if (!production && process.env['SAJEON_TOKENS_FILE'] === undefined) await app.get(FirstUsers).demo();
  await app.listen(port, host);
  if (tls !== undefined) renewTls(app.getHttpServer() as Server, tls);
  const url = `${tls === undefined ? 'http' : 'https'}://${host === '0.0.0.0' ? 'localhost' : host}:${(app.getHttpServer().address() as { port: number }).port}`;
  process.send?.({ listening: url });
  if (!production) greet(url, storage.describe(), web);
  const stop = async (): Promise<void> => {
    await app.close();
    await storage.close();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());
}

function greet(url: string, storage: string, web: boolean): void {
  const users = DEMO_USERS.map(({ token, ko, en }) => `  ${token.padEnd(24)} ${ko} · ${en}`).join('\n');
  process.stdout.write(`
Sajeon (사전협의) ${url}${web ? '/   ← 브라우저로 여십시오 · open it in a browser' : ''}
  API 문서 · API documentation   ${url}/docs     (OpenAPI 3.1: ${url}/openapi.json)
  저장소 · storage               ${storage}

누구로 들어갈까 · who to act as: 아이디와 비밀번호 · login and password, or Authorization: Bearer <token>
${users}

해 보기 · try (another terminal)
  npm run demo                                        사전협의 한 건의 처음부터 끝까지 · one case from beginning to end
  curl -s -H 'Authorization: Bearer demo-gyeonggi-reviewer' '${url}/v1/consultations/queue?limit=5'
  curl -s -G -H 'Authorization: Bearer demo-suwon' '${url}/v1/systems' --data-urlencode 'q=민원'
  npm run --silent sajeon -- --help

멈추기 · stop: Ctrl+C
`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${inUse(error) ?? (error instanceof Error ? error.message : String(error))}\n`);
  if (process.env['DEBUG'] !== undefined && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  process.exit(3);
});

function inUse(error: unknown): string | undefined {
  const { code, port } = (error ?? {}) as { readonly code?: unknown; readonly port?: unknown };
  if (code !== 'EADDRINUSE') return undefined;
  return `포트 ${String(port)}을(를) 이미 다른 프로그램이 쓰고 있습니다. PORT=3100 npm start 처럼 다른 포트를 지정하십시오.
Port ${String(port)} is in use by another program. Choose another one: PORT=3100 npm start`;
}

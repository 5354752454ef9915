#!/usr/bin/env node
import 'reflect-metadata';
import { openStorage } from '@sajeon/event-store';
import { listening, renewTls, requireLeastRights } from '@sajeon/operations';
import type { Server } from 'node:https';
import { createWorker } from './worker.js';

/** Views, policies and the overlap index; answers only /livez, /readyz and /metrics. */
async function main(): Promise<void> {
  const { host, port, tls } = listening(process.env, 3001);
  const storage = await openStorage();
  if (process.env['NODE_ENV'] === 'production' && storage.mode !== 'embedded') await requireLeastRights(storage.database);
  const worker = await createWorker(storage, tls);
  await worker.listen(port, host);
  if (tls !== undefined) renewTls(worker.getHttpServer() as Server, tls);
  const stop = async (): Promise<void> => {
    await worker.close();
    await storage.close();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(3);
});

#!/usr/bin/env node
import 'reflect-metadata';
import { openStorage } from '@sajeon/event-store';
import { requireLeastRights } from '@sajeon/operations';
import { createWorker } from './worker.js';

/** Views, policies and the overlap index; answers only /livez, /readyz and /metrics. */
async function main(): Promise<void> {
  const storage = await openStorage();
  if (process.env['NODE_ENV'] === 'production' && storage.mode !== 'embedded') await requireLeastRights(storage.database);
  const worker = await createWorker(storage);
  await worker.listen(Number(process.env['PORT'] ?? 3001), process.env['HOST'] ?? '127.0.0.1');
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

import type { Storage } from '@sajeon/event-store';

/** Opens the storage that the environment names, for the time of the work. */
export async function withStorage<Result>(work: (storage: Storage) => Promise<Result>): Promise<Result> {
  const { openStorage } = await import('@sajeon/event-store');
  const storage = await openStorage();
  try {
    return await work(storage);
  } finally {
    await storage.close();
  }
}

import { requireHttps } from '@sajeon/event-store';
import { Closeness } from './closeness.js';
import type { OverlapSettings } from './overlap-feed.js';
import { OverlapSnapshots } from './overlap-snapshots.js';
import { readWeights } from './weights-file.js';

/**
 * `SAJEON_OVERLAP_WEIGHTS`: files of `sajeon overlap train`, separated by commas: the first is in force, the others were once.
 * `SAJEON_EMBEDDINGS_URL`, `SAJEON_EMBEDDINGS_MODEL`, `SAJEON_EMBEDDINGS_KEY`: a service in the form of OpenAI's API; off without.
 * `SAJEON_OVERLAP_SNAPSHOTS`: a directory in which each process keeps a snapshot of the index for a quick start; none without.
 * @throws Error for a file that holds no weights, or a service without a model: better no start than findings nobody can explain
 */
export function overlapSettings(env: Readonly<Record<string, string | undefined>>): OverlapSettings {
  const files = (env['SAJEON_OVERLAP_WEIGHTS'] ?? '').split(',').filter((file) => file.trim() !== '');
  const [weights, ...formerWeights] = files.map((file) => readWeights(file.trim()));
  const snapshots = env['SAJEON_OVERLAP_SNAPSHOTS'];
  const { SAJEON_EMBEDDINGS_URL: url, SAJEON_EMBEDDINGS_MODEL: model, SAJEON_EMBEDDINGS_KEY: key } = env;
  if (url && !model) throw new Error('SAJEON_EMBEDDINGS_URL needs SAJEON_EMBEDDINGS_MODEL: the model is part of every finding');
  if (url) requireHttps('SAJEON_EMBEDDINGS_URL', url, { ...env });
  return {
    ...(snapshots && { snapshots: new OverlapSnapshots(snapshots) }),
    ...(weights && { weights, formerWeights }),
    ...(url && model && { closeness: new Closeness({ url, model, ...(key && { key }) }) }),
  };
}

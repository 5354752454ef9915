import type { Weights, WeightSet } from '@sajeon/overlap';
import { readFileSync } from 'node:fs';

/**
 * Reads a file that `sajeon overlap train` has written.
 * @throws Error that names the file when it is not one
 */
export function readWeights(file: string): WeightSet {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new Error(`${file} cannot be read as weights of the overlap engine`, { cause });
  }
  const weights: unknown = typeof content === 'object' && content !== null && 'weights' in content ? content.weights : content;
  if (!isWeightSet(weights)) throw new Error(`${file} holds no weights of the overlap engine`);
  return weights;
}

function isWeightSet(value: unknown): value is WeightSet {
  if (!isObject(value) || typeof value['id'] !== 'string' || value['id'] === '') return false;
  return ['full', 'text', 'brief', 'passage'].every((kind) => isWeights(value[kind]));
}

/** Negative weights would let agreement speak against an overlap. */
function isWeights(value: unknown): value is Weights {
  if (!isObject(value) || typeof value['bias'] !== 'number' || !isObject(value['of'])) return false;
  return Object.values(value['of']).every((weight) => typeof weight === 'number' && weight >= 0);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

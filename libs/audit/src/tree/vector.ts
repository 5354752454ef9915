import { verifyConsistency, verifyInclusion } from './proof.js';

/** A proof test vector could not be read as one. */
export class MalformedVector extends Error {
  override readonly name = 'MalformedVector';
}

const NUMBERS = ['leafIdx', 'leafIndex', 'treeSize', 'size1', 'size2'];

/**
 * Verifies a bare proof as test vectors for RFC 6962 write it: JSON with leafIdx, treeSize, root, leafHash, proof (inclusion) or size1,
 * size2, root1, root2, proof (consistency); hashes in base64. Whatever the vector itself says about the outcome is not looked at.
 * @returns whether the proof is accepted
 * @throws MalformedVector when it is neither
 */
export function checkVector(text: string): boolean {
  const vector = parse(text);
  const number = (name: string): bigint => {
    const value = vector.get(name);
    if (typeof value !== 'string' || !/^-?\d{1,30}$/.test(value)) throw new MalformedVector(`${name} is not a number`);
    return BigInt(value);
  };
  const hash = (value: unknown): Buffer => {
    if (value !== null && typeof value !== 'string') throw new MalformedVector('a hash is not text');
    return Buffer.from(value ?? '', 'base64');
  };
  const proof = vector.get('proof') ?? [];
  if (!Array.isArray(proof)) throw new MalformedVector('the proof is not a list');
  const hashes = proof.map(hash);
  if (vector.has('size1')) {
    return verifyConsistency(number('size1'), number('size2'), hashes, hash(vector.get('root1')), hash(vector.get('root2')));
  }
  const index = number(vector.has('leafIdx') ? 'leafIdx' : 'leafIndex');
  return verifyInclusion(index, number('treeSize'), hash(vector.get('leafHash')), hashes, hash(vector.get('root')));
}

/** Sizes go beyond what JSON.parse keeps exactly: they are made text first. */
function parse(text: string): ReadonlyMap<string, unknown> {
  const exact = text.replace(new RegExp(`("(?:${NUMBERS.join('|')})"\\s*:\\s*)(-?\\d+)(?=\\s*[,}])`, 'g'), '$1"$2"');
  try {
    const vector: unknown = JSON.parse(exact);
    if (typeof vector === 'object' && vector !== null && !Array.isArray(vector)) return new Map(Object.entries(vector));
  } catch {
    // said below
  }
  throw new MalformedVector('not a JSON object');
}

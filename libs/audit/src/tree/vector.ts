import { verifyConsistency, verifyInclusion } from './proof.js';

/** A proof test vector cannot be judged as it is written. The message says which part, in Korean and English. */
export class MalformedVector extends Error {
  override readonly name = 'MalformedVector';
  /** `no-vector`: it is none at all. `part`: it is one, and a part of it can be no part of any proof, so that it has to be rejected. */
  constructor(
    readonly code: 'no-vector' | 'part',
    readonly text: { readonly ko: string; readonly en: string },
  ) {
    super(text.en);
  }
}

const INCLUSION = ['leafIdx', 'leafIndex', 'treeSize', 'leafHash'];
const CONSISTENCY = ['size1', 'size2', 'root1', 'root2'];
const NUMBERS = ['leafIdx', 'leafIndex', 'treeSize', 'size1', 'size2'];

/**
 * Verifies a bare proof as test vectors for RFC 6962 write it: JSON with leafIdx, treeSize, root, leafHash, proof (inclusion) or size1,
 * size2, root1, root2, proof (consistency); hashes in base64. Whatever the vector itself says about the outcome is not looked at.
 * @returns whether the proof is accepted
 * @throws MalformedVector when it is neither, or one of its parts is not written as such a part is
 */
export function checkVector(text: string): boolean {
  const vector = parse(text);
  const proof = vector.get('proof') ?? [];
  if (!Array.isArray(proof)) throw malformed('proof', '목록이 아닙니다', 'is not a list');
  const hashes = proof.map((each, at) => hash(each, `proof[${at}]`));
  const named = (name: string) => hash(vector.get(name), name);
  const number = (name: string) => wholeNumber(vector.get(name), name);
  if (CONSISTENCY.some((name) => vector.has(name))) {
    return verifyConsistency(number('size1'), number('size2'), hashes, named('root1'), named('root2'));
  }
  const index = number(vector.has('leafIndex') && !vector.has('leafIdx') ? 'leafIndex' : 'leafIdx');
  return verifyInclusion(index, number('treeSize'), named('leafHash'), hashes, named('root'));
}

function wholeNumber(value: unknown, name: string): bigint {
  if (value === undefined) throw malformed(name, '없습니다', 'is missing');
  if (typeof value !== 'string' || !/^-?\d{1,30}$/.test(value)) throw malformed(name, '정수가 아닙니다', 'is not a whole number');
  return BigInt(value);
}

/** Only the one way of writing these bytes: Buffer.from passes over what it cannot read, and an altered proof would be accepted. */
function hash(value: unknown, name: string): Buffer {
  if (value === undefined) throw malformed(name, '없습니다', 'is missing');
  if (value !== null && typeof value !== 'string') throw malformed(name, '문자열이 아닙니다', 'is not text');
  const bytes = Buffer.from(value ?? '', 'base64');
  if (bytes.toString('base64') !== (value ?? '')) throw malformed(name, 'base64가 아닙니다', 'is not base64');
  return bytes;
}

const malformed = (name: string, ko: string, en: string): MalformedVector =>
  new MalformedVector('part', { ko: `${name}: ${ko}`, en: `${name} ${en}` });

/** Sizes go beyond what JSON.parse keeps exactly: they are made text first. */
function parse(text: string): ReadonlyMap<string, unknown> {
  const exact = text.replace(new RegExp(`("(?:${NUMBERS.join('|')})"\\s*:\\s*)(-?\\d+)(?=\\s*[,}])`, 'g'), '$1"$2"');
  let vector: unknown;
  try {
    vector = JSON.parse(exact);
  } catch {
    throw new MalformedVector('no-vector', { ko: 'JSON이 아닙니다', en: 'it is not JSON' });
  }
  const members = new Map(typeof vector === 'object' && vector !== null && !Array.isArray(vector) ? Object.entries(vector) : []);
  if (![...INCLUSION, ...CONSISTENCY].some((name) => members.has(name))) {
    throw new MalformedVector('no-vector', {
      ko: 'leafIdx, treeSize, root, leafHash, proof나 size1, size2, root1, root2, proof를 가진 JSON 객체여야 합니다',
      en: 'a JSON object with leafIdx, treeSize, root, leafHash, proof or with size1, size2, root1, root2, proof is expected',
    });
  }
  return members;
}
